# ruff: noqa: ANN401 -- a test module cannot import the classes that its conftest defines
"""Signatures on people's acts: the right key, in force, over these very bytes; else nothing is entered."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from veedor.evidence.ledger import kinds
from veedor.evidence.ledger.acts import sign
from veedor.evidence.ledger.append import append
from veedor.evidence.ledger.checking import verify
from veedor.evidence.ledger.errors import (
    OfficerKeyRevokedError,
    OfficerKeyUnknownError,
    SignatureAbsentError,
    SignatureUnfitError,
)
from veedor.evidence.log.commitment import signed_by_officer
from veedor.evidence.log.keys import MLDSA44, SignerKey, encoded
from veedor.governance.keys import signer


def test_an_act_that_its_officer_signed(day: Any, made: Any) -> None:
    key = day.officer()
    assert day.enter(made.reply(), actor="officer-1", key=key).is_new
    assert verify(day.engine) == ()


def test_an_act_of_a_person_needs_a_signature(day: Any, made: Any) -> None:
    for body in (made.reply(), kinds.DecisionTaken(organ="group", subject="s", outcome="o", text="t")):
        with pytest.raises(SignatureAbsentError):
            day.enter(body, actor="officer-1")


@pytest.mark.parametrize("field", ["body", "actor", "at", "officer_signature"])
def test_a_signature_holds_for_these_bytes_only(day: Any, made: Any, field: str) -> None:
    key = day.officer()
    day.enter(kinds.OfficerAdded(officer="officer-2", party="XA"))
    draft = day.draft(made.reply(), actor="officer-1", key=key)
    day.wait(seconds=1)
    other = {"body": made.reply("It shone."), "actor": "officer-2", "at": day.at, "officer_signature": bytes(64)}[field]
    with pytest.raises((SignatureUnfitError, OfficerKeyUnknownError)):
        append(day.engine, [dataclasses.replace(draft, **{field: other})], day)
    assert append(day.engine, [draft], day)[0].is_new


def test_a_key_that_nobody_entered(day: Any, made: Any) -> None:
    day.officer()
    with pytest.raises(OfficerKeyUnknownError):
        day.enter(made.reply(), actor="officer-1", key=signer(bytes([7]) * 32))


def test_a_key_speaks_for_its_own_holder(day: Any, made: Any) -> None:
    key = day.officer("officer-1", 1)
    day.officer("officer-2", 2)
    with pytest.raises(OfficerKeyUnknownError):
        day.enter(made.reply(), actor="officer-2", key=key)


def test_a_node_key_signs_no_act(day: Any, made: Any) -> None:
    key = signer(bytes([5]) * 32)
    day.enter(kinds.KeyAdded(key=key.key_id, holder="officer-1", purpose="node"))
    with pytest.raises(OfficerKeyUnknownError):
        day.enter(made.reply(), actor="officer-1", key=key)


@pytest.mark.parametrize("end", ["revoked", "rotated"])
def test_a_key_that_ended_signs_nothing_more_whatever_the_date(day: Any, made: Any, end: str) -> None:
    key = day.officer()
    before = day.draft(made.reply("signed before the end"), actor="officer-1", key=key)
    day.enter(made.reply("entered before the end"), actor="officer-1", key=key)
    day.wait(minutes=2)
    if end == "revoked":
        day.enter(kinds.KeyRevoked(key=key.key_id, ground="lost"))
    else:
        new = signer(bytes([9]) * 32)
        day.enter(kinds.KeyRotated(key=key.key_id, replaced_by=new.key_id, holder="officer-1", purpose="officer"))
        assert day.enter(made.reply("by the new key"), actor="officer-1", key=new).is_new
    with pytest.raises(OfficerKeyRevokedError):
        day.enter(made.reply("after"), actor="officer-1", key=key)
    with pytest.raises(OfficerKeyRevokedError):
        append(day.engine, [before], day)
    assert verify(day.engine) == (), "what was entered while the key was in force stays signed"


def test_a_key_and_its_revocation_in_one_batch(day: Any, made: Any) -> None:
    key = signer(bytes([3]) * 32)
    added = day.draft(kinds.KeyAdded(key=key.key_id, holder="officer-3", purpose="officer"))
    revoked = day.draft(kinds.KeyRevoked(key=key.key_id, ground="lost"))
    first, second = (day.draft(made.reply(text), actor="officer-3", key=key) for text in ("a", "b"))
    with pytest.raises(OfficerKeyRevokedError):
        append(day.engine, [added, first, revoked, second], day)
    assert len(append(day.engine, [added, first, revoked], day)) == 3


def test_a_second_algorithm(day: Any, made: Any) -> None:
    """ML-DSA-44: the keys and signatures are longer, and nothing else differs."""
    inner = SignerKey(name="officer-4", kind=MLDSA44, seed=bytes(32))

    class Later:
        key_id = encoded(inner.verifier.public)

        def sign(self, message: bytes) -> bytes:
            return inner.sign(message)

    day.enter(kinds.KeyAdded(key=Later.key_id, holder="officer-4", purpose="officer", algorithm="ml-dsa-44"))
    draft = sign(day.draft(made.reply(), actor="officer-4"), Later())
    assert len(draft.officer_signature) == 2420
    assert append(day.engine, [draft], day)[0].is_new
    assert verify(day.engine) == ()


def test_the_prefix_keeps_a_signature_to_its_meaning(day: Any, made: Any) -> None:
    key = day.officer()
    draft = day.draft(made.reply(), actor="officer-1")
    bare = dataclasses.replace(draft, officer_key=key.key_id, officer_signature=key.sign(draft.bytes()))
    assert signed_by_officer(draft.bytes()) != draft.bytes()
    with pytest.raises(SignatureUnfitError):
        append(day.engine, [bare], day)
