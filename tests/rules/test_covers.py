"""Cover by its rules: a truth table of its states, which part of a shift is meant, whose it is, and who is free."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings

from bot.errors import Stale
from bot.rules import covers as rules
from bot.rules.absences import Absence, Kind
from bot.rules.calendars import WEEKDAYS
from bot.rules.covers import LEADS_TO, Action, Bar, Cover, CoverDraft, State
from bot.rules.shifts import Change, Override, Pattern, Roster, Span, duties
from tests.cast import ALICE, BEN, BILLING, BOB, DAN, NOON, WORKSPACE
from tests.rules.shifts.test_oracle import rosters, window

OPEN, TAKEN, CANCELLED, EXPIRED, UNDONE = State
TAKE, CANCEL, EXPIRE, UNDO = Action
NO = None
# One row per state, one column per action, in the order above.
TABLE: dict[State, list[State | None]] = {
    OPEN: [TAKEN, CANCELLED, EXPIRED, NO],
    TAKEN: [NO, NO, NO, UNDONE],
    CANCELLED: [NO, NO, NO, NO],
    EXPIRED: [NO, NO, NO, NO],
    UNDONE: [NO, NO, NO, NO],
}
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MONDAY = Span(NOON - 4 * HOUR, NOON + 4 * HOUR)  # 08:00 to 16:00
TUESDAY = Span(MONDAY.start + DAY, MONDAY.end + DAY)
COVER = Cover(WORKSPACE, "c1", BILLING, ALICE.id, TUESDAY.start, TUESDAY.end, ALICE.id, NOON)
EARLY = Pattern("p1", BILLING, WEEKDAYS[:5], time(8), time(16), (ALICE.id, BOB.id))
ROSTER = Roster(BILLING, "UTC", [EARLY], members=frozenset({ALICE.id, BOB.id, BEN.id}))


def away(person_id: str, span: Span) -> Absence:
    return Absence(WORKSPACE, "a1", person_id, Kind.SICK, span.start, span.end)


def instead(person_id: str, of: str, span: Span) -> Override:
    return Override("o1", BILLING, Change.REPLACE, person_id, span.start, span.end, of)


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("action", list(Action))
def test_the_table(state: State, action: Action) -> None:
    cover = replace(COVER, state=state, taken_by=BEN.id)
    expected = TABLE[state][list(Action).index(action)]
    assert LEADS_TO.get((state, action)) == expected
    if expected:
        assert rules.check(action, cover, BOB.id, now=NOON) is expected
        return
    with pytest.raises(Stale):
        rules.check(action, cover, BOB.id, now=NOON)


@pytest.mark.parametrize(
    ("action", "state", "by", "told"),
    [
        (TAKE, TAKEN, BOB.id, f"<@{BEN.id}> was a moment faster"),
        (TAKE, TAKEN, BEN.id, "You have it already"),
        (TAKE, CANCELLED, BOB.id, "not needed here any more"),
        (TAKE, UNDONE, BOB.id, "not needed here any more"),
        (TAKE, EXPIRED, BOB.id, "has begun"),
        (CANCEL, TAKEN, ALICE.id, f"<@{BEN.id}> has taken it already"),
        (UNDO, OPEN, BOB.id, "nothing to undo"),
    ],
)
def test_who_is_too_late_is_told_kindly(action: Action, state: State, by: str, told: str) -> None:
    with pytest.raises(Stale, match=told):
        rules.check(action, replace(COVER, state=state, taken_by=BEN.id), by, now=NOON)


def test_until_when_it_can_be_taken_and_undone() -> None:
    assert COVER.closes_at == TUESDAY.start
    with pytest.raises(Stale, match="has begun"):
        rules.check(TAKE, COVER, BEN.id, now=TUESDAY.start)
    begun = replace(COVER, asked_at=TUESDAY.start + HOUR)
    assert begun.closes_at == TUESDAY.end
    assert rules.check(TAKE, begun, BEN.id, now=TUESDAY.end - HOUR) is TAKEN
    taken = replace(COVER, state=TAKEN, taken_by=BEN.id)
    assert rules.check(UNDO, taken, BOB.id, now=TUESDAY.end - HOUR) is UNDONE
    with pytest.raises(Stale, match="over already"):
        rules.check(UNDO, taken, BOB.id, now=TUESDAY.end)


def test_of_what_has_begun_only_the_rest_counts() -> None:
    seconds = timedelta(seconds=42)
    assert COVER.rest(NOON) == COVER
    assert COVER.rest(TUESDAY.start + HOUR + seconds).span == Span(
        TUESDAY.start + HOUR, TUESDAY.end
    )


NIGHT = Span(datetime(2026, 3, 2, 21, tzinfo=UTC), datetime(2026, 3, 3, 5, tzinfo=UTC))  # in Berlin


@pytest.mark.parametrize(
    ("shift", "start", "end", "hours"),
    [
        (TUESDAY, None, None, (0, 8)),
        (TUESDAY, time(11), None, (2, 8)),  # 10:00 in UTC
        (TUESDAY, None, time(11), (0, 2)),
        (TUESDAY, time(11), time(12), (2, 3)),
        (NIGHT, time(0), time(4), (2, 6)),
        (NIGHT, time(23), time(1), (1, 3)),
        (MONDAY, None, time(15), (4, 6)),  # which has begun: it is 13:00 in Berlin
    ],
)
def test_a_part_of_a_shift_goes_by_the_readers_clock(
    shift: Span, start: time | None, end: time | None, hours: tuple[int, int]
) -> None:
    draft = CoverDraft(ALICE.id, BILLING, shift, start, end)
    assert rules.problems(draft, "Europe/Berlin", now=NOON) == {}
    found = draft.span("Europe/Berlin", now=NOON)
    assert found == Span(shift.start + hours[0] * HOUR, shift.start + hours[1] * HOUR)


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (CoverDraft(ALICE.id), "shift"),
        (CoverDraft(ALICE.id, BILLING, Span(NOON - 2 * HOUR, NOON)), "shift"),
        (CoverDraft(ALICE.id, BILLING, TUESDAY, reason="x" * 301), "reason"),
        (CoverDraft(ALICE.id, BILLING, TUESDAY, time(18)), "start"),
        (CoverDraft(ALICE.id, BILLING, TUESDAY, None, time(18)), "end"),
        (CoverDraft(ALICE.id, BILLING, TUESDAY, time(11), time(10)), "end"),
        (CoverDraft(ALICE.id, BILLING, TUESDAY, time(11), time(11)), "end"),
        (CoverDraft(ALICE.id, BILLING, MONDAY, time(9)), "start"),
    ],
)
def test_what_is_wrong_is_said_by_field(draft: CoverDraft, field: str) -> None:
    assert set(rules.problems(draft, "Europe/Berlin", now=NOON)) == {field}


def test_shifts_are_offered_one_by_one() -> None:
    """Those that follow each other at once are two; what was asked for, or is covered, is none."""
    late = Pattern("p2", BILLING, ("mon",), time(16), time(20), (ALICE.id,))
    extra = Override("o2", BILLING, Change.ADD, ALICE.id, TUESDAY.end, TUESDAY.end + HOUR)
    roster = replace(ROSTER, patterns=[EARLY, late], overrides=[extra])
    ahead = Span(NOON, TUESDAY.end + 2 * HOUR)
    evening = Span(MONDAY.end, MONDAY.end + 4 * HOUR)
    everything = [Span(NOON, MONDAY.end), evening, TUESDAY, extra.span]
    assert rules.shifts_of(roster, ALICE.id, ahead, ()) == everything
    asked = [Span(TUESDAY.start + HOUR, TUESDAY.start + 2 * HOUR)]
    assert len(rules.shifts_of(roster, ALICE.id, ahead, asked)) == 5
    covered = replace(roster, overrides=[instead(BEN.id, ALICE.id, evening)])
    assert evening not in rules.shifts_of(covered, ALICE.id, ahead, ())
    assert rules.shifts_of(covered, BEN.id, ahead, ()) == [evening]


def test_who_is_away_needs_cover_all_the_more() -> None:
    sick = replace(ROSTER, absences=[away(ALICE.id, TUESDAY)])
    assert rules.shifts_of(sick, ALICE.id, TUESDAY, ()) == [TUESDAY]
    assert rules.gone_problem(COVER, sick) is None
    works = replace(sick, overrides=[instead(BEN.id, ALICE.id, TUESDAY)])
    assert duties(works, TUESDAY) == {BEN.id: [TUESDAY], BOB.id: [TUESDAY]}


@pytest.mark.parametrize(
    ("roster", "told"),
    [
        (replace(ROSTER, members=frozenset({BOB.id})), "not in this team any more"),
        (replace(ROSTER, patterns=[replace(EARLY, end=time(15))]), "has changed since"),
        (replace(ROSTER, patterns=[]), "has changed since"),
        (replace(ROSTER, overrides=[instead(BEN.id, ALICE.id, TUESDAY)]), "has changed since"),
    ],
)
def test_what_is_not_theirs_any_more_is_not_covered(roster: Roster, told: str) -> None:
    problem = rules.gone_problem(COVER, roster)
    assert problem is not None
    assert told in str(problem)


NIGHTS = Pattern("p9", "team-shipping", ("mon",), time(22), time(9), (BEN.id,))
SHIPPING = Roster("team-shipping", "UTC", [NIGHTS], members=frozenset({BEN.id, DAN.id}))


@pytest.mark.parametrize(
    ("who", "rosters", "bar"),
    [
        (BEN.id, [ROSTER], None),
        (BEN.id, [ROSTER, replace(SHIPPING, patterns=[])], None),
        (BEN.id, [ROSTER, SHIPPING], Bar.WORKING),  # in another team
        (BOB.id, [ROSTER], Bar.WORKING),
        (ALICE.id, [ROSTER], Bar.OWN),
        (DAN.id, [SHIPPING], Bar.STRANGER),
        (BEN.id, [], Bar.STRANGER),
        (BEN.id, [replace(ROSTER, absences=[away(BEN.id, MONDAY)])], None),
        (BEN.id, [replace(ROSTER, absences=[away(BEN.id, TUESDAY)])], Bar.AWAY),
        (
            BEN.id,
            [replace(ROSTER, absences=[away(BEN.id, Span(NOON, TUESDAY.start + HOUR))])],
            Bar.AWAY,
        ),
    ],
)
def test_who_can_work_in_their_place(who: str, rosters: list[Roster], bar: Bar | None) -> None:
    assert rules.bar_of(COVER, who, rosters) is bar


def test_who_is_asked_when_there_is_no_channel() -> None:
    assert rules.could_take(COVER, ROSTER) == [BEN.id]


@given(rosters())
@settings(max_examples=60)
def test_what_is_taken_changes_places_and_nothing_else(drawn: tuple[Roster, date]) -> None:
    """Whatever the roster: the one works all of that time, the other none of it, and everybody else as before."""
    roster, night = drawn
    looked = window(night)
    before = duties(roster, looked)
    for person in sorted(roster.members):
        for span in rules.shifts_of(roster, person, looked, ())[:2]:
            assert rules.is_theirs(roster, person, span)
            cover = Cover(
                WORKSPACE, "c", "team", person, span.start, span.end, person, night_of(night)
            )
            for taker in rules.could_take(cover, roster):
                change = Override("o", "team", Change.REPLACE, taker, span.start, span.end, person)
                after = duties(replace(roster, overrides=[*roster.overrides, change]), looked)
                assert is_working(after, taker, span)
                assert not rules.is_theirs(
                    replace(roster, overrides=[*roster.overrides, change]), person, span
                )
                others = roster.members - {person, taker}
                assert [after.get(one) for one in others] == [before.get(one) for one in others]


def night_of(day: date) -> datetime:
    return datetime.combine(day, time(), UTC) - timedelta(days=9)


def is_working(found: object, who: str, span: Span) -> bool:
    assert isinstance(found, dict)
    return any(one.start <= span.start and span.end <= one.end for one in found[who])
