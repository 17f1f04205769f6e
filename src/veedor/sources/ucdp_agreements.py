"""Peace agreements that ended or regulated armed conflict, from Uppsala; as a workbook, or as the same table in CSV."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pyarrow as pa

from veedor.kernel.language import N_, Template
from veedor.records.kinds import table as table_of_kind
from veedor.sources import columns, problems, rows, workbook
from veedor.sources.figures import Column
from veedor.sources.source import Note, Parsed, Raw, Sample, Source

NAME = "ucdp-agreements"
COLUMNS = ("paid", "gwno", "conflict_id", "conflict_name", "dyad_name", "actor_name", "pa_name", "year", "pa_date", "pa_type", "version")
_SHEET = "Dataset"
_MARKS = ("paid", "gwno", "incompatibility", "intarmy", "ddr", "natalks", "shagov", "termdur")  # stand early in the publisher's workbook
_PLACES = {"2": "US", "70": "MX"}  # Gleditsch and Ward's numbers of the countries in the catalogue of places
_TYPES = {"1": "full", "2": "partial", "3": "process"}  # the codebook's "full", "partial" and "peace process" agreements

VERSION = Template("src.ucdp-agreements-version", N_("The table is version {version}; each version may code earlier agreements anew."))


def _recognise(sample: Sample) -> bool:
    inner = workbook.glimpse(sample.head)
    if inner:
        return sum(f">{name}<" in inner for name in _MARKS) >= len(_MARKS) - 2
    return columns.looks_like(sample, COLUMNS)


@columns.careful
def _parse(raw: Raw) -> Parsed:
    found = _from_workbook(raw) if raw.data.startswith(b"PK") else columns.read(raw, COLUMNS)
    days = columns.each_or_stop(found, "pa_date", as_day, pa.date32(), problems.not_a_date)
    made = table_of_kind(
        "event",
        {
            **columns.cited(raw, found, NAME),
            "valid_from": days,
            "valid_to": next_days(days),
            "place": columns.each(found, "gwno", _place, pa.string()),
            "event_type": "agreement",
            "sub_event_type": columns.each(found, "pa_type", lambda text: _TYPES.get(text.strip(), text.strip()), pa.string()),
            "actor1": columns.words(found, "actor_name"),
            "title": rows.linked([columns.words(found, "conflict_name"), columns.words(found, "pa_name")], " – "),
            "grade": "B2",
            "status": "reported",
        },
    )
    versions = columns.different(columns.words(found, "version"))
    covers = columns.covered(made)
    return Parsed(
        tables={"event": made},
        covers=covers,
        vintage=columns.last_day(covers),
        notes=(Note(sentence=VERSION(version=versions), rows=made.num_rows),),
    )


def _from_workbook(raw: Raw) -> pa.Table:
    held = workbook.sheets(raw.data)
    found = workbook.table(held[_SHEET] if _SHEET in held else next(iter(held.values()), []))
    if lost := problems.lost_columns(COLUMNS, found.column_names):
        raise columns.UnusableError(lost)
    if found.num_rows == 0:
        raise columns.UnusableError([problems.no_rows()])
    return found


def as_day(text: str) -> date | None:
    """The day of an ISO date, with or without a time behind it; None for anything else."""
    written = re.fullmatch(r"(\d{4}-\d\d-\d\d)(?:[ T]00:00:00)?", text.strip())
    try:
        return date.fromisoformat(written.group(1)) if written else None
    except ValueError:
        return None


def next_days(days: Column) -> Column:
    """The day after each day."""
    return pa.array([day + timedelta(days=1) for day in rows.values(days)], pa.date32())


def _place(text: str) -> str:
    return next((_PLACES[number] for number in re.split(r"[,;\s]+", text.strip()) if number in _PLACES), "")


SOURCE = Source(
    name=NAME,
    title=N_("Peace agreements (UCDP)"),
    publisher="Uppsala Conflict Data Program (UCDP)",
    controller="ucdp",
    grade="B2",
    measures=N_("Agreements between warring parties on what they fight about, or on how to settle it, with their date, parties and kind."),
    unit=N_("agreements"),
    coverage=N_("All countries, from 1975; agreements signed by at least two opposing primary parties of an armed conflict."),
    breaks=N_(
        "Each version may code earlier agreements anew. Agreements with criminal groups, or between states not at war, are not in it."
    ),
    terms=N_("CC BY 4.0: name the publisher and the version."),
    kinds=("event",),
    recognise=_recognise,
    parse=_parse,
    cadence="irregular",
    columns=COLUMNS,
)
