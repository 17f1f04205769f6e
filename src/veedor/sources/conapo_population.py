"""Mexico's population by CONAPO: estimates and projections, by state and month, and by municipality and year.

Two files, two parts. Neither was counted: every value is an estimate, also of the past, and says so. No national row is made
here; a sum of states is the reader's own.
"""

from __future__ import annotations

import re
from datetime import date

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from veedor.kernel.errors import Problem
from veedor.kernel.language import N_, Template
from veedor.kernel.markings import Marking
from veedor.records.kinds import table as table_of_kind
from veedor.sources import columns, mexico, problems
from veedor.sources.figures import Column
from veedor.sources.reading import ROW, decode_head, header_of
from veedor.sources.source import Note, Parsed, Raw, Sample, Source

NAME = "conapo-population"
STATES, MUNICIPALITIES = "states", "municipalities"

_KEY, _DATE, _PEOPLE = "state_code", "date", "population"
_STATE_COLUMNS = (_KEY, _DATE, _PEOPLE)
_TOWN_COLUMNS = ("CVE", "Entidad", "Municipio")
_YEAR = re.compile(r"^(?:19|20)\d\d$", re.ASCII)
_YEARS_AT_LEAST = 5  # column names that are years: what tells the municipal table from others with the same three names

INTERPOLATED = Template(
    "src.conapo-interpolated",
    N_("Monthly values lie between CONAPO's values for the middle of each year; a third party computed them, not CONAPO."),
)
PROJECTED = Template(
    "src.conapo-projected",
    N_("All {rows} values are estimates or projections, up to {date}; none was counted."),
)


def _year_columns(header: list[str]) -> list[str]:
    return [name for name in header if _YEAR.match(name)]


def _recognise(sample: Sample) -> bool:
    try:
        header = header_of(decode_head(sample.head))
    except ValueError:
        return False
    return set(_STATE_COLUMNS) <= set(header) or _is_by_town(header)


def _is_by_town(header: list[str]) -> bool:
    return len(set(_TOWN_COLUMNS) & set(header)) >= 2 and len(_year_columns(header)) >= _YEARS_AT_LEAST


@columns.careful
def _parse(raw: Raw) -> Parsed:
    by_town = _is_by_town(mexico.header_in(raw))
    return _parse_towns(raw) if by_town else _parse_states(raw)


def _parse_states(raw: Raw) -> Parsed:
    found = columns.read(raw, _STATE_COLUMNS)
    mexico.refuse_doubles(found, [_KEY, _DATE])
    places = columns.each_or_stop(found, _KEY, lambda key: mexico.state_code(key) or None, pa.string(), _unknown_state)
    days = columns.each_or_stop(found, _DATE, _first_of_month, pa.date32(), problems.not_a_date)
    months = days.to_numpy(zero_copy_only=False).astype("datetime64[M]")
    people = mexico.counts(found, _PEOPLE)
    made = table_of_kind(
        "statistic",
        {
            **columns.cited(raw, found, NAME),
            "valid_from": columns.days(months),
            "valid_to": columns.days(columns.later(months, 1)),
            "place": places,
            "series": "population",
            "value": people,
            **_MEANING,
        },
    )
    notes = (Note(sentence=INTERPOLATED(), rows=made.num_rows), *_notes(made))
    return Parsed(tables={"statistic": made}, covers=columns.covered(made), part=STATES, vintage=raw.stated, notes=notes)


_MEANING = {"unit": "people", "method": "conapo-projections", "status": "estimated"}


def _parse_towns(raw: Raw) -> Parsed:
    found = columns.read(raw, _TOWN_COLUMNS)
    years = _year_columns(found.column_names)
    twice = [problems.column_twice(year, position=found.column_names.index(year) + 1) for year in years if years.count(year) > 1]
    if twice:
        raise columns.UnusableError(twice)
    mexico.refuse_doubles(found, ["CVE"])
    keys = found["CVE"].combine_chunks()
    columns.stop_at(found, "CVE", keys, pc.invert(pc.match_substring_regex(keys, r"^\d{5}$")), _unknown_state)
    with_state = found.append_column("state", pc.utf8_slice_codeunits(keys, 0, 2))
    placed = mexico.states(with_state, "state", "Entidad")
    columns.stop_at(found, "CVE", keys, pc.equal(placed.places, pa.scalar("MX")), _unknown_state)
    places = mexico.glued("MX", keys)
    rows = np.repeat(np.arange(found.num_rows), len(years))
    numbers = np.tile(np.array(years, np.int64), found.num_rows)
    lines = found[ROW].combine_chunks().take(rows)
    made = table_of_kind(
        "statistic",
        {
            "id": mexico.glued(lines.cast(pa.string()), pa.array(numbers, pa.int64()).cast(pa.string()), by=":"),
            "valid_from": columns.days(columns.calendar_months(numbers, np.ones_like(numbers))),
            "valid_to": columns.days(columns.calendar_months(numbers + 1, np.ones_like(numbers))),
            "place": places.take(rows),
            "source": NAME,
            "snapshot": raw.snapshot,
            "row": lines,
            "marking": int(Marking.PUBLIC),
            "series": "population-municipal",
            "value": _by_year(found, years),
            **_MEANING,
        },
    )
    notes = (*placed.notes, *mexico.municipalities(places), *_notes(made))
    return Parsed(tables={"statistic": made}, covers=columns.covered(made), part=MUNICIPALITIES, vintage=raw.stated, notes=notes)


def _by_year(found: pa.Table, years: list[str]) -> Column:
    stacked = pa.concat_arrays([mexico.counts(found, year) for year in years])
    order = np.arange(found.num_rows * len(years)).reshape(len(years), found.num_rows).T.ravel()
    return stacked.take(order)


def _first_of_month(text: str) -> date | None:
    try:
        found = date.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.day == 1 and _YEAR.match(str(found.year)) else None


def _unknown_state(row: int, column: str, value: str, *, position: int) -> Problem:
    words = N_('"{value}" in the column "{column}" is no key of a Mexican state or municipality')
    repair = N_("keys are those of INEGI: 1 to 32 for states, five digits for municipalities")
    return Problem(row, position, mexico.UNKNOWN_CODE, words, (("column", column), ("value", value)), repair)


def _notes(made: pa.Table) -> tuple[Note, ...]:
    last = columns.last_day(columns.covered(made))
    projected = Note(sentence=PROJECTED(rows=made.num_rows, date=last), rows=made.num_rows)
    return (projected, *mexico.missing_states(made["place"].combine_chunks()))


SOURCE = Source(
    name=NAME,
    title=N_("Population of Mexico by CONAPO, 1990 to 2050"),
    publisher="Consejo Nacional de Población (CONAPO)",
    controller="MX",
    grade="B2",
    measures=N_("People living in each state at the beginning of each month, and in each municipality in the middle of each year."),
    unit=N_("people"),
    coverage=N_("Mexico: the 32 states by month, 1990 to 2050; about 2,475 municipalities by year, 1990 to 2040."),
    breaks=N_(
        "Every value is an estimate or a projection, revised whole after each census. Monthly values are interpolated by a "
        "third party. Municipalities created after the projection was made are counted in the one they left. A census counts "
        "less: 126,014,024 people in March 2020, where the projection says 128 million."
    ),
    terms=N_("Mexican open data terms of free use: attribution to the publisher (Términos de Libre Uso MX)."),
    kinds=("statistic",),
    recognise=_recognise,
    parse=_parse,
    columns=_STATE_COLUMNS,
)
