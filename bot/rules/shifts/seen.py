"""What one reader is shown of shifts and absences: already cut to what they may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.rules.absences import Absence
from bot.rules.shifts.duties import Next, OnDuty, Report
from bot.rules.shifts.plans import DayChange, Override, Pattern
from bot.rules.spans import Span
from bot.rules.teams import Team


@dataclass(frozen=True, slots=True)
class Away:
    """Somebody who is not there now, and until when. Why is in an `Absence`, which not everybody may read."""

    person_id: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody who needs cover, and when."""

    person_id: str
    span: Span


@dataclass(frozen=True, slots=True)
class TeamNow:
    """A team at this moment. `mine` is the reader's own shift, the present one or the next.

    `may_ask` says that the reader can ask for cover there; `wanted` are the requests that wait for somebody.
    """

    team: Team
    on: Sequence[OnDuty]
    next: Next | None
    away: Sequence[Away]
    report: Report
    mine: Span | None
    has_shifts: bool
    may_set: bool
    may_ask: bool = False
    wanted: Sequence[Wanted] = ()


@dataclass(frozen=True, slots=True)
class Board:
    """What `/baton shift` answers. `more` teams are left out; `away_until` is when the reader is back."""

    teams: Sequence[TeamNow]
    more: int = 0
    away_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class TeamShifts:
    """A team's shifts as set-up shows them: a page of the patterns, and what is to come of changes."""

    now: TeamNow
    patterns: Sequence[Pattern]
    day_changes: Sequence[DayChange]
    overrides: Sequence[Override]

    @property
    def team(self) -> Team:
        return self.now.team


@dataclass(frozen=True, slots=True)
class Mine:
    """What Home says in one line."""

    shift: Span | None = None
    away_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class AbsencesSeen:
    """What is to come of the reader's own absences, and of those that they look after."""

    own: Sequence[Absence]
    others: Sequence[Absence] = ()
    leads: bool = False
