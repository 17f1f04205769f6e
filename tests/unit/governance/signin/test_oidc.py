"""OpenID Connect: against a provider that the test starts on this machine, and against every token that such a provider would not make."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, OKPKey, RSAKey

from veedor.governance.remote import discover, redeem
from veedor.governance.signin import accounts, oidc
from veedor.governance.signin.errors import (
    AccountThereError,
    IdentityRefusedError,
    ProviderMalformedError,
    ProviderUnreachableError,
    SigninRefusedError,
)
from veedor.governance.signin.oidc import Attempt, Client, Provider
from veedor.kernel.clock import SystemClock

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy import Engine

PROVIDER = "nanoidp==3.4.0"  # a provider of its own making, on another library; nothing of ours is in it
ISSUER = "https://id.example"
CLIENT = Client(id="veedor", redirect="https://veedor.example/back")
KEY = RSAKey.generate_key(2048, {"kid": "one"})
DISCOVERY = {
    "issuer": ISSUER, "authorization_endpoint": f"{ISSUER}/authorize", "token_endpoint": f"{ISSUER}/token", "jwks_uri": f"{ISSUER}/keys",
    "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
}  # fmt: skip
ATTEMPT = Attempt(nonce="n-1", verifier="v-1")


def provider(*keys: Any) -> Provider:  # noqa: ANN401
    return oidc.provider(ISSUER, DISCOVERY, KeySet(list(keys) or [KEY]).as_dict(private=False))


def claims(watch: Any, **changes: Any) -> dict[str, Any]:  # noqa: ANN401
    now = int(watch.at.timestamp())
    whole = {"iss": ISSUER, "aud": CLIENT.id, "sub": "u-1", "iat": now, "exp": now + 300, "nonce": ATTEMPT.nonce} | changes
    return {name: value for name, value in whole.items() if value is not None}


def token(said: dict[str, Any], key: Any = KEY, algorithm: str = "RS256") -> str:  # noqa: ANN401
    return jwt.encode({"alg": algorithm, "kid": "one"}, said, key, algorithms=[algorithm])


def test_a_token_of_the_provider_for_us_and_for_this_attempt_is_accepted(watch: Any) -> None:  # noqa: ANN401
    assert oidc.subject(provider(), token(claims(watch)), CLIENT, ATTEMPT, watch) == "u-1"
    listed = claims(watch, aud=["other", CLIENT.id], azp=CLIENT.id)
    assert oidc.subject(provider(), token(listed), CLIENT, ATTEMPT, watch) == "u-1"


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://evil.example"}, {"iss": None}, {"iss": f"{ISSUER}/"},
        {"aud": "another"}, {"aud": None}, {"aud": []}, {"aud": ["other", "veedor"]}, {"azp": "another"},
        {"nonce": "n-2"}, {"nonce": None}, {"nonce": ""},
        {"sub": None}, {"sub": ""}, {"sub": 7},
        {"exp": None}, {"exp": 0}, {"exp": "soon"}, {"exp": True},
        {"iat": None}, {"iat": 0}, {"iat": 2**40}, {"nbf": 2**40},
    ],
    ids=str,
)  # fmt: skip
def test_every_other_token_is_refused(watch: Any, change: dict[str, Any]) -> None:  # noqa: ANN401
    with pytest.raises(IdentityRefusedError):
        oidc.subject(provider(), token(claims(watch, **change)), CLIENT, ATTEMPT, watch)


def test_a_token_is_accepted_around_its_time_only(watch: Any) -> None:  # noqa: ANN401
    made = token(claims(watch))
    watch.later(seconds=-59)
    oidc.subject(provider(), made, CLIENT, ATTEMPT, watch)
    watch.later(seconds=-30)
    with pytest.raises(IdentityRefusedError):
        oidc.subject(provider(), made, CLIENT, ATTEMPT, watch)
    watch.later(seconds=89 + 359)
    oidc.subject(provider(), made, CLIENT, ATTEMPT, watch)
    watch.later(seconds=2)
    with pytest.raises(IdentityRefusedError):
        oidc.subject(provider(), made, CLIENT, ATTEMPT, watch)
    lasting = token(claims(watch, exp=int(watch.at.timestamp()) + 86400))
    watch.later(minutes=11)
    with pytest.raises(IdentityRefusedError, match="made at"):
        oidc.subject(provider(), lasting, CLIENT, ATTEMPT, watch)


def test_only_the_providers_own_keys_and_real_signatures_count(watch: Any) -> None:  # noqa: ANN401
    said = claims(watch)
    public = KEY.as_dict(private=False)
    confused = OctKey.import_key(str(public["n"]).encode())  # the public key, used as a shared secret
    head, body, signature = token(said).split(".")
    wrong = [
        token(said, RSAKey.generate_key(2048, {"kid": "one"})), token(said, confused, "HS256"), f"eyJhbGciOiJub25lIn0.{body}.",
        f"{head}.{body}.", f"{head}.{body}.{signature[:-4]}AAAA", f"{head}.{body}", "", "a.b.c", "é.é.é",
    ]  # fmt: skip
    for one in wrong:
        with pytest.raises(IdentityRefusedError):
            oidc.subject(provider(), one, CLIENT, ATTEMPT, watch)


OTHERS = ((ECKey.generate_key("P-256", {"kid": "one"}), "ES256"), (OKPKey.generate_key("Ed25519", {"kid": "one"}), "Ed25519"))


@pytest.mark.parametrize(("made", "algorithm"), OTHERS)
def test_other_algorithms_that_prove_something_are_known(watch: Any, made: Any, algorithm: str) -> None:  # noqa: ANN401
    stated = {**DISCOVERY, "id_token_signing_alg_values_supported": [algorithm]}
    known = oidc.provider(ISSUER, stated, KeySet([made]).as_dict(private=False))
    assert oidc.subject(known, token(claims(watch), made, algorithm), CLIENT, ATTEMPT, watch) == "u-1"
    with pytest.raises(IdentityRefusedError):
        oidc.subject(provider(KEY), token(claims(watch), made, algorithm), CLIENT, ATTEMPT, watch)


@pytest.mark.parametrize(
    "change",
    [
        {"issuer": "https://evil.example"}, {"issuer": None}, {"token_endpoint": None}, {"token_endpoint": "http://id.example/token"},
        {"authorization_endpoint": "javascript:alert(1)"}, {"jwks_uri": 7}, {"id_token_signing_alg_values_supported": ["none", "HS256"]},
        {"id_token_signing_alg_values_supported": []},
    ],
    ids=str,
)  # fmt: skip
def test_a_provider_that_cannot_be_trusted_is_not_used(change: dict[str, Any]) -> None:
    with pytest.raises(ProviderMalformedError):
        oidc.provider(ISSUER, {**DISCOVERY, **change}, KeySet([KEY]).as_dict(private=False))


@pytest.mark.parametrize("keys", [{}, {"keys": 7}, {"keys": [7]}, {"keys": [{"kty": "RSA"}]}])
def test_keys_that_cannot_be_read_are_not_used(keys: dict[str, Any]) -> None:
    with pytest.raises(ProviderMalformedError):
        oidc.provider(ISSUER, DISCOVERY, keys)


def test_an_attempt_comes_back_once_to_the_provider_it_was_sent_to(engine: Engine, watch: Any) -> None:  # noqa: ANN401
    address = oidc.begin(engine, provider(), CLIENT, watch)
    asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert (asked["response_type"], asked["code_challenge_method"], asked["scope"]) == ("code", "S256", "openid")
    found = oidc.returned(engine, provider(), asked["state"], watch)
    assert found.nonce == asked["nonce"]
    assert found.verifier not in address
    with pytest.raises(SigninRefusedError):
        oidc.returned(engine, provider(), asked["state"], watch)
    with pytest.raises(SigninRefusedError):
        oidc.returned(engine, provider(), "invented", watch)


def test_a_subject_is_whom_it_was_linked_to_at_its_own_provider(engine: Engine, watch: Any) -> None:  # noqa: ANN401
    with pytest.raises(SigninRefusedError):
        oidc.account_of(engine, provider(), "u-1", watch)
    accounts.link_identity(engine, "ana", ISSUER, "u-1", watch)
    accounts.link_identity(engine, "ana", "https://other.example", "u-2", watch)
    assert oidc.account_of(engine, provider(), "u-1", watch) == "ana"
    with pytest.raises(AccountThereError):
        accounts.link_identity(engine, "ana", ISSUER, "u-1", watch)
    with pytest.raises(SigninRefusedError):
        oidc.account_of(engine, provider(), "u-2", watch)
    accounts.close_account(engine, "ana", watch)
    with pytest.raises(SigninRefusedError):
        oidc.account_of(engine, provider(), "u-1", watch)


# ---- a real provider ---------------------------------------------------------------------------------------------------

SETTINGS = """
config_version: 1
server: {{host: "127.0.0.1", port: {port}}}
oauth:
  issuer: "http://localhost:{port}"
  audience: "veedor"
  clients: [{{client_id: "veedor", client_secret: "a-shared-secret"}}]
"""
USERS = """
config_version: 1
users: {ana: {password: "a-password", email: "ana@example.org"}}
"""


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an identity provider that runs in an environment of its own; where uv is absent the test says so and is skipped."""
    uv = os.environ.get("UV") or shutil.which("uv")
    if uv is None:
        pytest.skip("uv is not here to start an identity provider in an environment of its own (set UV)")
    folder: Path = tmp_path_factory.mktemp("provider")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (folder / "settings.yaml").write_text(SETTINGS.format(port=port))
    (folder / "users.yaml").write_text(USERS)
    command = [uv, "run", "--quiet", "--isolated", "--no-project", "--with", PROVIDER, "nanoidp", "--config", str(folder)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
    try:
        if not _answers(f"http://localhost:{port}", server):
            said = (folder / "log").read_text(errors="replace")[-400:]
            pytest.skip(f"the identity provider did not start; its package could not be fetched? {said}")
        yield f"http://localhost:{port}"
    finally:
        server.terminate()
        server.wait(20)


def _answers(address: str, server: subprocess.Popen[bytes]) -> bool:
    for _ in range(300):
        if server.poll() is not None:
            return False
        try:
            return httpx2.get(f"{address}/.well-known/openid-configuration", trust_env=False).status_code == 200
        except httpx2.HTTPError:
            time.sleep(0.2)
    return False


def log_in(address: str) -> dict[str, str]:
    """What a person does in a browser: open the page, enter name and password, be sent back."""
    with httpx2.Client(trust_env=False) as browser:
        page = browser.get(address)
        transaction = re.search(r'name="transaction_id" value="([^"]+)"', page.text)
        assert transaction is not None
        form = {"transaction_id": transaction.group(1), "username": "ana", "password": "a-password"}
        back = browser.post(address, data=form)
    assert back.status_code in {302, 303}
    return {name: values[0] for name, values in parse_qs(urlsplit(back.headers["location"]).query).items()}


@pytest.mark.xdist_group("identity-provider")
def test_signing_in_at_a_real_provider(engine: Engine, issuer: str) -> None:
    clock = SystemClock()
    client = Client(id="veedor", redirect="http://localhost:9/back", secret="a-shared-secret")  # noqa: S106, of this test's own provider
    known = discover(issuer)
    back = log_in(oidc.begin(engine, known, client, clock))
    attempt = oidc.returned(engine, known, back["state"], clock)
    made = redeem(known, client, back["code"], attempt)
    name = oidc.subject(known, made, client, attempt, clock)
    with pytest.raises(SigninRefusedError):
        oidc.account_of(engine, known, name, clock)
    accounts.link_identity(engine, "ana", issuer, name, clock)
    assert oidc.account_of(engine, known, name, clock) == "ana"
    for wrong in (Attempt(nonce="another", verifier=attempt.verifier),):
        with pytest.raises(IdentityRefusedError):
            oidc.subject(known, made, client, wrong, clock)
    with pytest.raises(IdentityRefusedError):
        oidc.subject(known, made, Client(id="another", redirect=client.redirect), attempt, clock)
    with pytest.raises(ProviderUnreachableError):
        redeem(known, client, back["code"], attempt)  # a code is good once
    other = log_in(oidc.begin(engine, known, client, clock))
    with pytest.raises(ProviderUnreachableError):
        redeem(known, client, other["code"], Attempt(nonce="", verifier="another-verifier-of-more-than-forty-three-characters"))
    with pytest.raises(ProviderMalformedError):
        discover(issuer.replace("localhost", "127.0.0.1"))  # the same server under a name that it does not call itself


def test_a_provider_that_does_not_answer_is_said_to_be_silent() -> None:
    with pytest.raises(ProviderUnreachableError):
        discover("http://127.0.0.1:9")
    with pytest.raises(ProviderMalformedError, match="https"):
        discover("http://id.example")
