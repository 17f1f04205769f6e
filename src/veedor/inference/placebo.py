"""Did it work, or would the series have moved like that anyway? Ask every earlier date at which nothing began."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

FEWEST = 20
"""Placebo starts below which a share of them says nothing at the 5 % level."""


class Placebo(NamedTuple):
    """What earlier months did over the same lag: usual change as a ratio, how often it was at least as large, out of how many."""

    usual: float
    as_extreme: float
    starts: int


def in_time(rates: NDArray[np.float64], baseline: int, gap: int, window: int, observed: float) -> Placebo | None:
    """Compare an observed ratio with the ratios at every placebo start in the months before the accord.

    Placebo-in-time distribution (Abadie, Diamond and Hainmueller 2015, section 4.3). Each placebo start takes `baseline`
    months, skips `gap` months and takes `window` months, all before the accord began. The share as extreme counts changes in
    the direction of the observed one, the observed start included (Phipson and Smyth 2010).

    `rates` are monthly values before the start, oldest first; `observed` is the ratio of window to baseline.

    Returns:
        None with fewer than `FEWEST` placebo starts. Overlapping starts are dependent: the share is an honest description
        of the past, not an exact p-value.
    """
    span = baseline + gap + window
    starts = rates.size - span + 1
    if starts < FEWEST or observed <= 0:
        return None
    sums = np.r_[0.0, np.cumsum(rates)]
    first = np.arange(starts)
    before = (sums[first + baseline] - sums[first]) / baseline
    after = (sums[first + span] - sums[first + baseline + gap]) / window
    if np.any(before <= 0) or np.any(after <= 0):
        return None
    ratios = after / before
    extreme = ratios <= observed if observed <= 1 else ratios >= observed
    return Placebo(float(np.median(ratios)), (1 + int(extreme.sum())) / (1 + starts), int(starts))
