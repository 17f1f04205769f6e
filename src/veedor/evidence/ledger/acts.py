"""Signatures of officers on their acts: made, and checked against the keys that the ledger itself knows."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from veedor.evidence.ledger.entries import Draft, Stored, moment
from veedor.evidence.ledger.errors import OfficerKeyRevokedError, OfficerKeyUnknownError, SignatureAbsentError, SignatureUnfitError
from veedor.evidence.ledger.kinds import KINDS, kind_of
from veedor.evidence.log.commitment import signed_by_officer
from veedor.evidence.log.keys import ED25519, MLDSA44, VerifierKey, decoded, read_vkey, verifies
from veedor.store.tables import key as keys

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection

    from veedor.evidence.signer import Signer

_KINDS = {"ed25519": ED25519, "ml-dsa-44": MLDSA44}


def sign(draft: Draft, signer: Signer) -> Draft:
    """The act with an officer's signature over the bytes of its entry."""
    return dataclasses.replace(draft, officer_key=signer.key_id, officer_signature=signer.sign(signed_by_officer(draft.bytes())))


def public_key(text: str, algorithm: str, holder: str) -> VerifierKey:
    """A public key from its base64.

    Raises:
        KeyMalformedError: it is none, or anybody could sign under it.
    """
    made = VerifierKey(name=holder, kind=_KINDS[algorithm], public=decoded(text) or b"")
    return read_vkey(made.vkey())


def fits(key: str, algorithm: str, entry: bytes, signature: bytes) -> bool:
    """Whether the signature is that of an entry's bytes by a key."""
    verifier = VerifierKey(name="-", kind=_KINDS[algorithm], public=decoded(key) or b"")
    return verifies(verifier, signed_by_officer(entry), signature)


def signature_fits(found: Stored, known: Mapping[tuple[Any, ...], Mapping[str, Any]]) -> bool:
    """Whether an entry that is not erased carries the signature it needs, by a key that was in force when it was entered."""
    opening = found.opening()
    if not found.officer_key or not found.officer_signature or opening is None:
        return not KINDS[found.kind].is_signed and not found.officer_key and not found.officer_signature
    key = known.get((found.officer_key,))
    if key is None or key["holder"] != found.actor or key["purpose"] != "officer" or key["revoked_at"] is not None:
        return False
    return fits(found.officer_key, key["algorithm"], opening.entry, found.officer_signature)


def require_signature(connection: Connection, draft: Draft) -> None:
    """Nothing, where the act needs no signature and has none, or has one that is whole: the right key, in force, over these bytes.

    Raises:
        SignatureAbsentError: it is a person's act without a signature.
        OfficerKeyUnknownError, OfficerKeyRevokedError: the key is not this officer's, or no longer.
        SignatureUnfitError: the signature is not that of these bytes by this key.
    """
    kind = kind_of(draft.body)
    if not draft.officer_key:
        if kind.is_signed:
            raise SignatureAbsentError(kind=kind.name)
        return
    found = connection.execute(select(keys).where(keys.c.key == draft.officer_key)).one_or_none()
    if found is None or found.purpose != "officer" or found.holder != draft.actor or found.valid_from > moment(draft.at):
        raise OfficerKeyUnknownError(kind=kind.name, actor=draft.actor, key=draft.officer_key[:44])
    if found.revoked_at is not None:
        # Whatever date the act bears: whoever holds a revoked key can date an act as they like.
        raise OfficerKeyRevokedError(kind=kind.name, actor=draft.actor, ended=found.revoked_at)
    if not fits(draft.officer_key, found.algorithm, draft.bytes(), draft.officer_signature):
        raise SignatureUnfitError(kind=kind.name, actor=draft.actor)
