"""OpenID Connect: what an identity provider states, and whether an identity token of its is one for us. Pure: fetching is `remote`'s.

An identity token is accepted when a key that the provider's own documents name signed it, with an algorithm that proves something; when
issuer and audience are the ones expected; when it is for this attempt (nonce); and when it is neither over nor from the future (OpenID
Connect Core 1.0, 3.1.3.7). Who the subject is here is looked up, never read from the token.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from sqlalchemy import select

from veedor.governance.signin import accounts, challenges
from veedor.governance.signin.errors import IdentityRefusedError, ProviderMalformedError, SigninRefusedError
from veedor.kernel.language import N_, Template
from veedor.store import accounts as tables
from veedor.store.transaction import read

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from veedor.kernel.clock import Clock

ALGORITHMS = ("RS256", "PS256", "ES256", "Ed25519", "EdDSA")
"""Signatures by a key that only the provider has; `none` and shared secrets prove nothing about who signed."""
LEEWAY = timedelta(seconds=60)
LONGEST_AGE = timedelta(minutes=10)  # between an identity token's making and its coming here
PURPOSE = "oidc"
LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})

NOT_HTTPS = Template("gov.oidc-not-https", N_("{name} is not an https address: {value}"))
OTHER_ISSUER = Template("gov.oidc-other-issuer", N_("it calls itself {found}"))
NO_PART = Template("gov.oidc-no-part", N_("it states no {name}"))
NO_KEYS = Template("gov.oidc-no-keys", N_("its keys cannot be read"))
NO_ALGORITHM = Template("gov.oidc-no-algorithm", N_("it signs with none of: {known}"))
OTHER_CLIENT = Template("gov.oidc-other-client", N_("it was made for another client"))
TOO_OLD = Template("gov.oidc-too-old", N_("it was made at {made}, and it is {now} here"))
NOT_VERIFIED = Template("gov.oidc-not-verified", N_("{error}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Provider:
    """An identity provider, as its discovery document and keys describe it."""

    issuer: str
    authorization: str
    token: str
    algorithms: tuple[str, ...]
    keys: KeySet = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Client:
    """This node as the provider knows it."""

    id: str
    redirect: str
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One attempt to sign in that came back from the provider: what its answer has to fit."""

    nonce: str
    verifier: str


def provider(issuer: str, discovery: Mapping[str, Any], keys: Mapping[str, Any]) -> Provider:
    """A provider from its discovery document and its keys, both as data.

    Raises:
        ProviderMalformedError: they are not those of this issuer, or lack what is needed.
    """
    if discovery.get("issuer") != issuer:
        raise ProviderMalformedError(issuer=issuer, why=OTHER_ISSUER(found=str(discovery.get("issuer"))))
    places = {}
    for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
        places[name] = require_https(issuer, name, discovery.get(name))
    algorithms = tuple(name for name in ALGORITHMS if name in discovery.get("id_token_signing_alg_values_supported", ()))
    if not algorithms:
        raise ProviderMalformedError(issuer=issuer, why=NO_ALGORITHM(known=ALGORITHMS))
    try:
        found = KeySet.import_key_set({"keys": [key for key in keys["keys"] if key.get("kty") != "oct"]})
    except (JoseError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ProviderMalformedError(issuer=issuer, why=NO_KEYS()) from error
    return Provider(
        issuer=issuer, authorization=places["authorization_endpoint"], token=places["token_endpoint"], algorithms=algorithms, keys=found
    )


def require_https(issuer: str, name: str, value: object) -> str:
    """The address, where it is one that cannot be overheard: https, or the machine itself.

    Raises:
        ProviderMalformedError: it is not.
    """
    if not isinstance(value, str) or not value:
        raise ProviderMalformedError(issuer=issuer, why=NO_PART(name=name))
    found = urlsplit(value)
    if found.scheme != "https" and not (found.scheme == "http" and found.hostname in LOOPBACK):
        raise ProviderMalformedError(issuer=issuer, why=NOT_HTTPS(name=name, value=value))
    return value


def begin(engine: Engine, known: Provider, client: Client, clock: Clock) -> str:
    """The address to which to send the browser. What comes back is good once, for this attempt, for ten minutes."""
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    challenges.keep(engine, state.encode(), PURPOSE, {"issuer": known.issuer, "nonce": nonce, "verifier": verifier}, clock.now())
    asked = {
        "response_type": "code", "client_id": client.id, "redirect_uri": client.redirect, "scope": "openid", "state": state, "nonce": nonce,
        "code_challenge": _challenge(verifier), "code_challenge_method": "S256",
    }  # fmt: skip
    return f"{known.authorization}{'&' if '?' in known.authorization else '?'}{urlencode(asked)}"


def returned(engine: Engine, known: Provider, state: str, clock: Clock) -> Attempt:
    """The attempt that an answer with this state belongs to.

    Raises:
        SigninRefusedError: none is open under it, or it was begun at another provider.
    """
    content = challenges.take(engine, state.encode(), PURPOSE, clock.now())
    if content is None or content["issuer"] != known.issuer:
        raise SigninRefusedError
    return Attempt(nonce=content["nonce"], verifier=content["verifier"])


def subject(known: Provider, token: str, client: Client, attempt: Attempt, clock: Clock) -> str:
    """The subject of an identity token that was made by this provider, for this client and this attempt.

    Raises:
        IdentityRefusedError: it was not.
    """
    now = clock.now()
    wanted = jwt.JWTClaimsRegistry(
        now=int(now.timestamp()),
        leeway=int(LEEWAY.total_seconds()),
        iss={"essential": True, "value": known.issuer},
        aud={"essential": True, "value": client.id},
        sub={"essential": True},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": attempt.nonce},
    )
    try:
        found = jwt.decode(token, known.keys, algorithms=list(known.algorithms))
        wanted.validate(found.claims)
    except (JoseError, ValueError) as error:
        raise IdentityRefusedError(issuer=known.issuer, why=NOT_VERIFIED(error=str(error) or type(error).__name__)) from error
    claims = found.claims
    audience = claims["aud"]
    if claims.get("azp", client.id) != client.id or (isinstance(audience, list) and len(audience) > 1 and "azp" not in claims):
        raise IdentityRefusedError(issuer=known.issuer, why=OTHER_CLIENT())
    made = datetime.fromtimestamp(claims["iat"], now.tzinfo)
    if now - made > LONGEST_AGE:
        raise IdentityRefusedError(issuer=known.issuer, why=TOO_OLD(made=made, now=now))
    return str(claims["sub"])


def account_of(engine: Engine, known: Provider, name: str, clock: Clock) -> str:
    """The account that is linked to a subject of the provider.

    Raises:
        SigninRefusedError: none is, or it lets nobody in.
    """
    with read(engine) as connection:
        this = (tables.identity.c.issuer == known.issuer) & (tables.identity.c.subject == name)
        account = connection.scalar(select(tables.identity.c.account).where(this))
        if account is None or accounts.admitted(connection, account, clock.now()) is None:
            raise SigninRefusedError
    return str(account)


def _challenge(verifier: str) -> str:
    """The S256 challenge of a verifier (RFC 7636, 4.2)."""
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
