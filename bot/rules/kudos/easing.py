"""Who made something easier for somebody, as its own record says it; and when to ask whether they would like to thank them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.rules.covers import Cover
from bot.rules.covers import State as CoverState
from bot.rules.escalations import Escalation
from bot.rules.escalations import State as CaseState
from bot.rules.handovers import Handover, ItemState
from bot.rules.kudos.giving import Via
from bot.rules.spans import Span
from bot.rules.wall_clock import day_of, moment

ASK_AT = time(9)
FORGOTTEN_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Eased:
    """`helpers` made it easier for `giver_id`, at `at`. `number` is the case's, `span` the shift's."""

    via: Via
    giver_id: str
    helpers: tuple[str, ...]
    at: datetime
    number: int = 0
    span: Span | None = None


def source_of(via: Via, thing: str | int) -> str:
    """How a kudos says what it is about; `parts` reads it."""
    return f"{via}:{thing}"


def parts(source: str) -> tuple[str, str]:
    kind, _colon, thing = source.partition(":")
    return kind, thing


def by_case(case: Escalation) -> Eased | None:
    """Whoever resolved it named them."""
    if case.state is not CaseState.RESOLVED or not case.closed_by or case.closed_at is None:
        return None
    return Eased(Via.ESCALATION, case.closed_by, case.helped_by, case.closed_at, number=case.id)


def by_cover(cover: Cover) -> Eased | None:
    """Whoever worked in their place, once that is over."""
    if cover.state is not CoverState.TAKEN or not cover.taken_by:
        return None
    return Eased(Via.COVER, cover.person_id, (cover.taken_by,), cover.ends_at, span=cover.span)


def by_handover(handover: Handover) -> Eased | None:
    """Whoever took over what was offered, each once."""
    taken = [one for one in handover.items if one.state is ItemState.ACCEPTED]
    if not taken:
        return None
    helpers = dict.fromkeys(one.asked_id for one in taken)
    at = max(one.answered_at or handover.made_at for one in taken)
    return Eased(Via.HANDOVER, handover.giver_id, tuple(helpers), at)


def without(eased: Eased, those: Iterable[str]) -> tuple[str, ...]:
    """Who is left to thank: nobody thanks themselves."""
    left_out = {eased.giver_id, *those}
    return tuple(one for one in eased.helpers if one not in left_out)


def tomorrow(now: datetime, zone: str) -> datetime:
    """In the morning of the next day, by this clock."""
    return moment(day_of(now, zone) + timedelta(days=1), ASK_AT, zone)
