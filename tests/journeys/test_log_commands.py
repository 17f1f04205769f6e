"""The ledger on the command line: entries, batches, proofs, and what a stranger makes of the files."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from veedor.audit.main import audit
from veedor.evidence.log import policy, proof
from veedor.evidence.log.commitment import Opening, leaf, opens

Desk = Any  # of conftest.py, which test modules cannot import


def test_what_was_done_is_listed_and_shown(desk: Desk) -> None:
    out = desk.run("log")
    assert "snapshot-taken" in out
    assert "Entries: 1. Sealed in the published log: 0." in out
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
    assert "published log: 0" in desk.run("log")


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
    assert "published log: 2" in desk.run("log")


def test_a_stranger_checks_a_proof_with_the_file_the_opening_and_a_policy(desk: Desk, tmp_path: Path) -> None:
    trusted = desk.key()
    desk.seal()
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
    desk.seal()
    assert audit(desk.folder / "log", tmp_path / "policy").exit_code == 0
    (desk.folder / "log" / "tile" / "0" / "000").write_bytes(bytes(256 * 32))
    assert audit(desk.folder / "log", tmp_path / "policy").exit_code == 4
    (entry,) = desk.entries("snapshot-taken")
    desk.run("log", "proof", str(entry["commitment"]))
    assert audit(desk.folder / "log", tmp_path / "policy").exit_code == 0
