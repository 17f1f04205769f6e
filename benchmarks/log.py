"""The transparency log: tree operations beside pymerkle 7 in one run, memory, and the audit of a million entries.

    uv run --no-sync python benchmarks/log.py [SIZE…]

pymerkle (GPL, no dependency) runs in an environment of its own on the same Python: `uv run --isolated --with pymerkle==7.0.0`; UV names
the uv. Operations are given in processor time, each from a process of its own, so that other work on the machine shows less; a ratio
above 1 means that veedor is quicker. Whole audits are given in seconds on the clock.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

from veedor.audit.verify import audit_log
from veedor.evidence.log import checkpoint as checkpoints
from veedor.evidence.log import cosignature, merkle, note, tiles
from veedor.evidence.log.checkpoint import Checkpoint
from veedor.evidence.log.keys import COSIGNATURE, ED25519, SignerKey, verifies
from veedor.evidence.log.merkle import leaf_hash
from veedor.evidence.log.policy import Log, Policy, Witness

HERE = Path(__file__).resolve().parent
SIZES = (10_000, 100_000, 1_000_000)
DRAWS = 2_000
TIMES = 3
MILLION = 1_000_000
BATCH = 8_192
LOG = SignerKey(name="log.example", kind=ED25519, seed=bytes(32))
WITNESS = SignerKey(name="witness.example", kind=COSIGNATURE, seed=bytes(32))
TRUSTED = Policy(logs=(Log(key=LOG.verifier),), witnesses=(Witness(name="W", key=WITNESS.verifier),), quorum="W")


def entries(size: int) -> list[bytes]:
    """Leaves as they are published: commitments of 72 bytes."""
    return [b'{"c":"%064x"}' % at for at in range(size)]


def write(folder: Path, data: list[bytes]) -> tuple[float, float]:
    """A log of these entries in a folder, in batches, and its checkpoint; seconds on the clock and of the processor for the files."""
    began, worked, edge = time.perf_counter(), time.process_time(), tiles.Edge()
    made: set[Path] = set()
    for at in range(0, len(data), BATCH):
        edge, files = tiles.grow(edge, data[at : at + BATCH])
        for path, content in files.items():
            target = folder / path
            if target.parent not in made:
                target.parent.mkdir(parents=True, exist_ok=True)
                made.add(target.parent)
            target.write_bytes(content)
    took = (time.perf_counter() - began, time.process_time() - worked)
    stated = Checkpoint(origin="log.example", size=edge.size, root=edge.root())
    signed = cosignature.sign(stated, [LOG], time=1)
    (folder / "checkpoint").write_bytes(signed.beside([cosignature.cosign(signed, WITNESS, time=1)]).data())
    return took


def ours(size: int, draws: int, kind: str) -> None:
    """The same operations as `pymerkle_peer.py`, out of memory or out of the files of a log."""
    data = entries(size)
    places = [(at * 2_654_435_761 % size, at * 40_503 % (size - 1) + 1) for at in range(draws)]  # spread out, the same for both
    seconds: dict[str, float] = {}

    began = time.process_time()
    for entry in data:
        leaf_hash(entry)
    seconds["leaf hash"] = (time.process_time() - began) / size

    tree, began = merkle.Tree(), time.process_time()
    nodes: merkle.Nodes = tree
    if kind == "memory":
        for entry in data:
            tree.append(leaf_hash(entry))
        seconds["append"] = (time.process_time() - began) / size
    else:
        folder = Path(tempfile.mkdtemp())
        seconds["append"] = write(folder, data)[1] / size
        nodes = tiles.TileNodes(tiles.FolderReader(folder), size)
    root, states = merkle.root(nodes, size), {old: merkle.root(nodes, old) for _, old in places[:200]}

    began = time.process_time()
    proofs = [merkle.inclusion_proof(nodes, at, size) for at, _ in places]
    seconds["prove inclusion"] = (time.process_time() - began) / draws
    leaves = [leaf_hash(data[at]) for at, _ in places]
    began = time.process_time()
    held = [merkle.verify_inclusion(leaf, at, size, proof, root) for leaf, (at, _), proof in zip(leaves, places, proofs, strict=True)]
    seconds["verify inclusion"] = (time.process_time() - began) / draws

    began = time.process_time()
    grown = [(old, merkle.consistency_proof(nodes, old, size)) for old in states]
    seconds["prove consistency"] = (time.process_time() - began) / len(grown)
    began = time.process_time()
    held += [merkle.verify_consistency(old, size, states[old], root, proof) for old, proof in grown]
    seconds["verify consistency"] = (time.process_time() - began) / len(grown)
    assert all(held)  # noqa: S101, a figure for proofs that do not hold would be worthless
    json.dump({"seconds": seconds, "peak": _peak()}, sys.stdout)


def flat(folder: str, size: int) -> None:
    """Proofs alone, out of files that are there already: how much memory they take."""
    before = _peak()
    nodes = tiles.TileNodes(tiles.FolderReader(Path(folder)), size)
    for at in range(DRAWS):
        merkle.inclusion_proof(nodes, at * 2_654_435_761 % size, size)
    json.dump([before, _peak()], sys.stdout)


def whole(folder: str, number: int) -> None:
    """Audit a log: structure and its checkpoint; then so many signed checkpoints, each consistent with the one before."""
    before, began = _peak(), time.perf_counter()
    report = audit_log(tiles.FolderReader(Path(folder)), TRUSTED)
    structure = time.perf_counter() - began
    assert report.exit_code == 0, report  # noqa: S101
    stated, _ = checkpoints.read((Path(folder) / "checkpoint").read_bytes())
    nodes = tiles.TileNodes(tiles.FolderReader(Path(folder)), stated.size)
    sizes = [stated.size * at // number for at in range(1, number + 1)]
    signed = [cosignature.sign(Checkpoint(origin="log.example", size=size, root=merkle.root(nodes, size)), [LOG], time=1) for size in sizes]
    signed = [one.beside([cosignature.cosign(one, WITNESS, time=1)]) for one in signed]
    steps = [merkle.consistency_proof(nodes, *pair) for pair in pairwise(sizes)]
    began, last = time.perf_counter(), None
    for at, data in enumerate(one.data() for one in signed):
        checkpoint, read = checkpoints.read(data)
        assert len(note.verified(read, [LOG.verifier, WITNESS.verifier], cosignature.check)) == 2  # noqa: S101
        if last is not None:
            assert merkle.verify_consistency(last.size, checkpoint.size, last.root, checkpoint.root, steps[at - 1])  # noqa: S101
        last = checkpoint
    json.dump([structure, time.perf_counter() - began, _peak() - before], sys.stdout)


def signatures() -> float:
    """Ed25519 signatures checked in a second on one core: what officers' signatures cost besides."""
    key, message = LOG.verifier, b"x" * 300
    signature, number = LOG.sign(message), 5_000
    began = time.perf_counter()
    for _ in range(number):
        verifies(key, message, signature)
    return number / (time.perf_counter() - began)


def _peak() -> float:
    """Peak memory of this process in MiB. Not `getrusage`: a child begins there with what its parent had when it was forked."""
    line = next(line for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def _child(*words: str) -> object:
    done = subprocess.run([sys.executable, __file__, *words], capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def theirs(size: int, kind: str) -> dict[str, object] | None:
    """The same of pymerkle; None where there is no uv or it cannot be fetched."""
    uv = shutil.which(os.environ.get("UV") or "uv")
    if uv is None:
        return None
    environ = {name: value for name, value in os.environ.items() if not (name == "UV_CACHE_DIR" and not value)}
    words = [uv, "run", "--quiet", "--isolated", "--no-project", "--python", sys.executable, "--with", "pymerkle==7.0.0", "python"]
    done = subprocess.run(
        [*words, str(HERE / "pymerkle_peer.py"), str(size), str(DRAWS), kind],
        env={**environ, "UV_PYTHON_DOWNLOADS": "never"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        print(done.stderr.strip()[-400:], file=sys.stderr)
        return None
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


def _quickest(runs: list[dict[str, Any] | None]) -> dict[str, Any] | None:
    done = [run for run in runs if run is not None]
    if not done:
        return None
    return {
        "seconds": {name: min(run["seconds"][name] for run in done) for name in done[0]["seconds"]},
        "peak": min(run["peak"] for run in done),
    }


def compare(sizes: tuple[int, ...]) -> None:
    """The table: microseconds of each operation, ours and theirs, and the ratio."""
    print(f"{'size':>9}  {'kept in':8} {'operation':20} {'veedor µs':>10} {'pymerkle µs':>12} {'ratio':>6}")
    for size in sizes:
        for kind, there in (("memory", "memory"), ("files", "sqlite")):
            # In turn, and the quickest of each: other work on the machine slows one run, rarely all of them.
            runs = [(_child("ours", str(size), str(DRAWS), kind), theirs(size, there)) for _ in range(TIMES)]
            mine, peer = _quickest([run for run, _ in runs]), _quickest([run for _, run in runs])
            for name, took in mine["seconds"].items():
                other = peer["seconds"][name] if peer else float("nan")
                print(f"{size:>9}  {kind:8} {name:20} {took * 1e6:10.2f} {other * 1e6:12.2f} {other / took:6.2f}")
            print(f"{size:>9}  {kind:8} {'peak memory, MiB':20} {mine['peak']:10.0f} {peer['peak'] if peer else float('nan'):12.0f}")


def main(words: list[str]) -> None:
    match words:
        case ["ours", size, draws, kind]:
            ours(int(size), int(draws), kind)
        case ["flat", folder, size]:
            flat(folder, int(size))
        case ["whole", folder, number]:
            whole(folder, int(number))
        case sizes:
            compare(tuple(map(int, sizes)) or SIZES)
            largest = max(map(int, sizes), default=MILLION)
            with tempfile.TemporaryDirectory() as folder:
                took, _ = write(Path(folder), entries(largest))
                rate = f"{largest / took:,.0f} a second"
                print(f"\ntiles of {largest} entries written in {took:.1f} s, {rate} (hashing and files; no database, no sync)")
                before, after = _child("flat", folder, str(largest))
                print(f"{DRAWS} proofs out of {largest} entries: memory {before:.0f} MiB before, {after:.0f} MiB at its peak")
                structure, signed, memory = _child("whole", folder, "1000")
                print(f"audit of {largest} entries: every entry, tile and the checkpoint in {structure:.1f} s, {memory:.0f} MiB more")
                print(f"1,000 checkpoints, each signed, cosigned and consistent with the one before: {signed:.2f} s")
            print(f"officers' signatures (Ed25519), one core: {signatures():,.0f} a second")


if __name__ == "__main__":
    main(sys.argv[1:])
