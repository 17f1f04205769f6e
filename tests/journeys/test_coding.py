"""Two coders grade a commitment: each blind to the other until their own grade is recorded."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from veedor.accord.library import open_library
from veedor.kernel.errors import DONE, USAGE

Veedor = Callable[..., Any]  # of conftest.py, which test modules cannot import
COMMITMENT = next(iter(open_library("merida-conditions").accord.commitments))
QUESTION = ("code", COMMITMENT, "--party", "MX")


@pytest.fixture
def project(veedor: Veedor, tmp_path: Path) -> Path:
    """An empty project on a small accord."""
    veedor("new", str(tmp_path / "p"), "--accord", "merida-conditions")
    return tmp_path / "p"


def test_a_grade_is_hidden_until_ones_own_is_recorded(veedor: Veedor, project: Path) -> None:
    first = veedor(*QUESTION, "--coder", "c17", "--grade", "2", "--because", "two of three agencies", project=project)
    assert first.code == DONE
    assert f"Recorded: {COMMITMENT} (MX), 2 of 3 by c17." in first.out
    assert "No other coder has graded it yet." in first.out
    refused = veedor(*QUESTION, "--coder", "c23", "--grade", "7", project=project)
    assert refused.code == USAGE
    assert "c17" not in refused.out + refused.err, "a grade that is refused must not show the other coder's"
    second = veedor(*QUESTION, "--coder", "c23", "--grade", "3", project=project)
    assert second.code == DONE
    assert "c17 gave 2 of 3: two of three agencies" in second.out


def test_what_another_party_owes_is_graded_apart(veedor: Veedor, project: Path) -> None:
    veedor(*QUESTION, "--coder", "c17", "--grade", "2", project=project)
    other = veedor("code", COMMITMENT, "--party", "US", "--coder", "c23", "--grade", "1", project=project)
    assert other.code == DONE
    assert "c17" not in other.out


def test_each_grade_is_evidence_with_its_controller(veedor: Veedor, project: Path) -> None:
    for coder, controller in (("c17", "first-institute"), ("c23", "second-institute")):
        veedor(*QUESTION, "--coder", coder, "--grade", "2", "--controller", controller, project=project)
    held = json.loads(veedor("snapshots", "--format", "json", project=project).out)["snapshots"]
    assert {(one["source"], one["controller"], tuple(one["records"])) for one in held} == {
        ("user:coding", "first-institute", ("coding",)), ("user:coding", "second-institute", ("coding",)),
    }  # fmt: skip
    assert veedor("snapshots", "--check", project=project).code == DONE


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        (("code", "no-such-commitment", "--party", "MX", "--coder", "c17", "--grade", "2"), "KER001"),
        (("code", COMMITMENT, "--party", "CA", "--coder", "c17", "--grade", "2"), "KER001"),
        ((*QUESTION, "--coder", "c17", "--grade", "5"), "CLI001"),
        ((*QUESTION, "--coder", "c17"), "CLI001"),
        ((*QUESTION, "--coder", " ", "--grade", "2"), "REC051"),
        ((*QUESTION, "--coder", "c17", "--grade", "2", "--controller", ""), "SRC106"),
    ],
)
def test_a_grade_that_cannot_be_is_not_recorded(
    veedor: Veedor, project: Path, contents: Callable[[Path], dict[str, str]], changed: tuple[str, ...], code: str
) -> None:
    before = contents(project)
    said = veedor(*changed, project=project)
    assert said.code == USAGE
    assert said.out == ""
    assert f"error[{code}]" in said.err
    assert contents(project) == before


def test_what_a_coder_writes_cannot_move_the_cursor(veedor: Veedor, project: Path) -> None:
    veedor(*QUESTION, "--coder", "c17", "--grade", "2", "--because", "\x1b[2J\u202enothing\r\n\x9b31mhere", project=project)
    shown = veedor(*QUESTION, "--coder", "c23", "--grade", "2", project=project).out
    assert not set(shown) & set("\x1b\x9b\r\u202e")
    assert "nothing" in shown
