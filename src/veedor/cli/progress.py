"""Long work shows progress: a bar on a terminal, nothing in a pipe."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

from veedor.cli.face import Face


@contextmanager
def downloading(face: Face, name: str) -> Iterator[Callable[[int, int | None], None]]:
    """A bar on stderr that is told bytes received and bytes expected."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=face.err, transient=True, disable=not face.err.file.isatty()) as bar:
        task = bar.add_task(name, total=None)

        def tell(received: int, expected: int | None) -> None:
            bar.update(task, completed=received, total=expected)

        yield tell
