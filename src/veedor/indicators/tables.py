"""The records known on a day, one table a kind, in a database that lives in memory and can open no file.

`open_tables` chooses the windows, `RecordTables` reads each stored file at most once, when a query first needs its kind, and
`answers.run` asks the questions. Rows with status "total" stay in: a query that adds up must leave them out.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol

from veedor.indicators.errors import RecordsOfOtherShapeError
from veedor.indicators.windows import Selection, select
from veedor.kernel.ids import short
from veedor.kernel.months import Period
from veedor.records.kinds import schema

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

    from veedor.evidence.snapshot import Snapshot

THREADS = 2


class Tables(Protocol):
    """Something that knows where the records of a snapshot lie; `evidence.store.Store` does."""

    def parquet(self, snapshot: Snapshot, kind: str) -> Path:
        """The path of a snapshot's records of one kind, checked against its manifest."""
        ...


@dataclass(slots=True, kw_only=True)
class RecordTables:
    """Records as known on one day. Make it with `open_tables`."""

    as_of: date
    selection: Selection
    controllers: Mapping[str, str]  # who controls each registered source, whether or not a snapshot of it is held
    snapshots: Mapping[str, Snapshot]
    tables: Tables
    connection: Any  # an ibis back end
    loaded: set[str] = field(default_factory=set)

    def windows(self, kind: str) -> dict[str, tuple[Period, ...]]:
        """The windows of every used snapshot that holds records of a kind, by its digest."""
        found: dict[str, list[Period]] = {}
        for use in self.selection.uses:
            if any(stored.kind == kind for stored in self.snapshots[use.snapshot].tables):
                found.setdefault(use.snapshot, []).append(use.window)
        return {snapshot: tuple(windows) for snapshot, windows in found.items()}

    def load(self, kind: str) -> None:
        """Put the records of a kind into the database, unless they are there; an empty table where nothing is held."""
        if kind in self.loaded:
            return
        import pyarrow as pa

        parts = [self._rows(self.snapshots[snapshot], kind, windows) for snapshot, windows in self.windows(kind).items()]
        held = pa.concat_tables([schema(kind).empty_table(), *parts])
        # Not through ibis: its create_table copies the rows once more on the way.
        self.connection.con.register("incoming", held)
        self.connection.con.execute(f"CREATE TABLE {kind} AS SELECT * FROM incoming").fetchall()
        self.connection.con.unregister("incoming")
        self.loaded.add(kind)

    def _rows(self, snapshot: Snapshot, kind: str, windows: Sequence[Period]) -> pa.Table:
        import pyarrow as pa
        import pyarrow.compute as pc
        import pyarrow.parquet as pq

        begins = pc.field("valid_from")
        inside = functools.reduce(operator.or_, [(begins >= window.starts) & (begins < window.ends) for window in windows])
        path = self.tables.parquet(snapshot, kind)
        try:
            return pq.read_table(path, filters=inside, use_threads=False).select(schema(kind).names).cast(schema(kind))
        except (KeyError, pa.ArrowInvalid, ValueError) as error:
            why = str(error).splitlines()[0]
            raise RecordsOfOtherShapeError(where=str(path), kind=kind, snapshot=short(snapshot.digest), why=why) from error

    def ask(self, query: str, columns: Mapping[str, str]) -> list[dict[str, Any]]:
        """The rows of a query, each by column name; every kind it reads must have been loaded."""
        rows: list[dict[str, Any]] = self.connection.sql(query, schema=dict(columns)).to_pyarrow().to_pylist()
        return rows


@contextmanager
def open_tables(tables: Tables, snapshots: Sequence[Snapshot], as_of: date, controllers: Mapping[str, str]) -> Iterator[RecordTables]:
    """The records known on a day, until the block ends; nothing is read before a query needs it."""
    import ibis

    connection = ibis.duckdb.connect(threads=THREADS, autoinstall_known_extensions=False, enable_external_access=False)
    try:
        connection.con.execute("SET TimeZone = 'UTC'").fetchall()  # the day of a moment must not depend on the machine's own zone
        yield RecordTables(
            as_of=as_of,
            selection=select(snapshots, as_of),
            controllers=controllers,
            snapshots={snapshot.digest: snapshot for snapshot in snapshots},
            tables=tables,
            connection=connection,
        )
    finally:
        connection.disconnect()
