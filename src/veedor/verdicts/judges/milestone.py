"""Milestone: was a named thing done by its date?"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from veedor.accord.tests import MilestoneTest
from veedor.kernel.known import Known
from veedor.verdicts import sentences as say
from veedor.verdicts.finding import Finding, cannot_tell, unanswered
from veedor.verdicts.inputs import ActRow, Case
from veedor.verdicts.judges import records
from veedor.verdicts.verdict import Flag
from veedor.verdicts.windows import day_before

KIND = "milestone"


def judge(case: Case, test: MilestoneTest) -> Finding:
    """Kept when a completing act is on record in time; broken when it came late or a record says it was not done.

    Silence is neither: nobody having recorded it is UNDETERMINED.
    """
    due = test.by.on(case.starts)
    acts = records.labelled(case, test.milestone)
    done = [a for a in acts if a.action in records.COMPLETING]
    silence = say.NOTHING_RECORDED(label=test.milestone)
    base = replace(
        unanswered(due, say.ASKS_DONE(label=test.milestone, day=day_before(due))),
        seen=Known(say.SEEN_ACTS(records=len(acts))),
        contributions=records.contributions(case, acts, silence),
        evidence_periods=sum(a.on >= case.starts for a in acts),
        controls_cause=case.parties,
    )
    if done:
        return _done(base, done, due)
    denied = [a for a in acts if a.action in records.DENYING and a.on >= due]
    if denied:
        said = say.NOT_DONE(actors=records.actors(denied), due=day_before(due))
        return records.proved(base, denied, said, satisfied=False)
    return cannot_tell(base, silence, would_change=(say.CHANGE_BY_RECORD(label=test.milestone),))


def _done(base: Finding, done: list[ActRow], due: date) -> Finding:
    first = done[0].on
    late = (first - due).days + 1
    if late > 0:
        said = say.DONE_LATE(day=first, actors=records.actors(done), days=late)
        flagged = replace(base, flags=(Flag("late", say.FLAG_LATE(days=late)),))
        return records.proved(flagged, done, said, satisfied=False)
    in_time = [a for a in done if a.on < due]
    return records.proved(
        replace(base, due=min(due, first)),
        in_time,
        say.DONE(day=first, actors=records.actors(in_time), due=day_before(due)),
        satisfied=True,
    )
