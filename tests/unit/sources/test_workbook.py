"""Looking into workbooks and reading their sheets."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from veedor.sources import workbook
from veedor.sources.columns import UnusableError
from veedor.sources.reading import ROW


def book(**sheets: list[list[object]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.active)
    for title, rows in sheets.items():
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def test_the_first_bytes_tell_sheet_names_and_words() -> None:
    seen = workbook.glimpse(book(Norte=[["place", "count"], ["Ejemplo", 3]]))
    assert 'name="Norte"' in seen
    assert "Ejemplo" in seen


def test_a_cut_head_tells_what_it_holds() -> None:
    data = book(Norte=[[f"palabra {i}", i] for i in range(3000)])
    whole = workbook.glimpse(data)
    assert len(workbook.glimpse(data[:2000])) < len(whole)
    assert workbook.glimpse(data[:10]) == ""


@given(st.binary(max_size=400))
def test_no_bytes_can_make_looking_fail(data: bytes) -> None:
    assert isinstance(workbook.glimpse(b"PK\x03\x04" + data), str)
    assert workbook.glimpse(data) == "" or data.startswith(b"PK\x03\x04")


@given(st.integers(0, 2000), st.integers(0, 255))
def test_no_damaged_byte_can_make_looking_fail(place: int, value: int) -> None:
    data = bytearray(BOOK)
    data[place % len(data)] = value
    assert isinstance(workbook.glimpse(bytes(data)), str)


BOOK = book(Norte=[["place", "count"], ["Ejemplo", 3]])


def test_a_bomb_is_looked_at_and_not_unpacked() -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("xl/workbook.xml", bytes(40 << 20))
    assert len(workbook.glimpse(held.getvalue())) < 1 << 20


def test_sheets_are_rows_and_a_sheet_is_a_table() -> None:
    rows = workbook.sheets(book(Norte=[["place", "count"], ["Ejemplo", 3], [None, None], ["Otro", None]], Sur=[["x"]]), ("Norte",))
    assert list(rows) == ["Norte"]
    table = workbook.table(rows["Norte"])
    assert table.to_pylist() == [{"place": "Ejemplo", "count": "3", ROW: 2}, {"place": "Otro", "count": "", ROW: 4}]


def test_a_damaged_workbook_is_unusable() -> None:
    for data in (b"PK\x03\x04", BOOK[:-100], b"not a workbook", BOOK.replace(b"workbook.xml", b"warkbook.xml")):
        with pytest.raises(UnusableError):
            workbook.sheets(data)


def test_a_workbook_that_unpacks_beyond_the_limit_is_unusable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "_LARGEST", 100)
    with pytest.raises(UnusableError):
        workbook.sheets(BOOK)
