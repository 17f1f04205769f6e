"""Keys, officers and seats of a project: entered in its ledger by those whom the policies allow, and asked about by anybody.

As long as no officer of a party holds a seat here, whoever has the project's files may enter that party's first ones: somebody has to be
first. From then on each such entry is an officer's act, signed with the officer's own key and decided by the policies.
"""

from __future__ import annotations

import uuid
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from veedor.evidence.ledger import kinds
from veedor.evidence.ledger.acts import sign
from veedor.evidence.ledger.append import append
from veedor.evidence.ledger.entries import Draft
from veedor.evidence.ledger.errors import SubjectTakenError, SubjectUnknownError
from veedor.evidence.ledger.reading import state
from veedor.governance import keyring, pseudonyms, seats
from veedor.governance.key_errors import KeyEndedError, KeyNotHeldError
from veedor.governance.policy import decide
from veedor.governance.policy_errors import NotAllowedError
from veedor.governance.quorum import Motion, Standing, assent, standing, verified
from veedor.governance.roles import Action, Role
from veedor.governance.roster import Roster, roster
from veedor.governance.subjects import OUTSIDER, Circumstances, Item
from veedor.governance.visible import entries
from veedor.kernel import canonical
from veedor.kernel.clock import today
from veedor.kernel.markings import Label, Marking, of_marking
from veedor.project.folder import write_new
from veedor.project.journal import OPERATOR
from veedor.project.ledger import everything, opened
from veedor.project.node_key import keys_folder, origin
from veedor.project.officer_errors import OfficerNeededError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from sqlalchemy import Engine

    from veedor.accord.model import Accord
    from veedor.evidence.ledger.reading import Visible
    from veedor.governance.keyring import Held, Unlocked
    from veedor.governance.pseudonyms import Group, Share
    from veedor.governance.seats import Seat
    from veedor.project.project import Project

MARKING = Marking.SHARED
"""Of entries about keys, officers and seats: whoever has to check a signature has to see them. They hold pseudonyms only."""


@dataclass(frozen=True, slots=True)
class Handing:
    """To whom shares go: the groups of holders, and the folder from which they are handed over."""

    groups: tuple[Group, ...]
    folder: Path


@dataclass(frozen=True, slots=True)
class Desk:
    """A project with its state open, its accord read and its roster: what every act here needs."""

    project: Project
    engine: Engine
    accord: Accord
    roster: Roster

    @property
    def party(self) -> str:
        """The party whose node this is."""
        return self.project.settings.node.party

    def party_of(self, holder: str) -> str:
        """The party of an officer, or of the node."""
        return self.party if holder == origin(self.project) else self.roster.officer(holder).party

    def circumstances(self, held: Standing | None = None) -> Circumstances:
        """As things stand today."""
        return Circumstances(day=today(self.project.clock, self.accord.calendar), standing=held)

    def item(self, kind: str, owner: str, *, made_by: frozenset[str] = frozenset(), label: Label | None = None) -> Item:
        """A key, an officer or a seat as policies see it."""
        is_common = seats.kind_of(owner, self.accord) == OUTSIDER
        return Item(kind=kind, owner=owner, label=label or of_marking(MARKING), made_by=made_by, is_common=is_common)

    def in_force(self) -> frozenset[str]:
        """Every key that is in force, whoever holds it."""
        return frozenset().union(*self.roster.keys.values())


@contextmanager
def at_desk(project: Project) -> Iterator[Desk]:
    """The project's desk; its state is closed when the block ends."""
    accord = project.accord().accord
    with opened(project) as engine:
        yield Desk(project, engine, accord, roster(engine))


def new_key(at: Desk, holder: str, passphrase: Callable[[], str], by: Sequence[Unlocked], algorithm: str) -> Held:
    """Make a key for an officer, or for the node where no holder is named, and enter it. The file is written first: no key without one.

    `passphrase` is asked only once it is certain that the key may be entered.

    Raises:
        OfficerUnknownError: the holder is no officer here.
        OfficerNeededError, NotAllowedError: it is not for those who act to enter this key; no file was written.
        PassphraseShortError, KeyFileUnwritableError, KeyFileThereError: no key was made.
    """
    name = holder or origin(at.project)
    _require(at, Action.KEY, at.item("key", at.party_of(name)), by, name)
    made = keyring.new(keys_folder(at.project), name, "officer" if holder else "node", passphrase(), algorithm=algorithm)
    held = made.held
    body = kinds.KeyAdded(marking=MARKING, key=held.public, holder=name, purpose=held.purpose, algorithm=held.algorithm)
    _enter(at, body, by)
    return held


def rotate_key(at: Desk, old: Unlocked, passphrase: Callable[[], str], by: Sequence[Unlocked]) -> Held:
    """Put a new key in the place of one that is held here. An officer's own key signs its own end.

    Raises:
        KeyEndedError: the key is not in force.
        OfficerNeededError, NotAllowedError: it is not for those who act; no file was written.
        PassphraseShortError, KeyFileUnwritableError, KeyFileThereError: no key was made.
    """
    acting = (old,) if old.held.purpose == "officer" else tuple(by)
    _require_in_force(at, old.held)
    item = at.item("key", at.party_of(old.held.holder), made_by=frozenset({old.held.holder}))
    _require(at, Action.KEY, item, acting, old.held.public)
    made = keyring.new(keys_folder(at.project), old.held.holder, old.held.purpose, passphrase(), algorithm=old.held.algorithm)
    fields = {"holder": made.held.holder, "purpose": made.held.purpose, "algorithm": made.held.algorithm}
    _enter(at, kinds.KeyRotated(marking=MARKING, key=old.held.public, replaced_by=made.held.public, **fields), acting)
    return made.held


def revoke_key(at: Desk, name: str, ground: str, by: Sequence[Unlocked]) -> str:
    """End a key without another in its place, by its first eight or more characters or its holder's name; whose it was.

    Raises:
        KeyNotHeldError: no key in force fits, or several do.
        OfficerNeededError, NotAllowedError: it is not for those who act.
    """
    known = [(holder, key) for holder, keys in at.roster.keys.items() for key in keys]
    fitting = [found for found in known if name in found or (len(name) >= keyring.SHORTEST_NAME and found[1].startswith(name))]
    if len(fitting) != 1:
        raise KeyNotHeldError(name=name, count=len(fitting), nearest="")
    [(holder, key)] = fitting
    item = at.item("key", at.party_of(holder), made_by=frozenset({holder}))
    _require(at, Action.KEY, item, by, key)
    _enter(at, kinds.KeyRevoked(marking=MARKING, key=key, ground=ground), by)
    return holder


def add_officer(at: Desk, name: str, party: str, by: Sequence[Unlocked]) -> None:
    """Enter an officer of a party under a pseudonym.

    Raises:
        PartyUnknownError: the accord gives that party no officers.
        OfficerNeededError, NotAllowedError: it is not for those who act.
        SubjectTakenError: an officer of that name is entered.
    """
    _require_officer(at, name, party, by)
    _enter(at, kinds.OfficerAdded(marking=MARKING, officer=name, party=party), by)


def seal_identity(at: Desk, name: str, party: str, person: str, handing: Handing, by: Sequence[Unlocked]) -> tuple[Path, ...]:
    """Enter an officer with the person behind the pseudonym sealed; each holder's share goes to a file of its own, to be handed over.

    Raises:
        GroupsTooFewError: a party with a node, or the board, would hold no share; nothing was written.
        FileExistsAlreadyError, FolderUnwritableError: a file could not be written, and no officer was entered.
        PartyUnknownError, OfficerNeededError, NotAllowedError, SubjectTakenError: see `add_officer`.
    """
    _require_officer(at, name, party, by)
    able = [one for one, found in at.accord.parties.items() if found.kind != "armed-group"]
    sealed, shares = pseudonyms.seal(name, person, handing.groups, (*able, pseudonyms.BOARD))
    data = canonical.pretty(sealed.plain()).encode() + b"\n"
    written = [_written(sealed_file(at.project, name), data)]
    written += [_written(handing.folder / f"{name}-{share.group}-{share.number}.share.json", share.text().encode()) for share in shares]
    note = kinds.Note(marking=MARKING, about="identity-sealed", text=f"{name} {canonical.digest_bytes(data)}")
    _enter(at, kinds.OfficerAdded(marking=MARKING, officer=name, party=party), by)
    _enter(at, note, by)
    return tuple(written[1:])


def _require_officer(at: Desk, name: str, party: str, by: Sequence[Unlocked]) -> None:
    seats.require_party(party, at.accord)
    if name in at.roster.officers:
        raise SubjectTakenError(kind="officer-added", name=name)
    _require(at, Action.SEAT, at.item("officer", party), by, name)


def open_identity(at: Desk, name: str, shares: Sequence[Share]) -> str:
    """Who stands behind a pseudonym; that it was opened is entered before it is told.

    Raises:
        SealBrokenError, ShareWrongError, SharesTooFewError: it was not opened.
    """
    path = sealed_file(at.project, name)
    try:
        data = canonical.read(path.read_bytes())
    except (OSError, ValueError):
        data = {}
    person = pseudonyms.opened(pseudonyms.read_sealed(data if isinstance(data, dict) else {}, str(path)), shares)
    holders = " ".join(sorted(f"{share.group}/{share.number}" for share in shares))
    _enter(at, kinds.Note(marking=MARKING, about="identity-opened", text=f"{name} {holders}"), ())
    return person


def sealed_file(project: Project, name: str) -> Path:
    """Where the sealed link behind a pseudonym lies."""
    return project.folder.root / "officers" / f"{canonical.digest('pseudonym', name)[:16]}.sealed.json"


def fill_seat(at: Desk, officer: str, seat: Seat, by: Sequence[Unlocked]) -> None:
    """Seat an officer.

    Raises:
        OfficerUnknownError, SeatNotThereError, SeatsClashError: there is no such officer or seat, or the officer may not take it.
        OfficerNeededError, NotAllowedError: it is not for those who act.
        SubjectTakenError: somebody holds the seat.
    """
    seats.require_seat(seat, at.roster.officer(officer), at.accord)
    _require(at, Action.SEAT, at.item("seat", seat.party), by, f"{seat.organ} {seat.name} {officer}")
    _enter(at, kinds.SeatFilled(marking=MARKING, organ=seat.organ, seat=seat.name, officer=officer), by)


def vacate_seat(at: Desk, officer: str, seat: Seat, by: Sequence[Unlocked]) -> None:
    """Make a seat empty.

    Raises:
        OfficerUnknownError: there is no such officer.
        SubjectUnknownError: the officer does not hold the seat.
        OfficerNeededError, NotAllowedError: it is not for those who act.
    """
    if seat not in at.roster.officer(officer).seats:
        raise SubjectUnknownError(kind="seat-vacated", name=f"{seat.organ}/{seat.name}")
    _require(at, Action.SEAT, at.item("seat", seat.party), by, f"{seat.organ} {seat.name}")
    _enter(at, kinds.SeatVacated(marking=MARKING, organ=seat.organ, seat=seat.name), by)


def _require(at: Desk, action: Action, item: Item, by: Sequence[Unlocked], subject: str) -> None:
    """Nothing, where those who act may do this together: the first of them acts, and each assents with a signature."""
    if not by:
        if _has_begun(at, item):
            raise OfficerNeededError(action=action.value, party=item.owner)
        return
    for key in by:
        _require_in_force(at, key.held)
    motion = Motion(action=action, organ="", subject=subject, text=item.kind)
    given = [assent(key.signer(), key.held.holder, motion) for key in by]
    who = by[0].held.holder
    ways = at.roster.acting(who, action, at.circumstances().day, at.accord)
    seated = {name: seats.principal(officer, at.accord) for name, officer in at.roster.officers.items()}
    stands = standing(motion, verified(given, motion, at.roster.keys), seated, item, at.accord)
    decisions = [decide(way, action, item, at.circumstances(stands)) for way in ways]
    if not any(found.is_allowed for found in decisions):
        raise NotAllowedError(officer=who, action=action.value, why=decisions[0].why())


def _has_begun(at: Desk, item: Item) -> bool:
    """Whether an officer who could do this holds a seat: of the owner, or of any party where it belongs to none."""
    return any(
        seat.role is Role.OFFICER and (item.is_common or seat.party == item.owner)
        for officer in at.roster.officers.values()
        for seat in officer.seats
        if at.roster.keys.get(officer.name)
    )


def _require_in_force(at: Desk, held: Held) -> None:
    if held.public not in at.roster.keys.get(held.holder, frozenset()):
        raise KeyEndedError(where=str(held.path), holder=held.holder)


def _enter(at: Desk, body: kinds.Body, by: Sequence[Unlocked]) -> None:
    now = at.project.clock.now()
    draft = Draft(
        body=body, actor=by[0].held.holder if by and by[0].held.purpose == "officer" else OPERATOR, at=now, request=uuid.uuid4().hex
    )
    append(at.engine, [sign(draft, by[0].signer()) if draft.actor != OPERATOR else draft], at.project.clock)


def _written(path: Path, data: bytes) -> Path:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_new(path, data)
    path.chmod(0o600)
    return path


def known_keys(at: Desk, reader: str) -> list[dict[str, Any]]:
    """Every key that the reader may see, and whether its private half is held here; all of them where no reader is named.

    Raises:
        OfficerUnknownError: the reader is no officer here.
    """
    held = {one.public for one in keyring.held(keys_folder(at.project))}
    rows = state(at.engine, _visible(at, reader), "key")
    return [
        {**row, "is_held": row["key"] in held} for row in sorted(rows, key=lambda row: (row["purpose"], row["holder"], row["valid_from"]))
    ]


def known_officers(at: Desk, reader: str) -> list[dict[str, Any]]:
    """Every officer that the reader may see, with seats and the number of their keys in force; all of them where no reader is named.

    Raises:
        OfficerUnknownError: the reader is no officer here.
    """
    shown = _visible(at, reader)
    held: dict[str, list[str]] = {}
    for row in state(at.engine, shown, "seat"):
        if row["vacated_at"] is None:
            held.setdefault(row["officer"], []).append(f"{row['organ']} {row['seat']}")
    keys = Counter(row["holder"] for row in state(at.engine, shown, "key") if row["revoked_at"] is None)
    rows = sorted(state(at.engine, shown, "officer"), key=lambda row: (row["party"], row["officer"]))
    return [
        {"officer": row["officer"], "party": row["party"], "seats": sorted(held.get(row["officer"], [])), "keys": keys[row["officer"]]}
        for row in rows
    ]


def _visible(at: Desk, reader: str) -> Visible:
    """What a reader may see: an officer by the policies; whoever works with the project's files without saying who, all of it."""
    if not reader:
        return everything
    principal = seats.principal(at.roster.officer(reader), at.accord)
    return entries(principal, at.circumstances(), at.party)
