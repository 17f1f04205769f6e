"""Bundles: a verdict on its way from a project to somebody who has nothing but the file."""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest

from veedor.audit import bundle as bundles
from veedor.audit.main import audit
from veedor.cli.main import main
from veedor.evidence.ledger.append import append
from veedor.evidence.ledger.entries import Draft
from veedor.evidence.ledger.kinds import KeyAdded
from veedor.governance import keyring
from veedor.kernel.clock import FixedClock, SystemClock
from veedor.project import bundling, intake, ledger, node_key, starting
from veedor.project.ledger_errors import BundleTooLargeError, VerdictNotEnteredError
from veedor.project.project import Project, open_project
from veedor.project.starting import Started
from veedor.reports.document import SYNTHETIC
from veedor.sources.taking import Offered
from veedor.verdicts.judge import verdict_plain
from veedor.verdicts.rows import EXERCISE

WORDS = "five words drawn at random"
STARTED, SEALED = datetime(2031, 5, 1, 12, 5, tzinfo=UTC), datetime(2031, 5, 1, 13, 1, tzinfo=UTC)
pytestmark = pytest.mark.xdist_group("bundles")  # one worker makes the project once


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Started:
    """The starter project with a node key, and nothing sealed."""
    made = starting.start(tmp_path_factory.mktemp("bundles") / "p", "en", FixedClock(STARTED))
    project = made.project
    key = keyring.new(node_key.keys_folder(project), node_key.origin(project), "node", WORDS, cost=1 << 14)
    with ledger.opened(project) as engine:
        body = KeyAdded(key=key.held.public, holder=key.held.holder, purpose="node")
        append(engine, [Draft(body=body, actor="node", at=STARTED, request="key")], project.clock)
    shutil.copytree(project.folder.root, project.folder.root.with_name("before"))  # as it is before its first batch
    return made


@pytest.fixture(scope="module")
def sealed(started: Started) -> Started:
    """The same after its first batch."""
    project = open_project(started.project.folder.root, clock=FixedClock(SEALED))
    assert ledger.publish(project, ledger.everything, lambda: WORDS).sealed is not None
    return started


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hour after the batch."""
    monkeypatch.setattr(SystemClock, "now", lambda _: SEALED)
    monkeypatch.setenv("COLUMNS", "120")


def _run(started: Started, *words: str) -> int:
    return main(["--lang", "en", "--project", str(started.project.folder.root), *words])


def _policy(started: Started, path: Path) -> Path:
    """A policy file with the node's key, as a reader would have it over another channel."""
    key = next(iter(sorted(node_key.keys_folder(started.project).glob("*.json"))))
    public = json.loads(key.read_bytes())["public"]
    own = node_key.VerifierKey(name=node_key.origin(started.project), kind=1, public=bundles.decoded(public) or b"")
    path.write_text(f"log {own.vkey()}\nquorum none\n", encoding="ascii")
    return path


def test_before_its_batch_there_is_no_bundle(
    started: Started, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(SystemClock, "now", lambda _: STARTED)
    before = str(started.project.folder.root.with_name("before"))
    assert main(["--lang", "en", "--project", before, "bundle", starting.TELLING, "-o", str(tmp_path / "b.json")]) == 2
    said = capsys.readouterr().err
    assert "PRO032" in said
    assert "2031-05-01T13:00:00Z" in said
    assert "veedor log checkpoint" in said
    assert not (tmp_path / "b.json").exists()


@pytest.mark.usefixtures("at")
def test_a_bundle_passes_an_audit_with_nothing_else(sealed: Started, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "b.json"
    assert _run(sealed, "bundle", starting.TELLING, "-o", str(file)) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[0] == SYNTHETIC
    assert "anyone can recompute it" in out.splitlines()[1]
    assert EXERCISE in out
    report = audit(file, _policy(sealed, tmp_path / "policy"))
    assert report.exit_code == 0, report
    assert (report.grade, report.is_exercise) == ("anyone", True)
    found = bundles.read(file.read_bytes())
    verdict = sealed.judgement.verdict(starting.TELLING)
    assert found.verdict is not None
    assert bundles.verdict_digest(found.verdict) == bundles.verdict_digest(verdict_plain(verdict))
    assert found.method == ("veedor.verdicts", sealed.judgement.method)
    snapshots = {support.snapshot for support in verdict.supports}
    assert snapshots <= {one.digest for one in found.inputs}
    assert all(hashlib.sha256(one.data or b"").hexdigest() == one.digest for one in found.inputs)  # taken from files, so put in whole
    assert len(found.entries) == 1 + len(snapshots)


@pytest.mark.usefixtures("at")
def test_every_verdict_of_the_starter_project_makes_a_sound_bundle(sealed: Started, tmp_path: Path) -> None:
    trusted = _policy(sealed, tmp_path / "policy")
    names = list(dict.fromkeys(verdict.commitment for verdict in sealed.judgement.verdicts))
    assert _run(sealed, "bundle", *names, "-o", str(tmp_path / "all")) == 0
    files = sorted((tmp_path / "all").iterdir())
    assert len(files) == len(sealed.judgement.verdicts)
    assert {file.name: audit(file, trusted).exit_code for file in files if audit(file, trusted).exit_code} == {}
    handed_in = [bundles.read(file.read_bytes()) for file in files]
    closed = [one for one in handed_in if one.grade != "anyone"]
    assert closed, "the starter project has verdicts on sheets that were handed in"
    assert [i.name for one in closed for i in one.inputs if i.data is not None] == []  # of those the digests go out, not the bytes


@pytest.mark.usefixtures("at")
def test_a_bundle_that_was_changed_fails(sealed: Started, tmp_path: Path) -> None:
    file, trusted = tmp_path / "b.json", _policy(sealed, tmp_path / "policy")
    assert _run(sealed, "bundle", starting.TELLING, "-o", str(file)) == 0
    data = json.loads(file.read_bytes())
    data["verdict"]["outcome"] = "KEPT" if data["verdict"]["outcome"] != "KEPT" else "BROKEN"
    file.write_bytes(bundles.canonical.canonical(data))
    assert audit(file, trusted).exit_code == 4


@pytest.mark.usefixtures("at")
def test_a_digest_names_one_verdict_and_a_wrong_name_suggests_the_nearest(
    sealed: Started, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    digest = bundles.verdict_digest(verdict_plain(sealed.judgement.verdict(starting.TELLING)))
    assert _run(sealed, "bundle", digest[:12], "-o", str(tmp_path / "b.json")) == 0
    assert _run(sealed, "bundle", digest[:7], "-o", str(tmp_path / "c.json")) == 2
    assert _run(sealed, "bundle", "homicide-guanajuat", "-o", str(tmp_path / "c.json")) == 2
    assert f'("{starting.TELLING}"?)' in capsys.readouterr().err
    assert _run(sealed, "bundle", starting.TELLING, "-o", str(tmp_path / "b.json")) == 2  # never overwritten
    assert "PRO010" in capsys.readouterr().err


@pytest.fixture
def addressed(started: Started, tmp_path: Path) -> Project:
    """A copy of the project in which the publishers' addresses are known, after its first batch."""
    folder = tmp_path / "addressed"
    shutil.copytree(started.project.folder.root.with_name("before"), folder)
    project = open_project(folder, clock=FixedClock(STARTED))
    for support in started.judgement.verdict(starting.TELLING).supports:
        held = project.store.snapshot(support.snapshot)
        offered = Offered(
            name=held.captures[0].name, data=project.store.original(held.digest), address=f"https://example.org/{held.digest}"
        )
        intake.take(project, offered)
    project = open_project(folder, clock=FixedClock(SEALED))
    ledger.publish(project, ledger.everything, lambda: WORDS)
    return project


@pytest.mark.usefixtures("at")
def test_an_address_stands_for_a_file_unless_the_whole_is_asked_for(addressed: Project, started: Started, tmp_path: Path) -> None:
    trusted, folder = _policy(started, tmp_path / "policy"), str(addressed.folder.root)
    snapshots = {support.snapshot for support in started.judgement.verdict(starting.TELLING).supports}
    for name, options in (("by-address", []), ("whole", ["--whole"])):
        file = tmp_path / name
        assert main(["--lang", "en", "--project", folder, "bundle", starting.TELLING, "-o", str(file), *options]) == 0
        assert audit(file, trusted).exit_code == 0
        inputs = [one for one in bundles.read(file.read_bytes()).inputs if one.digest in snapshots]
        assert {one.address for one in inputs} == {f"https://example.org/{digest}" for digest in snapshots}
        assert {one.data is not None for one in inputs} == {bool(options)}


def test_what_does_not_fit_and_what_may_not_be_seen_goes_out_in_no_bundle(sealed: Started, monkeypatch: pytest.MonkeyPatch) -> None:
    project = open_project(sealed.project.folder.root, clock=FixedClock(SEALED))
    asked = bundling.named(project, [starting.TELLING])
    with pytest.raises(VerdictNotEnteredError):
        bundling.bundles(project, lambda _: False, asked, "b.json")
    monkeypatch.setattr(bundling, "MOST_BYTES", 10)
    with pytest.raises(BundleTooLargeError):
        bundling.bundles(project, ledger.everything, asked, "b.json")


class _Host(BaseHTTPRequestHandler):
    """A static host with one file."""

    data: bytes = b""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(self.data)))
        self.end_headers()
        self.wfile.write(self.data)

    def log_message(self, *_: object) -> None:
        """Nothing on stderr."""


def _hosted(data: bytes, *words: str) -> int:
    handler = type("_Held", (_Host,), {"data": data})
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        serving = threading.Thread(target=server.serve_forever)
        serving.start()
        try:
            return main(["--lang", "en", "bundle", "fetch", f"http://127.0.0.1:{server.server_port}/b.json", *words])
        finally:
            server.shutdown()
            serving.join()


@pytest.mark.usefixtures("at")
def test_a_bundle_is_fetched_whole_or_not_at_all(sealed: Started, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "b.json"
    assert _run(sealed, "bundle", starting.TELLING, "-o", str(file)) == 0
    assert _hosted(file.read_bytes(), "-o", str(tmp_path / "got.json")) == 0
    assert (tmp_path / "got.json").read_bytes() == file.read_bytes()
    assert _hosted(file.read_bytes().replace(b'"class"', b'"klass"'), "-o", str(tmp_path / "other.json")) == 4
    assert not (tmp_path / "other.json").exists()
    assert "AUD002" in capsys.readouterr().err
    offline: list[Any] = ["--lang", "en", "--offline", "bundle", "fetch", "http://127.0.0.1:9/b.json", "-o", str(tmp_path / "x")]
    assert main(offline) == 5
    assert "PRO009" in capsys.readouterr().err
