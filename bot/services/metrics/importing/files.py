"""What the process of its own does with an uploaded file: look through all of it, and read it. It knows no database."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from bot.errors import Refused
from bot.rules.metrics.importing.asking.questions import Asks
from bot.rules.metrics.importing.cells.periods import last_day_in
from bot.rules.metrics.importing.files.batches import Batch
from bot.rules.metrics.importing.files.looks import FIRST_LINES, Look, Row
from bot.rules.metrics.importing.mapping import Mapping
from bot.rules.metrics.importing.reading.reading import Reader
from bot.rules.metrics.importing.reading.rejecting import Left
from bot.rules.metrics.importing.recognising.columns import Sample
from bot.rules.metrics.importing.recognising.headers import meaning_of
from bot.rules.metrics.importing.recognising.recognising import propose, settled
from bot.rules.metrics.store.facts import Fact
from bot.spreadsheets.limits import METRICS
from bot.spreadsheets.said import MergedDown
from bot.spreadsheets.tables import Table, open_all, open_table

AT_ONCE = 2_000
"""Lines of one batch, which are the facts of one transaction."""

MORE_LINES = 200
"""Lines in which numbers are compared with each other."""
COMPARED = 2_000
KNOWN_ENOUGH = 2
"""A sheet with so many headers that Baton knows is one of numbers. Of those one with more than twice the lines is chosen."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file is, and what Baton takes its columns for."""

    look: Look
    mapping: Mapping


def look(path: str, sheet: str, zone: str) -> Iterator[Looked]:
    """Once, when all of it was read. Raises Refused."""
    table = open_table(Path(path), METRICS, sheet=sheet) if sheet else _likeliest(Path(path))
    samples = [Sample(header, place) for place, header in enumerate(table.headers)]
    rows: list[Row] = []
    more: list[list[str]] = []
    lines = 0
    for number, cells in table.rows():
        lines += 1
        for sample, cell in zip(samples, cells, strict=False):
            sample.add(cell)
        if len(rows) < FIRST_LINES:
            rows.append((number, tuple(cells[: len(samples)])))
        if len(more) < MORE_LINES:
            more.append(cells)
    first = [cells for _number, cells in rows]
    columns = tuple(settled([sample.column() for sample in samples], first))
    found = Look(table.headers, columns, tuple(rows), lines, table.sheet, table.sheets, table.said)
    day = last_day_in(table.titles)
    proposal = propose(found.headers, columns, found.cells, zone=zone, more=more)
    found = replace(found, strange=proposal.strange)
    found = _with_merged(found, table, proposal.mapping)
    is_plain = all(one.asks is not Asks.LINES for one in proposal.questions)
    yield Looked(
        replace(found, is_plain=is_plain, about=day.isoformat() if day else "").cut(),
        proposal.mapping,
    )


def _with_merged(found: Look, table: Table, mapping: Mapping) -> Look:
    """With what is said of merged cells. An amount that is merged over several lines counts once, and is shown once."""
    described = mapping.describing
    if table.merged - described:
        found = replace(found, rows=_first(table, described))
    if filled := sorted(table.merged & described):
        names = tuple(table.headers[place] for place in filled)
        found = replace(found, said=(*found.said, MergedDown(names)))
    return found


def _first(table: Table, fill: Collection[int]) -> tuple[Row, ...]:
    width = len(table.headers)
    lines = islice(table.rows(fill), FIRST_LINES)
    return tuple((number, tuple(cells[:width])) for number, cells in lines)


def _likeliest(path: Path) -> Table:
    """The sheet that looks most like a table of numbers: covers and pivots often stand before it."""
    tables = open_all(path, METRICS)
    if len(tables) == 1:
        return tables[0]
    known = [sum(meaning_of(header) is not None for header in one.headers) for one in tables]
    lines = [
        _lines(one) if held >= KNOWN_ENOUGH else 0 for one, held in zip(tables, known, strict=True)
    ]
    most = max(lines)
    return next(one for one, count in zip(tables, lines, strict=True) if count * 2 >= most)


def _lines(table: Table) -> int:
    """How many it has, up to a number that is enough to compare."""
    try:
        return sum(1 for _row in islice(table.rows(), COMPARED))
    except Refused:
        return 0


def read(path: str, sheet: str, mapping: Mapping, digest: str) -> Iterator[Batch]:
    """All lines, batch by batch. Raises Refused, also when the file has other columns than the mapping."""
    table = open_table(Path(path), METRICS, sheet=sheet)
    reader = Reader(mapping, digest=_mark(table, digest))
    lines = table.rows(mapping.describing)
    while rows := list(islice(lines, AT_ONCE)):
        batch = Batch(len(rows))
        for number, cells in rows:
            found = reader.read(number, cells)
            if isinstance(found, Fact):
                batch.facts.append(found)
            elif isinstance(found, Left):
                batch.left[found.why] += 1
            else:
                batch.rejects += found
        batch.remarks, reader.remarks = reader.remarks, []
        yield batch


def _mark(table: Table, digest: str) -> str:
    """Lines without a name are known by their file, and by their sheet where it is not the first."""
    is_first = table.sheet in {"", *table.sheets[:1]}
    return digest if is_first else f"{digest}/{table.sheet}"
