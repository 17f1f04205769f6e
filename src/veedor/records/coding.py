"""Grades that coders give, blind to each other: nobody sees another's grade before giving their own."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import TYPE_CHECKING

from veedor.kernel.canonical import digest
from veedor.records.coding_errors import CoderBlankError, GradeOutsideError
from veedor.records.kinds import Coding, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import pyarrow as pa

    from veedor.kernel.markings import Marking
    from veedor.kernel.months import Period

GRADES = (0, 1, 2, 3)
"""Not initiated, minimum, intermediate, complete (Peace Accords Matrix)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """What one coder decided about one commitment of one party, for one period."""

    commitment: str
    party: str
    coder: str
    grade: int
    rationale: str
    document: str
    period: Period
    place: str = ""


def coding_row(grading: Grading, *, source: str, snapshot: str, row: int, marking: Marking) -> Coding:
    """The record of a grade, citing the row of the stored bytes it stands in.

    Raises:
        GradeOutsideError: the grade is not one of 0, 1, 2 and 3.
        CoderBlankError: nobody is named as the coder.
    """
    if not grading.coder.strip():
        raise CoderBlankError
    if isinstance(grading.grade, bool) or grading.grade not in GRADES:
        raise GradeOutsideError(grade=str(grading.grade))
    given = {f.name: getattr(grading, f.name) for f in dataclasses.fields(Grading) if f.name != "period"}
    return Coding(
        **given,
        id=digest("coding", {**given, "period": grading.period, "snapshot": snapshot, "row": row}),
        valid_from=grading.period.starts,
        valid_to=grading.period.ends,
        source=source,
        snapshot=snapshot,
        row=row,
        marking=int(marking),
    )


def coding_table(codings: Sequence[Coding]) -> pa.Table:
    """Codings as a table of their kind."""
    return table("coding", {f.name: [getattr(coding, f.name) for coding in codings] for f in dataclasses.fields(Coding)})


def may_see(codings: Iterable[Coding], coder: str, commitment: str) -> tuple[Coding, ...]:
    """The grades of a commitment that a coder may see now: their own, and others' of what they have graded themselves.

    What one party owes for one period is graded apart from the rest, so having graded the one shows nothing of the other.
    """
    wanted = [coding for coding in codings if coding.commitment == commitment]
    graded = {_question(coding) for coding in wanted if coding.coder == coder}
    return tuple(coding for coding in wanted if coding.coder == coder or _question(coding) in graded)


def _question(coding: Coding) -> tuple[object, ...]:
    return coding.party, coding.place, coding.valid_from, coding.valid_to
