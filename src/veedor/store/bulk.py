"""Many rows in one go, by the quickest way each database has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, Table

_FEW = 20  # rows below which nothing is gained


def insert_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows of one set of columns, inside the connection's transaction. Values are those that both drivers take as they are."""
    if len(rows) < _FEW:
        if rows:
            connection.execute(insert(table), rows)
        return
    names = tuple(rows[0])
    preparer = connection.dialect.identifier_preparer
    columns = ", ".join(preparer.quote(name) for name in names)
    values = [tuple([row[name] for name in names]) for row in rows]
    if connection.dialect.name == "postgresql":
        _copy(connection, f"COPY {preparer.format_table(table)} ({columns}) FROM STDIN", values)
    else:
        connection.exec_driver_sql(f"INSERT INTO {preparer.format_table(table)} ({columns}) VALUES ({', '.join('?' * len(names))})", values)


def _copy(connection: Connection, statement: str, values: Sequence[tuple[Any, ...]]) -> None:
    import psycopg

    raw: Any = connection.connection.driver_connection  # psycopg's own: SQLAlchemy has no COPY
    try:
        with raw.cursor() as cursor, cursor.copy(statement) as copying:
            for row in values:
                copying.write_row(row)
    except psycopg.Error as error:
        is_lost = bool(raw.closed)
        if is_lost:
            connection.invalidate(error)
        raise DBAPIError(statement, None, error, hide_parameters=True, connection_invalidated=is_lost) from error
