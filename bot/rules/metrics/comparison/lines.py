"""What one line of a digest says: a number, how it stands to its target and to before, and what to make of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.rules.metrics.comparison.comparing import Against, Held, before
from bot.rules.metrics.comparison.guards import (
    CATCHES,
    Catch,
    Trend,
    Verdict,
    catches,
    chance,
    is_few,
    possible_catches,
    trend,
    verdict,
)
from bot.rules.metrics.definition.registry import Metric
from bot.rules.metrics.definition.values import Value, value_of
from bot.rules.metrics.digest.cadences import Cadence
from bot.rules.metrics.store.bundles import Bundle
from bot.rules.reports.periods import Period

SLACK_OF_A_WEEK, SLACK_OF_MONTHS = 0, 3
"""By how many days the data may end earlier than before until it is said: a month may end on a weekend."""


@dataclass(frozen=True, slots=True)
class Compared:
    against: Against
    value: Value
    trend: Trend


@dataclass(frozen=True, slots=True)
class Line:
    """`last_day` is the last with data: of the period, if it ends earlier than usual, else of all time, if the period has
    none. `missing` are teams of which there was data before and is none now. `chance` are percentages between which a
    share may well be. `was` is what was told before it was corrected.
    """

    metric: Metric
    value: Value
    target: float | None = None
    verdict: Verdict = Verdict.NONE
    compared: tuple[Compared, ...] = ()
    is_few: bool = False
    chance: tuple[float, float] | None = None
    catches: tuple[Catch, ...] = ()
    note: str = ""
    last_day: date | None = None
    missing: tuple[str, ...] = ()
    was: Value | None = None

    @property
    def is_known(self) -> bool:
        return self.value.amount is not None


@dataclass(frozen=True, slots=True)
class Asked:
    """What all lines of one digest have in common. `known` are all metrics by key, which the catches are looked for in."""

    period: Period
    cadence: Cadence
    minimum_n: int
    known: Mapping[str, Metric]


def line(
    metric: Metric, held: Held, asked: Asked, *, target: float | None = None, note: str = ""
) -> Line:
    """One line of what was read. Where there is no data, `last_day` is left to whoever can read further back."""
    value = held.value(metric, asked.period)
    if value.amount is None:
        return Line(metric, value, target, note=note)
    spans = before(asked.period, asked.cadence)
    compared = [
        Compared(against, then, trend(metric, value, then, asked.minimum_n))
        for against, periods in spans.items()
        if (then := held.together(metric, periods)).amount is not None
    ]
    return Line(
        metric,
        value,
        target,
        verdict(metric, value, target, asked.minimum_n),
        tuple(compared),
        is_few(metric, value, asked.minimum_n),
        chance(metric, value),
        tuple(_catches(metric, held, asked)),
        note,
        _ended_early(metric, held, asked),
        tuple(sorted(_missing(metric, held, asked))),
    )


def alone(metric: Metric, bundle: Bundle, minimum_n: int) -> Line:
    """The line of what is beside nothing else: no target, and no days before. Of hundreds of people it is made at once."""
    value = value_of(metric, bundle)
    if value.amount is None:
        return Line(metric, value)
    few = is_few(metric, value, minimum_n)
    return Line(metric, value, is_few=few, chance=chance(metric, value))


def ranked(lines: Mapping[str, Line]) -> list[str]:
    """Whose numbers are in which order, the best first; who has too few is left out. Only if their team wants that."""
    judged = {who: one for who, one in lines.items() if one.is_known and not one.is_few}
    sign = 1 if all(one.metric.direction == "down" for one in judged.values()) else -1
    return sorted(judged, key=lambda who: (sign * (judged[who].value.amount or 0), who))


def _catches(metric: Metric, held: Held, asked: Asked) -> list[Catch]:
    """Against the steadier of what it is compared with: the one that comes last, if there is enough of it."""
    value = held.value(metric, asked.period)
    for periods in reversed([*before(asked.period, asked.cadence).values()]):
        usual = held.together(metric, periods)
        if _is_enough(metric, value, usual, asked):
            # Most numbers have none, and those of hundreds of people are looked at: the others are only worked out if needed.
            possible = possible_catches(metric.key, value, usual)
            return _caught(metric, held, asked, periods) if possible else []
    return []


def _caught(metric: Metric, held: Held, asked: Asked, periods: Sequence[Period]) -> list[Catch]:
    keys = {metric.key} | {one.other for one in CATCHES if one.metric == metric.key}
    known = {key: asked.known[key] for key in keys if key in asked.known}
    now = {key: held.value(one, asked.period) for key, one in known.items()}
    then = {key: held.together(one, periods) for key, one in known.items()}
    judged = [key for key in known if _is_enough(known[key], now[key], then[key], asked)]
    usual = {key: _of_one(then[key], known[key], held, periods) for key in known}
    return catches(metric.key, now.__getitem__, usual.__getitem__, judged)


def _of_one(then: Value, metric: Metric, held: Held, periods: Sequence[Period]) -> Value:
    """Of as many answers as one of these periods has had: four together have more than any one after them."""
    count = sum(held.value(metric, one).amount is not None for one in periods)
    return replace(then, n=then.n / max(1, count))


def _is_enough(metric: Metric, now: Value, then: Value, asked: Asked) -> bool:
    return trend(metric, now, then, asked.minimum_n) not in {Trend.UNKNOWN, Trend.CHANCE}


def _ended_early(metric: Metric, held: Held, asked: Asked) -> date | None:
    """The last day with data, if the days before had data up to a later one."""
    if asked.cadence is Cadence.DAILY:
        return None
    (earlier,) = next(iter(before(asked.period, asked.cadence).values()))
    last, last_then = held.last_day(metric, asked.period), held.last_day(metric, earlier)
    if last is None or last_then is None:
        return None
    slack = SLACK_OF_A_WEEK if asked.cadence is Cadence.WEEKLY else SLACK_OF_MONTHS
    missing, missing_then = (asked.period.last - last).days, (earlier.last - last_then).days
    return last if missing > missing_then + slack else None


def _missing(metric: Metric, held: Held, asked: Asked) -> set[str]:
    """Teams without which the number is not what it was: a sum that lacks one of them looks whole."""
    if metric.is_running or held.is_of_one_team:
        return set()
    (earlier,) = next(iter(before(asked.period, asked.cadence).values()))
    return held.teams(metric, earlier) - held.teams(metric, asked.period)
