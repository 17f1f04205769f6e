"""Files of publishers and sheets of one's own into a project: what is said, what is stored, and when nothing is."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from veedor.kernel.errors import DONE, USAGE
from veedor.records.kinds import KINDS
from veedor.sources.registry import sources
from veedor.starter import contents as starter_contents

Veedor = Callable[..., Any]  # of conftest.py, which test modules cannot import
Contents = Callable[[Path], dict[str, str]]
ACTS = "actor,action,object,at,document,grade\nMX,signed,memorandum,2026-03-02,minutes,B2\nUS,signed,memorandum,2026-03-02,minutes,B2\n"
SPANISH = "quien,que,sobre,cuando\nUS,met,monthly-meetings,2026-03-05\n"


@pytest.fixture
def project(veedor: Veedor, tmp_path: Path) -> Path:
    """An empty project on a small accord."""
    veedor("new", str(tmp_path / "p"), "--accord", "merida-conditions")
    return tmp_path / "p"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The starter project's files, by name."""
    folder = tmp_path_factory.mktemp("files")
    for file in starter_contents.FILES:
        (folder / file.name).write_bytes(file.read())
    return {path.name.removesuffix(".csv"): path for path in folder.iterdir()}


def held(veedor: Veedor, project: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(veedor("snapshots", "--format", "json", project=project).out)["snapshots"]
    return found


@pytest.mark.parametrize("file", starter_contents.PUBLISHERS, ids=lambda file: file.name)
def test_a_publishers_file_is_recognised_by_its_content(
    veedor: Veedor, project: Path, files: dict[str, Path], file: starter_contents.File, tmp_path: Path
) -> None:
    renamed = tmp_path / "download (3).bin"
    renamed.write_bytes(files[file.name.removesuffix(".csv")].read_bytes())
    taken = veedor("add", str(renamed), "--published", file.published.isoformat(), project=project)
    assert taken.code == DONE, taken.err
    said = re.fullmatch(r"download \(3\)\.bin: (?P<source>[a-z0-9-]+), snapshot (?P<digest>[0-9a-f]{12}), .+, records: [\d,]+\n", taken.out)
    assert said is not None, taken.out
    assert said["source"] in sources()
    (one,) = held(veedor, project)
    assert (one["source"], one["known_from"], one["usable"]) == (said["source"], file.published.isoformat(), True)
    assert one["digest"].startswith(said["digest"])
    assert one["size"] == renamed.stat().st_size
    assert veedor("snapshots", "--check", project=project).code == DONE


def test_several_at_once_and_one_again(veedor: Veedor, project: Path, files: dict[str, Path]) -> None:
    two = [str(files["synthetic-ucdp-nonstate"]), str(files["synthetic-sat-69b"])]
    taken = veedor("add", *two, project=project)
    assert taken.code == DONE
    assert [line.split(":")[0] for line in taken.out.splitlines()] == ["synthetic-ucdp-nonstate.csv", "synthetic-sat-69b.csv"]
    again = veedor("add", two[0], project=project)
    assert again.code == DONE
    assert "was held already; this capture was added" in again.out
    captures = {one["source"]: len(one["captures"]) for one in held(veedor, project)}
    assert captures == {"ucdp-nonstate": 2, "sat-69b": 1}


def test_the_same_bytes_under_another_name_are_one_snapshot(veedor: Veedor, project: Path, files: dict[str, Path], tmp_path: Path) -> None:
    copy = tmp_path / "2024-06-10 copy.csv"
    copy.write_bytes(files["synthetic-ucdp-nonstate"].read_bytes())
    veedor("add", str(files["synthetic-ucdp-nonstate"]), project=project)
    veedor("add", str(copy), project=project)
    (one,) = held(veedor, project)
    assert sorted(capture["name"] for capture in one["captures"]) == sorted([copy.name, "synthetic-ucdp-nonstate.csv"])


def test_one_file_that_no_source_reads_keeps_the_others_out(
    veedor: Veedor, project: Path, files: dict[str, Path], tmp_path: Path, contents: Contents
) -> None:
    (tmp_path / "page.csv").write_text("<!DOCTYPE html><html><title>Moved</title></html>", encoding="utf-8")
    (tmp_path / "other.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    before = contents(project)
    taken = veedor(
        "add", str(files["synthetic-sat-69b"]), str(tmp_path / "page.csv"), str(tmp_path / "other.csv"), project=project
    )  # fmt: skip
    assert taken.code == USAGE
    assert taken.out == ""
    assert re.findall(r"^error\[(\w+)\]", taken.err, flags=re.MULTILINE) == ["SRC004", "SRC001"]
    assert "Files that cannot be taken in: 2 of 3. None was taken in." in taken.err
    assert contents(project) == before


def test_a_path_that_is_wrong_costs_nothing(veedor: Veedor, project: Path, files: dict[str, Path], contents: Contents) -> None:
    before = contents(project)
    taken = veedor("add", str(files["synthetic-sat-69b"]), "nowhere.csv", project=project)
    assert taken.code == USAGE
    assert "error[SRC101]" in taken.err
    assert contents(project) == before


def test_a_guessed_mapping_is_shown_and_nothing_is_written_until_it_is_accepted(
    veedor: Veedor, project: Path, tmp_path: Path, contents: Contents
) -> None:
    sheet = tmp_path / "acts.csv"
    sheet.write_text(ACTS, encoding="utf-8")
    before = contents(project)
    asked = veedor("add", str(sheet), "--as", "act", project=project)
    assert asked.code == USAGE
    assert asked.out == ""
    for column in ("actor", "action", "object", "at", "document", "grade"):
        assert re.search(rf"^  {column} +->  {column}$", asked.err, flags=re.MULTILINE)
    assert "Nothing was taken in. Accept the mapping with --yes" in asked.err
    assert contents(project) == before
    taken = veedor("add", str(sheet), "--as", "act", "--yes", "--controller", "observers", "--grade", "B2", project=project)
    assert taken.code == DONE
    (one,) = held(veedor, project)
    assert (one["source"], one["controller"], one["grade"], one["records"]) == ("user:acts.csv", "observers", "B2", {"act": 2})


def test_a_mapping_of_ones_own_is_used_and_kept_beside_the_snapshot(veedor: Veedor, project: Path, tmp_path: Path) -> None:
    sheet, mapping = tmp_path / "acts.csv", tmp_path / "map.csv"
    sheet.write_text(SPANISH, encoding="utf-8")
    mapping.write_text("column,field\nquien,actor\nque,action\nsobre,object\ncuando,at\n", encoding="utf-8")
    asked = veedor("add", str(sheet), "--as", "act", "--yes", project=project)
    assert asked.code == USAGE
    assert "missing: action" in asked.err
    assert "error[SRC103]" in asked.err
    taken = veedor("add", str(sheet), "--as", "act", "--map", str(mapping), project=project)
    assert taken.code == DONE, taken.err
    (manifest,) = (project / "evidence" / "snapshots").iterdir()
    assert [tuple(pair) for pair in json.loads(manifest.read_bytes())["mapping"]] == [
        ("quien", "actor"), ("que", "action"), ("sobre", "object"), ("cuando", "at"),
    ]  # fmt: skip


def test_every_bad_cell_is_listed_with_its_address(veedor: Veedor, project: Path, tmp_path: Path, contents: Contents) -> None:
    sheet = tmp_path / "acts.csv"
    sheet.write_text(f"{ACTS}US,,memorandum,2026-13-45,x,B2\nUS,met,memorandum,03/04/2026,x,Z9\n", encoding="utf-8")
    before = contents(project)
    taken = veedor("add", str(sheet), "--as", "act", "--yes", project=project)
    assert taken.code == USAGE
    found = re.findall(r"^  ([A-Z]\d+) +(REC\d{3})  ", taken.err, flags=re.MULTILINE)
    assert found == [("B4", "REC020"), ("D4", "REC037"), ("D5", "REC025"), ("F5", "REC038")]
    assert taken.err.count("repair: ") == 4
    assert contents(project) == before


def test_the_same_in_a_workbook(veedor: Veedor, project: Path, tmp_path: Path, contents: Contents) -> None:
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(ACTS)):
        book.active.append(row)
    book.save(tmp_path / "acts.xlsx")
    book.active["D3"] = "=1/0"
    book.active["B2"] = None
    book.save(tmp_path / "bad.xlsx")
    before = contents(project)
    bad = veedor("add", str(tmp_path / "bad.xlsx"), "--as", "act", "--yes", project=project)
    assert bad.code == USAGE
    assert re.findall(r"^  ([A-Z]\d+) +(REC\d{3})  ", bad.err, flags=re.MULTILINE) == [("D3", "REC010")]
    assert contents(project) == before
    taken = veedor("add", str(tmp_path / "acts.xlsx"), "--as", "act", "--yes", project=project)
    assert taken.code == DONE, taken.err
    assert held(veedor, project)[0]["records"] == {"act": 2}


def test_one_bad_sheet_keeps_the_good_one_out(veedor: Veedor, project: Path, tmp_path: Path, contents: Contents) -> None:
    (tmp_path / "good.csv").write_text(ACTS, encoding="utf-8")
    (tmp_path / "bad.csv").write_text(ACTS.replace("2026-03-02", "soon"), encoding="utf-8")
    before = contents(project)
    taken = veedor("add", str(tmp_path / "good.csv"), str(tmp_path / "bad.csv"), "--as", "act", "--yes", project=project)
    assert taken.code == USAGE
    assert "1 of 2" in taken.err
    assert contents(project) == before


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_sheet_of_every_kind_can_be_filled_in_and_taken_in(veedor: Veedor, project: Path, tmp_path: Path, kind: str) -> None:
    printed = veedor("template", kind)
    assert (printed.code, printed.err) == (DONE, "")
    for name in ("sheet.csv", "sheet.xlsx"):
        written = veedor("template", kind, "-o", str(tmp_path / name))
        assert written.code == DONE
        assert f"veedor add {tmp_path / name} --as {kind}" in written.out
    assert (tmp_path / "sheet.csv").read_bytes() == printed.out.encode()
    empty = veedor("add", str(tmp_path / "sheet.xlsx"), "--as", kind, "--yes", project=project)
    assert empty.code == USAGE
    assert "REC017" in empty.err  # there are no rows yet, and its own instructions are none
    heading, *instructions = csv.reader(io.StringIO(printed.out.lstrip("\ufeff")))
    assert len(instructions) == 3  # English, Spanish, an example
    example = [cell.removeprefix("example / ejemplo: ").removeprefix("# ") for cell in instructions[-1]]
    filled = io.StringIO()
    csv.writer(filled).writerows([heading, example])
    (tmp_path / "filled.csv").write_text(filled.getvalue(), encoding="utf-8")
    taken = veedor("add", str(tmp_path / "filled.csv"), "--as", kind, "--yes", project=project)
    assert taken.code == DONE, taken.err
    assert held(veedor, project)[0]["records"] == {kind: 1}


def test_a_template_never_writes_over_a_file(veedor: Veedor, tmp_path: Path) -> None:
    (tmp_path / "mine.csv").write_text("mine", encoding="utf-8")
    written = veedor("template", "act", "-o", str(tmp_path / "mine.csv"))
    assert written.code == USAGE
    assert "error[PRO010]" in written.err
    assert (tmp_path / "mine.csv").read_text(encoding="utf-8") == "mine"
