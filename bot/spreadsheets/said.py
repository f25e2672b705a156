"""What was found out about a file, and what was skipped in it: values that a view puts in words."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Encoding:
    """It is not UTF-8. `name` is Python's: cp1252, utf-16."""

    name: str


@dataclass(frozen=True, slots=True)
class ByteOrderMark:
    """It begins with a mark that says how it is encoded, which is no part of the first header."""


@dataclass(frozen=True, slots=True)
class Damaged:
    """It is UTF-8, but for some letters that nobody can read any more: each is `\N{REPLACEMENT CHARACTER}` now."""


@dataclass(frozen=True, slots=True)
class Delimiter:
    """What stands between cells, where it is not a comma. `is_told` if the file's own line `sep=` says so."""

    sign: str
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class OtherKind:
    """Its name says one kind and it is another, as which it was read. Both without the dot: csv, xlsx."""

    named: str
    read_as: str


@dataclass(frozen=True, slots=True)
class TitleRows:
    """So many rows that hold something stand above the header."""

    count: int


@dataclass(frozen=True, slots=True)
class OtherSheets:
    """These hold something too, and were not read, unlike the sheet `read`."""

    names: tuple[str, ...]
    read: str = ""


@dataclass(frozen=True, slots=True)
class HiddenSheets:
    """These hold something, are hidden, and were not read."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MergedDown:
    """In these columns cells are merged downwards: what is at the top holds for each of their rows."""

    headers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CellsBeside:
    """So many rows of a sheet hold something right of the last named column, which belongs to none."""

    count: int


@dataclass(frozen=True, slots=True)
class EmptyFormulas:
    """So many formulas have no value, because the program that wrote them did not work them out."""

    count: int


Said = (
    Encoding | ByteOrderMark | Damaged | Delimiter | OtherKind | TitleRows | OtherSheets | HiddenSheets | MergedDown | CellsBeside | EmptyFormulas
)  # fmt: skip
