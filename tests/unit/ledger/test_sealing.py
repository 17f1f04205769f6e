# ruff: noqa: ANN401 -- a test module cannot import the classes that its conftest defines
"""Batches and the published files: at fixed times, padded, in random order, and the same bytes however they are made."""

from __future__ import annotations

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from veedor.evidence.ledger import publishing
from veedor.evidence.ledger.append import append
from veedor.evidence.ledger.checking import verify
from veedor.evidence.ledger.errors import LogUnwrittenError
from veedor.evidence.ledger.publishing import add_cosignature, publish, rebuild_files
from veedor.evidence.ledger.sealing import Schedule, seal
from veedor.evidence.log import checkpoint, cosignature, merkle, tiles
from veedor.evidence.log.commitment import leaf, opens
from veedor.evidence.log.keys import COSIGNATURE, MLDSA44, SignerKey
from veedor.evidence.log.note import read as read_note
from veedor.evidence.log.note import verified
from veedor.store import tables
from veedor.store.transaction import read

ORIGIN = "node.example/log"
SMALL = Schedule(multiple=8)


def sealed(day: Any, schedule: Schedule = SMALL) -> Any:
    return seal(day.engine, [day.node], day, origin=ORIGIN, schedule=schedule)


def columns(day: Any, *names: str) -> list[Any]:
    with read(day.engine) as connection:
        return list(connection.execute(select(*(tables.entry.c[name] for name in names)).order_by(tables.entry.c.leaf_index)))


def files(folder: Path) -> dict[str, tuple[bytes, float]]:
    return {path.relative_to(folder).as_posix(): (path.read_bytes(), path.stat().st_mtime) for path in folder.rglob("*") if path.is_file()}


def test_a_schedule_keeps_full_intervals() -> None:
    at = datetime(2031, 5, 6, 12, 59, 59, 999_999, UTC)
    assert Schedule().batch_time(at) == datetime(2031, 5, 6, 12, tzinfo=UTC)
    assert Schedule(every=timedelta(days=1)).batch_time(at) == datetime(2031, 5, 6, tzinfo=UTC)
    assert Schedule().batch_time(datetime(2031, 5, 6, 13, tzinfo=UTC)) == datetime(2031, 5, 6, 13, tzinfo=UTC)
    for wrong in ({"multiple": 0}, {"every": timedelta()}):
        with pytest.raises(ValueError, match="schedule"):
            Schedule(**wrong)


@pytest.mark.parametrize(("acts", "size"), [(0, 8), (1, 8), (8, 8), (9, 16)])
def test_a_batch_is_filled_up(day: Any, made: Any, acts: int, size: int) -> None:
    append(day.engine, [day.draft(made.snapshot(f"{number}")) for number in range(acts)], day)
    day.wait(hours=1)
    found = sealed(day)
    assert (found.size, found.at) == (size, day.at)
    rows = columns(day, "leaf_index", "is_padding", "body", "salt")
    assert [row.leaf_index for row in rows] == list(range(size))
    assert sum(not row.is_padding for row in rows) == acts
    assert all(row.body is not None and row.salt is not None for row in rows), "padding opens as any other entry does"
    assert verify(day.engine) == ()


def test_an_interval_is_sealed_once(day: Any, made: Any) -> None:
    day.enter(made.snapshot())
    day.wait(hours=1, minutes=20)
    assert sealed(day).at == day.at - timedelta(minutes=20)
    day.enter(made.snapshot("two"))
    day.wait(minutes=39)
    assert sealed(day) is None
    day.wait(minutes=1)
    assert sealed(day).size == 16


def test_what_comes_after_the_interval_waits_for_the_next(day: Any, made: Any) -> None:
    day.enter(made.snapshot("before"))
    day.wait(hours=1)
    day.enter(made.snapshot("at the very moment"))
    assert sealed(day).size == 8
    assert sum(row.leaf_index is None for row in columns(day, "leaf_index")) == 1


def test_a_clock_that_went_back_seals_nothing(day: Any) -> None:
    assert sealed(day) is not None
    day.wait(hours=-2)
    assert sealed(day) is None


def test_places_are_drawn_at_random(day: Any, made: Any) -> None:
    """In the order of entering, the first place of a batch would tell of its first act."""
    append(day.engine, [day.draft(made.snapshot(f"{number}")) for number in range(100)], day)
    day.wait(hours=1)
    sealed(day, Schedule(multiple=256))
    order = [row.seq for row in columns(day, "seq") if row.seq <= 100]
    assert sorted(order) == list(range(1, 101))
    assert order != sorted(order)
    places = [row.leaf_index for row in columns(day, "leaf_index", "is_padding") if not row.is_padding]
    assert max(places) >= 100, "and spread over the whole batch"


def test_a_checkpoint_is_signed_and_covers_the_leaves(day: Any, made: Any) -> None:
    day.enter(made.snapshot())
    day.wait(hours=1)
    second = SignerKey(name=ORIGIN, kind=MLDSA44, seed=bytes(32))
    found = seal(day.engine, [day.node, second], day, origin=ORIGIN, schedule=SMALL)
    assert found is not None
    note = read_note(found.note.encode())
    assert {fit.key.kind for fit in verified(note, [day.node.verifier, second.verifier], cosignature.check)} == {0x01, MLDSA44}
    stated = checkpoint.read_text(note.text)
    tree = merkle.CompactRange()
    tree.extend(merkle.leaf_hash(f'{{"c":"{row.commitment.hex()}"}}'.encode()) for row in columns(day, "commitment"))
    assert (stated.origin, stated.size, stated.root) == (ORIGIN, 8, tree.root())


def test_files_made_step_by_step_are_those_made_at_once(day: Any, made: Any, tmp_path: Path) -> None:
    """With a multiple of 100, partial tiles and bundles grow, fill up and go; a step is left out and caught up with."""
    for step in range(7):
        append(day.engine, [day.draft(made.snapshot(f"{step} {number}")) for number in range(step * 30)], day)
        day.wait(hours=1)
        size = sealed(day, Schedule(multiple=100)).size
        if step != 3:
            assert publish(day.engine, tmp_path / "log") == size
    assert publish(day.engine, tmp_path / "log") == size == 1000
    published = files(tmp_path / "log")
    assert rebuild_files(day.engine, tmp_path / "again") == size
    assert files(tmp_path / "again") == published
    assert rebuild_files(day.engine, tmp_path / "log") == size
    assert files(tmp_path / "log") == published
    assert {path for path in published if ".p/" in path and path.startswith(("tile/0/000", "tile/entries/000"))} == set()
    reader = tiles.FolderReader(tmp_path / "log")
    stated, _ = checkpoint.read(published["checkpoint"][0])
    assert merkle.root(tiles.TileNodes(reader, size), size) == stated.root
    assert all(reader.read(tiles.path_of(name)) is not None for name in tiles.names(size))


def test_a_proof_of_an_act_holds_in_the_published_files(day: Any, made: Any, tmp_path: Path) -> None:
    receipt = day.enter(made.snapshot())
    day.wait(hours=1)
    sealed(day)
    log = tmp_path / "log"
    publish(day.engine, log)
    with read(day.engine) as connection:
        from veedor.evidence.ledger.entries import stored

        found = stored(connection.execute(select(tables.entry).where(tables.entry.c.seq == 1)).one())
    opening = found.opening()
    assert opening is not None
    assert found.leaf_index is not None
    assert tiles.bundle(tiles.FolderReader(log), 0, 8)[found.leaf_index] == leaf(opening)
    assert opens(opening, f'{{"c":"{receipt.commitment}"}}'.encode())
    stated, _ = checkpoint.read((log / "checkpoint").read_bytes())
    nodes = tiles.TileNodes(tiles.FolderReader(log), 8)
    path = merkle.inclusion_proof(nodes, found.leaf_index, 8)
    assert merkle.verify_inclusion(merkle.leaf_hash(leaf(opening)), found.leaf_index, 8, path, stated.root)


def test_nothing_that_is_published_bears_the_time_of_an_act(day: Any, made: Any, tmp_path: Path) -> None:
    day.wait(minutes=17, seconds=3)
    day.enter(made.snapshot())
    day.wait(minutes=50)
    found = sealed(day)
    publish(day.engine, tmp_path / "log")
    assert {at for _, at in files(tmp_path / "log").values()} == {found.at.timestamp()}
    assert found.at == datetime(2031, 5, 6, 13, tzinfo=UTC)


def test_a_folder_of_another_log_is_written_anew(day: Any, made: Any, tmp_path: Path) -> None:
    day.wait(hours=1)
    sealed(day)
    publish(day.engine, tmp_path / "log")
    published = files(tmp_path / "log")
    for damage in (b"", b"garbage", published["checkpoint"][0].replace(b"\n8\n", b"\n9\n")):
        (tmp_path / "log" / "checkpoint").write_bytes(damage)
        (tmp_path / "log" / "tile" / "entries" / "000.p" / "8").write_bytes(b"garbage")
        publish(day.engine, tmp_path / "log")
        assert files(tmp_path / "log") == published


def test_an_empty_ledger_publishes_nothing(day: Any, tmp_path: Path) -> None:
    assert publish(day.engine, tmp_path / "log") == 0
    assert not (tmp_path / "log").exists()


def test_signatures_of_witnesses_are_published_with_the_checkpoint(day: Any, made: Any, tmp_path: Path) -> None:
    day.wait(hours=1)
    found = sealed(day)
    witnesses = [SignerKey(name=f"w{number}.example", kind=COSIGNATURE, seed=bytes([number]) * 32) for number in (2, 1)]
    note = read_note(found.note.encode())
    for witness in (*witnesses, witnesses[0]):
        add_cosignature(day.engine, found.size, cosignature.cosign(note, witness, time=1_935_000_000), day.at)
    publish(day.engine, tmp_path / "log")
    signed = read_note((tmp_path / "log" / "checkpoint").read_bytes())
    assert [signature.name for signature in signed.signatures] == [ORIGIN, "w1.example", "w2.example"]
    assert len(verified(signed, [witness.verifier for witness in witnesses], cosignature.check)) == 2
    rebuild_files(day.engine, tmp_path / "again")
    assert files(tmp_path / "again") == files(tmp_path / "log")


def test_a_folder_that_cannot_be_written(day: Any, made: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    day.wait(hours=1)
    sealed(day)

    def full(*_: object) -> None:
        raise OSError(28, os.strerror(28))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(LogUnwrittenError) as found:
            publish(day.engine, tmp_path / "log")
    assert "Nothing is lost" in found.value.render("effect", "en")
    assert not (tmp_path / "log" / "checkpoint").exists()
    assert publish(day.engine, tmp_path / "log") == 8


def test_the_checkpoint_is_written_last(day: Any, made: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    day.wait(hours=1)
    sealed(day)
    written: list[str] = []
    real = publishing.place

    def place(path: Path, data: bytes) -> None:
        written.append(path.relative_to(tmp_path / "log").as_posix())
        real(path, data)

    monkeypatch.setattr(publishing, "place", place)
    publish(day.engine, tmp_path / "log")
    assert written[-1] == "checkpoint"
    assert len(written) == 3
