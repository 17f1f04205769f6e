"""An environment of its own for a peer: uv from the path or $UV, and a Python that is already on the machine."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from veedor.kernel.canonical import pretty

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

OLDEST = (3, 12)
PATIENCE = 180


def uv() -> str:
    """The uv program; a skip that says how to give one where there is none."""
    found = shutil.which(os.environ.get("UV") or "uv")
    if found is None:
        pytest.skip("there is no uv to make an environment for the peer: put it on the path, or name it in UV")
    return found


def _pythons() -> Iterator[str]:
    for minor in range(20, OLDEST[1] - 1, -1):
        yield from (found for found in [shutil.which(f"python3.{minor}")] if found is not None)
    yield from sorted(map(str, Path.home().glob(".pyenv/versions/3.*/bin/python3")), reverse=True)


def python() -> str:
    """A Python of 3.12 or later that is on the machine; a skip where there is none. Shims that lead nowhere are passed over."""
    for found in _pythons():
        asked = [found, "-c", "import sys; print(*sys.version_info[:2])"]
        answer = subprocess.run(asked, capture_output=True, text=True, check=False)
        if answer.returncode == 0 and tuple(map(int, answer.stdout.split())) >= OLDEST:
            return found
    pytest.skip(f"the peer needs Python {OLDEST[0]}.{OLDEST[1]} or later, and there is none on the path or under ~/.pyenv")


@pytest.fixture(scope="session")
def peer() -> Callable[..., Any]:
    """Run a function of a script here in an environment with some packages; what it answers, as plain data."""
    environ = {name: value for name, value in os.environ.items() if not (name == "UV_CACHE_DIR" and not value)}
    environ = {**environ, "UV_PYTHON_DOWNLOADS": "never", "PYTHONUTF8": "1"}
    environ.pop("PYTHONPATH", None)
    program, interpreter = uv(), python()

    def run(script: str, packages: tuple[str, ...], called: str, **given: object) -> Any:  # noqa: ANN401, plain data
        wanted = [word for package in packages for word in ("--with", package)]
        base = [program, "run", "--quiet", "--isolated", "--no-project", "--python", interpreter, *wanted, "python"]
        script_path = str(Path(__file__).with_name(script))
        asked = {"input": pretty(given), "env": environ, "timeout": PATIENCE}
        done = subprocess.run([*base, script_path, called], capture_output=True, text=True, check=False, **asked)
        if done.returncode != 0 and any(
            words in done.stderr for words in ("error sending request", "Failed to fetch", "No solution found")
        ):
            pytest.skip(f"the peer could not be fetched: {done.stderr.strip().splitlines()[-1]}")
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)

    return run
