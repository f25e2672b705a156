"""Reading the lines of a file by its mapping: each is a fact, is left out on purpose, or is rejected whole.

Nothing is asked here, and nothing remembered but what one file needs; the same lines give the same facts.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from bot.rules.metrics.importing.cells.missing import is_missing, trim
from bot.rules.metrics.importing.columns import Kind
from bot.rules.metrics.importing.counting.line import Line
from bot.rules.metrics.importing.counting.steps import steps_of
from bot.rules.metrics.importing.fields import TOTAL, Field
from bot.rules.metrics.importing.mapping import Keys, Lines, Mapping
from bot.rules.metrics.importing.rejecting import Fault, Left, Reason, Reject, Remark, Why, shown
from bot.rules.metrics.importing.roles import MEAN_OF, MOMENTS, NAMES, Role
from bot.rules.metrics.importing.walls import Wall, Walls
from bot.rules.metrics.importing.words.cells import is_total
from bot.rules.metrics.store.facts import LONGEST_KEY, LONGEST_NAME, SCALE, Fact, sortable
from bot.rules.metrics.store.parts import Way

BETWEEN = "\0"
LABEL, PART = "label\0", "part\0"
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
        fields = _fields(mapping)
        self._fields = [(one.place, one.slot, one.known, one.learn) for one in fields]
        self._walls = [
            (role, place, Walls(mapping.columns[place].style, mapping.zone))
            for role, place in mapping.places.items()
            if role in MOMENTS or _is_moment(mapping, role)
        ]
        self._labels = {LABEL + label: label for label in _labels(mapping)}
        self._parts = [
            (f"{PART}{place}", one.use.part, one.use.way)
            for place, one in enumerate(mapping.columns)
            if one.use.part
        ]
        self._steps = steps_of(mapping)
        self._key_place = mapping.places[Role.KEY] if mapping.keys is Keys.COLUMN else None
        self._telling = _telling(mapping)
        self._seen: Counter[str] = Counter()
        self._is_other = False

    def read(self, number: int, cells: Sequence[str]) -> Fact | Left | list[Reject]:
        """`number` is the line's number in the file, as a person counts them."""
        if len(cells) < self._width:
            cells = [*cells, *[""] * (self._width - len(cells))]
        said = self._said(cells)
        if any(fault.is_fatal for _place, fault in said.faults) or Role.DAY not in said.moments:
            self._is_other = self._begins_another(cells)
            if not self._is_other:
                return self._refused(number, cells, said.faults)
        if why := self._left_out(said):
            return Left(number, why)
        line = Line(said.moments.pop(Role.DAY), said.amounts, said.words, said.moments)
        for step in self._steps:
            step(line)
        for slot, part, way in self._parts:
            if slot in line.amounts:
                _own(line, part, way, line.amounts[slot])
        if said.faults or line.said:
            self._remark(number, cells, said.faults, line)
        return self._fact(number, cells, line)

    def _left_out(self, said: _Said) -> Why | None:
        """Why a line that can be read is none that counts."""
        if self._is_other:
            return Why.OTHER_TABLE
        if TOTAL in said.words.values():
            return Why.TOTAL
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
        return said

    def _moment(self, said: _Said, role: Role, cell: str, place: int, walls: Walls) -> None:
        """A day alone takes the time from the column for times."""
        try:
            wall = walls.read(cell)
        except ValueError:
            said.faults.append((place, Fault(Reason.NOT_A_MOMENT)))
            return
        if role is Role.DAY:
            if wall is None:
                said.faults.append((place, Fault(Reason.NO_DAY)))
                return
            seconds = said.amounts.get(Role.TIME)
            if seconds is not None:
                wall = walls.on(wall.day, seconds // SCALE)
        if wall is not None:
            said.moments[role] = wall
            if wall.reason and role is not Role.UPDATED:
                said.faults.append((place, Fault(wall.reason, is_fatal=False)))

    def _refused(self, number: int, cells: Sequence[str], faults: Faults) -> Left | list[Reject]:
        """A line that cannot be read is often none: a total below the table, or the header of the next file."""
        if all(is_missing(one) for one in cells):
            return Left(number, Why.BLANK)
        if any(is_total(cells[place]) for place in self._telling):
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
        day = self._mapping.places[Role.DAY]
        return self._is_other or _says(cells[day], self._mapping.headers[day])

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


def _own(line: Line, part: str, way: Way, amount: int) -> None:
    if way is Way.SUM:
        line.sums[part] = line.sums.get(part, 0) + amount
    else:
        line.samples[part] = (*line.samples.get(part, ()), amount)


def _fields(mapping: Mapping) -> list[Field]:
    """Every column that is read as something else than a moment or a key."""
    found: list[Field] = []
    for place, column in enumerate(mapping.columns):
        slot = _slot(mapping, place)
        role = column.use.role
        if not slot or role in MOMENTS | {Role.KEY} or _is_moment(mapping, role):
            continue
        is_again = any(one.slot == slot for one in found)
        found.append(Field(place, column, f"{slot}{place}" if is_again else slot))
    return found


def _is_moment(mapping: Mapping, role: Role | None) -> bool:
    """Whether it is when a line was updated, and not how often."""
    return role is Role.UPDATED and mapping.columns[mapping.places[role]].kind is Kind.MOMENT


def _slot(mapping: Mapping, place: int) -> str:
    """By what the values of a column are known while a line is counted; "" if nobody asks for them."""
    use = mapping.columns[place].use
    if use.part or use.label:
        return f"{PART}{place}" if use.part else LABEL + use.label
    if use.role in MEAN_OF and mapping.lines is not Lines.TOTALS:
        # The mean of one contact is the contact's own.
        amount = MEAN_OF[use.role]
        return "" if amount in mapping.places else amount
    return use.role or ""


def _labels(mapping: Mapping) -> list[str]:
    return [one.use.label for one in mapping.columns if one.use.label]


def _telling(mapping: Mapping) -> list[int]:
    """The columns in which a line says that it adds up others: the first, and those of names and days."""
    telling = NAMES | {Role.DAY, Role.KEY}
    places = [place for role, place in mapping.places.items() if role in telling]
    return sorted({0, *places})


def _says(cell: str, header: str) -> bool:
    """Whether a cell is this header as it stands in the file."""
    said, name = " ".join(cell.split()).casefold(), header.casefold()
    return name == said or (bool(said) and name.startswith(f"{said} ("))


def _short(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()


def label_of(header: str) -> str:
    """What a column is called as something to count by."""
    return " ".join(header.split())[:LONGEST_NAME]
