"""Cadence: was a named thing done in every period?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from veedor.accord.tests import CadenceTest
from veedor.kernel.known import Known
from veedor.kernel.months import Period, add_months
from veedor.verdicts import sentences as say
from veedor.verdicts.finding import Finding, cannot_tell, unanswered
from veedor.verdicts.inputs import ActRow, Case
from veedor.verdicts.judges import records
from veedor.verdicts.verdict import Flag

KIND = "cadence"
STEP = {"month": 1, "quarter": 3, "half-year": 6, "year": 12}


class _Counted(NamedTuple):
    late: int
    missed: int
    silent: int
    worst: int  # days of the latest


def judge(case: Case, test: CadenceTest) -> Finding:
    """Kept when every past period has its acts on record; broken when a record says that a period was missed.

    A period with no record either way is silent, which is not missed. Severity: isolated for one missed period, else repeated.
    """
    step = STEP[test.every]
    due = add_months(case.duty.starts, step) + timedelta(days=test.grace)
    acts = records.labelled(case, test.cadence)
    periods = _past(case.duty.starts, min(case.as_of, case.duty.ends), step, test.grace)
    silence = say.NOTHING_RECORDED(label=test.cadence)
    need = (say.CHANGE_BY_RECORD(label=test.cadence),)
    base = replace(
        unanswered(due, say.ASKS_EVERY[test.every](label=test.cadence, count=test.at_least)),
        seen=Known(say.SEEN_ACTS(records=len(acts))),
        contributions=records.contributions(case, acts, silence),
        evidence_periods=len({p for p in periods for a in acts if p.contains(a.on)}),
        controls_cause=case.parties,
    )
    if not acts or not periods:
        return cannot_tell(base, silence, would_change=need)
    counted = _count(acts, periods, test)
    since = case.duty.starts
    if counted.missed:
        said = say.MISSED_PERIODS(missed=counted.missed, periods=len(periods), since=since)
        weighed = replace(base, severity="isolated" if counted.missed == 1 else "repeated")
        return records.proved(weighed, acts, said, satisfied=False)
    if counted.silent:
        quiet = say.PERIODS_SILENT(silent=counted.silent, periods=len(periods), since=since)
        return cannot_tell(replace(base, supports=records.supports(acts)), quiet, would_change=need)
    flags = (Flag("late", say.FLAG_LATE(days=counted.worst)),) if counted.late else ()
    return records.proved(replace(base, flags=flags), acts, say.EVERY_PERIOD(periods=len(periods), since=since), satisfied=True)


def _past(starts: date, until: date, step: int, grace: int) -> tuple[Period, ...]:
    found = []
    first = starts
    while add_months(first, step) + timedelta(days=grace) <= until:
        found.append(Period(first, add_months(first, step)))
        first = add_months(starts, step * len(found))
    return tuple(found)


def _count(acts: tuple[ActRow, ...], periods: tuple[Period, ...], test: CadenceTest) -> _Counted:
    """Each period in turn takes the earliest days not yet taken, its own first and then the days of grace; no day serves twice.

    A period that somebody records as missed takes no days of grace: the next meeting belongs to the next period.
    """
    late = missed = silent = worst = 0
    days = sorted({a.on for a in acts if a.action in records.COMPLETING})
    for period in periods:
        denied = any(period.contains(a.on) and a.action in records.DENYING for a in acts)
        reach = period.ends + timedelta(days=0 if denied else test.grace)
        taken = [d for d in days if period.starts <= d < reach][: test.at_least]
        if len(taken) == test.at_least:
            days = [d for d in days if d not in taken]
            delay = (taken[-1] - period.ends).days + 1
            late, worst = late + (delay > 0), max(worst, delay)
        elif denied:
            missed += 1
        else:
            silent += 1
    return _Counted(late, missed, silent, worst)
