"""What runs in the peer's own environment: `python aics_peer.py FUNCTION`, arguments as JSON on stdin, the answer as JSON on stdout."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

from aics_tlog import (
    Checkpoint,
    DirectoryTileStore,
    FileSystemTileReader,
    IncrementalTileWriter,
    Note,
    audit_tiles,
    cosignature_vkey,
    format_vkey,
    inclusion_proof_from_tiles,
    parse_checkpoint,
    parse_note,
    parse_vkey,
    read_entry,
    sign_checkpoint,
    sign_cosignature,
    tree_root_from_tiles,
    verify_checkpoint,
    verify_leaf_inclusion,
    vkey_from_ed25519,
)
from aics_tlog import consistency_proof_from_tiles as consistency
from aics_witness.config import LogConfig
from aics_witness.feeder import WitnessClient, WitnessConflict, WitnessRejected
from aics_witness.service import Witness, WitnessError
from aics_witness.store import WitnessStore
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def verify(folder: str, log: str, witnesses: list[str]) -> dict[str, object]:
    """Whether a log folder holds: its checkpoint under these keys, its root, every tile and bundle; and some proofs out of it."""
    data = (Path(folder) / "checkpoint").read_bytes()
    keys = [parse_vkey(text) for text in witnesses]
    found = verify_checkpoint(parse_note(data), parse_vkey(log), keys, len(keys))
    reader = FileSystemTileReader(folder)
    answer: dict[str, object] = {"ok": found.ok, "error": found.error, "size": found.size, "witnesses": found.witnesses}
    if found.size and found.root is not None:
        try:
            audited = audit_tiles(reader, found.size, found.root)
            answer |= {"tiles": audited.tiles, "bundles": audited.bundles}
            answer["root"] = tree_root_from_tiles(reader, found.size) == found.root
        except Exception as error:  # noqa: BLE001, whatever it says of a damaged log is the answer
            answer["refused"] = f"{type(error).__name__}: {error}"
    return answer


def prove(folder: str, size: int, indices: list[int], olds: list[int]) -> dict[str, object]:
    """Proofs that the peer makes out of our tiles, as hexadecimal."""
    reader = FileSystemTileReader(folder)
    return {
        "inclusion": [[step.hex() for step in inclusion_proof_from_tiles(reader, at, size)] for at in indices],
        "consistency": [[step.hex() for step in consistency(reader, old, size)] for old in olds],
        "entries": [read_entry(reader, at, size).hex() for at in indices],
    }


def check(proofs: list[dict[str, object]]) -> list[bool]:
    """Whether the peer accepts our inclusion proofs."""
    return [
        verify_leaf_inclusion(
            bytes.fromhex(p["leaf"]), p["index"], p["size"], [bytes.fromhex(step) for step in p["hashes"]], bytes.fromhex(p["root"])
        )
        for p in proofs
    ]  # fmt: skip


def write(folder: str, batches: list[int], origin: str, seeds: list[str]) -> dict[str, object]:
    """A log that the peer writes, in batches, signed and cosigned with keys from these seeds."""
    store = DirectoryTileStore(folder, fsync=False)
    writer = IncrementalTileWriter(store, prune_partials=False)
    for batch in batches:
        writer.append([f"entry {writer.size + at}".encode() for at in range(batch)])
    own, *others = [Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed)) for seed in seeds]
    stated = Checkpoint(origin=origin, size=writer.size, root=writer.root(), extension_lines=())
    note = sign_checkpoint(stated, own, origin)
    lines = [
        sign_cosignature(key, f"w{at}.example", 1_700_000_000 + at, origin, stated.size, stated.root)[1] for at, key in enumerate(others)
    ]
    store.write_checkpoint(Note(text=note.text, signatures=(*note.signatures, *lines)).to_bytes())
    witnesses = [format_vkey(cosignature_vkey(f"w{at}.example", key.public_key())) for at, key in enumerate(others)]
    return {"log": format_vkey(vkey_from_ed25519(origin, own.public_key())), "witnesses": witnesses, "root": stated.root.hex()}


def witness(logs: list[str], bodies: list[str], seed: str) -> dict[str, object]:
    """What the peer's witness answers to each request in turn: status and body."""
    answers = []
    with tempfile.TemporaryDirectory() as folder, WitnessStore(Path(folder) / "state.db", create=True) as store:
        configured: dict[str, list[str]] = {}
        for text in logs:
            configured.setdefault(parse_vkey(text).name, []).append(text)
        trusted = [LogConfig.from_strings(origin, texts) for origin, texts in configured.items()]
        key = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(seed))
        serving = Witness("peer.example", key, store, trusted)
        for body in bodies:
            try:
                answers.append({"status": 200, "body": serving.add_checkpoint(body.encode()).decode()})
            except WitnessError as error:
                answers.append({"status": error.status, "body": (error.body or b"").decode()})
        kept = [{"reason": one.reason, "request": one.request.decode()} for one in store.evidence()]
        return {"vkey": serving.vkey_text, "answers": answers, "evidence": kept}


def feed(url: str, vkey: str, folder: str, notes: list[str]) -> list[dict[str, object]]:
    """What the peer's client makes of our witness's answers to each checkpoint in turn."""
    reader = FileSystemTileReader(folder)
    outcomes: list[dict[str, object]] = []
    with WitnessClient(url, vkey, max_age_seconds=None) as client:
        for text in notes:
            size = parse_checkpoint(parse_note(text).text).size
            try:
                lines = client.submit(text, lambda old, new: consistency(reader, old, new))
                outcomes.append({"size": size, "cosigned": lines})
            except WitnessRejected as error:
                outcomes.append({"size": size, "rejected": error.status})
            except WitnessConflict as error:
                outcomes.append({"size": size, "ahead": error.known_size})
    return outcomes


if __name__ == "__main__":
    json.dump(globals()[sys.argv[1]](**json.load(sys.stdin)), sys.stdout)
