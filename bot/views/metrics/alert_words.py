"""An alert in words: what it watches, what it sees, and what happened to it. Plain, and nobody is blamed."""

from collections.abc import Mapping

from bot.rules.metrics.alert.alerts import Alert, Happened, Kind, Look, Side, Standing
from bot.rules.metrics.definition.registry import Metric
from bot.rules.metrics.definition.values import Value
from bot.rules.metrics.store.facts import SCALE
from bot.rules.teams import Team
from bot.text import Text, escape, mention, when
from bot.views.metrics.amounts import bare_name, count, name, show


def watches(alert: Alert, metric: Metric, t: Text) -> str:
    """`AHT above 6 min`, where nothing is formatted."""
    return f"{bare_name(metric, t)} {beyond(alert, metric, t)}"


def beyond(alert: Alert, metric: Metric, t: Text) -> str:
    """`above 6 min`."""
    limit = show(alert.threshold / SCALE, metric, t)
    return (
        t("above {limit}", limit=limit)
        if alert.side is Side.ABOVE
        else t("below {limit}", limit=limit)
    )


def whose(alert: Alert, metric: Metric, team: Team, t: Text) -> str:
    """`AHT in Billing`, or of somebody there."""
    called, of = name(metric, t), escape(team.name)
    if alert.person_id:
        return t(
            "*{metric}* of {who} in {team}", metric=called, who=mention(alert.person_id), team=of
        )
    return t("*{metric}* in {team}", metric=called, team=of)


def says(alert: Alert, metric: Metric, team: Team, value: Value, t: Text) -> str:
    """`AHT in Billing is above 6 min: 6 min 40 s over 7 days, of 312`."""
    limit, told = show(alert.threshold / SCALE, metric, t), seen(alert, metric, value, t)
    of = whose(alert, metric, team, t)
    if alert.side is Side.ABOVE:
        return t("{number} is above {limit}: {value}", number=of, limit=limit, value=told)
    return t("{number} is below {limit}: {value}", number=of, limit=limit, value=told)


def seen(alert: Alert, metric: Metric, value: Value, t: Text) -> str:
    """The value, over how long, and of how many."""
    told, over = show(value, metric, t), days(alert.days, t)
    if metric.is_amount:
        return t("{value} over {days}", value=told, days=over)
    of = count(value, metric, t)
    return t("{value} over {days}, of {count}", value=told, days=over, count=of)


def days(count: int, t: Text) -> str:
    return t.n("{count} day", "{count} days", count)


def rule(alert: Alert, metric: Metric, t: Text) -> str:
    """When it is over, and what it needs to say anything."""
    end = show(alert.clear_at / SCALE, metric, t)
    told = (
        t("It is over at {end} or less.", end=end)
        if alert.side is Side.ABOVE
        else t("It is over at {end} or more.", end=end)
    )
    if metric.is_amount:
        return told
    few = t("With fewer than {count} it says nothing.", count=t.number(alert.minimum_n))
    return f"{told} {few}"


def today(alert: Alert, metric: Metric, look: Look, t: Text) -> str:
    """What it would do now, and why."""
    told = seen(alert, metric, look.value, t)
    match look.standing:
        case Standing.BEYOND:
            return t("Today it would fire: {value}.", value=told)
        case Standing.BETWEEN:
            return t("Today it would not begin to fire, and not end either: {value}.", value=told)
        case Standing.CLEAR:
            return t("Today it would not fire: {value}.", value=told)
        case Standing.FEW:
            of, least = count(look.value, metric, t), t.number(alert.minimum_n)
            return t(
                "Today it would not fire: {count} of {least} are too few.", count=of, least=least
            )
        case Standing.UNKNOWN:
            return t("Today it would not fire: there are no numbers of the last days.")


def state(alert: Alert, t: Text) -> str:
    """One word for a list."""
    if not alert.is_on:
        return t("off")
    if alert.snoozed_until and alert.is_firing:
        return t("fires · snoozed until {when}", when=when(alert.snoozed_until, t))
    return t("fires") if alert.is_firing else t("quiet")


def turned(kind: Kind, t: Text) -> str:
    """What it would have done on a day."""
    return t("would have fired") if kind is Kind.FIRED else t("would have been over")


def happened(one: Happened, metric: Metric, t: Text) -> str:
    """One line of the history."""
    who, value = mention(one.by), show(one.value, metric, t)
    words: Mapping[Kind, str] = {
        Kind.MADE: t("{who} set it up", who=who),
        Kind.CHANGED: t("{who} changed it", who=who),
        Kind.FIRED: t("fired at {value}", value=value),
        Kind.AGAIN: t("fired again at {value}; nobody was told twice that day", value=value),
        Kind.REMINDED: t("still so after the snooze: {value}", value=value),
        Kind.OVER: t("over at {value}", value=value),
        Kind.CORRECTED: t("the numbers were corrected: it was not so"),
        Kind.SEEN: t("{who} has seen it", who=who),
        Kind.SNOOZED: t("{who} snoozed it", who=who),
        Kind.ESCALATED: t("{who} made it escalation #{number}", who=who, number=one.detail),
    }
    return f"{when(one.at, t)} · {words[one.kind]}"
