"""What a document is made of, without any language: headings, paragraphs, tables, lists, bilingual clauses, letters."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from veedor.kernel import canonical
from veedor.kernel.language import N_, Text, Value, say, translate
from veedor.kernel.text import clean
from veedor.verdicts import rows

FORMAT_VERSION = 1
SYNTHETIC = N_("made-up figures: every file of this project is synthetic")


@dataclass(frozen=True, slots=True)
class Word:
    """A phrase of the program's own, marked with `N_` where it stands, that is said in the reader's language."""

    words: str


Said: TypeAlias = "Value | Word"
"""A piece of text: a sentence, a text of the accord, a phrase, a number, a date; a plain string only for names and digests."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 2 opens a section, level 3 a part of one."""

    said: Said
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences that belong together."""

    said: tuple[Said, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list; each entry is one or several sentences."""

    entries: tuple[tuple[Said, ...], ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; as many cells in each row as there are headings."""

    heads: tuple[Word, ...]
    rows: tuple[tuple[Said, ...], ...]

    def __post_init__(self) -> None:
        if any(len(row) != len(self.heads) for row in self.rows):
            raise ValueError("a row has more or fewer cells than the table has headings")


@dataclass(frozen=True, slots=True)
class Clause:
    """A proposed clause in both languages at once, whoever reads, and the line of the accord file that says it."""

    words: Text
    paste: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A draft to somebody else, written in that reader's language and set apart from the document around it."""

    lang: str
    blocks: tuple[Paragraph | Points, ...]


Block: TypeAlias = Heading | Paragraph | Points | Table | Clause | Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document. `exercise` and `synthetic` print their labels before anything else; `data` is for programs."""

    name: str  # agenda, methods, requests, changes
    title: Said
    exercise: bool
    synthetic: bool
    blocks: tuple[Block, ...]
    data: Mapping[str, object] = field(default_factory=dict)

    @property
    def labels(self) -> tuple[Word, ...]:
        """What stands above everything: that nobody signed, that the figures are made up."""
        return labels_of(exercise=self.exercise, synthetic=self.synthetic)


def labels_of(*, exercise: bool, synthetic: bool) -> tuple[Word, ...]:
    """The labels that hold, in the order in which they are printed."""
    marked = ((exercise, rows.EXERCISE), (synthetic, SYNTHETIC))
    return tuple(Word(words) for holds, words in marked if holds)


def words(said: Said, lang: str) -> str:
    """One piece of text in a language, cleaned."""
    return clean(translate(said.words, lang) if isinstance(said, Word) else say(said, lang))


def joined(said: tuple[Said, ...], lang: str) -> str:
    """Several pieces on one line."""
    return " ".join(filter(None, (words(one, lang) for one in said)))


def as_json(document: Document, lang: str) -> str:
    """The document for programs: its data with stable keys, and its words in a language, block by block."""
    body = {
        "format_version": FORMAT_VERSION,
        "report": document.name,
        "lang": lang,
        "title": words(document.title, lang),
        "exercise": document.exercise,
        "synthetic": document.synthetic,
        "labels": [words(label, lang) for label in document.labels],
        "data": document.data,
        "blocks": [_plain(block, lang) for block in document.blocks],
    }
    return canonical.pretty(body)


def _plain(block: Block, lang: str) -> dict[str, object]:
    match block:
        case Heading():
            return {"heading": words(block.said, lang), "level": block.level}
        case Paragraph():
            return {"paragraph": joined(block.said, lang)}
        case Points():
            return {"list": [joined(entry, lang) for entry in block.entries]}
        case Table():
            heads = [words(head, lang) for head in block.heads]
            return {"heads": heads, "rows": [[words(cell, lang) for cell in row] for row in block.rows]}
        case Clause():
            return {"clause": {"en": block.words.en, "es": block.words.es, "paste": block.paste}}
        case Letter():
            return {"letter": [_plain(part, block.lang) for part in block.blocks], "lang": block.lang}
