"""Snapshots, captures, sentences and problems as plain JSON, and back with every type kept.

A sentence's values are typed (a date is not its text), so each value that JSON cannot tell apart carries a tag. The digests
of results use `Sentence.plain()`; this form is for storage, where nothing may be lost.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from veedor.evidence.snapshot import Capture, Snapshot, Stored
from veedor.kernel.canonical import canonical, digest, read
from veedor.kernel.errors import Problem
from veedor.kernel.language import Sentence, Text, Value
from veedor.kernel.months import Period
from veedor.kernel.quantity import Quantity

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

FORMAT = 1
_SURROGATES = re.compile("[\ud800-\udfff]")  # a file name that is no UTF-8 holds these, and JSON cannot
_EXACT = 2**53  # beyond it a JSON number is not exact (RFC 8785, 3.2.2.3)


def words(text: str) -> str:
    """The text as JSON can hold it: half characters become U+FFFD."""
    return _SURROGATES.sub("\ufffd", text)


def moment(at: datetime) -> str:
    """A moment in UTC with its microseconds.

    Raises:
        ValueError: the moment has no time zone, so it could mean any hour.
    """
    if at.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be stored")
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def value_plain(value: Value) -> Any:  # noqa: ANN401, C901, one case a type of `Value`
    """One value of a sentence as JSON, tagged where JSON alone would lose its type."""
    match value:
        case str():
            return words(value)
        case bool():
            return value
        case int():
            return value if abs(value) < _EXACT else {"int": str(value)}
        case Decimal():
            return {"decimal": str(value)}
        case datetime():
            return {"moment": moment(value)}
        case date():
            return {"date": value.isoformat()}
        case Quantity():
            return {"quantity": [str(value.value), words(value.unit)]}
        case Text():
            return {"text": [words(value.en), words(value.es), words(value.hi)]}
        case Sentence():
            return {"sentence": sentence_plain(value)}
        case tuple():
            return [value_plain(part) for part in value]
        case _:
            raise TypeError(f"{type(value).__name__} is no value of a sentence")


_READERS: dict[str, Callable[[Any], Value]] = {
    "int": int,
    "decimal": Decimal,
    "moment": datetime.fromisoformat,
    "date": date.fromisoformat,
    "quantity": lambda kept: Quantity(Decimal(kept[0]), kept[1]),
    "text": lambda kept: Text(en=kept[0], es=kept[1], hi=kept[2]),
}


def value_read(kept: Any) -> Value:  # noqa: ANN401
    """The value that `value_plain` wrote."""
    if isinstance(kept, list):
        return tuple(value_read(part) for part in kept)
    if isinstance(kept, dict):
        [(tag, inner)] = kept.items()
        return sentence_read(inner) if tag == "sentence" else _READERS[tag](inner)
    if isinstance(kept, (str, int)):
        return kept
    raise ValueError(f"{kept!r} is no value of a sentence")


def _values_plain(values: Iterable[tuple[str, Value]]) -> list[list[Any]]:
    return [[words(name), value_plain(value)] for name, value in values]


def _values_read(kept: Iterable[tuple[str, Any]]) -> tuple[tuple[str, Value], ...]:
    return tuple((name, value_read(value)) for name, value in kept)


def sentence_plain(sentence: Sentence) -> dict[str, Any]:
    """A sentence as JSON."""
    return {"code": sentence.code, "values": _values_plain(sentence.values)}


def sentence_read(kept: dict[str, Any]) -> Sentence:
    """The sentence that `sentence_plain` wrote."""
    return Sentence(kept["code"], _values_read(kept["values"]))


def problem_plain(problem: Problem) -> dict[str, Any]:
    """A problem as JSON."""
    return {
        "line": problem.line,
        "column": problem.column,
        "code": problem.code,
        "words": words(problem.words),
        "values": _values_plain(problem.values),
        "repair": words(problem.repair),
        "cell": words(problem.cell),
    }


def problem_read(kept: dict[str, Any]) -> Problem:
    """The problem that `problem_plain` wrote."""
    return Problem(**{**kept, "values": _values_read(kept["values"])})


def period_plain(period: Period | None) -> list[str] | None:
    """A period as its two days; nothing stays nothing."""
    return None if period is None else [period.starts.isoformat(), period.ends.isoformat()]


def period_read(kept: list[str] | None) -> Period | None:
    """The period that `period_plain` wrote."""
    return None if kept is None else Period(date.fromisoformat(kept[0]), date.fromisoformat(kept[1]))


def _day(kept: str | None) -> date | None:
    return None if kept is None else date.fromisoformat(kept)


def capture_plain(capture: Capture) -> dict[str, Any]:
    """A capture as JSON."""
    return {
        "at": moment(capture.at),
        "name": words(capture.name),
        "address": words(capture.address),
        "headers": [[words(name), words(text)] for name, text in capture.headers],
        "stated": None if capture.stated is None else capture.stated.isoformat(),
    }


def capture_bytes(capture: Capture) -> bytes:
    """A capture as the canonical JSON that is stored."""
    return canonical(capture_plain(capture))


def capture_digest(capture: Capture) -> str:
    """The name a capture is stored under: the digest of its content."""
    return digest("capture", capture_plain(capture))


def capture_read(data: bytes) -> Capture:
    """The capture whose canonical JSON these bytes are.

    Raises:
        ValueError: they are not.
    """
    kept = _exact(data)
    headers = tuple((name, text) for name, text in kept["headers"])
    return Capture(
        at=datetime.fromisoformat(kept["at"]), name=kept["name"], address=kept["address"], headers=headers, stated=_day(kept["stated"])
    )


def manifest(snapshot: Snapshot) -> bytes:
    """The manifest of a snapshot as canonical JSON that carries its own digest; captures are stored apart."""
    body = {
        "format": FORMAT,
        "digest": snapshot.digest,
        "size": snapshot.size,
        "source": words(snapshot.source),
        "controller": words(snapshot.controller),
        "grade": snapshot.grade,
        "part": words(snapshot.part),
        "covers": period_plain(snapshot.covers),
        "vintage": None if snapshot.vintage is None else snapshot.vintage.isoformat(),
        "tables": [[stored.kind, stored.digest, stored.rows] for stored in snapshot.tables],
        "notes": [sentence_plain(note) for note in snapshot.notes],
        "unusable": [problem_plain(problem) for problem in snapshot.unusable],
        "reader": words(snapshot.reader),
        "mapping": [[words(column), field] for column, field in snapshot.mapping],
    }
    return canonical({**body, "seal": digest("snapshot", body)})


def manifest_read(data: bytes) -> Snapshot:
    """The snapshot, without its captures, whose manifest these bytes are.

    Raises:
        ValueError: they are not what `manifest` wrote, byte for byte.
    """
    kept = _exact(data)
    if kept.get("format") != FORMAT:
        raise ValueError(f"its format is {kept.get('format')!r} and this version reads {FORMAT}")
    if kept.pop("seal", "") != digest("snapshot", kept):
        raise ValueError("its content does not match its own digest")
    return Snapshot(
        digest=kept["digest"],
        size=kept["size"],
        source=kept["source"],
        controller=kept["controller"],
        grade=kept["grade"],
        part=kept["part"],
        covers=period_read(kept["covers"]),
        vintage=_day(kept["vintage"]),
        tables=tuple(Stored(kind=kind, digest=digest_, rows=rows) for kind, digest_, rows in kept["tables"]),
        notes=tuple(map(sentence_read, kept["notes"])),
        unusable=tuple(map(problem_read, kept["unusable"])),
        reader=kept["reader"],
        mapping=tuple((column, field) for column, field in kept["mapping"]),
    )


def _exact(data: bytes) -> dict[str, Any]:
    """The object in canonical JSON bytes; ValueError for anything else, even the same content written differently."""
    try:
        kept = read(data)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if not isinstance(kept, dict):
        raise ValueError("it is not a JSON object")
    try:
        again = canonical(kept)
    except (TypeError, RecursionError) as error:  # floats, which nothing here writes
        raise ValueError("it holds values that are never written") from error
    if again != data:
        raise ValueError("it is not in canonical form")
    return kept
