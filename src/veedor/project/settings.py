"""The project file veedor.toml: which accord, whose keys count, which addresses differ from the built-in ones."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from veedor.kernel.errors import nearest
from veedor.kernel.language import N_, Sentence, Template
from veedor.project.errors import SettingsUnreadableError
from veedor.project.folder import FILE

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_UNKNOWN = Template("pro.key-unknown", N_('"{key}" is not a known key{nearest}'))
_MISSING = Template("pro.key-missing", N_('"{key}" is missing'))
_VALUE = Template("pro.key-value", N_('"{key}" cannot be {value}'))


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ProjectTable(_Strict):
    """The [project] table."""

    accord: str
    language: Literal["en", "es"] = "en"  # in which commands speak here, unless they are told otherwise
    state: str = ""  # address of the state database; SQLite in the project folder when empty
    synthetic: bool = False  # the starter project: its files are made up and every output says so


class NodeTable(_Strict):
    """The [node] table: how this installation is called where others see it."""

    name: str = Field(default="node", pattern=r"^[A-Za-z0-9][A-Za-z0-9._/-]*$", max_length=100)
    party: str = ""  # key of the party whose installation it is; empty where it is nobody's, as in an exercise


class Settings(_Strict):
    """The whole project file."""

    project: ProjectTable
    node: NodeTable = NodeTable()
    addresses: dict[str, str] = Field(default_factory=dict)
    trust: dict[str, list[str]] = Field(default_factory=dict)


def read(folder: Path) -> Settings:
    """The settings of a project folder.

    Raises:
        SettingsUnreadableError: the file is no TOML, or has unknown or missing keys.
    """
    path = folder / FILE
    try:
        return Settings.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsUnreadableError(where=str(path), why=str(error)) from error
    except ValidationError as error:
        raise SettingsUnreadableError(where=str(path), why=tuple(_wrong(one) for one in error.errors())) from error


def _wrong(one: ErrorDetails) -> Sentence:
    """One thing that is wrong with the file, in words of our own."""
    key = ".".join(str(part) for part in one["loc"])
    if one["type"] == "missing":
        return _MISSING(key=key)
    if one["type"] != "extra_forbidden":
        return _VALUE(key=key, value=str(one["input"]))
    tables = {name: field.annotation for name, field in Settings.model_fields.items()}
    table = tables.get(str(one["loc"][0])) if len(one["loc"]) > 1 else Settings
    known = tuple(table.model_fields) if isinstance(table, type) and issubclass(table, BaseModel) else ()
    close = nearest(str(one["loc"][-1]), known)
    return _UNKNOWN(key=key, nearest=f' ("{close}"?)' if close else "")


def fresh(accord: str, *, language: str = "en", synthetic: bool = False) -> str:
    """The text of a new project file."""
    marked = "\nsynthetic = true   # every file of this project is made up; outputs say so" if synthetic else ""
    return f'''# A veedor project. `veedor doctor` shows where everything is.
[project]
accord = "{accord}"
language = "{language}"{marked}

[node]
# The published log is called ACCORD.NAME; others name it so, and it never changes once something is published:
# name = "node"
# The party of the accord whose installation this is:
# party = "MX"

[addresses]
# A publisher's address that differs from the built-in one, by source name:
# sesnsp-idefc = "https://…"

[trust]
# The public keys (Ed25519, base64) whose adoption signatures count, by party:
# MX = ["…"]
'''
