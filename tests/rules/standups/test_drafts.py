"""What a form may say: one refusal per field, and a stand-up that comes back from the form as it went in."""

from dataclasses import replace
from datetime import time

import pytest

from bot.people import Role
from bot.rules.standups import Kind, Moment, NotAnswered, Purpose, Question, Schedule, StandUp
from bot.rules.standups.drafts import (
    QuestionDraft,
    SettingsDraft,
    changed,
    merged,
    question_draft_of,
    question_problems,
    settings_draft_of,
    settings_problems,
)

FINE = SettingsDraft("Ours", ("mon",), Moment.TEAM, "09:05", 5, "after", 120, ("agent",))
BY_SHIFT = replace(FINE, moment=Moment.SHIFT)
THEIRS = StandUp("T", "b", "t", "Theirs")


@pytest.mark.parametrize(
    ("draft", "fields"),
    [
        (FINE, set()),
        (replace(FINE, name=" "), {"name"}),
        (replace(FINE, name="x" * 60), set()),
        (replace(FINE, name="x" * 61), {"name"}),
        (replace(FINE, name="THEIRS "), {"name"}),
        (replace(FINE, weekdays=()), {"weekdays"}),
        (replace(FINE, weekdays=("mon", "someday")), {"weekdays"}),
        (replace(FINE, moment="perhaps"), {"moment"}),
        (replace(FINE, at=""), {"at"}),
        (replace(FINE, at="25:00"), {"at"}),
        (replace(FINE, moment=Moment.PERSON, at=""), {"at"}),
        # what the moment does not show is not asked about
        (replace(BY_SHIFT, at=""), set()),
        (replace(FINE, minutes=None, side=""), set()),
        (replace(BY_SHIFT, minutes=0), set()),
        (replace(BY_SHIFT, minutes=720), set()),
        (replace(BY_SHIFT, minutes=721), {"minutes"}),
        (replace(BY_SHIFT, minutes=-5), {"minutes"}),
        (replace(BY_SHIFT, minutes=None), {"minutes"}),
        (replace(BY_SHIFT, side="around"), {"side"}),
        (replace(FINE, window=15), set()),
        (replace(FINE, window=14), {"window"}),
        (replace(FINE, window=720), set()),
        (replace(FINE, window=721), {"window"}),
        (replace(FINE, window=None), {"window"}),
        (replace(FINE, asked=()), {"asked"}),
        (replace(FINE, asked=("agent", "lead", "manager")), set()),
        (replace(FINE, asked=("agent", "observer")), {"asked"}),
        (replace(FINE, not_answered="shamed"), {"not_answered"}),
        (SettingsDraft(), {"name", "weekdays", "at", "window", "asked"}),
    ],
)
def test_the_settings(draft: SettingsDraft, fields: set[str]) -> None:
    assert set(settings_problems(draft, [THEIRS])) == fields


@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("offset", [-30, 0, 5])
def test_settings_come_back_as_they_went_in(moment: Moment, offset: int) -> None:
    schedule = Schedule(moment, ("tue", "sun"), time(22, 15), offset, 360)
    standup = StandUp(
        "T", "a", "t", "Ours", (), schedule, frozenset({Role.LEAD, Role.MANAGER}), "C1",
        NotAnswered.HIDDEN, heeds_dnd=False, is_active=False,
    )  # fmt: skip
    draft = settings_draft_of(standup)
    assert draft.over(standup) == standup
    assert draft.over(replace(standup, name="", asked=frozenset())) == standup


def test_what_the_moment_does_not_need_stays() -> None:
    standup = StandUp("T", "a", "t", "Ours", schedule=Schedule(at=time(7), offset_minutes=-15))
    by_shift = replace(FINE, moment=Moment.SHIFT, at="12:00", minutes=3, side="before")
    schedule = by_shift.over(standup).schedule
    assert (schedule.at, schedule.offset_minutes) == (time(7), -3)
    schedule = replace(by_shift, moment=Moment.TEAM).over(standup).schedule
    assert (schedule.at, schedule.offset_minutes) == (time(12), -15)
    untidy = replace(FINE, name="  Our   own ", weekdays=("sun", "mon")).over(standup)
    assert (untidy.name, untidy.schedule.weekdays) == ("Our own", ("mon", "sun"))


def test_of_two_leads_each_keeps_what_they_touched() -> None:
    theirs = replace(FINE, at="10:00", window=60)
    mine = replace(FINE, name="Mine", window=240)
    assert changed(FINE, theirs) == ["at", "window"]
    assert merged(FINE, mine, theirs) == replace(FINE, name="Mine", at="10:00", window=240)
    assert merged(FINE, FINE, theirs) == theirs


KNOWN = (
    Question("f", Kind.TEXT, "Focus?", Purpose.FOCUS),
    Question("b", Kind.BLOCKER, "Blocked?"),
    Question("m", Kind.MOOD, "Mood?"),
)
TEXT = QuestionDraft(words="How?")
CHOICE = replace(TEXT, kind=Kind.CHOICE, options="a\n\n b ")
YES_NO = replace(TEXT, kind=Kind.YES_NO)


@pytest.mark.parametrize(
    ("draft", "question_id", "fields"),
    [
        (TEXT, "", set()),
        (replace(TEXT, words=" "), "", {"words"}),
        (replace(TEXT, words="x" * 150), "", set()),
        (replace(TEXT, words="x" * 151), "", {"words"}),
        (replace(TEXT, kind="song"), "", {"kind"}),
        (replace(TEXT, purpose="look_back"), "", set()),
        (replace(TEXT, purpose="focus"), "", {"purpose"}),
        (replace(TEXT, purpose="focus"), "f", set()),
        (replace(TEXT, purpose="gossip"), "", {"purpose"}),
        (CHOICE, "", set()),
        (replace(CHOICE, options="a"), "", {"options"}),
        (replace(CHOICE, options="a\nA"), "", {"options"}),
        (replace(CHOICE, options="\n".join(map(str, range(20)))), "", set()),
        (replace(CHOICE, options="\n".join(map(str, range(21)))), "", {"options"}),
        (replace(CHOICE, options="a\n" + "x" * 76), "", {"options"}),
        (replace(TEXT, kind=Kind.SCALE, top=2), "", set()),
        (replace(TEXT, kind=Kind.SCALE, top=10), "", set()),
        (replace(TEXT, kind=Kind.SCALE, top=11), "", {"top"}),
        (replace(TEXT, kind=Kind.SCALE, top=None), "", {"top"}),
        (YES_NO, "", set()),
        (replace(YES_NO, follow_up="x" * 151), "", {"follow_up"}),
        (replace(TEXT, kind=Kind.BLOCKER), "", {"kind"}),
        (replace(TEXT, kind=Kind.BLOCKER), "b", set()),
        (replace(TEXT, kind=Kind.MOOD), "b", {"kind"}),
        (replace(TEXT, kind=Kind.MOOD), "m", set()),
    ],
)
def test_a_question(draft: QuestionDraft, question_id: str, fields: set[str]) -> None:
    assert set(question_problems(draft, KNOWN, question_id)) == fields


@pytest.mark.parametrize(
    "question",
    [
        *KNOWN,
        Question("c", Kind.CHOICE, "Which?", is_required=True, options=("a", "b c")),
        Question("s", Kind.SCALE, "How much?", top=7),
        Question("y", Kind.YES_NO, "Late?", follow_up="Why?", follow_up_on=False),
    ],
)
def test_a_question_comes_back_as_it_went_in(question: Question) -> None:
    assert question_draft_of(question).written(question.id) == question


def test_what_does_not_belong_to_the_kind_is_left_behind() -> None:
    full = QuestionDraft(Kind.MOOD, " How \n are you? ", "focus", True, "a\nb", 9, "Why?", False)  # noqa: FBT003
    assert full.written("q") == Question("q", Kind.MOOD, "How are you?", is_required=True)
