"""What is told of thanks, and what is not: nobody who does not want it, nothing that gives anybody away."""

from datetime import timedelta

import pytest

from bot.rules.kudos import Given, Via
from bot.rules.kudos.breadth import Breadth, breadth
from bot.rules.kudos.digests import (
    ENOUGH_PRIVATE,
    About,
    Group,
    by_value,
    leaders,
    private_count,
    shown_of,
    thanks_of,
    unpack,
)
from bot.rules.kudos.walls import BARS, bars
from bot.rules.spans import Span
from tests.cast import BILLING, NOON


def given(
    kudos_id: str,
    giver: str,
    receiver: str,
    value: str = "Teamwork",
    *,
    is_public: bool = True,
    minutes: int = 0,
) -> Given:
    at = NOON + timedelta(minutes=minutes)
    reason = f"because of {kudos_id}"
    return Given(kudos_id, giver, receiver, BILLING, value, reason, is_public, Via.FORM, at)


THREE = [
    given("1", "ann", "ben"),
    given("1", "ann", "cat"),
    given("2", "ben", "ann", "Clarity", minutes=1),
    given("3", "cat", "ann", minutes=2),
]


def test_one_thanks_to_several_is_told_once() -> None:
    found = thanks_of(THREE, set())
    assert [one.kudos_id for one in found] == ["3", "2", "1"]
    assert found[2].receivers == ("ben", "cat")


def test_who_does_not_want_it_is_not_named_and_the_others_are() -> None:
    assert thanks_of(THREE, {"ben"})[2].receivers == ("cat",)


def test_thanks_of_which_nobody_may_be_named_are_not_told() -> None:
    assert [one.kudos_id for one in thanks_of(THREE, {"ann"})] == ["1"]


def test_private_ones_are_not_told() -> None:
    assert thanks_of([given("1", "ann", "ben", is_public=False)], set()) == []


@pytest.mark.parametrize(("count", "told"), [(0, None), (1, None), (2, None), (3, 3), (40, 40)])
def test_few_private_ones_are_not_even_counted(count: int, told: int | None) -> None:
    """Two receivers of one thanks are one thanks."""
    private = [
        given(str(number), "ann", receiver, is_public=False)
        for number in range(count)
        for receiver in ("ben", "cat")
    ]
    assert private_count([*THREE, *private]) == told
    assert ENOUGH_PRIVATE == 3


def test_the_value_with_the_most_thanks_is_first_and_reactions_are_last() -> None:
    reactions = [given(f"r{one}", "ann", "ben", "") for one in range(9)]
    groups = by_value(thanks_of([*THREE, *reactions], set()))
    assert [(one.value, len(one.thanks)) for one in groups] == [
        ("Teamwork", 2),
        ("Clarity", 1),
        ("", 9),
    ]


def test_no_value_crowds_out_another() -> None:
    many = by_value(thanks_of([given(f"m{one}", "ann", "ben") for one in range(30)], set()))
    few = by_value(thanks_of([given("f", "ann", "ben", "Clarity")], set()))
    shown = shown_of([*many, *few], 15)
    assert [len(one.thanks) for one in shown] == [14, 1]
    assert shown_of([*many, *few], 0) == [Group("Teamwork", ()), Group("Clarity", ())]
    assert [len(one.thanks) for one in shown_of(few, 15)] == [1]


def test_breadth_is_of_the_people_of_the_team() -> None:
    """Dan is of another team: he thanked, and is one of a pair, but not of the share."""
    pairs = [("ann", "ben"), ("ann", "cat"), ("ben", "ann"), ("cat", "ann"), ("dan", "ben")]
    found = breadth([*pairs, *pairs], ["ann", "ben", "cat", "eve"], {"ann", "eve"})
    assert found == Breadth(people=4, gave=2, got=3, pairs=5)
    assert breadth([], [], []) == Breadth()


def test_leaders_are_on_both_sides_and_equals_by_name() -> None:
    names = {"ann": "Zoe", "ben": "Ben", "cat": "adam"}
    found = leaders(thanks_of(THREE, set()), set(), names)
    assert found.givers == (("cat", 1), ("ben", 1), ("ann", 1))
    assert found.receivers == (("ann", 2), ("cat", 1), ("ben", 1))


def test_no_more_than_five_lead_and_who_opted_out_is_on_neither_side() -> None:
    many = [given(str(one), f"p{one}", f"q{one}") for one in range(9)]
    found = leaders(thanks_of(many, set()), {"p0", "q1"}, {})
    assert [one for one, _count in found.givers] == ["p1", "p2", "p3", "p4", "p5"]
    assert [one for one, _count in found.receivers] == ["q0", "q2", "q3", "q4", "q5"]


@pytest.mark.parametrize("is_late", [True, False])
def test_whose_thanks_of_which_time_is_carried_along(is_late: bool) -> None:
    about = About(BILLING, Span(NOON, NOON + timedelta(days=7)), is_late)
    assert unpack(about.packed()) == about


def test_a_chart_has_no_label_twice_and_none_too_long() -> None:
    thanks = thanks_of(THREE, set())
    groups = [
        Group("x" * 30 + "a", (thanks[0],)),
        Group("x" * 30 + "b", (thanks[1],)),
        Group("", (thanks[2],)),
    ]
    assert bars(groups, "Reaction", "Others", 20) == [("x" * 19 + "…", 2), ("Reaction", 1)]


def test_a_chart_counts_what_is_too_much_as_others() -> None:
    thanks = tuple(thanks_of(THREE, set()))
    groups = [Group(f"value {one}", thanks) for one in range(20)]
    found = bars(groups, "Reaction", "Others", 20)
    assert len(found) == BARS
    assert found[-1] == ("Others", 9 * len(thanks))
    assert sum(count for _label, count in found) == 20 * len(thanks)
