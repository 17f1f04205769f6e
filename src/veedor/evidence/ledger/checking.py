"""Everything in the ledger that is not as it was entered, found without trusting any of it. Reads all, changes nothing."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from sqlalchemy import select

from veedor.evidence.ledger.acts import signature_fits
from veedor.evidence.ledger.entries import Stored
from veedor.evidence.ledger.errors import (
    CheckpointAlteredError,
    EntryAlteredError,
    EntryMissingError,
    EntryNewerError,
    StateDiffersError,
)
from veedor.evidence.ledger.kinds import Erased
from veedor.evidence.ledger.projections import State, apply, changes, differences, empty, facts, stream
from veedor.evidence.log import checkpoint as notes
from veedor.evidence.log.commitment import SCHEMA, commitment, leaf_of
from veedor.evidence.log.errors import NoteMalformedError
from veedor.evidence.log.merkle import CompactRange, leaf_hash
from veedor.kernel.errors import Problem
from veedor.kernel.ids import short
from veedor.records.errors import as_problem
from veedor.store import tables
from veedor.store.transaction import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, CursorResult, Engine


def verify(engine: Engine) -> tuple[Problem, ...]:
    """Check every entry against its commitment and its signature, every checkpoint and every table against the entries.

    What follows from an altered entry cannot be told, so tables are compared only where no entry is.
    """
    with read(engine) as connection:
        problems = [*_entries(connection), *_checkpoints(connection)]
    if any(problem.code == EntryAlteredError.code for problem in problems):
        return tuple(problems)
    for table, count in differences(engine).items():
        problems.append(as_problem(StateDiffersError, table, table=table, count=count))
    return tuple(problems)


def _entries(connection: Connection) -> Iterator[Problem]:
    state: State = empty()
    erased, said = {}, set()
    expected = 1
    for found in stream(connection):
        name = short(found.commitment.hex())
        if found.seq != expected:
            yield as_problem(EntryMissingError, name, count=found.seq - expected, place=name)
        expected = found.seq + 1
        part = _altered(found, state)
        if part:
            yield as_problem(EntryAlteredError, name, entry=name, part=part)
            continue
        if found.body is None:
            erased[found.commitment.hex()] = name
        for fact in facts([found]):
            if isinstance(fact.body, Erased):
                said.add(fact.body.entry)
            for change in changes(fact):
                apply(state, change)
    for digest, name in erased.items():
        if digest not in said:  # content that is gone, and no act that says why
            yield as_problem(EntryAlteredError, name, entry=name, part="body")


def _altered(found: Stored, state: State) -> str:
    """The part of an entry that is not what was entered; "" where all is. Of an erased one only its form can be told."""
    if found.schema != SCHEMA:
        return "schema"
    if found.is_padding != (found.kind == "padding"):
        return "kind"
    opening = found.opening()
    if opening is None:
        return ""
    if commitment(opening) != found.commitment.hex():
        return "content"
    try:
        body = found.says()
    except (EntryAlteredError, EntryNewerError):
        return "body"
    if body is None or int(body.marking) != found.marking:
        return "marking"
    return "" if signature_fits(found, state["key"]) else "signature"


def _checkpoints(connection: Connection) -> Iterator[Problem]:
    entry = tables.entry.c
    wanted = select(entry.leaf_index, entry.commitment).where(entry.leaf_index.is_not(None)).order_by(entry.leaf_index)
    with closing(connection.execute(wanted, execution_options={"yield_per": 5000})) as leaves:
        yield from _compared(connection, leaves)


def _compared(connection: Connection, leaves: CursorResult[tuple[int | None, bytes]]) -> Iterator[Problem]:
    tree = CompactRange()
    for row in connection.execute(select(tables.checkpoint).order_by(tables.checkpoint.c.size)).all():
        while tree.size < row.size and (leaf := leaves.fetchone()) is not None:
            if leaf.leaf_index != tree.size:
                yield as_problem(EntryMissingError, str(tree.size), count=leaf.leaf_index - tree.size, place=str(tree.size))
                return
            tree.append(leaf_hash(leaf_of(leaf.commitment.hex())))
        if (tree.size, tree.root()) != (row.size, row.root) or not _says(row.note, row.size, row.root):
            yield as_problem(CheckpointAlteredError, str(row.size), size=row.size)
            return
    if leaves.fetchone() is not None:
        yield as_problem(CheckpointAlteredError, str(tree.size), size=tree.size)


def _says(text: str, size: int, root: bytes) -> bool:
    try:
        stated, _ = notes.read(text.encode())
    except NoteMalformedError:
        return False
    return (stated.size, stated.root) == (size, root)
