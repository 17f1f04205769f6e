"""The database of a project, opened: SQLite as a file in its folder, or PostgreSQL. Opening touches nothing; the first query does."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import create_engine, event, make_url
from sqlalchemy.exc import ArgumentError

from veedor.store.errors import ServerDriverMissingError, StateAddressError

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, Engine

FILE = "state.db"
WRITES = "veedor_writes"  # the execution option of a connection that will write
PATIENCE = "veedor_patience"  # the execution option that carries how long a writer waits, in seconds


def default_url(project: Path) -> str:
    """The address of the state of a project that names no other."""
    return f"sqlite:///{project / FILE}"


def open_state(url: str, *, patience: float = 10.0) -> Engine:
    """An engine for the state at an address; `patience` is how many seconds a writer waits for another to finish.

    Raises:
        StateAddressError: the address names neither SQLite nor PostgreSQL.
        ServerDriverMissingError: PostgreSQL, and the library for it is not installed.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise StateAddressError(address=url) from error
    match parsed.get_backend_name():
        case "sqlite" if parsed.database:
            return _sqlite(parsed, patience)
        case "postgresql":
            return _postgresql(parsed, patience)
        case _:
            raise StateAddressError(address=parsed.render_as_string(hide_password=True))


def _sqlite(url: URL, patience: float) -> Engine:
    path = Path(url.database or "")
    if path.exists() and not os.access(path.parent, os.W_OK) and not path.with_name(f"{path.name}-wal").exists():
        # SQLite writes beside the file even to read it. In a folder nobody here can write to, it is read as it stands.
        url = url.set(database=f"file:{path}", query={"mode": "ro", "immutable": "1", "uri": "true"})
    engine = create_engine(url, connect_args={"timeout": patience}, execution_options={PATIENCE: patience}, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:  # noqa: ANN401, the driver's own connection
        connection.isolation_level = None  # the driver begins nothing by itself; `begin` below does
        for pragma in ("foreign_keys = ON", "synchronous = FULL", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A writer takes its place at once: one that begins as a reader can be refused in the middle, whatever its patience.
        writes = connection.get_execution_options().get(WRITES, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(url: URL, patience: float) -> Engine:
    try:
        import psycopg  # noqa: F401, so that its absence is said here and not by the first query
    except ImportError as error:
        raise ServerDriverMissingError(why=str(error)) from error
    engine = create_engine(
        url.set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,  # a connection that died while nobody used it is replaced before anything begins
        execution_options={PATIENCE: patience},
        hide_parameters=True,  # what people wrote must not reach a log file through the text of an error
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:  # noqa: ANN401, the driver's own connection
        connection.execute("SET synchronous_commit = on")  # whatever the server's default: acknowledged means on the disk
        connection.execute("SET TIME ZONE 'UTC'")
        connection.commit()

    return engine


def where(engine: Engine) -> str:
    """The address of an engine as a person may see it: a path, or a server without its password."""
    url = engine.url
    if url.get_backend_name() == "sqlite":
        return (url.database or "").removeprefix("file:")
    return url.set(drivername="postgresql").render_as_string(hide_password=True)


def file_of(engine: Engine) -> Path | None:
    """The database file of an SQLite engine; None where a server keeps the state."""
    return Path(where(engine)) if engine.url.get_backend_name() == "sqlite" else None
