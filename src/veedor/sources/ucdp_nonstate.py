"""Armed conflict between groups none of which is a state: deaths by pair of groups and year, from Uppsala."""

from __future__ import annotations

import re
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from veedor.kernel.language import N_, Template
from veedor.records.kinds import table as table_of_kind
from veedor.records.places import code_of
from veedor.sources import columns, list_errors, problems, rows
from veedor.sources.figures import Column
from veedor.sources.source import Note, Parsed, Raw, Sample, Source

NAME = "ucdp-nonstate"
_BEST, _LOW, _HIGH = "best_fatality_estimate", "low_fatality_estimate", "high_fatality_estimate"
COLUMNS = (
    "conflict_id", "dyad_id", "org", "side_a_name", "side_a_id", "side_b_name", "side_b_id", "year",
    _BEST, _LOW, _HIGH, "location", "gwno_location", "version",
)  # fmt: skip

SEVERAL = Template(
    "src.ucdp-several-countries",
    N_(
        "{rows} rows with {deaths} deaths name several countries, of which at least one is in the catalogue of places. The publisher does "
        "not divide the deaths; each row stands under the first such country it names."
    ),
)
OUT_OF_ORDER = Template(
    "src.ucdp-out-of-order",
    N_("{rows} rows have a best estimate below their low one or above their high one; all three are kept as published."),
)


def _recognise(sample: Sample) -> bool:
    return columns.looks_like(sample, COLUMNS)


def first_place(location: str) -> str:
    """The code of the first country of a list that the catalogue of places knows; "" where it knows none."""
    return next(filter(None, (code_of(name) for name in re.split(r"\s*,\s*", location.strip()))), "")


@columns.careful
def _parse(raw: Raw) -> Parsed:
    found = columns.read(raw, COLUMNS)
    years = columns.each_or_stop(found, "year", _year, pa.int64(), problems.not_a_year)
    keys = _keys(found)
    made = table_of_kind(
        "event",
        {
            **columns.cited(raw, found, NAME),
            "id": keys,
            "valid_from": _new_year(years, 0),
            "valid_to": _new_year(years, 1),
            "place": columns.each(found, "location", first_place, pa.string()),
            "event_type": "violence",
            "sub_event_type": _sub_types(found),
            "actor1": columns.words(found, "side_a_name"),
            "actor2": columns.words(found, "side_b_name"),
            "title": _titles(found),
            "best": columns.whole(found, _BEST),
            "low": columns.whole(found, _LOW),
            "high": columns.whole(found, _HIGH),
            "attribution": "ucdp",
            "grade": "B2",
            "status": "estimated",
        },
    )
    covers = columns.covered(made)
    return Parsed(tables={"event": made}, covers=covers, vintage=columns.last_day(covers), notes=_notes(found, made))


def _year(text: str) -> int | None:
    return int(text) if re.fullmatch(r"(1[89]|20)\d\d", text.strip()) else None


def _new_year(years: Column, later: int) -> Column:
    return pa.array([date(year + later, 1, 1) for year in rows.values(years)], pa.date32())


def _keys(found: pa.Table) -> Column:
    keys = rows.linked([columns.words(found, name) for name in ("conflict_id", "dyad_id", "year")], "-")
    seen: set[str] = set()
    for row, key in zip(rows.lines(found), rows.values(keys), strict=True):
        if key in seen:
            raise columns.UnusableError([list_errors.same_key(row, key)])
        seen.add(key)
    return keys


def _sub_types(found: pa.Table) -> Column:
    # Events have no column for the publisher's version; two versions count the same deaths anew and are never one series.
    return columns.each(found, "version", lambda text: f"{NAME}-{text.strip()}", pa.string())


def _titles(found: pa.Table) -> Column:
    sides = rows.linked([columns.words(found, "side_a_name"), columns.words(found, "side_b_name")], " – ")
    return rows.linked([sides, columns.words(found, "location")], ", ")


def _notes(found: pa.Table, made: pa.Table) -> tuple[Note, ...]:
    notes = []
    placed = pc.invert(columns.equals(made["place"], ""))
    several = pc.and_(pc.match_substring(found["location"].combine_chunks(), ","), placed)
    if count := columns.count_of(several):
        deaths = pc.sum(made["best"].combine_chunks().filter(several)).as_py()
        notes.append(Note(sentence=SEVERAL(rows=count, deaths=deaths), rows=count))
    best, low, high = (made[name].combine_chunks() for name in ("best", "low", "high"))
    if count := columns.count_of(pc.or_(pc.less(best, low), pc.greater(best, high))):
        notes.append(Note(sentence=OUT_OF_ORDER(rows=count), rows=count))
    return tuple(notes)


SOURCE = Source(
    name=NAME,
    title=N_("Conflict between armed groups other than states (UCDP)"),
    publisher="Uppsala Conflict Data Program (UCDP)",
    controller="ucdp",
    grade="B2",
    measures=N_(
        "Deaths in fighting between two organised groups neither of which is a state: best, low and high estimate for each pair and year."
    ),
    unit=N_("deaths"),
    coverage=N_("All countries, by calendar year, from 1989; a pair of groups enters with 25 deaths in a year."),
    breaks=N_(
        "Every release counts earlier years anew, so that two versions are never one series. Deaths are counted only where the group "
        "that killed is known, so that they are far fewer than homicides. Some rows name several countries and cannot be divided."
    ),
    terms=N_("CC BY 4.0: name the publisher and the version."),
    kinds=("event",),
    recognise=_recognise,
    parse=_parse,
    cadence="yearly",
    columns=COLUMNS,
)
