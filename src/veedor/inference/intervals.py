"""Intervals for rates, amounts, shares and ratios, each with the chance of lying at or below a bound."""

from __future__ import annotations

import math
from typing import NamedTuple

from scipy import special

from veedor.inference.interval import LEVEL, Interval
from veedor.inference.noise import Noise


class Bounded(NamedTuple):
    """An interval, and the probability that the truth lies at or below the bound asked about."""

    interval: Interval
    below: float


def _widening(noise: Noise, level: float) -> float:
    """Variance factor for an estimated dispersion: squared ratio of the Student to the normal quantile."""
    tail = 0.5 + level / 2
    return float((special.stdtrit(noise.freedom, tail) / special.ndtri(tail)) ** 2)


def rate(count: float, exposure: float, noise: Noise, bound: float, level: float = LEVEL) -> Bounded:
    """Rate of events per unit of exposure with an overdispersed, serially dependent Poisson interval.

    Gamma limits (Garwood 1936) on the effective count `count / (dispersion x inflation)`, the quasi-likelihood scaling of
    McCullagh and Nelder 1989, section 6.2. Exact Poisson when dispersion and inflation are one.

    `count` is of events in the window, `exposure` in the unit of the bound's denominator, `bound` the rate asked about.
    Assumes that the window's noise is that of the series' history. Not for windows with months still growing.
    """
    scale = noise.dispersion * noise.inflation * _widening(noise, level)
    effective, tail = count / scale, (1 - level) / 2
    low = float(special.gammaincinv(effective, tail)) * scale / exposure if count > 0 else 0.0
    high = float(special.gammaincinv(effective + 1, 1 - tail)) * scale / exposure
    below = float(special.gammainc(effective + 0.5, bound * exposure / scale))  # Jeffreys prior: shape count + 1/2
    return Bounded(Interval(count / exposure, low, high), below)


def amount(total: float, months: int, noise: Noise, bound: float, level: float = LEVEL) -> Bounded:
    """Mean amount a month (weights, sums) with a log-normal interval from the series' own relative variance.

    Delta method on the logarithm of the mean: var = relative variance x inflation / months (Casella and Berger 2002, 5.5.4).
    Assumes months alike but for noise. Not for totals of zero: those are `rate`'s, or no figure at all.
    """
    mean = total / months
    spread = math.sqrt(noise.relative_variance * noise.inflation / months)
    reach = float(special.stdtrit(noise.freedom, 0.5 + level / 2)) * spread
    below = float(special.stdtr(noise.freedom, math.log(bound / mean) / spread)) if bound > 0 and spread > 0 else float(bound >= mean)
    return Bounded(Interval(mean, mean * math.exp(-reach), mean * math.exp(reach)), below)


def share(part: float, whole: float, dispersion: float, bound: float, level: float = LEVEL) -> Bounded:
    """Share of a counted whole, with Clopper-Pearson limits (1934) on the effective size `whole / dispersion`.

    Counts with 0 <= part <= whole and whole > 0; `dispersion` is the variance against binomial, at least one.
    """
    k, n, tail = part / dispersion, whole / dispersion, (1 - level) / 2
    low = 0.0 if part <= 0 else float(special.betaincinv(k, n - k + 1, tail))
    high = 1.0 if part >= whole else float(special.betaincinv(k + 1, n - k, 1 - tail))
    below = float(special.betainc(k + 0.5, n - k + 0.5, min(max(bound, 0.0), 1.0)))  # Jeffreys
    return Bounded(Interval(part / whole, low, high), below)


def share_dispersion(parts: list[float], wholes: list[float]) -> float:
    """Variance of monthly shares against binomial: Pearson chi-square over freedom, at least one; one with fewer than 12 months."""
    if len(parts) < 12 or sum(wholes) <= 0:
        return 1.0
    overall = sum(parts) / sum(wholes)
    if not 0 < overall < 1:
        return 1.0
    chi = sum((p - w * overall) ** 2 / (w * overall * (1 - overall)) for p, w in zip(parts, wholes, strict=True) if w > 0)
    return max(1.0, chi / (len(parts) - 1))


def ratio(
    later: tuple[float, float],
    earlier: tuple[float, float],
    variance: float,
    freedom: float,
    bound: float,
    level: float = LEVEL,
) -> Bounded:
    """Ratio of two rates, each given as (count or amount, exposure), from the variance of its logarithm.

    Katz log interval (Katz et al. 1978) with a Student quantile. Both totals must be positive.
    """
    value = (later[0] / later[1]) / (earlier[0] / earlier[1])
    spread = math.sqrt(variance)
    reach = float(special.stdtrit(freedom, 0.5 + level / 2)) * spread
    below = float(special.stdtr(freedom, (math.log(bound) - math.log(value)) / spread)) if bound > 0 else 0.0
    return Bounded(Interval(value, value * math.exp(-reach), value * math.exp(reach)), below)


def normal(value: float, low: float, high: float, bound: float, level: float = LEVEL) -> Bounded:
    """A published value with its published symmetric interval, read as normal."""
    spread = (high - low) / 2 / float(special.ndtri(0.5 + level / 2))
    below = float(special.ndtr((bound - value) / spread)) if spread > 0 else float(value <= bound)
    return Bounded(Interval(value, low, high), below)


def exact(value: float, bound: float) -> Bounded:
    """An administrative total: no sampling error, so the interval is the value."""
    return Bounded(Interval(value, value, value), float(value <= bound))
