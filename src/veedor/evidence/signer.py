"""What evidence asks of whoever signs: it knows no keys and no algorithm. `governance.keys` implements it."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


@runtime_checkable
class Signer(Protocol):
    """Something that signs on behalf of one party or node."""

    @property
    def key_id(self) -> str:
        """The public key in base64, as it stands in accord files and in the list of trusted keys."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The signature of the message; the caller puts a domain prefix in front of what it means."""
        ...
