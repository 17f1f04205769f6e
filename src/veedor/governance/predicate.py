"""What is left of the policies once all but the item is known, as a small tree that is asked of one item, of SQL, or of a table of records.

`compiled` reads Cedar's JSON form of expressions and refuses any form it does not know, so that a new form of the engine stops the run
instead of showing too much. Every attribute is either one value or a set of names; the three readings below agree on what that means.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

from veedor.governance.policy_errors import PolicyFaultyError

if TYPE_CHECKING:
    from collections.abc import Iterable

Value: TypeAlias = str | int | bool


@dataclass(frozen=True, slots=True)
class Fixed:
    """True or false whatever the item."""

    value: bool


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part holds."""

    parts: tuple[Predicate, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """The part does not hold."""

    part: Predicate


@dataclass(frozen=True, slots=True)
class OneOf:
    """The attribute's value is one of these."""

    name: str
    values: frozenset[Value]


@dataclass(frozen=True, slots=True)
class Below:
    """The attribute is a number below this one."""

    name: str
    limit: int


@dataclass(frozen=True, slots=True)
class Meets:
    """The attribute is a set that shares a member with these."""

    name: str
    values: frozenset[str]


@dataclass(frozen=True, slots=True)
class Within:
    """The attribute is a set without any member but these."""

    name: str
    values: frozenset[str]


Predicate: TypeAlias = Fixed | All | Some | Not | OneOf | Below | Meets | Within
YES, NO = Fixed(value=True), Fixed(value=False)


class Reading(Protocol):
    """One way to ask a predicate: of an item, of a database, of a table."""

    def fixed(self, value: bool) -> Any:  # noqa: ANN401, FBT001, whatever the reading makes of it
        """Always, or never."""
        ...

    def every(self, parts: list[Any]) -> Any:  # noqa: ANN401
        """All of the parts."""
        ...

    def some(self, parts: list[Any]) -> Any:  # noqa: ANN401
        """At least one of the parts."""
        ...

    def none(self, part: Any) -> Any:  # noqa: ANN401
        """Not the part."""
        ...

    def one_of(self, name: str, values: frozenset[Value]) -> Any:  # noqa: ANN401
        """The value of an attribute is one of these."""
        ...

    def below(self, name: str, limit: int) -> Any:  # noqa: ANN401
        """The value of an attribute is below a number."""
        ...

    def meets(self, name: str, values: frozenset[str]) -> Any:  # noqa: ANN401
        """A set shares a member with these."""
        ...

    def within(self, name: str, values: frozenset[str]) -> Any:  # noqa: ANN401
        """A set has no member but these."""
        ...


def ask(found: Predicate, reading: Reading) -> Any:  # noqa: ANN401, whatever the reading makes of it
    """The predicate in one reading."""
    match found:
        case Fixed(value):
            return reading.fixed(value)
        case All(parts):
            return reading.every([ask(part, reading) for part in parts])
        case Some(parts):
            return reading.some([ask(part, reading) for part in parts])
        case Not(part):
            return reading.none(ask(part, reading))
        case OneOf(name, values):
            return reading.one_of(name, values)
        case Below(name, limit):
            return reading.below(name, limit)
        case Meets(name, names):
            return reading.meets(name, names)
        case Within(name, names):
            return reading.within(name, names)


@dataclass(frozen=True, slots=True)
class OfItem:
    """Asked of one item, whose attributes are plain values and lists."""

    attributes: Mapping[str, Any]

    def fixed(self, value: bool) -> bool:  # noqa: FBT001
        """Always, or never."""
        return value

    def every(self, parts: list[bool]) -> bool:
        """All of the parts."""
        return all(parts)

    def some(self, parts: list[bool]) -> bool:
        """At least one of the parts."""
        return any(parts)

    def none(self, part: bool) -> bool:  # noqa: FBT001
        """Not the part."""
        return not part

    def one_of(self, name: str, values: frozenset[Value]) -> bool:
        """The value of an attribute is one of these."""
        return self.attributes[name] in values

    def below(self, name: str, limit: int) -> bool:
        """The value of an attribute is below a number."""
        found: int = self.attributes[name]
        return found < limit

    def meets(self, name: str, values: frozenset[str]) -> bool:
        """A set shares a member with these."""
        return not values.isdisjoint(self.attributes[name])

    def within(self, name: str, values: frozenset[str]) -> bool:
        """A set has no member but these."""
        return values.issuperset(self.attributes[name])


def every(parts: Iterable[Predicate]) -> Predicate:
    """All of these, with what is certain taken out."""
    left: dict[Predicate, None] = {}
    for part in parts:
        if part == NO:
            return NO
        left |= dict.fromkeys(part.parts if isinstance(part, All) else () if part == YES else (part,))
    return next(iter(left)) if len(left) == 1 else All(tuple(left)) if left else YES


def some(parts: Iterable[Predicate]) -> Predicate:
    """At least one of these, with what is certain taken out."""
    left: dict[Predicate, None] = {}
    for part in parts:
        if part == YES:
            return YES
        left |= dict.fromkeys(part.parts if isinstance(part, Some) else () if part == NO else (part,))
    return next(iter(left)) if len(left) == 1 else Some(tuple(left)) if left else NO


def none(part: Predicate) -> Predicate:
    """Not this."""
    return Fixed(not part.value) if isinstance(part, Fixed) else part.part if isinstance(part, Not) else Not(part)


def compiled(permits: Iterable[Any], forbids: Iterable[Any]) -> Predicate:
    """At least one permit and no forbid: what the engine decides, of the clauses that `engine.remaining` gives.

    Raises:
        PolicyFaultyError: an expression has a form that is not known here.
    """
    return every((some(map(_clauses, permits)), none(some(map(_clauses, forbids)))))


def _clauses(conditions: Any) -> Predicate:  # noqa: ANN401, JSON
    return every(_read(one["body"]) if one["kind"] == "when" else none(_read(one["body"])) for one in conditions)


def _read(node: Any) -> Predicate:  # noqa: ANN401, JSON
    (form, parts), *more = node.items()
    if more or form not in _FORMS:
        raise PolicyFaultyError(why=f"unknown form of expression: {', '.join(node)}")
    try:
        return _FORMS[form](parts)
    except (KeyError, TypeError, ValueError) as error:
        raise PolicyFaultyError(why=f"unknown form of expression below {form}: {error}") from error


def _attribute(node: Any) -> str | None:  # noqa: ANN401, JSON
    """The name of an attribute of the item; None for anything else."""
    found = node.get(".")
    return found["attr"] if found is not None and found["left"] == {"unknown": [{"Value": "resource"}]} else None


def _value(node: Any) -> Any:  # noqa: ANN401, JSON
    """A value that is known, or a set of them; KeyError for anything else."""
    return frozenset(_value(member) for member in node["Set"]) if "Set" in node else node["Value"]


def _equal(parts: Any) -> Predicate:  # noqa: ANN401, JSON
    left, right = parts["left"], parts["right"]
    name = _attribute(left)
    return _one_of(name, {_value(right)}) if name is not None else _one_of(_named(right), {_value(left)})


def _one_of(name: str, values: Iterable[Value]) -> Predicate:
    kept = frozenset(values)
    return OneOf(name, kept) if kept else NO


def _named(node: Any) -> str:  # noqa: ANN401, JSON
    name = _attribute(node)
    if name is None:
        raise ValueError(f"no attribute of the item: {node}")
    return name


def _less(parts: Any, *, or_equal: bool = False) -> Predicate:  # noqa: ANN401, JSON
    left, right = parts["left"], parts["right"]
    name = _attribute(left)
    if name is not None:
        return Below(name, _value(right) + or_equal)
    return none(Below(_named(right), _value(left) + (not or_equal)))  # 5 < x means not x < 6; 5 <= x means not x < 5


def _contains(parts: Any) -> Predicate:  # noqa: ANN401, JSON
    name = _attribute(parts["left"])
    return Meets(name, frozenset({_value(parts["right"])})) if name is not None else _one_of(_named(parts["right"]), _value(parts["left"]))


def _contains_any(parts: Any) -> Predicate:  # noqa: ANN401, JSON
    name = _attribute(parts["left"])
    values = _value(parts["right"]) if name is not None else _value(parts["left"])
    return Meets(name if name is not None else _named(parts["right"]), values) if values else NO


def _contains_all(parts: Any) -> Predicate:  # noqa: ANN401, JSON
    name = _attribute(parts["left"])
    if name is not None:
        return every(Meets(name, frozenset({value})) for value in _value(parts["right"]))
    return Within(_named(parts["right"]), _value(parts["left"]))


def _literal(value: Any) -> Predicate:  # noqa: ANN401, JSON
    if not isinstance(value, bool):
        raise TypeError(f"{value!r} is neither true nor false")
    return Fixed(value)


def _flag(parts: Any) -> Predicate:  # noqa: ANN401, JSON
    return OneOf(_named({".": parts}), frozenset({True}))


_FORMS: dict[str, Callable[[Any], Predicate]] = {
    "Value": _literal,
    ".": _flag,
    "&&": lambda parts: every((_read(parts["left"]), _read(parts["right"]))),
    "||": lambda parts: some((_read(parts["left"]), _read(parts["right"]))),
    "!": lambda parts: none(_read(parts["arg"])),
    "==": _equal,
    "!=": lambda parts: none(_equal(parts)),
    "<": _less,
    "<=": lambda parts: _less(parts, or_equal=True),
    ">": lambda parts: none(_less(parts, or_equal=True)),
    ">=": lambda parts: none(_less(parts)),
    "contains": _contains,
    "containsAny": _contains_any,
    "containsAll": _contains_all,
    "isEmpty": lambda parts: Within(_named(parts["arg"]), frozenset()),
}
