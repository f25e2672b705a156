"""Reading the lines of a file by its mapping: each is a fact, is left out on purpose, or is rejected whole.

Nothing is asked here, and nothing remembered but what one file needs; the same lines give the same facts.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from bot.rules.metrics.importing.cells.missing import is_missing, trim
from bot.rules.metrics.importing.counting.line import Line
from bot.rules.metrics.importing.counting.steps import steps_of
from bot.rules.metrics.importing.mapping import Keys, Lines, Mapping
from bot.rules.metrics.importing.reading.days import Days
from bot.rules.metrics.importing.reading.fields import TOTAL
from bot.rules.metrics.importing.reading.rejecting import (
    Fault,
    Left,
    Reason,
    Reject,
    Remark,
    Why,
    shown,
)
from bot.rules.metrics.importing.reading.slots import (
    LABEL,
    PART,
    fields_of,
    is_moment,
    labels_of,
)
from bot.rules.metrics.importing.reading.totals import Above
from bot.rules.metrics.importing.reading.walls import Wall, Walls
from bot.rules.metrics.importing.recognising.columns import Style
from bot.rules.metrics.importing.recognising.roles import MOMENTS, Role
from bot.rules.metrics.store.facts import LONGEST_KEY, LONGEST_NAME, SCALE, Fact, sortable

BETWEEN = "\0"
Faults = list[tuple[int, Fault]]


@dataclass(slots=True)
class _Said:
    """What the cells of a line say: amounts and words by slot, moments by role, and what is wrong by column."""

    amounts: dict[str, int] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    moments: dict[Role, Wall] = field(default_factory=dict)
    faults: Faults = field(default_factory=list)


class Reader:
    """Of one file. `digest` names the file where its lines have no other name than their place in it.

    `remarks` are about lines that count; who reads many lines may take them out as they come.
    """

    def __init__(self, mapping: Mapping, *, digest: str) -> None:
        """Raises ValueError for a mapping that has problems; they were to be shown and solved before."""
        if mapping.problems():
            raise ValueError(mapping.problems())
        self.remarks: list[Remark] = []
        self._mapping = mapping
        self._digest = digest
        self._width = len(mapping.columns)
        fields = fields_of(mapping)
        self._fields = [(one.place, one.slot, one.known, one.learn) for one in fields]
        self._walls = [
            (role, place, Walls(mapping.columns[place].style, mapping.zone))
            for role, place in mapping.places.items()
            if role in MOMENTS or is_moment(mapping, role)
        ]
        self._labels = {LABEL + label: label for label in labels_of(mapping)}
        self._parts = [
            (f"{PART}{place}", one.use.part)
            for place, one in enumerate(mapping.columns)
            if one.use.part
        ]
        self._days = None if Role.DAY in mapping.places else Days(mapping.places, mapping.day)
        self._plain = Walls(Style(is_days=True), mapping.zone)
        self._is_dateless = mapping.needs_day
        self._steps = steps_of(mapping)
        self._key_place = mapping.places[Role.KEY] if mapping.keys is Keys.COLUMN else None
        self._above = Above(mapping, fields)
        self._sign = mapping.places.get(Role.DAY, self._above.telling[0])
        self._seen: Counter[str] = Counter()
        self._is_other = False
        self._is_many = mapping.lines is Lines.TOTALS

    def read(self, number: int, cells: Sequence[str]) -> Fact | Left | list[Reject]:
        """`number` is the line's number in the file, as a person counts them."""
        if len(cells) < self._width:
            cells = [*cells, *[""] * (self._width - len(cells))]
        cells = self._above.fill(cells)
        said = self._said(cells)
        if any(fault.is_fatal for _place, fault in said.faults) or Role.DAY not in said.moments:
            self._is_other = self._begins_another(cells)
            if not self._is_other:
                return self._refused(number, cells, said.faults)
        if why := self._left_out(said, cells):
            return Left(number, why)
        line = Line(said.moments.pop(Role.DAY), said.amounts, said.words, said.moments)
        for step in self._steps:
            step(line)
        for slot, part in self._parts:
            if slot in line.amounts:
                line.sums[part] = line.sums.get(part, 0) + line.amounts[slot]
        if said.faults or line.said:
            self._remark(number, cells, said.faults, line)
        return self._fact(number, cells, line)

    def _left_out(self, said: _Said, cells: Sequence[str]) -> Why | None:
        """Why a line that can be read is none that counts."""
        if self._is_other:
            return Why.OTHER_TABLE
        if TOTAL in said.words.values() or self._above.is_subtotal(said.words.values(), cells):
            return Why.TOTAL
        if self._is_dateless and not said.amounts and (self._is_many or len(said.words) < 2):
            return Why.NOTHING
        return Why.INCOMPLETE if said.amounts.get(Role.COMPLETE) == 0 else None

    def _said(self, cells: Sequence[str]) -> _Said:
        said = _Said()
        amounts, words = said.amounts, said.words
        for place, slot, known, learn in self._fields:
            cell = cells[place]
            value = known[cell] if cell in known else learn(cell)
            if value is None:
                continue
            if isinstance(value, int):
                amounts[slot] = value
            elif isinstance(value, str):
                words[slot] = value
            else:
                said.faults.append((place, value))
        for role, place, walls in self._walls:
            self._moment(said, role, cells[place], place, walls)
        extra = next((at for at in range(self._width, len(cells)) if cells[at]), None)
        if extra is not None:
            said.faults.append((extra, Fault(Reason.EXTRA_CELLS)))
        if self._key_place is not None and is_missing(cells[self._key_place]):
            said.faults.append((self._key_place, Fault(Reason.NO_KEY)))
        if self._days is not None:
            self._put_together(said, self._days)
        return said

    def _moment(self, said: _Said, role: Role, cell: str, place: int, walls: Walls) -> None:
        try:
            wall = walls.read(cell)
        except ValueError:
            said.faults.append((place, Fault(Reason.NOT_A_MOMENT)))
            return
        if role is Role.DAY:
            if wall is None:
                said.faults.append((place, Fault(Reason.NO_DAY)))
                return
            wall = _at_time(said, wall, walls)
        if wall is not None:
            said.moments[role] = wall
            if wall.reason and role is not Role.UPDATED:
                said.faults.append((place, Fault(wall.reason, is_fatal=False)))

    def _put_together(self, said: _Said, days: Days) -> None:
        """The day, where no column holds it whole."""
        if any(fault.is_fatal for _place, fault in said.faults):
            return
        day = None if (is_gone := days.lacks(said.amounts)) else days.of(said.amounts)
        if day is not None:
            said.moments[Role.DAY] = _at_time(said, self._plain.midnight(day), self._plain)
        elif days.finest:
            reason = Reason.NO_DAY if is_gone else Reason.NOT_A_MOMENT
            said.faults.append((self._mapping.places[days.finest], Fault(reason)))

    def _refused(self, number: int, cells: Sequence[str], faults: Faults) -> Left | list[Reject]:
        """A line that cannot be read is often none: a total below the table, or the header of the next file."""
        if all(is_missing(one) for one in cells):
            return Left(number, Why.BLANK)
        if self._above.is_total(cells):
            return Left(number, Why.TOTAL)
        if self._is_header(cells):
            return Left(number, Why.HEADER)
        return [
            Reject(number, *self._named(place, cells), fault.reason)
            for place, fault in faults
            if fault.is_fatal
        ]

    def _begins_another(self, cells: Sequence[str]) -> bool:
        """Whether this is the header of another table, or one was above and this table has not begun again.

        Its days stand in the same column; what else it says of them are other things, or the same contacts once more.
        """
        if self._is_header(cells):
            return False
        return self._is_other or _says(cells[self._sign], self._mapping.headers[self._sign])

    def _is_header(self, cells: Sequence[str]) -> bool:
        """Whether it is this table's own header once more; a name that came twice was given a number, a blank one a letter."""
        held = [
            (one, name)
            for one, name in zip(cells, self._mapping.headers, strict=False)
            if trim(one)
        ]
        return bool(held) and all(_says(one, name) for one, name in held)

    def _remark(self, number: int, cells: Sequence[str], faults: Faults, line: Line) -> None:
        found = [(place, fault.reason) for place, fault in faults]
        found += [(self._mapping.places[role], reason) for role, reason in line.said]
        self.remarks += [
            Remark(number, *self._named(place, cells), reason) for place, reason in sorted(found)
        ]

    def _named(self, place: int, cells: Sequence[str]) -> tuple[str, str]:
        """The column's header, and what is in the cell."""
        header = self._mapping.columns[place].header if place < self._width else ""
        return header, shown(cells[place])

    def _fact(self, number: int, cells: Sequence[str], line: Line) -> Fact:
        words, wall = line.words, line.wall
        labels = {label: words[slot] for slot, label in self._labels.items() if slot in words}
        return Fact(
            key=self._key(number, cells, line),
            at=wall.at,
            day=wall.day,
            hour=wall.hour,
            person=words.get(Role.PERSON, ""),
            team=words.get(Role.TEAM, ""),
            channel=words.get(Role.CHANNEL, ""),
            topic=words.get(Role.TOPIC, ""),
            labels=labels,
            sums=line.sums,
            samples=line.samples,
            updated=self._updated(line),
        )

    def _updated(self, line: Line) -> str:
        """As text that sorts, be it a moment or a count."""
        wall = line.moments.get(Role.UPDATED)
        return sortable(wall.at) if wall else line.words.get(Role.UPDATED, "")

    def _key(self, number: int, cells: Sequence[str], line: Line) -> str:
        if self._key_place is not None:
            key = trim(cells[self._key_place])
            return key if len(key) <= LONGEST_KEY else _short(key)
        if self._mapping.keys is Keys.PLACE:
            return f"{self._digest}:{number}"
        names = [f"{slot}={line.words[slot]}" for slot in sorted(line.words)]
        key = _short(BETWEEN.join([line.wall.at.isoformat(), str(line.wall.hour), *names]))
        self._seen[key] += 1
        return key if self._seen[key] == 1 else f"{key}:{self._seen[key]}"


def _at_time(said: _Said, wall: Wall, walls: Walls) -> Wall:
    """A day alone takes the time from the column for times."""
    seconds = said.amounts.get(Role.TIME)
    return wall if seconds is None else walls.on(wall.day, seconds // SCALE)


def _says(cell: str, header: str) -> bool:
    """Whether a cell is this header as it stands in the file."""
    said, name = " ".join(cell.split()).casefold(), header.casefold()
    return name == said or (bool(said) and name.startswith(f"{said} ("))


def _short(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()


def label_of(header: str) -> str:
    """What a column is called as something to count by."""
    return " ".join(header.split())[:LONGEST_NAME]
