"""What the process of its own does with an uploaded file: look through all of it, and read it. It knows no database."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from bot.rules.metrics.importing.cells.periods import last_day_in
from bot.rules.metrics.importing.columns import Sample
from bot.rules.metrics.importing.files.batches import Batch
from bot.rules.metrics.importing.files.looks import FIRST_LINES, Look, Row
from bot.rules.metrics.importing.mapping import Mapping
from bot.rules.metrics.importing.questions import Asks
from bot.rules.metrics.importing.reading import Reader
from bot.rules.metrics.importing.recognising import propose, settled
from bot.rules.metrics.importing.rejecting import Left
from bot.rules.metrics.store.facts import Fact
from bot.spreadsheets.limits import METRICS
from bot.spreadsheets.tables import Table, open_table

AT_ONCE = 2_000
"""Lines of one batch, which are the facts of one transaction."""


@dataclass(frozen=True, slots=True)
class Looked:
    """What a file is, and what Baton takes its columns for."""

    look: Look
    mapping: Mapping


def look(path: str, sheet: str, zone: str) -> Iterator[Looked]:
    """Once, when all of it was read. Raises Refused."""
    table = open_table(Path(path), METRICS, sheet=sheet)
    samples = [Sample(header, place) for place, header in enumerate(table.headers)]
    rows: list[Row] = []
    lines = 0
    for number, cells in table.rows():
        lines += 1
        for sample, cell in zip(samples, cells, strict=False):
            sample.add(cell)
        if len(rows) < FIRST_LINES:
            rows.append((number, tuple(cells[: len(samples)])))
    first = [cells for _number, cells in rows]
    columns = tuple(settled([sample.column() for sample in samples], first))
    found = Look(table.headers, columns, tuple(rows), lines, table.sheet, table.sheets, table.said)
    day = last_day_in(table.titles)
    proposal = propose(found.headers, columns, found.cells, zone=zone)
    is_plain = all(one.asks is not Asks.LINES for one in proposal.questions)
    yield Looked(
        replace(found, is_plain=is_plain, about=day.isoformat() if day else "").cut(),
        proposal.mapping,
    )


def read(path: str, sheet: str, mapping: Mapping, digest: str) -> Iterator[Batch]:
    """All lines, batch by batch. Raises Refused, also when the file has other columns than the mapping."""
    table = open_table(Path(path), METRICS, sheet=sheet)
    reader = Reader(mapping, digest=_mark(table, digest))
    lines = table.rows()
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
