"""Entering: entries and the tables that follow from them, in one transaction, each request once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from veedor.evidence.ledger import rules
from veedor.evidence.ledger.entries import Draft, Receipt, committed, entry_bytes, moment, read_moment
from veedor.evidence.ledger.errors import ActDatedError, ClockBehindError, RequestReusedError
from veedor.evidence.ledger.kinds import body_bytes, kind_of
from veedor.evidence.ledger.projections import Applying, Fact, changes
from veedor.evidence.log.commitment import SALT_BYTES, SCHEMA
from veedor.store.bulk import insert_rows
from veedor.store.tables import entry
from veedor.store.transaction import write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Engine

    from veedor.kernel.clock import Clock

LEEWAY = timedelta(minutes=10)  # between signing an act and entering it, and between the clocks of two machines
_CHUNK = 500  # request keys asked about in one statement


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prepared:
    """A draft with everything computed that needs no database."""

    draft: Draft
    kind: str
    at: str
    body: bytes
    salt: bytes
    commitment: bytes


def append(engine: Engine, drafts: Sequence[Draft], clock: Clock) -> tuple[Receipt, ...]:
    """Enter acts: all of them, in this order, or none. Once this returns they are on the disk, whatever happens to the process.

    A request that was entered before gets its first receipt again and is not entered twice.

    Raises:
        RequestReusedError: a request key was used before for something else.
        ActDatedError, ClockBehindError: the time an act bears is not now, or now is before the latest entry.
        SubjectUnknownError, SubjectTakenError, SignatureAbsentError, OfficerKeyUnknownError, OfficerKeyRevokedError,
        SignatureUnfitError, KeyMalformedError: see `rules.require`.
        StateBusyError, StateFullError, StateReadOnlyError, StateUnreachableError, StateUnwritableError: nothing was entered.
        CommitUncertainError: repeat it; what was entered is recognised.
        ValueError: an act of a kind that the ledger makes itself.
    """
    for draft in drafts:
        if kind_of(draft.body).is_reserved:
            raise ValueError(f"{kind_of(draft.body).name} is entered by the ledger itself")
    if not drafts:
        return ()
    prepared = prepare(drafts)
    with write(engine) as connection:
        return enter(connection, prepared, clock.now())


def prepare(drafts: Sequence[Draft]) -> list[_Prepared]:
    """Bytes, salts and commitments of drafts: the work that needs no database, done before its only writer's place is taken."""
    salts = secrets.token_bytes(SALT_BYTES * len(drafts))
    found = []
    for number, draft in enumerate(drafts):
        kind, at, body = kind_of(draft.body).name, moment(draft.at), body_bytes(draft.body)
        salt = salts[number * SALT_BYTES : (number + 1) * SALT_BYTES]
        commitment = committed(entry_bytes(kind, at, draft.actor, body), salt)
        found.append(_Prepared(draft=draft, kind=kind, at=at, body=body, salt=salt, commitment=commitment))
    return found


def enter(connection: Connection, prepared: Sequence[_Prepared], now: datetime) -> tuple[Receipt, ...]:
    """Enter prepared acts in a transaction that its caller commits."""
    entering = _Entering(connection, now, _known(connection, [one.draft.request for one in prepared]))
    receipts = tuple(entering.add(one) for one in prepared)
    entering.flush()
    return receipts


@dataclass(slots=True)
class _Entering:
    """Acts on their way into the tables, in the order in which they will stand there."""

    connection: Connection
    now: datetime
    known: dict[str, _Known]
    _applying: Applying = field(init=False)
    _rows: list[dict[str, Any]] = field(default_factory=list)
    _facts: list[Fact] = field(default_factory=list)
    _next: int = field(init=False)

    def __post_init__(self) -> None:
        self._applying = Applying(self.connection)
        last = self.connection.execute(select(entry.c.seq, entry.c.at).order_by(entry.c.seq.desc()).limit(1)).one_or_none()
        self._next = 1 if last is None else last.seq + 1
        if last is not None and self.now < read_moment(last.at) - LEEWAY:
            raise ClockBehindError(now=moment(self.now), latest=last.at)

    def add(self, one: _Prepared) -> Receipt:
        draft = one.draft
        before = self.known.get(draft.request)
        if before is not None:
            return before.again(one)
        if abs(draft.at - self.now) > LEEWAY:
            raise ActDatedError(dated=one.at, now=moment(self.now))
        if rules.looks_at_state(draft):
            self.flush()
            rules.require(self.connection, draft)
        self._rows.append(_row(one, self._next))
        self._facts.append(Fact(self._next, one.at, draft.actor, draft.body))
        self._next += 1
        self.known[draft.request] = _Known(one.kind, draft.actor, one.at, one.body, one.commitment)
        return Receipt(commitment=one.commitment.hex(), at=draft.at, is_new=True)

    def flush(self) -> None:
        """Put what waits into the tables: entries before the rows that refer to them."""
        if self._rows:
            insert_rows(self.connection, entry, self._rows)
            for fact in self._facts:
                self._applying.add(changes(fact))
            self._applying.flush()
            self._rows, self._facts = [], []


def _row(one: _Prepared, seq: int) -> dict[str, Any]:
    return {
        "seq": seq,
        "leaf_index": None,
        "schema": SCHEMA,
        "kind": one.kind,
        "at": one.at,
        "actor": one.draft.actor,
        "body": one.body,
        "salt": one.salt,
        "commitment": one.commitment,
        "is_padding": False,
        "marking": int(one.draft.body.marking),
        "officer_key": one.draft.officer_key or None,
        "officer_signature": one.draft.officer_signature or None,
        "request": one.draft.request,
    }


@dataclass(frozen=True, slots=True)
class _Known:
    """What was entered under a request key."""

    kind: str
    actor: str
    at: str
    body: bytes | None
    commitment: bytes

    def again(self, one: _Prepared) -> Receipt:
        """The first receipt again; the time may differ, since a retry may have been signed anew."""
        if (self.kind, self.actor) != (one.kind, one.draft.actor) or self.body not in {None, one.body}:
            raise RequestReusedError(request=one.draft.request, kind=self.kind)
        return Receipt(commitment=self.commitment.hex(), at=read_moment(self.at), is_new=False)


def _known(connection: Connection, requests: Sequence[str]) -> dict[str, _Known]:
    columns = (entry.c.request, entry.c.kind, entry.c.actor, entry.c.at, entry.c.body, entry.c.commitment)
    found: dict[str, _Known] = {}
    for start in range(0, len(requests), _CHUNK):
        wanted = select(*columns).where(entry.c.request.in_(requests[start : start + _CHUNK]))
        found.update({row.request: _Known(row.kind, row.actor, row.at, row.body, row.commitment) for row in connection.execute(wanted)})
    return found
