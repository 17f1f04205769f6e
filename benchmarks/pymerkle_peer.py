"""The tree operations of pymerkle 7, for `log.py`: run in an environment of its own, because pymerkle is GPL and no dependency.

uv run --isolated --no-project --with pymerkle==7.0.0 python benchmarks/pymerkle_peer.py SIZE DRAWS memory|sqlite
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from pathlib import Path

from pymerkle import InmemoryTree, SqliteTree, verify_consistency, verify_inclusion


def main(size: int, draws: int, kind: str) -> None:
    entries = [b'{"c":"%064x"}' % at for at in range(size)]
    places = [(at * 2_654_435_761 % size, at * 40_503 % (size - 1) + 1) for at in range(draws)]  # spread out, the same for both
    seconds: dict[str, float] = {}
    tree = InmemoryTree() if kind == "memory" else SqliteTree(str(Path(tempfile.mkdtemp()) / "tree.db"))

    began = time.process_time()
    for entry in entries:
        tree.hash_buff(entry)
    seconds["leaf hash"] = (time.process_time() - began) / size

    began = time.process_time()
    if kind == "memory":
        for entry in entries:
            tree.append_entry(entry)
    else:
        tree.append_entries(entries)
    seconds["append"] = (time.process_time() - began) / size
    root, states = tree.get_state(), {old: tree.get_state(old) for _, old in places[:200]}

    began = time.process_time()
    proofs = [tree.prove_inclusion(at + 1) for at, _ in places]
    seconds["prove inclusion"] = (time.process_time() - began) / draws
    leaves = [tree.get_leaf(at + 1) for at, _ in places]
    began = time.process_time()
    for leaf, proof in zip(leaves, proofs, strict=True):
        verify_inclusion(leaf, root, proof)
    seconds["verify inclusion"] = (time.process_time() - began) / draws

    began = time.process_time()
    grown = [(old, tree.prove_consistency(old)) for old in states]
    seconds["prove consistency"] = (time.process_time() - began) / len(grown)
    began = time.process_time()
    for old, proof in grown:
        verify_consistency(states[old], root, proof)
    seconds["verify consistency"] = (time.process_time() - began) / len(grown)
    json.dump({"seconds": seconds, "peak": _peak()}, sys.stdout)


def _peak() -> float:
    line = next(line for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3])
