"""Write the frozen vectors of logs and bundles anew: `python tests/vectors/make.py`. Every future version must verify what lies here.

Keys come from fixed seeds and all names, acts and figures are made up, so the same files come out each time. ML-DSA-44 signatures are
random by nature: a note that carries one is kept as it is for as long as it verifies.
"""

from __future__ import annotations

import hashlib
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from veedor.audit.bundle import Bundle, Input, OfficerSignature, Shown, verdict_digest
from veedor.evidence.log import checkpoint as checkpoints
from veedor.evidence.log import commitment, cosignature, merkle, note, proof, tiles
from veedor.evidence.log.checkpoint import Checkpoint
from veedor.evidence.log.commitment import Opening
from veedor.evidence.log.keys import COSIGNATURE, ED25519, MLDSA44, SignerKey
from veedor.evidence.log.policy import Group, Log, Policy, Witness
from veedor.evidence.log.witness_state import Request
from veedor.kernel import canonical

HERE = Path(__file__).resolve().parent / "log-1"
ORIGIN = "log.example/vectors"
SIZE = 200
BATCHES = (64, 64, 72)
BEGINS = datetime(2026, 2, 1, tzinfo=UTC)
TIME = 1_770_000_000
KINDS = ("snapshot", "accord", "review", "reply", "decision")


def seed(name: str) -> bytes:
    """The seed of a key, from its name alone."""
    return hashlib.sha256(f"veedor vector key {name}".encode()).digest()


def signer(name: str, kind: int) -> SignerKey:
    """The private key with this name."""
    return SignerKey(name=name, kind=kind, seed=seed(f"{name} {kind}"))


LOG, LOG_LATER = signer(ORIGIN, ED25519), signer(ORIGIN, MLDSA44)
WITNESSES = {name: signer(f"witness.example/{name}", COSIGNATURE) for name in ("A1", "B1", "O1")}
WITNESS_LATER = signer("witness.example/O2", MLDSA44)
STRANGER = signer("stranger.example", ED25519)
OFFICER = signer("officer", ED25519)


def trusted() -> Policy:
    """The accord's rule: both parties and an observer."""
    witnesses = tuple(Witness(name=name, key=key.verifier) for name, key in WITNESSES.items())
    groups = (
        Group(name="party-a", least=1, members=("A1",)),
        Group(name="party-b", least=1, members=("B1",)),
        Group(name="observers", least=1, members=("O1",)),
        Group(name="accord", least=3, members=("party-a", "party-b", "observers")),
    )
    return Policy(logs=(Log(key=LOG.verifier),), witnesses=witnesses, groups=groups, quorum="accord")


def trusted_later() -> Policy:
    """The same rule, with ML-DSA-44 keys: the log's second key, and one witness of the observers."""
    now = trusted()
    witnesses = (*now.witnesses[:2], Witness(name="O2", key=WITNESS_LATER.verifier))
    groups = (*now.groups[:2], Group(name="observers", least=1, members=("O2",)), now.groups[3])
    return Policy(logs=(*now.logs, Log(key=LOG_LATER.verifier)), witnesses=witnesses, groups=groups, quorum="accord")


def verdict(recomputable: str, *, exercise: bool, outcome: str = "KEPT") -> dict[str, object]:
    """A verdict's plain data, as short as it can be."""
    snapshot = hashlib.sha256(b"a,b\n1,2\n").hexdigest()
    return {
        "commitment": "reports-on-time", "outcome": outcome, "recomputable": recomputable, "exercise": exercise,
        "supports": [{"snapshot": snapshot, "source": "synthetic", "controller": "observers"}],
    }  # fmt: skip


VERDICTS = {
    "anyone": verdict("anyone", exercise=False),
    "exercise": verdict("anyone", exercise=True, outcome="BROKEN"),
    "observers": verdict("observers", exercise=False, outcome="BROKEN"),
    "one-party": verdict("one-party", exercise=False),
}
VERDICT_AT = {name: 20 + 50 * number for number, name in enumerate(VERDICTS)}  # where each stands in the log


def opening(index: int) -> Opening:
    """Salt and entry number `index`."""
    at = BEGINS + timedelta(minutes=index)
    salt = hashlib.sha256(f"veedor vector salt {index}".encode()).digest()
    for name, place in VERDICT_AT.items():
        if place == index:
            body = {"verdict": verdict_digest(VERDICTS[name])}
            return Opening(salt=salt, entry=commitment.entry_bytes(kind="verdict", at=at, actor="organ", body=body))
    entry = commitment.entry_bytes(kind=KINDS[index % len(KINDS)], at=at, actor=f"officer-{index % 7}", body={"n": index})
    return Opening(salt=salt, entry=entry)


def checkpoint(size: int, *, cosigned: bool = True) -> bytes:
    """The signed checkpoint at a size."""
    bare = Checkpoint(origin=ORIGIN, size=size, root=tiles.grow(tiles.Edge(), leaves(size)).edge.root())
    made = cosignature.sign(bare, [LOG], time=TIME + size)
    if cosigned:
        made = made.beside(cosignature.cosign(made, key, time=TIME + size + 60) for key in WITNESSES.values())
    return made.data()


def leaves(size: int) -> list[bytes]:
    """The first leaves of the log."""
    return [commitment.leaf(opening(index)) for index in range(size)]


def log() -> dict[str, bytes]:
    """The folder of the log: grown in three batches, whose partial files are still there."""
    edge, files, done = tiles.Edge(), {}, 0
    for batch in BATCHES:
        edge, new = tiles.grow(edge, leaves(SIZE)[done : done + batch])
        files |= new
        done += batch
    return {**files, "checkpoint": checkpoint(SIZE)}


def rewritten() -> bytes:
    """A checkpoint of the same size over another history, signed by the same log: what a split view shows."""
    other = [*leaves(SIZE)[:-1], commitment.leaf(opening(SIZE))]
    bare = Checkpoint(origin=ORIGIN, size=SIZE, root=tiles.grow(tiles.Edge(), other).edge.root())
    return cosignature.sign(bare, [LOG], time=TIME).data()


def proof_of(index: int, data: bytes, extra: bytes = b"") -> bytes:
    """The proof file of one entry under a signed checkpoint."""
    tree = merkle.Tree(map(merkle.leaf_hash, leaves(SIZE)))
    size = checkpoints.read(data)[0].size
    return proof.Proof(index=index, hashes=merkle.inclusion_proof(tree, index, size), checkpoint=data, extra=extra).data()


def bundle(name: str) -> bytes:
    """One bundle: a verdict, the entry that records it, and another entry beside it."""
    place, made = VERDICT_AT[name], VERDICTS[name]
    signed = checkpoint(SIZE)
    shown = [Shown(opening=opening(at), proof=proof_of(at, signed)) for at in (place, place + 1)]
    data = b"a,b\n1,2\n"
    address = "" if name == "one-party" else "https://publisher.example/table.csv"
    listed = Input(name="table.csv", digest=hashlib.sha256(data).hexdigest(), address=address, data=data if name == "anyone" else None)
    by = OFFICER.sign(commitment.signed_by_officer(shown[1].opening.entry))
    return Bundle(
        grade=made["recomputable"], is_exercise=bool(made["exercise"]), verdict=made, entries=tuple(shown), policy=trusted().data(),
        method=("level", "1.0.0"), inputs=(listed,), signed_checkpoints=(checkpoint(128),),
        signatures=(OfficerSignature(entry=1, key=OFFICER.verifier.public, signature=by),),
    ).data()  # fmt: skip


def request(old: int) -> bytes:
    """A request to cosign the whole log, from an earlier size."""
    tree = merkle.Tree(map(merkle.leaf_hash, leaves(SIZE)))
    stated, signed = checkpoints.read(checkpoint(SIZE, cosigned=False))
    return Request(old=old, hashes=merkle.consistency_proof(tree, old, SIZE), checkpoint=stated, note=signed).data()


def notes(held: dict[str, bytes]) -> dict[str, bytes]:
    """Signed checkpoints in every form: extension line, a stranger's signature, ML-DSA-44 beside Ed25519."""
    bare = checkpoints.read(checkpoint(SIZE, cosigned=False))[0]
    extended = Checkpoint(origin=ORIGIN, size=bare.size, root=bare.root, extensions=("an extension", "— another"))
    stranger = checkpoints.read(checkpoint(SIZE))[1]
    later = cosignature.sign(bare, [LOG, LOG_LATER], time=TIME)
    later = later.beside(cosignature.cosign(later, WITNESSES[name], time=TIME + 60) for name in ("A1", "B1"))
    later = later.beside([cosignature.cosign(later, WITNESS_LATER, time=TIME + 60)])
    return {
        "checkpoints/64": checkpoint(64),
        "checkpoints/128": checkpoint(128),
        "checkpoints/rewritten": rewritten(),
        "checkpoints/extended": cosignature.sign(extended, [LOG], time=TIME).data(),
        "checkpoints/stranger": stranger.beside([cosignature.cosign(stranger, STRANGER, time=TIME)]).data(),
        "checkpoints/ml-dsa": _kept(held.get("checkpoints/ml-dsa"), later).data(),
    }


def _kept(held: bytes | None, made: note.Note) -> note.Note:
    """The note that is there already, where it says the same and its signatures fit."""
    if held is None:
        return made
    found = note.read(held)
    keys = [LOG.verifier, LOG_LATER.verifier, WITNESS_LATER.verifier, *(key.verifier for key in WITNESSES.values())]
    same = found.text == made.text and [s.id for s in found.signatures] == [s.id for s in made.signatures]
    return found if same and len(note.verified(found, keys, cosignature.check)) == len(made.signatures) else made


def keys() -> bytes:
    """Every key, public and private. They are public property: nothing real may ever be signed with them."""
    named = [LOG, LOG_LATER, *WITNESSES.values(), WITNESS_LATER, STRANGER, OFFICER]
    rows = [
        {"name": k.name, "kind": k.kind, "id": k.verifier.id.hex(), "seed": k.seed.hex(), "skey": k.skey(), "vkey": k.verifier.vkey()}
        for k in named
    ]
    return f"{canonical.pretty(rows)}\n".encode()


def openings() -> bytes:
    """What opens some of the leaves."""
    rows = [{"index": at, "salt": opening(at).salt.hex(), "entry": opening(at).entry.decode()} for at in (0, 1, 20, 63, 64, 199)]
    return f"{canonical.pretty(rows)}\n".encode()


def build(held: dict[str, bytes]) -> dict[str, bytes]:
    """Every file by its path. `held` are those that lie there now."""
    made = {f"log/{path}": data for path, data in log().items()}
    made |= notes(held)
    made |= {f"proofs/{at}.tlog-proof": proof_of(at, checkpoint(SIZE)) for at in (0, 63, 64, 199)}
    made["proofs/extra.tlog-proof"] = proof_of(7, checkpoint(64), b"not to be relied on")
    made |= {f"bundles/{name}.json": bundle(name) for name in VERDICTS}
    made |= {"requests/0": request(0), "requests/64": request(64), "requests/128": request(128)}
    made |= {"policy": trusted().data(), "policy-ml-dsa": trusted_later().data(), "keys.json": keys(), "openings.json": openings()}
    made["policy-as-written"] = _as_written(made["policy"])
    sums = "".join(f"{hashlib.sha256(data).hexdigest()}  {path}\n" for path, data in sorted(made.items()))
    return {**made, "SHA256SUMS": sums.encode()}


def _as_written(data: bytes) -> bytes:
    """The same policy as a person may write it: comments, blanks, words for numbers."""
    words = (
        data.decode()
        .replace("group accord 3", "\n# both parties and an observer\n\tgroup  accord  all")
        .replace("party-a 1", "party-a any")
    )
    return words.encode()


def held() -> dict[str, bytes]:
    """Every file that lies there now."""
    return {path.relative_to(HERE).as_posix(): path.read_bytes() for path in sorted(HERE.rglob("*")) if path.is_file()}


def main() -> int:
    """Write every file; say which were new or changed."""
    before = held()
    for path, data in build(before).items():
        target = HERE / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if before.get(path) != data:
            sys.stdout.write(f"{path}\n")
            target.write_bytes(data)
    return 0


if __name__ == "__main__":
    sys.exit(main())
