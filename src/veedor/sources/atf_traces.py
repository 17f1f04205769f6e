"""Firearm traces by the US state of recovery, scraped from the yearly pages of the Bureau of Alcohol, Tobacco, Firearms and Explosives.

Each page shows the same traces seven times over: by type, calibre, state of first sale, time to crime, city, crime and age of the
possessor. The lists are never added to each other. A trace is a request, not a crime gun counted once, and only what the police
chose to trace is in it.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from veedor.kernel.language import N_, Template
from veedor.records.kinds import table as table_of_kind
from veedor.records.places import catalogue, code_of
from veedor.sources import columns, figures, problems
from veedor.sources.figures import Column
from veedor.sources.reading import ROW
from veedor.sources.source import Note, Parsed, Raw, Sample, Source

NAME = "atf-traces"
_COLUMNS = ("State", "Year", "Section_raw", "Category_or_Location", "Value", "Note", "Note2", "Section", "Category_or_Place")
_SAME = ("State", "Year", "Section", "Category_or_Place", "Value")  # what a row says, whatever heading it was scraped under

SOURCE_STATES = "Top States Where Firearms Came From"
_TRACES = {  # section of the page: category of the record, and the field that holds the row's own words
    "Firearms Types Recovered in State": ("firearm-type", "weapon_type"),
    "Top Calibers Reported": ("calibre", "calibre"),
    SOURCE_STATES: ("source-state", "purchase_place"),
    "Time-to-Crime for Firearms Recovered in State": ("time-to-crime", "time_to_crime"),
    "Top Recovery Cities in State": ("recovery-city", "recovery_place"),
}
_COUNTS = {"Top Crimes Reported": "trace-crime", "Age of Possessors": "trace-possessor-age"}
_ALIASES = {"District Columbia": "District of Columbia"}
_TOTAL = r"The source state was identified in (?P<total>[0-9,]+) total"

DOUBLED = Template("src.atf-rows-twice", N_("Rows left out because an earlier row says the same word for word ({names}): {rows}."))
SCRAPED_TWICE = Template(
    "src.atf-table-twice", N_("Rows left out because they repeat figures of the same page under another heading or none ({names}): {rows}.")
)
FOOTNOTES = Template("src.atf-footnotes", N_("Rows left out because they hold a footnote and no figure: {rows}."))
FEWER_YEARS = Template(
    "src.atf-fewer-years",
    N_("For {names} the file has fewer years than for the others. The missing years are unknown, not zero."),
)
NO_PAGE = Template("src.atf-no-page", N_("The file has no page for {names}. Recoveries there are unknown, not zero."))
NEW_SECTION = Template("src.atf-new-section", N_("Rows left out because their section is not known ({names}): {rows}."))
NO_STATE = Template(
    "src.atf-no-state", N_("Rows of places that the catalogue does not know, counted for the whole country ({names}): {rows}.")
)


def _recognise(sample: Sample) -> bool:
    return columns.looks_like(sample, _COLUMNS)


def _state(text: str) -> str:
    return code_of(_ALIASES.get(text, text), "US") or "US"


@columns.careful
def _parse(raw: Raw) -> Parsed:
    found, notes = _once(columns.read(raw, _COLUMNS))
    years = columns.each_or_stop(found, "Year", columns.year_number, pa.int64(), problems.not_a_year)
    places = columns.each(found, "State", _state, pa.string())
    kept = found.append_column("year", years).append_column("place", places)
    kept = kept.append_column("count", columns.whole(kept, "Value", blank=True))
    traces, counts, totals = _traces(raw, kept), _counts(raw, kept), _totals(raw, kept)
    tables = {"trace": pa.concat_tables([traces, totals]), "incidence": counts}
    covers = columns.covered(*tables.values())
    return Parsed(
        tables={kind: table for kind, table in tables.items() if table.num_rows},
        covers=covers,
        vintage=columns.last_day(covers),
        notes=(*notes, *_gaps(kept)),
    )


def _once(found: pa.Table) -> tuple[pa.Table, list[Note]]:
    """The rows that say something, each once, and notes on those left out."""
    notes = []
    repeated = columns.repeats(found, _COLUMNS)
    notes += _note_on(found, repeated, DOUBLED)
    found = found.filter(pc.invert(repeated))
    silent = pc.and_(columns.equals(found["Value"], ""), columns.equals(found["Category_or_Place"], ""))
    if footnotes := columns.count_of(silent):
        notes.append(Note(sentence=FOOTNOTES(rows=footnotes), rows=footnotes))
    found = found.filter(pc.invert(silent))
    again = columns.repeats(found, _SAME)
    notes += _note_on(found, again, SCRAPED_TWICE)
    return found.filter(pc.invert(again)), notes


def _note_on(found: pa.Table, mask: Column, sentence: Template) -> list[Note]:
    rows = columns.count_of(mask)
    names = columns.different(found["State"].combine_chunks().filter(mask))
    return [Note(sentence=sentence(rows=rows, names=names), rows=rows)] if rows else []


def _when_and_where(raw: Raw, rows: pa.Table, suffix: str = "") -> dict[str, object]:
    first = columns.calendar_months(rows["year"].to_numpy(), 1)
    span = {"valid_from": columns.days(first), "valid_to": columns.days(columns.later(first, 12))}
    return {**columns.cited(raw, rows, NAME, suffix), **span, "place": rows["place"].combine_chunks()}


def _status(counts: Column) -> Column:
    chosen: Column = pc.if_else(columns.valid(counts), "reported", "not-reported")
    return chosen


def _traces(raw: Raw, kept: pa.Table) -> pa.Table:
    rows = kept.filter(columns.each(kept, "Section", lambda text: text in _TRACES, pa.bool_()))
    category = columns.each(rows, "Section", lambda text: _TRACES[text][0], pa.string())
    field = columns.each(rows, "Section", lambda text: _TRACES[text][1], pa.string())
    own = columns.words(rows, "Category_or_Place")
    sold = columns.each(rows, "Category_or_Place", lambda text: code_of(text, "US") or text, pa.string())

    def only(name: str, values: Column) -> Column:
        chosen: Column = pc.if_else(columns.equals(field, name), values, "")
        return chosen

    return table_of_kind(
        "trace",
        {
            **_when_and_where(raw, rows),
            "category": category,
            "weapon_type": only("weapon_type", own),
            "calibre": only("calibre", own),
            "purchase_place": only("purchase_place", sold),
            "recovery_place": pc.if_else(columns.equals(field, "recovery_place"), own, rows["place"].combine_chunks()),
            "time_to_crime": only("time_to_crime", own),
            "count": rows["count"].combine_chunks(),
            "status": _status(rows["count"].combine_chunks()),
        },
    )


def _totals(raw: Raw, kept: pa.Table) -> pa.Table:
    """How many traces had a known state of first sale: the denominator, which the page gives in a footnote."""
    stated = pc.extract_regex(columns.words(kept, "Note"), pattern=_TOTAL)
    total: Column = pc.struct_field(stated, "total")
    values, _ = figures.whole(pc.coalesce(total, columns.repeat("", total)))
    rows, values = kept.filter(columns.valid(values)), values.filter(columns.valid(values))
    where = rows["place"].combine_chunks()
    shape = {"category": "source-state", "recovery_place": where, "count": values, "status": "total"}
    return table_of_kind("trace", {**_when_and_where(raw, rows, "total"), **shape})


def _counts(raw: Raw, kept: pa.Table) -> pa.Table:
    rows = kept.filter(columns.each(kept, "Section", lambda text: text in _COUNTS, pa.bool_()))
    return table_of_kind(
        "incidence",
        {
            **_when_and_where(raw, rows),
            "category": columns.each(rows, "Section", lambda text: _COUNTS[text], pa.string()),
            "subcategory": columns.words(rows, "Category_or_Place"),
            "measure": "firearm-traces",
            "method": "atf-state-page",
            "count": rows["count"].combine_chunks(),
            "status": _status(rows["count"].combine_chunks()),
        },
    )


def _gaps(kept: pa.Table) -> list[Note]:
    notes = []
    strange = columns.each(kept, "Section", lambda text: text not in _TRACES and text not in _COUNTS, pa.bool_())
    if rows := columns.count_of(strange):
        names = columns.different(kept["Section"].combine_chunks().filter(strange))
        notes.append(Note(sentence=NEW_SECTION(rows=rows, names=names), rows=rows))
    notes += _note_on(kept, columns.equals(kept["place"], "US"), NO_STATE)
    pairs = kept.group_by(["State", "year"], use_threads=False).aggregate([(ROW, "count")])
    years = pairs.group_by("State", use_threads=False).aggregate([("year", "count"), (f"{ROW}_count", "sum")])
    few = years.filter(pc.less(years["year_count"], pc.max(years["year_count"])))
    if few.num_rows:
        affected = int(pc.sum(few[f"{ROW}_count_sum"]).as_py() or 0)
        notes.append(Note(sentence=FEWER_YEARS(names=columns.different(few["State"].combine_chunks())), rows=affected))
    there = set(kept["place"].to_pylist())
    absent = tuple(p.name for p in catalogue().values() if p.code.startswith("US") and p.code != "US" and p.code not in there)
    if absent:
        notes.append(Note(sentence=NO_PAGE(names=absent)))
    return notes


SOURCE = Source(
    name=NAME,
    title=N_("Firearm traces by US state of recovery"),
    publisher="Bureau of Alcohol, Tobacco, Firearms and Explosives (ATF)",
    controller="US",
    grade="B3",
    measures=N_("Traced firearms recovered in each US state: type, calibre, state of first sale, time to crime, city, crime, age."),
    unit=N_("traces"),
    coverage=N_("US states, yearly, 2020 to 2023. Recoveries in the United States only: none of Mexico."),
    breaks=N_(
        "The file is scraped from web pages. Lists are tops: ten calibres, fifteen states; the total of traces with a known state of "
        "first sale is kept as a row of its own with the status total. Seven lists of one page count the same traces and are never "
        "added. What is traced depends on what the police ask for."
    ),
    terms=N_("Public domain: a work of the United States government (17 USC 105)."),
    kinds=("trace", "incidence"),
    recognise=_recognise,
    parse=_parse,
    cadence="yearly",
    columns=_COLUMNS,
)
