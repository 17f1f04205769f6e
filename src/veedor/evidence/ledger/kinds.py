"""The kinds of entry: one frozen dataclass each for what the entry says, and its form as canonical JSON.

A body says what happened, in digests, names and, where a person's words belong to the act, in text. What the tables of the state hold
follows from bodies alone (`ledger.projections`), so a field that nothing reads has no place here.
"""

from __future__ import annotations

import dataclasses
import re
import typing
import unicodedata
from dataclasses import dataclass
from datetime import date
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, Any

from veedor.evidence.ledger.errors import EntryNewerError
from veedor.kernel.canonical import read
from veedor.kernel.markings import Marking
from veedor.kernel.registry import Registry, gather

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAME_LIMIT = 400
PURPOSES = ("node", "officer")
ALGORITHMS = ("ed25519", "ml-dsa-44")


def _digests(*values: str) -> None:
    for value in values:
        if _DIGEST.fullmatch(value) is None:
            raise ValueError(f"{value!r} is not a digest")


def check_names(*values: str, may_be_empty: bool = False) -> None:
    """ValueError for a name that is empty where it may not be, too long, or holds control characters or half characters."""
    for value in values:
        if not value and not may_be_empty:
            raise ValueError("a name is empty")
        if len(value) > _NAME_LIMIT or any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in value):
            raise ValueError(f"{value[:_NAME_LIMIT]!r} cannot be a name")


def _one_of(value: str, known: tuple[str, ...]) -> None:
    if value not in known:
        raise ValueError(f"{value!r} is not one of {known}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What every entry says: how it may be handled. The marking is part of what is committed to, not a label beside it."""

    marking: Marking = Marking.RESTRICTED


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotTaken(Body):
    """Bytes were taken in: the first time, or once more (another capture of the same snapshot)."""

    snapshot: str
    capture: str
    source: str
    part: str = ""
    controller: str
    known_from: date

    def __post_init__(self) -> None:
        _digests(self.snapshot, self.capture)
        check_names(self.source, self.controller)
        check_names(self.part, may_be_empty=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotRetracted(Body):
    """A snapshot is no longer to be used from now on. The ground names no person: this entry cannot be erased."""

    snapshot: str
    ground: str

    def __post_init__(self) -> None:
        _digests(self.snapshot)
        check_names(self.ground)


@dataclass(frozen=True, slots=True, kw_only=True)
class AccordAdopted(Body):
    """A version of an accord's text became the one that binds."""

    accord: str
    digest: str
    status: str
    parties: tuple[str, ...]  # who signed this text

    def __post_init__(self) -> None:
        _digests(self.digest)
        check_names(self.accord, self.status, *self.parties)


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictIssued(Body):
    """One verdict of a judgement was issued."""

    verdict: str
    judgement: str
    accord: str  # digest of the accord's text
    commitment: str
    reading: str = ""
    parties: tuple[str, ...]
    outcome: str
    as_of: date
    recomputable: str  # by anyone, observers, one-party
    is_exercise: bool

    def __post_init__(self) -> None:
        _digests(self.verdict, self.judgement, self.accord)
        check_names(self.commitment, self.outcome, self.recomputable, *self.parties)
        check_names(self.reading, may_be_empty=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyFiled(Body):
    """A party answered a verdict."""

    verdict: str
    party: str
    ground: str
    text: str

    def __post_init__(self) -> None:
        _digests(self.verdict)
        check_names(self.party, self.ground)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRecorded(Body):
    """An officer looked at a verdict and recorded what was found; the entry's actor is the reviewer."""

    verdict: str
    finding: str
    text: str

    def __post_init__(self) -> None:
        _digests(self.verdict)
        check_names(self.finding)


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionTaken(Body):
    """An organ decided."""

    organ: str
    subject: str
    outcome: str
    text: str

    def __post_init__(self) -> None:
        check_names(self.organ, self.subject, self.outcome)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyAdded(Body):
    """A public key speaks for a node or an officer from now on."""

    key: str  # in base64
    holder: str
    purpose: str
    algorithm: str = "ed25519"

    def __post_init__(self) -> None:
        check_names(self.key[:_NAME_LIMIT], self.holder)
        _one_of(self.purpose, PURPOSES)
        _one_of(self.algorithm, ALGORITHMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRotated(Body):
    """A new key takes the place of a key of the same holder and purpose, which ends."""

    key: str
    replaced_by: str
    holder: str
    purpose: str
    algorithm: str = "ed25519"  # of the new key

    def __post_init__(self) -> None:
        check_names(self.key[:_NAME_LIMIT], self.replaced_by[:_NAME_LIMIT], self.holder)
        _one_of(self.purpose, PURPOSES)
        _one_of(self.algorithm, ALGORITHMS)


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRevoked(Body):
    """A key speaks for nobody from now on; what it signed before stays signed. The ground names no person."""

    key: str
    ground: str

    def __post_init__(self) -> None:
        check_names(self.key[:_NAME_LIMIT], self.ground)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerAdded(Body):
    """An officer of a party, under the pseudonym by which the ledger knows them. Who that is stands nowhere in it."""

    officer: str
    party: str

    def __post_init__(self) -> None:
        check_names(self.officer, self.party)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatFilled(Body):
    """An officer took a seat of an organ."""

    organ: str
    seat: str
    officer: str

    def __post_init__(self) -> None:
        check_names(self.organ, self.seat, self.officer)


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatVacated(Body):
    """A seat of an organ became empty."""

    organ: str
    seat: str

    def __post_init__(self) -> None:
        check_names(self.organ, self.seat)


@dataclass(frozen=True, slots=True, kw_only=True)
class Erased(Body):
    """The content of an entry was destroyed: on which ground, by whose authority. Made by `ledger.erasure` alone."""

    entry: str  # the commitment of the entry, which stays
    ground: str
    authority: str

    def __post_init__(self) -> None:
        _digests(self.entry)
        check_names(self.ground, self.authority)


@dataclass(frozen=True, slots=True, kw_only=True)
class Note(Body):
    """Something worth remembering that is none of the other kinds."""

    about: str
    text: str

    def __post_init__(self) -> None:
        check_names(self.about)


@dataclass(frozen=True, slots=True, kw_only=True)
class Padding(Body):
    """Nothing happened. It fills a batch, so that nobody outside can count what did. Made by `ledger.sealing` alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of entry.

    Only a kind whose entries change no other entry's rows may be erased: what is left then follows from what is left of the ledger.
    """

    name: str
    body: type[Body]
    version: int = 1
    is_signed: bool = False  # a person's act: it carries the signature of an officer's key
    is_erasable: bool = False
    is_reserved: bool = False  # made by the ledger itself, never handed in


_KINDS = (
    Kind(name="snapshot-taken", body=SnapshotTaken, is_erasable=True),
    Kind(name="snapshot-retracted", body=SnapshotRetracted),
    Kind(name="accord-adopted", body=AccordAdopted),
    Kind(name="verdict-issued", body=VerdictIssued),
    Kind(name="reply-filed", body=ReplyFiled, is_signed=True, is_erasable=True),
    Kind(name="review-recorded", body=ReviewRecorded, is_signed=True, is_erasable=True),
    Kind(name="decision-taken", body=DecisionTaken, is_signed=True, is_erasable=True),
    Kind(name="key-added", body=KeyAdded),
    Kind(name="key-rotated", body=KeyRotated),
    Kind(name="key-revoked", body=KeyRevoked),
    Kind(name="officer-added", body=OfficerAdded),
    Kind(name="seat-filled", body=SeatFilled),
    Kind(name="seat-vacated", body=SeatVacated),
    Kind(name="erased", body=Erased, is_signed=True, is_reserved=True),
    Kind(name="note", body=Note, is_erasable=True),
    Kind(name="padding", body=Padding, is_reserved=True),
)
KINDS: Registry[Kind] = gather("entry kind", [(kind.name, kind, f"{kind.body.__module__}:{kind.body.__qualname__}") for kind in _KINDS])
_BY_BODY = {kind.body: kind for kind in _KINDS}
_HINTS: dict[str, dict[str, Any]] = {kind.name: typing.get_type_hints(kind.body) for kind in _KINDS}
_READERS: dict[Any, Callable[[Any], Any]] = {
    str: lambda kept: _exactly(str, kept),
    bool: lambda kept: _exactly(bool, kept),
    date: date.fromisoformat,
    Marking: Marking,
    tuple[str, ...]: lambda kept: tuple(_exactly(str, part) for part in kept),
}
_WRITERS: dict[Any, Callable[[Any], str]] = {
    str: encode_basestring,
    bool: lambda value: "true" if value else "false",
    date: lambda value: f'"{value.isoformat()}"',
    Marking: lambda value: str(int(value)),
    tuple[str, ...]: lambda value: f"[{','.join(map(encode_basestring, value))}]",
}
# "version" comes last in a body: RFC 8785 sorts names, and so does this, as long as no field's name sorts after it.
_FIELDS = {kind: tuple((name, _READERS[hint], _WRITERS[hint]) for name, hint in sorted(hints.items())) for kind, hints in _HINTS.items()}


def _exactly(of: type, kept: Any) -> Any:  # noqa: ANN401, whatever JSON holds
    if type(kept) is not of:
        raise ValueError(f"{kept!r} is not a {of.__name__}")
    return kept


def kind_of(body: Body) -> Kind:
    """The kind of entry that a body makes."""
    return _BY_BODY[type(body)]


def body_bytes(body: Body) -> bytes:
    """What an entry says, as the canonical JSON that is stored and committed to: what `kernel.canonical` writes, in a third of the time.

    Values are strings, days, whole numbers, booleans and tuples of strings, and names of fields are plain letters: nothing on which one
    JSON writer differs from another.
    """
    kind = kind_of(body)
    parts = [f'"{name}":{write(getattr(body, name))}' for name, _, write in _FIELDS[kind.name]]
    return f'{{{",".join(parts)},"version":{kind.version}}}'.encode()


def read_body(kind: str, data: bytes) -> Body:
    """What an entry of a kind says, from its canonical JSON.

    Raises:
        EntryNewerError: a newer version of veedor wrote the entry.
        ValueError: it is not what `body_bytes` writes.
    """
    kept = read(data)
    if kind not in KINDS or not isinstance(kept, dict) or kept.get("version", 0) > KINDS[kind].version:
        version = kept.get("version", "?") if isinstance(kept, dict) else "?"
        raise EntryNewerError(kind=kind, version=str(version))
    fields = _FIELDS[kind]
    if kept.keys() != {"version", *(name for name, _, _ in fields)}:
        raise ValueError(f"the fields of {kind} are not {sorted(kept)}")
    try:
        return KINDS[kind].body(**{name: reader(kept[name]) for name, reader, _ in fields})
    except TypeError as error:
        raise ValueError(str(error)) from error


def texts(body: Body) -> tuple[str, ...]:
    """Every string that a body holds, for searching."""
    found: list[str] = []
    for field in dataclasses.fields(body):
        value = getattr(body, field.name)
        found.extend([value] if isinstance(value, str) else value if isinstance(value, tuple) else [])
    return tuple(found)
