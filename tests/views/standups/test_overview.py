"""Everybody's own view and what leads see: within Slack's limits with the worst words, escaped, and kind."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.rules.reports import Period
from bot.rules.standups import Round, Seat, SeatState
from bot.rules.standups.measures import Counts, Fall, Week
from bot.text import Text
from bot.views.standups import exports, feelings, ids, leads, nudges, overview
from bot.views.standups.leads import Participation, Took, Wanted, unpack
from bot.views.standups.nudges import NAMES_SHOWN
from bot.views.standups.overview import A_PAGE, Entry, Overview, Progress
from sandbox.block_kit import check
from tests.casebook import OTHER_TEAM, TEAM
from tests.cast import ALICE, BILLING, BOB, NOON, WORKSPACE
from tests.standups import STANDUP, WINDOW
from tests.views.drawn import mrkdwn_of

T = Text("en-US", "Europe/Berlin")
LANGUAGES = ("en-US", "el-GR", "uk-UA")
NASTY = "<!channel> & <@U1> *_~`"
MONDAY = date(2026, 3, 2)
SEAT = Seat("r1", ALICE.id, NOON, NOON + WINDOW, SeatState.ASKED, asked_at=NOON)
ROUND = Round(WORKSPACE, "r1", "floor", BILLING, "k", MONDAY, NOON, NOON + WINDOW, NASTY[:60])
MANY = [f"U{number:09}" for number in range(500)]
WEEKS = [Week(MONDAY + timedelta(days=7 * n), 5, 9, 4.25 if n % 2 else None) for n in range(30)]
FALL = (Fall(ALICE.id, "floor", "r0", (5, 4, 3)), STANDUP)


def entry(number: int = 0, **changes: object) -> Entry:
    standup = replace(STANDUP, id=f"s{number}", name=NASTY[:60])
    full = Entry(
        standup,
        TEAM,
        replace(ROUND, id=f"r{number}"),
        SEAT,
        Progress(3, 500, 1, 4, 5),
        next_at=NOON,
        next_day=MONDAY,
        is_asked=True,
        may_lead=True,
        missing=MANY,
    )
    return replace(full, **changes)  # type: ignore[arg-type]


def seen(*entries: Entry, **changes: object) -> Overview:
    full = Overview(
        entries,
        len(entries),
        0,
        NOON,
        has_team=True,
        may_lead=True,
        may_set=True,
        shares_mood=True,
        own_mood=WEEKS,
        falls=[FALL] * 30,
    )
    return replace(full, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("state", SeatState)
def test_a_full_page_fits(state: SeatState, locale: str) -> None:
    seat = replace(SEAT, state=state, answered_at=NOON if state is SeatState.ANSWERED else None)
    entries = [entry(n, seat=seat) for n in range(A_PAGE)]
    earlier = [entry(100 + n, seat=seat, is_earlier=True) for n in range(A_PAGE)]
    page = seen(*entries, *earlier, total=100, page=3)
    view = overview.overview(page, Text(locale, "Europe/Athens"), "Told")
    assert check.view(view, "modal") == []
    assert not [text for text in mrkdwn_of(view) if "<!channel>" in text]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"has_team": False}, "You are in no team yet"),
        ({"may_set": False}, "Its lead can begin one with `/standup setup`"),
        ({}, "*Set up* begins one"),
    ],
)
def test_who_has_none_is_told_what_to_do_next(changes: dict[str, object], said: str) -> None:
    view = overview.overview(seen(falls=(), **changes), T)
    assert check.view(view, "modal") == []
    assert said in str(view)


@pytest.mark.parametrize(
    ("state", "said", "label"),
    [
        (SeatState.DUE, "You are asked <!date", "Answer"),
        (SeatState.ASKED, "have time until", "Answer"),
        (SeatState.ANSWERED, "You answered", "Change"),
        (SeatState.SKIPPED, "You have skipped it", "Answer after all"),
        (SeatState.OUT, "you are out today", "Answer after all"),
        (SeatState.AWAY, "nobody waits for you", "Answer after all"),
        (SeatState.NOT_ASKED, "Baton was down", "Answer after all"),
        (SeatState.SILENT, "You can still answer until", "Answer late"),
        (SeatState.LEFT, "not in this round any more", None),
    ],
)
def test_where_one_stands_and_what_can_be_done(
    state: SeatState, said: str, label: str | None
) -> None:
    seat = replace(SEAT, state=state, answered_at=NOON if state is SeatState.ANSWERED else None)
    drawn = str(overview.overview(seen(entry(seat=seat)), T))
    assert said in drawn
    assert (f"{ids.ANSWER}:r0" in drawn) is (label is not None)
    assert f"'text': '{label or 'Focus note'}'" in drawn


def test_an_answer_after_the_time_is_said_kindly() -> None:
    late = replace(SEAT, state=SeatState.ANSWERED, answered_at=SEAT.until)
    assert "after the time. It counts all the same" in overview.state(ROUND, late, T)


def test_a_day_after_its_end_a_round_takes_no_answer() -> None:
    over = replace(ROUND, closed_at=NOON - timedelta(hours=24))
    assert not overview.can_answer(over, SEAT, NOON)
    assert overview.can_answer(over, SEAT, NOON - timedelta(seconds=1))
    assert not overview.can_answer(ROUND, None, NOON)


def test_who_does_not_lead_has_no_button_of_a_lead() -> None:
    plain = entry(may_lead=False, missing=())
    drawn = str(overview.overview(seen(plain, may_lead=False, may_set=False, falls=()), T))
    for hidden in (ids.NUDGE, ids.MISSING, ids.FOCUS, ids.PARTICIPATION, ids.SET_UP):
        assert f"'{hidden}" not in drawn
    assert ids.SHOW_ALL in drawn


def test_of_many_who_are_missing_some_are_named_and_all_are_a_press_away() -> None:
    drawn = str(overview.overview(seen(entry()), T))
    assert f"and {500 - NAMES_SHOWN} more" in drawn
    assert f"{ids.MISSING}:r0" in drawn
    view = overview.missing(ROUND, MANY, T)
    assert check.view(view, "modal") == []
    assert all(f"<@{one}>" in str(view) for one in MANY)
    assert "Nobody is missing" in str(overview.missing(ROUND, [], T))


def test_a_round_that_is_over_is_nudged_no_more() -> None:
    over = replace(ROUND, closed_at=NOON)
    assert ids.NUDGE not in str(overview.overview(seen(entry(round=over)), T))


def took(count: int) -> list[Took]:
    counts = Counts(100, 100, 100, 100)
    return [Took(one, "x" * 80, counts, Counts(silent=50), WEEKS[1::2]) for one in MANY[:count]]


@pytest.mark.parametrize("locale", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 50, 51, 500])
def test_who_took_part_fits_and_nobody_is_left_out(count: int, locale: str) -> None:
    people = took(count)
    period = Period(MONDAY - timedelta(days=700), MONDAY)
    given = Participation(
        TEAM, [TEAM, OTHER_TEAM], period, MONDAY, people, Counts(9), Counts(9), WEEKS
    )
    t, shown = Text(locale), ""
    for page in range(max(1, -(-count // leads.A_PAGE))):
        view = leads.participation(given, page, t)
        assert check.view(view, "modal") == []
        shown += str(view)
    assert all(f"<@{one.person_id}>" in shown for one in people)


@pytest.mark.parametrize(
    ("counts", "before", "said"),
    [
        (Counts(), Counts(), "Not asked in these days."),
        (
            Counts(in_time=2, silent=1),
            Counts(in_time=9),
            "asked 3: 2 in time, 1 without an answer",
        ),
        (
            Counts(in_time=7, late=1, silent=2, skipped=1),
            Counts(in_time=5, silent=5),
            "asked 11: 7 in time, 1 later, 2 without an answer, 1 skipped · 80 % answered · more than in the same time before",
        ),
        (
            Counts(in_time=1, silent=4),
            Counts(in_time=5),
            "asked 5: 1 in time, 4 without an answer · 20 % answered · less than in the same time before",
        ),
    ],
)
def test_how_somebody_took_part_in_neutral_words(counts: Counts, before: Counts, said: str) -> None:
    assert leads.counts(counts, before, T) == said


def test_what_is_looked_at_goes_into_a_button_and_back() -> None:
    for wanted in (Wanted(), Wanted("t1"), Wanted("t1", Period(MONDAY, MONDAY), 3)):
        assert unpack(wanted.packed()) == wanted
    assert unpack("") == Wanted()


@pytest.mark.parametrize("locale", LANGUAGES)
def test_a_nudge_is_a_whole_message(locale: str) -> None:
    text, blocks = nudges.nudge(ROUND, SEAT, BOB.id, Text(locale))
    assert check.message(blocks) == []
    assert f"<@{BOB.id}>" in text
    assert "<!channel>" not in text


@pytest.mark.parametrize(
    ("count", "before", "said"),
    [
        (1, [], "You nudged 1 person."),
        (2, ["U1"], "You nudged 2 people. Nudged in this round already, and not again: <@U1>"),
        (0, ["U1", "U2"], "Nudged in this round already, and not again: <@U1>, <@U2>"),
        (0, [], "Nobody is missing: whoever was asked has answered."),
    ],
)
def test_who_nudged_reads_how_many(count: int, before: list[str], said: str) -> None:
    assert nudges.nudged(count, before, T) == said


def test_a_mood_that_is_hidden_shows_no_number() -> None:
    told = feelings.team([Week(MONDAY, 3, 9, None), Week(MONDAY, 4, 9, 3.25)], T)
    assert "Mar 2, 2026: not shown, or one could guess who said what (3 people)" in told
    assert "Mar 2, 2026: 3.2 (4 people)" in told


@pytest.mark.parametrize("shares", [True, False])
def test_consent_says_who_sees_what_and_that_it_can_be_taken_back(*, shares: bool) -> None:
    told = feelings.own(WEEKS[1:2], T, shares=shares)
    assert "the leads and the manager of your teams" in told
    assert ("If you stop" if shares else "You can stop at any time") in told
    assert "at least 4 people" in told
    assert feelings.switch(T, shares=shares)["value"] == ("no" if shares else "yes")


@pytest.mark.parametrize("count", [1, 2, 150])
def test_the_form_of_the_file_fits(count: int) -> None:
    teams = [replace(TEAM, id=f"t{n}", name="x" * 60) for n in range(count)]
    view = exports.form(teams, MONDAY, T)
    assert check.view(view, "modal") == []
    assert ("'teams'" in str(view)) is (count > 1)
