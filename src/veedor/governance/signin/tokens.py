"""API tokens: for some acts, up to a last day, revocable; kept as a digest, and noted in the ledger when issued and when revoked."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, update

from veedor.evidence.ledger.append import append
from veedor.evidence.ledger.entries import Draft, moment
from veedor.evidence.ledger.kinds import Note
from veedor.governance.roles import QUORUM, Action
from veedor.governance.signin import accounts
from veedor.governance.signin.errors import AccountUnknownError, TokenRefusedError, TokenTooWideError
from veedor.governance.signin.sessions import claims_of, sign
from veedor.kernel import canonical
from veedor.kernel.language import N_, Template
from veedor.store import accounts as tables
from veedor.store.transaction import read, write

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Engine

    from veedor.governance.signin.secret import Secret
    from veedor.kernel.clock import Clock

LONGEST = timedelta(days=366)
NO_SCOPE = frozenset({*QUORUM, Action.SEAT, Action.KEY, Action.DELEGATE})
"""What no token stands for: acts that need a person, and acts that make further officers or keys."""
ISSUED, REVOKED = "token-issued", "token-revoked"
_AUDIENCE = "veedor/api"

NO_ACTS = Template("gov.token-no-acts", N_("no act is named"))
NEEDS_PERSON = Template("gov.token-needs-person", N_("these need a person: {actions}"))
TOO_LONG = Template("gov.token-too-long", N_("its last day is too far away, or past"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bearer:
    """Whoever holds a token, and what it is good for."""

    token: str
    account: str
    officer: str
    scopes: frozenset[Action]


def issue(engine: Engine, account: str, scopes: Collection[Action], expires: datetime, secret: Secret, clock: Clock) -> str:
    """A new token for an account. It is given once, here, and noted in the ledger by its name.

    Raises:
        TokenTooWideError: it would last too long, or stand for what no token may.
        AccountUnknownError: there is no open account of that name.
    """
    now = clock.now()
    why = NO_ACTS() if not scopes else TOO_LONG() if not now < expires <= now + LONGEST else None
    if NO_SCOPE & set(scopes):
        why = NEEDS_PERSON(actions=tuple(sorted(action.value for action in NO_SCOPE & set(scopes))))
    if why is not None:
        raise TokenTooWideError(why=why, days=LONGEST.days)
    name = f"t-{secrets.token_hex(8)}"
    stated = " ".join(sorted(action.value for action in scopes))
    text = sign(secret, {"aud": _AUDIENCE, "jti": name, "scope": stated, "key": secrets.token_urlsafe(16)}, now, expires)
    row = {
        "token": name, "account": account, "digest": _digest(text), "scopes": stated, "issued_at": moment(now),
        "expires_at": moment(expires), "revoked_at": None, "used_at": None, "uses": 0,
    }  # fmt: skip
    with read(engine) as connection:
        officer = accounts.require(connection, account).officer
    _note(engine, ISSUED, officer, name, f"{name}: {stated}, until {moment(expires)}", clock)  # first the note: no token without one
    with write(engine) as connection:
        connection.execute(insert(tables.token), row)
    return text


def check(engine: Engine, text: str, action: Action, secret: Secret, clock: Clock) -> Bearer:
    """Whoever holds the token, where it is good for the act; each use is counted. What they may do with which item, policies decide.

    Raises:
        TokenRefusedError: it was altered, is over or revoked, is not for this act, or its account was closed.
    """
    now = clock.now()
    claims = claims_of(secret, text, _AUDIENCE, now)
    if claims is None:
        raise TokenRefusedError
    token, account = tables.token, tables.account
    with write(engine) as connection:
        wanted = select(token, account.c.officer, account.c.closed_at).join(account).where(token.c.token == str(claims["jti"]))
        found = connection.execute(wanted).one_or_none()
        is_open = found is not None and found.revoked_at is None and found.closed_at is None and found.expires_at > moment(now)
        if found is None or not is_open or not hmac.compare_digest(found.digest, _digest(text)):
            raise TokenRefusedError
        scopes = frozenset(Action(scope) for scope in found.scopes.split())
        if action not in scopes:
            raise TokenRefusedError
        connection.execute(update(token).where(token.c.token == found.token).values(used_at=moment(now), uses=found.uses + 1))
    return Bearer(token=found.token, account=found.account, officer=found.officer, scopes=scopes)


def revoke(engine: Engine, name: str, clock: Clock) -> None:
    """End a token by its name, and note it in the ledger.

    Raises:
        AccountUnknownError: there is no such token, or it has ended.
    """
    token, account = tables.token, tables.account
    this = (token.c.token == name) & token.c.revoked_at.is_(None)
    with write(engine) as connection:
        officer = connection.scalar(select(account.c.officer).join(token).where(this))
        if officer is None:
            raise AccountUnknownError(name=name)
        connection.execute(update(token).where(this).values(revoked_at=moment(clock.now())))
    _note(engine, REVOKED, officer, name, name, clock)


def _note(engine: Engine, about: str, officer: str, name: str, text: str, clock: Clock) -> None:
    append(engine, [Draft(body=Note(about=about, text=text), actor=officer, at=clock.now(), request=f"{about} {name}")], clock)


def _digest(text: str) -> str:
    return canonical.digest_bytes(b"veedor/token/1\n" + text.encode())
