"""The form of an alert: what is typed in it, what is wrong with that, and the alert that it makes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.errors import FormProblems, Refused
from bot.rules.metrics.alert import amounts
from bot.rules.metrics.alert.alerts import (
    LARGEST_N,
    LENGTHS,
    READERS_AT_MOST,
    Alert,
    Happened,
    Kind,
    Look,
    Side,
    readers_of,
    usual_end,
)
from bot.rules.metrics.comparison.guards import shown
from bot.rules.metrics.definition.registry import Metric
from bot.rules.metrics.definition.values import Value
from bot.rules.metrics.importing.cells.numbers import DecimalSign
from bot.rules.metrics.store.facts import SCALE
from bot.rules.teams import Team
from bot.text import _

NO_METRIC = _("Please choose a number.")
NO_SIDE = _("Please choose whether it should fire above or below.")
NO_LENGTH = _("Please choose over how many days.")
WRONG_N = _("Please write a whole number from 1 to {largest}.")
NO_READER = _("Please choose who should hear of it.")
TOO_MANY_READERS = _("At most {limit} people can hear of it. Please choose fewer.")
WRONG_END = _(
    "It would be over before it begins. Please write less than {threshold}, or leave this empty."
)
WRONG_END_BELOW = _(
    "It would be over before it begins. Please write more than {threshold}, or leave this empty."
)


@dataclass(frozen=True, slots=True)
class Draft:
    """As the form holds it. `sign` is the reader's decimal sign."""

    metric: str = ""
    person_id: str = ""
    side: str = Side.ABOVE
    threshold: str = ""
    clear_at: str = ""
    minimum_n: str = ""
    days: str = "7"
    readers: tuple[str, ...] = ()
    is_on: bool = True
    sign: DecimalSign = DecimalSign.POINT

    @classmethod
    def of(cls, alert: Alert, metric: Metric, sign: DecimalSign) -> "Draft":
        return cls(
            alert.metric,
            alert.person_id,
            alert.side,
            amounts.written(alert.threshold, metric, sign),
            amounts.written(alert.clear_at, metric, sign),
            str(alert.minimum_n),
            str(alert.days),
            alert.readers,
            alert.is_on,
            sign,
        )

    def over(self, before: Alert, metrics: Mapping[str, Metric]) -> Alert:
        """The alert with what is typed. What is asked of another number than before begins anew. Raises FormProblems."""
        metric = metrics.get(self.metric)
        found: dict[str, Refused] = {}
        if metric is None:
            found["metric"] = Refused(NO_METRIC)
        if self.side not in set(Side):
            found["side"] = Refused(NO_SIDE)
        if self.days not in {str(one) for one in LENGTHS}:
            found["days"] = Refused(NO_LENGTH)
        n = int(self.minimum_n) if self.minimum_n.isascii() and self.minimum_n.isdigit() else 0
        if not 1 <= n <= LARGEST_N:
            found["minimum_n"] = Refused(WRONG_N, largest=LARGEST_N)
        found |= self._readers_problem()
        if metric is None or "side" in found:
            raise FormProblems(found)
        threshold, end, wrong = self._limits(metric)
        if found | wrong:
            raise FormProblems(found | wrong)
        after = replace(
            before,
            metric=metric.key,
            person_id=self.person_id,
            side=Side(self.side),
            threshold=threshold,
            clear_at=end,
            minimum_n=n,
            days=int(self.days),
            readers=readers_of(self.readers),
            is_on=self.is_on,
        )
        return after if _watches_the_same(before, after) else begun_anew(after)

    def _readers_problem(self) -> dict[str, Refused]:
        if not self.readers:
            return {"readers": Refused(NO_READER)}
        if len(readers_of(self.readers)) > READERS_AT_MOST:
            return {"readers": Refused(TOO_MANY_READERS, limit=READERS_AT_MOST)}
        return {}

    def _limits(self, metric: Metric) -> tuple[int, int, dict[str, Refused]]:
        """Threshold and end, in thousandths, and what is wrong with them."""
        side = Side(self.side)
        try:
            threshold = amounts.read(self.threshold, metric, self.sign)
        except Refused as refused:
            return 0, 0, {"threshold": refused}
        if not self.clear_at.strip():
            return threshold, usual_end(threshold, side, metric), {}
        try:
            end = amounts.read(self.clear_at, metric, self.sign)
        except Refused as refused:
            return 0, 0, {"clear_at": refused}
        limit, back = shown(metric, threshold / SCALE), shown(metric, end / SCALE)
        is_wrong = back > limit if side is Side.ABOVE else back < limit
        words = WRONG_END if side is Side.ABOVE else WRONG_END_BELOW
        wrong = {"clear_at": Refused(words, threshold=self.threshold.strip())} if is_wrong else {}
        return threshold, end, wrong


@dataclass(frozen=True, slots=True)
class Drawn:
    """The alert that a form or a button was drawn for, as it was then; `version` is 0 for one that is to be set up."""

    team_id: str
    alert_id: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """A team's alerts as somebody may see them. `blind` are ids of those that nobody who would hear of them may see any more,
    `retired` metrics that nobody counts any more.
    """

    team: Team
    teams: Sequence[Team]
    alerts: Sequence[Alert]
    metrics: Mapping[str, Metric]
    minimum_n: int
    may_set: bool = False
    blind: frozenset[str] = frozenset()
    retired: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Opened:
    """One of them: what it sees today, and what happened, the newest first."""

    team: Team
    alert: Alert
    metric: Metric
    look: Look
    history: Sequence[Happened]
    may_set: bool = False


@dataclass(frozen=True, slots=True)
class Telling:
    """What a message tells: `history` begins with it, the oldest first. `since` is when it fired, perhaps before a snooze."""

    alert: Alert
    metric: Metric
    team: Team
    history: Sequence[Happened]
    since: datetime


@dataclass(frozen=True, slots=True)
class Preview:
    """One that is not saved yet: what it would do today, and what it would have done over the last days."""

    team: Team
    alert: Alert
    metric: Metric
    look: Look
    before: Sequence[tuple[date, Kind, Value]]


def begun_anew(alert: Alert) -> Alert:
    """Quiet, as if it had never fired; but still not told twice on one day."""
    return replace(
        alert,
        is_firing=False,
        snoozed_until=None,
        acknowledged_by="",
        acknowledged_at=None,
        escalation_id="",
    )


def new(workspace_id: str, alert_id: str, team_id: str, owner_id: str) -> Alert:
    """One that is to be filled in."""
    return Alert(
        *(workspace_id, alert_id, team_id, "", "", Side.ABOVE, 0, 0, 1, LENGTHS[1], (), owner_id),
        version=0,
    )


def _watches_the_same(before: Alert, after: Alert) -> bool:
    names = ("metric", "person_id", "side", "threshold", "clear_at", "minimum_n", "days", "is_on")
    return all(getattr(before, one) == getattr(after, one) for one in names)
