"""Archives to files, within limits: the too large is refused before it is held, what points outside refused whole."""

from __future__ import annotations

import bz2
import io
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import NamedTuple, Protocol

from veedor.kernel.language import N_, Template
from veedor.sources.errors import (
    ArchiveBrokenError,
    ArchiveLockedError,
    ArchiveTooLargeError,
    NestedArchiveError,
    NoReadableMemberError,
    TooManyMembersError,
    UnsafeMemberError,
)

LARGEST = 1 << 30  # bytes that one archive may unpack to, all members together
FREE = 16 << 20  # below this no archive is refused for its ratio: it harms nobody
RATIO = 300  # unpacked to packed; tables of publishers reach forty, deflate can do 1,032
MEMBERS = 1000
_CHUNK = 1 << 18
_ZIP, _EMPTY_ZIP, _GZIP = b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b"
_BZIP2 = tuple(b"BZh%d" % size for size in range(1, 10))
_WORKBOOK = "[Content_Types].xml"  # every Office document is a zip that holds this; it is one file to its readers
_GZIP_WINDOW = 31  # zlib: expect a gzip header and check its sum

_TOO_EARLY = Template("src.archive-too-early", N_("it ends too early"))
_MORE_FOLLOWS = Template("src.archive-more-follows", N_("other bytes follow its end"))


class _Opened(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class Member(NamedTuple):
    """One file out of an archive, or the plain file itself."""

    name: str  # without folders
    data: bytes


def unpack(name: str, data: bytes) -> tuple[Member, ...]:
    """The files inside a zip, gzip or bzip2 archive, in the order of their names.

    A plain file, or an Office workbook, is its own only member. An archive in an archive is opened too, and no further.

    Raises:
        ArchiveTooLargeError: it would unpack beyond the limits; found before the content is held.
        TooManyMembersError: it holds more members than allowed.
        UnsafeMemberError: a member points outside.
        NestedArchiveError: archives in archives in archives.
        ArchiveLockedError: a member is encrypted or packed by another method.
        ArchiveBrokenError: it is cut off or altered.
        NoReadableMemberError: it holds no file.
    """
    if not is_archive(data):
        return (Member(name, data),)
    limit = _limit(len(data))
    found: list[Member] = []
    left = limit
    for outer in _open(name, data, left):
        left -= len(outer.data)
        inner = _inner(name, outer, left)
        left -= sum(len(member.data) for member in inner if member is not outer)
        found.extend(inner)
        if len(found) > MEMBERS:
            raise TooManyMembersError(where=name, file=name, count=len(found), limit=MEMBERS)
    if not found:
        raise NoReadableMemberError(where=name, file=name)
    return tuple(sorted(found, key=lambda member: member.name))


def is_archive(data: bytes) -> bool:
    """Whether the bytes are an archive that `unpack` opens; an Office workbook, though packed, is not."""
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        return not _is_workbook(data)
    return data.startswith((_GZIP, *_BZIP2))


def _inner(name: str, outer: Member, left: int) -> list[Member]:
    if not is_archive(outer.data):
        return [outer]
    found = list(_open(name, outer.data, left, inner=outer.name))
    for member in found:
        if is_archive(member.data):
            raise NestedArchiveError(where=name, file=name, member=member.name)
    return found


def _limit(packed: int) -> int:
    return min(LARGEST, max(FREE, RATIO * packed))


def _open(name: str, data: bytes, left: int, *, inner: str = "") -> Iterator[Member]:
    if data.startswith((_ZIP, _EMPTY_ZIP)):
        return _members(name, data, left)
    packed = PurePosixPath((inner or name).replace("\\", "/")).name
    suffix = ".gz" if data.startswith(_GZIP) else ".bz2"
    bare = packed.removesuffix(suffix) or packed
    return iter([Member(bare, _stream(name, data, left))])


def _stream(name: str, data: bytes, left: int) -> bytes:
    # Once to measure, holding one chunk at a time, and only what fits is unpacked a second time to be kept.
    size = 0
    for chunk in _chunks(name, data):
        size += len(chunk)
        if size > left:
            raise ArchiveTooLargeError(where=name, file=name, packed=len(data), limit=left)
    return b"".join(_chunks(name, data))


def _chunks(name: str, data: bytes) -> Iterator[bytes]:
    """The content of a gzip or bzip2 stream, and of any that follow it, in pieces of bounded size."""
    place = 0
    while data.startswith((_GZIP, *_BZIP2), place):
        opened: _Opened = zlib.decompressobj(_GZIP_WINDOW) if data.startswith(_GZIP, place) else bz2.BZ2Decompressor()
        while not opened.eof and place < len(data):
            block = data[place : place + _CHUNK]
            try:
                yield from _pieces(opened, block)
            except (zlib.error, OSError, EOFError, ValueError) as error:
                raise ArchiveBrokenError(where=name, file=name, why=str(error)) from error
            place += len(block) - len(opened.unused_data)
        if not opened.eof:
            raise ArchiveBrokenError(where=name, file=name, why=_TOO_EARLY())
    if data[place:].strip(b"\0"):  # tapes and some tools pad with zeros; anything else behind the end is not what was packed
        raise ArchiveBrokenError(where=name, file=name, why=_MORE_FOLLOWS())


def _pieces(opened: _Opened, block: bytes) -> Iterator[bytes]:
    piece = opened.decompress(block, _CHUNK)
    yield piece
    while not opened.eof:
        tail = getattr(opened, "unconsumed_tail", b"")  # zlib hands back what it did not read; bz2 keeps it inside
        if not tail and len(piece) < _CHUNK:
            return
        piece = opened.decompress(tail, _CHUNK)
        yield piece


def _is_workbook(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _WORKBOOK in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return False


def _members(name: str, data: bytes, left: int) -> Iterator[Member]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if _matters(info)]
            if len(archive.infolist()) > MEMBERS:
                raise TooManyMembersError(where=name, file=name, count=len(archive.infolist()), limit=MEMBERS)
            for info in infos:
                _check_member(name, info)
            # A reader never gets more out of a member than the directory declares, so the sum bounds it all.
            if sum(info.file_size for info in infos) > left:
                raise ArchiveTooLargeError(where=name, file=name, packed=len(data), limit=left)
            yield from [Member(PurePosixPath(info.filename).name, archive.read(info)) for info in infos]
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as error:
        raise ArchiveBrokenError(where=name, file=name, why=str(error)) from error


def _matters(info: zipfile.ZipInfo) -> bool:
    path = PurePosixPath(info.filename)
    return not info.is_dir() and "__MACOSX" not in path.parts and path.name not in {".DS_Store", "Thumbs.db", "desktop.ini"}


def _check_member(name: str, info: zipfile.ZipInfo) -> None:
    path = PurePosixPath(info.filename)
    is_link = stat.S_ISLNK(info.external_attr >> 16)
    outside = path.is_absolute() or ".." in path.parts or "\\" in info.filename or ":" in path.parts[0]
    if is_link or outside or not path.name:
        raise UnsafeMemberError(where=name, file=name, member=info.filename)
    if info.flag_bits & 1 or info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
        raise ArchiveLockedError(where=name, file=name, member=info.filename)
