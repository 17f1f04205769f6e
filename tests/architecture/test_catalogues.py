"""The Spanish catalogue: what is compiled is what was written, and everything the program says is in it."""

from __future__ import annotations

import io
import string
from typing import TYPE_CHECKING

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from veedor.kernel.language import LANGUAGES

if TYPE_CHECKING:
    from pathlib import Path

KEYWORDS = {"N_": None, "Template": (2,)}  # the same as in the justfile


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


def _said(root: Path) -> set[str]:
    found = extract_from_dir(root / "src", keywords=KEYWORDS)
    return {message for _, _, message, _, _ in found if isinstance(message, str)}


def _gaps(words: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(words) if field is not None}


def test_the_compiled_catalogue_is_the_written_one(root: Path, lang: str, catalogue: Catalog) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    assert (_folder(root, lang) / "veedor.mo").read_bytes() == compiled.getvalue(), "run: just catalogues"


def test_the_header_is_filled_in(root: Path, lang: str) -> None:
    head = (_folder(root, lang) / "veedor.po").read_text(encoding="utf-8").partition("\n\n")[0]
    assert [left for left in ("ORGANIZATION", "AUTHOR", "FULL NAME", "EMAIL@ADDRESS", "<LL@li.org>") if left in head] == []


def test_everything_said_is_translated(root: Path, catalogue: Catalog) -> None:
    said = _said(root)
    assert said
    translated = {message.id for message in catalogue if message.string and not message.fuzzy}
    assert sorted(said - translated) == [], "run: just catalogues, then fill the empty ones"


def test_nothing_translated_is_no_longer_said(root: Path, catalogue: Catalog) -> None:
    assert sorted({message.id for message in catalogue if message.id} - _said(root)) == [], "run: just catalogues"


def test_gaps_survive_translation(catalogue: Catalog) -> None:
    lost = {
        message.id: sorted(_gaps(message.id) ^ _gaps(message.string))
        for message in catalogue
        if message.id and message.string and _gaps(message.id) != _gaps(message.string)
    }
    assert lost == {}
