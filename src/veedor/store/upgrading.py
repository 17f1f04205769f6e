"""The tables of the state, made or brought up to date: numbered migrations, all of them in one transaction or none."""

from __future__ import annotations

import sqlite3
import time
from importlib import resources
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from veedor.store import engine as opened
from veedor.store.errors import StateNewerError, StateNotPreparedError
from veedor.store.transaction import read, write

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

_PAUSE = 0.05  # seconds between two attempts at the journal


def upgrade(engine: Engine) -> None:
    """Make the tables, or bring them up to date; where they are, this changes nothing.

    Raises:
        StateNewerError: a newer version of veedor has changed them.
        StateBusyError, StateFullError, StateReadOnlyError, StateUnreachableError, StateUnwritableError: nothing was changed.
    """
    config = _config()
    head = ScriptDirectory.from_config(config).get_current_head()
    with read(engine) as connection:
        if _revision(engine, connection) == head:
            return
    _keep_a_journal(engine)
    with write(engine) as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def require(engine: Engine) -> None:
    """Nothing, where the tables are those of this version.

    Raises:
        StateNotPreparedError: they are not there, or of an older version.
        StateNewerError: they are of a newer one.
    """
    with read(engine) as connection:
        found = _revision(engine, connection)
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if found != head:
        raise StateNotPreparedError(where=opened.where(engine), why=f"{found or '-'} < {head}")


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(resources.files("veedor.store").joinpath("migrations")).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def _revision(engine: Engine, connection: Connection) -> str | None:
    found = MigrationContext.configure(connection).get_current_revision()
    if found is not None and found not in {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}:
        raise StateNewerError(where=opened.where(engine), found=found)
    return found


def _keep_a_journal(engine: Engine) -> None:
    """Switch SQLite to its write-ahead log, for good: readers then never wait for a writer. The switch knows no patience of its own."""
    if engine.dialect.name != "sqlite":
        return
    ends = time.monotonic() + engine.get_execution_options().get(opened.PATIENCE, 10.0)
    while True:
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > ends:
                return  # the transaction that follows says what is wrong, in words
            time.sleep(_PAUSE)
        else:
            return
        finally:
            raw.close()
