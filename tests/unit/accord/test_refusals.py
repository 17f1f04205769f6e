"""Every reason to refuse a file: its code, and the place it points at."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest
from pydantic import TypeAdapter, ValidationError

from veedor.accord import errors, field_errors, structure_errors
from veedor.accord.errors import AccordProblemsError
from veedor.accord.fields import faults
from veedor.accord.reading import LARGEST, read, read_text
from veedor.accord.tree import grow
from veedor.kernel.errors import Problem, VeedorError

DEEP = "[" * 13 + "]" * 13
ADOPTION = "adoption:\n  A: {date: 2026-01-31, key: ABC, signature: ABC}\n"
GROUP_IN_CHARGE = "  A: {kind: armed-group, name: X, channel: c}\n  B: {kind: armed-group, name: Y, channel: c}"
SIDES = "  A: {kind: state, name: {en: Aland, es: Alandia}}\n  B: {kind: state, name: {en: Bland, es: Blandia}}"

# code, what is replaced, by what, and the token at which the problem has to point
CASES: list[tuple[str, str, str, str]] = [
    ("ACC005", "accord: small", 'accord: "small" one', "one\nstatus"),
    ("ACC006", "commitments:\n", "---\ncommitments:\n", "---"),
    ("ACC007", "accord: small", "accord:\tsmall", "\t"),
    ("ACC008", "en: Pay more.", "en: Pay\x07 more.", "\x07"),
    ("ACC009", "theme: aid", "theme: &t aid", "&t"),
    ("ACC009", "theme: aid", "theme: *t", "*t"),
    ("ACC010", "theme: aid", "theme: !!str aid", "!!str"),
    ("ACC011", "    theme: aid\n", "    theme: aid\n    theme: health\n", "theme: health"),
    ("ACC012", "theme: aid", "? [theme]\n    : aid", "[theme]"),
    ("ACC013", "theme: aid", f"theme: {DEEP}", ""),
    ("ACC014", "theme: aid", "theme: [" + "a," * 50_000 + "]", ""),
    ("ACC015", "theme: aid", "theme:", "theme:\n"),
    ("ACC020", "theme: aid", "them: aid", "them: aid"),
    ("ACC021", "    theme: aid\n", "", "money:"),
    ("ACC022", "kind: armed-group", "kind: armed-grup", "armed-grup"),
    ("ACC023", "owed_by: {each: [B]}", "owed_by: B", "B\n    duty: must\n    theme: aid"),
    ("ACC023", "test: {cadence: reports, every: month, grace: 10 days}", "test: monthly", "monthly\n    needs"),
    ("ACC024", "if_broken: [talk]\n  money", "if_broken: talk\n  money", "talk\n  money"),
    ("ACC025", "theme: aid", "theme: [aid]", "theme: [aid]"),
    ("ACC026", "grade: B2, independent_sources: 1", "grade: B2, independent_sources: one", "one}"),
    ("ACC027", "seats: {A: 2", "seats: {A: -2", "-2"),
    ("ACC028", "en: Pay more.", 'en: ""', '""'),
    ("ACC029", "starts: 2026-02-01", "starts: 2026-02-30", "2026-02-30"),
    ("ACC029", "starts: 2026-02-01", "starts: 20260201", "20260201"),
    ("ACC030", "begins: month 1", "begins: month 0", "month 0"),
    ("ACC031", "at_most: 18 per", "at_most: eighteen per", "eighteen"),
    ("ACC032", "over: 12 months", "over: 0 months", "0 months, by"),
    ("ACC033", "grace: 10 days", "grace: ten days", "ten days"),
    ("ACC034", "level: deaths_rate", "level: Deaths-Rate", "Deaths-Rate"),
    ("ACC035", "  rate:\n", "  Rate:\n", "Rate:"),
    ("ACC035", "absence: raid,", "absence: raid_-,", "raid_-"),
    ("ACC036", "  A: {kind", "  Ñ: {kind", "Ñ: {kind"),
    ("ACC037", "2024-02-01..2025-01-31", "2025-02-01..2025-01-31", "2025-02-01.."),
    ("ACC038", "at_most: 18 per 100000 people per year", "at_least: 3, at_most: 18 per 100000 people per year", "test: {level"),
    ("ACC039", "rise: 10 %, ", "", "test: {change"),
    ("ACC040", "rise: 10 %", "rise: 10 USD", "test: {change"),
    ("ACC041", "{cadence: reports, every", "{cadense: reports, every", "test: {cadense"),
    ("ACC042", "owed_by: {each: [B]}", "owed_by: {each: [B], organ: council}", "owed_by: {each: [B], organ"),
    ("ACC043", "    readings:\n", "    test: {milestone: m, by: month 3}\n    readings:\n", "readings:\n    kind"),
    ("ACC044", "    begins: month 1\n", "    begins: month 1\n    unlawful: It is a crime.\n", "raids:"),
    ("ACC045", "months: 1-6", "months: 6-1", "6-1"),
    ("ACC046", "grade: B2, independent_sources: 1", "grade: H2, independent_sources: 1", "H2"),
    ("ACC047", "veedor: 1\n", "veedor: 2\n", "2\naccord"),
    ("ACC050", "owed_by: {each: [B]}", "owed_by: {each: [C]}", "C]}"),
    ("ACC051", "phase: second", "phase: secnd", "secnd"),
    ("ACC052", "decides: council}", "decides: counsil}", "counsil}"),
    ("ACC053", "if_broken: [talk]\n  money", "if_broken: [walk]\n  money", "walk]"),
    ("ACC054", "document: The founding text", "document: The finding text", "The finding text"),
    ("ACC055", "serves: [rate, money]", "serves: [rate, monny]", "monny"),
    ("ACC056", "theme: aid", "theme: aids", "aids"),
    ("ACC057", "America/Mexico_City", "America/Mexiko_City", "America/Mexiko_City"),
    ("ACC060", "reading: narrow", "reading: wide", "wide, says: {en: Some"),
    ("ACC061", "serves: [rate, money]", "serves: [rate, rate]", "rate]"),
    ("ACC062", "  A: {kind", "  council: {kind: state, name: X}\n  A: {kind", "council: {name"),
    ("ACC063", "months: 1-6", "months: 9-12", "7-}"),
    ("ACC064", "ends: 2030-01-31", "ends: 2026-01-31", "2026-01-31"),
    ("ACC065", "begins: month 1", "begins: 2030-01-31", "2030-01-31\n    owner"),
    ("ACC066", "    phase: second\n", "    phase: second\n    begins: month 2\n", "month 2\n"),
    ("ACC067", "    without: {en: The written consent of A, es: El consentimiento escrito de A}\n", "", "may-not-without"),
    ("ACC068", "    duty: must\n    theme: aid\n", "    duty: must\n    without: consent\n    theme: aid\n", "consent\n"),
    ("ACC069", "date: 2025-09}", "date: September}", "September}"),
    ("ACC070", "date: 2025-09}", "digest: ABC}", "ABC}"),
    ("ACC071", "status: hypothetical", "status: in-force", "in-force"),
    ("ACC073", "commitments:\n", f"{ADOPTION}commitments:\n", "ABC, signature"),
    ("ACC080", "seats: {A: 2", "seats: {G: 1, A: 2", "1, A: 2"),
    ("ACC081", "access: {by: council", 'access: {by: "council, G"', '"council, G"'),
    ("ACC082", "commitments:\n", ADOPTION.replace("A:", "G:") + "commitments:\n", "G: {date"),
    ("ACC083", "decides: council}", "decides: G}", "G}\nchron"),
]  # fmt: skip
ELSEWHERE = {"ACC000", "ACC001", "ACC002", "ACC003", "ACC004", "ACC016", "ACC049", "ACC072", "ACC090"}


def refused(text: str) -> tuple[Problem, ...]:
    with pytest.raises(AccordProblemsError) as caught:
        read_text(text, "small.yaml")
    return caught.value.problems


def place(text: str, token: str) -> tuple[int, int]:
    at = text.index(token)
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


@pytest.mark.parametrize(("code", "old", "new", "token"), CASES, ids=[f"{case[0]}-{case[2][:12].strip()}" for case in CASES])
def test_each_problem_has_its_code_and_its_place(small: str, code: str, old: str, new: str, token: str) -> None:
    assert old in small
    text = small.replace(old, new, 1)
    found = [problem for problem in refused(text) if problem.code == code]
    assert found, [problem.code for problem in refused(text)]
    if token:
        assert (found[0].line, found[0].column) == place(text, token)
    for problem in found:
        assert problem.what("en")
        assert problem.how("en")


def test_only_what_is_wrong_is_listed(small: str) -> None:
    with_others = {"ACC035", "ACC036", "ACC082"}  # a name that cannot be one leaves references to it open; a short key is no key
    for code, old, new, _token in CASES:
        if code not in with_others:
            assert {problem.code for problem in refused(small.replace(old, new, 1))} == {code}, (code, new[:30])


def test_every_code_is_tried() -> None:
    classes = [
        cls
        for module in (errors, field_errors, structure_errors)
        for _, cls in inspect.getmembers(module, inspect.isclass)
        if issubclass(cls, VeedorError) and cls.__module__ == module.__name__
    ]
    assert {cls.code for cls in classes} == {case[0] for case in CASES} | ELSEWHERE


def test_an_in_force_accord_needs_somebody_who_can_sign(small: str) -> None:
    text = small.replace("status: hypothetical", "status: in-force").replace(SIDES, GROUP_IN_CHARGE)
    assert "ACC072" in {problem.code for problem in refused(text)}


def test_a_list_is_no_accord() -> None:
    assert [problem.code for problem in refused("- veedor: 1\n")] == ["ACC016"]
    assert [problem.code for problem in refused("accord\n")] == ["ACC016"]


def test_an_unforeseen_misfit_is_still_a_problem(small: str) -> None:
    with pytest.raises(ValidationError) as caught:
        TypeAdapter(dict[str, bytes]).validate_python({"accord": 3})
    found = faults(caught.value, grow(small))
    assert [fault.problem.code for fault in found] == ["ACC049"]
    assert (found[0].problem.line, found[0].problem.column) == (2, 9)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path, Path("nul\0byte.yaml")):
        with pytest.raises(errors.AccordNotOpenedError) as caught:
            read(path)
        assert "\0" not in caught.value.where
        assert caught.value.render("what", "en").startswith("the accord file cannot be opened: ")


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    path.write_bytes(b"#" * (LARGEST + 10))
    with pytest.raises(errors.AccordTooLargeError, match="2,000,010 bytes"):
        read(path)


def test_a_file_that_is_not_utf8(tmp_path: Path) -> None:
    path = tmp_path / "latin.yaml"
    path.write_bytes("veedor: 1\naccord: a\ntitle: año\n".encode("latin-1"))
    with pytest.raises(errors.AccordNotUtf8Error, match=r"byte 29 of the file \(line 3\)"):
        read(path)


@pytest.mark.parametrize("text", ["", "\n \n", "# only a remark\n", "\ufeff"])
def test_an_empty_file(text: str) -> None:
    with pytest.raises(errors.AccordEmptyError):
        read_text(text, "empty.yaml")


def test_all_problems_are_listed_at_once(small: str) -> None:
    text = small.replace("theme: aid", "them: aid").replace("phase: second", "phase: secnd").replace("seats: {A: 2", "seats: {A: -2")
    found = refused(text.replace("document: The founding text", "document: Nowhere"))
    assert [problem.code for problem in found] == ["ACC027", "ACC051", "ACC020", "ACC054"]
    assert list(found) == sorted(found, key=lambda problem: (problem.line, problem.column))


def test_what_is_set_aside_makes_no_further_problem(small: str) -> None:
    """A party whose own entry is wrong is still a party when others name it."""
    found = refused(small.replace("  A: {kind: state", "  A: {kind: stat"))
    assert [problem.code for problem in found] == ["ACC022"]


def test_the_number_of_problems_is_said_once_and_in_words(small: str) -> None:
    with pytest.raises(AccordProblemsError, match=r"^1 problem in a\.yaml; nothing was judged$"):
        read_text(small.replace("theme: aid", "theme: aids"), "a.yaml")
    with pytest.raises(AccordProblemsError, match=r"^2 problems in a\.yaml; nothing was judged$"):
        read_text(small.replace("theme: aid", "theme: aids").replace("theme: justice", "theme: law"), "a.yaml")


def test_the_list_is_cut_and_the_count_is_not(small: str) -> None:
    small += "# end\n"
    with pytest.raises(AccordProblemsError, match=r"^150 problems") as caught:
        read_text(small.replace("# end", "#" + "\n# \t" * 150), "a.yaml")
    assert len(caught.value.problems) == errors.SHOWN


def test_the_near_miss_is_named(small: str) -> None:
    said = {problem.code: problem.what("en") for problem in refused(small.replace("theme: aid", "them: aid"))}
    assert said["ACC020"] == '"them" is not a known key here; did you mean "theme"?'
    said = {problem.code: problem.what("en") for problem in refused(small.replace("at_most: 18", "at_moast: 18"))}
    assert said["ACC020"] == '"at_moast" is not a known key here; did you mean "at_most"?'
    said = {problem.code: problem.what("en") for problem in refused(small.replace("{cadence: reports", "{cadense: reports"))}
    assert said["ACC041"] == 'a test names exactly one kind; this one names none; did you mean "cadence"?'


def test_both_places_of_a_double_key_are_shown(small: str) -> None:
    (found,) = refused(small.replace("    theme: aid\n", "    theme: aid\n    theme: health\n"))
    assert found.line == 42
    assert found.what("en") == '"theme" is given twice; the first stands at 41:5'
