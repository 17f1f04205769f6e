"""Time is UTC and injected: whoever needs the hour takes a `Clock`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Something that knows what time it is."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        ...


class SystemClock:
    """The machine's clock; the only place that reads it."""

    def now(self) -> datetime:
        """The present moment, in UTC."""
        return datetime.now(UTC)  # noqa: TID251, the one place that may


@dataclass(frozen=True, slots=True)
class FixedClock:
    """A clock that stands still, for tests and for recomputing."""

    at: datetime

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.at


def today(clock: Clock, zone: str) -> date:
    """The calendar date now in an accord's own time zone, which decides when a date ends."""
    return clock.now().astimezone(ZoneInfo(zone)).date()
