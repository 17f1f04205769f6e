"""Keys of logs and witnesses as C2SP signed-note writes them, and the two signature algorithms behind them."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass, field
from typing import Protocol

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PrivateKey, MLDSA44PublicKey

from veedor.evidence.log.errors import KEY_ID, KEY_KIND, KEY_LENGTH, KEY_NAME, KEY_SHAPE, KEY_WEAK, KeyMalformedError
from veedor.kernel.language import Sentence

ED25519, COSIGNATURE, MLDSA44 = 0x01, 0x04, 0x06  # signature types of signed-note and tlog-cosignature
PUBLIC_BYTES = {ED25519: 32, COSIGNATURE: 32, MLDSA44: 1312}
SIGNATURE_BYTES = {ED25519: 64, COSIGNATURE: 64, MLDSA44: 2420}
SEED_BYTES = 32
_SECRET = "PRIVATE+KEY+"  # noqa: S105, the fixed words in front of a private key, not one
_NAME_BYTES = 255  # tlog-cosignature writes its length in one byte
_P = 2**255 - 19
# The y coordinates of the points of small order on edwards25519: under such a key a signature that fits every message can be made.
_SMALL_ORDER = frozenset({
    0, 1, _P - 1,
    2707385501144840649318225287225658788936804267575313519463743609750303402022,
    55188659117513257062467267217118295137698188065244968500265048394206261417927,
})  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class VerifierKey:
    """A public key with its name and kind. Name and `id` together say which signature lines are meant to be by it."""

    name: str
    kind: int
    public: bytes

    @property
    def id(self) -> bytes:
        """The four bytes that stand in front of each of its signatures."""
        return hashlib.sha256(f"{self.name}\n".encode() + bytes([self.kind]) + self.public).digest()[:4]

    def vkey(self) -> str:
        """The key as policy files and announcements write it: name+id+key."""
        return f"{self.name}+{self.id.hex()}+{encoded(bytes([self.kind]) + self.public)}"


class NoteSigner(Protocol):
    """Something that signs with one key: a `SignerKey`, or a keeper of keys that never shows them."""

    @property
    def verifier(self) -> VerifierKey:
        """The public half, with its name and kind."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The bare signature of exactly these bytes."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class SignerKey:
    """A private key with its name and kind; the secret half shows in no representation of it."""

    name: str
    kind: int
    seed: bytes = field(repr=False)

    def __post_init__(self) -> None:
        problem = _name_problem(self.name) or (KEY_KIND(found=self.kind) if self.kind not in PUBLIC_BYTES else None)
        if problem is not None or len(self.seed) != SEED_BYTES:
            raise KeyMalformedError(key=self.name, why=problem or KEY_LENGTH(kind=self.kind, expected=SEED_BYTES, found=len(self.seed)))

    @property
    def verifier(self) -> VerifierKey:
        """The public half."""
        return VerifierKey(name=self.name, kind=self.kind, public=self._key().public_key().public_bytes_raw())

    def sign(self, message: bytes) -> bytes:
        """The bare signature of exactly these bytes."""
        return self._key().sign(message)

    def skey(self) -> str:
        """The private key as a file holds it: PRIVATE+KEY+name+id+seed."""
        return f"{_SECRET}{self.name}+{self.verifier.id.hex()}+{encoded(bytes([self.kind]) + self.seed)}"

    def _key(self) -> Ed25519PrivateKey | MLDSA44PrivateKey:
        if self.kind == MLDSA44:
            return MLDSA44PrivateKey.from_seed_bytes(self.seed)
        return Ed25519PrivateKey.from_private_bytes(self.seed)


def read_vkey(text: str) -> VerifierKey:
    """A public key from its text.

    Raises:
        KeyMalformedError: it is no key, its id does not follow from it, or anybody could sign under it.
    """
    name, stated, raw = _parts(text, text)
    key = VerifierKey(name=name, kind=raw[0], public=raw[1:])
    expected = PUBLIC_BYTES[key.kind]
    if len(key.public) != expected:
        raise KeyMalformedError(key=text, why=KEY_LENGTH(kind=key.kind, expected=expected, found=len(key.public)))
    if key.kind != MLDSA44 and _is_weak(key.public):
        raise KeyMalformedError(key=text, why=KEY_WEAK())
    if stated != key.id.hex():
        raise KeyMalformedError(key=text, why=KEY_ID(found=stated, expected=key.id.hex()))
    return key


def read_skey(text: str) -> SignerKey:
    """A private key from its text; no message shows any of it but the name.

    Raises:
        KeyMalformedError: it is no private key, or its id does not follow from it.
    """
    if not text.startswith(_SECRET):
        raise KeyMalformedError(key="…", why=KEY_SHAPE())
    name, stated, raw = _parts(text.removeprefix(_SECRET), "…")
    key = SignerKey(name=name, kind=raw[0], seed=raw[1:])
    if stated != key.verifier.id.hex():
        raise KeyMalformedError(key=name, why=KEY_ID(found=stated, expected=key.verifier.id.hex()))
    return key


def verifies(key: VerifierKey, message: bytes, signature: bytes) -> bool:
    """Whether the bare signature is that of exactly these bytes by the key."""
    if len(signature) != SIGNATURE_BYTES[key.kind]:
        return False
    if key.kind != MLDSA44:
        return ed25519_fits(key.public, message, signature)
    try:
        MLDSA44PublicKey.from_public_bytes(key.public).verify(signature, message)
    except (InvalidSignature, ValueError, UnsupportedAlgorithm):
        return False
    return True


def ed25519_fits(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the 64 bytes are the Ed25519 signature of the message; never under a key for which anybody can make one."""
    if len(public) != PUBLIC_BYTES[ED25519] or _is_weak(public):
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def encoded(raw: bytes) -> str:
    """Bytes in base64, as notes, keys and proofs write them."""
    return base64.b64encode(raw).decode("ascii")


def decoded(text: str) -> bytes | None:
    """The bytes of a base64 text; None where it is not exactly what `encoded` writes, so that nothing has two spellings."""
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    return raw if encoded(raw) == text else None


def is_name(name: str) -> bool:
    """Whether a key may have this name."""
    return _name_problem(name) is None


def _parts(text: str, shown: str) -> tuple[str, str, bytes]:
    parts = text.split("+", 2)  # the base64 part may hold a plus sign of its own
    raw = decoded(parts[2]) if len(parts) == 3 else None
    if raw is None or not raw or len(parts[1]) != 8:
        raise KeyMalformedError(key=shown, why=KEY_SHAPE())
    problem = _name_problem(parts[0]) or (KEY_KIND(found=raw[0]) if raw[0] not in PUBLIC_BYTES else None)
    if problem is not None:
        raise KeyMalformedError(key=shown, why=problem)
    return parts[0], parts[1], raw


def _name_problem(name: str) -> Sentence | None:
    try:
        size = len(name.encode())
    except UnicodeEncodeError:
        size = 0
    if not 0 < size <= _NAME_BYTES or "+" in name or any(c.isspace() or c < " " for c in name):
        return KEY_NAME(found=name)
    return None


def _is_weak(public: bytes) -> bool:
    y = int.from_bytes(public, "little") & (2**255 - 1)
    return y >= _P or y in _SMALL_ORDER
