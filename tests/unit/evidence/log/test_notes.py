"""Keys, notes, checkpoints, cosignatures: the published example, both directions, and everything that must be refused."""

from __future__ import annotations

import pytest

from veedor.evidence.log import checkpoint as checkpoints
from veedor.evidence.log import cosignature, note
from veedor.evidence.log.checkpoint import Checkpoint
from veedor.evidence.log.errors import KeyMalformedError, NoteMalformedError, NotSignedError, SignatureWrongError
from veedor.evidence.log.keys import COSIGNATURE, ED25519, MLDSA44, SignerKey, VerifierKey, encoded, read_skey, read_vkey
from veedor.evidence.log.note import Note, Signature

# The example in the documentation of golang.org/x/mod/sumdb/note, from which the C2SP formats grew.
VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
SKEY = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
LINE = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
ROOT = bytes(range(32))
STATED = Checkpoint(origin="log.example", size=7, root=ROOT)


def signer(name: str, kind: int, at: int = 1) -> SignerKey:
    return SignerKey(name=name, kind=kind, seed=bytes([at]) * 32)


LOG, WITNESS, LATER = signer("log.example", ED25519), signer("w.example", COSIGNATURE, 2), signer("m.example", MLDSA44, 3)


def test_the_published_example() -> None:
    key, secret = read_vkey(VKEY), read_skey(SKEY)
    assert (secret.verifier, secret.skey(), key.vkey(), key.id.hex()) == (key, SKEY, VKEY, "c74f20a3")
    found = note.read(f"{TEXT}\n{LINE}".encode())
    assert found.text == TEXT
    assert [fitting.key for fitting in note.verified(found, [key])] == [key]
    assert Signature("PeterNeumann", key.id, secret.sign(TEXT.encode())).line() == LINE
    assert SKEY[-20:] not in repr(secret)
    assert secret.seed.hex() not in str(secret)


@pytest.mark.parametrize("kind", [ED25519, COSIGNATURE, MLDSA44])
def test_keys_of_every_kind_read_back(kind: int) -> None:
    made = signer("key.example/a=b", kind)
    assert read_vkey(made.verifier.vkey()) == made.verifier
    assert read_skey(made.skey()) == made


@pytest.mark.parametrize(
    "text",
    [
        "", "a", "a+b", "a+00000000+", VKEY[:-1], VKEY.replace("c74f20a3", "c74f20a4"), VKEY.replace("c74f20a3", "C74F20A3"),
        VKEY.replace("PeterNeumann", "Peter Neumann"), VKEY.replace("PeterNeumann", ""), VKEY.replace("+AR", "+Ax"), f" {VKEY}",
        f"{VKEY}\n",
        VKEY.replace("PeterNeumann", "x" * 256), VKEY.replace("TW", "TX"), "a+00000000+Af==", "\ud800+00000000+AQ==",
    ],
)  # fmt: skip
def test_what_is_no_key(text: str) -> None:
    with pytest.raises(KeyMalformedError):
        read_vkey(text)
    with pytest.raises(KeyMalformedError):
        read_skey(f"PRIVATE+KEY+{text}")


def test_a_wrong_private_key_is_not_shown() -> None:
    with pytest.raises(KeyMalformedError) as raised:
        read_skey(SKEY.replace("c74f20a3", "c74f20a4"))
    assert SKEY[-20:] not in raised.value.render("what", "en")
    with pytest.raises(KeyMalformedError):
        read_skey(VKEY)
    with pytest.raises(KeyMalformedError):
        SignerKey(name="a", kind=9, seed=bytes(32))
    with pytest.raises(KeyMalformedError):
        SignerKey(name="a", kind=ED25519, seed=bytes(31))


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\n", b"text\n", b"text\n\n", b"\n\n" + LINE.encode(), f"{TEXT}{LINE}".encode(), f"{TEXT}\n{LINE[:-1]}".encode(),
        f"{TEXT}\n{LINE}\n".encode(), f"{TEXT}\n{LINE.replace('— ', '- ')}".encode(), f"{TEXT}\n{LINE.replace('=', '')}".encode(),
        f"{TEXT}\n{LINE.replace('AM=', 'AN=')}".encode(), f"{TEXT}\n— PeterNeumann x08go/==\n".encode(), f"{TEXT}\n—  x08goAA=\n".encode(),
        f"{TEXT}\n— a+b x08goAA=\n".encode(), f"{TEXT}\n— a b x08goAA=\n".encode(), f"{TEXT}\t\n{LINE}".encode(),
        f"{TEXT}\r\n{LINE}".encode(),
        f"{TEXT}\x00\n{LINE}".encode(), b"\xff\n\n" + LINE.encode(), f"{TEXT}\n{LINE * 129}".encode(),
        b"x" * (1 << 20) + b"\n\n" + LINE.encode(),
    ],
)  # fmt: skip
def test_what_is_no_note(data: bytes) -> None:
    with pytest.raises(NoteMalformedError):
        note.read(data)


def test_notes_read_back_and_may_hold_empty_lines() -> None:
    for text in (TEXT, "a\n\nb\n", "— looks like a signature\n", "\n\n\n"):
        made = Note(text, (Signature("k", b"abcd", b"x"), Signature("k", b"abcd", b"y")))  # one is a stranger's for all a reader knows
        assert note.read(made.data()) == made
    made = Note(TEXT, tuple(Signature(f"k{at}", b"abcd", bytes([at])) for at in range(64)))
    assert len(note.read(made.data()).signatures) == 64, "32 witnesses with two algorithms each"
    assert made.beside(made.signatures[:3]) == made


def test_signatures_by_others_are_left_aside_and_wrong_ones_are_not() -> None:
    stranger = signer("stranger.example", ED25519, 9)
    signed = cosignature.sign(STATED, [LOG], time=5)
    beside = signed.beside([cosignature.cosign(signed, stranger, time=5), Signature("log.example", b"abcd", b"junk")])
    assert [key for key, _ in note.verified(beside, [LOG.verifier])] == [LOG.verifier]
    with pytest.raises(NotSignedError, match=r"stranger\.example"):
        note.verified(beside, [WITNESS.verifier], origin="log.example")
    wrong = Note(beside.text, (Signature(LOG.name, LOG.verifier.id, b"x" * 64), *beside.signatures[1:]))
    with pytest.raises(SignatureWrongError):
        note.verified(wrong, [LOG.verifier, stranger.verifier])


def test_a_key_signs_once() -> None:
    """Two lines by one key could state two times; lines by strangers may repeat, they say nothing."""
    signed = cosignature.sign(STATED, [LOG], time=5)
    once, again = (cosignature.cosign(signed, WITNESS, time=time) for time in (100, 200))
    assert signed.beside([once, again]).signatures == (*signed.signatures, once)
    assert signed.beside([once]).beside([again]).signatures == (*signed.signatures, once)
    twice = Note(signed.text, (*signed.signatures, once, again))
    with pytest.raises(NoteMalformedError, match="twice"):
        note.verified(twice, [WITNESS.verifier], cosignature.check)
    assert note.verified(twice, [LOG.verifier], cosignature.check)


@pytest.mark.parametrize(
    "text",
    [
        "log.example\n7\n", "log.example\n07\nROOT\n", "log.example\n+7\nROOT\n", "log.example\n-1\nROOT\n", "log.example\n٧\nROOT\n",
        "log.example\n9223372036854775808\nROOT\n", "log.example\n7\nAAAA\n", "log.example\n7\nROOT=\n", "log.example\n7\nROOT\n\nmore\n",
        "\n7\nROOT\n", "log.example\n 7\nROOT\n", "log.example\n7 \nROOT\n", "log.example\n\nROOT\n",
    ],
)  # fmt: skip
def test_what_is_no_checkpoint(text: str) -> None:
    with pytest.raises(NoteMalformedError):
        checkpoints.read_text(text.replace("ROOT", encoded(ROOT)))


def test_checkpoints_read_back() -> None:
    for made in (
        STATED,
        Checkpoint(origin="ü + blank", size=0, root=ROOT),
        Checkpoint(origin="a", size=2**63 - 1, root=ROOT, extensions=("x",)),
    ):
        assert checkpoints.read_text(made.text()) == made


def test_an_ed25519_cosignature_covers_time_and_text() -> None:
    signed = cosignature.sign(STATED, [LOG], time=5)
    line = cosignature.cosign(signed, WITNESS, time=1_679_315_147)
    key = WITNESS.verifier
    assert cosignature.message(key, signed.text, 1_679_315_147) == b"cosignature/v1\ntime 1679315147\n" + STATED.text().encode()
    assert (len(line.blob), cosignature.time_of(key, line.blob)) == (72, 1_679_315_147)
    assert cosignature.check(key, signed.text, line.blob)
    assert not cosignature.check(key, signed.text.replace("7", "8"), line.blob)
    assert not cosignature.check(key, signed.text, (5).to_bytes(8, "big") + line.blob[8:])
    assert not cosignature.check(key, signed.text, line.blob[8:])
    assert not cosignature.check(VerifierKey(name=key.name, kind=ED25519, public=key.public), signed.text, line.blob)


def test_an_ml_dsa_cosignature_covers_the_names_as_well() -> None:
    """The structure of tlog-cosignature, byte by byte."""
    signed = cosignature.sign(STATED, [LOG], time=5)
    line, key = cosignature.cosign(signed, LATER, time=77), LATER.verifier
    expected = (
        b"subtree/v1\n\x00" + b"\x09m.example" + (77).to_bytes(8, "big") + b"\x0blog.example" + bytes(8) + (7).to_bytes(8, "big") + ROOT
    )
    assert cosignature.message(key, signed.text, 77) == expected
    assert len(line.blob) == 8 + 2420
    assert cosignature.check(key, signed.text, line.blob)
    assert not cosignature.check(VerifierKey(name="other", kind=MLDSA44, public=key.public), signed.text, line.blob)
    assert not cosignature.check(key, signed.text.replace("log.", "lag."), line.blob)
    long = Checkpoint(origin="x" * 256, size=1, root=ROOT)
    with pytest.raises(NoteMalformedError, match="255"):
        cosignature.cosign(Note(long.text(), ()), LATER, time=77)
    assert not cosignature.check(key, long.text(), line.blob)


def test_a_cosignature_never_states_no_time() -> None:
    bare = Note(STATED.text(), ())
    for key in (WITNESS, LATER):
        for time in (0, -1, 2**63):
            with pytest.raises(ValueError, match="states a time"):
                cosignature.cosign(bare, key, time=time)
    message = cosignature.message(WITNESS.verifier, bare.text, 0)
    assert not cosignature.check(WITNESS.verifier, bare.text, bytes(8) + WITNESS.sign(message))
    with pytest.raises(NoteMalformedError):
        cosignature.cosign(Note("no checkpoint\n", ()), WITNESS, time=5)


def test_a_log_signs_with_both_algorithms() -> None:
    second = signer("log.example", MLDSA44)
    signed = cosignature.sign(STATED, [LOG, second], time=5)
    found = note.verified(note.read(signed.data()), [LOG.verifier, second.verifier], cosignature.check)
    assert [fitting.key.kind for fitting in found] == [ED25519, MLDSA44]
