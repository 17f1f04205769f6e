"""Batches: at fixed times, whatever was entered since the last one gets its place in the published log, among padding, in random order.

Three things would tell outsiders more than that the log grows: how many acts there were, when each was, and which came first. So a batch
comes at every full interval, also when nothing happened; it is filled up to a multiple with entries that say nothing; and places inside it
are drawn at random. What is published bears the time of the batch and no other.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, insert, select, update

from veedor.evidence.ledger.append import prepare
from veedor.evidence.ledger.entries import Draft, moment, read_moment
from veedor.evidence.ledger.kinds import Padding
from veedor.evidence.log import cosignature, tiles
from veedor.evidence.log.checkpoint import Checkpoint
from veedor.evidence.log.commitment import SCHEMA, leaf_of
from veedor.evidence.log.merkle import SIZE
from veedor.store import tables
from veedor.store.bulk import insert_rows
from veedor.store.transaction import write

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection, Engine

    from veedor.evidence.log.keys import NoteSigner
    from veedor.kernel.clock import Clock

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_CHUNK = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When batches come and how they are filled up. An interval with more acts than `multiple` shows that it had more; choose it large."""

    every: timedelta = timedelta(hours=1)
    multiple: int = tiles.WIDTH  # of a full tile, so that no partial file stands for long

    def __post_init__(self) -> None:
        if self.every < timedelta(seconds=1) or self.multiple < 1:
            raise ValueError("a schedule needs an interval and a multiple")

    def batch_time(self, now: datetime) -> datetime:
        """The latest full interval: the time that a batch made now bears."""
        return _EPOCH + (now - _EPOCH) // self.every * self.every


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """A checkpoint as it was made: size and root of the log, the signed note, the time of its batch."""

    size: int
    root: bytes
    note: str
    at: datetime


def seal(engine: Engine, signers: Sequence[NoteSigner], clock: Clock, *, origin: str, schedule: Schedule | None = None) -> Sealed | None:
    """Seal what was entered before the latest full interval and sign a checkpoint over it; None where that interval has one already.

    Raises:
        StateBusyError, StateFullError, StateReadOnlyError, StateUnreachableError, StateUnwritableError: nothing was sealed.
        CommitUncertainError: repeat it; an interval is sealed once.
    """
    schedule = schedule or Schedule()
    at = schedule.batch_time(clock.now())
    with write(engine) as connection:
        last = connection.execute(select(tables.checkpoint).order_by(tables.checkpoint.c.size.desc()).limit(1)).one_or_none()
        if last is not None and last.at >= moment(at):
            return None
        edge = tiles.Edge() if last is None else edge_at(connection, last.size, last.edge)
        commitments = _placed(connection, edge.size, at, schedule.multiple, origin)
        grown = tiles.grow(edge, [leaf_of(found.hex()) for found in commitments]).edge
        made = Checkpoint(origin=origin, size=grown.size, root=grown.root())
        note = cosignature.sign(made, signers, time=int(at.timestamp())).data().decode()
        row = {"size": made.size, "root": made.root, "edge": b"".join(grown.levels), "note": note, "at": moment(at)}
        connection.execute(insert(tables.checkpoint), row)
    return Sealed(size=made.size, root=made.root, note=note, at=at)


def _placed(connection: Connection, size: int, at: datetime, multiple: int, origin: str) -> list[bytes]:
    """Give every waiting entry, and the padding, a place from `size` on; the commitments in that order."""
    entry = tables.entry
    waiting = select(entry.c.seq, entry.c.commitment).where(entry.c.leaf_index.is_(None), entry.c.at < moment(at))
    found = {row.seq: row.commitment for row in connection.execute(waiting)}
    padding = _padding(connection, max(-(-len(found) // multiple), 1) * multiple - len(found), at, origin)
    found |= {row["seq"]: row["commitment"] for row in padding}
    order = sorted(found, key=lambda _: secrets.token_bytes(16))  # a random order, drawn where keys are drawn
    places = {seq: size + place for place, seq in enumerate(order)}
    insert_rows(connection, entry, [row | {"leaf_index": places.pop(row["seq"])} for row in padding])
    placing = update(entry).where(entry.c.seq == bindparam("which")).values(leaf_index=bindparam("place"))
    parameters = [{"which": seq, "place": place} for seq, place in places.items()]
    for start in range(0, len(parameters), _CHUNK):
        connection.execute(placing, parameters[start : start + _CHUNK])
    return [found[seq] for seq in order]


def _padding(connection: Connection, count: int, at: datetime, origin: str) -> list[dict[str, Any]]:
    """Entries that say nothing. They open like any other, so that whoever may see all can check that nothing hides among them."""
    first = (connection.scalar(select(tables.entry.c.seq).order_by(tables.entry.c.seq.desc()).limit(1)) or 0) + 1
    drafts = [Draft(body=Padding(), actor=origin, at=at, request="-")] * count
    return [
        {
            "seq": first + number,
            "leaf_index": None,
            "schema": SCHEMA,
            "kind": one.kind,
            "at": one.at,
            "actor": origin,
            "body": one.body,
            "salt": one.salt,
            "commitment": one.commitment,
            "is_padding": True,
            "marking": int(Padding().marking),
            "officer_key": None,
            "officer_signature": None,
            "request": None,
        }
        for number, one in enumerate(prepare(drafts))
    ]


def edge_at(connection: Connection, size: int, hashes: bytes) -> tiles.Edge:
    """The right edge of the log at a checkpoint, from what the checkpoint keeps of it and the entries of its last bundle."""
    levels, start, level = [], 0, 0
    while size >> tiles.HEIGHT * level:
        end = start + (size >> tiles.HEIGHT * level) % tiles.WIDTH * SIZE
        levels.append(hashes[start:end])
        start, level = end, level + 1
    return tiles.Edge(size=size, entries=tuple(leaves(connection, size - size % tiles.WIDTH, size)), levels=tuple(levels))


def leaves(connection: Connection, start: int, end: int) -> Iterable[bytes]:
    """The published leaves from one index up to, but not including, another."""
    entry = tables.entry.c
    wanted = select(entry.commitment).where(entry.leaf_index >= start, entry.leaf_index < end).order_by(entry.leaf_index)
    return [leaf_of(found.hex()) for found in connection.scalars(wanted)]


def checkpoints(connection: Connection, above: int = 0) -> tuple[Sealed, ...]:
    """Every checkpoint over more than `above` entries, in order."""
    wanted = select(tables.checkpoint).where(tables.checkpoint.c.size > above).order_by(tables.checkpoint.c.size)
    return tuple(Sealed(size=row.size, root=row.root, note=row.note, at=read_moment(row.at)) for row in connection.execute(wanted))
