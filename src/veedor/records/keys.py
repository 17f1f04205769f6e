"""What makes two rows of two vintages the same cell: the natural key of each kind, and which columns a publisher may revise."""

from __future__ import annotations

from dataclasses import dataclass

from veedor.kernel.language import N_
from veedor.kernel.registry import Registry, gather

WHEN_AND_WHERE = ("place", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """How the rows of one kind are told apart and compared.

    `totals` are the columns that may be added up, and `apart` those within which they may: what is counted differently is
    never added together. Rows of status `total` repeat others and are left out of sums.
    """

    columns: tuple[str, ...]
    values: tuple[str, ...]
    totals: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


KEYS: Registry[Key] = gather(
    N_("record kind"),
    [
        (kind, key, f"{__name__}:{kind}")
        for kind, key in {
            "incidence": Key(
                columns=(*WHEN_AND_WHERE, "category", "subcategory", "modality", "grouping", "region", "measure", "method"),
                values=("count", "quantity", "unit", "status"),
                totals=("count", "quantity"),
                apart=("measure", "method", "unit"),
            ),
            "event": Key(
                columns=(*WHEN_AND_WHERE, "event_type", "sub_event_type", "actor1", "actor2", "title"),
                values=("best", "low", "high", "attribution", "grade", "status"),
                totals=("best", "low", "high"),
                apart=("event_type",),
            ),
            "trace": Key(
                columns=(
                    *WHEN_AND_WHERE, "category", "weapon_type", "make", "model", "calibre", "serial_state", "purchase_date",
                    "purchase_place", "recovery_date", "recovery_place", "time_to_crime",
                ),
                values=("count", "status"),
                totals=("count",),
                apart=("category",),
            ),
            "crossing": Key(
                columns=(*WHEN_AND_WHERE, "port", "port_code", "border", "direction", "measure"),
                values=("count", "status"),
                totals=("count",),
                apart=("direction", "measure"),
            ),
            "disbursement": Key(
                columns=(
                    *WHEN_AND_WHERE, "provider", "recipient", "transaction_type", "currency", "price_basis", "fiscal_year",
                    "programme", "sector",
                ),
                values=("amount", "status"),
                totals=("amount",),
                apart=("transaction_type", "currency", "price_basis"),
            ),
            "proceeding": Key(
                columns=(*WHEN_AND_WHERE, "proceeding_type", "authority", "requested_by", "requested_of", "reference"),
                values=("stage", "opened", "decided", "outcome"),
            ),
            "coding": Key(
                columns=(*WHEN_AND_WHERE, "commitment", "party", "coder"),
                values=("grade", "rationale", "document"),
            ),
            "entity": Key(
                columns=("entity", "schema"),
                values=("valid_from", "valid_to", "place", "caption", "aliases", "country", "identifiers", "topics"),
            ),
            "statistic": Key(
                columns=(*WHEN_AND_WHERE, "series", "unit", "method"),
                values=("value", "low", "high", "status"),
            ),
            "listing": Key(
                columns=("list_name", "entity", "schema", "programme", "listed_from", "listing_status"),
                values=("valid_from", "valid_to", "place", "listed_to", "reference"),
            ),
            "act": Key(
                columns=(*WHEN_AND_WHERE, "actor", "seat", "action", "object", "at"),
                values=("document", "text_digest", "grade"),
            ),
        }.items()
    ],
)  # fmt: skip
