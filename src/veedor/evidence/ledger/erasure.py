"""Erasing: the content of an entry and the salt of its commitment are destroyed; that there was an entry, and its proofs, stay.

Without its salt a commitment shows nothing, not even to somebody who can guess the content. The officer's signature goes too: it is made
over the content, so that whoever guessed right could confirm it by the signature.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import delete, select, update

from veedor.evidence.ledger.append import enter, prepare
from veedor.evidence.ledger.entries import Draft, Receipt, Stored, stored
from veedor.evidence.ledger.errors import EntryUnknownError, ErasedBeforeError, NotErasableError
from veedor.evidence.ledger.kinds import KINDS, Erased
from veedor.evidence.ledger.projections import rows_of
from veedor.kernel.ids import short
from veedor.store import tables
from veedor.store.shredding import shred
from veedor.store.transaction import write

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from veedor.kernel.clock import Clock


class Erasure(NamedTuple):
    """An entry's content is gone from the ledger; `is_shredded` says whether it is gone from the database's files too.

    It is not while somebody reads the old pages. The same act again, with the same request, tries once more.
    """

    receipt: Receipt
    is_shredded: bool


def erase(engine: Engine, draft: Draft, clock: Clock) -> Erasure:
    """Destroy the content of the entry that a signed act of erasure names, and enter the act: both or neither.

    Raises:
        EntryUnknownError: no entry has that commitment.
        NotErasableError: entries of its kind hold no personal content, and others rest on them.
        ErasedBeforeError: its content is gone already.
        SignatureAbsentError, OfficerKeyUnknownError, OfficerKeyRevokedError, SignatureUnfitError, ActDatedError, ClockBehindError,
        RequestReusedError: the act cannot be entered; see `append`.
        StateBusyError, StateFullError, StateReadOnlyError, StateUnreachableError, StateUnwritableError: nothing was erased.
        CommitUncertainError: repeat it.
    """
    if not isinstance(draft.body, Erased):
        raise TypeError(f"{type(draft.body).__name__} is no act of erasure")
    with write(engine) as connection:
        (receipt,) = enter(connection, prepare([draft]), clock.now())
        target = _target(connection, draft.body.entry)
        if receipt.is_new:
            _erase(connection, target)
    return Erasure(receipt, shred(engine, (tables.entry, *rows_of(target.kind))))


def _target(connection: Connection, commitment: str) -> Stored:
    row = connection.execute(select(tables.entry).where(tables.entry.c.commitment == bytes.fromhex(commitment))).one_or_none()
    if row is None or row.is_padding:
        raise EntryUnknownError(reference=short(commitment))
    return stored(row)


def _erase(connection: Connection, target: Stored) -> None:
    if not KINDS[target.kind].is_erasable:
        raise NotErasableError(kind=target.kind, kinds=tuple(name for name, kind in KINDS.items() if kind.is_erasable))
    if target.body is None:
        raise ErasedBeforeError(entry=short(target.commitment.hex()))
    gone = {"body": None, "salt": None, "officer_key": None, "officer_signature": None, "request": None}
    connection.execute(update(tables.entry).where(tables.entry.c.seq == target.seq).values(**gone))
    for table in rows_of(target.kind):
        connection.execute(delete(table).where(table.c.seq == target.seq))
