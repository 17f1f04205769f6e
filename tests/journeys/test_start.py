"""A newcomer's first minute: one command, offline, in an empty folder."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from veedor.accord.library import open_library
from veedor.cli.main import main
from veedor.kernel.clock import FixedClock
from veedor.kernel.language import templates
from veedor.project import starting
from veedor.project.starting import Started
from veedor.reports.document import SYNTHETIC
from veedor.starter import contents
from veedor.verdicts.rows import CAUSES, EXERCISE
from veedor.verdicts.verdict import Outcome

EXERCISE_OPTIONS = ["--starts", str(starting.STARTS), "--as-of", str(starting.AS_OF)]
FILES = len(contents.FILES)
pytestmark = pytest.mark.xdist_group("start")  # one worker makes the project once


@dataclass(frozen=True)
class Ran:
    """What one run of `veedor start` left behind."""

    folder: Path
    code: int
    out: str
    err: str


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """`veedor start` in an empty folder."""
    folder = tmp_path_factory.mktemp("newcomer")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("COLUMNS", "100")
        out, err = io.StringIO(), io.StringIO()
        patch.setattr("sys.stdout", out)
        patch.setattr("sys.stderr", err)
        code = main(["--lang", "en", "start"])
    return Ran(folder, code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Started:
    """The same through the library, on another day."""
    return starting.start(tmp_path_factory.mktemp("other") / "there", "en", FixedClock(datetime(2031, 5, 1, tzinfo=UTC)))


def test_it_works_and_says_so(ran: Ran) -> None:
    assert ran.code == 0, ran.err
    assert "error" not in ran.err
    assert ran.err.count("records") == FILES  # a line of the story for each file
    project = ran.folder / "veedor-start"
    assert {path.name for path in project.iterdir()} == {
        "README.md",
        "accord",
        "evidence",
        "files",
        "indicators",
        "state.db",
        "veedor.toml",
    }
    assert [path.name for path in ran.folder.iterdir()] == ["veedor-start"]


def test_the_labels_come_first(ran: Ran) -> None:
    assert ran.out.splitlines()[:2] == [EXERCISE, SYNTHETIC]


def test_every_commitment_is_in_the_table(ran: Ran) -> None:
    table = ran.out.partition("Official yearly totals")[0]
    assert [name for name in open_library("ssa").accord.commitments if name not in table] == []


def test_no_line_is_wider_than_a_pipe(ran: Ran) -> None:
    wide = [line for line in ran.out.splitlines() if len(line) > 100]
    assert [line for line in wide if "veedor judge --at" not in line] == []  # a command is copied whole


def test_enough_is_decided_and_every_outcome_occurs(started: Started) -> None:
    outcomes = [verdict.outcome for verdict in started.judgement.verdicts]
    assert sum(verdict.is_decided for verdict in started.judgement.verdicts) >= 8
    wanted = {Outcome.KEPT, Outcome.BROKEN, Outcome.MET, Outcome.MISSED, Outcome.UNDETERMINED, Outcome.NOT_DUE}
    assert wanted <= set(outcomes)


def test_why_it_cannot_be_told_has_few_words(started: Started) -> None:
    codes = {v.reasons[0].code for v in started.judgement.verdicts if v.outcome is Outcome.UNDETERMINED}
    assert len(codes) >= 5
    assert codes - set(CAUSES) == set()
    assert set(CAUSES) - set(templates()) == set()


def test_the_example_to_explain_is_decided(started: Started) -> None:
    assert started.judgement.verdict(starting.TELLING).is_decided


def test_every_file_taken_in_is_used_or_said_to_be_left_out(started: Started) -> None:
    assert len(started.received) == len(list((started.project.folder.root / "files").iterdir())) == FILES
    assert all(received.taken.is_new and received.taken.snapshot.is_usable for received in started.received)
    judgement = started.judgement
    assert judgement.snapshots_held == FILES
    assert judgement.snapshots_used >= 20


def test_the_result_is_the_same_on_every_run(ran: Ran, started: Started) -> None:
    """Another folder, another day, another process: one digest."""
    assert f"veedor judge --at {started.judgement.result_digest[:12]}" in ran.out
    assert started.project.recompute(started.judgement.result_digest).result_digest == started.judgement.result_digest


def test_official_totals_stand_beside_the_made_up_ones(ran: Ran, started: Started) -> None:
    found = {(one.fact.indicator, one.fact.when): one for one in starting.compare(started.project)}
    made_up = found["homicide_files", "2018"].made_up
    assert made_up is not None
    assert f"{made_up:,}" in ran.out
    assert made_up != 29095
    assert "29,095 files" in ran.out
    assert "SESNSP, file of 2023-08-24" in ran.out
    assert found["rule_of_law", "2019"].made_up is None


def test_a_second_run_changes_nothing(ran: Ran, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    before = {path: path.stat().st_mtime_ns for path in ran.folder.rglob("*")}
    monkeypatch.chdir(ran.folder)
    assert main(["--lang", "en", "start"]) == 2
    said = capsys.readouterr()
    assert "error[PRO002]" in said.err
    assert said.out == ""
    assert {path: path.stat().st_mtime_ns for path in ran.folder.rglob("*")} == before


def _in_project(ran: Ran, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    monkeypatch.chdir(ran.folder / "veedor-start")
    monkeypatch.setenv("COLUMNS", "100")
    code = main(["--lang", "en", *words])
    said = capsys.readouterr()
    assert "error" not in said.err, said.err
    return code, said.out


def test_the_label_is_in_every_format(ran: Ran, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def judged(form: str) -> str:
        code, out = _in_project(ran, monkeypatch, capsys, "judge", *EXERCISE_OPTIONS, "--format", form)
        assert code == 1  # something is broken, and judge was asked
        return out

    body = json.loads(judged("json"))
    assert (body["synthetic"], body["synthetic_label"], body["exercise_label"]) == (True, SYNTHETIC, EXERCISE)
    assert {row["synthetic"] for row in csv.DictReader(io.StringIO(judged("csv")))} == {SYNTHETIC}
    assert f"**{SYNTHETIC}**" in judged("md")
    assert SYNTHETIC in judged("text").splitlines()[1]


def test_a_verdict_is_explained_under_the_labels(ran: Ran, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    code, out = _in_project(ran, monkeypatch, capsys, "explain", starting.TELLING, *EXERCISE_OPTIONS)
    assert code == 0
    assert out.splitlines()[:2] == [EXERCISE, SYNTHETIC]
    for answer in ("did they do it", "did it work", "would we have seen it", "rests on"):
        assert answer in out


def test_its_own_start_leaves_most_of_it_open(ran: Ran, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _, out = _in_project(ran, monkeypatch, capsys, "judge", "--as-of", "2026-03-15", "--format", "json")
    outcomes = [verdict["outcome"] for verdict in json.loads(out)["verdicts"]]
    assert outcomes.count("NOT DUE") > len(outcomes) / 2


def test_the_label_is_absent_where_nothing_is_made_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--lang", "en", "new", "mine"]) == 0
    capsys.readouterr()
    main(["--lang", "en", "--project", "mine", "judge", "--as-of", "2026-03-01", "--format", "json"])
    body = json.loads(capsys.readouterr().out)
    assert body["synthetic"] is False
    assert "synthetic_label" not in body


def test_the_readme_of_the_project_speaks_both_languages(ran: Ran) -> None:
    text = (ran.folder / "veedor-start" / "README.md").read_text(encoding="utf-8")
    assert "made up" in text
    assert "inventado" in text
    for day in (starting.STARTS, starting.AS_OF, date(2026, 2, 1)):
        assert text.count(day.isoformat()) >= 2
    assert starting.TELLING in text
