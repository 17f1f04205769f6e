"""US foreign assistance by country, fiscal year and kind of transaction, as ForeignAssistance.gov sums it up.

The four kinds of transaction are four views of the same money (asked for, appropriated, obligated, disbursed) and are never added.
Each row gives its amount twice: as paid, and in the prices of one base year; these are two records that are never added either.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.compute as pc

from veedor.kernel.language import N_, Template
from veedor.kernel.months import Period
from veedor.records.kinds import table as table_of_kind
from veedor.sources import columns, problems
from veedor.sources.figures import Column
from veedor.sources.source import Note, Parsed, Raw, Sample, Source

NAME = "foreign-assistance"
_COLUMNS = (
    "Country Code",
    "Country Name",
    "Region ID",
    "Region Name",
    "Income Group Acronym",
    "Income Group Name",
    "Transaction Type ID",
    "Transaction Type Name",
    "Fiscal Year",
    "current_amount",
    "constant_amount",
)
_TYPES = {
    "Obligations": "obligation",
    "Disbursements": "disbursement",
    "Appropriated and Planned": "appropriation",
    "President's Budget Requests": "request",
}
_NO_CODE = "NULL"
_YEAR = re.compile(r"^\s*((?:19|20)[0-9][0-9])\s*(tq)?\s*$", re.IGNORECASE)
_LAST_OF_JULY_YEARS = 1976  # fiscal years began in July until then, and in October from 1977 on
_MOVED = ("obligation", "disbursement")  # what tells how far the file reaches: budgets are also asked for years ahead
_PLACES = {"MEX": "MX", "USA": "US"}

FOUR_VIEWS = Template(
    "src.aid-types-apart",
    N_("The file has {names}. They are views of the same money and are never added to each other."),
)
PARTIAL = Template(
    "src.aid-partial-year",
    N_("Fiscal year {year} is the newest in which money moved, and incomplete. Rows from there on, kept as provisional: {rows}."),
)
QUARTER = Template(
    "src.aid-transition-quarter", N_("Rows of July to September 1976, a quarter between two fiscal years that belongs to neither: {rows}.")
)
CODELESS = Template("src.aid-no-code", N_("Rows of former countries that have no code and go by their name ({names}): {rows}."))
NEW_TYPE = Template("src.aid-new-type", N_("Rows left out because their kind of transaction is not known ({names}): {rows}."))


def fiscal_period(text: str) -> Period | None:
    """The days of a US fiscal year: July to June until 1976, the quarter "1976tq" by itself, October to September since."""
    found = _YEAR.match(text)
    if found is None:
        return None
    year = int(found[1])
    if found[2]:
        return Period(date(year, 7, 1), date(year, 10, 1))
    month = 7 if year <= _LAST_OF_JULY_YEARS else 10
    return Period(date(year - 1, month, 1), date(year, month, 1))


def _recognise(sample: Sample) -> bool:
    return columns.looks_like(sample, _COLUMNS)


def _starts(text: str) -> date | None:
    period = fiscal_period(text)
    return period.starts if period else None


def _ends(text: str) -> date | None:
    period = fiscal_period(text)
    return period.ends if period else None


@columns.careful
def _parse(raw: Raw) -> Parsed:
    found = columns.read(raw, _COLUMNS)
    starts = columns.each_or_stop(found, "Fiscal Year", _starts, pa.date32(), problems.not_a_year)
    types = columns.each(found, "Transaction Type Name", _TYPES.get, pa.string())
    known = columns.valid(types)
    notes = _unknown_types(found, known)
    rows = found.append_column("starts", starts).append_column("type", types)
    rows = rows.append_column("ends", columns.each(found, "Fiscal Year", _ends, pa.date32())).filter(known)
    if rows.num_rows == 0:
        raise columns.UnusableError([problems.no_rows()])
    newest = _newest(rows)
    current = columns.exact(rows, "current_amount", blank=True)
    constant = columns.exact(rows, "constant_amount", blank=True)
    base = _base_year(rows, current, constant)
    bases = {"current": current, (f"constant-{base}" if base else "constant"): constant}
    made = pa.concat_tables([_table(raw, rows, basis, amounts, newest) for basis, amounts in bases.items()])
    covers = columns.covered(made.filter(columns.valid(made["amount"])))
    return Parsed(
        tables={"disbursement": made},
        covers=covers,
        vintage=newest - timedelta(days=1),  # the cut lies after the last complete year and before the end of the newest
        notes=(*notes, *_notes(rows, newest)),
    )


def _base_year(rows: pa.Table, current: Column, constant: Column) -> str:
    """The year whose prices the constant amounts are in: the only one in which every amount equals the current one."""
    equal = pa.table({"year": rows["Fiscal Year"], "equal": pc.equal(current, constant)})
    years = equal.group_by("year").aggregate([("equal", "min"), ("equal", "count")])
    same = years.filter(years["equal_min"])["year"].to_pylist()
    return str(same[0]).strip() if len(same) == 1 else ""


def _newest(rows: pa.Table) -> date:
    """The first day of the newest fiscal year in which money moved."""
    moved = rows.filter(pc.is_in(rows["type"], pa.array(_MOVED)))
    found: date = pc.max((moved if moved.num_rows else rows)["starts"]).as_py()
    return found


def _table(raw: Raw, rows: pa.Table, basis: str, amounts: Column, newest: date) -> pa.Table:
    running = pc.greater_equal(rows["starts"].combine_chunks(), pa.scalar(newest))
    status = pc.if_else(running, "provisional", "reported")
    codes, names = columns.words(rows, "Country Code"), columns.words(rows, "Country Name")
    return table_of_kind(
        "disbursement",
        {
            **columns.cited(raw, rows, NAME, basis),
            "valid_from": rows["starts"].combine_chunks(),
            "valid_to": rows["ends"].combine_chunks(),
            "place": columns.each(rows, "Country Code", lambda text: _PLACES.get(text, ""), pa.string()),
            "provider": "US",
            "recipient": pc.if_else(columns.equals(codes, _NO_CODE), names, codes),
            "transaction_type": rows["type"].combine_chunks(),
            "amount": amounts,
            "currency": "USD",
            "price_basis": basis,
            "fiscal_year": columns.each(rows, "Fiscal Year", columns.year_number, pa.int64()),
            "status": pc.if_else(columns.valid(amounts), status, "not-reported"),
        },
    )


def _unknown_types(found: pa.Table, known: Column) -> list[Note]:
    unknown = pc.invert(known)
    rows = columns.count_of(unknown)
    names = columns.different(columns.words(found, "Transaction Type Name").filter(unknown))
    return [Note(sentence=NEW_TYPE(rows=rows, names=names), rows=rows)] if rows else []


def _notes(rows: pa.Table, newest: date) -> list[Note]:
    kinds = columns.different(columns.words(rows, "Transaction Type Name"))
    notes = [Note(sentence=FOUR_VIEWS(names=kinds), rows=rows.num_rows)]
    late = rows.filter(pc.greater_equal(rows["starts"], pa.scalar(newest)))
    year = columns.different(columns.words(late, "Fiscal Year"))[0]
    notes.append(Note(sentence=PARTIAL(year=year, rows=late.num_rows), rows=late.num_rows))
    if quarter := columns.count_of(pc.is_null(columns.each(rows, "Fiscal Year", columns.year_number, pa.int64()))):
        notes.append(Note(sentence=QUARTER(rows=quarter), rows=quarter))
    codeless = rows.filter(columns.equals(columns.words(rows, "Country Code"), _NO_CODE))
    if codeless.num_rows:
        names = columns.different(columns.words(codeless, "Country Name"))
        notes.append(Note(sentence=CODELESS(rows=codeless.num_rows, names=names), rows=codeless.num_rows))
    return notes


SOURCE = Source(
    name=NAME,
    title=N_("US foreign assistance by country and fiscal year"),
    publisher="U.S. Department of State, ForeignAssistance.gov",
    controller="US",
    grade="A2",
    measures=N_("Money requested, appropriated, obligated and disbursed for each country, in current and in constant prices."),
    unit=N_("US dollars"),
    coverage=N_("Countries and regions of the world, by fiscal year, from 1946."),
    breaks=N_(
        "Fiscal years ran from July to June until 1976 and from October to September since 1977; the quarter between belongs to "
        "neither. The newest year is incomplete. Regions stand among the countries (World, Western Hemisphere Region): they are money "
        "for no single country, not totals. Negative amounts are money taken back. Disbursements are recorded from 2001, requests "
        "and appropriations from 2004 or later."
    ),
    terms=N_("Public domain: a work of the United States government (17 USC 105)."),
    kinds=("disbursement",),
    recognise=_recognise,
    parse=_parse,
    cadence="irregular",
    columns=_COLUMNS,
)
