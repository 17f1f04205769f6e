"""The schema that editors use says what reading accepts."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from veedor.accord.drafting import draft
from veedor.accord.library import library
from veedor.accord.reading import read_text
from veedor.accord.schema import FILE, json_schema, write
from veedor.accord.tests import KINDS


class _Core(yaml.SafeLoader):
    """YAML as an editor reads it: numbers and booleans, but dates as text."""


_Core.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith("timestamp")]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@pytest.fixture(scope="module")
def validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(json_schema())
    return Draft202012Validator(json_schema())


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return {key: _plain(item) for key, item in value.items()} if hasattr(value, "items") else value


def test_the_shipped_file_is_the_one_the_model_gives(tmp_path: Path) -> None:
    shipped = resources.files("veedor.schemas").joinpath(FILE).read_text(encoding="utf-8")
    assert write(tmp_path).read_text(encoding="utf-8") == shipped, "run: just schemas"


@pytest.mark.parametrize("name", library())
def test_library_accords_validate(validator: Draft202012Validator, name: str) -> None:
    text = library()[name].read_text(encoding="utf-8")
    assert list(validator.iter_errors(yaml.load(text, _Core))) == []  # noqa: S506, a safe loader
    assert list(validator.iter_errors(_plain(read_text(text, name).plain))) == []


def test_a_draft_and_the_small_accord_validate(validator: Draft202012Validator, small: str) -> None:
    for text in (draft("border-accord"), small):
        assert list(validator.iter_errors(yaml.load(text, _Core))) == []  # noqa: S506


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("theme: aid", "them: aid"),
        ("theme: aid", "theme: aids"),
        ("kind: armed-group", "kind: armed-grup"),
        ("rise: 10 %, ", ""),
        ("rise: 10 %", "rise: 10 %, fall: 10 %"),
        ("at_most: 18 per 100000 people per year, ", ""),
        ("begins: month 1", "begins: month 0"),
        ("begins: month 1", "begins: soon"),
        ("owed_by: {each: [B]}", "owed_by: {each: [B], organ: council}"),
        ("owed_by: {each: [B]}", "owed_by: {}"),
        ("if_broken: [talk]\n  money", "if_broken: talk\n  money"),
        ("    without: {en: The written consent of A, es: El consentimiento escrito de A}\n", ""),
        ("    phase: second\n", "    phase: second\n    begins: month 2\n"),
        ("    readings:\n", "    test: {milestone: m, by: month 3}\n    readings:\n"),
        ("grade: B2, independent_sources: 1", "grade: H2, independent_sources: 1"),
        ("independent_sources: 1", "independent_sources: 0"),
        ("{cadence: reports,", "{cadense: reports,"),
        ("  rate:\n", "  Rate:\n"),
        ("starts: 2026-02-01", "starts: tomorrow"),
        ("veedor: 1\n", "veedor: 2\n"),
        ("grace: 10 days", "grace: a while"),
        ("seats: {A: 2", "seats: {A: -2"),
    ],
)
def test_what_reading_refuses_the_schema_refuses(validator: Draft202012Validator, small: str, old: str, new: str) -> None:
    assert old in small
    assert list(validator.iter_errors(yaml.load(small.replace(old, new), _Core)))  # noqa: S506


def test_every_kind_of_test_has_its_part(validator: Draft202012Validator) -> None:
    parts = json_schema()["$defs"]
    assert {cls.__name__ for cls in KINDS.values()} <= set(parts)
