"""Alerts: when a number is beyond what a team wants to hear of, when that is over, and that it is told once a day at most."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.rules import wall_clock
from bot.rules.metrics.comparison.comparing import Held
from bot.rules.metrics.comparison.guards import is_few, shown
from bot.rules.metrics.definition.registry import Metric, Unit
from bot.rules.metrics.definition.values import PERCENT, Value
from bot.rules.metrics.store.facts import SCALE
from bot.rules.reports.periods import Period

ONE_DAY = timedelta(days=1)
LENGTHS = (1, 7, 28)
"""Over how many days an alert may look."""
FRESH = 7
"""Days. What is older than that says nothing of today."""
LOOKED_BACK = 30
LONG_AGO = date(2000, 1, 1)
"""From here on, what goes on from day to day is added up."""
MORNING = time(8)
A_TENTH = 10
READERS_AT_MOST = 20
ALERTS_AT_MOST = 50
LARGEST_N = 1_000_000


class Side(StrEnum):
    """On which side of the threshold it fires."""

    ABOVE = "above"
    BELOW = "below"


class Standing(StrEnum):
    """How a number stands to an alert. Between threshold and the end of it nothing changes, so that it does not flicker."""

    BEYOND = "beyond"
    BETWEEN = "between"
    CLEAR = "clear"
    FEW = "few"
    UNKNOWN = "unknown"


class Kind(StrEnum):
    """What happened to an alert."""

    MADE = "made"
    FIRED = "fired"
    AGAIN = "again"
    REMINDED = "reminded"
    OVER = "over"
    CORRECTED = "corrected"
    SEEN = "seen"
    SNOOZED = "snoozed"
    ESCALATED = "escalated"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Alert:
    """`threshold` and `clear_at` are in thousandths of the metric's unit; `days` is over how many it looks. `person_id` is
    whose number it is, or empty for the team's. `fired_on` is the last day, by the team's clock, on which it was told.
    """

    workspace_id: str
    id: str
    team_id: str
    person_id: str
    metric: str
    side: Side
    threshold: int
    clear_at: int
    minimum_n: int
    days: int
    readers: tuple[str, ...]
    owner_id: str
    is_on: bool = True
    is_firing: bool = False
    fired_on: date | None = None
    snoozed_until: datetime | None = None
    acknowledged_by: str = ""
    acknowledged_at: datetime | None = None
    escalation_id: str = ""
    version: int = 1


@dataclass(frozen=True, slots=True)
class Happened:
    """One line of an alert's history. `amount` is in thousandths; `by` is empty for the clock.

    `detail` is the packed `Told` of what was told, until when it was snoozed, or the number of a case.
    """

    alert_id: str
    kind: Kind
    at: datetime
    by: str = ""
    amount: int | None = None
    n: int = 0
    detail: str = ""

    @property
    def value(self) -> Value:
        return Value(None if self.amount is None else self.amount / SCALE, self.n)


@dataclass(frozen=True, slots=True)
class Told:
    """The day on which it was told, and the days that the number was of."""

    day: date
    period: Period

    def packed(self) -> str:
        return ":".join(one.isoformat() for one in (self.day, self.period.first, self.period.last))


def told_of(happened: Happened) -> Told:
    """The reverse of `Told.packed`."""
    day, first, last = map(date.fromisoformat, happened.detail.split(":"))
    return Told(day, Period(first, last))


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen at a moment. `period` is None where nothing is known of the last days.

    `is_corrected` is that the number which was told is not what it was any more: the data of those days have changed.
    """

    standing: Standing
    today: date
    now: datetime
    value: Value = field(default_factory=Value)
    period: Period | None = None
    is_corrected: bool = False


@dataclass(frozen=True, slots=True)
class Turn:
    """What becomes of an alert. `tells` is that people get a message; otherwise at most the one they have is changed."""

    after: Alert
    kind: Kind | None = None
    tells: bool = False


def standing(alert: Alert, metric: Metric, value: Value) -> Standing:
    """By the numbers as they are shown: nobody should read that 6 min is above 6 min."""
    if value.amount is None:
        return Standing.UNKNOWN
    if is_few(metric, value, alert.minimum_n):
        return Standing.FEW
    here = shown(metric, value.amount)
    limit, end = (shown(metric, one / SCALE) for one in (alert.threshold, alert.clear_at))
    sign = 1 if alert.side is Side.ABOVE else -1
    if sign * here > sign * limit:
        return Standing.BEYOND
    return Standing.CLEAR if sign * here <= sign * end else Standing.BETWEEN


def step(alert: Alert, look: Look) -> Turn:
    """Without data, or with too few, nothing begins and nothing ends."""
    if alert.is_firing:
        return _while_firing(alert, look)
    if look.standing is not Standing.BEYOND or _is_snoozed(alert, look):
        return Turn(alert)
    if _was_told(alert, look):
        return Turn(replace(alert, is_firing=True), Kind.AGAIN)
    fresh = replace(alert, acknowledged_by="", acknowledged_at=None, escalation_id="")
    fired = replace(fresh, is_firing=True, fired_on=look.today, snoozed_until=None)
    return Turn(fired, Kind.FIRED, tells=True)


def _while_firing(alert: Alert, look: Look) -> Turn:
    if look.is_corrected and look.standing is not Standing.BEYOND:
        return Turn(replace(alert, is_firing=False), Kind.CORRECTED)
    if look.standing is Standing.CLEAR:
        return Turn(replace(alert, is_firing=False), Kind.OVER)
    is_awake = alert.snoozed_until is not None and not _is_snoozed(alert, look)
    is_known = look.standing in {Standing.BEYOND, Standing.BETWEEN}
    if is_awake and is_known and not _was_told(alert, look):
        unseen = replace(alert, acknowledged_by="", acknowledged_at=None)
        after = replace(unseen, fired_on=look.today, snoozed_until=None)
        return Turn(after, Kind.REMINDED, tells=True)
    return Turn(alert)


def _is_snoozed(alert: Alert, look: Look) -> bool:
    return alert.snoozed_until is not None and look.now < alert.snoozed_until


def _was_told(alert: Alert, look: Look) -> bool:
    """Today already; or later, by a clock that was another one."""
    return alert.fired_on is not None and alert.fired_on >= look.today


def stretch(
    alert: Alert, metric: Metric, today: date, *, back: int = 0, told: Told | None = None
) -> Period:
    """The days to read to look at it today, on each of the `back` days before, and once more at what was told."""
    first = LONG_AGO if metric.is_running else today - (alert.days + FRESH + back) * ONE_DAY
    return Period(min(first, told.period.first) if told else first, today)


def look(
    alert: Alert,
    metric: Metric,
    held: Held,
    *,
    today: date,
    now: datetime,
    told: Told | None = None,
) -> Look:
    """What it sees: the days up to the last one with data. A day that has only begun counts once there is enough of it, and
    for what grows with the day not at all. `told` is what was told last.
    """
    ends = [today] if metric.is_running or not metric.is_amount else []
    before = held.last_day(metric, Period(today - FRESH * ONE_DAY, today - ONE_DAY))
    ends += [before] if before else []
    seen = Look(Standing.UNKNOWN, today, now, is_corrected=_is_corrected(alert, metric, held, told))
    for end in ends:
        if held.last_day(metric, Period(end, end)) is None:
            continue
        period = Period(end - (alert.days - 1) * ONE_DAY, end)
        value = held.value(metric, period)
        seen = replace(seen, standing=standing(alert, metric, value), value=value, period=period)
        if seen.standing is not Standing.FEW:
            break
    return seen


def _is_corrected(alert: Alert, metric: Metric, held: Held, told: Told | None) -> bool:
    """Whether what was told of days that were over is not true any more."""
    if told is None or told.period.last >= told.day:
        return False
    value = held.value(metric, told.period)
    return standing(alert, metric, value) is not Standing.BEYOND


def looking_back(
    alert: Alert, metric: Metric, held: Held, *, today: date, now: datetime
) -> list[tuple[date, Kind, Value]]:
    """What it would have told and found over on each of the last days, had there been nothing of it before."""
    running = replace(alert, is_firing=False, fired_on=None, snoozed_until=None)
    found = []
    for back in range(LOOKED_BACK, 0, -1):
        day = today - back * ONE_DAY
        if held.last_day(metric, Period(day, day)) is None:
            continue
        value = held.value(metric, Period(day - (alert.days - 1) * ONE_DAY, day))
        turn = step(running, Look(standing(running, metric, value), day, now, value))
        running = turn.after
        if turn.kind:
            found.append((day, turn.kind, value))
    return found


def usual_end(threshold: int, side: Side, metric: Metric) -> int:
    """A tenth back, and no less than what is shown of it; of a share that is nearly whole, half of what is left.

    Nothing but points goes below 0, and no share above all: what would have to is over at the threshold itself.
    """
    back = max(abs(threshold) // A_TENTH, SCALE // int(10**metric.decimals))
    if metric.unit is Unit.PERCENT and side is Side.BELOW and 0 < threshold <= PERCENT * SCALE:
        back = min(back, (PERCENT * SCALE - threshold) // 2)
    if metric.unit is not Unit.POINTS and side is Side.ABOVE and threshold >= 0:
        back = min(back, threshold)
    return threshold - back if side is Side.ABOVE else threshold + back


def next_morning(now: datetime, zone: str) -> datetime:
    """When the team's clock shows eight next."""
    today = wall_clock.day_of(now, zone)
    at = wall_clock.moment(today, MORNING, zone)
    return at if at > now else wall_clock.moment(today + ONE_DAY, MORNING, zone)


def next_look(alert: Alert, now: datetime, zone: str) -> datetime:
    """In the morning, or when it has been snoozed for long enough."""
    morning = next_morning(now, zone)
    wakes = alert.snoozed_until
    return min(morning, wakes) if wakes and wakes > now else morning


def snoozed_until(now: datetime, days: int, zone: str) -> datetime:
    """The same time of day, so many days on, by the team's clock."""
    local = now.astimezone(ZoneInfo(zone))
    return wall_clock.moment(local.date() + days * ONE_DAY, local.time(), zone)


def readers_of(ids: Sequence[str]) -> tuple[str, ...]:
    """Each once, in the order given."""
    return tuple(dict.fromkeys(ids))
