"""Tables as INEGI's interactive tabulator exports them: title lines, a header, a total, states, municipalities, a source line.

State keys come as the spreadsheet formula "=CONCATENAR(0,01)", numbers with thousands commas, and zeros as blank cells. Reading
blank as zero is safe only while the rows add up: municipalities to their state, states to the country, parts to their total.
All three are checked, and a table that fails one is unusable.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from itertools import takewhile

import numpy as np
import numpy.typing as npt

from veedor.kernel.errors import Problem
from veedor.kernel.language import N_, Template
from veedor.kernel.text import fold
from veedor.records.places import inegi
from veedor.sources import columns, mexico, problems
from veedor.sources.reading import decode_head
from veedor.sources.source import Note, Raw

NATIONAL, STATE, TOWN = "national", "state", "municipality"
TOTALS_DISAGREE = "SRC022"
LAST_STATE = 32
_ABROAD = range(33, 37)  # the United States, other countries of Latin America, other countries; filed under one heading, 33
_UNKNOWN_STATE = 99

_TITLES_AT_MOST = 12
_FORMULA = re.compile(r"^=CONCATENAR\(\s*(\d?)\s*,\s*(\d\d)\s*\)$", re.ASCII)
_TOWN_KEY = re.compile(r"^(\d\d) (\d\d\d)$", re.ASCII)
_NUMBER = re.compile(r"^\d{1,3}(,\d{3}){1,4}$|^\d{1,15}$", re.ASCII)
_SHOWN = 20

FORMULAS = Template(
    "src.inegi-formulas",
    N_('{rows} state keys are written as a spreadsheet formula ("=CONCATENAR(0,01)") and were read as what it yields.'),
)
BLANKS = Template(
    "src.inegi-blanks",
    N_("{rows} blank cells were read as zero: rows and columns add up to the totals of the table only so, and they do."),
)
ABROAD = Template(
    "src.inegi-abroad",
    N_("{rows} rows are of places outside Mexico, or of no known state: counted in the total of the table, in no state."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of figures: where it stands, what it speaks of, its numbers (null where blank)."""

    row: int
    level: str  # national, state, municipality
    state: int  # INEGI's key; 0 for the country
    town: int  # 0 for a state
    name: str
    cells: tuple[int | None, ...]

    @property
    def place(self) -> str:
        """The place code; of a place in no state, the country, because the publisher counts it in the country's total."""
        if self.level == NATIONAL or self.is_in_no_state:
            return "MX"
        return inegi(self.state) if self.level == STATE else inegi(self.state, self.town)

    @property
    def is_in_no_state(self) -> bool:
        """Whether it speaks of a place outside Mexico, or one whose state is not known."""
        return self.state > LAST_STATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Tabulation:
    """A whole exported table."""

    titles: tuple[str, ...]
    header: tuple[str, ...]  # names of the columns of figures
    header_row: int
    lines: tuple[Line, ...]
    footer: str
    formulas: int  # state keys that were formulas

    def figures(self) -> npt.NDArray[np.int64]:
        """Lines by columns, blank as zero."""
        return np.array([[cell or 0 for cell in line.cells] for line in self.lines], np.int64)

    def blanks(self) -> int:
        """How many cells are blank."""
        return sum(cell is None for line in self.lines for cell in line.cells)


def titles_of(head: bytes) -> tuple[str, ...]:
    """The lines above the header, folded for comparing; empty where the file is no such table."""
    try:
        found = _split(decode_head(head))
    except columns.UnusableError:
        return ()
    header = _header_place(found)
    return () if header is None else tuple(fold(cells[0]) for _, cells in found[:header] if cells and cells[0].strip())


def read(raw: Raw) -> Tabulation:
    """The table of a file, its numbers read; unusable when a row cannot be read, or when it does not add up to its totals."""
    rows = _split(columns.text_of(raw))
    place = _header_place(rows)
    if place is None:
        raise columns.UnusableError([_no_header()])
    header_row, names = rows[place]
    header = tuple(takewhile(bool, (name.strip() for name in names[2:])))
    below = [(line, cells) for line, cells in rows[place + 1 :] if any(cell.strip() for cell in cells)]
    footer = " ".join(cells[0] for _, cells in below if len(cells) == 1)
    body = [(line, cells) for line, cells in below if len(cells) > 1]
    if not body:
        raise columns.UnusableError([problems.no_rows()])
    lines = _lines(body, header)
    found = Tabulation(
        titles=tuple(cells[0].replace("\xa0", " ").strip() for _, cells in rows[:place] if cells),
        header=header,
        header_row=header_row,
        lines=lines,
        footer=footer,
        formulas=sum(cells[0].strip().startswith("=") for _, cells in body),
    )
    _check_sums(found)
    return found


def notes(found: Tabulation) -> list[Note]:
    """What was read otherwise than it is written."""
    made = []
    if found.formulas:
        made.append(Note(sentence=FORMULAS(rows=found.formulas), rows=found.formulas))
    if blanks := found.blanks():
        made.append(Note(sentence=BLANKS(rows=blanks), rows=blanks))
    if abroad := sum(line.is_in_no_state for line in found.lines):
        made.append(Note(sentence=ABROAD(rows=abroad), rows=abroad))
    return made


def _split(text: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        return [(reader.line_num, cells) for cells in reader]
    except csv.Error as error:
        raise columns.UnusableError([problems.no_table(str(error))]) from error


def _header_place(rows: list[tuple[int, list[str]]]) -> int | None:
    for place, (_, cells) in enumerate(rows[:_TITLES_AT_MOST]):
        if len(cells) > 3 and cells[:2] == ["", ""] and cells[2].strip() == "Total":
            return place
    return None


def _no_header() -> Problem:
    words = N_('no line is the header of such a table: two blank cells, then "Total"')
    return Problem(1, 1, problems.NO_TABLE, words, (), N_("fetch the table again from the tabulator"))


def _lines(body: list[tuple[int, list[str]]], header: tuple[str, ...]) -> tuple[Line, ...]:
    wrong: list[Problem] = []
    made: list[Line] = []
    for row, cells in body:
        where = _where(cells[0])
        figures = cells[2 : 2 + len(header)]
        if where is None:
            wrong.append(_unknown_key(row, cells[0]))
        elif len(figures) < len(header) or any(cell.strip() for cell in cells[2 + len(header) :]):
            wrong.append(problems.short_row(row, cells[1], len(cells) - 2, len(header)))
        else:
            wrong.extend(_not_numbers(row, figures, header))
            level, state, town = where
            numbers = tuple(_number(cell) for cell in figures)
            made.append(Line(row=row, level=level, state=state, town=town, name=cells[1].strip(), cells=numbers))
    if wrong:
        raise columns.UnusableError(wrong[:_SHOWN])
    return tuple(made)


def _where(key: str) -> tuple[str, int, int] | None:
    bare = key.strip()
    if not bare:
        return NATIONAL, 0, 0
    if found := _FORMULA.match(bare):
        where = STATE, int(found[1] + found[2]), 0
    elif found := _TOWN_KEY.match(bare):
        where = TOWN, int(found[1]), int(found[2])
    else:
        return None
    return where if 1 <= where[1] <= LAST_STATE or where[1] in {*_ABROAD, _UNKNOWN_STATE} else None


def _unknown_key(row: int, key: str) -> Problem:
    words = N_('"{key}" is no key of a state or municipality')
    repair = N_("compare the row with the publisher's own table")
    return Problem(row, 1, mexico.UNKNOWN_CODE, words, (("key", key),), repair)


def _not_numbers(row: int, cells: list[str], header: tuple[str, ...]) -> list[Problem]:
    return [
        problems.not_a_number(row, name, cell, position=place)
        for place, (name, cell) in enumerate(zip(header, cells, strict=True), 3)
        if cell.strip() and not _NUMBER.match(cell.strip())
    ]


def _number(cell: str) -> int | None:
    bare = cell.strip().replace(",", "")
    return int(bare) if bare.isascii() and bare.isdigit() else None


def _check_sums(found: Tabulation) -> None:
    """Parts add up to the total of their line, municipalities to their state, states to the country; else unusable."""
    figures = found.figures()
    wrong = [
        _disagrees(found.lines[at].row, found.lines[at].name, found.header[0], int(figures[at, 0]), int(figures[at, 1:].sum()))
        for at in np.flatnonzero(figures[:, 0] != figures[:, 1:].sum(axis=1))
    ]
    groups: dict[int, list[int]] = {}
    for at, line in enumerate(found.lines):
        if line.level == TOWN:
            groups.setdefault(_ABROAD.start if line.state in _ABROAD else line.state, []).append(at)
    states = [at for at, line in enumerate(found.lines) if line.level == STATE]
    sums = [(at, groups.pop(found.lines[at].state, [])) for at in states]
    sums += [(at, states) for at, line in enumerate(found.lines) if line.level == NATIONAL]
    for at, parts in sums:
        added = figures[parts].sum(axis=0) if parts else np.zeros(figures.shape[1], np.int64)
        line = found.lines[at]
        wrong += [
            _disagrees(line.row, line.name, found.header[place], int(figures[at, place]), int(added[place]))
            for place in np.flatnonzero(added != figures[at])
        ]
    wrong += [_no_state(found.lines[parts[0]]) for parts in groups.values()]
    if not any(line.level == NATIONAL for line in found.lines):
        wrong.append(_no_total(found.header_row))
    if wrong:
        raise columns.UnusableError(wrong[:_SHOWN])


def _disagrees(row: int, name: str, column: str, total: int, added: int) -> Problem:
    words = N_('"{name}" gives {total} in the column "{column}", and its parts add up to {added}')
    values = (("added", added), ("column", column), ("name", name), ("total", total))
    return Problem(row, 1, TOTALS_DISAGREE, words, values, N_("fetch the table again: a figure is missing or was changed"))


def _no_state(line: Line) -> Problem:
    words = N_('"{name}" belongs to state {state}, which has no row of its own to add up to')
    values = (("name", line.name), ("state", f"{line.state:02d}"))
    return Problem(line.row, 1, TOTALS_DISAGREE, words, values, N_("fetch the table again: a row is missing"))


def _no_total(row: int) -> Problem:
    words = N_("the table has no national total, without which a blank cell cannot be taken for zero")
    return Problem(row, 1, TOTALS_DISAGREE, words, (), N_("fetch the table again: a row is missing"))
