"""An entry before it is entered, as it is stored, and what may be known of it without reading it."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from veedor.evidence.ledger.errors import EntryAlteredError
from veedor.evidence.ledger.kinds import Body, body_bytes, check_names, kind_of, read_body
from veedor.evidence.log.commitment import SALT_BYTES, SCHEMA, Opening, commitment
from veedor.kernel.canonical import canonical
from veedor.kernel.ids import short
from veedor.kernel.markings import Marking

if TYPE_CHECKING:
    from sqlalchemy import Row

_AT = "%Y-%m-%dT%H:%M:%S.%fZ"
_REQUEST_LIMIT = 128


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Something to be entered: who acts, when it is entered, what it says. A person's act carries key and signature."""

    body: Body
    actor: str  # a node, or an officer's pseudonym
    at: datetime
    request: str  # chosen by whoever enters; the same request is entered once
    officer_key: str = ""
    officer_signature: bytes = b""

    def __post_init__(self) -> None:
        check_names(self.actor, self.request)
        if self.at.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be entered")
        if len(self.request) > _REQUEST_LIMIT:
            raise ValueError(f"a request key has at most {_REQUEST_LIMIT} characters")
        if bool(self.officer_key) != bool(self.officer_signature):
            raise ValueError("a key without a signature, or a signature without a key")

    def bytes(self) -> bytes:
        """The bytes that are committed to, and that an officer signs."""
        return entry_bytes(kind_of(self.body).name, moment(self.at), self.actor, body_bytes(self.body))


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """An act was entered. `commitment` names it for ever; `is_new` is false when the same request had been entered before."""

    commitment: str
    at: datetime
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryFacts:
    """What a policy is asked about: everything about an entry but what it says. It never leaves the node in this form."""

    seq: int
    leaf_index: int | None
    kind: str
    at: datetime
    actor: str
    marking: Marking
    commitment: str
    is_erased: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """An entry as the table holds it."""

    seq: int
    leaf_index: int | None
    schema: str
    kind: str
    at: str
    actor: str
    body: bytes | None
    salt: bytes | None
    commitment: bytes
    is_padding: bool
    marking: int
    officer_key: str | None
    officer_signature: bytes | None
    request: str | None

    def facts(self) -> EntryFacts:
        """What a policy may be asked about."""
        return EntryFacts(
            seq=self.seq,
            leaf_index=self.leaf_index,
            kind=self.kind,
            at=read_moment(self.at),
            actor=self.actor,
            marking=Marking(self.marking),
            commitment=self.commitment.hex(),
            is_erased=self.body is None,
        )

    def says(self) -> Body | None:
        """What it says; None once erased.

        Raises:
            EntryNewerError: a newer version of veedor wrote it.
            EntryAlteredError: it is nothing that was ever entered.
        """
        try:
            return None if self.body is None else read_body(self.kind, self.body)
        except ValueError as error:
            name = short(self.commitment.hex())
            raise EntryAlteredError(where=name, entry=name, part="body") from error

    def opening(self) -> Opening | None:
        """What opens its commitment; None once erased."""
        if self.body is None or self.salt is None:
            return None
        return Opening(salt=self.salt, entry=entry_bytes(self.kind, self.at, self.actor, self.body))


def stored(row: Row[tuple[object, ...]]) -> Stored:
    """An entry from a row of the table."""
    return Stored(**row._mapping)  # noqa: SLF001, the documented way to a row's columns by name


def moment(at: datetime) -> str:
    """A moment in UTC as the ledger writes it: with microseconds and a fixed width."""
    return f"{at.astimezone(UTC).isoformat(timespec='microseconds')[:26]}Z"


def read_moment(text: str) -> datetime:
    """The moment that `moment` wrote."""
    return datetime.strptime(text, _AT).replace(tzinfo=UTC)


@lru_cache(maxsize=1024)
def _quoted(text: str) -> bytes:
    return canonical(text)


def entry_bytes(kind: str, at: str, actor: str, body: bytes) -> bytes:
    """The canonical bytes of an entry around those of its body, which are not parsed for it: `log.commitment.entry_bytes` in less time."""
    return b'{"actor":%b,"at":%b,"body":%b,"kind":%b,"schema":%b}' % (_quoted(actor), _quoted(at), body, _quoted(kind), _quoted(SCHEMA))


def committed(entry: bytes, salt: bytes) -> bytes:
    """The commitment to an entry's bytes under a salt."""
    return bytes.fromhex(commitment(Opening(salt=salt, entry=entry)))


def new_salt() -> bytes:
    """A salt that nobody can guess."""
    return secrets.token_bytes(SALT_BYTES)


def new_request(at: datetime) -> str:
    """A request key that sorts by time, so that the index over request keys grows at its end and stays quick."""
    return f"{int(at.timestamp() * 1000):012x}-{secrets.token_hex(10)}"


def request_of(*parts: str) -> str:
    """The request key of an act that happens once by its nature, such as the adoption of a text: a digest of what makes it that act."""
    return hashlib.sha256(b"veedor/request/1\n" + canonical(list(parts))).hexdigest()
