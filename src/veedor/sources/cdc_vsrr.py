"""Provisional overdose deaths of the US Centers for Disease Control: counts of twelve months ending with each month.

Neighbouring rows share eleven months, so that rows are never added. The columns of drugs overlap too: one death with two drugs
stands in both. New York State leaves out New York City, which is a place of its own ("YC").
"""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from veedor.kernel.language import N_, Template
from veedor.kernel.text import slug
from veedor.records.kinds import table as table_of_kind
from veedor.records.places import code_of
from veedor.sources import columns, problems
from veedor.sources.figures import Column
from veedor.sources.reading import month_number
from veedor.sources.source import Note, Parsed, Raw, Sample, Source

NAME = "cdc-vsrr"
CITY = "US3651000"  # New York City by its FIPS place number; inside US36 by its code, but not counted in the state's rows
_COLUMNS = (
    "State",
    "Year",
    "Month",
    "Period",
    "Indicator",
    "Data Value",
    "Percent Complete",
    "Percent Pending Investigation",
    "State Name",
    "Footnote",
    "Footnote Symbol",
    "Predicted Value",
)
_ALL_DEATHS = "Number of Deaths"
_PERCENT = re.compile(r"^percent\b", re.IGNORECASE)
_PERIOD = re.compile(r"^\s*([0-9]{1,2})\s*month-ending\s*$", re.IGNORECASE)
_CODES = re.compile(r"\(([^()]*T[0-9][^()]*)\)")
_COMPLETE = r"^100(\.0+)?$"  # "99.5+" is short of it
_HIDDEN = r"(?i)suppress|not shown|low data quality|not available"
_INCOMPLETE = r"(?i)underreported|incomplete"

WINDOWS = Template(
    "src.cdc-windows",
    N_("Each row counts the {months} months ending with its month; rows of neighbouring months overlap and are never added."),
)
PREDICTED = Template(
    "src.cdc-predicted", N_("Predicted values beside the reported ones, kept as estimates by a method of their own: {rows}.")
)
INCOMPLETE = Template("src.cdc-incomplete", N_("Values that the publisher calls incomplete, kept as provisional: {rows}."))
HIDDEN = Template("src.cdc-hidden", N_("Values that the publisher hides; hidden is not zero: {rows}."))
NO_STATE = Template("src.cdc-no-state", N_("Rows of places that the catalogue does not know ({names}): {rows}."))


def _recognise(sample: Sample) -> bool:
    return columns.looks_like(sample, _COLUMNS)


def _place(text: str) -> str:
    if text in {"US", "YC"}:
        return {"US": "US", "YC": CITY}[text]
    return code_of(text, "US") or ""


def _months_in(text: str) -> int | None:
    found = _PERIOD.match(text)
    return int(found[1]) if found and int(found[1]) else None


def _series(text: str) -> str:
    return f"vsrr-{slug(text)}"


def _drugs(text: str) -> str:
    found = _CODES.search(text[:200])  # no indicator is longer, and a forged one shall not keep us busy
    return found[1] if found else ""


@columns.careful
def _parse(raw: Raw) -> Parsed:
    found = columns.read(raw, _COLUMNS)
    years = columns.each_or_stop(found, "Year", columns.year_number, pa.int64(), problems.not_a_year)
    numbers = columns.each_or_stop(found, "Month", month_number, pa.int64(), problems.not_a_month)
    lengths = columns.each_or_stop(found, "Period", _months_in, pa.int64(), problems.not_a_period)
    ends = columns.later(columns.calendar_months(years.to_numpy(), numbers.to_numpy()), 1)
    rows = (
        found.append_column("from", columns.days(ends - lengths.to_numpy().astype("timedelta64[M]")))
        .append_column("to", columns.days(ends))
        .append_column("months", lengths)
        .append_column("place", columns.each(found, "State", _place, pa.string()))
    )
    percent = columns.each(rows, "Indicator", lambda text: bool(_PERCENT.match(text)), pa.bool_())
    reported, predicted = _reported(raw, rows.filter(pc.invert(percent))), _predicted(raw, rows.filter(pc.invert(percent)))
    shares = _shares(raw, rows.filter(percent))
    tables = {"incidence": pa.concat_tables([reported, predicted]), "statistic": shares}
    covers = columns.covered(reported.filter(columns.valid(reported["count"])))
    return Parsed(
        tables={kind: table for kind, table in tables.items() if table.num_rows},
        covers=covers,
        vintage=columns.last_day(covers),
        notes=_notes(rows, reported, predicted),
    )


def _common(raw: Raw, rows: pa.Table, suffix: str = "") -> dict[str, object]:
    return {
        **columns.cited(raw, rows, NAME, suffix),
        "valid_from": rows["from"].combine_chunks(),
        "valid_to": rows["to"].combine_chunks(),
        "place": rows["place"].combine_chunks(),
    }


def _deaths(rows: pa.Table) -> dict[str, object]:
    months = rows["months"].combine_chunks().cast(pa.string())
    measure = columns.text_with("deaths-", months, "-months")
    category = columns.each(rows, "Indicator", lambda text: "death" if text.strip() == _ALL_DEATHS else "overdose-death", pa.string())
    return {
        "category": category,
        "subcategory": columns.words(rows, "Indicator"),
        "modality": columns.each(rows, "Indicator", _drugs, pa.string()),
        "region": columns.words(rows, "State"),
        "measure": measure,
    }


def _status(rows: pa.Table, values: Column) -> Column:
    """What kind of number each is: blank with a remark is hidden, and anything short of complete is provisional."""
    remark = rows["Footnote"].combine_chunks()
    complete = pc.match_substring_regex(columns.words(rows, "Percent Complete"), _COMPLETE)
    incomplete = pc.or_(pc.invert(complete), pc.match_substring_regex(remark, _INCOMPLETE))
    absent = pc.if_else(pc.match_substring_regex(remark, _HIDDEN), "suppressed", "not-reported")
    chosen: Column = pc.if_else(columns.valid(values), pc.if_else(incomplete, "provisional", "reported"), absent)
    return chosen


def _reported(raw: Raw, rows: pa.Table) -> pa.Table:
    counts = columns.whole(rows, "Data Value", blank=True)
    described = {"method": "vsrr-reported", "count": counts, "status": _status(rows, counts)}
    return table_of_kind("incidence", {**_common(raw, rows), **_deaths(rows), **described})


def _predicted(raw: Raw, rows: pa.Table) -> pa.Table:
    counts = columns.whole(rows, "Predicted Value", blank=True)
    there = columns.valid(counts)
    rows = rows.filter(there)
    described = {"method": "vsrr-predicted", "count": counts.filter(there), "status": "estimated"}
    return table_of_kind("incidence", {**_common(raw, rows, "predicted"), **_deaths(rows), **described})


def _shares(raw: Raw, rows: pa.Table) -> pa.Table:
    values = columns.exact(rows, "Data Value", blank=True)
    return table_of_kind(
        "statistic",
        {
            **_common(raw, rows),
            "series": columns.each(rows, "Indicator", _series, pa.string()),
            "value": values,
            "unit": "percent",
            "method": "vsrr-reported",
            "status": _status(rows, values),
        },
    )


def _notes(rows: pa.Table, reported: pa.Table, predicted: pa.Table) -> tuple[Note, ...]:
    lengths = columns.different(rows["months"].combine_chunks())
    notes = [Note(sentence=WINDOWS(months=lengths), rows=rows.num_rows)]
    if predicted.num_rows:
        notes.append(Note(sentence=PREDICTED(rows=predicted.num_rows), rows=predicted.num_rows))
    for sentence, status in ((INCOMPLETE, "provisional"), (HIDDEN, "suppressed")):
        if count := columns.count_of(columns.equals(reported["status"], status)):
            notes.append(Note(sentence=sentence(rows=count), rows=count))
    unknown = columns.equals(rows["place"], "")
    if count := columns.count_of(unknown):
        names = columns.different(rows["State"].combine_chunks().filter(unknown))
        notes.append(Note(sentence=NO_STATE(rows=count, names=names), rows=count))
    return tuple(notes)


SOURCE = Source(
    name=NAME,
    title=N_("Provisional drug overdose death counts of the CDC"),
    publisher="Centers for Disease Control and Prevention, National Center for Health Statistics",
    controller="US",
    grade="A2",
    measures=N_("Deaths, drug overdose deaths, and overdose deaths by drug, in the twelve months ending with each month."),
    unit=N_("deaths in twelve months; percent for the share with drugs specified"),
    coverage=N_("United States, states, the District of Columbia and New York City; twelve months ending January 2015 and later."),
    breaks=N_(
        "Windows overlap and are never added. Drugs overlap: a death with two drugs is counted under both. Recent months are "
        "incomplete; the predicted value corrects for that and is an estimate. New York State leaves out New York City. Hidden "
        "values are not zero."
    ),
    terms=N_("Public domain: a work of the United States government (17 USC 105)."),
    kinds=("incidence", "statistic"),
    recognise=_recognise,
    parse=_parse,
    cadence="monthly",
    columns=_COLUMNS,
)
