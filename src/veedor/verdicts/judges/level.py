"""Level: is a figure, over the window that ends at the deadline, at most or at least a number?"""

from __future__ import annotations

from dataclasses import replace

from veedor.accord.tests import LevelTest
from veedor.indicators.series import Series
from veedor.indicators.units import RHYTHMS
from veedor.inference import intervals, noise
from veedor.inference.interval import tidy
from veedor.inference.intervals import Bounded
from veedor.kernel.known import Known, Maybe, Unknown
from veedor.kernel.language import Sentence, word
from veedor.kernel.quantity import Quantity
from veedor.verdicts import sentences as say
from veedor.verdicts import windows
from veedor.verdicts.finding import Finding, cannot_tell
from veedor.verdicts.inputs import Case
from veedor.verdicts.judges import figures
from veedor.verdicts.judges.figures import Numbers

KIND = "level"


def judge(case: Case, test: LevelTest) -> Finding:
    """The finding of a level test: satisfied only when the whole interval is on the asked side of the limit."""
    at_most = test.at_most is not None
    asked = say.ASKS_AT_MOST if at_most else say.ASKS_AT_LEAST
    base = figures.opening(case, test, asked(limit=test.bound))
    series = figures.series_of(case, test.level, test.place, base)
    if isinstance(series, Finding):
        return series
    mismatch = figures.unit_problem(series, test.bound)
    if mismatch is not None:
        return cannot_tell(base, mismatch)
    until = figures.timing(case, test, series).until
    window = windows.ending(series, until, test.over, case.duty.starts if test.by is None else None)
    base = figures.resting_on(base, case, series, window.period)
    if not window.points:
        need = say.CHANGE_BY_FIGURES(indicator=test.level, period=str(window.period))
        return cannot_tell(base, *window.problems, would_change=(need,))
    limit = test.bound.to(series.indicator.unit)
    found = bounded(series, window, limit)
    if isinstance(found, Sentence):
        return cannot_tell(base, found, *window.problems)
    return _answer(base, series, window, limit, found, at_most=at_most)


def bounded(series: Series, window: windows.Window, limit: Quantity) -> Bounded | Sentence:
    """The interval of the window's value by the indicator's own model, or the reason why there is none."""
    indicator, bound = series.indicator, float(limit.value)
    amount, exposure = windows.totals(indicator, window.points)
    if indicator.model == "total":
        return intervals.exact(amount / exposure, bound)
    if indicator.model == "index":
        last = window.points[-1]
        if last.low is None or last.high is None:
            return say.NO_INTERVAL()
        return intervals.normal(float(last.amount), float(last.low), float(last.high), bound)
    if indicator.rhythm != "month":
        return say.NOT_MONTHLY(rhythm=word(RHYTHMS[indicator.rhythm]))
    past = windows.noise_history(series, window.points[-1].period.ends)
    own = noise.monthly_noise(windows.amounts(past), windows.exposures(past))
    if own is None:
        return say.NOISE_UNKNOWN(points=len(past), needed=noise.SHORTEST)
    if indicator.model == "count":
        return intervals.rate(amount, exposure, own, bound)
    if amount <= 0:
        return say.NOISE_UNKNOWN(points=len(past), needed=noise.SHORTEST)
    return intervals.amount(amount / exposure * len(window.points), len(window.points), own, bound)


def _answer(base: Finding, series: Series, window: windows.Window, limit: Quantity, found: Bounded, *, at_most: bool) -> Finding:
    exact = series.indicator.model == "total"
    numbers = figures.exactly(windows.total(series.indicator, window.points)) if exact else figures.rounded(found.interval)
    satisfied = figures.side(numbers, limit.value, at_most=at_most)
    estimate = windows.estimate(window, numbers, limit.unit, series.indicator.denominator)
    value = Quantity(numbers[0], limit.unit)
    did = (
        say.TOTAL_DID(period=str(estimate.period), value=value, bound=base.bound)
        if exact
        else say.LEVEL_DID(period=str(estimate.period), value=value, low=numbers[1], high=numbers[2], bound=base.bound)
    )
    reasons: tuple[Sentence, ...] = window.problems
    change: tuple[Sentence, ...] = ()
    if satisfied is None:
        reasons = (*reasons, say.INTERVAL_CROSSES(low=numbers[1], high=numbers[2], bound=limit))
        change = (say.CHANGE_BY_MONTHS(),)
    elif not window.problems:
        reasons = (did,)
        amount, exposure = windows.totals(series.indicator, window.points)
        change = (say.CHANGE_BY_COUNT(more=abs(tidy(amount - float(limit.value) * exposure))),)
    return replace(
        base,
        satisfied=None if window.problems else satisfied,
        reasons=reasons,
        estimate=Known(estimate),
        probability=Unknown(say.SEEN_EXACT()) if exact else Known(figures.probability(found.below, at_most=at_most)),
        did=Known(did),
        seen=_seen(numbers, exact=exact),
        would_change=change,
    )


def _seen(numbers: Numbers, *, exact: bool) -> Maybe[Sentence]:
    value, low, high = numbers
    if exact or value == 0:
        return Known(say.SEEN_EXACT() if exact else say.SEEN_PUBLISHED())
    return Known(say.SEEN_LEVEL(size=figures.one_place(100 * (high - low) / 2 / abs(value))))
