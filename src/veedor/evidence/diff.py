"""What a publisher changed between two vintages: which cells appeared, went or got another value, and what the sums did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from numpy.typing import NDArray

    from veedor.records.keys import Key

OCCURRENCE = "occurrence"
_ROOM = 2**62  # products of codes stay below this, so that int64 never wraps


class Cell(NamedTuple):
    """One value that differs: the key of its row, the column, and the value before and after."""

    key: tuple[object, ...]  # in the order of `Difference.key`, the occurrence number last
    column: str
    old: object
    new: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Total:
    """The sum of one column over the rows that may be added together; `None` where every one of them is blank.

    A column that is blank throughout both vintages has no total.
    """

    group: tuple[tuple[str, str], ...]  # measure, method, unit …: what was not mixed
    column: str
    old: int | Decimal | None
    new: int | Decimal | None
    old_rows: int  # rows with a number, of
    old_of: int  # all rows of the group
    new_rows: int
    new_of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two vintages compared row by row. Tables hold the key columns, `occurrence`, and the value columns.

    In `changed` each value column stands twice, as `old_<column>` and `new_<column>`. `occurrence` counts rows of one vintage
    that share a key, from 1 on, in the order of the file.
    """

    key: tuple[str, ...]
    values: tuple[str, ...]
    old_rows: int
    new_rows: int
    matched: int  # rows in both, the denominator of `changed`
    changed: pa.Table
    added: pa.Table
    removed: pa.Table
    repeated: tuple[int, int]  # rows of the old and of the new vintage that share their key with an earlier one
    totals: tuple[Total, ...]

    @property
    def is_same(self) -> bool:
        """Whether both vintages say the same."""
        return not (self.changed.num_rows or self.added.num_rows or self.removed.num_rows)

    def cells(self) -> Iterator[Cell]:
        """Each value that differs in the rows of both, in the order of the new vintage; made as they are asked for."""
        for batch in self.changed.to_batches(max_chunksize=1024):
            for row in batch.to_pylist():
                key = tuple(row[name] for name in (*self.key, OCCURRENCE))
                for column in self.values:
                    old, new = row[f"old_{column}"], row[f"new_{column}"]
                    if old != new:
                        yield Cell(key, column, old, new)


def diff(old: pa.Table, new: pa.Table, key: Key) -> Difference:
    """Compare two vintages of one kind by its natural key; see `records.keys`."""
    columns, values = key.columns, key.values
    codes = _codes(
        [pa.chunked_array([*old[c].chunks, *new[c].chunks], old.schema.field(c).type) for c in columns], old.num_rows + new.num_rows
    )
    left, right = codes[: old.num_rows], codes[old.num_rows :]
    left_nth, right_nth = _occurrences(left), _occurrences(right)
    left_at, right_at = _paired(left, left_nth, right, right_nth)
    in_both_old, in_both_new = _rows(old, columns, values, left_nth, left_at), _rows(new, columns, values, right_nth, right_at)
    differs = _differs(in_both_old, in_both_new, values)
    return Difference(
        key=columns,
        values=values,
        old_rows=old.num_rows,
        new_rows=new.num_rows,
        matched=len(left_at),
        changed=_side_by_side(in_both_old.filter(differs), in_both_new.filter(differs), values),
        added=_rows(new, columns, values, right_nth, _others(new.num_rows, right_at)),
        removed=_rows(old, columns, values, left_nth, _others(old.num_rows, left_at)),
        repeated=(int((left_nth > 1).sum()), int((right_nth > 1).sum())),
        totals=_totals(old, new, key),
    )


def _codes(columns: list[pa.ChunkedArray[Any]], length: int) -> NDArray[np.int64]:
    """One number a row, equal exactly where all columns are equal; a null equals a null."""
    code, room = np.zeros(length, dtype=np.int64), 1
    for column in columns:
        encoded: Any = pc.dictionary_encode(column.combine_chunks(), null_encoding="encode")
        found = encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        size = max(len(encoded.dictionary), 1)
        if room * size >= _ROOM:
            distinct, code = np.unique(code, return_inverse=True)
            room = max(len(distinct), 1)
        code, room = code * size + found, room * size
    return code


def _occurrences(code: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each row, how many rows with its code stand up to and including it."""
    order = np.argsort(code, kind="stable")
    ranked = code[order]
    starts = np.flatnonzero(np.r_[True, ranked[1:] != ranked[:-1]]) if len(code) else np.zeros(0, dtype=np.int64)
    lengths = np.diff(np.r_[starts, len(code)])
    nth = np.empty(len(code), dtype=np.int64)
    nth[order] = np.arange(len(code)) - np.repeat(starts, lengths) + 1
    return nth


def _paired(
    left: NDArray[np.int64], left_nth: NDArray[np.int64], right: NDArray[np.int64], right_nth: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Positions of the rows that both vintages have, old and new, in the order of the new one."""
    most = int(max(left_nth.max(initial=0), right_nth.max(initial=0))) + 1
    _, dense = np.unique(np.r_[left, right], return_inverse=True)  # dense codes leave room for the occurrence number
    both = dense.astype(np.int64) * most + np.r_[left_nth, right_nth]
    _, left_at, right_at = np.intersect1d(both[: len(left)], both[len(left) :], assume_unique=True, return_indices=True)
    order = np.argsort(right_at)
    return left_at[order], right_at[order]


def _others(length: int, positions: NDArray[np.int64]) -> NDArray[np.int64]:
    rest = np.ones(length, dtype=bool)
    rest[positions] = False
    return np.flatnonzero(rest)


def _rows(
    table: pa.Table, columns: tuple[str, ...], values: tuple[str, ...], nth: NDArray[np.int64], positions: NDArray[np.int64]
) -> pa.Table:
    numbered = table.select([*columns, *values]).add_column(len(columns), OCCURRENCE, pa.array(nth, pa.int64()))
    return numbered.take(pa.array(positions, pa.int64())).combine_chunks()


def _differs(old: pa.Table, new: pa.Table, values: tuple[str, ...]) -> pa.BooleanArray:
    found = np.zeros(old.num_rows, dtype=bool)
    for column in values:
        before, after = old[column], new[column]
        same: Any = pc.fill_null(pc.equal(before, after), pa.scalar(value=False))  # a null equals nothing, not even a null
        both_blank: Any = pc.and_(pc.is_null(before), pc.is_null(after))
        found |= ~(same.to_numpy() | both_blank.to_numpy())
    return pa.array(found, pa.bool_())


def _side_by_side(old: pa.Table, new: pa.Table, values: tuple[str, ...]) -> pa.Table:
    found = new.drop_columns(list(values))
    for column in values:
        found = found.append_column(f"old_{column}", old[column]).append_column(f"new_{column}", new[column])
    return found


def _totals(old: pa.Table, new: pa.Table, key: Key) -> tuple[Total, ...]:
    if not key.totals:
        return ()
    before, after = _sums(old, key), _sums(new, key)
    return tuple(
        Total(
            group=tuple(zip(key.apart, group, strict=True)),
            column=column,
            old=before.get((group, column), _NONE).amount,
            new=after.get((group, column), _NONE).amount,
            old_rows=before.get((group, column), _NONE).counted,
            old_of=before.get((group, column), _NONE).of,
            new_rows=after.get((group, column), _NONE).counted,
            new_of=after.get((group, column), _NONE).of,
        )
        for group, column in sorted(set(before) | set(after))
        if before.get((group, column), _NONE).counted or after.get((group, column), _NONE).counted
    )


class _Sum(NamedTuple):
    amount: int | Decimal | None
    counted: int
    of: int


_NONE = _Sum(None, 0, 0)


def _sums(table: pa.Table, key: Key) -> dict[tuple[tuple[str, ...], str], _Sum]:
    rows = table.filter(pc.not_equal(table["status"], pa.scalar("total")))
    wanted: list[Any] = [(column, how) for column in key.totals for how in ("sum", "count")]
    grouped = rows.group_by(list(key.apart), use_threads=False).aggregate([*wanted, ([], "count_all")])
    return {
        (tuple(row[name] for name in key.apart), column): _Sum(row[f"{column}_sum"], row[f"{column}_count"], row["count_all"])
        for row in grouped.to_pylist()
        for column in key.totals
        if row["count_all"]
    }
