"""What a form may say: one refusal per field, and a policy that comes back from the form as it went in."""

from dataclasses import replace

import pytest

from bot.rules.policies import Level, Outside, Policy, Target, TargetKind, drafts
from bot.rules.policies.drafts import LevelDraft, SettingsDraft, TargetsDraft
from bot.rules.severities import Severity
from bot.rules.teams import Group
from tests.rules.policies.made import policy

K = TargetKind
EVERYTHING = TargetsDraft(
    ("lead_on_shift", "manager"), ("anna",), (Group("S1", "@night"),), ("C1",), ("ben", "cleo")
)
OWN = SettingsDraft("Ours", repeats=2, repeat_from=1)
BEFORE = policy(5, 5, name="")


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (EVERYTHING, set()),
        (TargetsDraft(kinds=("leads",)), set()),
        (TargetsDraft(round=("anna",)), set()),
        (TargetsDraft(), {"kinds"}),
        (TargetsDraft(kinds=("person",)), {"kinds"}),
        (TargetsDraft(people=tuple("abcdefghij")), set()),
        (TargetsDraft(people=tuple("abcdefghijk")), {"people"}),
        (TargetsDraft(("leads",), tuple("abcdefghij")), {"people"}),
        (TargetsDraft(round=tuple("abcdefghijklmnopqrst")), set()),
        (TargetsDraft(round=tuple("abcdefghijklmnopqrstu")), {"round"}),
    ],
)
def test_somebody_has_to_be_told_and_not_too_many(draft: TargetsDraft, fields: set[str]) -> None:
    assert set(drafts.targets_problems(draft)) == fields
    assert set(drafts.level_problems(LevelDraft(draft, 5))) == fields


@pytest.mark.parametrize(
    ("minutes", "fields"),
    [(0, set()), (10080, set()), (10081, {"minutes"}), (-1, {"minutes"}), (None, {"minutes"})],
)
def test_the_minutes_of_a_level(minutes: int | None, fields: set[str]) -> None:
    assert set(drafts.level_problems(LevelDraft(EVERYTHING, minutes))) == fields


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (TargetsDraft(("lead_on_shift", "leads", "manager"), ("anna",)), set()),
        (TargetsDraft(), set()),  # the levels go on telling people
        (TargetsDraft(("everyone",)), {"kinds"}),
        (TargetsDraft(people=("anna", "zoe")), {"people"}),
    ],
)
def test_late_cases_are_the_teams_own_matter(draft: TargetsDraft, fields: set[str]) -> None:
    assert set(drafts.hearers_problems(draft, {"anna"})) == fields


def test_targets_come_back_as_they_went_in() -> None:
    targets = EVERYTHING.targets()
    assert targets == (
        Target(K.LEAD_ON_SHIFT),
        Target(K.MANAGER),
        Target(K.PERSON, "anna"),
        Target(K.GROUP, "S1"),
        Target(K.CHANNEL, "C1"),
        Target(K.ROUND_ROBIN, people=("ben", "cleo")),
    )
    assert drafts.targets_draft_of(targets, {"S1": Group("S1", "@night")}) == EVERYTHING
    assert LevelDraft(EVERYTHING, 7).written() == Level(targets, 7)
    assert len({one.key for one in targets}) == len(targets)


def other(name: str, *severities: Severity, **more: object) -> Policy:
    return replace(policy(5, name=name), severities=frozenset(severities), **more)  # type: ignore[arg-type]


S = Severity


@pytest.mark.parametrize(
    ("draft", "known", "fields"),
    [
        (OWN, [], set()),
        (replace(OWN, name=" "), [], {"name"}),
        (replace(OWN, name="x" * 41), [], {"name"}),
        (replace(OWN, name="THEIRS"), [other("theirs", S.LOW)], {"name"}),
        # each severity has one policy, and so have all others together
        (OWN, [other("theirs")], {"severities"}),
        (OWN, [other("theirs", S.LOW)], set()),
        (replace(OWN, severities=("low",)), [other("theirs")], set()),
        (replace(OWN, severities=("low", "high")), [other("theirs", S.LOW)], {"severities"}),
        (replace(OWN, severities=("dire",)), [], {"severities"}),
        (replace(OWN, only_instead=True), [other("theirs")], set()),
        (OWN, [other("theirs", only_instead=True)], set()),
        (replace(OWN, only_instead=True, severities=("low",)), [], {"severities"}),
        # repeats, and from which of the two levels
        (replace(OWN, repeats=10), [], {"repeats"}),
        (replace(OWN, repeats=-1), [], {"repeats"}),
        (replace(OWN, repeat_from=2), [], {"repeat_from"}),
        (replace(OWN, repeat_from=-1), [], {"repeat_from"}),
        # outside opening hours
        (replace(OWN, outside="perhaps"), [], {"outside"}),
        (replace(OWN, outside="anyway", other="gone"), [], set()),
        (replace(OWN, outside="other"), [], {"other"}),
        (replace(OWN, outside="other", other="gone"), [], {"other"}),
        (replace(OWN, outside="other", other="b"), [other("b", S.LOW)], set()),
    ],
)
def test_the_settings_of_a_new_policy(
    draft: SettingsDraft, known: list[Policy], fields: set[str]
) -> None:
    assert set(drafts.settings_problems(draft, BEFORE, known)) == fields


A, B = Severity.CRITICAL, Severity.LOW


@pytest.mark.parametrize(
    ("chain", "is_circle"),
    [
        ({}, False),
        ({"b": "c"}, False),
        ({"b": "gone"}, False),
        ({"b": "a"}, True),
        ({"b": "c", "c": "a"}, True),
        ({"b": "c", "c": "b"}, True),  # it would lead into a circle, and never out
        ({"b": "b"}, True),
    ],
)
def test_no_policy_hands_over_to_itself(chain: dict[str, str], *, is_circle: bool) -> None:
    mine = policy(5, 5, name="a")
    others = [
        replace(
            policy(5, outside=Outside.OTHER if name in chain else Outside.QUEUE, name=name),
            other_policy_id=chain.get(name),
            only_instead=True,
        )
        for name in ("b", "c")
    ]
    draft = replace(OWN, outside="other", other="b")
    found = drafts.settings_problems(draft, mine, [mine, *others])
    assert set(found) == ({"other"} if is_circle else set())


def test_settings_come_back_as_they_went_in() -> None:
    draft = SettingsDraft("Night  shift", ("critical", "low"), False, 4, 1, "other", "b")  # noqa: FBT003
    written = draft.over(BEFORE)
    assert written.name == "Night shift"
    assert drafts.settings_draft_of(written) == replace(draft, name="Night shift")
    assert replace(draft, outside="queue").over(BEFORE).other_policy_id is None
