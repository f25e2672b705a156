"""How handovers go: how long people wait for an answer, how soon they get it, and how often somebody had to ask again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from bot.rules.handovers.items import Item, ItemState


@dataclass(frozen=True, slots=True)
class Measures:
    """Of some items: how many were `offered`, and of these `accepted`, `declined`, and left with the giver (`kept`).

    Cases that were settled meanwhile, or withdrawn, are in none of these: nobody had to answer. `accept_median` and
    `accept_p90` are the time from the offer to its acceptance. `oldest` is the handover age: how long the one that has
    waited longest waits. `asked_again` counts accepted ones after which the receiver had to ask.
    """

    offered: int = 0
    accepted: int = 0
    declined: int = 0
    kept: int = 0
    accept_median: timedelta | None = None
    accept_p90: timedelta | None = None
    oldest: timedelta | None = None
    asked_again: int = 0

    @property
    def asked_again_share(self) -> float | None:
        """Of the accepted ones, between 0 and 1; None when there is none."""
        return self.asked_again / self.accepted if self.accepted else None


def measure(items: Iterable[Item], *, now: datetime) -> Measures:
    """Each case is counted by itself, from the moment of its first offer, whoever was asked in between."""
    counted = [one for one in items if one.state not in {ItemState.SETTLED, ItemState.WITHDRAWN}]
    accepted = [one for one in counted if one.state is ItemState.ACCEPTED]
    times = sorted(one.answered_at - one.offered_at for one in accepted if one.answered_at)
    waiting = [now - one.offered_at for one in counted if one.is_offered]
    return Measures(
        offered=len(counted),
        accepted=len(accepted),
        declined=sum(one.state is ItemState.DECLINED for one in counted),
        kept=sum(one.state is ItemState.KEPT for one in counted),
        accept_median=_median(times),
        accept_p90=_p90(times),
        oldest=max(waiting, default=None),
        asked_again=sum(one.asked_again_at is not None for one in accepted),
    )


def _median(times: Sequence[timedelta]) -> timedelta | None:
    """The middle one; the mean of both in the middle of an even number."""
    if not times:
        return None
    return (times[(len(times) - 1) // 2] + times[len(times) // 2]) / 2


def _p90(times: Sequence[timedelta]) -> timedelta | None:
    """The nearest rank: nine of ten took no longer, and one of them took just as long."""
    return times[ceil(0.9 * len(times)) - 1] if times else None
