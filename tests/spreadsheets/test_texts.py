"""Large CSV files as programs save them: every encoding, delimiter and oddity gives the same table, and says so."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.errors import Refused
from bot.spreadsheets.limits import METRICS, Limits
from bot.spreadsheets.said import (
    ByteOrderMark,
    Damaged,
    Delimiter,
    Encoding,
    OtherKind,
    Said,
    TitleRows,
)
from bot.spreadsheets.tables import Table, open_table

CSV = "Agent,Calls,Note\nZoë Ångström,12,the 1st\nBen,7,\n"
HEADERS = ("Agent", "Calls", "Note")
ROWS = [(2, ["Zoë Ångström", "12", "the 1st"]), (3, ["Ben", "7", ""])]
SMALL = Limits(size=100_000, rows=5, columns=4, cell=20)


def table(folder: Path, data: bytes, limits: Limits = METRICS, name: str = "calls.csv") -> Table:
    path = folder / name
    path.write_bytes(data)
    return open_table(path, limits)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (CSV.encode(), []),
        (CSV.encode("utf-8-sig"), [ByteOrderMark()]),
        (CSV.encode("utf-16"), [Encoding("utf-16"), ByteOrderMark()]),
        (b"\xfe\xff" + CSV.encode("utf-16-be"), [Encoding("utf-16"), ByteOrderMark()]),
        (CSV.encode("cp1252"), [Encoding("cp1252")]),
        (CSV.replace(",", ";").encode(), [Delimiter(";")]),
        (CSV.replace(",", "\t").encode(), [Delimiter("\t")]),
        (CSV.replace(",", "|").encode(), [Delimiter("|")]),
        (("sep=;\n" + CSV.replace(",", ";")).encode(), [Delimiter(";", is_told=True)]),
        (('"sep=,"\r\n' + CSV).encode(), [Delimiter(",", is_told=True)]),
        (CSV.replace("\n", "\r\n").encode(), []),
        (CSV.replace("\n", "\r").encode(), []),
        (CSV.replace("Ben", '"Ben"').encode(), []),
        (CSV.replace("Note\n", "Note,,\n").encode(), []),
        (CSV.rstrip("\n").encode(), []),
        ((CSV + "\n , ,\n\n").encode(), []),
    ],
)
def test_the_same_table_however_it_was_saved(
    tmp_path: Path, data: bytes, said: Sequence[Said]
) -> None:
    found = table(tmp_path, data)
    assert (found.headers, found.header_row) == (HEADERS, 1)
    assert list(found.rows()) == ROWS
    assert list(found.said) == said
    assert (found.sheets, found.sheet, found.share) == ((), "", 1.0)


def test_rows_can_be_read_again(tmp_path: Path) -> None:
    found = table(tmp_path, CSV.encode())
    assert list(found.rows()) == list(found.rows()) == ROWS


def test_rows_count_as_in_excel(tmp_path: Path) -> None:
    """A row with a line break inside counts once, a blank one counts too, and the line for Excel does not."""
    data = b'sep=,\nAgent,Note\nAnna,"one\ntwo"\n\nBen,x\n'
    assert list(table(tmp_path, data).rows()) == [(2, ["Anna", "one\ntwo"]), (4, ["Ben", "x"])]


@pytest.mark.parametrize(
    ("people", "page"),
    [
        ("Анна Иванова, Борис Петров, Оксана Шевченко", "cp1251"),
        ("Łukasz Żółć, Paweł Dąbrowski, Grażyna Wójcik, Stanisław Zieliński, Michał Kamiński", "cp1250"),
        ("Γιώργος Παπαδόπουλος, Ελένη Νικολάου, Κώστας Δημητρίου", "cp1253"),
    ],
)  # fmt: skip
def test_the_code_page_is_found_far_into_the_file(tmp_path: Path, people: str, page: str) -> None:
    """The first 300,000 bytes say nothing about it."""
    names = people.split(", ")
    data = "Agent,Calls\n" + "Ben,7\n" * 50_000 + "".join(f"{one},3\n" for one in names) * 5
    found = table(tmp_path, data.encode(page))
    assert list(found.said) == [Encoding(page)]
    assert [cells for _number, cells in found.rows()][-1] == [names[-1], "3"]


def test_a_letter_that_no_code_page_has_is_refused(tmp_path: Path) -> None:
    data = b"Agent,Calls\nJos\xe9,1\n" + b"Ben,7\n" * 300_000 + b"\x81\x8d\x8f\x90\x9d,2\n"
    with pytest.raises(Refused, match="neither a workbook nor text"):
        table(tmp_path, data)


def test_a_broken_letter_in_utf_8_costs_that_letter_alone(tmp_path: Path) -> None:
    data = CSV.encode() + "Ζωή,5,\n".encode() * 10 + b"J\xc3,1,\n" + "Ζωή,5,\n".encode() * 10
    found = table(tmp_path, data)
    assert list(found.said) == [Damaged()]
    assert (14, ["J�", "1", ""]) in list(found.rows())


def test_the_delimiter_is_what_most_rows_agree_on(tmp_path: Path) -> None:
    """Not what the title has most of, nor the decimal comma."""
    data = b"Calls, waits, talks, and more\n\nAgent;Wait;Talk\nAnna;1,5;2,5\nBen;3,5;4,25\n"
    found = table(tmp_path, data)
    assert list(found.said) == [Delimiter(";"), TitleRows(1)]
    assert next(found.rows()) == (4, ["Anna", "1,5", "2,5"])


def test_texts_that_were_wrapped_for_excel_are_unwrapped(tmp_path: Path) -> None:
    """Whether or not the program has quoted the formula, which holds a text and nothing to work out."""
    found = table(tmp_path, b'Ticket,Note\n="00123","=""a """"b"""""""\n=1+1,="\n')
    assert [cells for _number, cells in found.rows()] == [["00123", 'a "b"'], ["=1+1", '="']]


@pytest.mark.parametrize("line", ['sep="', "sep=", "sep=;;", "sep=;x"])
def test_a_line_that_tells_no_delimiter_is_a_title(tmp_path: Path, line: str) -> None:
    found = table(tmp_path, f"{line}\nAgent,Calls\nBen,7\n".encode())
    assert list(found.rows()) == [(3, ["Ben", "7"])]


def test_a_row_with_more_cells_keeps_them_for_the_reader_to_refuse(tmp_path: Path) -> None:
    found = table(tmp_path, b"Agent,Note\nAnna,well, then\nBen\nCara,x,,\n")
    assert list(found.rows()) == [
        (2, ["Anna", "well", " then"]),
        (3, ["Ben", ""]),
        (4, ["Cara", "x"]),
    ]


@pytest.mark.parametrize("name", ["calls.xlsx", "calls.xls", "calls.txt", "calls"])
def test_a_csv_is_read_whatever_its_name(tmp_path: Path, name: str) -> None:
    found = table(tmp_path, CSV.encode(), name=name)
    ending = name.partition(".")[2]
    is_odd = ending.startswith("xls")
    assert list(found.said) == ([OtherKind(ending, "csv")] if is_odd else [])
    assert list(found.rows()) == ROWS


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "empty"),
        (b"\n\n , ,\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"Agent,Calls\nA\0nna,1\n", "neither a workbook nor text"),
        (bytes(range(1, 256)) * 20, "neither a workbook nor text"),
        ("Agent,Calls\n".encode("utf-16-le"), "neither a workbook nor text"),
        ("Agent,Calls\n".encode("utf-32"), "neither a workbook nor text"),
        (b"\xff\xfeA", "neither a workbook nor text"),
        (b"a" * 100_001, "larger than 0 MB"),
        (b"Agent,Calls\n" + b"Anna,1\n" * 6, "more than 5 rows"),
        (b"A,B,C,D,E\n1,2,3,4,5\n", "Row 1 has more than 4 columns"),
        (b"A,B\nx,y\n1,2,3,4,5\n", "Row 3 has more than 4 columns"),
        (b"Agent,Note\nAnna," + b"x" * 21, "Row 2, column 2: the text is longer than 20"),
        (b'Agent,Note\nAnna,x\nBen,"never\nCara,1\n', "Row 3 has a quotation mark"),
        (b'Agent,Note\nAnna,"x', "Row 2 has a quotation mark"),
        (b"Anna,2026-03-02,12\nBen,2026-03-02,7\n", "row 1 already holds numbers"),
        (b"\n\n12;7\n3;4\n", "row 3 already holds numbers"),
    ],
)
def test_what_is_too_much_or_nothing_is_refused(
    tmp_path: Path, data: bytes, complaint: str
) -> None:
    with pytest.raises(Refused, match=complaint):
        list(table(tmp_path, data, SMALL).rows())


def test_a_quotation_mark_that_swallows_much_is_refused(tmp_path: Path) -> None:
    data = b'Agent,Note\nAnna,x\nBen,"never\n' + b"Cara,1\n" * 30_000
    with pytest.raises(Refused, match="Row 3 has a quotation mark"):
        list(table(tmp_path, data).rows())


def test_a_line_that_never_ends_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="neither a workbook nor text"):
        table(tmp_path, b"Agent,Calls\n" + b"," * 4_000_000)
