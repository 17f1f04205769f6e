"""Peace agreements of the PA-X database (Edinburgh), to compare others with; its terms exclude commercial use."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from veedor.kernel.language import N_, Template
from veedor.records.kinds import table as table_of_kind
from veedor.records.places import code_of
from veedor.sources import columns, problems, rows
from veedor.sources.figures import Column
from veedor.sources.source import Note, Parsed, Raw, Sample, Source
from veedor.sources.ucdp_agreements import as_day, next_days

NAME = "pax-agreements"
COLUMNS = ("Con", "Contp", "PP", "PPName", "Reg", "AgtId", "Ver", "Agt", "Dat", "Status", "Agtp", "Stage", "Loc1ISO", "Loc2ISO")

COMPARE = Template(
    "src.pax-compare", N_("The terms of this database exclude commercial use; its rows serve to compare and decide nothing.")
)


def _recognise(sample: Sample) -> bool:
    return columns.looks_like(sample, COLUMNS)


@columns.careful
def _parse(raw: Raw) -> Parsed:
    found = columns.read(raw, COLUMNS)
    days = columns.each_or_stop(found, "Dat", as_day, pa.date32(), problems.not_a_date)
    made = table_of_kind(
        "event",
        {
            **columns.cited(raw, found, NAME),
            "valid_from": days,
            "valid_to": next_days(days),
            "place": _places(found),
            "event_type": "agreement",
            "sub_event_type": columns.words(found, "Stage"),
            "actor1": columns.words(found, "Con"),
            "title": rows.linked([columns.words(found, "PPName"), columns.words(found, "Agt")], " – "),
            "grade": "B2",
            "status": "reported",
        },
    )
    covers = columns.covered(made)
    return Parsed(
        tables={"event": made},
        covers=covers,
        vintage=columns.last_day(covers),
        notes=(Note(sentence=COMPARE(), rows=made.num_rows),),
    )


def _places(found: pa.Table) -> Column:
    first, second = (columns.each(found, name, lambda text: code_of(text.strip()) or "", pa.string()) for name in ("Loc1ISO", "Loc2ISO"))
    places: Column = pc.if_else(columns.equals(first, ""), second, first)
    return places


SOURCE = Source(
    name=NAME,
    title=N_("Peace agreements (PA-X)"),
    publisher="PA-X Peace Agreements Database, University of Edinburgh",
    controller="pax",
    grade="B2",
    measures=N_(
        "Peace agreements of all stages, from talks about talks to the renewal of what was agreed, with date, countries and stage."
    ),
    unit=N_("agreements"),
    coverage=N_("All countries, from 1990; also local agreements and agreements inside one country."),
    breaks=N_(
        "Each version adds agreements to earlier years. Several versions of one text are several rows. Signatories are persons and stay "
        "in the stored bytes: the records name countries only."
    ),
    terms=N_("For non-commercial use, with attribution (CC BY-NC-SA 4.0 as far as is known): for comparison only."),
    kinds=("event",),
    recognise=_recognise,
    parse=_parse,
    cadence="irregular",
    columns=COLUMNS,
)
