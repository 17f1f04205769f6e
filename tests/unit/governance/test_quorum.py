"""Quorums: every party and the board, each seat once, nobody who made or reviewed the item, and the organ's own way of deciding."""

from __future__ import annotations

import dataclasses
from itertools import combinations

import pytest

from veedor.accord.library import open_library
from veedor.accord.model import Accord
from veedor.governance.keys import encoded, new_key, signer
from veedor.governance.quorum import Assent, Motion, Standing, assent, message, standing, verified
from veedor.governance.roles import Action, Role
from veedor.governance.subjects import Item, Principal

ITEM = Item(kind="verdict", owner="US", state="reviewed", organ="oversight")


def seated(name: str, party: str, *roles: Role, organs: tuple[str, ...] = ("oversight",), acting_for: str = "") -> Principal:
    return Principal(name=name, party=party, roles=frozenset(roles), organs=frozenset(organs), acting_for=acting_for)


US, MX = seated("us", "US", Role.OFFICER), seated("mx", "MX", Role.OFFICER)
BOARD = tuple(seated(f"b{n}", "independent", Role.BOARD_MEMBER) for n in (1, 2, 3))
DECIDE = Motion(action=Action.DECIDE, organ="oversight", subject="verdict", text="uphold")
ERASE = dataclasses.replace(DECIDE, action=Action.ERASE, organ="")


@pytest.fixture(scope="module")
def ssa() -> Accord:
    return open_library("ssa").accord


def stands(accord: Accord, motion: Motion, *voices: Principal, no: tuple[Principal, ...] = (), item: Item = ITEM) -> Standing:
    said = [Assent(officer=v.name, key="", signature="") for v in voices] + [
        Assent(officer=v.name, key="", signature="", is_yes=False) for v in no
    ]
    return standing(motion, said, {v.name: v for v in (*voices, *no)}, item, accord)


def is_met(found: Standing) -> bool:
    return len(found.required) >= 2 and not found.missing and not found.is_board_missing and not found.is_contested


def test_only_both_parties_and_the_board_erase(ssa: Accord) -> None:
    """Every set of five who could."""
    for size in range(6):
        for voices in combinations((US, MX, *BOARD), size):
            wanted = US in voices and MX in voices and any(member in voices for member in BOARD)
            assert is_met(stands(ssa, ERASE, *voices)) is wanted


def test_an_organ_that_decides_by_majority_needs_more_than_half_of_its_seats(ssa: Accord) -> None:
    assert ssa.organs["oversight"].seats == {"US": 1, "MX": 1, "independent": 3}
    assert stands(ssa, DECIDE, US, MX).is_board_missing
    assert not is_met(stands(ssa, DECIDE, *BOARD)), "three of five, and neither party"
    assert is_met(stands(ssa, DECIDE, US, MX, BOARD[0]))
    assert is_met(stands(ssa, DECIDE, US, MX, BOARD[0], no=BOARD[1:]))
    assert stands(ssa, DECIDE, US, BOARD[0], BOARD[1], no=(MX,)).missing == {"MX"}


def test_an_organ_of_the_parties_decides_by_consensus_without_a_board(ssa: Accord) -> None:
    motion = dataclasses.replace(DECIDE, organ="bhlig")
    us, mx, more = (seated(v.name, v.party, Role.OFFICER, organs=("bhlig",)) for v in (US, MX, seated("us2", "US")))
    assert is_met(stands(ssa, motion, us, mx))
    assert stands(ssa, motion, us, more).missing == {"MX"}
    assert stands(ssa, motion, us, mx, no=(more,)).is_contested
    assert stands(ssa, motion, US, MX).missing == {"US", "MX"}, "they sit in another organ"


def test_an_organ_that_advises_or_is_none_decides_nothing(ssa: Accord) -> None:
    advising = ssa.model_copy(update={"organs": {"oversight": ssa.organs["oversight"].model_copy(update={"decides": "advises"})}})
    assert stands(advising, DECIDE, US, MX, *BOARD).is_contested
    assert stands(ssa, dataclasses.replace(DECIDE, organ="nobody"), US, MX, *BOARD).is_contested


@pytest.mark.parametrize("field", ["made_by", "reviewed_by"])
def test_whoever_found_or_reviewed_something_does_not_also_decide_on_it(ssa: Accord, field: str) -> None:
    item = dataclasses.replace(ITEM, **{field: frozenset({"us"})})  # type: ignore[arg-type]  # either is a set of names
    assert stands(ssa, ERASE, US, MX, *BOARD, item=item).missing == {"US"}
    lent = dataclasses.replace(US, name="deputy", acting_for="us")
    assert stands(ssa, ERASE, lent, MX, *BOARD, item=item).missing == {"US"}, "neither does whoever acts for them"


def test_administrators_the_absent_and_everybody_without_a_vote_are_not_counted(ssa: Accord) -> None:
    for voice in (
        dataclasses.replace(US, roles=frozenset({Role.OFFICER, Role.ADMINISTRATOR})),
        dataclasses.replace(US, is_absent=True),
        dataclasses.replace(US, roles=frozenset({Role.ANALYST, Role.REVIEWER, Role.AUDITOR})),
    ):
        assert stands(ssa, ERASE, voice, MX, *BOARD).missing == {"US"}


def test_a_seat_has_one_voice_and_saying_both_is_saying_nothing(ssa: Accord) -> None:
    lent = dataclasses.replace(US, name="deputy", acting_for="us")
    assert is_met(stands(ssa, ERASE, US, lent, MX, BOARD[0]))
    assert stands(ssa, ERASE, US, MX, BOARD[0], no=(lent,)).missing == {"US"}
    assert stands(ssa, ERASE, US, MX, BOARD[0], no=(US,)).missing == {"US"}
    assert not is_met(stands(ssa, DECIDE, US, lent, MX)), "two voices of one seat make no majority"


def test_a_member_of_the_board_counts_for_no_party(ssa: Accord) -> None:
    both = dataclasses.replace(US, roles=frozenset({Role.OFFICER, Role.BOARD_MEMBER}))
    found = stands(ssa, ERASE, both, MX)
    assert (found.missing, found.is_board_missing) == ({"US"}, False)


def test_an_armed_group_is_never_asked() -> None:
    tact = open_library("tact").accord
    assert stands(tact, ERASE).required == {"US", "MX"}


# ---- signatures --------------------------------------------------------------------------------------------------------------------------

KEY, OTHER = signer(b"\x01" * 32), signer(b"\x02" * 32)
KEYS = {"us": frozenset({KEY.key_id})}


def test_an_assent_is_to_exactly_one_motion() -> None:
    given = assent(KEY, "us", DECIDE)
    assert verified([given], DECIDE, KEYS) == (given,)
    for other in (ERASE, dataclasses.replace(DECIDE, text="dismiss"), dataclasses.replace(DECIDE, subject="another")):
        assert verified([given], other, KEYS) == ()
    assert message(DECIDE, is_yes=True).startswith(b"veedor/assent/1\n")


def test_what_is_not_signed_by_a_key_in_force_counts_for_nothing() -> None:
    given = assent(KEY, "us", DECIDE)
    assert verified([given], DECIDE, {}) == ()
    assert verified([assent(OTHER, "us", DECIDE)], DECIDE, KEYS) == ()
    assert verified([dataclasses.replace(given, officer="mx")], DECIDE, KEYS) == ()
    assert verified([dataclasses.replace(given, is_yes=False)], DECIDE, KEYS) == ()
    for signature in ("", "AAAA", encoded(bytes(64)), encoded(new_key() * 2)):
        assert verified([dataclasses.replace(given, signature=signature)], DECIDE, KEYS) == ()
    assert verified([dataclasses.replace(given, key="AAAA")], DECIDE, {"us": frozenset({"AAAA"})}) == ()
