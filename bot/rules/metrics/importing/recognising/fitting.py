"""Percentages of counts: which columns are some, how they are written, and whether they are of the counts beside them.

If most are not, none is taken: by chance some would fit.
"""

from collections.abc import Mapping as Keyed
from collections.abc import Sequence
from dataclasses import replace

from bot.rules.metrics.importing.asking.asking import tops_in_doubt
from bot.rules.metrics.importing.cells import numbers
from bot.rules.metrics.importing.counting.shares import part_of
from bot.rules.metrics.importing.mapping import NOTHING, Mapping
from bot.rules.metrics.importing.reading.fields import Field
from bot.rules.metrics.importing.recognising.columns import Column, Style, numbers_in
from bot.rules.metrics.importing.recognising.dealing import is_share
from bot.rules.metrics.importing.recognising.roles import SHARES, Role

FEW = 0.1
"""Of the lines that say both, no more may contradict: somebody may have mistyped one."""
COUNTS = {Role.CSAT_SHARE: (Role.RATINGS,)}
OF_CONTACTS = (Role.CONTACTS,)
OF_BOTH = (Role.ANSWERED, Role.ABANDONED)


def with_shares(roles: Keyed[int, Role], columns: Sequence[Column]) -> dict[int, Role]:
    """“CSAT” of many contacts is how many of their ratings are good, if it is a percentage."""
    is_there = Role.CSAT_SHARE in roles.values()
    return {
        place: Role.CSAT_SHARE
        if role is Role.RATING and not is_there and is_share(columns[place], Role.RATINGS_GOOD)
        else role
        for place, role in roles.items()
    }


def style_of_share(column: Column, role: Role) -> Style:
    """A whole is 100, or 1 where no cell is more than that and none has a percent sign."""
    is_signed = any(map(numbers.is_percent, column.cells))
    held = numbers_in(column)
    tops = tops_in_doubt(column, role) or [1 if held and max(held) <= 1 and not is_signed else 100]
    top = tops[-1]
    after = max((max(0, -int(one.normalize().as_tuple().exponent)) for one in held), default=0)
    return replace(column.style, top=top, digits=max(0, after - 2 * (top == 1)))


def without_strange(
    mapping: Mapping, rows: Sequence[Sequence[str]]
) -> tuple[Mapping, tuple[str, ...]]:
    """Without the columns that do not fit, and their headers."""
    places = [mapping.places[role] for role in strange_shares(mapping, rows)]
    for place in places:
        mapping = mapping.with_use(place, NOTHING)
    return mapping, tuple(mapping.headers[place] for place in places)


def strange_shares(mapping: Mapping, rows: Sequence[Sequence[str]]) -> list[Role]:
    """The roles of such columns. `rows` are lines of the file, as many as there are at hand."""
    return [
        role for role in sorted(SHARES & mapping.places.keys()) if _is_strange(role, mapping, rows)
    ]


def _is_strange(role: Role, mapping: Mapping, rows: Sequence[Sequence[str]]) -> bool:
    whole = COUNTS.get(role, OF_CONTACTS)
    of = whole if whole[0] in mapping.places else OF_BOTH
    share, *counts = (_field(mapping, one) for one in (role, *of))
    digits = mapping.columns[share.place].style.digits
    both = []
    for row in rows:
        read = [one.read(row[one.place]) for one in (share, *counts) if one.place < len(row)]
        said = [one for one in read if isinstance(one, int)]
        if len(said) == len(counts) + 1 and (amount := sum(said[1:])):
            both.append(part_of(said[0], amount, digits))
    return both.count(None) > len(both) * FEW


def _field(mapping: Mapping, role: Role) -> Field:
    place = mapping.places[role]
    return Field(place, mapping.columns[place], role)
