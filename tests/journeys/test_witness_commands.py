"""Two nodes on one machine: one keeps a log, the other witnesses it, and a third party looks at what was kept."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from veedor.audit import bundle as bundles
from veedor.audit.main import audit
from veedor.evidence.log import checkpoint as checkpoints
from veedor.evidence.log import policy
from veedor.evidence.log.keys import COSIGNATURE, SignerKey, read_vkey
from veedor.evidence.log.policy import Group, Policy, Witness
from veedor.evidence.log.witness_state import Request
from veedor.project import ledger, serving, witnessing
from veedor.project.project import open_project
from veedor.project.remote import listening

Desk = Any  # of conftest.py, which test modules cannot import
WORDS = "five words drawn at random"
SHEET = "actor,action,object,at,document,grade\nMX,signed,{what},2026-03-02,minutes,B2\n"


class Pair:
    """A node with a log, a node that witnesses it, and the line between them."""

    def __init__(self, log: Desk, witness: Desk, tmp: Path) -> None:
        self.log, self.witness, self.tmp = log, witness, tmp
        log_keys = log.key()
        witness.key()
        self.log_key = log_keys.logs[0].key
        self.service = serving.service(open_project(witness.folder), ledger.everything, lambda: WORDS)
        witness.run("witness", "add", self.log_key.name, "-", self.log_key.vkey())
        self.trusted = Policy(
            logs=log_keys.logs,
            witnesses=(Witness(name="w", key=read_vkey(self.service.vkey)),),
            groups=(Group(name="all", least=1, members=("w",)),),
            quorum="all",
        )
        self.policy = tmp / "trusted.policy"
        self.policy.write_bytes(self.trusted.data())

    @contextmanager
    def serving(self, *, listed: bool = True) -> Iterator[str]:
        """The witness listens, and the log lists it."""
        failed: list[Any] = []
        with listening("127.0.0.1", 0, self.service.answer, failed.append) as server:
            thread = threading.Thread(target=server.serve_forever)
            thread.start()
            try:
                if listed:
                    self.list_at(self.log, server.address)
                yield server.address
            finally:
                server.shutdown()
                thread.join()
        assert failed == []

    def list_at(self, desk: Desk, address: str) -> None:
        (desk.folder / "witnesses.policy").unlink(missing_ok=True)
        desk.run("witness", "add", "w", address, self.service.vkey)

    def act(self, desk: Desk, what: str) -> None:
        """Enter something."""
        sheet = self.tmp / f"{what}.csv"
        sheet.write_text(SHEET.format(what=what), encoding="utf-8")
        desk.run("add", str(sheet), "--as", "act", "--controller", "MX", "--grade", "B2", "--yes")

    def evidence(self) -> dict[str, Path]:
        """The kept files by what they claim."""
        folder = witnessing.folder_of(self.witness.folder / "witness", self.log_key.name) / "evidence"
        return {path.name.rsplit("-", 1)[0]: path for path in sorted(folder.glob("*.json"))}

    def checkpoint(self) -> bytes:
        return bytes((self.log.folder / "log" / "checkpoint").read_bytes())

    def fork(self, name: str) -> Desk:
        """The log as it stands, a second time: what somebody who has its key can do."""
        other = type(self.log)(self.tmp / name, self.log.capsys, self.log.patch, self.log.clock)
        shutil.copytree(self.log.folder, other.folder)
        return other


CHECKPOINT = ("log", "checkpoint", "--passphrase-from", "NODE_WORDS")


@pytest.fixture
def pair(new_desk: Callable[[str], Desk], tmp_path: Path) -> Pair:
    return Pair(new_desk("log"), new_desk("witness"), tmp_path)


def test_a_checkpoint_is_signed_by_the_witness_and_published_with_its_signature(pair: Pair) -> None:
    with pair.serving():
        assert "Signed by the witness w." in pair.log.seal()
        assert policy.accept(pair.trusted, pair.checkpoint()).checkpoint.size == 256
        pair.act(pair.log, "treaty")
        assert "Signed by the witness w." in pair.log.seal()  # from 256 to 512, with a proof that nothing was taken back
        assert policy.accept(pair.trusted, pair.checkpoint()).checkpoint.size == 512
        before = pair.checkpoint()
        pair.log.run(*CHECKPOINT)
        assert pair.checkpoint() == before  # asked and signed once
    assert audit(pair.log.folder / "log", pair.policy).exit_code == 0
    assert pair.evidence() == {}
    shown = pair.log.run("witness", "status")
    assert pair.log_key.vkey() in shown
    assert "512" in shown
    shown = pair.witness.run("witness", "status")
    assert pair.service.vkey in shown
    assert "512" in shown


def test_a_bundle_carries_the_cosignature_and_the_policy_that_names_the_witness(pair: Pair, tmp_path: Path) -> None:
    with pair.serving():
        pair.log.run("judge", "--format", "json", code=3)
        pair.log.seal()
    name = next(iter(open_project(pair.log.folder).accord().accord.commitments))
    pair.log.run("bundle", name, "-o", str(tmp_path / "b.json"))
    found = [tmp_path / "b.json"] if (tmp_path / "b.json").is_file() else sorted((tmp_path / "b.json").iterdir())
    report = audit(found[0], pair.policy)
    assert report.exit_code == 0, report
    assert policy.read(bundles.read(found[0].read_bytes()).policy).witnesses[0].key.vkey() == pair.service.vkey


def test_a_witness_that_is_away_keeps_no_batch_from_being_sealed(pair: Pair) -> None:
    pair.list_at(pair.log, "http://127.0.0.1:9")
    pair.log.wait(hours=1)
    assert "256 entries" in pair.log.run(*CHECKPOINT, code=5)
    assert "PRO037" in pair.log.err
    assert "256 entries" in pair.log.run("--offline", *CHECKPOINT)
    with pair.serving():
        assert "Signed by the witness w." in pair.log.run(*CHECKPOINT)


def test_a_log_restored_from_an_old_copy_is_told_so(pair: Pair) -> None:
    pair.log.seal()
    old = pair.fork("old")
    with pair.serving():
        pair.log.run(*CHECKPOINT)
        pair.act(pair.log, "treaty")
        pair.log.seal()
        pair.list_at(old, _address(pair.log))
        old.wait(hours=-1)  # as it was
        old.run(*CHECKPOINT, code=4)
    assert "PRO039" in old.err
    assert "512" in old.err
    assert set(pair.evidence()) == {"rolled-back"}
    (file,) = pair.evidence().values()  # an Ed25519 signature states no time: which came first is the witness's word alone
    assert "shows nothing" in pair.log.run("witness", "check", str(file), "--policy", str(pair.policy), code=4)


def test_a_tree_that_was_rewritten_before_a_full_size_leaves_a_proof_owing(pair: Pair) -> None:
    """A proof from a power of two holds no hash of the older tree, so the log's own hashes cannot speak against it."""
    with pair.serving():
        other = pair.fork("other")
        pair.log.seal()
        pair.act(other, "memorandum")
        pair.list_at(other, _address(pair.log))
        other.wait(hours=-1)
        other.patch.setattr("veedor.project.cosigning.offer", lambda *_: ())
        other.seal()  # in the same hour, and shown to nobody
        other.patch.undo()
        other.patch.setattr(type(open_project(other.folder).clock), "now", lambda _: other.clock.at)
        other.patch.setenv("NODE_WORDS", WORDS)
        other.wait(hours=1)
        other.run(*CHECKPOINT, code=4)
    (file,) = pair.evidence().values()
    assert set(pair.evidence()) == {"unproved"}
    assert "owes the proof" in pair.log.run("witness", "check", str(file), "--policy", str(pair.policy), code=3)


def test_two_views_of_one_log_are_refused_and_proved_to_a_third_party(pair: Pair, tmp_path: Path) -> None:
    with pair.serving():
        pair.log.seal()
        pair.log.seal()
        other = pair.fork("other")
        pair.act(pair.log, "treaty")
        pair.log.seal()
        pair.act(other, "memorandum")
        other.run(*CHECKPOINT, code=4)  # the same hour, the same size, another root
        assert "PRO038" in other.err
        assert set(pair.evidence()) == {"split-view"}
        other.run(*CHECKPOINT, code=4)
        assert set(pair.evidence()) == {"split-view"}  # the same again is kept once
        other.wait(hours=1)
        other.run(*CHECKPOINT, code=4)  # a later tree that begins otherwise
        assert set(pair.evidence()) == {"rewritten", "split-view"}
        assert "768" in pair.witness.run("witness", "status")  # what was signed did not move
    away = tmp_path / "third-party"
    away.mkdir()
    for claim, words in (("split-view", "two different trees"), ("rewritten", "does not begin with")):
        file = shutil.copy(pair.evidence()[claim], away)
        out = pair.log.run("--offline", "witness", "check", str(file), "--policy", str(pair.policy))
        assert out.startswith("proved:")
        assert words in out
        Path(file).write_bytes(Path(file).read_bytes().replace(b'"rewritten"', b'"split-view"'))  # its own claim counts for nothing
        assert words in pair.log.run("witness", "check", str(file), "--policy", str(pair.policy))


def test_evidence_shows_nothing_by_another_key_or_when_altered(pair: Pair, tmp_path: Path) -> None:
    with pair.serving():
        other = pair.fork("other")
        pair.log.seal()
        pair.act(other, "memorandum")
        pair.list_at(other, _address(pair.log))
        other.run(*CHECKPOINT, code=4)
    (file,) = pair.evidence().values()
    stranger = tmp_path / "stranger.policy"
    text = file.read_text(encoding="utf-8")
    stranger.write_text(f"log {pair.service.vkey}\nquorum none\n", encoding="ascii")
    assert "shows nothing" in pair.log.run("witness", "check", str(file), "--policy", str(stranger), code=4)
    altered = tmp_path / "altered.json"
    altered.write_text(text.replace("\\n256\\n", "\\n255\\n"), encoding="utf-8")
    assert altered.read_text(encoding="utf-8") != text
    assert "shows nothing" in pair.log.run("witness", "check", str(altered), "--policy", str(pair.policy), code=4)
    altered.write_text(text.replace("{", "{ ", 1), encoding="utf-8")
    pair.log.run("witness", "check", str(altered), "--policy", str(pair.policy), code=4)
    assert "PRO043" in pair.log.err


def _address(desk: Desk) -> str:
    return str(policy.read((desk.folder / "witnesses.policy").read_bytes()).witnesses[0].url)


def test_a_witness_remembers_after_it_was_stopped(pair: Pair) -> None:
    with pair.serving():
        pair.log.seal()
        old = pair.checkpoint()
        pair.log.seal()
    pair.service = serving.service(open_project(pair.witness.folder), ledger.everything, lambda: WORDS)
    stated, signed = checkpoints.read(old)
    answer = pair.service.answer(Request(old=0, hashes=(), checkpoint=stated, note=signed).data())
    assert (answer.status, answer.body) == (409, b"512\n")


def test_names_and_keys_are_listed_once_and_at_the_right_place(pair: Pair) -> None:
    pair.list_at(pair.log, "http://127.0.0.1:9")
    before = (pair.log.folder / "witnesses.policy").read_bytes()
    other = SignerKey(name="x", kind=COSIGNATURE, seed=bytes(32)).verifier.vkey()
    for name, url, key, why in (
        ("w", "http://h", other, "name is listed"),
        ("v", "http://h", pair.service.vkey, "key is listed"),
        ("v", "http://h h", other, "blank"),
        ("any", "http://h", pair.log_key.vkey(), "under its own name"),
        ("none", "http://h", other, "name is listed"),
    ):
        pair.log.run("witness", "add", name, url, key, code=2)
        assert "PRO036" in pair.log.err
        assert why in pair.log.err
    pair.log.run("witness", "add", "v", "http://h", "no key", code=2)
    assert "LOG002" in pair.log.err
    assert (pair.log.folder / "witnesses.policy").read_bytes() == before
    text = before.decode().replace("quorum none", "group both all w\nquorum both")
    (pair.log.folder / "witnesses.policy").write_text(text, encoding="utf-8")
    pair.log.run("witness", "add", "v", "http://h", other)
    found = policy.read((pair.log.folder / "witnesses.policy").read_bytes())
    assert [one.name for one in found.witnesses] == ["w", "v"]
    assert (found.quorum, found.groups[0].members) == ("both", ("w",))


def test_the_command_serves_until_it_is_stopped(pair: Pair) -> None:
    words = ["--project", str(pair.witness.folder), "--lang", "en", "witness", "serve", "--port", "0", "--passphrase-from", "NODE_WORDS"]
    program = "from veedor.cli.main import run; run()"
    with subprocess.Popen([sys.executable, "-c", program, *words], stdout=subprocess.PIPE, env=dict(os.environ), text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().split()[4]
            assert pair.service.vkey in process.stdout.readline()
            pair.list_at(pair.log, address)
            assert "Signed by the witness w." in pair.log.seal()
        finally:
            process.send_signal(signal.SIGINT)
            assert process.wait(20) == 130
    assert policy.accept(pair.trusted, pair.checkpoint()).checkpoint.size == 256
