"""Being witnessed: the latest checkpoint is offered to each witness, and what it signs is kept and published with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import select

from veedor.evidence.ledger import publishing
from veedor.evidence.log import checkpoint as checkpoints
from veedor.evidence.log import cosignature, note
from veedor.evidence.log.checkpoint import read_size
from veedor.evidence.log.errors import NoteMalformedError
from veedor.evidence.log.merkle import consistency_proof
from veedor.evidence.log.tiles import CHECKPOINT, FolderReader, TileNodes
from veedor.evidence.log.witness_state import SIZE_TYPE, Request
from veedor.kernel.errors import VeedorError
from veedor.kernel.text import clean
from veedor.project.ledger import log_folder, opened
from veedor.project.ledger_errors import WitnessAheadError, WitnessAnswerError, WitnessRefusedError
from veedor.project.witnesses import witnesses
from veedor.store import tables
from veedor.store.transaction import read

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy import Engine

    from veedor.evidence.log.checkpoint import Checkpoint
    from veedor.evidence.log.note import Note, Signature
    from veedor.evidence.log.policy import Witness
    from veedor.project.project import Project
    from veedor.project.remote import Answer

    Ask = Callable[[str, str, bytes], Answer]


class Outcome(NamedTuple):
    """What became of one witness: whether the latest checkpoint carries its signature, and if not, why."""

    name: str
    is_cosigned: bool
    error: VeedorError | None = None


class Standing(NamedTuple):
    """How far a witness has signed this log, as it is kept here."""

    witness: Witness
    size: int
    at: str


class _Offered(NamedTuple):
    """The latest checkpoint, and the tree it stands for."""

    stated: Checkpoint
    note: Note
    nodes: TileNodes


def offer(project: Project, ask: Ask) -> tuple[Outcome, ...]:
    """Ask each witness that has an address and has not signed the latest checkpoint yet; publish what they signed.

    A witness that does not answer, or refuses, keeps none of the others from signing. `ask` sends a request and returns the answer.

    Raises:
        PolicyMalformedError: the file of witnesses cannot be read; nobody was asked.
        LogUnwrittenError: the signatures are kept, and the folder of the log could not be written to.
    """
    known = [one for one in witnesses(project).witnesses if one.url]
    data = FolderReader(log_folder(project)).read(CHECKPOINT)
    if not known or data is None:
        return ()
    stated, signed = checkpoints.read(data)
    offered = _Offered(stated, signed, TileNodes(FolderReader(log_folder(project)), stated.size))
    with opened(project) as engine:
        outcomes = [_one(engine, offered, one, ask, project.clock.now()) for one in known]
        publishing.publish(engine, log_folder(project))
    return tuple(outcomes)


def standings(project: Project) -> tuple[Standing, ...]:
    """How far each listed witness has signed.

    Raises:
        PolicyMalformedError: the file of witnesses cannot be read.
    """
    with opened(project) as engine:
        return tuple(Standing(one, *_signed(engine, one)) for one in witnesses(project).witnesses)


def _one(engine: Engine, offered: _Offered, witness: Witness, ask: Ask, now: datetime) -> Outcome:
    size, _ = _signed(engine, witness)
    if size == offered.stated.size:
        return Outcome(witness.name, is_cosigned=True)
    try:
        found = _asked(offered, witness, size, ask)
    except VeedorError as error:
        return Outcome(witness.name, is_cosigned=False, error=error)
    publishing.add_cosignature(engine, offered.stated.size, found, now)
    return Outcome(witness.name, is_cosigned=True)


def _asked(offered: _Offered, witness: Witness, known: int, ask: Ask) -> Signature:
    """The witness's signature; where it knows another size than was thought, it is asked once more from there."""
    answer = ask(witness.name, witness.url, _request(offered, known))
    if answer.status == 409 and answer.kind.partition(";")[0].strip() == SIZE_TYPE:
        told = read_size(answer.body.decode("ascii", "replace").removesuffix("\n"))
        if told is not None and told > offered.stated.size:
            raise WitnessAheadError(where=witness.url, name=witness.name, known=told, size=offered.stated.size)
        if told is not None and told != known:
            answer = ask(witness.name, witness.url, _request(offered, told))
    if answer.status != 200:
        why = clean(answer.body.decode("utf-8", "replace"), limit=200).strip() or "–"
        raise WitnessRefusedError(where=witness.url, name=witness.name, status=str(answer.status), why=why)
    return _signature(offered, witness, answer.body)


def _request(offered: _Offered, known: int) -> bytes:
    hashes = consistency_proof(offered.nodes, known, offered.stated.size)
    return Request(old=known, hashes=hashes, checkpoint=offered.stated, note=offered.note).data()


def _signature(offered: _Offered, witness: Witness, body: bytes) -> Signature:
    key = witness.key
    try:
        lines = note.read_lines(body)
    except NoteMalformedError as error:
        raise WitnessAnswerError(where=witness.url, name=witness.name) from error
    for line in lines:
        is_its = (line.name, line.id) == (key.name, key.id)
        if is_its and cosignature.check(key, offered.note.text, line.blob) and cosignature.time_of(key, line.blob) > 0:
            return line
    raise WitnessAnswerError(where=witness.url, name=witness.name)


def _signed(engine: Engine, witness: Witness) -> tuple[int, str]:
    """The size of the largest checkpoint that carries the witness's signature here, and when that came."""
    row = tables.cosignature.c
    mine = (row.name == witness.key.name) & (row.key == witness.key.id.hex())
    with read(engine) as connection:
        found = connection.execute(select(row.size, row.at).where(mine).order_by(row.size.desc()).limit(1)).one_or_none()
    return (0, "") if found is None else (found.size, found.at)
