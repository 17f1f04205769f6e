"""A node, its officers and the acts of a made-up day."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine

from veedor.evidence.ledger import kinds
from veedor.evidence.ledger.acts import sign
from veedor.evidence.ledger.append import append
from veedor.evidence.ledger.entries import Draft, Receipt
from veedor.evidence.log.keys import ED25519, SignerKey
from veedor.evidence.signer import Signer
from veedor.governance.keys import signer
from veedor.kernel.canonical import digest_bytes

NOON = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)


@dataclass(slots=True)
class Day:
    """A ledger and a clock that its test moves by hand."""

    engine: Engine
    at: datetime = NOON
    node: SignerKey = field(default_factory=lambda: SignerKey(name="node.example/log", kind=ED25519, seed=bytes(range(32))))
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    def now(self) -> datetime:
        return self.at

    def wait(self, **how_long: float) -> None:
        self.at += timedelta(**how_long)

    def draft(self, body: kinds.Body, actor: str = "node-a", request: str = "", key: Signer | None = None) -> Draft:
        made = Draft(body=body, actor=actor, at=self.at, request=request or f"request-{next(self._numbers)}")
        return made if key is None else sign(made, key)

    def enter(self, body: kinds.Body, actor: str = "node-a", request: str = "", key: Signer | None = None) -> Receipt:
        (receipt,) = append(self.engine, [self.draft(body, actor, request, key)], self)
        return receipt

    def officer(self, name: str = "officer-1", seed: int = 1) -> Signer:
        """An officer of party XA with a key."""
        key = signer(bytes([seed]) * 32)
        self.enter(kinds.OfficerAdded(officer=name, party="XA"))
        self.enter(kinds.KeyAdded(key=key.key_id, holder=name, purpose="officer"))
        return key


def digest(text: str) -> str:
    return digest_bytes(text.encode())


def snapshot(text: str = "one", **changed: object) -> kinds.SnapshotTaken:
    made = kinds.SnapshotTaken(
        snapshot=digest(text), capture=digest(f"capture of {text}"), source="registry-a", controller="XA", known_from=date(2031, 5, 1)
    )
    return dataclasses.replace(made, **changed)  # type: ignore[arg-type]  # the tests name fields that exist


def reply(text: str = "It rained.") -> kinds.ReplyFiled:
    return kinds.ReplyFiled(verdict=digest("verdict"), party="XA", ground="2", text=text)


@pytest.fixture
def day(state: Engine) -> Day:
    """An empty ledger at noon, on each database in turn."""
    return Day(state)


@pytest.fixture
def made() -> object:
    """The makers of bodies, since test modules cannot import one another."""
    return type("Made", (), {"digest": staticmethod(digest), "snapshot": staticmethod(snapshot), "reply": staticmethod(reply)})
