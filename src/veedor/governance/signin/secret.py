"""The secret that sign-in rests on, and the keys made from it: one to sign sessions and tokens, one to seal what has to stay readable."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SECRET_BYTES = 32
_NONCE_BYTES = 12


@dataclass(frozen=True, slots=True)
class Secret:
    """32 random bytes that a node keeps to itself. Whoever changes them ends every session and token and has codes enrolled anew."""

    _raw: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self._raw) != SECRET_BYTES:
            raise ValueError(f"the secret of sign-in has {SECRET_BYTES} bytes")

    def signing_key(self) -> bytes:
        """The key under which sessions and tokens are signed."""
        return self._derived(b"veedor/signin/sign/1")

    def seal(self, content: bytes, about: str) -> bytes:
        """Content that only this secret opens, and only as what it is about."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + AESGCM(self._derived(b"veedor/signin/seal/1")).encrypt(nonce, content, about.encode())

    def unseal(self, sealed: bytes, about: str) -> bytes | None:
        """The content; None where it was sealed by another secret, about something else, or altered."""
        try:
            return AESGCM(self._derived(b"veedor/signin/seal/1")).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], about.encode())
        except (InvalidTag, ValueError):
            return None

    def _derived(self, purpose: bytes) -> bytes:
        return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose).derive(self._raw)


def new_secret() -> bytes:
    """32 bytes from the system's own source of randomness."""
    return secrets.token_bytes(SECRET_BYTES)
