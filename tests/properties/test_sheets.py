"""What must hold for any sheet: what is filled into a template comes back, and no bytes make the reader fail in another way."""

from __future__ import annotations

import contextlib
import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from veedor.kernel.errors import VeedorError
from veedor.kernel.markings import Marking
from veedor.kernel.months import add_months
from veedor.records.errors import as_problem
from veedor.records.places import catalogue
from veedor.records.sheets.fields import Field, fields
from veedor.records.sheets.mapping import guess_mapping
from veedor.records.sheets.rows import rows_to_table
from veedor.records.sheets.sheet import Cell, read_sheet
from veedor.records.sheets.templates import template_csv, template_xlsx
from veedor.records.sheets.values import NotReadError, read_cell
from veedor.records.sheets.writing import escape, unescape, write_csv

ORDINARY = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"])
texts = st.text(ORDINARY, max_size=15).map(str.strip)
dangerous = st.tuples(st.sampled_from(["=", "+", "-", "@", "'=", "'", "#"]), texts).map("".join).map(str.strip)
words = st.from_regex(r"[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,5}){0,2}", fullmatch=True)
months = st.dates(date(1990, 1, 1), date(2100, 1, 1)).map(lambda day: day.replace(day=1))
quantities = st.none() | st.integers(0, 10**15).map(lambda n: Decimal(n).scaleb(-4))
rows = st.fixed_dictionaries({
    "place": st.sampled_from(sorted(catalogue())), "valid_from": months, "category": words, "measure": words,
    "subcategory": texts | dangerous, "modality": dangerous, "count": st.none() | st.integers(0, 2**53), "quantity": quantities,
})  # fmt: skip


def expected(row: dict[str, Any]) -> dict[str, Any]:
    blank = row["count"] is None and row["quantity"] is None
    return {**row, "valid_to": add_months(row["valid_from"], 1), "status": "not-reported" if blank else "reported"}


def read(data: bytes, name: str) -> list[dict[str, Any]]:
    sheet = read_sheet(data, name)
    found = rows_to_table(sheet, guess_mapping(sheet, "incidence"), "incidence", "user:x", "f" * 64, Marking.PUBLIC)
    assert isinstance(found, pa.Table), [(p.cell, p.what("en")) for p in found]
    return found.to_pylist()


@settings(deadline=None, max_examples=60)
@given(st.lists(rows, min_size=1, max_size=5))
def test_a_filled_csv_template_comes_back(filled: list[dict[str, Any]]) -> None:
    names = [field.name for field in fields("incidence")]
    mine = write_csv([[row.get(name) for name in names] for row in filled]).removeprefix(b"\xef\xbb\xbf")
    found = read(template_csv("incidence") + mine, "x.csv")
    wanted = [expected(row) for row in filled]
    assert [{name: row[name] for name in wanted[0]} for row in found] == wanted
    assert [row["row"] for row in found] == list(range(5, 5 + len(filled)))


@settings(deadline=None, max_examples=25)
@given(st.lists(rows, min_size=1, max_size=4))
def test_a_filled_workbook_template_comes_back(filled: list[dict[str, Any]]) -> None:
    names = [field.name for field in fields("incidence")]
    book = load_workbook(io.BytesIO(template_xlsx("incidence")))
    for number, row in enumerate(filled, 2):
        for column, name in enumerate(names, 1):
            value = row.get(name)
            cell = book.worksheets[0].cell(number, column, str(value) if isinstance(value, Decimal) else value)
            if isinstance(value, str):
                cell.value, cell.data_type = escape(value), "s"
    out = io.BytesIO()
    book.save(out)
    wanted = [expected(row) for row in filled]
    assert [{name: row[name] for name in wanted[0]} for row in read(out.getvalue(), "x.xlsx")] == wanted


@given(st.text(max_size=30))
def test_an_escaped_text_comes_back_and_never_begins_a_formula(text: str) -> None:
    assert unescape(escape(text)) == text
    assert not escape(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.lists(st.text(ORDINARY, max_size=8) | st.none() | st.integers(), min_size=1, max_size=4), max_size=5))
def test_no_cell_that_is_written_begins_a_formula(cells: list[list[str | int | None]]) -> None:
    for given_row, row in zip(cells, csv.reader(io.StringIO(write_csv(cells).decode("utf-8-sig"), newline="")), strict=False):
        for given_cell, cell in zip(given_row, row, strict=False):
            assert isinstance(given_cell, int) or not cell.startswith(("=", "+", "-", "@"))


@settings(deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: f"place,count\n{text}".encode(errors="replace")))
def test_no_bytes_make_the_reader_fail_otherwise(data: bytes) -> None:
    try:
        sheet = read_sheet(data, "x")
    except VeedorError:
        return
    found = rows_to_table(sheet, guess_mapping(sheet, "incidence"), "incidence", "user:x", "f" * 64, Marking.PUBLIC)
    assert not isinstance(found, pa.Table)


cells = (
    st.text(max_size=12)
    | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.booleans()
    | st.dates() | st.datetimes() | st.times()
    | st.from_regex(r"[-+]?[0-9., '/:T-]{1,14}", fullmatch=True)
)  # fmt: skip
kinds_of_field = [field for kind in ("incidence", "act", "disbursement", "coding", "event") for field in fields(kind)]


@settings(max_examples=400)
@given(st.sampled_from(kinds_of_field), cells)
def test_any_cell_is_a_value_of_its_field_or_a_reason(field: Field, cell: Cell) -> None:
    reason = None
    try:
        read_cell(field, cell)
    except NotReadError as caught:
        reason = caught
    if reason is not None:
        problem = as_problem(reason.cls, "A1", **reason.values)
        assert problem.what("en")
        assert problem.how("en")


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 10**6), st.integers(1, 255))
def test_no_changed_byte_of_a_workbook_makes_the_reader_fail_otherwise(at: int, change: int) -> None:
    book = Workbook()
    book.worksheets[0].append(["place", "valid_from", "category", "measure", "count"])
    book.worksheets[0].append(["MX09", "2025-03", "x", "victims", 5])
    out = io.BytesIO()
    book.save(out)
    data = bytearray(out.getvalue())
    data[at % len(data)] ^= change
    with contextlib.suppress(VeedorError):
        read_sheet(bytes(data), "x.xlsx")
