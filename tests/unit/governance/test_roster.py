"""The roster and the items of a ledger: who holds which seat and key, who acts for whom, and what an entry is about."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from veedor.accord.library import open_library
from veedor.evidence.ledger.acts import sign
from veedor.evidence.ledger.append import append
from veedor.evidence.ledger.entries import Draft
from veedor.evidence.ledger.erasure import erase
from veedor.evidence.ledger.kinds import (
    AccordAdopted,
    Body,
    DecisionTaken,
    Erased,
    KeyAdded,
    KeyRevoked,
    Note,
    OfficerAdded,
    ReviewRecorded,
    SeatFilled,
    SeatVacated,
    SnapshotRetracted,
    SnapshotTaken,
    VerdictIssued,
)
from veedor.evidence.ledger.reading import Entry, list_entries
from veedor.governance.delegation import ABOUT, ABSENT, Absence, Delegation
from veedor.governance.items import stored
from veedor.governance.keys import signer
from veedor.governance.officer_errors import OfficerUnknownError
from veedor.governance.roles import Action, Role
from veedor.governance.roster import may, roster
from veedor.governance.seats import parse_seat
from veedor.governance.subjects import Circumstances, Item
from veedor.kernel.clock import FixedClock
from veedor.kernel.markings import Marking
from veedor.store.transaction import read

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from veedor.governance.keys import Ed25519Signer

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAY = NOW.date()
CLOCK = FixedClock(NOW)
SSA = open_library("ssa").accord
KEYS = {name: signer(bytes([number]) * 32) for number, name in enumerate(("giver", "taker", "chair"), start=1)}
LENT = Delegation(
    giver="giver", taker="taker", seat=parse_seat("bhlig", "US/reviewer/1"), actions=frozenset({Action.REVIEW}), begins=DAY,
    ends=DAY + timedelta(days=5),
)  # fmt: skip
VERDICT, SNAPSHOT = "a" * 64, "b" * 64


def enter(engine: Engine, body: Body, actor: str = "node", key: Ed25519Signer | None = None) -> None:
    draft = Draft(body=body, actor=actor, at=NOW, request=f"{actor} {type(body).__name__} {len(list_entries(engine, lambda _: True))}")
    append(engine, [sign(draft, key) if key is not None else draft], CLOCK)


@pytest.fixture
def engine(state: Engine) -> Engine:
    """Three officers with a key each and a seat each."""
    for name, organ, seat in (
        ("giver", "bhlig", "US/reviewer/1"),
        ("taker", "bhlig", "US/analyst/1"),
        ("chair", "oversight", "US/officer/1"),
    ):
        enter(state, OfficerAdded(officer=name, party="US"))
        enter(state, KeyAdded(key=KEYS[name].key_id, holder=name, purpose="officer"))
        enter(state, SeatFilled(organ=organ, seat=seat, officer=name))
    return state


def test_seats_and_keys_are_those_in_force(engine: Engine) -> None:
    found = roster(engine)
    assert {name: [seat.role for seat in officer.seats] for name, officer in found.officers.items()} == {
        "giver": [Role.REVIEWER], "taker": [Role.ANALYST], "chair": [Role.OFFICER],
    }  # fmt: skip
    enter(engine, SeatVacated(organ="bhlig", seat="US/analyst/1"))
    enter(engine, KeyRevoked(key=KEYS["taker"].key_id, ground="lost"))
    after = roster(engine)
    assert after.officers["taker"].seats == ()
    assert "taker" not in after.keys
    assert after.keys["giver"] == {KEYS["giver"].key_id}
    with pytest.raises(OfficerUnknownError, match='"taker"'):
        after.acting("takr", Action.SEE, DAY, SSA)


def test_a_seat_is_lent_by_a_note_that_its_holder_signed(engine: Engine) -> None:
    enter(engine, Note(about=ABOUT, text=LENT.text()), "giver")  # entered by somebody in the giver's name, without the key
    enter(engine, Note(about=ABOUT, text=LENT.text()), "taker", KEYS["taker"])
    assert [way.acting_for for way in roster(engine).acting("taker", Action.REVIEW, DAY, SSA)] == [""]
    enter(engine, Note(about=ABOUT, text=LENT.text()), "giver", KEYS["giver"])
    ways = roster(engine).acting("taker", Action.REVIEW, DAY, SSA)
    assert [way.acting_for for way in ways] == ["", "giver"]
    item = Item(kind="verdict", owner="US")
    principal, decision = may(ways, Action.REVIEW, item, Circumstances(day=DAY))
    assert (principal.acting_for, decision.is_allowed) == ("giver", True)
    own = Item(kind="verdict", owner="US", made_by=frozenset({"giver"}))
    principal, decision = may(ways, Action.REVIEW, own, Circumstances(day=DAY))
    assert not decision.is_allowed, "whoever acts for the one who found it does not review it either"


def test_whoever_is_absent_only_sees(engine: Engine) -> None:
    away = Absence(officer="giver", begins=DAY, ends=DAY + timedelta(days=1))
    enter(engine, Note(about=ABSENT, text=away.text()), "giver", KEYS["giver"])
    ways = roster(engine).acting("giver", Action.REVIEW, DAY, SSA)
    assert may(ways, Action.REVIEW, Item(kind="verdict", owner="US"), Circumstances(day=DAY))[1].by == ("absent",)
    assert may(ways, Action.SEE, Item(kind="verdict", owner="US"), Circumstances(day=DAY))[1].is_allowed


def entries(engine: Engine) -> dict[str, Entry]:
    return {entry.kind: entry for entry in list_entries(engine, lambda _: True)}


def test_a_verdict_gathers_who_made_it_who_took_its_snapshots_and_who_reviewed_it(engine: Engine) -> None:
    taken = SnapshotTaken(snapshot=SNAPSHOT, capture=SNAPSHOT, source="s", controller="US", known_from=date(2026, 1, 1))
    enter(engine, taken, "taker", KEYS["taker"])
    issued = VerdictIssued(
        marking=Marking.SHARED, verdict=VERDICT, judgement=VERDICT, accord=VERDICT, commitment="c", parties=("US", "MX"), outcome="KEPT",
        as_of=DAY, recomputable="anyone", is_exercise=True,
    )  # fmt: skip
    enter(engine, issued)
    with read(engine) as connection:
        bare = stored(connection, entries(engine)["verdict-issued"], "US")
        whole = stored(connection, entries(engine)["verdict-issued"], "US", rests_on=frozenset({SNAPSHOT}))
    assert (bare.state, bare.made_by, bare.parties, bare.label.marking) == ("issued", {"node"}, {"US", "MX"}, Marking.SHARED)
    assert whole.made_by == {"node", "taker"}
    enter(engine, ReviewRecorded(verdict=VERDICT, finding="sound", text=""), "giver", KEYS["giver"])
    with read(engine) as connection:
        reviewed = stored(connection, entries(engine)["verdict-issued"], "US")
    assert (reviewed.state, reviewed.reviewed_by) == ("reviewed", {"giver"})
    enter(engine, DecisionTaken(organ="oversight", subject=VERDICT, outcome="upheld", text=""), "chair", KEYS["chair"])
    with read(engine) as connection:
        decided = stored(connection, entries(engine)["verdict-issued"], "US")
    assert (decided.state, decided.organ) == ("decided", "oversight")


def test_every_kind_of_entry_is_some_item(engine: Engine) -> None:
    enter(engine, SnapshotTaken(snapshot=SNAPSHOT, capture=SNAPSHOT, source="s", controller="US", known_from=DAY))
    enter(engine, AccordAdopted(accord="ssa", digest=VERDICT, status="draft", parties=("US",)))
    enter(engine, Note(about="minutes", text="x"))
    enter(engine, ReviewRecorded(verdict=VERDICT, finding="sound", text=""), "giver", KEYS["giver"])
    found = entries(engine)
    with read(engine) as connection:
        made = {kind: stored(connection, entry, "US") for kind, entry in found.items()}
    assert {kind: item.kind for kind, item in made.items()} == {
        "officer-added": "officer", "key-added": "key", "seat-filled": "seat", "snapshot-taken": "snapshot", "accord-adopted": "accord",
        "note": "note", "review-recorded": "review",
    }  # fmt: skip
    assert made["key-added"].made_by == {"chair"}
    assert (made["seat-filled"].made_by, made["seat-filled"].organ) == ({"chair"}, "oversight")
    enter(engine, SnapshotRetracted(snapshot=SNAPSHOT, ground="altered"))
    act = Draft(body=Erased(entry=found["note"].commitment, ground="duty", authority="court"), actor="chair", at=NOW, request="e")
    erase(engine, sign(act, KEYS["chair"]), CLOCK)
    after = entries(engine)
    with read(engine) as connection:
        assert stored(connection, after["snapshot-taken"], "US").state == "retracted"
        assert stored(connection, after["note"], "US").state == "erased"
        assert stored(connection, after["erased"], "US").kind == "entry"
