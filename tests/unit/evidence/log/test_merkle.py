"""The tree, against the definitions of RFC 6962 written out, and against roots that others published."""

from __future__ import annotations

import pytest

from veedor.evidence.log import merkle
from veedor.evidence.log.merkle import EMPTY, CompactRange, Tree, leaf_hash, node_hash

# The leaves and roots that Certificate Transparency implementations have tested themselves with since 2013.
KNOWN_LEAVES = [
    bytes.fromhex(h) for h in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]
KNOWN_ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
DATA = [b"%d" % at for at in range(70)]


def mth(data: list[bytes]) -> bytes:
    """Merkle Tree Hash, as RFC 6962 section 2.1 defines it."""
    if len(data) < 2:
        return leaf_hash(data[0]) if data else EMPTY
    k = 1 << (len(data) - 1).bit_length() - 1
    return node_hash(mth(data[:k]), mth(data[k:]))


def path(m: int, data: list[bytes]) -> list[bytes]:
    """PATH, as section 2.1.1 defines it."""
    if len(data) == 1:
        return []
    k = 1 << (len(data) - 1).bit_length() - 1
    return [*path(m, data[:k]), mth(data[k:])] if m < k else [*path(m - k, data[k:]), mth(data[:k])]


def subproof(m: int, data: list[bytes], *, whole: bool) -> list[bytes]:
    """SUBPROOF, as section 2.1.2 defines it."""
    if m == len(data):
        return [] if whole else [mth(data)]
    k = 1 << (len(data) - 1).bit_length() - 1
    if m <= k:
        return [*subproof(m, data[:k], whole=whole), mth(data[k:])]
    return [*subproof(m - k, data[k:], whole=False), mth(data[:k])]


@pytest.fixture(scope="module")
def tree() -> Tree:
    return Tree(map(leaf_hash, DATA))


@pytest.mark.parametrize("size", KNOWN_ROOTS)
def test_published_roots(size: int) -> None:
    edge = CompactRange()
    edge.extend(map(leaf_hash, KNOWN_LEAVES[:size]))
    assert edge.root().hex() == KNOWN_ROOTS[size]
    assert merkle.root(Tree(map(leaf_hash, KNOWN_LEAVES)), size).hex() == KNOWN_ROOTS[size]


def test_every_root_and_every_proof_up_to_seventy(tree: Tree) -> None:
    """Made as the definition says, and verified; no proof fits another leaf, place, size or root."""
    for size in range(1, len(DATA) + 1):
        root = mth(DATA[:size])
        assert merkle.root(tree, size) == root
        for index in range(size):
            made = merkle.inclusion_proof(tree, index, size)
            assert list(made) == path(index, DATA[:size])
            leaf = leaf_hash(DATA[index])
            assert merkle.verify_inclusion(leaf, index, size, made, root)
            assert not merkle.verify_inclusion(leaf_hash(b"other"), index, size, made, root)
            assert not merkle.verify_inclusion(leaf, (index + 1) % size, size, made, root) or size == 1
            assert not merkle.verify_inclusion(leaf, index, size, (*made, root), root)
            assert not made or merkle.root_of_path(leaf, index, size, made[:-1]) is None, "a path that ends early leads nowhere"


def test_every_consistency_proof_up_to_seventy(tree: Tree) -> None:
    for new in range(1, len(DATA) + 1):
        for old in range(1, new + 1):
            made = merkle.consistency_proof(tree, old, new)
            assert list(made) == subproof(old, DATA[:new], whole=True)
            before, after = mth(DATA[:old]), mth(DATA[:new])
            assert merkle.verify_consistency(old, new, before, after, made)
            assert not merkle.verify_consistency(old, new, after, before, made) or old == new
            assert not merkle.verify_consistency(old, new, before, after, (*made, before))
            assert old == new or not merkle.verify_consistency(old, new, before, after, made[1:])
            assert old == new or not merkle.verify_consistency(old, new, leaf_hash(b"!"), after, made)


def test_the_empty_tree_is_the_beginning_of_every_tree(tree: Tree) -> None:
    assert merkle.consistency_proof(tree, 0, 70) == ()
    assert merkle.verify_consistency(0, 70, EMPTY, mth(DATA), ())
    assert not merkle.verify_consistency(0, 70, mth(DATA), mth(DATA), ())
    assert not merkle.verify_consistency(0, 70, EMPTY, mth(DATA), (EMPTY,))


def test_the_example_of_the_specification() -> None:
    """Seven entries, named as in C2SP merkle-tree."""
    seven = Tree(map(leaf_hash, DATA[:7]))
    a, b, c, d, e, f, g = (leaf_hash(DATA[at]) for at in range(7))
    h, i, j = node_hash(a, b), node_hash(c, d), node_hash(e, f)
    k, l = node_hash(h, i), node_hash(j, g)  # noqa: E741, the specification's letter
    assert merkle.root(seven, 7) == node_hash(k, l)
    assert merkle.inclusion_proof(seven, 0, 7) == (b, i, l)
    assert merkle.inclusion_proof(seven, 3, 7) == (c, h, l)
    assert merkle.inclusion_proof(seven, 4, 7) == (f, g, k)
    assert merkle.inclusion_proof(seven, 6, 7) == (j, k)
    assert merkle.consistency_proof(seven, 3, 7) == (c, d, h, l)
    assert merkle.consistency_proof(seven, 4, 7) == (l,)
    assert merkle.consistency_proof(seven, 6, 7) == (j, g, k)


def test_an_edge_goes_on_where_it_was_left() -> None:
    for at in range(len(DATA)):
        first = CompactRange()
        first.extend(map(leaf_hash, DATA[:at]))
        second = CompactRange(first.size, first.hashes)
        second.extend(map(leaf_hash, DATA[at:]))
        assert (second.size, second.root()) == (len(DATA), mth(DATA))
    with pytest.raises(ValueError, match="has 2 hashes"):
        CompactRange(3, (EMPTY,))


def test_what_cannot_be_proved_is_not(tree: Tree) -> None:
    for index, size in ((-1, 5), (5, 5), (0, 0)):
        with pytest.raises(ValueError, match="no leaf"):
            merkle.inclusion_proof(tree, index, size)
        assert merkle.root_of_path(EMPTY, index, size, ()) is None
    with pytest.raises(ValueError, match="cannot have grown"):
        merkle.consistency_proof(tree, 6, 5)
    with pytest.raises(IndexError):
        tree.node(6, 1)
