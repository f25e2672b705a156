"""What somebody fills in while a case is worked on, and what is wrong with it, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from bot.errors import Refused
from bot.rules.calendars import Calendar, NeverOpen, next_closing, next_opening
from bot.rules.escalations.cases import Update, Wait, WaitingOn
from bot.rules.escalations.outcomes import wrong_words
from bot.rules.wall_clock import day_of, midnight, moment
from bot.text import _

LONGEST_WAIT_DAYS = 90
MORNING = time(9)
ONE_DAY = timedelta(days=1)


class Ahead(StrEnum):
    """A time to come back that a form offers, so that nobody has to work it out."""

    OPENING = "opening"
    TOMORROW = "tomorrow"


@dataclass(frozen=True, slots=True)
class WaitDraft:
    """The form that lets a case wait, as it was filled in. `on` is a value of WaitingOn, or empty."""

    on: str = ""
    why: str = ""
    until: datetime | None = None

    def written(self) -> Wait:
        """What a draft without problems says."""
        assert self.until is not None
        return Wait(WaitingOn(self.on), self.why, self.until)


def problems_of_wait(wait: WaitDraft, *, now: datetime) -> dict[str, Refused]:
    """One refusal per wrong field of the form that lets a case wait."""
    found = wrong_words("why", wait.why)
    if wait.on not in set(WaitingOn):
        found["on"] = Refused(_("Choose whom it waits for."))
    return found | wrong_time("until", wait.until, now=now)


def problems_of_update(
    update: Update, remind_at: datetime | None, *, now: datetime
) -> dict[str, Refused]:
    """One refusal per wrong field of an update. What is needed may stay empty; how it stands may not."""
    found = wrong_words("conditions", update.conditions)
    for name, text in (("actions", update.actions), ("needs", update.needs)):
        if text:
            found |= wrong_words(name, text)
    return found | (wrong_time("remind_at", remind_at, now=now) if remind_at else {})


def wrong_time(name: str, at: datetime | None, *, now: datetime) -> dict[str, Refused]:
    """A refusal for a time to come back that is missing, past or too far, under the field's name."""
    if at is None:
        return {name: Refused(_("Choose when to come back to it."))}
    if at <= now:
        return {name: Refused(_("That time has passed. Choose one that is still to come."))}
    if at > now + timedelta(days=LONGEST_WAIT_DAYS):
        return {
            name: Refused(
                _("That is more than {days} days away. Choose a nearer day."),
                days=LONGEST_WAIT_DAYS,
            )
        }
    return {}


def times_ahead(calendar: Calendar, *, now: datetime) -> Mapping[Ahead, datetime]:
    """When this team next opens, and tomorrow morning by its own clock and hours. No moment is offered twice."""
    tomorrow = day_of(now, calendar.zone) + ONE_DAY
    nine = moment(tomorrow, MORNING, calendar.zone)
    try:
        opening = _after_this(calendar, now)
        morning = next_opening(calendar, midnight(tomorrow, calendar.zone))
    except NeverOpen:
        opening = None
    if opening is None:
        return {Ahead.TOMORROW: nine}
    if day_of(morning, calendar.zone) != tomorrow:
        return {Ahead.OPENING: opening}
    if morning == opening:
        return {Ahead.TOMORROW: morning}
    return {Ahead.OPENING: opening, Ahead.TOMORROW: morning}


def _after_this(calendar: Calendar, now: datetime) -> datetime | None:
    """When the team opens next; while it is open, after it has closed. None if it never closes. Raises NeverOpen."""
    opening = next_opening(calendar, now)
    if opening > now:
        return opening
    closing = next_closing(calendar, now)
    return next_opening(calendar, closing) if closing else None
