"""A user's file as a table of cells with addresses: one heading row, the rows below it, nothing interpreted yet."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, TypeAlias

from veedor.kernel.language import N_, Template, word
from veedor.records.errors import (
    CellInErrorError,
    HeadingTwiceError,
    NoHeadingError,
    NoRowsError,
    SheetProblemsError,
    SheetTooLargeError,
    SheetUnreadableError,
    as_problem,
)
from veedor.records.sheets.writing import unescape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from veedor.kernel.errors import Problem

_OLD_WORKBOOK = Template("rec.old-workbook", N_("it is an .xls workbook, or one with a password"))
_ZERO_BYTES = Template("rec.zero-bytes", N_("it holds zero bytes, so it is no text"))
_NO_ENCODING = Template("rec.no-encoding", N_("its byte {byte} is in no known encoding"))

Cell: TypeAlias = "str | int | float | bool | date | datetime | time | None"

MAX_COLUMNS = 512
MAX_ROWS = 1_048_576  # what a spreadsheet program can show
COMMENT = "#"
ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_DELIMITERS = (",", ";", "\t", "|")
_GLANCE = 1 << 16  # characters that decide the delimiter


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row: its number in the file, and its cells; a blank cell is None, text has no space around it."""

    number: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A heading row and the rows below it, without blank rows and rows of instructions."""

    name: str  # file name
    title: str  # name of the worksheet, "" for CSV
    header: tuple[str, ...]  # "" over a column without a heading, which then is blank
    header_row: int
    rows: tuple[Row, ...]
    passed_over: tuple[int, ...] = ()  # numbers of the rows of instructions, to be shown: nothing is left out in silence

    def address(self, row: int, column: int) -> str:
        """The address of a cell as spreadsheet programs show it: row 14, third column (counted from 0: 2) is C14."""
        return address(row, column)


def address(row: int, column: int) -> str:
    """`C14` for row 14 and column 2."""
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{row}"


def read_sheet(data: bytes, name: str, worksheet: str = "") -> Sheet:
    """Read a CSV file or an Excel workbook; `worksheet` names the one that is meant where a workbook has several.

    Raises:
        SheetUnreadableError: it is neither.
        SheetProblemsError: it is, and cells, headings or worksheets need repair first; all problems are listed.
    """
    if data.startswith(_OLD_EXCEL):
        raise SheetUnreadableError(where=name, name=name, why=_OLD_WORKBOOK())
    if data.startswith(_ZIP):
        from veedor.records.sheets.workbook import read_workbook

        title, rows = read_workbook(data, name, worksheet)
    else:
        title, rows = "", _read_csv(data, name)
    return _sheet(name, title, rows)


def refusal(name: str, problems: tuple[Problem, ...]) -> SheetProblemsError:
    """The error that carries these problems of a sheet."""
    return SheetProblemsError(where=name, name=name, count=len(problems), problems=problems)


def refuse(name: str, problems: Iterable[Problem]) -> None:
    """Raise SheetProblemsError when there is any problem."""
    found = tuple(problems)
    if found:
        raise refusal(name, found)


def too_large(row: int, size: int, unit: str, limit: int) -> Problem:
    """The problem of a sheet with more rows, columns or bytes than are read."""
    return as_problem(SheetTooLargeError, address(row, 0), row, 1, size=size, unit=word(unit), limit=limit)


def row_of(number: int, cells: Iterable[Cell]) -> Row:
    """A row with its texts stripped and unescaped, and nothing blank at its end."""
    cleaned: list[Cell] = [_cleaned(cell) for cell in cells]
    while cleaned and cleaned[-1] is None:
        cleaned.pop()
    return Row(number=number, cells=tuple(cleaned))


def is_comment(row: Row) -> bool:
    """Whether a row is one of instructions: its first cell is # or begins with # and a space, which "#1" and "#N/A" do not."""
    first = row.cells[0] if row.cells else None
    return isinstance(first, str) and (first == COMMENT or first.startswith(f"{COMMENT} "))


def _cleaned(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    return unescape(cell.strip()) or None


def _sheet(name: str, title: str, rows: list[Row]) -> Sheet:
    useful = [row for row in rows if row.cells and not is_comment(row)]
    # A title above the table fills one cell of its row; a heading row always fills several.
    start = next((i for i, row in enumerate(useful) if sum(cell is not None for cell in row.cells) > 1), None)
    if start is None or start + 1 == len(useful):
        raise refusal(name, (as_problem(NoRowsError, address(useful[0].number if useful else 1, 0)),))
    head, body = useful[start], useful[start + 1 :]
    header = tuple("" if cell is None else str(cell) for cell in head.cells)
    refuse(name, [*_headings(head, header), *_body(header, body)])
    passed_over = tuple(row.number for row in rows if is_comment(row))
    return Sheet(name=name, title=title, header=header, header_row=head.number, rows=tuple(body), passed_over=passed_over)


def _headings(head: Row, header: tuple[str, ...]) -> Iterable[Problem]:
    if len(header) > MAX_COLUMNS:
        yield too_large(head.number, len(header), N_("columns"), MAX_COLUMNS)
    seen: dict[str, int] = {}
    for column, heading in enumerate(header):
        if heading and heading in seen:
            first = address(head.number, seen[heading])
            yield as_problem(HeadingTwiceError, address(head.number, column), head.number, column + 1, heading=heading, first=first)
        seen.setdefault(heading, column)


def _body(header: tuple[str, ...], body: list[Row]) -> Iterable[Problem]:
    for row in body:
        for column, cell in enumerate(row.cells):
            if cell is None:
                continue
            at = (address(row.number, column), row.number, column + 1)
            if column >= len(header) or not header[column]:
                yield as_problem(NoHeadingError, *at, value=str(cell))
            if isinstance(cell, str) and cell in ERRORS:
                yield as_problem(CellInErrorError, *at, value=cell)


def _read_csv(data: bytes, name: str) -> list[Row]:
    text = _decoded(data, name)
    if text[:4].casefold() == "sep=" and "\n" in text:  # a line that tells Excel the delimiter
        first, _, rest = text.partition("\n")
        delimiter, skipped = first.rstrip("\r")[4:5] or ",", 1
    else:
        rest, delimiter, skipped = text, _delimiter(text), 0
    rows = []
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(rest, newline=""), delimiter=delimiter, strict=True), 1 + skipped):
            if number > MAX_ROWS:
                refuse(name, [too_large(number, number, N_("rows"), MAX_ROWS)])
            rows.append(row_of(number, cells))
    except csv.Error as error:
        raise SheetUnreadableError(where=f"{name}:{len(rows) + 1 + skipped}", name=name, why=str(error)) from error
    return rows


def _decoded(data: bytes, name: str) -> str:
    """Text in the encodings spreadsheet programs save: UTF-8, UTF-16 with its mark, else Windows-1252."""
    is_wide = data[:2] in {b"\xff\xfe", b"\xfe\xff"}
    if not is_wide and b"\x00" in data:
        raise SheetUnreadableError(where=name, name=name, why=_ZERO_BYTES())
    wrong = 0
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError as error:
            wrong = error.start + 1
    raise SheetUnreadableError(where=name, name=name, why=_NO_ENCODING(byte=wrong))


def _delimiter(text: str) -> str:
    """The delimiter under which most of the first rows have the same number of cells, and more than one."""
    glance = text[:_GLANCE]
    whole = glance if len(text) <= _GLANCE else glance[: glance.rfind("\n") + 1] or glance
    return max(_DELIMITERS, key=lambda delimiter: _agreement(whole, delimiter))


def _agreement(text: str, delimiter: str) -> tuple[float, int]:
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return 0.0, 0
    widths = [len(row) for row in rows if any(row) and not row[0].startswith(COMMENT)]
    if not widths:
        return 0.0, 0
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    return (widths.count(usual) / len(widths), usual) if usual > 1 else (0.0, 0)
