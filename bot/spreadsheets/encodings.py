"""How the text of an uploaded file is encoded: by its mark, else UTF-8, else the likeliest code page."""

from codecs import getincrementaldecoder
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from charset_normalizer import from_bytes

from bot.errors import Refused
from bot.spreadsheets.limits import NOT_TEXT

CODE_PAGES = ["cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1256", "cp1257", "cp1258"]
UTF_8_MARK = b"\xef\xbb\xbf"
UTF_16_MARKS = {b"\xff\xfe", b"\xfe\xff"}
UTF_32_MARK = b"\xff\xfe\0\0"
SAMPLE = 200_000  # bytes from which a code page is guessed
STEP = 1_000_000  # bytes
LONGEST_LINE = 2 * STEP
"""Less than this of a file's bytes without the end of a line may be a row: nothing longer is taken into memory."""
CONTROLS = frozenset(map(chr, range(32))) - set("\t\n\v\f\r\x1a\x1b")
GOOD_FOR_ONE_BAD = 20
"""Letters beyond ASCII that are right in UTF-8, for each that is wrong: no other encoding looks so by chance."""


@dataclass(frozen=True, slots=True)
class Text:
    """`is_damaged` if some letters cannot be read in it, and nothing else explains the file better."""

    encoding: str
    has_mark: bool = False
    is_damaged: bool = False

    @property
    def errors(self) -> str:
        return "replace" if self.is_damaged else "strict"


def decode(data: bytes) -> str:
    """A small file, whole. Raises Refused if it is no text."""
    marked = marked_encoding(data)
    try:
        text = data.decode(marked or "utf-8")
    except UnicodeDecodeError as error:
        if marked:
            raise Refused(NOT_TEXT) from error
        text = _strictly(data, code_page(data[:SAMPLE]))
    if "\0" in text:
        raise Refused(NOT_TEXT)
    return text


def marked_encoding(data: bytes) -> str:
    """What the mark at the start says, as Python calls the encoding that leaves the mark out. Empty without one."""
    if data.startswith(UTF_8_MARK):
        return "utf-8-sig"
    return "utf-16" if data[:2] in UTF_16_MARKS and not data.startswith(UTF_32_MARK) else ""


def code_page(data: bytes) -> str:
    """The most likely of the code pages that Excel saves in; the western one if it is as likely as the best."""
    matches = from_bytes(data, cp_isolation=CODE_PAGES)
    best = matches.best()
    if best is None:
        return CODE_PAGES[0]
    alike = [one for one in matches if (one.chaos, one.coherence) == (best.chaos, best.coherence)]
    if any(CODE_PAGES[0] in one.could_be_from_charset for one in alike):
        return CODE_PAGES[0]
    return str(best.encoding)


def survey(path: Path) -> Text:
    """How a large file is encoded. All of it is looked at, a piece at a time.

    Raises Refused if it is no text: bytes that no text has, letters that its encoding does not have, lines that do
    not end.
    """
    with path.open("rb") as file:
        start = file.read(SAMPLE)
        marked = marked_encoding(start)
        _check_readable(start, marked)
        wrong = _first_wrong(file, marked or "utf-8")
        if wrong is None:
            return Text(marked or "utf-8", has_mark=bool(marked))
        file.seek(max(0, wrong - SAMPLE // 2))
        sample = file.read(SAMPLE)
        if marked == "utf-16":
            raise Refused(NOT_TEXT)
        if marked or _is_damaged(sample):
            _first_wrong(file, "utf-8", "replace")
            return Text(marked or "utf-8", has_mark=bool(marked), is_damaged=True)
        page = code_page(
            b"\n".join({line: None for line in sample.split(b"\n") if not line.isascii()})
        )
        if _first_wrong(file, page) is not None:
            raise Refused(NOT_TEXT)
        return Text(page)


def _check_readable(start: bytes, marked: str) -> None:
    text = start.decode(marked or "utf-8", "replace")
    if start.startswith(UTF_32_MARK) or sum(map(text.count, CONTROLS)) > len(text) / STEP * 1_000:
        raise Refused(NOT_TEXT)


def _first_wrong(file: BinaryIO, encoding: str, errors: str = "strict") -> int | None:
    """About where the first byte is that the encoding does not know. Raises Refused for what no text has."""
    decoder = getincrementaldecoder(encoding)(errors)
    file.seek(0)
    place, line, wrong = 0, 0, None
    while piece := file.read(STEP):
        try:
            text = decoder.decode(piece)
        except UnicodeDecodeError as error:
            return place + error.start
        line = 0 if "\n" in text or "\r" in text else line + len(piece)
        if "\0" in text or line >= LONGEST_LINE:
            raise Refused(NOT_TEXT)
        place += len(piece)
    try:
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        wrong = place
    return wrong


def _is_damaged(sample: bytes) -> bool:
    """Whether it is UTF-8 for the most part. The ends of a sample may cut a letter each."""
    text = sample.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = sum(not one.isascii() for one in text) - wrong
    return right >= GOOD_FOR_ONE_BAD * max(1, wrong - 2)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(NOT_TEXT) from error
