"""Being a witness: what was last signed for each log is on the disk before an answer leaves, and what a log did wrong is kept.

    witness/<log>/checkpoint      the log's checkpoint that was signed last, as a signed note; empty until there is one
    witness/<log>/evidence/*.json two checkpoints signed by the log that do not go together

A log's folder is made when the log is listed. One that is gone later is not made anew: a witness that forgets could sign two versions.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

from veedor.evidence.files import place, writing
from veedor.evidence.log import checkpoint as checkpoints
from veedor.evidence.log import cosignature, note
from veedor.evidence.log.commitment import canonical_json
from veedor.evidence.log.errors import EntryMalformedError, NoteMalformedError, RequestMalformedError
from veedor.evidence.log.keys import decoded, encoded
from veedor.evidence.log.witness_state import Accept, Cosigned, Evidence, Misbehaviour, Refuse, decide, read_request, shows
from veedor.kernel import canonical
from veedor.kernel.text import slug
from veedor.project.ledger_errors import EvidenceMalformedError, WitnessStateError
from veedor.project.remote import TEXT, Answer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from veedor.evidence.log.keys import NoteSigner, VerifierKey
    from veedor.evidence.log.note import Note
    from veedor.evidence.log.policy import Policy
    from veedor.evidence.log.witness_state import Request
    from veedor.kernel.clock import Clock

FOLDER = "witness"
CHECKPOINT = "checkpoint"
EVIDENCE = "evidence"
FORMAT = "veedor/witness-evidence/1"
_PATIENCE = 5.0  # seconds that one request waits for another


class Held(NamedTuple):
    """What a witness holds of one log: how far it signed, and how many refused checkpoints it keeps beside what they go against."""

    origin: str
    size: int
    refused: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A witness: where it remembers, whose keys it trusts for each log, with what it signs."""

    folder: Path
    logs: Mapping[str, Sequence[VerifierKey]]
    signer: NoteSigner = field(repr=False)
    clock: Clock

    def answer(self, body: bytes) -> Answer:
        """The answer to a request to cosign. Reading the last state, deciding and storing the new one is one step for all processes.

        Raises:
            WitnessStateError: what was last signed cannot be told; nothing is signed.
            StoreBusyError, StoreFullError, StoreReadOnlyError, StoreUnwritableError: nothing was stored, and nothing is signed.
        """
        try:
            request = read_request(body)
        except (RequestMalformedError, NoteMalformedError) as error:
            return Answer(400, TEXT, f"{error.code}\n".encode())
        origin = request.checkpoint.origin
        if origin not in self.logs:
            return _refusal(Refuse(status=404, code="origin unknown"))
        mine = folder_of(self.folder, origin)
        if not mine.is_dir():
            raise WitnessStateError(where=str(mine), origin=origin, why=FOLDER)
        with writing(mine, _PATIENCE):
            return self._decide(request, mine)

    def _decide(self, request: Request, mine: Path) -> Answer:
        last = last_cosigned(mine, request.checkpoint.origin)
        decision = decide(request, self.logs, last)
        keys = self.logs[request.checkpoint.origin]
        match decision:
            case Accept():
                signed = _own(decision.note, keys)
                line = cosignature.cosign(signed, self.signer, time=int(self.clock.now().timestamp()))
                place(mine / CHECKPOINT, signed.data())
                return Answer(200, TEXT, line.line().encode())
            case Refuse():
                self._keep(decision, request, last, mine)
                return _refusal(decision)

    def _keep(self, decision: Refuse, request: Request, last: Cosigned | None, mine: Path) -> None:
        """Keep what a refused request shows. One that only goes back is kept too, though it proves nothing where it bears no time."""
        keys = self.logs[request.checkpoint.origin]
        found = decision.evidence
        if found is None and decision.status != 403 and last is not None and request.checkpoint.size < last.size:
            found = Evidence(kind=Misbehaviour.ROLLED_BACK, earlier=last.note, later=request.note.data())
        if found is None:
            return
        earlier, later = note.read(found.earlier), _own(note.read(found.later), keys)  # the earlier was remembered so
        # Named by what the log signed, so that the same thing sent again in another wrapping fills no disk.
        name = hashlib.sha256(f"{found.kind.value}\n{earlier.text}\n{later.text}".encode()).hexdigest()[:32]
        path = mine / EVIDENCE / f"{found.kind.value}-{name}.json"
        if not path.exists():
            kept = Evidence(kind=found.kind, earlier=earlier.data(), later=later.data(), hashes=found.hashes)
            place(path, evidence_bytes(kept, request.checkpoint.origin))


def prepare(folder: Path, origin: str) -> None:
    """Begin to remember a log, unless it is remembered already.

    Raises:
        StoreFullError, StoreReadOnlyError, StoreUnwritableError: it could not be written.
    """
    path = folder_of(folder, origin) / CHECKPOINT
    if not path.parent.is_dir():
        place(path, b"")


def folder_of(folder: Path, origin: str) -> Path:
    """Where a witness remembers a log; no name of a log leads out of the folder, and no two to one place."""
    return folder / f"{slug(origin)[:40]}-{hashlib.sha256(origin.encode()).hexdigest()[:16]}"


def last_cosigned(mine: Path, origin: str) -> Cosigned | None:
    """What was last signed for a log; None where nothing was yet.

    Raises:
        WitnessStateError: the file is gone, or not what was written.
    """
    path = mine / CHECKPOINT
    try:
        data = path.read_bytes()
        if not data:
            return None
        stated, _ = checkpoints.read(data)
    except OSError as error:
        raise WitnessStateError(where=str(path), origin=origin, why=error.strerror or type(error).__name__) from error
    except NoteMalformedError as error:
        raise WitnessStateError(where=str(path), origin=origin, why=dict(error.values)["why"]) from error
    if stated.origin != origin:
        raise WitnessStateError(where=str(path), origin=origin, why=stated.origin)
    return Cosigned(size=stated.size, root=stated.root, note=data)


def held(folder: Path, logs: Policy) -> tuple[Held, ...]:
    """What a witness holds of each log that is listed.

    Raises:
        WitnessStateError: what was last signed for one of them cannot be told.
    """
    found = []
    for origin in dict.fromkeys(log.key.name for log in logs.logs):
        mine = folder_of(folder, origin)
        last = last_cosigned(mine, origin)
        found.append(Held(origin, 0 if last is None else last.size, len(list((mine / EVIDENCE).glob("*.json")))))
    return tuple(found)


def evidence_bytes(found: Evidence, origin: str) -> bytes:
    """Evidence as a file; `read_evidence` gives it back."""
    return canonical.canonical({
        "format": FORMAT, "origin": origin, "kind": found.kind.value, "earlier": found.earlier.decode(), "later": found.later.decode(),
        "hashes": [encoded(one) for one in found.hashes],
    })  # fmt: skip


def read_evidence(data: bytes, file: str) -> tuple[str, Evidence]:
    """The name of the log and the evidence against it, from a file. Nothing in it is to be believed before `shows`.

    Raises:
        EvidenceMalformedError: it is no such file.
    """
    try:
        found: Any = canonical_json(data)
        if not isinstance(found, dict) or found.keys() != {"format", "origin", "kind", "earlier", "later", "hashes"}:
            raise EvidenceMalformedError(where=file, file=file)
        if found["format"] != FORMAT:
            raise EvidenceMalformedError(where=file, file=file)
        hashes = tuple(decoded(one) or b"" for one in found["hashes"])
        texts = (found["earlier"].encode(), found["later"].encode())
        made = Evidence(kind=Misbehaviour(found["kind"]), earlier=texts[0], later=texts[1], hashes=hashes)
    except (EntryMalformedError, ValueError, AttributeError, TypeError) as error:
        raise EvidenceMalformedError(where=file, file=file) from error
    return str(found["origin"]), made


def proves(found: Evidence, trusted: Policy, origin: str) -> Misbehaviour | None:
    """What the evidence shows to whoever trusts this policy's keys of the log and nobody else; None where it shows nothing."""
    return shows(found, [log.key for log in trusted.logs if log.key.name == origin])


def _own(found: Note, keys: Sequence[VerifierKey]) -> Note:
    """The note with the log's own signatures alone: what strangers put beside them is not remembered."""
    fitting = note.verified(found, keys, cosignature.check)
    return note.Note(found.text, tuple(one.signature for one in fitting))


def _refusal(decision: Refuse) -> Answer:
    kind, body = decision.body()
    return Answer(decision.status, kind, body)
