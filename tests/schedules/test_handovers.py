"""Every timer of a handover, and of a shift that ends, means something, and none is also another feature's."""

from bot.rules.handovers import LOOK
from bot.services.shift_ends import ENDS, PLAN_ENDS
from schedules import escalations, handovers


def test_every_timer_is_fired_by_something() -> None:
    assert set(handovers.FIRE) == {LOOK, ENDS, PLAN_ENDS}
    assert not set(handovers.FIRE) & set(escalations.FIRE)
