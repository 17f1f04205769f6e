"""Whole commands and the taking in of real files: seconds and peak memory, at three sizes where the cost grows with rows.

    uv run --no-sync python benchmarks/commands.py [FOLDER WITH THE REAL FILES]

Each figure is measured in a process of its own. The taking in of one file stands beside pandas reading the same file and
melting it into the same long shape, as the side-by-side peer (bench group).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE.parent.parent / "shared" / "data"
STATE = DATA / "01_crime_mx" / "sesnsp" / "estatal_vintage_2023-08-24.csv"
INEGI = DATA / "01_crime_mx" / "inegi_homicides_monthly_municipal"

TAKE = """
import sys, tempfile
from datetime import UTC, datetime
from pathlib import Path
from veedor.evidence.store import Store
from veedor.sources.registry import sources
from veedor.sources.taking import read_all, take
store = Store(Path(tempfile.mkdtemp()))
for offered in read_all([Path(p) for p in sys.argv[1:]], None):
    take(store, sources(), offered, datetime(2026, 1, 1, tzinfo=UTC))
"""
PANDAS = """
import sys, pandas as pd
for path in sys.argv[1:]:
    wide = pd.read_csv(path, encoding="latin-1")
    wide.melt(id_vars=list(wide.columns[:7])).to_parquet("/dev/null")
"""


def measured(*argv: str, cwd: str | None = None) -> tuple[float, float]:
    """Seconds and peak MiB of a child process."""
    code = (
        "import resource, subprocess, sys, time, json\n"
        "began = time.perf_counter()\n"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)\n"
        "peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024\n"
        "print(json.dumps([time.perf_counter() - began, peak, done.returncode]))\n"
    )
    out = subprocess.run([sys.executable, "-c", code, *argv], capture_output=True, text=True, check=True, cwd=cwd)
    seconds, peak, _ = json.loads(out.stdout)
    return seconds, peak


def best(*argv: str, times: int = 3, cwd: str | None = None) -> tuple[float, float]:
    """The median of several runs after one that warms the disk."""
    measured(*argv, cwd=cwd)
    runs = sorted(measured(*argv, cwd=cwd) for _ in range(times))
    return runs[len(runs) // 2]


def line(what: str, figures: tuple[float, float], goal: str = "") -> None:
    print(f"{what:<58} {figures[0]:7.2f} s {figures[1]:7.0f} MiB  {goal}")


def commands() -> None:
    """`--help` and `start`."""
    run = [sys.executable, "-c", "from veedor.cli.main import run; run()"]
    line("veedor --help", best(*run, "--help"), "goal 0.3 s")
    with tempfile.TemporaryDirectory() as folder:
        names = iter(range(99))

        def once() -> tuple[float, float]:
            return measured(*run, "start", f"s{next(names)}", cwd=folder)

        once()
        line("veedor start", sorted(once() for _ in range(3))[1], "goal 10 s")


def taking() -> None:
    """One state file, beside pandas; the same rows at half and at double size; every INEGI year."""
    if not STATE.is_file():
        print(f"the real files are not at {DATA}: their part was not measured")
        return
    whole = STATE.read_bytes().splitlines(keepends=True)
    with tempfile.TemporaryDirectory() as folder:
        for share in (0.25, 0.5, 1.0):
            part = Path(folder) / f"estatal_{share}.csv"
            part.write_bytes(b"".join([whole[0], *(row for row in whole[1:] if int(row[:4]) < 2015 + 9 * share)]))
            rows = part.read_bytes().count(b"\n") - 1
            ours = best(sys.executable, "-c", TAKE, str(part))
            line(f"take in a SESNSP state file of {rows:,} wide rows", ours, "goal 4 s, 600 MB" if share == 1.0 else "")
            try:
                peer = best(sys.executable, "-c", PANDAS, str(part))
            except subprocess.CalledProcessError:
                continue
            line("  the same file read and melted by pandas", peer, f"ratio ours / pandas {ours[0] / peer[0]:.2f}")
    years = sorted(str(p) for p in INEGI.glob("*.csv"))
    for count in (len(years) // 4, len(years) // 2, len(years)):
        line(f"take in {count} INEGI years", best(sys.executable, "-c", TAKE, *years[:count]), "goal 15 s" if count == len(years) else "")


if __name__ == "__main__":
    print(f"{os.cpu_count()} cores, Python {sys.version.split()[0]}, median of three runs; {time.strftime('%Y-%m-%d')}")
    commands()
    taking()
