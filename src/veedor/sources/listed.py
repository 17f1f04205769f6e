"""What lists of persons, firms and vessels have in common: days written in ISO form, joined words, and the day a list speaks of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from veedor.kernel.months import Period
from veedor.records.places import catalogue, code_of
from veedor.sources import list_errors
from veedor.sources.columns import UnusableError
from veedor.sources.source import Raw

JOINT = " ; "
_EARLIEST = 1900  # no list is older; an earlier year is a slip of the pen


def iso_day(text: str) -> date | None:
    """The day of an ISO date from 1900 on; None for a blank, for anything else, and for years that can only be slips."""
    try:
        day = date.fromisoformat(text.strip()) if re.fullmatch(r"\d{4}-\d\d-\d\d", text.strip()) else None
    except ValueError:
        return None
    return day if day is not None and day.year >= _EARLIEST else None


def joined(parts: Iterable[str]) -> str:
    """Different non-empty words in their order, joined the way records join them."""
    return JOINT.join(dict.fromkeys(part.strip() for part in parts if part.strip()))


def one_place(countries: Iterable[str]) -> str:
    """The place code where all the countries named are one country of the catalogue; "" where they are none or several."""
    named = {country.strip() for country in countries if country.strip()}
    if len(named) != 1:
        return ""
    only = named.pop()
    return only if only in catalogue() else code_of(only) or ""


def stated_day(raw: Raw, implied: date | None = None) -> Period:
    """The one day for which a list is known: as stated, or as its own rows imply; unusable where neither says it."""
    day = raw.stated or implied
    if day is None:
        raise UnusableError([list_errors.undated()])
    return Period(day, day + timedelta(days=1))
