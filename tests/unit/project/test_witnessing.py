"""A witness alone: what it signs, what it stores first, what it refuses and keeps."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from veedor.evidence.errors import StoreFullError
from veedor.evidence.log import checkpoint as checkpoints
from veedor.evidence.log import cosignature, note
from veedor.evidence.log.checkpoint import Checkpoint
from veedor.evidence.log.errors import KeyMalformedError
from veedor.evidence.log.keys import COSIGNATURE, ED25519, MLDSA44, SignerKey
from veedor.evidence.log.merkle import Tree, consistency_proof, leaf_hash, root
from veedor.evidence.log.policy import Log, Policy
from veedor.evidence.log.witness_state import Misbehaviour, Request
from veedor.kernel.clock import FixedClock
from veedor.project import remote, witnessing
from veedor.project.ledger_errors import EvidenceMalformedError, WitnessStateError, WitnessUnreachableError
from veedor.project.node_key import witness_key
from veedor.project.remote import Answer

NOW = datetime(2031, 5, 1, 12, tzinfo=UTC)
LOG = SignerKey(name="log.example/a", kind=ED25519, seed=bytes(range(32)))
SECOND = SignerKey(name="log.example/a", kind=MLDSA44, seed=bytes(range(1, 33)))
STRANGER = SignerKey(name="log.example/a", kind=ED25519, seed=bytes(range(2, 34)))
OWN = SignerKey(name="witness.example", kind=COSIGNATURE, seed=bytes(range(3, 35)))


def tree(*parts: tuple[str, int]) -> Tree:
    """A tree of so many leaves of each kind, one after the other."""
    return Tree(leaf_hash(f"{kind}{number}".encode()) for kind, count in parts for number in range(count))


def request(made: Tree, old: int, *, signers: tuple[SignerKey, ...] = (LOG,), at: int = 0, size: int = 0) -> Request:
    size = size or made.size
    stated = Checkpoint(origin=LOG.name, size=size, root=root(made, size))
    hashes = consistency_proof(made, old, size) if old <= size else ()
    return Request(old=old, hashes=hashes, checkpoint=stated, note=cosignature.sign(stated, signers, time=at))


@dataclass
class Made:
    """A witness of one log in a folder."""

    folder: Path
    keys: tuple[SignerKey, ...] = (LOG,)

    @property
    def witness(self) -> witnessing.Witness:
        """A new object each time: nothing but the folder remembers."""
        logs = {LOG.name: [key.verifier for key in self.keys]}
        return witnessing.Witness(folder=self.folder, logs=logs, signer=OWN, clock=FixedClock(NOW))

    @property
    def place(self) -> Path:
        return witnessing.folder_of(self.folder, LOG.name)

    def ask(self, asked: Request) -> Answer:
        return self.witness.answer(asked.data())

    def kept(self) -> list[str]:
        return sorted(path.name.rsplit("-", 1)[0] for path in (self.place / "evidence").glob("*"))


@pytest.fixture
def made(tmp_path: Path) -> Made:
    witnessing.prepare(tmp_path / "witness", LOG.name)
    return Made(tmp_path / "witness")


def test_what_is_signed_is_on_the_disk_and_fits(made: Made) -> None:
    asked = request(tree(("a", 5)), 0)
    answer = made.ask(asked)
    assert answer.status == 200
    (line,) = note.read_lines(answer.body)
    assert cosignature.check(OWN.verifier, asked.note.text, line.blob)
    assert cosignature.time_of(OWN.verifier, line.blob) == int(NOW.timestamp())
    assert checkpoints.read((made.place / "checkpoint").read_bytes())[0] == asked.checkpoint


def test_nothing_is_signed_that_could_not_be_stored(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, _: bytes) -> None:
        raise StoreFullError(where=str(path), size=1, why="full")

    monkeypatch.setattr(witnessing, "place", full)
    with pytest.raises(StoreFullError):
        made.ask(request(tree(("a", 5)), 0))
    assert (made.place / "checkpoint").read_bytes() == b""


@pytest.mark.parametrize("harm", ["gone", "folder gone", "cut", "of another log"])
def test_a_witness_that_forgot_signs_nothing(made: Made, harm: str) -> None:
    made.ask(request(tree(("a", 5)), 0))
    path = made.place / "checkpoint"
    match harm:
        case "gone":
            path.unlink()
        case "folder gone":
            path.rename(made.folder / "elsewhere")
            for one in made.place.iterdir():
                one.unlink()
            made.place.rmdir()
        case "cut":
            path.write_bytes(path.read_bytes()[:40])
        case _:
            path.write_bytes(path.read_bytes().replace(b"log.example/a\n", b"log.example/b\n", 1))
    with pytest.raises(WitnessStateError):
        made.ask(request(tree(("a", 6)), 5))


def test_strangers_get_nothing_and_leave_nothing(made: Made) -> None:
    unknown = Checkpoint(origin="log.example/b", size=0, root=root(tree(), 0))
    signer = SignerKey(name="log.example/b", kind=ED25519, seed=bytes(32))
    asked = Request(old=0, hashes=(), checkpoint=unknown, note=cosignature.sign(unknown, (signer,), time=0))
    assert made.ask(asked).status == 404
    assert made.ask(request(tree(("a", 5)), 0, signers=(STRANGER,))).status == 403
    assert made.witness.answer(b"old 0\n\nhello").status == 400
    assert made.kept() == []
    assert [path.name for path in made.folder.iterdir()] == [made.place.name]


def test_a_request_sent_again_is_answered_again(made: Made) -> None:
    asked = request(tree(("a", 5)), 0)
    first = made.ask(asked)
    assert made.ask(request(tree(("a", 5)), 5)) == first
    assert (made.ask(asked).status, made.ask(asked).body) == (409, b"5\n")


def test_a_smaller_tree_is_refused_and_kept(made: Made) -> None:
    grown = tree(("a", 8))
    made.ask(request(grown, 0))
    assert made.ask(request(grown, 5, size=5)).status == 409
    assert made.ask(request(grown, 8, size=5)).status == 400
    assert made.kept() == ["rolled-back"]


def test_a_rollback_is_proved_where_the_log_states_times(made: Made) -> None:
    made.keys = (LOG, SECOND)
    grown = tree(("a", 8))
    assert made.ask(request(grown, 0, signers=made.keys, at=2000)).status == 200
    assert made.ask(request(grown, 8, size=5, signers=made.keys, at=3000)).status == 400
    (path,) = (made.place / "evidence").iterdir()
    origin, found = witnessing.read_evidence(path.read_bytes(), path.name)
    trusted = Policy(logs=tuple(Log(key=key.verifier) for key in made.keys))
    assert witnessing.proves(found, trusted, origin) is Misbehaviour.ROLLED_BACK
    assert witnessing.proves(found, Policy(logs=(Log(key=STRANGER.verifier),)), origin) is None


def test_rewritten_history_is_refused_and_proved(made: Made) -> None:
    made.ask(request(tree(("a", 6)), 0))
    other = tree(("a", 5), ("b", 4))
    assert made.ask(request(other, 6)).status == 422
    assert made.ask(request(other, 6, size=6)).status in {409, 422}
    assert made.kept() == ["rewritten", "split-view"]
    trusted = Policy(logs=(Log(key=LOG.verifier),))
    for path in (made.place / "evidence").iterdir():
        origin, found = witnessing.read_evidence(path.read_bytes(), path.name)
        assert witnessing.proves(found, trusted, origin) is found.kind
    assert made.ask(request(tree(("a", 9)), 6)).status == 200  # the log itself is not punished for it


def test_the_same_thing_in_another_wrapping_is_kept_once_and_without_the_wrapping(made: Made) -> None:
    made.ask(request(tree(("a", 6)), 0))
    asked = request(tree(("b", 6)), 6)
    for number in range(5):
        other = SignerKey(name=f"stranger-{number}", kind=ED25519, seed=bytes([number]) * 32)
        wrapped = asked.note.beside([cosignature.cosign(asked.note, other, time=0)])
        made.ask(Request(old=6, hashes=(), checkpoint=asked.checkpoint, note=wrapped))
    (path,) = (made.place / "evidence").iterdir()
    assert b"stranger" not in path.read_bytes()


def test_of_two_views_at_once_one_is_signed(made: Made) -> None:
    made.ask(request(tree(("a", 5)), 0))
    views = [request(tree(("a", 5), (kind, 3)), 5) for kind in "bcdefghi"]
    answers: list[int] = []
    threads = [threading.Thread(target=lambda view=view: answers.append(made.ask(view).status)) for view in views]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(answers) == [200, *[409] * 7]
    assert len(made.kept()) == 7  # each of the others is proved against the one


@given(st.text(min_size=1))
def test_no_name_of_a_log_leads_out_of_the_folder(origin: str) -> None:
    try:
        data = origin.encode()
    except UnicodeEncodeError:
        return
    path = witnessing.folder_of(Path("/w"), origin)
    assert path.parent == Path("/w")
    assert path.name not in {"", ".", ".."}
    assert path != witnessing.folder_of(Path("/w"), f"{data.decode()}x")


@given(st.binary(max_size=200))
def test_what_is_no_evidence_is_said_to_be_none(data: bytes) -> None:
    with pytest.raises(EvidenceMalformedError):
        witnessing.read_evidence(data, "f")


@pytest.mark.parametrize("change", [("kind", "none"), ("hashes", [1]), ("hashes", 3), ("earlier", 1), ("format", "x"), ("later", None)])
def test_evidence_of_a_wrong_shape_is_refused(change: tuple[str, object]) -> None:
    good = {"format": witnessing.FORMAT, "origin": "a", "kind": "split-view", "earlier": "", "later": "", "hashes": []}
    witnessing.read_evidence(witnessing.canonical.canonical(good), "f")
    with pytest.raises(EvidenceMalformedError):
        witnessing.read_evidence(witnessing.canonical.canonical({**good, change[0]: change[1]}), "f")


def test_the_key_of_a_witness_is_its_own_and_follows_from_the_node_s() -> None:
    key = witness_key((LOG,))
    assert key == witness_key((LOG, SECOND))
    assert key.verifier.public != LOG.verifier.public
    assert (key.name, key.kind) == ("log.example/a/witness", COSIGNATURE)
    assert key.verifier.public != witness_key((STRANGER,)).verifier.public
    with pytest.raises(KeyMalformedError):
        SignerKey(name="a b", kind=COSIGNATURE, seed=bytes(32))


def test_the_server_answers_one_path_and_one_method_and_survives_the_rest(made: Made) -> None:
    body = request(tree(("a", 5)), 0).data()
    with _listening(made) as url, httpx2.Client(trust_env=False) as client:
        assert client.get(url).status_code == 501
        assert client.post(f"{url}/other", content=body).status_code == 404
        assert client.post(f"{url}/add-checkpoint", content=iter([body])).status_code == 411  # in pieces, without a length
        with suppress(httpx2.WriteError, httpx2.ReadError):  # it may have closed the line before all was sent
            assert client.post(f"{url}/add-checkpoint", content=bytes(2 << 20)).status_code == 413
        answer = client.post(f"{url}/add-checkpoint", content=body)
        assert answer.status_code == 200
        assert "Python" not in answer.headers["server"]
        (made.place / "checkpoint").unlink()
        assert client.post(f"{url}/add-checkpoint", content=body).status_code == 503


def test_a_request_that_drips_is_cut(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "_SECONDS", 0.3)
    with _listening(made) as url:
        port = int(url.rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
            line.sendall(b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 500\r\n\r\nold")
            assert b" 200 " not in line.recv(1 << 16)  # returns at all: the line was cut while we still had more to say
        assert (made.place / "checkpoint").read_bytes() == b""
        body = request(tree(("a", 5)), 0).data()
        assert remote.ask("w", url, body).status == 200


def test_more_lines_than_there_are_places_are_closed(made: Made) -> None:
    with _listening(made) as url, ExitStack() as stack:
        port = int(url.rpartition(":")[2])
        lines = [stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=20)) for _ in range(33)]
        assert lines[-1].recv(1) == b""  # the others wait to be heard


@contextmanager
def _listening(made: Made) -> Iterator[str]:
    with remote.listening("127.0.0.1", 0, made.witness.answer, lambda _: None) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield server.address
        finally:
            server.shutdown()
            thread.join()


class _Odd(BaseHTTPRequestHandler):
    """A witness that answers otherwise than it should."""

    mode = ""

    def do_POST(self) -> None:
        if self.mode == "silent":
            return
        self.send_response(302 if self.mode == "elsewhere" else 200)
        self.send_header("Location", "http://127.0.0.1:9/")
        self.end_headers()
        if self.mode == "endless":
            self.wfile.write(bytes(1 << 20))

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""


@pytest.mark.parametrize("mode", ["silent", "endless"])
def test_a_witness_that_answers_too_little_or_too_much_is_not_reached(mode: str) -> None:
    with _odd(mode) as url, pytest.raises(WitnessUnreachableError):
        remote.ask("w", url, b"")


def test_a_witness_that_points_elsewhere_is_not_followed() -> None:
    with _odd("elsewhere") as url:
        assert remote.ask("w", url, b"").status == 302


@pytest.mark.parametrize("url", ["", "nowhere", "ftp://127.0.0.1/", "http://127.0.0.1:9", "http://[::"])
def test_an_address_that_is_none_is_not_reached(url: str) -> None:
    with pytest.raises(WitnessUnreachableError):
        remote.ask("w", url, b"")


@contextmanager
def _odd(mode: str) -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), type("_Held", (_Odd,), {"mode": mode})) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()
