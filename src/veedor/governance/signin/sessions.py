"""Sessions: a signed token in the reader's hands, and a row here that ends it. The token is made and read by a library (RFC 7519)."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from sqlalchemy import insert, select, update

from veedor.evidence.ledger.entries import moment
from veedor.governance.signin import accounts
from veedor.governance.signin.errors import SessionEndedError
from veedor.kernel import canonical
from veedor.store import accounts as tables
from veedor.store.transaction import read, write

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from veedor.governance.signin.secret import Secret
    from veedor.kernel.clock import Clock

LIFETIME = timedelta(hours=10)  # of a working day; a session is not made longer by being used
ISSUER, ALGORITHM = "veedor", "HS256"
_AUDIENCE = "veedor/session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """Somebody who is signed in."""

    account: str
    officer: str
    means: str
    expires: datetime


def begin(engine: Engine, account: str, means: str, secret: Secret, clock: Clock) -> str:
    """Begin a session for an account that was just proved, and give the token that stands for it.

    Raises:
        AccountUnknownError: there is no open account of that name.
    """
    now = clock.now()
    name, expires = secrets.token_urlsafe(24), now + LIFETIME
    row = {
        "session": _digest(name), "account": account, "means": means, "begins_at": moment(now), "expires_at": moment(expires),
        "ended_at": None,
    }  # fmt: skip
    with write(engine) as connection:
        accounts.require(connection, account)
        connection.execute(insert(tables.session), row)
    return sign(secret, {"aud": _AUDIENCE, "jti": name}, now, expires)


def check(engine: Engine, text: str, secret: Secret, clock: Clock) -> Session:
    """Who is signed in under a token.

    Raises:
        SessionEndedError: nobody is: it was altered, is over, or its account was closed.
    """
    now = clock.now()
    claims = claims_of(secret, text, _AUDIENCE, now)
    if claims is not None:
        session, account = tables.session, tables.account
        wanted = select(account.c.account, account.c.officer, session.c.means, session.c.expires_at).join(account)
        is_open = session.c.ended_at.is_(None) & account.c.closed_at.is_(None) & (session.c.expires_at > moment(now))
        with read(engine) as connection:
            found = connection.execute(wanted.where(session.c.session == _digest(claims["jti"]), is_open)).one_or_none()
        if found is not None:
            expires = datetime.fromisoformat(found.expires_at)
            return Session(account=found.account, officer=found.officer, means=found.means, expires=expires)
    raise SessionEndedError


def end(engine: Engine, text: str, secret: Secret, clock: Clock) -> None:
    """End a session; one that is over, or none, is left as it is."""
    now = clock.now()
    claims = claims_of(secret, text, _AUDIENCE, now)
    if claims is not None:
        this = (tables.session.c.session == _digest(claims["jti"])) & tables.session.c.ended_at.is_(None)
        with write(engine) as connection:
            connection.execute(update(tables.session).where(this).values(ended_at=moment(now)))


def sign(secret: Secret, claims: dict[str, Any], now: datetime, expires: datetime) -> str:
    """A token with these claims, issued now."""
    stated = {"iss": ISSUER, "iat": int(now.timestamp()), "exp": int(expires.timestamp()), **claims}
    return jwt.encode({"alg": ALGORITHM}, stated, OctKey.import_key(secret.signing_key()), algorithms=[ALGORITHM])


def claims_of(secret: Secret, text: str, audience: str, now: datetime) -> dict[str, Any] | None:
    """The claims of a token of ours for this use; None where it is another's, altered, or over."""
    wanted = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        iss={"essential": True, "value": ISSUER},
        aud={"essential": True, "value": audience},
        exp={"essential": True},
        jti={"essential": True},
    )
    try:
        found = jwt.decode(text, OctKey.import_key(secret.signing_key()), algorithms=[ALGORITHM])
        wanted.validate(found.claims)
    except (JoseError, ValueError):
        return None
    return dict(found.claims)


def _digest(name: str) -> str:
    return canonical.digest_bytes(b"veedor/session/1\n" + name.encode())
