"""Tiles and bundles: names, growth in any steps, proofs out of them, and damage."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veedor.evidence.log import merkle, tiles
from veedor.evidence.log.errors import EntryTooLongError, TileMalformedError, TileMissingError
from veedor.evidence.log.merkle import Tree, leaf_hash
from veedor.evidence.log.tiles import DictReader, Edge, FolderReader, TileName, TileNodes, grow, path_of, read_path


@pytest.mark.parametrize(
    ("name", "path"),
    [
        (TileName(0, 1_234_067, 256), "tile/0/x001/x234/067"),  # the example of the specification
        (TileName(0, 273, 112), "tile/0/273.p/112"),
        (TileName(None, 0, 200), "tile/entries/000.p/200"),
        (TileName(63, 999, 256), "tile/63/999"),
        (TileName(1, 1000, 1), "tile/1/x001/000.p/1"),
    ],
)
def test_names(name: TileName, path: str) -> None:
    assert path_of(name) == path
    assert read_path(path) == name


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/0", "tile/0/0000", "tile/0/x000/000", "tile/00/000", "tile/64/000", "tile/0/000.p/256", "tile/0/000.p/0", "tile/0/000.p/01",
        "tile/0/000/", "tile/0/x001", "tile/-1/000", "tile/0/٠٠٠", "checkpoint", "tile/entries", "tile/0/../0/000", "tile/0/000.p/999",
    ],
)  # fmt: skip
def test_what_is_no_name(path: str) -> None:
    assert read_path(path) is None


def test_the_example_of_the_specification() -> None:
    """70,000 entries: 273 full tiles and one of 112; one full and one of 17; one of 1. And 256: a full tile, and one of 1 above."""
    found = [(name.level, name.width) for name in tiles.names(70_000) if name.level is not None]
    assert found.count((0, 256)) == 273
    assert sorted(pair for pair in found if pair != (0, 256)) == [(0, 112), (1, 17), (1, 256), (2, 1)]
    assert [(name.level, name.width) for name in tiles.names(256)] == [(None, 256), (0, 256), (1, 1)]
    assert list(tiles.names(0)) == []


@given(st.lists(st.sampled_from([0, 1, 2, 100, 255, 256, 257, 513]), min_size=1, max_size=8), st.integers(0, 10**6))
def test_any_steps_lead_to_the_same_files(steps: list[int], salt: int) -> None:
    entries: list[bytes] = []
    edge, files, tree = Edge(), {}, Tree()
    for step in steps:
        new = [b"%d %d" % (salt, len(entries) + at) for at in range(step)]
        edge, written = grow(edge, new)
        files |= written
        entries += new
        for entry in new:
            tree.append(leaf_hash(entry))
        assert edge.root() == merkle.root(tree, len(entries))
        assert tiles.edge(DictReader(files), len(entries)) == edge
    once = grow(Edge(), entries)
    assert once.edge == edge
    assert {path: files[path] for path in once.files} == once.files
    assert {path_of(name) for name in tiles.names(len(entries))} == set(once.files)


@given(st.integers(1, 1200), st.data())
def test_proofs_out_of_tiles(size: int, data: st.DataObject) -> None:
    entries = [b"%d" % at for at in range(size)]
    files, tree = grow(Edge(), entries).files, Tree(map(leaf_hash, entries))
    nodes = TileNodes(DictReader(files), size, keep=2)
    index, old = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size))
    assert merkle.inclusion_proof(nodes, index, size) == merkle.inclusion_proof(tree, index, size)
    assert merkle.consistency_proof(nodes, old, size) == merkle.consistency_proof(tree, old, size)
    assert len(nodes._tiles) <= 2


def test_a_partial_tile_may_have_become_a_full_one() -> None:
    entries = [b"%d" % at for at in range(300)]
    files = grow(Edge(), entries).files
    early = TileNodes(DictReader(files), 200)  # a checkpoint at 200 whose partial files were removed since
    assert merkle.root(early, 200) == merkle.root(Tree(map(leaf_hash, entries)), 200)
    assert tiles.bundle(DictReader(files), 0, 200) == tuple(entries[:200])
    assert tiles.edge(DictReader(files), 200).root() == merkle.root(early, 200)


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_bundles_read_back(entries: list[bytes]) -> None:
    assert tiles.unpack(tiles.pack(entries)) == tuple(entries)


def test_what_is_cut_short_or_missing_is_said(tmp_path: Path) -> None:
    files = dict(grow(Edge(), [b"one", b"two", b"three"]).files)
    bundle, tile = "tile/entries/000.p/3", "tile/0/000.p/3"
    for data in (files[bundle][:-1], files[bundle] + b"\x00", files[bundle][:6]):
        with pytest.raises(TileMalformedError, match=r"entries/000\.p/3"):
            tiles.bundle(DictReader({**files, bundle: data}), 0, 3)
    with pytest.raises(TileMalformedError, match="holds 2 entries"):
        tiles.bundle(DictReader({**files, bundle: tiles.pack([b"one", b"two"])}), 0, 3)
    with pytest.raises(TileMalformedError, match="95 bytes"):
        tiles.tile(DictReader({tile: files[tile][:-1]}), TileName(0, 0, 3))
    with pytest.raises(TileMissingError):
        tiles.tile(FolderReader(tmp_path), TileName(0, 0, 3))
    with pytest.raises(TileMissingError):
        tiles.bundle(FolderReader(tmp_path), 0, 3)
    with pytest.raises(EntryTooLongError, match="entry 4 has 65,536 bytes"):
        grow(tiles.edge(DictReader(files), 3), [b"", b"x" * 65_536])
    assert grow(Edge(), [b"x" * 65_535]).edge.size == 1


def test_a_folder_reads_like_a_dictionary(tmp_path: Path) -> None:
    files = grow(Edge(), [b"%d" % at for at in range(600)]).files
    for path, data in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    reader = FolderReader(tmp_path)
    assert reader.paths() == DictReader(files).paths()
    assert all(reader.read(path) == data for path, data in files.items())
    assert (reader.read("tile/0"), reader.read("tile/0/000/000"), reader.read("nothing")) == (None, None, None)
    (tmp_path / "large").write_bytes(bytes(tiles.MOST_BYTES + 100))
    assert len(reader.read("large") or b"") == tiles.MOST_BYTES + 1
