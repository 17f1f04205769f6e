"""The one place that knows the policy engine: Cedar, through `cedarpy`. It answers requests, and says what is left of one without item.

Deny is the default: nothing is allowed that no policy permits, a policy that forbids outweighs all that permit, and an error in a policy
stops the run instead of skipping that policy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from veedor.governance.policy_errors import PolicyEngineMissingError, PolicyFaultyError
from veedor.kernel import canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from veedor.governance.roles import Action
    from veedor.governance.subjects import Circumstances, Item, Principal

FILES = ("permits.cedar", "forbids.cedar")
SCHEMA = "schema.cedarschema"


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One question: may this principal do this with this item, as things stand?"""

    principal: Principal
    action: Action
    item: Item
    given: Circumstances


@dataclass(frozen=True, slots=True)
class Answer:
    """Yes or no, and the policies that decided: those that permit, or those that forbid; none where nothing permits."""

    is_allowed: bool
    by: tuple[str, ...]


def answers(requests: Sequence[Request]) -> list[Answer]:
    """The engine's answer to each request.

    Raises:
        PolicyEngineMissingError: the engine is not installed.
        PolicyFaultyError: a policy is not valid, or could not be evaluated.
    """
    cedarpy, policies, schema = _engine()
    entities: dict[str, dict[str, Any]] = {}
    asked = []
    for one in requests:
        principal, item = one.principal.plain(), one.item.plain()
        asked.append({
            "principal": _uid("Officer", entities, principal),
            "action": f'Action::"{one.action.value}"',
            "resource": _uid("Item", entities, item),
            "context": one.given.plain(one.principal.acting_for),
        })  # fmt: skip
    found = cedarpy.is_authorized_batch(asked, policies, list(entities.values()), schema)
    return [_answer(result) for result in found]


def remaining(principal: Principal, action: Action, given: Circumstances) -> tuple[list[Any], list[Any]]:
    """What the policies still ask of an item once everything else is known: the conditions that permit, and those that forbid.

    Each is a list of clauses in Cedar's JSON form for expressions; `governance.predicate` reads them. The engine calls this experimental,
    so its version is pinned and a property test holds the result against `answers`.

    Raises:
        PolicyEngineMissingError: the engine is not installed.
        PolicyFaultyError: a policy is not valid, or could not be evaluated.
    """
    cedarpy, policies, _ = _engine()
    entities: dict[str, dict[str, Any]] = {}
    asked = {
        "principal": _uid("Officer", entities, principal.plain()),
        "action": f'Action::"{action.value}"',
        "context": given.plain(principal.acting_for),
    }
    acted = {"uid": {"type": "Action", "id": action.value}, "attrs": {}, "parents": []}  # otherwise the engine takes it for unknown too
    found = cedarpy.is_authorized_partial(asked, policies, [*entities.values(), acted])
    told = found.diagnostics
    if told.errors or told.unknown_entities:
        raise PolicyFaultyError(why="; ".join(map(str, [*told.errors, *told.unknown_entities])))
    left: dict[str, list[Any]] = {"permit": [], "forbid": []}
    for policy in sorted(found.residuals.values(), key=lambda policy: str(policy["annotations"]["id"])):  # the engine's order varies
        left[policy["effect"]].append(policy["conditions"])
    return left["permit"], left["forbid"]


def policy_ids() -> tuple[str, ...]:
    """The name of every policy, in the order of the files."""
    return tuple(re.findall(r'^@id\("([a-z-]+)"\)$', _text(*FILES), flags=re.MULTILINE))


def _uid(kind: str, entities: dict[str, dict[str, Any]], attributes: dict[str, object]) -> str:
    """Who or what a request is about, by a name made from all its attributes: the same officer in two situations is two entities."""
    name = canonical.digest("entity", attributes)
    entities.setdefault(f"{kind}/{name}", {"uid": {"type": kind, "id": name}, "attrs": attributes, "parents": []})
    return f'{kind}::"{name}"'


def _answer(result: Any) -> Answer:  # noqa: ANN401, the engine's own type
    told = result.diagnostics
    if told.errors:
        raise PolicyFaultyError(why="; ".join(map(str, told.errors)))
    return Answer(result.allowed, tuple(sorted(told.id_annotations_by_reason[reason] for reason in told.reasons)))


@lru_cache(maxsize=1)
def _engine() -> tuple[Any, Any, Any]:
    try:
        import cedarpy
    except ImportError as error:
        raise PolicyEngineMissingError(why=str(error)) from error
    text, schema = _text(*FILES), _text(SCHEMA)
    checked = cedarpy.validate_policies(text, schema)
    if not checked.validation_passed:
        raise PolicyFaultyError(why="; ".join(map(str, checked.errors)))
    return cedarpy, cedarpy.PolicySet.from_str(text), cedarpy.Schema.from_str(schema)


def _text(*names: str) -> str:
    folder = resources.files("veedor.governance").joinpath("policies")
    return "\n".join(folder.joinpath(name).read_text(encoding="utf-8") for name in names)
