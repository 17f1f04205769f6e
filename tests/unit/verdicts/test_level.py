"""Level tests: the whole interval decides, and nothing else does."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from veedor.kernel.known import Known, Unknown
from veedor.testing import build
from veedor.verdicts.verdict import Outcome

RATE = build.indicator("homicide_rate", unit="per 100000 people per year", scale=100000, annual=True)
TEST = "{level: homicide_rate, at_most: 18 per 100000 people per year, by: month 24}"
AFTER = date(2022, 3, 1)


def monthly(mean: float, months: int = 60, seed: int = 7) -> list[float]:
    return [float(x) for x in np.random.default_rng(seed).poisson(mean, months)]


def one(amounts: list[float], *, as_of: date = AFTER, test: str = TEST, **changes: str):
    series = build.series(amounts, date(2017, 1, 1), RATE, base=1_000_000.0)
    return build.judged(build.accord(build.commitment(test, **changes)), {"homicide_rate": series}, as_of=as_of).verdicts[0]


@pytest.mark.parametrize(("mean", "outcome"), [(5.0, Outcome.MET), (60.0, Outcome.MISSED)])
def test_far_from_the_limit_is_decided(mean: float, outcome: Outcome) -> None:
    verdict = one(monthly(mean))
    assert verdict.outcome is outcome
    assert isinstance(verdict.estimate, Known)
    assert verdict.estimate.value.low < verdict.estimate.value.value < verdict.estimate.value.high
    assert verdict.estimate.value.denominator == 12_000_000


def test_the_value_is_the_sum_of_the_window_over_its_exposure() -> None:
    amounts = monthly(5.0)
    verdict = one(amounts)
    window = amounts[48:60]
    assert isinstance(verdict.estimate, Known)
    assert float(verdict.estimate.value.value) == pytest.approx(sum(window) / 1_000_000 * 100_000, rel=1e-5)
    assert verdict.estimate.value.count == sum(window)


def test_at_the_limit_it_cannot_be_told() -> None:
    verdict = one(monthly(15.0))
    assert verdict.outcome is Outcome.UNDETERMINED
    assert verdict.reasons[0].code == "ver.interval-crosses"


def test_before_its_date_it_is_not_due_and_shows_what_is_known_so_far() -> None:
    verdict = one(monthly(60.0), as_of=date(2021, 7, 1))
    assert verdict.outcome is Outcome.NOT_DUE
    assert [r.code for r in verdict.reasons] == ["ver.not-yet", "ver.so-far"]


def test_a_window_with_a_month_missing_never_decides() -> None:
    verdict = one(monthly(60.0, months=59))
    assert verdict.outcome is Outcome.UNDETERMINED
    assert verdict.reasons[0].code == "ver.window-incomplete"
    assert dict(verdict.reasons[0].values)["have"] == 11


def test_figures_that_end_before_the_window_are_named() -> None:
    verdict = one(monthly(60.0, months=40))
    assert verdict.outcome is Outcome.UNDETERMINED
    assert verdict.reasons[0].code == "ver.no-figure-after"
    assert isinstance(verdict.estimate, Unknown)


def test_too_short_a_history_has_no_noise_to_judge_by() -> None:
    series = build.series(monthly(60.0, months=24), date(2020, 1, 1), RATE, base=1_000_000.0)
    verdict = build.judged(build.accord(build.commitment(TEST)), {"homicide_rate": series}, as_of=AFTER).verdicts[0]
    assert verdict.reasons[0].code == "ver.noise-unknown"


def test_a_result_on_figures_of_the_party_itself_is_labelled_one_sided() -> None:
    verdict = one(monthly(5.0))
    assert [f.name for f in verdict.flags] == ["one-sided"]


def test_the_same_figures_never_decide_a_duty_of_conduct() -> None:
    verdict = one(monthly(5.0), kind="conduct")
    assert verdict.outcome is Outcome.UNDETERMINED
    assert verdict.reasons[0].code == "ver.only-own"


def test_a_series_that_the_party_controls_in_part_never_decides_its_conduct() -> None:
    series = build.with_controllers(build.series(monthly(5.0), date(2017, 1, 1), RATE, base=1_000_000.0), "MX", "ucdp")
    verdict = build.judged(build.accord(build.commitment(TEST, kind="conduct")), {"homicide_rate": series}, as_of=AFTER).verdicts[0]
    assert verdict.reasons[0].code == "ver.partly-own"


def test_conduct_is_decided_on_figures_that_neither_side_controls() -> None:
    series = build.with_controllers(build.series(monthly(5.0), date(2017, 1, 1), RATE, base=1_000_000.0), "ucdp")
    verdict = build.judged(build.accord(build.commitment(TEST, kind="conduct")), {"homicide_rate": series}, as_of=AFTER).verdicts[0]
    assert verdict.outcome is Outcome.KEPT


def test_the_counterparts_figures_alone_never_break_a_duty_of_conduct() -> None:
    series = build.with_controllers(build.series(monthly(60.0), date(2017, 1, 1), RATE, base=1_000_000.0), "US")
    verdict = build.judged(build.accord(build.commitment(TEST, kind="conduct")), {"homicide_rate": series}, as_of=AFTER).verdicts[0]
    assert verdict.reasons[0].code == "ver.only-counterpart"


def test_evidence_graded_below_what_the_accord_asks_for_does_not_decide() -> None:
    verdict = one(monthly(60.0), needs="{grade: A1}")
    assert verdict.outcome is Outcome.UNDETERMINED
    assert verdict.reasons[0].code == "ver.grade-too-low"


def test_too_few_independent_controllers_do_not_decide() -> None:
    verdict = one(monthly(60.0), needs="{independent_sources: 2}")
    assert verdict.reasons[0].code == "ver.one-series"


def test_two_controllers_of_one_series_are_not_two_sources() -> None:
    series = build.with_controllers(build.series(monthly(60.0), date(2017, 1, 1), RATE, base=1_000_000.0), "MX", "ucdp")
    agreed = build.accord(build.commitment(TEST, needs="{independent_sources: 2}"))
    assert build.judged(agreed, {"homicide_rate": series}, as_of=AFTER).verdicts[0].reasons[0].code == "ver.one-series"


def test_a_missed_result_says_that_it_is_no_breach_and_names_the_duties_meant_to_bring_it() -> None:
    duty = build.commitment("{milestone: done-it, by: month 3}", kind="conduct", serves="[it]").replace("  it:", "  duty:", 1)
    series = build.series(monthly(60.0), date(2017, 1, 1), RATE, base=1_000_000.0)
    verdict = build.judged(build.accord(build.commitment(TEST) + duty), {"homicide_rate": series}, as_of=AFTER).verdicts[0]
    assert verdict.outcome is Outcome.MISSED
    assert verdict.reasons[-1].code == "ver.missed-is-no-breach"
    assert verdict.served_by == ("duty",)


def test_a_unit_that_is_not_the_indicators_is_refused_not_converted() -> None:
    verdict = one(monthly(60.0), test="{level: homicide_rate, at_most: 18 murders, by: month 24}")
    assert verdict.reasons[0].code == "ver.unit-mismatch"


@pytest.mark.parametrize(("month", "outcome"), [(20, Outcome.MISSED), (21, Outcome.MET)])
def test_an_administrative_total_is_that_of_the_last_whole_fiscal_year(month: int, outcome: Outcome) -> None:
    aid = build.indicator("aid", model="total", rhythm="fiscal-year", unit="USD")
    series = build.series([1.5e9, 1.8e9, 2.1e9], date(2018, 10, 1), aid, controllers=("world-bank",))
    agreed = build.accord(build.commitment(f"{{level: aid, at_least: 2 billion USD, by: month {month}}}"))
    verdict = build.judged(agreed, {"aid": series}, as_of=AFTER).verdicts[0]
    assert verdict.outcome is outcome
    assert isinstance(verdict.estimate, Known)
    assert verdict.estimate.value.low == verdict.estimate.value.value == verdict.estimate.value.high
