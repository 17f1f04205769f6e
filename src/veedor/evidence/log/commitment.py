r"""What an entry is, and what of it is published: a salted commitment that shows nothing until somebody opens it.

An entry is canonical JSON (RFC 8785)::

    {"actor": …, "at": …, "body": {…}, "kind": …, "schema": "veedor/entry/1"}

The leaf of the log is canonical JSON as well, and always 72 bytes long::

    {"c":"<SHA-256 over "veedor/commit/1\n", 32 bytes of salt and the entry, in hexadecimal>"}

Whoever holds salt and entry can open the commitment; nobody else can tell what it stands for, not even by guessing.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from veedor.evidence.log.errors import CommitmentMalformedError, EntryMalformedError
from veedor.kernel import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

SCHEMA = "veedor/entry/1"
SALT_BYTES = 32
LEAF_BYTES = 72
VERDICT_KIND = "verdict"  # the kind of entry that may bind a verdict to the log; `verdict-…` too
_COMMIT = b"veedor/commit/1\n"
_SIGNED = b"veedor/officer/1\n"
_LEAF = re.compile(rb'\{"c":"([0-9a-f]{64})"\}')
_KEYS = {"schema", "kind", "at", "actor", "body"}
_AT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What opens one commitment: its salt and the canonical bytes of the entry. Kept by the node, shown only to whoever may see it."""

    salt: bytes
    entry: bytes


def entry_bytes(*, kind: str, at: datetime, actor: str, body: Mapping[str, Any]) -> bytes:
    """The canonical bytes of an entry."""
    return canonical.canonical({"schema": SCHEMA, "kind": kind, "at": at, "actor": actor, "body": dict(body)})


def commitment(opening: Opening) -> str:
    """The commitment to an entry under its salt, in hexadecimal."""
    if len(opening.salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes, not {len(opening.salt)}")
    return hashlib.sha256(_COMMIT + opening.salt + opening.entry).hexdigest()


def leaf(opening: Opening) -> bytes:
    """The leaf that is published for an entry."""
    return leaf_of(commitment(opening))


def leaf_of(commitment: str) -> bytes:
    """The leaf with this commitment; of a batch's padding, the commitment is 32 random bytes that nothing opens."""
    return f'{{"c":"{commitment}"}}'.encode("ascii")


def read_leaf(data: bytes) -> str:
    """The commitment that a leaf carries.

    Raises:
        CommitmentMalformedError: the leaf is not one of this program's.
    """
    found = _LEAF.fullmatch(data)
    if found is None:
        raise CommitmentMalformedError(found=data[:LEAF_BYTES].decode("ascii", "replace"))
    return found.group(1).decode("ascii")


def opens(opening: Opening, data: bytes) -> bool:
    """Whether salt and entry are what the leaf commits to."""
    return len(opening.salt) == SALT_BYTES and leaf(opening) == data


def read_entry(data: bytes) -> dict[str, Any]:
    """The fields of an entry from its canonical bytes.

    Raises:
        EntryMalformedError: they are not canonical JSON, or not exactly the fields of an entry.
    """
    found = canonical_json(data)
    if not isinstance(found, dict) or found.keys() != _KEYS or found["schema"] != SCHEMA:
        raise EntryMalformedError
    texts = (found["kind"], found["at"], found["actor"])
    if not all(isinstance(text, str) for text in texts) or not _AT.fullmatch(found["at"]) or not isinstance(found["body"], dict):
        raise EntryMalformedError
    return found


def canonical_json(data: bytes) -> Any:  # noqa: ANN401, whatever JSON can hold
    """Plain data from JSON that is already canonical, so that equal data are equal bytes.

    Raises:
        EntryMalformedError: it is no JSON, or not its canonical form (spaces, order, a name twice, a number with a fraction).
    """
    try:
        found = canonical.read(data)
        again = canonical.canonical(found)
    except (ValueError, TypeError, RecursionError) as error:
        raise EntryMalformedError from error
    if again != data:
        raise EntryMalformedError
    return found


def signed_by_officer(entry: bytes) -> bytes:
    """The message that an officer's key signs for an entry: a prefix of its own, so that the signature means this and nothing else."""
    return _SIGNED + entry
