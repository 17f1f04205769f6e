"""What a publisher changed between two vintages, found on the command line, against a comparison of the files cell by cell."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from veedor.kernel.errors import DONE

Veedor = Callable[..., Any]  # of conftest.py, which test modules cannot import
pytestmark = pytest.mark.real
FIRST_MONTH = 7  # the columns before the months say where and what
OLD, NEW = "2023-08-24", "2024-02-21"


def vintage(real_data: Path, day: str) -> Path:
    return real_data / "01_crime_mx" / "sesnsp" / f"estatal_vintage_{day}.csv"


def cells(path: Path) -> dict[tuple[str, ...], str]:
    """Every cell of a file by year, state, crime and month, read with nothing of the program."""
    head, *rows = csv.reader(io.StringIO(path.read_text(encoding="latin-1")))
    assert len(head) == FIRST_MONTH + 12
    return {(*row[:FIRST_MONTH], str(month)): row[FIRST_MONTH + month - 1].strip() for row in rows for month in range(1, 13)}


def test_each_changed_cell_is_named(veedor: Veedor, real_data: Path, tmp_path: Path) -> None:
    project = tmp_path / "p"
    veedor("new", str(project), "--accord", "merida-conditions")
    taken = veedor("add", *(str(vintage(real_data, day)) for day in (OLD, NEW)), project=project)
    assert taken.code == DONE, taken.err
    held = json.loads(veedor("snapshots", "--format", "json", project=project).out)["snapshots"]
    old, new = (one["digest"][:12] for one in held)
    assert [one["known_from"] for one in held] == [OLD, NEW]

    before, now = cells(vintage(real_data, OLD)), cells(vintage(real_data, NEW))
    wanted = Counter(
        (f"MX{int(key[1]):02}", f"{key[0]}-{int(key[7]):02}", key[5], key[6], before[key].replace(",", ""), now[key].replace(",", ""))
        for key in before.keys() & now.keys()
        if before[key] != now[key]
    )
    said = veedor("diff", "sesnsp-idefc", old, new, "--format", "csv", project=project)
    rows = [row for row in csv.DictReader(io.StringIO(said.out)) if row["column"] == "count"]
    found = Counter((row["place"], row["valid_from"][:7], row["subcategory"], row["modality"], row["old"], row["new"]) for row in rows)
    assert found == wanted
    assert len(before.keys() - now.keys()) == 0

    text = veedor("diff", "sesnsp-idefc", old, new, project=project).out
    counts = re.search(r"incidence: ([\d,]+) rows changed, ([\d,]+) added, (\d+) gone", text)
    assert counts is not None
    changed, added, gone = (int(count.replace(",", "")) for count in counts.groups())
    assert (changed, added, gone) == (sum(wanted.values()), len(now.keys() - before.keys()), 0)
    assert re.search(r"^  MX\d\d, 20\d\d-\d\d, ", text, flags=re.MULTILINE)
