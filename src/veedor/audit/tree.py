"""Whether the files of a log agree with each other and with its signed root; where they do not, which file is at fault.

Every tile is held against the level below it, and against the hash that stands for it in the level above, up to the root that was signed.
Where a tile and what lies below it differ, the one that fits what stands above is right, and the other is at fault.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import Protocol, TypeAlias

from veedor.audit.findings import Finding, finding
from veedor.evidence.log.checkpoint import Checkpoint
from veedor.evidence.log.keys import encoded
from veedor.evidence.log.merkle import SIZE, fold, leaf_hash
from veedor.evidence.log.tiles import HEIGHT, MOST_BYTES, WIDTH, TileName, TileReader, edge_root, path_of, read_path, width_at

MOST = 40  # findings kept of each kind: more would say no more
Hashes: TypeAlias = "Sequence[bytes | None]"


class Files(TileReader, Protocol):
    """The files of a log that can also be listed."""

    def paths(self) -> tuple[str, ...]:
        """Every path below the folder of the log."""
        ...


@dataclass(slots=True)
class Tree:
    """What was found about the files of a log."""

    entries: list[Finding] = field(default_factory=list)
    tiles: list[Finding] = field(default_factory=list)
    root: list[Finding] = field(default_factory=list)
    stray: list[Finding] = field(default_factory=list)
    beyond: list[str] = field(default_factory=list)
    beside: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Held:
    """One tile of level `name.level`: the hashes in its file (None: no such file), and those that follow from the level below."""

    name: TileName
    own: bytes | None
    below: Hashes

    @property
    def made(self) -> bytes | None:
        """The hashes from the level below, where all of them are known."""
        known = [found for found in self.below if found is not None]
        return b"".join(known) if len(known) == len(self.below) == self.name.width else None

    @property
    def choices(self) -> tuple[bytes, ...]:
        """What the tile may have to say: its own file first."""
        return tuple(dict.fromkeys(found for found in (self.own, self.made) if found is not None))

    @property
    def differing(self) -> list[int]:
        """Where file and level below differ."""
        if self.own is None or self.own == self.made:
            return []
        pairs = ((at, self.own[at * SIZE : (at + 1) * SIZE], made) for at, made in enumerate(self.below))
        return [at for at, own, made in pairs if made is not None and made != own]


class _Examination:
    """One pass over the files of a log, level by level, with a bounded number of tiles in memory."""

    def __init__(self, files: Files, checkpoint: Checkpoint) -> None:
        self.files, self.size, self.checkpoint = files, checkpoint.size, checkpoint
        self.tree = Tree()
        self.doubtful: dict[tuple[int, int], _Held] = {}  # full tiles that wait for the level above to decide
        self.right: dict[tuple[int, int], bytes] = {}  # what counts, where the file is not it

    def run(self) -> Tree:
        """Everything that is to be found."""
        level = 0
        edges: list[_Held] = []
        folds: list[bytes | None] = []
        while count := self.size >> HEIGHT * level:
            above: list[bytes | None] = []
            for number in range(-(-count // WIDTH)):
                held = self._held(TileName(level, number, width_at(self.size, level, number)), folds)
                if held.name.width < WIDTH:
                    edges.append(held)
                else:
                    above.append(self._later(held))
            folds, level = above, level + 1
        self._edges(edges)
        for held in list(self.doubtful.values()):  # nothing stood above them that could be read
            self._decide(held, None)
        self._others()
        return self.tree

    def _held(self, name: TileName, folds: list[bytes | None]) -> _Held:
        path, level = path_of(name), name.level or 0
        own = self.files.read(path)
        if own is None:
            own = self._full(name)
        if own is None or len(own) != name.width * SIZE:
            self._note(self.tree.tiles, *_absent(path, own, name.width * SIZE))
            own = None
        first = name.number * WIDTH
        if level == 0:
            return _Held(name, own, self._leaves(name))
        for at in range(name.width):
            child = self.doubtful.get((level - 1, first + at))
            if child is not None:
                folds[first + at] = self._decide(child, None if own is None else own[at * SIZE : (at + 1) * SIZE])
        return _Held(name, own, folds[first : first + name.width])

    def _full(self, name: TileName) -> bytes | None:
        """The beginning of the full tile that took a partial one's place, where the log has grown since this checkpoint."""
        full = self.files.read(path_of(name._replace(width=WIDTH))) if name.width < WIDTH else None
        return full if full is None or len(full) != WIDTH * SIZE else full[: name.width * SIZE]

    def _leaves(self, name: TileName) -> list[bytes | None]:
        path = path_of(name._replace(level=None))
        data = self.files.read(path)
        if data is None and name.width < WIDTH:
            data = self.files.read(path_of(TileName(None, name.number, WIDTH)))
            found, cut = _entries(data or b"", name.width)
        else:
            found, cut = _entries(data or b"", None)
        if data is None or len(data) > MOST_BYTES:
            self._note(self.tree.entries, *_absent(path, data, 0))
        elif cut:
            self._note(self.tree.entries, finding(path, "cut", entry=name.number * WIDTH + len(found)))
        else:
            self._note(self.tree.entries, *_count(path, name, len(found)))
        hashes: list[bytes | None] = [leaf_hash(entry) for entry in found[: name.width]]
        return hashes + [None] * (name.width - len(hashes))

    def _later(self, held: _Held) -> bytes | None:
        """What a full tile hands to the level above; where it is in doubt, the level above decides."""
        if held.differing:
            self.doubtful[held.name.level or 0, held.name.number] = held
        return next(map(fold, held.choices), None)

    def _decide(self, held: _Held, above: bytes | None) -> bytes | None:
        self.doubtful.pop((held.name.level or 0, held.name.number), None)
        right = next((choice for choice in held.choices if fold(choice) == above), None)
        self._blame(held, right)
        return next(map(fold, held.choices if right is None else (right,)), None)

    def _edges(self, edges: list[_Held]) -> None:
        """Hold the right edge against the signed root: the first choice of files, or of what lies below them, that leads to it is right."""
        by_level = {held.name.level or 0: held for held in edges}
        options = [by_level[level].choices if level in by_level else (b"",) for level in range(max(by_level, default=-1) + 1)]
        tried: list[tuple[bytes, ...]] = []
        for chosen in product(*options):
            tried.append(chosen)
            if edge_root(chosen) == self.checkpoint.root:
                for held in edges:
                    self._blame(held, chosen[held.name.level or 0])
                return
        for held in edges:
            self._blame(held, None)
        reached = encoded(edge_root(tried[0])) if tried else "–"
        self._note(self.tree.root, finding("checkpoint", "root", expected=encoded(self.checkpoint.root), found=reached))

    def _blame(self, held: _Held, right: bytes | None) -> None:
        """Name what differs, and in which file, once it is known which side is right (None: neither is proved to be)."""
        level, path = held.name.level or 0, path_of(held.name)
        if right is not None and right != held.own:
            self.right[level, held.name.number] = right
        for at in held.differing:
            own, made = (held.own or b"")[at * SIZE : (at + 1) * SIZE], held.below[at] or b""
            one, other = encoded(own), encoded(made)
            number = held.name.number * WIDTH + at
            if right is None:
                self._note(self.tree.tiles, finding(path, "either", entry=number, expected=one, found=other))
            elif right != held.own:
                self._note(self.tree.tiles, finding(path, "hash", entry=number, expected=other, found=one))
            elif level == 0:
                bundle = path_of(held.name._replace(level=None))
                self._note(self.tree.entries, finding(bundle, "entry", entry=number, expected=one, found=other))
            else:
                child = path_of(TileName(level - 1, number, WIDTH))
                self._note(self.tree.tiles, finding(child, "beneath", entry=number, file=path, expected=one, found=other))

    def _others(self) -> None:
        """Files that the checkpoint does not ask for: partial ones of earlier sizes are checked, later ones and strangers are named."""
        for path in self.files.paths():
            name = read_path(path)
            if name is None:
                if path.startswith("tile/"):
                    self._note(self.tree.stray, finding(path, "stray"))
                elif path != "checkpoint":
                    self.tree.beside.append(path)
                continue
            width = width_at(self.size, name.level or 0, name.number)
            if name.width < width:
                self._earlier(path, name, width)
            elif name.width > width:
                self.tree.beyond.append(path)

    def _earlier(self, path: str, name: TileName, width: int) -> None:
        data = self.files.read(path) or b""
        now = self._settled(TileName(name.level or 0, name.number, width))
        if name.level is not None:
            if len(data) != name.width * SIZE:
                self._note(self.tree.tiles, *_absent(path, data, name.width * SIZE))
            then: list[bytes] = [data[at : at + SIZE] for at in range(0, len(data), SIZE)]
        else:
            entries, cut = _entries(data, None)
            if cut:
                self._note(self.tree.entries, finding(path, "cut", entry=name.number * WIDTH + len(entries)))
            else:
                self._note(self.tree.entries, *_count(path, name, len(entries)))
            then = [leaf_hash(entry) for entry in entries]
        code, where = ("entry", self.tree.entries) if name.level is None else ("hash", self.tree.tiles)
        for at, (is_now, was) in enumerate(zip(now, then, strict=False)):
            if was != is_now:
                number = name.number * WIDTH + at
                self._note(where, finding(path, code, entry=number, expected=encoded(is_now), found=encoded(was)))

    def _settled(self, name: TileName) -> list[bytes]:
        """The hashes of a tile that count, after everything was decided."""
        own = self.files.read(path_of(name)) or self._full(name) or b""
        data = self.right.get((name.level or 0, name.number), own)
        return [data[at : at + SIZE] for at in range(0, len(data), SIZE)]

    def _note(self, findings: list[Finding], *new: Finding) -> None:
        if len(findings) < MOST:
            findings.extend(new)


def examine(files: Files, checkpoint: Checkpoint) -> Tree:
    """Hold every file of a log against the others and against the root in its checkpoint."""
    return _Examination(files, checkpoint).run()


def _absent(path: str, data: bytes | None, expected: int) -> Iterator[Finding]:
    if data is None:
        yield finding(path, "missing")
    else:
        yield finding(path, "length", expected=str(expected), found=str(len(data)))


def _count(path: str, name: TileName, found: int) -> Iterator[Finding]:
    """The first entry that is absent from a bundle, or too many in it."""
    if found != name.width:
        code, entry = ("absent", found) if found < name.width else ("excess", name.width)
        yield finding(path, code, entry=name.number * WIDTH + entry, expected=str(name.width), found=str(found))


def _entries(data: bytes, most: int | None) -> tuple[list[bytes], bool]:
    """The entries of a bundle as far as they can be read, at most so many; and whether the last one is cut short."""
    found: list[bytes] = []
    at, end = 0, len(data)
    while at < end and (most is None or len(found) < most):
        start = at + 2
        at = start + int.from_bytes(data[at:start], "big")
        if start > end or at > end:
            return found, True
        found.append(data[start:at])
    return found, False
