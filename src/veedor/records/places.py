"""One catalogue of places: country code, then the statistical office's own digits (INEGI for Mexico, FIPS for the United States)."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from veedor.kernel.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A country or a state; municipalities come from INEGI's own catalogue as a snapshot, because their number drifts."""

    code: str  # MX, MX09, US, US48
    name: str
    abbreviation: str
    aliases: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Place]:
    """Every country and state known, by code."""
    with resources.files("veedor.records").joinpath("places.csv").open(encoding="utf-8") as rows:
        return {
            row["code"]: Place(
                code=row["code"], name=row["name"], abbreviation=row["abbreviation"], aliases=tuple(filter(None, row["aliases"].split("|")))
            )
            for row in csv.DictReader(rows)
        }


@lru_cache(maxsize=1)
def _by_name() -> dict[tuple[str, str], str]:
    found: dict[tuple[str, str], str] = {}
    for place in catalogue().values():
        for name in (place.name, place.abbreviation, *place.aliases):
            if name:
                found[place.code[:2] if len(place.code) > 2 else "", fold(name)] = place.code
    return found


def code_of(name: str, country: str = "") -> str | None:
    """The code of a state by its name or abbreviation within a country ("MX", "US"), or of a country with country=""."""
    return _by_name().get((country, fold(name)))


def inegi(state: str | int, municipality: str | int | None = None) -> str:
    """The code for INEGI's numbers: 9 is MX09, 9 and 15 is MX09015."""
    tail = "" if municipality is None else f"{int(municipality):03d}"
    return f"MX{int(state):02d}{tail}"


def country(code: str) -> str:
    """The country part of a place code."""
    return code[:2]
