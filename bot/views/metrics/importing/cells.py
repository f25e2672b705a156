"""How a cell reads by what its column is for: a day as a day, 2 min 23 s, 4 of 5."""

from collections.abc import Callable
from datetime import time
from zoneinfo import ZoneInfo

from bot.rules.metrics.importing.cells.missing import is_missing, trim
from bot.rules.metrics.importing.mapping import ColumnUse, Mapping
from bot.rules.metrics.importing.reading.fields import TOTAL, Field
from bot.rules.metrics.importing.reading.rejecting import Fault
from bot.rules.metrics.importing.reading.walls import Walls
from bot.rules.metrics.importing.recognising.columns import Kind
from bot.rules.metrics.importing.recognising.roles import DATE_PARTS, LENGTHS, MOMENTS, Role
from bot.rules.metrics.store.facts import SCALE
from bot.text import Text
from bot.views.metrics.amounts import length

MISSING = "–"
UNREADABLE = "⚠"
DAY_SECONDS = 86_400
Show = Callable[[str], str]


def reader_of(place: int, mapping: Mapping, t: Text) -> Show:
    """How the cells of one column are shown: as Baton reads them, or as they are with a mark where it cannot."""
    column = mapping.columns[place]
    role = column.use.role
    is_change = role is Role.UPDATED and column.kind is Kind.MOMENT
    if role in MOMENTS or is_change:
        walls = Walls(column.style, mapping.zone)
        return lambda cell: _moment(cell, walls, mapping.zone, t)
    if role in {Role.KEY, Role.UPDATED}:
        return lambda cell: trim(cell) or MISSING
    field = Field(place, column, "")
    return lambda cell: _amount(cell, field, column, t)


def _moment(cell: str, walls: Walls, zone: str, t: Text) -> str:
    try:
        wall = walls.read(cell)
    except ValueError:
        return f"{UNREADABLE} {cell}"
    if wall is None:
        return MISSING
    day = t.day(wall.day)
    return (
        day if wall.hour is None else f"{day} {t.clock(wall.at.astimezone(ZoneInfo(zone)).time())}"
    )


def _amount(cell: str, field: Field, column: ColumnUse, t: Text) -> str:
    value = None if is_missing(cell) else field.read(cell)
    if value is None:
        return MISSING
    if isinstance(value, Fault):
        return f"{UNREADABLE} {cell}"
    if isinstance(value, str):
        return cell if value == TOTAL else value
    return cell if column.use.role in DATE_PARTS else _number(value, column, t)


def _number(value: int, column: ColumnUse, t: Text) -> str:
    """In thousandths."""
    if column.use.role is Role.TIME:
        return _clock(value // SCALE, t)
    if column.use.role in LENGTHS:
        return length(value / SCALE, t)
    if column.kind is Kind.YES_NO or column.use.role is Role.TARGET:
        return t("yes") if value else t("no")
    return t.number(value / SCALE)


def _clock(seconds: int, t: Text) -> str:
    minutes = seconds % DAY_SECONDS // 60
    return t.clock(time(minutes // 60, minutes % 60))
