"""Who may do what: asked in one place, answered yes or no with the policies that decide and with what would change the answer."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from veedor.governance.changes import Change, both, changes
from veedor.governance.engine import Answer, Request, answers
from veedor.governance.policy_errors import NotAllowedError
from veedor.governance.policy_words import NOT_SEEN, NOTHING_PERMITS, WORDS
from veedor.governance.roles import Action
from veedor.kernel.language import Sentence, Template

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from veedor.governance.subjects import Circumstances, Item, Principal

DEFAULT = "deny-by-default"
UNSEEN = "unseen"
NEEDS_SIGHT = frozenset({Action.CODE, Action.REVIEW, Action.REPLY, Action.DECIDE, Action.SHARE, Action.RETRACT})
MOST_CHANGES = 3
"""How many things at once an explanation changes before it says that more than that stands in the way."""

_SAID = {name: Template(f"gov.policy-{name}", words) for name, words in {**WORDS, DEFAULT: NOTHING_PERMITS, UNSEEN: NOT_SEEN}.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Yes or no. `by` names the policies; each group of `would_change` is a set of changes that together turn the answer round."""

    is_allowed: bool
    by: tuple[str, ...]
    would_change: tuple[tuple[Sentence, ...], ...] = ()

    def why(self) -> tuple[Sentence, ...]:
        """What the deciding policies say."""
        return tuple(_SAID[name]() for name in self.by)


def decide(principal: Principal, action: Action, item: Item, given: Circumstances) -> Decision:
    """Whether a principal may act on an item as things stand. Whoever may not see an item does not act on it either.

    Raises:
        PolicyEngineMissingError, PolicyFaultyError: nobody can tell, and nothing is allowed.
    """
    [found] = decisions([Request(principal=principal, action=action, item=item, given=given)])
    return found


def decisions(asked: Sequence[Request]) -> list[Decision]:
    """The decision on each of many requests, in one call of the engine.

    Raises:
        PolicyEngineMissingError, PolicyFaultyError: nobody can tell, and nothing is allowed.
    """
    unseen = [dataclasses.replace(one, action=Action.SEE) for one in asked if one.action in NEEDS_SIGHT]
    found = answers([*asked, *unseen])
    sights = iter(found[len(asked) :])
    return [_decision(acted, next(sights) if one.action in NEEDS_SIGHT else None) for one, acted in zip(asked, found, strict=False)]


def _decision(acted: Answer, sight: Answer | None) -> Decision:
    if sight is not None and not sight.is_allowed:
        return Decision(is_allowed=False, by=(UNSEEN, *(sight.by or (DEFAULT,))))
    return Decision(is_allowed=acted.is_allowed, by=acted.by or (DEFAULT,))


def explain(principal: Principal, action: Action, item: Item, given: Circumstances) -> Decision:
    """The decision, and the smallest sets of changes that would turn it round: each was put to the policies and did.

    Raises:
        PolicyEngineMissingError, PolicyFaultyError: nobody can tell, and nothing is allowed.
    """
    asked = Request(principal=principal, action=action, item=item, given=given)
    decided = decide(principal, action, item, given)
    possible = changes(asked)
    for size in range(1, MOST_CHANGES + 1):
        groups = list(_groups(asked, possible, size))
        found = decisions([request for _, request in groups])
        turned = [words for (words, _), one in zip(groups, found, strict=True) if one.is_allowed != decided.is_allowed]
        if turned:
            return dataclasses.replace(decided, would_change=tuple(turned))
    return decided


def require(principal: Principal, action: Action, item: Item, given: Circumstances) -> None:
    """Nothing, where the principal may act.

    Raises:
        NotAllowedError: they may not. It speaks of the act and the policies, never of the item.
        PolicyEngineMissingError, PolicyFaultyError: nobody can tell, and nothing is allowed.
    """
    found = decide(principal, action, item, given)
    if not found.is_allowed:
        raise NotAllowedError(officer=principal.name, action=action.value, why=found.why())


def _groups(asked: Request, possible: tuple[Change, ...], size: int) -> Iterator[tuple[tuple[Sentence, ...], Request]]:
    for group in combinations(possible, size):
        made: Request | None = group[0].request
        for further in group[1:]:
            made = both(asked, Change(group[0].words, made), further) if made is not None else None
        if made is not None:
            yield tuple(change.words for change in group), made
