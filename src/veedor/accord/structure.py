"""Whether the parts of an accord fit each other. What cannot be resolved refuses the file; what is unwise is lint's."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from veedor.accord import structure_errors as wrong
from veedor.accord.errors import meant, problem, shown
from veedor.accord.model import THEMES, Accord, Commitment
from veedor.accord.tree import Trail, Tree
from veedor.kernel.errors import Problem, VeedorError
from veedor.kernel.language import Value
from veedor.kernel.months import add_months

_PARTIAL_DATE = re.compile(r"[12]\d{3}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?", re.ASCII)
_STEP = re.compile(r"step \d{1,3}", re.ASCII)  # in a chain of what might happen, which has an order and no dates
_DIGEST = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """The names a file declares, also of entries that do not fit by themselves, so that no reference to them is called unknown."""

    parties: tuple[str, ...]
    phases: tuple[str, ...]
    organs: tuple[str, ...]
    ladder: tuple[str, ...]
    documents: tuple[str, ...]  # keys and titles
    commitments: tuple[str, ...]

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Declared:
        """The names in plain data of whatever shape."""

        def keys(section: str) -> tuple[str, ...]:
            found = plain.get(section)
            return tuple(found) if isinstance(found, dict) else ()

        documents = plain.get("documents")
        entries = documents.values() if isinstance(documents, dict) else ()
        titles = tuple(str(entry["title"]) for entry in entries if isinstance(entry, dict) and "title" in entry)
        return cls(
            parties=keys("parties"),
            phases=keys("phases"),
            organs=keys("organs"),
            ladder=keys("ladder"),
            documents=keys("documents") + titles,
            commitments=keys("commitments"),
        )


@dataclass(frozen=True, slots=True)
class _Check:
    """An accord under examination."""

    accord: Accord
    declared: Declared
    tree: Tree

    def note(self, kind: type[VeedorError], trail: Trail, **values: Value) -> Problem:
        return problem(kind, self.tree.at(trail), **values)

    def known(self, kind: type[VeedorError], named: Iterable[tuple[Trail, str]], names: tuple[str, ...]) -> Iterator[Problem]:
        for trail, name in named:
            if name not in names:
                yield self.note(kind, trail, name=shown(name), nearest=meant(name, names), known=names)

    @property
    def armed(self) -> frozenset[str]:
        return frozenset(name for name, party in self.accord.parties.items() if party.kind == "armed-group")


def check(accord: Accord, declared: Declared, tree: Tree) -> Iterator[Problem]:
    """Everything that refuses the file although each of its values is well formed."""
    found = _Check(accord, declared, tree)
    for name, commitment in accord.commitments.items():
        yield from _names(found, name, commitment)
        yield from _lists(found, name, commitment)
        yield from _times(found, name, commitment)
    yield from _whole(found)
    yield from _phases(found)
    yield from _organs(found)
    yield from _documents(found)
    yield from _armed_groups(found)
    yield from _adoption(found)


def _names(found: _Check, name: str, commitment: Commitment) -> Iterator[Problem]:
    top: Trail = ("commitments", name)
    declared = found.declared
    owed = commitment.owed_by
    parties = [((*top, "owed_by", "each", i), party) for i, party in enumerate(owed.each)]
    parties += [((*top, "owed_by", "joint", i), party) for i, party in enumerate(owed.joint)]
    parties += [((*top, "owner", party), party) for party in commitment.owner]
    for i, reading in enumerate(commitment.readings):
        parties += [((*top, "readings", i, "held_by", j), party) for j, party in enumerate(reading.held_by)]
    yield from found.known(wrong.UnknownPartyError, parties, declared.parties)
    if owed.organ:
        yield from found.known(wrong.UnknownOrganError, [((*top, "owed_by", "organ"), owed.organ)], declared.organs)
    if commitment.phase:
        yield from found.known(wrong.UnknownPhaseError, [((*top, "phase"), commitment.phase)], declared.phases)
    steps: list[tuple[Trail, str]] = [((*top, "if_broken", i), step) for i, step in enumerate(commitment.if_broken)]
    yield from found.known(wrong.UnknownStepError, steps, declared.ladder)
    others: list[tuple[Trail, str]] = [((*top, "serves", i), other) for i, other in enumerate(commitment.serves)]
    others += [((*top, "depends_on", i), other) for i, other in enumerate(commitment.depends_on)]
    yield from found.known(wrong.UnknownCommitmentError, others, declared.commitments)
    documents: list[tuple[Trail, str]] = [((*top, "cites", "document"), commitment.cites.document)]
    documents += [((*top, "quotes", key, "document"), quote.document) for key, quote in commitment.quotes.items()]
    yield from found.known(wrong.UnknownDocumentError, documents, declared.documents)
    yield from found.known(wrong.UnknownThemeError, [((*top, "theme"), commitment.theme)], THEMES)


def _lists(found: _Check, name: str, commitment: Commitment) -> Iterator[Problem]:
    top: Trail = ("commitments", name)
    owed = commitment.owed_by
    lists: dict[Trail, tuple[str, ...]] = {
        (*top, "owed_by", "each"): owed.each,
        (*top, "owed_by", "joint"): owed.joint,
        (*top, "serves"): commitment.serves,
        (*top, "depends_on"): commitment.depends_on,
        (*top, "if_broken"): commitment.if_broken,
    }
    lists |= {(*top, "readings", i, "held_by"): reading.held_by for i, reading in enumerate(commitment.readings)}
    for trail, items in lists.items():
        for i, item in enumerate(items):
            if item in items[:i]:
                yield found.note(wrong.ListedTwiceError, (*trail, i), name=shown(item))
    names = [reading.reading for reading in commitment.readings]
    for i, reading in enumerate(names):
        if reading in names[:i]:
            yield found.note(wrong.ReadingTwiceError, (*top, "readings", i, "reading"), name=reading)


def _times(found: _Check, name: str, commitment: Commitment) -> Iterator[Problem]:
    top: Trail = ("commitments", name)
    accord = found.accord
    if commitment.phase and commitment.begins is not None:
        yield found.note(wrong.PhaseAndBeginsError, (*top, "begins"))
    elif accord.ends is not None and accord.starts < accord.ends:
        begins, trail = accord.starts, top
        if commitment.begins is not None:
            begins, trail = commitment.begins.day or add_months(accord.starts, commitment.begins.month - 1), (*top, "begins")
        elif commitment.phase in accord.phases:
            first, _last = accord.phases[commitment.phase].bounds
            begins, trail = add_months(accord.starts, first - 1), (*top, "phase")
        if begins >= accord.ends:
            yield found.note(wrong.BeginsAfterEndError, trail, name=name, begins=begins, ends=accord.ends)
    if commitment.duty == "may-not-without" and commitment.without is None:
        yield found.note(wrong.ConditionMissingError, (*top, "duty"))
    if commitment.duty != "may-not-without" and commitment.without is not None:
        yield found.note(wrong.ConditionWithoutDutyError, (*top, "without"), duty=commitment.duty)


@lru_cache(maxsize=1)
def _zones() -> tuple[str, ...]:
    return tuple(sorted(available_timezones()))


def _whole(found: _Check) -> Iterator[Problem]:
    accord = found.accord
    yield from found.known(wrong.UnknownCalendarError, [(("calendar",), accord.calendar)], _zones())
    if accord.ends is not None and accord.ends <= accord.starts:
        yield found.note(wrong.EndsBeforeStartError, ("ends",), ends=accord.ends, starts=accord.starts)


def _phases(found: _Check) -> Iterator[Problem]:
    before = 0
    for name, phase in found.accord.phases.items():
        first, _last = phase.bounds
        if first < before:
            yield found.note(wrong.PhaseOrderError, ("phases", name, "months"), name=name, month=first, before=before)
        before = max(before, first)


def _organs(found: _Check) -> Iterator[Problem]:
    accord, organs = found.accord, found.declared.organs
    for name in accord.organs:
        if name in found.declared.parties:
            yield found.note(wrong.PartyIsOrganError, ("organs", name), name=name)
    deciders: list[tuple[Trail, str]] = [(("ladder", key, "organ"), step.organ) for key, step in accord.ladder.items()]
    deciders.append((("reply", "decides"), accord.reply.decides))
    for trail, organ in deciders:
        if organ in found.armed:
            yield found.note(wrong.ArmedGroupDecidesError, trail, name=organ)
        elif organ:
            yield from found.known(wrong.UnknownOrganError, [(trail, organ)], organs)


def _documents(found: _Check) -> Iterator[Problem]:
    accord = found.accord
    dates: list[tuple[Trail, str]] = [(("documents", key, "date"), document.date) for key, document in accord.documents.items()]
    dates += [(("chronology", i, "date"), milepost.date) for i, milepost in enumerate(accord.chronology)]
    for trail, given in dates:
        is_step = trail[0] == "chronology" and _STEP.fullmatch(given) is not None
        if trail in found.tree.positions and _PARTIAL_DATE.fullmatch(given) is None and not is_step:
            yield found.note(wrong.NotAPartialDateError, trail, value=shown(given))
    for key, document in accord.documents.items():
        if document.digest and _DIGEST.fullmatch(document.digest) is None:
            yield found.note(wrong.NotADigestError, ("documents", key, "digest"), value=shown(document.digest))
    cited: list[tuple[Trail, str]] = [
        (("chronology", i, "cites", "document"), milepost.cites.document)
        for i, milepost in enumerate(accord.chronology)
        if milepost.cites is not None
    ]
    yield from found.known(wrong.UnknownDocumentError, cited, found.declared.documents)


def _armed_groups(found: _Check) -> Iterator[Problem]:
    accord, armed = found.accord, found.armed
    for name, organ in accord.organs.items():
        for seat in organ.seats:
            if seat in armed:
                yield found.note(wrong.ArmedGroupSeatError, ("organs", name, "seats", seat), name=seat)
    for name, commitment in accord.commitments.items():
        given = re.findall(r"[\w-]+", commitment.access.by) if commitment.access is not None else []
        for group in armed.intersection(given):
            yield found.note(wrong.ArmedGroupAccessError, ("commitments", name, "access", "by"), name=group)
    for party in accord.adoption:
        if party in armed:
            yield found.note(wrong.ArmedGroupKeyError, ("adoption", party), name=party)


def _adoption(found: _Check) -> Iterator[Problem]:
    accord = found.accord
    named: list[tuple[Trail, str]] = [(("adoption", party), party) for party in accord.adoption]
    yield from found.known(wrong.UnknownPartyError, named, found.declared.parties)
    for party, entry in accord.adoption.items():
        for key, text, size in (("key", entry.key, 32), ("signature", entry.signature, 64)):
            if _base64_size(text) != size:
                yield found.note(wrong.NotASignatureError, ("adoption", party, key), key=key, bytes=size)
    if accord.status != "in-force":
        return
    signers = [name for name, party in accord.parties.items() if party.kind != "armed-group"]
    adopted = found.tree.plain.get("adoption")
    for name in signers:
        if not isinstance(adopted, dict) or name not in adopted:
            yield found.note(wrong.NotAdoptedError, ("status",), name=name)
    if not signers:
        yield found.note(wrong.NobodyToAdoptError, ("status",))


def _base64_size(text: str) -> int:
    try:
        return len(base64.b64decode(text, validate=True))
    except (binascii.Error, ValueError):
        return -1
