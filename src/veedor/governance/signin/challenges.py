"""Something handed out that has to come back once, soon, for the purpose it was made for. Only its digest is kept."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, insert, select

from veedor.evidence.ledger.entries import moment
from veedor.kernel import canonical
from veedor.store import accounts as tables
from veedor.store.transaction import write

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Engine

LIFETIME = timedelta(minutes=10)
BYTES = 32


def new_challenge() -> bytes:
    """32 bytes that nobody can foresee."""
    return secrets.token_bytes(BYTES)


def keep(engine: Engine, given: bytes, purpose: str, content: dict[str, Any], now: datetime) -> None:
    """Remember what was handed out and what its answer has to fit; whatever is too old is forgotten on the way."""
    row = {
        "challenge": _digest(given), "purpose": purpose, "content": canonical.canonical(content), "expires_at": moment(now + LIFETIME),
    }  # fmt: skip
    with write(engine) as connection:
        connection.execute(delete(tables.challenge).where(tables.challenge.c.expires_at <= moment(now)))
        connection.execute(insert(tables.challenge), row)


def take(engine: Engine, given: bytes, purpose: str, now: datetime) -> dict[str, Any] | None:
    """What the answer has to fit; None where it was never handed out, came back before, or comes too late."""
    this = tables.challenge.c.challenge == _digest(given)
    with write(engine) as connection:
        found = connection.execute(select(tables.challenge).where(this)).one_or_none()
        connection.execute(delete(tables.challenge).where(this))
    if found is None or found.purpose != purpose or found.expires_at <= moment(now):
        return None
    content: dict[str, Any] = canonical.read(found.content)
    return content


def _digest(given: bytes) -> str:
    return canonical.digest_bytes(b"veedor/challenge/1\n" + given)
