"""Who stands behind a pseudonym: opened by enough holders of every group together, and by nobody else."""

from __future__ import annotations

from itertools import combinations

import pytest

from veedor.governance.officer_errors import GroupsTooFewError, SealBrokenError, SharesTooFewError, ShareWrongError
from veedor.governance.pseudonyms import BOARD, Group, Sealed, Share, new_pseudonym, opened, read_sealed, read_share, seal
from veedor.kernel import canonical

PERSON = "A. N. Example, synthetic"
GROUPS = (Group(name="US", needed=2, count=3), Group(name="MX", needed=2, count=3), Group(name=BOARD, needed=1, count=2))
REQUIRED = ("US", "MX", BOARD)


@pytest.fixture(scope="module")
def made() -> tuple[Sealed, tuple[Share, ...]]:
    return seal("o-1", PERSON, GROUPS, REQUIRED)


def test_exactly_those_sets_of_holders_open_it_that_reach_the_number_of_every_group(made: tuple[Sealed, tuple[Share, ...]]) -> None:
    """Every set of the eight holders, of whatever size."""
    sealed, shares = made
    opening = 0
    for size in range(len(shares) + 1):
        for together in combinations(shares, size):
            present = {group.name: sum(share.group == group.name for share in together) for group in GROUPS}
            if all(present[group.name] >= group.needed for group in GROUPS):
                assert opened(sealed, together) == PERSON
                opening += 1
            else:
                with pytest.raises(SharesTooFewError):
                    opened(sealed, together)
    assert opening == 4 * 4 * 3


def test_all_of_two_groups_without_the_third_do_not_suffice(made: tuple[Sealed, tuple[Share, ...]]) -> None:
    sealed, shares = made
    for absent in REQUIRED:
        with pytest.raises(SharesTooFewError, match=f"{absent} 0/"):
            opened(sealed, [share for share in shares if share.group != absent])


@pytest.mark.parametrize("missing", REQUIRED)
def test_it_is_not_sealed_without_every_party_and_the_board(missing: str) -> None:
    with pytest.raises(GroupsTooFewError, match=missing):
        seal("o-1", PERSON, [group for group in GROUPS if group.name != missing], REQUIRED)
    with pytest.raises(GroupsTooFewError):
        seal("o-1", PERSON, [GROUPS[0], GROUPS[0]], ())


def test_a_wrong_share_is_named(made: tuple[Sealed, tuple[Share, ...]]) -> None:
    sealed, shares = made
    altered = Share(pseudonym="o-1", group="MX", number=2, value=bytes(32))
    with pytest.raises(ShareWrongError, match="share 2 of MX"):
        opened(sealed, (*shares, altered))
    other, others = seal("o-2", PERSON, GROUPS, REQUIRED)
    assert other.pseudonym == "o-2"
    with pytest.raises(ShareWrongError, match="share 1 of US"):
        opened(sealed, others)


def test_what_is_stored_tells_nothing_and_reads_back(made: tuple[Sealed, tuple[Share, ...]]) -> None:
    sealed, shares = made
    text = canonical.pretty(sealed.plain())
    assert "Example" not in text
    assert all(share.value.hex() not in text and canonical.pretty(share.value.hex()) not in text for share in shares)
    assert read_sealed(canonical.read(text), "here") == sealed
    assert PERSON not in repr(sealed)
    assert all(str(list(share.value)) not in repr(share) and share.value.hex() not in repr(share) for share in shares)


def test_shares_read_back_and_broken_ones_do_not(made: tuple[Sealed, tuple[Share, ...]]) -> None:
    share = made[1][0]
    assert read_share(share.text(), "here") == share
    for broken in (
        "",
        "[]",
        "{}",
        share.text().replace("veedor/share/1", "veedor/share/2"),
        share.text().replace('"number": 1', '"number": "x"'),
    ):
        with pytest.raises(ShareWrongError):
            read_share(broken, "here")


def test_whatever_is_altered_in_what_is_sealed_is_noticed(made: tuple[Sealed, tuple[Share, ...]]) -> None:
    sealed, shares = made
    for name, value in (
        ("pseudonym", "o-9"),
        ("content", "AAAA"),
        ("nonce", "AAAAAAAAAAAAAAAA"),
        ("nonce", "AAAA"),
        ("groups", []),
        ("shares", []),
    ):
        plain = {**canonical.read(canonical.canonical(sealed.plain())), name: value}
        with pytest.raises((SealBrokenError, ShareWrongError, SharesTooFewError)):
            opened(read_sealed(plain, "here"), shares)
    lowered = canonical.read(canonical.canonical(sealed.plain()))
    lowered["groups"][0]["needed"] = 1  # as if one holder of US sufficed
    with pytest.raises(SealBrokenError):
        opened(read_sealed(lowered, "here"), shares)
    for wrong in ({}, {"pseudonym": "x"}, {**sealed.plain(), "more": 1}):
        with pytest.raises(SealBrokenError):
            read_sealed(wrong, "here")


def test_pseudonyms_say_nothing_and_do_not_repeat() -> None:
    made = {new_pseudonym() for _ in range(200)}
    assert len(made) == 200
    assert all(name.startswith("o-") and len(name) == 12 for name in made)
