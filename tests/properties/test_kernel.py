"""Properties of canonical bytes, text, months, quantities and exit codes."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from veedor.kernel import canonical
from veedor.kernel.errors import exit_code
from veedor.kernel.months import add_months, month_of, months_between
from veedor.kernel.quantity import Quantity, parse
from veedor.kernel.text import clean

plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**60), 2**60)
    | st.text(st.characters(exclude_categories=["Cs"]))
    | st.decimals(allow_nan=False, allow_infinity=False, places=6),
    lambda children: (
        st.lists(children, max_size=4)
        | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), children, max_size=4)
    ),
    max_leaves=12,
)


@given(plain)
def test_canonical_bytes_are_a_fixed_point(value: object) -> None:
    once = canonical.canonical(value)
    assert canonical.canonical(canonical.read(once)) == once


@given(st.dictionaries(st.text(st.characters(exclude_categories=["Cs"]), max_size=5), st.integers(-9, 9), max_size=6))
def test_the_order_of_keys_changes_nothing(value: dict[str, int]) -> None:
    assert canonical.digest("x", value) == canonical.digest("x", dict(reversed(list(value.items()))))


@given(st.text())
def test_cleaned_text_is_one_line_without_control_and_cleaning_it_again_changes_nothing(text: str) -> None:
    once = clean(text)
    assert not any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in once)
    assert clean(once) == once


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)), st.integers(-500, 500))
def test_adding_months_moves_whole_months(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved.year * 12 + moved.month) - (day.year * 12 + day.month) == months
    assert moved.day <= day.day
    assert months_between(day.replace(day=1), moved.replace(day=1)) == months
    assert month_of(moved).contains(moved)


@given(st.decimals(-(10**12), 10**12, places=4, allow_nan=False), st.sampled_from(["", "lb", "%", "USD", "per 100000 people per year"]))
def test_a_written_quantity_is_read_back(value: Decimal, unit: str) -> None:
    assert parse(f"{value:f} {unit}") == Quantity(value, unit)


@given(st.lists(st.sampled_from([0, 1, 2, 3, 4, 5, 70]), min_size=1), st.randoms())
def test_the_exit_code_does_not_depend_on_order(codes: list[int], shuffler) -> None:
    shuffled = codes[:]
    shuffler.shuffle(shuffled)
    assert exit_code(*codes) == exit_code(*shuffled)
