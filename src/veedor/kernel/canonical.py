"""Bytes that mean one thing: RFC 8785 canonical JSON under a domain prefix, SHA-256."""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import rfc8785

if TYPE_CHECKING:
    from collections.abc import Iterable

_CHUNK = 1 << 20


def plain(value: object) -> Any:  # noqa: ANN401, one line a type, and it returns whatever JSON can hold
    """Dataclasses, decimals, dates and enums as the plain data that JSON can hold; anything else is a TypeError."""
    match value:
        case None | bool() | str():
            return value
        case Enum():
            return value.value
        case int():
            return value if abs(value) < 2**53 else str(value)  # beyond that JSON numbers are not exact (RFC 8785, 3.2.2.3)
        case Decimal():
            return f"{value.normalize():f}"
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        case date():
            return value.isoformat()
        case dict():
            return {str(key): plain(item) for key, item in value.items()}
        case list() | tuple():
            return [plain(item) for item in value]
        case set() | frozenset():
            return sorted((plain(item) for item in value), key=canonical)
        case _:
            return _object(value)


def _object(value: object) -> Any:  # noqa: ANN401, as above
    described = getattr(value, "plain", None)
    if callable(described):
        return plain(described())
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} has no canonical form; floats are rounded to Decimal first")


def canonical(value: object) -> bytes:
    """RFC 8785 canonical JSON of plain data, dataclasses, decimals (as strings) and dates."""
    encoded: bytes = rfc8785.dumps(plain(value))
    return encoded


def digest(domain: str, value: object) -> str:
    r"""SHA-256 over `veedor/<domain>\n` and the canonical JSON: the same content under two domains never collides."""
    return hashlib.sha256(f"veedor/{domain}\n".encode() + canonical(value)).hexdigest()


def digest_bytes(data: bytes) -> str:
    """Plain SHA-256 of bytes: what anyone's own tool prints for the file."""
    return hashlib.sha256(data).hexdigest()


def digest_file(path: Path) -> str:
    """Plain SHA-256 of a file, read in chunks."""
    found = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            found.update(chunk)
    return found.hexdigest()


def pretty(value: object) -> str:
    """Indented JSON with sorted keys for people and stdout; never hash it."""
    return json.dumps(plain(value), ensure_ascii=False, indent=2, sort_keys=True)  # noqa: TID251, this is the one place


def read(data: bytes | str) -> Any:  # noqa: ANN401
    """Plain data from JSON bytes."""
    return json.loads(data)


def lines(values: Iterable[object]) -> bytes:
    """Canonical JSON values, one a line."""
    return b"".join(canonical(value) + b"\n" for value in values)
