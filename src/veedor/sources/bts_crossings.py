"""Entries into the United States by land port, month and measure, counted by Customs and published by its transport statistics bureau.

Only entries are counted: from Mexico they go northbound, from Canada southbound. Nobody publishes what leaves.
"""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from veedor.kernel.language import N_, Template
from veedor.kernel.text import slug
from veedor.records.kinds import table as table_of_kind
from veedor.sources import columns, problems
from veedor.sources.reading import month_number
from veedor.sources.source import Note, Parsed, Raw, Sample, Source

NAME = "bts-crossings"
_COLUMNS = ("Port Name", "State", "Port Code", "Border", "Date", "Measure", "Value")
_DIRECTION = {"us-mexico-border": "northbound", "us-canada-border": "southbound"}  # of an entry into the United States
_BY_FIRST_DAY = re.compile(r"^\s*([0-9]{1,2})/0?1/((?:19|20)[0-9]{2})(?:\s.*)?$")
_BY_NAME = re.compile(r"^\s*([A-Za-z]+) ((?:19|20)[0-9]{2})\s*$")

ENTRIES_ONLY = Template("src.bts-entries-only", N_("Only entries into the United States are counted; what leaves is not in any row."))
DOUBLED = Template("src.bts-rows-twice", N_("Rows left out because an earlier row says the same word for word: {rows}."))
NO_STATE = Template("src.bts-no-state", N_("Rows of states that the catalogue does not know ({names}): {rows}."))
NO_BORDER = Template("src.bts-no-border", N_("Rows of a border that is not known, so that their direction is left open ({names}): {rows}."))


def _recognise(sample: Sample) -> bool:
    return columns.looks_like(sample, _COLUMNS)


def _month(text: str) -> int | None:
    """Months since January 1970, from "03/01/2019 12:00:00 AM" (until 2019) or "Mar 2019" (since); these files know no days."""
    if found := _BY_FIRST_DAY.match(text):
        number, year = int(found[1]), int(found[2])
    elif found := _BY_NAME.match(text):
        number, year = month_number(found[1]) or 0, int(found[2])
    else:
        return None
    return (year - 1970) * 12 + number - 1 if 1 <= number <= 12 else None


@columns.careful
def _parse(raw: Raw) -> Parsed:
    found = columns.read(raw, _COLUMNS)
    repeated = columns.repeats(found, _COLUMNS)
    doubled = columns.count_of(repeated)
    if doubled:
        found = found.filter(pc.invert(repeated))
    index = columns.each_or_stop(found, "Date", _month, pa.int64(), problems.not_a_date)
    months = index.to_numpy().astype("datetime64[M]")
    borders = columns.each(found, "Border", slug, pa.string())
    made = table_of_kind(
        "crossing",
        {
            **columns.cited(raw, found, NAME),
            "valid_from": columns.days(months),
            "valid_to": columns.days(columns.later(months, 1)),
            "place": columns.us_states(found, "State"),
            "port": columns.words(found, "Port Name"),
            "port_code": columns.words(found, "Port Code"),
            "border": borders,
            "direction": columns.each(found, "Border", lambda text: _DIRECTION.get(slug(text), ""), pa.string()),
            "measure": columns.each(found, "Measure", slug, pa.string()),
            "count": columns.whole(found, "Value"),
            "status": "reported",
        },
    )
    covers = columns.covered(made)
    notes = _notes(found, made, doubled)
    return Parsed(tables={"crossing": made}, covers=covers, vintage=columns.last_day(covers), notes=notes)


def _notes(found: pa.Table, made: pa.Table, doubled: int) -> tuple[Note, ...]:
    notes = [Note(sentence=ENTRIES_ONLY(), rows=made.num_rows)]
    if doubled:
        notes.append(Note(sentence=DOUBLED(rows=doubled), rows=doubled))
    for sentence, field, name in ((NO_STATE, "place", "State"), (NO_BORDER, "direction", "Border")):
        empty = columns.equals(made[field], "")
        if rows := columns.count_of(empty):
            names = columns.different(found[name].combine_chunks().filter(empty))
            notes.append(Note(sentence=sentence(rows=rows, names=names), rows=rows))
    return tuple(notes)


SOURCE = Source(
    name=NAME,
    title=N_("Entries into the United States by land port and month"),
    publisher="Bureau of Transportation Statistics, from counts of U.S. Customs and Border Protection",
    controller="US",
    grade="A2",
    measures=N_("Trucks, containers, trains, buses, personal vehicles, their passengers, and pedestrians entering, by port."),
    unit=N_("vehicles, containers or persons, by measure; measures are never added to each other"),
    coverage=N_("Land ports on the borders with Mexico and Canada, by month, from January 1996. Entries only."),
    breaks=N_(
        "Only entries into the United States: northbound from Mexico, southbound from Canada. Passengers and the vehicles that "
        "carry them are separate measures of one movement. A port that has no row in a month reported nothing; a row with 0 is "
        "a count."
    ),
    terms=N_("Public domain: a work of the United States government (17 USC 105)."),
    kinds=("crossing",),
    recognise=_recognise,
    parse=_parse,
    cadence="monthly",
    columns=_COLUMNS,
)
