"""The order of the packages is one list, and the fences around it hold when somebody leans on them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from pathlib import Path

_NAME = re.compile(r"\(?[a-z]+\)?")


def _contract(pyproject: dict[str, Any]) -> list[str]:
    contracts = pyproject["tool"]["importlinter"]["contracts"]
    layers: list[str] = next(found["layers"] for found in contracts if found["type"] == "layers")
    return layers


def test_architecture_md_lists_the_layers_that_are_enforced(root: Path, pyproject: dict[str, Any]) -> None:
    text = (root / "ARCHITECTURE.md").read_text(encoding="utf-8")
    block = re.search(r"```layers\n(.*?)```", text, flags=re.DOTALL)
    assert block is not None, "ARCHITECTURE.md has no block that begins with ```layers"
    listed = [re.split(r" {2,}", line)[0] for line in block.group(1).splitlines()]
    assert listed == _contract(pyproject)


def test_every_package_has_one_place_in_the_list(root: Path, pyproject: dict[str, Any]) -> None:
    named = [name for line in _contract(pyproject) for name in _NAME.findall(line)]
    built = {path.parent.name for path in (root / "src" / "veedor").glob("*/__init__.py")}
    assert len(named) == len({name.strip("()") for name in named})
    assert built - {name.strip("()") for name in named} == set(), "a package without a place in the list"
    assert {name for name in named if not name.startswith("(")} - built == set(), "parentheses mean: this is being built"


def test_architecture_md_says_something_about_every_package(root: Path, pyproject: dict[str, Any]) -> None:
    text = (root / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = [name.strip("()") for line in _contract(pyproject) for name in _NAME.findall(line)]
    assert [name for name in named if f"**{name}**" not in text] == []


def _lint(sources: Path, config: Path) -> tuple[int, str]:
    """The linter's exit code and words on the package in a folder, whichever one is installed."""
    run = "import sys; sys.path.insert(0, '.'); from importlinter.cli import lint_imports_command as lint; lint()"
    done = subprocess.run(
        [sys.executable, "-c", run, str(config), "--no-cache"],
        cwd=sources, env={**os.environ, "COLUMNS": "200"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


def test_the_contracts_hold(root: Path) -> None:
    code, said = _lint(root / "src", root / "pyproject.toml")
    assert code == 0, said


LAYERS = "Packages only look down"
REMOTE = "Only modules named remote open a connection"
ASKING = "Only the project and the command line ask publishers and peers"
VERDICT = "A verdict comes from stored evidence, never from a publisher or the network"
FACE = "Only the command line knows click and rich"
BREACHES = {  # a module added to a copy of the package: what it imports, and the contract that must notice
    "kernel/upward.py": ("import veedor.records.kinds", LAYERS),
    "stray/__init__.py": ("", LAYERS),
    "records/socketed.py": ("import socket", REMOTE),
    "project/fetching_itself.py": ("from httpx2 import Client", REMOTE),
    "evidence/late.py": ("def late():\n    import http.client", REMOTE),
    "sources/asking.py": ("import veedor.sources.remote", ASKING),
    "indicators/sourced.py": ("import veedor.sources.source", VERDICT),
    "verdicts/through_records.py": ("import veedor.records.socketed", VERDICT),
    "project/colourful.py": ("import rich.table", FACE),
}


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory, root: Path) -> dict[str, str]:
    """What the linter says of each contract once every breach is there."""
    copy = tmp_path_factory.mktemp("leaning") / "src"
    shutil.copytree(root / "src", copy, ignore=shutil.ignore_patterns("__pycache__"))
    for name, (words, _) in BREACHES.items():
        target = copy / "veedor" / name
        target.parent.mkdir(exist_ok=True)
        target.write_text(words, encoding="utf-8")
    code, said = _lint(copy, root / "pyproject.toml")
    assert code == 1, said
    parts = re.split(r"^(\S.*)\n-{5,}\n", said.partition("Broken contracts\n")[2], flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.xdist_group("leaning")  # linted once, by one worker
@pytest.mark.parametrize("breach", BREACHES)
def test_a_breach_is_found(found: dict[str, str], breach: str) -> None:
    module = "veedor." + breach.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    assert re.search(rf"{re.escape(module)}(?![\w.])", found[BREACHES[breach][1]])
