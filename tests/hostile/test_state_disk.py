"""A disk that is full, limited or read-only under the ledger: a clear error, and nothing that was acknowledged is lost."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from veedor.evidence.ledger import kinds
from veedor.evidence.ledger.append import append
from veedor.evidence.ledger.checking import verify
from veedor.evidence.ledger.entries import Draft
from veedor.evidence.ledger.errors import LogUnwrittenError
from veedor.evidence.ledger.publishing import publish
from veedor.evidence.ledger.sealing import Schedule, seal
from veedor.evidence.log.keys import ED25519, SignerKey
from veedor.kernel.canonical import digest_bytes
from veedor.kernel.clock import FixedClock
from veedor.kernel.errors import VeedorError
from veedor.store import tables
from veedor.store.engine import default_url, open_state
from veedor.store.errors import StateFullError, StateReadOnlyError, StateUnwritableError
from veedor.store.transaction import read
from veedor.store.upgrading import require, upgrade

NOON = FixedClock(datetime(2031, 5, 6, 12, tzinfo=UTC))
LATER = FixedClock(datetime(2031, 5, 6, 13, tzinfo=UTC))
NODE = SignerKey(name="node.example/log", kind=ED25519, seed=bytes(range(32)))


def drafts(numbers: range) -> list[Draft]:
    def body(number: int) -> kinds.Body:
        digest = digest_bytes(b"%d" % number)
        return kinds.SnapshotTaken(snapshot=digest, capture=digest, source="s" * 300, controller="XA", known_from=date(2031, 5, 1))

    return [Draft(body=body(number), actor="node", at=NOON.at, request=f"r{number}") for number in numbers]


def entered(folder: Path) -> int:
    engine = open_state(default_url(folder))
    with read(engine) as connection:
        found = connection.scalar(select(func.count()).select_from(tables.entry)) or 0
    assert verify(engine) == ()
    engine.dispose()
    return found


def fill(folder: Path) -> tuple[int, VeedorError]:
    """Enter until the disk refuses: how many were acknowledged, and what was said."""
    engine = open_state(default_url(folder), patience=1)
    upgrade(engine)
    known = 0
    try:
        while True:
            append(engine, drafts(range(known, known + 50)), NOON)
            known += 50
    except VeedorError as error:
        return known, error
    finally:
        engine.dispose()


@contextmanager
def mounted(options: str, folder: Path) -> Iterator[Path]:
    """A small file system of its own; skipped where nobody may mount one."""
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder]
    if os.geteuid() != 0 or subprocess.run(command, check=False, capture_output=True).returncode:
        pytest.skip("a file system cannot be mounted here; the test with a file-size limit runs everywhere")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.fixture
def small() -> Iterator[Path]:
    """Two megabytes of disk."""
    with tempfile.TemporaryDirectory(prefix="veedor-disk-") as folder, mounted("size=2m", Path(folder)) as found:
        yield found


def test_a_full_disk(small: Path) -> None:
    known, error = fill(small)
    assert isinstance(error, StateFullError)
    assert str(small) in error.where
    assert "intact" in error.render("effect", "en")
    assert known > 100
    assert entered(small) == known
    with pytest.raises(StateFullError):
        _again(small, known, 50)
    assert entered(small) == known


def test_a_disk_that_has_room_again(small: Path) -> None:
    ballast = small / "ballast"
    ballast.write_bytes(bytes(600_000))
    known, error = fill(small)
    assert isinstance(error, StateFullError)
    ballast.unlink()
    assert _again(small, known, 50) == 50
    assert entered(small) == known + 50


def _again(folder: Path, known: int, count: int) -> int:
    engine = open_state(default_url(folder), patience=1)
    try:
        return sum(receipt.is_new for receipt in append(engine, drafts(range(known, known + count)), NOON))
    finally:
        engine.dispose()


def test_a_disk_too_full_to_begin(small: Path) -> None:
    (small / "ballast").write_bytes(bytes(2 * 2**20 - 4096))
    engine = open_state(default_url(small), patience=0.5)
    with pytest.raises((StateFullError, StateUnwritableError)):
        upgrade(engine)
    (small / "ballast").unlink()
    upgrade(engine)
    require(engine)
    engine.dispose()


LIMITED = """
import resource, sys
from pathlib import Path
sys.path[:0] = [sys.argv[1]]
import test_state_disk as test

resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))
known, error = test.fill(Path(sys.argv[2]))
print(known, error.code, error.render("effect", "en"))
"""


def test_a_limit_on_the_size_of_files(tmp_path: Path) -> None:
    """The system refuses a write with another word than for a full disk; to whoever reads the message it is the same."""
    command = [sys.executable, "-c", LIMITED, str(Path(__file__).parent), str(tmp_path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    known, code, effect = done.stdout.split(maxsplit=2)
    assert code in {"STO002", "STO009"}
    assert "Nothing was entered" in effect
    assert entered(tmp_path) == int(known) > 100
    assert _again(tmp_path, int(known), 50) == 50, "whoever has no limit goes on"


@pytest.fixture(params=["closed", "killed"])
def read_only(request: pytest.FixtureRequest, small: Path, tmp_path: Path) -> Iterator[Path]:
    """A ledger of a hundred acts on a disk that has become read-only: closed in order, or as a killed process leaves it."""
    engine = open_state(default_url(tmp_path))
    upgrade(engine)
    append(engine, drafts(range(100)), NOON)
    if request.param == "closed":
        engine.dispose()
    found = sorted(tmp_path.glob("state.db*"))
    assert len(found) == (1 if request.param == "closed" else 3), "a killed process leaves its journal behind"
    for path in found:
        shutil.copy(path, small)
    engine.dispose()
    subprocess.run(["mount", "-o", "remount,ro", small], check=True)
    yield small
    subprocess.run(["mount", "-o", "remount,rw", small], check=True)


def test_a_read_only_disk_is_read(read_only: Path) -> None:
    assert entered(read_only) == 100


def test_a_read_only_disk_is_not_written(read_only: Path) -> None:
    engine = open_state(default_url(read_only), patience=0.5)
    upgrade(engine)  # there is nothing to bring up to date
    with pytest.raises(StateReadOnlyError) as found:
        append(engine, drafts(range(100, 101)), NOON)
    assert str(read_only) in found.value.where
    assert "still be read" in found.value.render("effect", "en")
    with pytest.raises(StateReadOnlyError):
        seal(engine, [NODE], LATER, origin=NODE.name)
    engine.dispose()
    assert entered(read_only) == 100


def test_a_published_folder_on_a_full_disk(small: Path, tmp_path: Path) -> None:
    engine = open_state(default_url(tmp_path))
    upgrade(engine)
    append(engine, drafts(range(100)), NOON)
    seal(engine, [NODE], LATER, origin=NODE.name, schedule=Schedule(multiple=20_000))
    with pytest.raises(LogUnwrittenError):
        publish(engine, small / "log")
    assert not (small / "log" / "checkpoint").exists()
    assert publish(engine, tmp_path / "log") == 20_000
    engine.dispose()
    assert entered(tmp_path) == 20_000
