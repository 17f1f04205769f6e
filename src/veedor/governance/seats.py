"""Seats of organs and the roles they give: which exist, who may take which, and what the seats of an officer make of them.

A seat is `PARTY/ROLE/NUMBER` in an organ of the accord. Seats that vote (officers of a party, members of the board) are counted out in
the accord; the others are staff of the organ. The word `node` stands for the organ of those who keep this installation running.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from veedor.governance.officer_errors import PartyUnknownError, SeatMalformedError, SeatNotThereError, SeatsClashError
from veedor.governance.roles import VOTING, Role
from veedor.governance.subjects import OUTSIDER, Principal
from veedor.kernel.language import N_, Sentence, Template

if TYPE_CHECKING:
    from veedor.accord.model import Accord

NODE = "node"
_SEAT = re.compile(r"([^/\s]+)/([a-z-]+)/([1-9]\d{0,2})")

NO_ORGAN = Template("gov.no-organ", N_("the accord has no such organ"))
NO_SEATS = Template("gov.no-seats", N_("{party} has {count} seats there"))
NOT_VOTING = Template("gov.not-voting", N_("officers sit for a party, board members for nobody that is one"))
NODE_ONLY = Template("gov.node-only", N_("administrators sit in the organ node, and only they"))
OTHER_PARTY = Template("gov.seat-of-other", N_("the seat is one of {party}"))
KEEPS_NODE = Template("gov.keeps-node", N_("whoever keeps a node running holds no other seat"))
SITS_ALREADY = Template("gov.sits-already", N_("{officer} holds a seat that votes there already"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """One seat of an organ."""

    organ: str
    party: str  # a party of the accord, or the word for outsiders: independent, observers …
    role: Role
    number: int

    @property
    def name(self) -> str:
        """As the ledger names it within its organ."""
        return f"{self.party}/{self.role.value}/{self.number}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Officer:
    """An officer under their pseudonym, with the seats they hold."""

    name: str
    party: str
    seats: tuple[Seat, ...] = ()


def parse_seat(organ: str, text: str) -> Seat:
    """A seat from its name.

    Raises:
        SeatMalformedError: it is not written as one.
    """
    found = _SEAT.fullmatch(text)
    if found is None or found.group(2) not in {role.value for role in Role}:
        raise SeatMalformedError(seat=text, roles=tuple(role.value for role in Role))
    return Seat(organ=organ, party=found.group(1), role=Role(found.group(2)), number=int(found.group(3)))


def parties(accord: Accord) -> tuple[str, ...]:
    """Whoever may have officers: the parties but armed groups, and everybody else who holds seats in an organ."""
    own = [name for name, party in accord.parties.items() if party.kind != "armed-group"]
    others = {word for organ in accord.organs.values() for word, count in organ.seats.items() if count} - set(accord.parties)
    return (*own, *sorted(others))


def kind_of(party: str, accord: Accord) -> str:
    """The kind of a party, as policies know it."""
    return accord.parties[party].kind if party in accord.parties else OUTSIDER


def require_party(party: str, accord: Accord) -> None:
    """Nothing, where the party may have officers.

    Raises:
        PartyUnknownError: it may not.
    """
    known = parties(accord)
    if party not in known:
        raise PartyUnknownError(party=party, known=known)


def require_seat(seat: Seat, officer: Officer, accord: Accord) -> None:
    """Nothing, where the accord has the seat and the officer may take it beside those they hold.

    Raises:
        SeatNotThereError: the accord does not have it.
        SeatsClashError: this officer may not take it.
    """
    why = _missing(seat, accord)
    if why is not None:
        raise SeatNotThereError(organ=seat.organ, seat=seat.name, why=why)
    why = _clash(seat, officer)
    if why is not None:
        raise SeatsClashError(officer=officer.name, organ=seat.organ, seat=seat.name, why=why)


def principal(officer: Officer, accord: Accord, *, is_absent: bool = False) -> Principal:
    """What an officer's seats make of them."""
    return Principal(
        name=officer.name,
        party=officer.party,
        party_kind=kind_of(officer.party, accord),
        roles=frozenset(seat.role for seat in officer.seats),
        organs=frozenset(seat.organ for seat in officer.seats if seat.role in VOTING),
        is_absent=is_absent,
    )


def officers(rows: Iterable[tuple[str, str]], held: Iterable[tuple[str, str, str]]) -> dict[str, Officer]:
    """The officers by name, from (officer, party) and (organ, seat, officer) as the state has them."""
    seats: dict[str, list[Seat]] = {}
    for organ, seat, name in held:
        seats.setdefault(name, []).append(parse_seat(organ, seat))
    ordered = {name: tuple(sorted(found, key=lambda seat: (seat.organ, seat.name))) for name, found in seats.items()}
    return {name: Officer(name=name, party=party, seats=ordered.get(name, ())) for name, party in sorted(rows)}


def _missing(seat: Seat, accord: Accord) -> Sentence | None:
    if (seat.organ == NODE) is not (seat.role is Role.ADMINISTRATOR):
        return NODE_ONLY()
    if seat.organ == NODE:
        return None if seat.party in parties(accord) else NO_SEATS(party=seat.party, count=0)
    if seat.organ not in accord.organs:
        return NO_ORGAN()
    count = accord.organs[seat.organ].seats.get(seat.party, 0)
    is_party = seat.party in accord.parties
    if seat.role in VOTING and is_party is not (seat.role is Role.OFFICER):
        return NOT_VOTING()
    if seat.party not in parties(accord) or not count or (seat.role in VOTING and seat.number > count):
        return NO_SEATS(party=seat.party, count=count)
    return None


def _clash(seat: Seat, officer: Officer) -> Sentence | None:
    if seat.party != officer.party:
        return OTHER_PARTY(party=seat.party)
    if any((other.organ == NODE) is not (seat.organ == NODE) for other in officer.seats):
        return KEEPS_NODE()
    if seat.role in VOTING and any(other.organ == seat.organ and other.role in VOTING for other in officer.seats):
        return SITS_ALREADY(officer=officer.name)
    return None
