"""New projects: an empty one, and the starter project with its files and first judgement."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from veedor.accord import library, reading
from veedor.project import folder as folders
from veedor.project.folder import FILE
from veedor.project.project import Project, open_project
from veedor.project.settings import fresh
from veedor.sources.taking import read_file

README = """# {title}

The accord is in `{accord}`, the evidence in `evidence/`. Your own indicators (SQL files) go into `indicators/`.

    veedor lint        what could never be verified, with repairs
    veedor add FILE    take in a publisher's file
    veedor judge       the verdict table
"""


def create(path: Path, accord: str, lang: str) -> Project:
    """An empty project on a library accord, or on a file when `accord` is a path that exists or ends in .yaml.

    Raises:
        FolderNotEmptyError: something is in the folder. VeedorError: the accord cannot be read; nothing was written then.
    """
    text, name, title = _text(accord)
    made = folders.empty(path)
    relative = f"accord/{name}.yaml"
    folders.write(made.root / relative, text)
    folders.write(made.root / FILE, fresh(relative, language=lang))
    folders.write(made.root / "README.md", README.format(title=title, accord=relative))
    made.indicators.mkdir(exist_ok=True)
    return open_project(made.root)


def _text(accord: str) -> tuple[str, str, str]:
    """The accord's text, checked, its name and its title."""
    if accord.endswith((".yaml", ".yml")) or Path(accord).is_file():
        data = read_file(Path(accord))
        found = reading.read_bytes(data, accord)
        return data.decode("utf-8-sig"), found.accord.accord, found.accord.title.en
    found = library.open_library(accord)
    text = resources.files("veedor.accord").joinpath("library", f"{accord}.yaml").read_text(encoding="utf-8")
    return text, accord, found.accord.title.en
