"""What a source is: who publishes, who controls it, what it measures, how its files are recognised and read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

import pyarrow as pa

from veedor.kernel.errors import Problem
from veedor.kernel.language import Sentence
from veedor.kernel.months import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """The beginning of a file as a recogniser sees it: enough to tell publishers apart without reading the whole.

    Archives (zip, gz, bz2) are opened first, within limits: `head` is of the inner file and `name` is the inner name.
    """

    name: str  # file name without folders
    head: bytes  # first 64 KiB, or less
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Raw:
    """A whole file to parse, already unpacked."""

    name: str
    data: bytes
    snapshot: str  # digest of the stored (packed) bytes; goes into every row
    stated: date | None = None  # publication date a user or server stated


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """Something a reader of the figures must know: a repair that was made, rows left out, a drift of geography."""

    sentence: Sentence
    rows: int = 0  # how many rows it concerns


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """What a file says: tables by kind, the period it speaks of, and what a reader must know.

    `part` tells complementary files of one source apart (located / not located): a newer file supersedes an older one only
    within its own part, and only for the period it covers.
    `unusable` set means: keep the bytes, do not use the tables; the last good vintage stays in use.
    """

    tables: Mapping[str, pa.Table]
    covers: Period
    part: str = ""
    vintage: date | None = None  # date of the cut, as the content itself states or implies it
    notes: tuple[Note, ...] = ()
    unusable: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publisher's data set. Texts are translatable English, marked with `N_`.

    `controller` is who could change the figures: a party's code ("US", "MX"), or an independent body ("ucdp", "world-bank").
    Two sources with one controller count once. `grade` is the default Admiralty grade (reliability A-F, credibility 1-6).
    """

    name: str
    title: str
    publisher: str
    controller: str
    grade: str
    measures: str
    unit: str
    coverage: str  # places and times
    breaks: str  # known breaks of method, and traps
    terms: str
    kinds: tuple[str, ...]
    recognise: Callable[[Sample], bool]
    parse: Callable[[Raw], Parsed]
    cadence: str = "irregular"  # monthly, yearly, irregular
    personal: bool = False  # rows may name natural persons: never logged, never in fixtures
    columns: tuple[str, ...] = field(default=())  # header the publisher uses today; a file that lost one is unusable
