"""The Worldwide Governance Indicators of the World Bank: six perceptions a country and year, each with its standard error."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal

from veedor.kernel.errors import Problem
from veedor.kernel.language import N_, Template
from veedor.kernel.markings import Marking
from veedor.kernel.text import fold
from veedor.records.kinds import table as table_of_kind
from veedor.records.places import code_of
from veedor.sources import columns, list_errors, problems, workbook
from veedor.sources.source import Note, Parsed, Raw, Sample, Source
from veedor.sources.workbook import Row

NAME = "worldbank-wgi"
SHEETS = {
    "VoiceandAccountability": "wgi-voice-and-accountability",
    "Political StabilityNoViolence": "wgi-political-stability",
    "GovernmentEffectiveness": "wgi-government-effectiveness",
    "RegulatoryQuality": "wgi-regulatory-quality",
    "RuleofLaw": "wgi-rule-of-law",
    "ControlofCorruption": "wgi-control-of-corruption",
}
_INTRODUCTION = "Introduction"
_COUNTRY, _CODE, _ESTIMATE, _ERROR = "Country/Territory", "Code", "Estimate", "StdErr"
_MISSING = ("", "#N/A", "..")
_Z = Decimal("1.96")  # 95 % of a normal distribution, as the publisher uses it for its margins of error
_STEP = Decimal("1e-8")

INTERVAL = Template(
    "src.wgi-interval",
    N_(
        "The interval is the estimate plus and minus {z} standard errors; the publisher's own Lower and Upper are of the rank and not used."
    ),
)
ABSENT = Template("src.wgi-absent", N_("{rows} country-years have no estimate: not reported, which is not zero."))


def _recognise(sample: Sample) -> bool:
    inner = workbook.glimpse(sample.head)
    return sum(f'name="{title}"' in inner for title in SHEETS) >= len(SHEETS) - 2


@columns.careful
def _parse(raw: Raw) -> Parsed:
    held = workbook.sheets(raw.data, (_INTRODUCTION, *SHEETS))
    if lost := [title for title in SHEETS if title not in held]:
        raise columns.UnusableError([list_errors.lost_sheet(title, tuple(held)) for title in lost])
    method = _method(held)
    rows = [row for title, series in SHEETS.items() for row in _sheet(held[title], series)]
    if not rows:
        raise columns.UnusableError([problems.no_rows()])
    made = table_of_kind(
        "statistic",
        {
            **{name: [row[name] for row in rows] for name in rows[0]},
            "source": NAME,
            "snapshot": raw.snapshot,
            "marking": int(Marking.PUBLIC),
            "unit": "standard deviations",
            "method": method,
        },
    )
    covers = columns.covered(made)
    absent = columns.count_of(columns.equals(made["status"], "not-reported"))
    notes = [Note(sentence=INTERVAL(z=_Z), rows=made.num_rows - absent)]
    if absent:
        notes.append(Note(sentence=ABSENT(rows=absent), rows=absent))
    return Parsed(tables={"statistic": made}, covers=covers, vintage=columns.last_day(covers), notes=tuple(notes))


def _method(held: Mapping[str, Sequence[Row]]) -> str:
    """The yearly update, which estimates all earlier years anew; without its name, "undated"."""
    cells = (str(cell) for row in held.get(_INTRODUCTION, ()) for cell in row if cell is not None)
    found = next(filter(None, (re.search(r"\b(\d{4}) Update\b", cell) for cell in cells)), None)
    return f"wgi-{found.group(1)}-update" if found else "wgi-undated-update"


def _sheet(rows: Sequence[Row], series: str) -> Iterator[dict[str, object]]:
    top = next((at for at, row in enumerate(rows) if tuple(row[:2]) == (_COUNTRY, _CODE)), None)
    if top is None or top == 0:
        raise columns.UnusableError(problems.lost_columns((_COUNTRY, _CODE), _names(rows), line=1))
    places = _year_columns(rows[top - 1], rows[top], top + 1)
    for number, row in enumerate(rows[top + 1 :], top + 2):
        if row and row[0] is not None:
            yield from _country(row, number, places, series)


def _names(rows: Sequence[Row]) -> tuple[str, ...]:
    return tuple(str(cell) for row in rows[:20] for cell in row[:2] if cell is not None)


def _year_columns(years: Row, names: Row, line: int) -> dict[int, tuple[int, int]]:
    """For each year, where its estimate and its standard error stand."""
    both = enumerate(zip(years, names, strict=False))
    found = {(year, name): at for at, (year, name) in both if isinstance(year, int) and isinstance(name, str)}
    lost = problems.lost_columns((_ESTIMATE, _ERROR), {name for _, name in found}, line)
    if lost:
        raise columns.UnusableError(lost)
    return {year: (at, found[year, _ERROR]) for (year, name), at in found.items() if name == _ESTIMATE and (year, _ERROR) in found}


def _country(row: Row, number: int, places: Mapping[int, tuple[int, int]], series: str) -> Iterator[dict[str, object]]:
    code = str(row[1] or "").strip() if len(row) > 1 else ""
    place = code_of(code) or code or fold(str(row[0]))
    for year, (estimate_at, error_at) in places.items():
        estimate = _figure(row, estimate_at, number, _ESTIMATE)
        error = _figure(row, error_at, number, _ERROR)
        margin = None if estimate is None or error is None else _Z * error
        yield {
            "id": f"{series}:{number}:{year}",
            "valid_from": date(year, 1, 1),
            "valid_to": date(year + 1, 1, 1),
            "place": place,
            "row": number,
            "series": series,
            "value": _stepped(estimate),
            "low": _stepped(None if margin is None or estimate is None else estimate - margin),
            "high": _stepped(None if margin is None or estimate is None else estimate + margin),
            "status": "not-reported" if estimate is None else "estimated",
        }


def _figure(row: Row, at: int, number: int, name: str) -> Decimal | None:
    cell = row[at] if at < len(row) else None
    if cell is None or (isinstance(cell, str) and cell.strip() in _MISSING):
        return None
    if isinstance(cell, (int, float)) and not isinstance(cell, bool) and math.isfinite(cell):
        return Decimal(repr(cell))
    raise columns.UnusableError([_not_a_number(number, name, cell, at)])


def _not_a_number(number: int, name: str, cell: object, at: int) -> Problem:
    return problems.not_a_number(number, name, str(cell), position=at + 1)


def _stepped(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(_STEP, ROUND_HALF_EVEN)


SOURCE = Source(
    name=NAME,
    title=N_("Worldwide Governance Indicators (World Bank)"),
    publisher="World Bank",
    controller="world-bank",
    grade="B3",
    measures=N_(
        "How businesses, citizens and experts perceive six dimensions of governance: voice and accountability, political stability, "
        "government effectiveness, regulatory quality, rule of law, control of corruption."
    ),
    unit=N_("standard deviations from the mean of all countries in a year (about −2.5 to 2.5, higher is better)"),
    coverage=N_("More than 200 countries and territories, by calendar year, from 1996 (every second year until 2002)."),
    breaks=N_(
        "Every yearly update estimates all earlier years anew: two updates are never one series. The scale is relative, so that a country "
        "can fall while nothing in it changed. The update of 2025 has another scale and layout, and is not read by this source. "
        "Perceptions are not acts."
    ),
    terms=N_("CC BY 4.0: name the publisher."),
    kinds=("statistic",),
    recognise=_recognise,
    parse=_parse,
    cadence="yearly",
    columns=tuple(SHEETS),
)
