"""A secret split into shares, any k of which give it back and fewer of which say nothing: Shamir's scheme, byte by byte, over GF(256).

The field is that of AES (polynomial x^8 + x^4 + x^3 + x + 1, FIPS 197, 4.2) and the scheme that of draft-mcgrew-tss-03, whose test case
the tests hold it against: each byte of the secret is the constant term of a polynomial of degree k - 1 with coefficients drawn from the
system's randomness, and a share is its number and the polynomials' values there. A share carries no check of its own; whoever uses
shares has to notice a wrong one (`pseudonyms` does).
"""

from __future__ import annotations

import secrets
from functools import reduce
from operator import xor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST = 255
"""Shares that one secret can have: their numbers are the elements of the field but zero, where the secret is."""


def split(secret: bytes, needed: int, count: int) -> dict[int, bytes]:
    """The shares of a secret by number; any `needed` of them give it back.

    Raises:
        ValueError: there are more needed than made, none, or more than the field has numbers.
    """
    if not 1 <= needed <= count <= MOST:
        raise ValueError(f"{needed} of {count} shares cannot be")
    if not secret:
        raise ValueError("an empty secret cannot be split")
    drawn = [secrets.token_bytes(len(secret)) for _ in range(needed - 1)]
    polynomials = list(zip(secret, *drawn, strict=True))  # of each byte: the constant term first
    return {number: bytes(_value(coefficients, number) for coefficients in polynomials) for number in range(1, count + 1)}


def combine(shares: Mapping[int, bytes]) -> bytes:
    """The secret from its shares by number; from too few or wrong ones, bytes that say nothing of it.

    Raises:
        ValueError: there are none, they differ in length, or a number is not one.
    """
    if not shares or len({len(share) for share in shares.values()}) != 1 or not all(1 <= number <= MOST for number in shares):
        raise ValueError("these are not shares of one secret")
    weights = {number: _weight(number, tuple(shares)) for number in shares}
    length = len(next(iter(shares.values())))
    return bytes(reduce(xor, (multiply(weights[number], share[place]) for number, share in shares.items())) for place in range(length))


def multiply(one: int, other: int) -> int:
    """The product of two elements of the field."""
    return _POWERS[(_LOGARITHMS[one] + _LOGARITHMS[other]) % MOST] if one and other else 0


def _divide(one: int, other: int) -> int:
    return _POWERS[(_LOGARITHMS[one] - _LOGARITHMS[other]) % MOST] if one else 0


def _value(coefficients: tuple[int, ...], at: int) -> int:
    found = 0
    for coefficient in reversed(coefficients):
        found = multiply(found, at) ^ coefficient
    return found


def _weight(number: int, numbers: tuple[int, ...]) -> int:
    """Lagrange's coefficient of a share for the value at zero."""
    found = 1
    for other in numbers:
        if other != number:
            found = multiply(found, _divide(other, other ^ number))
    return found


def _powers() -> list[int]:
    """The powers of the generator x + 1, each of the field's elements but zero once."""
    found, power = [], 1
    for _ in range(MOST):
        found.append(power)
        doubled = power << 1
        power ^= doubled ^ 0x11B if doubled & 0x100 else doubled
    return found


_POWERS = _powers()
_LOGARITHMS = {element: exponent for exponent, element in enumerate(_POWERS)}
