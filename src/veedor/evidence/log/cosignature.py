"""Signatures on checkpoints, of every kind: the log's own, a witness's with its time (C2SP tlog-cosignature), Ed25519 and ML-DSA-44.

A cosignature says: at this time, this was the largest tree of this log that I had seen, and it was consistent with all before it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from veedor.evidence.log import checkpoint as checkpoints
from veedor.evidence.log import errors
from veedor.evidence.log.errors import NoteMalformedError
from veedor.evidence.log.keys import COSIGNATURE, ED25519, SIGNATURE_BYTES, NoteSigner, VerifierKey, verifies
from veedor.evidence.log.note import Note, Signature

if TYPE_CHECKING:
    from collections.abc import Sequence

    from veedor.evidence.log.checkpoint import Checkpoint

MOST_TIME = 2**63 - 1
_TIME_BYTES = 8
_LONGEST = 255
_LABEL = b"subtree/v1\n\x00"


def message(key: VerifierKey, text: str, time: int) -> bytes:
    """The bytes that a key of this kind signs for the text of a checkpoint; `time` is not part of a plain signature.

    Raises:
        NoteMalformedError: the key signs with ML-DSA-44, and the text is no checkpoint that such a signature can name.
    """
    if key.kind == ED25519:
        return text.encode()
    if key.kind == COSIGNATURE:
        return f"cosignature/v1\ntime {time}\n{text}".encode()
    stated = checkpoints.read_text(text)
    name, origin = key.name.encode(), stated.origin.encode()
    if len(origin) > _LONGEST:
        raise NoteMalformedError(why=errors.ORIGIN_LONG())
    numbers = (time.to_bytes(8, "big"), bytes([len(origin)]), origin, (0).to_bytes(8, "big"), stated.size.to_bytes(8, "big"))
    return b"".join((_LABEL, bytes([len(name)]), name, *numbers, stated.root))


def check(key: VerifierKey, text: str, blob: bytes) -> bool:
    """Whether what follows the id in a signature line fits the text: the `note.Check` for checkpoints."""
    if key.kind == ED25519:
        return verifies(key, text.encode(), blob)
    if len(blob) != _TIME_BYTES + SIGNATURE_BYTES[key.kind] or (time := time_of(key, blob)) > MOST_TIME:
        return False
    if time == 0 and key.kind == COSIGNATURE:
        return False  # only an ML-DSA signature of a log, which states no time, may leave it out; a witness's never counts without
    try:
        return verifies(key, message(key, text, time), blob[_TIME_BYTES:])
    except NoteMalformedError:
        return False


def time_of(key: VerifierKey, blob: bytes) -> int:
    """The time that a signature states, in seconds of Unix time; 0 where its kind states none."""
    return 0 if key.kind == ED25519 else int.from_bytes(blob[:_TIME_BYTES], "big")


def cosign(note: Note, signer: NoteSigner, *, time: int) -> Signature:
    """One signature line on a checkpoint, stating the time; a plain Ed25519 key states none.

    Raises:
        NoteMalformedError: the note's text is no checkpoint.
    """
    key = signer.verifier
    checkpoints.read_text(note.text)
    if key.kind == ED25519:
        return Signature(key.name, key.id, signer.sign(note.text.encode()))
    if not 0 < time <= MOST_TIME:
        raise ValueError(f"a cosignature states a time, and {time} is none")
    return Signature(key.name, key.id, time.to_bytes(_TIME_BYTES, "big") + signer.sign(message(key, note.text, time)))


def sign(checkpoint: Checkpoint, signers: Sequence[NoteSigner], *, time: int) -> Note:
    """A checkpoint signed by its log: with an Ed25519 key first, and with an ML-DSA-44 key beside it where the log has one."""
    bare = Note(checkpoint.text(), ())
    return bare.beside(cosign(bare, signer, time=time) for signer in signers)
