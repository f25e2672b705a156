"""Reading the cells of one column as what the column is for: amounts in thousandths, names as they are, or what is wrong.

Each different cell is read once.
"""

from collections.abc import Callable
from decimal import Decimal

from bot.rules.metrics.importing.cells import (
    answers,
    durations,
    moments,
    numbers,
    periods,
    times,
)
from bot.rules.metrics.importing.cells.missing import is_missing, trim
from bot.rules.metrics.importing.cells.plain import plain
from bot.rules.metrics.importing.mapping import ColumnUse
from bot.rules.metrics.importing.reading.rejecting import Fault, Reason
from bot.rules.metrics.importing.recognising.columns import Kind, Style
from bot.rules.metrics.importing.recognising.headers import normal
from bot.rules.metrics.importing.recognising.roles import (
    COUNTS,
    LENGTHS,
    NAMES,
    SCORES,
    SHARES,
    Role,
)
from bot.rules.metrics.importing.words.cells import BREACHED, MET, NO_OUTCOME, is_total, verdict
from bot.rules.metrics.importing.words.headers import BREACH_HEADERS
from bot.rules.metrics.store.facts import LONGEST_NAME, SCALE, thousandths

MOST_KEPT = 100_000
NEGATIVE = Fault(Reason.NEGATIVE, is_fatal=False)
OFF_THE_SCALE = Fault(Reason.OFF_THE_SCALE, is_fatal=False)
TOTAL = "\0total"
"""What the name of a line that adds up others is read as."""

Value = int | str | Fault | None
Read = Callable[[str], Value]
SCALES = {
    Role.RATING: (1, 5),
    Role.RECOMMENDATION: (0, 10),
    Role.EFFORT: (1, 7),
    Role.REVIEW: (0, 100),
}
"""The least and the most of each score, on the scale that the definitions mean."""


class Field:
    """One column. `slot` is by what the value is known to those who count; `known` are the cells that were read before."""

    __slots__ = ("_read", "known", "place", "slot")

    def __init__(self, place: int, column: ColumnUse, slot: str) -> None:
        self.place = place
        self.slot = slot
        self.known: dict[str, Value] = {}
        self._read = _reader(column)

    def read(self, cell: str) -> Value:
        return self.known[cell] if cell in self.known else self.learn(cell)

    def learn(self, cell: str) -> Value:
        """Read a cell that is not known yet."""
        if len(self.known) >= MOST_KEPT:
            self.known.clear()
        self.known[cell] = value = None if is_missing(cell) else self._read(cell)
        return value


def _reader(column: ColumnUse) -> Read:
    """How the cells of a column that is used are read."""
    use, style = column.use, column.style
    if use.label:
        return lambda cell: _label(cell, column)
    if use.part:
        is_length = column.kind is Kind.DURATION
        return lambda cell: _length(cell, style) if is_length else _number(cell, style)
    return _of_role(use.role, column) if use.role else _text


def _of_role(role: Role, column: ColumnUse) -> Read:
    style = column.style
    if role in LENGTHS:
        return lambda cell: _not_negative(_length(cell, style))
    if role in COUNTS:
        return lambda cell: _not_negative(_count(cell, style))
    if role in SCORES:
        return lambda cell: _score(cell, role, style)
    if role is Role.TARGET:
        is_breach = normal(column.header) in BREACH_HEADERS
        return lambda cell: _outcome(cell, is_breach=is_breach)
    if role in NAMES:
        return _name
    return OTHERS[role](style) if role in OTHERS else _text


def _text(cell: str) -> Value:
    return plain(cell)


def _name(cell: str) -> Value:
    return TOTAL if is_total(cell) else " ".join(trim(cell).split())[:LONGEST_NAME]


def _label(cell: str, column: ColumnUse) -> Value:
    """A day is called by its date however it is written, so that days sort."""
    if column.kind is Kind.MOMENT:
        moment = moments.read(cell, column.style.order)
        return moment.date().isoformat() if moment else Fault(Reason.NOT_A_MOMENT)
    return _name(cell)


def _amount(value: Decimal) -> Value:
    try:
        return thousandths(value)
    except ValueError:
        return Fault(Reason.TOO_LARGE)


def _number(cell: str, style: Style) -> Value:
    value = numbers.read(cell, style.sign)
    return Fault(Reason.NOT_A_NUMBER) if value is None else _amount(value)


def _length(cell: str, style: Style) -> Value:
    value = durations.read(cell, style.unit, style.sign)
    return Fault(Reason.NOT_A_LENGTH) if value is None else _amount(value)


def _count(cell: str, style: Style) -> Value:
    said = answers.read(cell)
    if said is not None:
        return SCALE if said else 0
    value = _number(cell, style)
    return Fault(Reason.NOT_YES_OR_NO) if value == Fault(Reason.NOT_A_NUMBER) else value


def _not_negative(value: Value) -> Value:
    return NEGATIVE if isinstance(value, int) and value < 0 else value


def _score(cell: str, role: Role, style: Style) -> Value:
    """On the usual scale, in thousandths; what is written on another (`top`) is brought to it."""
    value = numbers.read(cell, style.sign)
    if value is None:
        if role is not Role.RATING:
            return Fault(Reason.NOT_A_NUMBER)
        return _in_words(cell)
    least, most = SCALES[role]
    if style.top and style.top != most:
        value = value * most / style.top
        value = max(value, Decimal(least)) if value > 0 else value  # 1 of 10 is the worst there is
    if not least <= value <= most:
        return OFF_THE_SCALE
    near = thousandths(value)
    return near - 1 if near % SCALE == 0 and near > value * SCALE else near  # 3.9999 is no four


def _in_words(cell: str) -> Value:
    try:
        said = verdict(cell)
    except ValueError:
        return Fault(Reason.NOT_A_RATING)
    if said is None:
        return None
    return said * SCALE if 1 <= said <= 5 else OFF_THE_SCALE


def _outcome(cell: str, *, is_breach: bool) -> Value:
    """One for a target that was met, none for one that was not."""
    said = plain(cell)
    if said in NO_OUTCOME:
        return None
    met = True if said in MET else False if said in BREACHED else None
    if met is None:
        answer = answers.read(cell)
        met = None if answer is None else answer is not is_breach
    if met is None:
        return Fault(Reason.NOT_AN_OUTCOME)
    return SCALE if met else 0


def _complete(_style: Style) -> Read:
    return lambda cell: 0 if answers.read(cell) is False else SCALE


def _time(_style: Style) -> Read:
    def read(cell: str) -> Value:
        seconds = times.read(cell)
        return Fault(Reason.NOT_A_TIME) if seconds is None else thousandths(seconds)

    return read


def _updated(style: Style) -> Read:
    """How often a line was updated, as text that sorts as the counts do; moments are read as moments."""

    def read(cell: str) -> Value:
        number = numbers.read(cell, style.sign)
        return Fault(Reason.NOT_A_NUMBER) if number is None else f"{number:020.3f}"

    return read


def _share(style: Style) -> Read:
    """A percentage. `top` is 1 where the whole is written as 1."""

    def read(cell: str) -> Value:
        value = numbers.read(cell, style.sign)
        if value is None:
            return Fault(Reason.NOT_A_NUMBER)
        percent = value * 100 if style.top == 1 else value
        return thousandths(percent) if 0 <= percent <= 100 else OFF_THE_SCALE

    return read


def _part(read_part: Callable[[str], int | None]) -> Callable[[Style], Read]:
    """A year, a month and so on, as they are counted."""

    def read(cell: str) -> Value:
        found = read_part(cell)
        return Fault(Reason.NOT_A_MOMENT) if found is None else found

    return lambda _style: read


OTHERS: dict[Role, Callable[[Style], Read]] = {
    Role.COMPLETE: _complete,
    Role.TIME: _time,
    Role.YEAR: _part(periods.year_of),
    Role.MONTH: _part(periods.month_of),
    Role.WEEK: _part(periods.week_of),
    Role.MONTH_DAY: _part(periods.day_of),
    Role.YEAR_DAY: _part(periods.year_day_of),
    Role.UPDATED: _updated,
    **dict.fromkeys(SHARES, _share),
}
