"""The Consolidated Screening List of the United States: thirteen lists of three departments in one table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date

import pyarrow as pa

from veedor.kernel.language import N_, Template
from veedor.kernel.months import Period
from veedor.kernel.text import slug
from veedor.records.kinds import table as table_of_kind
from veedor.sources import columns, listed, rows
from veedor.sources.source import Note, Parsed, Raw, Sample, Source

NAME = "us-consolidated-list"
COLUMNS = (
    "_id", "source", "entity_number", "type", "programs", "name", "title", "addresses", "federal_register_notice", "start_date", "end_date",
    "vessel_flag", "remarks", "alt_names", "citizenships", "nationalities", "ids",
)  # fmt: skip
_SCHEMAS = {"individual": "Person", "entity": "Organization", "vessel": "Vessel", "aircraft": "Airplane"}
_TOPICS = {
    **dict.fromkeys(("SDN", "SSI", "FSE", "PLC", "CAP", "CMIC", "NS-MBS"), "sanction"),
    **dict.fromkeys(("EL", "DPL", "UVL", "MEU", "ISN"), "export.control"),
    "DTC": "debarment",
}

ONE_DAY = Template(
    "src.csl-one-day",
    N_("Rows are known for {day} only. {rows} of them say since when somebody is listed; the others leave it open."),
)
SLIPS = Template("src.csl-slips", N_("{rows} dates are slips of the pen, such as the year 0017; they are left open."))
ENDED = Template("src.csl-ended", N_("{rows} rows are still in the table although their end date has passed; they are marked as ended."))
DOUBLED = Template(
    "src.csl-doubled", N_("{rows} rows share their identifier with another row: it does not tell rows apart, so that line numbers do.")
)


def _recognise(sample: Sample) -> bool:
    return columns.looks_like(sample, COLUMNS)


@columns.careful
def _parse(raw: Raw) -> Parsed:
    found = columns.read(raw, COLUMNS)
    starts, ends = _days(found, "start_date"), _days(found, "end_date")
    day = listed.stated_day(raw, _latest(starts))
    keys = [number or identifier for number, identifier in zip(rows.texts(found, "entity_number"), rows.texts(found, "_id"), strict=True)]
    lists = [_list_of(text) for text in rows.texts(found, "source")]
    countries = [_countries(*named) for named in zip(*(rows.texts(found, name) for name in _COUNTRIES), strict=True)]
    common: dict[str, object] = {
        **columns.cited(raw, found, NAME),
        "valid_from": day.starts,
        "valid_to": day.ends,
        "entity": keys,
        "place": [listed.one_place(named) for named in countries],
        "schema": [_SCHEMAS.get(kind.casefold(), "LegalEntity") for kind in rows.texts(found, "type")],
    }
    entities = table_of_kind(
        "entity",
        {
            **common,
            "caption": rows.texts(found, "name"),
            "aliases": _split(found, "alt_names"),
            "country": [listed.joined(named) for named in countries],
            "identifiers": _split(found, "ids"),
            "topics": [_TOPICS.get(name, "") for name in lists],
        },
    )
    listings = table_of_kind(
        "listing",
        {
            **common,
            "list_name": [f"csl-{slug(name)}" for name in lists],
            "programme": _split(found, "programs"),
            "listed_from": starts,
            "listed_to": ends,
            "listing_status": ["ended" if end is not None and end <= day.starts else "listed" for end in ends],
            "reference": rows.texts(found, "federal_register_notice"),
        },
    )
    tables = {"entity": entities, "listing": listings}
    return Parsed(tables=tables, covers=day, vintage=day.starts, notes=_notes(found, listings, day))


_COUNTRIES = ("nationalities", "citizenships", "vessel_flag", "addresses")


def _latest(starts: Sequence[date | None]) -> date | None:
    """The last day on which somebody was listed; a year with one or two rows, perhaps far ahead, is taken for a slip of the pen."""
    years = Counter(day.year for day in starts if day is not None)
    return max((day for day in starts if day is not None and years[day.year] > 2), default=None)


def _days(found: pa.Table, name: str) -> list[date | None]:
    return [listed.iso_day(cell) for cell in rows.texts(found, name)]


def _split(found: pa.Table, name: str) -> list[str]:
    return [listed.joined(cell.split(";")) for cell in rows.texts(found, name)]


def _list_of(text: str) -> str:
    """The abbreviation a list has in the publisher's name for it; the whole name where it has none."""
    short = re.search(r"\(([A-Z][A-Z-]+)(?: List)?\)", text)
    return short.group(1) if short else text


def _countries(nationalities: str, citizenships: str, flag: str, addresses: str) -> list[str]:
    """Countries somebody belongs to; where none is named, the countries of the addresses (their last word is a country code)."""
    own = [part.strip() for text in (nationalities, citizenships, flag) for part in text.split(";") if part.strip()]
    lived = [part.rpartition(",")[2].strip() for part in addresses.split(";")]
    return own or [code for code in lived if re.fullmatch(r"[A-Z]{2}", code)]


def _notes(found: pa.Table, listings: pa.Table, day: Period) -> tuple[Note, ...]:
    dated = listings.num_rows - listings["listed_from"].null_count
    notes = [Note(sentence=ONE_DAY(rows=dated, day=day.starts), rows=listings.num_rows)]
    slips = sum(
        _slips(rows.texts(found, name), listings[kept].to_pylist())
        for name, kept in (("start_date", "listed_from"), ("end_date", "listed_to"))
    )
    ended = columns.count_of(columns.equals(listings["listing_status"], "ended"))
    doubled = sum(many for many in Counter(rows.texts(found, "_id")).values() if many > 1)
    for template, count in ((SLIPS, slips), (ENDED, ended), (DOUBLED, doubled)):
        if count:
            notes.append(Note(sentence=template(rows=count), rows=count))
    return tuple(notes)


def _slips(written: Sequence[str], read: Sequence[date | None]) -> int:
    return sum(bool(cell) and day is None for cell, day in zip(written, read, strict=True))


SOURCE = Source(
    name=NAME,
    title=N_("Consolidated Screening List of the United States"),
    publisher="U.S. Department of Commerce, International Trade Administration",
    controller="US",
    grade="A2",
    measures=N_(
        "Who is on one of thirteen lists of the departments of Commerce, State and the Treasury: sanctions, export controls, debarment."
    ),
    unit=N_("entries on a list"),
    coverage=N_("World; the state of the lists on the day the table was made."),
    breaks=N_(
        "A copy of the lists of others, made once a day; it can lag behind them. Dates of listing are there for some lists only, "
        "some are slips. Several values stand in one cell, with semicolons. The identifier of a row is not unique. Being listed ends."
    ),
    terms=N_("Public domain: a work of the United States government (17 USC 105). Holds personal data."),
    kinds=("entity", "listing"),
    recognise=_recognise,
    parse=_parse,
    cadence="irregular",
    personal=True,
    columns=COLUMNS,
)
