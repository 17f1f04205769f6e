"""The methods statement: every kind of test explained, nothing claimed that was not measured, every departure named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from veedor.accord.tests import KINDS
from veedor.kernel import canonical
from veedor.kernel.language import templates
from veedor.reports import causes, markdown
from veedor.reports.document import Document, as_json
from veedor.reports.method_texts import DESCRIBES, METHODS
from veedor.reports.methods import methods
from veedor.reports.parts import Shelf
from veedor.verdicts import methods as versions
from veedor.verdicts import sentences
from veedor.verdicts.verdict import Judgement


@pytest.fixture(scope="module")
def made(shelf: Shelf, judgement: Judgement) -> Document:
    return methods(shelf, judgement)


def test_every_kind_of_test_is_explained_for_the_method_in_use() -> None:
    assert set(METHODS) == set(KINDS)
    assert DESCRIBES == versions.CURRENT, "the method changed: read the texts again"


def test_every_reason_for_not_telling_has_a_cause() -> None:
    """The reasons are the templates from "why it cannot be told" on, up to the next section of the module."""
    source = sentences.__loader__.get_source(sentences.__name__) if sentences.__loader__ else ""
    section = source.split("why it cannot be told")[1].split("# ---")[0]
    codes = {code for code in templates() if f'"{code}"' in section}
    assert codes
    known = {template.code for group in causes._TEMPLATES.values() for template in group}
    assert sorted(codes - known) == []
    assert set(causes.CAUSES) == {*causes._TEMPLATES, "other"}


def test_only_the_kinds_used_are_explained_and_counted(made: Document) -> None:
    text = markdown.render(made, "en")
    assert "### Milestone" in text
    assert "### Share" not in text
    assert "Used by 6 of 20 verdicts." in text
    assert "3 of 20 verdicts have no test in the text" in text
    assert canonical.read(as_json(made, "en"))["data"]["verdicts_by_kind_of_test"] == {
        "absence": 2, "cadence": 1, "change": 1, "coded": 1, "level": 6, "milestone": 6, "none": 3,
    }  # fmt: skip


def test_it_says_that_error_rates_are_not_measured(made: Document) -> None:
    text = markdown.render(made, "en")
    assert "This release does not show that the budget is held" in text
    assert text.count("not yet measured") >= 3
    assert made.data["error_rates_measured"] is False
    assert "3 of 20 verdicts are decided, 1 of them by a test on noisy figures or grades" in text


def test_sources_stand_with_controller_grade_and_use_and_those_not_held_with_zero(made: Document) -> None:
    text = markdown.render(made, "en")
    assert "| made-up | Oficina de Estadística | MX | B2 | 1 | 4 |" in text
    assert "| user:acts.csv | – | independent | B2 | 1 | 1 |" in text
    assert "| posted | Institute | institute | B2 | 0 | 0 |" in text
    assert "made-up: What it measures. Breaks and traps: A break in 2015." in text
    assert "Handed in, by whoever the table names as controller: user:acts.csv, user:codings.csv." in text


def test_departures_are_named(shelf: Shelf, judged: Callable[..., Judgement]) -> None:
    later = replace(judged(held="MX"), starts=date(2020, 2, 1), left_out=(sentences.NO_TEST(),))
    text = markdown.render(methods(shelf, later, synthetic=True), "en").split("## Where this departs")[1]
    assert "Every figure is made up." in text
    assert "The accord starts on 2020-01-01; it was judged as if it had started on 2020-02-01." in text
    assert "fewer: its test was changed on 2020-06-01, after its first figures were visible. The first limit was a slip of the pen." in text
    assert "two-ways is read in 2 ways, each judged apart: less, more." in text
    assert "route: its object is unlawful, so it is recorded and never tested. It promises impunity." in text
    assert "one-sided: all figures are controlled by MX: fewer (MX)." in text
    assert "The accord names no test for it" in text


def test_an_accord_judged_as_written_has_no_departure(judged: Callable[..., Judgement], shelf: Shelf) -> None:
    commitments = {name: shelf.accord.commitments[name] for name in ("office", "no-raid")}
    accord = shelf.accord.model_copy(update={"commitments": commitments})
    found = judged()
    few = replace(found, verdicts=tuple(v for v in found.verdicts if v.commitment in commitments))
    text = markdown.render(methods(replace(shelf, accord=accord), few), "en")
    assert "None: no test was changed after the fact" in text
    assert "No test of this accord asks for figures." not in text  # acts were handed in, by sources of their own


def test_digests_and_versions_let_anyone_make_it_again(made: Document, judgement: Judgement) -> None:
    text = markdown.render(made, "en")
    for digest in (judgement.accord_digest, judgement.inputs_digest, judgement.result_digest, judgement.run_digest):
        assert digest in text
    assert f"veedor judge --at {judgement.result_digest[:12]}" in text
