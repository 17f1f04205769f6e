"""What an audit prints and answers: the class first, both languages, got and expected, and an exit code that a script can rely on."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from veedor.audit import bundle as bundles
from veedor.audit import report
from veedor.audit.errors import BundleMalformedError, NothingToAuditError, UnreadableError
from veedor.audit.findings import Report, Status, finding, judged
from veedor.audit.main import audit, main
from veedor.audit.words import WORDS
from veedor.cli import face
from veedor.cli.commands.audit import command
from veedor.evidence.log.errors import PolicyMalformedError
from veedor.kernel import canonical
from veedor.kernel.errors import DONE, INTEGRITY, UNDETERMINED, USAGE

VECTORS = Path(__file__).resolve().parents[2] / "vectors" / "log-1"
POLICY = VECTORS / "policy"


def whole(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((VECTORS / "bundles" / f"{name}.json").read_bytes())
    return found


@pytest.fixture
def written(tmp_path: Path) -> Any:  # noqa: ANN401, a function
    """Audit a bundle with some keys replaced."""

    def write(name: str, **changed: object) -> Report:
        path = tmp_path / "bundle.json"
        path.write_bytes(canonical.canonical({**whole(name), **{key.replace("grade", "class"): value for key, value in changed.items()}}))
        return audit(path, POLICY)

    return write


def failed(found: Report) -> dict[str, list[str]]:
    return {check.saying.code: [one.saying.code for one in check.findings] for check in found.checks if check.status is Status.FAILED}


def test_the_class_stands_first_and_the_exercise_label_before_the_verdict() -> None:
    lines = report.text(audit(VECTORS / "bundles" / "exercise.json", POLICY)).splitlines()
    assert lines[0].startswith("CLASS: recomputable by anyone")
    assert "CLASE: cualquiera puede recalcularlo" in lines[0]
    assert "exercise: no party has signed this" in lines[1]
    assert "ejercicio: ninguna parte ha firmado esto" in lines[1]
    assert lines[2].split() == ["verdict:", "BROKEN", "dictamen:", "BROKEN"]
    one = report.text(audit(VECTORS / "bundles" / "one-party.json", POLICY))
    assert one.startswith("CLASS: an assertion: one party alone can recompute it")
    assert report.text(audit(VECTORS / "log", POLICY)).startswith("CLASS: a log")


def test_every_check_has_a_number_in_both_languages() -> None:
    text = report.text(audit(VECTORS / "bundles" / "anyone.json", POLICY))
    for number in range(1, 10):
        assert len(re.findall(rf"\b{number}\. (?:holds|se cumple): ", text)) == 2
    assert "9 of 9 checks hold" in text
    assert max(map(len, text.splitlines())) <= 2 * report.COLUMN + 2


def test_what_fails_is_shown_with_what_was_expected(tmp_path: Path) -> None:
    shutil.copytree(VECTORS / "log", tmp_path / "log")
    bundle = tmp_path / "log" / "tile" / "entries" / "000.p" / "200"
    bundle.write_bytes(bundle.read_bytes().replace(b'{"c":"', b'{"d":"', 1))
    found = audit(tmp_path / "log", POLICY)
    text = report.text(found)
    assert found.exit_code == INTEGRITY
    assert re.search(r"4\. FAILS: Every entry is there", text)
    assert "tile/entries/000.p/200" in text
    assert "entry 0 is not the one that was recorded" in text
    assert "el asiento 0 no es el que se registró" in text
    assert len(re.findall(r"(?:expected / se esperaba|found / se encontró): \S{43}=$", text, flags=re.MULTILINE)) == 2


def test_labels_are_the_verdicts_own(written: Any) -> None:  # noqa: ANN401
    assert failed(written("anyone", grade="observers")) == {"bundle.labels": ["class-differs"]}
    assert failed(written("anyone", exercise=True)) == {"bundle.labels": ["exercise-differs"]}
    assert failed(written("exercise", exercise=False)) == {"bundle.labels": ["exercise-differs"]}


def test_no_broken_rests_on_one_partys_assertion(written: Any) -> None:  # noqa: ANN401
    verdict = {**whole("one-party")["verdict"], "outcome": "BROKEN"}
    found = failed(written("one-party", verdict=verdict))
    assert found == {"bundle.labels": ["broken-on-one"], "bundle.verdict": ["not-named"]}
    hidden = {**whole("observers")["verdict"]}
    assert "broken-on-one" in failed(written("observers", grade="one-party", verdict=hidden))["bundle.labels"]


def test_the_verdict_is_the_one_that_was_recorded(written: Any) -> None:  # noqa: ANN401
    verdict = {**whole("anyone")["verdict"], "outcome": "BROKEN"}
    assert failed(written("anyone", verdict=verdict)) == {"bundle.verdict": ["not-named"]}
    entries = whole("anyone")["entries"]
    assert failed(written("anyone", entries=[entries[1]], signatures=[])) == {"bundle.verdict": ["not-named"]}
    assert failed(written("anyone", entries=[], signatures=[], verdict=None)) == {"bundle.included": ["nothing"]}


def test_only_an_entry_of_kind_verdict_records_a_verdict() -> None:
    """A remark that mentions the digest, even one that stands in the log, records nothing."""
    from veedor.audit.verify import _names
    from veedor.evidence.log.commitment import entry_bytes
    from veedor.kernel.clock import SystemClock

    body = {"parts": [{"verdict": "d" * 64}]}
    kinds = {"verdict": True, "verdict-issued": True, "verdicts": False, "review": False, "reply-to-verdict": False}
    for kind, expected in kinds.items():
        assert _names(entry_bytes(kind=kind, at=SystemClock().now(), actor="a", body=body), "d" * 64) == expected


def test_what_it_rests_on_is_listed_with_its_bytes(written: Any) -> None:  # noqa: ANN401
    (listed,) = whole("anyone")["inputs"]
    assert failed(written("anyone", inputs=[])) == {"bundle.inputs": ["not-listed"]}
    assert failed(written("anyone", inputs=[{**listed, "data": "eA=="}])) == {"bundle.inputs": ["bytes-differ"]}
    assert failed(written("anyone", inputs=[{**listed, "data": "", "address": ""}])) == {"bundle.inputs": ["nowhere"]}
    assert failed(written("anyone", inputs=[{**listed, "data": ""}])) == {}


def test_two_histories_of_one_log_contradict_each_other(written: Any) -> None:  # noqa: ANN401
    other = (VECTORS / "checkpoints" / "rewritten").read_text()
    assert failed(written("anyone", signed_checkpoints=[other])) == {"bundle.split": ["split"], "bundle.quorum": ["no-quorum"]}


def test_a_proof_belongs_to_its_entry(written: Any) -> None:  # noqa: ANN401
    one, other = whole("anyone")["entries"]
    crossed = [{**one, "proof": other["proof"]}, {**other, "proof": one["proof"]}]
    assert failed(written("anyone", entries=crossed)) == {"bundle.included": ["not-included", "not-included"]}
    salted = [{**one, "salt": "0" * 64}, other]
    assert failed(written("anyone", entries=salted)) == {"bundle.included": ["not-included"]}
    junk = [{**one, "proof": "junk"}, other]
    assert failed(written("anyone", entries=junk)) == {"bundle.included": ["unreadable"]}


def test_another_policy_inside_is_remarked(written: Any) -> None:  # noqa: ANN401
    found = written("anyone", policy="quorum none\n")
    assert (found.exit_code, [remark.code for remark in found.remarks]) == (DONE, ["other-policy"])
    assert failed(written("anyone", policy="junk")) == {"bundle.signed": ["unreadable"]}


def test_a_stranger_beside_the_witnesses_is_remarked(written: Any) -> None:  # noqa: ANN401
    stranger = (VECTORS / "checkpoints" / "stranger").read_text()
    found = written("anyone", signed_checkpoints=[stranger])
    assert [remark.code for remark in found.remarks] == ["unknown-signers"]
    assert "stranger.example" in report.text(found)


def test_a_checkpoint_that_a_key_signed_twice_counts_for_nothing(written: Any) -> None:  # noqa: ANN401
    whole_note = (VECTORS / "checkpoints" / "64").read_text(encoding="utf-8")
    line = next(line for line in whole_note.splitlines(keepends=True) if "witness.example/A1" in line)
    assert failed(written("anyone", signed_checkpoints=[whole_note])) == {}
    assert failed(written("anyone", signed_checkpoints=[whole_note + line])) == {"bundle.signed": ["unreadable"]}


def test_without_a_policy_of_ones_own_trust_stays_open() -> None:
    found = audit(VECTORS / "bundles" / "anyone.json")
    assert found.exit_code == UNDETERMINED
    assert {check.saying.code for check in found.checks if check.status is Status.OPEN} == {"bundle.signed", "bundle.quorum"}
    text = report.text(audit(VECTORS / "log"))
    assert "no se sabe qué claves cuentan (--policy)" in text


def test_hostile_words_cannot_move_the_cursor() -> None:
    hostile = "a\x1b[2J\u202eb\nc"
    found = Report(
        subject=hostile, grade="anyone", is_exercise=False, outcome=hostile,
        checks=(judged("log.names", [finding(hostile, "wrong-signature", name=(hostile,), expected=hostile, found=hostile)]),),
    )  # fmt: skip
    text = report.text(found)
    assert not set(text) & set("\x1b\u202e")
    assert not any(line.startswith("c") for line in text.splitlines())


def test_nothing_to_audit(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing"):
        with pytest.raises(NothingToAuditError):
            audit(path)
    (tmp_path / "tile").mkdir()
    found = audit(tmp_path, POLICY)
    assert failed(found) == {"log.checkpoint": ["missing"]}
    (tmp_path / "junk").write_bytes(b"{}")
    with pytest.raises(BundleMalformedError, match="None"):
        audit(tmp_path / "junk")
    with pytest.raises(PolicyMalformedError):
        audit(VECTORS / "log", tmp_path / "junk")
    with pytest.raises(UnreadableError):
        audit(VECTORS / "log", VECTORS)


@pytest.mark.parametrize(
    "data", [b"", b"[]", b'{"format":"veedor/bundle/2"}', b"\xff", b"[" * 100_000, b'{"format": "veedor/bundle/1"}', b"1e3"]
)
def test_what_is_no_bundle(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "file").write_bytes(data)
    with pytest.raises(BundleMalformedError):
        audit(tmp_path / "file")


def test_main_answers_with_its_exit_code(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(VECTORS / "log"), "--policy", str(POLICY)]) == DONE
    assert main([str(VECTORS / "log")]) == UNDETERMINED
    capsys.readouterr()
    assert main([str(tmp_path / "nothing")]) == USAGE
    (tmp_path / "bad").write_text("witness\nquorum x\n")
    assert main([str(VECTORS / "log"), "--policy", str(tmp_path / "bad")]) == USAGE
    out, err = capsys.readouterr()
    assert out == ""
    assert "error[AUD001]" in err
    assert "error[LOG006]" in err
    assert "2:1" in err


def test_the_command_needs_no_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    spoken = face.make("en", None, colour=False, offline=True, debug=False)
    ran = CliRunner().invoke(
        command, [str(VECTORS / "log"), "--policy", str(POLICY), "--format", "json"], obj=spoken, standalone_mode=False
    )
    assert (ran.exception, ran.return_value) == (None, DONE)
    plain = report.plain(audit(VECTORS / "bundles" / "exercise.json", POLICY))
    assert list(plain)[:2] == ["format_version", "class"]
    assert plain["exercise_label"] == {"en": WORDS["exercise"][0], "es": WORDS["exercise"][1]}
    json.dumps(plain)  # noqa: TID251, it is plain data


def test_it_stays_small() -> None:
    """Neither tables, databases nor networks are loaded to audit."""
    words = "import sys, veedor.audit.main; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    heavy = {"pyarrow", "duckdb", "ibis", "sqlalchemy", "numpy", "click", "rich", "httpx2", "pydantic", "yaml", "socket", "ssl"}
    assert set(done.stdout.split()) & heavy == set()
    words = "import sys, veedor.audit.main; print(*sorted(name for name in sys.modules if name.startswith('veedor.')))"
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=True)
    allowed = ("veedor.audit", "veedor.kernel", "veedor.evidence.log")
    assert [name for name in done.stdout.split() if not name.startswith(allowed)] == ["veedor.evidence"]


def test_every_sentence_has_both_languages_and_the_same_gaps() -> None:
    for code, both in WORDS.items():
        english, spanish = (sorted(re.findall(r"\{(\w+)\}", words)) for words in both)
        assert english == spanish, code
        assert both[0] != both[1] or code == "never", code


def test_bundles_read_back_as_they_are_made() -> None:
    for name in ("anyone", "one-party"):
        found = bundles.read((VECTORS / "bundles" / f"{name}.json").read_bytes())
        assert bundles.read(found.data()) == found
        assert found.data().startswith(b'{"class":')
