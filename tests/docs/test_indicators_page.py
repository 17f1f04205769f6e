"""docs/indicators.md says what the code does: the same keys, columns, types and parts of SQL, and an example that loads."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from veedor.indicators import dialect, header
from veedor.indicators.registry import indicators
from veedor.indicators.series import OUTPUT
from veedor.records.kinds import KINDS, schema

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "indicators.md").read_text(encoding="utf-8")


def rows(heading: str) -> list[list[str]]:
    """The cells of the table below a heading, without its first two lines."""
    part = PAGE.split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in part.splitlines() if line.startswith("|")][2:]


def test_keys_are_those_of_the_parser() -> None:
    assert [row[0].strip("`") for row in rows("Keys of the header")] == list(header.KEYS)
    optional = {row[0].strip("`") for row in rows("Keys of the header") if row[1].startswith("optional")}
    assert optional == set(header.OPTIONAL)


def test_columns_are_those_of_the_contract() -> None:
    given = {row[0].strip("`"): row[1].strip("`") for row in rows("What a query yields")}
    assert given == {name: dialect.TYPES[kind] for name, kind in OUTPUT.items()}


def test_the_subset_is_that_of_the_check() -> None:
    given = [(row[0], row[1].strip("`")) for row in rows("What a query may use")]
    assert given == [(line.words, line.example) for line in dialect.ALLOWED]


def test_record_columns_are_those_of_the_kinds() -> None:
    given = {row[0].strip("`"): re.findall(r"`(\w+)`", row[1]) for row in rows("Columns of the record kinds")}
    assert given == {kind: schema(kind).names for kind in KINDS}


@pytest.mark.parametrize("line", dialect.ALLOWED, ids=lambda line: line.words[:20])
def test_each_example_is_allowed_and_shows_every_part_it_stands_for(line: dialect.Allowed) -> None:
    tree = dialect.parse(line.example)
    assert not [found for found in dialect.check(line.example, ("incidence", "statistic")) if found.code == "IND021"]
    used = {type(node) for node in tree.walk()}
    assert set(line.nodes) <= used


def test_the_example_file_loads(tmp_path: Path) -> None:
    example = re.search(r"```sql\n(.*?)```", PAGE, flags=re.DOTALL)
    assert example is not None
    (tmp_path / "patrols_joint.sql").write_text(example.group(1), encoding="utf-8")
    assert indicators(tmp_path)["patrols_joint"].kinds == ("statistic",)
