"""Targets: what a team, or one of its people, aims at from one day to another. A new one ends the one before."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.errors import Refused
from bot.rules.metrics.definition.registry import Metric
from bot.rules.metrics.importing.cells.numbers import DecimalSign
from bot.rules.metrics.store.facts import SCALE
from bot.rules.teams import Team
from bot.text import _

ONE_DAY = timedelta(days=1)
LONGEST_AHEAD = timedelta(days=3 * 366)
PAST_IS_KEPT = _(
    "Another target held in those days, and the past keeps it. Please choose {day} or later."
)
ENDS_FIRST = _("The last day is before the first. Please swap them.")
NO_DAY = _("Please choose a day.")
TOO_FAR = _("Please choose a day within the next three years.")


@dataclass(frozen=True, slots=True)
class Target:
    """`amount` is in thousandths of the metric's unit; `person_id` is empty for the team's. Both days are in it.

    Without a `last_day` it holds until another one is set. `by` and `at` are who set it, and when.
    """

    workspace_id: str
    id: str
    metric: str
    team_id: str
    person_id: str
    amount: int
    first_day: date
    last_day: date | None
    by: str
    at: datetime

    def holds_on(self, day: date) -> bool:
        return self.first_day <= day and (self.last_day is None or day <= self.last_day)


@dataclass(frozen=True, slots=True)
class Targets:
    """What is aimed at on one day: by metric, team and person, in thousandths."""

    amounts: Mapping[tuple[str, str, str], int]

    def amount(self, metric: str, team_id: str, person_id: str = "") -> float | None:
        """In the metric's unit: the person's own target, else the team's, else None."""
        for whose in (person_id, ""):
            held = self.amounts.get((metric, team_id, whose))
            if held is not None:
                return held / SCALE
        return None


@dataclass(frozen=True, slots=True)
class Draft:
    """A target as a form holds it. `sign` is the reader's decimal sign."""

    metric: str = ""
    person_id: str = ""
    amount: str = ""
    first_day: date | None = None
    last_day: date | None = None
    sign: DecimalSign = DecimalSign.POINT


@dataclass(frozen=True, slots=True)
class Seen:
    """A team's targets as somebody may see them. `teams` are all that they see.

    `retired` metrics are kept no more: targets for them judge nothing until somebody ends them, or brings the metric back.
    """

    team: Team
    teams: Sequence[Team]
    targets: Sequence[Target]
    metrics: Mapping[str, Metric]
    today: date
    may_set: bool = False
    retired: Mapping[str, Metric] = field(default_factory=dict)

    @property
    def newest_at(self) -> datetime | None:
        """When the newest of them was set, which a form carries along."""
        return max((one.at for one in self.targets), default=None)


@dataclass(frozen=True, slots=True)
class Change:
    """What setting one does to those of the same metric and person: some end sooner, some never count."""

    changed: Sequence[Target] = ()
    gone: Sequence[Target] = ()


def on_day(targets: Iterable[Target], day: date) -> Targets:
    """Those that hold on that day."""
    return Targets(
        {
            (one.metric, one.team_id, one.person_id): one.amount
            for one in targets
            if one.holds_on(day)
        }
    )


def can_have_one(metric: Metric) -> bool:
    """Not what is more in a week than on a day: a target would not say of how many days."""
    return metric.is_running or not metric.is_amount


def problems(
    known: Sequence[Target], first: date | None, last: date | None, *, today: date
) -> dict[str, Refused]:
    """Why those days cannot be taken, by field. `known` are the targets of the same metric and person."""
    if first is None:
        return {"first_day": Refused(NO_DAY)}
    if first > today + LONGEST_AHEAD:
        return {"first_day": Refused(TOO_FAR)}
    if last is not None and last < first:
        return {"last_day": Refused(ENDS_FIRST)}
    free = first_free_day(known, last, today=today)
    return {"first_day": Refused(PAST_IS_KEPT, day=free.isoformat())} if first < free else {}


def first_free_day(known: Sequence[Target], last: date | None, *, today: date) -> date:
    """From which day on a target that is set today may hold: what held in the past stays as it was."""
    taken = [
        min(one.last_day or today, today - ONE_DAY) + ONE_DAY
        for one in known
        if one.first_day < today and (last is None or one.first_day <= last)
    ]
    return max(taken, default=date.min)


def making_room(known: Sequence[Target], first: date, last: date | None) -> Change:
    """What the ones before become when one is set from `first` on: they end the day before; what lies within is gone."""
    changed, gone = [], []
    for one in known:
        if one.first_day < first:
            if one.last_day is None or one.last_day >= first:
                changed.append(replace(one, last_day=first - ONE_DAY))
        elif last is None or one.first_day <= last:
            gone.append(one)
    return Change(changed, gone)


def ended(one: Target, *, today: date) -> Change:
    """It holds no more from today on. If it has not held on any day yet, it is as if it had never been set."""
    if one.first_day >= today:
        return Change(gone=[one])
    if one.last_day is not None and one.last_day < today:
        return Change()
    return Change([replace(one, last_day=today - ONE_DAY)])
