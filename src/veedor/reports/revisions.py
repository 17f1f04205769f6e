"""How many figures a publisher changed between two vintages, and how many of them a verdict uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from veedor.evidence.diff import Difference
from veedor.evidence.snapshot import Snapshot
from veedor.kernel.months import Period
from veedor.reports.kept import KeptJudgement


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """One kind of record of two vintages of one source. `in_use` counts the changed rows in periods that verdicts rest on."""

    old: str
    new: str
    source: str
    kind: str
    matched: int  # rows in both vintages
    changed: int  # of them, rows with another value
    cells: int  # values that differ in those rows
    added: int
    removed: int
    in_use: int | None  # None where the kind has no periods


def pairs(before: KeptJudgement, after: KeptJudgement, snapshots: Mapping[str, Snapshot]) -> tuple[tuple[Snapshot, Snapshot], ...]:
    """Each snapshot that the later judgement newly rests on, with the one of the same source and part that it took over from."""
    return tuple(
        (found, snapshots[name])
        for name in sorted(after.used - before.used)
        if name in snapshots and (found := _predecessor(snapshots[name], before.used, snapshots)) is not None
    )


def _predecessor(new: Snapshot, used: Iterable[str], snapshots: Mapping[str, Snapshot]) -> Snapshot | None:
    same = [one for name in used if (one := snapshots.get(name)) is not None and (one.source, one.part) == (new.source, new.part)]
    return max(same, key=lambda one: (one.known_from, one.digest), default=None)


def revisions(old: Snapshot, new: Snapshot, found: Mapping[str, Difference], after: KeptJudgement) -> Iterator[Revision]:
    """One line for each kind of record that both vintages hold."""
    periods = tuple({v.period for v in after.verdicts.values() if v.period is not None and new.digest in v.supports})
    for kind, difference in sorted(found.items()):
        yield Revision(
            old=old.digest,
            new=new.digest,
            source=new.source,
            kind=kind,
            matched=difference.matched,
            changed=difference.changed.num_rows,
            cells=sum(_differing(difference.changed, column) for column in difference.values),
            added=difference.added.num_rows,
            removed=difference.removed.num_rows,
            in_use=_within(difference.changed, periods) if "valid_from" in difference.key else None,
        )


def _differing(changed: pa.Table, column: str) -> int:
    """Rows of which this value differs; a blank equals a blank and nothing else."""
    if changed.num_rows == 0:
        return 0
    before, after = changed[f"old_{column}"], changed[f"new_{column}"]
    same: Any = pc.fill_null(pc.equal(before, after), pa.scalar(value=False))
    both_blank: Any = pc.and_(pc.is_null(before), pc.is_null(after))
    return int(changed.num_rows - pc.sum(pc.or_(same, both_blank)).as_py())


def _within(changed: pa.Table, periods: tuple[Period, ...]) -> int:
    days = changed["valid_from"].to_pylist()
    return sum(isinstance(day, date) and any(period.contains(day) for period in periods) for day in days)
