"""Opening the state: settings that keep what was acknowledged, addresses that are refused, secrets that stay out of messages."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import IntegrityError

from veedor.store import tables
from veedor.store.engine import default_url, file_of, open_state, where
from veedor.store.errors import ServerDriverMissingError, StateAddressError, StateUnreachableError
from veedor.store.transaction import read, write

SERVER = "postgresql://clerk:s3cret@db.example.org/state"


def test_what_is_committed_is_on_the_disk(state: Engine) -> None:
    with read(state) as connection:
        if state.dialect.name == "sqlite":
            found = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in ("journal_mode", "synchronous", "foreign_keys")
            }
            assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
        else:
            assert connection.execute(text("SHOW synchronous_commit")).scalar() == "on"


def test_a_row_without_its_entry_is_refused(state: Engine) -> None:
    row = {"seq": 7, "accord": "a", "digest": "0" * 64, "status": "draft", "parties": "XA", "at": "2031-05-06T12:00:00.000000Z"}
    with pytest.raises(IntegrityError), write(state) as connection:
        connection.execute(tables.accord_version.insert(), row)


@pytest.mark.parametrize("address", ["mysql://host/state", "sqlite://", "state.db", "", "oracle://x"])
def test_other_databases_are_refused(address: str) -> None:
    with pytest.raises(StateAddressError):
        open_state(address)


def test_the_state_of_a_project_is_a_file_in_its_folder(tmp_path: Path) -> None:
    engine = open_state(default_url(tmp_path))
    assert file_of(engine) == tmp_path / "state.db"
    assert where(engine) == str(tmp_path / "state.db")
    assert list(tmp_path.iterdir()) == [], "opening touches nothing"


def test_a_password_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_state(SERVER)
    assert file_of(engine) is None
    assert where(engine) == "postgresql://clerk:***@db.example.org/state"
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(ServerDriverMissingError) as missing:
        open_state(SERVER)
    assert "s3cret" not in str(missing.value) + missing.value.where
    with pytest.raises(StateAddressError) as wrong:
        open_state("mysql://clerk:s3cret@db.example.org/state")
    assert "s3cret" not in str(wrong.value)


def test_a_server_that_is_not_there(tmp_path: Path) -> None:
    engine = open_state(f"postgresql://postgres@/state?host={tmp_path}")
    with pytest.raises(StateUnreachableError) as found, read(engine):
        pass
    assert found.value.exit_code == 5
