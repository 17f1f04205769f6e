"""One registry for every plural package: built-ins and strangers enter the same way, and one that does not load stops the run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import entry_points
from types import MappingProxyType
from typing import Generic, TypeVar

from veedor.kernel.errors import PlugInDoesNotLoadError, PlugInTwiceError, UnknownNameError
from veedor.kernel.language import word

T = TypeVar("T")


class Registry(Mapping[str, T], Generic[T]):
    """Named things of one kind, fixed once built. Looking up a name that is not there suggests the nearest."""

    def __init__(self, kind: str, things: Mapping[str, T]) -> None:
        self.kind = kind
        self._things = MappingProxyType(dict(sorted(things.items())))

    def __getitem__(self, name: str) -> T:
        if name not in self._things:
            raise UnknownNameError(kind=self.kind, name=name, known=tuple(self._things))
        return self._things[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._things)

    def __len__(self) -> int:
        return len(self._things)

    def __contains__(self, name: object) -> bool:
        return name in self._things


def gather(kind: str, named: list[tuple[str, T, str]]) -> Registry[T]:
    """A registry from (name, thing, where it came from); the same name twice is an error that shows both places."""
    seen: dict[str, tuple[T, str]] = {}
    for name, thing, where in named:
        if name in seen:
            raise PlugInTwiceError(kind=word(kind), name=name, first=seen[name][1], where=where)
        seen[name] = (thing, where)
    return Registry(kind, {name: thing for name, (thing, _) in seen.items()})


def load(group: str, kind: str, check: Callable[[object], T]) -> Registry[T]:
    """Every entry point of the group `veedor.<plural>`, checked; the first that does not load stops the run (rule 8)."""
    named: list[tuple[str, T, str]] = []
    for point in entry_points(group=group):
        try:
            thing = check(point.load())
        except Exception as error:
            why = f"{type(error).__name__}: {error}"
            raise PlugInDoesNotLoadError(kind=word(kind), name=point.name, where=point.value, why=why) from error
        named.append((point.name, thing, point.value))
    return gather(kind, named)
