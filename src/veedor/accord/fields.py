"""What pydantic found wrong with single values, in our words and with the place in the file."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterator
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from veedor.accord import field_errors as wrong
from veedor.accord.errors import MisreadError, Position, meant, problem, shown
from veedor.accord.model import Accord
from veedor.accord.tests import KINDS
from veedor.accord.tree import Trail, Tree
from veedor.kernel.errors import Problem, VeedorError, nearest
from veedor.kernel.language import Value


class Fault(NamedTuple):
    """One problem and the value it concerns."""

    trail: Trail
    problem: Problem
    is_unknown_key: bool = False
    meant: str = ""  # of an unknown key: the known key that is missing beside it and most like it


def faults(error: ValidationError, tree: Tree) -> tuple[Fault, ...]:
    """Every finding of pydantic as a problem with line and column. A key that was only mistyped is not also missing."""
    found = [_fault(one, tree) for one in error.errors(include_url=False)]
    missing = {fault.trail for fault in found if fault.problem.code == wrong.MissingKeyError.code}
    named = [_with_meaning(fault, missing) for fault in found]
    mistyped = {(*fault.trail[:-1], fault.meant) for fault in named if fault.meant}
    return tuple(fault for fault in named if fault.trail not in missing & mistyped)


def _with_meaning(fault: Fault, missing: set[Trail]) -> Fault:
    absent = tuple(str(trail[-1]) for trail in missing if trail[:-1] == fault.trail[:-1])
    return fault._replace(meant=nearest(str(fault.trail[-1]), absent)) if fault.is_unknown_key else fault


def _fault(found: Any, tree: Tree) -> Fault:  # noqa: ANN401, pydantic's own dict
    loc: Trail = tuple(found["loc"])
    trail = loc[:-1] if loc and loc[-1] == "[key]" else loc
    key = shown(trail[-1]) if trail else ""
    match found["type"]:
        case "extra_forbidden":
            return Fault(trail, _unknown_key(trail, tree), is_unknown_key=True)
        case "missing":
            path = ".".join(map(str, trail[:-1]))
            return Fault(
                trail, problem(wrong.MissingKeyError, tree.at(trail[:-1]), key=key, path=shown(path or tree.plain.get("accord", "…")))
            )
        case "value_error":
            at = tree.key_at(trail) if loc != trail else tree.at(trail)
            return Fault(trail, _misread(found["ctx"]["error"], at, key))
        case "literal_error" if trail == ("veedor",):
            return Fault(trail, problem(wrong.OtherFormatError, tree.at(trail), value=shown(found["input"])))
        case "literal_error":
            return Fault(trail, _not_a_choice(found, tree.at(trail), key))
        case kind:
            return Fault(trail, _simple(kind, found, tree.at(trail), key))


def _misread(error: Exception, at: Position, key: str) -> Problem:
    if isinstance(error, MisreadError):
        return problem(error.kind, at, **error.found)
    return problem(wrong.MisfitError, at, key=key, why=shown(error))


def _not_a_choice(found: Any, at: Position, key: str) -> Problem:  # noqa: ANN401
    known = tuple(re.findall(r"'([^']*)'", found["ctx"]["expected"]))
    if not isinstance(found["input"], str):
        return problem(wrong.TextExpectedError, at, key=key)
    value = shown(found["input"])
    return problem(wrong.NotAChoiceError, at, key=key, value=value, known=known, nearest=meant(value, known))


_SHAPES: dict[str, type[VeedorError]] = {
    "model_type": wrong.MappingExpectedError,
    "dict_type": wrong.MappingExpectedError,
    "tuple_type": wrong.ListExpectedError,
    "string_type": wrong.TextExpectedError,
    "string_too_short": wrong.EmptyError,
    "too_short": wrong.EmptyError,
    "int_parsing": wrong.NotAWholeNumberError,
    "int_type": wrong.NotAWholeNumberError,
    "int_parsing_size": wrong.NotAWholeNumberError,
    "int_from_float": wrong.NotAWholeNumberError,
    "greater_than_equal": wrong.OutOfRangeError,
    "less_than_equal": wrong.OutOfRangeError,
}


def _simple(kind: str, found: Any, at: Position, key: str) -> Problem:  # noqa: ANN401
    cls = _SHAPES.get(kind)
    if cls is None:
        return problem(wrong.MisfitError, at, key=key, why=shown(found["msg"]))
    given = found["input"]
    values: dict[str, Value] = {"key": key, "value": shown(given) if isinstance(given, str) else "…"}
    if kind == "greater_than_equal":
        values["limit"] = wrong.AT_LEAST(limit=found["ctx"]["ge"])
    elif kind == "less_than_equal":
        values["limit"] = wrong.AT_MOST(limit=found["ctx"]["le"])
    return problem(cls, at, **values)


def _unknown_key(trail: Trail, tree: Tree) -> Problem:
    known = tuple(_known_at(trail[:-1], tree.plain))
    key = shown(trail[-1])
    return problem(wrong.UnknownKeyError, tree.key_at(trail), key=key, nearest=meant(key, known), known=known)


def _known_at(trail: Trail, plain: dict[str, Any]) -> Iterator[str]:
    here: Any = plain
    model: type[BaseModel] | None = Accord
    for step in trail:
        here = here[step]
        field = model.model_fields.get(str(step)) if model is not None else None
        if step == "test":
            model = next((cls for kind, cls in KINDS.items() if kind in here), None)
        elif field is not None:
            model = _model_in(field.annotation)
        # else: a name in a dict or an index in a list, whose values have the model found a step before
    yield from model.model_fields if model is not None else ()


def _model_in(annotation: Any) -> type[BaseModel] | None:  # noqa: ANN401
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in typing.get_args(annotation) if (found := _model_in(part))), None)
