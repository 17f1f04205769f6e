"""Fiscal years as US Customs and Border Protection writes them: "2025" when complete, "2026 (FYTD)" while running."""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from veedor.kernel.language import N_, Template
from veedor.sources import columns
from veedor.sources.figures import Column
from veedor.sources.source import Note

_YEAR = re.compile(r"^\s*((?:19|20)[0-9][0-9])\s*(?:\(FYTD\))?\s*$", re.IGNORECASE)

RUNNING = Template(
    "src.cbp-fytd",
    N_("Fiscal year {year} was still running when this file was made: its figures are provisional and end with {last}."),
)


def fiscal_year(text: str) -> int | None:
    """The fiscal year of "2025" or "2026 (FYTD)"; None for anything else."""
    found = _YEAR.match(text)
    return int(found[1]) if found else None


def is_running(text: str) -> bool:
    """Whether the publisher marks the fiscal year as not yet complete ("fiscal year to date")."""
    return "fytd" in text.casefold()


def running_notes(made: pa.Table, years: Column, running: Column) -> list[Note]:
    """One note for each fiscal year that was still running: how many rows it has, and where they end."""
    notes = []
    for year in pc.unique(years.filter(running)).to_pylist():
        rows = made.filter(pc.and_(running, columns.equals(years, int(year or 0))))
        last = columns.last_day(columns.covered(rows))
        notes.append(Note(sentence=RUNNING(year=str(year), last=last), rows=rows.num_rows))
    return notes
