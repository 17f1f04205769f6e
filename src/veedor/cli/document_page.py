"""A report on the terminal, or as plain text for a file."""

from __future__ import annotations

from dataclasses import replace

from veedor.cli import face as faces
from veedor.cli.face import Face
from veedor.reports.document import Block, Clause, Document, Heading, Letter, Paragraph, Points, Table, joined, words


def show(face: Face, document: Document) -> None:
    """The document in the face's language: labels first, then title and blocks, an empty line between any two."""
    for label in document.labels:
        face.result(words(label, face.lang), "warning")
    face.result(words(document.title, face.lang), "heading")
    for block in document.blocks:
        face.result("")
        _block(face, block, "")


def plain(face: Face, document: Document) -> str:
    """The same as text without colour, as wide as a pipe."""
    bare = faces.make(face.lang, face.project, colour=False, offline=face.offline, debug=face.debug)
    with bare.out.capture() as caught:
        show(bare, document)
    return caught.get()


def _block(face: Face, block: Block, indent: str) -> None:
    match block:
        case Heading():
            face.result(words(block.said, face.lang).upper() if block.level < 3 else words(block.said, face.lang), "heading")
        case Paragraph():
            _indented(face, joined(block.said, face.lang), indent)
        case Points():
            for number, entry in enumerate(block.entries, 1):
                face.table((), [(f"{indent}{f'{number}.' if block.numbered else '-'}", joined(entry, face.lang))])
        case Table():
            heads = tuple(words(head, face.lang) for head in block.heads)
            face.table(heads, [tuple(words(cell, face.lang) or "–" for cell in row) for row in block.rows], fixed=())
        case Clause():
            _clause(face, block, indent)
        case Letter():
            for part in block.blocks:
                _block(replace(face, lang=block.lang), part, indent + "  | ")


def _clause(face: Face, block: Clause, indent: str) -> None:
    for label, text in (("EN", block.words.en), ("ES", block.words.es or block.words.en), ("YAML", block.paste)):
        if text:
            face.table((), [(f"{indent}    {label}", text)])


def _indented(face: Face, text: str, indent: str) -> None:
    face.table((), [(indent.rstrip(), text)] if indent else [(text,)], fixed=(0,) if indent else ())
