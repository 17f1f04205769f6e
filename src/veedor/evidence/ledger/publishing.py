"""The published log as a folder of plain files, made from the tables and from nothing else. Any of it can be thrown away and made again."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from sqlalchemy import insert, select

from veedor.evidence.errors import StoreFullError, StoreReadOnlyError, StoreUnwritableError
from veedor.evidence.files import place, remove
from veedor.evidence.ledger.entries import moment
from veedor.evidence.ledger.errors import LogUnwrittenError
from veedor.evidence.ledger.sealing import checkpoints, edge_at, leaves
from veedor.evidence.log import checkpoint as notes
from veedor.evidence.log import note, tiles
from veedor.evidence.log.errors import NoteMalformedError
from veedor.store import tables
from veedor.store.transaction import write

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from veedor.evidence.ledger.sealing import Sealed
    from veedor.evidence.log.note import Signature


def publish(engine: Engine, folder: Path) -> int:
    """Bring the folder up to the latest checkpoint, and return its size; the checkpoint itself is written last.

    Raises:
        LogUnwrittenError: the folder is full or may not be written to. What was published before stands.
        StateBusyError, StateUnreachableError, StateUnwritableError: nothing was read or written.
    """
    with write(engine) as connection:  # the writer's place, so that an older checkpoint never lands on a newer one
        return _publish(connection, folder, _published(connection, folder))


def rebuild_files(engine: Engine, folder: Path) -> int:
    """Write every file of the log again from the tables: the same bytes as those that were published step by step.

    Raises:
        LogUnwrittenError, StateBusyError, StateUnreachableError, StateUnwritableError: see `publish`.
    """
    with write(engine) as connection:
        return _publish(connection, folder, 0)


def add_cosignature(engine: Engine, size: int, signature: Signature, at: datetime) -> None:
    """Keep a witness's signature on a checkpoint, to be published with it; the same one twice is kept once.

    Whether it fits, and whether the witness counts, its caller has checked.

    Raises:
        StateBusyError, StateFullError, StateReadOnlyError, StateUnreachableError, StateUnwritableError: nothing was kept.
    """
    cosignature = tables.cosignature
    row = {"size": size, "name": signature.name, "key": signature.id.hex(), "line": signature.line(), "at": moment(at)}
    mine = (cosignature.c.size == size) & (cosignature.c.name == signature.name) & (cosignature.c.key == row["key"])
    with write(engine) as connection:
        if connection.execute(select(cosignature.c.size).where(mine)).one_or_none() is None:
            connection.execute(insert(cosignature), row)


def _published(connection: Connection, folder: Path) -> int:
    """The size of the checkpoint in the folder, where it is one of this log's; else 0, and everything is written again."""
    try:
        found, _ = notes.read((folder / tiles.CHECKPOINT).read_bytes())
    except (OSError, NoteMalformedError):
        return 0
    mine = select(tables.checkpoint.c.root).where(tables.checkpoint.c.size == found.size)
    return found.size if connection.scalar(mine) == found.root else 0


def _publish(connection: Connection, folder: Path, above: int) -> int:
    started = connection.execute(select(tables.checkpoint).where(tables.checkpoint.c.size == above)).one_or_none()
    edge = tiles.Edge() if started is None else edge_at(connection, above, started.edge)
    for sealed in checkpoints(connection, above):
        grown = tiles.grow(edge, tuple(leaves(connection, edge.size, sealed.size)))
        _write(folder, grown.files, sealed.at)
        edge = grown.edge
    latest = checkpoints(connection, edge.size - 1)
    if latest:
        _write(folder, {tiles.CHECKPOINT: _cosigned(connection, latest[-1])}, latest[-1].at)
    return edge.size


def _cosigned(connection: Connection, sealed: Sealed) -> bytes:
    cosignature = tables.cosignature.c
    wanted = select(cosignature.line).where(cosignature.size == sealed.size).order_by(cosignature.name, cosignature.key)
    lines = "".join(connection.scalars(wanted)).encode()
    signed = note.read(sealed.note.encode())
    return (signed.beside(note.read_lines(lines)) if lines else signed).data()


def _write(folder: Path, files: dict[str, bytes], at: datetime) -> None:
    try:
        for path, data in sorted(files.items(), key=lambda file: _is_partial(file[0])):
            place(folder / path, data)
            os.utime(folder / path, (at.timestamp(), at.timestamp()))  # a server shows this time, and it must be the batch's
            _drop_partials(folder, path)
    except (StoreFullError, StoreReadOnlyError, StoreUnwritableError) as error:
        raise LogUnwrittenError(where=error.where, why=dict(error.values)["why"]) from error


def _is_partial(path: str) -> bool:
    return ".p/" in path


def _drop_partials(folder: Path, path: str) -> None:
    """Remove the partial files in whose place a full one now stands."""
    found: Sequence[Path] = () if _is_partial(path) else sorted(folder.joinpath(f"{path}.p").glob("*"))
    for partial in found:
        with suppress(FileNotFoundError):
            remove(partial)
