# ruff: noqa: INP001 -- Alembic loads this file by its path; it is never imported
"""The ledger: entries, checkpoints, and the tables that follow from entries.

There is no way back: a step back would drop entries, and entries are appended, never removed.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make the tables of the ledger."""
    _log()
    _acts()
    _officers()


def _log() -> None:
    op.create_table(
        "entry",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("leaf_index", BIG, nullable=True),
        sa.Column("schema", sa.String(length=32), nullable=False),
        sa.Column("kind", sa.String(length=64), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column("salt", sa.LargeBinary(), nullable=True),
        sa.Column("commitment", sa.LargeBinary(), nullable=False),
        sa.Column("is_padding", sa.Boolean(), nullable=False),
        sa.Column("marking", sa.SmallInteger(), nullable=False),
        sa.Column("officer_key", sa.String(), nullable=True),
        sa.Column("officer_signature", sa.LargeBinary(), nullable=True),
        sa.Column("request", sa.String(length=128), nullable=True),
        sa.CheckConstraint("(body IS NULL) = (salt IS NULL)", name=op.f("ck_entry_erased_whole")),
        sa.PrimaryKeyConstraint("seq", name="pk_entry"),
        sa.UniqueConstraint("leaf_index", name="uq_entry_leaf_index"),
        sa.UniqueConstraint("request", name="uq_entry_request"),
    )
    op.create_table(
        "checkpoint",
        sa.Column("size", BIG, autoincrement=False, nullable=False),
        sa.Column("root", sa.LargeBinary(), nullable=False),
        sa.Column("edge", sa.LargeBinary(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.PrimaryKeyConstraint("size", name="pk_checkpoint"),
        sa.UniqueConstraint("at", name="uq_checkpoint_at"),
    )
    op.create_table(
        "cosignature",
        sa.Column("size", BIG, nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("key", sa.String(length=8), nullable=False),
        sa.Column("line", sa.String(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["size"], ["checkpoint.size"], name="fk_cosignature_size"),
        sa.PrimaryKeyConstraint("size", "name", "key", name="pk_cosignature"),
    )


def _acts() -> None:
    op.create_table(
        "accord_version",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("accord", sa.String(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("parties", sa.String(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["entry.seq"], name="fk_accord_version_seq"),
        sa.PrimaryKeyConstraint("seq", name="pk_accord_version"),
    )
    op.create_table(
        "decision",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("organ", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["entry.seq"], name="fk_decision_seq"),
        sa.PrimaryKeyConstraint("seq", name="pk_decision"),
    )
    op.create_table(
        "reply",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("verdict", sa.String(length=64), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("ground", sa.String(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["entry.seq"], name="fk_reply_seq"),
        sa.PrimaryKeyConstraint("seq", name="pk_reply"),
    )
    op.create_table(
        "review",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("verdict", sa.String(length=64), nullable=False),
        sa.Column("reviewer", sa.String(), nullable=False),
        sa.Column("finding", sa.String(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["entry.seq"], name="fk_review_seq"),
        sa.PrimaryKeyConstraint("seq", name="pk_review"),
    )
    op.create_table(
        "snapshot_taken",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("snapshot", sa.String(length=64), nullable=False),
        sa.Column("capture", sa.String(length=64), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("part", sa.String(), nullable=False),
        sa.Column("controller", sa.String(), nullable=False),
        sa.Column("known_from", sa.String(length=10), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("retracted_at", sa.String(length=27), nullable=True),
        sa.Column("retracted_by", BIG, nullable=True),
        sa.ForeignKeyConstraint(["retracted_by"], ["entry.seq"], name="fk_snapshot_taken_retracted_by"),
        sa.ForeignKeyConstraint(["seq"], ["entry.seq"], name="fk_snapshot_taken_seq"),
        sa.PrimaryKeyConstraint("seq", name="pk_snapshot_taken"),
    )
    op.create_index("ix_snapshot_taken_snapshot", "snapshot_taken", ["snapshot"])
    op.create_table(
        "verdict_issued",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("verdict", sa.String(length=64), nullable=False),
        sa.Column("judgement", sa.String(length=64), nullable=False),
        sa.Column("accord", sa.String(length=64), nullable=False),
        sa.Column("commitment", sa.String(), nullable=False),
        sa.Column("reading", sa.String(), nullable=False),
        sa.Column("parties", sa.String(), nullable=False),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("as_of", sa.String(length=10), nullable=False),
        sa.Column("recomputable", sa.String(), nullable=False),
        sa.Column("is_exercise", sa.Boolean(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["entry.seq"], name="fk_verdict_issued_seq"),
        sa.PrimaryKeyConstraint("seq", name="pk_verdict_issued"),
    )


def _officers() -> None:
    op.create_table(
        "key",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("holder", sa.String(), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("algorithm", sa.String(length=16), nullable=False),
        sa.Column("valid_from", sa.String(length=27), nullable=False),
        sa.Column("revoked_at", sa.String(length=27), nullable=True),
        sa.Column("replaced_by", sa.String(), nullable=True),
        sa.Column("seq", BIG, nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["entry.seq"], name="fk_key_seq"),
        sa.PrimaryKeyConstraint("key", name="pk_key"),
    )
    op.create_table(
        "officer",
        sa.Column("officer", sa.String(), nullable=False),
        sa.Column("party", sa.String(), nullable=False),
        sa.Column("at", sa.String(length=27), nullable=False),
        sa.Column("seq", BIG, nullable=False),
        sa.ForeignKeyConstraint(["seq"], ["entry.seq"], name="fk_officer_seq"),
        sa.PrimaryKeyConstraint("officer", name="pk_officer"),
    )
    op.create_table(
        "seat",
        sa.Column("seq", BIG, autoincrement=False, nullable=False),
        sa.Column("organ", sa.String(), nullable=False),
        sa.Column("seat", sa.String(), nullable=False),
        sa.Column("officer", sa.String(), nullable=False),
        sa.Column("filled_at", sa.String(length=27), nullable=False),
        sa.Column("vacated_at", sa.String(length=27), nullable=True),
        sa.ForeignKeyConstraint(["officer"], ["officer.officer"], name="fk_seat_officer"),
        sa.ForeignKeyConstraint(["seq"], ["entry.seq"], name="fk_seat_seq"),
        sa.PrimaryKeyConstraint("seq", name="pk_seat"),
    )
