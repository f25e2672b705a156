"""What is no table is refused in a sentence that says what it is, whatever its name says."""

import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from bot.errors import Refused
from bot.spreadsheets.limits import METRICS
from bot.spreadsheets.tables import open_table
from tests.spreadsheets.made import workbook

COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def archive(**parts: bytes) -> bytes:
    data = BytesIO()
    with zipfile.ZipFile(data, "w") as made:
        for name, content in parts.items():
            made.writestr(name.replace("__", "/").replace("_", "."), content)
    return data.getvalue()


@pytest.mark.parametrize(
    ("name", "data", "complaint"),
    [
        ("calls.xls", COMPOUND + bytes(600), "not a workbook"),
        ("calls.xls", b"\x09\x08\x10\0\0\x06\x05\0" + bytes(600), "old Excel workbook"),
        ("calls.xlsx", COMPOUND + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        ("calls.xlsb", archive(xl__workbook_bin=b"x"), "binary Excel workbook"),
        ("calls.ods", archive(mimetype=b"x", content_xml=b"x"), "document without a table"),
        ("calls.numbers", archive(Index__Document_iwa=b"x"), "Apple Numbers"),
        ("calls.xlsx", archive(word__document_xml=b"x"), "document without a table"),
        ("calls.rtf", b"{\\rtf1 hello}", "document without a table"),
        ("calls.zip", archive(calls_csv=b"Agent,Calls\n"), "is packed"),
        ("calls.xlsx", archive(calls_xlsx=workbook(["Agent"])), "is packed"),
        ("calls.xlsx", archive(), "is packed"),
        ("calls.csv.gz", b"\x1f\x8b\x08\0rest", "is packed"),
        ("calls.7z", b"7z\xbc\xaf\x27\x1crest", "is packed"),
        ("calls.csv", b"%PDF-1.7\n", "PDF"),
        ("calls.xls", b"\n <HTML><table><tr><td>1", "web page"),
        ("calls.xls", b"\xef\xbb\xbf<table border=1>", "web page"),
        ("calls.xls", "<html><table>".encode("utf-16"), "web page"),
        ("calls.xls", b'<?xml version="1.0"?>\n<!DOCTYPE html><html>', "web page"),
        ("calls.xls", b'<?xml version="1.0"?><Workbook xmlns="urn:x">', "XML file"),
        ("calls.csv", b'{"agent": "Anna"}', "JSON"),
        ("calls.csv", b'[{"agent": "Anna"}]', "JSON"),
        ("calls.csv", b"\x89PNG\r\n\x1a\n\0\0", "neither a workbook nor text"),
        ("calls.xlsx", b"PK\x03\x04 not really", "not a workbook"),
        ("calls.xlsx", workbook(["Agent"])[:-30], "not a workbook"),
    ],
)  # fmt: skip
def test_it_is_called_what_it_is(tmp_path: Path, name: str, data: bytes, complaint: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(Refused, match=complaint) as refused:
        open_table(path, METRICS)
    assert refused.value.message.endswith(".")
