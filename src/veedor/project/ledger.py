"""The ledger of a project for those who work in it: its entries, its batches, its proofs."""

from __future__ import annotations

import dataclasses
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import func, select

from veedor.evidence.ledger import publishing, reading
from veedor.evidence.ledger.entries import read_moment
from veedor.evidence.ledger.errors import EntryUnknownError
from veedor.evidence.ledger.reading import Query
from veedor.evidence.ledger.sealing import Schedule, seal
from veedor.evidence.log import checkpoint as notes
from veedor.evidence.log.commitment import leaf_of
from veedor.evidence.log.errors import NotIncludedError, TileMalformedError, TileMissingError
from veedor.evidence.log.merkle import inclusion_proof
from veedor.evidence.log.proof import Proof, check_inclusion
from veedor.evidence.log.tiles import CHECKPOINT, FolderReader, TileNodes
from veedor.kernel.ids import short
from veedor.project.ledger_errors import EntryNotSealedError
from veedor.project.node_key import node_signers, origin
from veedor.project.state import open_state_of
from veedor.store import tables
from veedor.store.transaction import read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sqlalchemy import Engine

    from veedor.evidence.ledger.entries import EntryFacts
    from veedor.evidence.ledger.kinds import Body
    from veedor.evidence.ledger.reading import Entry, Visible
    from veedor.evidence.ledger.sealing import Sealed
    from veedor.project.project import Project

SCHEDULE = Schedule()


def everything(_: EntryFacts) -> bool:
    """What whoever works with the files of a project may see: all of it, since they hold the database itself."""
    return True


class Published(NamedTuple):
    """What sealing and publishing came to: the new checkpoint where one was due, the size of the log, when the next batch closes."""

    sealed: Sealed | None
    size: int
    closes: datetime


@contextmanager
def opened(project: Project) -> Iterator[Engine]:
    """The project's state, closed when the block ends."""
    engine = open_state_of(project)
    try:
        yield engine
    finally:
        engine.dispose()


def log_folder(project: Project) -> Path:
    """The folder of the published log: plain files that any static host can serve."""
    return project.folder.root / "log"


def closes(project: Project) -> datetime:
    """When the batch closes that takes in what is entered now."""
    return SCHEDULE.batch_time(project.clock.now()) + SCHEDULE.every


def listed(project: Project, visible: Visible, since: date | None = None) -> tuple[Entry, ...]:
    """The visible entries, from the beginning of a day (UTC) on where one is given, in the order in which they were entered."""
    start = None if since is None else datetime.combine(since, time(), UTC)
    with opened(project) as engine:
        return reading.list_entries(engine, visible, Query(since=start))


def shown(project: Project, visible: Visible, reference: str) -> Entry:
    """One entry, by its index in the published log or by the first eight or more digits of its commitment.

    Raises:
        EntryUnknownError: there is none that is visible, or several.
    """
    with opened(project) as engine:
        return find(engine, visible, reference)


def find(engine: Engine, visible: Visible, reference: str) -> Entry:
    """The same, in an open state.

    Raises:
        EntryUnknownError: there is none that is visible, or several.
    """
    if reference.isascii() and reference.isdigit() and len(reference) <= 18:
        with suppress(EntryUnknownError):  # eight digits may be the beginning of a commitment as well
            return reading.show(engine, visible, int(reference))
    return reading.show(engine, visible, reference.casefold())


def says(body: Body | None) -> dict[str, object] | None:
    """What an entry says, by field; None once erased."""
    if body is None:
        return None
    fields = (field.name for field in dataclasses.fields(body))
    return {name: getattr(body, name) for name in fields if name != "marking"}


def publish(project: Project, visible: Visible, passphrase: Callable[[], str]) -> Published:
    """Seal the batch that is due, if one is, and bring the folder of the log up to the latest checkpoint.

    `passphrase` is only asked where a batch is due: nothing is signed otherwise.

    Raises:
        NodeKeyAbsentError, PassphraseWrongError, KeyFileMalformedError: nothing was sealed.
        LogUnwrittenError: the batch is sealed, and the folder could not be written to.
    """
    with opened(project) as engine:
        sealed = None
        if _is_due(engine, project.clock.now()):
            signers = node_signers(project, engine, visible, passphrase())
            sealed = seal(engine, signers, project.clock, origin=origin(project), schedule=SCHEDULE)
        size = publishing.publish(engine, log_folder(project))
    return Published(sealed, size, closes(project))


def _is_due(engine: Engine, now: datetime) -> bool:
    with read(engine) as connection:
        last = connection.scalar(select(func.max(tables.checkpoint.c.at)))
    return last is None or read_moment(last) < SCHEDULE.batch_time(now)


def proof(project: Project, visible: Visible, reference: str) -> Proof:
    """The proof that an entry stands in the published log, under its latest checkpoint with every signature that is held.

    Raises:
        EntryUnknownError: there is no such visible entry.
        EntryNotSealedError: its batch has not been sealed yet.
        LogUnwrittenError: the folder of the log could not be brought up to date.
    """
    with opened(project) as engine:
        found = find(engine, visible, reference)
        if found.leaf_index is None:
            raise EntryNotSealedError(where=str(project.folder.root), entry=short(found.commitment), closes=closes(project))
        return prove(engine, log_folder(project), [found])[0]


def prove(engine: Engine, folder: Path, entries: list[Entry]) -> list[Proof]:
    """The proofs of sealed entries, all under one checkpoint. Files that were altered or are gone are made again from the tables first.

    Raises:
        LogUnwrittenError: the folder of the log could not be written to.
        NotIncludedError: the tables themselves no longer hold what was sealed.
    """
    publishing.publish(engine, folder)
    try:
        return _proofs(folder, entries)
    except (NotIncludedError, TileMissingError, TileMalformedError):
        publishing.rebuild_files(engine, folder)
        return _proofs(folder, entries)


def _proofs(folder: Path, entries: list[Entry]) -> list[Proof]:
    reader = FolderReader(folder)
    data = reader.read(CHECKPOINT) or b""
    stated, _ = notes.read(data)
    nodes = TileNodes(reader, stated.size)
    made = []
    for one in entries:
        index = one.leaf_index if one.leaf_index is not None else -1
        found = Proof(index=index, hashes=inclusion_proof(nodes, index, stated.size), checkpoint=data)
        check_inclusion(found, leaf_of(one.commitment), stated)
        made.append(found)
    return made
