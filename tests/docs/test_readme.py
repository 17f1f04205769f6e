"""The first screen of the README: the command is there early, and the output below it is what the command prints."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FIRST_RESULT = 20  # the line by which a reader has seen a verdict
LONGEST = 40  # lines of output


@pytest.fixture(scope="module")
def script() -> dict[str, Any]:
    """The module that writes the block."""
    return runpy.run_path(str(ROOT / "docs" / "refresh_readme.py"))


@pytest.fixture(scope="module")
def page() -> str:
    """The README as it is."""
    return (ROOT / "README.md").read_text(encoding="utf-8")


def _block(script: dict[str, Any], page: str) -> str:
    return page.partition(script["BEGINS"])[2].partition(script["ENDS"])[0]


@pytest.mark.xdist_group("start")
def test_the_output_is_the_real_one(script: dict[str, Any], page: str) -> None:
    assert _block(script, page) == script["excerpt"](script["output"]()), "run: just readme"


def test_the_block_is_marked_and_short(script: dict[str, Any], page: str) -> None:
    block = _block(script, page)
    assert 20 <= len(block.splitlines()) <= LONGEST
    assert script["MORE"] in block
    assert "made-up figures" in block


def test_a_verdict_stands_on_the_first_screen(page: str) -> None:
    lines = page.splitlines()
    first = next(number for number, line in enumerate(lines, 1) if line.startswith("KEPT "))
    assert first <= FIRST_RESULT


def test_a_readme_without_its_marks_is_refused(script: dict[str, Any]) -> None:
    with pytest.raises(SystemExit, match="marks"):
        script["refreshed"]("# no block", "text")
