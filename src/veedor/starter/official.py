"""Official yearly totals: facts, each with its publisher, its unit and the edition it was read from. No indicator reads them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from veedor.kernel.language import N_
from veedor.kernel.months import Period
from veedor.starter.writing import table

PREFIX = "official-"
SHEETS = {"MX": "official-totals-mx.csv", "US": "official-totals-us.csv", "world-bank": "official-totals-world-bank.csv"}
"""One sheet for each controller: who could change the figures is a property of the whole sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One published total."""

    indicator: str  # the indicator that measures the same thing
    title: str
    place: str
    period: Period
    value: str
    unit: str
    controller: str
    publisher: str
    edition: str  # the publisher's file or update in which the figure stands
    dated: date  # day of the edition; where it has none, the last day that it speaks of or can be of

    @property
    def when(self) -> str:
        """The time it speaks of, a fiscal year of the United States by its own name."""
        return f"FY{self.period.ends.year}" if self.period == _fiscal(self.period.ends.year) else str(self.period)

    @property
    def series(self) -> str:
        """The name under which the total is taken in: one that no indicator reads."""
        return f"{PREFIX}{self.indicator.replace('_', '-')}"


def _year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number + 1, 1, 1))


def _fiscal(number: int) -> Period:
    return Period(date(number - 1, 10, 1), date(number, 10, 1))


_FILES = N_("Homicide files, Mexico")
_FENTANYL = N_("Fentanyl seized, US")
_MET = N_("Encounters, southwest")


def _homicide(year: int, value: str) -> Fact:
    return Fact(
        indicator="homicide_files", title=_FILES, place="MX", period=_year(year), value=value, unit="files", controller="MX",
        publisher="SESNSP", edition=N_("file of 2023-08-24"), dated=date(2023, 8, 24),
    )  # fmt: skip


def _fentanyl(year: int, value: str, edition: str, dated: date) -> Fact:
    return Fact(
        indicator="fentanyl_seized", title=_FENTANYL, place="US", period=_fiscal(year), value=value, unit="lb", controller="US",
        publisher="CBP", edition=edition, dated=dated,
    )  # fmt: skip


_EARLIER, _LATER = N_("file of FY2019-22"), N_("file of FY2023-26")
FACTS = (
    Fact(
        indicator="homicide_deaths", title=N_("Homicide deaths, Mexico"), place="MX", period=_year(2007), value="8867", unit="deaths",
        controller="MX", publisher="INEGI", edition=N_("registered in 2007"), dated=date(2007, 12, 31),
    ),
    _homicide(2018, "29095"),
    _homicide(2019, "29500"),
    _homicide(2022, "26279"),
    Fact(
        indicator="population", title=N_("Census, Mexico"), place="MX", period=Period(date(2020, 3, 15), date(2020, 3, 16)),
        value="126014024", unit="people", controller="MX", publisher="INEGI", edition=N_("census of 2020"), dated=date(2021, 1, 25),
    ),
    _fentanyl(2019, "2804", _EARLIER, date(2022, 9, 30)),
    _fentanyl(2021, "11201", _EARLIER, date(2022, 9, 30)),
    _fentanyl(2022, "14700", _EARLIER, date(2022, 9, 30)),
    _fentanyl(2024, "21889", _LATER, date(2025, 12, 31)),
    Fact(
        indicator="southwest_encounters", title=_MET, place="US", period=_fiscal(2022), value="2378944", unit="encounters",
        controller="US", publisher="CBP", edition=N_("file of FY2020-23"), dated=date(2023, 9, 30),
    ),
    Fact(
        indicator="northbound_trucks", title=N_("Trucks, northbound"), place="US", period=_year(2018), value="6310903",
        unit="trucks", controller="US", publisher="BTS", edition=N_("file of 1996-2019"), dated=date(2019, 3, 31),
    ),
    Fact(
        indicator="rule_of_law", title=N_("Rule of law, Mexico"), place="MX", period=_year(2019), value="-0.658", unit="points",
        controller="world-bank", publisher="World Bank", edition=N_("2020 update"), dated=date(2020, 12, 31),
    ),
)  # fmt: skip


def sheet(controller: str) -> bytes:
    """The totals of one controller as a sheet of `statistic` rows; publisher, edition and its day stand beside each."""
    return table("series,place,valid_from,valid_to,value,unit,method,publisher,edition_dated", _rows(controller), end="\n")


def _rows(controller: str) -> Iterator[tuple[object, ...]]:
    for fact in of(controller):
        days = (fact.period.starts, fact.period.ends)
        yield (fact.series, fact.place, *days, fact.value, fact.unit, f"{fact.publisher}: {fact.edition}", fact.publisher, fact.dated)


def of(controller: str) -> tuple[Fact, ...]:
    """The totals that one controller could change."""
    return tuple(fact for fact in FACTS if fact.controller == controller)


def newest(controller: str) -> date:
    """The day from which all totals of a controller were known."""
    return max(fact.dated for fact in of(controller))
