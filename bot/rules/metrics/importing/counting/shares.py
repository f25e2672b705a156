"""Percentages beside the count that they are of: they give back the whole number that they were made of, or nothing."""

from collections.abc import Callable

from bot.rules.metrics.importing.counting.line import Line, Step, round_half_even
from bot.rules.metrics.importing.mapping import Mapping
from bot.rules.metrics.importing.reading.rejecting import Reason
from bot.rules.metrics.importing.recognising.roles import PART_OF, Role
from bot.rules.metrics.store.facts import SCALE

ALL = 100 * SCALE
"""A whole, as shares are kept: percent in thousandths."""
FINEST = 3
"""Digits of a percentage after its decimal sign, beyond which it is kept rounded."""
Count = Callable[[Line], int | None]


def before(mapping: Mapping) -> list[Step]:
    """What has to be known before it is asked who was answered."""
    return [
        _share(mapping, role, lambda line: line.amounts.get(Role.CONTACTS), _into_amounts(role))
        for role in (Role.ANSWER_RATE, Role.ABANDON_RATE)
        if role in mapping.places
    ]


def after(mapping: Mapping) -> list[Step]:
    """What is of the contacts, or of the ratings, as they were counted."""
    found = []
    if Role.SERVICE_LEVEL in mapping.places:
        found.append(_share(mapping, Role.SERVICE_LEVEL, _sum("contacts"), _into_sums("in_time")))
    if Role.CSAT_SHARE in mapping.places:
        found.append(_share(mapping, Role.CSAT_SHARE, _sum("ratings"), _into_sums("ratings_good")))
    return found


def _share(mapping: Mapping, role: Role, count: Count, keep: Callable[[Line, int], None]) -> Step:
    digits = mapping.columns[mapping.places[role]].style.digits

    def step(line: Line) -> None:
        share, whole = line.amounts.get(role), count(line)
        if share is None:
            return
        part = None if whole is None else part_of(share, whole, digits)
        if part is not None:
            keep(line, part)
        else:
            reason = Reason.MEAN_WITHOUT_COUNT if whole is None else Reason.NOT_OF_COUNT
            line.said.append((role, reason))

    return step


def part_of(share: int, whole: int, digits: int) -> int | None:
    """How many of `whole`, in thousandths, if that many shown in percent with these digits are this share."""
    part = round_half_even(share * whole, ALL * SCALE) * SCALE
    fine = 10 ** min(digits, FINEST)
    is_shown_so = abs(part * ALL - share * whole) * 2 * fine <= (SCALE + fine) * whole
    return part if is_shown_so else None


def _sum(part: str) -> Count:
    return lambda line: line.sums.get(part)


def _into_sums(part: str) -> Callable[[Line, int], None]:
    def keep(line: Line, amount: int) -> None:
        line.sums[part] = amount

    return keep


def _into_amounts(role: Role) -> Callable[[Line, int], None]:
    def keep(line: Line, amount: int) -> None:
        line.amounts[PART_OF[role]] = amount

    return keep
