"""The page that says where each part of the founding documents went is true: its commitments and commands exist, its reasons are given."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest

from veedor.accord.library import library, open_library

PAGE = Path(__file__).resolve().parents[2] / "docs" / "seeds.md"
SEEDS = ("000", "001", "002", "003", "004")
LONGEST_CELL = 260
NOT_BUILT = "not built, because "
_REFERENCE = re.compile(r"`([a-z0-9-]+):([a-z0-9-]+)`")
_COMMAND = re.compile(r"`veedor ([a-z]+)(?: ([a-z]+))?`")


class Row(NamedTuple):
    heading: str
    part: str
    number: str
    where: str


def rows() -> list[Row]:
    found: list[Row] = []
    heading = ""
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            heading = line.removeprefix("## ")
        elif line.startswith("| ") and not line.startswith("| part "):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            assert len(cells) == 3, line
            found.append(Row(heading, *cells))
    return found


def test_there_is_a_table_for_each_document_and_no_part_twice() -> None:
    headings = [row.heading for row in rows()]
    for seed in SEEDS:
        assert sum(heading.startswith(f"{seed}:") for heading in headings) >= 10, seed
    parts = [(row.heading, row.part) for row in rows()]
    assert len(parts) == len(set(parts))


def test_every_row_says_one_of_three_things() -> None:
    for row in rows():
        left = re.sub(r"[`,\s]", "", _COMMAND.sub("", _REFERENCE.sub("", row.where)))
        kinds = [bool(_REFERENCE.search(row.where)), bool(_COMMAND.search(row.where)), row.where.startswith(NOT_BUILT)]
        assert sum(kinds) == 1, row
        assert row.where.startswith(NOT_BUILT) or left == "", row
        assert not row.where.startswith(NOT_BUILT) or len(row.where) > len(NOT_BUILT) + 10, row
        assert len(row.where) <= LONGEST_CELL, row


def test_every_part_of_the_design_occurs() -> None:
    assert {row.number for row in rows()} == {f"M{number}" for number in range(1, 28)}


def test_every_commitment_exists() -> None:
    named = {(accord, commitment) for row in rows() for accord, commitment in _REFERENCE.findall(row.where)}
    assert len(named) > 150
    held = {(name, commitment) for name in library() for commitment in open_library(name).accord.commitments}
    assert sorted(named - held) == []


@pytest.mark.parametrize("name", ["ssa", "tact", "partnership-asks", "merida-conditions"])
def test_every_commitment_of_an_accord_from_the_documents_has_its_part(name: str) -> None:
    named = {commitment for row in rows() for accord, commitment in _REFERENCE.findall(row.where) if accord == name}
    assert sorted(set(open_library(name).accord.commitments) - named) == []


def test_every_command_is_a_command() -> None:
    main = pytest.importorskip("veedor.cli.main", reason="the command line does not exist yet")
    import click

    known = set(main.cli.list_commands(click.Context(main.cli)))
    assert {word for row in rows() for word, _second in _COMMAND.findall(row.where)} <= known


def test_every_report_is_a_report() -> None:
    report = pytest.importorskip("veedor.cli.commands.report", reason="the command `veedor report` does not exist yet").command
    import click

    named = {second for row in rows() for word, second in _COMMAND.findall(row.where) if word == "report"}
    if isinstance(report, click.Group):
        known = set(report.list_commands(click.Context(report)))
    else:
        known = {choice for param in report.params if isinstance(param.type, click.Choice) for choice in param.type.choices}
    assert named
    assert named <= known
    assert {word for row in rows() for word, second in _COMMAND.findall(row.where) if second} == {"report"}
