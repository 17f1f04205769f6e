"""The ledger on the command line: entries, batches, proofs, and what a stranger makes of the files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from veedor.audit.main import audit
from veedor.cli.main import main
from veedor.evidence.ledger.append import append
from veedor.evidence.ledger.entries import Draft
from veedor.evidence.ledger.kinds import KeyAdded
from veedor.evidence.log import policy, proof
from veedor.evidence.log.commitment import Opening, leaf, opens
from veedor.evidence.log.keys import ED25519, VerifierKey, decoded
from veedor.evidence.log.policy import Log, Policy
from veedor.governance import keyring
from veedor.kernel.clock import FixedClock, SystemClock
from veedor.project import node_key
from veedor.project.ledger import opened
from veedor.project.project import open_project

NOON = datetime(2031, 5, 1, 12, 5, tzinfo=UTC)
WORDS = "five words drawn at random"
ACTS = "actor,action,object,at,document,grade\nMX,signed,memorandum,2026-03-02,minutes,B2\n"


@dataclass
class Desk:
    """A project and whoever sits before it, with a clock that the test moves."""

    folder: Path
    patch: pytest.MonkeyPatch
    capsys: pytest.CaptureFixture[str]
    at: datetime = NOON

    def run(self, *words: str, code: int = 0) -> str:
        """Run a command in the project; what it wrote to stdout."""
        done = main(["--lang", "en", "--project", str(self.folder), *words])
        said = self.capsys.readouterr()
        assert done == code, said.out + said.err
        self.err = said.err
        return said.out

    def wait(self, **how_long: float) -> None:
        self.at += timedelta(**how_long)

    def key(self) -> Policy:
        """Make the node's key and enter it; a policy that trusts it."""
        project = open_project(self.folder, clock=FixedClock(self.at))
        made = keyring.new(node_key.keys_folder(project), node_key.origin(project), "node", WORDS, cost=1 << 14)
        body = KeyAdded(key=made.held.public, holder=made.held.holder, purpose="node")
        with opened(project) as engine:
            append(engine, [Draft(body=body, actor="node", at=self.at, request=made.held.public)], project.clock)
        key = VerifierKey(name=made.held.holder, kind=ED25519, public=decoded(made.held.public) or b"")
        return Policy(logs=(Log(key=key),))

    def entries(self, kind: str) -> list[dict[str, object]]:
        listed = json.loads(self.run("log", "--format", "json"))["entries"]
        return [one for one in listed if one["kind"] == kind]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Desk:
    """An empty project into which one sheet was taken."""
    made = Desk(tmp_path / "p", monkeypatch, capsys)
    monkeypatch.setattr(SystemClock, "now", lambda _: made.at)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("NODE_WORDS", WORDS)
    assert main(["--lang", "en", "new", str(made.folder), "--accord", "merida-conditions"]) == 0
    sheet = tmp_path / "acts.csv"
    sheet.write_text(ACTS, encoding="utf-8")
    made.run("add", str(sheet), "--as", "act", "--controller", "MX", "--grade", "B2")
    return made


def test_what_was_done_is_listed_and_shown(desk: Desk) -> None:
    out = desk.run("log")
    assert "snapshot-taken" in out
    assert "1 entries, 0 of them sealed" in out
    (entry,) = desk.entries("snapshot-taken")
    shown = desk.run("log", "show", str(entry["commitment"])[:8])
    assert str(entry["commitment"]) in shown
    assert "2031-05-01T13:00:00Z" in shown  # when its batch closes
    assert "MX" in shown


def test_since_leaves_out_what_was_before(desk: Desk) -> None:
    assert "snapshot-taken" in desk.run("log", "--since", "2031-05-01")
    assert "snapshot-taken" not in desk.run("log", "--since", "2031-05-02")


def test_an_entry_as_json_opens_its_commitment(desk: Desk) -> None:
    (entry,) = desk.entries("snapshot-taken")
    shown = json.loads(desk.run("log", "show", str(entry["commitment"]), "--format", "json"))["entry"]
    opening = Opening(salt=bytes.fromhex(shown["opening"]["salt"]), entry=shown["opening"]["entry"].encode())
    assert opens(opening, f'{{"c":"{shown["commitment"]}"}}'.encode())


def test_no_such_entry(desk: Desk) -> None:
    for name in ("0", "12345678", "ffffffffffff", "abc"):
        desk.run("log", "show", name, code=2)
        assert "EVD060" in desk.err


def test_without_a_key_nothing_is_sealed(desk: Desk) -> None:
    desk.run("log", "checkpoint", "--passphrase-from", "NODE_WORDS", code=2)
    assert "PRO030" in desk.err
    assert "0 of them sealed" in desk.run("log")


def test_without_a_passphrase_nothing_is_sealed(desk: Desk) -> None:
    desk.key()
    desk.run("log", "checkpoint", "--passphrase-from", "NO_SUCH_VARIABLE", code=2)
    assert "GOV042" in desk.err
    desk.patch.setenv("NODE_WORDS", "five other words than those")
    desk.run("log", "checkpoint", "--passphrase-from", "NODE_WORDS", code=4)
    assert "GOV041" in desk.err
    assert not (desk.folder / "log").exists()


def test_a_proof_waits_for_its_batch(desk: Desk) -> None:
    (entry,) = desk.entries("snapshot-taken")
    desk.run("log", "proof", str(entry["commitment"]), code=2)
    assert "PRO031" in desk.err
    assert "2031-05-01T13:00:00Z" in desk.err


def test_a_batch_is_sealed_once_and_at_its_time(desk: Desk) -> None:
    trusted = desk.key()
    desk.wait(hours=1)
    assert "256 entries" in desk.run("log", "checkpoint", "--passphrase-from", "NODE_WORDS")
    assert "Sealed the batch of 2031-05-01T13:00:00Z" in desk.err
    before = (desk.folder / "log" / "checkpoint").read_bytes()
    desk.wait(minutes=30)
    assert "256 entries" in desk.run("log", "checkpoint", "--passphrase-from", "NO_SUCH_VARIABLE")  # nobody is asked for nothing
    assert "closes at 2031-05-01T14:00:00Z" in desk.err
    assert (desk.folder / "log" / "checkpoint").read_bytes() == before
    assert policy.accept(trusted, before).checkpoint.size == 256
    assert "2 of them sealed" in desk.run("log")


def test_a_stranger_checks_a_proof_with_the_file_the_opening_and_a_policy(desk: Desk, tmp_path: Path) -> None:
    trusted = desk.key()
    desk.wait(hours=1)
    desk.run("log", "checkpoint", "--passphrase-from", "NODE_WORDS")
    (entry,) = desk.entries("snapshot-taken")
    file = tmp_path / "entry.tlog-proof"
    desk.run("log", "proof", str(entry["index"]), "-o", str(file))
    found = proof.read(file.read_bytes())
    opening = entry["opening"]
    assert isinstance(opening, dict)
    made = leaf(Opening(salt=bytes.fromhex(opening["salt"]), entry=opening["entry"].encode()))
    assert proof.verify(found, made, trusted).checkpoint.size == 256
    assert b"snapshot" not in file.read_bytes()  # it proves without telling
    desk.run("log", "proof", str(entry["index"]), "-o", str(file), code=2)  # never overwritten


def test_the_published_folder_passes_an_audit_and_is_made_again_when_harmed(desk: Desk, tmp_path: Path) -> None:
    trusted = desk.key()
    (tmp_path / "policy").write_bytes(trusted.data())
    desk.wait(hours=1)
    desk.run("log", "checkpoint", "--passphrase-from", "NODE_WORDS")
    assert audit(desk.folder / "log", tmp_path / "policy").exit_code == 0
    (desk.folder / "log" / "tile" / "0" / "000").write_bytes(bytes(256 * 32))
    assert audit(desk.folder / "log", tmp_path / "policy").exit_code == 4
    (entry,) = desk.entries("snapshot-taken")
    desk.run("log", "proof", str(entry["commitment"]))
    assert audit(desk.folder / "log", tmp_path / "policy").exit_code == 0
