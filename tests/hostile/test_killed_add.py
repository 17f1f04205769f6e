"""`veedor add` is killed at random moments: no snapshot is half taken, the check passes, and the next run makes up for it.

The normal run kills it 6 times; with VEEDOR_LONG=1 in the environment it is killed 50 times. The moments come from a seed: every other
kill falls after a random time, the rest just before a random file gets its name, where it always interrupts something.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from veedor.kernel.canonical import digest_bytes
from veedor.kernel.errors import DONE

Veedor = Callable[..., Any]  # of conftest.py, which test modules cannot import
KILLS = 50 if os.environ.get("VEEDOR_LONG") == "1" else 6
SRC = str(Path(__file__).resolve().parents[2] / "src")
ADD = """
import os, signal, sys
from pathlib import Path
sys.path[:0] = [sys.argv[1]]
left = int(sys.argv[2])
replace = Path.replace

def fatal(self, target):
    global left
    left -= 1
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return replace(self, target)

from veedor.cli.main import main
from veedor.project import intake, project
from veedor.evidence import store
import pyarrow.parquet, sqlalchemy.dialects.sqlite, alembic.command
Path.replace = fatal
print("ready", flush=True)
sys.exit(main(sys.argv[3:]))
"""


def files(folder: Path, table: bytes, number: int) -> list[Path]:
    """Two tables that nobody has taken in yet."""
    made = []
    for one in range(2):
        path = folder / f"drugs-{number}-{one}.csv"
        path.write_bytes(table.replace(b",47,", b",%d," % (1000 + 2 * number + one), 1))
        made.append(path)
    return made


@pytest.mark.timeout(1200)
def test_a_killed_add_leaves_no_half_taken_snapshot(veedor: Veedor, pristine: Path, tmp_path: Path) -> None:
    project, offered = tmp_path / "p", []
    veedor("new", str(project), "--accord", "merida-conditions")
    table = (pristine / "files" / "synthetic-cbp-drug-seizures.csv").read_bytes()
    seeded = np.random.default_rng(20260201)
    moments, renames = seeded.uniform(0.0, 0.6, KILLS), seeded.integers(1, 9, KILLS)
    killed = 0
    for number, (moment, rename) in enumerate(zip(moments, renames, strict=True)):
        by_clock = number % 2 == 0
        given = files(tmp_path, table, number)
        offered += given
        fatal = "0" if by_clock else str(rename)
        with subprocess.Popen(
            [sys.executable, "-c", ADD, SRC, fatal, "--project", str(project), "add", *map(str, given)],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ) as child:  # fmt: skip
            assert child.stdout is not None
            assert child.stdout.readline() == b"ready\n"
            try:
                child.wait(timeout=float(moment) if by_clock else 120)
            except subprocess.TimeoutExpired:
                child.kill()
            out, said = child.communicate()
            assert child.returncode in {-9, DONE}, said.decode()
            killed += child.returncode == -9
        assert by_clock or child.returncode == -9
        _whole(veedor, project, offered, told=out.decode())
    assert killed > KILLS // 2
    last = veedor("add", *map(str, offered), project=project)
    assert last.code == DONE, last.err
    assert veedor("snapshots", "--sweep", "--check", project=project).err.endswith(f"Snapshots checked: {len(offered)}.\n")
    _entered(veedor, project, len(offered))


def _whole(veedor: Veedor, project: Path, offered: list[Path], told: str) -> None:
    """Every listed snapshot is whole and is one that was offered; what the killed run said it had taken is there."""
    checked = veedor("snapshots", "--check", "--format", "json", project=project)
    assert checked.code == DONE, checked.err
    assert {line.split("  ")[1] for line in checked.err.splitlines() if "  EVD" in line} <= {"EVD011"}
    held = {one["digest"]: one for one in json.loads(checked.out)["snapshots"]}
    assert set(held) <= {digest_bytes(path.read_bytes()) for path in offered}
    assert all(one["usable"] and one["captures"] and one["records"]["incidence"] for one in held.values())
    assert all(any(digest.startswith(line.split("snapshot ")[1][:12]) for digest in held) for line in told.splitlines())


def _entered(veedor: Veedor, project: Path, snapshots: int) -> None:
    """Every capture has one entry in the ledger, also those that a killed run had no time to enter."""
    held = json.loads(veedor("snapshots", "--format", "json", project=project).out)["snapshots"]
    entries = json.loads(veedor("log", "--format", "json", project=project).out)["entries"]
    assert len(held) == snapshots
    assert sum(one["kind"] == "snapshot-taken" for one in entries) == sum(len(one["captures"]) for one in held)
