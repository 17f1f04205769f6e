"""What must be so before an act can be entered: what it speaks of is there, and what it makes is not there yet.

Who may act is no question here; `governance` answers that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, select

from veedor.evidence.ledger import kinds
from veedor.evidence.ledger.acts import public_key, require_signature
from veedor.evidence.ledger.errors import SubjectTakenError, SubjectUnknownError
from veedor.store import tables

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import ColumnElement, Connection

    from veedor.evidence.ledger.entries import Draft

_SHOWN = 44  # characters of a key that a message shows: all of an Ed25519 one


def looks_at_state(draft: Draft) -> bool:
    """Whether `require` will look at the tables for this act, so that everything before it has to be in them."""
    return bool(draft.officer_key) or kinds.kind_of(draft.body).is_signed or next(_conditions(draft.body), None) is not None


def require(connection: Connection, draft: Draft) -> None:
    """Nothing, where the act can be entered as things stand.

    Raises:
        SubjectUnknownError, SubjectTakenError: it speaks of what is not there, or makes what is.
        SignatureAbsentError, OfficerKeyUnknownError, OfficerKeyRevokedError, SignatureUnfitError: see `acts.require_signature`.
        KeyMalformedError: a public key is none.
    """
    require_signature(connection, draft)
    match draft.body:
        case (
            kinds.KeyAdded(key=key, algorithm=algorithm, holder=holder)
            | kinds.KeyRotated(replaced_by=key, algorithm=algorithm, holder=holder)
        ):
            public_key(key, algorithm, holder)
        case _:
            pass
    kind = kinds.kind_of(draft.body).name
    for condition, name, must_be in _conditions(draft.body):
        if bool(connection.scalar(select(exists().where(condition)))) is not must_be:
            raise (SubjectUnknownError if must_be else SubjectTakenError)(kind=kind, name=name[:_SHOWN])


def _conditions(body: kinds.Body) -> Iterator[tuple[ColumnElement[bool], str, bool]]:
    """What a kind of act asks of the tables: a condition, what it speaks of, and whether such a row must be there or must not."""
    key, officer, taken = tables.key.c, tables.officer.c, tables.snapshot_taken.c
    match body:
        case kinds.SnapshotRetracted():
            yield (taken.snapshot == body.snapshot) & taken.retracted_at.is_(None), body.snapshot, True
        case kinds.KeyAdded():
            yield key.key == body.key, body.key, False
        case kinds.KeyRotated():
            same = (key.holder == body.holder) & (key.purpose == body.purpose)
            yield (key.key == body.key) & key.revoked_at.is_(None) & same, body.key, True
            yield key.key == body.replaced_by, body.replaced_by, False
        case kinds.KeyRevoked():
            yield (key.key == body.key) & key.revoked_at.is_(None), body.key, True
        case kinds.OfficerAdded():
            yield officer.officer == body.officer, body.officer, False
        case kinds.SeatFilled():
            yield officer.officer == body.officer, body.officer, True
            yield _held(body), f"{body.organ}/{body.seat}", False
        case kinds.SeatVacated():
            yield _held(body), f"{body.organ}/{body.seat}", True
        case _:
            return


def _held(body: kinds.SeatFilled | kinds.SeatVacated) -> ColumnElement[bool]:
    seat = tables.seat.c
    return (seat.organ == body.organ) & (seat.seat == body.seat) & seat.vacated_at.is_(None)
