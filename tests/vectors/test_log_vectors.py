"""Logs, checkpoints, proofs, policies and bundles that were written once: every version must verify them, byte for byte, for ever."""

from __future__ import annotations

import hashlib
import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from veedor.audit import bundle, standalone
from veedor.audit.main import audit
from veedor.evidence.log import checkpoint as checkpoints
from veedor.evidence.log import commitment, cosignature, note, policy, proof
from veedor.evidence.log.commitment import Opening
from veedor.evidence.log.errors import NotIncludedError, NotSignedError, QuorumError
from veedor.evidence.log.keys import MLDSA44, read_skey, read_vkey
from veedor.evidence.log.policy import Policy
from veedor.evidence.log.tiles import FolderReader
from veedor.evidence.log.tiles import bundle as entries_of
from veedor.evidence.log.witness_state import Accept, Cosigned, Refuse, decide, read_request
from veedor.kernel.errors import DONE, UNDETERMINED

VECTORS = Path(__file__).resolve().parent / "log-1"
FROZEN = "0c1aca52ea8014d1"


def read(path: str) -> bytes:
    return (VECTORS / path).read_bytes()


@pytest.fixture(scope="module")
def trusted() -> Policy:
    return policy.read(read("policy"))


@pytest.fixture(scope="module")
def make() -> ModuleType:
    """The script that wrote the vectors."""
    spec = importlib.util.spec_from_file_location("make_vectors", VECTORS.parent / "make.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_no_file_was_changed_added_or_lost() -> None:
    sums = dict(reversed(line.split("  ")) for line in read("SHA256SUMS").decode().splitlines())
    held = {path.relative_to(VECTORS).as_posix(): path for path in VECTORS.rglob("*") if path.is_file() and path.name != "SHA256SUMS"}
    assert {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in held.items()} == sums
    assert hashlib.sha256(read("SHA256SUMS")).hexdigest().startswith(FROZEN), "vectors are never changed: add a new folder beside them"


def test_the_script_writes_them_again(make: ModuleType) -> None:
    held = make.held()
    assert make.build(held) == held


def test_keys_read_back_as_they_were_written() -> None:
    for row in json.loads(read("keys.json")):
        secret = read_skey(row["skey"])
        assert (secret.name, secret.kind, secret.seed.hex()) == (row["name"], row["kind"], row["seed"])
        assert secret.verifier == read_vkey(row["vkey"])
        assert (secret.verifier.vkey(), secret.verifier.id.hex(), secret.skey()) == (row["vkey"], row["id"], row["skey"])
        assert row["seed"] not in repr(secret)


def test_openings_open_their_leaves() -> None:
    published = entries_of(FolderReader(VECTORS / "log"), 0, 200)
    for row in json.loads(read("openings.json")):
        opening = Opening(salt=bytes.fromhex(row["salt"]), entry=row["entry"].encode())
        assert commitment.opens(opening, published[row["index"]])
        assert commitment.read_leaf(published[row["index"]]) == commitment.commitment(opening)
        assert not commitment.opens(opening, published[row["index"] - 1])
        assert commitment.read_entry(opening.entry)["schema"] == "veedor/entry/1"
    assert {len(leaf) for leaf in published} == {commitment.LEAF_BYTES}


@pytest.mark.parametrize("path", ["log/checkpoint", "checkpoints/64", "checkpoints/128", "checkpoints/stranger"])
def test_cosigned_checkpoints_reach_their_quorum(trusted: Policy, path: str) -> None:
    found = policy.accept(trusted, read(path))
    assert found.names == {"A1", "B1", "O1"}
    assert all(time > 1_770_000_000 for _, time in found.witnesses)


@pytest.mark.parametrize("path", ["checkpoints/extended", "checkpoints/rewritten", "checkpoints/ml-dsa"])
def test_what_only_the_log_signed_does_not(trusted: Policy, path: str) -> None:
    assert not policy.standing(trusted, read(path)).is_enough
    with pytest.raises(QuorumError):
        policy.accept(trusted, read(path))


def test_ml_dsa_counts_where_the_policy_names_it() -> None:
    later = policy.read(read("policy-ml-dsa"))
    found = policy.accept(later, read("checkpoints/ml-dsa"))
    assert found.names == {"A1", "B1", "O2"}
    _, signed = checkpoints.read(read("checkpoints/ml-dsa"))
    fitting = note.verified(signed, [log.key for log in later.logs], cosignature.check)
    assert [key.kind for key, _ in fitting] == [1, MLDSA44]
    altered = read("checkpoints/ml-dsa").replace(b"\n200\n", b"\n199\n")
    with pytest.raises(Exception, match="does not fit"):
        policy.accept(later, altered)


def test_the_policy_reads_the_same_however_it_is_written(trusted: Policy) -> None:
    assert policy.read(read("policy-as-written")) == trusted
    assert trusted.data() == read("policy")


@pytest.mark.parametrize("index", [0, 63, 64, 199])
def test_proofs_prove(trusted: Policy, index: int) -> None:
    found = proof.read(read(f"proofs/{index}.tlog-proof"))
    assert found.data() == read(f"proofs/{index}.tlog-proof")
    leaves = entries_of(FolderReader(VECTORS / "log"), 0, 200)
    assert proof.verify(found, leaves[index], trusted).checkpoint.size == 200
    with pytest.raises(NotIncludedError):
        proof.verify(found, leaves[index - 1], trusted)
    with pytest.raises(NotSignedError):
        proof.verify(found, leaves[index], Policy(witnesses=trusted.witnesses))


def test_extra_is_carried_and_changes_nothing(trusted: Policy) -> None:
    data = read("proofs/extra.tlog-proof")
    found = proof.read(data)
    assert (found.extra, found.data()) == (b"not to be relied on", data)
    leaf = entries_of(FolderReader(VECTORS / "log"), 0, 64)[7]
    with_other = proof.read(data.replace(b"extra bm90", b"extra Tm90"))
    assert with_other.extra != found.extra
    assert proof.verify(with_other, leaf, trusted) == proof.verify(found, leaf, trusted)


def test_a_witness_accepts_the_requests_in_order(trusted: Policy) -> None:
    logs = {log.key.name: [log.key] for log in trusted.logs}
    for old in (0, 64, 128):
        request = read_request(read(f"requests/{old}"))
        assert request.data() == read(f"requests/{old}")
        stated = checkpoints.read(read(f"checkpoints/{old}"))[0] if old else None
        last = Cosigned(size=old, root=stated.root, note=read(f"checkpoints/{old}")) if stated else None
        decided = decide(request, logs, last)
        assert isinstance(decided, Accept)
        assert decided.state.size == 200
        assert isinstance(decide(request, logs, decided.state), Refuse)


@pytest.mark.parametrize("name", ["anyone", "exercise", "observers", "one-party"])
def test_bundles_hold(name: str) -> None:
    data = read(f"bundles/{name}.json")
    assert bundle.read(data).data() == data
    report = audit(VECTORS / "bundles" / f"{name}.json", VECTORS / "policy")
    assert report.exit_code == DONE
    assert report.is_exercise == (name == "exercise")
    assert report.grade == ("anyone" if name == "exercise" else name)
    assert audit(VECTORS / "bundles" / f"{name}.json").exit_code == UNDETERMINED, "its own policy proves nothing to a stranger"


def test_the_log_holds() -> None:
    assert audit(VECTORS / "log", VECTORS / "policy").exit_code == DONE
    assert audit(VECTORS / "log").exit_code == UNDETERMINED


def test_the_single_file_verifies_them_too(capsys: pytest.CaptureFixture[str]) -> None:
    for path in ("log", *(f"bundles/{name}.json" for name in ("anyone", "exercise", "observers", "one-party"))):
        assert standalone.main([str(VECTORS / path), str(VECTORS / "policy")]) == DONE
        assert capsys.readouterr().out.startswith("CLASS / CLASE: ")
