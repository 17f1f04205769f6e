"""Every installed source by name: built-ins and strangers register the same way and are checked the same way."""

from __future__ import annotations

import re
from functools import lru_cache

from veedor.kernel.errors import PlugInDoesNotLoadError
from veedor.kernel.ids import is_name
from veedor.kernel.language import N_, word
from veedor.kernel.registry import Registry, load
from veedor.records.kinds import KINDS
from veedor.sources.source import Source

GROUP = "veedor.sources"
_KIND = N_("source")
_TEXTS = (
    "name",
    "title",
    "publisher",
    "controller",
    "grade",
    "measures",
    "unit",
    "coverage",
    "breaks",
    "terms",
    "cadence",
)
_CADENCES = ("monthly", "yearly", "irregular")
_GRADE = re.compile(r"^[A-F][1-6]$")  # Admiralty: reliability of the source, credibility of what it says


@lru_cache(maxsize=1)
def sources() -> Registry[Source]:
    """Every registered source, loaded once; the first that does not load, or is not what it says, stops the run."""
    found = load(GROUP, _KIND, check)
    for name, source in found.items():
        if source.name != name:
            why = f"it is registered as {name!r} and calls itself {source.name!r}"
            raise PlugInDoesNotLoadError(kind=word(_KIND), name=name, where=GROUP, why=why)
    return found


def check(thing: object) -> Source:
    """The thing itself when it is a source that says everything a reader must know.

    Raises:
        TypeError: it is no `Source`.
        ValueError: a text is empty, or a name, grade, kind or cadence is not one that exists.
    """
    if not isinstance(thing, Source):
        raise TypeError(f"a {type(thing).__name__} is not a Source")
    empty = [name for name in _TEXTS if not str(getattr(thing, name)).strip()]
    if empty:
        raise ValueError(f"its {', '.join(empty)} is empty")
    if not is_name(thing.name):
        raise ValueError(f"its name {thing.name!r} is not lower-case words joined by hyphens")
    if not _GRADE.match(thing.grade):
        raise ValueError(f"its grade {thing.grade!r} is not a letter A-F and a digit 1-6")
    if thing.cadence not in _CADENCES:
        raise ValueError(f"its cadence {thing.cadence!r} is not one of {_CADENCES}")
    strange = [kind for kind in thing.kinds if kind not in KINDS]
    if strange or not thing.kinds:
        raise ValueError(f"its kinds {thing.kinds!r} are not kinds of record")
    return thing
