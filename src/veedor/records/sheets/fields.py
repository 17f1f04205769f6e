"""The fields of each kind that a sheet can fill: what they hold, under which headings they are found, how they are written."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import pyarrow as pa

from veedor.kernel.language import Text
from veedor.kernel.text import slug
from veedor.records.kinds import STATUSES, schema

FILLED = frozenset({"source", "snapshot", "row", "marking"})
"""What is never read from the sheet: it follows from which sheet it is."""

BY_MONTH = frozenset({"incidence", "crossing"})
"""Kinds whose rows speak of a month when a full date is given without an end; all others speak of that day."""

NUMBERS = {
    "incidence": ("count", "quantity"),
    "event": ("best",),
    "trace": ("count",),
    "crossing": ("count",),
    "disbursement": ("amount",),
    "statistic": ("value",),
}
"""The numbers that a row's status speaks of, for each kind that has a status."""

REQUIRED = {
    "incidence": ("valid_from", "place", "category", "measure"),
    "event": ("valid_from", "place", "event_type"),
    "trace": ("valid_from", "place", "category"),
    "crossing": ("valid_from", "place", "port", "direction", "measure"),
    "disbursement": ("valid_from", "provider", "recipient", "transaction_type", "currency"),
    "proceeding": ("valid_from", "proceeding_type", "stage"),
    "coding": ("valid_from", "commitment", "party", "coder", "grade"),
    "entity": ("valid_from", "entity", "schema", "caption"),
    "statistic": ("valid_from", "place", "series", "unit"),
    "listing": ("valid_from", "list_name", "entity"),
    "act": ("actor", "action", "at"),
}
"""Without these a row says nothing."""

NEEDS_NUMBER = frozenset(NUMBERS) - {"event"}
"""Kinds of which at least one number has a column, though its cells may be blank; an event may have killed nobody."""

SIGNED = frozenset({"disbursement", "statistic"})
"""Kinds whose numbers may be below zero: money taken back, an index."""

SCHEMAS = ("Person", "Company", "Organization", "Vessel", "Airplane", "LegalEntity")
CHOICES: dict[str, tuple[str, ...]] = {
    "status": STATUSES,
    "direction": ("northbound", "southbound"),
    "transaction_type": ("commitment", "obligation", "disbursement", "appropriation", "request"),
    "schema": SCHEMAS,
}
WORDS = frozenset({
    "category", "measure", "event_type", "proceeding_type", "stage", "series", "list_name", "listing_status", "action",
    "commitment",
})  # fmt: skip
PLACES = frozenset({"place", "purchase_place", "recovery_place"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One column that a sheet can have."""

    name: str
    type: str  # text, whole, decimal, day, moment
    shape: str  # "", word, choice, place, grade, currency, prices, digest, unit, party-grade: how its text is checked
    required: bool
    is_signed: bool
    says: Text
    example: str
    synonyms: tuple[str, ...]  # headings, as `key_of` writes them


_TYPES = {pa.string(): "text", pa.int64(): "whole", pa.date32(): "day", pa.timestamp("us", tz="UTC"): "moment"}


def key_of(heading: str) -> str:
    """The form in which headings are compared: lower case, no accents, one hyphen between words."""
    return slug(heading)


@cache
def fields(kind: str) -> tuple[Field, ...]:
    """The fields of a kind that a sheet can fill, in the order of its table."""
    return tuple(_field(kind, column) for column in schema(kind) if column.name not in FILLED)


def field(kind: str, name: str) -> Field:
    """One field of a kind."""
    return next(field for field in fields(kind) if field.name == name)


@cache
def _described() -> dict[tuple[str, str], dict[str, str]]:
    """One entry per field name, for whichever kind has it, and one for a kind in which the name means something else."""
    with resources.files("veedor.records.sheets").joinpath("fields.csv").open(encoding="utf-8") as rows:
        return {(row["kind"], row["field"]): row for row in csv.DictReader(rows)}


def _field(kind: str, column: pa.Field[Any]) -> Field:
    row = _described().get((kind, column.name)) or _described()["", column.name]
    return Field(
        name=column.name,
        type=_TYPES.get(column.type, "decimal"),
        shape=_shape(kind, column.name),
        required=column.name in REQUIRED[kind],
        is_signed=kind in SIGNED,
        says=Text(en=row["en"], es=row["es"]),
        example=row["example"],
        synonyms=(key_of(column.name), *filter(None, row["headings"].split("|"))),
    )


def _shape(kind: str, name: str) -> str:
    if name in CHOICES:
        return "choice"
    if name in WORDS:
        return "word"
    if name in PLACES:
        return "place"
    if name == "grade":
        return "coder-grade" if kind == "coding" else "grade"
    return {"currency": "currency", "price_basis": "prices", "text_digest": "digest", "unit": "unit"}.get(name, "")
