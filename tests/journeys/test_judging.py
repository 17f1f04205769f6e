"""The verdict table in every format, its exit codes, what was known on a day, and a judgement made again from its digest."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from veedor.accord.library import open_library
from veedor.cli.code_page import every_code
from veedor.kernel.errors import BROKEN, DONE, INTEGRITY, UNDETERMINED, USAGE
from veedor.project import starting
from veedor.reports.document import SYNTHETIC
from veedor.verdicts.rows import EXERCISE
from veedor.verdicts.verdict import Outcome

Veedor = Callable[..., Any]  # of conftest.py, which test modules cannot import
Contents = Callable[[Path], dict[str, str]]
EXERCISE_OPTIONS = ("--starts", str(starting.STARTS), "--as-of", str(starting.AS_OF))
FORMATS = ("text", "json", "csv", "md")
pytestmark = pytest.mark.xdist_group("judging")  # one worker judges the starter project once in each format


@pytest.fixture(scope="module")
def project(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A starter project of this module's own."""
    return Path(shutil.copytree(pristine, tmp_path_factory.mktemp("judging") / "p"))


@pytest.fixture(scope="module")
def judged(veedor: Veedor, project: Path) -> dict[str, Any]:
    """The exercise, judged in each format."""
    return {form: veedor("judge", *EXERCISE_OPTIONS, "--format", form, project=project) for form in FORMATS}


@pytest.fixture
def empty(veedor: Veedor, tmp_path: Path) -> Path:
    """An empty project on a small accord."""
    veedor("new", str(tmp_path / "p"), "--accord", "merida-conditions")
    return tmp_path / "p"


def verdicts(said: Any) -> dict[tuple[str, str, str], str]:  # noqa: ANN401, of conftest.py
    return {(v["commitment"], "+".join(v["parties"]), v["reading"] or ""): v["outcome"] for v in json.loads(said.out)["verdicts"]}


def test_something_is_broken_and_every_format_says_so_with_the_same_code(judged: dict[str, Any]) -> None:
    assert {form: said.code for form, said in judged.items()} == dict.fromkeys(FORMATS, BROKEN)
    assert {form: said.err for form, said in judged.items()} == dict.fromkeys(FORMATS, "")


def test_every_format_carries_both_labels(judged: dict[str, Any]) -> None:
    body = json.loads(judged["json"].out)
    assert (body["exercise"], body["exercise_label"], body["synthetic_label"]) == (True, EXERCISE, SYNTHETIC)
    assert all(verdict["exercise"] is True for verdict in body["verdicts"])
    rows = list(csv.DictReader(io.StringIO(judged["csv"].out)))
    assert {SYNTHETIC} == {row["synthetic"] for row in rows}
    assert all(EXERCISE in row.values() for row in rows)
    assert judged["text"].out.splitlines()[:2] == [EXERCISE, SYNTHETIC]
    assert f"**{EXERCISE}**" in judged["md"].out.splitlines()[:5]


@pytest.mark.parametrize(("name", "forms"), [("partnership-asks", FORMATS), ("tact", ("csv",))])
def test_no_format_of_a_hypothetical_accord_goes_without_the_label(
    veedor: Veedor, tmp_path: Path, name: str, forms: tuple[str, ...]
) -> None:
    veedor("new", str(tmp_path / "p"), "--accord", name)
    for form in forms:
        assert EXERCISE in veedor("judge", "--as-of", "2027-01-01", "--format", form, project=tmp_path / "p").out


def test_a_historical_accord_carries_no_such_label(veedor: Veedor, empty: Path) -> None:
    open_status = open_library("merida-conditions").accord
    for form in FORMATS:
        said = veedor("judge", "--as-of", "2009-01-01", "--format", form, project=empty)
        assert (EXERCISE in said.out) is open_status.is_exercise


def test_json_has_a_version_and_stable_keys(judged: dict[str, Any]) -> None:
    body = json.loads(judged["json"].out)
    assert body["format_version"] == 1
    assert {"accord", "accord_digest", "as_of", "inputs_digest", "method", "result_digest", "run_digest", "verdicts"} <= set(body)
    assert list(body) == sorted(body)
    assert len({frozenset(verdict) for verdict in body["verdicts"]}) == 1


def test_the_formats_agree_with_each_other(judged: dict[str, Any]) -> None:
    found = verdicts(judged["json"])
    rows = list(csv.DictReader(io.StringIO(judged["csv"].out)))
    assert len(rows) == len(found) == len(json.loads(judged["json"].out)["verdicts"])
    assert sorted(row["outcome"] for row in rows) == sorted(found.values())
    table = [line for line in judged["md"].out.splitlines() if line.startswith("| ")][1:]
    assert len(table) == len(found)
    line = next(line for line in judged["text"].out.splitlines() if re.match(r"\d+ verdicts on \d+ commitments: ", line))
    counts = re.findall(r"(\d+) ([A-Z]+(?: [A-Z]+)*)[,.]", line)
    assert {word: int(count) for count, word in counts} == {
        outcome.value: count for outcome in Outcome if (count := list(found.values()).count(outcome.value))
    }  # fmt: skip


def test_the_same_question_gives_the_same_bytes(veedor: Veedor, project: Path, judged: dict[str, Any]) -> None:
    again = veedor("judge", *EXERCISE_OPTIONS, "--format", "json", project=project)
    assert again.out == judged["json"].out


def test_a_judgement_is_made_again_from_its_digest(veedor: Veedor, project: Path, judged: dict[str, Any]) -> None:
    digest = json.loads(judged["json"].out)["result_digest"]
    assert f"veedor judge --at {digest[:12]}" in judged["text"].out
    again = veedor("judge", "--at", digest[:12], "--format", "json", project=project)
    assert (again.code, again.out) == (BROKEN, judged["json"].out)


def test_what_is_taken_in_later_does_not_change_it(veedor: Veedor, starter: Path, tmp_path: Path) -> None:
    first = veedor("judge", *EXERCISE_OPTIONS, "--format", "json", project=starter)
    digest = json.loads(first.out)["result_digest"]
    later = tmp_path / "acts.csv"
    later.write_text("actor,action,object,at,grade\nMX,met,monthly-meetings,2024-05-02,B2\n", encoding="utf-8")
    taken = veedor("add", str(later), "--as", "act", "--yes", "--published", "2024-06-01", project=starter)
    assert taken.code == DONE
    again = veedor("judge", "--at", digest, "--format", "json", project=starter)
    assert again.out == first.out


def test_every_verdict_with_its_own_reason(veedor: Veedor, project: Path, judged: dict[str, Any]) -> None:
    digest = json.loads(judged["json"].out)["result_digest"]
    said = veedor("judge", "--at", digest, "--all", project=project)
    assert said.code == BROKEN
    assert len(re.findall(r"^UNDETERMINED  ", said.out, flags=re.MULTILINE)) == list(verdicts(judged["json"]).values()).count(
        "UNDETERMINED"
    )
    assert len(said.out.splitlines()) > len(judged["text"].out.splitlines())


def test_in_spanish_the_words_change_and_the_keys_do_not(veedor: Veedor, project: Path, judged: dict[str, Any]) -> None:
    digest = json.loads(judged["json"].out)["result_digest"]
    said = json.loads(veedor("--lang", "es", "judge", "--at", digest, "--format", "json", project=project).out)
    english = json.loads(judged["json"].out)
    assert said.keys() == english.keys()
    assert (said["result_digest"], said["exercise_label"]) == (digest, "ejercicio: ninguna parte ha firmado esto")
    assert [v["outcome"] for v in said["verdicts"]] == [v["outcome"] for v in english["verdicts"]]
    assert said["verdicts"][0]["words"] != english["verdicts"][0]["words"]


# Exit codes and days ----------------------------------------------------------------------------------------------------------------


def test_before_anything_is_due_the_code_is_0_and_afterwards_3(veedor: Veedor, empty: Path) -> None:
    starts = open_library("merida-conditions").accord.starts
    before = veedor("judge", "--as-of", str(starts.replace(year=starts.year - 1)), "--format", "json", project=empty)
    assert (before.code, set(verdicts(before).values())) == (DONE, {"NOT DUE"})
    after = veedor("judge", "--as-of", "2030-01-01", "--format", "json", project=empty)
    assert after.code == UNDETERMINED
    assert "UNDETERMINED" in verdicts(after).values()


@pytest.mark.parametrize("what", ["bytes", "records"])
def test_evidence_that_was_changed_carries_no_verdict(veedor: Veedor, starter: Path, contents: Contents, what: str) -> None:
    held = json.loads(veedor("snapshots", "--format", "json", project=starter).out)["snapshots"]
    digest = next(one["digest"] for one in held if one["source"] == "sesnsp-idefc")
    (path,) = (starter / "evidence").glob(f"bytes/*/{digest}" if what == "bytes" else f"records/{digest}/*")
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    before = contents(starter)
    said = veedor("judge", *EXERCISE_OPTIONS, project=starter)
    assert (said.code, said.out) == (INTEGRITY, "")
    assert re.search(r"^error\[EVD00[48]\]", said.err)
    assert "nothing is judged that cites" in said.err
    assert contents(starter) == before
    source = starter / "files" / "synthetic-sesnsp-idefc.csv"
    restored = veedor("add", str(source), "--published", "2024-06-20", project=starter)
    assert restored.code == DONE
    assert veedor("snapshots", "--check", project=starter).code == DONE


def test_what_was_not_known_yet_is_not_used(veedor: Veedor, project: Path) -> None:
    day = ("--starts", str(starting.STARTS), "--as-of", "2018-01-01", "--format", "json")
    said = json.loads(veedor("judge", *day, project=project).out)
    assert said["snapshots_used"] == 0
    assert {verdict["outcome"] for verdict in said["verdicts"]} == {"NOT DUE"}


def test_an_accord_that_is_over_keeps_its_own_start(veedor: Veedor, empty: Path, contents: Contents) -> None:
    file = next((empty / "accord").iterdir())
    file.write_text(re.sub(r"^status: \S+", "status: ended", file.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8")
    before = contents(empty)
    said = veedor("judge", "--starts", "2020-01-01", "--as-of", "2021-01-01", project=empty)
    assert (said.code, said.out) == (USAGE, "")
    assert "error[PRO006]" in said.err
    assert contents(empty) == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--at", "ffffffff"), "PRO005"),
        (("--at", "zz"), "PRO005"),
        (("--at", ""), "PRO005"),
        (("--at", "ffffffff", "--as-of", "2026-01-31"), "CLI001"),
        (("--as-of", "31/01/2026"), "CLI001"),
        (("--as-of", "9999-12-31"), "CLI001"),
        (("--starts", "0001-01-01"), "CLI001"),
        (("--format", "xml"), "CLI001"),
        (("--nothing",), "CLI001"),
    ],
)
def test_what_cannot_be_judged_is_said_and_nothing_is_stored(
    veedor: Veedor, empty: Path, contents: Contents, words: tuple[str, ...], code: str
) -> None:
    before = contents(empty)
    said = veedor("judge", *words, project=empty)
    assert (said.code, said.out) == (USAGE, "")
    assert f"error[{code}]" in said.err
    assert contents(empty) == before


# Explain ----------------------------------------------------------------------------------------------------------------------------


def test_a_verdict_is_explained_in_full(veedor: Veedor, project: Path) -> None:
    said = veedor("explain", starting.TELLING, *EXERCISE_OPTIONS, project=project)
    assert said.code == DONE
    assert said.out.splitlines()[:2] == [EXERCISE, SYNTHETIC]
    for label in ("asks for", "estimate", "probability", "did they do it", "did it work", "would we have seen it", "rests on", "result"):
        assert re.search(rf"^  {label} ", said.out, flags=re.MULTILINE), label


def test_each_reading_is_explained_and_the_worst_decides_the_code(veedor: Veedor, project: Path) -> None:
    said = veedor("explain", "fentanyl-flows", *EXERCISE_OPTIONS, project=project)
    assert said.code == BROKEN
    heads = re.findall(r"^fentanyl-flows/(\S+) \(US\+MX\): ([A-Z]+)$", said.out, flags=re.MULTILINE)
    assert len(heads) == 3
    assert len({outcome for _, outcome in heads}) > 1


def test_a_commitment_that_is_not_there_is_suggested(veedor: Veedor, project: Path) -> None:
    said = veedor("explain", "homicide-guanajuat", *EXERCISE_OPTIONS, project=project)
    assert (said.code, said.out) == (USAGE, "")
    assert '("homicide-guanajuato"?)' in said.err


def test_every_error_code_is_explained_offline_and_without_a_project(
    veedor: Veedor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for code, found in every_code().items():
        if found.__module__.startswith("veedor."):
            said = veedor("--offline", "explain", code)
            assert (said.code, said.err) == (DONE, "")
            assert said.out.startswith(f"{code}\n")
            assert found.more in said.out
    unknown = veedor("explain", "ZZZ999")
    assert (unknown.code, unknown.out) == (USAGE, "")
    assert "error[KER001]" in unknown.err
