"""Change and share tests."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from veedor.kernel.known import Known, Unknown
from veedor.testing import build
from veedor.verdicts.verdict import Outcome

FIGURE = build.indicator("figure")
WEIGHT = build.indicator("weight", model="amount", unit="lb")
AFTER = date(2022, 3, 1)
START = date(2015, 1, 1)


def stepped(before: float, after: float, seed: int = 3) -> list[float]:
    rng = np.random.default_rng(seed)
    return [float(x) for x in np.r_[rng.poisson(before, 60), rng.poisson(after, 24)]]


def one(amounts: list[float], test: str, of=FIGURE, **changes: str):
    series = build.series(amounts, START, of)
    return build.judged(build.accord(build.commitment(test, **changes)), {of.name: series}, as_of=AFTER).verdicts[0]


FALL = "{change: figure, fall: 20 %, by: month 24}"


@pytest.mark.parametrize(("after", "outcome"), [(200.0, Outcome.MET), (400.0, Outcome.MISSED), (320.0, Outcome.UNDETERMINED)])
def test_a_fall_is_met_missed_or_not_told_by_its_whole_interval(after: float, outcome: Outcome) -> None:
    assert one(stepped(400.0, after), FALL).outcome is outcome


def test_a_fall_is_told_apart_from_what_the_series_did_anyway() -> None:
    verdict = one(stepped(400.0, 200.0), FALL)
    assert isinstance(verdict.worked, Known)
    said = dict(verdict.worked.value.values)
    assert said["starts"] == 25  # 60 months before the start, less 12 of baseline, 12 of gap and 12 of window, and one
    assert float(said["share"]) == pytest.approx(100 / 26, abs=0.06)


def test_without_enough_earlier_months_whether_it_worked_stays_unknown() -> None:
    series = build.series(stepped(400.0, 200.0)[24:], date(2017, 1, 1), FIGURE)
    verdict = build.judged(build.accord(build.commitment(FALL)), {"figure": series}, as_of=AFTER).verdicts[0]
    assert isinstance(verdict.worked, Unknown)


def test_a_rise_of_weights_uses_their_own_spread() -> None:
    rng = np.random.default_rng(5)
    amounts = [float(x) for x in np.r_[rng.lognormal(6, 0.3, 60), rng.lognormal(7.5, 0.3, 24)]]
    assert one(amounts, "{change: weight, rise: 50 %, by: month 24}", WEIGHT).outcome is Outcome.MET


def test_the_baseline_may_be_a_fixed_period_and_must_be_whole() -> None:
    verdict = one(stepped(400.0, 200.0), "{change: figure, fall: 20 %, against: 2013-01-01..2013-12-31, by: month 24}")
    assert verdict.outcome is Outcome.UNDETERMINED
    assert verdict.reasons[0].code == "ver.no-figure-after"


def test_it_says_how_small_a_fall_could_have_been_seen() -> None:
    verdict = one(stepped(400.0, 200.0), FALL)
    assert isinstance(verdict.seen, Known)
    assert 0 < float(dict(verdict.seen.value.values)["size"]) < 20


def share_series(part: float, whole: float, months: int = 60):
    of = build.indicator("part", model="share", unit="%", scale=100)
    return build.series([part] * months, date(2017, 1, 1), of, base=whole)


@pytest.mark.parametrize(("part", "outcome"), [(10, Outcome.MET), (40, Outcome.MISSED), (21, Outcome.UNDETERMINED)])
def test_a_share_is_judged_from_summed_parts_and_wholes(part: float, outcome: Outcome) -> None:
    agreed = build.accord(build.commitment("{share: part, at_most: 20 %, by: month 24}"))
    verdict = build.judged(agreed, {"part": share_series(part, 100)}, as_of=AFTER).verdicts[0]
    assert verdict.outcome is outcome
    assert isinstance(verdict.estimate, Known)
    assert verdict.estimate.value.denominator == 1200


def test_a_share_of_nothing_is_unknown_not_zero() -> None:
    agreed = build.accord(build.commitment("{share: part, at_most: 20 %, by: month 24}"))
    verdict = build.judged(agreed, {"part": share_series(0, 0)}, as_of=AFTER).verdicts[0]
    assert verdict.outcome is Outcome.UNDETERMINED
    assert isinstance(verdict.estimate, Unknown)
