"""A request for cover as somebody filled it in, and what a good one looks like: one refusal per field."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from bot.errors import Refused
from bot.rules.covers.checks import Bar
from bot.rules.spans import Span
from bot.rules.wall_clock import day_of, moment
from bot.text import _

REASON_LIMIT = 300
NOT_WITHIN = _("This is not within the shift.")
NO_SHIFT = _("Please choose a shift.")

YOU: dict[Bar, str] = {
    Bar.OWN: _("This is your own shift: somebody else has to take it."),
    Bar.STRANGER: _(
        "Only agents, leads and managers of this team can take it. Thank you all the same."
    ),
    Bar.AWAY: _("You are noted as away at that time. `/baton away` changes that. Thank you!"),
    Bar.WORKING: _("You work at that time already. Thank you all the same."),
}
THEY: dict[Bar, str] = {
    Bar.OWN: _("This is their own shift. Please choose somebody else."),
    Bar.STRANGER: _("Only agents, leads and managers of this team can work in it."),
    Bar.AWAY: _("They are noted as away at that time."),
    Bar.WORKING: _("They work at that time already."),
}


@dataclass(frozen=True, slots=True)
class CoverDraft:
    """What the form holds: a shift, and times of day only if a part of it is meant. `taker` is whom a lead names."""

    person_id: str
    team_id: str = ""
    shift: Span | None = None
    start: time | None = None
    end: time | None = None
    reason: str = ""
    taker: str = ""

    def span(self, zone: str, *, now: datetime) -> Span:
        """The time that it means, by the clock of `zone`; what is over is left out. Call with a shift."""
        assert self.shift is not None
        minute = now.replace(second=0, microsecond=0)
        begin = max(self.shift.start, minute)
        start = _next(self.start, begin, zone) if self.start else begin
        end = _next(self.end, start + timedelta(minutes=1), zone) if self.end else self.shift.end
        return Span(start, end)


def problems(draft: CoverDraft, zone: str, *, now: datetime) -> dict[str, Refused]:
    """What is wrong with the draft by itself; whose shift it is and who is free is looked at by others."""
    found: dict[str, Refused] = {}
    if len(draft.reason) > REASON_LIMIT:
        found["reason"] = Refused(
            _("Please keep it under {limit} characters."), limit=REASON_LIMIT + 1
        )
    if draft.shift is None:
        return found | {"shift": Refused(NO_SHIFT)}
    if draft.shift.end <= now:
        return found | {"shift": Refused(_("This shift is over already."))}
    span = draft.span(zone, now=now)
    if span.start >= draft.shift.end:
        found["start"] = Refused(NOT_WITHIN)
    elif span.end > draft.shift.end:
        found["end"] = Refused(NOT_WITHIN)
    return found


def barred(bar: Bar, taker_id: str, *, by: str) -> Refused:
    """What to say about it to the one who wanted to take it, or to the lead who named somebody."""
    return Refused(YOU[bar] if taker_id == by else THEY[bar])


def _next(at: time, since: datetime, zone: str) -> datetime:
    """When the clock first shows this time, from a moment on."""
    day = day_of(since, zone)
    found = moment(day, at, zone)
    return found if found >= since else moment(day + timedelta(days=1), at, zone)
