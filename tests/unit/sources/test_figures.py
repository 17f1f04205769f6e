"""Published text as numbers."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest

from veedor.sources import figures


def whole(*cells: str) -> tuple[list[int | None], list[bool]]:
    found = figures.whole(pa.array(cells))
    return found.values.to_pylist(), found.unreadable.to_pylist()


def exact(*cells: str) -> tuple[list[Decimal | None], list[bool]]:
    found = figures.exact(pa.array(cells))
    return found.values.to_pylist(), found.unreadable.to_pylist()


def test_thousands_commas_and_trailing_zero_decimals_are_understood() -> None:
    assert whole("0", "1,234", " 7 ", "12,345,678", "41.0") == ([0, 1234, 7, 12345678, 41], [False] * 5)


def test_blank_is_unknown_and_not_zero_and_not_an_error() -> None:
    assert whole("", "  ") == ([None, None], [False, False])
    assert exact("", "0") == ([None, Decimal(0)], [False, False])


@pytest.mark.parametrize("cell", ["12 kg", "1,23", "N/A", "12.5", "0x10", "1e3", "-5", "١٢", "=A1", "9" * 19])
def test_what_is_no_count_is_unreadable(cell: str) -> None:
    assert whole(cell) == ([None], [True])


def test_weights_are_exact_and_rounded_half_even_to_eight_places() -> None:
    found, bad = exact("8.3799469484296", "9.9e-05", "0.000000015", "0.000000025", "1.", ".5", "-2.50", "1,394.25")
    assert found == [Decimal(t) for t in ("8.37994695", "0.000099", "0.00000002", "0.00000002", "1", "0.5", "-2.5", "1394.25")]
    assert not any(bad)


def test_more_digits_than_arrow_converts_are_still_exact() -> None:
    found, bad = exact("1.1234567890123456789012345e-05", "12345678901234567890", "2.5")
    assert found == [Decimal("0.00001123"), Decimal(12345678901234567890), Decimal("2.5")]
    assert not any(bad)


@pytest.mark.parametrize("cell", ["nan", "inf", "1e999", "123456789012345678901", "1.2.3", "--1", "e5", "."])
def test_what_is_no_weight_or_does_not_fit_is_unreadable(cell: str) -> None:
    assert exact(cell) == ([None], [True])
