"""On which day a line counts where no column holds it whole: of a year, a month or week and a day, or of what somebody said."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import lru_cache

from bot.rules.metrics.importing.cells import moments, periods
from bot.rules.metrics.importing.cells.periods import Grain
from bot.rules.metrics.importing.recognising.columns import Column
from bot.rules.metrics.importing.recognising.roles import DATE_PARTS, Role

WEEKS_OF_A_MONTH = 5
LONG = frozenset({Role.YEAR, Role.QUARTER})
WITHIN_A_YEAR = frozenset({Role.MONTH, Role.WEEK, Role.YEAR_DAY})
WHOLE = frozenset({Role.MONTH, Role.WEEK})


def needs_day(roles: Collection[Role]) -> bool:
    """Whether the columns leave open on which day, or of which year or month, the lines are."""
    held = set(roles)
    if Role.DAY in held or is_too_long(held):
        return False
    return not (Role.YEAR in held and WITHIN_A_YEAR & held)


def is_too_long(roles: Collection[Role]) -> bool:
    """Whether the lines are of whole years or quarters, which no day can stand for."""
    held = set(roles)
    return Role.DAY not in held and bool(LONG & held) and not held & WITHIN_A_YEAR


def parts_that_count(
    roles: Mapping[int, Role], columns: Sequence[Column], *, is_settled: bool
) -> dict[int, Role]:
    """The roles without columns that only repeat what others say of the day. `is_settled`: a column holds it whole."""
    held = set(roles.values())
    idle: frozenset[Role] | set[Role] = frozenset()
    if is_settled:
        idle = DATE_PARTS
    elif Role.YEAR_DAY in held:
        idle = DATE_PARTS - {Role.YEAR, Role.YEAR_DAY}
    elif held >= WHOLE:
        weeks = next(columns[place] for place, role in roles.items() if role is Role.WEEK)
        is_of_month = all((periods.week_of(one) or 0) <= WEEKS_OF_A_MONTH for one in weeks.cells)
        is_day_known = Role.MONTH_DAY in held
        idle = {Role.WEEK} if is_of_month or is_day_known else {Role.MONTH}
    if WITHIN_A_YEAR & held:
        idle = idle | {Role.QUARTER}
    if Role.WEEK in held - idle:
        idle = idle | {Role.MONTH_DAY}
    return {place: role for place, role in roles.items() if role not in idle}


def grain_of(roles: Collection[Role], day_column: Column | None) -> Grain | None:
    """For how long each line stands, where that is no day. `day_column` is the one with the role, if there is one."""
    if day_column is not None:
        order = day_column.style.order
        grains = {moments.grain_of(one, order) for one in day_column.cells}
        return next((one for one in Grain if one in grains), None)
    held = set(roles)
    if Role.WEEK in held:
        return Grain.WEEK
    return Grain.MONTH if Role.MONTH in held and Role.MONTH_DAY not in held else None


def days_across(headers: Sequence[str]) -> list[int]:
    """The places of headers that are days or months themselves, if there are several: each line then is of all of them."""
    found = [place for place, one in enumerate(headers) if moments.read(one)]
    return found if len(found) > 1 else []


class Days:
    """Of one file. `said` is the day that a person named for it, which also gives the year or month that lines leave out."""

    def __init__(self, roles: Collection[Role], said: date | None) -> None:
        self._parts = [one for one in ORDER if one in roles]
        self._said = said
        self._made = lru_cache(maxsize=100_000)(self._make)

    @property
    def finest(self) -> Role | None:
        """Of the columns that say it the one that says it best; None where somebody said it for the whole file."""
        return self._parts[-1] if self._parts else None

    def lacks(self, amounts: Mapping[str, int]) -> bool:
        return any(one not in amounts for one in self._parts)

    def of(self, amounts: Mapping[str, int]) -> date | None:
        """None if there is no such day. Nothing may be lacking."""
        return self._made(tuple(amounts[one] for one in self._parts))

    def _make(self, values: tuple[int, ...]) -> date | None:
        held = dict(zip(self._parts, values, strict=True))
        if not held:
            return self._said
        year = held.get(Role.YEAR) or (self._said.year if self._said else 0)
        if Role.WEEK in held:
            return periods.monday(year, held[Role.WEEK])
        month = held.get(Role.MONTH) or (self._said.month if self._said else 0)
        day = held.get(Role.MONTH_DAY, 1)
        if Role.YEAR_DAY in held:
            month, day = divmod(held[Role.YEAR_DAY], 100)
        try:
            return date(year, month, day)
        except ValueError:
            return None


ORDER = (Role.YEAR, Role.MONTH, Role.WEEK, Role.MONTH_DAY, Role.YEAR_DAY)
