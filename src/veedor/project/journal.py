"""Every change becomes one entry of the ledger: a snapshot taken, a verdict issued.

Evidence is files and entries are rows, so a process may be killed between the two. Entries name what they are about by digest and carry a
request key made from it: entering again what is entered already changes nothing, and whatever is missing is entered the next time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from veedor.evidence.codec import capture_digest
from veedor.evidence.ledger.append import append
from veedor.evidence.ledger.entries import Draft, request_of
from veedor.evidence.ledger.kinds import SnapshotTaken, VerdictIssued
from veedor.kernel import canonical
from veedor.kernel.markings import Marking
from veedor.project.state import open_state_of
from veedor.verdicts.judge import verdict_plain

if TYPE_CHECKING:
    from datetime import datetime

    from veedor.evidence.snapshot import Snapshot
    from veedor.project.project import Project
    from veedor.verdicts.verdict import Judgement, Verdict

OPERATOR = "node"
"""Who acts when no officer has signed in: the installation itself, run by whoever has its files."""


def check(project: Project) -> None:
    """Pass when entries can be made here; asked before evidence is written, so that a wrong address of the state stores nothing.

    Raises:
        VeedorError: as `open_state_of`.
    """
    open_state_of(project).dispose()


def enter_snapshots(project: Project) -> int:
    """Enter every capture that has no entry yet; how many there were."""
    now = project.clock.now()
    drafts = [draft for snapshot in project.store.snapshots() for draft in _captures(snapshot, now)]
    return _enter(project, drafts)


def _captures(snapshot: Snapshot, now: datetime) -> list[Draft]:
    drafts = []
    for capture in snapshot.captures:
        digest = capture_digest(capture)
        body = SnapshotTaken(
            marking=Marking.PUBLIC,
            snapshot=snapshot.digest,
            capture=digest,
            source=snapshot.source,
            part=snapshot.part,
            controller=snapshot.controller,
            known_from=capture.stated or capture.at.date(),
        )
        drafts.append(
            Draft(body=body, actor=OPERATOR, at=now, request=request_of("snapshot-taken", snapshot.digest, digest, snapshot.part))
        )
    return drafts


def enter_judgement(project: Project, judgement: Judgement) -> int:
    """Enter every verdict of a kept judgement, and before them whatever snapshot has no entry yet; how many entries were new."""
    now = project.clock.now()
    drafts = [draft for snapshot in project.store.snapshots() for draft in _captures(snapshot, now)]
    return _enter(project, [*drafts, *(_verdict(judgement, verdict, now) for verdict in judgement.verdicts)])


def _enter(project: Project, drafts: list[Draft]) -> int:
    engine = open_state_of(project)
    try:
        return sum(receipt.is_new for receipt in append(engine, drafts, project.clock))
    finally:
        engine.dispose()  # the last connection to close folds SQLite's write-ahead log into the database


def _verdict(judgement: Judgement, verdict: Verdict, now: datetime) -> Draft:
    digest = canonical.digest("verdict/1", verdict_plain(verdict))
    body = VerdictIssued(
        marking=Marking.PUBLIC,
        verdict=digest,
        judgement=judgement.result_digest,
        accord=judgement.accord_digest,
        commitment=verdict.commitment,
        reading=verdict.reading,
        parties=verdict.parties,
        outcome=verdict.outcome.value,
        as_of=judgement.as_of,
        recomputable=verdict.recomputable,
        is_exercise=verdict.exercise,
    )
    request = request_of("verdict-issued", judgement.result_digest, verdict.label, digest)
    return Draft(body=body, actor=OPERATOR, at=now, request=request)
