"""Every timer that a case sets means something."""

from dataclasses import replace
from datetime import timedelta

from bot.rules.calendars import BusinessHours
from bot.rules.escalations import raised
from bot.services.escalations.timing import CLAIM_TIMERS, claim_timers
from schedules.escalations import FIRE
from tests.casebook import DRAFT, TEAM
from tests.cast import ALICE, NOON


def test_every_timer_of_a_case_is_fired_by_something() -> None:
    closed = replace(TEAM, hours=BusinessHours(always_open=False))
    case = raised(ALICE, closed, DRAFT, number=1, now=NOON - timedelta(hours=12)).after
    assert {timer.kind for timer in claim_timers(case, closed)} == set(CLAIM_TIMERS) == set(FIRE)
