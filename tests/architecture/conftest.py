"""The repository as these tests see it: its files, its project file, its modules."""

from __future__ import annotations

import ast
import importlib
import json
import pkgutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def pyproject() -> dict[str, Any]:
    """pyproject.toml, read."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def tracked() -> list[Path]:
    """Every file that git tracks, or would track after `git add`."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout: there is no list of tracked files")
    found = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in found if path.is_file()]


@pytest.fixture(scope="session")
def sources() -> dict[str, ast.Module]:
    """Every module of the package, parsed, by its path below src/veedor."""
    package = ROOT / "src" / "veedor"
    return {path.relative_to(package).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in sorted(package.rglob("*.py"))}


@pytest.fixture(scope="session")
def sentences() -> dict[str, str]:
    """Every sentence of the package by its code, from a process of its own: other tests declare sentences too."""
    gather = (
        "import importlib, pkgutil, veedor\n"
        "names = [found.name for found in pkgutil.walk_packages(veedor.__path__, 'veedor.')]\n"
        "[importlib.import_module(name) for name in names if not name.endswith('.__main__')]\n"
        "from veedor.kernel import canonical, language\n"
        "print(canonical.pretty(language.templates()))"
    )
    done = subprocess.run([sys.executable, "-c", gather], capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.fixture(scope="session")
def modules() -> list[ModuleType]:
    """Every module of the package, imported."""
    import veedor

    names = sorted(found.name for found in pkgutil.walk_packages(veedor.__path__, "veedor."))
    return [importlib.import_module(name) for name in names if not name.endswith(".__main__")]
