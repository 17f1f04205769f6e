"""The evidence folder: what goes in comes back the same, or not at all."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from veedor.evidence import errors
from veedor.evidence.snapshot import Capture
from veedor.evidence.store import Intake, Store, parquet_bytes
from veedor.kernel.canonical import digest_bytes
from veedor.kernel.errors import CODES, INTEGRITY, Problem
from veedor.kernel.language import Template
from veedor.kernel.months import Period
from veedor.records.kinds import table

NOTE = Template("test.store-note", "{rows} rows were left out on {day}.")
BYTES = b"entidad,total\nMorelos,12\n"


def incidence(data: bytes, count: int | None = 12) -> pa.Table:
    return table("incidence", {
        "id": ["2"], "valid_from": [date(2025, 3, 1)], "valid_to": [date(2025, 4, 1)], "place": ["MX17"], "source": "synthetic",
        "snapshot": digest_bytes(data), "row": [2], "marking": [0], "category": "homicide-intentional", "measure": "victims",
        "count": [count], "quantity": [Decimal("1.50")], "status": "reported",
    })  # fmt: skip


def intake(data: bytes, **changed: object) -> Intake:
    facts: dict[str, object] = {
        "source": "synthetic", "controller": "MX", "grade": "B2", "reader": "0.1.0",
        "covers": Period(date(2025, 3, 1), date(2025, 4, 1)), "tables": {"incidence": incidence(data)},
        "vintage": date(2025, 4, 20), "notes": (NOTE(rows=3, day=date(2025, 4, 20)),), "mapping": (("total", "count"),),
    }  # fmt: skip
    return Intake(**{**facts, **changed})


def capture(day: int = 1, **changed: object) -> Capture:
    facts: dict[str, object] = {"at": datetime(2025, 5, day, 8, 30, tzinfo=UTC), "name": "marzo.csv", "address": ""}
    return Capture(**{**facts, **changed})


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "evidence", patience=0.1)


def test_making_a_store_touches_nothing(store: Store) -> None:
    assert not store.folder.exists()
    assert store.snapshots() == ()
    assert store.verify() == ()
    assert not store.folder.exists()


def test_what_goes_in_comes_back(store: Store) -> None:
    told = capture(stated=date(2025, 4, 21), headers=(("etag", '"abc"'),), address="https://example.org/marzo.csv")
    taken = store.take(BYTES, told, intake(BYTES))
    assert taken.is_new
    assert taken.differs == ()
    [listed] = store.snapshots()
    assert listed == taken.snapshot == store.snapshot(listed.digest[:6])
    assert store.original(listed.digest) == BYTES
    assert listed.captures == (told,)
    assert listed.known_from == date(2025, 4, 21)
    assert listed.notes[0].render() == "3 rows were left out on 2025-04-20."
    assert listed.mapping == (("total", "count"),)
    assert pq.read_table(store.parquet(listed, "incidence")).equals(incidence(BYTES))
    assert store.verify() == ()


def test_the_same_bytes_twice_are_one_snapshot_with_two_captures(store: Store) -> None:
    store.take(BYTES, capture(2), intake(BYTES))
    again = store.take(BYTES, capture(1), intake(BYTES))
    assert not again.is_new
    assert [c.at.day for c in again.snapshot.captures] == [1, 2]
    assert len(store.snapshots()) == 1
    assert store.take(BYTES, capture(1), intake(BYTES)).snapshot == again.snapshot


def test_a_capture_in_another_time_zone_is_the_same_capture(store: Store) -> None:
    from zoneinfo import ZoneInfo

    store.take(BYTES, capture(), intake(BYTES))
    elsewhere = capture(at=capture().at.astimezone(ZoneInfo("America/Mexico_City")))
    assert len(store.take(BYTES, elsewhere, intake(BYTES)).snapshot.captures) == 1


def test_a_moment_without_a_time_zone_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="time zone"):
        store.take(BYTES, capture(at=datetime(2025, 5, 1)), intake(BYTES))  # noqa: DTZ001
    assert store.snapshots() == ()


def test_another_reading_of_known_bytes_is_named_and_changes_nothing(store: Store) -> None:
    first = store.take(BYTES, capture(), intake(BYTES)).snapshot
    again = store.take(BYTES, capture(2), intake(BYTES, mapping=(("total", "quantity"),), grade="C3", reader="0.2.0"))
    assert again.differs == ("grade", "mapping")
    assert again.snapshot.mapping == first.mapping


def test_an_unusable_file_keeps_its_bytes_and_no_records(store: Store) -> None:
    problem = Problem(
        1, 3, "SRC021", "the column {column} is gone", (("column", "víctimas"), ("since", date(2025, 1, 1))), "fetch it again"
    )
    taken = store.take(BYTES, capture(), intake(BYTES, unusable=(problem,)))
    [listed] = store.snapshots()
    assert not listed.is_usable
    assert listed.covers is None
    assert listed.tables == ()
    assert listed.unusable == (problem,)
    assert store.original(taken.snapshot.digest) == BYTES
    with pytest.raises(errors.NoSuchRecordsError):
        store.parquet(listed, "incidence")
    assert store.verify() == ()


def test_records_that_cite_other_bytes_are_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="cites other bytes"):
        store.take(BYTES, capture(), intake(BYTES, tables={"incidence": incidence(b"other")}))
    assert not store.folder.exists()


def test_a_note_that_could_not_be_read_back_is_refused_before_anything_is_written(store: Store) -> None:
    with pytest.raises(TypeError, match="float"):
        store.take(BYTES, capture(), intake(BYTES, notes=(NOTE(rows=0.5, day=date(2025, 4, 20)),)))  # type: ignore[arg-type]
    assert not store.folder.exists()


def test_a_file_name_that_is_no_text_is_stored_with_its_bytes_marked(store: Store) -> None:
    store.take(BYTES, capture(name="a\udcf1o.csv"), intake(BYTES))
    assert store.snapshots()[0].captures[0].name == "a\ufffdo.csv"


@pytest.mark.parametrize("prefix", ["", "abc", "../../etc/passwd", "ABCD", "x" * 10, "a" * 65, "abcd\n"])
def test_a_prefix_of_another_shape_is_refused(store: Store, prefix: str) -> None:
    with pytest.raises(errors.PrefixShapeError):
        store.snapshot(prefix)


def test_an_unknown_prefix_names_the_nearest(store: Store) -> None:
    name = store.take(BYTES, capture(), intake(BYTES)).snapshot.digest
    wrong = name[:7] + ("0" if name[7] != "0" else "1")
    with pytest.raises(errors.SnapshotUnknownError) as caught:
        store.snapshot(wrong)
    assert name[:12] in str(caught.value)


def test_an_ambiguous_prefix_lists_the_candidates(store: Store) -> None:
    by_prefix: dict[str, bytes] = {}
    for number in range(100_000):  # two small files whose digests share four digits; found, not made up
        data = b"%d" % number
        other = by_prefix.setdefault(digest_bytes(data)[:4], data)
        if other != data:
            break
    for content in (other, data):
        store.take(content, capture(), intake(content))
    with pytest.raises(errors.PrefixAmbiguousError) as caught:
        store.snapshot(digest_bytes(data)[:4])
    assert all(digest_bytes(content)[:12] in str(caught.value) for content in (other, data))
    assert store.snapshot(digest_bytes(data)[:20]).digest == digest_bytes(data)


def test_names_from_outside_never_leave_the_folder(store: Store) -> None:
    for name in ("../x", "a" * 63 + "/", "A" * 64, ""):
        with pytest.raises(ValueError, match="not a digest"):
            store.original(name)
        with pytest.raises(ValueError, match="not a digest"):
            store.kept("accord", name)
    with pytest.raises(ValueError, match="domain"):
        store.keep("../accord", b"x")
    assert not store.folder.exists()


def alter(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


def test_altered_bytes_are_never_given_out(store: Store) -> None:
    name = store.take(BYTES, capture(), intake(BYTES)).snapshot.digest
    path = store.folder / "bytes" / name[:2] / name
    alter(path)
    with pytest.raises(errors.SnapshotAlteredError) as caught:
        store.original(name)
    assert caught.value.exit_code == INTEGRITY
    assert [p.code for p in store.verify()] == ["EVD004"]
    path.unlink()
    with pytest.raises(errors.BytesMissingError):
        store.original(name)
    assert [p.code for p in store.verify()] == ["EVD016"]
    store.take(BYTES, capture(2), intake(BYTES))  # as the message says
    assert store.original(name) == BYTES
    assert store.verify() == ()


def test_altered_records_are_never_given_out(store: Store) -> None:
    snapshot = store.take(BYTES, capture(), intake(BYTES)).snapshot
    path = store.parquet(snapshot, "incidence")
    alter(path)
    with pytest.raises(errors.RecordsAlteredError):
        store.parquet(snapshot, "incidence")
    assert [p.code for p in store.verify()] == ["EVD008"]
    path.unlink()
    with pytest.raises(errors.RecordsAlteredError):
        store.parquet(snapshot, "incidence")
    store.take(BYTES, capture(2), intake(BYTES))
    assert store.parquet(snapshot, "incidence") == path
    assert store.verify() == ()


def test_records_are_not_restored_from_another_reading(store: Store) -> None:
    snapshot = store.take(BYTES, capture(), intake(BYTES)).snapshot
    store.parquet(snapshot, "incidence").unlink()
    store.take(BYTES, capture(), intake(BYTES, tables={"incidence": incidence(BYTES, count=99)}))
    with pytest.raises(errors.RecordsAlteredError):
        store.parquet(snapshot, "incidence")


@pytest.mark.parametrize(("old", "new"), [(b'"B2"', b'"A1"'), (b'"size":', b'"size" :'), (b'"format":1', b'"format":9'), (b"}", b"")])
def test_an_altered_manifest_stops_every_list(store: Store, old: bytes, new: bytes) -> None:
    name = store.take(BYTES, capture(), intake(BYTES)).snapshot.digest
    path = store.folder / "snapshots" / f"{name}.json"
    assert old in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(old, new))
    with pytest.raises(errors.ManifestAlteredError):
        store.snapshots()
    assert "EVD009" in {p.code for p in store.verify()}


def test_a_manifest_under_another_name_is_seen(store: Store) -> None:
    name = store.take(BYTES, capture(), intake(BYTES)).snapshot.digest
    path = store.folder / "snapshots" / f"{name}.json"
    path.rename(path.with_name("0" * 64 + ".json"))
    with pytest.raises(errors.ManifestAlteredError):
        store.snapshots()


def test_an_altered_capture_stops_every_list(store: Store) -> None:
    name = store.take(BYTES, capture(), intake(BYTES)).snapshot.digest
    [path] = (store.folder / "captures" / name).iterdir()
    path.write_bytes(path.read_bytes().replace(b"2025-05-01", b"2024-05-01"))
    with pytest.raises(errors.CaptureAlteredError):
        store.snapshots()
    assert [p.code for p in store.verify()] == ["EVD015"]
    path.unlink()
    with pytest.raises(errors.CaptureMissingError):
        store.snapshots()
    assert [p.code for p in store.verify()] == ["EVD018"]


def test_every_single_changed_file_is_found(store: Store) -> None:
    store.take(BYTES, capture(), intake(BYTES))
    store.keep("accord", b"the text")
    files = [path for path in store.folder.rglob("*") if path.is_file() and path.name != "lock"]
    assert len(files) == 5
    for path in files:
        before = path.read_bytes()
        alter(path)
        found = store.verify()
        assert [CODES[p.code].exit_code for p in found if p.cell == path.relative_to(store.folder).as_posix()] == [INTEGRITY]
        path.write_bytes(before)
    assert store.verify() == ()


def test_small_objects_are_kept_by_digest(store: Store) -> None:
    name = store.keep("accord", b"text")
    assert name == digest_bytes(b"text") == store.keep("accord", b"text")
    assert store.kept("accord", name) == b"text"
    assert store.list_kept("accord") == (name,)
    assert store.list_kept("indicator") == ()
    with pytest.raises(errors.KeptUnknownError):
        store.kept("indicator", name)
    alter(store.folder / "kept" / "accord" / name)
    with pytest.raises(errors.KeptAlteredError) as caught:
        store.kept("accord", name)
    assert caught.value.exit_code == INTEGRITY
    assert [p.code for p in store.verify()] == ["EVD012"]
    store.keep("accord", b"text")
    assert store.verify() == ()


def test_leftovers_are_listed_and_swept_and_strangers_left_alone(store: Store) -> None:
    kept = store.take(BYTES, capture(), intake(BYTES)).snapshot
    before = set(store.folder.rglob("*"))
    other = store.take(b"other", capture(), intake(b"other")).snapshot.digest
    (store.folder / "snapshots" / f"{other}.json").unlink()
    (store.folder / "snapshots" / ".part-1-x").write_bytes(b"half")
    stranger = store.folder / "bytes" / "notes.txt"
    stranger.write_text("mine")
    found = store.verify()
    assert {p.code for p in found} == {"EVD011", "EVD017"}
    assert {CODES[p.code].exit_code for p in found} == {0}
    assert len(store.sweep()) == 4  # bytes, records, capture, half a manifest
    assert [p.code for p in store.verify()] == ["EVD017"]
    stranger.unlink()
    assert set(store.folder.rglob("*")) == before
    assert store.snapshots() == (kept,)
    assert store.sweep() == ()


def test_a_half_taken_snapshot_is_completed_by_taking_it_again(store: Store) -> None:
    name = store.take(BYTES, capture(), intake(BYTES)).snapshot.digest
    (store.folder / "snapshots" / f"{name}.json").unlink()
    alter(store.folder / "bytes" / name[:2] / name)
    (store.folder / "records" / name / "event.parquet").write_bytes(b"from an earlier version")
    assert store.snapshots() == ()
    assert store.take(BYTES, capture(), intake(BYTES)).is_new
    assert store.verify() == ()


def test_equal_tables_are_equal_bytes_however_they_are_chunked() -> None:
    whole = pa.concat_tables([incidence(b"%d" % n).set_column(0, "id", pa.array([str(n)])) for n in range(50)])
    cut = pa.concat_tables([whole.slice(0, 7), whole.slice(7, 13), whole.slice(20)])
    labelled = whole.replace_schema_metadata({"made": "today"})
    assert parquet_bytes(whole) == parquet_bytes(whole.combine_chunks()) == parquet_bytes(cut) == parquet_bytes(labelled)


def test_one_writer_at_a_time_and_the_message_names_the_other(store: Store) -> None:
    from veedor.evidence.files import writing

    store.take(BYTES, capture(), intake(BYTES))
    with writing(store.folder, 0.1), pytest.raises(errors.StoreBusyError) as caught:
        store.take(b"other", capture(), intake(b"other"))
    assert str(os.getpid()) in str(caught.value)
    assert len(store.snapshots()) == 1
    store.take(b"other", capture(), intake(b"other"))
    assert len(store.snapshots()) == 2


def test_the_order_of_the_list_is_by_source_part_and_day(store: Store) -> None:
    for n, (source, part) in enumerate([("b", ""), ("a", "two"), ("a", "one"), ("a", "one")]):
        data = b"file %d" % n
        store.take(data, capture(20 - n), intake(data, source=source, part=part))
    assert [(s.source, s.part, s.known_from.day) for s in store.snapshots()] == [
        ("a", "one", 17),
        ("a", "one", 18),
        ("a", "two", 19),
        ("b", "", 20),
    ]


def test_known_from_takes_the_earliest_of_several_captures(store: Store) -> None:
    for day in (9, 3, 6):
        store.take(BYTES, capture(1, at=datetime(2025, 6, 1, tzinfo=UTC) + timedelta(days=day)), intake(BYTES))
    assert store.snapshots()[0].known_from == date(2025, 6, 4)


def test_a_snapshot_that_could_not_be_used_is_read_anew_once_it_can(tmp_path: Path) -> None:
    store = Store(tmp_path / "evidence")
    data = b"a list without a date"
    name = digest_bytes(data)
    broken = Problem(1, 1, "SRC080", "no day is stated")
    facts = {"source": "made-up", "controller": "MX", "grade": "B2", "reader": "0"}
    first = Capture(at=datetime(2026, 1, 1, tzinfo=UTC), name="list.csv", address="")
    assert not store.take(data, first, Intake(**facts, covers=None, tables={}, unusable=(broken,))).snapshot.is_usable
    period = Period(date(2020, 1, 1), date(2020, 1, 2))
    rows = table(
        "statistic",
        {"id": ["1"], "valid_from": period.starts, "valid_to": period.ends, "place": "MX", "source": "made-up", "snapshot": name}
        | {"row": [1], "marking": 0, "series": "s", "value": [Decimal(1)], "unit": "", "status": "reported"},
    )  # fmt: skip
    dated = replace(first, at=datetime(2026, 1, 2, tzinfo=UTC), stated=period.starts)
    again = store.take(data, dated, Intake(**facts, covers=period, tables={"statistic": rows}))
    assert again.is_new
    assert store.snapshot(name).is_usable
    assert len(store.snapshot(name).captures) == 2
    assert len(store.list_kept("superseded-reading")) == 1
    assert not [p for p in store.verify() if CODES[p.code].exit_code]
    once_more = store.take(data, dated, Intake(**facts, covers=None, tables={}, unusable=(broken,)))
    assert not once_more.is_new
    assert once_more.snapshot.is_usable
