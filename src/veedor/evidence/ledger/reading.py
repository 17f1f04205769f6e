"""Reading the ledger for others: every function takes `visible`, and none returns, counts or hints at what it denies.

Numbers in the order of entering never leave this module: gaps between them would count what a reader may not see. An entry is named by
its commitment, and by its index in the published log, where it stands at a random place among padding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeAlias

from veedor.evidence.ledger.entries import EntryFacts, Stored, moment
from veedor.evidence.ledger.errors import EntryUnknownError
from veedor.evidence.ledger.kinds import texts
from veedor.evidence.ledger.projections import facts, fold, kinds_of, stream
from veedor.kernel.text import clean
from veedor.kernel.text import fold as folded
from veedor.store.tables import entry
from veedor.store.transaction import read

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import ColumnElement, Connection, Engine

    from veedor.evidence.ledger.kinds import Body
    from veedor.evidence.log.commitment import Opening
    from veedor.kernel.markings import Marking

Visible: TypeAlias = Callable[[EntryFacts], bool]
SHORTEST = 8  # digits of a commitment that may stand for all of it
_HEX = re.compile(r"[0-9a-f]{0,64}")
_INTERNAL = ("seq", "retracted_by")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An entry as a reader sees it."""

    commitment: str
    leaf_index: int | None  # None until its batch is sealed
    kind: str
    at: datetime
    actor: str
    marking: Marking
    body: Body | None  # None once erased
    opening: Opening | None  # with it the reader can prove to others what the commitment stands for
    officer_key: str
    officer_signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Which entries are asked for; what is left empty asks for everything."""

    kinds: tuple[str, ...] = ()
    actor: str = ""
    since: datetime | None = None  # from this moment on
    until: datetime | None = None  # up to, but not including, this moment
    words: str = ""  # in anything the entry says, without regard to case and accents


def list_entries(engine: Engine, visible: Visible, query: Query | None = None, *, limit: int | None = None) -> tuple[Entry, ...]:
    """The entries that are asked for and visible, in the order in which they were entered."""
    with read(engine) as connection:
        return tuple(_entry(found) for found in islice(_matching(connection, visible, query or Query()), limit))


def count(engine: Engine, visible: Visible, query: Query | None = None) -> int:
    """How many entries `list_entries` would give."""
    with read(engine) as connection:
        return sum(1 for _ in _matching(connection, visible, query or Query()))


def search(engine: Engine, visible: Visible, words: str, *, limit: int | None = None) -> tuple[Entry, ...]:
    """The visible entries that say these words, in the order in which they were entered."""
    return list_entries(engine, visible, Query(words=words), limit=limit)


def show(engine: Engine, visible: Visible, reference: int | str) -> Entry:
    """One entry, by its index in the published log or by the first digits of its commitment.

    Raises:
        EntryUnknownError: there is none that is visible, or several; which of these cannot be told apart.
    """
    with read(engine) as connection:
        named = _named(reference)
        found = [] if named is None else [_entry(one) for one in stream(connection, named) if _may_see(one, visible)]
    if len(found) != 1:
        raise EntryUnknownError(reference=clean(str(reference), limit=64))
    return found[0]


def _named(reference: int | str) -> ColumnElement[bool] | None:
    if isinstance(reference, int):
        return entry.c.leaf_index == reference
    if len(reference) < SHORTEST or _HEX.fullmatch(reference) is None:
        return None
    first, last = (bytes.fromhex(reference.ljust(64, digit)) for digit in "0f")
    return entry.c.commitment.between(first, last)


def state(engine: Engine, visible: Visible, table: str, *, until: datetime | None = None) -> tuple[dict[str, Any], ...]:
    """The rows of a table as they follow from the visible entries alone, up to a moment where one is given.

    A row that an invisible entry made is not there, and a change that an invisible entry made to a row does not show.
    """
    with read(engine) as connection:
        conditions = _conditions(Query(kinds=kinds_of(table), until=until))
        seen = (found for found in stream(connection, *conditions) if _may_see(found, visible))
        rows = fold(facts(seen))[table].values()
    return tuple({name: value for name, value in row.items() if name not in _INTERNAL} for row in rows)


def _matching(connection: Connection, visible: Visible, query: Query) -> Iterator[Stored]:
    words = folded(query.words)
    for found in stream(connection, *_conditions(query)):
        if _may_see(found, visible) and (not words or _says(found, words)):
            yield found


def _conditions(query: Query) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [entry.c.is_padding.is_(False)]
    if query.kinds:
        conditions.append(entry.c.kind.in_(query.kinds))
    if query.actor:
        conditions.append(entry.c.actor == query.actor)
    if query.since is not None:
        conditions.append(entry.c.at >= moment(query.since))
    if query.until is not None:
        conditions.append(entry.c.at < moment(query.until))
    return conditions


def _may_see(found: Stored, visible: Visible) -> bool:
    return not found.is_padding and visible(found.facts())


def _says(found: Stored, words: str) -> bool:
    body = found.says()
    return body is not None and any(words in folded(text) for text in texts(body))


def _entry(found: Stored) -> Entry:
    seen = found.facts()
    return Entry(
        commitment=seen.commitment,
        leaf_index=seen.leaf_index,
        kind=seen.kind,
        at=seen.at,
        actor=seen.actor,
        marking=seen.marking,
        body=found.says(),
        opening=found.opening(),
        officer_key=found.officer_key or "",
        officer_signature=found.officer_signature or b"",
    )
