"""The wheel holds everything a user needs, and the program runs from it."""

from __future__ import annotations

import importlib.util
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "veedor"
NEEDED = (  # package data that the program cannot do without
    r"records/places\.csv",
    r"locale/es/LC_MESSAGES/veedor\.mo",
    r"accord/library/[^/]+\.yaml",
    r"indicators/builtin/[^/]+\.sql",
    r"starter/.*\.(yaml|toml|csv|json|md)",
    r"schemas/[^/]+\.json",
    r"sources/addresses\.toml",
)

pytestmark = pytest.mark.xdist_group("wheel")  # built once, by one worker


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    uv = os.environ.get("UV") or shutil.which("uv")
    if importlib.util.find_spec("hatchling") is not None:
        command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]  # needs no network
    elif uv is not None:
        command = [uv, "build", "--quiet", "--wheel", "--out-dir", str(folder)]
    else:
        pytest.skip("neither hatchling nor uv is here to build a wheel: uv sync --group test")
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    [built] = folder.glob("veedor-*.whl")
    return built


def _held(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name.removeprefix("veedor/") for name in archive.namelist() if name.startswith("veedor/")}


def test_nothing_of_the_package_is_left_behind(wheel: Path) -> None:
    wanted = {
        path.relative_to(PACKAGE).as_posix()
        for path in PACKAGE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    assert sorted(wanted - _held(wheel)) == []


@pytest.mark.parametrize("pattern", NEEDED)
def test_package_data_is_inside(wheel: Path, pattern: str) -> None:
    assert [name for name in _held(wheel) if re.fullmatch(pattern, name)] != []


def test_only_the_package_is_inside(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
    assert {top for top in tops if not re.fullmatch(r"veedor(-[\w.]+\.dist-info)?", top)} == set()


def test_the_program_runs_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    unpacked = tmp_path / "unpacked"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    run = "import veedor, sys; sys.stderr.write(veedor.__file__); from veedor.cli.main import main; main(['--help'])"
    done = subprocess.run(
        [sys.executable, "-c", run],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(unpacked)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr.startswith(str(unpacked))
    assert "veedor" in done.stdout
