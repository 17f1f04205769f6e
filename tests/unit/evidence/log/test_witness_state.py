"""What a witness accepts, refuses with which status, and keeps as evidence that anybody can check."""

from __future__ import annotations

import pytest

from veedor.evidence.log import cosignature, merkle
from veedor.evidence.log.checkpoint import Checkpoint
from veedor.evidence.log.errors import NoteMalformedError, RequestMalformedError
from veedor.evidence.log.keys import ED25519, MLDSA44, SignerKey, encoded
from veedor.evidence.log.merkle import EMPTY, Tree, leaf_hash
from veedor.evidence.log.witness_state import Accept, Cosigned, Evidence, Misbehaviour, Refuse, Request, decide, read_request, shows

LOG = SignerKey(name="log.example", kind=ED25519, seed=bytes(32))
TIMED = SignerKey(name="log.example", kind=MLDSA44, seed=bytes(32))
LOGS = {"log.example": (LOG.verifier, TIMED.verifier)}
HONEST = Tree(leaf_hash(b"%d" % at) for at in range(40))
OTHER = Tree(leaf_hash(b"%d" % (at if at != 3 else 99)) for at in range(40))


def request(
    old: int, size: int, tree: Tree = HONEST, *, by: tuple[SignerKey, ...] = (LOG,), time: int = 1, origin: str = "log.example"
) -> Request:
    stated = Checkpoint(origin=origin, size=size, root=merkle.root(tree, size))
    hashes = merkle.consistency_proof(tree, old, size) if old <= size else ()
    return Request(old=old, hashes=hashes, checkpoint=stated, note=cosignature.sign(stated, list(by), time=time))


def state(size: int, tree: Tree = HONEST, *, by: tuple[SignerKey, ...] = (LOG,), time: int = 1) -> Cosigned:
    found = decide(request(0, size, tree, by=by, time=time), LOGS, None)
    assert isinstance(found, Accept)
    return found.state


def test_every_step_from_every_size_is_accepted() -> None:
    for old in range(41):
        known = state(old) if old else None
        for size in range(old, 41):
            found = decide(request(old, size), LOGS, known)
            assert isinstance(found, Accept)
            assert (found.state.size, found.state.root) == (size, merkle.root(HONEST, size))


def test_requests_read_back() -> None:
    for old, size in ((0, 0), (0, 5), (5, 5), (3, 40)):
        made = request(old, size)
        assert read_request(made.data()) == made


@pytest.mark.parametrize(
    ("asked", "known", "status", "evidence"),
    [
        (request(5, 9, origin="stranger.example"), None, 404, None),
        (request(5, 9, by=(SignerKey(name="log.example", kind=ED25519, seed=bytes([1]) * 32),)), None, 403, None),
        (request(9, 5), state(9), 400, None),
        (request(4, 9), state(5), 409, None),  # out of date: the log lost track, which shows nothing
        (request(0, 9), state(5), 409, None),
        (request(5, 5, OTHER), state(5), 422, Misbehaviour.SPLIT),
        (request(4, 5, OTHER), state(5), 409, Misbehaviour.SPLIT),  # even where it is out of date as well
        (request(5, 9, OTHER), state(5), 422, Misbehaviour.REWRITTEN),
        (request(8, 9, OTHER), state(8), 422, Misbehaviour.UNPROVED),  # from a power of two the hashes alone do not tell
        (request(3, 3), state(9), 409, None),  # an old checkpoint shown again: no misbehaviour by itself
        (request(3, 3, by=(LOG, TIMED), time=7), state(9, by=(LOG, TIMED), time=6), 409, Misbehaviour.ROLLED_BACK),
        (request(3, 3, by=(LOG, TIMED), time=6), state(9, by=(LOG, TIMED), time=7), 409, None),
    ],
)
def test_refusals(asked: Request, known: Cosigned | None, status: int, evidence: Misbehaviour | None) -> None:
    found = decide(asked, LOGS, known)
    assert isinstance(found, Refuse)
    assert (found.status, found.evidence and found.evidence.kind) == (status, evidence)
    kind, body = found.body()
    if found.size is not None:
        assert (kind, body) == ("text/x.tlog.size", f"{known.size if known else 0}\n".encode())
    if found.evidence is not None:
        assert shows(found.evidence, LOGS["log.example"]) is evidence
        stranger = SignerKey(name="log.example", kind=ED25519, seed=bytes([1]) * 32)
        assert shows(found.evidence, [stranger.verifier]) is None


def test_a_wrong_proof_is_refused_whatever_is_wrong_with_it() -> None:
    good = request(5, 9)
    for hashes in ((), good.hashes[:-1], (*good.hashes, EMPTY), good.hashes[::-1], (EMPTY, *good.hashes[1:])):
        found = decide(Request(old=5, hashes=hashes, checkpoint=good.checkpoint, note=good.note), LOGS, state(5))
        assert isinstance(found, Refuse)
        assert found.status == 422
    same = decide(Request(old=5, hashes=(EMPTY,), checkpoint=request(5, 5).checkpoint, note=request(5, 5).note), LOGS, state(5))
    assert isinstance(same, Refuse)
    assert (same.status, same.evidence) == (422, None)
    first = Request(old=0, hashes=(EMPTY,), checkpoint=good.checkpoint, note=good.note)
    refused = decide(first, LOGS, None)
    assert isinstance(refused, Refuse)
    assert refused.status == 422


def test_honest_checkpoints_are_evidence_of_nothing() -> None:
    pair = Evidence(kind=Misbehaviour.SPLIT, earlier=state(5).note, later=state(9).note, hashes=merkle.consistency_proof(HONEST, 5, 9))
    assert shows(pair, LOGS["log.example"]) is None
    same = Evidence(kind=Misbehaviour.SPLIT, earlier=state(5).note, later=state(5).note)
    assert shows(same, LOGS["log.example"]) is None
    assert shows(Evidence(kind=Misbehaviour.SPLIT, earlier=b"", later=b""), LOGS["log.example"]) is None
    other = SignerKey(name="o.example", kind=ED25519, seed=bytes([2]) * 32)
    theirs = cosignature.sign(Checkpoint(origin="o.example", size=5, root=EMPTY), [other], time=1).data()
    mixed = Evidence(kind=Misbehaviour.SPLIT, earlier=state(5).note, later=theirs)
    assert shows(mixed, [LOG.verifier, other.verifier]) is None, "two logs do not contradict each other"


NOTE = request(0, 5).note.data()


@pytest.mark.parametrize(
    "body",
    [
        b"", b"old 0\n", b"old 0\n\n", b"old 00\n\n" + NOTE, b"old -1\n\n" + NOTE, b"old\n\n" + NOTE, b"new 0\n\n" + NOTE,
        b"old 0 \n\n" + NOTE,
        b"old 3\nAAAA\n\n" + NOTE, b"old 3\n" + (encoded(EMPTY).encode() + b"\n") * 64 + b"\n" + NOTE, b"old 0\n" + NOTE, b"x" * (2 << 20),
    ],
)  # fmt: skip
def test_what_is_no_request(body: bytes) -> None:
    with pytest.raises((RequestMalformedError, NoteMalformedError)):
        read_request(body)


def test_an_empty_log_has_the_root_of_the_empty_tree() -> None:
    bare = Checkpoint(origin="log.example", size=0, root=leaf_hash(b""))
    asked = Request(old=0, hashes=(), checkpoint=bare, note=cosignature.sign(bare, [LOG], time=1))
    refused = decide(asked, LOGS, None)
    assert isinstance(refused, Refuse)
    assert refused.status == 422
    assert isinstance(decide(request(0, 0), LOGS, None), Accept)
    assert isinstance(decide(request(0, 5), LOGS, state(0)), Accept)
