"""The state of a project: one database beside the evidence, SQLite unless the project names another, its tables brought up to date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from veedor.store.engine import default_url, open_state
from veedor.store.upgrading import upgrade

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from veedor.project.project import Project


def open_state_of(project: Project) -> Engine:
    """The state database of a project, made when it is not there.

    Raises:
        StateNewerError, StateBusyError, StateFullError, StateReadOnlyError, StateUnreachableError, StateUnwritableError: nothing changed.
    """
    engine = open_state(project.settings.project.state or default_url(project.folder.root))
    upgrade(engine)
    return engine
