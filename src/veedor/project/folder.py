"""Where the parts of a project lie, and how a project is found from inside it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from veedor.project.errors import FileExistsAlreadyError, FolderNotEmptyError, FolderUnwritableError, NoProjectError

FILE = "veedor.toml"


@dataclass(frozen=True, slots=True)
class Folder:
    """The paths of one project."""

    root: Path

    @property
    def settings(self) -> Path:
        """The project file."""
        return self.root / FILE

    @property
    def evidence(self) -> Path:
        """The content-addressed evidence store."""
        return self.root / "evidence"

    @property
    def indicators(self) -> Path:
        """The project's own indicator files."""
        return self.root / "indicators"


def find(start: Path) -> Folder:
    """The project that holds a folder: the folder itself or the nearest above it with a project file.

    Raises:
        NoProjectError: there is none.
    """
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / FILE).is_file():
            return Folder(folder)
    raise NoProjectError(folder=str(start))


def language(start: Path) -> str:
    """The language that the project file asks for; "" where there is no project, or its file says nothing that can be read."""
    try:
        read = tomllib.loads(find(start).settings.read_text(encoding="utf-8"))
        return str(read["project"]["language"])
    except (NoProjectError, OSError, ValueError, LookupError, TypeError):
        return ""


def empty(path: Path) -> Folder:
    """A folder for a new project, made when it does not exist.

    Raises:
        FolderNotEmptyError: something is in it. FolderUnwritableError: it cannot be made.
    """
    try:
        held = sorted(p.name for p in path.iterdir()) if path.is_dir() else []
        if held:
            raise FolderNotEmptyError(where=str(path), folder=str(path), files=len(held), first=held[0])
        path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FolderUnwritableError(where=str(path), path=str(path), why=error.strerror or str(error)) from error
    return Folder(path)


def write(path: Path, text: str) -> None:
    """Write a small text file of a project.

    Raises:
        FolderUnwritableError: the folder is read-only or full.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise FolderUnwritableError(where=str(path), path=str(path), why=error.strerror or str(error)) from error


def write_new(path: Path, data: bytes) -> None:
    """Write a file that must not exist yet.

    Raises:
        FileExistsAlreadyError: it does. FolderUnwritableError: it cannot be written.
    """
    try:
        with path.open("xb") as stream:
            stream.write(data)
    except FileExistsError as error:
        raise FileExistsAlreadyError(where=str(path), path=str(path)) from error
    except OSError as error:
        raise FolderUnwritableError(where=str(path), path=str(path), why=error.strerror or str(error)) from error
