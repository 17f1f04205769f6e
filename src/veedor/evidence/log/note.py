"""Signed notes (C2SP signed-note): a text, an empty line, and one line for each signature. Strict to the byte in both directions."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeAlias

from veedor.evidence.log import errors
from veedor.evidence.log.errors import NoteMalformedError, NotSignedError, SignatureWrongError
from veedor.evidence.log.keys import ED25519, VerifierKey, decoded, encoded, is_name, verifies

DASH = "— "
MOST_BYTES = 1 << 20
MOST_SIGNATURES = 128  # 32 witnesses, each with two algorithms, twice over
ID_BYTES = 4


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: the key's name, its id, and what follows the id. Says who is meant to have signed, not who did."""

    name: str
    id: bytes
    blob: bytes

    def line(self) -> str:
        """The line as the note carries it, with its line break."""
        return f"{DASH}{self.name} {encoded(self.id + self.blob)}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text and its signature lines. Nothing in it is to be believed before `verified`."""

    text: str
    signatures: tuple[Signature, ...]

    def data(self) -> bytes:
        """The bytes of the note; `read` gives it back."""
        return f"{self.text}\n{''.join(found.line() for found in self.signatures)}".encode()

    def beside(self, more: Iterable[Signature]) -> Note:
        """The note with more signatures; a key that has signed already is not added again, whatever time it states now."""
        signatures = list(self.signatures)
        signed = {(line.name, line.id) for line in signatures}
        for line in more:
            if (line.name, line.id) not in signed:
                signed.add((line.name, line.id))
                signatures.append(line)
        return replace(self, signatures=tuple(signatures))


class Fitting(NamedTuple):
    """A signature that fits, and the key it was made with."""

    key: VerifierKey
    signature: Signature


Check: TypeAlias = Callable[[VerifierKey, str, bytes], bool]  # key, text of the note, what follows the id


def read(data: bytes) -> Note:
    """A note from its bytes.

    Raises:
        NoteMalformedError: they are not exactly in the form of a note.
    """
    words = _words(data)
    body, found, tail = words.rpartition("\n\n")
    if not found or not body or not tail.endswith("\n"):
        raise NoteMalformedError(why=errors.NO_SIGNATURES())
    lines = tail.removesuffix("\n").split("\n")
    if len(lines) > MOST_SIGNATURES:
        raise NoteMalformedError(why=errors.TOO_MANY_SIGNATURES(limit=MOST_SIGNATURES))
    return Note(f"{body}\n", tuple(_signature(number, line) for number, line in enumerate(lines, 1)))


def read_lines(data: bytes) -> tuple[Signature, ...]:
    """Bare signature lines, as a witness answers them.

    Raises:
        NoteMalformedError: they are not signature lines.
    """
    return read(b"-\n\n" + data).signatures


def plain(key: VerifierKey, text: str, blob: bytes) -> bool:
    """Whether the blob is a plain Ed25519 signature of the text: the kind that a log puts on its own checkpoints."""
    return key.kind == ED25519 and verifies(key, text.encode(), blob)


def verified(note: Note, keys: Sequence[VerifierKey], check: Check = plain, *, origin: str = "") -> tuple[Fitting, ...]:
    """Every signature that was made by one of the keys; lines by other keys are left aside. `origin` only serves the message.

    Raises:
        SignatureWrongError: a line names one of the keys and does not fit.
        NoteMalformedError: one of the keys signed twice, which could state two times.
        NotSignedError: no line names any of the keys.
    """
    known = {(key.name, key.id): key for key in keys}
    found: dict[tuple[str, bytes], Fitting] = {}
    for signature in note.signatures:
        key = known.get((signature.name, signature.id))
        if key is None:
            continue
        if not check(key, note.text, signature.blob):
            raise SignatureWrongError(name=key.name, key=key.id.hex())
        if (key.name, key.id) in found:
            raise NoteMalformedError(why=errors.SIGNED_TWICE(name=key.name))
        found[key.name, key.id] = Fitting(key, signature)
    if not found:
        raise NotSignedError(origin=origin, found=signers(note))
    return tuple(found.values())


def signers(note: Note) -> tuple[str, ...]:
    """Who is meant to have signed, by name and id, for messages."""
    return tuple(f"{signature.name} ({signature.id.hex()})" for signature in note.signatures)


def _words(data: bytes) -> str:
    if len(data) > MOST_BYTES:
        raise NoteMalformedError(why=errors.TOO_LONG(limit=MOST_BYTES))
    control = next((byte for byte in data if byte < 0x20 and byte != 0x0A), None)
    if control is not None:
        raise NoteMalformedError(why=errors.CONTROL(byte=control))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NoteMalformedError(why=errors.NOT_UTF8()) from error


def _signature(number: int, line: str) -> Signature:
    name, _, text = line.removeprefix(DASH).partition(" ")
    raw = decoded(text)
    if not line.startswith(DASH) or not is_name(name) or raw is None or len(raw) <= ID_BYTES:
        raise NoteMalformedError(why=errors.LINE_SHAPE(line=number, found=line))
    return Signature(name, raw[:ID_BYTES], raw[ID_BYTES:])
