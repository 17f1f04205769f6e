"""Every code that a problem can carry has a class that explains it; every class says all it must."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import veedor.sources
from veedor.kernel.errors import CODES, VeedorError
from veedor.sources import errors

FOLDER = Path(veedor.sources.__file__).parent
CLASSES = [
    thing for thing in vars(errors).values() if isinstance(thing, type) and issubclass(thing, VeedorError) and thing is not VeedorError
]


def test_every_code_used_in_a_problem_can_be_explained():
    used = set(re.findall(r'= "(SRC\d{3})"', "".join(p.read_text(encoding="utf-8") for p in FOLDER.glob("*.py"))))
    for module in FOLDER.glob("*_errors.py"):
        __import__(f"veedor.sources.{module.stem}")
    assert used <= set(CODES)


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.code)
def test_every_class_says_what_it_is_what_it_did_and_what_next(cls):
    for part in ("what", "effect", "next", "more"):
        words = getattr(cls, part)
        assert words.strip()
        assert not re.search(r"!|\bplease\b|\bsimply\b", words, re.IGNORECASE)
    assert re.fullmatch(r"SRC0[0-4]\d", cls.code)
