"""Policy files (C2SP tlog-policy): which logs, which witnesses, and how many of them make a checkpoint worth believing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from veedor.evidence.log import checkpoint as checkpoints
from veedor.evidence.log import cosignature, note
from veedor.evidence.log.errors import KeyMalformedError, NotSignedError, PolicyMalformedError, QuorumError
from veedor.evidence.log.keys import COSIGNATURE, MLDSA44, VerifierKey, read_vkey
from veedor.kernel.errors import Problem
from veedor.kernel.language import N_, Value

if TYPE_CHECKING:
    from veedor.evidence.log.checkpoint import Checkpoint
    from veedor.evidence.log.note import Note

MOST_BYTES = 1 << 20
NOBODY = "none"
_COUNT = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)
_ALLOWED = frozenset({0x09, 0x0A, *range(0x20, 0x7F), *range(0x80, 0x100)})

_NOT_TEXT = N_("byte {byte} may not stand in a policy file")
_NO_BREAK = N_("the file does not end with a line break")
_TOO_LONG = N_("the file is longer than {limit} bytes")
_UNKNOWN = N_('"{found}" is none of log, witness, group, quorum')
_SHAPE = N_('a {kind} line is written "{expected}"')
_KEY = N_("{why}")
_WITNESS_KIND = N_("a witness's key is of kind 4 or 6, not {found}")
_KEY_TWICE = N_("this key stands on line {first} already")
_NAME_TWICE = N_('the name "{name}" stands on line {first} already')
_RESERVED = N_('"none" means nobody, and cannot be a name')
_UNDEFINED = N_('"{name}" is not defined above this line')
_MEMBER_TWICE = N_('"{name}" is a member of "{group}" already, and would count twice')
_THRESHOLD = N_('"{found}" is neither all, nor any, nor a number from 1 to {members}')
_QUORUM_TWICE = N_("a quorum stands on line {first} already")
_NO_QUORUM = N_("the file has no quorum line")
_SHAPES = {"log": "log KEY [URL]", "witness": "witness NAME KEY [URL]", "group": "group NAME all|any|K NAME…", "quorum": "quorum NAME"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """A log whose checkpoints may count: its key, whose name is its origin, and where to reach it."""

    key: VerifierKey
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """A witness under the name that this policy gives it, and where to reach it."""

    name: str
    key: VerifierKey
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Members, witnesses or groups, of which at least so many have to agree."""

    name: str
    least: int
    members: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """Whose signatures count. Groups stand in the order of the file, so each names only what stands before it."""

    logs: tuple[Log, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    groups: tuple[Group, ...] = ()
    quorum: str = NOBODY

    def agrees(self, cosigned: frozenset[str]) -> bool:
        """Whether these witnesses, by their names here, are enough."""
        return self.quorum == NOBODY or self.quorum in self._standing(cosigned)

    def missing(self, cosigned: frozenset[str]) -> tuple[str, ...]:
        """The witnesses below the quorum that have not cosigned, for messages."""
        members = {group.name: group.members for group in self.groups}
        asked, waiting = [], [self.quorum]
        while waiting:
            name = waiting.pop()
            waiting.extend(reversed(members.get(name, ())))
            asked.append(name)
        return tuple(name for name in asked if name not in members and name not in cosigned and name != NOBODY)

    def _standing(self, cosigned: frozenset[str]) -> set[str]:
        standing = set(cosigned)
        for group in self.groups:
            if sum(name in standing for name in group.members) >= group.least:
                standing.add(group.name)
        return standing

    def data(self) -> bytes:
        """The policy as a file; `read` gives it back."""
        lines = [*(f"log {log.key.vkey()} {log.url}".rstrip() for log in self.logs)]
        lines += [f"witness {one.name} {one.key.vkey()} {one.url}".rstrip() for one in self.witnesses]
        lines += [f"group {group.name} {group.least} {' '.join(group.members)}" for group in self.groups]
        return "".join(f"{line}\n" for line in [*lines, f"quorum {self.quorum}"]).encode("utf-8", "surrogateescape")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What a policy finds on a checkpoint: by which log's key it is signed, who cosigned and when, and whether that is enough."""

    checkpoint: Checkpoint
    note: Note
    log: VerifierKey
    witnesses: tuple[tuple[str, int], ...]  # name in the policy, time of its cosignature
    is_enough: bool

    @property
    def names(self) -> frozenset[str]:
        """The witnesses that cosigned, by their names in the policy."""
        return frozenset(name for name, _ in self.witnesses)


def standing(policy: Policy, data: bytes) -> Standing:
    """What the policy finds on a signed checkpoint, whether or not it suffices.

    Raises:
        NoteMalformedError: the bytes are no signed checkpoint, or a key signed it twice.
        NotSignedError: none of the policy's logs signed it.
        SignatureWrongError: a line names one of the policy's keys and does not fit.
    """
    return weigh(policy, *checkpoints.read(data))


def weigh(policy: Policy, checkpoint: Checkpoint, found: Note) -> Standing:
    """What the policy finds on a signed checkpoint that was read already.

    Raises:
        NoteMalformedError, NotSignedError, SignatureWrongError: see `standing`.
    """
    logs = tuple(log.key for log in policy.logs if log.key.name == checkpoint.origin)
    names = {(one.key.name, one.key.id): one.name for one in policy.witnesses}
    by_logs = note.verified(found, logs, cosignature.check, origin=checkpoint.origin)
    try:
        by_witnesses = note.verified(found, tuple(one.key for one in policy.witnesses), cosignature.check)
    except NotSignedError:
        by_witnesses = ()
    timed = ((names[key.name, key.id], cosignature.time_of(key, line.blob)) for key, line in by_witnesses)
    witnesses = tuple(sorted((name, time) for name, time in timed if time > 0))
    agreed = policy.agrees(frozenset(name for name, _ in witnesses))
    return Standing(checkpoint=checkpoint, note=found, log=by_logs[0].key, witnesses=witnesses, is_enough=agreed)


def accept(policy: Policy, data: bytes) -> Standing:
    """A signed checkpoint that the policy believes.

    Raises:
        NoteMalformedError, NotSignedError, SignatureWrongError: see `standing`.
        QuorumError: the witnesses that cosigned are not enough.
    """
    found = standing(policy, data)
    if not found.is_enough:
        missing = policy.missing(found.names)
        raise QuorumError(origin=found.checkpoint.origin, quorum=policy.quorum, found=tuple(sorted(found.names)) or ("–",), missing=missing)
    return found


def read(data: bytes, where: str = "") -> Policy:
    """A policy from a file. Names are opaque bytes; those that are not UTF-8 survive unchanged.

    Raises:
        PolicyMalformedError: with every problem and its line.
    """
    reading = _Reading()
    if len(data) > MOST_BYTES:
        reading.say(1, _TOO_LONG, limit=MOST_BYTES)
    elif (odd := next((at for at, byte in enumerate(data) if byte not in _ALLOWED), None)) is not None:
        reading.say(data.count(b"\n", 0, odd) + 1, _NOT_TEXT, byte=data[odd])
    elif data and not data.endswith(b"\n"):
        reading.say(data.count(b"\n") + 1, _NO_BREAK)
    else:
        for number, line in enumerate(data.decode("utf-8", "surrogateescape").split("\n"), 1):
            reading.line(number, re.split(r"[ \t]+", line.strip(" \t")))
        if reading.quorum == "":
            reading.say(data.count(b"\n") or 1, _NO_QUORUM)
    if reading.problems:
        raise PolicyMalformedError(where=where, problems=tuple(reading.problems), count=len(reading.problems))
    return Policy(
        logs=tuple(reading.logs), witnesses=tuple(reading.witnesses), groups=tuple(reading.groups), quorum=reading.quorum or NOBODY
    )


@dataclass(slots=True)
class _Reading:
    """A policy while it is read, line by line, with every problem so far."""

    problems: list[Problem] = field(default_factory=list)
    logs: list[Log] = field(default_factory=list)
    witnesses: list[Witness] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    quorum: str = ""
    named: dict[str, int] = field(default_factory=dict)
    member_of: dict[str, str] = field(default_factory=dict)
    keys: dict[tuple[str, bytes], int] = field(default_factory=dict)
    quorum_at: int = 0

    def say(self, line: int, words: str, **values: Value) -> None:
        """Note a problem."""
        self.problems.append(Problem(line, 1, PolicyMalformedError.code, words, tuple(sorted(values.items()))))

    def line(self, number: int, words: list[str]) -> None:
        """Take in one line."""
        if words == [""] or words[0].startswith("#"):
            return
        takers: dict[str, tuple[range, Callable[[int, list[str]], None]]] = {
            "log": (range(1, 3), self._log),
            "witness": (range(2, 4), self._witness),
            "group": (range(3, 100_000), self._group),
            "quorum": (range(1, 2), self._quorum),
        }
        if words[0] not in takers:
            self.say(number, _UNKNOWN, found=words[0])
            return
        counts, take = takers[words[0]]
        if len(words) - 1 not in counts:
            self.say(number, _SHAPE, kind=words[0], expected=_SHAPES[words[0]])
            return
        take(number, words[1:])

    def _log(self, number: int, words: list[str]) -> None:
        key = self._key(number, "log", words[0])
        if key is not None:
            self.logs.append(Log(key=key, url="".join(words[1:])))

    def _witness(self, number: int, words: list[str]) -> None:
        is_new = self._name(number, words[0])
        key = self._key(number, "witness", words[1])
        if key is not None and key.kind not in {COSIGNATURE, MLDSA44}:
            self.say(number, _WITNESS_KIND, found=key.kind)
        elif key is not None and is_new:
            self.witnesses.append(Witness(name=words[0], key=key, url="".join(words[2:])))

    def _group(self, number: int, words: list[str]) -> None:
        name, least, *members = words
        count = len(members)
        for member in members:
            if member not in self.named:
                self.say(number, _UNDEFINED, name=member)
            elif member in self.member_of:
                self.say(number, _MEMBER_TWICE, name=member, group=self.member_of[member])
            self.member_of.setdefault(member, name)
        needed = {"all": count, "any": 1}.get(least, int(least) if _COUNT.fullmatch(least) else 0)
        if not 1 <= needed <= count:
            self.say(number, _THRESHOLD, found=least, members=count)
        if self._name(number, name):
            self.groups.append(Group(name=name, least=needed, members=tuple(members)))

    def _quorum(self, number: int, words: list[str]) -> None:
        if self.quorum:
            self.say(number, _QUORUM_TWICE, first=self.quorum_at)
        elif words[0] != NOBODY and words[0] not in self.named:
            self.say(number, _UNDEFINED, name=words[0])
        self.quorum, self.quorum_at = words[0], number

    def _name(self, number: int, name: str) -> bool:
        if name == NOBODY:
            self.say(number, _RESERVED)
        elif name in self.named:
            self.say(number, _NAME_TWICE, name=name, first=self.named[name])
        else:
            self.named[name] = number
            return True
        return False

    def _key(self, number: int, kind: str, text: str) -> VerifierKey | None:
        try:
            key = read_vkey(text)
        except KeyMalformedError as error:
            self.say(number, _KEY, why=dict(error.values)["why"])
            return None
        first = self.keys.setdefault((kind, key.public), number)
        if first != number:
            self.say(number, _KEY_TWICE, first=first)
            return None
        return key
