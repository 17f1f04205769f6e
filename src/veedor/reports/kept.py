"""A kept judgement as it can be compared with another: its recipe, and its verdicts as the plain data they are kept as."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from veedor.kernel import canonical
from veedor.kernel.language import Sentence, Text, Value, templates
from veedor.kernel.months import Period
from veedor.kernel.quantity import Quantity, digits
from veedor.reports.errors import NothingToCompareError
from veedor.verdicts.keeping import Recipe
from veedor.verdicts.verdict import Outcome

_DECIMAL = re.compile(r"-?(?:\d+\.\d+|\d+(?:\.\d+)?E[+-]?\d+|\d{5,})")
"""A number kept as text. Four digits may be a year, and then print as they are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptVerdict:
    """What a comparison needs of one kept verdict."""

    label: str
    parties: tuple[str, ...]
    outcome: Outcome
    bound: object  # as plain data, to be compared
    due: date | None
    exercise: bool
    value: Quantity | None
    low: Decimal | None
    high: Decimal | None
    period: Period | None
    reason: Sentence | None
    supports: frozenset[str]  # digests of snapshots
    digest: str

    @property
    def number(self) -> tuple[Quantity | None, Decimal | None, Decimal | None]:
        """The estimate, to be compared."""
        return self.value, self.low, self.high

    @property
    def printed(self) -> tuple[str, ...]:
        """The estimate to the digits that a person is shown."""
        return tuple("" if one is None else digits(one) for one in (self.value.value if self.value else None, self.low, self.high))


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptJudgement:
    """A recipe and its verdicts by label."""

    recipe: Recipe
    verdicts: Mapping[str, KeptVerdict]

    @property
    def used(self) -> frozenset[str]:
        """Digests of the snapshots that any verdict rests on."""
        return frozenset().union(*(verdict.supports for verdict in self.verdicts.values()))


def kept(recipe: Recipe, plain: Sequence[Mapping[str, Any]], texts: Mapping[str, Text] | None = None) -> KeptJudgement:
    """A judgement from what `verdicts.keeping.read` gives.

    Args:
        recipe: how it was made, with the digest of each verdict.
        plain: its verdicts as plain data.
        texts: texts in every language by their English words; kept sentences hold the English words only.
    """
    found = (_verdict(one, recipe.outcomes, texts or {}) for one in plain)
    return KeptJudgement(recipe=recipe, verdicts={one.label: one for one in found})


def last_two(recipes: Sequence[Recipe], *, as_of: date | None = None, starts: date | None = None, since: str = "") -> tuple[Recipe, Recipe]:
    """The two judgements to compare, the earlier first: the last one made, and the one before it with another result.

    Args:
        recipes: every judgement kept, in the order in which they were made.
        as_of: the later one was made as of this day.
        starts: the later one counts months from this day.
        since: the result digest of the earlier one, or its first digits; without it, one that counts from the same start goes first.

    Raises:
        NothingToCompareError: fewer than two fit.
    """
    later = [r for r in recipes if (as_of is None or r.as_of == as_of) and (starts is None or r.starts == starts)]
    if not later:
        raise NothingToCompareError(count=0)
    last = later[-1]
    earlier = [
        r for r in recipes if r.result_digest != last.result_digest and r.result_digest.startswith(since) and r.made_at <= last.made_at
    ]
    alike = [r for r in earlier if r.starts == last.starts]
    if not earlier:
        raise NothingToCompareError(count=1)
    return (alike or earlier)[-1], last


def _verdict(plain: Mapping[str, Any], digests: Mapping[str, str], texts: Mapping[str, Text]) -> KeptVerdict:
    name = f"{plain['commitment']}/{plain['reading']}" if plain["reading"] else plain["commitment"]
    label = f"{name} ({'+'.join(plain['parties'])})"
    estimate = plain["estimate"].get("known")
    return KeptVerdict(
        label=label,
        parties=tuple(plain["parties"]),
        outcome=Outcome(plain["outcome"]),
        bound=canonical.canonical(plain["bound"]),
        due=date.fromisoformat(plain["due"]) if plain["due"] else None,
        exercise=plain["exercise"],
        value=Quantity(Decimal(estimate["value"]), estimate["unit"]) if estimate else None,
        low=Decimal(estimate["low"]) if estimate else None,
        high=Decimal(estimate["high"]) if estimate else None,
        period=_period(estimate["period"]) if estimate else None,
        reason=_sentence(plain["reasons"][0], texts) if plain["reasons"] else None,
        supports=frozenset(support["snapshot"] for support in plain["supports"]),
        digest=digests[label],
    )


def _period(plain: Mapping[str, str]) -> Period:
    return Period(date.fromisoformat(plain["starts"]), date.fromisoformat(plain["ends"]))


def _sentence(plain: Mapping[str, Any], texts: Mapping[str, Text]) -> Sentence | None:
    """The sentence, or None when this release no longer has its words."""
    if plain["code"] not in templates():
        return None
    return Sentence(plain["code"], tuple((name, _value(value, texts)) for name, value in sorted(plain["values"].items())))


def _value(plain: Any, texts: Mapping[str, Text]) -> Value:  # noqa: ANN401, whatever a kept sentence holds
    """A value as a person reads it."""
    match plain:
        case {"code": _, "values": _}:
            return _sentence(plain, texts) or ""
        case {"value": value, "unit": unit}:
            return Quantity(Decimal(value), unit)
        case {"en": english}:
            return texts.get(english, Text(en=english))
        case list():
            return tuple(_value(one, texts) for one in plain)
        case str() if _DECIMAL.fullmatch(plain):
            return Decimal(plain)
        case int():
            return plain
        case _:
            return str(plain)
