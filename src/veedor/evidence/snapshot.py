"""A snapshot is stored bytes with their digest; a capture says when and from where they came. Neither ever changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from veedor.kernel.errors import Problem
from veedor.kernel.language import Sentence
from veedor.kernel.months import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One time that these bytes were taken in. The same bytes taken twice are one snapshot with two captures."""

    at: datetime
    name: str  # file name, without folders
    address: str  # URL, or "" for a local file
    headers: tuple[tuple[str, str], ...] = ()  # response headers worth keeping: date, etag, last-modified
    stated: date | None = None  # publication date that the user, the file name or the server states


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A parsed table of a snapshot: its kind, its file's digest, its number of rows."""

    kind: str
    digest: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Stored bytes, who published them, what period they speak of, and the tables read from them."""

    digest: str
    size: int
    source: str
    controller: str
    grade: str
    part: str
    covers: Period | None  # None when unusable
    vintage: date | None
    tables: tuple[Stored, ...]
    notes: tuple[Sentence, ...]
    unusable: tuple[Problem, ...]
    reader: str  # version of veedor that parsed it
    mapping: tuple[tuple[str, str], ...] = ()  # a user's own sheet: column of the sheet to field of the kind
    captures: tuple[Capture, ...] = ()

    @property
    def known_from(self) -> date:
        """The day from which its content counts as known: the earliest stated publication date, else its first capture."""
        stated = [c.stated for c in self.captures if c.stated is not None]
        return min(stated) if stated else min(c.at for c in self.captures).date()

    @property
    def is_usable(self) -> bool:
        """Whether its tables may be used."""
        return not self.unusable
