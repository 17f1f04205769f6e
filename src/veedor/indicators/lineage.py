"""Which rows a query reads: for each record table in it, the conditions that speak of that table alone.

A series rests on the snapshots that hold such rows, and on no other: a snapshot that merely holds the same kind of record must not
pass for a second source.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from sqlglot import exp

from veedor.indicators.dialect import DIALECT, parse
from veedor.records.kinds import KINDS


class Reading(NamedTuple):
    """A record table as a query reads it: the kind, and the condition on its rows as SQL without table names."""

    kind: str
    condition: str


@lru_cache(maxsize=512)
def readings(query: str) -> tuple[Reading, ...]:
    """Every reading of a query, each once, in the order in which the query names them.

    A row that does not satisfy the condition cannot contribute; one that does may still be left out by what the query does next.
    """
    found: dict[Reading, None] = {}
    for table in parse(query).find_all(exp.Table):
        if table.name in KINDS:
            found[Reading(table.name, _condition(table))] = None
    return tuple(found)


def _condition(table: exp.Table) -> str:
    select = table.find_ancestor(exp.Select)
    assert select is not None  # noqa: S101, a table stands in a FROM or a JOIN
    join = table.find_ancestor(exp.Join)
    parts = _parts(join.args["on"]) if join is not None and join.args.get("on") else []
    if select.args.get("where") and (join is None or join.side != "LEFT"):  # WHERE after LEFT JOIN also sees rows that are not there
        parts += _parts(select.args["where"].this)
    alone = not select.args.get("joins")
    own = [part for part in parts if _speaks_of(part, table.alias_or_name, is_alone=alone)]
    return " AND ".join(f"({_bare(part)})" for part in own) or "TRUE"


def _parts(condition: exp.Expr) -> list[exp.Expr]:
    return list(condition.flatten()) if isinstance(condition, exp.And) else [condition]


def _speaks_of(part: exp.Expr, name: str, *, is_alone: bool) -> bool:
    columns = list(part.find_all(exp.Column))
    return bool(columns) and all(column.table == name or (is_alone and not column.table) for column in columns)


def _bare(part: exp.Expr) -> str:
    copy = part.copy()
    for column in copy.find_all(exp.Column):
        column.set("table", None)
    return copy.sql(DIALECT, comments=False)
