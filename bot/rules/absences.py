"""A person away for a time: what kinds there are, what a good entry looks like, and which status words mean it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.errors import Refused
from bot.rules.spans import Span
from bot.rules.wall_clock import day_of, midnight, moment
from bot.text import _

NOTE_LIMIT = 300
LONGEST = timedelta(days=366)
"""Who is away for longer has left the team."""


class Kind(StrEnum):
    """Why somebody is away."""

    VACATION = "vacation"
    SICK = "sick"
    TRAINING = "training"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Absence:
    """`person_id` is away from `starts_at` until `ends_at`; `note` is for them and their leads alone.

    `zone` is where the days were meant; `whole_days` says that nobody named a time. `version` counts the edits.
    """

    workspace_id: str
    id: str
    person_id: str
    kind: Kind
    starts_at: datetime
    ends_at: datetime
    zone: str = "UTC"
    whole_days: bool = True
    note: str = ""
    made_by: str = ""
    version: int = 1

    @property
    def span(self) -> Span:
        return Span(self.starts_at, self.ends_at)

    @property
    def first_day(self) -> date:
        return day_of(self.starts_at, self.zone)

    @property
    def last_day(self) -> date:
        """The last day of which any part is in it."""
        return day_of(self.ends_at - timedelta(seconds=1), self.zone)


@dataclass(frozen=True, slots=True)
class OfTeam:
    """Somebody's absence as a thing that permissions are about: theirs, in one of their teams."""

    workspace_id: str
    team_id: str
    owner_id: str | None
    raised_by: str = ""


class OfferState(StrEnum):
    """What became of an offer: nothing yet, an absence, a no; or the status does not speak of being away."""

    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"
    OVER = "over"


@dataclass(frozen=True, slots=True)
class Offer:
    """An absence that somebody's Slack status speaks of. `mark` stands for the status, which clears at `ends_at`.

    `heard_at` is when Slack says that it was set: older news change nothing.
    """

    id: str
    person_id: str
    mark: str
    kind: Kind
    heard_at: datetime
    ends_at: datetime | None = None
    state: OfferState = OfferState.OPEN


@dataclass(frozen=True, slots=True)
class Draft:
    """What the form holds. Days without times are whole days; `until` is the last day, with that time as the end."""

    person_id: str
    kind: str = ""
    first: date | None = None
    until: date | None = None
    first_time: time | None = None
    until_time: time | None = None
    note: str = ""

    @property
    def is_whole_days(self) -> bool:
        return self.first_time is None and self.until_time is None

    def span(self, zone: str) -> Span:
        """The time that it means in this zone; call `problems` first."""
        assert self.first
        last = self.until or self.first
        start = moment(self.first, self.first_time or time(), zone)
        if self.until_time is None:
            return Span(start, midnight(last + timedelta(days=1), zone))
        return Span(start, moment(last, self.until_time, zone))


def problems(draft: Draft, zone: str, *, now: datetime) -> dict[str, Refused]:
    """One refusal per field that needs another look."""
    found: dict[str, Refused] = {}
    if draft.kind not in {*Kind}:
        found["kind"] = Refused(_("Please choose one."))
    if len(draft.note) > NOTE_LIMIT:
        found["note"] = Refused(_("Please keep it under {limit} characters."), limit=NOTE_LIMIT + 1)
    if draft.first is None:
        return found | {"first": Refused(_("Please choose the first day."))}
    if not _is_near(draft.first, now) or (draft.until and not _is_near(draft.until, now)):
        return found | {"first": Refused(_("That is too far from today. Please look at the year."))}
    span = draft.span(zone)
    end_field = "until_time" if draft.until_time else "until"
    if span.is_empty:
        found[end_field] = Refused(_("This is before the beginning."))
    elif span.end <= now:
        found[end_field] = Refused(_("This is over already."))
    elif span.end - span.start > LONGEST:
        found[end_field] = Refused(_("This is longer than a year. Please enter a shorter time."))
    return found


def away_until(absences: Iterable[Absence], now: datetime) -> datetime | None:
    """When somebody is back, if they are away now: absences that follow each other are one."""
    until: datetime | None = None
    for one in sorted(absences, key=lambda one: one.starts_at):
        if one.starts_at <= (until or now) < one.ends_at:
            until = one.ends_at
    return until


def drafted(absence: Absence) -> Draft:
    """The absence as its form shows it."""
    starts = absence.starts_at.astimezone(_zone(absence)).time()
    ends = absence.ends_at.astimezone(_zone(absence))
    whole = absence.whole_days
    return Draft(
        absence.person_id,
        absence.kind,
        absence.first_day,
        absence.last_day if whole else ends.date(),
        None if whole else starts,
        None if whole else ends.time(),
        absence.note,
    )


def _zone(absence: Absence) -> ZoneInfo:
    return ZoneInfo(absence.zone)


def _is_near(day: date, now: datetime) -> bool:
    return abs(day - now.astimezone(UTC).date()) <= 2 * LONGEST
