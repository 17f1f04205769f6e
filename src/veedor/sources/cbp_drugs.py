"""Drug seizures of US Customs and Border Protection: weights and events by fiscal month, field office or sector, and drug.

Two files, two parts. "nationwide" holds what the Office of Field Operations and the Border Patrol seized, and no row of Air and
Marine Operations (in every file seen, FY2019 to FY2026). "air-and-marine" holds seizures in which Air and Marine Operations took
part, often with agencies whose seizures stand in the first file. Nothing says which, so that the two are never added.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from veedor.kernel.language import N_, Template
from veedor.records.kinds import table as table_of_kind
from veedor.sources import cbp_years, columns, problems
from veedor.sources.figures import Column
from veedor.sources.reading import month_number
from veedor.sources.source import Note, Parsed, Raw, Sample, Source

NAME = "cbp-drug-seizures"
NATIONWIDE, AIR_AND_MARINE = "nationwide", "air-and-marine"
OTHER_DRUGS = "Other Drugs**"

_COMMON = ("FY", "Month (abbv)", "Component", "Region", "Land Filter")
_FIGURES = ("Drug Type", "Count of Event", "Sum Qty (lbs)")
_AREA, _BRANCH = "Area of Responsibility", "Branch"
_NATIONWIDE_COLUMNS = (*_COMMON, _AREA, *_FIGURES)
_AIR_COLUMNS = (*_COMMON, _BRANCH, *_FIGURES)

NOT_SPLIT = Template("src.cbp-other-drugs", N_('Rows of "{name}", where the publisher does not say which drugs they are: {rows}.'))
APART = Template(
    "src.cbp-air-and-marine",
    N_(
        "Air and Marine Operations counts seizures in which it took part, also those that other agencies made. They are never "
        "added to the nationwide file, which has no rows of this component."
    ),
)
BOTH = Template(
    "src.cbp-air-in-nationwide",
    N_("Rows of Air and Marine Operations in the nationwide file, where earlier files have none: {rows}. What is counted has changed."),
)


def _recognise(sample: Sample) -> bool:
    return columns.looks_like(sample, _NATIONWIDE_COLUMNS) or columns.looks_like(sample, _AIR_COLUMNS)


@columns.careful
def _parse(raw: Raw) -> Parsed:
    there = columns.header(raw)
    part = AIR_AND_MARINE if _BRANCH in there and _AREA not in there else NATIONWIDE
    found = columns.read(raw, _AIR_COLUMNS if part == AIR_AND_MARINE else _NATIONWIDE_COLUMNS)
    area = _BRANCH if part == AIR_AND_MARINE else _AREA
    years = columns.each_or_stop(found, "FY", cbp_years.fiscal_year, pa.int64(), problems.not_a_year)
    numbers = columns.each_or_stop(found, "Month (abbv)", month_number, pa.int64(), problems.not_a_month)
    months = columns.fiscal_to_calendar(years, numbers)
    running = columns.each(found, "FY", cbp_years.is_running, pa.bool_())
    made = table_of_kind(
        "incidence",
        {
            **columns.cited(raw, found, NAME),
            "valid_from": columns.days(months),
            "valid_to": columns.days(columns.later(months, 1)),
            "place": "US",
            "category": "drug-seizure",
            "subcategory": columns.words(found, "Drug Type"),
            "modality": columns.words(found, "Component"),
            "grouping": columns.words(found, "Land Filter"),
            "region": columns.joined(columns.words(found, "Region"), columns.words(found, area)),
            "measure": "seizure-events",
            "method": "cbp-fy",
            "count": columns.whole(found, "Count of Event"),
            "quantity": columns.exact(found, "Sum Qty (lbs)"),
            "unit": "lb",
            "status": pc.if_else(running, "provisional", "reported"),
        },
    )
    covers = columns.covered(made)
    return Parsed(
        tables={"incidence": made},
        covers=covers,
        part=part,
        vintage=columns.last_day(covers),
        notes=_notes(made, years, running, part),
    )


def _notes(made: pa.Table, years: Column, running: Column, part: str) -> tuple[Note, ...]:
    notes = cbp_years.running_notes(made, years, running)
    unsplit = columns.count_of(columns.equals(made["subcategory"], OTHER_DRUGS))
    if unsplit:
        notes.append(Note(sentence=NOT_SPLIT(rows=unsplit, name=OTHER_DRUGS), rows=unsplit))
    if part == AIR_AND_MARINE:
        notes.append(Note(sentence=APART(), rows=made.num_rows))
    elif air := columns.count_of(pc.match_substring(made["modality"], "Air and Marine", ignore_case=True)):
        notes.append(Note(sentence=BOTH(rows=air), rows=air))
    return tuple(notes)


SOURCE = Source(
    name=NAME,
    title=N_("Drug seizures of US Customs and Border Protection"),
    publisher="U.S. Customs and Border Protection",
    controller="US",
    grade="B2",
    measures=N_("Seizure events, and the weight of what was seized, by drug, component, and field office, sector or branch."),
    unit=N_("seizure events; pounds (lb)"),
    coverage=N_("United States, by fiscal month, from October 2018 (fiscal year 2019)."),
    breaks=N_(
        "Fiscal years begin in October: October to December belong to the calendar year before. The year still running is written "
        '"2026 (FYTD)" and is provisional. Files overlap in the years they cover and are never added. Air and Marine Operations has '
        "a file of its own that is never added to the nationwide one. More seizures can mean more drugs or more searching."
    ),
    terms=N_("Public domain: a work of the United States government (17 USC 105)."),
    kinds=("incidence",),
    recognise=_recognise,
    parse=_parse,
    cadence="monthly",
    columns=_NATIONWIDE_COLUMNS,
)
