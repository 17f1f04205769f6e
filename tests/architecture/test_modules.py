"""What holds for every module: its length, its imports, its docstrings, its silence."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ONE_FILE = "src/veedor/audit/standalone.py"
"""What a court reads is one file on purpose: with the standard library alone, it verifies everything that `audit` does."""
LONGEST = 400
NETWORK = (
    *("asyncio", "ftplib", "http", "smtplib", "socket", "socketserver", "ssl", "urllib.request"),
    *("anyio", "httpcore2", "httpx2", "requests", "urllib3"),
)


def _imported(module: ast.Module) -> Iterator[str]:
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _names(module: ast.Module, *called: str) -> list[str]:
    return [name for name in _imported(module) if any(name == one or name.startswith(f"{one}.") for one in called)]


def test_no_module_is_too_long(root: Path) -> None:
    lengths = {
        path.relative_to(root).as_posix(): len(path.read_text(encoding="utf-8").splitlines()) for path in (root / "src").rglob("*.py")
    }
    assert lengths
    del lengths[ONE_FILE]
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_only_remote_imports_a_network_library(sources: dict[str, ast.Module]) -> None:
    found = {name: _names(module, *NETWORK) for name, module in sources.items() if not name.endswith("/remote.py")}
    assert {name: imports for name, imports in found.items() if imports} == {}


def test_only_the_command_line_imports_click_and_rich(sources: dict[str, ast.Module]) -> None:
    found = {name: _names(module, "click", "rich") for name, module in sources.items() if not name.startswith("cli/")}
    assert {name: imports for name, imports in found.items() if imports} == {}


def test_only_the_command_line_prints(sources: dict[str, ast.Module]) -> None:
    printing = [
        f"{name}:{node.lineno}"
        for name, module in sources.items()
        if not name.startswith("cli/")
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]
    assert printing == []


def _public(body: list[ast.stmt]) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef]:
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node.body)


def test_whatever_is_public_says_what_it_does(sources: dict[str, ast.Module]) -> None:
    silent = [
        f"{name}:{node.lineno} {node.name}"
        for name, module in sources.items()
        for node in _public(module.body)
        if ast.get_docstring(node) is None and not _repeats(node)
    ]
    assert silent == []
    assert [name for name, module in sources.items() if ast.get_docstring(module) is None] == []


def _repeats(node: ast.AST) -> bool:
    """Whether the words stand elsewhere: an override, one signature of several, or a command, whose `help` a user reads."""
    marks = [mark.func if isinstance(mark, ast.Call) else mark for mark in getattr(node, "decorator_list", [])]
    return bool({ast.unparse(mark).rpartition(".")[2] for mark in marks} & {"override", "overload", "command", "group"})
