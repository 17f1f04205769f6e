"""Change: has a figure fallen or risen by at least a share against its baseline, and more than it did before the accord?"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from veedor.accord.tests import ChangeTest
from veedor.indicators.series import Series
from veedor.indicators.units import RHYTHMS
from veedor.inference import intervals, noise, placebo, power
from veedor.inference.interval import tidy
from veedor.inference.intervals import Bounded
from veedor.kernel.known import Known, Maybe, Unknown
from veedor.kernel.language import Sentence, Text, word
from veedor.kernel.months import Period, months_between
from veedor.verdicts import sentences as say
from veedor.verdicts import windows
from veedor.verdicts.finding import Finding, cannot_tell
from veedor.verdicts.inputs import Case
from veedor.verdicts.judges import figures
from veedor.verdicts.verdict import Estimate
from veedor.verdicts.windows import Window

KIND = "change"
IN_BASELINE = Text(en="in the baseline", es="en la línea base")


class _Compared(NamedTuple):
    bounded: Bounded
    log_variance: float
    freedom: float


def judge(case: Case, test: ChangeTest) -> Finding:
    """The finding of a change test; whether the accord caused it is answered apart, from placebo start dates."""
    falls = test.fall is not None
    base = figures.opening(case, test, (say.ASKS_FALL if falls else say.ASKS_RISE)(size=test.size))
    series = figures.series_of(case, test.change, test.place, base)
    if isinstance(series, Finding):
        return series
    later = windows.ending(series, figures.timing(case, test, series).until, test.over, None)
    earlier = windows.baseline(series, test.against.on(case.starts))
    base = figures.resting_on(base, case, series, earlier.period, later.period)
    problems = (*later.problems, *earlier.problems)
    if not later.points or not earlier.points:
        need = say.CHANGE_BY_FIGURES(indicator=test.change, period=str((earlier if later.points else later).period))
        return cannot_tell(base, *problems, would_change=(need,))
    asked = 1 - float(test.size.value) / 100 if falls else 1 + float(test.size.value) / 100
    compared = _compare(series, later, earlier, asked)
    if isinstance(compared, Sentence):
        return cannot_tell(base, compared, *problems)
    answered = _answer(base, (later, earlier), compared, asked, exact=series.indicator.model == "total")
    return replace(answered, worked=_worked(case, series, (later, earlier), float(compared.bounded.interval.value)))


def _compare(series: Series, later: Window, earlier: Window, asked: float) -> _Compared | Sentence:
    now, then = windows.totals(series.indicator, later.points), windows.totals(series.indicator, earlier.points)
    unknown = say.NOISE_UNKNOWN(points=len(series.points), needed=noise.SHORTEST)
    if now[0] <= 0 or then[0] <= 0:
        return unknown
    if series.indicator.model == "total":
        return _Compared(intervals.exact((now[0] / now[1]) / (then[0] / then[1]), asked), 0.0, 1.0)
    if series.indicator.rhythm != "month":
        return say.NOT_MONTHLY(rhythm=word(RHYTHMS[series.indicator.rhythm]))
    past = windows.noise_history(series, later.points[-1].period.ends)
    own = noise.monthly_noise(windows.amounts(past), windows.exposures(past))
    if own is None:
        return unknown
    if series.indicator.model == "count":
        variance = own.dispersion * own.inflation * (1 / now[0] + 1 / then[0])
    else:
        variance = own.relative_variance * own.inflation * (1 / len(later.points) + 1 / len(earlier.points))
    return _Compared(intervals.ratio(now, then, variance, own.freedom, asked), variance, own.freedom)


def _answer(base: Finding, both: tuple[Window, Window], compared: _Compared, asked: float, *, exact: bool) -> Finding:
    later, earlier = both
    at_most = asked <= 1
    numbers = figures.rounded(compared.bounded.interval)
    satisfied = figures.side(numbers, tidy(asked), at_most=at_most)
    value, low, high = (100 * (x - 1) for x in numbers)
    problems = (*later.problems, *earlier.problems)
    estimate = _estimate(later, earlier, (value, low, high))
    did = say.CHANGE_DID(baseline=str(earlier.period), period=str(estimate.period), value=value, low=low, high=high, bound=base.bound)
    reasons = problems
    if satisfied is None:
        reasons = (*problems, say.INTERVAL_CROSSES(low=low, high=high, bound=tidy(100 * (asked - 1))))
    elif not problems:
        reasons = (did,)
    return replace(
        base,
        satisfied=None if problems else satisfied,
        reasons=reasons,
        estimate=Known(estimate),
        probability=Unknown(say.SEEN_EXACT()) if exact else Known(figures.probability(compared.bounded.below, at_most=at_most)),
        did=Known(did),
        seen=Known(_seen(compared, exact=exact)),
        would_change=(say.CHANGE_BY_MONTHS(),) if satisfied is None else (),
    )


def _estimate(later: Window, earlier: Window, percent: figures.Numbers) -> Estimate:
    return Estimate(
        value=percent[0],
        low=percent[1],
        high=percent[2],
        unit="%",
        period=Period(later.points[0].period.starts, later.points[-1].period.ends),
        count=sum((p.amount for p in later.points), start=Decimal(0)),
        denominator=sum((p.amount for p in earlier.points), start=Decimal(0)),
        denominator_words=IN_BASELINE,
        points=len(later.points),
        of_points=later.wanted,
    )


def _worked(case: Case, series: Series, both: tuple[Window, Window], observed: float) -> Maybe[Sentence]:
    later, earlier = both
    before = windows.history(series, case.starts)
    if series.indicator.rhythm != "month" or not before:
        return figures.NONE_YET
    bases = windows.exposures(before)
    rates = windows.amounts(before) / (1.0 if bases is None else bases)
    gap = max(0, months_between(earlier.period.ends, later.period.starts))
    found = placebo.in_time(rates, len(earlier.points), gap, len(later.points), observed)
    if found is None:
        return figures.NONE_YET
    usual, extreme = tidy(100 * (found.usual - 1)), tidy(100 * found.as_extreme)
    return Known(say.PLACEBO(starts=found.starts, usual=figures.one_place(usual), share=figures.one_place(extreme)))


def _seen(compared: _Compared, *, exact: bool) -> Sentence:
    if exact:
        return say.SEEN_EXACT()
    return say.SEEN_CHANGE(size=figures.one_place(tidy(100 * power.detectable(compared.log_variance, compared.freedom))))
