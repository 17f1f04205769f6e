"""The part of a series that a test asks about: the window before the deadline, whole, or the reason why it is not."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from veedor.indicators.series import PERIODS_A_YEAR, Indicator, Point, Series
from veedor.inference.noise import SHORTEST
from veedor.kernel.language import Sentence, Template, Text
from veedor.kernel.months import Period, add_months
from veedor.verdicts import sentences as say
from veedor.verdicts.verdict import Estimate, Support

MONTHS_A_PERIOD = {"month": 1, "quarter": 3, "year": 12, "fiscal-year": 12, "rolling-year": 12, "day": 0}


class Window(NamedTuple):
    """Points of a window, how many it should have, and what is wrong with it (nothing when empty)."""

    period: Period
    points: tuple[Point, ...]
    wanted: int
    problems: tuple[Sentence, ...]


def ending(series: Series, last_day: date, months: int, since: date | None) -> Window:
    """The window of `months` that ends at `last_day`; it never reaches back before `since`.

    Yearly figures: the last period that ends by then. Rolling years: only the window that ends last, never a sum of windows.
    """
    period = Period(add_months(last_day, -months), last_day)
    step = MONTHS_A_PERIOD[series.indicator.rhythm]
    if series.indicator.rhythm in {"rolling-year", "day"}:
        inside = tuple(p for p in series.points if period.starts < p.period.ends <= period.ends)[-1:]
        return _checked(series, Window(period, inside, 1, ()), say.WINDOW_INCOMPLETE)
    wanted = max(1, months // step)
    if step == 12:
        period = _publishers_years(series, period, wanted)
    if since is not None and period.starts < since and step == 1:
        period = Period(since, last_day)
    return _checked(series, Window(period, series.within(period), wanted, ()), say.WINDOW_INCOMPLETE)


def baseline(series: Series, period: Period) -> Window:
    """The points of a baseline period, with the same completeness rule."""
    step = MONTHS_A_PERIOD[series.indicator.rhythm] or 12
    wanted = max(1, round(period.days / 30.44 / step))
    if step == 12:
        period = _publishers_years(series, period, wanted)
    return _checked(series, Window(period, series.within(period), wanted, ()), say.BASELINE_INCOMPLETE)


def _publishers_years(series: Series, period: Period, wanted: int) -> Period:
    ends = [p.period for p in series.points if p.period.ends <= period.ends]
    anchor = ends[-1].ends if ends else period.ends
    in_reach = anchor > add_months(period.ends, -12)
    last = anchor if in_reach else period.ends
    return Period(add_months(last, -12 * wanted), last)


def _checked(series: Series, window: Window, incomplete: Template) -> Window:
    problems: list[Sentence] = []
    if not window.points:
        last = series.points[-1].period if series.points else None
        spoken = str(last) if last is not None else "-"
        problems.append(say.NO_FIGURE_AFTER(indicator=series.indicator.name, period=str(window.period), last=spoken))
    elif len(window.points) < window.wanted:
        problems.append(incomplete(have=len(window.points), want=window.wanted, period=str(window.period)))
    short = [p for p in window.points if p.reported < p.expected]
    if short:
        worst = min(short, key=lambda p: p.reported)
        problems.append(say.PLACES_MISSING(reported=worst.reported, expected=worst.expected))
    return window._replace(problems=tuple(problems))


def totals(indicator: Indicator, points: tuple[Point, ...]) -> tuple[float, float]:
    """(numerator, exposure) such that numerator / exposure is the indicator's value, per year where the header says so."""
    amount = float(sum(p.amount for p in points))
    periods_a_year = PERIODS_A_YEAR[indicator.rhythm] if indicator.annual else 1
    if points and points[0].base is not None:
        return amount, float(sum(p.base for p in points if p.base is not None)) / float(indicator.scale) / periods_a_year
    return amount, len(points) / periods_a_year


def total(indicator: Indicator, points: tuple[Point, ...]) -> Decimal:
    """The value of a window as an exact decimal, for administrative totals: the sum, or its mean a year where the header says so."""
    whole = sum((p.amount for p in points), start=Decimal(0))
    bases = sum((p.base for p in points if p.base is not None), start=Decimal(0))
    value = whole / bases * indicator.scale if bases else whole / len(points)
    return value * PERIODS_A_YEAR[indicator.rhythm] if indicator.annual else value


def amounts(points: tuple[Point, ...]) -> NDArray[np.float64]:
    """Numerators as an array, oldest first."""
    return np.array([float(p.amount) for p in points])


def exposures(points: tuple[Point, ...]) -> NDArray[np.float64] | None:
    """Denominators as an array, or None when the indicator has none."""
    if not points or points[0].base is None:
        return None
    return np.array([float(p.base or 0) for p in points])


def history(series: Series, until: date) -> tuple[Point, ...]:
    """Every point up to a day, without gaps: the run of neighbours that ends last."""
    known = [p for p in series.points if p.period.ends <= until]
    run: list[Point] = []
    for point in reversed(known):
        if run and point.period.ends != run[-1].period.starts:
            break
        run.append(point)
    return tuple(reversed(run))


def noise_history(series: Series, until: date) -> tuple[Point, ...]:
    """The points that say how much a series moves by itself: those up to a day; where these are too few, its first that are enough.

    Once enough months exist the answer for a past window never changes again.
    """
    past = history(series, until)
    if len(past) >= SHORTEST or not series.points:
        return past
    run = history(series, series.points[-1].period.ends)
    return run[:SHORTEST] if past and run[0] == past[0] else past


def supports(series: Series, period: Period) -> tuple[Support, ...]:
    """What of the held snapshots the period rests on; every feeding snapshot when none is dated inside it."""
    touching = tuple(use for use in series.uses if use.window.overlaps(period)) or series.uses
    return tuple(
        Support(
            snapshot=u.snapshot,
            source=u.source,
            controller=u.controller,
            grade=u.grade,
            known_from=u.known_from,
            used=str(u.window),
        )
        for u in touching
    )


def after_start(series: Series, starts: date) -> int:
    """How many periods of evidence begin on or after the accord's start."""
    return sum(1 for p in series.points if p.period.starts >= starts)


def last_whole_day(series: Series, as_of: date) -> date:
    """The end of the last period held that had passed by the day of judging."""
    past = [p.period.ends for p in series.points if p.period.ends <= as_of]
    return past[-1] if past else as_of


def estimate(window: Window, numbers: tuple[Decimal, Decimal, Decimal], unit: str, denominator: Text) -> Estimate:
    """An estimate over a window from value, low and high already rounded; numerator and denominator are summed exactly."""
    bases = [p.base for p in window.points if p.base is not None]
    return Estimate(
        value=numbers[0],
        low=numbers[1],
        high=numbers[2],
        unit=unit,
        period=Period(window.points[0].period.starts, window.points[-1].period.ends),
        count=sum((p.amount for p in window.points), start=Decimal(0)),
        denominator=sum(bases, start=Decimal(0)) if bases else None,
        denominator_words=denominator,
        points=len(window.points),
        of_points=window.wanted,
    )


def day_before(day: date) -> date:
    """The last day that counts when a moment has passed on `day`."""
    return day - timedelta(days=1)
