"""Counting lines that are many contacts together: counts and whole lengths as they are, means times their counts."""

from bot.rules.metrics.importing.counting import shares
from bot.rules.metrics.importing.counting.line import Line, Step, round_half_even, split
from bot.rules.metrics.importing.mapping import Mapping
from bot.rules.metrics.importing.reading.rejecting import Reason
from bot.rules.metrics.importing.recognising.roles import MEAN_OF, Role
from bot.rules.metrics.store.facts import SCALE

MEAN_FOR = {amount: mean for mean, amount in MEAN_OF.items()}
OF_MANY = {Role.RESOLVED: "resolved", Role.REOPENS: "reopened"}


def of_many(mapping: Mapping) -> list[Step]:
    return [
        *shares.before(mapping),
        _answered,
        _lengths,
        _others,
        _recommended,
        *shares.after(mapping),
    ]


def _answered(line: Line) -> None:
    """Of the three that belong together, the third is what the other two leave."""
    amounts = line.amounts
    offered, answered, abandoned = map(amounts.get, (Role.CONTACTS, Role.ANSWERED, Role.ABANDONED))
    if offered is None and answered is not None and abandoned is not None:
        offered = answered + abandoned
    if answered is None and offered is not None and abandoned is not None:
        answered = max(offered - abandoned, 0)
    for part, amount in (("contacts", offered), ("answered", answered), ("abandoned", abandoned)):
        if amount is not None:
            line.sums[part] = amount


def _lengths(line: Line) -> None:
    """Whole lengths as they are; means times the contacts that they are means of."""
    handled = _first(line, "handled", "answered", "contacts")
    answered = _first(line, "answered", "handled", "contacts")
    wait = _whole(line, Role.WAIT, answered)
    if wait is not None:
        line.sums["wait_seconds"] = wait
        if answered is not None:
            line.sums.setdefault("answered", answered)
    parts = [_whole(line, role, handled) for role in (Role.TALK, Role.HOLD, Role.WRAP, Role.HANDLE)]
    if any(one is not None for one in parts):
        split(line, *parts)
        if handled is not None:
            line.sums.setdefault("handled", handled)


def _first(line: Line, *parts: str) -> int | None:
    return next((line.sums[part] for part in parts if part in line.sums), None)


def _whole(line: Line, role: Role, count: int | None) -> int | None:
    whole, mean = line.amounts.get(role), line.amounts.get(MEAN_FOR[role])
    if whole is not None or mean is None:
        return whole
    if count is None:
        line.said.append((MEAN_FOR[role], Reason.MEAN_WITHOUT_COUNT))
        return None
    return round_half_even(mean * count, SCALE)


def _others(line: Line) -> None:
    for role, part in OF_MANY.items():
        if role in line.amounts:
            line.sums[part] = line.amounts[role]


def _recommended(line: Line) -> None:
    """Who is neither of the two is known as well, or all of them together."""
    get = line.amounts.get
    promoters, passives, detractors = map(get, (Role.PROMOTERS, Role.PASSIVES, Role.DETRACTORS))
    whole = get(Role.RECOMMENDATIONS)
    if promoters is None or detractors is None:
        return
    if whole is None and passives is not None:
        whole = promoters + passives + detractors
    if whole is not None:
        line.sums["recommendations"] = whole
        line.sums["promoters"], line.sums["detractors"] = promoters, detractors
