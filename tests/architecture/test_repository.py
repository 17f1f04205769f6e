"""What must never enter the repository, and the facts that stand in two places."""

from __future__ import annotations

import hashlib
import importlib.metadata
import os
import re
from typing import TYPE_CHECKING, Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

if TYPE_CHECKING:
    from pathlib import Path

# Written in pieces, so that this file does not hold what it forbids.
MACHINE_PATHS = re.compile(r"(?<![\w./~-])/(?:work|root|tmp|home|Users)/[\w.]")
REGISTRIES = re.compile(r"files\.python" r"hosted|py" r"pi\.org|registry\.npm" r"js")
APACHE_2 = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"  # the licence's own text file, appendix included


def _words(paths: list[Path]) -> dict[str, str]:
    found = {}
    for path in paths:
        try:
            found[path.as_posix()] = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # not text
    return found


def test_no_path_of_somebodys_machine(tracked: list[Path]) -> None:
    hits = [f"{name}: {hit.group()}" for name, words in _words(tracked).items() for hit in MACHINE_PATHS.finditer(words)]
    assert hits == []


def test_no_address_of_a_package_registry(tracked: list[Path]) -> None:
    hits = [f"{name}: {hit.group()}" for name, words in _words(tracked).items() for hit in REGISTRIES.finditer(words)]
    assert hits == []


def test_the_lock_with_its_addresses_is_not_tracked(tracked: list[Path]) -> None:
    assert [path.name for path in tracked if path.name in {"uv.lock", "pylock.toml"}] == []


def test_the_licence_is_whole(root: Path) -> None:
    assert hashlib.sha256((root / "LICENSE").read_bytes()).hexdigest() == APACHE_2


def test_ci_can_be_started(root: Path) -> None:
    assert os.access(root / ".ci" / "run", os.X_OK)


def test_readme_names_the_oldest_python_that_works(root: Path, pyproject: dict[str, Any]) -> None:
    oldest = pyproject["project"]["requires-python"].removeprefix(">=")
    named = re.findall(r"Python (3\.\d+)", (root / "README.md").read_text(encoding="utf-8"))
    assert named, "README.md does not say which Python it needs"
    assert min(named, key=Version) == oldest
    assert pyproject["tool"]["ruff"]["target-version"] == f"py{oldest.replace('.', '')}"


def test_readme_gives_each_command_once(root: Path) -> None:
    blocks = re.findall(r"^```[a-z]*\n(.*?)^```", (root / "README.md").read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)
    lines = [line.removeprefix("$ ") for block in blocks for line in block.splitlines()]
    install = "python3 -m venv .uv && .uv/bin/pip install -q uv && .uv/bin/uv run veedor start"
    test = ".uv/bin/uv run --group test just test"
    assert [lines.count(command) for command in (install, test)] == [1, 1]


def _requirements(pyproject: dict[str, Any]) -> list[Requirement]:
    groups = pyproject["dependency-groups"].values()
    named = [*pyproject["project"]["dependencies"], *(line for group in groups for line in group)]
    return [Requirement(line) for line in named]


def test_every_version_is_pinned_in_one_place_without_an_address(pyproject: dict[str, Any]) -> None:
    pins = [Requirement(line) for line in pyproject["tool"]["uv"]["constraint-dependencies"]]
    assert [str(pin) for pin in pins if not re.fullmatch(r"==[\w.]+", str(pin.specifier)) or pin.url is not None] == []
    by_name: dict[str, list[Requirement]] = {}
    for pin in pins:
        by_name.setdefault(canonicalize_name(pin.name), []).append(pin)
    for wanted in _requirements(pyproject):
        chosen = by_name.get(canonicalize_name(wanted.name), [])
        assert chosen, f"{wanted.name} is not pinned: just pins"
        versions = [str(pin.specifier).removeprefix("==") for pin in chosen]
        assert [version for version in versions if version not in wanted.specifier] == [], f"{wanted} excludes its own pin"


def test_what_runs_is_what_is_pinned(pyproject: dict[str, Any]) -> None:
    pins = [Requirement(line) for line in pyproject["tool"]["uv"]["constraint-dependencies"]]
    strange = {}
    for pin in pins:
        if pin.marker is not None and not pin.marker.evaluate():
            continue
        try:
            installed = importlib.metadata.version(pin.name)
        except importlib.metadata.PackageNotFoundError:
            continue  # of a group or a system that is not this one
        if installed not in pin.specifier:
            strange[pin.name] = installed
    assert strange == {}, "installed by hand? uv sync --group test"


def test_entry_points_are_there(pyproject: dict[str, Any]) -> None:
    project = pyproject["project"]
    named = [value for group in (project["scripts"], *project["entry-points"].values()) for value in group.values()]
    missing = []
    for value in named:
        point = importlib.metadata.EntryPoint(name="", value=value, group="")
        try:
            point.load()
        except (ImportError, AttributeError) as error:
            missing.append(f"{value}: {error}")
    assert missing == []


@pytest.mark.parametrize("group", ["veedor.sources"])
def test_installed_entry_points_are_the_declared_ones(pyproject: dict[str, Any], group: str) -> None:
    installed = {
        point.name: point.value
        for point in importlib.metadata.entry_points(group=group)
        if point.dist is not None and point.dist.name == "veedor"
    }
    assert installed == pyproject["project"]["entry-points"][group], "the installed metadata is old: uv sync --reinstall-package veedor"
