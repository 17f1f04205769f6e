"""Queries prepared on empty tables of the right shape, so that a column that does not exist is found when the file is read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from veedor.indicators.dialect import TYPES, canonical
from veedor.indicators.series import OUTPUT
from veedor.records.kinds import KINDS, schema

if TYPE_CHECKING:
    from collections.abc import Iterable

_ARROW_TO_SQL = {
    "string": "VARCHAR",
    "int64": "BIGINT",
    "date32[day]": "DATE",
    "timestamp[us, tz=UTC]": "TIMESTAMP WITH TIME ZONE",
    "decimal128(28, 8)": "DECIMAL(28, 8)",
}


def complaints(queries: Iterable[str]) -> list[str]:
    """What the database says against each query, in order; "" where it says nothing. Nothing is read and nothing is run."""
    import duckdb

    with duckdb.connect(config={"autoinstall_known_extensions": False, "enable_external_access": False, "threads": 1}) as database:
        for kind in KINDS:
            columns = ", ".join(f'"{field.name}" {_ARROW_TO_SQL[str(field.type)]}' for field in schema(kind))
            database.execute(f"CREATE TABLE {kind} ({columns})")
        return [_complaint(database, query) for query in queries]


def _complaint(database: object, query: str) -> str:
    import duckdb

    try:
        described = database.execute(f"DESCRIBE {canonical(query)}").fetchall()  # type: ignore[attr-defined]  # duckdb has no stubs here
    except duckdb.Error as error:
        return str(error).splitlines()[0].split(": ", 1)[-1]
    except RecursionError:
        return "nested too deeply"
    given = {str(name): str(kind).replace(",", ", ") for name, kind, *_ in described}
    wrong = [f"{name} is {given.get(name, '–')}" for name, kind in OUTPUT.items() if given.get(name) != TYPES[kind]]
    return ", ".join(wrong)
