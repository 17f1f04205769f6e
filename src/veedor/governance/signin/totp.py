"""One-time codes of an authenticator app (RFC 6238): enrolled by proving one, accepted once each."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyotp
from pyotp.exceptions import OTPVerificationError
from sqlalchemy import select, update

from veedor.evidence.ledger.entries import moment
from veedor.governance.signin import accounts
from veedor.governance.signin.errors import SigninRefusedError
from veedor.store import accounts as tables
from veedor.store.transaction import read, write

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from veedor.governance.signin.secret import Secret
    from veedor.kernel.clock import Clock

MEANS = "totp"
_WINDOW = 1  # steps of 30 seconds by which the two clocks may differ


def new_enrolment(account: str, issuer: str) -> tuple[str, str]:
    """A new secret in base32, and the address that an app shows as a QR code. Neither is kept: `enrol` takes the secret back."""
    secret = pyotp.random_base32()
    return secret, pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)


def enrol(engine: Engine, account: str, secret: str, code: str, sealing: Secret, clock: Clock) -> None:
    """Add the secret to the account once a code shows that an app has it.

    Raises:
        SigninRefusedError: the code does not fit; nothing was added.
        AccountThereError: the account has codes already.
        AccountUnknownError: there is no open account of that name.
    """
    now = clock.now()
    with read(engine) as connection:
        accounts.require(connection, account)
    step = _step(secret, code, now.timestamp())
    if step is None:
        raise SigninRefusedError
    row = {
        "credential": _name(account), "account": account, "means": MEANS, "content": sealing.seal(secret.encode(), _name(account)),
        "counter": step, "added_at": moment(now), "removed_at": None,
    }  # fmt: skip
    accounts.put(engine, tables.credential, row, _name(account))


def check(engine: Engine, account: str, code: str, sealing: Secret, clock: Clock) -> None:
    """Nothing, where the code is the account's and was not used before.

    Raises:
        SigninRefusedError: it is not, or the account does not let anybody in; which of these is not told.
    """
    now = clock.now()
    with write(engine) as connection:
        admitted = accounts.admitted(connection, account, now)
        this = (tables.credential.c.credential == _name(account)) & tables.credential.c.removed_at.is_(None)
        found = connection.execute(select(tables.credential).where(this)).one_or_none()
        secret = sealing.unseal(found.content, _name(account)) if found is not None else None
        step = _step(secret.decode(), code, now.timestamp()) if secret is not None else None
        if admitted is not None and found is not None and step is not None and step > found.counter:
            connection.execute(update(tables.credential).where(this).values(counter=step))
            accounts.succeeded(connection, account)
            return
    raise accounts.refuse(engine, account, now)


def _step(secret: str, code: str, at: float) -> int | None:
    """The time step that a code belongs to; None for a wrong code."""
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(code, for_time=at, valid_window=_WINDOW)
    except (OTPVerificationError, ValueError):
        return None


def _name(account: str) -> str:
    return f"{MEANS}:{account}"
