"""What level, change and share judges have in common: the series, the due date, the numbers as people read them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from veedor.accord.tests import ChangeTest, LevelTest, ShareTest
from veedor.indicators.series import Series
from veedor.inference.interval import Interval, tidy
from veedor.kernel import quantity
from veedor.kernel.known import Unknown
from veedor.kernel.language import Sentence, word
from veedor.kernel.months import Period, add_months
from veedor.kernel.quantity import Quantity
from veedor.verdicts import sentences as say
from veedor.verdicts import windows
from veedor.verdicts.finding import Finding, cannot_tell, unanswered
from veedor.verdicts.inputs import Case

Numbers = tuple[Decimal, Decimal, Decimal]
NONE_YET = Unknown(say.WORKED_TOO_SHORT())


class Timed(NamedTuple):
    """The day a test is due, and the last day its window takes in."""

    due: date
    until: date


def timing(case: Case, test: LevelTest | ChangeTest | ShareTest, series: Series) -> Timed:
    """When the test is due, and up to when its window reaches: the deadline, or the last held period of a standing duty."""
    due = due_date(case, test)
    if test.by is not None and due <= case.as_of:
        return Timed(due, due)
    return Timed(due, windows.last_whole_day(series, case.as_of))


def due_date(case: Case, test: LevelTest | ChangeTest | ShareTest) -> date:
    """The deadline, or the end of a standing duty's first whole window."""
    return test.by.on(case.starts) if test.by is not None else add_months(case.duty.starts, test.over)


def series_of(case: Case, name: str, place: str, base: Finding) -> Series | Finding:
    """The series, or the finding that there is none and which record would be needed."""
    indicator = case.inputs.indicators[name]
    found = case.inputs.series[name, place or indicator.place]
    if isinstance(found, Unknown):
        base = replace(base, controls_cause=found.controlled_by)
        return cannot_tell(base, found.reason, would_change=(say.CHANGE_BY_NEED(needs=indicator.needs),))
    return found.value


def resting_on(base: Finding, case: Case, series: Series, *periods: Period) -> Finding:
    """The finding with what it rests on, what was left out, and who controls the figures."""
    rests = tuple(dict.fromkeys(support for period in periods for support in windows.supports(series, period)))
    return replace(
        base,
        supports=rests,
        left_out=series.left_out,
        controls_cause=tuple(sorted(series.controllers)),
        evidence_periods=windows.after_start(series, case.starts),
        one_source=True,
    )


def opening(case: Case, test: LevelTest | ChangeTest | ShareTest, bound: Sentence) -> Finding:
    """The empty finding of a test on figures."""
    return unanswered(due_date(case, test), bound, worked=NONE_YET)


def side(numbers: Numbers, bound: Decimal, *, at_most: bool) -> bool | None:
    """Whether the whole interval is on the asked side of the bound; None when it crosses."""
    _, low, high = numbers
    if at_most:
        return True if high <= bound else False if low > bound else None
    return True if low >= bound else False if high < bound else None


def rounded(interval: Interval, factor: float = 1.0) -> Numbers:
    """Value, low and high at the house's rounding, in order."""
    value, low, high = (tidy(x * factor) for x in interval)
    return value, min(low, value), max(high, value)


def exactly(total: Decimal) -> Numbers:
    """An administrative total as its own interval, at the ten digits of rule 6."""
    value = quantity.rounded(total)
    return value, value, value


def probability(below: float, *, at_most: bool) -> Decimal:
    """The chance that what is asked is so, to four decimals."""
    return tidy(below if at_most else 1 - below).quantize(Decimal("0.0001"))


def one_place(number: Decimal) -> Decimal:
    """A percentage as people quote it, to one decimal."""
    return number.quantize(Decimal("0.1"))


def unit_problem(series: Series, bound: Quantity) -> Sentence | None:
    """The sentence when the accord's unit is not the indicator's and no exact factor connects them."""
    try:
        bound.to(series.indicator.unit)
    except ValueError:
        return say.UNIT_MISMATCH(asked=word(bound.unit), found=word(series.indicator.unit))
    return None
