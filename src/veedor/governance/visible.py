"""`visible`: the one way to read records, state or counts. It adds to a query what the policies let a principal see, and nothing else.

What is left of the policies for a principal is one predicate (`predicate`). Asked of an item, of the database or of a table of records it
gives the same answer, and the same as `policy.decide` gives for each item; a property test holds the three together. A table that is not
described here cannot be read through it: what nobody described is not shown.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ColumnElement, Join, Select, SelectBase, Table, TextClause, and_, exists, false, not_, or_, select, true
from sqlalchemy.sql import visitors
from sqlalchemy.sql.selectable import AliasedReturnsRows

from veedor.evidence.ledger.projections import kinds_of
from veedor.governance.engine import remaining
from veedor.governance.policy_errors import ItemUnknownError
from veedor.governance.predicate import OfItem, Predicate, Value, ask, compiled
from veedor.governance.roles import Action
from veedor.governance.subjects import Item
from veedor.kernel.markings import Marking, joined, of_marking
from veedor.store import tables

if TYPE_CHECKING:
    import pyarrow as pa
    from sqlalchemy import Connection, Row

    from veedor.evidence.ledger.entries import EntryFacts
    from veedor.governance.subjects import Circumstances, Principal

Q = TypeVar("Q", bound=Select[Any])


@dataclass(frozen=True, slots=True)
class Single:
    """A set of one name, which stands in a column."""

    column: ColumnElement[str]


@dataclass(frozen=True, slots=True)
class Members:
    """A set whose names stand one a row in another table, found by `condition`."""

    condition: ColumnElement[bool]
    name: ColumnElement[str]


Source = Any  # a column, a Single, Members, or the value that every row has
Shape = Mapping[str, Source]
"""Where in a table each attribute of an item stands; what is not named is as in an item that says nothing of it."""


@dataclass(frozen=True, slots=True)
class Sight:
    """What one principal may see, as one predicate."""

    predicate: Predicate

    def sees(self, item: Item) -> bool:
        """Whether it covers an item."""
        found: bool = ask(self.predicate, OfItem(item.plain()))
        return found

    def where(self, shape: Shape) -> ColumnElement[bool]:
        """The same as a condition of SQL, for rows in which attributes stand where the shape says."""
        found: ColumnElement[bool] = ask(self.predicate, _InSql(_complete(shape)))
        return found

    def rows(self, records: pa.Table, item: Item) -> pa.Table:
        """The records of a table that it covers; all share what `item` says but their own marking."""
        import pyarrow as pa
        import pyarrow.compute as pc

        shown = [int(level) for level in Marking if self.sees(dataclasses.replace(item, label=joined(item.label, of_marking(level))))]
        return records.filter(pc.is_in(records["marking"], value_set=pa.array(shown, records["marking"].type)))


def sight(principal: Principal, given: Circumstances) -> Sight:
    """What a principal may see as things stand.

    Raises:
        PolicyEngineMissingError, PolicyFaultyError: nobody can tell, and nothing is shown.
    """
    return _sight(principal, given)


@lru_cache(maxsize=256)
def _sight(principal: Principal, given: Circumstances) -> Sight:
    return Sight(compiled(*remaining(principal, Action.SEE, given)))


def visible(principal: Principal, query: Q, given: Circumstances, owner: str) -> Q:
    """The query over tables of the state, with nothing in it but what the principal may see: rows, counts and sums alike.

    Args:
        principal: Who reads.
        query: A plain select of columns of tables of the state. What hides rows from this function is refused: a select inside another,
            an alias, words of SQL. So are the numbers in the order of entering, whose gaps would count what is not shown.
        given: As things stand.
        owner: The party whose node this is.

    Raises:
        PolicyEngineMissingError, PolicyFaultyError: nobody can tell, and nothing is shown.
        ValueError: the query cannot be narrowed.
    """
    found = _tables(query)
    seen = sight(principal, given)
    return query.where(*(_SHAPES[table](seen, owner) for table in found))


def _tables(query: Select[Any]) -> list[Table]:
    """The tables that a query reads.

    Raises:
        ValueError: it reads others than those described here, or in a way in which it cannot be narrowed.
    """
    for part in visitors.iterate(query):
        is_nested = part is not query and isinstance(part, (SelectBase, AliasedReturnsRows, TextClause))
        if is_nested or (getattr(part, "is_literal", False) and str(part) != "*"):  # the star of count(*)
            raise ValueError("a select inside another, an alias or words of SQL cannot be narrowed")
    if any(getattr(part, "name", "") in _NUMBERS for column in query.selected_columns for part in visitors.iterate(column)):
        raise ValueError(f"columns that number entries are not shown: {sorted(_NUMBERS)}")
    found: list[Table] = []
    waiting: list[Any] = list(query.get_final_froms())
    while waiting:
        source = waiting.pop()
        if isinstance(source, Join):
            waiting += [source.left, source.right]
        elif source in _SHAPES:
            found.append(source)
        else:
            raise ValueError(f"only these are read through visible: {sorted(table.name for table in _SHAPES)}, not {source}")
    return sorted(found, key=lambda table: table.name)


def one(connection: Connection, principal: Principal, query: Select[Any], given: Circumstances, owner: str, name: str) -> Row[Any]:
    """The one row of a query that the principal may see.

    Raises:
        ItemUnknownError: there is none, or it may not be seen: the two are not told apart.
    """
    found = connection.execute(visible(principal, query, given, owner)).one_or_none()
    if found is None:
        raise ItemUnknownError(name=name)
    return found


def entries(principal: Principal, given: Circumstances, owner: str) -> Callable[[EntryFacts], bool]:
    """The same for the reading functions of the ledger, which ask about one entry at a time."""
    seen = sight(principal, given)
    return lambda facts: seen.sees(entry_item(facts, owner))


def entry_item(facts: EntryFacts, owner: str) -> Item:
    """An entry of the ledger as policies see it: who made it and how it is marked, never what it says."""
    state = "erased" if facts.is_erased else "issued"
    return Item(kind="entry", owner=owner, label=of_marking(facts.marking), state=state, made_by=frozenset({facts.actor}))


def _of_entry(seen: Sight, owner: str, row: Any = tables.entry.c) -> ColumnElement[bool]:  # noqa: ANN401, columns by name
    shape = {"kind": "entry", "owner": owner, "level": row.marking, "made_by": Single(row.actor)}
    return and_(row.is_padding.is_(False), seen.where(shape))


def _through_entry(table: Table) -> Callable[[Sight, str], ColumnElement[bool]]:
    """A row of the state may be seen where the entry that it follows from may be."""

    def shown(seen: Sight, owner: str) -> ColumnElement[bool]:
        source = tables.entry.alias()
        return exists(select(source.c.seq).where(source.c.seq == table.c.seq, _of_entry(seen, owner, source.c)))

    return shown


_NUMBERS = frozenset({"seq", "retracted_by"})
# Where entries of several kinds change one table, a row tells of entries that the reader may not see: `ledger.reading.state` folds these.
_SHAPES: dict[Table, Callable[[Sight, str], ColumnElement[bool]]] = {
    tables.entry: _of_entry,
    **{table: _through_entry(table) for table in tables.PROJECTIONS if len(kinds_of(table.name)) == 1},
}


def _complete(shape: Shape) -> dict[str, Source]:
    return Item(kind="record", owner="").plain() | dict(shape)


@dataclass(frozen=True, slots=True)
class _InSql:
    """Asked of rows. Whatever the shape gives as a plain value is decided here and never reaches the database."""

    shape: Mapping[str, Source]

    def fixed(self, value: bool) -> ColumnElement[bool]:  # noqa: FBT001
        return true() if value else false()

    def every(self, parts: list[ColumnElement[bool]]) -> ColumnElement[bool]:
        return and_(true(), *parts)

    def some(self, parts: list[ColumnElement[bool]]) -> ColumnElement[bool]:
        return or_(false(), *parts)

    def none(self, part: ColumnElement[bool]) -> ColumnElement[bool]:
        return not_(part)

    def one_of(self, name: str, values: frozenset[Value]) -> ColumnElement[bool]:
        source = self.shape[name]
        if isinstance(source, ColumnElement):
            return source.in_(sorted(values))
        return self.fixed(OfItem(self.shape).one_of(name, values))

    def below(self, name: str, limit: int) -> ColumnElement[bool]:
        source = self.shape[name]
        return source < limit if isinstance(source, ColumnElement) else self.fixed(OfItem(self.shape).below(name, limit))

    def meets(self, name: str, values: frozenset[str]) -> ColumnElement[bool]:
        match self.shape[name]:
            case Single(column):
                return column.in_(sorted(values))
            case Members(condition, member):
                return exists(select(member).where(condition, member.in_(sorted(values))))
            case _:
                return self.fixed(OfItem(self.shape).meets(name, values))

    def within(self, name: str, values: frozenset[str]) -> ColumnElement[bool]:
        match self.shape[name]:
            case Single(column):
                return column.in_(sorted(values))
            case Members(condition, member):
                return not_(exists(select(member).where(condition, member.not_in(sorted(values)))))
            case _:
                return self.fixed(OfItem(self.shape).within(name, values))
