"""How a record may be handled: structured labels with an order and a join. A label is data; nothing here compares it as text.

`Marking` is the coarse measure that stands in every record and entry as one integer. `Label` is the whole of it: what each policy
calls the content, to whom it may go, whose leave that takes, for what it may be used and until when. Something derived carries the
`join` of the labels of its inputs, so it is never below any of them. What is not understood is `UNKNOWN`, the top: nobody sees it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import reduce
from types import MappingProxyType
from typing import Any


class Marking(IntEnum):
    """Handling in the order of restriction; a derived product takes the highest of its inputs."""

    PUBLIC = 0
    SHARED = 1
    RESTRICTED = 2
    SEALED = 3


def join(*markings: Marking) -> Marking:
    """The marking of something made from all of these; of nothing, public."""
    return max(markings, default=Marking.PUBLIC)


class Tlp(IntEnum):
    """How far to pass on: the Traffic Light Protocol of FIRST, version 2.0, in its order."""

    CLEAR = 0
    GREEN = 1
    AMBER = 2
    AMBER_STRICT = 3
    RED = 4


class Handling(IntEnum):
    """Europol's handling codes. They are conditions beside one another, not steps: a label carries a set of them."""

    H0 = 0  # for police purposes only
    H1 = 1  # not in court without the provider's leave
    H2 = 2  # not passed on without the provider's leave
    H3 = 3  # another condition, in the words of the label


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """A marking policy: its name and its levels, the lowest first. Levels of two policies do not compare."""

    name: str
    levels: tuple[str, ...]

    def rank(self, level: str) -> int | None:
        """The place of a level; None for a word that is no level of this policy."""
        return self.levels.index(level) if level in self.levels else None


OWN = Policy(name="veedor", levels=tuple(marking.name for marking in Marking))
"""The policy of the integer column, the only one built in: those of parties are data that the parties state."""

KNOWN: Mapping[str, Policy] = MappingProxyType({OWN.name: OWN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """How something may be handled. The empty label restricts nothing; `None` for a set means all of them."""

    ranks: tuple[tuple[str, int], ...] = ()  # classification: the level within each policy, by the policy's name; never rank 0
    releasable_to: frozenset[str] | None = None  # parties and outsiders who may hold it
    originators: frozenset[str] = frozenset()  # whose information it rests on
    controlled_by: frozenset[str] = frozenset()  # originators without whose leave it is not passed on
    purposes: frozenset[str] | None = None  # what it may be used for
    expires: date | None = None  # the first day on which nobody may use it any longer
    tlp: Tlp = Tlp.CLEAR
    handling: frozenset[Handling] = frozenset()
    conditions: frozenset[str] = frozenset()  # the words of H3
    is_unknown: bool = False

    def __post_init__(self) -> None:
        if tuple(sorted(dict(self.ranks).items())) != self.ranks or any(rank < 1 for _, rank in self.ranks):
            raise ValueError("ranks are sorted by policy, each named once; the lowest level is said by leaving it out")
        if not self.controlled_by <= self.originators:
            raise ValueError("only an originator controls what is passed on")
        if bool(self.conditions) != (Handling.H3 in self.handling):
            raise ValueError("H3 comes with its words, and words with H3")
        if self.is_unknown and (self.ranks, self.releasable_to, self.tlp) != ((), frozenset(), Tlp.RED):
            raise ValueError("there is one unknown label: UNKNOWN")

    @property
    def marking(self) -> Marking:
        """The coarse measure for the integer column: never lower than what any part of the label asks for."""
        if self.is_unknown:
            return Marking.SEALED
        own = Marking(dict(self.ranks).get(OWN.name, 0))
        is_foreign = any(name != OWN.name for name, _ in self.ranks)
        if is_foreign or self.releasable_to is not None or self.controlled_by or self.tlp >= Tlp.AMBER_STRICT:
            return join(own, Marking.RESTRICTED)
        if self.purposes is not None or self.handling or self.tlp > Tlp.CLEAR:
            return join(own, Marking.SHARED)
        return own

    def needs_leave_of(self) -> frozenset[str]:
        """Those without whose leave it is not passed on: who controls it, and with H2 everybody whose information it rests on."""
        return self.originators if Handling.H2 in self.handling else self.controlled_by

    def is_at_most(self, other: Label) -> bool:
        """Whether the other label restricts at least as much in every part: the order of which `joined` is the join."""
        return joined(self, other) == other

    def plain(self) -> dict[str, object]:
        """Plain data for canonical JSON; `parse` reads it back. Parts that restrict nothing are left out."""
        if self.is_unknown:
            return {"unknown": True}
        said: dict[str, object] = {
            "levels": dict(self.ranks), "originators": self.originators, "controlled_by": self.controlled_by,
            "handling": {code.name for code in self.handling}, "conditions": self.conditions,
        }  # fmt: skip
        said = {key: value for key, value in said.items() if value}
        # An empty set of these is the strictest there is, not the absence of a rule: only None is left out.
        narrowing = {"releasable_to": self.releasable_to, "purposes": self.purposes, "expires": self.expires}
        said |= {key: value for key, value in narrowing.items() if value is not None}
        return said | ({"tlp": self.tlp.name} if self.tlp else {})


UNKNOWN = Label(is_unknown=True, releasable_to=frozenset(), tlp=Tlp.RED)
"""What cannot be understood: the top of the order, whatever it is joined with."""


def of_marking(marking: Marking) -> Label:
    """The label that says no more than the integer column does."""
    return Label(ranks=((OWN.name, int(marking)),) if marking else ())


def joined(*labels: Label) -> Label:
    """The label of something derived from all of these: in every part as strict as the strictest of them; of nothing, the empty one."""
    return reduce(_join, labels, Label())


def _join(one: Label, other: Label) -> Label:
    if one.is_unknown or other.is_unknown:
        return UNKNOWN
    left, right = dict(one.ranks), dict(other.ranks)
    expiries = [day for day in (one.expires, other.expires) if day is not None]
    return Label(
        ranks=tuple(sorted((name, max(left.get(name, 0), right.get(name, 0))) for name in {*left, *right})),
        releasable_to=_both(one.releasable_to, other.releasable_to),
        originators=one.originators | other.originators,
        controlled_by=one.controlled_by | other.controlled_by,
        purposes=_both(one.purposes, other.purposes),
        expires=min(expiries, default=None),
        tlp=max(one.tlp, other.tlp),
        handling=one.handling | other.handling,
        conditions=one.conditions | other.conditions,
    )


def _both(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other


def parse(said: object, policies: Mapping[str, Policy] = KNOWN) -> Label:
    """A label from plain data. Whatever is not wholly understood is `UNKNOWN`: no part of a label is dropped in silence.

    Levels are written as in the policy ("SECRET") or as a rank; a policy that is not among `policies` is not understood.
    """
    try:
        return _read(said, policies)
    except (ValueError, TypeError, KeyError):
        return UNKNOWN


_PARTS = frozenset({
    "levels", "releasable_to", "originators", "controlled_by", "purposes", "expires", "tlp", "handling", "conditions",
})  # fmt: skip


def _read(said: object, policies: Mapping[str, Policy]) -> Label:
    if not isinstance(said, Mapping) or not _PARTS.issuperset(said):
        raise ValueError("not a label, or with parts that nobody knows")
    levels = said.get("levels", {})
    if not isinstance(levels, Mapping):
        raise ValueError("levels are named by their policy")
    ranks = {name: _rank(policies[name], level) for name, level in levels.items()}
    return Label(
        ranks=tuple(sorted((name, rank) for name, rank in ranks.items() if rank)),
        releasable_to=_names(said["releasable_to"]) if "releasable_to" in said else None,
        originators=_names(said.get("originators", ())),
        controlled_by=_names(said.get("controlled_by", ())),
        purposes=_names(said["purposes"]) if "purposes" in said else None,
        expires=_day(said["expires"]) if "expires" in said else None,
        tlp=Tlp[said.get("tlp", Tlp.CLEAR.name)],
        handling=frozenset(Handling[code] for code in _names(said.get("handling", ()))),
        conditions=_names(said.get("conditions", ())),
    )


def _rank(policy: Policy, level: Any) -> int:  # noqa: ANN401, whatever JSON holds
    rank = policy.rank(level) if isinstance(level, str) else level
    if type(rank) is not int or not 0 <= rank < len(policy.levels):
        raise ValueError(f"{policy.name} has no level {level!r}")
    return rank


def _names(said: Any) -> frozenset[str]:  # noqa: ANN401, whatever JSON holds
    if not isinstance(said, (list, tuple, frozenset, set)) or not all(isinstance(name, str) and name for name in said):
        raise ValueError(f"{said!r} is not a list of names")
    return frozenset(said)


def _day(said: Any) -> date:  # noqa: ANN401, whatever JSON holds
    return said if isinstance(said, date) else date.fromisoformat(said)
