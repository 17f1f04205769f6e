"""Synthetic records in memory, stored the way a project stores them."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from veedor.evidence.snapshot import Capture, Snapshot, Stored
from veedor.indicators.answers import run
from veedor.indicators.registry import indicators
from veedor.indicators.series import Series, Yield
from veedor.indicators.tables import RecordTables, open_tables
from veedor.kernel.errors import Problem
from veedor.kernel.known import Known
from veedor.kernel.months import Period
from veedor.records.kinds import check, schema

AS_OF = date(2024, 1, 1)
_PLAIN: dict[Any, Any] = {pa.string(): "", pa.int64(): 0, pa.date32(): date(2020, 1, 1)}


@dataclass
class Shelf:
    """Snapshots of synthetic rows; `put` adds one, `run` asks an indicator, `series` expects an answer."""

    folder: Path
    stack: ExitStack
    snapshots: list[Snapshot] = field(default_factory=list)
    controllers: Mapping[str, str] = field(default_factory=lambda: {"sesnsp-idefc": "MX", "conapo-population": "MX"})

    def parquet(self, snapshot: Snapshot, kind: str) -> Path:
        """Where the records lie."""
        return self.folder / f"{snapshot.digest}-{kind}.parquet"

    def put(
        self,
        source: str,
        kind: str,
        rows: Sequence[Mapping[str, Any]],
        covers: tuple[date, date] | None = None,
        *,
        known: date = date(2023, 6, 1),
        part: str = "",
        stated: date | None = None,
        vintage: date | None = None,
        controller: str = "",
        unusable: tuple[Problem, ...] = (),
    ) -> Snapshot:
        """Store rows of one kind; columns that are not given get a plain value."""
        digest = hashlib.sha256(f"{source}{kind}{len(self.snapshots)}".encode()).hexdigest()
        table = _table(kind, rows, source, digest)
        starts = min((row["valid_from"] for row in rows), default=date(2020, 1, 1))
        ends = max((row["valid_to"] for row in rows), default=date(2020, 2, 1))
        made = Snapshot(
            digest=digest,
            size=1,
            source=source,
            controller=controller or self.controllers.get(source, "other"),
            grade="B2",
            part=part,
            covers=None if unusable else Period(*(covers or (starts, ends))),
            vintage=vintage,
            tables=() if unusable else (Stored(kind=kind, digest="", rows=table.num_rows),),
            notes=(),
            unusable=unusable,
            reader="test",
            captures=(Capture(at=datetime(known.year, known.month, known.day, tzinfo=UTC), name="f.csv", address="", stated=stated),),
        )
        pq.write_table(table, self.parquet(made, kind))
        self.snapshots.append(made)
        return made

    def open(self, as_of: date = AS_OF) -> RecordTables:
        """Everything put so far, as known on a day."""
        return self.stack.enter_context(open_tables(self, self.snapshots, as_of, self.controllers))

    def run(self, name: str, *places: str, as_of: date = AS_OF) -> dict[str, Yield]:
        """A built-in indicator's answers."""
        return run(self.open(as_of), indicators()[name], places or None)

    def series(self, name: str, place: str) -> Series:
        """A built-in indicator's series at a place where there is one."""
        found = self.run(name, place)[place]
        assert isinstance(found, Known), found.reason
        return found.value


def _table(kind: str, rows: Sequence[Mapping[str, Any]], source: str, digest: str) -> pa.Table:
    wanted = schema(kind)
    at = datetime(2020, 1, 1, tzinfo=UTC)
    columns = {}
    for one in wanted:
        plain = None if one.nullable else at if pa.types.is_timestamp(one.type) else _PLAIN[one.type]
        columns[one.name] = pa.array([row.get(one.name, plain) for row in rows], one.type)
    fixed = {"source": [source] * len(rows), "snapshot": [digest] * len(rows), "id": [f"{i}" for i in range(len(rows))]}
    columns |= {name: pa.array(values, pa.string()) for name, values in fixed.items()}
    return check(kind, pa.table(columns, schema=wanted))


@pytest.fixture
def shelf(tmp_path: Path) -> Iterator[Shelf]:
    with ExitStack() as stack:
        yield Shelf(tmp_path, stack)


@pytest.fixture
def header() -> Callable[..., str]:
    """The header of a valid indicator file, with some keys given another value, or taken out by None."""

    def made(**given: str | None) -> str:
        keys = _HEADER | {name.replace("__", ".").replace("not_for", "not-for"): value for name, value in given.items()}
        return "".join(f"-- {key}: {value}\n" for key, value in keys.items() if value is not None)

    return made


_HEADER: dict[str, str | None] = {
    "indicator": "patrols_joint",
    "title.en": "Joint patrols",
    "title.es": "Patrullajes conjuntos",
    "measures.en": "Patrols on record.",
    "measures.es": "Patrullajes registrados.",
    "unit": "patrols",
    "denominator.en": "None.",
    "denominator.es": "Ninguno.",
    "sources": "",
    "kinds": "statistic",
    "period": "month",
    "model": "count",
    "place": "MX",
    "direction": "up",
    "assumes.en": "Each patrol is logged once.",
    "assumes.es": "Cada patrullaje se anota una vez.",
    "not-for.en": "Saying where patrols go.",
    "not-for.es": "Decir por dónde pasan.",
    "needs.en": "Statistic rows.",
    "needs.es": "Filas statistic.",
    "scale": "1",
    "annual": "no",
}


@pytest.fixture
def query() -> Callable[..., str]:
    """A valid query over `statistic`, with some output columns or the rest of it given another text."""

    def made(rest: str = "FROM statistic WHERE series = 'patrols-joint' AND value IS NOT NULL", first: str = "", **given: str) -> str:
        columns = _COLUMNS | given
        return f"{first}SELECT {', '.join(f'CAST({text} AS {kind}) AS {name}' for name, (text, kind) in _typed(columns).items())} {rest}"

    return made


_COLUMNS = {
    "place": "place",
    "starts": "valid_from",
    "ends": "valid_to",
    "amount": "value",
    "base": "NULL",
    "low": "NULL",
    "high": "NULL",
    "reported": "1",
    "expected": "1",
}


def _typed(columns: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    kinds = {"place": "VARCHAR", "starts": "DATE", "ends": "DATE", "reported": "BIGINT", "expected": "BIGINT"}
    return {name: (text, kinds.get(name, "DECIMAL(38, 8)")) for name, text in columns.items()}
