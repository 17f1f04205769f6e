"""What was known when: the ledger up to the end of a day, as `judge --as-of` asks for it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from veedor.evidence.ledger.reading import Query, Visible, list_entries, state

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from veedor.evidence.ledger.reading import Entry


class Known(NamedTuple):
    """A snapshot that could be used on a day: its digest, its source, and the day from which its content counts as known."""

    snapshot: str
    source: str
    known_from: date


def entries_until(engine: Engine, visible: Visible, day: date) -> tuple[Entry, ...]:
    """Every visible entry that was made up to the end of a day (UTC), in order."""
    return list_entries(engine, visible, Query(until=_end(day)))


def state_on(engine: Engine, visible: Visible, table: str, day: date) -> tuple[dict[str, Any], ...]:
    """The rows of a table as they stood at the end of a day, whatever was entered since."""
    return state(engine, visible, table, until=_end(day))


def snapshots_on(engine: Engine, visible: Visible, day: date) -> tuple[Known, ...]:
    """The snapshots that had been taken and not retracted by the end of a day, each once, by digest.

    One that was retracted later is among them: what was judged with it then can be judged again. One that was retracted and taken
    again counts from the later taking.
    """
    found: dict[str, Known] = {}
    for row in state_on(engine, visible, "snapshot_taken", day):
        if row["retracted_at"] is None:
            known = Known(row["snapshot"], row["source"], date.fromisoformat(row["known_from"]))
            earlier = found.get(known.snapshot, known)
            found[known.snapshot] = min(known, earlier, key=lambda one: one.known_from)
    return tuple(found[digest] for digest in sorted(found))


def _end(day: date) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), UTC)
