"""What a judge finds before the evidence is weighed: which side the evidence is on, how far, and on what it rests."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from veedor.kernel.known import Maybe, Unknown
from veedor.kernel.language import Sentence
from veedor.verdicts import sentences as say
from veedor.verdicts.verdict import Estimate, Flag, Severity, Support

NOT_ASKED = Unknown(say.WORKED_NOT_ASKED())


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The judge's answer. `satisfied` is None when these data cannot tell, with the reasons why."""

    satisfied: bool | None
    due: date | None
    bound: Sentence  # what the accord asks for
    reasons: tuple[Sentence, ...]
    estimate: Maybe[Estimate]
    probability: Maybe[Decimal]
    did: Maybe[Sentence]
    seen: Maybe[Sentence]
    worked: Maybe[Sentence] = NOT_ASKED
    supports: tuple[Support, ...] = ()
    left_out: tuple[Sentence, ...] = ()
    would_change: tuple[Sentence, ...] = ()
    flags: tuple[Flag, ...] = ()
    severity: Severity = ""
    contributions: tuple[tuple[str, Maybe[Sentence]], ...] = ()
    controls_cause: tuple[str, ...] = ()
    evidence_periods: int = field(default=0)
    one_source: bool = False  # one series of figures: numerator, denominator and months need each other, so none corroborates another


def unanswered(due: date | None, bound: Sentence, *, worked: Maybe[Sentence] = NOT_ASKED) -> Finding:
    """A finding with nothing in it yet: `dataclasses.replace` fills in what a judge learns."""
    none = Unknown(say.WORKED_NOT_ASKED())
    return Finding(
        satisfied=None,
        due=due,
        bound=bound,
        reasons=(),
        estimate=none,
        probability=none,
        did=none,
        seen=none,
        worked=worked,
    )


def cannot_tell(base: Finding, *reasons: Sentence, would_change: tuple[Sentence, ...] = ()) -> Finding:
    """The same finding without an answer, for these reasons; `did` and the numbers are unknown for the first of them."""
    why = Unknown(reasons[0], base.controls_cause)
    seen = base.seen if base.seen != Unknown(say.WORKED_NOT_ASKED()) else why
    return replace(
        base,
        satisfied=None,
        reasons=reasons,
        estimate=why,
        probability=why,
        did=why,
        seen=seen,
        would_change=would_change or base.would_change,
    )
