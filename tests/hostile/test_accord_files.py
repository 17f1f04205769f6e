"""Accord files meant to harm whoever opens them: each is refused with a place, quickly, and nothing of it is carried out."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from veedor.accord.drafting import draft
from veedor.accord.errors import AccordNotUtf8Error, AccordProblemsError, AccordTooLargeError
from veedor.accord.lint import Catalogue, lint
from veedor.accord.reading import LARGEST, AccordFile, read, read_text

BASE = draft("base")
LAUGHS = "a: &a [x, x]\n" + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20))


def codes(text: str) -> set[str]:
    with pytest.raises(AccordProblemsError) as caught:
        read_text(text, "hostile.yaml")
    return {problem.code for problem in caught.value.problems}


def outcome(text: str) -> AccordFile | AccordProblemsError:
    try:
        return read_text(text, "hostile.yaml")
    except AccordProblemsError as error:
        return error


def test_billion_laughs() -> None:
    tracemalloc.start()
    try:
        assert "ACC009" in codes(LAUGHS)
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


def test_an_anchor_that_holds_itself() -> None:
    assert "ACC009" in codes("a: &a [*a]\n")


@pytest.mark.parametrize("pair", ["[]", "{}"])
def test_a_hundred_thousand_brackets(pair: str) -> None:
    assert codes("a: " + pair[0] * 100_000) <= {"ACC013", "ACC005"}
    assert codes("a: " + pair[0] * 100_000 + pair[1] * 100_000) <= {"ACC013", "ACC005"}


def test_a_thousand_levels_of_indentation() -> None:
    assert codes("".join(" " * i + "a:\n" for i in range(1000))) == {"ACC013"}


def test_keys_within_keys() -> None:
    assert codes("? " * 5000 + "a\n") <= {"ACC013", "ACC005"}


def test_more_values_than_any_accord() -> None:
    assert "ACC014" in codes("a: [" + "1," * 500_000 + "1]\n")


def test_a_file_without_end(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as stream:
        stream.truncate(1 << 40)  # a sparse terabyte: only its beginning is read
    with pytest.raises(AccordTooLargeError):
        read(path)
    assert path.stat().st_size > LARGEST


@pytest.mark.parametrize("tag", ["!!python/object/apply:os.system", "!!python/name:os.system", "!!binary", "!", "!<tag:yaml.org,2002:str>"])
def test_tags_build_nothing(tag: str) -> None:
    assert "ACC010" in codes(BASE.replace("theme: reporting", f"theme: {tag} 'touch x'"))


def test_a_directive_that_renames_tags() -> None:
    assert "ACC010" in codes("%TAG ! tag:yaml.org,2002:python/\n---\n" + BASE.replace("theme: reporting", "theme: !name:os.system x"))


def test_merge_keys_merge_nothing() -> None:
    assert codes(BASE.replace("    theme: reporting\n", "    theme: reporting\n    <<: {duty: should}\n")) == {"ACC020"}


def test_a_second_document_behind_the_signed_one() -> None:
    assert codes(BASE + "---\nstatus: in-force\n") == {"ACC006"}
    assert codes(BASE + "...\n---\nstatus: in-force\n") == {"ACC006"}


def test_the_same_key_written_in_two_ways() -> None:
    assert codes(BASE.replace("status: hypothetical", 'status: hypothetical\n"st\\x61tus": in-force')) == {"ACC011"}


@pytest.mark.parametrize("data", [b"\xff\xfe" + BASE.encode("utf-16-le"), BASE.encode("utf-16"), BASE.encode() + b"\xc0\xaf", b"\x80"])
def test_other_encodings(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "other.yaml"
    path.write_bytes(data)
    with pytest.raises(AccordNotUtf8Error):
        read(path)


@pytest.mark.parametrize("mark", ["\0", "\x1b[2J", "\x85", "\u2028", "\x7f", "\x9b31m"])
def test_control_characters(mark: str) -> None:
    assert "ACC008" in codes(BASE.replace("First party", f"First{mark}party"))


@pytest.mark.parametrize("escape", ["\\x1b[31m", "\\0", "\\N", "\\u2028", "\\a"])
def test_control_characters_by_escape(escape: str) -> None:
    assert codes(BASE.replace('title: {en: "Base"', f'title: {{en: "Base{escape}"')) == {"ACC008"}


def test_lone_surrogates() -> None:
    with pytest.raises(AccordNotUtf8Error):
        read_text(BASE.replace("First party", "First \ud800 party"), "a")
    assert codes(BASE.replace("First party", '"First \\ud800 party"')) == {"ACC005"}


def test_a_name_that_reads_backwards() -> None:
    """Direction overrides are warned of, and no message repeats them."""
    text = BASE.replace("First party", "First \u202eytrap")
    found = lint(read_text(text, "a"), Catalogue(indicators={}, controllers={}))
    assert [finding.rule for finding in found] == ["ACC121"]
    assert "\u202e" not in found[0].sentence.render("en")
    with pytest.raises(AccordProblemsError) as caught:
        read_text(BASE.replace("theme: reporting", "theme: re\u202egnitrop"), "bad\u202e.yaml")
    (problem,) = caught.value.problems
    assert "\u202e" not in problem.what("en") + caught.value.render("what", "en")


def test_a_message_does_not_repeat_a_megabyte() -> None:
    with pytest.raises(AccordProblemsError) as caught:
        read_text(BASE.replace("theme: reporting", "theme: " + "a" * 1_000_000), "a")
    assert len(caught.value.problems[0].what("en")) < 300


@pytest.mark.parametrize("value", ["9" * 5000, "1e999999999", "0x" + "f" * 999, "٣ months", "Infinity", "NaN", "-0", "1_0"])
def test_numbers_meant_to_overflow(value: str) -> None:
    changes = (("grace: 10 days", f"grace: {value}"), ("within: 30 days, d", f"within: {value}, d"), ("A: 2", f"A: {value}"))
    for old, new in changes:
        assert old in BASE
        found = outcome(BASE.replace(old, new))
        if isinstance(found, AccordProblemsError):
            assert {problem.code for problem in found.problems} <= {"ACC026", "ACC027", "ACC033"}
        else:
            assert found.accord.organs["council"].seats["A"] <= 1000


def test_text_that_looks_like_a_template_is_text() -> None:
    assert codes(BASE.replace("theme: reporting", "theme: '{0.__class__} {name} %s {{}}'")) == {"ACC056"}
    found = lint(read_text(BASE.replace(', es: "Base"}\nstarts', "}\nstarts").replace('en: "Base"', "en: '{words} {0}'"), "a"),
                 Catalogue(indicators={}, controllers={}))  # fmt: skip
    assert found[0].sentence.render("en") == 'It has no Spanish words: "{words} {0}"'


def test_a_name_of_a_million_parts() -> None:
    """Patterns for names do not go back and forth over long texts."""
    assert "ACC035" in codes(BASE.replace("cadence: monthly-figures", "cadence: a" + "-a" * 400_000 + "-"))
