"""Access requests: one for each office, under the law that binds whoever controls the record, citing every verdict it settles."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import veedor.reports
from veedor.kernel import canonical
from veedor.kernel.language import LANGUAGES
from veedor.reports import markdown
from veedor.reports.document import Document, Letter, as_json, joined
from veedor.reports.laws import laws
from veedor.reports.parts import Shelf
from veedor.reports.records import remedies
from veedor.reports.requests import requests
from veedor.verdicts.rows import verdict_digest
from veedor.verdicts.verdict import Judgement, Outcome


@pytest.fixture(scope="module")
def made(shelf: Shelf, judgement: Judgement) -> Document:
    return requests(shelf, judgement)


def data(document: Document) -> dict:
    return canonical.read(as_json(document, "en"))["data"]


def test_every_undetermined_verdict_is_somewhere_and_once(made: Document, judgement: Judgement) -> None:
    found = data(made)
    asked = {one["label"] for request in found["requests"] for record in request["records"] for one in record["settles"]}
    public = {one["label"] for quoted in found["already_public"].values() for one in quoted}
    unasked = {one["label"] for request in found["no_law_on_file"] for record in request["records"] for one in record["settles"]}
    others = {one["label"] for quoted in found["settled_by_no_record"].values() for one in quoted}
    undetermined = {v.label for v in judgement.verdicts if v.outcome is Outcome.UNDETERMINED}
    assert asked | public | unasked | others == undetermined
    assert len(asked) + len(public) + len(unasked - asked) + len(others) == len(undetermined)


def test_the_law_and_its_language_follow_the_controller(made: Document) -> None:
    found = {(one["controller"], one["office"]): (one["language"], one["law"][:35]) for one in data(made)["requests"]}
    assert found == {
        ("MX", "Secretaría de Relaciones Exteriores"): ("es", "la Ley General de Transparencia y A"),
        ("US", "Department of Health and Human Services"): ("en", "the Freedom of Information Act, 5 U"),
        ("US", "Department of State"): ("en", "the Freedom of Information Act, 5 U"),
    }
    assert [block.lang for block in made.blocks if isinstance(block, Letter)] == ["es", "en", "en"]


def test_one_request_covers_every_verdict_that_needs_the_same_record(made: Document, judgement: Judgement) -> None:
    treated = next(request for request in data(made)["requests"] if "Health" in request["office"])
    assert len(treated["records"]) == 1
    assert [one["label"] for one in treated["records"][0]["settles"]] == ["handed-in (US)", "handed-in-again (US)"]
    digests = {one["digest"] for one in treated["records"][0]["settles"]}
    assert digests == {verdict_digest(judgement.verdict(name)) for name in ("handed-in", "handed-in-again")}
    text = markdown.render(made, "en")
    assert all(digest[:12] in text for digest in digests)


def test_the_period_asked_for_holds_window_baseline_and_enough_months_to_know_the_noise(made: Document) -> None:
    treated = next(request for request in data(made)["requests"] if "Health" in request["office"])
    assert treated["records"][0]["period"] == {"starts": "2018-01-01", "ends": "2021-01-01"}


def test_where_one_side_has_spoken_the_other_is_asked(made: Document) -> None:
    minutes = [
        (request["controller"], [one["label"] for one in record["settles"]])
        for request in data(made)["requests"] for record in request["records"] if record["name"] == "minutes"
    ]  # fmt: skip
    assert minutes == [("MX", ["minutes (US)", "minutes (MX)"])]


def test_an_armed_group_is_never_asked(made: Document) -> None:
    assert "letters (G)" in {one["label"] for one in data(made)["settled_by_no_record"]["record"]}
    assert all(request["controller"] != "G" for request in data(made)["requests"])


def test_every_letter_is_marked_names_format_reason_and_asks_for_no_personal_data(shelf: Shelf, judgement: Judgement) -> None:
    made = requests(shelf, judgement, synthetic=True)
    letters = [block for block in made.blocks if isinstance(block, Letter)]
    assert letters
    for letter in letters:
        said = [joined(part.said, "en") for part in letter.blocks if hasattr(part, "said")]
        assert said[:2] == ["exercise: no party has signed this", "made-up figures: every file of this project is synthetic"]
        whole = " ".join(said)
        assert "machine-readable" in whole
        assert judgement.result_digest[:12] in whole
        assert "I ask for no personal data." in whole
    assert "none of these requests is to be sent" in markdown.render(made, "en")


def test_figures_of_a_publisher_that_no_law_binds_are_listed_apart(shelf: Shelf, judged: Callable[..., Judgement]) -> None:
    from veedor.indicators.answers import NO_ROWS
    from veedor.kernel.known import Unknown

    found = judged()
    why = NO_ROWS(sources=("posted",), place="MX", needs=shelf.indicators["posted"].needs)
    verdict = replace(found.verdict("published"), reasons=(why,), did=Unknown(why))
    lone = remedies(shelf, replace(found, verdicts=(verdict,)))
    assert [(holder.controller, holder.office, holder.law) for holder, _ in lone.unasked] == [("institute", "Institute", None)]
    assert not lone.asked
    assert "No law of access is on file" in markdown.render(requests(shelf, replace(found, verdicts=(verdict,))), "en")


def test_nothing_undetermined_is_nothing_to_ask_for(shelf: Shelf, judged: Callable[..., Judgement]) -> None:
    found = judged()
    kept = tuple(v for v in found.verdicts if v.outcome is not Outcome.UNDETERMINED)
    made = requests(shelf, replace(found, verdicts=kept))
    assert "No verdict is undetermined for want of a record" in markdown.render(made, "en")


def test_laws_are_whole_and_speak_a_language_that_is_spoken_here() -> None:
    assert laws()
    for law in laws().values():
        assert law.language in LANGUAGES
        assert law.name
        assert law.through
        assert law.terms


def test_no_rule_mentions_a_country() -> None:
    """Rule 10: who is asked under which law is data."""
    folder = Path(veedor.reports.__file__).parent
    named = re.compile(r"\b(?:US|MX|Mexic\w+|Americ\w+|FOIA|LGTAIP|PNT)\b")
    found = {path.name: named.findall(path.read_text(encoding="utf-8")) for path in folder.glob("*.py")}
    assert {name: hits for name, hits in found.items() if hits} == {}
