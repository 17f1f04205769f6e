# ruff: noqa: ANN401 -- a test module cannot import the classes that its conftest defines
"""Whoever changes the database other than by entering is found out: every column, every row, every checkpoint."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection, delete, select, update

from veedor.evidence.ledger import kinds
from veedor.evidence.ledger.checking import verify
from veedor.evidence.ledger.sealing import Schedule, seal
from veedor.store import tables
from veedor.store.transaction import read, write

ENTRY = tables.entry


@pytest.fixture
def told(day: Any, made: Any) -> Any:
    """A ledger with signed and unsigned acts in two sealed batches, and one act that still waits."""
    key = day.officer()
    day.enter(made.snapshot())
    day.enter(made.reply(), actor="officer-1", key=key)
    for _ in range(2):
        day.enter(kinds.Note(about="x", text="y"))
        day.wait(hours=1)
        seal(day.engine, [day.node], day, origin="node.example/log", schedule=Schedule(multiple=8))
    day.enter(kinds.Note(about="waits", text="y"))
    assert verify(day.engine) == ()
    return day


def _reply(connection: Connection) -> Any:
    return connection.scalar(select(ENTRY.c.seq).where(ENTRY.c.kind == "reply-filed"))


def _of(values: dict[str, Any]) -> Callable[[Connection], None]:
    def change(connection: Connection) -> None:
        connection.execute(update(ENTRY).where(ENTRY.c.seq == _reply(connection)).values(**values))

    return change


def _swap_leaves(connection: Connection) -> None:
    one, two = connection.scalars(select(ENTRY.c.seq).where(ENTRY.c.leaf_index.in_([1, 2])).order_by(ENTRY.c.leaf_index)).all()
    for seq, place in ((one, None), (two, 1), (one, 2)):
        connection.execute(update(ENTRY).where(ENTRY.c.seq == seq).values(leaf_index=place))


def _swap_contents(connection: Connection) -> None:
    one, two = connection.execute(select(ENTRY).where(ENTRY.c.kind == "note").order_by(ENTRY.c.seq).limit(2)).all()
    for row, other in ((one, two), (two, one)):
        connection.execute(
            update(ENTRY).where(ENTRY.c.seq == row.seq).values(body=other.body, salt=other.salt, commitment=other.commitment)
        )


def _drop(kind: str) -> Callable[[Connection], None]:
    def change(connection: Connection) -> None:
        last = connection.scalar(select(ENTRY.c.seq).where(ENTRY.c.kind == kind).limit(1))
        connection.execute(delete(ENTRY).where(ENTRY.c.seq == last))

    return change


def _checkpoint(**values: Any) -> Callable[[Connection], None]:
    def change(connection: Connection) -> None:
        connection.execute(update(tables.checkpoint).where(tables.checkpoint.c.size == 8).values(**values))

    return change


def _exchange_notes(connection: Connection) -> None:
    note = connection.scalar(select(tables.checkpoint.c.note).where(tables.checkpoint.c.size == 16))
    _checkpoint(note=note)(connection)


def _drop_last_checkpoint(connection: Connection) -> None:
    connection.execute(delete(tables.checkpoint).where(tables.checkpoint.c.size == 16))


CHANGES: dict[str, tuple[Callable[[Connection], None], str]] = {
    "schema": (_of({"schema": "veedor/entry/0"}), "EVD073"),
    "kind": (_of({"kind": "review-recorded"}), "EVD073"),
    "at": (_of({"at": "2031-05-06T12:00:00.000001Z"}), "EVD073"),
    "actor": (_of({"actor": "officer-2"}), "EVD073"),
    "body": (
        _of({"body": b'{"ground":"2","marking":2,"party":"XA","text":"It shone.","verdict":"%b","version":1}' % (b"ab" * 32)}),
        "EVD073",
    ),
    "salt": (_of({"salt": bytes(32)}), "EVD073"),
    "commitment": (_of({"commitment": bytes(32)}), "EVD073"),
    "padding": (_of({"is_padding": True}), "EVD073"),
    "marking": (_of({"marking": 0}), "EVD073"),
    "another signature": (_of({"officer_signature": bytes(64)}), "EVD073"),
    "no signature": (_of({"officer_key": None, "officer_signature": None}), "EVD073"),
    "another key": (_of({"officer_key": "A" * 44}), "EVD073"),
    "erased without an act": (_of({"body": None, "salt": None, "officer_key": None, "officer_signature": None}), "EVD073"),
    "places swapped": (_swap_leaves, "EVD075"),
    "contents swapped": (_swap_contents, "EVD075"),
    "a sealed entry dropped": (_drop("note"), "EVD074"),
    "padding dropped": (_drop("padding"), "EVD074"),
    "another root": (_checkpoint(root=bytes(32)), "EVD075"),
    "another note": (_exchange_notes, "EVD075"),
    "a note that is none": (_checkpoint(note="nothing"), "EVD075"),
    "a checkpoint dropped": (_drop_last_checkpoint, "EVD075"),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_found_and_named(told: Any, name: str) -> None:
    change, code = CHANGES[name]
    with write(told.engine) as connection:
        change(connection)
    found = verify(told.engine)
    assert code in {problem.code for problem in found}
    assert all(problem.what("en") and problem.how("en") and problem.what("es") for problem in found)


def test_a_row_in_every_table_is_compared(told: Any) -> None:
    with write(told.engine) as connection:
        connection.execute(update(tables.key).values(holder="officer-2"))
    assert [(problem.code, dict(problem.values)["table"]) for problem in verify(told.engine)] == [("EVD076", "key")]


def test_checking_changes_nothing(told: Any) -> None:
    def everything() -> list[Any]:
        with read(told.engine) as connection:
            return [connection.execute(select(table).order_by(*table.primary_key)).all() for table in tables.metadata.sorted_tables]

    before = everything()
    verify(told.engine)
    assert everything() == before


def test_the_last_entries_dropped_before_they_were_sealed(told: Any) -> None:
    """What was never sealed and stands last leaves no gap: a receipt is what its author holds against it."""
    with write(told.engine) as connection:
        last = connection.scalar(select(ENTRY.c.seq).order_by(ENTRY.c.seq.desc()).limit(1))
        connection.execute(delete(ENTRY).where(ENTRY.c.seq == last))
    assert verify(told.engine) == ()
