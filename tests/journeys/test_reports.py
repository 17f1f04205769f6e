"""Reports on the command line: a project from the library, a judgement, a record taken in, and what the four documents say."""

from __future__ import annotations

from pathlib import Path

import pytest

from veedor.cli.main import main
from veedor.kernel import canonical
from veedor.kernel.errors import DONE, UNDETERMINED, USAGE

AS_OF = "--as-of=2026-06-01"
ACTS = "actor,action,object,at,grade\n{party},met,ministerial,2026-02-20T15:00Z,B2\n"


@pytest.fixture
def project(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project on the accord of the real implementation group, with nothing taken in."""
    monkeypatch.setenv("VEEDOR_LANG", "en")
    folder = tmp_path / "watch"
    assert main(["new", str(folder), "--accord", "sig-2025"]) == DONE
    monkeypatch.chdir(folder)
    capsys.readouterr()
    return folder


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(["report", *words]) == DONE
    return capsys.readouterr().out


@pytest.mark.parametrize("kind", ["agenda", "methods", "requests"])
def test_a_report_is_markdown_that_begins_with_the_exercise_label(project: Path, capsys: pytest.CaptureFixture[str], kind: str) -> None:
    assert said(capsys, kind, AS_OF).splitlines()[0] == "**exercise: no party has signed this**"
    assert said(capsys, kind, AS_OF, "--lang", "es").splitlines()[0] == "**ejercicio: ninguna parte ha firmado esto**"
    plain = said(capsys, kind, AS_OF, "--format", "text")
    assert plain.splitlines()[0] == "exercise: no party has signed this"
    assert "|---" not in plain
    body = canonical.read(said(capsys, kind, AS_OF, "--format", "json"))
    assert body["report"] == kind
    assert body["exercise"] is True


def test_the_same_question_gives_the_same_bytes(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "requests", AS_OF) == said(capsys, "requests", AS_OF)


def test_the_digest_of_a_report_makes_the_judgement_again_and_each_verdict_is_citable(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agenda = canonical.read(said(capsys, "agenda", AS_OF, "--format", "json"))["data"]
    assert main(["judge", "--at", agenda["result_digest"], "--format", "json"]) == UNDETERMINED
    verdicts = {v["verdict_digest"]: v["commitment"] for v in canonical.read(capsys.readouterr().out)["verdicts"]}
    assert {verdicts[one["verdict"]] for one in agenda["decisions"]} >= {"ministerial"}
    assert main(["judge", "--at", agenda["result_digest"], "--format", "csv"]) == UNDETERMINED
    head, *lines = capsys.readouterr().out.splitlines()
    assert "verdict_digest" in head.split(",")
    assert len(lines) == len(verdicts)


def test_a_report_goes_to_a_new_file_only(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(capsys, "agenda", AS_OF, "-o", "agenda.md") == ""
    written = (project / "agenda.md").read_text(encoding="utf-8")
    assert written == said(capsys, "agenda", AS_OF)
    assert main(["report", "agenda", AS_OF, "-o", "agenda.md"]) == USAGE
    assert (project / "agenda.md").read_text(encoding="utf-8") == written
    assert "error[PRO" in capsys.readouterr().err


def test_a_text_file_has_no_colour(project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    said(capsys, "agenda", AS_OF, "--format", "text", "-o", "agenda.txt")
    assert "\x1b" not in (project / "agenda.txt").read_text(encoding="utf-8")


def test_changes_need_two_judgements(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["report", "changes"]) == USAGE
    assert "error[REP001]" in capsys.readouterr().err
    said(capsys, "agenda", AS_OF)
    assert main(["report", "changes"]) == USAGE
    assert main(["report", "changes", "--since", "0000"]) != DONE
    assert "0000" in capsys.readouterr().err


def test_records_taken_in_settle_a_verdict_and_the_change_names_them(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = canonical.read(said(capsys, "requests", AS_OF, "--format", "json"))["data"]["requests"]
    assert {one["controller"] for one in asked} == {"US", "MX"}
    assert all([record["name"] for record in one["records"]] == ["ministerial"] for one in asked)
    for party in ("US", "MX"):
        sheet = project / f"{party.lower()}.csv"
        sheet.write_text(ACTS.format(party=party), encoding="utf-8")
        taken = ["add", str(sheet), "--as", "act", "--controller", party, "--grade", "B2", "--published", "2026-03-01", "--yes"]
        assert main(taken) == DONE
    capsys.readouterr()
    assert main(["judge", AS_OF]) == UNDETERMINED
    capsys.readouterr()
    row = next(line for line in said(capsys, "changes").splitlines() if line.startswith("| ministerial (US+MX) |"))
    assert "| UNDETERMINED | KEPT |" in row
    assert "user:us.csv" in row
    assert "user:mx.csv" in row
    assert said(capsys, "requests", AS_OF).count("## Request") == 0
    found = canonical.read(said(capsys, "changes", "--format", "json"))["data"]
    assert [one["verdict"] for one in found["changed"]] == ["ministerial (US+MX)"]
    assert len(found["snapshots_added"]) == 2
