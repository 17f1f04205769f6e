"""May this officer do this with that item? Asked by anybody, answered by the policies, with what would change the answer."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, NamedTuple

from veedor.evidence.ledger.kinds import VerdictIssued
from veedor.governance import items, seats
from veedor.governance.quorum import Assent, Motion, standing
from veedor.governance.roles import QUORUM, Action
from veedor.governance.roster import may
from veedor.governance.subjects import OUTSIDER
from veedor.project.ledger import everything, find
from veedor.store.transaction import read

if TYPE_CHECKING:
    from veedor.governance.policy import Decision
    from veedor.governance.subjects import Item, Principal
    from veedor.project.officers import Desk


class Question(NamedTuple):
    """What is asked: who, what, with which item, and what else is taken as given."""

    officer: str
    action: Action
    item: str  # an entry of the ledger, or a description
    recipient: str = ""
    purposes: tuple[str, ...] = ()
    assents: tuple[str, ...] = ()  # officers who are taken to have assented


class Reply(NamedTuple):
    """The answer, the way in which the officer would act, and the item as it was understood."""

    decision: Decision
    principal: Principal
    item: Item


def ask(at: Desk, question: Question) -> Reply:
    """The answer to a question.

    Raises:
        OfficerUnknownError: nobody of that name is entered.
        ItemMalformedError: the description cannot be read.
        EntryUnknownError: there is no such entry.
        PolicyEngineMissingError, PolicyFaultyError: nobody can tell.
    """
    ways = at.roster.acting(question.officer, question.action, at.circumstances().day, at.accord)
    item = _item(at, question.item)
    given = dataclasses.replace(
        at.circumstances(),
        purposes=frozenset(question.purposes),
        recipient=question.recipient,
        recipient_kind=seats.kind_of(question.recipient, at.accord) if question.recipient else "state",
    )
    if question.action in QUORUM or item.is_common:
        voices = [Assent(officer=name, key="", signature="") for name in question.assents]
        motion = Motion(action=question.action, organ=item.organ, subject=question.item, text="")
        seated = {name: seats.principal(officer, at.accord) for name, officer in at.roster.officers.items()}
        given = dataclasses.replace(given, standing=standing(motion, voices, seated, item, at.accord))
    principal, decision = may(ways, question.action, item, given)
    return Reply(decision, principal, item)


def _item(at: Desk, text: str) -> Item:
    if items.is_description(text):
        found = items.described(text, at.party)
    else:
        entry = find(at.engine, everything, text)
        with read(at.engine) as connection:
            found = items.stored(connection, entry, at.party, rests_on=_rests_on(at, entry.body))
    is_common = found.kind in {"officer", "seat", "key"} and bool(found.owner) and seats.kind_of(found.owner, at.accord) == OUTSIDER
    organ = found.organ or (at.accord.reply.decides if found.kind == "verdict" else "")
    return dataclasses.replace(found, is_common=is_common, organ=organ)


def _rests_on(at: Desk, body: object) -> frozenset[str]:
    """The snapshots that were held when a verdict was made: whoever took one of them did not only look on."""
    if not isinstance(body, VerdictIssued):
        return frozenset()
    made = [recipe for recipe in at.project.judgements() if recipe.result_digest == body.judgement]
    return frozenset(digest for recipe in made for digest in recipe.snapshots)
