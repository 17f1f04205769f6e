"""YAML text to plain data with the place of every value: texts only, no tags, anchors or surprises, within limits.

Events are read one by one instead of whole documents, so that depth and number are known before memory is spent.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

import yaml

from veedor.accord import errors
from veedor.accord.errors import Position, problem, shown
from veedor.kernel.errors import Problem, VeedorError
from veedor.kernel.language import Value

Trail: TypeAlias = tuple[str | int, ...]
"""How to reach a value from the top: ("commitments", "homicide-rate", "test", "by")."""
DEEPEST = 12
MOST_VALUES = 50_000
# What YAML allows nowhere, and what it takes for a line break although editors show none (U+0085, U+2028, U+2029).
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
_TAB = re.compile("\t+")
_BREAK = re.compile("\r\n|\r|\n")
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same events, twenty times quicker


@dataclass(frozen=True, slots=True, kw_only=True)
class Tree:
    """Plain data and where it stands. `positions` points at a scalar itself, and at the key of a mapping or list."""

    plain: dict[str, Any]
    positions: dict[Trail, Position]
    keys: dict[Trail, Position]
    problems: tuple[Problem, ...]

    def at(self, trail: Trail) -> Position:
        """Where a value stands, or the nearest value above it."""
        while trail and trail not in self.positions:
            trail = trail[:-1]
        return self.positions.get(trail, (1, 1))

    def key_at(self, trail: Trail) -> Position:
        """Where a key stands, or the nearest value above it."""
        return self.keys.get(trail) or self.at(trail)


class _StopError(Exception):
    """Nothing further can be read."""


def grow(text: str) -> Tree:
    """The tree of a text; `problems` holds all that YAML itself does not forgive or an accord does not allow."""
    found = list(_characters(text))
    grower = _Grower()
    if not any(p.code == errors.ControlCharacterError.code for p in found):
        grower.read(text)
    ordered = sorted([*found, *grower.problems], key=lambda p: (p.line, p.column, p.code))
    return Tree(plain=grower.plain, positions=grower.positions, keys=grower.keys, problems=tuple(ordered))


def _characters(text: str) -> Iterator[Problem]:
    for number, line in enumerate(_BREAK.split(text), 1):
        for found in _TAB.finditer(line):
            yield problem(errors.TabCharacterError, (number, found.start() + 1))
        for found in _CONTROL.finditer(line):
            yield problem(errors.ControlCharacterError, (number, found.start() + 1), name=_named(found.group()))


def _named(character: str) -> str:
    return f"U+{ord(character):04X} {unicodedata.name(character, '')}".strip()


def _place(event: Any) -> Position:  # noqa: ANN401, PyYAML has no types of its own here
    mark = event.start_mark
    return mark.line + 1, mark.column + 1


class _Grower:
    """Collects data, places and problems while events pass."""

    def __init__(self) -> None:
        self.plain: dict[str, Any] = {}
        self.positions: dict[Trail, Position] = {}
        self.keys: dict[Trail, Position] = {}
        self.problems: list[Problem] = []
        self.count = 0

    def note(self, kind: type[VeedorError], at: Position, **values: Value) -> None:
        self.problems.append(problem(kind, at, **values))

    def read(self, text: str) -> None:
        """Follow the events of the text to its end, or to the first place from which YAML cannot go on."""
        events = yaml.parse(text, Loader=_LOADER)
        try:
            self._documents(events)
        except _StopError:
            pass
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            at = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            self.note(errors.YamlSyntaxError, at, why=shown(error.problem or error.context or ""))
        except (yaml.YAMLError, ValueError, OverflowError) as error:  # an escape such as "\UFFFFFFFF"
            self.note(errors.YamlSyntaxError, (1, 1), why=shown(error))

    def _documents(self, events: Iterator[Any]) -> None:
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.note(errors.SeveralDocumentsError, _place(event))
                    return
            elif isinstance(event, yaml.NodeEvent):
                self._top(event, events)

    def _top(self, event: Any, events: Iterator[Any]) -> None:  # noqa: ANN401
        self.positions[()] = _place(event)
        value = self._node(event, events, (), 1)
        if isinstance(value, dict):
            self.plain = value
        elif not isinstance(event, yaml.AliasEvent):
            self.note(errors.NotAnAccordError, _place(event), found=shown(value if isinstance(value, str) else "[…]"))

    def _node(self, event: Any, events: Iterator[Any], trail: Trail, depth: int) -> Any:  # noqa: ANN401
        self.count += 1
        if self.count > MOST_VALUES:
            self.note(errors.TooManyValuesError, _place(event), limit=MOST_VALUES)
            raise _StopError
        if event.anchor is not None:
            sign = "*" if isinstance(event, yaml.AliasEvent) else "&"
            self.note(errors.AnchorError, _place(event), name=shown(f"{sign}{event.anchor}"))
        if getattr(event, "tag", None) is not None:
            self.note(errors.TagError, _place(event), tag=shown(event.tag))
        if isinstance(event, yaml.ScalarEvent):
            for hidden in _CONTROL.finditer(event.value):  # written as an escape such as "\x1b"
                self.note(errors.ControlCharacterError, _place(event), name=_named(hidden.group()))
            return str(event.value)
        if isinstance(event, yaml.AliasEvent):
            return ""
        if depth > DEEPEST:
            self.note(errors.TooDeepError, _place(event), limit=DEEPEST)
            raise _StopError
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, trail, depth)
        return self._mapping(events, trail, depth)

    def _sequence(self, events: Iterator[Any], trail: Trail, depth: int) -> list[Any]:
        made: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            below = (*trail, len(made))
            self.positions[below] = self.keys[below] = _place(event)
            self._not_blank(event, below)
            made.append(self._node(event, events, below, depth + 1))
        return made

    def _mapping(self, events: Iterator[Any], trail: Trail, depth: int) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            at = _place(event)
            key = self._node(event, events, (*trail, ""), depth + 1)
            value = next(events)
            if not isinstance(key, str) or not key.strip():
                self.note(errors.KeyNotPlainError, at)
                self._node(value, events, (*trail, "?"), depth + 1)
            elif key in made:
                first = self.keys[*trail, key]
                self.note(errors.DuplicateKeyError, at, key=shown(key), first=f"{first[0]}:{first[1]}")
                self._node(value, events, (*trail, "?"), depth + 1)
            else:
                below = (*trail, key)
                self.keys[below] = at
                self.positions[below] = _place(value) if isinstance(value, yaml.ScalarEvent) else at
                self._not_blank(value, below)
                made[key] = self._node(value, events, below, depth + 1)
        return made

    def _not_blank(self, event: Any, trail: Trail) -> None:  # noqa: ANN401
        if isinstance(event, yaml.ScalarEvent) and not event.style and not event.value:
            self.note(errors.BlankValueError, self.keys[trail], key=shown(trail[-1]))
