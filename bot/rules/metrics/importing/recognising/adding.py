"""Whether a length in a line that adds up many contacts is the whole of it, or the mean of one: where the header does not say."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from statistics import median

from bot.rules.metrics.importing.cells import durations, numbers
from bot.rules.metrics.importing.mapping import Lines
from bot.rules.metrics.importing.mapping import Mapping as Taken
from bot.rules.metrics.importing.recognising.columns import Column
from bot.rules.metrics.importing.recognising.roles import MEAN_OF, Role

COUNTED = (Role.HANDLED, Role.ANSWERED, Role.CONTACTS)
WORKED = frozenset({Role.TALK, Role.HANDLE})
PARTS = (Role.TALK, Role.HOLD, Role.WRAP)
SHORTEST = 5
"""Seconds. Nobody talks for less with everybody."""
MANY = 5
"""Contacts in a line, from which its whole and its mean can be told apart."""
NEAR = 2
LONGEST = 4 * 3600
"""Seconds. One contact is seldom worked on for longer, and half of them never."""
MEAN_FOR = {whole: mean for mean, whole in MEAN_OF.items()}
Rows = Sequence[Sequence[str]]


def with_means(roles: Mapping[int, Role], columns: Sequence[Column], rows: Rows) -> dict[int, Role]:
    """The roles, with a mean where a whole is too short to be one, or where the parts come to the mean of all."""
    places = {role: place for place, role in roles.items()}
    found = {
        place
        for place, role in roles.items()
        if role in WORKED and _is_too_short(columns[place], places, columns)
    }
    if Role.MEAN_HANDLE in places or found:
        found |= _that_add_up(places, columns, rows, found)
    return {
        place: MEAN_FOR[role] if place in found and MEAN_FOR[role] not in places else role
        for place, role in roles.items()
    }


def is_too_long(mapping: Taken, columns: Sequence[Column]) -> bool:
    """Whether what was taken for one contact in each line is worked on for so long that it must be many."""
    held = [columns[place] for role, place in mapping.places.items() if role in WORKED]
    middles = [_middle(_lengths(one.cells, one)) for one in held]
    return mapping.lines is Lines.CALLS and any(one and one > LONGEST for one in middles)


def _is_too_short(column: Column, places: Mapping[Role, int], columns: Sequence[Column]) -> bool:
    counts = next((columns[places[one]] for one in COUNTED if one in places), None)
    many = _middle(_numbers(counts.cells, counts)) if counts else None
    whole = _middle(_lengths(column.cells, column))
    return bool(many and whole and many >= MANY and whole < many * SHORTEST)


def _that_add_up(
    places: Mapping[Role, int], columns: Sequence[Column], rows: Rows, means: set[int]
) -> set[int]:
    """Wholes that, with the others, come to the mean of one contact in every line that says all of them."""
    total = next((places[one] for one in (Role.MEAN_HANDLE, Role.HANDLE) if one in places), None)
    parts = [places[one] for one in PARTS if one in places]
    if total is None or not parts or (columns[total].place not in means and Role.MEAN_HANDLE not in places):  # fmt: skip
        return set()
    checked = []
    for row in rows:
        held = [_lengths([row[one]], columns[one]) for one in (total, *parts) if one < len(row)]
        if len(held) == len(parts) + 1 and all(held) and held[0][0]:
            checked.append(abs(held[0][0] - sum(one[0] for one in held[1:])) <= NEAR)
    return set(parts) if len(checked) > 1 and all(checked) else set()


def _lengths(cells: Sequence[str], column: Column) -> list[Decimal]:
    read = (durations.read(one, column.style.unit, column.style.sign) for one in cells)
    return [one for one in read if one is not None]


def _numbers(cells: Sequence[str], column: Column) -> list[Decimal]:
    read = (numbers.read(one, column.style.sign) for one in cells)
    return [one for one in read if one is not None]


def _middle(held: Sequence[Decimal]) -> Decimal | None:
    return median(held) if held else None
