"""The agenda: in the order in which an organ has to decide, on two pages, with an owner or the words that there is none."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from veedor.accord.library import library, open_library
from veedor.accord.lint import Finding, lint
from veedor.accord.reading import AccordFile
from veedor.indicators.answers import NO_SOURCE
from veedor.indicators.catalogue import catalogue
from veedor.indicators.registry import indicators
from veedor.kernel import canonical
from veedor.kernel.known import Unknown
from veedor.kernel.language import Text
from veedor.reports import markdown
from veedor.reports.agenda import agenda
from veedor.reports.document import Clause, Document, Heading, Table, as_json, words
from veedor.testing import build
from veedor.verdicts.inputs import Inputs
from veedor.verdicts.judge import Setting, judge, wanted
from veedor.verdicts.rows import verdict_digest
from veedor.verdicts.verdict import Judgement


@pytest.fixture(scope="module")
def made(file: AccordFile, judgement: Judgement, findings: tuple[Finding, ...]) -> Document:
    return agenda(file.accord, judgement, findings)


def tables(document: Document) -> dict[str, list[list[str]]]:
    """Rows in English under the heading that stands above them."""
    found: dict[str, list[list[str]]] = {}
    above = ""
    for block in document.blocks:
        if isinstance(block, Heading):
            above = words(block.said, "en")
        elif isinstance(block, Table):
            found[above] = [[words(cell, "en") for cell in row] for row in block.rows]
    return found


def test_each_organ_decides_its_own_and_the_one_that_meets_first_comes_first(made: Document) -> None:
    found = tables(made)
    assert list(found)[:2] == ["Council: meets every month", "Board: meets every quarter"]
    assert [row[1] for row in found["Council: meets every month"]] == ["office", "fewer", "minutes", "minutes"]
    assert found["Council: meets every month"][0] == [
        "BROKEN: consultation; late by 32 days", "office", "US+MX", "by 2020-06-30", "US: Department of State",
    ]  # fmt: skip
    board = found["Board: meets every quarter"]
    assert [row[0] for row in board][:2] == [
        "BROKEN: finding", "suspension proposed: it depends on no-entry, which is broken; an organ decides",
    ]  # fmt: skip
    assert ["ask for its record", "letters", "G", "by 2020-03-31", "nobody is named"] in board
    assert ["take in its published figures", "published", "MX", "by 2020-12-31", "nobody is named"] in board


def test_an_unlawful_term_is_put_before_no_organ(made: Document) -> None:
    assert all(row[1] != "route" for rows in tables(made).values() for row in rows)


def test_what_falls_due_within_ninety_days_is_listed_and_nothing_later(made: Document) -> None:
    found = tables(made)["Falls due in the next 90 days, up to 2021-05-30: 1"]
    assert found == [["by 2021-04-30", "soon", "US", "Department of State"]]


def test_duties_without_an_owner_are_counted_of_all_for_each_party(made: Document) -> None:
    assert tables(made)["Duties for which a party names no office"] == [
        ["US", "1 of 8", "wish"],
        ["MX", "3 of 11", "office, published, wish"],
    ]


def test_repairs_are_clauses_in_both_languages(made: Document) -> None:
    clauses = [block for block in made.blocks if isinstance(block, Clause)]
    assert clauses
    assert all(clause.words.en and clause.words.es for clause in clauses)
    assert clauses[0].paste.startswith("test: {")


def test_a_clause_that_repairs_several_commitments_stands_once(
    file: AccordFile, judgement: Judgement, findings: tuple[Finding, ...]
) -> None:
    one = next(found for found in findings if found.repair is not None)
    made = agenda(file.accord, judgement, [replace(one, commitment=name) for name in ("b", "c", "b")])
    assert [repaired.commitments for repaired in made.data["repairs"]] == [("b", "c")]


def test_programs_get_every_decision_with_the_digest_of_its_verdict(made: Document, judgement: Judgement) -> None:
    data = canonical.read(as_json(made, "en"))["data"]
    assert len(data["decisions"]) == 16
    assert {one["verdict"] for one in data["decisions"]} <= {verdict_digest(v) for v in judgement.verdicts}
    assert data["due_soon"][0] | {"verdict": ""} == {
        "matter": "due", "commitment": "soon", "parties": ["US"], "organ": "board", "step": "", "day": "2021-04-30",
        "owner": [["US", "Department of State"]], "verdict": "",
    }  # fmt: skip


def test_a_quiet_accord_says_so() -> None:
    accord = build.accord(build.commitment("{milestone: opened, by: month 40}", kind="conduct", owner="{MX: Office}"))
    made = markdown.render(agenda(accord, build.judged(accord, as_of=date(2020, 2, 1)), ()), "en")
    assert "Nothing is broken, missed, late, overdue or proposed for suspension." in made
    assert "Nothing falls due up to 2020-05-01." in made
    assert "Every duty of every party names an office that acts." in made


@pytest.mark.parametrize("name", list(library()))
@pytest.mark.parametrize("years", [0, 2, 9])
def test_the_agenda_of_any_accord_fits_two_pages(name: str, years: int) -> None:
    """When nothing is known yet, and long after: 110 lines, and not many more where a line of print holds 110 characters."""
    found, known = open_library(name), indicators()
    nothing = Unknown(NO_SOURCE(needs=Text(en="a record")), ("MX",))
    series = {(asked, place or known[asked].place): nothing for asked, place in wanted(found.accord, known)}
    starts = found.accord.starts
    as_of = starts.replace(year=starts.year + years)
    setting = Setting(accord_digest="0" * 64, as_of=as_of, starts=starts, versions=(), snapshots_held=0)
    judgement = judge(found.accord, Inputs(series=series, indicators=known), setting)
    weak = lint(found, catalogue(known, {name: "MX" for one in known.values() for name in one.sources}))
    lines = markdown.render(agenda(found.accord, judgement, weak), "es").splitlines()
    assert len(lines) <= 110
    assert sum(max(1, -(-len(line) // 110)) for line in lines if line) <= 130
