"""The first accord to change reads, and lint finds in it only what the parties have to fill in."""

from __future__ import annotations

from datetime import date

import pytest

from veedor.accord.drafting import draft
from veedor.accord.errors import DraftNameError
from veedor.accord.lint import Catalogue, lint
from veedor.accord.reading import read_text


def test_a_draft_reads_without_problems() -> None:
    found = read_text(draft("border-accord", starts=date(2028, 3, 1)), "border-accord.yaml")
    assert found.accord.accord == "border-accord"
    assert found.accord.starts == date(2028, 3, 1)
    assert found.accord.is_exercise


def test_a_draft_has_no_weakness_of_its_own() -> None:
    found = read_text(draft("border-accord"), "border-accord.yaml")
    assert lint(found, Catalogue(indicators={}, controllers={})) == ()


def test_both_languages_explain_it() -> None:
    remarks = [line.partition("#")[2] for line in draft("a").splitlines() if "#" in line]
    assert any("ambas partes" in remark for remark in remarks)
    assert any("both parties" in remark for remark in remarks)


@pytest.mark.parametrize("name", ["", "Border", "a b", "a:b", "../a", 'a"', "a\n"])
def test_a_name_that_cannot_be_one(name: str) -> None:
    with pytest.raises(DraftNameError):
        draft(name)
