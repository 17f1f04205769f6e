"""Share: is a counted part of a counted whole at most or at least a percentage?"""

from __future__ import annotations

from dataclasses import replace

from veedor.accord.tests import ShareTest
from veedor.inference import intervals
from veedor.inference.interval import tidy
from veedor.kernel.known import Known
from veedor.verdicts import sentences as say
from veedor.verdicts import windows
from veedor.verdicts.finding import Finding, cannot_tell
from veedor.verdicts.inputs import Case
from veedor.verdicts.judges import figures

KIND = "share"


def judge(case: Case, test: ShareTest) -> Finding:
    """The finding of a share test, from parts and wholes summed over the window (never an average of percentages)."""
    at_most = test.at_most is not None
    asked = say.ASKS_AT_MOST if at_most else say.ASKS_AT_LEAST
    base = figures.opening(case, test, asked(limit=test.bound))
    series = figures.series_of(case, test.share, test.place, base)
    if isinstance(series, Finding):
        return series
    mismatch = figures.unit_problem(series, test.bound)
    if mismatch is not None:
        return cannot_tell(base, mismatch)
    until = figures.timing(case, test, series).until
    window = windows.ending(series, until, test.over, case.duty.starts if test.by is None else None)
    base = figures.resting_on(base, case, series, window.period)
    part, whole = float(sum(p.amount for p in window.points)), float(sum(p.base or 0 for p in window.points))
    if whole <= 0:
        need = say.CHANGE_BY_FIGURES(indicator=test.share, period=str(window.period))
        missing = window.problems or (say.WINDOW_INCOMPLETE(have=0, want=window.wanted, period=str(window.period)),)
        return cannot_tell(base, *missing, would_change=(need,))
    past = windows.history(series, window.points[-1].period.ends)
    spread = intervals.share_dispersion([float(p.amount) for p in past], [float(p.base or 0) for p in past])
    found = intervals.share(part, whole, spread, float(test.bound.value) / 100)
    numbers = figures.rounded(found.interval, 100)
    satisfied = figures.side(numbers, test.bound.value, at_most=at_most)
    estimate = windows.estimate(window, numbers, "%", series.indicator.denominator)
    did = say.SHARE_DID(
        period=str(estimate.period),
        value=numbers[0],
        low=numbers[1],
        high=numbers[2],
        part=tidy(part),
        whole=tidy(whole),
        bound=base.bound,
    )
    reasons = window.problems
    if satisfied is None:
        reasons = (*reasons, say.INTERVAL_CROSSES(low=numbers[1], high=numbers[2], bound=test.bound))
    elif not window.problems:
        reasons = (did,)
    return replace(
        base,
        satisfied=None if window.problems else satisfied,
        reasons=reasons,
        estimate=Known(estimate),
        probability=Known(figures.probability(found.below, at_most=at_most)),
        did=Known(did),
        seen=Known(say.SEEN_SHARE(size=figures.one_place((numbers[2] - numbers[1]) / 2))),
        would_change=(say.CHANGE_BY_MONTHS(),) if satisfied is None else (),
    )
