"""Passkeys (WebAuthn): registered once, then proof of holding the key, on this site, by somebody whom the device recognised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import webauthn
from sqlalchemy import select, update
from webauthn.helpers import bytes_to_base64url, parse_client_data_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import AuthenticatorSelectionCriteria, ResidentKeyRequirement, UserVerificationRequirement

from veedor.evidence.ledger.entries import moment
from veedor.governance.signin import accounts, challenges
from veedor.governance.signin.errors import SigninRefusedError
from veedor.store import accounts as tables
from veedor.store.transaction import read, write

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from veedor.kernel.clock import Clock

MEANS = "passkey"
_REGISTER, _SIGN_IN = "passkey-register", "passkey-sign-in"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The site that passkeys are bound to: its domain, its address in the browser, and the name people see."""

    domain: str
    origin: str
    name: str


def registration(engine: Engine, account: str, site: Site, clock: Clock) -> str:
    """The options, as JSON, that a browser needs to make a passkey for the account.

    Raises:
        AccountUnknownError: there is no open account of that name.
    """
    with read(engine) as connection:
        accounts.require(connection, account)
    given = challenges.new_challenge()
    challenges.keep(engine, given, _REGISTER, {"account": account}, clock.now())
    wanted = AuthenticatorSelectionCriteria(
        resident_key=ResidentKeyRequirement.REQUIRED, user_verification=UserVerificationRequirement.REQUIRED
    )
    options = webauthn.generate_registration_options(
        rp_id=site.domain, rp_name=site.name, user_name=account, challenge=given, authenticator_selection=wanted
    )
    return webauthn.options_to_json(options)


def register(engine: Engine, answer: dict[str, Any], site: Site, clock: Clock) -> str:
    """Add the passkey that a browser made to the account it was asked for; the account's name.

    Raises:
        SigninRefusedError: the answer fits no registration that is open; nothing was added.
        AccountThereError: the passkey is registered already.
    """
    now = clock.now()
    given = _challenge(answer)
    content = challenges.take(engine, given, _REGISTER, now)
    if content is None:
        raise SigninRefusedError
    try:
        made = webauthn.verify_registration_response(
            credential=answer, expected_challenge=given, expected_rp_id=site.domain, expected_origin=site.origin,
            require_user_verification=True,
        )  # fmt: skip
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise SigninRefusedError from error
    row = {
        "credential": bytes_to_base64url(made.credential_id), "account": content["account"], "means": MEANS,
        "content": made.credential_public_key, "counter": made.sign_count, "added_at": moment(now), "removed_at": None,
    }  # fmt: skip
    accounts.put(engine, tables.credential, row, row["credential"])
    return str(content["account"])


def request(engine: Engine, site: Site, clock: Clock) -> str:
    """The options, as JSON, that a browser needs to sign in with any passkey it has for this site; they name no account."""
    given = challenges.new_challenge()
    challenges.keep(engine, given, _SIGN_IN, {}, clock.now())
    options = webauthn.generate_authentication_options(
        rp_id=site.domain, challenge=given, user_verification=UserVerificationRequirement.REQUIRED
    )
    return webauthn.options_to_json(options)


def check(engine: Engine, answer: dict[str, Any], site: Site, clock: Clock) -> str:
    """The account whose passkey answered.

    Raises:
        SigninRefusedError: the answer fits no open request, no passkey that is registered, or an account that lets nobody in.
    """
    now = clock.now()
    given = _challenge(answer)
    if challenges.take(engine, given, _SIGN_IN, now) is None:
        raise SigninRefusedError
    with write(engine) as connection:
        this = (tables.credential.c.credential == str(answer.get("id"))) & tables.credential.c.removed_at.is_(None)
        found = connection.execute(select(tables.credential).where(this, tables.credential.c.means == MEANS)).one_or_none()
        if found is None or accounts.admitted(connection, found.account, now) is None:
            raise SigninRefusedError
        try:
            proved = webauthn.verify_authentication_response(
                credential=answer, expected_challenge=given, expected_rp_id=site.domain, expected_origin=site.origin,
                credential_public_key=found.content, credential_current_sign_count=found.counter, require_user_verification=True,
            )  # fmt: skip
        except (WebAuthnException, ValueError, KeyError, TypeError) as error:
            raise SigninRefusedError from error
        connection.execute(update(tables.credential).where(this).values(counter=proved.new_sign_count))
        accounts.succeeded(connection, found.account)
        return str(found.account)


def _challenge(answer: dict[str, Any]) -> bytes:
    """The challenge that an answer claims to answer; nothing else of it is believed before it is verified."""
    try:
        return parse_client_data_json(webauthn.base64url_to_bytes(answer["response"]["clientDataJSON"])).challenge
    except (WebAuthnException, ValueError, KeyError, TypeError) as error:
        raise SigninRefusedError from error
