"""The officers, seats and keys of a node as its ledger has them, and every way in which one of them may act today."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from veedor.evidence.ledger.kinds import Note
from veedor.evidence.ledger.reading import Query, list_entries
from veedor.governance import delegation, seats
from veedor.governance.officer_errors import OfficerUnknownError
from veedor.governance.policy import Decision, decide, explain
from veedor.kernel.errors import nearest
from veedor.store import tables
from veedor.store.transaction import read

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Engine

    from veedor.accord.model import Accord
    from veedor.governance.delegation import Book
    from veedor.governance.roles import Action
    from veedor.governance.seats import Officer
    from veedor.governance.subjects import Circumstances, Item, Principal


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """Who is entered, which keys speak for them, and what they have entered about their own seats."""

    officers: dict[str, Officer]
    keys: dict[str, frozenset[str]]  # the keys in force, by holder
    book: Book

    def officer(self, name: str) -> Officer:
        """One officer.

        Raises:
            OfficerUnknownError: nobody of that name is entered.
        """
        if name not in self.officers:
            close = nearest(name, tuple(self.officers))
            raise OfficerUnknownError(officer=name, nearest=f' ("{close}"?)' if close else "")
        return self.officers[name]

    def acting(self, name: str, action: Action, day: date, accord: Accord) -> tuple[Principal, ...]:
        """Every way in which an officer may act on a day: by their own seats, and by each that is lent to them for this act.

        Raises:
            OfficerUnknownError: nobody of that name is entered.
        """
        self.officer(name)
        return delegation.acting(name, action, day, self.officers, self.book, accord)


def roster(engine: Engine) -> Roster:
    """The roster as the ledger has it now. It answers who may act, so it is read whole; what of it is shown to whom is another question."""
    with read(engine) as connection:
        officer, seat, key = tables.officer.c, tables.seat.c, tables.key.c
        rows = [(row.officer, row.party) for row in connection.execute(select(officer.officer, officer.party))]
        wanted = select(seat.organ, seat.seat, seat.officer).where(seat.vacated_at.is_(None))
        held = [(row.organ, row.seat, row.officer) for row in connection.execute(wanted)]
        keys: dict[str, set[str]] = {}
        for row in connection.execute(select(key.holder, key.key).where(key.revoked_at.is_(None))):
            keys.setdefault(row.holder, set()).add(row.key)
    signed = [entry for entry in list_entries(engine, lambda _: True, Query(kinds=("note",))) if entry.officer_key]
    notes = [(entry.actor, entry.body.about, entry.body.text) for entry in signed if isinstance(entry.body, Note)]
    in_force = {holder: frozenset(found) for holder, found in keys.items()}
    return Roster(officers=seats.officers(rows, held), keys=in_force, book=delegation.read_notes(notes))


def may(ways: tuple[Principal, ...], action: Action, item: Item, given: Circumstances) -> tuple[Principal, Decision]:
    """The first way in which somebody may act, with its decision explained; where there is none, that of their own seats."""
    for principal in ways:
        if decide(principal, action, item, given).is_allowed:
            return principal, explain(principal, action, item, given)
    return ways[0], explain(ways[0], action, item, given)
