"""Two vintages of one source, compared."""

from __future__ import annotations

import pyarrow.parquet as pq

from veedor.evidence.diff import Difference, diff
from veedor.evidence.snapshot import Snapshot
from veedor.evidence.store import Store
from veedor.kernel.ids import short
from veedor.project.errors import SnapshotsDifferError, SnapshotUnusableError
from veedor.records.keys import KEYS


def compare(store: Store, source: str, old: str, new: str) -> tuple[Snapshot, Snapshot, dict[str, Difference]]:
    """The two snapshots, and by kind of record what changed from the first to the second.

    Raises:
        SnapshotUnusableError: one of them is kept without records.
        SnapshotsDifferError: they are not both of that source and part, or hold no kind in common.
    """
    earlier, later = store.snapshot(old), store.snapshot(new)
    held = {stored.kind for stored in earlier.tables} & {stored.kind for stored in later.tables}
    for one in (earlier, later):
        if not one.is_usable:
            raise SnapshotUnusableError(where=str(store.folder), problems=one.unusable, snapshot=_named(one))
    if {earlier.source, later.source} != {source} or earlier.part != later.part or not held:
        raise SnapshotsDifferError(
            source=source,
            first=_named(earlier),
            second=_named(later),
        )
    return earlier, later, {kind: _diff(store, earlier, later, kind) for kind in sorted(held)}


def _named(one: Snapshot) -> str:
    return f"{short(one.digest)} ({one.source}, {one.part})" if one.part else f"{short(one.digest)} ({one.source})"


def _diff(store: Store, earlier: Snapshot, later: Snapshot, kind: str) -> Difference:
    return diff(pq.read_table(store.parquet(earlier, kind)), pq.read_table(store.parquet(later, kind)), KEYS[kind])
