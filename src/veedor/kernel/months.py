"""Periods and months: half-open [starts, ends), so that neighbours share a boundary and never a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from `starts` up to, but not including, `ends`."""

    starts: date
    ends: date

    def __post_init__(self) -> None:
        if self.ends <= self.starts:
            raise ValueError(f"a period ends after it starts: {self.starts} .. {self.ends}")

    @property
    def days(self) -> int:
        """Number of days in the period."""
        return (self.ends - self.starts).days

    def contains(self, day: date) -> bool:
        """Whether the day lies in the period."""
        return self.starts <= day < self.ends

    def covers(self, other: Period) -> bool:
        """Whether the other period lies wholly inside this one."""
        return self.starts <= other.starts and other.ends <= self.ends

    def overlaps(self, other: Period) -> bool:
        """Whether the two share at least one day."""
        return self.starts < other.ends and other.starts < self.ends

    def __str__(self) -> str:
        """As short as it is exact: 2018, 2018..2020, 2018-03, 2018-02..2019-01, 2018-02-10..2018-02-20; the last day is included."""
        last = self.ends - timedelta(days=1)
        digits = 10
        if self.starts.day == 1 and self.ends.day == 1:
            digits = 4 if self.starts.month == 1 and self.ends.month == 1 else 7
        first, final = self.starts.isoformat()[:digits], last.isoformat()[:digits]
        return first if first == final else f"{first}..{final}"


def add_months(day: date, months: int) -> date:
    """The same day `months` later (earlier when negative), or the last day of that month when it is shorter."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, _length(year, month + 1)))


def month(year: int, number: int) -> Period:
    """One calendar month as a period."""
    first = date(year, number, 1)
    return Period(first, add_months(first, 1))


def month_of(day: date) -> Period:
    """The calendar month that holds the day."""
    return month(day.year, day.month)


def months_between(earlier: date, later: date) -> int:
    """Whole months from `earlier` to `later`."""
    count = (later.year - earlier.year) * 12 + later.month - earlier.month
    return count if add_months(earlier, count) <= later else count - 1


def _length(year: int, number: int) -> int:
    following = date(year + number // 12, number % 12 + 1, 1)
    return (following - timedelta(days=1)).day
