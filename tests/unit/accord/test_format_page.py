"""The page that describes the format is compared with the format."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from veedor.accord import model, tree
from veedor.accord.lint import Catalogue, KnownIndicator, lint
from veedor.accord.reading import LARGEST, read_text
from veedor.accord.tests import KINDS

PAGE = (Path(__file__).resolve().parents[3] / "docs" / "accord-format.md").read_text(encoding="utf-8")
MODELS = [
    *(model.Accord, model.Commitment, model.Party, model.Organ, model.Phase, model.Step, model.Owed, model.Needs, model.Access),
    *(model.Reading, model.PostHoc, model.Adoption, model.ErrorBudget, model.Reply, model.Milepost, model.Document, model.Cite),
    *(model.Quote, *KINDS.values()),
]


def test_the_example_is_an_accord_without_weakness() -> None:
    (example,) = re.findall(r"```yaml\n(.*?)```", PAGE, flags=re.DOTALL)
    found = read_text(example, "example.yaml")
    rate = KnownIndicator(unit="per 100000 people per year", sources=("s",), direction="down")
    assert lint(found, Catalogue(indicators={"homicide_rate": rate}, controllers={"s": "university"})) == ()


@pytest.mark.parametrize("part", MODELS, ids=lambda part: part.__name__)
def test_every_key_is_described(part: Any) -> None:  # noqa: ANN401
    assert [key for key in part.model_fields if f"`{key}`" not in PAGE and f"`{key}:" not in PAGE] == []


@pytest.mark.parametrize("part", [model.Accord, model.Commitment], ids=lambda part: part.__name__)
def test_required_keys_are_marked(part: Any) -> None:  # noqa: ANN401
    marked = {key for key, field in part.model_fields.items() if field.is_required()}
    section = PAGE.partition("## Keys of the accord" if part is model.Accord else "## Keys of a commitment")[2].split("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    assert {key for row in rows for key in re.findall(r"`(\w+)`\*", row)} == marked


def test_limits_and_words_are_the_real_ones() -> None:
    assert f"more than {tree.DEEPEST} levels, {tree.MOST_VALUES:,} values or {LARGEST:,} bytes" in PAGE
    themes = " ".join(PAGE.partition("\nThemes: ")[2].split(".")[0].split())
    assert themes == ", ".join(model.THEMES)
