"""Apprehensions of the US Border Patrol by sector and month: pages of a document, extracted to lines with bars, a fiscal year each.

The pages are untidy: names stand alone above their figures, remarks stand between rows, thousands commas come and go. A line with
thirteen figures is a row; a name is on the line or alone on the line above it; all else is heading.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from veedor.kernel.errors import Problem
from veedor.kernel.language import N_, Template
from veedor.kernel.markings import Marking
from veedor.kernel.months import Period, add_months, month
from veedor.records.kinds import table as table_of_kind
from veedor.sources import columns, problems
from veedor.sources.reading import fiscal_month_start, lines_of
from veedor.sources.source import Note, Parsed, Raw, Sample, Source

NAME = "usbp-months"
EVERYWHERE = "Monthly Total"

_SECTORS = {
    "Coastal Border": ("Livermore", "Miami", "New Orleans", "Ramey"),
    "Northern Border": ("Blaine", "Buffalo", "Detroit", "Grand Forks", "Havre", "Houlton", "Spokane", "Swanton"),
    "Southwest Border": ("Big Bend", "Del Rio", "El Centro", "El Paso", "Laredo", "Rio Grande Valley", "San Diego", "Tucson", "Yuma"),
}
_BORDER_OF = {sector: border for border, sectors in _SECTORS.items() for sector in sectors}
_MONTHS = (10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9)
_FIGURES = len(_MONTHS) + 1  # twelve months and the year
_HEADING = re.compile(r"\bby\s{1,4}month\s{0,4}-\s{0,4}FY\s{0,4}((?:19|20)[0-9]{2})", re.IGNORECASE)
_FIGURE = re.compile(r"^(?:[0-9]{1,12}|[0-9]{1,3}(?:,[0-9]{3}){1,3}|N/A|)$", re.IGNORECASE)
_NO_NAME = re.compile(r"^(?:yearly|total|sector|\W.*)$", re.IGNORECASE)  # words of the heading and remarks, not names of sectors
_TITLE_42 = date(2020, 3, 1)  # from here on "encounters" also counts expulsions

OUT_OF_BALANCE = Template(
    "src.usbp-totals-differ", N_("Totals of the document that are not the sum of their parts: {rows}. Both are kept as published.")
)
UNKNOWN_SECTOR = Template("src.usbp-unknown-sector", N_("Sectors whose border is not known, so that they count for none: {names}."))
CHANGED = Template(
    "src.usbp-title-42",
    N_("From March 2020 the document counts encounters, expulsions included; until February 2020 apprehensions alone."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    line: int
    label: str
    figures: tuple[int | None, ...]

    @property
    def is_total(self) -> bool:
        return self.label == EVERYWHERE or self.label in _SECTORS


def _recognise(sample: Sample) -> bool:
    head = sample.head[:4096].decode("utf-8", errors="replace")
    return "Border Patrol" in head and _HEADING.search(head) is not None and "SECTOR|October" in head


@columns.careful
def _parse(raw: Raw) -> Parsed:
    lines = lines_of(columns.text_of(raw))
    heading = next((found for line in lines if (found := _HEADING.search(line))), None)
    if heading is None:
        raise columns.UnusableError([problems.no_fiscal_year()])
    rows, wrong = _rows_of(lines)
    if not wrong and not any(row.label == EVERYWHERE for row in rows):
        wrong.append(problems.no_total(EVERYWHERE, len(lines)))
    if wrong:
        raise columns.UnusableError(wrong)
    subject = heading.string[: heading.start()].rpartition("|")[2].strip()
    made = _table(raw, rows, int(heading[1]), subject)
    covers = columns.covered(made.filter(columns.valid(made["count"])))
    return Parsed(tables={"incidence": made}, covers=covers, vintage=columns.last_day(covers), notes=_notes(rows, made))


def _rows_of(lines: list[str]) -> tuple[list[_Row], list[Problem]]:
    rows: list[_Row] = []
    wrong: list[Problem] = []
    above = ""
    for number, line in enumerate(lines, 1):
        cells = [cell.strip() for cell in line.split("|")]
        if _is_row(cells):
            named = _FIGURE.match(cells[0]) is None
            label = (cells[0] if named else above).rstrip("*").strip()
            found = _read_row(number, label, cells[int(named) :])
            if isinstance(found, _Row):
                rows.append(found)
            else:
                wrong.extend(found)
        above = cells[0] if len(cells) == 1 and _NO_NAME.match(cells[0]) is None else ""
    return rows, wrong


def _is_row(cells: list[str]) -> bool:
    return len(cells) > 1 and not cells[0].casefold().startswith("sector") and any(c and _FIGURE.match(c) for c in cells[1:])


def _read_row(number: int, label: str, cells: list[str]) -> _Row | list[Problem]:
    if len(cells) != _FIGURES:
        return [problems.short_row(number, label, len(cells), _FIGURES)]
    if not label:
        return [problems.no_name(number)]
    wrong = [problems.not_a_number(number, label, c, position=i) for i, c in enumerate(cells, 1) if not _FIGURE.match(c)]
    if wrong:
        return wrong
    return _Row(line=number, label=label, figures=tuple(_figure(cell) for cell in cells))


def _figure(cell: str) -> int | None:
    return int(cell.replace(",", "")) if cell[:1].isdigit() else None


def _periods(fiscal_year: int) -> Iterator[tuple[str, Period]]:
    for number in _MONTHS:
        yield f"{number:02d}", month(*fiscal_month_start(fiscal_year, number))
    first = date(*fiscal_month_start(fiscal_year, _MONTHS[0]), 1)
    yield "year", Period(first, add_months(first, 12))


def _table(raw: Raw, rows: list[_Row], fiscal_year: int, subject: str) -> pa.Table:
    periods = tuple(_periods(fiscal_year))
    flat = [(row, suffix, period, figure) for row in rows for (suffix, period), figure in zip(periods, row.figures, strict=True)]
    expelled = ["encounter" in subject.casefold() and period.ends > _TITLE_42 for _, _, period, _ in flat]
    return table_of_kind(
        "incidence",
        {
            "id": [f"{row.line}:{suffix}" for row, suffix, _, _ in flat],
            "valid_from": [period.starts for _, _, period, _ in flat],
            "valid_to": [period.ends for _, _, period, _ in flat],
            "place": "US",
            "source": NAME,
            "snapshot": raw.snapshot,
            "row": [row.line for row, _, _, _ in flat],
            "marking": int(Marking.PUBLIC),
            "category": ["encounter" if counted else "apprehension" for counted in expelled],
            "subcategory": subject,
            "region": [_region(row.label) for row, _, _, _ in flat],
            "measure": ["encounters" if counted else "apprehensions" for counted in expelled],
            "method": ["usbp-encounters" if counted else "usbp-apprehensions" for counted in expelled],
            "count": [figure for _, _, _, figure in flat],
            "status": [_status(row, suffix, figure) for row, suffix, _, figure in flat],
        },
    )


def _region(label: str) -> str:
    border = _BORDER_OF.get(label, "")
    return f"{border} / {label}" if border else ("" if label == EVERYWHERE else label)


def _status(row: _Row, suffix: str, figure: int | None) -> str:
    if figure is None:
        return "not-reported"
    return "total" if row.is_total or suffix == "year" else "reported"


def _notes(rows: list[_Row], made: pa.Table) -> tuple[Note, ...]:
    notes = []
    if differing := _differing(rows):
        notes.append(Note(sentence=OUT_OF_BALANCE(rows=differing), rows=differing))
    unknown = tuple(row.label for row in rows if not row.is_total and row.label not in _BORDER_OF)
    if unknown:
        notes.append(Note(sentence=UNKNOWN_SECTOR(names=unknown), rows=len(unknown) * _FIGURES))
    changed = columns.count_of(columns.equals(made["method"], "usbp-encounters"))
    if changed:
        notes.append(Note(sentence=CHANGED(), rows=changed))
    return tuple(notes)


def _differing(rows: list[_Row]) -> int:
    """How many totals, across and down, are not the sum of what they stand for."""
    across = sum(row.figures[-1] != sum(f or 0 for f in row.figures[:-1]) for row in rows if row.figures[-1] is not None)
    sectors = [row for row in rows if not row.is_total]
    down = 0
    for total in (row for row in rows if row.is_total):
        parts = [row for row in sectors if total.label in (EVERYWHERE, _BORDER_OF.get(row.label))]
        sums = [sum(column) for column in zip(*([f or 0 for f in row.figures] for row in parts), strict=True)]
        down += sum(figure != found for figure, found in zip(total.figures, sums, strict=False))
    return across + down


SOURCE = Source(
    name=NAME,
    title=N_("Apprehensions of the US Border Patrol by sector and month"),
    publisher="U.S. Border Patrol",
    controller="US",
    grade="B3",
    measures=N_("Apprehensions between ports of entry by sector and month; from March 2020 encounters, expulsions included."),
    unit=N_("apprehensions or encounters: events, not persons"),
    coverage=N_("Border Patrol sectors, by month, from October 1999 (fiscal year 2000); one file a fiscal year."),
    breaks=N_(
        "Fiscal years begin in October. Rows of borders, the monthly total and the yearly column are totals of other rows. Livermore "
        "sector closed in 2004. From March 2020 expulsions under Title 42 are included. The files are extracted from a document "
        "made for printing."
    ),
    terms=N_("Public domain: a work of the United States government (17 USC 105)."),
    kinds=("incidence",),
    recognise=_recognise,
    parse=_parse,
    cadence="yearly",
)
