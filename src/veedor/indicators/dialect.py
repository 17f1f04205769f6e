"""The tested subset of SQL: every part of a query is on one list, with an example, or the query is refused.

The list is closed: a node of the parsed query whose type or argument is not on it is a problem, so that what sqlglot or DuckDB learn
tomorrow is refused until somebody tests it. What runs is `canonical(query)`, written anew from the parsed form that was checked: a
text that two parsers read differently cannot slip through.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

import sqlglot
from sqlglot import exp
from sqlglot.errors import SqlglotError

from veedor.indicators import errors
from veedor.indicators.errors import problem
from veedor.indicators.series import OUTPUT
from veedor.kernel.errors import Problem, nearest
from veedor.kernel.language import N_
from veedor.records.kinds import KINDS

DIALECT = "duckdb"
LONGEST = 20_000  # characters; the longest built-in query has a tenth of that
TYPES = {"string": "VARCHAR", "date": "DATE", "decimal(38, 8)": "DECIMAL(38, 8)", "int64": "BIGINT"}
"""Type of an output column as a query writes it, by the type of the contract."""
_CASTS = frozenset({"TEXT", "VARCHAR", "DATE", "DECIMAL(38, 8)", "BIGINT"})


class Allowed(NamedTuple):
    """One line of the list: what a person may write, an example, and the parsed nodes with the arguments each may have."""

    words: str
    example: str
    nodes: dict[type[exp.Expr], frozenset[str]]


def _args(*names: str) -> frozenset[str]:
    return frozenset(names)


_BINARY = _args("this", "expression")
_ONE = _args("this")

ALLOWED = (
    Allowed(
        "`SELECT` with `FROM`, `WHERE`, `GROUP BY`, `HAVING`, `DISTINCT`; names given with `AS`",
        "SELECT DISTINCT place AS p FROM incidence AS i WHERE count > 1 GROUP BY place HAVING COUNT(*) > 1",
        {
            exp.Select: _args("expressions", "from_", "where", "group", "having", "distinct", "joins", "with_"),
            exp.From: _ONE,
            exp.Where: _ONE,
            exp.Group: _args("expressions"),
            exp.Having: _ONE,
            exp.Distinct: _args("expressions"),
            exp.Alias: _args("this", "alias"),
            exp.Table: _args("this", "alias"),
            exp.TableAlias: _ONE,
            exp.Column: _args("this", "table"),
            exp.Identifier: _args("this", "quoted"),
        },
    ),
    Allowed(
        "parts named with `WITH`, not recursive",
        "WITH a AS (SELECT place FROM incidence) SELECT place FROM a",
        {exp.With: _args("expressions"), exp.CTE: _args("this", "alias")},
    ),
    Allowed(
        "`UNION ALL` inside a `WITH` part",
        "WITH a AS (SELECT place FROM incidence UNION ALL SELECT place FROM incidence) SELECT place FROM a",
        {exp.Union: _args("this", "expression")},
    ),
    Allowed(
        "`JOIN … ON` and `LEFT JOIN … ON`, every column with the name of its table",
        "SELECT i.place FROM incidence AS i LEFT JOIN statistic AS s ON s.place = i.place",
        {exp.Join: _args("this", "on", "kind", "side")},
    ),
    Allowed(
        "`=`, `<>`, `<`, `<=`, `>`, `>=`, `AND`, `OR`, `NOT`, brackets",
        "SELECT place FROM incidence WHERE NOT (count = 1 OR count <> 2) AND count < 3 AND count <= 4 AND count > 5 AND count >= 6",
        {
            **dict.fromkeys((exp.EQ, exp.NEQ, exp.LT, exp.LTE, exp.GT, exp.GTE, exp.And, exp.Or), _BINARY),
            exp.Not: _ONE,
            exp.Paren: _ONE,
        },
    ),
    Allowed(
        "`IS NULL`, `IS NOT NULL`, `IN (…)`, `BETWEEN`, `LIKE`",
        "SELECT place FROM incidence WHERE count IS NOT NULL AND place LIKE 'MX__' AND unit IN ('lb', 'kg') AND count BETWEEN 1 AND 2",
        {
            exp.Is: _BINARY,
            exp.In: _args("this", "expressions"),
            exp.Between: _args("this", "low", "high"),
            exp.Like: _BINARY,
        },
    ),
    Allowed(
        "whole and decimal numbers, texts, `TRUE`, `FALSE`, `NULL`; `+`, `-`, `*`",
        "SELECT -1 AS a, 1.5 + 2 * 3 - 4 AS b, 'text' AS c, TRUE AS d, NULL AS e",
        {
            exp.Literal: _args("this", "is_string"),
            exp.Boolean: _ONE,
            exp.Null: frozenset(),
            exp.Add: _BINARY,
            exp.Sub: _BINARY,
            exp.Mul: _BINARY,
            exp.Neg: _ONE,
        },
    ),
    Allowed(
        "`CASE`, `COALESCE`, `LOWER`, `SUBSTRING`",
        "SELECT CASE WHEN count = 1 THEN 'a' ELSE 'b' END AS a, COALESCE(count, 0) AS b, LOWER(SUBSTRING(place, 1, 4)) AS c FROM incidence",
        {
            exp.Case: _args("this", "ifs", "default"),
            exp.If: _args("this", "true"),
            exp.Coalesce: _args("this", "expressions"),
            exp.Lower: _ONE,
            exp.Substring: _args("this", "start", "length"),
        },
    ),
    Allowed(
        "`SUM`, `MIN`, `MAX`, `COUNT(*)`, `COUNT(x)`, `COUNT(DISTINCT x)`",
        "SELECT SUM(count) AS a, MIN(count) AS b, MAX(count) AS c, COUNT(*) AS d, COUNT(count) AS e, COUNT(DISTINCT place) AS f "
        "FROM incidence",
        {
            exp.Sum: _ONE,
            exp.Min: _ONE,
            exp.Max: _ONE,
            exp.Count: _args("this", "big_int"),
            exp.Star: frozenset(),
        },
    ),
    Allowed(
        "`date_trunc`, `make_date`, `extract`, a date plus or minus an `INTERVAL`, `DATE '2020-01-01'`",
        "SELECT date_trunc('month', valid_from) AS a, make_date(extract(year FROM valid_from), 1, 1) AS b, "
        "valid_from + INTERVAL 1 MONTH AS c, DATE '2020-01-01' AS d FROM incidence",
        {
            exp.TimestampTrunc: _args("this", "unit"),
            exp.DateFromParts: _args("year", "month", "day"),
            exp.Extract: _BINARY,
            exp.Interval: _args("this", "unit"),
            exp.Var: _ONE,
        },
    ),
    Allowed(
        "`CAST` to `VARCHAR`, `DATE`, `BIGINT` and `DECIMAL(38, 8)`",
        "SELECT CAST(place AS VARCHAR) AS a, CAST(valid_from AS DATE) AS b, CAST(count AS BIGINT) AS c, CAST(count AS DECIMAL(38, 8)) AS d "
        "FROM incidence",
        {
            exp.Cast: _args("this", "to"),
            exp.DataType: _args("this", "expressions"),
            exp.DataTypeParam: _ONE,
        },
    ),
)  # fmt: skip
"""Everything a query may use. docs/indicators.md shows the same lines, and a test compares the two."""

_NODES: dict[type[exp.Expr], frozenset[str]] = {node: args for line in ALLOWED for node, args in line.nodes.items()}
_REPAIRS: dict[type[exp.Expr], str] = {
    exp.Div: N_("yield numerator and denominator apart, as amount and base"),
    exp.IntDiv: N_("yield numerator and denominator apart, as amount and base"),
    exp.Avg: N_("yield sum and count apart, as amount and base"),
    exp.Subquery: N_("give the inner query a name with WITH"),
    exp.Order: N_("leave the order out: every answer is put in the order of place and time"),
    exp.Limit: N_("select by a condition instead"),
    exp.CurrentDate: N_("a query does not know the day; what was known on a day is chosen before it runs"),
}


def check(query: str, kinds: tuple[str, ...], first_line: int = 1) -> tuple[Problem, ...]:
    """Everything for which the query is refused, in the order of its lines; nothing when it is within the subset.

    `kinds` are the record kinds that the header declares, and `first_line` is the line of the file on which the query begins.
    """
    try:
        tree = parse(query)
    except _UnreadableError as error:
        return (problem(errors.QuerySyntaxError, error.line + first_line - 1, error.words, error.repair, why=error.why),)
    found = [*_nodes(tree), *_tables(tree, kinds), *_joins(tree), *_output(tree)]
    return tuple(sorted((_moved(one, first_line - 1) for one in found), key=lambda one: one.line))


class _UnreadableError(ValueError):
    def __init__(self, line: int, words: str, repair: str, why: str) -> None:
        super().__init__(why)
        self.line, self.words, self.repair, self.why = line, words, repair, why


@lru_cache(maxsize=512)
def parse(query: str) -> exp.Select:
    """The one SELECT that the text holds; its nodes must not be changed, because the same tree is given to all who ask.

    Raises:
        ValueError: the text is no SQL, or another statement, or more than one, or too long.
    """
    if len(query) > LONGEST:
        raise _UnreadableError(1, N_("the query has more than {why} characters"), N_("split it into two indicators"), str(LONGEST))
    try:
        statements = [one for one in sqlglot.parse(query, read=DIALECT) if one is not None]
    except SqlglotError as error:
        detail: dict[str, object] = next(iter(getattr(error, "errors", ())), {})
        why = str(detail.get("description") or error).splitlines()[0]
        raise _UnreadableError(int(str(detail.get("line") or 1)), N_("the query cannot be read as SQL: {why}"), "", why) from error
    except RecursionError as error:
        raise _UnreadableError(1, N_("the query is nested too deeply: {why}"), N_("name its parts with WITH"), str(error)) from error
    if len(statements) != 1 or not isinstance(statements[0], exp.Select):
        kinds = ", ".join(type(one).__name__ for one in statements) or "–"
        raise _UnreadableError(1, N_("one SELECT is expected, found: {why}"), N_("write one SELECT, with its parts under WITH"), kinds)
    return statements[0]


def canonical(query: str) -> str:
    """The query written anew from its parsed form, without comments: what runs is what was checked."""
    return parse(query).sql(DIALECT, comments=False)


def _moved(found: Problem, lines: int) -> Problem:
    return replace(found, line=found.line + lines)


def _line(node: exp.Expr) -> int:
    """The line of a node, of its first part that has one, or of what it stands in: not every node is given a place."""
    for part in node.walk(bfs=False):
        if "line" in part.meta:
            return int(part.meta["line"])
    return _line(node.parent) if node.parent is not None else 1


def _nodes(tree: exp.Select) -> Iterator[Problem]:
    for node in tree.walk(bfs=False):
        kind = type(node)
        if kind not in _NODES:
            yield _refused(node)
            continue
        given = {name for name, value in node.args.items() if value is not None and value is not False and value != []}
        for name in sorted(given - _NODES[kind]):
            yield problem(
                errors.NotAllowedError, _line(node), N_('"{what}" of {node} may not be used'), what=name.rstrip("_"), node=kind.__name__
            )
        yield from _details(node)


def _refused(node: exp.Expr) -> Problem:
    name = str(node.this) if isinstance(node, exp.Anonymous) else type(node).__name__
    text = node.sql(DIALECT)[:60]
    return problem(
        errors.NotAllowedError, _line(node), N_("{node} may not be used: {text}"), _REPAIRS.get(type(node), ""), node=name, text=text
    )


def _details(node: exp.Expr) -> Iterator[Problem]:
    """What is allowed by its type and refused by its value."""
    refused = ""
    match node:
        case exp.Literal() if not node.is_string and not str(node.this).replace(".", "", 1).isdigit():
            refused = N_("{text} is a floating number")
        case exp.Cast() if node.to.sql(DIALECT) not in _CASTS:
            refused = N_("{text} is a cast to a type that may not be used")
        case exp.Star() if not isinstance(node.parent, exp.Count):
            refused = N_("{text} stands for columns that are not named")
        case exp.Distinct() if isinstance(node.parent, (exp.Sum, exp.Min, exp.Max)):
            refused = N_("{text} leaves out equal figures")
        case exp.Extract() if str(node.this).upper() not in {"YEAR", "QUARTER", "MONTH", "DAY"}:
            refused = N_("{text} takes a part of a date that may not be used")
        case exp.TimestampTrunc() if str(node.args["unit"]).upper() not in {"YEAR", "QUARTER", "MONTH", "DAY"}:
            refused = N_("{text} takes a part of a date that may not be used")
        case _:
            pass
    if refused:
        yield problem(errors.NotAllowedError, _line(node), refused, text=node.sql(DIALECT)[:60] or "*")


def _tables(tree: exp.Select, kinds: tuple[str, ...]) -> Iterator[Problem]:
    named = [cte.alias for cte in tree.find_all(exp.CTE)]
    for cte in tree.find_all(exp.CTE):
        if cte.alias in KINDS or named.count(cte.alias) > 1:
            words = N_('a WITH part may not be named "{name}": a record kind or another part has that name')
            yield problem(errors.TableNotReadableError, _line(cte), words, name=cte.alias)
        if cte.parent is not None and cte.parent.parent is not tree:
            yield problem(errors.NotAllowedError, _line(cte), N_("WITH may stand at the beginning only"))
    read = {table.name for table in tree.find_all(exp.Table)}
    for table in tree.find_all(exp.Table):
        if table.name not in (*named, *kinds):
            yield _no_table(table, kinds)
    for kind in kinds:
        if kind not in read:
            yield problem(errors.KindNotReadError, 1, N_('the header declares the kind "{kind}" and the query does not read it'), kind=kind)


def _no_table(table: exp.Table, kinds: tuple[str, ...]) -> Problem:
    if table.name in KINDS:
        words = N_('the query reads "{name}", which the header does not declare')
        return problem(errors.TableNotReadableError, _line(table), words, N_('add it to "kinds" in the header'), name=table.name)
    words, close = N_('there is no table "{name}"'), nearest(table.name, kinds)
    repair = N_('did you mean "{nearest}"?') if close else N_("the header declares: {kinds}")
    return problem(errors.TableNotReadableError, _line(table), words, repair, name=table.name, nearest=close, kinds=", ".join(kinds))


def _joins(tree: exp.Select) -> Iterator[Problem]:
    for join in tree.find_all(exp.Join):
        if "on" not in join.args or join.args["on"] is None or join.kind not in {"", "INNER"} or join.side not in {"", "LEFT"}:
            yield problem(
                errors.JoinConditionError,
                _line(join),
                N_("only JOIN … ON and LEFT JOIN … ON join tables, not: {text}"),
                text=join.sql(DIALECT)[:60].strip(" ,"),
            )
    for select in tree.find_all(exp.Select):
        if not select.args.get("joins"):
            continue
        for column in _own_columns(select):
            if not column.table:
                words = N_('beside a join the column "{name}" needs the name of its table')
                yield problem(errors.ColumnWithoutTableError, _line(column), words, name=column.name)


def _own_columns(select: exp.Select) -> Iterator[exp.Column]:
    return (column for column in select.find_all(exp.Column) if column.find_ancestor(exp.Select) is select)


def _output(tree: exp.Select) -> Iterator[Problem]:
    given = tuple(one.alias_or_name for one in tree.expressions)
    if given != tuple(OUTPUT):
        words = N_("the query yields {given} where {wanted} are expected")
        yield problem(errors.OutputColumnsError, _line(tree), words, given=", ".join(given) or "–", wanted=", ".join(OUTPUT))
        return
    for one, (name, kind) in zip(tree.expressions, OUTPUT.items(), strict=True):
        cast = one.this if isinstance(one, exp.Alias) else None
        written = cast.to.sql(DIALECT) if isinstance(cast, exp.Cast) else ""
        if written.replace("TEXT", "VARCHAR") != TYPES[kind]:
            words, repair = N_('the column "{name}" is not cast to {type}'), N_("write CAST(… AS {type}) AS {name}")
            yield problem(errors.OutputColumnsError, _line(one), words, repair, name=name, type=TYPES[kind])
