"""Items by description and items of the ledger: what policies are asked about, from words or from what is stored."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from veedor.evidence.ledger import kinds
from veedor.governance.policy_errors import ItemMalformedError
from veedor.governance.subjects import KINDS, STATES, Item
from veedor.kernel.errors import nearest
from veedor.kernel.language import N_, Template
from veedor.kernel.markings import Label, Marking, joined, of_marking
from veedor.store import tables

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from veedor.evidence.ledger.reading import Entry

NO_KIND = Template("gov.no-kind", N_("its kind is none of: {known}"))
NO_KEY = Template("gov.no-item-key", N_('"{key}" is none of: {known}'))
NO_VALUE = Template("gov.no-item-value", N_('"{value}" is no value for {key}'))
_KEYS = ("state", "owner", "organ", "parties", "made_by", "reviewed_by", "marking", "releasable_to", "expires", "scope", "personal")


def is_description(text: str) -> bool:
    """Whether the text describes an item instead of naming one: it begins with a kind of item."""
    return text.partition(":")[0] in KINDS


def described(text: str, owner: str) -> Item:
    """The item that a description stands for: `verdict:state=issued,marking=restricted,owner=US`; names in a set are joined by +.

    Raises:
        ItemMalformedError: it cannot be read.
    """
    kind, _, rest = text.partition(":")
    if kind not in KINDS:
        raise ItemMalformedError(text=text, why=NO_KIND(known=KINDS))
    given = dict(part.partition("=")[::2] for part in rest.split(",") if part)
    for key in given:
        if key not in _KEYS:
            close = nearest(key, _KEYS)
            raise ItemMalformedError(text=text, why=NO_KEY(key=key, known=(close,) if close else _KEYS))
    fields: dict[str, Any] = {"kind": kind, "owner": given.get("owner", owner), "label": _label(text, given)}
    fields |= {key: given[key] for key in ("organ", "scope") if key in given}
    fields |= {key: _names(given[key]) for key in ("parties", "made_by", "reviewed_by") if key in given}
    if "state" in given:
        fields["state"] = _one_of(text, "state", given["state"], STATES)
    if "personal" in given:
        fields["is_personal"] = _one_of(text, "personal", given["personal"], ("yes", "no")) == "yes"
    return Item(**fields)


def _label(text: str, given: Mapping[str, str]) -> Label:
    parts = []
    if "marking" in given:
        parts.append(of_marking(Marking[_one_of(text, "marking", given["marking"].upper(), tuple(Marking.__members__))]))
    if "releasable_to" in given:
        parts.append(Label(releasable_to=_names(given["releasable_to"])))
    if "expires" in given:
        try:
            parts.append(Label(expires=date.fromisoformat(given["expires"])))
        except ValueError as error:
            raise ItemMalformedError(text=text, why=NO_VALUE(key="expires", value=given["expires"])) from error
    return joined(*parts)


def _one_of(text: str, key: str, value: str, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ItemMalformedError(text=text, why=NO_VALUE(key=key, value=value))
    return value


def _names(text: str) -> frozenset[str]:
    return frozenset(filter(None, text.split("+")))


def stored(connection: Connection, entry: Entry, owner: str, *, rests_on: frozenset[str] = frozenset()) -> Item:
    """What an entry of the ledger is about, as an item: a verdict with whoever reviewed it, a key with its holder, a seat, a snapshot.

    Args:
        connection: To the state.
        entry: As `ledger.reading` gives it.
        owner: The party whose node this is.
        rests_on: Of a verdict: the digests of the snapshots it rests on, whose takers count among its makers.
    """
    fields: dict[str, Any] = {"owner": owner, "label": of_marking(entry.marking), "made_by": frozenset({entry.actor})}
    if entry.body is None:
        return Item(kind="entry", **{**fields, "state": "erased"})
    if isinstance(entry.body, kinds.VerdictIssued):
        return Item(kind="verdict", **{**fields, **_verdict(connection, entry.body, entry.actor, rests_on)})
    if isinstance(entry.body, kinds.SnapshotTaken):
        taken = tables.snapshot_taken.c
        ends = connection.scalars(select(taken.retracted_at).where(taken.snapshot == entry.body.snapshot)).all()
        return Item(kind="snapshot", **{**fields, "state": "retracted" if all(ends) else "issued"})
    kind, more = _KINDS.get(type(entry.body), lambda _: ("entry", {}))(entry.body)
    return Item(kind=kind, **{**fields, **more})


_KINDS: Mapping[type[kinds.Body], Callable[[Any], tuple[str, dict[str, Any]]]] = {
    kinds.KeyAdded: lambda body: ("key", {"made_by": frozenset({body.holder})}),
    kinds.KeyRotated: lambda body: ("key", {"made_by": frozenset({body.holder})}),
    kinds.SeatFilled: lambda body: ("seat", {"made_by": frozenset({body.officer}), "organ": body.organ}),
    kinds.OfficerAdded: lambda body: ("officer", {"owner": body.party}),
    kinds.ReplyFiled: lambda body: ("reply", {"parties": frozenset({body.party})}),
    kinds.ReviewRecorded: lambda _: ("review", {}),
    kinds.DecisionTaken: lambda body: ("decision", {"organ": body.organ, "state": "decided"}),
    kinds.AccordAdopted: lambda body: ("accord", {"parties": frozenset(body.parties)}),
    kinds.Note: lambda _: ("note", {}),
}


def _verdict(connection: Connection, body: kinds.VerdictIssued, actor: str, rests_on: frozenset[str]) -> dict[str, Any]:
    review, decision, taken, entry = tables.review.c, tables.decision.c, tables.snapshot_taken.c, tables.entry.c
    reviewers = frozenset(connection.scalars(select(review.reviewer).where(review.verdict == body.verdict)))
    organs = connection.scalars(select(decision.organ).where(decision.subject == body.verdict)).all()
    takers = select(entry.actor).join(tables.snapshot_taken, taken.seq == entry.seq).where(taken.snapshot.in_(sorted(rests_on)))
    return {
        "state": "decided" if organs else "reviewed" if reviewers else "issued",
        "organ": organs[0] if organs else "",
        "parties": frozenset(body.parties),
        "reviewed_by": reviewers,
        "made_by": frozenset({actor, *connection.scalars(takers)}),
    }
