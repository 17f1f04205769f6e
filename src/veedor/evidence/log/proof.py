"""Proof files (C2SP tlog-proof): that an entry stands in a log, checked with the file, the entry and a policy, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from veedor.evidence.log import checkpoint as checkpoints
from veedor.evidence.log import errors, policy
from veedor.evidence.log.checkpoint import read_size
from veedor.evidence.log.errors import NotIncludedError, ProofMalformedError
from veedor.evidence.log.keys import decoded, encoded
from veedor.evidence.log.merkle import SIZE, leaf_hash, root_of_path
from veedor.evidence.log.policy import Policy, Standing

HEAD = "c2sp.org/tlog-proof@v1"
MOST_BYTES = 2 << 20
MOST_HASHES = 63
_NEEDS = 3  # head, index, and a line that may be a hash or the empty one


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A proof of inclusion. `extra` is signed by nobody: it may say where to look, never what is so."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: bytes  # the signed note, byte for byte
    extra: bytes = b""

    def data(self) -> bytes:
        """The proof as a file; `read` gives it back."""
        extra = [f"extra {encoded(self.extra)}"] if self.extra else []
        lines = [HEAD, *extra, f"index {self.index}", *map(encoded, self.hashes), "", ""]
        return "\n".join(lines).encode("ascii") + self.checkpoint


def read(data: bytes) -> Proof:
    """A proof from a file. Nothing in it is to be believed before `verify`.

    Raises:
        ProofMalformedError: the bytes are not exactly in the form of a proof.
        NoteMalformedError: what stands in the place of its checkpoint is none.
    """
    if len(data) > MOST_BYTES:
        raise ProofMalformedError(why=errors.TOO_LONG(limit=MOST_BYTES))
    head, found, note = data.partition(b"\n\n")
    lines = head.decode("ascii", "replace").split("\n")
    if lines[0] != HEAD:
        raise ProofMalformedError(why=errors.PROOF_HEAD(expected=HEAD, found=lines[0]))
    if not found:
        raise ProofMalformedError(why=errors.PROOF_END())
    extra, rest = _extra(lines[1:])
    index = read_size(rest[0].removeprefix("index ")) if rest and rest[0].startswith("index ") else None
    if index is None:
        raise ProofMalformedError(why=errors.PROOF_INDEX(found=rest[0] if rest else ""))
    if len(rest) - 1 > MOST_HASHES:
        raise ProofMalformedError(why=errors.TOO_MANY_HASHES(limit=MOST_HASHES))
    checkpoints.read(note)
    return Proof(index=index, hashes=tuple(map(_hash, rest[1:])), checkpoint=note, extra=extra)


def verify(proof: Proof, leaf: bytes, trusted: Policy) -> Standing:
    """That the leaf stands at the proof's index of a log that the policy believes; gives what the policy found on its checkpoint.

    Raises:
        NoteMalformedError, NotSignedError, SignatureWrongError, QuorumError: the policy does not believe the checkpoint.
        NotIncludedError: the hashes do not lead from the leaf to the signed root.
    """
    found = policy.accept(trusted, proof.checkpoint)
    check_inclusion(proof, leaf, found.checkpoint)
    return found


def check_inclusion(proof: Proof, leaf: bytes, checkpoint: checkpoints.Checkpoint) -> None:
    """That the proof's hashes lead from the leaf to the root of this checkpoint, whoever signed it.

    Raises:
        NotIncludedError: they do not.
    """
    reached = root_of_path(leaf_hash(leaf), proof.index, checkpoint.size, proof.hashes)
    if reached != checkpoint.root:
        shown = encoded(reached) if reached is not None else "–"
        raise NotIncludedError(index=proof.index, size=checkpoint.size, found=shown, expected=encoded(checkpoint.root))


def _extra(lines: list[str]) -> tuple[bytes, list[str]]:
    if not lines or not lines[0].startswith("extra "):
        return b"", lines
    raw = decoded(lines[0].removeprefix("extra "))
    if not raw:
        raise ProofMalformedError(why=errors.PROOF_EXTRA())
    return raw, lines[1:]


def _hash(line: str) -> bytes:
    raw = decoded(line)
    if raw is None or len(raw) != SIZE:
        raise ProofMalformedError(why=errors.HASH_SHAPE(found=line))
    return raw
