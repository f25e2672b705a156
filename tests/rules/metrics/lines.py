"""Small tables for the tests, as text: proposed, and read, as a file's would be."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.rules.metrics.importing.mapping import Mapping
from bot.rules.metrics.importing.reading.reading import Reader
from bot.rules.metrics.importing.reading.rejecting import Left, Reject, Remark
from bot.rules.metrics.importing.recognising.columns import Column, Sample
from bot.rules.metrics.importing.recognising.recognising import Proposal, propose
from bot.rules.metrics.store.bundles import Bundle
from bot.rules.metrics.store.facts import SCALE, Fact

Rows = list[list[str]]


@dataclass
class Read:
    facts: list[Fact] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def sums(self) -> dict[str, float]:
        """All facts together, each part in its own unit."""
        return {key: amount / SCALE for key, amount in self.bundle.sums.items()}

    @property
    def bundle(self) -> Bundle:
        whole = Bundle()
        whole.add([one.parts for one in self.facts])
        return whole


def rows(text: str) -> Rows:
    """`a | b` lines; the first is the header."""
    lines = [one for one in text.strip("\n").split("\n") if one.strip()]
    return [[cell.strip() for cell in line.split("|")] for line in lines]


def columns(table: Sequence[Sequence[str]]) -> list[Column]:
    samples = [Sample(header, place) for place, header in enumerate(table[0])]
    for row in table[1:]:
        for sample, cell in zip(samples, row, strict=False):
            sample.add(cell)
    return [one.column() for one in samples]


def proposed(table: Sequence[Sequence[str]], zone: str = "UTC", about: str = "") -> Proposal:
    """What Baton takes a table for, without any help. `about` is what its titles say of the day."""
    return propose(table[0], columns(table), table[1:6], zone=zone, about=about)


def read(table: Sequence[Sequence[str]], mapping: Mapping, digest: str = "file") -> Read:
    """All lines below the header."""
    reader = Reader(mapping, digest=digest)
    found = Read(remarks=reader.remarks)
    for number, row in enumerate(table[1:], 2):
        one = reader.read(number, row)
        if isinstance(one, Fact):
            found.facts.append(one)
        elif isinstance(one, Left):
            found.left.append(one)
        else:
            found.rejects.extend(one)
    return found


def taken(text: str, zone: str = "UTC") -> Read:
    """Proposed and read as proposed."""
    table = rows(text)
    return read(table, proposed(table, zone).mapping)


def said(mapping: Mapping) -> str:
    """What each column is for, in one line."""
    return " ".join(f"{one.header}={one.use.role or 'by ' + one.use.label}" for one in mapping.columns if one.use)  # fmt: skip
