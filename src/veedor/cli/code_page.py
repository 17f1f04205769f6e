"""An error code in full, offline."""

from __future__ import annotations

import pkgutil
from functools import cache
from importlib import import_module

import veedor
from veedor.accord.lint import RULES
from veedor.cli.commands.lint import SEVERITIES
from veedor.cli.face import Face
from veedor.kernel.errors import CODES, DONE, UnknownNameError, VeedorError
from veedor.kernel.language import N_, translate


def show(face: Face, code: str) -> int:
    """What the code means, what it does to the data, and what to do; every code of every package is known here."""
    known = every_code()
    if code in RULES:
        return _rule(face, code)
    if code not in known:
        raise UnknownNameError(kind=N_("error code"), name=code, known=tuple(sorted({*known, *RULES})))
    found = known[code]
    face.result(f"{code}", "heading")
    face.result(translate(found.what, face.lang))
    face.result("")
    face.result(translate(found.more, face.lang))
    face.result("")
    for label, words in ((N_("effect"), found.effect), (N_("next"), found.next)):
        face.result(f"{face.t(label)}: {translate(words, face.lang)}")
    return DONE


def _rule(face: Face, code: str) -> int:
    """A rule of lint in full."""
    rule = RULES[code]
    face.result(f"{code} ({face.t(SEVERITIES[rule.severity])})", "heading")
    face.result(translate(rule.words.words, face.lang))
    face.result("")
    face.result(translate(rule.more, face.lang))
    return DONE


def every_code() -> dict[str, type[VeedorError]]:
    """Every error class by its code: modules named `errors`, `…_errors` of all packages are imported for it."""
    _import_errors()
    return dict(CODES)


@cache
def _import_errors() -> None:
    for module in pkgutil.walk_packages(veedor.__path__, "veedor."):
        if module.name.rpartition(".")[2].endswith("errors"):
            import_module(module.name)
