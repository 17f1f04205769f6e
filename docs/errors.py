"""Write docs/errors.md from the error classes; `--check` writes nothing and fails where the file is old."""

from __future__ import annotations

import importlib
import pkgutil
import sys
from pathlib import Path

import veedor
from veedor.kernel.errors import CODES, VeedorError

PAGE = Path(__file__).with_name("errors.md")
HEAD = """# Errors

Every error the program can show, in the order of its code: what it says, what happened to your data, what to do next.
`veedor explain CODE` prints the same offline, in your language. Written by `just errors` from the classes; do not edit.
"""


def page() -> str:
    """The whole page, from every error class of the package."""
    for found in pkgutil.walk_packages(veedor.__path__, "veedor."):
        if not found.name.endswith(".__main__"):
            importlib.import_module(found.name)
    ours = [cls for _, cls in sorted(CODES.items()) if cls.__module__.startswith("veedor.")]
    return "\n".join([HEAD, *(_entry(cls) for cls in ours)])


def _entry(cls: type[VeedorError]) -> str:
    parts = (("Says", cls.what), ("Effect", cls.effect), ("Next", cls.next), ("Exit code", str(cls.exit_code)))
    lines = "\n".join(f"- **{name}**: {_inline(words)}" for name, words in parts)
    return f"## {cls.code}\n\n{lines}\n\n{_inline(cls.more)}\n"


def _inline(words: str) -> str:
    return " ".join(words.split()).replace("<", "&lt;")


def main() -> int:
    """Write the page, or with `--check` compare it."""
    new = page()
    if "--check" in sys.argv[1:]:
        return int(not PAGE.exists() or PAGE.read_text(encoding="utf-8") != new)
    PAGE.write_text(new, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
