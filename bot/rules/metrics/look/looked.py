"""Numbers as one reader sees them: a team's, somebody's, those of all in a team, and some beside others."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.rules.metrics.comparison.charts import Series
from bot.rules.metrics.comparison.guards import Trend, is_few
from bot.rules.metrics.comparison.lines import Line
from bot.rules.metrics.definition.registry import Direction, Metric
from bot.rules.metrics.definition.values import Value
from bot.rules.metrics.look.looks import Look
from bot.rules.metrics.look.settings import MetricSettings
from bot.rules.reports.periods import Period
from bot.rules.teams import Team


@dataclass(frozen=True, slots=True)
class Member:
    """One of those that numbers are told apart by. `person_id` is who it is, if that is known, and `team_id` in which team
    their own numbers may be opened. `before` is the same of other days, where two are compared, and `trend` which way it
    went since. `is_few` is too few to rank or to judge.
    """

    key: str
    name: str
    value: Value
    person_id: str = ""
    team_id: str = ""
    before: Value | None = None
    is_few: bool = False
    metric: Metric | None = None
    """Whose value it is, where metrics are what is listed."""
    trend: Trend = Trend.UNKNOWN


@dataclass(frozen=True, slots=True)
class Members:
    """All of them, in the order in which they are shown. The first `ranked` are in the order of their numbers, which only
    those who lead see, and only if their team wants it; all others are in that of the alphabet. `hidden` are people whose
    numbers are not the reader's to see. `is_too_much` is that they are in no order although their team wants one. Unless they
    are ranked, only those on the page that is shown have values.
    """

    all: Sequence[Member] = ()
    ranked: int = 0
    hidden: int = 0
    is_too_much: bool = False


def in_order(members: Sequence[Member], metric: Metric, settings: MetricSettings) -> Members:
    """As they are shown to who leads: by name, or ranked if the team switched that on, never with too few."""
    by_name = sorted(members, key=lambda one: (one.name.casefold(), one.key))
    if not settings.has_ranking or metric.direction is Direction.NONE:
        return Members(by_name)
    sign = 1 if metric.direction is Direction.DOWN else -1
    judged = [one for one in by_name if one.value.amount is not None and not one.is_few]
    best = sorted(judged, key=lambda one: sign * (one.value.amount or 0))
    rest = [one for one in by_name if one.value.amount is None or one.is_few]
    return Members([*best, *rest], len(best))


def places(members: Members, metric: Metric) -> Mapping[str, int]:
    """The place of each who is ranked; those whose numbers read the same share one."""
    found: dict[str, int] = {}
    last, at = None, 0
    for count, one in enumerate(members.all[: members.ranked], 1):
        told = round(one.value.amount or 0, metric.decimals)
        if told != last:
            last, at = told, count
        found[one.key] = at
    return found


def too_few(metric: Metric, value: Value, minimum_n: int) -> bool:
    """Too few to rank: amounts, too, are only ranked where there is enough behind them."""
    return value.amount is not None and (is_few(metric, value, minimum_n) or value.n < minimum_n)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the reader looks at, with all that they left open filled in, and what else they may do there.

    `teams` are all that they can choose from; `together` are how many are added up: more than one in a department.
    `gets_digests` is that some come to them privately.
    """

    look: Look
    team: Team
    teams: Sequence[Team]
    together: int
    period: Period
    other: Period
    settings: MetricSettings
    may_lead: bool = False
    may_set: bool = False
    may_import: bool = False
    gets_digests: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """A team's numbers, or with `person_id` those of one person, whose are also read by those in `readers`.

    `metrics` are those of which there is anything, and `lines` one page of them. `newest` is the last day with numbers,
    `is_counting` that some have just come in. `series` is one of the metrics over time.
    """

    look: Look
    period: Period
    metrics: Sequence[Metric] = ()
    lines: Sequence[Line] = ()
    newest: date | None = None
    is_counting: bool = False
    series: Series | None = None
    standing: Standing | None = None
    person_id: str = ""
    readers: Sequence[str] = ()
    is_linked: bool = True


@dataclass(frozen=True, slots=True)
class Apart:
    """A team's numbers told apart by people, channels, topics, hours or a label; or teams, times and people compared.

    `slices` are by what they can be told apart. `over_time` are the first teams of the page that is shown, as many as
    one chart holds, each with what led to these days.
    """

    standing: Standing
    metrics: Sequence[Metric] = ()
    metric: Metric | None = None
    members: Members = field(default_factory=Members)
    slices: Sequence[str] = ()
    over_time: Sequence[tuple[str, Series]] = ()
