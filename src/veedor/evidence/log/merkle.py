"""The Merkle tree of RFC 6962 and RFC 9162 over SHA-256: hashes, the append-only edge, proofs and their verification.

A perfect subtree of 2**height leaves is named by its height and its index among those of that height. Whoever can give the hashes of
perfect subtrees (`Nodes`: kept in memory, or read from tiles) can give the root of any size and prove inclusion and consistency.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SIZE = 32
EMPTY = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of one leaf: SHA-256 over 0x00 and the entry."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side: SHA-256 over 0x01 and both hashes."""
    return sha256(b"\x01" + left + right).digest()


def fold(hashes: bytes) -> bytes:
    """The root of a perfect subtree from its 1, 2, 4, … hashes, one after the other."""
    while len(hashes) > SIZE:
        hashes = b"".join([sha256(b"\x01" + hashes[at : at + 64]).digest() for at in range(0, len(hashes), 64)])
    return hashes


class Nodes(Protocol):
    """Something that knows the hashes of perfect subtrees."""

    def node(self, height: int, index: int) -> bytes:
        """The hash of the leaves from index * 2**height up to, but not including, (index + 1) * 2**height."""
        ...


class CompactRange:
    """The right edge of a growing tree: one hash for each bit of its size. Enough to append and to know the root, never to prove."""

    __slots__ = ("_hashes", "_size")

    def __init__(self, size: int = 0, hashes: Sequence[bytes] = ()) -> None:
        if len(hashes) != size.bit_count():
            raise ValueError(f"an edge of {size} leaves has {size.bit_count()} hashes, not {len(hashes)}")
        self._size = size
        self._hashes = list(hashes)

    @property
    def size(self) -> int:
        """The number of leaves so far."""
        return self._size

    @property
    def hashes(self) -> tuple[bytes, ...]:
        """The hashes of the perfect subtrees, the largest first; with `size` all it takes to go on later."""
        return tuple(self._hashes)

    def append(self, leaf: bytes) -> None:
        """Add one leaf, given as its hash."""
        rest = self._size
        while rest & 1:
            leaf = sha256(b"\x01" + self._hashes.pop() + leaf).digest()
            rest >>= 1
        self._hashes.append(leaf)
        self._size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add leaves, given as their hashes."""
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> bytes:
        """The root of the tree so far."""
        return _joined(self._hashes)


class Tree:
    """A tree kept whole in memory, 64 bytes a leaf: proves about itself without reading anything."""

    __slots__ = ("_levels",)

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels = [bytearray()]
        for leaf in leaves:
            self.append(leaf)

    @property
    def size(self) -> int:
        """The number of leaves so far."""
        return len(self._levels[0]) // SIZE

    def append(self, leaf: bytes) -> None:
        """Add one leaf, given as its hash."""
        levels = self._levels
        levels[0] += leaf
        rest, height = len(levels[0]) // SIZE, 0
        while not rest & 1:
            pair = sha256(b"\x01" + levels[height][-64:]).digest()
            rest >>= 1
            height += 1
            if height == len(levels):
                levels.append(bytearray())
            levels[height] += pair

    def node(self, height: int, index: int) -> bytes:
        """The hash of a perfect subtree that is complete; IndexError where it is not."""
        found = self._levels[height][index * SIZE : (index + 1) * SIZE]
        if not found:
            raise IndexError(f"the subtree {index} of height {height} is not complete")
        return bytes(found)


def root(nodes: Nodes, size: int) -> bytes:
    """The root of the first `size` leaves."""
    return _span(nodes, 0, size)


def inclusion_proof(nodes: Nodes, index: int, size: int) -> tuple[bytes, ...]:
    """The path from leaf `index` to the root of the first `size` leaves, the leaf's sibling first (RFC 6962, 2.1.1)."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} leaves has no leaf {index}")
    start, left = 0, []
    while not index < start + (width := 1 << (size - start).bit_length() - 1):  # the perfect subtree that holds the leaf
        left.append((width, start))
        start += width
    path = [nodes.node(height, (index >> height) ^ 1) for height in range(width.bit_length() - 1)]
    if start + width < size:
        path.append(_span(nodes, start + width, size))
    path.extend(nodes.node(wide.bit_length() - 1, at // wide) for wide, at in reversed(left))
    return tuple(path)


def consistency_proof(nodes: Nodes, old: int, new: int) -> tuple[bytes, ...]:
    """Why the first `old` leaves of a tree of `new` are still what they were (RFC 6962, 2.1.2); empty for 0 and for equal sizes."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {old} leaves cannot have grown into one of {new}")
    if old in {0, new}:
        return ()
    path, start, end = [], 0, new
    while end != old:
        middle = start + (1 << (end - start - 1).bit_length() - 1)  # the largest power of two below the width splits it
        if old <= middle:
            path.append(_span(nodes, middle, end))
            end = middle
        else:
            path.append(_span(nodes, start, middle))
            start = middle
    if start:
        path.append(_span(nodes, start, end))
    return tuple(reversed(path))


def root_of_path(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that an inclusion path leads to from a leaf's hash; None where the path is too long, too short or outside the tree."""
    if not 0 <= index < size:
        return None
    at, last, found = index, size - 1, leaf
    for step in path:
        if last == 0:
            return None
        if at & 1 or at == last:
            found = sha256(b"\x01" + step + found).digest()
            while not at & 1 and at:
                at >>= 1
                last >>= 1
        else:
            found = sha256(b"\x01" + found + step).digest()
        at >>= 1
        last >>= 1
    return found if last == 0 else None


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], expected: bytes) -> bool:
    """Whether the path proves that the leaf with this hash stands at `index` in the tree of `size` leaves with the expected root."""
    return root_of_path(leaf, index, size, path) == expected


class Roots(NamedTuple):
    """The two roots that a consistency proof leads to."""

    old: bytes
    new: bytes


def roots_of_path(old: int, new: int, old_root: bytes, path: Sequence[bytes]) -> Roots | None:
    """The roots of both sizes that a consistency path leads to; None where it is too long, too short or impossible.

    Where `old` is a power of two the path begins at `old_root` itself, which it therefore cannot contradict: only the new root tells.
    """
    if not 0 < old < new or not path:
        return None
    steps = list(path)
    if old & (old - 1) == 0:
        steps.insert(0, old_root)
    at, last = old - 1, new - 1
    while at & 1:
        at >>= 1
        last >>= 1
    first = second = steps[0]
    for step in steps[1:]:
        if last == 0:
            return None
        if at & 1 or at == last:
            first, second = node_hash(step, first), node_hash(step, second)
            while not at & 1 and at:
                at >>= 1
                last >>= 1
        else:
            second = node_hash(second, step)
        at >>= 1
        last >>= 1
    return Roots(first, second) if last == 0 else None


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Whether the path proves that the tree of `new` leaves begins with the tree of `old` leaves."""
    if old == new:
        return not path and old_root == new_root
    if old == 0:
        return not path and old_root == EMPTY and new > 0
    return roots_of_path(old, new, old_root, path) == (old_root, new_root)


def _span(nodes: Nodes, start: int, end: int) -> bytes:
    """The hash of the leaves [start, end), where `start` is a multiple of the largest power of two in their number."""
    parts = []
    while start < end:
        width = 1 << (end - start).bit_length() - 1
        parts.append(nodes.node(width.bit_length() - 1, start // width))
        start += width
    return _joined(parts)


def _joined(parts: Sequence[bytes]) -> bytes:
    """One hash for perfect subtrees that shrink to the right; of none, the root of the empty tree."""
    if not parts:
        return EMPTY
    found = parts[-1]
    for part in reversed(parts[:-1]):
        found = sha256(b"\x01" + part + found).digest()
    return found
