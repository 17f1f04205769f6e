"""A process that takes snapshots is killed at random moments: every listed snapshot is whole, and the store goes on.

The normal run kills it 12 times; with VEEDOR_LONG=1 in the environment it is killed 50 times. The moments come from a seed: every
other kill falls after a random time, the rest just before a random file gets its name, where it always interrupts something.
"""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import numpy as np
import pytest

from veedor.evidence.snapshot import Capture
from veedor.evidence.store import Intake, Store
from veedor.kernel.canonical import digest_bytes
from veedor.kernel.errors import CODES

KILLS = 50 if os.environ.get("VEEDOR_LONG") == "1" else 12
TAKER = """
import os, signal, sys
from datetime import UTC, date, datetime
from pathlib import Path
sys.path[:0] = [sys.argv[2]]
from veedor.evidence.snapshot import Capture
from veedor.evidence.store import Intake, Store
from veedor.kernel.canonical import digest_bytes
from veedor.kernel.months import Period
from veedor.records.kinds import table

store = Store(Path(sys.argv[1]))
start, left = int(sys.argv[3]), int(sys.argv[4])
replace = Path.replace

def fatal(self, target):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return replace(self, target)

Path.replace = fatal
print("ready", flush=True)
for number in range(start, start + 10_000):
    data = b"%d\\n" % number * 5000
    rows = 200
    records = table("incidence", {
        "id": [str(i) for i in range(rows)], "valid_from": [date(2025, 3, 1)] * rows, "valid_to": [date(2025, 4, 1)] * rows,
        "place": "MX17", "source": "synthetic", "snapshot": digest_bytes(data), "row": list(range(rows)), "marking": [0] * rows,
        "category": "homicide-intentional", "measure": "victims", "count": [number + i for i in range(rows)], "status": "reported",
    })
    intake = Intake(source="synthetic", controller="MX", grade="B2", reader="0", covers=Period(date(2025, 3, 1), date(2025, 4, 1)),
                    tables={"incidence": records})
    store.take(data, Capture(at=datetime(2025, 5, 1, tzinfo=UTC), name=f"{number}.csv", address=""), intake)
    store.keep("judgement", data)
"""


@pytest.mark.timeout(900)
def test_a_killed_take_leaves_no_half_snapshot(tmp_path: Path) -> None:
    folder, source = tmp_path / "evidence", str(Path(__file__).parents[2] / "src")
    store = Store(folder, patience=5)
    seeded = np.random.default_rng(20260131)
    moments, renames = seeded.exponential(0.05, KILLS), seeded.integers(1, 30, KILLS)
    for number, (moment, rename) in enumerate(zip(moments, renames, strict=True)):
        by_clock = number % 2 == 0
        fatal = "0" if by_clock else str(rename)
        with subprocess.Popen(
            [sys.executable, "-c", TAKER, str(folder), source, str(number * 10_000), fatal], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        ) as child:
            assert child.stdout is not None
            assert child.stdout.readline() == b"ready\n"
            try:
                child.wait(timeout=float(moment) if by_clock else 120)
            except subprocess.TimeoutExpired:
                child.kill()
            _, said = child.communicate()
            assert child.returncode == -9, said.decode()
        problems = store.verify()
        assert [p for p in problems if CODES[p.code].exit_code != 0] == []
        assert {p.code for p in problems} <= {"EVD011"}
        assert by_clock or problems, "a take that was interrupted before a file got its name leaves something to sweep"
        for snapshot in store.snapshots():
            assert snapshot.captures
            assert digest_bytes(store.original(snapshot.digest)) == snapshot.digest
            for stored in snapshot.tables:
                assert store.parquet(snapshot, stored.kind).is_file()
        probe = b"after kill %d" % number
        capture = Capture(at=datetime(2025, 6, 1, tzinfo=UTC), name="probe", address="", stated=date(2025, 6, 1))
        problem_free = Intake(source="probe", controller="MX", grade="B2", reader="0", covers=None, tables={})
        assert store.take(probe, capture, problem_free).is_new
        if number % 3 == 0:
            store.sweep()
            assert store.verify() == ()
    store.sweep()
    assert store.verify() == ()
