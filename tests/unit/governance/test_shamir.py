"""Splitting secrets: the published test case, the field's own laws, and that too few shares say nothing."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veedor.governance.shamir import MOST, combine, multiply, split

elements = st.integers(0, 255)


def test_the_published_case() -> None:
    """draft-mcgrew-tss-03, section 9."""
    assert combine({1: bytes.fromhex("B9FA07E185"), 2: bytes.fromhex("F5409B4511")}) == bytes.fromhex("7465737400")


def test_products_of_the_field_of_aes() -> None:
    """FIPS 197, section 4.2: {57} • {83} = {c1}, {57} • {13} = {fe}."""
    assert multiply(0x57, 0x83) == 0xC1
    assert multiply(0x57, 0x13) == 0xFE


@given(elements, elements, elements)
def test_the_field_is_one(a: int, b: int, c: int) -> None:
    assert multiply(a, b) == multiply(b, a)
    assert multiply(a, multiply(b, c)) == multiply(multiply(a, b), c)
    assert multiply(a, b ^ c) == multiply(a, b) ^ multiply(a, c)
    assert multiply(a, 1) == a
    assert a == 0 or any(multiply(a, x) == 1 for x in range(256))


def test_products_are_those_of_polynomials() -> None:
    """Once more by the schoolbook: shift, add, reduce."""
    for a in range(256):
        for b in (0, 1, 2, 3, 0x53, 0x80, 0xCA, 0xFF):
            product = 0
            for bit in range(8):
                product ^= (a << bit) if b >> bit & 1 else 0
            for bit in range(15, 7, -1):
                product ^= (0x11B << (bit - 8)) if product >> bit & 1 else 0
            assert multiply(a, b) == product


@given(st.binary(min_size=1, max_size=40), st.integers(1, 6), st.integers(0, 4), st.randoms(use_true_random=False))
def test_enough_shares_give_the_secret_back_whichever_they_are(secret: bytes, needed: int, more: int, chance: object) -> None:
    shares = split(secret, needed, needed + more)
    chosen = chance.sample(sorted(shares), needed)  # type: ignore[attr-defined]  # hypothesis' own random.Random
    assert combine({number: shares[number] for number in chosen}) == secret
    assert combine(shares) == secret


def test_too_few_shares_fit_every_secret() -> None:
    """With one share of two there is, for each secret there could be, exactly one other share: the one says nothing."""
    share = split(b"\x2a", 2, 2)[1]
    found = Counter(combine({1: share, 2: bytes([other])})[0] for other in range(256))
    assert found == Counter(range(256))


def test_shares_are_drawn_anew_and_equally() -> None:
    first = Counter(split(b"\x00", 2, 2)[1][0] for _ in range(5120))
    assert len(first) > 250, "256 values, each about twenty times"
    assert max(first.values()) < 60


def test_one_of_one_is_the_secret() -> None:
    assert split(b"secret", 1, 3) == dict.fromkeys((1, 2, 3), b"secret")


def test_every_three_of_five() -> None:
    shares = split(b"the person behind", 3, 5)
    for chosen in combinations(shares, 3):
        assert combine({number: shares[number] for number in chosen}) == b"the person behind"


@pytest.mark.parametrize(("needed", "count"), [(0, 1), (3, 2), (1, MOST + 1)])
def test_what_cannot_be_is_refused(needed: int, count: int) -> None:
    with pytest.raises(ValueError, match="shares cannot be"):
        split(b"x", needed, count)


@pytest.mark.parametrize("shares", [{}, {1: b"a", 2: b"bc"}, {0: b"a"}, {256: b"a"}])
def test_what_are_no_shares_is_refused(shares: dict[int, bytes]) -> None:
    with pytest.raises(ValueError, match="not shares of one secret"):
        combine(shares)
    with pytest.raises(ValueError, match="empty secret"):
        split(b"", 1, 1)
