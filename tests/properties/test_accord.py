"""Whatever stands in a file, reading gives an accord or says what is wrong with it, and where."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from veedor.accord import tree
from veedor.accord.drafting import draft
from veedor.accord.errors import AccordProblemsError
from veedor.accord.library import library
from veedor.accord.lint import Catalogue, KnownIndicator, lint, verifiable_share
from veedor.accord.model import THEMES
from veedor.accord.reading import AccordFile, read_bytes, read_text
from veedor.accord.tests import KINDS
from veedor.kernel.errors import VeedorError

BASE = draft("base")
YAMLISH = st.text(alphabet=st.sampled_from("ab:-[]{},#&*!|>'\"%@`?~ \n\t\r\\\x00\x85\u2028\ufeffñ01"), max_size=120)
WORDS = st.text(alphabet=st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Cn")), min_size=1, max_size=30).filter(
    lambda text: text.strip() and "\ufeff" not in text
)
NAMES = st.from_regex(r"[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,6})?", fullmatch=True)
INDICATORS = st.from_regex(r"[a-z]{2,6}_[a-z]{2,6}", fullmatch=True)


def outcome(text: str) -> AccordFile | VeedorError:
    try:
        return read_text(text, "any.yaml")
    except VeedorError as error:
        for problem in error.problems:
            assert problem.line >= 1
            assert problem.column >= 1
            assert problem.what("en")
            problem.how("en")
        error.render("next", "en")
        return error


@given(st.one_of(st.text(max_size=200), YAMLISH))
def test_any_text_is_read_or_refused(text: str) -> None:
    outcome(text)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(VeedorError):
        read_bytes(data, "any.yaml")


@given(st.integers(0, len(BASE)), st.integers(0, 12), st.one_of(YAMLISH, st.text(max_size=12)))
def test_a_damaged_accord_is_read_or_refused(at: int, gone: int, instead: str) -> None:
    outcome(BASE[:at] + instead + BASE[at + gone :])


SCALARS = st.one_of(st.none(), st.booleans(), st.integers(-5, 5), WORDS, st.just("2026-13-01"), st.just("month 3"), st.just("12 %"))
ANYTHING = st.recursive(
    SCALARS, lambda below: st.one_of(st.lists(below, max_size=3), st.dictionaries(WORDS, below, max_size=3)), max_leaves=6
)


def _trails(value: Any, trail: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:  # noqa: ANN401
    yield trail
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, below in items:
        yield from _trails(below, (*trail, key))


@given(st.data())
def test_any_value_in_any_place_is_read_or_refused(data: st.DataObject) -> None:
    accord = yaml.load(BASE, yaml.BaseLoader)  # noqa: S506, texts only
    trail = data.draw(st.sampled_from([trail for trail in _trails(accord) if trail]))
    here = accord
    for step in trail[:-1]:
        here = here[step]
    here[trail[-1]] = data.draw(ANYTHING)
    outcome(yaml.safe_dump(accord, allow_unicode=True))


@st.composite
def accords(draw: st.DrawFn) -> dict[str, Any]:
    """Plain data of an accord that fits, with every kind of test."""
    words = st.fixed_dictionaries({"en": WORDS}, optional={"es": WORDS})
    parties = draw(st.lists(st.sampled_from(["A", "B", "C", "long_Key-1"]), min_size=1, max_size=3, unique=True))
    moments = st.one_of(st.dates(date(1990, 1, 1), date(2150, 1, 1)).map(str), st.integers(1, 999).map(lambda month: f"month {month}"))
    bound = st.sampled_from(["at_most", "at_least"])
    number = st.integers(0, 100).map(str)

    def test(kind: str) -> st.SearchStrategy[dict[str, str]]:
        side = {draw(bound): draw(number) + " %"}
        by = {"by": draw(moments)}
        made: dict[str, dict[str, str]] = {
            "level": {"level": draw(INDICATORS), **side, **by},
            "share": {"share": draw(INDICATORS), **side, "over": "3 months"},
            "change": {"change": draw(INDICATORS), "fall": draw(number) + " %", "against": "6 months before start"},
            "milestone": {"milestone": draw(NAMES), **by},
            "cadence": {"cadence": draw(NAMES), "every": "quarter", "grace": "5"},
            "absence": {"absence": draw(st.one_of(NAMES, INDICATORS)), "size": "1 event"},
            "coded": {"coded": "minimum", **by},
        }
        return st.just(made[kind])

    def commitment() -> dict[str, Any]:
        return {
            "kind": draw(st.sampled_from(["conduct", "result", "condition"])),
            "owed_by": {draw(st.sampled_from(["each", "joint"])): draw(st.lists(st.sampled_from(parties), min_size=1, unique=True))},
            "duty": draw(st.sampled_from(["must", "must-not", "should"])),
            "theme": draw(st.sampled_from(THEMES)),
            "says": draw(words),
            "cites": {"document": "d"},
            "test": draw(test(draw(st.sampled_from(list(KINDS))))),
        }

    names = draw(st.lists(NAMES, min_size=1, max_size=3, unique=True))
    return {
        "veedor": "1",
        "accord": draw(NAMES),
        "status": draw(st.sampled_from(["hypothetical", "draft", "ended"])),
        "title": draw(words),
        "starts": str(draw(st.dates(date(1900, 1, 1), date(2199, 12, 31)))),
        "documents": {"d": {"title": draw(WORDS)}},
        "parties": {party: {"kind": "state", "name": draw(words)} for party in parties},
        "commitments": {name: commitment() for name in names},
    }


@given(accords(), st.booleans())
def test_an_accord_survives_writing_and_reading(plain: dict[str, Any], flow: bool) -> None:
    text = yaml.safe_dump(plain, allow_unicode=True, default_flow_style=flow, sort_keys=False, default_style='"')
    found = read_text(text, "made.yaml")
    assert found.plain == plain
    again = yaml.safe_dump(dict(found.plain), allow_unicode=False, default_style="'")
    assert read_text(again, "again.yaml").text_digest == found.text_digest
    assert read_text(again, "again.yaml").accord == found.accord


@given(accords())
def test_every_place_points_at_its_value(plain: dict[str, Any]) -> None:
    text = yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, default_style='"', width=10**6)
    found = read_text(text, "made.yaml")
    lines = text.split("\n")
    for trail, (line, column) in found.positions.items():
        if not trail:
            continue
        value: Any = plain
        for step in trail:
            value = value[step]
        rest = lines[line - 1][column - 1 :]
        if isinstance(value, str):
            assert yaml.safe_load(rest.split('" : ')[0].rstrip(",}]")) == value
        elif isinstance(trail[-1], str):
            assert rest.startswith(f'"{trail[-1]}":')


@given(accords())
def test_lint_speaks_of_any_accord(plain: dict[str, Any]) -> None:
    found = read_text(yaml.safe_dump(plain), "made.yaml")
    known = {"ab_cd": KnownIndicator(unit="%", sources=("s",))}
    catalogue = Catalogue(indicators=known, controllers={"s": "A"})
    findings = lint(found, catalogue)
    assert findings == lint(found, catalogue)
    for finding in findings:
        assert finding.sentence.render("en")
        assert finding.line >= 1
    for count in verifiable_share(found, catalogue, findings):
        assert 0 <= count.judgeable <= count.duties


@pytest.mark.parametrize("name", library())
def test_both_yaml_readers_see_the_same(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The quick reader is a C library that may be absent; then the plain one has to give the same accord and places."""
    text = library()[name].read_text(encoding="utf-8")
    quick = tree.grow(text)
    monkeypatch.setattr(tree, "_LOADER", yaml.SafeLoader)
    assert tree.grow(text) == quick


@given(st.one_of(YAMLISH, st.integers(0, len(BASE)).map(lambda at: BASE[:at] + ":" + BASE[at:])))
def test_both_yaml_readers_refuse_the_same(text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        quick = tree.grow(text)
        patch.setattr(tree, "_LOADER", yaml.SafeLoader)
        plain = tree.grow(text)
    assert bool(quick.problems) == bool(plain.problems)


@given(YAMLISH)
def test_a_problem_stands_inside_the_file(text: str) -> None:
    found = outcome(text)
    if isinstance(found, AccordProblemsError):
        last = len(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        assert all(problem.line <= last + 1 for problem in found.problems)
