"""Lint with what is known here: the project's indicators when there is a project, else the built-in ones."""

from __future__ import annotations

from pathlib import Path

from veedor.accord import lint
from veedor.accord.lint import Finding, Judgeable
from veedor.accord.reading import AccordFile, read
from veedor.indicators.catalogue import catalogue
from veedor.indicators.registry import indicators
from veedor.kernel.clock import Clock
from veedor.project.errors import NoProjectError
from veedor.project.project import controllers, open_project


def linted(project: Path | None, file: Path | None, *, clock: Clock) -> tuple[AccordFile, tuple[Finding, ...], tuple[Judgeable, ...]]:
    """The accord, its findings, and how many duties of each party could be judged.

    Raises:
        NoProjectError: neither a file nor a project is given.
    """
    try:
        opened = open_project(project, clock=clock)
    except NoProjectError:
        if file is None:
            raise
        opened = None
    if file is not None:
        accord = read(file)
    else:
        assert opened is not None  # noqa: S101, the error above was raised otherwise
        accord = opened.accord()
    known = catalogue(opened.indicators() if opened is not None else indicators(), controllers())
    found = lint.lint(accord, known)
    return accord, found, lint.verifiable_share(accord, known, found)
