"""Percentages that are of something else than the counts beside them, as their lines show: by chance some would fit."""

from collections.abc import Sequence

from bot.rules.metrics.importing.counting.shares import part_of
from bot.rules.metrics.importing.fields import Field
from bot.rules.metrics.importing.mapping import Mapping
from bot.rules.metrics.importing.roles import SHARES, Role

FEW = 0.1
"""Of the lines that say both, no more may contradict: somebody may have mistyped one."""
COUNTS = {Role.CSAT_SHARE: (Role.RATINGS,)}
OF_CONTACTS = (Role.CONTACTS,)
OF_BOTH = (Role.ANSWERED, Role.ABANDONED)


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
