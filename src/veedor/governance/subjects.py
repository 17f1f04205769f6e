"""What a policy is asked about: who wants to act, on what, under which circumstances."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from veedor.governance.basis import LegalBasis, covered
from veedor.kernel.markings import OWN, Label, Marking

if TYPE_CHECKING:
    from veedor.governance.quorum import Standing
    from veedor.governance.roles import Role

KINDS = (
    "snapshot", "record", "verdict", "reply", "review", "decision", "case", "commitment", "accord",
    "officer", "seat", "key", "node", "note", "entry",
)  # fmt: skip
STATES = ("draft", "issued", "reviewed", "decided", "retracted", "erased")
OUTSIDER = "outsider"  # the kind of a party that is none: independents, observers, communities
_OPEN = Label()
NEVER = (date.max - date(1970, 1, 1)).days


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Somebody who wants to act: an officer with what their seats give them, or whoever reads what is public."""

    name: str
    party: str = ""
    party_kind: str = OUTSIDER
    roles: frozenset[Role] = frozenset()
    organs: frozenset[str] = frozenset()  # where they hold a seat that votes
    clearances: tuple[tuple[str, int], ...] = ()  # the highest rank they may see in each marking policy
    is_absent: bool = False
    acting_for: str = ""  # the officer whose seat they exercise by delegation

    def plain(self) -> dict[str, object]:
        """As the policies see it."""
        return {
            "name": self.name,
            "party": self.party,
            "party_kind": self.party_kind,
            "roles": sorted(role.value for role in self.roles),
            "organs": sorted(self.organs),
            "clearances": sorted(_token(policy, rank) for policy, highest in self.clearances for rank in range(1, highest + 1)),
            "is_absent": self.is_absent,
        }


ANYBODY = Principal(name="anybody")
"""A reader without account: sees what is public and does nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """Something that can be seen or acted on."""

    kind: str
    owner: str  # the party whose node recorded it
    label: Label = _OPEN
    state: str = "issued"
    organ: str = ""
    parties: frozenset[str] = frozenset()
    made_by: frozenset[str] = frozenset()  # who took the snapshot, made the finding, holds the key or the seat
    reviewed_by: frozenset[str] = frozenset()
    is_common: bool = False  # it belongs to no party: the seat or key of an independent, an observer
    is_personal: bool = False
    scope: str = ""  # what a legal basis has to cover, where it is about a person

    def __post_init__(self) -> None:
        if self.kind not in KINDS or self.state not in STATES:
            raise ValueError(f"{self.kind}/{self.state} is neither of {KINDS} nor of {STATES}")

    @property
    def marking(self) -> Marking:
        """The coarse measure of its label."""
        return self.label.marking

    def plain(self) -> dict[str, object]:
        """As the policies see it."""
        label = self.label
        return {
            "kind": self.kind,
            "state": self.state,
            "owner": self.owner,
            "is_common": self.is_common,
            "organ": self.organ,
            "parties": sorted(self.parties),
            "made_by": sorted(self.made_by),
            "is_personal": self.is_personal,
            "scope": self.scope,
            "level": int(label.marking),
            "ranks": sorted(_token(policy, rank) for policy, rank in label.ranks if policy != OWN.name),
            "is_for_all": label.releasable_to is None,
            "releasable_to": sorted(label.releasable_to or ()),
            "is_for_any_use": label.purposes is None,
            "purposes": sorted(label.purposes or ()),
            "leave_of": sorted(label.needs_leave_of()),
            "expires": NEVER if label.expires is None else days(label.expires),
            "tlp": int(label.tlp),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What else counts: the day, what it is for, by whose leave, who has assented."""

    day: date
    purposes: frozenset[str] = frozenset()
    bases: tuple[LegalBasis, ...] = ()
    consents: frozenset[str] = frozenset()  # originators who gave leave to pass it on
    recipient: str = ""
    recipient_kind: str = "state"
    standing: Standing | None = None  # of the quorum; None where nobody was asked

    def plain(self, acting_for: str) -> dict[str, object]:
        """As the policies see it."""
        standing = self.standing
        return {
            "day": days(self.day),
            "acting_for": acting_for,
            "purposes": sorted(self.purposes),
            "bases": sorted(covered(self.bases, self.day)),
            "consents": sorted(self.consents),
            "recipient": self.recipient,
            "recipient_kind": self.recipient_kind,
            "parties_required": 0 if standing is None else len(standing.required),
            "parties_missing": [] if standing is None else sorted(standing.missing),
            "is_board_missing": standing is None or standing.is_board_missing,
            "is_contested": standing is not None and standing.is_contested,
        }


def days(day: date) -> int:
    """Days since 1970, as policies count them."""
    return (day - date(1970, 1, 1)).days


def _token(policy: str, rank: int) -> str:
    return f"{policy}:{rank}"
