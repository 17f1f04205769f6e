"""What judges of acts have in common: acts with a label, who recorded them, and what that rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from veedor.kernel.known import Known, Maybe, Unknown
from veedor.kernel.language import Sentence
from veedor.verdicts import sentences as say
from veedor.verdicts.finding import Finding
from veedor.verdicts.inputs import ActRow, Case
from veedor.verdicts.verdict import Support

COMPLETING = frozenset(
    {
        "met",
        "signed",
        "adopted",
        "published",
        "delivered",
        "opened",
        "reported",
        "decided",
        "done",
        "granted",
        "deployed",
    }
)
DENYING = frozenset({"not-done", "missed", "refused", "denied-access"})
VIOLATING = frozenset({"violated", "occurred"})


def labelled(case: Case, label: str) -> tuple[ActRow, ...]:
    """Acts on that label from the accord's start up to the day of judging, oldest first.

    Where several parties each owe the same, an act on `label/PARTY` is about that party, whoever recorded it, and an act on the
    bare label is about the party that recorded it: what one has done never counts for the other.
    """
    found = (a for a in case.inputs.acts if case.starts <= a.on <= case.as_of and _is_about(case, label, a))
    return tuple(sorted(found, key=lambda a: (a.on, a.actor, a.action)))


def _is_about(case: Case, label: str, act: ActRow) -> bool:
    if act.object == label:
        return len(case.commitment.owed_by.each) < 2 or act.actor in case.parties
    return act.object in {f"{label}/{party}" for party in case.parties}


def actors(acts: Iterable[ActRow]) -> tuple[str, ...]:
    """Who recorded them, each once."""
    return tuple(sorted({a.actor for a in acts}))


def supports(acts: Iterable[ActRow]) -> tuple[Support, ...]:
    """What they rest on, each once."""
    return tuple(dict.fromkeys(a.support for a in acts))


def proved(base: Finding, acts: Iterable[ActRow], said: Sentence, *, satisfied: bool) -> Finding:
    """The finding that these acts prove it, one way or the other."""
    return replace(base, satisfied=satisfied, reasons=(said,), did=Known(said), supports=supports(acts))


def contributions(case: Case, acts: tuple[ActRow, ...], silence: Sentence) -> tuple[tuple[str, Maybe[Sentence]], ...]:
    """For a joint duty: what each party itself has on record, apart."""
    if len(case.parties) < 2:
        return ()
    found: list[tuple[str, Maybe[Sentence]]] = []
    for party in case.parties:
        own = [a for a in acts if a.actor == party]
        known: Maybe[Sentence] = Known(say.SEEN_ACTS(records=len(own))) if own else Unknown(silence, case_controllers(case, party))
        found.append((party, known))
    return tuple(found)


def case_controllers(case: Case, party: str) -> tuple[str, ...]:
    """The controllers that answer to a party, sorted."""
    return tuple(sorted(case.accord.controllers_of(party)))
