"""A seat exercised by another for a time, and absence: to whom, for which acts, until when, and never passed on further.

A delegation lends one seat that its giver holds. It cannot be lent again, because what is lent is no seat of the taker's. While it lasts
the seat has one voice all the same: a quorum counts seats (`quorum.standing`). Whoever is absent only sees, so that nobody votes twice
by being away.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

from veedor.governance.officer_errors import DelegationRefusedError, SeatMalformedError
from veedor.governance.roles import NOT_DELEGATED, VOTING, Action, Role
from veedor.governance.seats import Officer, Seat, parse_seat, principal
from veedor.kernel import canonical
from veedor.kernel.language import N_, Sentence, Template

if TYPE_CHECKING:
    from veedor.accord.model import Accord
    from veedor.governance.subjects import Principal

T = TypeVar("T", "Delegation", "Absence")
LONGEST = timedelta(days=92)
"""A delegation ends after a quarter of a year at the latest; a longer one is a new holder of the seat."""
ABOUT, ABSENT, ENDED = "delegation", "absence", "-ended"  # what the ledger's notes of them are about

NOT_HELD = Template("gov.not-held", N_("{giver} does not hold it"))
TO_ONESELF = Template("gov.to-oneself", N_("it is the taker's already"))
ACROSS = Template("gov.across", N_("{taker} is an officer of another party"))
KEEPER = Template("gov.keeper", N_("whoever keeps a node running exercises no seat"))
NO_ACTS = Template("gov.no-acts", N_("no act is named"))
NEVER_LENT = Template("gov.never-lent", N_("these acts are done by the holder or not at all: {actions}"))
TOO_LONG = Template("gov.too-long", N_("it has to end after it begins and within {days} days"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegation:
    """One seat, lent."""

    giver: str
    taker: str
    seat: Seat
    actions: frozenset[Action]
    begins: date
    ends: date  # the first day on which it no longer holds

    def holds(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.begins <= day < self.ends

    def text(self) -> str:
        """As the ledger's note of it says it, under the giver's signature."""
        return canonical.canonical({
            "giver": self.giver, "taker": self.taker, "organ": self.seat.organ, "seat": self.seat.name,
            "actions": sorted(action.value for action in self.actions), "begins": self.begins, "ends": self.ends,
        }).decode()  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """An officer who is away."""

    officer: str
    begins: date
    ends: date

    def holds(self, day: date) -> bool:
        """Whether they are away on a day."""
        return self.begins <= day < self.ends

    def text(self) -> str:
        """As the ledger's note of it says it, under the officer's signature."""
        return canonical.canonical({"officer": self.officer, "begins": self.begins, "ends": self.ends}).decode()


def require(lent: Delegation, known: dict[str, Officer]) -> None:
    """Nothing, where the seat may be lent in this way.

    Raises:
        DelegationRefusedError: it may not.
    """
    why = _problem(lent, known)
    if why is not None:
        raise DelegationRefusedError(giver=lent.giver, taker=lent.taker, seat=f"{lent.seat.organ} {lent.seat.name}", why=why)


def _problem(lent: Delegation, known: dict[str, Officer]) -> Sentence | None:
    giver, taker = known.get(lent.giver), known.get(lent.taker)
    if giver is None or lent.seat not in giver.seats:
        return NOT_HELD(giver=lent.giver)
    if lent.taker == lent.giver:
        return TO_ONESELF()
    if taker is None or taker.party != giver.party:
        return ACROSS(taker=lent.taker)
    if any(seat.role is Role.ADMINISTRATOR for seat in taker.seats):
        return KEEPER()
    if not lent.actions:
        return NO_ACTS()
    if lent.actions & NOT_DELEGATED:
        return NEVER_LENT(actions=tuple(sorted(action.value for action in lent.actions & NOT_DELEGATED)))
    if not lent.begins < lent.ends <= lent.begins + LONGEST:
        return TOO_LONG(days=LONGEST.days)
    return None


def acting(name: str, action: Action, day: date, known: dict[str, Officer], book: Book, accord: Accord) -> tuple[Principal, ...]:
    """Every way in which an officer may act on a day: with their own seats, and with each seat that is lent to them for this act.

    What is lent counts only while it could still be lent: the giver holds the seat, the taker is of the same party.
    """
    officer = known[name]
    is_absent = any(absence.officer == name and absence.holds(day) for absence in book.absences)
    own = principal(officer, accord, is_absent=is_absent)
    lent = [
        one for one in book.delegations if one.taker == name and action in one.actions and one.holds(day) and _problem(one, known) is None
    ]
    return (own, *(_borrowed(own, one) for one in lent))


def _borrowed(own: Principal, lent: Delegation) -> Principal:
    organs = frozenset({lent.seat.organ}) if lent.seat.role in VOTING else frozenset()
    return dataclasses.replace(own, roles=frozenset({lent.seat.role}), organs=organs, acting_for=lent.giver)


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """What officers have entered about their own seats, as far as it was signed by them."""

    delegations: tuple[Delegation, ...] = ()
    absences: tuple[Absence, ...] = ()


def read_notes(notes: Iterable[tuple[str, str, str]]) -> Book:
    """The delegations and absences among signed notes in their order, each (actor, about, text).

    One is ended before its day by a note about its end that repeats its text. What is no such thing, or another's, is passed over.
    """
    lent: dict[str, Delegation] = {}
    away: dict[str, Absence] = {}
    for actor, about, text in notes:
        found = _read(about.removesuffix(ENDED), text)
        if isinstance(found, Delegation) and found.giver == actor:
            _enter(lent, found, text, is_over=about.endswith(ENDED))
        elif isinstance(found, Absence) and found.officer == actor:
            _enter(away, found, text, is_over=about.endswith(ENDED))
    return Book(delegations=tuple(lent.values()), absences=tuple(away.values()))


def _enter(kept: dict[str, T], found: T, text: str, *, is_over: bool) -> None:
    if is_over:
        kept.pop(text, None)
    else:
        kept[text] = found


def _read(about: str, text: str) -> Delegation | Absence | None:
    try:
        said = canonical.read(text)
        found = _delegation(said) if about == ABOUT else _absence(said) if about == ABSENT else None
    except (ValueError, TypeError, KeyError, SeatMalformedError):
        return None  # a note in somebody's own words
    return found if found is not None and found.text() == text else None


def _absence(said: Any) -> Absence:  # noqa: ANN401, JSON
    return Absence(officer=said["officer"], begins=_day(said["begins"]), ends=_day(said["ends"]))


def _delegation(said: Any) -> Delegation:  # noqa: ANN401, JSON
    return Delegation(
        giver=said["giver"],
        taker=said["taker"],
        seat=parse_seat(said["organ"], said["seat"]),
        actions=frozenset(Action(action) for action in said["actions"]),
        begins=_day(said["begins"]),
        ends=_day(said["ends"]),
    )


def _day(text: str) -> date:
    return date.fromisoformat(text)
