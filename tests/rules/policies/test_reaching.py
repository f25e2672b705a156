"""Whom each kind of target reaches, and why it reaches nobody."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.people import Role
from bot.rules.policies import Level, Reached, Scene, Target, TargetKind, Why, reach, why_nobody
from tests.rules.policies import made

K = TargetKind
ROUND = Target(K.ROUND_ROBIN, people=("anna", "ben", "cleo"))
FLOOR = Scene(
    members={
        Role.LEAD: ("anna", "ben"),
        Role.MANAGER: ("mara",),
        Role.AGENT: ("emil", "anna"),
        Role.OBSERVER: ("olga",),
    },
    known=frozenset({"anna", "ben", "cleo", "mara", "emil", "olga", "zoe"}),
    on_shift=frozenset({"ben", "emil"}),
    has_shifts=True,
    reporter="emil",
    reporters_leads=("anna", "zoe"),
    groups={"S1": ("zoe", "left"), "S2": ("left",), "S3": ()},
)
NO_SHIFTS = replace(FLOOR, on_shift=frozenset(), has_shifts=False)
EMPTY = Scene(known=FLOOR.known)


def away(*people: str) -> Scene:
    return replace(FLOOR, away=frozenset(people))


@pytest.mark.parametrize(
    ("target", "scene", "people", "why"),
    [
        (Target(K.PERSON, "zoe"), FLOOR, "zoe", None),
        (Target(K.PERSON, "zoe"), away("zoe"), "", Why.IS_AWAY),
        (Target(K.PERSON, "left"), FLOOR, "", Why.HAS_LEFT),
        (Target(K.LEAD_ON_SHIFT), FLOOR, "ben", None),
        (Target(K.LEAD_ON_SHIFT), NO_SHIFTS, "anna ben", None),
        (Target(K.LEAD_ON_SHIFT), replace(NO_SHIFTS, away=frozenset({"anna"})), "ben", None),
        (Target(K.LEAD_ON_SHIFT), replace(FLOOR, on_shift=frozenset()), "", Why.NOBODY_ON_SHIFT),
        (
            Target(K.LEAD_ON_SHIFT),
            replace(FLOOR, on_shift=frozenset({"emil"})),
            "",
            Why.NOBODY_ON_SHIFT,
        ),
        (Target(K.LEAD_ON_SHIFT), away("ben"), "", Why.ALL_AWAY),
        (Target(K.LEAD_ON_SHIFT), EMPTY, "", Why.NOBODY_LEADS),
        (Target(K.LEADS), FLOOR, "anna ben", None),
        (Target(K.LEADS), away("anna"), "ben", None),
        (Target(K.LEADS), away("anna", "ben"), "", Why.ALL_AWAY),
        (Target(K.LEADS), EMPTY, "", Why.NOBODY_LEADS),
        (Target(K.REPORTERS_LEAD), FLOOR, "anna zoe", None),
        (Target(K.REPORTERS_LEAD), replace(FLOOR, reporter="anna"), "zoe", None),
        (Target(K.REPORTERS_LEAD), EMPTY, "", Why.NO_REPORTERS_LEAD),
        (Target(K.REPORTERS_LEAD), away("anna", "zoe"), "", Why.ALL_AWAY),
        (Target(K.MANAGER), FLOOR, "mara", None),
        (Target(K.MANAGER), away("mara"), "", Why.ALL_AWAY),
        (Target(K.MANAGER), EMPTY, "", Why.NO_MANAGER),
        (Target(K.EVERYONE), FLOOR, "emil anna ben mara", None),
        (Target(K.EVERYONE), away("anna", "mara"), "emil ben", None),
        (Target(K.EVERYONE), EMPTY, "", Why.NOBODY_IN_TEAM),
        (Target(K.GROUP, "S1"), FLOOR, "zoe", None),
        (Target(K.GROUP, "S1"), away("zoe"), "", Why.ALL_AWAY),
        (Target(K.GROUP, "S2"), FLOOR, "", Why.NO_GROUP),
        (Target(K.GROUP, "S3"), FLOOR, "", Why.NO_GROUP),
        (Target(K.GROUP, "S9"), FLOOR, "", Why.NO_GROUP),
        (Target(K.GROUP, "S1"), replace(FLOOR, gone=frozenset({"S1"})), "", Why.NO_GROUP),
        (Target(K.CHANNEL, "C1"), FLOOR, "", None),
        (Target(K.CHANNEL, "C1"), replace(FLOOR, gone=frozenset({"C1"})), "", Why.NO_CHANNEL),
        (ROUND, FLOOR, "anna", None),
        (ROUND, replace(FLOOR, turns={"anna": 1}), "ben", None),
        (ROUND, replace(FLOOR, turns={"anna": 4, "ben": 2, "cleo": 3}), "ben", None),
        (ROUND, replace(FLOOR, turns={"anna": 1}, away=frozenset({"ben"})), "cleo", None),
        (ROUND, away("anna", "ben", "cleo"), "", Why.ALL_AWAY),
        (Target(K.ROUND_ROBIN, people=("left",)), FLOOR, "", Why.HAS_LEFT),
    ],
)
def test_whom_a_target_reaches(target: Target, scene: Scene, people: str, why: Why | None) -> None:
    assert reach([target], scene).people == tuple(people.split())
    assert why_nobody(target, scene) == why


def test_every_kind_has_a_row() -> None:
    [table] = test_whom_a_target_reaches.pytestmark  # type: ignore[attr-defined]
    assert {row[0].kind for row in table.args[1]} == set(TargetKind)


def test_a_level_tells_each_person_once_in_the_order_of_its_targets() -> None:
    targets = (Target(K.LEADS), Target(K.GROUP, "S1"), Target(K.PERSON, "anna"))
    channels = (Target(K.CHANNEL, "C1"), Target(K.CHANNEL, "C1"))
    found = reach(Level((*targets, *channels), 5), FLOOR)
    assert found == Reached(("anna", "ben", "zoe"), ("C1",), ("S1",))


def test_two_rounds_of_one_level_choose_two_people() -> None:
    other = Target(K.ROUND_ROBIN, people=("anna", "mara"))
    found = reach([ROUND, other], FLOOR)
    assert found.turns == {ROUND.key: "anna", other.key: "mara"}
    assert found.people == ("anna", "mara")


def test_everybody_of_a_round_has_their_turn() -> None:
    """Who was away has kept their place, and is the next one when they are back."""
    turns: dict[str, int] = {}

    def turn(scene: Scene = FLOOR) -> str:
        [chosen] = reach([ROUND], replace(scene, turns=turns)).people
        turns[chosen] = max(turns.values(), default=0) + 1
        return chosen

    assert [turn() for _ in range(5)] == ["anna", "ben", "cleo", "anna", "ben"]
    assert [turn(away("cleo")) for _ in range(3)] == ["anna", "ben", "anna"]
    assert [turn() for _ in range(3)] == ["cleo", "ben", "anna"]


@settings(max_examples=200)
@given(st.lists(made.targets, min_size=1, max_size=6), made.scenes)
def test_nobody_is_told_who_is_not_there(targets: list[Target], scene: Scene) -> None:
    """Neither who is away, nor who has left, nor who is of another workspace: none of those is known here."""
    found = reach(targets, scene)
    assert set(found.people) <= scene.known - scene.away
    assert not set(found.channels) & scene.gone
    assert len(found.people) == len(set(found.people))
    assert set(found.turns.values()) <= set(found.people)
    reasons = [why_nobody(one, scene) for one in targets]
    assert found.is_nobody == all(reasons)
