"""Migrations: they end at the tables that the code works with, all at once, whoever else is opening the same state."""

from __future__ import annotations

import re
import subprocess
import sys
from types import SimpleNamespace
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect, text

from veedor.store import tables
from veedor.store.engine import open_state
from veedor.store.errors import StateNewerError, StateNotPreparedError
from veedor.store.transaction import read, write
from veedor.store.upgrading import require, upgrade


def test_migrations_end_at_the_tables_of_the_code(state: Engine) -> None:
    with read(state) as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, tables.metadata) == []
        assert set(inspect(connection).get_table_names()) == {*tables.metadata.tables, "alembic_version"}


def test_every_constraint_is_the_same(state: Engine) -> None:
    """The comparison above looks neither at checks nor at the names of constraints."""
    with write(state) as connection:
        migrated = _constraints(connection)
        for table in reversed(tables.metadata.sorted_tables):
            table.drop(connection)
        tables.metadata.create_all(connection)
        assert _constraints(connection) == migrated
        assert any("erased_whole" in str(found) for found in migrated)


def _constraints(connection: Connection) -> list[tuple[object, ...]]:
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE name <> 'alembic_version'"))
        parts = {name: sorted(re.sub(r"[(),\s]+", " ", part).strip() for part in re.split(r",\s+", sql)) for name, sql in found if sql}
        return sorted((name, *found) for name, found in parts.items() if "alembic" not in name)
    found = connection.execute(
        text(
            "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint "
            "WHERE connamespace = 'public'::regnamespace AND conname NOT LIKE 'alembic%' ORDER BY 1, 2"
        )
    )
    return [tuple(row) for row in found]


def test_twice_is_once(state: Engine) -> None:
    upgrade(state)
    require(state)


def test_a_state_that_was_never_prepared(state_url: str) -> None:
    engine = open_state(state_url)
    with pytest.raises(StateNotPreparedError):
        require(engine)
    with pytest.raises(StateNotPreparedError), read(engine) as connection:
        connection.execute(text("SELECT * FROM entry"))
    engine.dispose()


def test_a_state_from_a_later_version_is_left_alone(state: Engine) -> None:
    with write(state) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    for attempt in (upgrade, require):
        with pytest.raises(StateNewerError) as found:
            attempt(state)
        assert "9999" in str(found.value)


OPENER = """
import sys
from veedor.store.engine import open_state
from veedor.store.upgrading import require, upgrade

engine = open_state(sys.argv[1], patience=60)
upgrade(engine)
require(engine)
"""


def test_several_processes_may_be_the_first(state_url: str) -> None:
    openers = [subprocess.Popen([sys.executable, "-c", OPENER, state_url], stderr=subprocess.PIPE) for _ in range(4)]
    assert [opener.communicate(timeout=100)[1].decode() for opener in openers] == [""] * 4
    assert [opener.returncode for opener in openers] == [0] * 4


def test_a_migration_that_fails_at_its_end_leaves_nothing(state_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_state(state_url)

    def nearly(*arguments: Any) -> None:  # noqa: ANN401, Alembic's own
        command.upgrade(*arguments)
        raise OSError("the last step failed")

    with monkeypatch.context() as patched:
        patched.setattr("veedor.store.upgrading.command", SimpleNamespace(upgrade=nearly))
        with pytest.raises(OSError, match="the last step failed"):
            upgrade(engine)
    with read(engine) as connection:
        assert inspect(connection).get_table_names() == []
    upgrade(engine)
    require(engine)
    engine.dispose()
