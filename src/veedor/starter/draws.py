"""Numbers that look measured and are made up: each follows from its name through SHA-256, so that every machine makes the same."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from itertools import pairwise
from math import isqrt

_THOUSAND = 1000
_SPREAD = 1732  # four uniform draws have a standard deviation of 1 / 1.732
MONTHS = 12
SEASON = (960, 930, 1010, 1000, 1040, 1030, 1030, 1020, 1000, 1020, 980, 980)
"""Thousandths of an average month, January first; they add up to twelve whole months."""


def draw(limit: int, *name: object) -> int:
    """A whole number from 0 up to, but not including, `limit`, the same for the same name for ever."""
    words = "|".join(map(str, name)).encode()
    return int.from_bytes(hashlib.sha256(words).digest()[:8], "big") % limit


def scatter(thousandths: int, *name: object, loose: int = 1) -> int:
    """A count around a mean given in thousandths, scattered about as counts are; `loose` widens that. Never below zero."""
    z = (sum(draw(_THOUSAND, *name, place) for place in range(4)) - 2 * _THOUSAND) * _SPREAD // _THOUSAND
    spread = isqrt(thousandths * _THOUSAND) * loose
    return max(0, (thousandths + spread * z // _THOUSAND + _THOUSAND // 2) // _THOUSAND)


def level(curve: Mapping[int, int], year: int, month: int) -> int:
    """The value of a curve in a month, on a straight line between the values given for the middle of years; flat outside of them."""
    at = year * MONTHS + month - 1
    knots = sorted((middle * MONTHS + 6, value) for middle, value in curve.items())
    for (start, before), (end, after) in pairwise(knots):
        if start <= at < end:
            return before + (after - before) * (at - start) // (end - start)
    return knots[0][1] if at < knots[0][0] else knots[-1][1]


def months(first: tuple[int, int], last: tuple[int, int]) -> list[tuple[int, int]]:
    """Every (year, month) from the first to the last."""
    start, end = (year * MONTHS + month - 1 for year, month in (first, last))
    return [(at // MONTHS, at % MONTHS + 1) for at in range(start, end + 1)]
