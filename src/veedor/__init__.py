"""veedor verifies security accords.

import veedor
p = veedor.open("DIR")
p.judge()
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from veedor.project.project import Project

__all__ = ["open"]


def open(path: Path | str = ".") -> Project:  # noqa: A001, it opens a project the way open() opens a file
    """Open the project in a folder, or the nearest one above it."""
    from veedor.project.project import open_project

    return open_project(path)
