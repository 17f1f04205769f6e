"""What was taken in, and what would be: lines on stderr and stdout that `add` and `fetch` share."""

from __future__ import annotations

from veedor.cli.face import Face
from veedor.kernel.errors import Problem
from veedor.kernel.ids import short
from veedor.kernel.language import N_, Sentence
from veedor.kernel.text import clean
from veedor.sources.taking import Proposal, Received


def print_taken(face: Face, name: str, received: Received) -> None:
    """One file: its snapshot, its source, its period and rows; then every note, and why it is unusable when it is."""
    snapshot = received.taken.snapshot
    words = N_("{name}: {source}, snapshot {snapshot}, {period}, records: {rows}")
    if snapshot.unusable:
        words = N_("{name}: {source}, snapshot {snapshot} is kept but UNUSABLE; the last good vintage stays in use")
    elif not received.taken.is_new:
        words = N_("{name}: {source}, snapshot {snapshot} was held already; this capture was added")
    period = str(snapshot.covers) if snapshot.covers is not None else "–"
    face.result(face.t(words, name=name, source=received.source, snapshot=short(snapshot.digest), period=period, rows=received.rows))
    for problem in snapshot.unusable:
        face.aside(_problem(face, problem), indent=4, style="warning")
    if received.taken.differs:
        face.story(N_("  this reading would differ in {facts}; the snapshot stays as it was first read"), facts=received.taken.differs)
    for note in snapshot.notes:
        face.aside(f"  {_note(face, note)}", indent=4)


def _problem(face: Face, problem: Problem) -> str:
    return f"  {clean(problem.place)}  {problem.code}  {problem.what(face.lang)}"


def _note(face: Face, note: Sentence) -> str:
    return face.t(N_("note: {words}"), words=note)


def print_mapping(face: Face, name: str, proposal: Proposal) -> None:
    """The mapping that would be used, and what it leaves open on either side."""
    mapping, sheet = proposal.mapping, proposal.sheet
    face.story(N_("{name}, rows: {rows}. Columns and the fields they hold:"), name=name, rows=len(sheet.rows))
    width = max((len(clean(column)) for column, _ in mapping.pairs), default=0)
    for column, field in mapping.pairs:
        face.aside(f"  {clean(column):<{width}}  ->  {field}")
    if mapping.unread:
        face.story(N_("  not read: {columns}"), columns=mapping.unread)
    for field, columns in mapping.doubtful:
        face.story(N_("  {field} could be any of {columns}: none is taken"), field=field, columns=columns)
    if mapping.missing:
        face.story(N_("  missing: {fields}"), fields=mapping.missing)
