"""What a witness decides about one request to cosign (C2SP tlog-witness): a pure function of what it last cosigned and what it is shown.

Whoever calls `decide` reads the last state, decides, and stores the new one in one transaction, before it answers: a witness that forgets,
or that answers twice from one state, is no witness.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, NamedTuple, TypeAlias

from veedor.evidence.log import checkpoint as checkpoints
from veedor.evidence.log import cosignature, errors, note
from veedor.evidence.log.checkpoint import Checkpoint, read_size
from veedor.evidence.log.errors import NoteMalformedError, NotSignedError, RequestMalformedError, SignatureWrongError
from veedor.evidence.log.keys import VerifierKey, decoded, encoded
from veedor.evidence.log.merkle import EMPTY, SIZE, roots_of_path, verify_consistency
from veedor.evidence.log.note import Note

MOST_HASHES = 63
MOST_BYTES = note.MOST_BYTES + 8192
SIZE_TYPE = "text/x.tlog.size"
Status: TypeAlias = Literal[403, 404, 400, 409, 422]


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request to cosign: the size the log believes the witness knows, the proof from there, and the signed checkpoint."""

    old: int
    hashes: tuple[bytes, ...]
    checkpoint: Checkpoint
    note: Note

    def data(self) -> bytes:
        """The body of the request; `read_request` gives it back."""
        return "\n".join([f"old {self.old}", *map(encoded, self.hashes), "", ""]).encode("ascii") + self.note.data()


@dataclass(frozen=True, slots=True, kw_only=True)
class Cosigned:
    """What a witness last cosigned for one origin. `note` is the log's own signed checkpoint, kept to show it."""

    size: int = 0
    root: bytes = EMPTY
    note: bytes = b""


class Misbehaviour(StrEnum):
    """What two signed checkpoints of one log show."""

    SPLIT = "split-view"  # one size, two roots: proved by the two signatures alone
    REWRITTEN = "rewritten"  # the later tree begins with other entries: proved by the signatures and the log's own hashes
    ROLLED_BACK = "rolled-back"  # a smaller tree was stated later as the largest: proved by the times in the log's own signatures
    UNPROVED = "unproved"  # the later tree was signed, and no proof was given that it begins with the earlier one


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Two checkpoints signed by one log that do not go together, as anybody can check who knows the log's key."""

    kind: Misbehaviour
    earlier: bytes
    later: bytes
    hashes: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Accept:
    """Cosign, once the new state is stored."""

    state: Cosigned
    note: Note


@dataclass(frozen=True, slots=True, kw_only=True)
class Refuse:
    """Do not cosign: the HTTP status of the answer, its body, and what the request shows about the log."""

    status: Status
    code: str
    size: int | None = None  # of a stale request: what the witness knows
    evidence: Evidence | None = field(default=None)

    def body(self) -> tuple[str, bytes]:
        """Content type and body of the answer."""
        if self.size is not None:
            return SIZE_TYPE, f"{self.size}\n".encode("ascii")
        return "text/plain; charset=utf-8", f"{self.code}\n".encode("ascii")


Decision: TypeAlias = Accept | Refuse


def read_request(body: bytes) -> Request:
    """A request from its body; what cannot be read is answered with status 400.

    Raises:
        RequestMalformedError: it is not a request.
        NoteMalformedError: what stands in the place of its checkpoint is none.
    """
    if len(body) > MOST_BYTES:
        raise RequestMalformedError(why=errors.TOO_LONG(limit=MOST_BYTES))
    head, found, data = body.partition(b"\n\n")
    lines = head.decode("ascii", "replace").split("\n")
    old = read_size(lines[0].removeprefix("old ")) if lines[0].startswith("old ") else None
    if old is None:
        raise RequestMalformedError(why=errors.OLD_SHAPE(found=lines[0]))
    if not found:
        raise RequestMalformedError(why=errors.PROOF_END())
    if len(lines) - 1 > MOST_HASHES:
        raise RequestMalformedError(why=errors.TOO_MANY_HASHES(limit=MOST_HASHES))
    checkpoint, signed = checkpoints.read(data)
    return Request(old=old, hashes=tuple(map(_hash, lines[1:])), checkpoint=checkpoint, note=signed)


def decide(request: Request, logs: Mapping[str, Sequence[VerifierKey]], last: Cosigned | None) -> Decision:
    """What to answer, given the keys trusted for each origin and what was last cosigned for the request's origin (None: nothing yet)."""
    shown, known = request.checkpoint, last or Cosigned()
    keys = logs.get(shown.origin, ())
    if not keys:
        return Refuse(status=404, code="origin unknown")
    try:
        note.verified(request.note, keys, cosignature.check, origin=shown.origin)
    except (NotSignedError, SignatureWrongError, NoteMalformedError):
        return Refuse(status=403, code="signature not trusted")
    conflict = _conflict(known, request, keys)
    if request.old > shown.size:
        return Refuse(status=400, code="old size above the checkpoint's", evidence=conflict)
    if request.old != known.size:
        return Refuse(status=409, code="stale", size=known.size, evidence=conflict)
    # One status for every inconsistency, the same size with another root among them: tlog-witness as it stands since July 2026.
    if not verify_consistency(known.size, shown.size, known.root, shown.root, request.hashes):
        return Refuse(status=422, code="consistency not proved", evidence=conflict)
    return Accept(state=Cosigned(size=shown.size, root=shown.root, note=request.note.data()), note=request.note)


def shows(evidence: Evidence, keys: Sequence[VerifierKey]) -> Misbehaviour | None:
    """What the evidence shows to somebody who trusts these keys of the log and nobody else; None where it shows nothing.

    All but `UNPROVED` are proved; that one says that the log owes a proof.
    """
    try:
        earlier, later = (_signed(data, keys) for data in (evidence.earlier, evidence.later))
    except (NoteMalformedError, NotSignedError, SignatureWrongError):
        return None
    return _shown(earlier, later, evidence.hashes) if earlier.stated.origin == later.stated.origin else None


class _Signed(NamedTuple):
    """A checkpoint that a log did sign, and the time it stated with it; 0 where it stated none."""

    stated: Checkpoint
    time: int


def _signed(data: bytes, keys: Sequence[VerifierKey]) -> _Signed:
    stated, signed = checkpoints.read(data)
    own = [key for key in keys if key.name == stated.origin]
    by = note.verified(signed, own, cosignature.check, origin=stated.origin)
    return _Signed(stated, max(cosignature.time_of(key, line.blob) for key, line in by))


def _shown(earlier: _Signed, later: _Signed, hashes: Sequence[bytes]) -> Misbehaviour | None:
    old, new = earlier.stated, later.stated
    if old.size == new.size:
        return Misbehaviour.SPLIT if old.root != new.root else None
    if old.size > new.size:
        return Misbehaviour.ROLLED_BACK if later.time > earlier.time > 0 else None
    if verify_consistency(old.size, new.size, old.root, new.root, hashes):
        return None
    roots = roots_of_path(old.size, new.size, old.root, hashes)
    if roots is not None and roots.new == new.root:  # the hashes are those of the later tree, and it begins otherwise
        return Misbehaviour.REWRITTEN
    return Misbehaviour.UNPROVED


def _conflict(known: Cosigned, request: Request, keys: Sequence[VerifierKey]) -> Evidence | None:
    """What a request shows about its log; an honest one that lost track of the witness sends the wrong proof, which shows nothing."""
    if not known.note:
        return None
    later = request.note.data()
    hashes = request.hashes if request.old == known.size else ()
    try:
        kind = _shown(_signed(known.note, keys), _signed(later, keys), hashes)
    except NotSignedError:  # the log's key was replaced since: nothing binds the two to one signer
        return None
    if kind is None or (kind is Misbehaviour.UNPROVED and request.old != known.size):
        return None
    return Evidence(kind=kind, earlier=known.note, later=later, hashes=hashes)


def _hash(line: str) -> bytes:
    raw = decoded(line)
    if raw is None or len(raw) != SIZE:
        raise RequestMalformedError(why=errors.HASH_SHAPE(found=line))
    return raw
