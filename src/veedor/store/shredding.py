"""Content that was deleted, gone from the files of the database too, as far as the database can do that."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from veedor.store import engine as opened
from veedor.store.transaction import explained

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Engine, Table

_PAUSE = 0.05  # seconds between two attempts


def shred(engine: Engine, tables: Sequence[Table]) -> bool:
    """Rid the files of what was deleted from these tables and committed. False where others who read kept it from being done.

    SQLite overwrites what it deletes, so what is left to do is to empty its journal. PostgreSQL keeps deleted rows in its pages, so the
    tables are written anew; its own journal (`pg_wal`), replicas and backups are in the hands of whoever runs the server.

    Raises:
        StateUnreachableError, StateUnwritableError, StateFullError: it could not be done; what was deleted stays deleted.
    """
    ends = time.monotonic() + engine.get_execution_options().get(opened.PATIENCE, 10.0)
    while not (_emptied(engine) if engine.dialect.name == "sqlite" else _rewritten(engine, tables)):
        if time.monotonic() > ends:
            return False
        time.sleep(_PAUSE)
    return True


def _emptied(engine: Engine) -> bool:
    connection = engine.raw_connection()
    try:
        row = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()
    return bool(row[0] == 0)


def _rewritten(engine: Engine, tables: Sequence[Table]) -> bool:
    preparer = engine.dialect.identifier_preparer
    try:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("SET lock_timeout = '1s'")
            for table in dict.fromkeys(tables):
                connection.exec_driver_sql(f"VACUUM (FULL) {preparer.format_table(table)}")
            connection.exec_driver_sql("RESET lock_timeout")
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", None) == "55P03":  # somebody reads the table
            return False
        raise explained(engine, error) or error from error
    return True
