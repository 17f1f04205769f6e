"""Seats, the roles they give, and how they are lent: what the accord counts out, what clashes, what lapses."""

from __future__ import annotations

import dataclasses
from datetime import date, timedelta

import pytest

from veedor.accord.library import open_library
from veedor.accord.model import Accord
from veedor.governance import delegation
from veedor.governance.delegation import ABOUT, ABSENT, ENDED, LONGEST, Absence, Book, Delegation, acting, read_notes
from veedor.governance.officer_errors import (
    DelegationRefusedError,
    PartyUnknownError,
    SeatMalformedError,
    SeatNotThereError,
    SeatsClashError,
)
from veedor.governance.roles import NOT_DELEGATED, Action, Role
from veedor.governance.seats import Officer, Seat, kind_of, officers, parse_seat, parties, principal, require_party, require_seat

DAY = date(2026, 6, 1)


@pytest.fixture(scope="module")
def ssa() -> Accord:
    return open_library("ssa").accord


@pytest.fixture(scope="module")
def tact() -> Accord:
    return open_library("tact").accord


def seat(organ: str, text: str) -> Seat:
    return parse_seat(organ, text)


def test_a_seat_reads_as_it_is_written() -> None:
    found = seat("oversight", "independent/board-member/3")
    assert found == Seat(organ="oversight", party="independent", role=Role.BOARD_MEMBER, number=3)
    assert parse_seat("oversight", found.name) == found


@pytest.mark.parametrize(
    "text", ["", "US", "US/officer", "US/officer/0", "US/officer/01", "US/king/1", "US/officer/1/2", "U S/officer/1", "/officer/1"]
)
def test_what_is_no_seat_is_said_to_be_none(text: str) -> None:
    with pytest.raises(SeatMalformedError):
        parse_seat("bhlig", text)


def test_whoever_sits_somewhere_may_have_officers_and_an_armed_group_may_not(tact: Accord) -> None:
    assert parties(tact) == ("US", "MX", "communities", "observers")
    assert kind_of("cartels", tact) == "armed-group"
    for party in ("cartels", "nobody", ""):
        with pytest.raises(PartyUnknownError):
            require_party(party, tact)


@pytest.mark.parametrize(
    ("organ", "text"),
    [
        ("bhlig", "US/officer/1"), ("bhlig", "US/officer/3"), ("bhlig", "MX/analyst/7"), ("bhlig", "US/reviewer/1"),
        ("oversight", "independent/board-member/3"), ("oversight", "independent/auditor/1"), ("node", "US/administrator/1"),
    ],
)  # fmt: skip
def test_seats_that_the_accord_has(ssa: Accord, organ: str, text: str) -> None:
    found = seat(organ, text)
    require_seat(found, Officer(name="o-1", party=found.party), ssa)


@pytest.mark.parametrize(
    ("organ", "text", "why"),
    [
        ("bhlig", "US/officer/4", "US has 3 seats"),
        ("bhlig", "independent/observer/1", "independent has 0 seats"),
        ("council", "US/officer/1", "no such organ"),
        ("bhlig", "US/board-member/1", "sit for a party"),
        ("oversight", "independent/officer/1", "sit for a party"),
        ("oversight", "independent/board-member/4", "independent has 3 seats"),
        ("bhlig", "US/administrator/1", "organ node"),
        ("node", "US/officer/1", "organ node"),
        ("node", "nobody/administrator/1", "nobody has 0 seats"),
    ],
)
def test_seats_that_the_accord_does_not_have(ssa: Accord, organ: str, text: str, why: str) -> None:
    found = seat(organ, text)
    with pytest.raises(SeatNotThereError, match=why):
        require_seat(found, Officer(name="o-1", party=found.party), ssa)


def test_an_armed_group_has_no_seat(tact: Accord) -> None:
    for text in ("cartels/officer/1", "cartels/observer/1"):
        with pytest.raises(SeatNotThereError):
            require_seat(seat("security-council", text), Officer(name="o-1", party="cartels"), tact)


@pytest.mark.parametrize(
    ("held", "organ", "text", "why"),
    [
        ((), "bhlig", "MX/officer/1", "one of MX"),
        ((("bhlig", "US/officer/1"),), "bhlig", "US/officer/2", "votes there already"),
        ((("bhlig", "US/analyst/1"),), "node", "US/administrator/1", "node running"),
        ((("node", "US/administrator/1"),), "bhlig", "US/observer/1", "node running"),
    ],
)
def test_seats_that_one_officer_cannot_hold_together(
    ssa: Accord, held: tuple[tuple[str, str], ...], organ: str, text: str, why: str
) -> None:
    officer = Officer(name="o-1", party="US", seats=tuple(seat(*one) for one in held))
    with pytest.raises(SeatsClashError, match=why):
        require_seat(seat(organ, text), officer, ssa)


def test_seats_make_the_principal(ssa: Accord) -> None:
    known = officers(
        [("o-1", "US"), ("o-2", "independent")],
        [("bhlig", "US/officer/1", "o-1"), ("fusion-cells", "US/analyst/1", "o-1"), ("oversight", "independent/board-member/1", "o-2")],
    )
    one, other = (principal(known[name], ssa) for name in ("o-1", "o-2"))
    assert (one.roles, one.organs, one.party_kind) == ({Role.OFFICER, Role.ANALYST}, {"bhlig"}, "state")
    assert (other.roles, other.organs, other.party_kind) == ({Role.BOARD_MEMBER}, {"oversight"}, "outsider")


# ---- delegation and absence ----------------------------------------------------------------------------------------

CHAIR = Seat(organ="bhlig", party="US", role=Role.OFFICER, number=1)
KNOWN = {
    "giver": Officer(name="giver", party="US", seats=(CHAIR,)),
    "taker": Officer(name="taker", party="US", seats=(Seat(organ="bhlig", party="US", role=Role.ANALYST, number=1),)),
    "third": Officer(name="third", party="US"),
    "other": Officer(name="other", party="MX"),
    "keeper": Officer(name="keeper", party="US", seats=(Seat(organ="node", party="US", role=Role.ADMINISTRATOR, number=1),)),
}
LENT = Delegation(
    giver="giver", taker="taker", seat=CHAIR, actions=frozenset({Action.DECIDE, Action.SEE}), begins=DAY, ends=DAY + timedelta(days=10)
)


def ways(
    day: date, action: Action, name: str, book: Book, ssa: Accord, known: dict[str, Officer] | None = None
) -> list[tuple[str, set[Role]]]:
    return [(one.acting_for, set(one.roles)) for one in acting(name, action, day, known or KNOWN, book, ssa)]


def test_a_seat_is_lent_for_named_acts_and_days_and_never_further(ssa: Accord) -> None:
    book = Book(delegations=(LENT,))
    delegation.require(LENT, KNOWN)
    own = ("", {Role.ANALYST})
    assert ways(DAY, Action.DECIDE, "taker", book, ssa) == [own, ("giver", {Role.OFFICER})]
    assert ways(DAY + timedelta(days=9), Action.DECIDE, "taker", book, ssa) == [own, ("giver", {Role.OFFICER})]
    for day, action in ((DAY + timedelta(days=10), Action.DECIDE), (DAY - timedelta(days=1), Action.DECIDE), (DAY, Action.SHARE)):
        assert ways(day, action, "taker", book, ssa) == [own]
    onward = dataclasses.replace(LENT, giver="taker", taker="third")
    assert ways(DAY, Action.DECIDE, "third", Book(delegations=(LENT, onward)), ssa) == [("", set())], (
        "what is lent is not the taker's to lend"
    )


def test_what_was_lent_lapses_with_the_givers_seat(ssa: Accord) -> None:
    gone = KNOWN | {"giver": Officer(name="giver", party="US")}
    assert ways(DAY, Action.DECIDE, "taker", Book(delegations=(LENT,)), ssa, gone) == [("", {Role.ANALYST})]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"giver": "taker", "taker": "giver"}, "does not hold it"),
        ({"giver": "nobody"}, "does not hold it"),
        ({"taker": "giver"}, "taker's already"),
        ({"taker": "other"}, "another party"),
        ({"taker": "nobody"}, "another party"),
        ({"taker": "keeper"}, "node running"),
        ({"actions": frozenset()}, "no act"),
        ({"actions": frozenset({Action.ERASE, Action.SEE})}, "erase"),
        ({"ends": DAY}, "within 92 days"),
        ({"ends": DAY + LONGEST + timedelta(days=1)}, "within 92 days"),
    ],
)
def test_what_cannot_be_lent(ssa: Accord, change: dict[str, object], why: str) -> None:
    lent = dataclasses.replace(LENT, **change)  # type: ignore[arg-type]  # the cases name the fields
    with pytest.raises(DelegationRefusedError, match=why):
        delegation.require(lent, KNOWN)
    assert all(one.acting_for == "" for one in acting("taker", Action.SEE, DAY, KNOWN, Book(delegations=(lent,)), ssa))


def test_every_act_that_needs_the_holder_is_refused() -> None:
    for action in NOT_DELEGATED:
        with pytest.raises(DelegationRefusedError):
            delegation.require(dataclasses.replace(LENT, actions=frozenset({action})), KNOWN)


def test_whoever_is_away_is_marked_absent(ssa: Accord) -> None:
    away = Book(absences=(Absence(officer="giver", begins=DAY, ends=DAY + timedelta(days=2)),))
    assert [acting("giver", Action.SEE, DAY + timedelta(days=n), KNOWN, away, ssa)[0].is_absent for n in (-1, 0, 1, 2)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_notes_are_read_back_and_only_ones_own_count() -> None:
    away = Absence(officer="giver", begins=DAY, ends=DAY + timedelta(days=1))
    notes = [("giver", ABOUT, LENT.text()), ("giver", ABSENT, away.text())]
    assert read_notes(notes) == Book(delegations=(LENT,), absences=(away,))
    assert read_notes([("other", ABOUT, LENT.text()), ("taker", ABSENT, away.text())]) == Book()
    assert read_notes([*notes, ("giver", f"{ABOUT}{ENDED}", LENT.text()), ("giver", f"{ABSENT}{ENDED}", away.text())]) == Book()
    assert read_notes([*notes, ("taker", f"{ABOUT}{ENDED}", LENT.text())]).delegations == (LENT,)
    rubbish = ("", "{}", "[]", "x", LENT.text() + " ", LENT.text().replace("officer/1", "king/1"), LENT.text().replace("decide", "rule"))
    assert read_notes([("giver", about, text) for text in rubbish for about in (ABOUT, ABSENT, "minutes")]) == Book()
