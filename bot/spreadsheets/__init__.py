"""Uploaded CSV and XLSX files become rows of text, under limits: a file is hostile until it has been read.

What calamine opens is a copy that holds exactly what was measured, so that no archive can be small when it is looked
at and large when it is read.
"""

import csv
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO

from charset_normalizer import from_bytes
from python_calamine import CalamineError, CalamineWorkbook

from bot.errors import Refused
from bot.text import _

Rows = list[list[str]]


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is read: bytes as uploaded, bytes when unpacked, rows, columns, characters in a cell."""

    size: int = 5_000_000
    unpacked: int = 50_000_000
    rows: int = 20_000
    columns: int = 50
    cell: int = 1_000


ROSTER = Limits()
DELIMITERS = ",;\t|"
CODE_PAGES = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1256", "cp1257", "cp1258"]
PARTS = 500  # files inside an .xlsx; ordinary ones have about a dozen
MOST_SHARED = 400_000_000  # bytes: the longest shared text, if every cell had it
SPARE = 2  # formats may reach beyond the columns that hold something
UTF_16 = {b"\xff\xfe", b"\xfe\xff"}
BROKEN = (
    zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError,
)  # fmt: skip
CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
ROW = re.compile(rb"<(?:\w+:)?row[\s>/]")
REFERENCE = re.compile(rb"""\br\s*=\s*["']\s*\$?([A-Za-z]*)\$?(\d*)""")
SHARED = re.compile(rb"<(?:\w+:)?si\b")

TOO_LARGE = _("This file is larger than {limit} MB. Please split it.")
TOO_MUCH_INSIDE = _(
    "This workbook holds far more than one list. Please copy the list alone into a new workbook."
)
NOT_A_WORKBOOK = _(
    "This file is not a workbook that Baton can read. Please save it as .xlsx or .csv."
)
NOT_TEXT = _("This file is neither a workbook nor text. Please save it as .xlsx or .csv.")
TOO_MANY_ROWS = _("This file has more than {limit} rows. Please split it.")
TOO_MANY_COLUMNS = _("Row {row} has more than {limit} columns.")
CELL_TOO_LONG = _("Row {row}, column {column}: the text is longer than {limit} characters.")
NO_ROWS = _("This file is empty.")


def read(data: bytes, limits: Limits = ROSTER) -> Rows:
    """The first sheet, or the CSV, as rows of stripped text; the first row is row 1, and empty rows keep their place.

    Raises Refused with a sentence that says what is wrong and where.
    """
    if len(data) > limits.size:
        raise Refused(TOO_LARGE, limit=limits.size // 1_000_000)
    is_archive = data.startswith(b"PK\x03\x04")
    rows = _read_workbook(data, limits) if is_archive else _read_text(data, limits)
    while rows and not any(rows[-1]):
        rows.pop()
    if not rows:
        raise Refused(NO_ROWS)
    return rows


def _checked(rows: Iterable[Iterable[object]], limits: Limits) -> Rows:
    found: Rows = []
    for number, row in enumerate(rows, start=1):
        if number > limits.rows:
            raise Refused(TOO_MANY_ROWS, limit=limits.rows)
        cells = [_as_text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if len(cells) > limits.columns:
            raise Refused(TOO_MANY_COLUMNS, row=number, limit=limits.columns)
        for column, cell in enumerate(cells, start=1):
            if len(cell) > limits.cell:
                raise Refused(CELL_TOO_LONG, row=number, column=column, limit=limits.cell)
        found.append(cells)
    return found


def _as_text(cell: object) -> str:
    """A cell as somebody would type it: whole numbers without a fraction, dates as ISO."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return " ".join(str(cell).replace("\u200b", "").split()) if cell is not None else ""


# text


def _read_text(data: bytes, limits: Limits) -> Rows:
    text = _decode(data)
    first, _newline, rest = text.partition("\n")
    told = re.fullmatch(r'"?sep=(.)"?\s*', first)  # a line that Excel writes to tell itself
    if told:
        text = "\n" + rest  # its row number stays
    delimiter = told.group(1) if told else _delimiter(text)
    try:
        return _checked(csv.reader(StringIO(text, newline=""), delimiter=delimiter), limits)
    except csv.Error as error:
        raise Refused(NOT_TEXT) from error


def _decode(data: bytes) -> str:
    if data.startswith(b"\xef\xbb\xbf"):
        return _strictly(data, "utf-8-sig")
    if data[:2] in UTF_16:
        return _strictly(data, "utf-16")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _strictly(data, _code_page(data[:200_000]))
    if "\0" in text:
        raise Refused(NOT_TEXT)
    return text


def _code_page(data: bytes) -> str:
    """The most likely of the code pages that Excel saves in; the western one if it is as likely as the best."""
    matches = from_bytes(data, cp_isolation=CODE_PAGES)
    best = matches.best()
    if best is None:
        return CODE_PAGES[0]
    alike = [one for one in matches if (one.chaos, one.coherence) == (best.chaos, best.coherence)]
    if any(CODE_PAGES[0] in one.could_be_from_charset for one in alike):
        return CODE_PAGES[0]
    return str(best.encoding)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(NOT_TEXT) from error


def _delimiter(text: str) -> str:
    """What splits the first line that says anything into most cells."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(DELIMITERS, key=bare.count)


# workbooks


def _read_workbook(data: bytes, limits: Limits) -> Rows:
    measured = _measured(data, limits)
    try:
        workbook = CalamineWorkbook.from_filelike(measured)
        sheet = workbook.get_sheet_by_index(0)
        return _checked(sheet.to_python(skip_empty_area=False), limits)
    except (CalamineError, IndexError, ValueError) as error:
        raise Refused(NOT_A_WORKBOOK) from error


def _measured(data: bytes, limits: Limits) -> BytesIO:
    """The archive again, unpacked under limits and stored as it is, once nothing in it can grow while it is read."""
    copy = BytesIO()
    left, cells, longest = limits.unpacked, 0, 0
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(copy, "w") as stored:
            if len(archive.infolist()) > PARTS or "xl/workbook.xml" not in archive.namelist():
                raise Refused(NOT_A_WORKBOOK)
            for part in {one.filename: one for one in archive.infolist()}.values():
                with archive.open(part) as file:
                    content = file.read(left + 1)
                left -= len(content)
                if left < 0:
                    raise Refused(TOO_MUCH_INSIDE)
                cells = max(cells, _count_cells(content, limits))
                longest = max(longest, _longest_shared(content))
                stored.writestr(part.filename, content)
    except BROKEN as error:
        raise Refused(NOT_A_WORKBOOK) from error
    if cells * longest > MOST_SHARED:
        raise Refused(TOO_MUCH_INSIDE)
    copy.seek(0)
    return copy


def _count_cells(content: bytes, limits: Limits) -> int:
    """How many cells a part has. Raises Refused for what would grow when read: cells far away, and hidden markup."""
    if content[:2] in UTF_16 or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Refused(NOT_A_WORKBOOK)
    rows = ROW.split(content)
    in_rows = [len(CELL.findall(row)) for row in rows]
    widest = max(in_rows[1:], default=0)
    if len(rows) - 1 > limits.rows or widest > limits.columns * SPARE or in_rows[0] > PARTS:
        raise Refused(TOO_MUCH_INSIDE)
    for row, column in _places(content):
        if row > limits.rows:
            raise Refused(TOO_MANY_ROWS, limit=limits.rows)
        if column > limits.columns * SPARE:
            raise Refused(TOO_MANY_COLUMNS, row=row, limit=limits.columns)
    return sum(in_rows)


def _places(content: bytes) -> Iterator[tuple[int, int]]:
    """Row and column of every cell and every row that says where it is."""
    for start in (CELL, ROW):
        for element in start.finditer(content):
            tag = content[element.start() : element.start() + 500].partition(b">")[0]
            place = REFERENCE.search(tag)
            if place:
                yield int(place.group(2)[:9] or b"0"), _column(place.group(1))


def _column(letters: bytes) -> int:
    found = 0
    for letter in letters.upper()[:6]:
        found = found * 26 + letter - ord("A") + 1
    return found


def _longest_shared(content: bytes) -> int:
    """Bytes of the longest text that cells may share, its markup included."""
    return max(map(len, SHARED.split(content))) if SHARED.search(content) else 0
