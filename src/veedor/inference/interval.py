"""A number with its interval, and the one rule by which statistical numbers are rounded before anyone judges or hashes them."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal
from typing import NamedTuple

LEVEL = 0.95
TIDY = Context(prec=6, rounding=ROUND_HALF_EVEN)
"""Six significant digits: far coarser than any difference between processors or library versions, far finer than any verdict."""


class Interval(NamedTuple):
    """A point estimate between its limits, and the probability that the truth lies at or below a bound when one was given."""

    value: float
    low: float
    high: float


def tidy(number: float) -> Decimal:
    """A float as a decimal of six significant digits, half to even (rule 6 of the house)."""
    return TIDY.create_decimal(repr(float(number)))
