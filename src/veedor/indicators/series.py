"""What an indicator yields: points in time with numerator and denominator, and the snapshots they rest on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal, TypeAlias

from veedor.kernel.known import Maybe
from veedor.kernel.language import Sentence, Text
from veedor.kernel.months import Period

Model: TypeAlias = Literal["count", "amount", "index", "total", "share"]
"""How the numbers vary: counts of events; sums of quantities (weights); a published index with its own interval;
an administrative total (money) without sampling error; a share of a counted whole."""
Rhythm: TypeAlias = Literal["month", "quarter", "year", "fiscal-year", "rolling-year", "day"]
Direction: TypeAlias = Literal["down", "up", "none"]

OUTPUT = {
    "place": "string",
    "starts": "date",
    "ends": "date",
    "amount": "decimal(38, 8)",
    "base": "decimal(38, 8)",
    "low": "decimal(38, 8)",
    "high": "decimal(38, 8)",
    "reported": "int64",
    "expected": "int64",
}
"""Columns every indicator yields, with their ibis types. amount: numerator, count, sum or index; base: denominator (null when
there is none); low, high: interval as published (null when none was); reported of expected: how many places or units spoke."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """The header of an indicator file and its query. `scale` and `annual` turn numerator and denominator into the value."""

    name: str
    title: Text
    measures: Text
    unit: str
    denominator: Text
    sources: tuple[str, ...]  # registered sources it reads; user rows of the same kinds count too
    kinds: tuple[str, ...]  # record kinds it reads
    rhythm: Rhythm
    model: Model
    place: str  # default place
    direction: Direction  # which way is better
    ambiguous: Text  # why a move of the figure can mean two things; empty English when it cannot
    assumes: Text
    not_for: Text
    needs: Text  # the record that would be needed where no open source is registered
    scale: Decimal
    annual: bool  # whether the value is per year (a monthly numerator is multiplied by twelve)
    query: str
    digest: str  # of header and query together


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One period of one place."""

    period: Period
    amount: Decimal
    base: Decimal | None
    low: Decimal | None
    high: Decimal | None
    reported: int
    expected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotUse:
    """A snapshot that fed a series: what was used of it, and who controls its publisher."""

    snapshot: str
    source: str
    controller: str
    grade: str
    known_from: date
    window: Period  # the part of its coverage that no newer vintage supersedes


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """An indicator at one place, in time order, as known on one day."""

    indicator: Indicator
    place: str
    points: tuple[Point, ...]
    uses: tuple[SnapshotUse, ...]
    left_out: tuple[Sentence, ...]  # what was not used, and why

    @property
    def controllers(self) -> frozenset[str]:
        """Whoever could change the figures."""
        return frozenset(use.controller for use in self.uses)

    def within(self, period: Period) -> tuple[Point, ...]:
        """The points that lie wholly inside a period."""
        return tuple(p for p in self.points if period.covers(p.period))


Yield: TypeAlias = Maybe[Series]
PERIODS_A_YEAR = {"month": 12, "quarter": 4, "year": 1, "fiscal-year": 1, "rolling-year": 1, "day": 365}


def value_of(indicator: Indicator, point: Point) -> Decimal:
    """The indicator's value in a period: amount, or amount / base x scale, per year where the header says so."""
    value = point.amount if point.base is None else point.amount / point.base * indicator.scale
    return value * PERIODS_A_YEAR[indicator.rhythm] if indicator.annual else value
