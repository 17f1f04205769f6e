"""Encounters of US Customs and Border Protection by fiscal month, state, demographic group, citizenship and authority.

An encounter is an event: one person met three times is three encounters. Title 42 expulsions (March 2020 to May 2023) made
repeated attempts more likely, so that years with and without Title 42 are not one series of persons.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from veedor.kernel.language import N_, Template
from veedor.records.kinds import table as table_of_kind
from veedor.sources import cbp_years, columns, problems
from veedor.sources.reading import month_number
from veedor.sources.source import Note, Parsed, Raw, Sample, Source

NAME = "cbp-encounters"
_COLUMNS = (
    "Fiscal Year",
    "Month Grouping",
    "Month (abbv)",
    "Land Border Region",
    "State",
    "Demographic",
    "Citizenship",
    "Title of Authority",
    "Encounter Count",
)

NO_STATE = Template(
    "src.cbp-no-state", N_("Rows of places that the catalogue does not know, counted for the whole country ({names}): {rows}.")
)


def _recognise(sample: Sample) -> bool:
    return columns.looks_like(sample, _COLUMNS)


@columns.careful
def _parse(raw: Raw) -> Parsed:
    found = columns.read(raw, _COLUMNS)
    years = columns.each_or_stop(found, "Fiscal Year", cbp_years.fiscal_year, pa.int64(), problems.not_a_year)
    numbers = columns.each_or_stop(found, "Month (abbv)", month_number, pa.int64(), problems.not_a_month)
    months = columns.fiscal_to_calendar(years, numbers)
    running = columns.each(found, "Fiscal Year", cbp_years.is_running, pa.bool_())
    states = columns.us_states(found, "State")
    nowhere = columns.equals(states, "")
    made = table_of_kind(
        "incidence",
        {
            **columns.cited(raw, found, NAME),
            "valid_from": columns.days(months),
            "valid_to": columns.days(columns.later(months, 1)),
            "place": pc.if_else(nowhere, "US", states),
            "category": "encounter",
            "subcategory": columns.words(found, "Demographic"),
            "modality": columns.words(found, "Title of Authority"),
            "grouping": columns.words(found, "Citizenship"),
            "region": columns.words(found, "Land Border Region"),
            "measure": "encounters",
            "method": "cbp-fy",
            "count": columns.whole(found, "Encounter Count"),
            "status": pc.if_else(running, "provisional", "reported"),
        },
    )
    covers = columns.covered(made)
    notes = cbp_years.running_notes(made, years, running)
    if rows := columns.count_of(nowhere):
        names = columns.different(columns.words(found, "State").filter(nowhere))
        notes.append(Note(sentence=NO_STATE(rows=rows, names=names), rows=rows))
    return Parsed(tables={"incidence": made}, covers=covers, vintage=columns.last_day(covers), notes=tuple(notes))


SOURCE = Source(
    name=NAME,
    title=N_("Encounters of US Customs and Border Protection by state"),
    publisher="U.S. Customs and Border Protection",
    controller="US",
    grade="B2",
    measures=N_(
        "Encounters (apprehensions, inadmissible arrivals, expulsions) by state, border, demographic group, citizenship and authority."
    ),
    unit=N_("encounters: events, not persons"),
    coverage=N_("United States, by fiscal month, from October 2019 (fiscal year 2020)."),
    breaks=N_(
        "Fiscal years begin in October. The year still running is provisional. From March 2020 to May 2023 expulsions under Title "
        "42 are counted beside Title 8: persons expelled at once tried again more often, so that encounters rose faster than "
        "persons. Files overlap in the years they cover and are never added."
    ),
    terms=N_("Public domain: a work of the United States government (17 USC 105)."),
    kinds=("incidence",),
    recognise=_recognise,
    parse=_parse,
    cadence="monthly",
    columns=_COLUMNS,
)
