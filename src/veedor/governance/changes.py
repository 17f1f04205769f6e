"""What could be otherwise in a request, one thing at a time: the changes that an explanation tries out."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from veedor.governance.basis import LegalBasis
from veedor.governance.quorum import Standing
from veedor.governance.roles import ROLE_WORDS, Action, Role
from veedor.governance.subjects import STATES
from veedor.kernel.language import N_, Sentence, Template
from veedor.kernel.markings import OWN, UNKNOWN, Marking, of_marking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from veedor.governance.engine import Request

_AS_ROLE = {role: Template(f"gov.as-{role.value}", words) for role, words in ROLE_WORDS.items()}
_MARKINGS = {
    Marking.PUBLIC: Template("gov.marked-public", N_("public")),
    Marking.SHARED: Template("gov.marked-shared", N_("shared")),
    Marking.RESTRICTED: Template("gov.marked-restricted", N_("restricted")),
    Marking.SEALED: Template("gov.marked-sealed", N_("sealed")),
}
_STATES = {
    "draft": Template("gov.state-draft", N_("a draft")),
    "issued": Template("gov.state-issued", N_("issued")),
    "reviewed": Template("gov.state-reviewed", N_("reviewed")),
    "decided": Template("gov.state-decided", N_("decided")),
    "retracted": Template("gov.state-retracted", N_("retracted")),
    "erased": Template("gov.state-erased", N_("erased")),
}
GAINS_ROLE = Template("gov.gains-role", N_("if {officer} held the role {role}"))
LOSES_ROLE = Template("gov.loses-role", N_("if {officer} did not hold the role {role}"))
OTHER_PARTY = Template("gov.other-party", N_("if it were an officer of {party}"))
GAINS_SEAT = Template("gov.gains-seat", N_("if {officer} held a seat in {organ}"))
RETURNS = Template("gov.returns", N_("once the absence of {officer} has ended"))
FOR_ONESELF = Template("gov.for-oneself", N_("if it were the holder of the seat, {officer}, and not a delegate"))
SOMEBODY_ELSE = Template("gov.somebody-else", N_("if it were somebody who did not take in, make or hold the item"))
MAKER = Template("gov.maker", N_("if {officer} were the one who holds it"))
ASSENTED = Template("gov.assented", N_("if these assented: {voices}"))
BOARD = Template("gov.board", N_("a member of the board"))
AGREED = Template("gov.agreed", N_("if no objection stood and the organ had its majority"))
BASIS = Template("gov.basis", N_("if a legal basis in force covered {scope}"))
IN_STATE = Template("gov.in-state", N_("if the item were {state}"))
OF_PARTY = Template("gov.of-party", N_("if the verdict spoke of {party}"))
MARKED = Template("gov.marked", N_("if the item were marked {marking}"))
RELEASED = Template("gov.released", N_("if the item were released to {party}"))
CLEARED = Template("gov.cleared", N_("if {officer} were cleared up to the item's level in: {policies}"))
PURPOSE = Template("gov.purpose", N_("if it were for {purposes}"))
BEFORE = Template("gov.before", N_("if it were before {date}"))
LEAVE = Template("gov.leave", N_("if {originators} gave leave"))


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that could be otherwise, in words, and the request as it would be then."""

    words: Sentence
    request: Request


def changes(asked: Request) -> tuple[Change, ...]:
    """Everything that could be otherwise in this request, each alone."""
    return (*_of_principal(asked), *_of_item(asked), *_of_marking(asked), *_of_circumstances(asked))


def both(asked: Request, one: Change, other: Change) -> Request | None:
    """The request with two changes made; None where they contradict each other."""
    try:
        made: Request = _merged(asked, one.request, other.request)
    except ValueError:
        return None
    return made


def _merged(before: Any, first: Any, second: Any) -> Any:  # noqa: ANN401, any field of a request
    if before in (first, second) or first == second:
        return first if second == before else second
    if isinstance(before, frozenset) and isinstance(first, frozenset) and isinstance(second, frozenset):
        return (first | second) - (before - first) - (before - second)
    if dataclasses.is_dataclass(before) and type(before) is type(first) is type(second):
        names = [field.name for field in dataclasses.fields(before)]
        parts = {name: _merged(*(getattr(one, name) for one in (before, first, second))) for name in names}
        made: Any = type(before)
        return made(**parts)
    raise ValueError("two changes of one thing")


def _principal(asked: Request, words: Sentence, **fields: object) -> Change:
    return Change(words, dataclasses.replace(asked, principal=dataclasses.replace(asked.principal, **fields)))  # type: ignore[arg-type]  # the callers below name the fields


def _item(asked: Request, words: Sentence, **fields: object) -> Change:
    return Change(words, dataclasses.replace(asked, item=dataclasses.replace(asked.item, **fields)))  # type: ignore[arg-type]  # the same


def _given(asked: Request, words: Sentence, **fields: object) -> Change:
    return Change(words, dataclasses.replace(asked, given=dataclasses.replace(asked.given, **fields)))  # type: ignore[arg-type]  # the same


def _of_principal(asked: Request) -> Iterator[Change]:
    who, item = asked.principal, asked.item
    for role in Role:
        template = LOSES_ROLE if role in who.roles else GAINS_ROLE
        yield _principal(asked, template(officer=who.name, role=_AS_ROLE[role]()), roles=who.roles ^ {role})
    if who.party != item.owner and item.owner:
        yield _principal(asked, OTHER_PARTY(party=item.owner), party=item.owner)
    if item.organ and item.organ not in who.organs:
        yield _principal(asked, GAINS_SEAT(officer=who.name, organ=item.organ), organs=who.organs | {item.organ})
    if who.is_absent:
        yield _principal(asked, RETURNS(officer=who.name), is_absent=False)
    if who.acting_for:
        yield _principal(asked, FOR_ONESELF(officer=who.acting_for), acting_for="")
    cleared = dict(who.clearances)
    wanted = {policy: rank for policy, rank in item.label.ranks if policy != OWN.name and cleared.get(policy, 0) < rank}
    if wanted:
        words = CLEARED(officer=who.name, policies=tuple(wanted))
        yield _principal(asked, words, clearances=tuple(sorted({**cleared, **wanted}.items())))


def _of_item(asked: Request) -> Iterator[Change]:
    who, item = asked.principal, asked.item
    involved = {who.name, who.acting_for} - {""}
    if item.made_by & involved:
        yield _item(asked, SOMEBODY_ELSE(), made_by=item.made_by - involved)
    elif item.kind in {"key", "seat"}:
        yield _item(asked, MAKER(officer=who.name), made_by=item.made_by | {who.name})
    for state in STATES:
        if state != item.state:
            yield _item(asked, IN_STATE(state=_STATES[state]()), state=state)
    if asked.action is Action.REPLY and who.party and who.party not in item.parties:
        yield _item(asked, OF_PARTY(party=who.party), parties=item.parties | {who.party})


def _of_marking(asked: Request) -> Iterator[Change]:
    who, label = asked.principal, asked.item.label
    for marking in Marking:
        if marking != label.marking:
            yield _item(asked, MARKED(marking=_MARKINGS[marking]()), label=of_marking(marking))
    if label == UNKNOWN:
        return
    for party in sorted({who.party, asked.given.recipient} - {""}):
        if label.releasable_to is not None and party not in label.releasable_to:
            released = dataclasses.replace(label, releasable_to=label.releasable_to | {party})
            yield _item(asked, RELEASED(party=party), label=released)


def _of_circumstances(asked: Request) -> Iterator[Change]:
    item, given = asked.item, asked.given
    if item.is_personal and item.scope:
        day = given.day
        basis = LegalBasis(authority="-", document="0" * 64, scope=frozenset({item.scope}), begins=day, expires=day + timedelta(days=1))
        yield _given(asked, BASIS(scope=item.scope), bases=(*given.bases, basis))
    if item.label.purposes is not None and not item.label.purposes & given.purposes:
        yield _given(asked, PURPOSE(purposes=tuple(sorted(item.label.purposes)) or ("-",)), purposes=given.purposes | item.label.purposes)
    if item.label.expires is not None and item.label.expires <= given.day:
        yield _given(asked, BEFORE(date=item.label.expires), day=item.label.expires - timedelta(days=1))
    if not item.label.needs_leave_of() <= given.consents:
        wanted = item.label.needs_leave_of() - given.consents
        yield _given(asked, LEAVE(originators=tuple(sorted(wanted))), consents=given.consents | wanted)
    if given.standing is not None:
        yield from _of_quorum(asked, given.standing)


def _of_quorum(asked: Request, standing: Standing) -> Iterator[Change]:
    if standing.missing or standing.is_board_missing:
        voices = (*sorted(standing.missing), *((BOARD(),) if standing.is_board_missing else ()))
        met = dataclasses.replace(standing, missing=frozenset(), is_board_missing=False)
        yield _given(asked, ASSENTED(voices=voices), standing=met)
    if standing.is_contested:
        yield _given(asked, AGREED(), standing=dataclasses.replace(standing, is_contested=False))
