"""Excel workbooks (.xlsx): which worksheet is meant, and what in it cannot be read as a person sees it."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from typing import TYPE_CHECKING, Any, NamedTuple

from openpyxl import load_workbook
from openpyxl.utils import range_boundaries

from veedor.kernel.language import N_, Template
from veedor.records.errors import (
    FormulaError,
    HiddenSheetError,
    MergedCellsError,
    NoRowsError,
    PercentCellError,
    SeveralSheetsError,
    SheetUnreadableError,
    as_problem,
)
from veedor.records.sheets.sheet import MAX_COLUMNS, MAX_ROWS, Row, address, is_comment, refuse, row_of, too_large

if TYPE_CHECKING:
    from veedor.kernel.errors import Problem

_UNSOUND = Template("rec.unsound-workbook", N_("it is no sound workbook ({kind})"))
_DAMAGED = Template("rec.damaged-archive", N_("it is a damaged archive"))
_NO_WORKBOOK = Template("rec.no-workbook", N_("it is an archive, and no .xlsx workbook"))
MAX_UNPACKED = 512 << 20  # bytes; a workbook of a million rows unpacks to about half of this
_MERGED = re.compile(rb"<(?:\w+:)?mergeCell\b[^>]*?\bref=\"([A-Z]+[0-9]+:[A-Z]+[0-9]+)\"")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_CHUNK, _OVERLAP = 1 << 20, 256


class _Worksheet(NamedTuple):
    title: str
    is_hidden: bool
    rows: list[Row]
    problems: list[Problem]

    @property
    def is_table(self) -> bool:
        return any(row.cells and not is_comment(row) for row in self.rows)


def read_workbook(data: bytes, name: str, worksheet: str) -> tuple[str, list[Row]]:
    """The title and rows of the worksheet that is meant: the named one, or the only one with rows.

    Raises:
        SheetUnreadableError: the file is no workbook.
        SheetProblemsError: it is not certain which worksheet is meant, or cells of it need repair first.
    """
    _weigh(data, name)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of extensions that openpyxl leaves out: conditional formats and the like
            found = _worksheets(data, name)
    except Exception as error:
        from veedor.kernel.errors import VeedorError

        if isinstance(error, VeedorError):
            raise
        # A damaged workbook makes openpyxl raise whatever its parsers raise; to the user it is one situation.
        raise SheetUnreadableError(where=name, name=name, why=_UNSOUND(kind=type(error).__name__)) from error
    chosen = _chosen(found, name, worksheet)
    refuse(name, chosen.problems)
    return chosen.title, chosen.rows


def _chosen(found: list[_Worksheet], name: str, worksheet: str) -> _Worksheet:
    tables = [sheet for sheet in found if sheet.is_table]
    titles = tuple(sheet.title for sheet in tables)
    if worksheet:
        tables = [sheet for sheet in tables if sheet.title == worksheet]
    refuse(name, [as_problem(HiddenSheetError, sheet.title, sheet=sheet.title) for sheet in tables if sheet.is_hidden])
    if not titles:
        refuse(name, [as_problem(NoRowsError, "A1")])
    if len(tables) != 1:
        refuse(name, [as_problem(SeveralSheetsError, "A1", sheets=titles)])
    return tables[0]


def _weigh(data: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            size = sum(member.file_size for member in packed.infolist())
            members = set(packed.namelist())
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise SheetUnreadableError(where=name, name=name, why=_DAMAGED()) from error
    if "xl/workbook.xml" not in members:
        raise SheetUnreadableError(where=name, name=name, why=_NO_WORKBOOK())
    if size > MAX_UNPACKED:
        refuse(name, [too_large(1, size, N_("bytes"), MAX_UNPACKED)])


def _worksheets(data: bytes, name: str) -> list[_Worksheet]:
    values = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    sources = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
    try:
        found = []
        for seen, written in zip(values.worksheets, sources.worksheets, strict=True):
            rows, problems = _cells(seen, name)
            # openpyxl says nothing of merged cells unless it loads the whole workbook into memory; where the worksheet lies in
            # the archive is the one thing needed to look, and it keeps that private.
            areas, has_formulas = _marks(data, seen._worksheet_path)  # type: ignore[attr-defined]  # noqa: SLF001
            problems += _merged(areas, rows)
            if has_formulas:
                problems += _unsaved(seen, written)
            found.append(_Worksheet(seen.title, seen.sheet_state != "visible", rows, problems))
        return found
    finally:
        values.close()
        sources.close()


def _cells(seen: Any, name: str) -> tuple[list[Row], list[Problem]]:  # noqa: ANN401, the stubs of openpyxl do not know read-only worksheets
    seen.reset_dimensions()  # the size a workbook states of itself may be wrong, and would cut rows off
    rows: list[Row] = []
    problems: list[Problem] = []
    for number, cells in enumerate(seen.iter_rows(), 1):
        values = [cell.value for cell in cells]
        row = row_of(number, values)
        if number > MAX_ROWS:
            refuse(name, [too_large(number, number, N_("rows"), MAX_ROWS)])
        if len(row.cells) > MAX_COLUMNS:
            refuse(name, [too_large(number, len(row.cells), N_("columns"), MAX_COLUMNS)])
        if row.cells:
            rows.append(row)
        for column, value in enumerate(values):
            if isinstance(value, (int, float)) and not isinstance(value, bool) and "%" in cells[column].number_format:
                problems.append(as_problem(PercentCellError, address(number, column), number, column + 1, value=f"{value:.15g}"))
    return rows, problems


def _unsaved(seen: Any, written: Any) -> list[Problem]:  # noqa: ANN401, as above
    """Formulas whose result was not saved: the cell shows nothing to us, and something to whoever opens the workbook."""
    written.reset_dimensions()
    return [
        as_problem(FormulaError, address(number, column), number, column + 1, formula=str(cell.value))
        for number, (shown, cells) in enumerate(zip(seen.iter_rows(values_only=True), written.iter_rows(), strict=True), 1)
        for column, cell in enumerate(cells)
        if cell.data_type == "f" and shown[column] is None
    ]


def _merged(areas: list[str], rows: list[Row]) -> list[Problem]:
    """Merged cells from the heading row down; a merged title above the table does no harm."""
    top = next((row.number for row in rows if sum(cell is not None for cell in row.cells) > 1 and not is_comment(row)), None)
    if top is None:
        return []
    problems = []
    for area in areas:
        left, first, _, last = range_boundaries(area)
        if last is not None and first is not None and left is not None and last >= top:
            problems.append(as_problem(MergedCellsError, area.partition(":")[0], first, left, area=area))
    return problems


def _marks(data: bytes, part: str) -> tuple[list[str], bool]:
    """The merged areas of a worksheet, and whether it has any formula, from its own text."""
    areas: dict[str, None] = {}
    has_formulas, kept = False, b""
    with zipfile.ZipFile(io.BytesIO(data)) as packed, packed.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            window = kept + chunk
            areas |= dict.fromkeys(area.decode() for area in _MERGED.findall(window))
            has_formulas = has_formulas or _FORMULA.search(window) is not None
            kept = window[-_OVERLAP:]
    return list(areas), has_formulas
