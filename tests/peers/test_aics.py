"""A second implementation of the same specifications, by somebody else: it reads what we write, and we read what it writes."""

from __future__ import annotations

import shutil
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from numpy.random import default_rng

from veedor.audit.findings import Status
from veedor.audit.verify import audit_log
from veedor.evidence.log import checkpoint as checkpoints
from veedor.evidence.log import cosignature, merkle, note, policy, proof, tiles
from veedor.evidence.log.checkpoint import Checkpoint
from veedor.evidence.log.errors import NoteMalformedError, RequestMalformedError
from veedor.evidence.log.keys import COSIGNATURE, ED25519, SignerKey, read_vkey
from veedor.evidence.log.merkle import Tree, leaf_hash
from veedor.evidence.log.policy import Group, Log, Policy, Witness
from veedor.evidence.log.tiles import Edge, FolderReader
from veedor.evidence.log.witness_state import Accept, Cosigned, Decision, Misbehaviour, Refuse, Request, decide, read_request

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.xdist_group("peers")  # one environment at a time
PACKAGES = ("aics-tlog==0.2.1", "aics-witness==0.1.0")
VECTORS = Path(__file__).resolve().parents[1] / "vectors" / "log-1"
ORIGIN = "log.example"
LOG = SignerKey(name=ORIGIN, kind=ED25519, seed=bytes(range(32)))
OTHER_LOG = SignerKey(name=ORIGIN, kind=ED25519, seed=bytes(32))
OURS = SignerKey(name="witness.example", kind=COSIGNATURE, seed=bytes([9]) * 32)


@pytest.fixture(scope="module")
def aics(peer: Callable[..., Any]) -> Callable[..., Any]:
    return lambda called, **given: peer("aics_peer.py", PACKAGES, called, **given)


def written(folder: Path, entries: list[bytes], *batches: int) -> Path:
    """A log of ours in a folder."""
    edge, done = Edge(), 0
    for batch in batches:
        edge, files = tiles.grow(edge, entries[done : done + batch])
        done += batch
        for path, data in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    stated = Checkpoint(origin=ORIGIN, size=edge.size, root=edge.root())
    signed = cosignature.sign(stated, [LOG], time=1_700_000_000)
    (folder / "checkpoint").write_bytes(signed.beside([cosignature.cosign(signed, OURS, time=1_700_000_001)]).data())
    return folder


def test_the_peer_verifies_the_frozen_log(aics: Callable[..., Any]) -> None:
    trusted = policy.read((VECTORS / "policy").read_bytes())
    keys = [witness.key.vkey() for witness in trusted.witnesses]
    found = aics("verify", folder=str(VECTORS / "log"), log=trusted.logs[0].key.vkey(), witnesses=keys)
    assert found == {
        "ok": True, "error": None, "size": 200, "tiles": 1, "bundles": 1, "root": True,
        "witnesses": ["witness.example/A1", "witness.example/B1", "witness.example/O1"],
    }  # fmt: skip


def test_the_peer_verifies_a_log_of_three_levels(aics: Callable[..., Any], tmp_path: Path) -> None:
    folder = written(tmp_path, [b"%d" % at for at in range(66_000)], 100, 65_000, 900)
    found = aics("verify", folder=str(folder), log=LOG.verifier.vkey(), witnesses=[OURS.verifier.vkey()])
    assert (found["ok"], found["root"], found["tiles"], found["bundles"]) == (True, True, 258 + 2 + 1, 258)


def test_the_peer_makes_the_same_proofs_out_of_our_tiles(aics: Callable[..., Any], tmp_path: Path) -> None:
    entries = [b"%d" % at for at in range(1_500)]
    folder = written(tmp_path, entries, 700, 800)
    tree = Tree(map(leaf_hash, entries))
    indices, olds = [0, 1, 255, 256, 700, 1_023, 1_024, 1_499], [1, 2, 255, 256, 257, 1_024, 1_499, 1_500]
    found = aics("prove", folder=str(folder), size=1_500, indices=indices, olds=olds)
    assert found["inclusion"] == [[step.hex() for step in merkle.inclusion_proof(tree, at, 1_500)] for at in indices]
    assert found["consistency"] == [[step.hex() for step in merkle.consistency_proof(tree, old, 1_500)] for old in olds]
    assert found["entries"] == [entries[at].hex() for at in indices]


def test_the_peer_accepts_our_proofs_and_no_others(aics: Callable[..., Any]) -> None:
    leaves = tiles.bundle(FolderReader(VECTORS / "log"), 0, 200)
    given = []
    for index in (0, 63, 64, 199):
        made = proof.read((VECTORS / "proofs" / f"{index}.tlog-proof").read_bytes())
        stated, _ = checkpoints.read(made.checkpoint)
        row = {"leaf": leaves[index].hex(), "index": index, "size": stated.size, "root": stated.root.hex()}
        hashes = [step.hex() for step in made.hashes]
        given += [{**row, "hashes": hashes}, {**row, "hashes": hashes[:-1]}, {**row, "leaf": leaves[index - 1].hex(), "hashes": hashes}]
    assert aics("check", proofs=given) == [True, False, False] * 4


@pytest.mark.parametrize("path", ["checkpoint", "tile/0/000", "tile/entries/002", "tile/1/000.p/3", "tile/0/003.p/232"])
def test_both_refuse_the_same_damage(aics: Callable[..., Any], tmp_path: Path, path: str) -> None:
    folder = written(tmp_path / "log", [b"%d" % at for at in range(1_000)], 1_000)
    shutil.copytree(folder, tmp_path / "whole")
    data = bytearray((folder / path).read_bytes())
    data[int(default_rng(len(path)).integers(len(data) // 2))] ^= 1
    (folder / path).write_bytes(data)
    trusted = Policy(
        logs=(Log(key=LOG.verifier),), witnesses=(Witness(name="W", key=OURS.verifier),), quorum="W"
    )  # fmt: skip
    for where, is_whole in ((tmp_path / "whole", True), (folder, False)):
        theirs = aics("verify", folder=str(where), log=LOG.verifier.vkey(), witnesses=[OURS.verifier.vkey()])
        assert (theirs["ok"] and "refused" not in theirs and theirs["root"]) == is_whole
        assert (audit_log(FolderReader(where), trusted).exit_code == 0) == is_whole


def test_we_verify_a_log_that_the_peer_wrote(aics: Callable[..., Any], tmp_path: Path) -> None:
    seeds = [(bytes([at]) * 32).hex() for at in (1, 2, 3)]
    made = aics("write", folder=str(tmp_path), batches=[1, 255, 256, 3, 700, 90], origin="peer.example/log", seeds=seeds)
    witnesses = tuple(Witness(name=f"W{at}", key=read_vkey(text)) for at, text in enumerate(made["witnesses"]))
    both = Group(name="both", least=2, members=("W0", "W1"))
    trusted = Policy(logs=(Log(key=read_vkey(made["log"])),), witnesses=witnesses, groups=(both,), quorum="both")
    found = audit_log(FolderReader(tmp_path), trusted)
    assert [check.status for check in found.checks] == [Status.HELD] * 7
    stated, _ = checkpoints.read((tmp_path / "checkpoint").read_bytes())
    assert (stated.size, stated.root.hex()) == (1_305, made["root"])
    nodes = tiles.TileNodes(FolderReader(tmp_path), stated.size)
    assert merkle.verify_inclusion(leaf_hash(b"entry 700"), 700, 1_305, merkle.inclusion_proof(nodes, 700, 1_305), stated.root)
    ours = tiles.grow(Edge(), [b"entry %d" % at for at in range(1_305)]).files
    assert {path: (tmp_path / path).read_bytes() for path in ours} == ours, "the same entries make the same files"
    victim = tmp_path / "tile" / "entries" / "001"
    victim.write_bytes(victim.read_bytes().replace(b"entry 300", b"entry 301", 1))
    altered = audit_log(FolderReader(tmp_path), trusted)
    assert [(one.where, dict(one.saying.values)["entry"]) for check in altered.checks for one in check.findings] == [
        ("tile/entries/001", 300)
    ]


HONEST = Tree(leaf_hash(b"%d" % at) for at in range(60))
SPLIT = Tree(leaf_hash(b"%d" % (at if at != 2 else 99)) for at in range(60))


def request(
    old: int, size: int, tree: Tree = HONEST, *, by: SignerKey = LOG, origin: str = ORIGIN, hashes: tuple[bytes, ...] | None = None
) -> bytes:
    stated = Checkpoint(origin=origin, size=size, root=merkle.root(tree, size))
    steps = merkle.consistency_proof(tree, old, size) if hashes is None and old <= size else hashes or ()
    return Request(old=old, hashes=steps, checkpoint=stated, note=cosignature.sign(stated, [by], time=1)).data()


def questions() -> list[bytes]:
    """Everything a log may ask, in an order in which each answer depends on those before."""
    good = request(5, 9)
    wrong = good.replace(b"\n9\n", b"\n10\n")
    return [
        b"junk", b"old 0\n\njunk\n", request(0, 5, origin="nobody.example"), request(0, 5, by=OTHER_LOG), request(3, 5), request(0, 5),
        request(0, 5), request(5, 5), request(5, 5, SPLIT), request(0, 5, SPLIT), request(9, 5), wrong, request(5, 9, hashes=()),
        request(5, 9, SPLIT), request(5, 9, hashes=(bytes(32),) * 4), good, good, request(5, 9, SPLIT), request(9, 32),
        request(32, 60, SPLIT),
        request(3, 9), request(32, 33), request(33, 60), request(60, 60), request(60, 60, hashes=(bytes(32),)), request(0, 60, SPLIT),
    ]  # fmt: skip


def answer(body: bytes, last: Cosigned | None) -> tuple[int, bytes, Decision | None]:
    """What our witness answers, as whoever serves it would."""
    try:
        asked = read_request(body)
    except (RequestMalformedError, NoteMalformedError):
        return 400, b"", None
    decided = decide(asked, {ORIGIN: [LOG.verifier]}, last)
    if isinstance(decided, Refuse):
        return decided.status, decided.body()[1], decided
    return 200, cosignature.cosign(decided.note, OURS, time=1_700_000_000).line().encode(), decided


def test_both_witnesses_give_the_same_answers(aics: Callable[..., Any]) -> None:
    bodies = questions()
    theirs = aics("witness", logs=[LOG.verifier.vkey()], bodies=[body.decode() for body in bodies], seed=(bytes([8]) * 32).hex())
    key, last = read_vkey(theirs["vkey"]), None
    ours, evidence = [], []
    for at, body in enumerate(bodies):
        status, said, decided = answer(body, last)
        ours.append(status)
        if isinstance(decided, Accept):
            last = decided.state
            (line,) = note.read_lines(theirs["answers"][at]["body"].encode())
            assert cosignature.check(key, decided.note.text, line.blob), "their cosignature of our checkpoint"
        if status == 409:
            assert theirs["answers"][at]["body"].encode() == said
        if isinstance(decided, Refuse) and decided.evidence is not None:
            evidence.append((decided.evidence.kind, body.decode()))
    assert ours == [one["status"] for one in theirs["answers"]]
    assert set(ours) == {200, 400, 403, 404, 409, 422}
    kept = [one["request"] for one in theirs["evidence"]]
    proved = [body for kind, body in evidence if kind in {Misbehaviour.SPLIT, Misbehaviour.REWRITTEN}]
    assert proved
    assert set(proved) <= set(kept), "whatever we call proved, they keep as well"


@pytest.fixture
def served() -> Iterator[tuple[str, list[Decision | None]]]:
    """Our decisions behind HTTP on this machine, with the state where a real witness has its database."""
    decisions: list[Decision | None] = []
    state: list[Cosigned | None] = [None]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            status, body, decided = answer(self.rfile.read(int(self.headers["Content-Length"])), state[0])
            decisions.append(decided)
            if isinstance(decided, Accept):
                state[0] = decided.state
            kind = decided.body()[0] if isinstance(decided, Refuse) else "text/plain; charset=utf-8"
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing on stderr."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        yield f"http://127.0.0.1:{server.server_port}", decisions
        server.shutdown()
        serving.join()


def test_the_peers_client_feeds_our_witness(
    aics: Callable[..., Any], tmp_path: Path, served: tuple[str, list[Decision | None]]
) -> None:  # fmt: skip
    """Growth, a repeated and an older checkpoint, and a split view, as a stranger's client sees our answers."""
    url, decisions = served
    folder = written(tmp_path, [b"%d" % at for at in range(60)], 5, 4, 51)

    def signed(size: int, tree: Tree = HONEST) -> str:
        return cosignature.sign(Checkpoint(origin=ORIGIN, size=size, root=merkle.root(tree, size)), [LOG], time=1).data().decode()

    notes = [signed(5), signed(9), signed(9), signed(60), signed(9), signed(60, SPLIT)]
    found = aics("feed", url=url, vkey=OURS.verifier.vkey(), folder=str(folder), notes=notes)
    assert [sorted(one.keys() - {"size"}) for one in found] == [["cosigned"]] * 4 + [["ahead"], ["rejected"]]
    assert (found[4]["ahead"], found[5]["rejected"]) == (60, 422)
    refused = [decided for decided in decisions if isinstance(decided, Refuse)]
    assert [decided.evidence.kind for decided in refused if decided.evidence is not None] == [Misbehaviour.SPLIT]
