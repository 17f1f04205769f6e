"""Missing persons in Mexico (RNPDNO): how many, by municipality, month and sex; one table for each state of the search.

People not located and people located alive stand in separate files, which are parts of one source. The table of everybody
(status 0) holds more than its parts together, so that its rows are totals and never added to anything. A municipality and
month without anybody has no row.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from veedor.kernel.errors import Problem
from veedor.kernel.language import N_, Template
from veedor.records.kinds import table as table_of_kind
from veedor.sources import columns, mexico, problems
from veedor.sources.figures import Column
from veedor.sources.reading import ROW, decode_head, header_of
from veedor.sources.source import Note, Parsed, Raw, Sample, Source

NAME = "rnpdno"
EVERYBODY = "everybody"
PARTS = {0: EVERYBODY, 2: "located-alive", 3: "located-dead", 7: "not-located"}
MIXED_PARTS = "SRC021"

_SEXES = ("male", "female", "undefined")
_TOTAL, _STATUS = "total", "status_id"
_COLUMNS = (
    "cvegeo", "cve_estado", "state", "cve_mun", "municipality", *_SEXES, _TOTAL, "year", "month", _STATUS,
)  # fmt: skip
_NO_STATE = "99"
_YEARS = (1950, 2100)

TOTAL_EXCEEDS = Template(
    "src.rnpdno-total-exceeds",
    N_("In {rows} rows the total is not the sum of men, women and persons of undefined sex; together the totals are {difference} more."),
)
NO_STATE = Template("src.rnpdno-no-state", N_("{rows} rows name no state: {persons} persons are counted in Mexico, in no state."))
TOTALS_ONLY = Template(
    "src.rnpdno-everybody",
    N_("This file is of everybody ever reported. It holds more persons than its parts together, and is never added to them."),
)


def _recognise(sample: Sample) -> bool:
    try:
        header = header_of(decode_head(sample.head))
    except ValueError:
        return False
    return len(set(_COLUMNS) & set(header)) >= len(_COLUMNS) - 2


class _About(NamedTuple):
    """What the rows made of one published row share."""

    raw: Raw
    found: pa.Table
    months: columns.Months
    placed: mexico.Placed
    part: str


@columns.careful
def _parse(raw: Raw) -> Parsed:
    found = columns.read(raw, _COLUMNS)
    part = _part(found)
    mexico.refuse_doubles(found, [name for name in _COLUMNS if name not in {*_SEXES, _TOTAL}])
    counts = {name: mexico.counts(found, name) for name in (*_SEXES, _TOTAL)}
    placed = _placed(found)
    about = _About(raw, found, _months(found), placed, part)
    made = pa.concat_tables([_rows(about, name, counts[name]) for name in counts])
    made = made.take(pc.sort_indices(made, [("row", "ascending"), ("id", "ascending")]))
    covers = columns.covered(made)
    return Parsed(
        tables={"incidence": made},
        covers=covers,
        part=part,
        vintage=columns.last_day(covers),
        notes=_notes(found, counts, placed, part),
    )


def _part(found: pa.Table) -> str:
    statuses = columns.whole(found, _STATUS)
    known = pa.array(sorted(PARTS), pa.int64())
    columns.stop_at(found, _STATUS, found[_STATUS].combine_chunks(), pc.invert(pc.is_in(statuses, known)), _unknown_status)
    first = statuses[0].as_py()
    other = np.flatnonzero(statuses.to_numpy() != first)
    if other.size:
        words = N_('{rows} rows are of "{other}", the rest of the file is of "{first}": one file holds one table')
        values = (("first", PARTS[first]), ("other", PARTS[statuses[int(other[0])].as_py()]), ("rows", int(other.size)))
        line = found[ROW][int(other[0])].as_py()
        repair = N_("take in one file for each table, as the publisher issues them")
        raise columns.UnusableError([Problem(line, found.column_names.index(_STATUS) + 1, MIXED_PARTS, words, values, repair)])
    return PARTS[first]


def _unknown_status(row: int, column: str, value: str, *, position: int) -> Problem:
    words = N_('"{value}" in the column "{column}" is not a status this source knows (0, 2, 3, 7)')
    repair = N_("look the code up in the publisher's description; the source has to learn it first")
    return Problem(row, position, mexico.UNKNOWN_CODE, words, (("column", column), ("value", value)), repair)


def _months(found: pa.Table) -> columns.Months:
    years = mexico.between(found, "year", *_YEARS, problems.not_a_year)
    return columns.calendar_months(years, mexico.between(found, "month", 1, 12, problems.not_a_month))


def _placed(found: pa.Table) -> mexico.Placed:
    """Municipalities by `cvegeo`; rows of state 99 are of Mexico."""
    states = mexico.states(found, "cve_estado", "state", nowhere=(_NO_STATE,))
    keys = found["cvegeo"].combine_chunks()
    whole = pc.match_substring_regex(keys, r"^\d{5}$")
    belongs = pc.and_(whole, pc.equal(mexico.glued("MX", pc.utf8_slice_codeunits(keys, 0, 2)), states.places))
    no_state = pc.equal(states.places, pa.scalar("MX"))
    columns.stop_at(found, "cvegeo", keys, pc.invert(pc.or_(belongs, no_state)), mexico.key_of_another_state)
    towns = pc.if_else(no_state, "MX", mexico.glued("MX", keys))
    return mexico.Placed(towns, states.regions, states.notes)


def _rows(about: _About, name: str, counts: Column) -> pa.Table:
    is_total = name == _TOTAL or about.part == EVERYBODY
    return table_of_kind(
        "incidence",
        {
            **columns.cited(about.raw, about.found, NAME, suffix=name),
            "valid_from": columns.days(about.months),
            "valid_to": columns.days(columns.later(about.months, 1)),
            "place": about.placed.places,
            "category": "missing-person",
            "subcategory": about.part,
            "grouping": "" if name == _TOTAL else name,
            "region": about.placed.regions,
            "measure": "persons",
            "method": "rnpdno",
            "count": counts,
            "status": "total" if is_total else "reported",
        },
    )


def _notes(found: pa.Table, counts: dict[str, Column], placed: mexico.Placed, part: str) -> tuple[Note, ...]:
    notes = [*placed.notes, *mexico.missing_states(placed.places), *mexico.municipalities(placed.places)]
    parts = sum(counts[name].to_numpy() for name in _SEXES)
    totals = counts[_TOTAL].to_numpy()
    if unlike := int(np.count_nonzero(totals != parts)):
        notes.append(Note(sentence=TOTAL_EXCEEDS(rows=unlike, difference=int((totals - parts).sum())), rows=unlike))
    stateless = pc.equal(placed.places, pa.scalar("MX"))
    if rows := columns.count_of(stateless):
        persons = columns.count_of(counts[_TOTAL].filter(stateless))
        notes.append(Note(sentence=NO_STATE(rows=rows, persons=persons), rows=rows))
    if part == EVERYBODY:
        notes.append(Note(sentence=TOTALS_ONLY(), rows=found.num_rows))
    return tuple(notes)


SOURCE = Source(
    name=NAME,
    title=N_("Missing and not located persons in Mexico (RNPDNO)"),
    publisher="Comisión Nacional de Búsqueda, Registro Nacional de Personas Desaparecidas y No Localizadas",
    controller="MX",
    grade="C3",
    measures=N_("Persons reported missing who are not located, or who were located alive or dead, by sex. Numbers only."),
    unit=N_("persons"),
    coverage=N_("Mexico, by municipality and month in which the person went missing; a place and month with nobody has no row."),
    breaks=N_(
        "The register is changed daily: a person found leaves one table and enters another, and reports come months late, so "
        "that the newest months always grow. A census of the register in 2023 moved many persons between tables. The table of "
        "everybody holds more than its parts together; they are never added. Files are copies of the public consultation "
        "pages, made by third parties: the publisher issues none."
    ),
    terms=N_("Mexican open data terms of free use: attribution to the publisher (Términos de Libre Uso MX)."),
    kinds=("incidence",),
    recognise=_recognise,
    parse=_parse,
    columns=_COLUMNS,
)
