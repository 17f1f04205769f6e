"""The legal basis of work with person-level items: which authority allowed it, by which document, for what, until when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalBasis:
    """One authority's leave. It ends: there is none without a last day."""

    authority: str  # the court or office that gave it
    document: str  # SHA-256 of the document in which it did
    scope: frozenset[str]  # the cases or programmes it covers
    begins: date
    expires: date  # the first day on which it no longer holds

    def __post_init__(self) -> None:
        if not self.authority.strip() or not self.scope or not all(self.scope):
            raise ValueError("a legal basis names its authority and what it covers")
        if _DIGEST.fullmatch(self.document) is None:
            raise ValueError(f"{self.document!r} is not the digest of a document")
        if self.expires <= self.begins:
            raise ValueError(f"a legal basis ends after it begins: {self.begins} .. {self.expires}")

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.begins <= day < self.expires


def covered(bases: Iterable[LegalBasis], day: date) -> frozenset[str]:
    """Every scope that a basis in force covers on a day."""
    return frozenset(scope for basis in bases if basis.holds(day) for scope in basis.scope)
