"""How much a series of counts or amounts moves by itself, month by month, once season and slow trend are taken out."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

SEASON = 12
SHORTEST = 36
"""Months below which season, trend and noise cannot be told apart: a 2x12 moving average loses twelve, the season takes eleven."""


class Noise(NamedTuple):
    """Overdispersion against Poisson (1 is Poisson), relative variance of a month, and what serial dependence adds.

    `inflation` multiplies the variance of a sum over many months; `freedom` is the residual degrees of freedom.
    """

    dispersion: float
    relative_variance: float
    inflation: float
    freedom: float


def monthly_noise(amounts: NDArray[np.float64], exposures: NDArray[np.float64] | None = None) -> Noise | None:
    """The noise of a monthly series, or None when it is shorter than `SHORTEST` months or never positive.

    Trend: centred 2x12 moving average (Cleveland et al. 1990, section 2, first pass of a seasonal decomposition). Season: mean
    ratio to trend by calendar month. Dispersion: Pearson chi-square of the residuals over their degrees of freedom
    (McCullagh and Nelder 1989, equation 4.23). Inflation: (1 + r) / (1 - r) with r the lag-one autocorrelation of the
    residuals (Bartlett 1946), never below one.

    Args:
        amounts: non-negative, one a month, oldest first.
        exposures: population or similar, same length; ones when absent.

    Assumes a season that does not change and a trend that is smooth over a year. Not for yearly series, nor for a series
    with a break inside: a break counts as noise and widens every interval, which errs towards "cannot be told".
    """
    length = amounts.size
    if length < SHORTEST or not np.all(amounts >= 0) or amounts.sum() <= 0:
        return None
    rates = amounts if exposures is None else amounts / exposures * exposures.mean()
    weights = np.r_[0.5, np.ones(SEASON - 1), 0.5] / SEASON
    trend = np.convolve(rates, weights, mode="valid")
    inner = rates[SEASON // 2 : length - SEASON // 2]
    months = (np.arange(inner.size) + SEASON // 2) % SEASON
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.where(trend > 0, inner / trend, 1.0)
    season = np.array([ratios[months == m].mean() for m in range(SEASON)])
    expected = trend * (season / season.mean())[months]
    usable = expected > 0
    freedom = max(usable.sum() * (SEASON - 1) / SEASON - (SEASON - 1), 1.0)
    residuals = (inner - expected)[usable] / np.sqrt(expected[usable])
    relative = (inner - expected)[usable] / expected[usable]
    return Noise(
        dispersion=max(1.0, float(residuals @ residuals) / freedom),
        relative_variance=float(relative @ relative) / freedom,
        inflation=_inflation(residuals),
        freedom=float(freedom),
    )


def _inflation(residuals: NDArray[np.float64]) -> float:
    power = float(residuals @ residuals)
    if power == 0:
        return 1.0
    r = min(float(residuals[1:] @ residuals[:-1]) / power, 0.9)
    return max(1.0, (1 + r) / (1 - r))
