"""Passkeys, answered by an authenticator made here: what a browser and a device would send, and every way in which it does not fit."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import cbor2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from webauthn.helpers import bytes_to_base64url

from veedor.governance.signin import accounts, passkeys
from veedor.governance.signin.errors import AccountThereError, AccountUnknownError, SigninRefusedError
from veedor.governance.signin.passkeys import Site

if TYPE_CHECKING:
    from sqlalchemy import Engine

SITE = Site(domain="veedor.example", origin="https://veedor.example", name="veedor")
PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


@dataclass
class Device:
    """An authenticator with one Ed25519 key, as WebAuthn level 3, section 6 has it."""

    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    id: bytes = b"credential-1"
    count: int = 0
    flags: int = PRESENT | VERIFIED
    domain: str = SITE.domain
    origin: str = SITE.origin

    def _data(self, flags: int) -> bytes:
        self.count += 1
        return hashlib.sha256(self.domain.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, options: str) -> bytes:
        said = {"type": kind, "challenge": json.loads(options)["challenge"], "origin": self.origin, "crossOrigin": False}
        return json.dumps(said).encode()  # noqa: TID251, a browser's own words

    def create(self, options: str) -> dict[str, Any]:
        """What `navigator.credentials.create` gives."""
        public = cbor2.dumps({1: 1, 3: -8, -1: 6, -2: self.key.public_key().public_bytes_raw()})
        data = self._data(self.flags | ATTESTED) + bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        return self._answer({"attestationObject": attestation, "clientDataJSON": self._client("webauthn.create", options)})

    def get(self, options: str) -> dict[str, Any]:
        """What `navigator.credentials.get` gives."""
        data, client = self._data(self.flags), self._client("webauthn.get", options)
        signature = self.key.sign(data + hashlib.sha256(client).digest())
        return self._answer({"authenticatorData": data, "clientDataJSON": client, "signature": signature})

    def _answer(self, response: dict[str, bytes]) -> dict[str, Any]:
        name = bytes_to_base64url(self.id)
        return {
            "id": name,
            "rawId": name,
            "type": "public-key",
            "response": {key: bytes_to_base64url(value) for key, value in response.items()},
        }


@pytest.fixture
def device(engine: Engine, watch: Any) -> Device:  # noqa: ANN401, the clock of conftest
    """A device with a passkey that is registered for ana."""
    made = Device()
    assert passkeys.register(engine, made.create(passkeys.registration(engine, "ana", SITE, watch)), SITE, watch) == "ana"
    return made


def test_a_passkey_lets_in_and_asks_for_no_name(engine: Engine, device: Device, watch: Any) -> None:  # noqa: ANN401
    options = passkeys.request(engine, SITE, watch)
    assert "ana" not in options
    assert json.loads(options)["userVerification"] == "required"
    assert passkeys.check(engine, device.get(options), SITE, watch) == "ana"


def test_an_answer_is_good_once_and_soon(engine: Engine, device: Device, watch: Any) -> None:  # noqa: ANN401
    options = passkeys.request(engine, SITE, watch)
    answer = device.get(options)
    passkeys.check(engine, answer, SITE, watch)
    with pytest.raises(SigninRefusedError):
        passkeys.check(engine, answer, SITE, watch)
    late = passkeys.request(engine, SITE, watch)
    watch.later(minutes=10)
    with pytest.raises(SigninRefusedError):
        passkeys.check(engine, device.get(late), SITE, watch)


OTHERWISE = {
    "site": {"domain": "evil.example"},
    "origin": {"origin": "https://evil.example"},
    "nobody recognised": {"flags": PRESENT},
    "nobody present": {"flags": VERIFIED},
    "credential": {"id": b"credential-2"},
    "key": {"key": Ed25519PrivateKey.generate()},
    "count": {"count": 0},
}


@pytest.mark.parametrize("change", OTHERWISE.values(), ids=OTHERWISE)
def test_what_does_not_fit_is_refused(engine: Engine, device: Device, watch: Any, change: dict[str, Any]) -> None:  # noqa: ANN401
    for _ in range(2):
        passkeys.check(engine, device.get(passkeys.request(engine, SITE, watch)), SITE, watch)
    for name, value in change.items():
        setattr(device, name, value)
    with pytest.raises(SigninRefusedError):
        passkeys.check(engine, device.get(passkeys.request(engine, SITE, watch)), SITE, watch)


def test_a_registration_needs_its_own_challenge_and_a_recognised_person(engine: Engine, watch: Any) -> None:  # noqa: ANN401
    with pytest.raises(AccountUnknownError):
        passkeys.registration(engine, "nobody", SITE, watch)
    device = Device()
    with pytest.raises(SigninRefusedError):
        passkeys.register(engine, device.create(passkeys.request(engine, SITE, watch)), SITE, watch)
    device.flags = PRESENT
    with pytest.raises(SigninRefusedError):
        passkeys.register(engine, device.create(passkeys.registration(engine, "ana", SITE, watch)), SITE, watch)
    answer = Device().create(passkeys.registration(engine, "ana", SITE, watch))
    answer["response"]["attestationObject"] = "AAAA"
    with pytest.raises(SigninRefusedError):
        passkeys.register(engine, answer, SITE, watch)


def test_a_passkey_is_registered_once(engine: Engine, device: Device, watch: Any) -> None:  # noqa: ANN401
    accounts.open_account(engine, "ben", "o-2", watch)
    with pytest.raises(AccountThereError):
        passkeys.register(engine, device.create(passkeys.registration(engine, "ben", SITE, watch)), SITE, watch)


def test_a_closed_or_locked_account_lets_nobody_in(engine: Engine, device: Device, watch: Any) -> None:  # noqa: ANN401
    for _ in range(5):
        accounts.refuse(engine, "ana", watch.at)
    with pytest.raises(SigninRefusedError):
        passkeys.check(engine, device.get(passkeys.request(engine, SITE, watch)), SITE, watch)
    watch.later(minutes=15)
    assert passkeys.check(engine, device.get(passkeys.request(engine, SITE, watch)), SITE, watch) == "ana"
    accounts.close_account(engine, "ana", watch)
    with pytest.raises(SigninRefusedError):
        passkeys.check(engine, device.get(passkeys.request(engine, SITE, watch)), SITE, watch)


RUBBISH: tuple[dict[str, Any], ...] = (
    {}, {"response": {}}, {"response": {"clientDataJSON": "!"}}, {"response": {"clientDataJSON": "e30"}}, {"response": None},
)  # fmt: skip


def test_rubbish_is_refused(engine: Engine, watch: Any) -> None:  # noqa: ANN401
    for answer in RUBBISH:
        for knock in (passkeys.check, passkeys.register):
            with pytest.raises(SigninRefusedError):
                knock(engine, answer, SITE, watch)
