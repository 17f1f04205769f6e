"""Every table of the state. `entry` is what happened; every other table follows from it, except the signatures of checkpoints.

Moments are text in UTC with microseconds and a fixed width, so that their order as text is their order in time on every database;
days are ISO dates. A digest or key is text as people quote it; what is only ever hashed is bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
)

if TYPE_CHECKING:
    from sqlalchemy import Dialect

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


class Raw(LargeBinary):
    """Bytes as they are: both drivers take and give them without the copy that SQLAlchemy would make of each value."""

    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> None:
        """Nothing to do to a value on its way in."""

    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        """Nothing to do to a value on its way out."""


BIG = BigInteger().with_variant(Integer, "sqlite")  # SQLite makes a primary key its row number only where it is called INTEGER

entry = Table(
    "entry",
    metadata,
    Column("seq", BIG, primary_key=True, autoincrement=False),  # order of acknowledgement, without gaps; never shown to anyone
    Column("leaf_index", BIG),  # place in the published log; null until sealed
    Column("schema", String(32), nullable=False),
    Column("kind", String(64), nullable=False),
    Column("at", String(27), nullable=False),
    Column("actor", String, nullable=False),
    Column("body", Raw),  # canonical JSON; null once erased
    Column("salt", Raw),  # null once erased
    Column("commitment", Raw, nullable=False),
    Column("is_padding", Boolean, nullable=False),
    Column("marking", SmallInteger, nullable=False),
    Column("officer_key", String),
    Column("officer_signature", Raw),
    Column("request", String(128)),  # chosen by whoever enters: the same request is entered once
    UniqueConstraint("leaf_index"),
    UniqueConstraint("request"),
    CheckConstraint("(body IS NULL) = (salt IS NULL)", name="erased_whole"),
)

checkpoint = Table(
    "checkpoint",
    metadata,
    Column("size", BIG, primary_key=True, autoincrement=False),
    Column("root", Raw, nullable=False),
    Column("edge", Raw, nullable=False),  # the right edge of the tree, from which the next batch goes on
    Column("note", String, nullable=False),  # as published, signed by the node
    Column("at", String(27), nullable=False),  # the time of the batch, not of any act in it
    UniqueConstraint("at"),
)

cosignature = Table(
    "cosignature",
    metadata,
    Column("size", BIG, ForeignKey("checkpoint.size"), nullable=False),
    Column("name", String, nullable=False),
    Column("key", String(8), nullable=False),  # the four bytes by which the note names the witness's key
    Column("line", String, nullable=False),  # the signature line, as it is appended to the note
    Column("at", String(27), nullable=False),
    PrimaryKeyConstraint("size", "name", "key"),
)

snapshot_taken = Table(
    "snapshot_taken",
    metadata,
    Column("seq", BIG, ForeignKey("entry.seq"), primary_key=True, autoincrement=False),
    Column("snapshot", String(64), nullable=False),
    Column("capture", String(64), nullable=False),
    Column("source", String, nullable=False),
    Column("part", String, nullable=False),
    Column("controller", String, nullable=False),
    Column("known_from", String(10), nullable=False),
    Column("at", String(27), nullable=False),
    Column("retracted_at", String(27)),
    Column("retracted_by", BIG, ForeignKey("entry.seq")),
    Index(None, "snapshot"),
)

accord_version = Table(
    "accord_version",
    metadata,
    Column("seq", BIG, ForeignKey("entry.seq"), primary_key=True, autoincrement=False),
    Column("accord", String, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("status", String, nullable=False),
    Column("parties", String, nullable=False),  # who signed it, joined by +
    Column("at", String(27), nullable=False),
)

verdict_issued = Table(
    "verdict_issued",
    metadata,
    Column("seq", BIG, ForeignKey("entry.seq"), primary_key=True, autoincrement=False),
    Column("verdict", String(64), nullable=False),
    Column("judgement", String(64), nullable=False),
    Column("accord", String(64), nullable=False),
    Column("commitment", String, nullable=False),
    Column("reading", String, nullable=False),
    Column("parties", String, nullable=False),  # joined by +
    Column("outcome", String, nullable=False),
    Column("as_of", String(10), nullable=False),
    Column("recomputable", String, nullable=False),
    Column("is_exercise", Boolean, nullable=False),
    Column("at", String(27), nullable=False),
)

reply = Table(
    "reply",
    metadata,
    Column("seq", BIG, ForeignKey("entry.seq"), primary_key=True, autoincrement=False),
    Column("verdict", String(64), nullable=False),
    Column("party", String, nullable=False),
    Column("ground", String, nullable=False),
    Column("at", String(27), nullable=False),
)

review = Table(
    "review",
    metadata,
    Column("seq", BIG, ForeignKey("entry.seq"), primary_key=True, autoincrement=False),
    Column("verdict", String(64), nullable=False),
    Column("reviewer", String, nullable=False),
    Column("finding", String, nullable=False),
    Column("at", String(27), nullable=False),
)

decision = Table(
    "decision",
    metadata,
    Column("seq", BIG, ForeignKey("entry.seq"), primary_key=True, autoincrement=False),
    Column("organ", String, nullable=False),
    Column("subject", String, nullable=False),
    Column("outcome", String, nullable=False),
    Column("at", String(27), nullable=False),
)

key = Table(
    "key",
    metadata,
    Column("key", String, primary_key=True),
    Column("holder", String, nullable=False),
    Column("purpose", String(16), nullable=False),
    Column("algorithm", String(16), nullable=False),
    Column("valid_from", String(27), nullable=False),
    Column("revoked_at", String(27)),
    Column("replaced_by", String),
    Column("seq", BIG, ForeignKey("entry.seq"), nullable=False),
)

officer = Table(
    "officer",
    metadata,
    Column("officer", String, primary_key=True),
    Column("party", String, nullable=False),
    Column("at", String(27), nullable=False),
    Column("seq", BIG, ForeignKey("entry.seq"), nullable=False),
)

seat = Table(
    "seat",
    metadata,
    Column("seq", BIG, ForeignKey("entry.seq"), primary_key=True, autoincrement=False),
    Column("organ", String, nullable=False),
    Column("seat", String, nullable=False),
    Column("officer", String, ForeignKey("officer.officer"), nullable=False),
    Column("filled_at", String(27), nullable=False),
    Column("vacated_at", String(27)),
)

PROJECTIONS: tuple[Table, ...] = (
    snapshot_taken, accord_version, verdict_issued, reply, review, decision, key, officer, seat,
)  # fmt: skip
"""The tables that are made from entries and can be made again, in an order in which none refers to a later one."""
