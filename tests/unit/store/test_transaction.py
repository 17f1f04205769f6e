"""Transactions: all or nothing, one writer at a time, and what the database says in words."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, make_url, text

from veedor.kernel.errors import VeedorError
from veedor.store import tables
from veedor.store.bulk import insert_rows
from veedor.store.engine import default_url, open_state
from veedor.store.errors import (
    CommitUncertainError,
    StateBusyError,
    StateDamagedError,
    StateReadOnlyError,
    StateUnreachableError,
)
from veedor.store.transaction import read, write
from veedor.store.upgrading import upgrade


def _officer(name: str, seq: int = 1) -> dict[str, object]:
    return {"officer": name, "party": "XA", "at": "2031-05-06T12:00:00.000000Z", "seq": seq}


def _entry(seq: int) -> dict[str, object]:
    fixed = {"schema": "s", "kind": "note", "at": "2031-05-06T12:00:00.000000Z", "actor": "a", "body": b"\x00{}", "salt": b"s"}
    rest = {"leaf_index": None, "officer_key": None, "officer_signature": None, "request": None}
    return {"seq": seq, **fixed, **rest, "commitment": bytes([seq % 256]), "is_padding": seq % 2 == 0, "marking": 2}


def _seqs(engine: Engine) -> list[int]:
    with read(engine) as connection:
        return list(connection.scalars(text("SELECT seq FROM entry ORDER BY seq")))


@pytest.mark.parametrize("rows", [1, 19, 20, 300])
def test_rows_come_back_as_they_went_in(state: Engine, rows: int) -> None:
    wanted = [_entry(seq) for seq in range(1, rows + 1)]
    with write(state) as connection:
        insert_rows(connection, tables.entry, wanted)
    with read(state) as connection:
        assert [dict(row) for row in connection.execute(tables.entry.select().order_by(tables.entry.c.seq)).mappings()] == wanted


def test_what_raises_is_undone(state: Engine) -> None:
    def fail() -> None:
        with write(state) as connection:
            insert_rows(connection, tables.entry, [_entry(1)])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert _seqs(state) == []


def test_a_second_writer_waits_and_then_says_so(state_url: str, state: Engine) -> None:
    hasty = open_state(state_url, patience=0.2)
    with write(state) as connection:
        insert_rows(connection, tables.entry, [_entry(1)])
        with pytest.raises(StateBusyError) as found, write(hasty):
            pass
        assert _seqs(hasty) == [], "a reader does not wait, and sees nothing that is not committed"
    assert "Nothing was entered" in found.value.render("effect", "en")
    with write(hasty) as connection:
        insert_rows(connection, tables.entry, [_entry(2)])
    assert _seqs(state) == [1, 2]
    hasty.dispose()


def test_writers_stand_in_line(state: Engine) -> None:
    """Reading the last number and writing the next is safe: nobody comes between."""

    def count() -> None:
        for _ in range(10):
            with write(state) as connection:
                last = connection.scalar(text("SELECT coalesce(max(seq), 0) FROM entry"))
                insert_rows(connection, tables.entry, [_entry(last + 1)])

    threads = [threading.Thread(target=count) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _seqs(state) == list(range(1, 31))


def test_a_reader_sees_one_moment(state: Engine) -> None:
    with read(state) as connection:
        before = connection.scalar(text("SELECT count(*) FROM entry"))
        with write(state) as writing:
            insert_rows(writing, tables.entry, [_entry(1)])
        assert connection.scalar(text("SELECT count(*) FROM entry")) == before == 0
    assert _seqs(state) == [1]


def test_errors_do_not_carry_what_people_wrote(state: Engine) -> None:
    secret = {**_entry(1), "body": b"the witness lives in", "actor": "named-person"}
    with write(state) as connection:
        insert_rows(connection, tables.entry, [secret])
    for rows in ([secret], [{**secret, "seq": 1 + number // 2} for number in range(40)]):
        with pytest.raises(Exception) as found, write(state) as connection:  # noqa: PT011, any error, by either way of inserting
            insert_rows(connection, tables.entry, rows)
        assert "witness" not in str(found.value)
        assert "named-person" not in str(found.value)


def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "state.db").write_bytes(b"no database at all, " * 400)
    engine = open_state(default_url(tmp_path))
    with pytest.raises(StateDamagedError) as found:
        upgrade(engine)
    assert found.value.exit_code == 4
    engine.dispose()


def _kill(connection: Connection) -> None:
    """End the session of a connection from another one, as a server that goes down does."""
    process = connection.scalar(text("SELECT pg_backend_pid()"))
    with connection.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as other:  # a transaction would see one moment
        other.execute(text("SELECT pg_terminate_backend(:process)"), {"process": process})
        while other.scalar(text("SELECT count(*) FROM pg_stat_activity WHERE pid = :process"), {"process": process}):
            pass


@pytest.fixture
def server(state: Engine) -> Engine:
    """A state on a server, which can go away."""
    if state.dialect.name == "sqlite":
        pytest.skip("a file has no connection that could break")
    return state


def _broken(engine: Engine, *, before: int, after: int) -> None:
    """A transaction whose connection breaks between the rows before and the rows after."""
    with write(engine) as connection:
        insert_rows(connection, tables.entry, [_entry(seq) for seq in range(1, before + 1)])
        _kill(connection)
        insert_rows(connection, tables.entry, [_entry(seq) for seq in range(before + 1, before + after + 1)])


def test_a_connection_that_breaks_before_committing(server: Engine) -> None:
    with pytest.raises(StateUnreachableError) as found:
        _broken(server, before=1, after=1)
    assert "Nothing was entered" in found.value.render("effect", "en")
    assert _seqs(server) == [], "the next transaction gets a new connection by itself"


def test_a_connection_that_breaks_in_the_middle_of_many_rows(server: Engine) -> None:
    with pytest.raises(StateUnreachableError):
        _broken(server, before=0, after=300)
    assert _seqs(server) == []


def test_a_connection_that_breaks_while_committing(server: Engine) -> None:
    with pytest.raises(CommitUncertainError) as found:
        _broken(server, before=1, after=0)
    assert "repeat the command" in found.value.render("next", "en")
    assert _seqs(server) in ([], [1])


def test_a_server_that_only_reads(server: Engine) -> None:
    url = make_url(server.url).update_query_dict({"options": "-c default_transaction_read_only=on"})
    reading = open_state(url.render_as_string(hide_password=False))
    with pytest.raises(StateReadOnlyError), write(reading) as connection:
        insert_rows(connection, tables.entry, [_entry(1)])
    assert _seqs(reading) == []
    reading.dispose()


def test_every_answer_of_a_database_has_words(state: Engine) -> None:
    from veedor.store import transaction

    classes = {*transaction._SQLITE.values(), *transaction._POSTGRESQL.values()}
    for found in classes:
        made: VeedorError = found(where="x", why="y", seconds=1)
        assert made.render("what", "en")
    assert state.dialect.name in {"sqlite", "postgresql"}
