"""A disk that is full, read-only or fails at any single step of a take: a clear error, and nothing half-taken."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from veedor.evidence import errors
from veedor.evidence.snapshot import Capture
from veedor.evidence.store import Intake, Store
from veedor.kernel.canonical import digest_bytes
from veedor.kernel.errors import VeedorError
from veedor.kernel.months import Period
from veedor.records.kinds import table

CAPTURE = Capture(at=datetime(2025, 5, 1, tzinfo=UTC), name="x.csv", address="")


def intake(data: bytes) -> Intake:
    days = {"valid_from": [date(2025, 3, 1)], "valid_to": [date(2025, 4, 1)]}
    rows = {"id": ["1"], "place": "MX17", "source": "s", "snapshot": digest_bytes(data), "row": [1], "marking": [0], **days}
    tables = {
        "statistic": table("statistic", {**rows, "series": "population", "unit": "people", "status": "not-reported"}),
        "crossing": table("crossing", {**rows, "port": "P", "direction": "northbound", "measure": "trucks", "status": "not-reported"}),
    }
    return Intake(source="s", controller="MX", grade="B2", reader="0", covers=Period(date(2025, 3, 1), date(2025, 4, 1)), tables=tables)


class Failing:
    """Every call of the operating system that a take makes, counted; the one with this number fails."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, at: int, number: int) -> None:
        self.left, self.number, self.failed = at, number, False
        monkeypatch.setattr(os, "fsync", self.wrapped(os.fsync))
        monkeypatch.setattr(Path, "open", self.wrapped(Path.open))
        monkeypatch.setattr(Path, "mkdir", self.wrapped(Path.mkdir))
        monkeypatch.setattr(Path, "replace", self.wrapped(Path.replace))

    def wrapped(self, real: Callable[..., object]) -> Callable[..., object]:
        def call(*args: object, **named: object) -> object:
            if args and isinstance(args[0], Path) and named.get("mode", args[1] if len(args) > 1 else "") == "rb":
                return real(*args, **named)
            self.left -= 1
            if self.left == 0:
                self.failed = True
                raise OSError(self.number, os.strerror(self.number))
            return real(*args, **named)

        return call


@pytest.mark.parametrize(
    ("number", "expected"),
    [(errno.ENOSPC, errors.StoreFullError), (errno.EROFS, errors.StoreReadOnlyError), (errno.EIO, errors.StoreUnwritableError)],
)
def test_a_take_that_fails_at_any_step_leaves_nothing_half_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, expected: type[VeedorError]
) -> None:
    store = Store(tmp_path / "evidence", patience=0.1)
    store.take(b"before", CAPTURE, intake(b"before"))
    steps = 0
    while True:
        steps += 1
        data = b"file %d" % steps
        with monkeypatch.context() as patched:
            failing = Failing(patched, steps, number)
            try:
                store.take(data, CAPTURE, intake(data))
            except expected:
                assert failing.failed
            else:
                assert not failing.failed, f"step {steps} failed and the take said nothing"
                break
        listed = {snapshot.digest for snapshot in store.snapshots()}
        # The last step makes the manifest's name durable: it may fail after the snapshot is whole, never before.
        assert {p.code for p in store.verify()} <= {"EVD011"}
        assert digest_bytes(b"before") in listed
        if digest_bytes(data) not in listed:
            assert not any(digest_bytes(data) in str(path) for path in store.folder.rglob("*.json"))
    assert steps > 20
    assert store.take(b"after", CAPTURE, intake(b"after")).is_new
    store.sweep()
    assert store.verify() == ()


def test_a_disk_that_really_runs_out_of_room_is_named(tmp_path: Path) -> None:
    """The operating system itself refuses: the child may not write files above 64 KiB."""
    script = f"""
import resource, sys
sys.path[:0] = {[str(Path(__file__).parents[2] / "src")]!r}
from datetime import UTC, datetime
from pathlib import Path
from veedor.evidence.errors import StoreFullError
from veedor.evidence.snapshot import Capture
from veedor.evidence.store import Intake, Store
resource.setrlimit(resource.RLIMIT_FSIZE, (1 << 16, 1 << 16))
store = Store(Path(sys.argv[1]))
capture = Capture(at=datetime(2025, 5, 1, tzinfo=UTC), name="x", address="")
intake = Intake(source="s", controller="MX", grade="B2", reader="0", covers=None, tables={{}})
try:
    store.take(bytes(1 << 20), capture, intake)
except StoreFullError as error:
    assert store.snapshots() == () and store.verify() == (), "half taken"
    print(error.render("what", "en"))
"""
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "evidence")], capture_output=True, text=True, check=True, timeout=120
    )
    assert "no room left for 1,048,576 bytes" in done.stdout


def test_a_folder_that_is_a_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "evidence").write_text("not a folder")
    with pytest.raises(errors.StoreUnwritableError) as caught:
        Store(tmp_path / "evidence").take(b"x", CAPTURE, intake(b"x"))
    assert str(tmp_path / "evidence") in caught.value.where


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_read_only_folder_can_be_read_and_says_so_when_written(tmp_path: Path) -> None:
    store = Store(tmp_path / "evidence")
    store.take(b"x", CAPTURE, intake(b"x"))
    folders = [store.folder, *(path for path in store.folder.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o555)
    (store.folder / "lock").chmod(0o444)
    try:
        assert len(store.snapshots()) == 1
        with pytest.raises(errors.StoreReadOnlyError):
            store.take(b"y", CAPTURE, intake(b"y"))
    finally:
        for folder in folders:
            folder.chmod(0o755)
