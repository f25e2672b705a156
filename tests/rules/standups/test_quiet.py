"""Whom to ask Slack about before a stand-up, and what its answer changes."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from bot.people import Role
from bot.rules.spans import Span
from bot.rules.standups import Moment, Schedule, StandUp
from bot.rules.standups.planning import MARGIN, Floor
from bot.rules.standups.quiet import changes_plan, soon_asked, spans_in
from bot.rules.teams import Team
from tests.cast import ALICE, BEN, BILLING, BOB, NOON, WORKSPACE

MINUTE = timedelta(minutes=1)
STANDUP = StandUp(
    WORKSPACE, "s1", BILLING, "Morning", schedule=Schedule(Moment.TEAM, at=time(12, 10))
)
FLOOR = Floor(
    Team(WORKSPACE, BILLING, "Billing", zone="UTC"),
    Span(NOON - MARGIN, NOON + MARGIN),
    roles={
        ALICE.id: frozenset({Role.AGENT}),
        BOB.id: frozenset({Role.LEAD}),
        BEN.id: frozenset({Role.OBSERVER}),
    },
)
NIGHT = Span(NOON - 60 * MINUTE, NOON + 40 * MINUTE)


@pytest.mark.parametrize(
    ("minutes", "found"),
    [
        (-1, []),
        (0, [ALICE.id, BOB.id]),
        (10, [ALICE.id, BOB.id]),
        (11, []),
    ],
)
def test_it_is_asked_about_those_who_are_asked_within_ten_minutes(
    minutes: int, found: list[str]
) -> None:
    assert soon_asked(STANDUP, FLOOR, NOON + minutes * MINUTE) == found


def test_nobody_asks_about_who_is_away_or_on_another_day() -> None:
    away = replace(FLOOR, away={ALICE.id: [Span(NOON, NOON + timedelta(hours=9))]})
    assert soon_asked(STANDUP, away, NOON) == [BOB.id]
    assert soon_asked(STANDUP, FLOOR, NOON + timedelta(days=5)) == []  # a Saturday


def test_what_was_known_before_does_not_hide_anybody() -> None:
    assert soon_asked(STANDUP, replace(FLOOR, quiet={BOB.id: [NIGHT]}), NOON) == [ALICE.id, BOB.id]


def test_only_what_moves_an_ask_changes_the_plan() -> None:
    nothing, tonight = Span(NOON, NOON), Span(NOON + 600 * MINUTE, NOON + 1200 * MINUTE)
    assert not changes_plan(STANDUP, FLOOR, {ALICE.id: nothing, BOB.id: tonight}, NOON)
    assert changes_plan(STANDUP, FLOOR, {BOB.id: NIGHT}, NOON)
    before = replace(FLOOR, quiet={BOB.id: [NIGHT]})
    assert changes_plan(STANDUP, before, {BOB.id: nothing}, NOON), "Bob is back earlier"
    assert not changes_plan(replace(STANDUP, heeds_dnd=False), FLOOR, {BOB.id: NIGHT}, NOON)


def _told(start: object, end: object, enabled: object = True) -> Mapping[str, Any]:
    return {"dnd_enabled": enabled, "next_dnd_start_ts": start, "next_dnd_end_ts": end}


@pytest.mark.parametrize(
    "users",
    [
        None,
        [],
        {},
        {BOB.id: None},
        {BOB.id: {"dnd_enabled": True}},
        {BOB.id: _told(1, 1, enabled=False)},
        {BOB.id: _told("soon", 1450423800)},
        {BOB.id: _told(1450423800, 1450387800)},
        {BOB.id: _told(1, 10**18)},
    ],
)
def test_an_answer_without_sense_means_not_at_all(users: object) -> None:
    assert spans_in(users, [BOB.id], NOON) == {BOB.id: Span(NOON, NOON)}


@pytest.mark.parametrize("enabled", [True, False, None])
def test_the_two_moments_count(enabled: object) -> None:
    span = Span(
        datetime(2015, 12, 17, 21, 30, tzinfo=UTC), datetime(2015, 12, 18, 7, 30, tzinfo=UTC)
    )
    told = {BOB.id: _told(1450387800, 1450423800, enabled), "U0ELSE": _told(1, 2)}
    assert spans_in(told, [BOB.id], NOON) == {BOB.id: span}
