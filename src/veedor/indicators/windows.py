"""What was known on a day: of each source and part the newest usable vintage, older ones only where no newer one speaks.

Files that overlap are never added.

Point-in-time lists fall out of the same rule: each vintage covers its own day, so that every one keeps its window.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from veedor.evidence.snapshot import Snapshot
from veedor.indicators.series import SnapshotUse
from veedor.kernel.ids import short
from veedor.kernel.language import N_, Sentence, Template
from veedor.kernel.months import Period

LATER = Template(
    "ind.known-later",
    N_("Snapshot {snapshot} of {source} was not used: it became known on {known}, after {as_of}."),
)
UNUSABLE = Template("ind.unusable", N_("Snapshot {snapshot} of {source} was not used: it could not be read ({problems} problems)."))
NO_PERIOD = Template("ind.no-period", N_("Snapshot {snapshot} of {source} was not used: it speaks of no period."))
SUPERSEDED = Template(
    "ind.superseded",
    N_("Snapshot {snapshot} of {source} was not used: newer vintages cover all of its period ({starts} to {last})."),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A snapshot that was not used, and why."""

    snapshot: str
    source: str
    kinds: frozenset[str]
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """What is used as known on a day, and what is not."""

    uses: tuple[SnapshotUse, ...]
    left_out: tuple[LeftOut, ...]


def select(snapshots: Iterable[Snapshot], as_of: date) -> Selection:
    """The windows of every snapshot that was known on the day; those of one source and part never share a day."""
    uses: list[SnapshotUse] = []
    left_out: list[LeftOut] = []
    for _, group in groupby(sorted(snapshots, key=_family), key=_family):
        taken: list[Period] = []
        for snapshot in sorted(group, key=newness, reverse=True):
            sentence = _why_not(snapshot, as_of)
            windows = () if sentence is not None or snapshot.covers is None else remaining(snapshot.covers, taken)
            if not windows:
                left_out.append(_left(snapshot, sentence or _superseded(snapshot)))
                continue
            taken.extend(windows)
            uses.extend(_use(snapshot, window) for window in windows)
    return Selection(
        uses=tuple(sorted(uses, key=lambda use: (use.source, use.window, use.snapshot))),
        left_out=tuple(sorted(left_out, key=lambda left: (left.source, left.snapshot))),
    )


def newness(snapshot: Snapshot) -> tuple[date, date, date, str]:
    """What makes one vintage newer than another: its publication day, then the vintage it states, then when it was first taken in.

    Where nobody stated a publication day, the vintage that the content states stands for it: the day on which a user happened to
    take a file in says nothing about the age of its figures.
    """
    stated = [capture.stated for capture in snapshot.captures if capture.stated is not None]
    published = min(stated) if stated else snapshot.vintage or snapshot.known_from
    return published, snapshot.vintage or date.min, snapshot.known_from, snapshot.digest


def remaining(whole: Period, taken: Sequence[Period]) -> tuple[Period, ...]:
    """The parts of a period that none of the others covers, in order."""
    left: list[Period] = []
    starts = whole.starts
    for other in sorted(taken):
        if starts < other.starts and starts < whole.ends:
            left.append(Period(starts, min(other.starts, whole.ends)))
        starts = max(starts, other.ends)
    if starts < whole.ends:
        left.append(Period(starts, whole.ends))
    return tuple(left)


def _family(snapshot: Snapshot) -> tuple[str, str]:
    return snapshot.source, snapshot.part


def _why_not(snapshot: Snapshot, as_of: date) -> Sentence | None:
    name = {"snapshot": short(snapshot.digest), "source": snapshot.source}
    if snapshot.known_from > as_of:
        return LATER(**name, known=snapshot.known_from, as_of=as_of)
    if not snapshot.is_usable:
        return UNUSABLE(**name, problems=len(snapshot.unusable))
    if snapshot.covers is None:
        return NO_PERIOD(**name)
    return None


def _superseded(snapshot: Snapshot) -> Sentence:
    assert snapshot.covers is not None  # noqa: S101, otherwise another sentence was found
    last = snapshot.covers.ends - timedelta(days=1)
    return SUPERSEDED(snapshot=short(snapshot.digest), source=snapshot.source, starts=snapshot.covers.starts, last=last)


def _left(snapshot: Snapshot, sentence: Sentence) -> LeftOut:
    kinds = frozenset(stored.kind for stored in snapshot.tables)
    return LeftOut(snapshot=snapshot.digest, source=snapshot.source, kinds=kinds, sentence=sentence)


def _use(snapshot: Snapshot, window: Period) -> SnapshotUse:
    return SnapshotUse(
        snapshot=snapshot.digest,
        source=snapshot.source,
        controller=snapshot.controller,
        grade=snapshot.grade,
        known_from=snapshot.known_from,
        window=window,
    )
