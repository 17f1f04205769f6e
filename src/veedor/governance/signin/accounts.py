"""Local accounts: opened for an officer, closed, locked for a while after failures. There are no passwords to guess or to lose."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select, update
from sqlalchemy.exc import IntegrityError

from veedor.evidence.ledger.entries import moment
from veedor.governance.signin.errors import AccountThereError, AccountUnknownError, SigninRefusedError
from veedor.store import accounts as tables
from veedor.store.transaction import read, write

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy import Connection, Engine, Row

    from veedor.kernel.clock import Clock

FAILURES, PAUSE = 5, timedelta(minutes=15)


def open_account(engine: Engine, name: str, officer: str, clock: Clock) -> None:
    """Open an account for an officer. It can do nothing until a means of signing in is added to it.

    Raises:
        AccountThereError: an account of that name was opened before; a closed one is not opened again.
    """
    row = {"account": name, "officer": officer, "created_at": moment(clock.now()), "closed_at": None, "failures": 0, "locked_until": None}
    put(engine, tables.account, row, name)


def close_account(engine: Engine, name: str, clock: Clock) -> None:
    """Close an account for good: its sessions and tokens end with it.

    Raises:
        AccountUnknownError: there is no open account of that name.
    """
    now = moment(clock.now())
    with write(engine) as connection:
        require(connection, name)
        connection.execute(update(tables.account).where(tables.account.c.account == name).values(closed_at=now))
        for table, column in ((tables.session, "ended_at"), (tables.token, "revoked_at"), (tables.credential, "removed_at")):
            connection.execute(update(table).where(table.c.account == name, table.c[column].is_(None)).values({column: now}))


def link_identity(engine: Engine, name: str, issuer: str, subject: str, clock: Clock) -> None:
    """Let whoever an identity provider calls by this subject sign in as the account.

    Raises:
        AccountThereError: that subject is linked to an account already.
        AccountUnknownError: there is no open account of that name.
    """
    with read(engine) as connection:
        require(connection, name)
    row = {"issuer": issuer, "subject": subject, "account": name, "added_at": moment(clock.now())}
    put(engine, tables.identity, row, f"{issuer} {subject}")


def put(engine: Engine, table: Any, row: dict[str, Any], name: str) -> None:  # noqa: ANN401, a table of sign-in
    """Add a row that must not be there.

    Raises:
        AccountThereError: it is.
    """
    try:
        with write(engine) as connection:
            connection.execute(insert(table), row)
    except IntegrityError as error:
        raise AccountThereError(name=name) from error


def require(connection: Connection, name: str) -> Row[Any]:
    """The open account of that name.

    Raises:
        AccountUnknownError: there is none.
    """
    wanted = select(tables.account).where(tables.account.c.account == name, tables.account.c.closed_at.is_(None))
    found = connection.execute(wanted).one_or_none()
    if found is None:
        raise AccountUnknownError(name=name)
    return found


def admitted(connection: Connection, name: str, now: datetime) -> Row[Any] | None:
    """The account, where it is open and not locked; None for every other reason alike."""
    found = connection.execute(select(tables.account).where(tables.account.c.account == name)).one_or_none()
    if found is None or found.closed_at is not None or (found.locked_until is not None and found.locked_until > moment(now)):
        return None
    return found


def succeeded(connection: Connection, name: str) -> None:
    """Forget earlier failures."""
    connection.execute(update(tables.account).where(tables.account.c.account == name).values(failures=0, locked_until=None))


def refuse(engine: Engine, name: str, now: datetime) -> SigninRefusedError:
    """Count a failure, lock the account after too many, and give the one error that tells nothing."""
    with write(engine) as connection:
        found = admitted(connection, name, now)
        if found is not None:
            is_last = found.failures + 1 >= FAILURES
            values = {"failures": 0 if is_last else found.failures + 1, "locked_until": moment(now + PAUSE) if is_last else None}
            connection.execute(update(tables.account).where(tables.account.c.account == name).values(values))
    return SigninRefusedError()
