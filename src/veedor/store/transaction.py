"""One database transaction at a time, and what the database says when it refuses, in words."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from veedor.store import engine as opened
from veedor.store.errors import (
    CommitUncertainError,
    StateBusyError,
    StateDamagedError,
    StateFullError,
    StateNotPreparedError,
    StateReadOnlyError,
    StateUnreachableError,
    StateUnwritableError,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

    from veedor.kernel.errors import VeedorError

_LOCK = 0x7665_6564_6F72  # "veedor": the advisory lock that makes PostgreSQL's writers stand in line as SQLite's do
_SQLITE = {
    sqlite3.SQLITE_BUSY: StateBusyError,
    sqlite3.SQLITE_LOCKED: StateBusyError,
    sqlite3.SQLITE_FULL: StateFullError,
    sqlite3.SQLITE_READONLY: StateReadOnlyError,
    sqlite3.SQLITE_PERM: StateReadOnlyError,
    sqlite3.SQLITE_CANTOPEN: StateUnwritableError,
    sqlite3.SQLITE_IOERR: StateUnwritableError,
    sqlite3.SQLITE_CORRUPT: StateDamagedError,
    sqlite3.SQLITE_NOTADB: StateDamagedError,
}
_POSTGRESQL = {  # by code, or by its class: the first two characters (PostgreSQL's manual, appendix A)
    "55P03": StateBusyError,
    "57014": StateBusyError,
    "40": StateBusyError,
    "53100": StateFullError,
    "53": StateBusyError,
    "25006": StateReadOnlyError,
    "42501": StateReadOnlyError,
    "42P01": StateNotPreparedError,
    "08": StateUnreachableError,
    "57": StateUnreachableError,
    "28": StateUnreachableError,
    "3D": StateUnreachableError,
    "58": StateUnwritableError,
    "XX": StateDamagedError,
}


@contextmanager
def write(engine: Engine) -> Iterator[Connection]:
    """One transaction by the only writer: committed when the block ends, undone when it raises.

    Raises:
        StateBusyError, StateFullError, StateReadOnlyError, StateUnreachableError, StateUnwritableError, StateDamagedError,
        StateNotPreparedError: nothing was written.
        CommitUncertainError: the server went away while committing; all of it was written, or nothing.
    """
    with _explained(engine):
        connection = engine.connect()
    try:
        with _explained(engine):
            connection.execution_options(**{opened.WRITES: True})
            transaction = connection.begin()
            _stand_in_line(connection)
            yield connection
        with _explained(engine, is_committing=True):
            transaction.commit()
    finally:
        connection.close()  # undoes whatever was not committed


@contextmanager
def read(engine: Engine) -> Iterator[Connection]:
    """One transaction that reads and sees a single moment, however long it takes.

    Raises:
        StateBusyError, StateUnreachableError, StateUnwritableError, StateDamagedError, StateNotPreparedError: nothing was read.
    """
    with _explained(engine), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


def _stand_in_line(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        patience = round(connection.get_execution_options().get(opened.PATIENCE, 10.0) * 1000)
        connection.execute(text("SELECT set_config('lock_timeout', :patience, true)"), {"patience": f"{patience}ms"})
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})


@contextmanager
def _explained(engine: Engine, *, is_committing: bool = False) -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        known = explained(engine, error, is_committing=is_committing)
        if known is None:
            raise
        raise known from error


def explained(engine: Engine, error: DBAPIError, *, is_committing: bool = False) -> VeedorError | None:
    """What a database said, as the error a person reads; None for a mistake in a statement of ours."""
    found = _class_of(error)
    if found is None:
        return None
    if found is StateUnreachableError and is_committing:
        found = CommitUncertainError
    where, why = opened.where(engine), str(error.orig).strip().partition("\n")[0]
    if found is StateBusyError:
        options = engine.get_execution_options()
        return StateBusyError(where=where, seconds=round(options.get(opened.PATIENCE, 0)))
    return found(where=where, why=why)


def _class_of(error: DBAPIError) -> type[VeedorError] | None:
    original = error.orig
    if isinstance(original, sqlite3.Error):
        if str(original).startswith("no such table"):
            return StateNotPreparedError
        return _SQLITE.get(getattr(original, "sqlite_errorcode", 0) & 0xFF)  # the low byte is the class of an extended code
    state = getattr(original, "sqlstate", None)
    if state is None:  # the library's own words: no server, or no longer
        return StateUnreachableError if error.connection_invalidated or type(original).__name__ == "OperationalError" else None
    return _POSTGRESQL.get(state) or _POSTGRESQL.get(state[:2])
