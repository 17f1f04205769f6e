"""Write the output of `veedor start` into README.md; `--check` writes nothing and fails where it is old. An excerpt, marked with "…"."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from itertools import groupby
from pathlib import Path

PAGE = Path(__file__).resolve().parent.parent / "README.md"
BEGINS, ENDS = "<!-- veedor start -->\n```text\n", "\n```\n<!-- end -->"
MORE = "…"
SHOWN = ("summit", "memorandum", "homicide-guanajuato", "homicide-fall")  # one of each outcome, where they still are so
OF_TOTALS = 5  # lines of the official totals that the excerpt keeps


def output() -> str:
    """What `veedor start` prints in an empty folder: the result, not the story."""
    environ = {name: value for name, value in os.environ.items() if name not in {"FORCE_COLOR", "VEEDOR_LANG"}}
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            [sys.executable, "-c", "from veedor.cli.main import run; run()", "--lang", "en", "start"],
            cwd=folder, env={**environ, "COLUMNS": "100"}, capture_output=True, text=True, encoding="utf-8", check=True,
        )  # fmt: skip
    return "\n".join(line.rstrip() for line in done.stdout.splitlines())


def excerpt(text: str) -> str:
    """The head, one verdict of each outcome, the counts and the first official totals."""
    head, verdicts, undetermined, _, counts, _, totals, _ = (part.splitlines() for part in text.split("\n\n"))
    kept = (head, _some(verdicts), [*undetermined[:3], f"    {MORE}"], counts, [*totals[:OF_TOTALS], MORE])
    return "\n\n".join("\n".join(lines) for lines in kept)


def _some(lines: list[str]) -> list[str]:
    """The heading, and of each outcome one verdict with the lines that belong to it."""
    entries: list[list[str]] = []
    for line in lines[1:]:
        if line.startswith(" "):
            entries[-1].append(line)
        else:
            entries.append([line])
    found = [lines[0]]
    for _, of_one in groupby(entries, key=lambda entry: entry[0].split()[0]):
        same = list(of_one)
        found += next((entry for entry in same if entry[0].split()[1] in SHOWN), same[0])
        found += [MORE] if len(same) > 1 else []
    return found


def refreshed(page: str, text: str) -> str:
    """The page with the excerpt between its marks."""
    before, _, rest = page.partition(BEGINS)
    _, found, after = rest.partition(ENDS)
    if not found:
        raise SystemExit(f"{PAGE.name} has lost the marks between which the output stands")
    return before + BEGINS + text + ENDS + after


def main() -> int:
    """Write the page, or with `--check` compare it."""
    old = PAGE.read_text(encoding="utf-8")
    new = refreshed(old, excerpt(output()))
    if "--check" in sys.argv[1:]:
        return int(old != new)
    PAGE.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
