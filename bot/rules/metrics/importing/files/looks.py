"""What was found in a file before any of it counts: its columns, its first lines, and what had to be skipped."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.rules.metrics.importing.cells.durations import Unit
from bot.rules.metrics.importing.cells.moments import Order
from bot.rules.metrics.importing.cells.numbers import DecimalSign
from bot.rules.metrics.importing.cells.periods import last_day_in
from bot.rules.metrics.importing.recognising.columns import Column, Doubt, Kind, Style
from bot.rules.metrics.importing.recognising.headers import signature
from bot.spreadsheets import said
from bot.spreadsheets.said import Said

FIRST_LINES = 5
CELLS_KEPT, LONGEST_KEPT = 20, 10
"""Of the different cells of a column so many are kept to show how they read, and so many of the longest."""
LONGEST_CELL = 100
Row = tuple[int, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Look:
    """`lines` are all below the header. `rows` are the first of them, by their number in the file. `is_plain`: the columns
    say what each line is. `about` is the day of ISO that its titles or its name speak of, or empty; `strange` the
    headers of percentages that are of another count than those beside them.

    What is kept of a file until somebody decides is little: a few cells of each column.
    """

    headers: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    lines: int
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    said: tuple[Said, ...] = ()
    is_plain: bool = True
    about: str = ""
    strange: tuple[str, ...] = ()

    @property
    def signature(self) -> str:
        """By what the mapping of such a file is remembered."""
        return signature(self.headers)

    def named(self, file_name: str) -> "Look":
        """What its name says of the day, if its titles say nothing. The file itself lies under another name while it is read."""
        day = None if self.about else last_day_in([file_name])
        return replace(self, about=day.isoformat()) if day else self

    @property
    def cells(self) -> list[list[str]]:
        return [list(cells) for _number, cells in self.rows]

    def cut(self) -> "Look":
        """As little of the cells as is needed later on."""
        rows = tuple((number, tuple(map(_cut, cells))) for number, cells in self.rows)
        return replace(self, columns=tuple(map(_cut_column, self.columns)), rows=rows)

    def packed(self) -> dict[str, Any]:
        return {
            "headers": list(self.headers),
            "columns": [_pack(one) for one in self.columns],
            "rows": [[number, list(cells)] for number, cells in self.rows],
            "lines": self.lines,
            "sheet": self.sheet,
            "sheets": list(self.sheets),
            "is_plain": self.is_plain,
            "about": self.about,
            "strange": list(self.strange),
            "said": [[type(one).__name__, asdict(one)] for one in self.said],
        }

    @classmethod
    def unpack(cls, packed: Mapping[str, Any]) -> "Look":
        return cls(
            tuple(packed["headers"]),
            tuple(_unpack(one) for one in packed["columns"]),
            tuple((number, tuple(cells)) for number, cells in packed["rows"]),
            packed["lines"],
            packed["sheet"],
            tuple(packed["sheets"]),
            tuple(_said(name, values) for name, values in packed["said"]),
            packed["is_plain"],
            packed.get("about", ""),
            tuple(packed.get("strange", ())),
        )


def _cut(cell: str) -> str:
    return cell[:LONGEST_CELL]


def _cut_column(column: Column) -> Column:
    held = [one for one in column.cells if len(one) <= LONGEST_CELL]
    longest = sorted(held[CELLS_KEPT:], key=len, reverse=True)[:LONGEST_KEPT]
    kept = tuple(dict.fromkeys([*held[:CELLS_KEPT], *longest]))
    return replace(column, examples=tuple(map(_cut, column.examples)), cells=kept)


def _pack(column: Column) -> dict[str, Any]:
    style = column.style
    return {
        "header": column.header,
        "place": column.place,
        "kind": column.kind.value,
        "kinds": sorted(column.kinds),
        "nearly": sorted(column.nearly),
        "style": [
            style.sign,
            style.order,
            style.unit,
            style.is_days,
            style.is_utc,
            style.top,
            style.fills,
            style.digits,
        ],
        "doubts": sorted(column.doubts),
        "filled": column.filled,
        "different": column.different,
        "examples": list(column.examples),
        "cells": list(column.cells),
    }


def _unpack(packed: Mapping[str, Any]) -> Column:
    sign, order, unit, *rest = packed["style"]
    return Column(
        header=packed["header"],
        place=packed["place"],
        kind=Kind(packed["kind"]),
        kinds=frozenset(map(Kind, packed["kinds"])),
        nearly=frozenset(map(Kind, packed["nearly"])),
        style=Style(DecimalSign(sign), Order(order), Unit(unit), *rest),
        doubts=frozenset(map(Doubt, packed["doubts"])),
        filled=packed["filled"],
        different=packed["different"],
        examples=tuple(packed["examples"]),
        cells=tuple(packed["cells"]),
    )


def _said(name: str, values: Mapping[str, Any]) -> Said:
    kind = getattr(said, name)
    lists = {key: tuple(one) if isinstance(one, Sequence) and not isinstance(one, str) else one for key, one in values.items()}  # fmt: skip
    found: Said = kind(**lists)
    return found
