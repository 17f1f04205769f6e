"""The policies said a second time, in plain Python: the yardstick for the engine and its Cedar files. Nothing at run time asks it.

`PERMITS` and `FORBIDS` have a line a policy, under the same name. A property test asks both about every role, act, state and marking;
whoever changes a policy changes it here too, or the test says where the two differ.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from veedor.governance.basis import covered
from veedor.governance.roles import NOT_DELEGATED, QUORUM, Action, Role
from veedor.kernel.markings import OWN, Marking, Tlp

if TYPE_CHECKING:
    from veedor.governance.engine import Request

Line: TypeAlias = tuple[Action | frozenset[Action], Callable[["Request"], bool]]

_ANY = frozenset(Action)
_MARKED = frozenset({Action.SEE, Action.FIND, Action.CODE, Action.REVIEW, Action.DECIDE, Action.SHARE})
_OF_PERSONS = frozenset({
    Action.SEE, Action.TAKE, Action.FIND, Action.REVIEW, Action.REPLY, Action.DECIDE, Action.OPEN, Action.SHARE, Action.ERASE,
})  # fmt: skip
_CONTENT = _ANY - {Action.SEE, Action.KEY, Action.ADMINISTER}
_PARTY_STAFF = frozenset({Role.OFFICER, Role.ANALYST, Role.REVIEWER})
_OVERSIGHT = frozenset({Role.BOARD_MEMBER, Role.AUDITOR})
_VOICES = frozenset({Role.OFFICER, Role.BOARD_MEMBER})


def _has(asked: Request, roles: frozenset[Role] | set[Role]) -> bool:
    return bool(asked.principal.roles & roles)


def _is_own(asked: Request) -> bool:
    return asked.item.owner == asked.principal.party


def _is_released(asked: Request, to: str) -> bool:
    released = asked.item.label.releasable_to
    return released is None or to in released


def _is_restricted_and_released(asked: Request) -> bool:
    named = asked.item.label.releasable_to or frozenset()
    return asked.item.marking <= Marking.RESTRICTED and asked.principal.party in named and _has(asked, _PARTY_STAFF)


def _is_cleared(asked: Request) -> bool:
    cleared = dict(asked.principal.clearances)
    return all(cleared.get(policy, 0) >= rank for policy, rank in asked.item.label.ranks if policy != OWN.name)


def _serves_its_purpose(asked: Request) -> bool:
    purposes = asked.item.label.purposes
    return purposes is None or bool(purposes & asked.given.purposes)


def _has_expired(asked: Request) -> bool:
    expires = asked.item.label.expires
    return expires is not None and expires <= asked.given.day


def _may_be_passed_on(asked: Request) -> bool:
    label = asked.item.label
    return label.marking < Marking.SEALED and label.tlp <= Tlp.AMBER and _is_released(asked, asked.given.recipient)


def _can_reply(asked: Request) -> bool:
    speaks = _has(asked, {Role.OFFICER}) or asked.principal.party_kind == "armed-group"
    is_open = asked.item.kind == "verdict" and asked.item.state in {"issued", "reviewed"}
    return is_open and speaks and asked.principal.party in asked.item.parties


def _all_parties_agree(asked: Request) -> bool:
    standing = asked.given.standing
    return standing is not None and len(standing.required) >= 2 and not standing.missing


def _is_common_and_agreed(asked: Request) -> bool:
    is_one = asked.item.is_common and asked.item.kind in {"officer", "seat", "key"}
    return is_one and _has(asked, {Role.OFFICER}) and _all_parties_agree(asked)


def _board_agrees(asked: Request) -> bool:
    return asked.given.standing is not None and not asked.given.standing.is_board_missing


def _stays_in_its_channel(asked: Request) -> bool:
    is_public = asked.item.marking is Marking.PUBLIC and not asked.item.is_personal
    return asked.action is Action.REPLY or (asked.action is Action.SEE and is_public)


PERMITS: dict[str, Line] = {
    "see-public": (Action.SEE, lambda a: a.item.marking is Marking.PUBLIC),
    "see-shared": (Action.SEE, lambda a: a.item.marking <= Marking.SHARED and _has(a, set(Role) - {Role.ADMINISTRATOR})),
    "see-restricted-own": (
        Action.SEE,
        lambda a: a.item.marking <= Marking.RESTRICTED and _is_own(a) and _has(a, _PARTY_STAFF),
    ),
    "see-restricted-released": (Action.SEE, _is_restricted_and_released),
    "see-restricted-oversight": (Action.SEE, lambda a: a.item.marking <= Marking.RESTRICTED and _has(a, _OVERSIGHT)),
    "take-own": (
        Action.TAKE,
        lambda a: a.item.kind == "snapshot" and _is_own(a) and _has(a, {Role.OFFICER, Role.ANALYST}),
    ),
    "find-drafted": (
        Action.FIND,
        lambda a: a.item.kind == "verdict" and a.item.state == "draft" and _is_own(a) and _has(a, {Role.ANALYST}),
    ),
    "code-commitment": (Action.CODE, lambda a: a.item.kind == "commitment" and _has(a, {Role.CODER})),
    "review-issued": (
        Action.REVIEW,
        lambda a: a.item.kind == "verdict" and a.item.state == "issued" and _has(a, {Role.REVIEWER, Role.BOARD_MEMBER}),
    ),
    "reply-as-party": (Action.REPLY, _can_reply),
    "decide-with-quorum": (
        Action.DECIDE,
        lambda a: a.item.state == "reviewed" and a.item.organ in a.principal.organs and _has(a, _VOICES),
    ),
    "open-sealed": (
        Action.OPEN,
        lambda a: a.item.marking is Marking.SEALED and a.item.state != "erased" and _has(a, _VOICES),
    ),
    "share-own": (
        Action.SHARE,
        lambda a: _is_own(a) and a.item.state in {"issued", "reviewed", "decided"} and _has(a, {Role.OFFICER}),
    ),
    "retract-own": (
        Action.RETRACT,
        lambda a: _is_own(a) and a.item.state not in {"retracted", "erased"} and _has(a, {Role.OFFICER}),
    ),
    "erase-with-quorum": (Action.ERASE, lambda a: a.item.state != "erased" and _has(a, _VOICES)),
    "seat-own-party": (
        Action.SEAT,
        lambda a: a.item.kind in {"officer", "seat"} and _is_own(a) and _has(a, {Role.OFFICER}),
    ),
    "key-own": (Action.KEY, lambda a: a.item.kind == "key" and a.principal.name in a.item.made_by),
    "key-of-party": (Action.KEY, lambda a: a.item.kind == "key" and _is_own(a) and _has(a, {Role.OFFICER})),
    "common-agreed": (frozenset({Action.SEAT, Action.KEY}), _is_common_and_agreed),
    "delegate-own-seat": (Action.DELEGATE, lambda a: a.item.kind == "seat" and a.principal.name in a.item.made_by),
    "administer-node": (
        Action.ADMINISTER,
        lambda a: a.item.kind == "node" and _is_own(a) and _has(a, {Role.ADMINISTRATOR}),
    ),
}

FORBIDS: dict[str, Line] = {
    "marking-not-released": (_MARKED, lambda a: not _is_released(a, a.principal.party)),
    "marking-not-cleared": (_MARKED, lambda a: not _is_cleared(a)),
    "marking-other-purpose": (_MARKED, lambda a: not _serves_its_purpose(a)),
    "marking-expired": (_MARKED | {Action.OPEN}, _has_expired),
    "marking-no-leave": (Action.SHARE, lambda a: not a.item.label.needs_leave_of() <= a.given.consents),
    "marking-other-recipient": (Action.SHARE, lambda a: not _may_be_passed_on(a)),
    "personal-without-basis": (
        _OF_PERSONS,
        lambda a: a.item.is_personal and a.item.scope not in covered(a.given.bases, a.given.day),
    ),
    "own-finding": (Action.REVIEW, lambda a: bool(a.item.made_by & {a.principal.name, a.principal.acting_for})),
    "one-party-alone": (QUORUM, lambda a: not _all_parties_agree(a)),
    "without-board": (QUORUM, lambda a: not _board_agrees(a)),
    "organ-not-agreed": (Action.DECIDE, lambda a: a.given.standing is not None and a.given.standing.is_contested),
    "administrator-apart": (_CONTENT, lambda a: _has(a, {Role.ADMINISTRATOR})),
    "administrator-sees-no-content": (
        Action.SEE,
        lambda a: a.item.marking > Marking.PUBLIC and _has(a, {Role.ADMINISTRATOR}),
    ),
    "absent": (_ANY - {Action.SEE}, lambda a: a.principal.is_absent),
    "not-to-be-delegated": (NOT_DELEGATED, lambda a: bool(a.principal.acting_for)),
    "armed-group": (_ANY, lambda a: a.principal.party_kind == "armed-group" and not _stays_in_its_channel(a)),
    "armed-group-recipient": (Action.SHARE, lambda a: a.given.recipient_kind == "armed-group"),
}


def answer(asked: Request) -> tuple[bool, tuple[str, ...]]:
    """Yes or no, and the lines that say so: those that forbid, where any does; otherwise those that permit."""
    forbidding = _fitting(FORBIDS, asked)
    permitting = _fitting(PERMITS, asked)
    return (False, forbidding) if forbidding else (bool(permitting), permitting)


def _fitting(lines: dict[str, Line], asked: Request) -> tuple[str, ...]:
    return tuple(sorted(name for name, (on, fits) in lines.items() if asked.action in _actions(on) and fits(asked)))


def _actions(on: Action | frozenset[Action]) -> frozenset[Action]:
    return on if isinstance(on, frozenset) else frozenset({on})
