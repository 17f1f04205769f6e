"""What changed between two vintages, on tables small enough to count by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest

from veedor.evidence.diff import Cell, Total, diff
from veedor.records.keys import KEYS
from veedor.records.kinds import KINDS, schema, table


def vintage(*rows: tuple[str, int, int | None], measure: str = "victims", status: str = "") -> pa.Table:
    """Rows of (place, month of 2025, count)."""
    return table("incidence", {
        "id": [str(i) for i in range(len(rows))], "valid_from": [date(2025, month, 1) for _, month, _ in rows],
        "valid_to": [date(2025, month + 1, 1) for _, month, _ in rows], "place": [place for place, _, _ in rows], "source": "s",
        "snapshot": "x", "row": list(range(len(rows))), "marking": [0] * len(rows), "category": "homicide-intentional",
        "measure": measure, "count": [count for _, _, count in rows],
        "status": [status or ("reported" if count is not None else "not-reported") for _, _, count in rows],
    })  # fmt: skip


def cells(table: pa.Table) -> list[tuple[str, int]]:
    return [(row["place"], row["valid_from"].month) for row in table.to_pylist()]


def test_cells_appear_go_and_change() -> None:
    old = vintage(("MX01", 1, 10), ("MX01", 2, 20), ("MX02", 1, 0), ("MX03", 1, None))
    new = vintage(("MX03", 1, 4), ("MX01", 2, 20), ("MX01", 1, 11), ("MX04", 1, 7))
    found = diff(old, new, KEYS["incidence"])
    assert (found.old_rows, found.new_rows, found.matched) == (4, 4, 3)
    assert cells(found.added) == [("MX04", 1)]
    assert cells(found.removed) == [("MX02", 1)]
    assert [(c.key[0], c.column, c.old, c.new) for c in found.cells()] == [
        ("MX03", "count", None, 4),
        ("MX03", "status", "not-reported", "reported"),
        ("MX01", "count", 10, 11),
    ]
    assert not found.is_same
    group = (("measure", "victims"), ("method", ""), ("unit", ""))
    assert found.totals == (Total(group=group, column="count", old=30, new=42, old_rows=3, old_of=4, new_rows=4, new_of=4),)


def test_a_blank_is_not_a_zero_and_equals_a_blank() -> None:
    old, new = vintage(("MX01", 1, 0), ("MX02", 1, None)), vintage(("MX01", 1, None), ("MX02", 1, None))
    assert [(c.column, c.old, c.new) for c in diff(old, new, KEYS["incidence"]).cells()] == [
        ("count", 0, None),
        ("status", "reported", "not-reported"),
    ]


def test_rows_that_share_a_key_are_told_apart_by_their_number() -> None:
    old = vintage(("MX01", 1, 1), ("MX01", 1, 2), ("MX01", 1, 3))
    new = vintage(("MX01", 1, 1), ("MX01", 1, 5))
    found = diff(old, new, KEYS["incidence"])
    assert found.repeated == (2, 1)
    assert [(c.key[-1], c.old, c.new) for c in found.cells()] == [(2, 2, 5)]
    assert found.removed["occurrence"].to_pylist() == [3]


def test_a_month_and_a_year_that_begin_together_are_two_cells() -> None:
    monthly = vintage(("MX01", 1, 10))
    yearly = monthly.set_column(2, schema("incidence").field("valid_to"), pa.array([date(2026, 1, 1)], pa.date32()))
    found = diff(monthly, yearly, KEYS["incidence"])
    assert (found.matched, found.added.num_rows, found.removed.num_rows) == (0, 1, 1)


def test_what_is_counted_differently_is_never_added_together_and_totals_are_left_out() -> None:
    old = pa.concat_tables([vintage(("MX01", 1, 10)), vintage(("MX01", 2, 5), measure="investigation-files")])
    new = pa.concat_tables([old, vintage(("MX", 3, 15), status="total")])
    totals = {dict(total.group)["measure"]: (total.old, total.new) for total in diff(old, new, KEYS["incidence"]).totals}
    assert totals == {"victims": (10, 10), "investigation-files": (5, 5)}


def test_a_group_that_only_one_vintage_has_is_blank_in_the_other_not_zero() -> None:
    found = diff(vintage(), vintage(("MX01", 1, 0)), KEYS["incidence"])
    [total] = found.totals
    assert (total.old, total.old_of, total.new, total.new_of) == (None, 0, 0, 1)


def test_two_empty_vintages_are_the_same() -> None:
    found = diff(vintage(), vintage(), KEYS["incidence"])
    assert found.is_same
    assert list(found.cells()) == []


def test_amounts_are_added_exactly() -> None:
    def money(*amounts: str) -> pa.Table:
        n = len(amounts)
        return table("disbursement", {
            "id": [str(i) for i in range(n)], "valid_from": [date(2025, 1, 1)] * n, "valid_to": [date(2026, 1, 1)] * n, "source": "s",
            "snapshot": "x", "row": list(range(n)), "marking": [0] * n, "provider": "US", "recipient": "MX",
            "transaction_type": "disbursement", "currency": "USD", "amount": [Decimal(a) for a in amounts], "status": "reported",
            "programme": [str(i) for i in range(n)],
        })  # fmt: skip

    [total] = diff(money("0.1", "0.2"), money("0.1", "0.2", "-0.00000001"), KEYS["disbursement"]).totals
    assert (total.old, total.new) == (Decimal("0.3"), Decimal("0.29999999"))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_has_a_key_of_its_own_columns_and_can_be_compared(kind: str) -> None:
    key, names = KEYS[kind], schema(kind).names
    every = {*key.columns, *key.values}
    assert every <= set(names)
    assert not set(key.columns) & set(key.values)
    assert set(key.totals) <= set(key.values)
    assert set(key.apart) <= every
    assert set(names) - every == {"id", "source", "snapshot", "row", "marking"}, "a column that is neither key nor value is never compared"
    sample = {
        pa.string(): "a",
        pa.int64(): 1,
        pa.date32(): date(2025, 1, 1),
        pa.timestamp("us", tz="UTC"): datetime(2025, 1, 1, tzinfo=UTC),
    }
    row = {f.name: [None if f.nullable else sample[f.type]] for f in schema(kind)} | {"valid_to": [date(2025, 2, 1)]}
    one = pa.table({name: pa.array(values, schema(kind).field(name).type) for name, values in row.items()}, schema=schema(kind))
    assert diff(one, one, key).is_same
    assert diff(one, one, key).matched == 1
    assert diff(one.slice(0, 0), one, key).added.num_rows == 1


def test_a_cell_names_its_whole_key() -> None:
    [cell] = [c for c in diff(vintage(("MX01", 1, 1)), vintage(("MX01", 1, 2)), KEYS["incidence"]).cells() if c.column == "count"]
    assert cell == Cell(
        ("MX01", date(2025, 1, 1), date(2025, 2, 1), "homicide-intentional", "", "", "", "", "victims", "", 1), "count", 1, 2
    )
