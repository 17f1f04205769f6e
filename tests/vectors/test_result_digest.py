"""A result digest that every supported Python and library version must give again: it was made once and is never changed.

A change here means that old judgements can no longer be recomputed: that takes a new method version, not a new constant.
"""

from __future__ import annotations

from datetime import date

from veedor.testing import build

RESULT = "28fab3ceab464a62b13dec67b6350bbb61e8a6fe095aa36930df6c5fde1ddbd1"
RATE = build.indicator("homicide_rate", unit="per 100000 people per year", scale=100000, annual=True)
WEIGHT = build.indicator("weight", model="amount", unit="lb")
SHARE = build.indicator("part", model="share", unit="%", scale=100)


def made():
    """Seventy-two made-up months with a season, through every kind of test."""
    counts = [float(200 + (i * 37) % 41 + 15 * (i % 12 < 4) - i) for i in range(72)]
    weights = [float(500 + (i * 53) % 97) + 0.25 for i in range(72)]
    commitments = "".join(
        build.commitment(test, kind=kind, owed_by=owed).replace("  it:", f"  {name}:", 1)
        for name, kind, owed, test in (
            ("level", "result", "{each: [MX]}", "{level: homicide_rate, at_most: 190 per 100000 people per year, by: month 24}"),
            ("change", "result", "{each: [MX]}", "{change: homicide_rate, fall: 10 %, by: month 24}"),
            ("amount", "result", "{each: [US]}", "{level: weight, at_least: 500 lb, by: month 24}"),
            ("share", "result", "{each: [MX]}", "{share: part, at_most: 25 %, by: month 24}"),
            ("milestone", "conduct", "{joint: [US, MX]}", "{milestone: office-opened, by: month 6}"),
            ("cadence", "conduct", "{joint: [US, MX]}", "{cadence: group-meeting, every: quarter, grace: 5 days}"),
            ("absence", "conduct", "{each: [US]}", "{absence: raid-without-consent}"),
            ("coded", "conduct", "{each: [MX]}", "{coded: intermediate, coders: 2, by: month 6}"),
        )
    )
    series = {
        "homicide_rate": build.series(counts, date(2016, 1, 1), RATE, base=1_250_000.0),
        "weight": build.series(weights, date(2016, 1, 1), WEIGHT),
        "part": build.series([float(40 + i % 7) for i in range(72)], date(2016, 1, 1), SHARE, base=200.0),
    }
    acts = [build.act(who, "opened", "office-opened", date(2020, 5, 4)) for who in ("US", "MX")]
    acts += [build.act(who, "met", "group-meeting", date(2020 + q // 4, 3 * (q % 4) + 2, 9)) for q in range(8) for who in ("US", "MX")]
    codings = [build.coding(f"coder-{i}", 2 + i, date(2020, 7, 1), name="coded", controller=f"institute-{i}") for i in range(2)]
    return build.judged(build.accord(commitments), series, as_of=date(2022, 3, 1), acts=acts, codings=codings)


def test_the_result_digest_is_the_one_it_always_was() -> None:
    found = made()
    assert {v.commitment: v.outcome.value for v in found.verdicts} == {
        "level": "MET",
        "change": "UNDETERMINED",
        "amount": "MET",
        "share": "MET",
        "milestone": "KEPT",
        "cadence": "KEPT",
        "absence": "UNDETERMINED",
        "coded": "KEPT",
    }
    assert found.result_digest == RESULT
