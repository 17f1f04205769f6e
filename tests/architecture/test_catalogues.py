"""The Spanish catalogue: what is compiled is what was written, everything the program says is in it, and it says the same."""

from __future__ import annotations

import ast
import importlib
import io
import re
import string
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click
import pytest
from babel.messages.catalog import Catalog
from babel.messages.checkers import checkers
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from veedor.accord.lint import RULES
from veedor.cli import click_words
from veedor.cli.main import COMMANDS
from veedor.indicators.registry import indicators
from veedor.indicators.units import RHYTHMS, UNITS
from veedor.kernel.errors import CODES
from veedor.kernel.language import LANGUAGES, translate
from veedor.records.kinds import KINDS
from veedor.sources.registry import sources as registered
from veedor.verdicts import rows

if TYPE_CHECKING:
    from types import ModuleType

KEYWORDS = {"N_": None, "Template": (2,), "ngettext": (1, 2)}  # the same as in the justfile; `ngettext` is one of pybabel's own
ALIKE = frozenset({"%", "USD", "kg", "km", "lb", "bytes", "error", "irregular", "no", "auditor", "Agenda: {title}"})
"""Words that read the same in both languages, on purpose."""
_WORDLESS = re.compile(r'(?:veedor [a-z]+(?: [a-z]+)?|pip install "[^"]+")?[^a-zA-Z]*')
"""Nothing but gaps and signs, or a command to paste."""


class Pair(NamedTuple):
    """One message: the words in the code, and those of the catalogue."""

    english: str
    other: str


def _folder(root: Path, lang: str) -> Path:
    return root / "src" / "veedor" / "locale" / lang / "LC_MESSAGES"


@pytest.fixture(scope="module", params=[lang for lang in LANGUAGES if lang != "en"])
def lang(request: pytest.FixtureRequest) -> str:
    """Each language that has a catalogue; English is the words in the code."""
    found: str = request.param
    return found


@pytest.fixture(scope="module")
def catalogue(root: Path, lang: str) -> Catalog:
    """The catalogue as a translator wrote it."""
    with (_folder(root, lang) / "veedor.po").open("rb") as stream:
        return read_po(stream, locale=lang)


@pytest.fixture(scope="module")
def pairs(catalogue: Catalog) -> list[Pair]:
    """Every translated message in both languages; one with a plural stands as two."""
    translated = [message for message in catalogue if message.id and all(_all(message.string))]
    return [pair for message in translated for pair in map(Pair, _all(message.id), _all(message.string))]


def _is_wordless(words: str) -> bool:
    return _WORDLESS.fullmatch(re.sub(r"\{[^}]*\}", "", words)) is not None


def _all(words: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else tuple(words)


def _said(root: Path) -> set[str | tuple[str, ...]]:
    return {message for _, _, message, _, _ in extract_from_dir(root / "src", keywords=KEYWORDS)}


def _gaps(words: str) -> set[tuple[str, str | None, str | None]]:
    return {(field, spec, how) for _, field, spec, how in string.Formatter().parse(words) if field is not None}


def test_the_compiled_catalogue_is_the_written_one(root: Path, lang: str, catalogue: Catalog) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    assert (_folder(root, lang) / "veedor.mo").read_bytes() == compiled.getvalue(), "run: just catalogues"


def test_everything_said_is_translated(root: Path, catalogue: Catalog) -> None:
    said = _said(root)
    assert said
    translated = {message.id for message in catalogue if all(_all(message.string)) and not message.fuzzy}
    assert sorted(map(str, said - translated)) == [], "run: just catalogues, then fill the empty ones"


def test_nothing_translated_is_no_longer_said(root: Path, catalogue: Catalog) -> None:
    assert sorted(map(str, {message.id for message in catalogue if message.id} - _said(root))) == [], "run: just catalogues"


def test_gaps_survive_translation(pairs: list[Pair]) -> None:
    assert [pair for pair in pairs if _gaps(pair.english) != _gaps(pair.other)] == []


def test_the_compiler_accepts_every_message(catalogue: Catalog) -> None:
    for message in catalogue:
        for check in checkers:
            check(catalogue, message)


def test_what_is_typed_stays_as_it_is_typed(pairs: list[Pair]) -> None:
    """Options, codes, and whatever stands between backticks or doubled braces are the same in every language."""
    typed = re.compile(r"`[^`]+`|--[a-z][a-z-]*|\b[A-Z]{3}\d{3}\b|\{\{|\}\}|\bveedor\.toml\b")
    assert [pair for pair in pairs if sorted(typed.findall(pair.english)) != sorted(typed.findall(pair.other))] == []


def test_commands_to_paste_are_the_same(pairs: list[Pair]) -> None:
    """Commands are named as often, and the same ones."""
    command = re.compile(rf"\bveedor (?:{'|'.join(COMMANDS)})\b")
    assert [pair for pair in pairs if sorted(command.findall(pair.english)) != sorted(command.findall(pair.other))] == []


def test_no_words_were_left_in_english(pairs: list[Pair]) -> None:
    alike = {pair.english for pair in pairs if pair.english == pair.other} - ALIKE
    assert sorted(words for words in alike if not _is_wordless(words)) == []


def test_what_is_listed_as_alike_is_said_and_alike(pairs: list[Pair]) -> None:
    assert sorted(ALIKE - {pair.english for pair in pairs if pair.english == pair.other}) == []


def test_tone_is_plain(pairs: list[Pair]) -> None:
    """No exclamation marks, nobody asked as a favour, nobody addressed as a friend."""
    loud = re.compile(r"¡|[a-záéíóúñ]!(?!r\})|\bpor favor\b|\bsimplemente\b|\b(?:tú|tus?|puedes|debes|tienes|quieres)\b", re.IGNORECASE)
    assert [pair.other for pair in pairs if loud.search(pair.other.replace("#REF!", ""))] == []


def test_a_sentence_ends_as_it_ends_in_english(pairs: list[Pair]) -> None:
    assert [pair for pair in pairs if pair.english.endswith(".") != pair.other.endswith(".")] == []


def test_no_message_is_about_anything_but_veedor(catalogue: Catalog) -> None:
    """A translator's tool leaves addresses and names in the heading; none belongs here."""
    heading = f"{catalogue.header_comment}{dict(catalogue.mime_headers)}"
    assert re.findall(r"EMAIL@ADDRESS|FULL NAME|FIRST AUTHOR|ORGANIZATION|VERSION", heading) == []


# --- the words of every part of the program are in the catalogue ----------------------------------------------------------


def _marked(modules: list[ModuleType]) -> dict[str, str]:
    """Every text that the program's registries show a person, with where it comes from."""
    assert modules
    found = {words: code for code, cls in CODES.items() for words in (cls.what, cls.effect, cls.next, cls.more)}
    found |= {words: rule.code for rule in RULES.values() for words in (rule.words.words, rule.more)}
    found |= {
        words: source.name
        for source in registered().values()
        for words in (source.title, source.measures, source.unit, source.coverage, source.breaks, source.terms)
    }
    return found | dict.fromkeys((*UNITS, *RHYTHMS.values(), *rows.WORDS.values(), KINDS.kind, rows.EXERCISE), "words")


def test_every_error_rule_source_and_word_is_in_the_catalogue(modules: list[ModuleType], pairs: list[Pair]) -> None:
    known = {pair.english for pair in pairs}
    assert {words: where for words, where in _marked(modules).items() if words and words not in known} == {}


def test_every_sentence_is_in_the_catalogue(sentences: dict[str, str], pairs: list[Pair]) -> None:
    known = {pair.english for pair in pairs}
    assert {code: words for code, words in sentences.items() if words not in known} == {}


def test_every_unit_of_an_indicator_has_words() -> None:
    assert sorted({one.unit for one in indicators().values()} - set(UNITS)) == []
    assert sorted({one.rhythm for one in indicators().values()} - set(RHYTHMS)) == []


def test_the_words_of_a_verdict_are_those_of_the_glossary(root: Path) -> None:
    table = (root / "docs" / "glossary.md").read_text(encoding="utf-8")
    listed = dict(re.findall(r"^\| ([A-Z][A-Z ]+) \| ([^|]+?) \|", table, re.MULTILINE))
    assert listed == {words: translate(words, "es") for words in rows.WORDS.values()}


def test_the_words_of_click_are_those_that_click_asks_for() -> None:
    """A new version of click may word things otherwise; then what stands here would never be shown."""
    folder = Path(click.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    whole = re.sub(r'"\s*\n\s*"', "", source)
    asked = (*click_words.WORDS, *(words for pair in click_words.PLURALS for words in pair))
    assert [words for words in asked if f'"{words}"'.replace("\n", "\\n").replace("\t", "\\t") not in whole] == []


def test_marks_are_not_hidden_inside_other_strings(sources: dict[str, ast.Module]) -> None:
    """On Python 3.11 an f-string is one token: a mark inside is not found, and its words are never translated."""
    found = [
        f"{path}:{text.lineno}"
        for path, module in sources.items()
        for text in ast.walk(module)
        if isinstance(text, ast.JoinedStr)
        if any(isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "N_" for call in ast.walk(text))
    ]
    assert found == []


def test_errors_speak_spanish(modules: list[ModuleType]) -> None:
    """Every part of every error differs from its English words, gaps filled alike."""
    assert importlib.import_module("veedor.kernel.errors") in modules
    silent = [
        f"{code}.{part}"
        for code, cls in CODES.items()
        for part in ("what", "effect", "next", "more")
        if (words := getattr(cls, part)) and words not in ALIKE and not _is_wordless(words) and translate(words, "es") == words
    ]
    assert silent == []
