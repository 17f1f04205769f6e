"""Somebody at a project's command line, with a clock that the test moves."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from veedor.cli.main import main
from veedor.evidence.ledger.append import append
from veedor.evidence.ledger.entries import Draft
from veedor.evidence.ledger.kinds import KeyAdded
from veedor.evidence.log.keys import ED25519, VerifierKey, decoded
from veedor.evidence.log.policy import Log, Policy
from veedor.governance import keyring
from veedor.kernel.clock import FixedClock, SystemClock
from veedor.project import node_key
from veedor.project.ledger import opened
from veedor.project.project import open_project

NOON = datetime(2031, 5, 1, 12, 5, tzinfo=UTC)
WORDS = "five words drawn at random"
ACTS = "actor,action,object,at,document,grade\nMX,signed,memorandum,2026-03-02,minutes,B2\n"


@dataclass
class Clockwork:
    """The hour that the test sets, for every project of the test."""

    at: datetime = NOON

    def wait(self, **how_long: float) -> None:
        self.at += timedelta(**how_long)


@dataclass
class Desk:
    """A project and whoever sits before it."""

    folder: Path
    capsys: pytest.CaptureFixture[str]
    patch: pytest.MonkeyPatch
    clock: Clockwork
    err: str = field(default="", init=False)

    def run(self, *words: str, code: int = 0) -> str:
        """Run a command in the project; what it wrote to stdout."""
        done = main(["--lang", "en", "--project", str(self.folder), *words])
        said = self.capsys.readouterr()
        assert done == code, said.out + said.err
        self.err = said.err
        return said.out

    def wait(self, **how_long: float) -> None:
        self.clock.wait(**how_long)

    def seal(self) -> str:
        """Wait for the batch that is under way and seal it."""
        self.wait(hours=1)
        return self.run("log", "checkpoint", "--passphrase-from", "NODE_WORDS")

    def key(self) -> Policy:
        """Make the node's key and enter it; a policy that trusts it."""
        project = open_project(self.folder, clock=FixedClock(self.clock.at))
        made = keyring.new(node_key.keys_folder(project), node_key.origin(project), "node", WORDS, cost=1 << 14)
        body = KeyAdded(key=made.held.public, holder=made.held.holder, purpose="node")
        with opened(project) as engine:
            append(engine, [Draft(body=body, actor="node", at=self.clock.at, request=made.held.public)], project.clock)
        key = VerifierKey(name=made.held.holder, kind=ED25519, public=decoded(made.held.public) or b"")
        return Policy(logs=(Log(key=key),))

    def entries(self, kind: str) -> list[dict[str, Any]]:
        """The entries of a kind, as JSON."""
        listed = json.loads(self.run("log", "--format", "json"))["entries"]
        return [one for one in listed if one["kind"] == kind]


@pytest.fixture
def new_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[[str], Desk]:
    """Make an empty project, all of one test under one clock."""
    clock = Clockwork()
    monkeypatch.setattr(SystemClock, "now", lambda _: clock.at)
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("NODE_WORDS", WORDS)

    def make(name: str) -> Desk:
        made = Desk(tmp_path / name, capsys, monkeypatch, clock)
        assert main(["--lang", "en", "new", str(made.folder), "--accord", "merida-conditions"]) == 0
        capsys.readouterr()
        settings = made.folder / "veedor.toml"
        settings.write_text(settings.read_text(encoding="utf-8").replace('# name = "node"', f'name = "{name}"'), encoding="utf-8")
        return made

    return make


@pytest.fixture
def desk(new_desk: Callable[[str], Desk], tmp_path: Path) -> Desk:
    """A project into which one sheet was taken."""
    made = new_desk("p")
    sheet = tmp_path / "acts.csv"
    sheet.write_text(ACTS, encoding="utf-8")
    made.run("add", str(sheet), "--as", "act", "--controller", "MX", "--grade", "B2", "--yes")
    return made
