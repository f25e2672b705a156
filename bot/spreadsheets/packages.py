"""What is inside a large .xlsx: its sheets in their order, and where their parts are. Nothing is unpacked that is not needed."""

import posixpath
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

from bot.errors import Refused
from bot.spreadsheets.kinds import BOOK
from bot.spreadsheets.limits import NOT_A_WORKBOOK, TOO_MUCH_INSIDE, Limits
from bot.spreadsheets.measuring import BROKEN, PARTS, check_plain

LISTS = 10_000_000  # bytes: what names the sheets and the parts
SHARED = 400_000_000  # bytes: all texts that cells share
LARGE = 10_000_000  # bytes: smaller parts may be packed as well as they like


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    part: str
    is_hidden: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """`styles` and `strings` are names of parts, empty without any."""

    sheets: tuple[Sheet, ...]
    styles: str
    strings: str
    counts_from_1904: bool


class Package:
    """An open .xlsx. What is read of it is as large as it said, or refused."""

    def __init__(self, archive: zipfile.ZipFile, limits: Limits) -> None:
        self._archive, self._limits = archive, limits
        self._parts = {one.filename.lower(): one for one in archive.infolist()}
        if len(self._parts) > PARTS + limits.sheets:
            raise Refused(TOO_MUCH_INSIDE)

    def contents(self) -> Contents:
        """Raises Refused for a workbook without sheets, or with too many."""
        book = _parsed(self.read(BOOK, LISTS))
        links = _parsed(self.read("xl/_rels/workbook.xml.rels", LISTS))
        kinds = {one.get("Id", ""): _last(one.get("Type", "")) for one in links}
        parts = {one.get("Id", ""): _resolved(one.get("Target", "")) for one in links}
        by_kind = {kind: parts[link] for link, kind in kinds.items()}
        sheets = [
            Sheet(one.get("name", ""), parts[link], one.get("state", "visible") != "visible")
            for one in book.iter()
            if _local(one.tag) == "sheet" and kinds.get(link := _link(one)) == "worksheet"
        ]
        if not sheets:
            raise Refused(NOT_A_WORKBOOK)
        if len(sheets) > self._limits.sheets:
            raise Refused(TOO_MUCH_INSIDE)
        said = [one.get("date1904", "0") for one in book if _local(one.tag) == "workbookPr"]
        return Contents(
            tuple(sheets),
            by_kind.get("styles", ""),
            by_kind.get("sharedStrings", ""),
            counts_from_1904=bool({"1", "true"} & set(said)),
        )

    def read(self, part: str, most: int) -> bytes:
        """A part that is needed whole, and plain."""
        if self.size(part) > most:
            raise Refused(TOO_MUCH_INSIDE)
        with self.open(part) as file:
            content = file.read()
        check_plain(content)
        return content

    @contextmanager
    def open(self, part: str) -> Iterator[IO[bytes]]:
        """It gives no more bytes than `size` says: an archive that lies about it breaks while it is read."""
        self.size(part)
        with self._archive.open(self._parts[part.lower()]) as file:
            yield file

    def size(self, part: str) -> int:
        """Bytes when unpacked. Raises Refused if that is too much, or too much for what it is in the archive."""
        entry = self._parts.get(part.lower())
        if entry is None:
            raise Refused(NOT_A_WORKBOOK)
        is_blown_up = entry.file_size > max(LARGE, entry.compress_size * self._limits.ratio)
        if entry.file_size > self._limits.unpacked or is_blown_up:
            raise Refused(TOO_MUCH_INSIDE)
        return entry.file_size


@contextmanager
def opened(path: Path, limits: Limits) -> Iterator[Package]:
    """Raises Refused for whatever is wrong with the archive, now or while it is read."""
    try:
        with zipfile.ZipFile(path) as archive:
            yield Package(archive, limits)
    except BROKEN as error:
        raise Refused(NOT_A_WORKBOOK) from error


def _parsed(content: bytes) -> ET.Element:
    """Of a part that `read` has given, and which so declares nothing that could grow."""
    try:
        return ET.fromstring(content)  # noqa: S314 - see above
    except (ET.ParseError, LookupError) as error:
        raise Refused(NOT_A_WORKBOOK) from error


def _link(sheet: ET.Element) -> str:
    return next((value for name, value in sheet.items() if name.endswith("}id")), "")


def _local(tag: object) -> str:
    return str(tag).rpartition("}")[2]


def _last(kind: str) -> str:
    return kind.rpartition("/")[2]


def _resolved(target: str) -> str:
    """The part's name, of a link that is written in `xl/workbook.xml`."""
    return posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
