"""The kinds of record: one frozen dataclass each, from which the Parquet schema is made.

Every row carries who published it and where it stands in the stored bytes. Times are half-open: `valid_to` is the first
day the row no longer speaks of. A null number is never zero: `status` says why it is null (see `STATUSES`).
"""

from __future__ import annotations

import dataclasses
import types
import typing
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Any

import pyarrow as pa

from veedor.kernel.language import N_
from veedor.kernel.registry import Registry, gather

STATUSES = ("reported", "not-reported", "suppressed", "provisional", "estimated", "total")
"""What a number is: as published; left blank by the publisher; hidden by the publisher; published as preliminary;
published as an estimate; a total of other rows (which must not be added to them)."""

DECIMAL = pa.decimal128(28, 8)  # sums of a billion rows still fit DuckDB's DECIMAL(38, 8)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What every row has: identity within its snapshot, time, place, publisher, citation and marking."""

    id: str
    valid_from: date
    valid_to: date
    place: str  # catalogue code: MX, MX09, MX09015, US, US48 (records.places); "" where a row speaks of no place
    source: str  # name of the registered source, or user:<file name>
    snapshot: str  # digest of the stored bytes this row was read from
    row: int  # 1-based line or sheet row in those bytes
    marking: int  # kernel.markings.Marking


@dataclass(frozen=True, slots=True, kw_only=True)
class Incidence(Record):
    """Counts or quantities by place, period and category (SESNSP, INEGI, CDC and CBP columns)."""

    category: str  # harmonised: homicide-intentional, missing-person, drug-seizure, encounter, overdose-death …
    subcategory: str  # the publisher's own words
    modality: str  # the publisher's own words: means, authority, component
    grouping: str  # sex, citizenship, demographic: the publisher's own words; "" when not broken down
    region: str  # the publisher's own region or sector, "" when none
    measure: str  # what is counted: investigation-files, victims, death-certificates, persons, seizure-events, deaths-12-months …
    method: str  # version of the publisher's method: idefc-2015, rnid-2026 …; two methods are never one series
    count: int | None
    quantity: Decimal | None
    unit: str  # unit of `quantity` ("lb"), "" when there is none
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event(Record):
    """One dated happening (UCDP/ACLED column names; PLOVER for diplomatic acts)."""

    event_type: str  # violence, seizure, arrest, meeting, operation, release, agreement
    sub_event_type: str
    actor1: str
    actor2: str
    title: str
    best: int | None  # deaths: best, low and high estimate (UCDP)
    low: int | None
    high: int | None
    attribution: str  # who says who did it, "" when nobody is named
    grade: str  # Admiralty grade of the report, such as B2
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace(Record):
    """Firearms recovered and traced (eTrace fields); a row may stand for several weapons."""

    category: str  # firearm-type, calibre, source-state, time-to-crime, total …
    weapon_type: str
    make: str
    model: str
    calibre: str
    serial_state: str
    purchase_date: date | None
    purchase_place: str
    recovery_date: date | None
    recovery_place: str
    time_to_crime: str  # the publisher's own band, or days for a single weapon
    count: int | None
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing(Record):
    """Entries through a port (BTS and CBP columns)."""

    port: str
    port_code: str
    border: str
    direction: str  # northbound | southbound
    measure: str  # trucks, personal-vehicles, pedestrians …
    count: int | None
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Disbursement(Record):
    """Money promised or moved (IATI transaction types). Types are never added to each other."""

    provider: str  # country code or organisation
    recipient: str
    transaction_type: str  # commitment, obligation, disbursement, appropriation, request
    amount: Decimal | None
    currency: str
    price_basis: str  # current | constant-YYYY
    fiscal_year: int | None
    programme: str
    sector: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proceeding(Record):
    """A case, extradition or sentence, without names of persons (CASE/UCO names where they exist)."""

    proceeding_type: str  # extradition, prosecution, forfeiture, complaint
    stage: str  # requested, opened, granted, refused, sentenced, closed
    authority: str
    requested_by: str
    requested_of: str
    opened: date | None
    decided: date | None
    outcome: str
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding(Record):
    """One coder's grade of one commitment of one party, 0 to 3 (Peace Accords Matrix scale)."""

    commitment: str
    party: str
    coder: str
    grade: int  # 0 not initiated, 1 minimum, 2 intermediate, 3 complete
    rationale: str
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity(Record):
    """A person, firm, vessel or group as a publisher names it (FollowTheMoney schema names)."""

    entity: str  # the publisher's own identifier
    schema: str  # Person, Company, Organization, Vessel, Airplane, LegalEntity
    caption: str
    aliases: str  # joined by " ; "
    country: str
    identifiers: str  # joined by " ; "
    topics: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Statistic(Record):
    """Population, index or survey value (SDMX-like)."""

    series: str  # population, wgi-rule-of-law, cpi …
    value: Decimal | None
    low: Decimal | None  # interval as published, null when none was
    high: Decimal | None
    unit: str
    method: str
    status: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Record):
    """One entry on a list, with its beginning and its end: being listed ends (OFAC and SAT columns)."""

    list_name: str  # ofac-sdn, sat-69b …
    entity: str
    schema: str
    programme: str
    listed_from: date | None
    listed_to: date | None
    listing_status: str  # the publisher's own stage: presumed, definitive, rebutted, court-ruled; or listed
    reference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Act(Record):
    """Something a party, organ or observer did or recorded about the accord (ledger entry kinds)."""

    actor: str  # party, organ or observer
    seat: str
    action: str  # met, signed, adopted, published, delivered, opened, denied-access, reported, decided
    object: str  # what it was done to: a milestone or cadence label of the accord, or a commitment id
    at: datetime
    document: str
    text_digest: str
    grade: str  # Admiralty grade of the record, such as B2


KINDS: Registry[type[Record]] = gather(
    N_("record kind"),
    [
        (cls.__name__.lower(), cls, f"{cls.__module__}:{cls.__name__}")
        for cls in (Incidence, Event, Trace, Crossing, Disbursement, Proceeding, Coding, Entity, Statistic, Listing, Act)
    ],
)

_ARROW: dict[type, pa.DataType] = {
    str: pa.string(), int: pa.int64(), Decimal: DECIMAL, date: pa.date32(), datetime: pa.timestamp("us", tz="UTC"),
}  # fmt: skip


@cache
def schema(kind: str) -> pa.Schema:
    """The Parquet schema of a kind: fields in the order of its dataclass, nullable only where the type says so."""
    cls = KINDS[kind]
    hints: dict[str, Any] = typing.get_type_hints(cls)
    made = []
    for field in dataclasses.fields(cls):
        hint = hints[field.name]
        nullable = isinstance(hint, types.UnionType)
        base = next(part for part in typing.get_args(hint) if part is not type(None)) if nullable else hint
        made.append(pa.field(field.name, _ARROW[base], nullable=nullable))
    return pa.schema(made)


def table(kind: str, columns: dict[str, Any]) -> pa.Table:
    """A table of a kind from columns; a missing string column is "", a missing nullable column null, a constant is repeated.

    Raises:
        ValueError: a required column is absent, an unknown one is given, or a value does not fit its type.
    """
    wanted = schema(kind)
    unknown = sorted(set(columns) - set(wanted.names))
    if unknown:
        raise ValueError(f"{kind} has no column {', '.join(unknown)}")
    length = next((len(column) for column in columns.values() if _is_column(column)), 1)
    arrays = [_column(field, columns.get(field.name, _ABSENT), length) for field in wanted]
    return check(kind, pa.table(arrays, schema=wanted))


_ABSENT = object()


def _is_column(given: object) -> bool:
    """Whether it holds one value a row; a single value, text included, is repeated."""
    return hasattr(given, "__len__") and not isinstance(given, str)


def _column(field: pa.Field[Any], given: Any, length: int) -> Any:  # noqa: ANN401
    if given is _ABSENT:
        if field.nullable:
            return pa.nulls(length, field.type)
        if field.type == pa.string():
            return pa.repeat(pa.scalar("", pa.string()), length)
        raise ValueError(f"column {field.name} is required")
    if isinstance(given, (pa.Array, pa.ChunkedArray)):
        return given.cast(field.type)
    if not _is_column(given):
        return pa.repeat(pa.scalar(given, field.type), length)
    return pa.array(given, field.type)


def check(kind: str, found: pa.Table) -> pa.Table:
    """The table itself when it is exactly of the kind; ValueError naming the first column that is not.

    Checked: names, order and types; no null where none is allowed; `valid_from` before `valid_to`; known `status` words;
    ids unique within the table.
    """
    wanted = schema(kind)
    if found.schema.names != wanted.names or any(found.schema.field(f.name).type != f.type for f in wanted):
        raise ValueError(f"not a table of {kind}: {found.schema} where {wanted} was expected")
    for field in wanted:
        if not field.nullable and found.column(field.name).null_count:
            raise ValueError(f"column {field.name} of {kind} holds nulls")
    _check_values(kind, found)
    return found.cast(wanted)


def _check_values(kind: str, found: pa.Table) -> None:
    import pyarrow.compute as pc

    if found.num_rows == 0:
        return
    if not pc.all(pc.less(found["valid_from"], found["valid_to"])).as_py():
        raise ValueError(f"a row of {kind} ends before it begins")
    if "status" in found.schema.names:
        strange = {str(word) for word in pc.unique(found["status"]).to_pylist()} - set(STATUSES)
        if strange:
            raise ValueError(f"status {sorted(strange)} is not one of {STATUSES}")
    if pc.count_distinct(found["id"]).as_py() != found.num_rows:
        raise ValueError(f"two rows of {kind} share an id")
