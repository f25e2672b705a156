"""The workspace's clock: the machine's own, or one that is moved and visits on its way all that falls due."""

from sandbox.clock.movable import MovableClock
from sandbox.clock.real import Clock, SystemClock
from sandbox.clock.travel import (
    LONGEST,
    AlreadyTravelling,
    CannotTravel,
    Resident,
    Said,
    Stop,
    Travel,
)
from sandbox.clock.waiting import Waiting

__all__ = [
    "LONGEST",
    "AlreadyTravelling",
    "CannotTravel",
    "Clock",
    "MovableClock",
    "Resident",
    "Said",
    "Stop",
    "SystemClock",
    "Travel",
    "Waiting",
]
