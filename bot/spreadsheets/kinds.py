"""What an uploaded file is, whatever its name says: by how it begins, and for archives by what is in it."""

import re
import zipfile
from enum import StrEnum
from pathlib import Path

from bot.errors import Refused
from bot.spreadsheets.encodings import marked_encoding
from bot.spreadsheets.limits import NO_ROWS, NOT_A_WORKBOOK, NOT_TEXT
from bot.spreadsheets.measuring import BROKEN
from bot.text import _

OLD_WORKBOOK = _(
    "This is an old Excel workbook (.xls). Please open it and save it as .xlsx or .csv."
)
LOCKED = _("This workbook is protected by a password. Please save a copy without one.")
BINARY_WORKBOOK = _(
    "This is a binary Excel workbook (.xlsb). Please open it and save it as .xlsx or .csv."
)
NUMBERS = _("This is an Apple Numbers file. Please open it and export it as .xlsx or .csv.")
OTHER_DOCUMENT = _(
    "This is a document without a table that Baton can read. Please send the table as .xlsx or .csv."
)
PACKED = _("This file is packed. Please unpack it, and send the .xlsx or .csv that is inside.")
PDF = _("This is a PDF, which only shows a table. Please export the table itself as .xlsx or .csv.")
WEB_PAGE = _(
    "This is a web page, whatever its name says. Please open it in Excel and save it as .xlsx or .csv."
)
MARKUP = _("This is an XML file. Please open it in Excel and save it as .xlsx or .csv.")
JSON = _("This is a JSON file. Please export the table as .xlsx or .csv.")

START = 4_096  # bytes that tell a kind
BEGINNINGS = {
    b"%PDF": PDF,
    b"\x1f\x8b": PACKED,
    b"7z\xbc\xaf\x27\x1c": PACKED,
    b"Rar!": PACKED,
    b"BZh": PACKED,
    b"\xfd7zXZ": PACKED,
    b"\x28\xb5\x2f\xfd": PACKED,
    b"{\\rtf": OTHER_DOCUMENT,
    b"\x89PNG": NOT_TEXT,
    b"\xff\xd8\xff": NOT_TEXT,
    b"GIF8": NOT_TEXT,
    b"PAR1": NOT_TEXT,
    b"SQLite format 3": NOT_TEXT,
    b"\x09\x08\x10\0\0\x06": OLD_WORKBOOK,
}
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Old Office files begin so, and so do new ones with a password."""
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
ARCHIVES = (b"PK\x03\x04", b"PK\x05\x06")
PAGE = re.compile(r"\s*<(?:!doctype html|html|head|body|table|style|meta|div)\b", re.IGNORECASE)
OBJECTS = re.compile(r'\s*(?:\{\s*"|\[\s*[\[{])')
BOOK = "xl/workbook.xml"
OPEN_CONTENT = "content.xml"
OPEN_SHEET = b"opendocument.spreadsheet"
"""In the part `mimetype`, without which it is a text or a drawing."""
IN_ARCHIVES = {
    "xl/workbook.bin": BINARY_WORKBOOK,
    "Index/Document.iwa": NUMBERS,
    "word/document.xml": OTHER_DOCUMENT,
    "ppt/presentation.xml": OTHER_DOCUMENT,
}


class Kind(StrEnum):
    """What is read. The values are how such files end."""

    TEXT = "csv"
    BOOK = "xlsx"
    OLD = "xls"
    OPEN = "ods"


def find_kind(path: Path) -> Kind:
    """Raises Refused for anything that is not read, in a sentence that says what it is and what to do."""
    with path.open("rb") as file:
        start = file.read(START)
    if not start:
        raise Refused(NO_ROWS)
    if start.startswith(ARCHIVES):
        return _kind_of_archive(path)
    if start.startswith(COMPOUND):
        if _holds(path, ENCRYPTED):
            raise Refused(LOCKED)
        return Kind.OLD
    for beginning, message in BEGINNINGS.items():
        if start.startswith(beginning):
            raise Refused(message)
    text = start.decode(marked_encoding(start) or "utf-8", "replace")
    if PAGE.match(text):
        raise Refused(WEB_PAGE)
    if text.lstrip().startswith("<?xml"):
        raise Refused(WEB_PAGE if "<html" in text.lower() else MARKUP)
    if OBJECTS.match(text):
        raise Refused(JSON)
    return Kind.TEXT


def _kind_of_archive(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            is_sheet = OPEN_CONTENT in names and OPEN_SHEET in _mimetype(archive)
    except BROKEN as error:
        raise Refused(NOT_A_WORKBOOK) from error
    if BOOK in {one.lower() for one in names}:
        return Kind.BOOK
    if is_sheet:
        return Kind.OPEN
    if OPEN_CONTENT in names:
        raise Refused(OTHER_DOCUMENT)
    raise Refused(next((said for name, said in IN_ARCHIVES.items() if name in names), PACKED))


def _mimetype(archive: zipfile.ZipFile) -> bytes:
    if "mimetype" not in archive.namelist():
        return b""
    with archive.open("mimetype") as file:
        return file.read(START)


def _holds(path: Path, words: bytes) -> bool:
    """Whether it is near the start or near the end, where such a file lists what it has."""
    with path.open("rb") as file:
        if words in file.read(1_000_000):
            return True
        size = path.stat().st_size
        file.seek(max(0, size - 1_000_000))
        return words in file.read()
