"""Unknown is a type: a value is `Known`, or it is `Unknown` and says why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeAlias, TypeVar

if TYPE_CHECKING:
    from veedor.kernel.language import Sentence

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Known(Generic[T]):
    """A value somebody measured. Zero is a measurement."""

    value: T


@dataclass(frozen=True, slots=True)
class Unknown:
    """No value, and the reason; `controlled_by` names whoever could end the ignorance."""

    reason: Sentence
    controlled_by: tuple[str, ...] = ()


Maybe: TypeAlias = Known[T] | Unknown
