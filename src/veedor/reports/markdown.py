"""Documents as Markdown. Whatever came from a file is text and never markup: marks that Markdown reads are escaped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from veedor.kernel.text import clean
from veedor.reports.document import Block, Clause, Document, Heading, Letter, Paragraph, Points, Table, joined, words

_ANYWHERE = re.compile(r"[\\`*\[\]<~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|&(?=#?\w+;)")
_AT_START = re.compile(r"^(?:[#>+=-]|\d+[.)](?=\s|$))")


def render(document: Document, lang: str) -> str:
    """The document in a language; its labels stand above the title."""
    parts = [f"**{escaped(words(label, lang))}**" for label in document.labels]
    parts.append(f"# {escaped(words(document.title, lang))}")
    parts += ["\n".join(_block(block, lang)) for block in document.blocks]
    return "\n\n".join(part for part in parts if part) + "\n"


def escaped(text: str) -> str:
    """Text as Markdown that shows exactly this text."""
    text = _ANYWHERE.sub(r"\\\g<0>", text)
    found = _AT_START.match(text)
    if found is None:
        return text
    mark = found.group()  # "#" and "12." would begin a heading and a list
    return f"{mark[:-1]}\\{mark[-1]}{text[len(mark) :]}"


def _block(block: Block, lang: str) -> Iterator[str]:
    match block:
        case Heading():
            yield f"{'#' * block.level} {escaped(words(block.said, lang))}"
        case Paragraph():
            text = escaped(joined(block.said, lang))
            yield f"**{text}**" if block.strong else text
        case Points():
            for number, entry in enumerate(block.entries, 1):
                yield f"{f'{number}.' if block.numbered else '-'} {escaped(joined(entry, lang))}"
        case Table():
            yield _row(words(head, lang) for head in block.heads)
            yield "|" + "---|" * len(block.heads)
            for row in block.rows:
                yield _row(words(cell, lang) or "–" for cell in row)
        case Clause():
            lines = [f"EN: {escaped(clean(block.words.en))}", f"ES: {escaped(clean(block.words.es or block.words.en))}"]
            lines += [_code(block.paste)] if block.paste else []
            yield "\\\n".join(f"> {line}" for line in lines)
        case Letter():
            for index, part in enumerate(block.blocks):
                yield from [">"] if index else []
                yield from (f"> {line}" for line in _block(part, block.lang))


def _row(cells: Iterator[str]) -> str:
    return "| " + " | ".join(escaped(cell).replace("|", "\\|") for cell in cells) + " |"


def _code(text: str) -> str:
    """A line to copy as it stands; the fence is longer than any run of backticks in it."""
    fence = "`" * (1 + max((len(run) for run in re.findall(r"`+", text)), default=0))
    room = " " if "`" in text else ""
    return f"{fence}{room}{clean(text)}{room}{fence}"
