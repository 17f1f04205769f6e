# ruff: noqa: ANN401 -- a test module cannot import the classes that its conftest defines
"""Erasing: the content is gone, from tables and files; its commitment, its proofs and the act of erasing stay."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text

from veedor.evidence.ledger import kinds
from veedor.evidence.ledger.checking import verify
from veedor.evidence.ledger.entries import stored
from veedor.evidence.ledger.erasure import erase
from veedor.evidence.ledger.errors import (
    EntryUnknownError,
    ErasedBeforeError,
    NotErasableError,
    SignatureAbsentError,
)
from veedor.evidence.ledger.projections import differences, rebuild
from veedor.evidence.ledger.reading import search, show, state
from veedor.evidence.ledger.sealing import Schedule, seal
from veedor.evidence.log import merkle
from veedor.evidence.log.commitment import leaf_of
from veedor.store import tables
from veedor.store.engine import file_of
from veedor.store.transaction import read

SECRET = "the-gardener-of-the-third-house"  # noqa: S105, words that must vanish


def everything(_: object) -> bool:
    return True


def act(day: Any, commitment: str, key: Any, request: str = "") -> Any:
    return day.draft(kinds.Erased(entry=commitment, ground="court order 7", authority="court of XA"), "officer-1", request, key)


@pytest.fixture
def written(day: Any, made: Any) -> Any:
    """A reply with personal content, sealed, and the officer's key."""
    key = day.officer()
    receipt = day.enter(made.reply(f"It was {SECRET}."), actor="officer-1", key=key, request="the-reply")
    day.enter(made.reply("It rained."), actor="officer-1", key=key)
    day.wait(hours=1)
    seal(day.engine, [day.node], day, origin="node.example/log", schedule=Schedule(multiple=8))
    return receipt, key


def row_of(day: Any, commitment: str) -> Any:
    with read(day.engine) as connection:
        return stored(connection.execute(select(tables.entry).where(tables.entry.c.commitment == bytes.fromhex(commitment))).one())


def test_content_salt_and_signature_are_gone(day: Any, written: Any) -> None:
    receipt, key = written
    before = row_of(day, receipt.commitment)
    done = erase(day.engine, act(day, receipt.commitment, key), day)
    assert done.receipt.is_new
    assert done.is_shredded
    after = row_of(day, receipt.commitment)
    assert (after.body, after.salt, after.officer_key, after.officer_signature, after.request) == (None, None, None, None, None)
    assert (after.commitment, after.leaf_index, after.kind, after.at) == (before.commitment, before.leaf_index, before.kind, before.at)
    assert search(day.engine, everything, SECRET) == ()
    assert len(state(day.engine, everything, "reply")) == 1
    shown = show(day.engine, everything, receipt.commitment)
    assert (shown.body, shown.opening, shown.officer_signature) == (None, None, b"")


def test_its_proof_stays_valid(day: Any, written: Any) -> None:
    receipt, key = written
    erase(day.engine, act(day, receipt.commitment, key), day)
    with read(day.engine) as connection:
        wanted = select(tables.entry.c.commitment).where(tables.entry.c.leaf_index.is_not(None)).order_by(tables.entry.c.leaf_index)
        tree = merkle.Tree(merkle.leaf_hash(leaf_of(found.hex())) for found in connection.scalars(wanted))
        root = connection.scalar(select(tables.checkpoint.c.root))
    index = row_of(day, receipt.commitment).leaf_index
    hashed = merkle.leaf_hash(leaf_of(receipt.commitment))
    assert merkle.verify_inclusion(hashed, index, tree.size, merkle.inclusion_proof(tree, index, tree.size), root)
    assert verify(day.engine) == ()


def test_the_act_says_on_which_ground_and_by_whom(day: Any, written: Any) -> None:
    receipt, key = written
    done = erase(day.engine, act(day, receipt.commitment, key), day)
    body = show(day.engine, everything, done.receipt.commitment).body
    assert isinstance(body, kinds.Erased)
    assert (body.entry, body.ground, body.authority) == (receipt.commitment, "court order 7", "court of XA")


def test_tables_made_again_come_out_equal(day: Any, written: Any) -> None:
    receipt, key = written
    erase(day.engine, act(day, receipt.commitment, key), day)
    assert differences(day.engine) == {}
    rebuild(day.engine)
    assert differences(day.engine) == {}
    assert verify(day.engine) == ()


def test_a_repeated_act_is_entered_once(day: Any, written: Any) -> None:
    receipt, key = written
    draft = act(day, receipt.commitment, key)
    first, again = erase(day.engine, draft, day), erase(day.engine, draft, day)
    assert (first.receipt.commitment, first.receipt.is_new, again.receipt.is_new) == (again.receipt.commitment, True, False)
    with pytest.raises(ErasedBeforeError):
        erase(day.engine, act(day, receipt.commitment, key), day)


def test_what_cannot_be_erased(day: Any, made: Any, written: Any) -> None:
    _, key = written
    officer = next(row for row in (row_of(day, found) for found in _commitments(day)) if row.kind == "officer-added")
    padding = next(row for row in (row_of(day, found) for found in _commitments(day)) if row.is_padding)
    count = len(_commitments(day))
    for commitment, expected in (
        (officer.commitment.hex(), NotErasableError),
        (padding.commitment.hex(), EntryUnknownError),
        ("ab" * 32, EntryUnknownError),
    ):
        with pytest.raises(expected):
            erase(day.engine, act(day, commitment, key), day)
    with pytest.raises(SignatureAbsentError):
        erase(day.engine, act(day, _commitments(day)[0], None), day)
    with pytest.raises(TypeError):
        erase(day.engine, day.draft(made.snapshot()), day)
    assert len(_commitments(day)) == count, "an act that came to nothing is not entered"


def _commitments(day: Any) -> list[str]:
    with read(day.engine) as connection:
        return [found.hex() for found in connection.scalars(select(tables.entry.c.commitment))]


def test_the_words_are_gone_from_the_files(day: Any, written: Any) -> None:
    receipt, key = written
    draft = act(day, receipt.commitment, key)
    path = file_of(day.engine)
    if path is not None:
        assert SECRET.encode() in b"".join(found.read_bytes() for found in _files(path))
        assert erase(day.engine, draft, day).is_shredded
        assert SECRET.encode() not in b"".join(found.read_bytes() for found in _files(path))
        return
    with day.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
        assert SECRET.encode() in _pages(connection)
    assert erase(day.engine, draft, day).is_shredded
    with day.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("CHECKPOINT"))
        assert SECRET.encode() not in _pages(connection)


def _files(path: Path) -> list[Path]:
    return sorted(path.parent.glob(f"{path.name}*"))


def _pages(connection: Any) -> bytes:
    """Every file of the database that still belongs to it, as the server sees them; its journal is not among them."""
    folder = connection.scalar(text("SELECT 'base/' || oid FROM pg_database WHERE datname = current_database()"))
    names = connection.scalars(text("SELECT pg_ls_dir(:folder)"), {"folder": folder}).all()
    return b"".join(connection.scalar(text("SELECT pg_read_binary_file(:path)"), {"path": f"{folder}/{name}"}) for name in names)


def test_somebody_who_reads_keeps_the_old_pages(day: Any, written: Any) -> None:
    """The words are gone from the ledger at once; the files follow when the reader is done, and the same act says so."""
    from veedor.store.engine import open_state

    receipt, key = written
    hasty = open_state(day.engine.url.render_as_string(hide_password=False), patience=0.2)
    draft = act(day, receipt.commitment, key)
    with read(day.engine) as connection:
        assert connection.scalar(select(tables.entry.c.body).where(tables.entry.c.request == "the-reply")) is not None
        assert not erase(hasty, draft, day).is_shredded
    assert search(day.engine, everything, SECRET) == ()
    assert erase(hasty, draft, day).is_shredded
    hasty.dispose()
