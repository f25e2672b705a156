"""How shifts and absences look: within Slack's limits at their fullest, with no button that would be refused."""

import json
from dataclasses import replace
from datetime import date, time, timedelta

import pytest

from bot.rules.absences import Absence, Draft, Kind, Offer, OfferState
from bot.rules.calendars import WEEKDAYS
from bot.rules.shifts import (
    Change,
    DayChange,
    Next,
    OnDuty,
    Overlap,
    Override,
    Pattern,
    Report,
    Span,
)
from bot.rules.shifts.seen import AbsencesSeen, Away, Board, Mine, TeamNow, TeamShifts
from bot.rules.teams import SetUp, Team, TeamSeen
from bot.text import Text
from bot.views import absences
from bot.views.blocks import Block
from bot.views.shifts import board, form, ids, setup, words
from bot.views.teams import overview
from sandbox.block_kit import check
from tests.cast import ALICE, BOB, NOON, WORKSPACE
from tests.views.drawn import mrkdwn_of

T = Text()
NASTY = "<!channel> *&* `x`"
HOUR = timedelta(hours=1)
TEAM = Team(WORKSPACE, "t1", NASTY, zone="Europe/Athens")
PEOPLE = tuple(f"U0{n:03}" for n in range(50))
PATTERN = Pattern(
    "p1", "t1", WEEKDAYS, time(22), time(6), PEOPLE, NASTY, date(2026, 1, 1), date(2026, 12, 31)
)
SPANS = [Span(NOON + n * 2 * HOUR, NOON + (n * 2 + 1) * HOUR) for n in range(200)]
REPORT = Report(tuple(SPANS), tuple(Overlap(one, PEOPLE, PEOPLE[:3]) for one in SPANS))
NOW = TeamNow(
    TEAM,
    [OnDuty(one, NOON, NOON + HOUR) for one in PEOPLE],
    Next(NOON, PEOPLE),
    [Away(one, NOON) for one in PEOPLE],
    REPORT,
    SPANS[0],
    has_shifts=True,
    may_set=True,
)
OVERRIDES = [
    Override(f"o{n}", "t1", list(Change)[n % 3], "U1", NOON, NOON + HOUR, "U2") for n in range(100)
]
FULL = TeamShifts(
    NOW,
    [replace(PATTERN, id=f"p{n}") for n in range(200)],
    [DayChange("p1", date(2026, 3, 1) + timedelta(days=n)) for n in range(100)],
    OVERRIDES,
)
SICK = Absence(WORKSPACE, "a1", ALICE.id, Kind.SICK, NOON, NOON + 30 * HOUR, note=NASTY * 20)
NOTED = AbsencesSeen([SICK] * 50, [replace(SICK, whole_days=False)] * 50, leads=True)
MODALS = [
    setup.team_shifts(FULL, T),
    setup.team_shifts(FULL, T, 3),
    setup.team_shifts(FULL, T, 99),
    setup.team_shifts(TeamShifts(replace(NOW, has_shifts=False), [], [], []), T),
    setup.removed(PATTERN, T),
    form.pattern_form(TEAM, T),
    form.pattern_form(TEAM, T, PATTERN),
    form.day_form(TEAM, FULL.patterns, T),
    form.override_form(TEAM, T),
    board.as_modal(Board([NOW] * 5, 3, NOON), T),
    board.as_modal(Board([]), T),
    absences.new_form(Draft(ALICE.id), AbsencesSeen([]), T),
    absences.new_form(Draft(ALICE.id, "sick", date(2026, 3, 2)), NOTED, T, offer_id="o"),
    absences.change_form(SICK, T),
    absences.taken_out(SICK, T),
]


@pytest.mark.parametrize("view", MODALS)
def test_every_view_is_within_slacks_limits(view: Block) -> None:
    assert check.view(view, "modal") == []


@pytest.mark.parametrize(
    ("text", "blocks"),
    [
        board.board(Board([NOW] * 5, 3, NOON), T),
        *(
            absences.offer_card(Offer("o", "U1", "m", Kind.SICK, NOON, None, state), T)
            for state in OfferState
        ),
        absences.offer_card(None, T),
    ],
)
def test_every_message_is_too(text: str, blocks: list[Block]) -> None:
    assert text
    assert check.blocks(blocks, "message") == []


@pytest.mark.parametrize("view", MODALS)
def test_what_was_typed_cannot_become_a_mention(view: Block) -> None:
    for one in mrkdwn_of(view):
        assert "<!channel>" not in one


def test_buttons_are_drawn_for_those_who_may() -> None:
    for_all = json.dumps(setup.team_shifts(replace(FULL, now=replace(NOW, may_set=False)), T))
    for action in (ids.NEW, ids.CHANGE, ids.DAY_REMOVE, ids.OVERRIDE_REMOVE):
        assert action not in for_all
        assert action in json.dumps(setup.team_shifts(FULL, T))


def test_every_team_has_a_way_to_its_shifts() -> None:
    seen = tuple(TeamSeen(replace(TEAM, id=f"t{n}"), (), frozenset(), False) for n in range(300))  # noqa: FBT003
    view = overview.overview(SetUp(seen, may_set_up=True), T)
    assert check.view(view, "modal") == []
    assert ids.OPEN in json.dumps(view)


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (WEEKDAYS, "Mon–Sun"),
        (("mon", "tue"), "Mon, Tue"),
        (("mon", "tue", "wed", "fri"), "Mon–Wed, Fri"),
        (("sun",), "Sun"),
    ],
)
def test_days_in_a_row_are_a_range(days: tuple[str, ...], said: str) -> None:
    assert words.days(days, T) == said


def test_home_says_one_line() -> None:
    assert board.home_line(Mine(), T) == ""
    assert "Your shift" in board.home_line(Mine(SPANS[0]), T)
    assert "away until" in board.home_line(Mine(SPANS[0], NOON), T)


def test_whole_days_are_said_as_days() -> None:
    day = replace(SICK, starts_at=NOON - 12 * HOUR, ends_at=NOON + 12 * HOUR)
    assert absences.line_of(day, T) == "Sick: Mar 2, 2026"
    assert "<!date" in absences.line_of(replace(day, whole_days=False), T)
    assert BOB.id in absences.made_for_you(BOB, day, T)
