"""What is held, what can be measured, where everything is: the commands that list, and what changed between two vintages."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from veedor.indicators.registry import indicators
from veedor.kernel.errors import DONE, INTEGRITY, UNDETERMINED, USAGE
from veedor.sources.registry import sources
from veedor.starter import contents as starter_contents

Veedor = Callable[..., Any]  # of conftest.py, which test modules cannot import
AS_OF = "--as-of=2024-06-30"


def test_every_source_is_listed_and_described(veedor: Veedor, pristine: Path) -> None:
    listed = veedor("sources", project=pristine)
    assert listed.code == DONE
    assert [name for name in sources() if not re.search(rf"^{name} ", listed.out, flags=re.MULTILINE)] == []
    body = json.loads(veedor("sources", "--format", "json", project=pristine).out)
    assert body["format_version"] == 1
    assert [one["name"] for one in body["sources"]] == sorted(sources())
    for one in body["sources"]:
        assert all(one[part] for part in ("controller", "publisher", "measures", "unit", "coverage", "breaks", "terms")), one["name"]
    page = veedor("sources", "sesnsp-idefc", project=pristine).out
    assert "controlled by" in page
    assert json.loads(veedor("sources", "rnpdno", "--format", "json", project=pristine).out)["sources"][0]["personal"] in {True, False}


def test_sources_need_no_project(veedor: Veedor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for words in (("sources",), ("indicators",), ("doctor",), ("template", "act"), ("explain", "EVD004")):
        assert veedor(*words).code == DONE


def test_snapshots_are_listed_with_their_state(veedor: Veedor, pristine: Path) -> None:
    listed = veedor("snapshots", project=pristine)
    assert listed.code == DONE
    count = len(starter_contents.FILES)
    assert f"Snapshots held: {count}, usable: {count}" in listed.out
    body = json.loads(veedor("snapshots", "--format", "json", project=pristine).out)
    assert body["format_version"] == 1
    assert [one["digest"][:12] in listed.out for one in body["snapshots"]] == [True] * count
    assert all(re.fullmatch(r"[0-9a-f]{64}", one["digest"]) for one in body["snapshots"])


@pytest.mark.parametrize("what", ["bytes/*/*", "records/*/*.parquet", "snapshots/*.json", "captures/*/*.json", "kept/accord/*"])
def test_one_changed_byte_is_found_and_named(veedor: Veedor, starter: Path, what: str) -> None:
    assert veedor("snapshots", "--check", project=starter).code == DONE
    path = sorted((starter / "evidence").glob(what))[3 if what != "kept/accord/*" else 0]
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    checked = veedor("snapshots", "--check", project=starter)
    assert checked.code == INTEGRITY
    assert path.relative_to(starter / "evidence").as_posix() in checked.err
    assert "Every stored byte" not in checked.err
    diagnosed = veedor("doctor", project=starter)
    assert diagnosed.code == INTEGRITY
    assert "Problems found: 1." in diagnosed.out


def test_the_first_command_of_a_process_has_all_the_words(pristine: Path) -> None:
    """Notes are stored by code, and nothing else has loaded the sources that word them."""
    run = "import sys; from veedor.cli.main import run; run()"
    words = ["--lang", "en", "--project", str(pristine), "snapshots", "--format", "json"]
    done = subprocess.run([sys.executable, "-c", run, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (DONE, "")
    notes = [note for one in json.loads(done.stdout)["snapshots"] for note in one["notes"]]
    assert notes
    assert [note for note in notes if note.startswith("[")] == []


def test_leftovers_are_harmless_and_swept(veedor: Veedor, starter: Path) -> None:
    left = starter / "evidence" / "bytes" / "ab" / ("ab" * 32)
    left.parent.mkdir(exist_ok=True)
    left.write_bytes(b"half")
    checked = veedor("snapshots", "--check", project=starter)
    assert checked.code == DONE
    assert "EVD011" in checked.err
    swept = veedor("snapshots", "--sweep", "--check", project=starter)
    assert swept.code == DONE
    assert "EVD011" not in swept.err
    assert not left.exists()


def test_indicators_are_listed_described_and_shown(veedor: Veedor, pristine: Path) -> None:
    listed = veedor("indicators", project=pristine)
    assert listed.code == DONE
    assert [name for name in indicators() if not re.search(rf"^{name} ", listed.out, flags=re.MULTILINE)] == []
    rows = list(csv.DictReader(io.StringIO(veedor("indicators", "--format", "csv", project=pristine).out)))
    body = json.loads(veedor("indicators", "--format", "json", project=pristine).out)
    assert body["format_version"] == 1
    assert [row["name"] for row in rows] == [one["name"] for one in body["indicators"]] == sorted(indicators())
    shown = veedor("indicators", "homicide_rate", AS_OF, project=pristine)
    assert shown.code == DONE
    for label in ("measures", "unit", "denominator", "assumes", "not for"):
        assert f"\n  {label} " in shown.out
    assert "32 / 32" in shown.out


def test_the_same_figures_in_every_format(veedor: Veedor, pristine: Path) -> None:
    def run(*words: str) -> str:
        said = veedor("indicators", "homicide_files", "--place", "MX11", AS_OF, *words, project=pristine)
        assert said.code == DONE
        return str(said.out)

    rows = list(csv.DictReader(io.StringIO(run("--format", "csv"))))
    body = json.loads(run("--format", "json"))
    assert body["format_version"] == 1
    assert [(row["starts"], row["value"]) for row in rows] == [(one["starts"], one["value"]) for one in body["points"]]
    text = run("--all")
    assert all(re.search(rf"^{row['starts'][:7]} +{int(row['value']):,} ", text, flags=re.MULTILINE) for row in rows)
    assert len(run().splitlines()) < len(text.splitlines())


def test_an_indicator_without_figures_says_what_is_missing(veedor: Veedor, pristine: Path) -> None:
    for words in (("homicide_files", "--place", "ZZ"), ("asylum_days",)):
        said = veedor("indicators", *words, AS_OF, project=pristine)
        assert said.code == UNDETERMINED
        assert "unknown. " in said.out
        body = json.loads(veedor("indicators", *words, AS_OF, "--format", "json", project=pristine).out)
        assert body["unknown"]
        assert "points" not in body
    empty = veedor("indicators", "asylum_days", "--format", "csv", project=pristine)
    assert (empty.code, len(empty.out.splitlines())) == (UNDETERMINED, 1)


def test_what_was_known_on_a_day(veedor: Veedor, pristine: Path) -> None:
    assert veedor("indicators", "homicide_files", "--as-of", "2024-06-19", project=pristine).code == UNDETERMINED
    assert veedor("indicators", "homicide_files", "--as-of", "2024-06-20", project=pristine).code == DONE


def test_doctor_shows_every_path_and_version(veedor: Veedor, pristine: Path) -> None:
    said = veedor("doctor", project=pristine)
    assert said.code == DONE
    for word in ("python", "duckdb", "sources", "indicators", str(pristine), str(pristine / "evidence"), "veedor"):
        assert word in said.out
    assert "Nothing is wrong: every stored byte is what it was." in said.out


# Two vintages -----------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def vintages(veedor: Veedor, starter: Path, tmp_path: Path) -> tuple[Path, str, str, list[tuple[str, str, str]]]:
    """The made-up SESNSP file, and a later one in which three cells were changed and one row is gone; what was changed."""
    text = (starter / "files" / "synthetic-sesnsp-idefc.csv").read_bytes().decode("latin-1").splitlines(keepends=True)
    head = next(csv.reader([text[0]]))
    changed = []
    for line, month in ((3, "Enero"), (3, "Febrero"), (40, "Marzo")):
        row = next(csv.reader([text[line]]))
        before = row[head.index(month)]
        row[head.index(month)] = str(int(before.replace(",", "")) + 7)
        made = io.StringIO()
        csv.writer(made, lineterminator="\r\n" if text[line].endswith("\r\n") else "\n").writerow(row)
        text[line] = made.getvalue()
        changed.append((month, before, row[head.index(month)]))
    later = tmp_path / "estatal_2024-07-20.csv"
    later.write_bytes("".join(text).encode("latin-1"))
    taken = veedor("add", str(later), project=starter)
    assert taken.code == DONE, taken.err
    held = json.loads(veedor("snapshots", "--format", "json", project=starter).out)["snapshots"]
    old, new = [one["digest"] for one in held if one["source"] == "sesnsp-idefc"]
    return starter, old, new, changed


def test_each_changed_cell_is_named_in_every_format(veedor: Veedor, vintages: tuple[Path, str, str, list[tuple[str, str, str]]]) -> None:
    project, old, new, changed = vintages
    words = ("diff", "sesnsp-idefc", old[:8], new[:8])
    text = veedor(*words, project=project)
    assert text.code == DONE
    assert "incidence: 3 rows changed, 0 added, 0 gone" in text.out
    rows = list(csv.DictReader(io.StringIO(veedor(*words, "--format", "csv", project=project).out)))
    cells = json.loads(veedor(*words, "--format", "json", project=project).out)
    assert (cells["format_version"], cells["old"], cells["new"]) == (1, old, new)
    found = cells["kinds"]["incidence"]["changed_cells"]
    assert sorted((str(cell["old"]), str(cell["new"])) for cell in found) == sorted((before, now) for _, before, now in changed)
    assert sorted((row["old"], row["new"], row["column"]) for row in rows) == sorted(
        (before, now, "count") for _, before, now in changed
    )  # fmt: skip
    assert all(row["place"].startswith("MX") and row["category"] for row in rows)
    lines = text.out.splitlines()
    for row in rows:
        at = lines.index(f"    count: {row['old']} before, {row['new']} now")
        named = next(line for line in reversed(lines[:at]) if not line.startswith("    "))
        assert named.startswith(f"  {row['place']}, {row['valid_from'][:7]}, {row['category']}, ")


def test_a_snapshot_has_no_difference_from_itself(veedor: Veedor, pristine: Path) -> None:
    listed = veedor("snapshots", "--format", "json", project=pristine)
    assert listed.code == DONE, listed.err
    for one in json.loads(listed.out)["snapshots"]:
        said = veedor("diff", one["source"], one["digest"][:12], one["digest"][:12], project=pristine)
        assert (said.code, said.err) == (DONE, "")
        assert re.findall(r": (\d+) rows changed, (\d+) added, (\d+) gone", said.out) == [("0", "0", "0")] * len(one["records"])


def test_two_things_that_are_no_vintages_are_not_compared(veedor: Veedor, pristine: Path) -> None:
    listed = json.loads(veedor("snapshots", "--format", "json", project=pristine).out)["snapshots"]
    held = {one["source"]: one["digest"] for one in listed}
    said = veedor("diff", "sat-69b", held["sat-69b"], held["atf-traces"], project=pristine)
    assert (said.code, said.out) == (USAGE, "")
    assert "error[PRO008]" in said.err
    for wrong, code in (("zz", "EVD007"), ("0", "EVD007"), ("ffffffff", "EVD005")):
        said = veedor("diff", "sat-69b", wrong, held["sat-69b"], project=pristine)
        assert (said.code, said.out) == (USAGE, "")
        assert f"error[{code}]" in said.err
