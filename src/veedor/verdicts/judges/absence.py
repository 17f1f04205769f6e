"""Absence: a prohibition. One proved event breaks it; nothing seen keeps it only when a breach would have been seen."""

from __future__ import annotations

from dataclasses import replace

from veedor.accord.tests import AbsenceTest
from veedor.kernel.ids import is_indicator_name
from veedor.kernel.known import Known, Unknown
from veedor.kernel.language import Sentence
from veedor.kernel.months import Period
from veedor.verdicts import sentences as say
from veedor.verdicts.finding import Finding, cannot_tell, unanswered
from veedor.verdicts.inputs import Case
from veedor.verdicts.judges import figures, records

KIND = "absence"


def judge(case: Case, test: AbsenceTest) -> Finding:
    """Broken on one event that is on record; otherwise undetermined until inspections say how likely a breach was to be seen."""
    base = replace(
        unanswered(case.duty.starts, say.ASKS_NONE(label=test.absence)),
        seen=Unknown(say.SEEN_NO_INSPECTION()),
        controls_cause=case.parties,
    )
    if is_indicator_name(test.absence) and test.absence in case.inputs.indicators:
        return _counted(base, case, test)
    acts = records.labelled(case, test.absence)
    events = tuple(a for a in acts if a.action in records.VIOLATING and case.duty.contains(a.on))
    base = replace(base, evidence_periods=sum(a.on >= case.starts for a in acts))
    days = len({a.on for a in events})
    if not events:
        return _nothing_seen(base, case)
    said = say.EVENT_PROVED(events=days, since=case.duty.starts, actors=records.actors(events))
    return _broken(replace(base, supports=records.supports(events)), said, days)


def _counted(base: Finding, case: Case, test: AbsenceTest) -> Finding:
    series = figures.series_of(case, test.absence, test.place, base)
    if isinstance(series, Finding):
        return series
    points = tuple(p for p in series.points if p.period.starts >= case.duty.starts and p.period.ends <= case.as_of)
    events = int(sum(p.amount for p in points))
    if events <= 0:
        return _nothing_seen(base, case)
    base = figures.resting_on(base, case, series, Period(points[0].period.starts, points[-1].period.ends))
    said = say.EVENT_PROVED(events=events, since=case.duty.starts, actors=tuple(sorted(series.controllers)))
    return _broken(base, said, events)


def _broken(base: Finding, said: Sentence, events: int) -> Finding:
    return replace(base, satisfied=False, reasons=(said,), did=Known(said), severity="isolated" if events == 1 else "repeated")


def _nothing_seen(base: Finding, case: Case) -> Finding:
    return cannot_tell(base, say.NOTHING_SEEN(since=case.duty.starts), would_change=(say.CHANGE_BY_INSPECTION(),))
