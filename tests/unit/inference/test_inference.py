"""Numerical methods against published numbers and simulation."""

from __future__ import annotations

import math
from decimal import Decimal

import numpy as np
import pytest
from scipy import stats

from veedor.inference import agreement, intervals, noise, placebo, power
from veedor.inference.interval import tidy
from veedor.inference.noise import Noise

POISSON = Noise(1.0, 0.0, 1.0, 1e9)


@pytest.mark.parametrize(
    ("count", "low", "high"), [(0, 0.0, 3.6889), (1, 0.0253, 5.5716), (5, 1.6235, 11.6683), (10, 4.7954, 18.3904), (100, 81.3640, 121.6270)]
)
def test_rate_gives_garwoods_exact_poisson_limits(count: int, low: float, high: float) -> None:
    found = intervals.rate(count, 1.0, POISSON, 1.0).interval
    assert found.low == pytest.approx(low, abs=5e-4)
    assert found.high == pytest.approx(high, abs=5e-4)


def test_overdispersion_and_dependence_widen_a_rate() -> None:
    plain = intervals.rate(400, 12.0, POISSON, 30.0).interval
    rough = intervals.rate(400, 12.0, Noise(4.0, 0.0, 2.0, 1e9), 30.0).interval
    assert (rough.high - rough.low) / (plain.high - plain.low) == pytest.approx(math.sqrt(8), rel=0.03)


@pytest.mark.parametrize(
    ("part", "whole", "low", "high"), [(0, 10, 0.0, 0.3085), (5, 10, 0.1871, 0.8129), (10, 10, 0.6915, 1.0), (1, 100, 0.000253, 0.05446)]
)
def test_share_gives_clopper_pearson_limits(part: int, whole: int, low: float, high: float) -> None:
    found = intervals.share(part, whole, 1.0, 0.5).interval
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


def test_the_chance_of_being_below_the_bound_agrees_with_the_interval() -> None:
    found = intervals.rate(100, 1.0, POISSON, 121.627)
    assert found.below == pytest.approx(0.975, abs=0.005)
    assert intervals.share(50, 100, 1.0, 0.5).below == pytest.approx(0.5, abs=1e-9)


def test_a_published_interval_is_read_as_normal() -> None:
    found = intervals.normal(-0.658, -0.9, -0.416, -0.658)
    assert found.below == pytest.approx(0.5)
    assert intervals.exact(5.0, 5.0).below == 1.0


def test_noise_of_independent_poisson_months_is_near_one_and_of_overdispersed_ones_near_theirs() -> None:
    rng = np.random.default_rng(11)
    calm = [noise.monthly_noise(rng.poisson(200, 96).astype(float)) for _ in range(60)]
    rough = [noise.monthly_noise(rng.negative_binomial(50, 50 / 250, 96).astype(float)) for _ in range(60)]
    assert np.median([n.dispersion for n in calm if n]) == pytest.approx(1.0, abs=0.12)
    assert np.median([n.dispersion for n in rough if n]) == pytest.approx(5.0, rel=0.2)


def test_season_and_slow_trend_are_no_noise() -> None:
    months = np.arange(96)
    smooth = 400 * np.exp(0.003 * months) * (1 + 0.2 * np.sin(2 * np.pi * months / 12))
    found = noise.monthly_noise(np.round(smooth))
    assert found is not None
    assert found.dispersion < 1.05


def test_short_or_empty_series_have_no_known_noise() -> None:
    assert noise.monthly_noise(np.ones(noise.SHORTEST - 1)) is None
    assert noise.monthly_noise(np.zeros(60)) is None


def test_rate_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    rng = np.random.default_rng(5)
    hits = 0
    for _ in range(400):
        months = rng.negative_binomial(40, 40 / (40 + 300), 72).astype(float)
        own = noise.monthly_noise(months)
        assert own is not None
        found = intervals.rate(months[-12:].sum(), 12.0, own, 300.0).interval
        hits += found.low <= 300.0 <= found.high
    assert 0.92 <= hits / 400 <= 0.99


def test_ratio_is_katz_with_a_student_quantile() -> None:
    found = intervals.ratio((80.0, 1.0), (100.0, 1.0), 1 / 80 + 1 / 100, 1e9, 1.0).interval
    assert found.value == pytest.approx(0.8)
    assert found.low == pytest.approx(0.8 * math.exp(-1.959964 * math.sqrt(1 / 80 + 1 / 100)), rel=1e-6)


def test_amounts_that_double_their_spread_double_their_log_interval() -> None:
    narrow = intervals.amount(1200.0, 12, Noise(1, 0.04, 1.0, 1e9), 100.0).interval
    wide = intervals.amount(1200.0, 12, Noise(1, 0.16, 1.0, 1e9), 100.0).interval
    assert math.log(wide.high / wide.value) == pytest.approx(2 * math.log(narrow.high / narrow.value))


def test_placebo_counts_earlier_starts_that_moved_as_far() -> None:
    flat = np.full(60, 100.0)
    found = placebo.in_time(flat, 12, 0, 12, 0.8)
    assert found is not None
    assert (found.starts, found.usual) == (37, 1.0)
    assert found.as_extreme == pytest.approx(1 / 38)
    assert placebo.in_time(flat[:40], 12, 0, 12, 0.8) is None


def test_placebo_on_untouched_series_is_as_extreme_as_chance_says() -> None:
    rng = np.random.default_rng(3)
    extremes = []
    for _ in range(300):
        series = rng.poisson(100, 144).astype(float)
        observed = series[132:].mean() / series[120:132].mean()
        found = placebo.in_time(series[:120], 12, 0, 12, observed)
        assert found is not None
        extremes.append(found.as_extreme)
    assert np.mean(np.array(extremes) <= 0.05) <= 0.12  # two directions, each at most about 5 %


def test_detectable_fall_matches_the_normal_sample_size() -> None:
    size = power.detectable(1 / 100 + 1 / 100, 1e9)
    assert -math.log(1 - size) == pytest.approx((stats.norm.ppf(0.975) + stats.norm.ppf(0.8)) * math.sqrt(0.02), rel=1e-6)


def test_weighted_kappa_of_a_worked_table() -> None:
    # Two coders, grades 0-2: 20 agree on 0, 20 on 1, 20 on 2, ten pairs one apart each way; by hand 1 - 20 / (80 * 0.875) ...
    first = [0] * 20 + [1] * 20 + [2] * 20 + [0] * 10 + [2] * 10
    second = [0] * 20 + [1] * 20 + [2] * 20 + [1] * 10 + [1] * 10
    found = agreement.weighted_kappa(first, second, grades=3)
    disagreement = 20 * 0.5 / 80
    rows, columns = np.bincount(first, minlength=3) / 80, np.bincount(second, minlength=3) / 80
    chance = sum(rows[i] * columns[j] * abs(i - j) / 2 for i in range(3) for j in range(3))
    assert found is not None
    assert found.kappa == pytest.approx(1 - disagreement / chance)
    assert found.low < found.kappa < found.high


def test_kappa_is_undefined_where_nothing_varies() -> None:
    assert agreement.weighted_kappa([1], [1]) is None
    assert agreement.weighted_kappa([2, 2], [2, 2]) is None


def test_statistical_numbers_are_kept_to_six_digits() -> None:
    assert tidy(1 / 3) == Decimal("0.333333")
    assert tidy(123456789.0) == Decimal("1.23457E+8")
