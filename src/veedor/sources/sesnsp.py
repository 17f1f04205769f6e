"""The Secretariado's monthly tables of crimes of the local jurisdiction: one row a crime, one column a month; two methods.

A blank month is one not yet reported, never a zero. Both methods use the same columns, so that rows are told apart by what
they hold: a file with rows of both is unusable, and the two are never one series.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from veedor.kernel.errors import Problem
from veedor.kernel.language import MONTHS, N_, Template
from veedor.kernel.months import Period
from veedor.records.kinds import table as table_of_kind
from veedor.sources import columns, mexico, problems
from veedor.sources.crimes import IDEFC, RNID, category_of, is_known, method_of
from veedor.sources.figures import Column
from veedor.sources.reading import ROW, decode, decode_head, header_of
from veedor.sources.source import Note, Parsed, Raw, Sample

YEAR, KEY, STATE = "Año", "Clave_Ent", "Entidad"
TOWN_KEY, TOWN = "Cve. Municipio", "Municipio"
SUBTYPE, MODALITY = "Subtipo de delito", "Modalidad"
_CRIME = ("Bien jurídico afectado", "Tipo de delito", SUBTYPE, MODALITY)
_MONTHS = tuple(name.capitalize() for name in MONTHS["es"])
STATE_COLUMNS = (YEAR, KEY, STATE, *_CRIME, *_MONTHS)
TOWN_COLUMNS = (YEAR, KEY, STATE, TOWN_KEY, TOWN, *_CRIME, *_MONTHS)

MIXED_METHODS = "SRC020"
_NAMES = {IDEFC: "sesnsp-idefc", RNID: "sesnsp-rnid"}
_YEARS = (1990, 2100)
_TOWN_KEYS = (1001, 32999)
_ENOUGH = 15  # of the nineteen columns: a file that lost a few still finds its source, which then says what it lost

REPAIRED = Template(
    "src.sesnsp-mended",
    N_("The accents of this file were spoilt by a program that took latin-1 for MacRoman; they were restored exactly."),
)
NOT_YET = Template(
    "src.sesnsp-not-yet", N_("{rows} monthly figures lie after {date}, the end of the last month reported: blank, not zero.")
)
GAPS = Template(
    "src.sesnsp-gaps",
    N_("{rows} monthly figures are blank although other rows report the same month: not reported, and not counted as zero."),
)
DECIMALS = Template(
    "src.sesnsp-decimals",
    N_('{rows} counts are written with a decimal point ("12.0"), as a spreadsheet program does; all are whole numbers.'),
)
NEW_SUBTYPES = Template(
    "src.sesnsp-new-subtypes",
    N_("{rows} rows are of subtypes that are in neither known catalogue, so that their category is made from their own words: {names}."),
)
STATES_SHORT = Template("src.sesnsp-states-short", N_("In {year} only {count} of the {most} states of this file have rows."))


def recognise(sample: Sample, method: str) -> bool:
    """Whether the file has the columns of these tables and its first rows were counted by this method."""
    text = decode_head(sample.head)
    try:
        header = header_of(text)
    except ValueError:
        return False
    if len(set(STATE_COLUMNS) & set(header)) < _ENOUGH:
        return False
    told = [found for row in _first_rows(text) if (found := _method_of_row(dict(zip(header, row, strict=False))))]
    return told[:1] == [method]


def _first_rows(text: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline="")))[1:]
    except csv.Error:
        return []


def _method_of_row(row: dict[str, str]) -> str:
    year = row.get(YEAR, "").strip()
    return method_of(int(year) if year.isascii() and year.isdigit() else None, row.get(SUBTYPE, ""))


def parser(method: str) -> Callable[[Raw], Parsed]:
    """The parser of one of the two sources."""

    @columns.careful
    def parse(raw: Raw) -> Parsed:
        return _parse(raw, method)

    return parse


def _parse(raw: Raw, method: str) -> Parsed:
    header = mexico.header_in(raw)
    by_town = TOWN in header or TOWN_KEY in header
    names = TOWN_COLUMNS if by_town else STATE_COLUMNS
    found = columns.read(raw, names)
    years = mexico.between(found, YEAR, *_YEARS, problems.not_a_year)
    _refuse_other_method(found, years, method)
    mexico.refuse_doubles(found, [name for name in names if name not in _MONTHS])
    placed = mexico.states(found, KEY, STATE)
    places = _towns(found, placed.places) if by_town else placed.places
    long = mexico.monthly(years, [mexico.counts(found, month, blank=True) for month in _MONTHS])
    covers = _covered(long)
    made = _table(raw, found, long, places, placed.regions, method)
    notes = (
        *_notes_on_writing(raw, found),
        *_notes_on_months(long, covers),
        *_notes_on_places(placed, places, years, by_town=by_town),
        *_notes_on_crimes(found),
    )
    return Parsed(
        tables={"incidence": made},
        covers=covers,
        part=_part(places) if by_town else "states",
        vintage=columns.last_day(covers),
        notes=notes,
    )


def _refuse_other_method(found: pa.Table, years: npt.NDArray[np.int64], method: str) -> None:
    subtypes = found[SUBTYPE].combine_chunks().dictionary_encode()
    words = subtypes.dictionary.to_pylist()
    pairs = np.unique(np.stack([years, subtypes.indices.to_numpy()]), axis=1, return_inverse=True)
    other = np.array([method_of(int(year), words[place]) != method for year, place in pairs[0].T])
    wrong = np.flatnonzero(other[pairs[1].ravel()])
    if wrong.size:
        at = int(wrong[0])
        problem = Problem(
            found[ROW][at].as_py(),
            found.column_names.index(SUBTYPE) + 1,
            MIXED_METHODS,
            N_('{rows} rows were counted by another method than the rest of the file ({method}); the first is "{subtype}" of {year}'),
            (("method", method), ("rows", int(wrong.size)), ("subtype", found[SUBTYPE][at].as_py()), ("year", str(years[at]))),
            N_("take in one file for each method, as the publisher issues them"),
        )
        raise columns.UnusableError([problem])


def _towns(found: pa.Table, state_places: Column) -> Column:
    """Municipalities by their five-digit key; the key must begin with the key of the state beside it."""
    numbers = mexico.between(found, TOWN_KEY, *_TOWN_KEYS, mexico.key_of_another_state)
    keys = pa.array(numbers, pa.int64()).cast(pa.string())
    codes = mexico.glued("MX", pc.utf8_lpad(keys, 5, "0"))
    same = pc.equal(pc.utf8_slice_codeunits(codes, 0, 4), state_places)
    columns.stop_at(found, TOWN_KEY, found[TOWN_KEY].combine_chunks(), pc.invert(same), mexico.key_of_another_state)
    return codes


def _covered(long: mexico.Monthly) -> Period:
    reported = long.months[pc.is_valid(long.counts).to_numpy(zero_copy_only=False)]
    if not reported.size:
        raise mexico.no_figures()
    return Period(_day(reported.min()), _day(reported.max() + np.timedelta64(1, "M")))


def _day(month: np.datetime64) -> date:
    return date.fromisoformat(f"{month}-01")


def _table(raw: Raw, found: pa.Table, long: mexico.Monthly, places: Column, regions: Column, method: str) -> pa.Table:
    return table_of_kind(
        "incidence",
        {
            **mexico.cited(found, long, raw.snapshot, _NAMES[method]),
            "place": long.spread(places),
            "category": long.spread(columns.each(found, SUBTYPE, category_of, pa.string())),
            "subcategory": long.spread(found[SUBTYPE].combine_chunks()),
            "modality": long.spread(found[MODALITY].combine_chunks()),
            "region": long.spread(regions),
            "measure": "investigation-files",
            "method": method,
            "count": long.counts,
            "status": pc.if_else(pc.is_null(long.counts), "not-reported", "reported"),
        },
    )


def _part(places: Column) -> str:
    # A table of one state's municipalities completes those of the other states; it must not supersede them.
    there = sorted({str(place)[:4] for place in pc.unique(places).to_pylist()})
    return f"municipalities-{there[0].lower()}" if len(there) == 1 else "municipalities"


def _notes_on_writing(raw: Raw, found: pa.Table) -> list[Note]:
    notes = [Note(sentence=REPAIRED(), rows=found.num_rows)] if decode(raw.data).repaired else []
    pointed = sum(columns.count_of(pc.match_substring(found[month], ".")) for month in _MONTHS)
    if pointed:
        notes.append(Note(sentence=DECIMALS(rows=pointed), rows=pointed))
    return notes


def _notes_on_months(long: mexico.Monthly, covers: Period) -> list[Note]:
    blank = pc.is_null(long.counts).to_numpy(zero_copy_only=False)
    after = long.months.astype("datetime64[D]") >= np.datetime64(covers.ends)
    told = np.isin(long.months, np.unique(long.months[~blank]))
    notes = []
    if late := int((blank & after).sum()):
        notes.append(Note(sentence=NOT_YET(rows=late, date=covers.ends - timedelta(days=1)), rows=late))
    if gaps := int((blank & told).sum()):
        notes.append(Note(sentence=GAPS(rows=gaps), rows=gaps))
    return notes


def _notes_on_places(placed: mexico.Placed, places: Column, years: npt.NDArray[np.int64], *, by_town: bool) -> list[Note]:
    notes = [*placed.notes, *mexico.missing_states(placed.places)]
    if by_town:
        notes.extend(mexico.municipalities(places))
    seen = pa.table({"year": years, "place": placed.places}).group_by("year").aggregate([("place", "count_distinct")])
    most = pc.max(seen["place_count_distinct"]).as_py()
    few = [(row["year"], row["place_count_distinct"]) for row in seen.sort_by("year").to_pylist()]
    notes.extend(Note(sentence=STATES_SHORT(year=str(year), count=n, most=most)) for year, n in few if n < most)
    return notes


def _notes_on_crimes(found: pa.Table) -> list[Note]:
    new = tuple(sorted(str(words) for words in pc.unique(found[SUBTYPE]).to_pylist() if not is_known(str(words))))
    if not new:
        return []
    rows = columns.count_of(pc.is_in(found[SUBTYPE], pa.array(new)))
    return [Note(sentence=NEW_SUBTYPES(rows=rows, names=new), rows=rows)]
