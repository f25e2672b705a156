"""The Excel file with coaching notes, against a bare openpyxl loop over the same cells; and how much memory it takes."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from bench.findings import AtMost, Below, Finding, Section, alone, alternate, compared
from bench.processes import output_of
from bench.world import World

BARE = "bare openpyxl"
WITHIN = AtMost(1.3)
MEMORY = Below(150, "MB")
ABOUT = """\
From the request to the finished file of four sheets, on SQLite and in a process of its own: Baton looks for the notes, opens each sealed text,
asks of each note whether its reader may have it, keeps that they have it, and writes text, links, tables and formulas. The bare loop is openpyxl in
write-only mode: it appends the same values row after row, which it only has to unpickle, and knows nothing of databases, looks or links. Each note
has three or four parts, a commitment, and every other one a comment. *Peak* is the largest resident memory of the whole process."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """A database with so many notes, the file that is made of it, and its cells."""

    folder: Path
    url: str
    cells: Path
    peaks: list[float]

    async def ours(self) -> float:
        """Seconds."""
        done = await _run(self.folder, "ours", self.url, str(self._out("ours")))
        self.peaks.append(done["peak"])
        return float(done["seconds"])

    async def bare(self) -> float:
        done = await _run(self.folder, "bare", str(self.cells), str(self._out("bare")))
        return float(done["seconds"])

    def _out(self, name: str) -> Path:
        return self.folder / f"{name}-{uuid4().hex[:8]}.xlsx"


async def measure(world: World) -> Section:
    """On SQLite only: what is measured is the writing."""
    size, found = world.size, list[Finding]()
    for count in size.exported:
        shelf = await _shelf(world, count)
        values = await alternate(
            min(size.rounds, size.export_rounds), {"": shelf.ours, BARE: shelf.bare}
        )
        what = f"{count:,} notes"
        found.append(compared(what, "s", values[""], BARE, values[BARE], WITHIN))
        found.append(alone(f"{what}, peak", "MB", shelf.peaks, MEMORY))
    return Section("An Excel file of coaching notes", ABOUT, found)


async def _shelf(world: World, count: int) -> Shelf:
    url, folder = await world.empty("SQLite"), world.folder
    await _run(folder, "fill", url, str(count))
    made, cells = folder / f"made-{count}.xlsx", folder / f"cells-{count}.pickle"
    first = await _run(folder, "ours", url, str(made))
    assert first["listed"] == count, "a note is missing"
    await _run(folder, "rows", str(made), str(cells))
    return Shelf(folder, url, cells, [])


async def _run(folder: Path, *arguments: str) -> dict[str, Any]:
    said = await output_of(["-m", "bench.exports", *arguments], folder)
    done: dict[str, Any] = json.loads(said)
    return done
