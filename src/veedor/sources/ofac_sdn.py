"""The lists of the Office of Foreign Assets Control in their oldest form: tables without header, "-0- " for null, 0x1A at the end.

Six files, six parts: names, addresses and other names of the SDN list, and the same three of the consolidated (non-SDN) list.
Only the files of names say who is listed; the others add to the entities of the same number. None holds its date.
"""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pyarrow as pa

from veedor.kernel.language import N_, Template
from veedor.kernel.months import Period
from veedor.records.kinds import table as table_of_kind
from veedor.records.places import code_of
from veedor.sources import columns, list_errors, listed, problems, rows
from veedor.sources.reading import month_number, table_of
from veedor.sources.source import Note, Parsed, Raw, Sample, Source

NAME = "ofac-sdn"
SDN_LIST, CONSOLIDATED_LIST = "ofac-sdn", "ofac-consolidated"
_NULL = "-0-"
_NAMES = (
    "ent_num",
    "SDN_Name",
    "SDN_Type",
    "Program",
    "Title",
    "Call_Sign",
    "Vess_type",
    "Tonnage",
    "GRT",
    "Vess_flag",
    "Vess_owner",
    "Remarks",
)
_ADDRESSES = ("ent_num", "Add_num", "Address", "City/State/Zip", "Country", "Add_remarks")
_OTHER_NAMES = ("ent_num", "alt_num", "alt_type", "alt_name", "alt_remarks")
_BY_WIDTH = {len(names): names for names in (_NAMES, _ADDRESSES, _OTHER_NAMES)}
_PARTS = {_NAMES: ("sdn", "cons-prim"), _ADDRESSES: ("add", "cons-add"), _OTHER_NAMES: ("alt", "cons-alt")}
_FIRST_CONSOLIDATED = 9639  # numbers were given in the order of listing; the consolidated list began with this one
_ALIASES = frozenset({"aka", "fka", "nka"})
_SCHEMAS = {"individual": "Person", "vessel": "Vessel", "aircraft": "Airplane", "": "Organization"}

_IDENTIFIER = re.compile(
    r"^(?:alt\. )?(?!.*(?:Phone|Telephone|Fax|sanctions|Section|Executive Order|Date|Model|Gazette|Linked To|License \d))"
    r".*(?:Passport|No\.?|Number|#|\bID\b|R\.F\.C\.|RFC|C\.U\.R\.P\.|D\.N\.I\.|I\.F\.E\.|C\.U\.I|\bIMO\b|MMSI|SWIFT/BIC|BIK|ISIN|FEIN|\bSSN\b"
    r"|Digital Currency Address|Code|Mercantil|Credencial electoral|Cartilla|Tail).*\d"
)
_COUNTRY = re.compile(r"^(?:alt\. )?(?:nationality|citizen|alt\. nationality|alt\. citizen) (.+)$")
_WEAK_ALIAS = re.compile(r"^(?:alt\. )?[afn]\.k\.a\. '(.+)'$")
_LISTING_DATE = re.compile(r"Listing Date \([^)]*\):? (\d{1,2}) ([A-Z][a-z]{2}) (\d{4})")

ONE_DAY = Template(
    "src.ofac-one-day",
    N_(
        "The list does not say since when somebody is on it: {rows} rows are known for {day} only. Whoever was removed is "
        "missing in a later file."
    ),
)
COUNTRY_ONLY = Template(
    "src.ofac-country-only", N_("Of {rows} addresses the country is kept in the records; the rest stays in the stored bytes.")
)


def _recognise(sample: Sample) -> bool:
    text = sample.head.decode("latin-1")
    whole = text[: text.rfind("\n") + 1].rstrip("\x1a")
    try:
        cells = [row for row in csv.reader(io.StringIO(whole, newline="")) if row]
    except csv.Error:
        return False
    shape = _BY_WIDTH.get(len(cells[0])) if cells else None
    if shape is None or _NULL not in whole or any(len(row) != len(shape) or not row[0].isdecimal() for row in cells):
        return False
    if shape is _NAMES:
        return all(_bare(row[2].strip()) in _SCHEMAS for row in cells)
    return all(row[1].isdecimal() for row in cells) and (shape is _ADDRESSES or all(row[2] in _ALIASES for row in cells))


@columns.careful
def _parse(raw: Raw) -> Parsed:
    text = columns.text_of(raw)
    shape = _shape(text)
    try:
        found = table_of(text, header=list(shape))
    except ValueError as error:
        raise columns.UnusableError([problems.no_table(str(error))]) from error
    day = listed.stated_day(raw)
    part, list_name = _part(shape, _cells(found, "ent_num"))
    return Parsed(
        tables=_tables(raw, found, shape, day, list_name),
        covers=day,
        part=part,
        vintage=day.starts,
        notes=_notes(found.num_rows, shape, day),
    )


def _tables(raw: Raw, found: pa.Table, shape: tuple[str, ...], day: Period, list_name: str) -> dict[str, pa.Table]:
    if shape is _NAMES:
        return {"entity": _entities(raw, found, day), "listing": _listings(raw, found, day, list_name)}
    return {"entity": _of_addresses(raw, found, day) if shape is _ADDRESSES else _of_other_names(raw, found, day)}


def _notes(count: int, shape: tuple[str, ...], day: Period) -> tuple[Note, ...]:
    if shape is _NAMES:
        return (Note(sentence=ONE_DAY(rows=count, day=day.starts), rows=count),)
    return (Note(sentence=COUNTRY_ONLY(rows=count), rows=count),) if shape is _ADDRESSES else ()


def _shape(text: str) -> tuple[str, ...]:
    first = next((row for row in csv.reader(io.StringIO(text[:65536], newline="")) if row), [])
    if not first:
        raise columns.UnusableError([problems.no_rows()])
    shape = _BY_WIDTH.get(len(first))
    if shape is None:
        raise columns.UnusableError([list_errors.odd_width(len(first), tuple(sorted(_BY_WIDTH)))])
    return shape


def _part(shape: tuple[str, ...], numbers: list[str]) -> tuple[str, str]:
    """The part and the list a file belongs to, by the numbers of its entities: the SDN list still has some of the first."""
    sdn, consolidated = _PARTS[shape]
    first = min((int(number) for number in numbers if number.isdecimal()), default=0)
    return (consolidated, CONSOLIDATED_LIST) if first >= _FIRST_CONSOLIDATED else (sdn, SDN_LIST)


def _bare(cell: str) -> str:
    return "" if cell == _NULL else cell


def _cells(found: pa.Table, name: str) -> list[str]:
    return [_bare(cell) for cell in rows.texts(found, name)]


def _common(raw: Raw, found: pa.Table, day: Period) -> dict[str, object]:
    return {**columns.cited(raw, found, NAME), "valid_from": day.starts, "valid_to": day.ends, "entity": _cells(found, "ent_num")}


def _entities(raw: Raw, found: pa.Table, day: Period) -> pa.Table:
    remarks = [_remarks(cell) for cell in _cells(found, "Remarks")]
    flags = _cells(found, "Vess_flag")
    countries = [[*_matches(_COUNTRY, said), flag] for said, flag in zip(remarks, flags, strict=True)]
    return table_of_kind(
        "entity",
        {
            **_common(raw, found, day),
            "place": [listed.one_place(named) for named in countries],
            "schema": [_SCHEMAS.get(kind, "LegalEntity") for kind in _cells(found, "SDN_Type")],
            "caption": _cells(found, "SDN_Name"),
            "aliases": [listed.joined(_matches(_WEAK_ALIAS, said)) for said in remarks],
            "country": [listed.joined(named) for named in countries],
            "identifiers": [listed.joined(part for part in said if _IDENTIFIER.match(part)) for said in remarks],
            "topics": "sanction",
        },
    )


def _remarks(text: str) -> list[str]:
    return [part.strip() for part in text.removesuffix(".").split(";") if part.strip()]


def _matches(pattern: re.Pattern[str], parts: list[str]) -> list[str]:
    return [hit.group(1) for hit in map(pattern.match, parts) if hit]


def _listings(raw: Raw, found: pa.Table, day: Period, list_name: str) -> pa.Table:
    return table_of_kind(
        "listing",
        {
            **_common(raw, found, day),
            "place": "",
            "list_name": list_name,
            "schema": [_SCHEMAS.get(kind, "LegalEntity") for kind in _cells(found, "SDN_Type")],
            "programme": [listed.joined(re.split(r"\]\s*\[", cell)) for cell in _cells(found, "Program")],
            "listed_from": [_listing_date(cell) for cell in _cells(found, "Remarks")],
            "listing_status": "listed",
        },
    )


def _listing_date(remarks: str) -> date | None:
    """The earliest listing date that the remarks of some programmes name; None for nearly all rows."""
    found = [(int(year), month_number(month), int(day)) for day, month, year in _LISTING_DATE.findall(remarks)]
    try:
        return min((date(year, month, day) for year, month, day in found if month), default=None)
    except ValueError:
        return None


def _of_addresses(raw: Raw, found: pa.Table, day: Period) -> pa.Table:
    countries = _cells(found, "Country")
    return table_of_kind(
        "entity",
        {**_common(raw, found, day), "place": [code_of(name) or "" for name in countries], "schema": "Thing", "country": countries},
    )


def _of_other_names(raw: Raw, found: pa.Table, day: Period) -> pa.Table:
    return table_of_kind("entity", {**_common(raw, found, day), "place": "", "schema": "Thing", "aliases": _cells(found, "alt_name")})


SOURCE = Source(
    name=NAME,
    title=N_("Specially Designated Nationals and other lists of OFAC"),
    publisher="U.S. Department of the Treasury, Office of Foreign Assets Control",
    controller="US",
    grade="A1",
    measures=N_("Who is under sanctions of the United States, and under which programmes: persons, organisations, vessels, aircraft."),
    unit=N_("entries on a list"),
    coverage=N_("World; the state of the list on the day it was published."),
    breaks=N_(
        "The files have no header and no date, and say nothing of when somebody was listed or removed: only two files of different "
        "days show it. Being listed is a decision of one party, not a finding of a court, and it ends: people and firms are removed. "
        "Numbers are kept for an entity for as long as it is listed."
    ),
    terms=N_("Public domain: a work of the United States government (17 USC 105). Holds personal data."),
    kinds=("entity", "listing"),
    recognise=_recognise,
    parse=_parse,
    cadence="irregular",
    personal=True,
)
