"""The tables that follow from entries: what each entry changes in them, and the tables made from nothing but entries.

`changes` is pure. What `append` does to the tables while it enters, what `rebuild` does from the beginning, and what `fold` computes in
memory are the same changes in the same order, so the three agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias, cast

from sqlalchemy import Table, and_, delete, select, update

from veedor.evidence.ledger import kinds
from veedor.evidence.ledger.entries import Stored, stored
from veedor.store import tables
from veedor.store.bulk import insert_rows
from veedor.store.transaction import read, write

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement, Connection, Engine

    from veedor.evidence.ledger.kinds import Body

_CHUNK = 2000  # entries read, and rows written, at a time


@dataclass(frozen=True, slots=True)
class Put:
    """A new row."""

    table: Table
    row: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Amend:
    """Other values in the rows that are so now; the condition compares for equality, and None means null."""

    table: Table
    where: Mapping[str, Any]
    values: Mapping[str, Any]


Change: TypeAlias = Put | Amend
State: TypeAlias = dict[str, dict[tuple[Any, ...], dict[str, Any]]]  # table to primary key to row


@dataclass(frozen=True, slots=True)
class Fact:
    """An entry as a change of tables needs it."""

    seq: int
    at: str
    actor: str
    body: Body


def _snapshot_taken(fact: Fact, body: kinds.SnapshotTaken) -> Iterator[Change]:
    facts = {"snapshot": body.snapshot, "capture": body.capture, "source": body.source, "part": body.part, "controller": body.controller}
    row = {"seq": fact.seq, "at": fact.at, **facts, "known_from": body.known_from.isoformat()}
    yield Put(tables.snapshot_taken, row | {"retracted_at": None, "retracted_by": None})


def _snapshot_retracted(fact: Fact, body: kinds.SnapshotRetracted) -> Iterator[Change]:
    now = {"retracted_at": fact.at, "retracted_by": fact.seq}
    yield Amend(tables.snapshot_taken, {"snapshot": body.snapshot, "retracted_at": None}, now)


def _accord_adopted(fact: Fact, body: kinds.AccordAdopted) -> Iterator[Change]:
    facts = {"accord": body.accord, "digest": body.digest, "status": body.status, "parties": "+".join(body.parties)}
    yield Put(tables.accord_version, {"seq": fact.seq, "at": fact.at, **facts})


def _verdict_issued(fact: Fact, body: kinds.VerdictIssued) -> Iterator[Change]:
    names = ("verdict", "judgement", "accord", "commitment", "reading", "outcome", "recomputable", "is_exercise")
    facts = {name: getattr(body, name) for name in names}
    row = {"seq": fact.seq, "at": fact.at, **facts, "parties": "+".join(body.parties), "as_of": body.as_of.isoformat()}
    yield Put(tables.verdict_issued, row)


def _reply_filed(fact: Fact, body: kinds.ReplyFiled) -> Iterator[Change]:
    yield Put(tables.reply, {"seq": fact.seq, "at": fact.at, "verdict": body.verdict, "party": body.party, "ground": body.ground})


def _review_recorded(fact: Fact, body: kinds.ReviewRecorded) -> Iterator[Change]:
    facts = {"verdict": body.verdict, "reviewer": fact.actor, "finding": body.finding}
    yield Put(tables.review, {"seq": fact.seq, "at": fact.at, **facts})


def _decision_taken(fact: Fact, body: kinds.DecisionTaken) -> Iterator[Change]:
    facts = {"organ": body.organ, "subject": body.subject, "outcome": body.outcome}
    yield Put(tables.decision, {"seq": fact.seq, "at": fact.at, **facts})


def _key(fact: Fact, key: str, facts: Mapping[str, str]) -> Put:
    return Put(tables.key, {"key": key, "valid_from": fact.at, "revoked_at": None, "replaced_by": None, "seq": fact.seq, **facts})


def _key_added(fact: Fact, body: kinds.KeyAdded) -> Iterator[Change]:
    yield _key(fact, body.key, {"holder": body.holder, "purpose": body.purpose, "algorithm": body.algorithm})


def _key_rotated(fact: Fact, body: kinds.KeyRotated) -> Iterator[Change]:
    yield Amend(tables.key, {"key": body.key}, {"revoked_at": fact.at, "replaced_by": body.replaced_by})
    yield _key(fact, body.replaced_by, {"holder": body.holder, "purpose": body.purpose, "algorithm": body.algorithm})


def _key_revoked(fact: Fact, body: kinds.KeyRevoked) -> Iterator[Change]:
    yield Amend(tables.key, {"key": body.key}, {"revoked_at": fact.at})


def _officer_added(fact: Fact, body: kinds.OfficerAdded) -> Iterator[Change]:
    yield Put(tables.officer, {"officer": body.officer, "party": body.party, "at": fact.at, "seq": fact.seq})


def _seat_filled(fact: Fact, body: kinds.SeatFilled) -> Iterator[Change]:
    facts = {"organ": body.organ, "seat": body.seat, "officer": body.officer}
    yield Put(tables.seat, {"seq": fact.seq, **facts, "filled_at": fact.at, "vacated_at": None})


def _seat_vacated(fact: Fact, body: kinds.SeatVacated) -> Iterator[Change]:
    yield Amend(tables.seat, {"organ": body.organ, "seat": body.seat, "vacated_at": None}, {"vacated_at": fact.at})


def _nothing(_: Fact, __: Body) -> Iterator[Change]:
    return iter(())


_CHANGES: dict[str, tuple[Callable[[Fact, Any], Iterator[Change]], tuple[Table, ...]]] = {
    "snapshot-taken": (_snapshot_taken, (tables.snapshot_taken,)),
    "snapshot-retracted": (_snapshot_retracted, (tables.snapshot_taken,)),
    "accord-adopted": (_accord_adopted, (tables.accord_version,)),
    "verdict-issued": (_verdict_issued, (tables.verdict_issued,)),
    "reply-filed": (_reply_filed, (tables.reply,)),
    "review-recorded": (_review_recorded, (tables.review,)),
    "decision-taken": (_decision_taken, (tables.decision,)),
    "key-added": (_key_added, (tables.key,)),
    "key-rotated": (_key_rotated, (tables.key,)),
    "key-revoked": (_key_revoked, (tables.key,)),
    "officer-added": (_officer_added, (tables.officer,)),
    "seat-filled": (_seat_filled, (tables.seat,)),
    "seat-vacated": (_seat_vacated, (tables.seat,)),
    "erased": (_nothing, ()),  # what it takes away is the content of another entry, and that one then changes nothing
    "note": (_nothing, ()),
    "padding": (_nothing, ()),
}
if _CHANGES.keys() != set(kinds.KINDS):
    raise TypeError(f"kinds of entry without their changes, or the other way round: {sorted(_CHANGES.keys() ^ set(kinds.KINDS))}")


def kinds_of(table: str) -> tuple[str, ...]:
    """The kinds of entry that change a table."""
    return tuple(kind for kind, (_, touched) in _CHANGES.items() if table in {one.name for one in touched})


def rows_of(kind: str) -> tuple[Table, ...]:
    """The tables that a kind of entry changes."""
    return _CHANGES[kind][1]


def changes(fact: Fact) -> Iterator[Change]:
    """What an entry changes in the tables, in order."""
    return _CHANGES[kinds.kind_of(fact.body).name][0](fact, fact.body)


def facts(entries: Iterable[Stored]) -> Iterator[Fact]:
    """Entries as changes need them; erased ones and padding change nothing and are left out."""
    for found in entries:
        body = None if found.is_padding else found.says()
        if body is not None:
            yield Fact(found.seq, found.at, found.actor, body)


def fold(entries: Iterable[Fact]) -> State:
    """The rows of every table as they follow from these entries, in memory."""
    state = empty()
    for fact in entries:
        for change in changes(fact):
            apply(state, change)
    return state


def empty() -> State:
    """Every table without a row."""
    return {table.name: {} for table in tables.PROJECTIONS}


def apply(state: State, change: Change) -> None:
    """Make one change to rows in memory."""
    rows = state[change.table.name]
    match change:
        case Put(table, row):
            rows[_identity(table, row)] = dict(row)
        case Amend(_, where, values):
            for held in rows.values():
                if all(held[name] == value for name, value in where.items()):
                    held.update(values)


def _identity(table: Table, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[column.name] for column in table.primary_key)


@dataclass(slots=True)
class Applying:
    """Changes on their way into the tables: new rows wait, so that many go in one statement; anything that looks at them flushes first."""

    connection: Connection
    _waiting: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    _count: int = 0

    def add(self, found: Iterable[Change]) -> None:
        """Take changes, in order."""
        for change in found:
            match change:
                case Put(table, row):
                    self._waiting.setdefault(table.name, []).append(row)
                    self._count += 1
                case Amend(table, where, values):
                    self.flush()
                    conditions: list[ColumnElement[bool]] = [table.c[name] == value for name, value in where.items()]
                    self.connection.execute(update(table).where(and_(*conditions)).values(**values))
        if self._count >= _CHUNK:
            self.flush()

    def flush(self) -> None:
        """Write what waits, tables that others refer to first."""
        for table in tables.PROJECTIONS:
            if rows := self._waiting.pop(table.name, None):
                insert_rows(self.connection, table, rows)
        self._count = 0


def stream(connection: Connection, *conditions: ColumnElement[bool]) -> Iterator[Stored]:
    """Entries in the order in which they were entered, a bounded number in memory at a time."""
    wanted = select(tables.entry).order_by(tables.entry.c.seq).limit(_CHUNK)
    last = 0
    while True:
        found = [stored(row) for row in connection.execute(wanted.where(tables.entry.c.seq > last, *conditions))]
        yield from found
        if len(found) < _CHUNK:
            return
        last = found[-1].seq


def rebuild(engine: Engine) -> None:
    """Make every table again from the entries, in one transaction: a reader sees the old tables or the new ones, never half of each."""
    with write(engine) as connection:
        for table in reversed(tables.PROJECTIONS):
            connection.execute(delete(table))
        applying = Applying(connection)
        for fact in facts(stream(connection)):
            applying.add(changes(fact))
        applying.flush()


def differences(engine: Engine) -> dict[str, int]:
    """How many rows of each table do not follow from the entries; empty where all do. Changes nothing."""
    with read(engine) as connection:
        wanted = fold(facts(stream(connection)))
        found = {table.name: rows(connection, table) for table in tables.PROJECTIONS}
    differing = {
        name: sum(found[name].get(identity) != wanted[name].get(identity) for identity in found[name].keys() | wanted[name].keys())
        for name in wanted
    }
    return {name: count for name, count in differing.items() if count}


def rows(connection: Connection, table: Table) -> dict[tuple[Any, ...], dict[str, Any]]:
    """The rows of a table as they are, by primary key."""
    found = (cast("dict[str, Any]", dict(row._mapping)) for row in connection.execute(select(table)))  # noqa: SLF001, as in `stored`
    return {_identity(table, row): row for row in found}
