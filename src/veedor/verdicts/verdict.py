"""What a verdict says: the outcome, what it rests on, how sure it is, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal, TypeAlias

from veedor.kernel.known import Maybe
from veedor.kernel.language import Sentence, Text
from veedor.kernel.months import Period


class Outcome(StrEnum):
    """What can be said of a commitment. KEPT and BROKEN judge conduct, MET and MISSED results; the rest serve both."""

    KEPT = "KEPT"
    BROKEN = "BROKEN"
    MET = "MET"
    MISSED = "MISSED"
    UNDETERMINED = "UNDETERMINED"
    NOT_DUE = "NOT DUE"
    SUSPENDED = "SUSPENDED"
    EXCUSED = "EXCUSED"


DECIDED = frozenset({Outcome.KEPT, Outcome.BROKEN, Outcome.MET, Outcome.MISSED})
Recomputable: TypeAlias = Literal["anyone", "observers", "one-party"]
Severity: TypeAlias = Literal["", "isolated", "repeated"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A number with its unit, interval, period and denominator. `low` and `high` equal `value` for administrative totals."""

    value: Decimal
    low: Decimal
    high: Decimal
    unit: str
    period: Period
    count: Decimal  # numerator
    denominator: Decimal | None
    denominator_words: Text
    points: int  # periods used
    of_points: int  # periods the window has


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """One thing a verdict rests on: a snapshot, its publisher and who controls it."""

    snapshot: str
    source: str
    controller: str
    grade: str
    known_from: date
    used: str  # the window or the rows used


@dataclass(frozen=True, slots=True)
class Flag:
    """A remark beside the outcome that never replaces it: late, one-sided, post hoc, suspension proposed, disputed."""

    name: Literal["late", "one-sided", "post-hoc", "suspension-proposed", "disputed", "unlawful"]
    sentence: Sentence


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One verdict on one reading of one commitment of one debtor."""

    commitment: str
    reading: str
    parties: tuple[str, ...]
    kind: Literal["conduct", "result", "condition"]
    outcome: Outcome
    reasons: tuple[Sentence, ...]
    estimate: Maybe[Estimate]
    bound: Sentence  # what the accord asks for: "at most 18 per 100000 people per year"
    probability: Maybe[Decimal]  # that what the accord asks is so
    did: Maybe[Sentence]
    worked: Maybe[Sentence]
    seen: Maybe[Sentence]
    due: date | None  # first day on which it can be judged
    supports: tuple[Support, ...]
    left_out: tuple[Sentence, ...]
    would_change: tuple[Sentence, ...]
    recomputable: Recomputable
    exercise: bool
    flags: tuple[Flag, ...] = ()
    severity: Severity = ""
    serves: tuple[str, ...] = ()
    served_by: tuple[str, ...] = ()
    contributions: tuple[tuple[str, Maybe[Sentence]], ...] = ()
    controls_cause: tuple[str, ...] = ()  # of UNDETERMINED: who could end it
    evidence_periods: int = field(default=0)  # periods of evidence after the accord's start

    @property
    def is_decided(self) -> bool:
        """Whether the evidence sufficed to say yes or no."""
        return self.outcome in DECIDED

    @property
    def label(self) -> str:
        """Commitment, party and reading on one line, as tables show it."""
        name = f"{self.commitment}/{self.reading}" if self.reading else self.commitment
        return f"{name} ({'+'.join(self.parties)})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """Every verdict of an accord on one day, and the digests by which anyone can recompute it."""

    accord: str
    accord_digest: str
    title: Text
    status: str
    exercise: bool
    as_of: date
    starts: date
    method: str
    verdicts: tuple[Verdict, ...]
    inputs_digest: str
    result_digest: str
    run_digest: str
    versions: tuple[tuple[str, str], ...]
    snapshots_held: int
    snapshots_used: int
    left_out: tuple[Sentence, ...]  # snapshots not used, and why

    def verdict(self, commitment: str, party: str = "", reading: str = "") -> Verdict:
        """The first verdict on a commitment, of a party or reading where named; KeyError where there is none."""
        for found in self.verdicts:
            if found.commitment == commitment and (not party or party in found.parties) and reading in {"", found.reading}:
                return found
        raise KeyError(commitment)

    def _repr_html_(self) -> str:
        from veedor.verdicts.rows import as_html

        return as_html(self)

    def __str__(self) -> str:
        from veedor.verdicts.rows import counts, label

        marked = label(self, "en")
        return f"{self.title.en}, {self.as_of}: {counts(self, 'en')}" + (f" ({marked})" if marked else "")
