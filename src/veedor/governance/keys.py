"""Ed25519 keys: made, read from their 32 bytes, named by their public half in base64."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from veedor.governance.errors import PrivateKeyError

if TYPE_CHECKING:
    from collections.abc import Callable

KEY_BYTES, SIGNATURE_BYTES = 32, 64


@dataclass(frozen=True, slots=True)
class Ed25519Signer:
    """Signs with one private key; an `evidence.signer.Signer`. The private half shows in no representation of it."""

    key_id: str
    _sign: Callable[[bytes], bytes] = field(repr=False, compare=False)

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of the signature."""
        return self._sign(message)


def signer(private: bytes) -> Ed25519Signer:
    """A signer from the 32 bytes of a private key.

    Raises:
        PrivateKeyError: they are not 32 bytes.
    """
    if len(private) != KEY_BYTES:
        raise PrivateKeyError(length=KEY_BYTES, found=len(private))
    key = Ed25519PrivateKey.from_private_bytes(private)
    return Ed25519Signer(encoded(key.public_key().public_bytes_raw()), key.sign)


def new_key() -> bytes:
    """The 32 bytes of a new private key, from the system's own source of randomness."""
    return Ed25519PrivateKey.generate().private_bytes_raw()


def encoded(raw: bytes) -> str:
    """Bytes in base64, as keys and signatures are written everywhere."""
    return base64.b64encode(raw).decode()


def decoded(text: str, length: int) -> bytes | None:
    """The bytes of a key or signature; None when the text is not exactly what `encoded` writes for that many bytes."""
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    return raw if len(raw) == length and encoded(raw) == text else None  # one spelling: stray bits would make a second name


def fits(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the signature is that of the message by the key."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True
