from datetime import timedelta

import pytest

from bot.rules.ticking import JumpWatch, must_be_confirmed
from tests.cast import NOON


@pytest.mark.parametrize(
    ("wall", "monotonic", "jump"),
    [
        (1, 1, 0),
        (3, 1, 0),  # a slow tick is no jump
        (4, 1, 3),
        (3600, 1, 3599),
        (-3600, 1, -3601),
        (1, 3600, -3599),
    ],
)
def test_the_wall_clock_is_compared_with_one_that_nobody_can_set(
    wall: int, monotonic: int, jump: int
) -> None:
    watch = JumpWatch()
    assert watch.look(NOON, 100.0) == timedelta(0)
    assert watch.look(NOON + timedelta(seconds=wall), 100.0 + monotonic) == timedelta(seconds=jump)


@pytest.mark.parametrize(
    ("seconds", "held"), [(-3600, False), (0, False), (300, False), (301, True)]
)
def test_only_a_jump_far_forward_is_confirmed_first(seconds: int, *, held: bool) -> None:
    assert must_be_confirmed(timedelta(seconds=seconds)) is held
