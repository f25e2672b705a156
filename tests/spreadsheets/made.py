"""Workbooks as libraries write them, and with parts that no library would write."""

import zipfile
from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook
from xlsxwriter import Workbook as SharingWorkbook

TEXTS_STAY_TEXTS = {"strings_to_formulas": False, "strings_to_urls": False}


def workbook(*rows: Sequence[object]) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    data = BytesIO()
    book.save(data)
    return data.getvalue()


def sharing_workbook(*rows: Sequence[object], shares: bool = True) -> bytes:
    """As Excel does it: each text once, in a part of its own. Or else each in its cell."""
    data = BytesIO()
    how = {"in_memory": True} if shares else {"constant_memory": True}
    with SharingWorkbook(data, TEXTS_STAY_TEXTS | how) as book:
        sheet = book.add_worksheet()
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return data.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one of its parts replaced or added."""
    copy = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(copy, "w", 8) as new:
        for part in old.namelist():
            if part != name:
                new.writestr(part, old.read(part))
        new.writestr(name, content)
    return copy.getvalue()


def sheet_xml(body: str) -> bytes:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{body}</sheetData></worksheet>'.encode()


SHEET = "xl/worksheets/sheet1.xml"
