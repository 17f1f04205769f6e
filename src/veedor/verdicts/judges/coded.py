"""Coded: what coders who do not see each other's grade say of a commitment that has no number."""

from __future__ import annotations

from dataclasses import replace

from veedor.accord.tests import CodedTest
from veedor.kernel.known import Known
from veedor.kernel.months import add_months
from veedor.verdicts import sentences as say
from veedor.verdicts.finding import Finding, cannot_tell, unanswered
from veedor.verdicts.inputs import Case, CodingRow
from veedor.verdicts.windows import day_before

KIND = "coded"


def judge(case: Case, test: CodedTest) -> Finding:
    """Kept when all coders give at least the grade asked for, broken when none does, undetermined when they differ or are too few."""
    due = test.by.on(case.starts) if test.by is not None else add_months(case.duty.starts, 12)
    first = _first(case)
    grades = tuple(str(row.grade) for row in first)
    base = replace(
        unanswered(due, say.ASKS_GRADE[test.coded](grade=test.grade, coders=test.coders, day=day_before(due))),
        seen=Known(say.SEEN_ACTS(records=len(first))),
        supports=tuple(dict.fromkeys(row.support for row in first)),
        evidence_periods=sum(row.on >= case.starts for row in first),
    )
    change = (say.CHANGE_BY_CODER(commitment=case.name),)
    if len(first) < test.coders:
        return cannot_tell(base, say.CODERS_MISSING(have=len(first), want=test.coders), would_change=change)
    reached = [row.grade >= test.grade for row in first]
    if any(reached) and not all(reached):
        return cannot_tell(base, say.CODERS_DIFFER(grades=grades), would_change=change)
    said = say.CODED_DID(coders=len(first), grades=grades, asked=test.grade)
    return replace(base, satisfied=all(reached), reasons=(said,), did=Known(said))


def _first(case: Case) -> tuple[CodingRow, ...]:
    """Each coder's first grade of this commitment for the parties judged: the only one surely given blind to the others'."""
    rows: dict[str, CodingRow] = {}
    for row in sorted(case.inputs.codings, key=lambda r: (r.on, r.coder)):
        if row.commitment == case.name and row.party in case.parties and row.on <= case.as_of:
            rows.setdefault(row.coder, row)
    return tuple(rows[coder] for coder in sorted(rows))
