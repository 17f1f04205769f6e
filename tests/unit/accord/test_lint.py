"""Every weakness that lint knows is found where it is put, and nowhere else."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
import yaml

from veedor.accord.errors import ONE_PROBLEM
from veedor.accord.lint import RULES, Catalogue, Finding, KnownIndicator, lint, verifiable_share
from veedor.accord.reading import AccordFile, read_text
from veedor.accord.rules.wording import soft_word
from veedor.accord.tests import LevelTest
from veedor.kernel.known import Known, Unknown

if TYPE_CHECKING:
    from veedor.accord.tests import AnyTest
    from veedor.kernel.known import Maybe

CONDUCT_RATE = "test: {level: deaths_rate, at_most: 18 per 100000 people per year, over: 12 months, by: 2029-01-31}"
CRIME = ("    test: {absence: raid, size: 1 raid, detect: 90 %}\n", "    unlawful: {en: A crime., es: Un delito.}\n")
FOR_BOTH, FOR_B = "owed_by: {each: [A, B]}\n    duty: must\n    theme: ", "owed_by: {each: [B]}\n    duty: must\n    theme: "
REPORTS = "test: {cadence: reports, every: month, grace: 10 days}"
RATE = "at_most: 18 per 100000 people per year, over: 12 months, by: 2029-01-31"

# rule, what is replaced by what (pairs), commitment and party the finding names; rules that come with it are in WITH
CASES: list[tuple[str, list[tuple[str, str]], str, str]] = [
    ("ACC101", [("    serves: [rate, money]\n", "    serves: [rate, money]\n    depends_on: [raids]\n"),
                ("    begins: month 1\n", "    begins: month 1\n    depends_on: [reports]\n")], "reports", ""),
    ("ACC101", [("    serves: [rate, money]\n", "    serves: [rate, money]\n    depends_on: [reports]\n")], "reports", ""),
    ("ACC102", [("meets: monthly", "meets: never")], "", ""),
    ("ACC102", [(", meets: monthly", "")], "", ""),
    ("ACC103", [("phases:\n", "  idle: {name: {en: Idle, es: Ocioso}, seats: {A: 1, B: 1}, meets: monthly}\nphases:\n")], "", ""),
    ("ACC104", [("seats: {A: 2, B: 2}", "seats: {A: 2}")], "", "B"),
    ("ACC105", [("serves: [rate, money]", "serves: [money]")], "rate", ""),
    ("ACC106", [("serves: [rate, money]", "serves: [rate, money, raids]")], "reports", ""),
    ("ACC107", [("    if_broken: [talk]\n  money", "  money")], "rate", ""),
    ("ACC108", [(", organ: council, within: 30}", "}")], "", ""),
    ("ACC109", [("    owner: {B: Treasury}\n", "")], "money", "B"),
    ("ACC110", [("by: 2029-01-31", "by: month 6")], "rate", ""),
    ("ACC111", [("by: month 36", "by: 2030-02-01")], "money", ""),
    ("ACC112", [("over: 12 months, by: 2029-01-31", "over: 12 months, by: month 12")], "rate", ""),
    ("ACC113", [("    phase: second\n", "    phase: second\n    post_hoc: {date: 2027-01-01, why: {en: w, es: w}}\n")], "rate", ""),
    ("ACC114", [CRIME], "raids", ""),
    ("ACC115", [CRIME,
                ("    serves: [rate, money]\n", "    serves: [rate, money]\n    depends_on: [raids]\n")], "reports", ""),
    ("ACC115", [CRIME,
                ("serves: [rate, money]", "serves: [rate, money, raids]")], "reports", ""),
    ("ACC116", [("held_by: [A], ", "")], "readings", ""),
    ("ACC117", [("    owner: {B: Treasury}\n", "    owner: {B: Treasury}\n    depends_on: [other]\n"),
                ("  reports:\n", "  other:\n    kind: conduct\n    owed_by: {each: [B]}\n    duty: must\n    theme: aid\n"
                 "    says: {en: Do it., es: Hacerlo.}\n    cites: {document: text}\n    owner: {B: Treasury}\n"
                 "    test: {milestone: other, by: month 9}\n    needs: {independent_sources: 2}\n    if_broken: [talk]\n  reports:\n")],
     "money", "B"),
    ("ACC118", [(", channel: open letters", "")], "", "G"),
    ("ACC119", [("{en: Pay more., es: Pagar más.}", "Pay more.")], "money", ""),
    ("ACC119", [("title: {en: Small accord, es: Acuerdo pequeño}", "title: Small accord")], "", ""),
    ("ACC120", [("status: hypothetical", "status: draft")], "rate", ""),
    ("ACC121", [("es: Pagar más.", "es: \u202ePagar más.")], "money", ""),
    ("ACC122", [("begins: month 1", "begins: 2026-01-31")], "raids", ""),
    ("ACC123", [("reply: {within: 30 days, decides: council}\n", "")], "", ""),
    ("ACC200", [(f"    {REPORTS}\n", "")], "reports", ""),
    ("ACC201", [("    owed_by: {each: [B]}\n", "    owed_by: {joint: [A, B]}\n"), ("    owner: {B: Treasury}\n", "")], "money", ""),
    ("ACC202", [(f"    {REPORTS}\n", "")], "reports", ""),
    ("ACC202", [("rise: 10 %", "rise: 0 %")], "money", ""),
    ("ACC203", [(f"    {REPORTS}\n", "")], "reports", ""),
    ("ACC204", [(f"    {REPORTS}\n", ""), ("figures every month", "figures")], "reports", ""),
    ("ACC204", [("{coded: minimum, by: month 24}", "{coded: minimum}")], "readings", ""),
    ("ACC205", [(f"    {REPORTS}\n", "")], "reports", ""),
    ("ACC206", [("level: deaths_rate", "level: death_rate")], "rate", ""),
    ("ACC206", [("absence: raid,", "absence: raids_held,")], "raids", ""),
    ("ACC207", [("change: money_paid", "change: tunnels_found")], "money", ""),
    ("ACC208", [("18 per 100000 people per year", "18 per 1000 people per year")], "rate", ""),
    ("ACC209", [("18 per 100000 people per year", "18")], "rate", ""),
    ("ACC210", [("    serves: [rate, money]\n", '    quotes: {en: {text: "They shall endeavour to publish.", document: text}}\n'
                 "    serves: [rate, money]\n")], "reports", ""),
    ("ACC210", [(f"    {REPORTS}\n", ""), ("es: Publicar las", "es: Fomentar las")], "reports", ""),
    ("ACC211", [("    duty: must\n    theme: aid", "    duty: should\n    theme: aid")], "money", ""),
    ("ACC212", [("    access: {by: council, notice: 48 hours}\n", "")], "raids", ""),
    ("ACC212", [("cadence: reports", "cadence: inspections")], "reports", ""),
    ("ACC213", [("size: 1 raid, ", "")], "raids", ""),
    ("ACC214", [("coded: minimum,", "coded: minimum, coders: 1,")], "readings", ""),
    ("ACC215", [("result\n    owed_by: {each: [B]}", "conduct\n    owed_by: {each: [B]}"), ("rate, money]", "rate]")], "money", "B"),
    ("ACC216", [("kind: result\n    owed_by: {each: [B]}", "kind: conduct\n    owed_by: {each: [A]}"), ("rate, money]", "rate]"),
                ("{B: Treasury}\n    test: {change", "{A: Treasury}\n    test: {change")], "money", "A"),
    ("ACC217", [("grade: B2, independent_sources: 1}", "grade: B2, independent_sources: 2}")], "money", ""),
    ("ACC218", [("detect: 90 %}\n    needs: {grade: B2, independent_sources: 2}", "detect: 90 %}\n    needs: {independent_sources: 1}")],
     "raids", "G"),
    ("ACC219", [(CONDUCT_RATE, "test: {milestone: rate-down, by: month 30}")], "rate", ""),
    ("ACC223", [("at_most: 18", "at_least: 18")], "rate", ""),
    ("ACC223", [("rise: 10 %", "fall: 10 %")], "money", ""),
    ("ACC224", [("level: deaths_rate", "level: deaths_rate, place: A02")], "rate", ""),
    ("ACC225", [("against: 2024-02-01..2025-01-31, ", "")], "money", ""),
    ("ACC226", [("2024-02-01..2025-01-31", "2025-03-01..2026-02-28")], "money", ""),
    ("ACC227", [(f"level: deaths_rate, {RATE}", "share: deaths_rate, at_most: 18 %, by: 2029-01-31")], "rate", ""),
    ("ACC228", [("    needs: {grade: C3, independent_sources: 1}\n", "")], "readings", ""),
    ("ACC302", [("owed_by: {each: [A]}", "owed_by: {each: [B]}"),
                ("owner: {A: Ministry}\n    test: {level", "owner: {B: M}\n    test: {level"),
                (f"{FOR_BOTH}reporting", f"{FOR_B}reporting"),
                (f"{FOR_BOTH}justice", f"{FOR_B}justice")],
     "", "B"),
]  # fmt: skip
WITH: dict[str, set[str]] = {
    "ACC115": {"ACC114"},
    "ACC117": set(),
    "ACC200": {"ACC202", "ACC203", "ACC205"},
    "ACC202": {"ACC200", "ACC203", "ACC205"},
    "ACC203": {"ACC200", "ACC202", "ACC205"},
    "ACC204": {"ACC200", "ACC202", "ACC203", "ACC205"},
    "ACC205": {"ACC200", "ACC202", "ACC203"},
    "ACC210": {"ACC200", "ACC202", "ACC203", "ACC205"},
    "ACC206": {"ACC200"},
    "ACC215": {"ACC105"},
    "ACC216": {"ACC105"},
    "ACC227": {"ACC208"},
}
ELSEWHERE = {"ACC220", "ACC221", "ACC222", "ACC301", "ACC303"}


def altered(text: str, pairs: list[tuple[str, str]]) -> AccordFile:
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new, 1)
    return read_text(text, "small.yaml")


def test_the_small_accord_has_no_weakness(small: str, catalogue: Catalogue) -> None:
    assert lint(read_text(small, "small.yaml"), catalogue) == ()


@pytest.mark.parametrize(("rule", "pairs", "commitment", "party"), CASES, ids=[f"{i}-{case[0]}" for i, case in enumerate(CASES)])
def test_each_weakness_is_found(
    small: str, catalogue: Catalogue, rule: str, pairs: list[tuple[str, str]], commitment: str, party: str
) -> None:
    file = altered(small, pairs)
    found = lint(file, catalogue)
    mine = [finding for finding in found if finding.rule == rule and (finding.commitment, finding.party) == (commitment, party)]
    assert mine, [(finding.rule, finding.commitment, finding.party) for finding in found]
    assert {finding.rule for finding in found} - {rule} <= WITH.get(rule, set())
    one = mine[0]
    assert one.severity == RULES[rule].severity
    assert one.sentence.render("en")
    top = file.at("commitments", commitment) if commitment else (1, 1)
    assert (one.line, one.column) >= top
    if one.repair is not None:
        assert one.repair.en
        assert one.repair.es


def test_every_rule_is_tried() -> None:
    assert set(RULES) == {case[0] for case in CASES} | ELSEWHERE
    assert all(code == rule.code and rule.more and re.fullmatch(r"ACC[123]\d\d", code) for code, rule in RULES.items())


PASTED = ["ACC102", "ACC107", "ACC108", "ACC112", "ACC200", "ACC204", "ACC206", "ACC209", "ACC211", "ACC212", "ACC213", "ACC214",
          "ACC218", "ACC225", "ACC228"]  # fmt: skip


@pytest.mark.parametrize("rule", PASTED)
def test_a_proposed_line_repairs_what_it_was_proposed_for(small: str, catalogue: Catalogue, rule: str) -> None:
    case = next(case for case in CASES if case[0] == rule)
    if rule == "ACC204":
        case = next(case for case in CASES if case[0] == rule and "coded" in case[1][0][0])
    file = altered(small, case[1])
    one = next(finding for finding in lint(file, catalogue) if finding.rule == rule)
    assert one.paste
    plain = yaml.safe_load(yaml.safe_dump(_thawed(file.plain)))
    here = plain
    for step in _target(file, one):
        here = here[step]
    here.update({key: _texts(value) for key, value in yaml.safe_load(one.paste).items()})
    again = read_text(yaml.safe_dump(plain, allow_unicode=True, sort_keys=False), "again.yaml")
    assert rule not in {finding.rule for finding in lint(again, catalogue)}


def _target(file: AccordFile, finding: Finding) -> tuple[str | int, ...]:
    """The mapping into which a finding's line belongs: where its place stands, or the mapping around it."""
    fitting = [trail for trail, place in file.positions.items() if place == (finding.line, finding.column)]
    trail = min(fitting, key=len)
    if finding.rule in {"ACC204", "ACC213", "ACC112", "ACC206", "ACC209", "ACC214", "ACC225"}:
        here: tuple[str | int, ...] = trail
        while here[-1] != "test":
            here = here[:-1] if "test" in here else (*here, "test")
        return here
    if finding.commitment:
        return trail[:2]
    return trail[:2] if trail[0] in {"organs", "ladder"} else ()


def _thawed(value: object) -> object:
    if hasattr(value, "items"):
        return {key: _thawed(item) for key, item in value.items()}
    return [_thawed(item) for item in value] if isinstance(value, list) else value


def _texts(value: object) -> object:
    if isinstance(value, dict):
        return {key: _texts(item) for key, item in value.items()}
    return [_texts(item) for item in value] if isinstance(value, list) else str(value)


def test_the_nearest_indicator_is_named_and_can_be_put_in_as_it_stands(small: str, catalogue: Catalogue) -> None:
    (one,) = lint(altered(small, [("level: deaths_rate", "level: death_rate")]), catalogue)
    assert str(one.sentence) == 'There is no indicator "death_rate"; the nearest known is "deaths_rate".'
    assert one.paste == "level: deaths_rate"
    assert one.fixable


def test_the_record_that_would_answer_is_named(small: str, catalogue: Catalogue) -> None:
    (one,) = lint(altered(small, [("change: money_paid", "change: tunnels_found")]), catalogue)
    assert str(one.sentence) == "No open source answers tunnels_found. Needed: the border register"


def test_a_proposal_uses_an_indicator_that_the_words_name(small: str, catalogue: Catalogue) -> None:
    pairs = [(CONDUCT_RATE, ""), ("Bring the rate down.", "Close every tunnel that is found.")]
    found = lint(altered(small, pairs), catalogue)
    one = next(finding for finding in found if finding.rule == "ACC200")
    assert one.paste.startswith("test: {change: tunnels_found, fall: 10 %, against: 12 months before start")
    assert one.repair is not None
    assert "tunnels_found baja al menos 10 %" in one.repair.es


@pytest.mark.parametrize(
    ("months", "rule"), [(24, "ACC221"), (29, "ACC221"), (30, "ACC221"), (31, "ACC220"), (60, "ACC220"), (None, "ACC222")]
)
def test_how_long_it_takes_to_tell(small: str, catalogue: Catalogue, months: int | None, rule: str) -> None:
    """The rate binds from August 2026 (month 7) and is due at the end of January 2029: thirty months."""
    asked: list[str] = []

    def power(name: str, test: AnyTest) -> Maybe[int]:
        asked.append(name)
        if not isinstance(test, LevelTest):
            return Known(1)
        return Unknown(ONE_PROBLEM()) if months is None else Known(months)

    found = [finding for finding in lint(read_text(small, "s"), catalogue, power) if finding.commitment == "rate"]
    assert [finding.rule for finding in found] == [rule]
    assert asked == ["rate", "money"], "acts and coders are not a matter of noise"
    if months == 60:
        assert found[0].paste == "by: month 66"


def test_soft_words_are_whole_forms() -> None:
    soft = {
        "en": ["shall endeavour to", "seeks to build", "as appropriate", "will strengthen ties", "promote trade", "considers measures"],
        "es": ["procurarán reducir", "Fomentar la paz", "considerarán medidas", "según corresponda", "fortalecerá", "promuevan el uso"],
    }
    hard = {
        "en": ["publishes the list", "asylum seekers arrive", "the prosecutor", "tried persons", "an aimless walk", "reconsidered"],
        "es": ["la Procuraduría General", "publicar la lista", "una búsqueda", "el fomento", "consideración", "el impulso"],
    }
    assert [text for lang, texts in soft.items() for text in texts if not soft_word(text, lang)] == []
    assert [(text, soft_word(text, lang)) for lang, texts in hard.items() for text in texts if soft_word(text, lang)] == []
    assert soft_word("endeavour", "fr") == ""


def test_a_soft_verb_with_a_test_is_no_weakness(small: str, catalogue: Catalogue) -> None:
    assert lint(altered(small, [("en: Bring the rate down.", "en: Strengthen the fight.")]), catalogue) == ()


def many(count: int, party: str, kind: str, test: str) -> str:
    return "".join(
        f"  {party.lower()}-{kind}-{i}:\n    kind: {kind}\n    owed_by: {{each: [{party}]}}\n    duty: must\n    theme: aid\n"
        f"    says: {{en: Do {i} things., es: Hacer {i} cosas.}}\n    cites: {{document: text}}\n    owner: {{{party}: Office}}\n"
        f"    test: {test}\n    needs: {{independent_sources: 1}}\n    if_broken: [talk]\n"
        for i in range(count)
    )


def test_a_mix_that_differs_between_parties(small: str, catalogue: Catalogue) -> None:
    done = "{milestone: done, by: month 12}"
    text = small + many(4, "A", "conduct", done) + many(4, "B", "result", "{level: armed_share, at_most: 9 %}")
    found = [finding for finding in lint(read_text(text, "s"), catalogue) if finding.rule.startswith("ACC3")]
    assert [(finding.rule, finding.party) for finding in found] == [("ACC301", "B")]
    assert str(found[0].sentence) == "B owes 5 results among 8 duties, A 1 among 7."


def test_duties_that_nobody_can_judge_are_counted(small: str, catalogue: Catalogue) -> None:
    own = "{level: own_count, at_most: 9 cases}"
    file = read_text(small + many(4, "A", "conduct", own) + many(1, "B", "conduct", "{milestone: d, by: month 12}"), "s")
    found = lint(file, catalogue)
    apart = [finding for finding in found if finding.rule == "ACC303"]
    assert [str(finding.sentence) for finding in apart] == ["5 of 5 duties of B could be judged, but 3 of 7 of A."]
    counts = {count.party: (count.judgeable, count.duties, count.because) for count in verifiable_share(file, catalogue, found)}
    assert counts == {"A": (3, 7, (("ACC215", 4),)), "B": (5, 5, ()), "G": (1, 1, ())}


def test_one_reading_that_can_be_judged_is_enough(small: str, catalogue: Catalogue) -> None:
    file = altered(small, [("test: {milestone: all-of-it, by: month 24}", "test: {level: nothing_known, at_most: 3 x}")])
    found = lint(file, catalogue)
    assert Counter((finding.rule, finding.reading) for finding in found) == {("ACC206", "wide"): 1}
    assert all(count.judgeable == count.duties for count in verifiable_share(file, catalogue, found))


def test_a_result_may_rest_on_one_side(small: str) -> None:
    catalogue = Catalogue(
        indicators={
            "deaths_rate": KnownIndicator(unit="per 100000 people per year", sources=("a",), direction="down"),
            "money_paid": KnownIndicator(unit="USD", sources=("a",), direction="up"),
        },
        controllers={"a": "A"},
    )
    assert [finding.rule for finding in lint(read_text(small, "s"), catalogue)] == ["ACC217"]


def test_both_parties_are_measured_alike(small: str, catalogue: Catalogue) -> None:
    """Renaming the parties renames the findings and changes nothing else (no rule mentions a country)."""
    pairs = [("    owner: {B: Treasury}\n", ""), ("seats: {A: 2, B: 2}", "seats: {A: 2}")]
    text = small
    for old, new in pairs:
        text = text.replace(old, new)

    def said(text: str) -> list[tuple[str, str, str]]:
        return [(one.rule, one.commitment, one.party) for one in lint(read_text(text, "s"), catalogue)]

    renamed = re.sub(r"\bB\b", "Z", text)
    assert [(rule, name, party.replace("Z", "B")) for rule, name, party in said(renamed)] == said(text)
