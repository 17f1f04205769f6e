"""Every error a person may be shown is whole: code, what, effect, next, more, in plain words marked for translation."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING

import pytest
from babel.messages.extract import extract_from_dir

from veedor.kernel import errors
from veedor.kernel.ids import is_error_code

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

PARTS = ("what", "effect", "next", "more")
EXIT_CODES = {
    errors.DONE, errors.BROKEN, errors.USAGE, errors.UNDETERMINED, errors.INTEGRITY, errors.UNREACHABLE, errors.FAULT,
}  # fmt: skip
UNWANTED = re.compile(r"(?i:\b(?:please|simply|obviously|sorry|oops|unfortunately|por favor|simplemente)\b)|[a-záéíóúñ]!(?=\s|$)")


def _below(cls: type[errors.VeedorError]) -> set[type[errors.VeedorError]]:
    return {found for child in cls.__subclasses__() for found in (child, *_below(child))}


@pytest.fixture(scope="session")
def classes(modules: list[ModuleType]) -> list[type[errors.VeedorError]]:
    """Every error class of the package."""
    assert modules
    return sorted((cls for cls in _below(errors.VeedorError) if cls.__module__.startswith("veedor.")), key=lambda cls: cls.code)


def test_codes_are_unique_and_well_formed(classes: list[type[errors.VeedorError]]) -> None:
    codes = [cls.code for cls in classes]
    assert [code for code in codes if not is_error_code(code)] == []
    assert [code for code in codes if codes.count(code) > 1] == []


def test_a_prefix_belongs_to_one_package(classes: list[type[errors.VeedorError]]) -> None:
    owners: dict[str, set[str]] = {}
    for cls in classes:
        owners.setdefault(cls.code[:3], set()).add(cls.__module__.split(".")[1])
    assert {prefix: sorted(packages) for prefix, packages in owners.items() if len(packages) > 1} == {}


def test_every_part_is_said(classes: list[type[errors.VeedorError]]) -> None:
    lacking = [f"{cls.code}.{part}" for cls in classes for part in PARTS if not getattr(cls, part, "").strip()]
    assert lacking == []
    assert [cls.code for cls in classes if cls.exit_code not in EXIT_CODES] == []
    assert [cls.__name__ for cls in classes if not cls.__name__.endswith("Error")] == []


@pytest.fixture(scope="session")
def words(classes: list[type[errors.VeedorError]], sentences: dict[str, str]) -> dict[str, str]:
    """Everything a person may read: parts of errors, and sentences."""
    return {f"{cls.code}.{part}": getattr(cls, part) for cls in classes for part in PARTS} | sentences


def test_everything_is_marked_for_translation(root: Path, words: dict[str, str]) -> None:
    """Words that the extractor does not see would never reach the catalogue."""
    marked = {message for _, _, message, _, _ in extract_from_dir(root / "src", keywords={"N_": None})}
    assert sorted(where for where, said in words.items() if said not in marked) == []


def test_words_are_plain(words: dict[str, str]) -> None:
    assert {where: hit.group() for where, said in words.items() if (hit := UNWANTED.search(said))} == {}


def test_gaps_have_names(words: dict[str, str]) -> None:
    """`{name}` only, without position, attribute or format: a translator may move gaps, nobody reaches into values."""
    odd = [
        (where, field, form, conversion)
        for where, said in words.items()
        for _, field, form, conversion in string.Formatter().parse(said)
        if field is not None and not (field.isidentifier() and not form and conversion is None)
    ]
    assert odd == []
