"""Sentences people read, kept apart from their wording: a code and values inside, words in a language only at the edge.

A module that speaks declares its templates once, as constants::

    STALE = Template("ind.stale", N_("{source} last answered on {date}, before the period began."))
    STALE(source="sesnsp-idefc", date=date(2019, 1, 1)).render("es")

Digests hash `Sentence.plain()` (code and values), so a better wording never changes a result.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import TypeAlias

from veedor.kernel.quantity import Quantity, digits
from veedor.kernel.text import clean

LANGUAGES = ("en", "es")

MONTHS = {
    "en": ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"),
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"),
}  # fmt: skip


def N_(words: str) -> str:  # noqa: N802, the name gettext's extractor looks for
    """Mark English words for translation and return them unchanged."""
    return words


@lru_cache(maxsize=len(LANGUAGES))
def _catalogue(lang: str) -> gettext.NullTranslations:
    if lang == "en":
        return gettext.NullTranslations()
    with resources.files("veedor").joinpath("locale", lang, "LC_MESSAGES", "veedor.mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled)


def translate(words: str, lang: str) -> str:
    """The words in `lang`; the English words themselves where no translation exists (a test keeps Spanish complete)."""
    return _catalogue(lang).gettext(words) if words else words


Value: TypeAlias = "str | int | Decimal | date | datetime | Quantity | Text | Sentence | tuple[Value, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """The same words in several languages, as accords and indicators carry them; English always exists."""

    en: str
    es: str = ""
    hi: str = ""

    def render(self, lang: str) -> str:
        """The words in `lang`, or in English where that language is missing."""
        found: str = getattr(self, lang, "")
        return found or self.en


def word(words: str) -> Text:
    """A word of the program's own, marked with `N_` where it stands, as a value that a sentence says in the reader's language."""
    return Text(en=words, es=translate(words, "es"))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One thing to say: the code of its template and the values that fill it. Hashable, comparable, without language."""

    code: str
    values: tuple[tuple[str, Value], ...] = ()

    def render(self, lang: str = "en") -> str:
        """The sentence in `lang`, each value formatted for that language and cleaned for a terminal.

        A stored sentence may be of a plug-in that is not installed any more: its code and values are then all that can be said.
        """
        if self.code not in _TEMPLATES:
            return clean(" ".join([f"[{self.code}]", *(f"{name}: {say(value, lang)}" for name, value in self.values)]))
        words = translate(_TEMPLATES[self.code].words, lang)
        return words.format(**{name: say(value, lang) for name, value in self.values})

    def plain(self) -> dict[str, object]:
        """Code and values as plain data, for canonical bytes."""
        return {"code": self.code, "values": {name: _plain(value) for name, value in self.values}}

    def __str__(self) -> str:
        return self.render("en")


_TEMPLATES: dict[str, Template] = {}


class Template:
    """A translatable sentence with named gaps; calling it fills them. Codes are unique for ever."""

    def __init__(self, code: str, words: str) -> None:
        if code in _TEMPLATES and _TEMPLATES[code].words != words:
            raise ValueError(f"two sentences share the code {code!r}")
        self.code: str = code
        self.words: str = words
        _TEMPLATES[code] = self

    def __call__(self, **values: Value) -> Sentence:
        """The sentence with these values, in the order of their names."""
        return Sentence(self.code, tuple(sorted(values.items())))


def templates() -> dict[str, str]:
    """Every sentence code and its English words, for the documentation and its tests."""
    return {code: template.words for code, template in sorted(_TEMPLATES.items())}


def say(value: Value, lang: str) -> str:
    """One value as a person reads it in `lang`."""
    match value:
        case Sentence() | Text():
            return value.render(lang)
        case Quantity():
            return f"{digits(value.value)} {translate(value.unit, lang)}".strip()
        case Decimal() | int():
            return digits(Decimal(value))
        case datetime():
            return value.strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return value.isoformat()
        case tuple():
            return ", ".join(say(part, lang) for part in value)
        case str():
            return clean(value)


def month_name(day: date, lang: str) -> str:
    """The month of a date in words: "March 2019", "marzo de 2019"."""
    joint = " de " if lang == "es" else " "
    return f"{MONTHS[lang][day.month - 1]}{joint}{day.year}"


def _plain(value: Value) -> object:
    match value:
        case Sentence():
            return value.plain()
        case Text():
            return {"en": value.en}
        case Quantity():
            return {"value": str(value.value.normalize()), "unit": value.unit}
        case Decimal():
            return str(value.normalize())
        case datetime():
            return value.strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return value.isoformat()
        case tuple():
            return [_plain(part) for part in value]
        case int() | str():
            return value
