"""Units and rhythms in words: their one English spelling compares and hashes, and what a reader sees is its translation."""

from __future__ import annotations

from veedor.kernel.language import N_

UNITS = (
    N_("%"),
    N_("USD"),
    N_("admissions"),
    N_("apprehensions"),
    N_("complaints"),
    N_("crossings"),
    N_("days"),
    N_("deaths"),
    N_("encounters"),
    N_("entries"),
    N_("extraditions"),
    N_("files"),
    N_("firearms"),
    N_("inspections"),
    N_("kg"),
    N_("killed per wounded"),
    N_("km"),
    N_("lb"),
    N_("meetings"),
    N_("people"),
    N_("per 100000 people per year"),
    N_("persons"),
    N_("places"),
    N_("points"),
    N_("proceedings"),
    N_("prosecutions"),
    N_("seizures"),
    N_("taxpayers"),
    N_("trucks"),
    N_("tunnels"),
    N_("vehicles"),
    N_("victims"),
)
"""Units of the built-in indicators."""

RHYTHMS = {
    "month": N_("month"),
    "quarter": N_("quarter"),
    "year": N_("year"),
    "fiscal-year": N_("fiscal year"),
    "rolling-year": N_("window of twelve months"),
    "day": N_("day"),
}
"""How long the period of one figure is."""
