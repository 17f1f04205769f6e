"""An empty project on each accord of the library or on a file of one's own, and what lint says of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from veedor.accord.library import library, open_library
from veedor.accord.lint import RULES
from veedor.kernel.errors import DONE, UNDETERMINED, USAGE

Veedor = Callable[..., Any]  # of conftest.py, which test modules cannot import
NAMES = tuple(library())
FINDING = re.compile(r"^(?P<file>\S+):(?P<line>\d+):(?P<column>\d+)  (?P<rule>[A-Z]{3}\d{3})  (?:error|warning|note)  ")


@pytest.mark.parametrize("name", NAMES)
def test_a_project_on_each_accord_of_the_library(veedor: Veedor, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "watch"
    made = veedor("new", str(folder), "--accord", name)
    assert (made.code, made.err) == (DONE, "")
    assert str(folder) in made.out
    assert {path.name for path in folder.iterdir()} == {"README.md", "accord", "indicators", "veedor.toml"}
    assert (folder / "accord" / f"{name}.yaml").read_bytes() == library()[name].read_bytes()
    linted = veedor("lint", "--format", "json", project=folder)
    body = json.loads(linted.out)
    assert body["format_version"] == 1
    has_errors = any(finding["severity"] == "error" for finding in body["findings"])
    assert linted.code == (UNDETERMINED if has_errors else DONE)
    assert {finding["rule"] for finding in body["findings"]} <= set(RULES)


def test_the_real_group_shows_how_little_can_be_verified(veedor: Veedor, tmp_path: Path) -> None:
    veedor("new", str(tmp_path / "sig"), "--accord", "sig-2025")
    linted = veedor("lint", project=tmp_path / "sig")
    assert linted.code == UNDETERMINED
    assert re.search(r"^US: \d+ of \d+ duties could ever be judged", linted.out, flags=re.MULTILINE)
    body = json.loads(veedor("lint", "--format", "json", project=tmp_path / "sig").out)
    assert all(share["judgeable"] < share["duties"] for share in body["judgeable"])


def test_every_finding_names_its_place_rule_and_repair(veedor: Veedor, tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    file.write_bytes(library()["sig-2025"].read_bytes())
    linted = veedor("lint", str(file))
    lines = linted.out.splitlines()
    found = [hit for line in lines if (hit := FINDING.match(line))]
    assert len(found) == len(json.loads(veedor("lint", str(file), "--format", "json").out)["findings"])
    text = file.read_text(encoding="utf-8").splitlines()
    assert all(1 <= int(hit["line"]) <= len(text) for hit in found)
    assert {hit["file"] for hit in found} == {str(file)}
    assert any(line.startswith("    repair: ") for line in lines)
    bare = veedor("lint", str(file), "--no-repairs").out
    assert "    repair: " not in bare
    assert len(bare.splitlines()) < len(lines)


def test_a_rule_that_lint_names_can_be_explained(veedor: Veedor, tmp_path: Path) -> None:
    file = tmp_path / "draft.yaml"
    file.write_bytes(library()["sig-2025"].read_bytes())
    body = json.loads(veedor("lint", str(file), "--format", "json").out)
    for rule in {finding["rule"] for finding in body["findings"]}:
        explained = veedor("explain", rule)
        assert explained.code == DONE
        assert explained.out.startswith(f"{rule} (")


def test_lint_reads_its_own_file_without_a_project_and_needs_one_without_a_file(
    veedor: Veedor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    alone = veedor("lint")
    assert alone.code == USAGE
    assert alone.out == ""
    assert "error[PRO001]" in alone.err


def test_an_accord_of_ones_own(veedor: Veedor, tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + library()["tact"].read_bytes())
    made = veedor("new", str(tmp_path / "p"), "--accord", str(file))
    assert made.code == DONE
    kept = tmp_path / "p" / "accord" / "tact.yaml"
    assert kept.read_bytes() == library()["tact"].read_bytes()
    judged = veedor("judge", "--format", "json", "--as-of", "2026-03-01", project=tmp_path / "p")
    assert json.loads(judged.out)["accord"] == open_library("tact").accord.accord


def test_a_bad_accord_makes_no_project(veedor: Veedor, tmp_path: Path) -> None:
    file = tmp_path / "bad.yaml"
    file.write_text("veedor: 1\naccord: mine\nfoo: 1\n", encoding="utf-8")
    made = veedor("new", str(tmp_path / "p"), "--accord", str(file))
    assert made.code == USAGE
    assert made.out == ""
    lines = made.err.splitlines()
    assert lines[0].startswith("error[ACC000]: 6 problems in ")
    assert any(line.startswith("  3:1  ACC020  ") and '"foo"' in line for line in lines)
    assert not (tmp_path / "p").exists()


def test_a_name_that_is_nearly_one_is_suggested_and_not_taken(veedor: Veedor, tmp_path: Path) -> None:
    made = veedor("new", str(tmp_path / "p"), "--accord", "merida-condition")
    assert made.code == USAGE
    assert '("merida-conditions"?)' in made.err
    assert not (tmp_path / "p").exists()


def test_a_folder_in_use_is_left_as_it_was(veedor: Veedor, tmp_path: Path, contents: Callable[[Path], dict[str, str]]) -> None:
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    before = contents(tmp_path)
    made = veedor("new", str(tmp_path))
    assert made.code == USAGE
    assert "error[PRO002]" in made.err
    assert "thesis.txt" in made.err
    assert contents(tmp_path) == before


def test_the_project_speaks_the_language_it_was_made_in(veedor: Veedor, tmp_path: Path) -> None:
    veedor("--lang", "es", "new", str(tmp_path / "p"), "--accord", "merida-conditions")
    folder = tmp_path / "p"
    spanish = veedor("snapshots", project=folder).out
    assert spanish == veedor("--lang", "es", "snapshots", project=folder).out
    assert spanish != veedor("--lang", "en", "snapshots", project=folder).out
    assert veedor("snapshots", project=folder, env={"VEEDOR_LANG": "en"}).out != spanish
    assert veedor("snapshots", project=folder, env={"LANG": "en_US.UTF-8"}).out == spanish
    wrong = veedor("judge", "--at", "ffff", project=folder).err
    assert wrong == veedor("--lang", "es", "judge", "--at", "ffff", project=folder).err
    assert "efecto" in wrong
