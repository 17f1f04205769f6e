"""A state with an officer's account, the secret of sign-in, and a clock that can be moved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from veedor.governance.signin.accounts import open_account
from veedor.governance.signin.secret import Secret

if TYPE_CHECKING:
    from sqlalchemy import Engine

NOW = datetime(2026, 6, 1, 12, 0, 5, tzinfo=UTC)


@dataclass
class Watch:
    """A clock that a test moves."""

    at: datetime = NOW

    def now(self) -> datetime:
        return self.at

    def later(self, **parts: float) -> None:
        self.at += timedelta(**parts)


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
def secret() -> Secret:
    return Secret(bytes(range(32)))


@pytest.fixture
def engine(state: Engine, watch: Watch) -> Engine:
    """The state with one open account, `ana`, of the officer o-1."""
    open_account(state, "ana", "o-1", watch)
    return state
