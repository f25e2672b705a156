"""CSV and XLSX as people save them, and as somebody would who means harm."""

import struct
import zipfile
from datetime import date
from io import BytesIO

import pytest

from bot.errors import Refused
from bot.spreadsheets import Limits, read
from tests.spreadsheets.made import SHEET, sheet_xml, with_part, workbook

ROWS = [["team", "person", "role"], ["Billing", "Zoë Ångström", "lead"]]
CSV = "team,person,role\nBilling,Zoë Ångström,lead\n"
SMALL = Limits(size=100_000, unpacked=1_000_000, rows=10, columns=5, cell=20)


@pytest.mark.parametrize(
    "data",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("utf-16"),
        b"\xfe\xff" + CSV.encode("utf-16-be"),
        CSV.encode("cp1252"),
        CSV.replace(",", ";").encode(),
        CSV.replace(",", "\t").encode(),
        CSV.replace("\n", "\r\n").encode(),
        CSV.replace("\n", "\r").encode(),
        CSV.replace("Billing", '" Billing "').encode(),
        CSV.replace(",lead", ",lead,,,").encode() + b",,,\n\n",
    ],
)
def test_csv_is_read_however_it_was_saved(data: bytes) -> None:
    assert read(data) == ROWS


@pytest.mark.parametrize(
    ("person", "encoding"),
    [
        ("Анна Иванова", "cp1251"),
        ("Łukasz Żółć", "cp1250"),
        ("Γιώργος Παπαδόπουλος, που είναι στην ομάδα της Αθήνας", "cp1253"),
        ("Jürgen Müller", "cp1252"),
        ("José", "cp1252"),
    ],
)
def test_the_code_page_of_an_old_excel_is_found(person: str, encoding: str) -> None:
    data = f"team;person;role\nSupport;{person};lead\n".encode(encoding)
    assert read(data)[1] == ["Support", person, "lead"]


def test_excels_own_line_about_the_delimiter_keeps_its_row() -> None:
    assert read(b"sep=;\nteam;person\nBilling, the;bob\n") == [
        [],
        ["team", "person"],
        ["Billing, the", "bob"],
    ]


def test_a_delimiter_inside_quotes_is_not_counted() -> None:
    assert read(b'"a,b,c,d";x\n1;2\n') == [["a,b,c,d", "x"], ["1", "2"]]


def test_empty_rows_keep_their_place() -> None:
    assert read(b"a\n\n\nb\n\n\n") == [["a"], [], [], ["b"]]


def test_a_workbook_is_read_with_cells_as_people_type_them() -> None:
    data = workbook(["team", "n", "day"], [], ["Billing", 7.0, date(2026, 3, 2)], [None, 1.5, True])
    assert read(data) == [
        ["team", "n", "day"],
        [],
        ["Billing", "7", "2026-03-02"],
        ["", "1.5", "TRUE"],
    ]


@pytest.mark.parametrize(
    ("data", "complaint"),
    [
        (b"", "empty"),
        (b"\n\n , ,\n", "empty"),
        (b"a\0b,c\n", "neither a workbook nor text"),
        (b"a" * 100_001, "larger than 0 MB"),
        (b"a\n" * 11, "more than 10 rows"),
        (b"1,2,3,4,5,6\n", "Row 1 has more than 5 columns"),
        (b"a,b\nc," + b"x" * 21, "Row 2, column 2"),
        (b'a,b\n"never closed ' + b"x" * 50, "Row 2, column 1"),
        (b"\xff\xfea", "neither"),
        (b"PK\x03\x04 not really", "not a workbook"),
        (workbook([1] * 6), "Row 1 has more than 5 columns"),
        (workbook(["x" * 21]), "Row 1, column 1"),
        (workbook(*([[1]] * 11)), "far more than one list"),
    ],
)
def test_what_is_too_much_or_nothing_is_refused(data: bytes, complaint: str) -> None:
    with pytest.raises(Refused, match=complaint):
        read(data, SMALL)


def test_an_archive_that_is_no_workbook_is_refused() -> None:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("letter.txt", "hello")
    with pytest.raises(Refused, match="not a workbook"):
        read(data.getvalue())


def test_a_small_archive_that_unpacks_to_much_is_refused() -> None:
    data = with_part(workbook(["a"]), "xl/media/zeros", bytes(2_000_000))
    assert len(data) < SMALL.size
    with pytest.raises(Refused, match="far more than one list"):
        read(data, SMALL)


def test_an_archive_that_lies_about_its_size_is_refused() -> None:
    data = with_part(workbook(["a"]), "xl/media/zeros", bytes(2_000_000))
    lying = data.replace(struct.pack("<L", 2_000_000), struct.pack("<L", 10))
    with pytest.raises(Refused):
        read(lying, SMALL)


@pytest.mark.parametrize(
    "body",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1"><v>1</v></c></row>',
        "<row r = '9999999'><c><v>1</v></c></row>",
        "<row>" + "<c/>" * 5_000 + "</row>",
        "<row/>" * 5_000,
        "<c/>" * 5_000,
    ],
)
def test_cells_that_are_far_away_or_many_are_refused(body: str) -> None:
    with pytest.raises(Refused):
        read(with_part(workbook(["a"]), SHEET, sheet_xml(body)), SMALL)


def test_one_long_text_in_very_many_cells_is_refused() -> None:
    row = "<row>" + '<c t="s"><v>0</v></c>' * 40 + "</row>"
    cells = row * 1_000
    data = with_part(workbook(["a"]), SHEET, sheet_xml(cells))
    long = f"<sst><si><t>{'x' * 30_000}</t></si></sst>".encode()
    with pytest.raises(Refused, match="far more than one list"):
        read(with_part(data, "xl/sharedStrings.xml", long))


@pytest.mark.parametrize("trick", [b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"\xff\xfe<\0"])
def test_markup_that_hides_something_is_refused(trick: bytes) -> None:
    with pytest.raises(Refused, match="not a workbook"):
        read(with_part(workbook(["a"]), SHEET, trick + sheet_xml("")))


def test_a_workbook_with_a_password_is_refused() -> None:
    encrypted = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)  # how such a file begins
    with pytest.raises(Refused, match="neither a workbook nor text"):
        read(encrypted)
