"""What must hold for any evidence: nothing depends on the order of taking, and every type survives storage."""

from __future__ import annotations

import tempfile
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from veedor.evidence import codec
from veedor.evidence.diff import diff
from veedor.evidence.snapshot import Capture, Snapshot, Stored
from veedor.evidence.store import Intake, Store
from veedor.kernel.canonical import canonical, digest_bytes, read
from veedor.kernel.errors import Problem
from veedor.kernel.language import Sentence, Text
from veedor.kernel.months import Period
from veedor.kernel.quantity import Quantity
from veedor.records.keys import Key

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
decimals = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**12), max_value=10**12)
moments = st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2200, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
quantities = st.builds(Quantity, decimals, texts)
plain_values = texts | st.integers() | decimals | st.dates() | moments | quantities | st.builds(Text, en=texts, es=texts, hi=texts)
names = st.text("abcdefg_", min_size=1, max_size=6)
values = st.recursive(
    plain_values,
    lambda inner: (
        st.lists(inner, max_size=3).map(tuple) | st.builds(Sentence, names, st.lists(st.tuples(names, inner), max_size=2).map(tuple))
    ),
    max_leaves=6,
)
pairs = st.lists(st.tuples(names, values), max_size=4).map(tuple)
sentences = st.builds(Sentence, names, pairs)
whole = st.integers(min_value=0, max_value=10**6)
problems = st.builds(Problem, whole, whole, names, texts, pairs, texts, texts)
captures = st.builds(
    Capture,
    at=moments,
    name=texts,
    address=texts,
    headers=st.lists(st.tuples(texts, texts), max_size=2).map(tuple),
    stated=st.none() | st.dates(),
)
digests = st.binary(max_size=3).map(digest_bytes)
periods = st.tuples(st.dates(max_value=date(9000, 1, 1)), st.integers(1, 400)).map(
    lambda p: Period(p[0], date.fromordinal(p[0].toordinal() + p[1]))
)
snapshots = st.builds(
    Snapshot, digest=digests, size=whole, source=texts, controller=texts, grade=texts, part=texts, covers=st.none() | periods,
    vintage=st.none() | st.dates(), tables=st.lists(st.builds(Stored, kind=names, digest=digests, rows=whole), max_size=2).map(tuple),
    notes=st.lists(sentences, max_size=2).map(tuple), unusable=st.lists(problems, max_size=2).map(tuple), reader=texts,
    mapping=st.lists(st.tuples(texts, names), max_size=2).map(tuple), captures=st.just(()),
)  # fmt: skip


@given(values)
def test_every_value_of_a_sentence_comes_back_with_its_type(value: object) -> None:
    def typed(part: object) -> object:
        if isinstance(part, tuple):
            return tuple(map(typed, part))
        return (type(part), part)

    again = codec.value_read(read(canonical(codec.value_plain(value))))  # type: ignore[arg-type]
    assert typed(again) == typed(value)
    if isinstance(value, Decimal):
        assert str(again) == str(value)  # 1.50 stays 1.50


@given(snapshots)
def test_a_manifest_comes_back_and_is_one_sequence_of_bytes(snapshot: Snapshot) -> None:
    written = codec.manifest(snapshot)
    assert codec.manifest_read(written) == snapshot
    assert codec.manifest(codec.manifest_read(written)) == written


@given(snapshots, st.data())
def test_no_changed_byte_of_a_manifest_goes_unseen(snapshot: Snapshot, data: st.DataObject) -> None:
    written = bytearray(codec.manifest(snapshot))
    at = data.draw(st.integers(0, len(written) - 1))
    written[at] ^= data.draw(st.integers(1, 255))
    try:
        codec.manifest_read(bytes(written))
    except (ValueError, KeyError, TypeError):
        return
    raise AssertionError("a changed manifest was read")


@given(captures)
def test_a_capture_comes_back(capture: Capture) -> None:
    again = codec.capture_read(codec.capture_bytes(capture))
    assert again == capture
    assert codec.capture_digest(again) == codec.capture_digest(capture)


@given(st.binary(max_size=200))
def test_no_bytes_make_the_reader_of_manifests_fail_otherwise(data: bytes) -> None:
    for reader in (codec.manifest_read, codec.capture_read):
        try:
            reader(data)
        except (ValueError, KeyError, TypeError):
            continue
        raise AssertionError("accepted")


takes = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 4)), min_size=1, max_size=10)


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != "lock"}


def taken(folder: Path, order: list[tuple[int, int]]) -> Store:
    store = Store(folder)
    for file, day in order:
        at = datetime(2025, 5, day, tzinfo=UTC)
        intake = Intake(source=f"s{file % 2}", controller="MX", grade="B2", reader="0", covers=None, tables={}, part=str(file))
        store.take(b"file %d" % file, Capture(at=at, name=f"{day}.csv", address=""), intake)
    return store


@settings(max_examples=25, deadline=None)
@given(takes, st.randoms(use_true_random=False))
def test_taking_in_any_order_and_again_gives_the_same_folder(order: list[tuple[int, int]], shuffle: object) -> None:
    other = [*order, *order]
    shuffle.shuffle(other)  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as here, tempfile.TemporaryDirectory() as there:
        first, second = taken(Path(here), order), taken(Path(there), other)
        assert first.snapshots() == second.snapshots() == first.snapshots()
        assert tree(Path(here)) == tree(Path(there))
        assert {(len(s.captures), s.part) for s in first.snapshots()} == {
            (len(days), str(file)) for file in {f for f, _ in order} for days in [{d for f, d in order if f == file}]
        }
        assert first.verify() == second.verify() == ()


KEY = Key(columns=("place", "when"), values=("count", "status"), totals=("count",), apart=("status",))
rows = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c"]), st.none() | st.sampled_from([date(2025, 1, 1), date(2025, 2, 1)]),
              st.none() | st.integers(0, 3), st.sampled_from(["x", "y"])),
    max_size=14,
)  # fmt: skip
types = pa.schema([("place", pa.string()), ("when", pa.date32()), ("count", pa.int64()), ("status", pa.string())])


def as_table(given_rows: list[tuple[object, ...]]) -> pa.Table:
    return pa.Table.from_pylist([dict(zip(types.names, row, strict=True)) for row in given_rows], schema=types)


def numbered(given_rows: list[tuple[object, ...]]) -> dict[tuple[object, ...], tuple[object, ...]]:
    seen: Counter[tuple[object, ...]] = Counter()
    found = {}
    for place, when, *rest in given_rows:
        seen[place, when] += 1
        found[place, when, seen[place, when]] = tuple(rest)
    return found


@settings(deadline=None)
@given(rows, rows)
def test_a_difference_is_exact(old: list[tuple[object, ...]], new: list[tuple[object, ...]]) -> None:
    found, before, after = diff(as_table(old), as_table(new), KEY), numbered(old), numbered(new)

    def keys(part: pa.Table) -> Counter[tuple[object, ...]]:
        return Counter((r["place"], r["when"], r["occurrence"]) for r in part.to_pylist())

    assert keys(found.added) == Counter(after.keys() - before.keys())
    assert keys(found.removed) == Counter(before.keys() - after.keys())
    assert found.matched == len(before.keys() & after.keys())
    expected = {
        (key, column, before[key][i], after[key][i])
        for key in before.keys() & after.keys() for i, column in enumerate(KEY.values) if before[key][i] != after[key][i]
    }  # fmt: skip
    assert {(c.key, c.column, c.old, c.new) for c in found.cells()} == expected
    assert found.repeated == tuple(sum(key[2] > 1 for key in side) for side in (before, after))
    for total in found.totals:
        status = dict(total.group)["status"]
        for side, amount, counted in ((old, total.old, total.old_rows), (new, total.new, total.new_rows)):
            numbers = [row[2] for row in side if row[3] == status and row[2] is not None]
            assert (amount, counted) == (sum(numbers) if numbers else None, len(numbers))


@settings(deadline=None)
@given(rows, rows)
def test_a_difference_read_backwards_swaps_added_and_removed(old: list[tuple[object, ...]], new: list[tuple[object, ...]]) -> None:
    there, back = diff(as_table(old), as_table(new), KEY), diff(as_table(new), as_table(old), KEY)
    assert there.added.equals(back.removed)
    assert there.removed.equals(back.added)
    assert {(c.key, c.column, c.old, c.new) for c in there.cells()} == {(c.key, c.column, c.new, c.old) for c in back.cells()}
    assert there.is_same == back.is_same
    assert diff(as_table(old), as_table(old), KEY).is_same
