"""Workbooks and CSV files made to exhaust the machine or to mislead the reader."""

from __future__ import annotations

import io
import zipfile

import pytest
from openpyxl import Workbook

from veedor.records.errors import SheetProblemsError, SheetUnreadableError
from veedor.records.sheets import workbook
from veedor.records.sheets.sheet import read_sheet


def saved(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def sound() -> Workbook:
    book = Workbook()
    book.worksheets[0].append(["place", "count"])
    book.worksheets[0].append(["MX", 1])
    return book


def rewritten(data: bytes, part: str, old: bytes, new: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
        for name in packed.namelist():
            content = packed.read(name)
            if name.endswith(part):
                assert old in content
                content = content.replace(old, new)
            again.writestr(name, content)
    return out.getvalue()


def codes(data: bytes) -> list[str]:
    with pytest.raises(SheetProblemsError) as caught:
        read_sheet(data, "x.xlsx")
    return [problem.code for problem in caught.value.problems]


def test_a_workbook_that_unpacks_to_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/workbook.xml", b"<x/>")
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (8 << 20))
    monkeypatch.setattr(workbook, "MAX_UNPACKED", 4 << 20)
    assert len(out.getvalue()) < 1 << 17
    assert codes(out.getvalue()) == ["REC018"]


def test_a_stated_size_that_is_too_small_cuts_no_rows_off() -> None:
    data = rewritten(saved(sound()), "sheet1.xml", b'<dimension ref="A1:B2"', b'<dimension ref="A1:A1"')
    assert read_sheet(data, "x.xlsx").rows[0].cells == ("MX", 1)


def test_a_cell_at_the_end_of_the_sheet_is_named_and_not_waited_for() -> None:
    book = sound()
    book.worksheets[0]["XFD2"] = "far away"
    assert codes(saved(book)) == ["REC018"]


def test_a_row_number_beyond_any_sheet_is_refused() -> None:
    data = rewritten(saved(sound()), "sheet1.xml", b'<row r="2"', b'<row r="99999999999"')
    with pytest.raises((SheetProblemsError, SheetUnreadableError)):
        read_sheet(data, "x.xlsx")


def test_entities_are_not_expanded() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(9)
    )
    data = saved(sound())
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        content = packed.read("xl/workbook.xml")
    body = content[content.find(b"<workbook") :].replace(b'name="Sheet"', b'name="&j;"')
    hostile = rewritten(data, "xl/workbook.xml", content, bomb + b"]>" + body)
    with pytest.raises((SheetUnreadableError, SheetProblemsError)):
        read_sheet(hostile, "x.xlsx")


def test_another_archive_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(SheetUnreadableError):
        read_sheet(out.getvalue(), "x.ods")


def test_a_csv_row_with_thousands_of_cells_is_refused() -> None:
    with pytest.raises(SheetProblemsError) as caught:
        read_sheet(b"place,count" + b",x" * 600 + b"\nMX,1\n", "x.csv")
    assert "REC018" in {problem.code for problem in caught.value.problems}


def test_a_cell_of_megabytes_is_refused() -> None:
    with pytest.raises(SheetUnreadableError):
        read_sheet(b'place,count\n"' + b"x" * (1 << 20) + b'",1\n', "x.csv")
