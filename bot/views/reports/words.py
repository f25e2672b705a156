"""The words for numbers: lengths of time, shares that are large enough to mean something, money, periods."""

from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal

from bot.rules.escalations import CATEGORIES, State
from bot.rules.escalations.outcomes import decimals
from bot.rules.reports import FEW, Clock, Minutes, Period, Share, median, percentile
from bot.rules.severities import Severity
from bot.rules.teams import Team
from bot.text import Text, _, escape
from bot.views.blocks import shorten
from bot.views.escalations import words as cases

CLOCKS: Mapping[Clock, str] = {
    Clock.CLAIM: _("Claimed in time"),
    Clock.UPDATE: _("News in time"),
    Clock.PROMISE: _("Promises kept"),
}
STATES: Mapping[State, str] = {
    State.OPEN: _("Without an owner"),
    State.CLAIMED: _("Claimed"),
    State.WAITING: _("Waiting for somebody else"),
    State.RETURNED: _("Returned"),
    State.RESOLVED: _("Resolved"),
    State.WITHDRAWN: _("Withdrawn"),
    State.MERGED: _("Merged"),
}
NOT_KNOWN = _(
    "How many of all contacts were escalated is not here: Baton does not know yet how many contacts were handled."
)
TEAMS_NAMED = 5


def severities(teams: Sequence[Team], t: Text) -> dict[str, str]:
    """How each is called, the most urgent first: as the team calls it if there is but one."""
    own = teams[0].severity_names if len(teams) == 1 else {}
    return {one: own.get(one) or t(cases.SEVERITIES[one]) for one in Severity}


def categories(given: Collection[str], t: Text) -> dict[str, str]:
    """How each is called, in the order of the form; those that were in it once come last."""
    ordered = [one for one in CATEGORIES if one in given]
    return {
        one: t(cases.CATEGORIES.get(one, one))
        for one in [*ordered, *sorted(set(given) - set(ordered))]
    }


def length(time: float, t: Text) -> str:
    """Working minutes as people say them."""
    return cases.minutes(round(time), t)


def share(given: Share, t: Text) -> str:
    """A percentage with what it is of; of a few only what it is of; a dash for nothing."""
    if not given.whole:
        return "–"
    part, whole = t.number(given.part), t.number(given.whole)
    if given.is_few:
        return t("{part} of {whole}, too few to rank", part=part, whole=whole)
    percent = t.number(round(given.percent, 1))
    return t("{percent} % ({part} of {whole})", percent=percent, part=part, whole=whole)


def lengths(minutes: Minutes, t: Text) -> str:
    """The middle and what nine in ten do not exceed; of a few only the middle."""
    count = minutes.total()
    if not count:
        return "–"
    middle = length(median(minutes), t)
    if count < FEW:
        return t("median {middle} of {count}, too few to rank", middle=middle, count=count)
    return t(
        "median {middle}, 9 in 10 within {most} (of {count})",
        middle=middle,
        most=length(percentile(minutes, 90), t),
        count=t.number(count),
    )


def money(minor: int, currency: str, t: Text) -> str:
    return t.money(amount(minor, currency), currency)


def amount(minor: int | None, currency: str) -> Decimal | None:
    """In the currency's main unit."""
    return None if minor is None else Decimal(minor).scaleb(-decimals(currency))


def period(given: Period, t: Text) -> str:
    if given.first == given.last:
        return t.day(given.first)
    return t("{first} to {last}", first=t.day(given.first), last=t.day(given.last))


def teams(given: Sequence[Team], t: Text, *, is_all: bool) -> str:
    """Their names, escaped; of many the first."""
    names = [escape(shorten(one.name, 60)) for one in given]
    if len(names) <= TEAMS_NAMED:
        return ", ".join(names)
    if is_all:
        return t.n("{count} team", "all {count} teams", len(names))
    more = len(names) - TEAMS_NAMED
    told = t.n("and {count} more", "and {count} more", more)
    return f"{', '.join(names[:TEAMS_NAMED])} {told}"
