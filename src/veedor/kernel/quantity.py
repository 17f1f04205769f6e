"""Numbers with their unit, exact, parsed from what a diplomat writes: "18 per 100,000 people per year", "2 billion USD"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation

_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "mil": 10**3, "millones": 10**6}
_NUMBER = re.compile(r"^\s*([+-]?\d[\d,_ ]*(?:\.\d+)?)\s*(.*)$")
_SYNONYMS = {
    "%": "%", "percent": "%", "per cent": "%", "por ciento": "%",
    "pound": "lb", "pounds": "lb", "lbs": "lb", "libras": "lb", "kilogram": "kg", "kilograms": "kg", "kilos": "kg",
    "us dollars": "USD", "usd": "USD", "dollars": "USD", "usd per year": "USD per year", "mxn": "MXN",
    "per 100000 people per year": "per 100000 people per year", "per 100 000 people per year": "per 100000 people per year",
    "per 100000 people a year": "per 100000 people per year", "per 100k people per year": "per 100000 people per year",
}  # fmt: skip
_FACTORS = {
    ("lb", "kg"): Decimal("0.45359237"),
    ("kg", "lb"): 1 / Decimal("0.45359237"),
}  # international pound, NIST SP 811, B.8
SIGNIFICANT = 10  # digits kept before a number is judged or hashed (rule 6 of the house)


@dataclass(frozen=True, slots=True, order=False)
class Quantity:
    """A decimal number and its unit; units compare as text and convert only where a factor is known exactly."""

    value: Decimal
    unit: str

    def to(self, unit: str) -> Quantity:
        """The same quantity in another unit; ValueError where no exact factor is known."""
        if unit == self.unit:
            return self
        factor = _FACTORS.get((self.unit, unit))
        if factor is None:
            raise ValueError(f"no conversion from {self.unit!r} to {unit!r}")
        return Quantity(self.value * factor, unit)

    def __str__(self) -> str:
        return f"{digits(self.value)} {self.unit}".strip()


def parse(text: str) -> Quantity:
    """Read a number, an optional scale word and a unit; ValueError where there is no leading number."""
    found = _NUMBER.match(text)
    if found is None:
        raise ValueError(f"{text!r} does not begin with a number")
    try:
        value = Decimal(re.sub(r"[,_ ]", "", found.group(1)))
    except InvalidOperation as error:
        raise ValueError(f"{text!r} does not begin with a number") from error
    rest = re.sub(r"(?<=\d),(?=\d{3})", "", found.group(2).strip())
    first, _, tail = rest.partition(" ")
    if first.casefold() in _SCALES:
        value *= _SCALES[first.casefold()]
        rest = tail.strip()
    return Quantity(value, unit(rest))


def unit(text: str) -> str:
    """The one spelling of a unit that everything compares by."""
    squeezed = " ".join(text.split())
    return _SYNONYMS.get(squeezed.casefold(), squeezed)


def rounded(value: float | Decimal) -> Decimal:
    """A number at `SIGNIFICANT` digits, half to even: the stated rule before judging and hashing."""
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    return Context(prec=SIGNIFICANT, rounding=ROUND_HALF_EVEN).create_decimal(exact)


def digits(value: Decimal) -> str:
    """A number for people: thousands separated, four significant digits below 1,000, none invented above."""
    if value == value.to_integral_value() or abs(value) >= 1000:
        return f"{int(value.to_integral_value(ROUND_HALF_EVEN)):,}"
    return f"{Context(prec=4, rounding=ROUND_HALF_EVEN).create_decimal(value).normalize():f}"
