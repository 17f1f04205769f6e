"""Which source a file belongs to, by what it holds: exactly one must claim it, and nothing is guessed.

A file that lost a column, or had one renamed, may be claimed by nobody. When its header is unmistakably that of one source, the
file is given to that source all the same, so that it is kept as an unusable snapshot that says what it lost.
"""

from __future__ import annotations

import csv
import io
import re

from veedor.kernel.language import N_, Sentence, Template
from veedor.kernel.registry import Registry
from veedor.kernel.text import fold
from veedor.sources.errors import EmptyFileError, HtmlPageError, NotRecognisedError, TwoSourcesError
from veedor.sources.reading import decode_head, header_of
from veedor.sources.source import Sample, Source

HEAD = 65536
_ALIKE = 0.6  # share of a source's columns that a header must have to be taken for a damaged file of it
_ALIKE_AT_LEAST = 3  # and how many, so that two common words are no likeness
_SHOWN = 12
_LOOKED_AT = 20  # rows looked at to tell a header from a row

_HTML = re.compile(rb"^(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.IGNORECASE | re.DOTALL)

_YEAR = re.compile(r"^(?:19|20)\d\d$")
_NUMBER = re.compile(r"^\s*-?[\d.,:/-]*\d[\d.,:/-]*\s*$")

_COLUMNS = Template("src.seen-columns", N_("its columns are {columns}"))
_TEXT = Template("src.seen-text", N_("it is text whose first line has {count} cells and names no columns"))
_BYTES = Template("src.seen-bytes", N_("it begins with the bytes {bytes}, which are no text"))
_PDF = Template("src.seen-pdf", N_("it is a PDF document"))
_OFFICE = Template("src.seen-office", N_("it is an Office workbook or document"))
_ARCHIVE = Template("src.seen-archive", N_("it is an archive that has to be unpacked first"))
_JSON = Template("src.seen-json", N_("it is JSON"))
_XML = Template("src.seen-xml", N_("it is XML"))
_MOST_LIKE = Template("src.most-like", N_("; most like it is {source}, of whose columns it lacks {lost}"))
_NOTHING = Template("src.nothing-like", N_("; no known source is like it"))

_MAGIC = (
    (b"%PDF", _PDF),
    (b"PK\x03\x04", _OFFICE),
    (b"\x1f\x8b", _ARCHIVE),
    (b"BZh", _ARCHIVE),
    (b"<?xml", _XML),
    (b"{", _JSON),
    (b"[", _JSON),
)


def sample_of(name: str, data: bytes) -> Sample:
    """The beginning of an unpacked file, as recognisers see it."""
    return Sample(name=name, head=data[:HEAD], size=len(data))


def recognise(name: str, data: bytes, registry: Registry[Source]) -> Source:
    """The one source that an unpacked file belongs to.

    Raises:
        EmptyFileError: there is nothing in it.
        HtmlPageError: it is a web page.
        TwoSourcesError: more than one source claims it.
        NotRecognisedError: none does, and its header is not unmistakably that of one.
    """
    sample = sample_of(name, data)
    if not sample.head.strip(b" \t\r\n\x00\x1a\xef\xbb\xbf\xff\xfe") and not data.strip(b" \t\r\n\x00\x1a\xef\xbb\xbf\xff\xfe"):
        raise EmptyFileError(where=name, file=name, size=len(data))
    claims = [source for source in registry.values() if source.recognise(sample)]
    if len(claims) > 1:
        names = tuple(source.name for source in claims)
        raise TwoSourcesError(where=name, file=name, count=len(claims), names=names)
    if claims:
        return claims[0]
    if _HTML.match(sample.head[:4096]):
        raise HtmlPageError(where=name, file=name, title=_title(sample))
    likeness = _likeness(sample, registry)
    if likeness and likeness[0][0] >= _ALIKE and (len(likeness) == 1 or likeness[0][0] > likeness[1][0]):
        return likeness[0][1]
    raise NotRecognisedError(where=name, file=name, seen=_seen(sample), nearest=_nearest(sample, likeness), known=tuple(registry))


def _title(sample: Sample) -> str:
    found = _TITLE.search(sample.head.decode("utf-8", errors="replace"))
    return " ".join(found[1].split())[:120] if found else ""


def _header(sample: Sample) -> list[str]:
    try:
        return header_of(decode_head(sample.head))
    except ValueError:
        return []


def _likeness(sample: Sample, registry: Registry[Source]) -> list[tuple[float, Source]]:
    """Sources by the share of their columns that the header has, the most alike first; only those with enough in common."""
    there = {fold(name) for name in _header(sample)}
    found = []
    for source in registry.values():
        wanted = {fold(name) for name in source.columns}
        common = len(wanted & there)
        if common >= _ALIKE_AT_LEAST:
            found.append((common / len(wanted), source))
    return sorted(found, key=lambda pair: -pair[0])


def _nearest(sample: Sample, likeness: list[tuple[float, Source]]) -> Sentence:
    if not likeness:
        return _NOTHING()
    source = likeness[0][1]
    there = {fold(name) for name in _header(sample)}
    lost = tuple(name for name in source.columns if fold(name) not in there)
    return _MOST_LIKE(source=source.name, lost=lost[:_SHOWN]) if lost else _NOTHING()


def _seen(sample: Sample) -> Sentence:
    head = sample.head.lstrip()
    for magic, template in _MAGIC:
        if head.startswith(magic):
            return template()
    text = decode_head(sample.head)
    if not text:
        return _BYTES(bytes=sample.head[:16].hex(" "))
    header = _header(sample)
    if _is_header(header, text):
        return _COLUMNS(columns=tuple(name[:60] for name in header[:_SHOWN]))
    return _TEXT(count=len(header))


def _is_header(header: list[str], text: str) -> bool:
    """Whether the first line names columns. A list of persons without header must not be quoted in a message or a log."""
    if len(header) < 2 or any("@" in name or (name[:1].isdigit() and not _YEAR.match(name)) for name in header):
        return False
    try:
        rows = list(csv.reader(io.StringIO(text, newline="")))[1:_LOOKED_AT]
    except csv.Error:
        return False
    return any(_is_figure_below(name, cell) for row in rows for name, cell in zip(header, row, strict=False))


def _is_figure_below(name: str, cell: str) -> bool:
    if not _NUMBER.match(cell):
        return False
    return not _NUMBER.match(name) or (_YEAR.match(name) is not None and _YEAR.match(cell) is None)
