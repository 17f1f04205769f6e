"""Nothing in a log of 200 entries can be changed, dropped, swapped or repeated without being noticed and named. Exhaustive."""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import combinations
from pathlib import Path

import pytest
from numpy.random import default_rng

from veedor.audit import tree
from veedor.audit.findings import Report
from veedor.audit.verify import audit_log
from veedor.evidence.log import keys, policy, tiles
from veedor.evidence.log.checkpoint import Checkpoint
from veedor.evidence.log.tiles import DictReader, TileName, pack, read_path, unpack
from veedor.kernel.errors import DONE, INTEGRITY

VECTORS = Path(__file__).resolve().parents[1] / "vectors" / "log-1"
BUNDLE, TILE = "tile/entries/000.p/200", "tile/0/000.p/200"
PATHS = sorted(path.relative_to(VECTORS / "log").as_posix() for path in (VECTORS / "log").rglob("*") if path.is_file())


@cache
def log() -> dict[str, bytes]:
    return {path: (VECTORS / "log" / path).read_bytes() for path in PATHS}


@cache
def trusted() -> policy.Policy:
    return policy.read((VECTORS / "policy").read_bytes())


@pytest.fixture(autouse=True)
def remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same bytes hash, and the same signature fits, the same way every time: computing that once makes these tests quick."""
    monkeypatch.setattr(tree, "leaf_hash", lru_cache(maxsize=2048)(tree.leaf_hash))
    monkeypatch.setattr(keys, "ed25519_fits", lru_cache(maxsize=2048)(keys.ed25519_fits))


def audited(path: str, data: bytes) -> Report:
    return audit_log(DictReader({**log(), path: data}), trusted())


def named(report: Report) -> list[tuple[str, int]]:
    """Which files are named, and which entry or hash in them (-1: none)."""
    found = [one for check in report.checks for one in check.findings]
    return [(one.where, next((int(str(value)) for name, value in one.saying.values if name == "entry"), -1)) for one in found]


def entry_at(path: str) -> list[int]:
    """For each byte of a file, the entry or hash it belongs to (-1: none)."""
    name = read_path(path)
    if name is None:
        return [-1] * len(log()[path])
    if name.level is not None:
        return [at // 32 for at in range(name.width * 32)]
    return [at for at, entry in enumerate(unpack(log()[path])) for _ in range(2 + len(entry))]


def test_the_log_is_whole_before_it_is_touched() -> None:
    report = audit_log(DictReader(log()), trusted())
    assert report.exit_code == DONE
    assert sum(map(len, log().values())) > 40_000


@pytest.mark.parametrize("path", PATHS)
def test_any_changed_byte_is_noticed_and_named(path: str) -> None:
    """Every byte of every file, each with one other value; where it is of an entry or a hash, that very one is named first."""
    data, places = log()[path], entry_at(path)
    masks = default_rng(len(data)).integers(1, 256, len(data), dtype="uint8").tobytes()
    for at, entry in enumerate(places):
        changed = data[:at] + bytes([data[at] ^ masks[at]]) + data[at + 1 :]
        report = audited(path, changed)
        assert report.exit_code == INTEGRITY, (path, at)
        assert (path, entry) in named(report)[:2], (path, at, named(report)[:3])


def test_any_dropped_entry_is_noticed_and_named() -> None:
    entries = unpack(log()[BUNDLE])
    for at in range(len(entries)):
        report = audited(BUNDLE, pack(entries[:at] + entries[at + 1 :]))
        assert report.exit_code == INTEGRITY
        assert (BUNDLE, at) in named(report)[:2], (at, named(report)[:3])


def test_any_repeated_entry_is_noticed_and_named() -> None:
    entries = unpack(log()[BUNDLE])
    for at in range(len(entries)):
        report = audited(BUNDLE, pack(entries[: at + 1] + entries[at:]))
        assert report.exit_code == INTEGRITY
        assert (BUNDLE, at + 1) in named(report)[:2], (at, named(report)[:3])


@pytest.mark.parametrize("part", range(4))
def test_any_two_swapped_entries_are_noticed_and_named(part: int) -> None:
    """All 19,900 pairs."""
    entries = list(unpack(log()[BUNDLE]))
    for one, other in list(combinations(range(len(entries)), 2))[part::4]:
        entries[one], entries[other] = entries[other], entries[one]
        report = audited(BUNDLE, pack(entries))
        entries[one], entries[other] = entries[other], entries[one]
        assert report.exit_code == INTEGRITY
        assert named(report) == [(BUNDLE, one), (BUNDLE, other)]


@pytest.mark.parametrize("path", PATHS)
def test_any_missing_file_is_noticed_and_named(path: str) -> None:
    report = audit_log(DictReader({name: data for name, data in log().items() if name != path}), trusted())
    asked_for = {"checkpoint", BUNDLE, TILE}  # partial files of earlier sizes may go (tlog-tiles, partial tiles)
    assert report.exit_code == (INTEGRITY if path in asked_for else DONE)
    assert [where for where, _ in named(report) if where] == [path] * (path in asked_for)


@pytest.mark.parametrize("at", [0, 63, 64, 127, 128, 199])
def test_entries_and_tiles_changed_together_do_not_lead_to_the_signed_root(at: int) -> None:
    """Whoever rebuilds every tile after a change still cannot sign; what stands in the files of earlier sizes names the entry."""
    entries = list(unpack(log()[BUNDLE]))
    entries[at] = entries[at].replace(b"0", b"1")
    report = audit_log(DictReader({**log(), **tiles.grow(tiles.Edge(), entries).files}), trusted())
    assert report.exit_code == INTEGRITY
    assert ("checkpoint", -1) in named(report)
    earlier = [(where, entry) for where, entry in named(report) if where in PATHS and where != "checkpoint"]
    assert {entry for _, entry in earlier} == ({at} if at < 128 else set())


def test_a_file_that_belongs_nowhere_is_named() -> None:
    strays = ("tile/0/001", "tile/9/000", "tile/0/0000", "tile/entries/000.p/256", "tile/x", "tile/0/000.p/0")
    for path in strays:
        report = audit_log(DictReader({**log(), path: b"x" * 32}), trusted())
        is_later = read_path(path) is not None  # a log writes tiles of its next size before the next checkpoint
        assert report.exit_code == (DONE if is_later else INTEGRITY), path
        assert (path in str(report.remarks)) == is_later
        assert [where for where, _ in named(report)] == [path] * (not is_later)
    report = audit_log(DictReader({**log(), "index.html": b""}), trusted())
    assert (report.exit_code, "index.html" in str(report.remarks)) == (DONE, True)


@pytest.mark.parametrize("level", [0, 1, 2])
def test_in_a_larger_log_the_tile_at_fault_is_named(level: int) -> None:
    """A log of three levels: a changed hash is blamed on its own tile, not on those above or below."""
    made = tiles.grow(tiles.Edge(), [b"%d" % at for at in range(66_000)])
    stated = Checkpoint(origin="log.example", size=66_000, root=made.edge.root())
    draws = default_rng(level)
    found = [name for path in made.files if (name := read_path(path)) is not None and name.level == level]
    for drawn in draws.choice(len(found), min(3, len(found)), replace=False):
        name = found[drawn]
        path, at = tiles.path_of(name), int(draws.integers(name.width))
        data = bytearray(made.files[path])
        data[at * 32 + 5] ^= 1
        seen = tree.examine(DictReader({**made.files, path: bytes(data)}), stated)
        blamed = [(one.where, dict(one.saying.values)["entry"]) for one in (*seen.entries, *seen.tiles, *seen.root)]
        assert blamed == [(path, name.number * 256 + at)]
        bundle = tiles.path_of(TileName(None, 17, 256))
        entries = list(unpack(made.files[bundle]))
        entries[9] += b"!"
        seen = tree.examine(DictReader({**made.files, bundle: pack(entries)}), stated)
        assert [(one.where, dict(one.saying.values)["entry"]) for one in seen.entries] == [(bundle, 17 * 256 + 9)]
        assert (seen.tiles, seen.root) == ([], [])
