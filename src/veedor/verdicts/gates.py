"""From a finding to a verdict: is it due, is the evidence good enough, who controls it, and may it carry a breach?"""

from __future__ import annotations

from dataclasses import replace

from veedor.kernel.known import Known, Unknown
from veedor.kernel.language import Sentence
from veedor.kernel.quantity import Quantity
from veedor.verdicts import sentences as say
from veedor.verdicts.finding import Finding
from veedor.verdicts.inputs import Case
from veedor.verdicts.verdict import DECIDED, Flag, Outcome, Recomputable, Support, Verdict

USER = "user:"


def weigh(case: Case, reading: str, finding: Finding) -> Verdict:
    """The verdict on a finding. Steps in order; the first that stops it gives the reason.

    1. Not yet due: NOT DUE. 2. The data cannot tell: UNDETERMINED. 3. Evidence graded too low, from too few controllers, or, for
    conduct, only from one side: UNDETERMINED. 4. A breach that one party alone could recompute: UNDETERMINED. 5. The outcome.
    """
    if finding.due is not None and case.as_of < finding.due:
        return _verdict(case, reading, finding, Outcome.NOT_DUE, _not_due(finding))
    if finding.satisfied is None:
        return _verdict(case, reading, finding, Outcome.UNDETERMINED, finding.reasons)
    graded = tuple(s for s in finding.supports if is_at_least(s.grade, case.commitment.needs.grade))
    weighed = replace(finding, supports=graded) if graded else finding
    stopped = _stopped(case, weighed, graded)
    if stopped is not None:
        others = say.CHANGE_BY_INDEPENDENT(controllers=_named(graded or finding.supports))
        open_again = replace(weighed, would_change=(*finding.would_change, others))
        return _verdict(case, reading, open_again, Outcome.UNDETERMINED, (stopped, *finding.reasons))
    return _verdict(case, reading, weighed, outcome(case.commitment.kind, satisfied=finding.satisfied), finding.reasons)


def outcome(kind: str, *, satisfied: bool) -> Outcome:
    """The word for a decided commitment of that kind."""
    if kind == "result":
        return Outcome.MET if satisfied else Outcome.MISSED
    return Outcome.KEPT if satisfied else Outcome.BROKEN


def is_at_least(grade: str, needed: str) -> bool:
    """Whether an Admiralty grade is at least as good on both axes: reliability A before F, credibility 1 before 6."""
    return grade[:1] <= needed[:1] and grade[1:] <= needed[1:]


def recomputable(case: Case, supports: tuple[Support, ...]) -> Recomputable:
    """Anyone, when all is from registered publishers; observers, when some was handed in; one party, when one party handed in all."""
    handed_in = [s for s in supports if s.source.startswith(USER)]
    if not handed_in:
        return "anyone"
    sides = {p for p in case.accord.parties if {s.controller for s in supports} <= case.accord.controllers_of(p)}
    return "one-party" if sides and len(handed_in) == len(supports) else "observers"


def _stopped(case: Case, finding: Finding, graded: tuple[Support, ...]) -> Sentence | None:
    """Why good figures must not decide, or None."""
    if not graded:
        found = tuple(sorted({s.grade for s in finding.supports})) or ("-",)
        return say.GRADE_TOO_LOW(found=found, needed=case.commitment.needs.grade)
    controllers = {s.controller for s in graded}
    needed = case.commitment.needs.independent_sources
    if finding.one_source and needed > 1:
        return say.ONE_SERIES(needed=needed)
    if len(controllers) < needed:
        return say.TOO_FEW_CONTROLLERS(controllers=_named(graded), needed=needed)
    if case.commitment.kind != "result":
        one_sided = _one_sided(case, graded) or _partly_own(case, finding, controllers)
        if one_sided is not None:
            return one_sided
    armed = [p for p in case.parties if case.accord.parties[p].kind == "armed-group"]
    states = frozenset().union(
        *(case.accord.controllers_of(p) for p in case.accord.parties if case.accord.parties[p].kind != "armed-group")
    )
    if armed and controllers <= states | case.own_controllers:
        return say.ARMED_GROUP_UNATTRIBUTED()
    if not finding.satisfied and recomputable(case, graded) == "one-party":
        return say.ONE_PARTY_ONLY()
    return None


def _one_sided(case: Case, graded: tuple[Support, ...]) -> Sentence | None:
    """Both sides' sources agreeing is not one-sided, even where both sides are judged together."""
    controllers = {s.controller for s in graded}
    for party in case.accord.parties:
        if controllers <= case.accord.controllers_of(party):
            words = say.ONLY_OWN if party in case.parties else say.ONLY_COUNTERPART
            return words(controllers=_named(graded))
    return None


def _partly_own(case: Case, finding: Finding, controllers: set[str]) -> Sentence | None:
    """A series is as independent as its weakest part: whoever controls the denominator or some months can move the whole."""
    own = sorted(controllers & case.own_controllers)
    return say.PARTLY_OWN(controllers=tuple(own)) if finding.one_source and own else None


def _named(supports: tuple[Support, ...]) -> tuple[str, ...]:
    return tuple(sorted({s.controller for s in supports})) or ("-",)


def _not_due(finding: Finding) -> tuple[Sentence, ...]:
    assert finding.due is not None  # noqa: S101, only called when it is
    first = say.NOT_YET(due=finding.due)
    if isinstance(finding.estimate, Unknown):
        return (first,)
    e = finding.estimate.value
    value = Quantity(e.value, e.unit)
    if e.low == e.high:
        return (first, say.SO_FAR_EXACT(value=value, period=str(e.period)))
    return (first, say.SO_FAR(value=value, low=e.low, high=e.high, period=str(e.period)))


def _verdict(case: Case, reading: str, finding: Finding, result: Outcome, reasons: tuple[Sentence, ...]) -> Verdict:
    commitment = case.commitment
    served_by = tuple(name for name, other in case.accord.commitments.items() if case.name in other.serves)
    if result is Outcome.MISSED:
        reasons = (*reasons, say.MISSED_IS_NO_BREACH(duties=served_by) if served_by else say.MISSED_WITHOUT_DUTIES())
    return Verdict(
        commitment=case.name,
        reading=reading,
        parties=case.parties,
        kind=commitment.kind,
        outcome=result,
        reasons=reasons,
        estimate=finding.estimate,
        bound=finding.bound,
        probability=finding.probability,
        did=finding.did,
        worked=finding.worked,
        seen=finding.seen,
        due=finding.due,
        supports=finding.supports,
        left_out=finding.left_out,
        would_change=finding.would_change,
        recomputable=recomputable(case, finding.supports),
        exercise=case.accord.is_exercise,
        flags=(*finding.flags, *_flags(case, finding, result)),
        severity=finding.severity if result in {Outcome.BROKEN, Outcome.MISSED} else "",
        serves=commitment.serves,
        served_by=served_by,
        contributions=finding.contributions,
        controls_cause=finding.controls_cause if result is Outcome.UNDETERMINED else (),
        evidence_periods=finding.evidence_periods,
    )


def _flags(case: Case, finding: Finding, result: Outcome) -> tuple[Flag, ...]:
    found: list[Flag] = []
    if case.commitment.kind == "result" and result in DECIDED and _one_sided(case, finding.supports) is not None:
        found.append(Flag("one-sided", say.FLAG_ONE_SIDED(controllers=_named(finding.supports))))
    if case.commitment.post_hoc is not None:
        changed = case.commitment.post_hoc
        found.append(Flag("post-hoc", say.FLAG_POST_HOC(day=changed.date, why=changed.why.text)))
    if case.commitment.unlawful is not None:
        found.append(Flag("unlawful", say.FLAG_UNLAWFUL()))
    return tuple(found)


def known_value(verdict: Verdict) -> Quantity | None:
    """The estimate's value with its unit, or None: for tables that leave the cell empty."""
    if isinstance(verdict.estimate, Known):
        return Quantity(verdict.estimate.value.value, verdict.estimate.value.unit)
    return None
