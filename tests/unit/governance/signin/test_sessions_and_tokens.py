"""Sessions and API tokens: what they are good for, when they end, and that what is stored opens nothing."""

from __future__ import annotations

import base64
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from joserfc import jwt
from joserfc.jwk import OctKey
from sqlalchemy import select

from veedor.evidence.ledger.kinds import Note
from veedor.evidence.ledger.reading import list_entries
from veedor.governance.roles import Action
from veedor.governance.signin import accounts, sessions, tokens
from veedor.governance.signin.errors import AccountUnknownError, SessionEndedError, TokenRefusedError, TokenTooWideError
from veedor.governance.signin.secret import Secret
from veedor.store import accounts as tables
from veedor.store.transaction import read

if TYPE_CHECKING:
    from sqlalchemy import Engine


def stored(engine: Engine) -> str:
    with read(engine) as connection:
        rows = [row for table in (tables.session, tables.token, tables.account) for row in connection.execute(select(table))]
    return str(rows)


def forged(text: str, **changes: Any) -> list[str]:  # noqa: ANN401
    """The token with other claims: unsigned, signed by somebody else, with another header, cut and prolonged."""
    head, body, signature = text.split(".")
    claims = json.loads(base64.urlsafe_b64decode(body + "==")) | changes
    packed = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()  # noqa: TID251, a forger's own tool
    unsigned = base64.urlsafe_b64encode(b'{"alg":"none","typ":"JWT"}').rstrip(b"=").decode()
    other = jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(b"x" * 32), algorithms=["HS256"])
    return [
        f"{head}.{packed}.{signature}", f"{unsigned}.{packed}.", f"{unsigned}.{body}.{signature}", other,
        text[:-2], f"{text}.", f"{head}.{body}.", "", ".", "..", "é", text.swapcase(),
    ]  # fmt: skip


def test_a_session_lasts_its_hours_and_no_longer(engine: Engine, secret: Secret, watch: Any) -> None:  # noqa: ANN401
    text = sessions.begin(engine, "ana", "passkey", secret, watch)
    found = sessions.check(engine, text, secret, watch)
    assert (found.account, found.officer, found.means, found.expires) == ("ana", "o-1", "passkey", watch.at + sessions.LIFETIME)
    watch.later(hours=9.9)
    sessions.check(engine, text, secret, watch)
    watch.later(hours=0.2)
    with pytest.raises(SessionEndedError):
        sessions.check(engine, text, secret, watch)


def test_a_session_ends_when_it_is_ended_and_when_its_account_is_closed(engine: Engine, secret: Secret, watch: Any) -> None:  # noqa: ANN401
    first, second = (sessions.begin(engine, "ana", "totp", secret, watch) for _ in range(2))
    sessions.end(engine, first, secret, watch)
    sessions.end(engine, first, secret, watch)
    sessions.end(engine, "nothing", secret, watch)
    with pytest.raises(SessionEndedError):
        sessions.check(engine, first, secret, watch)
    sessions.check(engine, second, secret, watch)
    accounts.close_account(engine, "ana", watch)
    with pytest.raises(SessionEndedError):
        sessions.check(engine, second, secret, watch)
    with pytest.raises(AccountUnknownError):
        sessions.begin(engine, "ana", "totp", secret, watch)


def test_no_forged_session_is_taken(engine: Engine, secret: Secret, watch: Any) -> None:  # noqa: ANN401
    text = sessions.begin(engine, "ana", "passkey", secret, watch)
    for wrong in forged(text, exp=2**40):
        with pytest.raises(SessionEndedError):
            sessions.check(engine, wrong, secret, watch)
    with pytest.raises(SessionEndedError):
        sessions.check(engine, text, Secret(b"y" * 32), watch)
    assert text not in stored(engine)


def test_a_token_is_good_for_its_acts_until_its_day(engine: Engine, secret: Secret, watch: Any) -> None:  # noqa: ANN401
    text = tokens.issue(engine, "ana", {Action.SEE, Action.TAKE}, watch.at + timedelta(days=30), secret, watch)
    found = tokens.check(engine, text, Action.SEE, secret, watch)
    assert (found.account, found.officer, found.scopes) == ("ana", "o-1", {Action.SEE, Action.TAKE})
    with pytest.raises(TokenRefusedError):
        tokens.check(engine, text, Action.REVIEW, secret, watch)
    watch.later(days=29)
    tokens.check(engine, text, Action.TAKE, secret, watch)
    with read(engine) as connection:
        assert connection.scalar(select(tables.token.c.uses)) == 2
    watch.later(days=1)
    with pytest.raises(TokenRefusedError):
        tokens.check(engine, text, Action.SEE, secret, watch)


def test_a_revoked_token_is_refused_and_both_are_in_the_ledger(engine: Engine, secret: Secret, watch: Any) -> None:  # noqa: ANN401
    text = tokens.issue(engine, "ana", {Action.SEE}, watch.at + timedelta(days=1), secret, watch)
    name = tokens.check(engine, text, Action.SEE, secret, watch).token
    tokens.revoke(engine, name, watch)
    with pytest.raises(TokenRefusedError):
        tokens.check(engine, text, Action.SEE, secret, watch)
    with pytest.raises(AccountUnknownError):
        tokens.revoke(engine, name, watch)
    noted = [
        (entry.actor, entry.body.about, entry.body.text) for entry in list_entries(engine, lambda _: True) if isinstance(entry.body, Note)
    ]
    assert noted == [("o-1", "token-issued", f"{name}: see, until 2026-06-02T12:00:05.000000Z"), ("o-1", "token-revoked", name)]
    assert all(text not in str(one) for one in noted)


def test_a_token_of_a_closed_account_is_refused(engine: Engine, secret: Secret, watch: Any) -> None:  # noqa: ANN401
    text = tokens.issue(engine, "ana", {Action.SEE}, watch.at + timedelta(days=1), secret, watch)
    accounts.close_account(engine, "ana", watch)
    with pytest.raises(TokenRefusedError):
        tokens.check(engine, text, Action.SEE, secret, watch)


def test_no_forged_token_is_taken_and_a_session_is_none(engine: Engine, secret: Secret, watch: Any) -> None:  # noqa: ANN401
    text = tokens.issue(engine, "ana", {Action.SEE}, watch.at + timedelta(days=1), secret, watch)
    session = sessions.begin(engine, "ana", "passkey", secret, watch)
    for wrong in (*forged(text, scope="see erase", exp=2**40), session):
        with pytest.raises(TokenRefusedError):
            tokens.check(engine, wrong, Action.SEE, secret, watch)
    with pytest.raises(SessionEndedError):
        sessions.check(engine, text, secret, watch)
    assert text not in stored(engine)
    assert text.split(".")[2] not in stored(engine)


TOO_WIDE: list[tuple[set[Action], int]] = [
    (set(), 1),
    ({Action.SEE}, 0),
    ({Action.SEE}, 367),
    *(({action}, 1) for action in sorted(tokens.NO_SCOPE, key=lambda action: action.value)),
]


def test_no_token_for_nothing_for_ever_or_for_what_needs_a_person(engine: Engine, secret: Secret, watch: Any) -> None:  # noqa: ANN401
    for scopes, days in TOO_WIDE:
        with pytest.raises(TokenTooWideError):
            tokens.issue(engine, "ana", scopes, watch.at + timedelta(days=days), secret, watch)
    with pytest.raises(AccountUnknownError):
        tokens.issue(engine, "nobody", {Action.SEE}, watch.at + timedelta(days=1), secret, watch)
    assert list_entries(engine, lambda _: True) == ()
