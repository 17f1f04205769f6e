"""What a server's answer says, from headers and bytes alone: facts, a wait asked for, page or table, the body."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from types import MappingProxyType

from veedor.kernel.language import N_, Template
from veedor.kernel.text import clean
from veedor.sources.remote_errors import CutOffError, GarbledAnswerError, TooLargeError, UnexpectedAnswerError

_FACTS = ("content-type", "content-length", "content-encoding", "date", "etag", "last-modified", "server")
_PAGES = ("text/html", "application/xhtml+xml")
_PAGE_STARTS = (b"<!doctype html", b"<html")
_PIECE = 1 << 20
_MORE_FOLLOWS = Template("src.more-after-body", N_("bytes after the end of the compressed body"))
FOREVER = 10**9  # seconds: what an absurdly long Retry-After counts as


def facts(headers: Mapping[str, str]) -> Mapping[str, str]:
    """The few headers a capture keeps, each cleaned and shortened."""
    return MappingProxyType({name: clean(headers[name], limit=300) for name in _FACTS if name in headers})


def repeatable(value: str) -> str:
    """A validator that may be sent back in a request header, or nothing where it holds anything but printable ASCII."""
    return value if value.isascii() and value.isprintable() and len(value) <= 1000 else ""


def declared_length(headers: Mapping[str, str]) -> int | None:
    """The Content-Length, where there is one that is a number."""
    text = headers.get("content-length", "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 18 else None


def asked_wait(headers: Mapping[str, str]) -> int | None:
    """Seconds a server asks to wait (Retry-After, a date counted from its own Date); None where it does not ask."""
    text = headers.get("retry-after", "").strip()
    if text.isascii() and text.isdecimal():
        return int(text) if len(text) <= 9 else FOREVER
    try:
        then, now = parsedate_to_datetime(text), parsedate_to_datetime(headers.get("date", ""))
        return max(0, int((then - now).total_seconds()))
    except (TypeError, ValueError, OverflowError):
        return None


def page_kind(headers: Mapping[str, str], data: bytes = b"") -> str:
    """The kind of web page that an answer is, by its Content-Type or its first bytes; "" for anything else."""
    kind = headers.get("content-type", "").partition(";")[0].strip().casefold()
    if kind in _PAGES:
        return kind
    return _PAGES[0] if data[:256].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(_PAGE_STARTS) else ""


def unpacked(chunks: Iterable[bytes], encoding: str, *, max_bytes: int, where: str) -> bytes:
    """The body without its Content-Encoding; refused as soon as it exceeds `max_bytes`: a bomb never fills memory.

    Raises:
        TooLargeError: more than `max_bytes` came out.
        UnexpectedAnswerError: an encoding that was not asked for and is not known.
        GarbledAnswerError: the compressed bytes are damaged.
        CutOffError: the compressed bytes end early.
    """
    kind = encoding.strip().casefold()
    if kind in {"", "identity"}:
        pieces: Iterator[bytes] = iter(chunks)
    elif kind in {"gzip", "x-gzip", "deflate"}:
        pieces = _inflated(chunks, where)
    else:
        raise UnexpectedAnswerError(where=where, why=f"Content-Encoding: {encoding}")
    kept = bytearray()
    for piece in pieces:
        kept += piece
        if len(kept) > max_bytes:
            raise TooLargeError(where=where, limit=max_bytes)
    return bytes(kept)


def _inflated(chunks: Iterable[bytes], where: str) -> Iterator[bytes]:
    machine = zlib.decompressobj(wbits=zlib.MAX_WBITS + 32)  # gzip or zlib, told by its first bytes
    taken = 0
    try:
        for chunk in chunks:
            taken += len(chunk)
            rest, full = chunk, True
            while full or rest:
                piece = machine.decompress(rest, _PIECE)
                rest, full = machine.unconsumed_tail, len(piece) == _PIECE
                yield piece
            if machine.unused_data:
                raise GarbledAnswerError(where=where, why=_MORE_FOLLOWS())
    except zlib.error as error:
        raise GarbledAnswerError(where=where, why=str(error)) from error
    if not machine.eof:
        raise CutOffError(where=where, received=taken)
