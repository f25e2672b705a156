"""Disputes: the window, who can decide, when they are asked again, and what a good form holds."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.rules.coaching import Entry, EntryKind, State, Verdict, disputes
from bot.rules.coaching.disputes import DecisionDraft, DisputeDraft, Pool
from bot.rules.spans import Span
from tests.cast import ADA, ALICE, BEN, BOB, MARA, NOON, WORKSPACE
from tests.notes import note

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
DISPUTED = note(State.DISPUTED, decider_id=MARA.id)


def away(start: int, end: int) -> Span:
    """In hours after the sharing."""
    return Span(NOON + start * HOUR, NOON + end * HOUR)


@pytest.mark.parametrize(
    ("absences", "hours"),
    [
        ([], 48),
        ([away(-24, 0)], 48),
        ([away(-24, 24)], 72),
        ([away(10, 20)], 58),
        ([away(47, 147)], 148),
        ([away(48, 148)], 48),
        ([away(0, 24), away(24, 48)], 96),
        ([away(0, 30), away(10, 40)], 88),
        ([away(40, 60), away(65, 75)], 78),
    ],
)
def test_time_in_which_the_agent_is_away_does_not_count(absences: list[Span], hours: int) -> None:
    assert disputes.window_end(NOON, absences) == NOON + hours * HOUR


@pytest.mark.parametrize(("hours", "is_in_time"), [(0, True), (47, True), (48, True), (49, False)])
def test_the_window_closes(hours: int, *, is_in_time: bool) -> None:
    shared = note(State.SHARED, shared_at=NOON)
    assert disputes.is_in_time(shared, now=NOON + hours * HOUR) is is_in_time
    assert not disputes.is_in_time(note(), now=NOON)


@pytest.mark.parametrize(
    ("pool", "but", "found"),
    [
        (Pool([MARA.id], [BOB.id, BEN.id], [ADA.id]), (), (MARA.id,)),
        (Pool([MARA.id, "U0DEPT"], [BEN.id], [ADA.id]), (), (MARA.id, "U0DEPT")),
        (Pool([MARA.id, "U0DEPT", MARA.id], [BEN.id], [ADA.id]), (MARA.id,), ("U0DEPT",)),
        (Pool([], [BOB.id, BEN.id], [ADA.id]), (), (BEN.id,)),
        (Pool([BOB.id], [BOB.id], [ADA.id]), (), (ADA.id,)),
        (Pool([ALICE.id], [ALICE.id], [ALICE.id, ADA.id]), (), (ADA.id,)),
        (Pool([MARA.id], [BEN.id], [ADA.id]), (MARA.id, BEN.id), (ADA.id,)),
        (Pool([MARA.id], [BEN.id], [ADA.id]), (MARA.id, BEN.id, ADA.id), ()),
        (Pool(), (), ()),
    ],
)
def test_who_can_decide(pool: Pool, but: tuple[str, ...], found: tuple[str, ...]) -> None:
    """Managers, else the other leads, else the admins: never who wrote it, nor whom it is about."""
    assert disputes.candidates(DISPUTED, pool, but) == found


@pytest.mark.parametrize(
    ("days", "look"), [(0, 2), (1, 2), (2, 5), (4, 5)], ids=["now", "later", "reminded", "soon"]
)
def test_when_to_look_again(days: int, look: int) -> None:
    assert disputes.next_look(NOON, now=NOON + days * DAY) == NOON + look * DAY


def test_a_look_is_always_ahead() -> None:
    for days in (5, 6, 60):
        now = NOON + days * DAY
        assert disputes.next_look(NOON, now=now) > now


def test_who_was_asked_since_when() -> None:
    entries = [
        entry(EntryKind.SHARED),
        entry(EntryKind.DISPUTED, MARA.id),
        entry(EntryKind.COMMENTED),
        replace(entry(EntryKind.DECIDER_CHANGED, BEN.id), at=NOON + DAY),
    ]
    assert disputes.asked(entries) == [(MARA.id, NOON), (BEN.id, NOON + DAY)]


def test_an_addition_is_wanted_until_it_is_there() -> None:
    decided = note(State.DECIDED, verdict=Verdict.AMENDED, decided_at=NOON)
    before, after = (replace(entry(EntryKind.AMENDED), at=at) for at in (NOON - HOUR, NOON + HOUR))
    assert disputes.wants_amendment(decided, [])
    assert disputes.wants_amendment(decided, [before])
    assert not disputes.wants_amendment(decided, [before, after])
    assert not disputes.wants_amendment(replace(decided, verdict=Verdict.STANDS), [])
    assert not disputes.wants_amendment(replace(decided, state=State.CLOSED), [])


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [
        (DisputeDraft(MARA.id, "I had asked first"), set()),
        (DisputeDraft(MARA.id, " \x00 "), {"words"}),
        (DisputeDraft(MARA.id, "x" * 2001), {"words"}),
        (DisputeDraft(BOB.id, "I had asked first"), {"decider"}),
        (DisputeDraft(), {"decider", "words"}),
    ],
)
def test_a_dispute_needs_words_and_somebody_who_decides(
    draft: DisputeDraft, wrong: set[str]
) -> None:
    assert set(disputes.problems_of_dispute(draft.cleaned(), (MARA.id,))) == wrong


@pytest.mark.parametrize(
    ("draft", "wrong"),
    [
        (DecisionDraft("stands", "Both have a point"), set()),
        (DecisionDraft("", "Both have a point"), {"verdict"}),
        (DecisionDraft("burnt", "Both have a point"), {"verdict"}),
        (DecisionDraft("withdrawn", ""), {"words"}),
    ],
)
def test_a_decision_needs_a_verdict_and_words(draft: DecisionDraft, wrong: set[str]) -> None:
    assert set(disputes.problems_of_decision(draft.cleaned())) == wrong


def entry(kind: EntryKind, detail: str = "") -> Entry:
    return Entry(WORKSPACE, kind, DISPUTED.id, kind, ALICE.id, NOON, detail=detail)
