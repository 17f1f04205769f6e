"""Signatures of the parties over the text of an accord: made, and checked against keys trusted from elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from veedor.accord.model import Adoption
from veedor.governance.errors import (
    KeyNotTrustedError,
    NotAPartyError,
    NotSignedError,
    SignatureMalformedError,
    SignatureWrongError,
)
from veedor.governance.keys import KEY_BYTES, SIGNATURE_BYTES, decoded, encoded, fits, signer
from veedor.kernel.errors import Problem, nearest
from veedor.kernel.ids import short
from veedor.kernel.language import N_, word
from veedor.records.errors import as_problem

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

DOMAIN = b"veedor/adoption/1\n"
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """A party's signature that fits the text and was made with a key trusted for it. `date` is signed with the text."""

    party: str
    key: str
    date: date


def message(text_digest: str, day: date) -> bytes:
    """The bytes a party signs: a prefix, so that the signature means adoption and nothing else, the digest in hexadecimal, the day.

    Raises:
        ValueError: the digest is not a SHA-256 in lower-case hexadecimal.
    """
    if len(text_digest) != 64 or not _HEX.issuperset(text_digest):
        raise ValueError(f"{text_digest!r} is not a digest")
    return DOMAIN + text_digest.encode("ascii") + b"\n" + day.isoformat().encode("ascii")


def sign(private: bytes, text_digest: str, day: date) -> Adoption:
    """A party's entry for the adoption section: its signature over the accord's text, dated as it states.

    Raises:
        PrivateKeyError: the private key is not one.
    """
    made = signer(private)
    return Adoption(date=day, key=made.key_id, signature=encoded(made.sign(message(text_digest, day))))


def verify(
    adoption: Mapping[str, Adoption], text_digest: str, trusted: Mapping[str, frozenset[str]], parties: Collection[str]
) -> dict[str, Verified | Problem]:
    """For every party, and everybody else who signed: the verified signature, or what is wrong with it.

    Args:
        adoption: The signatures as they stand in the accord file.
        text_digest: The digest of the text they are checked against, computed here and not read from the file.
        trusted: The keys that speak for each party, from the project (`governance.trust`), never from the accord file.
        parties: Everybody who has to sign.
    """
    message(text_digest, date.min)  # a digest that is none is a fault of the program, whoever has signed
    names = sorted({*parties, *adoption})
    return {
        party: _checked(party, adoption.get(party), text_digest, trusted.get(party, frozenset()), tuple(sorted(parties))) for party in names
    }


def is_adopted(checked: Mapping[str, Verified | Problem]) -> bool:
    """Whether everybody has signed; nobody at all is not everybody."""
    return bool(checked) and all(isinstance(found, Verified) for found in checked.values())


def _checked(party: str, entry: Adoption | None, text_digest: str, trusted: frozenset[str], parties: tuple[str, ...]) -> Verified | Problem:
    # 1. It is a party.
    if party not in parties:
        close = nearest(party, parties)
        return as_problem(NotAPartyError, "", party=party, nearest=f' ("{close}"?)' if close else "")
    # 2. It has signed.
    if entry is None:
        return as_problem(NotSignedError, "", party=party)
    # 3. Key and signature are written as such.
    public, signature = decoded(entry.key, KEY_BYTES), decoded(entry.signature, SIGNATURE_BYTES)
    if public is None:
        return as_problem(SignatureMalformedError, "", party=party, part=word(N_("the key")), length=KEY_BYTES)
    if signature is None:
        return as_problem(SignatureMalformedError, "", party=party, part=word(N_("the signature")), length=SIGNATURE_BYTES)
    # 4. The key is one of those trusted for this party.
    if entry.key not in trusted:
        return as_problem(KeyNotTrustedError, "", party=party, key=entry.key)
    # 5. The signature is this key's over this text.
    if not fits(public, signature, message(text_digest, entry.date)):
        return as_problem(SignatureWrongError, "", party=party, digest=short(text_digest))
    return Verified(party=party, key=entry.key, date=entry.date)
