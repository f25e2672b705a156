"""What a summary holds, in which order, and what is never in it."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.errors import FormProblems
from bot.rules.standups import (
    Blocker,
    Kind,
    NotAnswered,
    Question,
    Round,
    RoundState,
    Said,
    Seat,
    SeatState,
    ShiftNote,
    Standing,
    Via,
)
from bot.rules.standups import summaries as rules
from bot.rules.standups.blockers import solved
from bot.rules.standups.summaries import Missing, Yesterday
from tests.cast import BILLING, NOON, WORKSPACE
from tests.standups import BLOCKERS, FLOOR, FOCUS, MOOD, NEXT_SHIFT, YESTERDAY

HOUR = timedelta(hours=1)
ROUND = Round(
    *(WORKSPACE, "r1", "floor", BILLING, "2026-03-02", date(2026, 3, 2), NOON, NOON + 2 * HOUR),
    name="Floor",
    questions=FLOOR,
)
EVERYTHING = {
    YESTERDAY.id: Said(text="Fine"),
    FOCUS.id: Said(text="Refunds"),
    BLOCKERS.id: Said(text="No access"),
    NEXT_SHIFT.id: Said(text="Mind the bank"),
    MOOD.id: Said(number=1),
}


def seat(person_id: str, state: SeatState, **more: object) -> Seat:
    made = Seat("r1", person_id, NOON, NOON + 2 * HOUR, state)
    return replace(made, **more)  # type: ignore[arg-type]


def answered(person_id: str, minutes: int = 0, **more: object) -> Seat:
    at = NOON + timedelta(minutes=minutes)
    found: dict[str, object] = {"answered_at": at, "answers": EVERYTHING} | more
    return seat(person_id, SeatState.ANSWERED, **found)


def test_a_mood_is_in_nothing_that_others_may_read() -> None:
    found = rules.summarise(ROUND, [answered("U1")])
    [voice] = found.voices
    assert [one.id for one, _said in voice.said] == [YESTERDAY.id, FOCUS.id]
    assert [one.id for one, _said in voice.whole] == [
        *(YESTERDAY.id, FOCUS.id, BLOCKERS.id, NEXT_SHIFT.id)
    ]
    assert "mood" not in str(found.voices)
    only = replace(ROUND, questions=(MOOD,))
    assert rules.summarise(only, [answered("U1")]).voices[0].whole == ()


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_but_the_mood_is_read_by_the_team(kind: Kind) -> None:
    question = Question("q", kind, "?")
    one = answered("U1", answers={"q": Said(text="x", number=3)})
    found = rules.voice(one, [question])
    assert bool(found.whole) is (kind is not Kind.MOOD)
    assert bool(found.said) is (kind not in {Kind.MOOD, Kind.BLOCKER})


def test_who_answered_first_stands_first_and_who_left_is_still_heard() -> None:
    seats = [
        answered("U1", 30),
        answered("U2", 10),
        seat("U3", SeatState.LEFT, answered_at=NOON, answers=EVERYTHING),
        seat("U4", SeatState.LEFT),
        answered("U5", 20, via=Via.SAME, answers={}),
    ]
    found = rules.summarise(ROUND, seats)
    assert [one.person_id for one in found.voices] == ["U3", "U2", "U5", "U1"]
    assert [one.has_nothing_new for one in found.voices] == [False, False, True, False]


def test_everybody_else_has_a_place() -> None:
    seats = [seat(f"U{n}", state) for n, state in enumerate(SeatState)]
    found = rules.summarise(ROUND, seats)
    by_state = {state: f"U{n}" for n, state in enumerate(SeatState)}
    assert found.skipped == [by_state[SeatState.SKIPPED]]
    assert found.out == [by_state[SeatState.OUT]]
    assert found.away == [by_state[SeatState.AWAY]]
    assert found.not_asked == [by_state[SeatState.NOT_ASKED]]
    assert found.to_be_asked == 1
    assert found.missing == Missing((by_state[SeatState.ASKED], by_state[SeatState.SILENT]), 2)


@pytest.mark.parametrize(
    ("way", "missing"),
    [
        (NotAnswered.NAMED, Missing(("U1", "U2"), 2)),
        (NotAnswered.COUNTED, Missing((), 2)),
        (NotAnswered.HIDDEN, Missing()),
    ],
)
def test_who_did_not_answer_is_told_as_the_team_chose(way: NotAnswered, missing: Missing) -> None:
    seats = [seat(one, SeatState.SILENT) for one in ("U2", "U1")]
    assert rules.summarise(replace(ROUND, not_answered=way), seats).missing == missing


def test_what_still_stands_comes_first_the_oldest_on_top() -> None:
    def blocker(name: str, hours: int) -> Standing:
        at = NOON - hours * HOUR
        return Standing(Blocker(WORKSPACE, name, BILLING, "r0", "U1", name, at, at))

    done = Standing(solved(blocker("done", 99).blocker, "U2", "Yes", now=NOON))
    given = [done, blocker("new", 1), blocker("old", 50)]
    found = rules.summarise(ROUND, [], blockers=given)
    assert [one.blocker.id for one in found.blockers] == ["old", "new", "done"]


def test_notes_are_told_apart_by_the_shift_that_wrote_them() -> None:
    left = ShiftNote(WORKSPACE, "r0", "U1", BILLING, "Mind", NOON, told_round_id="r1")
    leaving = ShiftNote(WORKSPACE, "r1", "U2", BILLING, "Bank", NOON)
    found = rules.summarise(ROUND, [], notes=[left, leaving])
    assert (found.left_for_it, found.left_by_it) == ([left], [leaving])


def test_a_quiet_day_is_not_told() -> None:
    quiet = Yesterday(date(2026, 3, 1), 0, 0, 0, Counter())
    assert rules.summarise(ROUND, [], yesterday=quiet).yesterday is None
    busy = replace(quiet, left_open=1)
    assert rules.summarise(ROUND, [], yesterday=busy).yesterday == busy


def test_a_focus_note_has_a_limit_and_can_be_taken_away() -> None:
    assert rules.checked_focus("  Refunds  ") == "Refunds"
    assert rules.checked_focus(" ") == ""
    with pytest.raises(FormProblems):
        rules.checked_focus("x" * 501)


@pytest.mark.parametrize(
    ("states", "shown"),
    [
        ("", ""),
        ("m", ""),
        ("cc", "b"),
        ("cm", "a"),
        ("oc", "a"),
        ("oo", "ba"),
        ("ooc", "ba"),
    ],
)
def test_the_latest_rounds_are_those_that_are_open_or_else_the_newest(
    states: str, shown: str
) -> None:
    known = {"o": RoundState.OPEN, "c": RoundState.CLOSED, "m": RoundState.MISSED}
    rounds = [
        replace(ROUND, id="abc"[n], state=known[state], opens_at=NOON + n * HOUR)
        for n, state in enumerate(states)
    ]
    assert "".join(one.id for one in rules.latest(rounds)) == shown
