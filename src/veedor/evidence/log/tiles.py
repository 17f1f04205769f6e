"""The log as static files (C2SP tlog-tiles): tiles of 256 hashes, bundles of 256 entries, their names, and the few that an append touches.

Every file follows from the entries alone: `grow(Edge(), entries)` gives the same bytes as any sequence of smaller steps leaves behind.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, Protocol

from veedor.evidence.log import errors
from veedor.evidence.log.errors import EntryTooLongError, TileMalformedError, TileMissingError
from veedor.evidence.log.merkle import EMPTY, SIZE, fold, leaf_hash, node_hash

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WIDTH = 256
HEIGHT = 8  # a full tile is a perfect subtree of 2**8
TILE_BYTES = WIDTH * SIZE
MOST_ENTRY = 0xFFFF
MOST_BYTES = WIDTH * (2 + MOST_ENTRY)
CHECKPOINT = "checkpoint"
MOST_LEVEL = 63
_NAME = re.compile(r"tile/(entries|0|[1-9][0-9]?)/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII)


class TileName(NamedTuple):
    """What the path of a file says: level of the tile (None for a bundle of entries), its number there, and how many it holds."""

    level: int | None
    number: int
    width: int


def path_of(name: TileName) -> str:
    """The path of a tile or bundle below the folder of the log: `tile/0/x001/x234/067`, `tile/entries/000.p/200`."""
    digits = f"{name.number:03d}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    level = "entries" if name.level is None else str(name.level)
    partial = "" if name.width == WIDTH else f".p/{name.width}"
    return f"tile/{level}/{'/'.join([*(f'x{group}' for group in groups[:-1]), groups[-1]])}{partial}"


def read_path(path: str) -> TileName | None:
    """What a path says; None where it is not exactly what `path_of` writes."""
    found = _NAME.fullmatch(path)
    if found is None:
        return None
    level, index, width = found.groups()
    name = TileName(None if level == "entries" else int(level), int(re.sub(r"[x/]", "", index)), int(width or WIDTH))
    return name if path_of(name) == path and (name.level or 0) <= MOST_LEVEL and name.width <= WIDTH else None


def width_at(size: int, level: int, index: int) -> int:
    """How many hashes the tile of a tree of `size` entries holds; 0 where it does not exist."""
    return min(max((size >> HEIGHT * level) - index * WIDTH, 0), WIDTH)


def names(size: int) -> Iterator[TileName]:
    """Every file of a log of `size` entries: bundles and tiles of level 0 in turn, then the levels above."""
    for index in range(-(-size // WIDTH)):
        width = width_at(size, 0, index)
        yield TileName(None, index, width)
        yield TileName(0, index, width)
    level = 1
    while count := size >> HEIGHT * level:
        yield from (TileName(level, index, width_at(size, level, index)) for index in range(-(-count // WIDTH)))
        level += 1


class TileReader(Protocol):
    """Something that holds the files of a log."""

    def read(self, path: str) -> bytes | None:
        """The bytes of a file by its path below the folder of the log; None where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class DictReader:
    """The files of a log in memory, by path."""

    files: Mapping[str, bytes]

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none."""
        return self.files.get(path)

    def paths(self) -> tuple[str, ...]:
        """Every path, in order."""
        return tuple(sorted(self.files))


@dataclass(frozen=True, slots=True)
class FolderReader:
    """The files of a log in a folder."""

    folder: Path

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None where there is none. Never more than the largest bundle can have, and a byte to show it."""
        try:
            with self.folder.joinpath(path).open("rb") as stream:
                return stream.read(MOST_BYTES + 1)
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return None

    def paths(self) -> tuple[str, ...]:
        """Every path below the folder, in order."""
        return tuple(sorted(found.relative_to(self.folder).as_posix() for found in self.folder.rglob("*") if not found.is_dir()))


def pack(entries: Iterable[bytes]) -> bytes:
    """A bundle of entries: each with its length in two bytes before it."""
    return b"".join(chain.from_iterable((len(entry).to_bytes(2, "big"), entry) for entry in entries))


def unpack(data: bytes, path: str = "") -> tuple[bytes, ...]:
    """The entries of a bundle.

    Raises:
        TileMalformedError: the last entry is cut short.
    """
    found: list[bytes] = []
    at, end = 0, len(data)
    while at < end:
        start = at + 2
        at = start + int.from_bytes(data[at:start], "big")
        if at > end or start > end:
            raise TileMalformedError(file=path, why=errors.CUT_SHORT(entry=len(found)), where=path)
        found.append(data[start:at])
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """The right edge of a log: what its partial tiles hold. With the next entries, all it takes to grow."""

    size: int = 0
    entries: tuple[bytes, ...] = ()  # of the partial bundle
    levels: tuple[bytes, ...] = ()  # the hashes of the partial tile of each level, one after the other; empty where it has none

    def root(self) -> bytes:
        """The root of the log."""
        return edge_root(self.levels)


class Growth(NamedTuple):
    """A grown log: its new edge, and every file that has to be written, by path."""

    edge: Edge
    files: dict[str, bytes]


def grow(edge: Edge, entries: Sequence[bytes]) -> Growth:
    """Append entries: the new edge and the bytes of every tile and bundle that is new; nothing else in the log changes.

    Partial files of the old size are left as they are: they belong to its checkpoint, and may go once a full one stands in their place.

    Raises:
        EntryTooLongError: an entry has more than 65,535 bytes.
    """
    if not entries:
        return Growth(edge, {})
    longest = max(map(len, entries))
    if longest > MOST_ENTRY:
        at = next(at for at, entry in enumerate(entries) if len(entry) > MOST_ENTRY)
        raise EntryTooLongError(index=edge.size + at, found=len(entries[at]), limit=MOST_ENTRY)
    files: dict[str, bytes] = {}
    size = edge.size + len(entries)
    held = (*edge.entries, *entries)
    for at in range(0, len(held), WIDTH):
        part = held[at : at + WIDTH]
        files[path_of(TileName(None, (edge.size - len(edge.entries) + at) // WIDTH, len(part)))] = pack(part)
    new = b"".join(map(leaf_hash, entries))
    levels: list[bytes] = []
    while new or len(levels) < len(edge.levels):
        level = len(levels)
        old = edge.levels[level] if level < len(edge.levels) else b""
        first = (edge.size >> HEIGHT * level) // WIDTH
        whole, left = _cut(old + new)
        files.update({path_of(TileName(level, first + at, WIDTH)): tile for at, tile in enumerate(whole)})
        if left and new:
            files[path_of(TileName(level, first + len(whole), len(left) // SIZE))] = left
        levels.append(left)
        new = b"".join(map(fold, whole))
    return Growth(Edge(size=size, entries=held[len(held) - size % WIDTH :], levels=tuple(levels)), files)


def edge(reader: TileReader, size: int) -> Edge:
    """The right edge of a log of `size` entries, read from its files.

    Raises:
        TileMissingError, TileMalformedError: a partial tile or bundle is not there, or not what its name says.
    """
    if size == 0:
        return Edge()
    levels, level = [], 0
    while size >> HEIGHT * level:
        width = (size >> HEIGHT * level) % WIDTH
        levels.append(tile(reader, TileName(level, size >> HEIGHT * (level + 1), width)) if width else b"")
        level += 1
    entries = bundle(reader, size // WIDTH, size % WIDTH) if size % WIDTH else ()
    return Edge(size=size, entries=entries, levels=tuple(levels))


def edge_root(levels: Sequence[bytes]) -> bytes:
    """The root from the hashes in the partial tile of each level."""
    peaks: list[bytes] = []
    for hashes in reversed(levels):
        at, left = 0, len(hashes) // SIZE
        while left:  # perfect subtrees, the largest first
            width = SIZE << left.bit_length() - 1
            peaks.append(fold(hashes[at : at + width]))
            at, left = at + width, left - width // SIZE
    if not peaks:
        return EMPTY
    found = peaks[-1]
    for peak in reversed(peaks[:-1]):
        found = node_hash(peak, found)
    return found


def tile(reader: TileReader, name: TileName) -> bytes:
    """The hashes of a tile; of a partial one that is gone, the beginning of the full one that took its place.

    Raises:
        TileMissingError, TileMalformedError: neither is there, or it has another length.
    """
    for held in dict.fromkeys((name, name._replace(width=WIDTH))):
        path = path_of(held)
        data = reader.read(path)
        if data is None:
            continue
        if len(data) != held.width * SIZE:
            raise TileMalformedError(file=path, why=errors.TILE_LENGTH(found=len(data), expected=held.width * SIZE), where=path)
        return data[: name.width * SIZE]
    raise TileMissingError(file=path_of(name), where=path_of(name))


def bundle(reader: TileReader, index: int, width: int = WIDTH) -> tuple[bytes, ...]:
    """The entries of a bundle; of a partial one that is gone, the beginning of the full one that took its place.

    Raises:
        TileMissingError, TileMalformedError: neither is there, or it holds another number of entries.
    """
    for held in dict.fromkeys((width, WIDTH)):
        path = path_of(TileName(None, index, held))
        data = reader.read(path)
        if data is None:
            continue
        found = unpack(data, path)
        if len(found) != held:
            raise TileMalformedError(file=path, why=errors.ENTRY_COUNT(found=len(found), expected=held), where=path)
        return found[:width]
    path = path_of(TileName(None, index, width))
    raise TileMissingError(file=path, where=path)


class TileNodes:
    """The hashes of perfect subtrees out of tiles: `merkle.Nodes` for a log of any size, with a bounded number of tiles in memory."""

    def __init__(self, reader: TileReader, size: int, *, keep: int = 64) -> None:
        self._reader = reader
        self._size = size
        self._keep = keep
        self._tiles: OrderedDict[tuple[int, int], tuple[bytes, ...]] = OrderedDict()

    def node(self, height: int, index: int) -> bytes:
        """The hash of a perfect subtree.

        Raises:
            TileMissingError, TileMalformedError: the tile with it cannot be read.
        """
        level, above = divmod(height, HEIGHT)
        wide = WIDTH >> above  # subtrees of this height in one tile
        return self._levels(level, index // wide)[above][index % wide * SIZE :][:SIZE]

    def _levels(self, level: int, index: int) -> tuple[bytes, ...]:
        """A tile and, for each height inside it, the hashes of its complete subtrees."""
        found = self._tiles.get((level, index))
        if found is None:
            hashes = tile(self._reader, TileName(level, index, width_at(self._size, level, index)))
            rows = [hashes]
            while len(hashes) >= 2 * SIZE:
                hashes = b"".join([node_hash(hashes[at : at + SIZE], hashes[at + SIZE : at + 64]) for at in range(0, len(hashes) - 32, 64)])
                rows.append(hashes)
            found = self._tiles[level, index] = tuple(rows)
            if len(self._tiles) > self._keep:
                self._tiles.popitem(last=False)
        else:
            self._tiles.move_to_end((level, index))
        return found


def _cut(hashes: bytes) -> tuple[list[bytes], bytes]:
    """Full tiles, and what is left over."""
    whole = len(hashes) // TILE_BYTES
    return [hashes[at * TILE_BYTES : (at + 1) * TILE_BYTES] for at in range(whole)], hashes[whole * TILE_BYTES :]
