"""A coder's grade, recorded as evidence of its own; others' grades stay hidden until one's own is recorded."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version

import pyarrow.parquet as pq

from veedor.evidence.snapshot import Capture
from veedor.evidence.store import Intake
from veedor.kernel import canonical
from veedor.kernel.clock import today
from veedor.kernel.errors import UnknownNameError
from veedor.kernel.language import N_
from veedor.kernel.markings import Marking
from veedor.kernel.months import month_of
from veedor.project import journal
from veedor.project.project import Project
from veedor.records.coding import Grading, coding_row, coding_table, may_see
from veedor.records.kinds import Coding
from veedor.sources.taking_errors import ControllerBlankError

SOURCE = "user:coding"
GRADE = "B2"  # a named coder's judgement on a stated ground


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a coder enters."""

    commitment: str
    party: str
    coder: str
    grade: int
    rationale: str
    document: str
    controller: str


def record(project: Project, given: Given) -> None:
    """Store the grade for the current month as a small snapshot.

    Raises:
        UnknownNameError: the accord has no such commitment or party.
        CoderBlankError, ControllerBlankError, GradeOutsideError: who graded, whom they answer to, or the grade is missing or none.
    """
    if not given.controller.strip():
        raise ControllerBlankError
    accord = project.accord().accord
    for kind, name, known in ((N_("commitment"), given.commitment, accord.commitments), (N_("party"), given.party, accord.parties)):
        if name not in known:
            raise UnknownNameError(kind=kind, name=name, known=tuple(known))
    now = project.clock.now()
    period = month_of(today(project.clock, accord.calendar))
    entered = {name: getattr(given, name) for name in Given.__slots__}
    data = canonical.lines([{**entered, "at": now}])
    row = coding_row(
        Grading(
            commitment=given.commitment,
            party=given.party,
            coder=given.coder,
            grade=given.grade,
            rationale=given.rationale,
            document=given.document,
            period=period,
        ),
        source=SOURCE,
        snapshot=canonical.digest_bytes(data),
        row=1,
        marking=Marking.PUBLIC,
    )
    intake = Intake(
        source=SOURCE,
        controller=given.controller,
        grade=GRADE,
        reader=version("veedor"),
        covers=period,
        tables={"coding": coding_table([row])},
        part=f"{given.commitment}/{given.party}/{given.coder}",
    )
    journal.check(project)
    project.store.take(data, Capture(at=now, name="coding.jsonl", address=""), intake)
    journal.enter_snapshots(project)


def visible(project: Project, coder: str, commitment: str) -> tuple[Coding, ...]:
    """The grades of a commitment that this coder may see now."""
    store = project.store
    rows = [
        Coding(**row)
        for snapshot in store.snapshots()
        if any(stored.kind == "coding" for stored in snapshot.tables)
        for row in pq.read_table(store.parquet(snapshot, "coding")).to_pylist()
    ]
    return may_see(rows, coder, commitment)
