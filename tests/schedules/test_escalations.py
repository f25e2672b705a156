"""Every alarm of a case is a timer that means something."""

from bot.rules.escalations import Alarm
from schedules.escalations import FIRE


def test_every_alarm_of_a_case_is_fired_by_something() -> None:
    assert set(FIRE) == set(Alarm)
