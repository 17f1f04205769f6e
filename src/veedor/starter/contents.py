"""What the starter project holds: each file, when it counts as published, and how a sheet is to be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib import resources

from veedor.starter import lists, mexico, official, sheets, united_states


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """One file of the starter project. A publisher's file is recognised by its content; a sheet says of what kind its rows are."""

    name: str
    published: date
    make: Callable[[], bytes]
    kind: str = ""  # kind of record of a sheet; "" for a file in a publisher's own format
    controller: str = ""
    grade: str = ""

    def read(self) -> bytes:
        """The bytes as they ship with the program."""
        return resources.files("veedor.starter").joinpath("files", self.name).read_bytes()


def _published(name: str, published: date, make: Callable[[], bytes]) -> File:
    return File(name=f"synthetic-{name}.csv", published=published, make=make)


def _sheet(name: str, kind: str, controller: str, make: Callable[[], bytes]) -> File:
    return File(
        name=f"synthetic-{name}.csv",
        published=date(2024, 6, 25),
        make=make,
        kind=kind,
        controller=controller,
        grade="B2",
    )


def _official(controller: str, name: str) -> File:
    return File(
        name=name,
        published=official.newest(controller),
        make=partial(official.sheet, controller),
        kind="statistic",
        controller=controller,
        grade="B2",
    )


PUBLISHERS = (
    _published("sesnsp-idefc", date(2024, 6, 20), mexico.crimes),
    _published("conapo-population", date(2023, 8, 1), mexico.population),
    _published("rnpdno-not-located", date(2023, 1, 16), partial(mexico.missing, "not-located")),
    _published("rnpdno-located-alive", date(2023, 1, 16), partial(mexico.missing, "located-alive")),
    _published("cbp-drug-seizures", date(2024, 6, 18), united_states.seizures),
    _published("cbp-encounters", date(2024, 6, 18), united_states.encounters),
    _published("cdc-vsrr", date(2024, 5, 15), united_states.overdoses),
    _published("foreign-assistance", date(2024, 1, 31), united_states.assistance),
    _published("atf-traces", date(2023, 12, 15), united_states.traces),
    *(_published(f"ofac-sdn-{day}", day, partial(lists.designated, day)) for day in lists.LIST_DAYS),
    _published("sat-69b", date(2024, 6, 3), lists.simulated_invoices),
    _published("ucdp-nonstate", date(2024, 6, 10), lists.conflicts),
)
SHEETS = (
    _sheet("acts-us", "act", sheets.US, partial(sheets.acts, sheets.US)),
    _sheet("acts-mx", "act", sheets.MX, partial(sheets.acts, sheets.MX)),
    _sheet("acts-oversight", "act", sheets.OVERSIGHT, partial(sheets.acts, sheets.OVERSIGHT)),
    _sheet("extraditions", "proceeding", sheets.MX, sheets.extraditions),
    _sheet("grades-first-coder", "coding", "first-institute", partial(sheets.grades, "c17", 2)),
    _sheet("grades-second-coder", "coding", "second-institute", partial(sheets.grades, "c23", 3)),
    _sheet("assessments", "statistic", "observers", sheets.assessments),
)
OFFICIAL = tuple(_official(controller, name) for controller, name in official.SHEETS.items())
FILES = (*PUBLISHERS, *SHEETS, *OFFICIAL)
