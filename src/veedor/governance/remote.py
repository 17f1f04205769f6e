"""Asking an identity provider for its documents and for an identity token. Nothing else of governance opens a connection."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote_plus, urlsplit

import httpx2

from veedor.governance.signin.errors import ProviderUnreachableError
from veedor.governance.signin.oidc import LOOPBACK, NO_PART, Provider, provider, require_https
from veedor.kernel import canonical
from veedor.kernel.text import clean

if TYPE_CHECKING:
    from veedor.governance.signin.oidc import Attempt, Client

_SECONDS = 10.0
_MOST = 1 << 20  # bytes of an answer
DISCOVERY = "/.well-known/openid-configuration"


def discover(issuer: str) -> Provider:
    """The provider at an issuer's address, from what it states there.

    Raises:
        ProviderUnreachableError: it did not answer, or not with what was asked for.
        ProviderMalformedError: what it states cannot be used.
    """
    stated = _asked("GET", f"{require_https(issuer, 'issuer', issuer).rstrip('/')}{DISCOVERY}")
    keys = _asked("GET", require_https(issuer, "jwks_uri", stated.get("jwks_uri")))
    return provider(issuer, stated, keys)


def redeem(known: Provider, client: Client, code: str, attempt: Attempt) -> str:
    """The identity token for the code with which the browser came back.

    Raises:
        ProviderUnreachableError: the provider gave none.
    """
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": client.redirect, "client_id": client.id,
        "code_verifier": attempt.verifier,
    }  # fmt: skip
    # How every provider has to take a secret (RFC 6749, 2.3.1: both parts encoded as in a form).
    secret = (quote_plus(client.id), quote_plus(client.secret)) if client.secret else None
    found = _asked("POST", known.token, form, secret)
    token = found.get("id_token")
    if not isinstance(token, str):
        raise ProviderUnreachableError(address=known.token, why=NO_PART(name="id_token"))
    return token


def _asked(method: str, address: str, form: dict[str, str] | None = None, secret: tuple[str, str] | None = None) -> dict[str, Any]:
    try:
        through_proxy = urlsplit(address).hostname not in LOOPBACK
        with (
            httpx2.Client(timeout=_SECONDS, follow_redirects=False, trust_env=through_proxy) as client,
            client.stream(method, address, data=form, auth=secret) as answer,
        ):
            body = b""
            for part in answer.iter_bytes():
                body += part
                if len(body) > _MOST:
                    raise ProviderUnreachableError(address=address, why=f"> {_MOST}")
            status = answer.status_code
    except (httpx2.HTTPError, httpx2.InvalidURL) as error:
        raise ProviderUnreachableError(address=address, why=clean(str(error) or type(error).__name__, limit=200)) from error
    try:
        found = canonical.read(body)
    except ValueError:
        found = None
    if status != 200 or not isinstance(found, dict):
        stated = str(found.get("error", "")) if isinstance(found, dict) else ""  # OAuth's own word for it (RFC 6749, 5.2)
        raise ProviderUnreachableError(address=address, why=clean(f"status {status} {stated}", limit=200).strip())
    return found
