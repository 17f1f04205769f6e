# ruff: noqa: ANN401 -- a test module cannot import the classes that its conftest defines
"""Entering: in one order, once, with the rows that follow, or not at all."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from veedor.evidence.ledger import kinds
from veedor.evidence.ledger.append import LEEWAY, append
from veedor.evidence.ledger.checking import verify
from veedor.evidence.ledger.errors import (
    ActDatedError,
    ClockBehindError,
    RequestReusedError,
    SubjectTakenError,
    SubjectUnknownError,
)
from veedor.evidence.ledger.projections import differences, rebuild, rows
from veedor.evidence.log.errors import KeyMalformedError
from veedor.governance.keys import signer
from veedor.store import tables
from veedor.store.transaction import read, write


def held(day: Any) -> int:
    with read(day.engine) as connection:
        return connection.scalar(select(func.count()).select_from(tables.entry)) or 0


def of(day: Any, table: Any) -> list[dict[str, Any]]:
    with read(day.engine) as connection:
        return list(rows(connection, table).values())


def test_an_act_and_its_row_are_there_together(day: Any, made: Any) -> None:
    receipt = day.enter(made.snapshot("one", part="2030"))
    assert receipt.is_new
    assert receipt.at == day.at
    (row,) = of(day, tables.snapshot_taken)
    assert (row["snapshot"], row["part"], row["known_from"]) == (made.digest("one"), "2030", "2031-05-01")
    with read(day.engine) as connection:
        entry = connection.execute(select(tables.entry)).one()
    assert (entry.seq, entry.commitment.hex(), entry.leaf_index, entry.is_padding) == (1, receipt.commitment, None, False)
    assert verify(day.engine) == ()


def test_the_same_content_twice_is_committed_to_differently(day: Any, made: Any) -> None:
    assert day.enter(made.snapshot()).commitment != day.enter(made.snapshot()).commitment


def test_a_repeated_request_is_entered_once(day: Any, made: Any) -> None:
    first = day.enter(made.snapshot(), request="one")
    day.wait(seconds=30)
    again = day.enter(made.snapshot(), request="one")
    assert (again.commitment, again.at, again.is_new) == (first.commitment, first.at, False)
    assert held(day) == 1


def test_a_request_repeated_within_one_batch(day: Any, made: Any) -> None:
    drafts = [day.draft(made.snapshot(), request="one"), day.draft(made.snapshot("two")), day.draft(made.snapshot(), request="one")]
    receipts = append(day.engine, drafts, day)
    assert [receipt.is_new for receipt in receipts] == [True, True, False]
    assert receipts[0].commitment == receipts[2].commitment
    assert held(day) == 2


@pytest.mark.parametrize("change", ["content", "kind", "actor"])
def test_one_request_key_for_two_acts(day: Any, made: Any, change: str) -> None:
    day.enter(made.snapshot(), request="one")
    body = {"content": made.snapshot("two"), "kind": kinds.Note(about="x", text="y"), "actor": made.snapshot()}[change]
    with pytest.raises(RequestReusedError):
        day.enter(body, actor="node-b" if change == "actor" else "node-a", request="one")
    assert held(day) == 1


def test_all_of_a_batch_or_none(day: Any, made: Any) -> None:
    day.enter(made.snapshot())
    batch = [day.draft(made.snapshot("two")), day.draft(kinds.SnapshotRetracted(snapshot=made.digest("never taken"), ground="g"))]
    with pytest.raises(SubjectUnknownError):
        append(day.engine, batch, day)
    assert held(day) == 1
    assert len(of(day, tables.snapshot_taken)) == 1
    assert append(day.engine, [], day) == ()


def test_a_large_batch_keeps_its_order(day: Any, made: Any) -> None:
    day.officer("officer-9", 9)
    drafts = [day.draft(made.snapshot(f"number {number}")) for number in range(5000)]
    drafts[2500:2500] = [day.draft(kinds.SnapshotRetracted(snapshot=made.digest("number 7"), ground="g"))]
    receipts = append(day.engine, drafts, day)
    with read(day.engine) as connection:
        found = connection.execute(select(tables.entry.c.seq, tables.entry.c.commitment).order_by(tables.entry.c.seq)).all()
    assert [row.seq for row in found] == list(range(1, 5004))
    assert [row.commitment.hex() for row in found[2:]] == [receipt.commitment for receipt in receipts]
    assert [row["retracted_at"] is None for row in of(day, tables.snapshot_taken)].count(False) == 1
    assert differences(day.engine) == {}


@pytest.mark.parametrize("off", [LEEWAY + timedelta(seconds=1), -LEEWAY - timedelta(seconds=1)])
def test_an_act_of_another_time(day: Any, made: Any, off: timedelta) -> None:
    draft = day.draft(made.snapshot())
    day.at += off
    with pytest.raises(ActDatedError):
        append(day.engine, [draft], day)
    assert held(day) == 0


def test_a_retry_is_known_however_late(day: Any, made: Any) -> None:
    draft = day.draft(made.snapshot())
    (first,) = append(day.engine, [draft], day)
    day.wait(days=3)
    (again,) = append(day.engine, [draft], day)
    assert again.commitment == first.commitment
    assert not again.is_new


def test_a_clock_that_went_back(day: Any, made: Any) -> None:
    day.enter(made.snapshot())
    day.wait(hours=-1)
    with pytest.raises(ClockBehindError):
        day.enter(made.snapshot("two"))
    assert held(day) == 1


def test_what_the_ledger_makes_itself_is_not_handed_in(day: Any) -> None:
    for body in (kinds.Padding(), kinds.Erased(entry="ab" * 32, ground="g", authority="a")):
        with pytest.raises(ValueError, match="itself"):
            day.enter(body)


def test_snapshots_are_retracted_once_and_may_be_taken_again(day: Any, made: Any) -> None:
    day.enter(made.snapshot())
    retraction = kinds.SnapshotRetracted(snapshot=made.digest("one"), ground="wrong file")
    day.enter(retraction)
    with pytest.raises(SubjectUnknownError):
        day.enter(retraction)
    day.enter(made.snapshot())
    assert [row["retracted_at"] is None for row in of(day, tables.snapshot_taken)] == [False, True]
    day.enter(retraction)
    assert all(row["retracted_by"] for row in of(day, tables.snapshot_taken))


def test_seats_hold_one_officer_who_is_known(day: Any) -> None:
    seat = {"organ": "group", "seat": "XA-1"}
    with pytest.raises(SubjectUnknownError):
        day.enter(kinds.SeatFilled(**seat, officer="officer-1"))
    day.enter(kinds.OfficerAdded(officer="officer-1", party="XA"))
    with pytest.raises(SubjectTakenError):
        day.enter(kinds.OfficerAdded(officer="officer-1", party="XB"))
    with pytest.raises(SubjectUnknownError):
        day.enter(kinds.SeatVacated(**seat))
    day.enter(kinds.SeatFilled(**seat, officer="officer-1"))
    with pytest.raises(SubjectTakenError):
        day.enter(kinds.SeatFilled(**seat, officer="officer-1"))
    day.enter(kinds.SeatVacated(**seat))
    day.enter(kinds.SeatFilled(**seat, officer="officer-1"))
    assert [row["vacated_at"] is None for row in of(day, tables.seat)] == [False, True]


def test_keys_are_added_replaced_and_revoked_once(day: Any) -> None:
    one, two, three = (signer(bytes([seed]) * 32).key_id for seed in (1, 2, 3))
    mine = {"holder": "officer-1", "purpose": "officer"}
    with pytest.raises(SubjectUnknownError):
        day.enter(kinds.KeyRevoked(key=one, ground="lost"))
    day.enter(kinds.KeyAdded(key=one, **mine))
    with pytest.raises(SubjectTakenError):
        day.enter(kinds.KeyAdded(key=one, **mine))
    with pytest.raises(SubjectUnknownError):
        day.enter(kinds.KeyRotated(key=one, replaced_by=two, holder="officer-2", purpose="officer"))
    day.enter(kinds.KeyRotated(key=one, replaced_by=two, **mine))
    with pytest.raises(SubjectUnknownError):
        day.enter(kinds.KeyRotated(key=one, replaced_by=three, **mine))
    with pytest.raises(SubjectTakenError):
        day.enter(kinds.KeyRotated(key=two, replaced_by=one, **mine))
    day.enter(kinds.KeyRevoked(key=two, ground="lost"))
    found = {row["key"]: (row["revoked_at"] is not None, row["replaced_by"]) for row in of(day, tables.key)}
    assert found == {one: (True, two), two: (True, None)}


@pytest.mark.parametrize("key", ["x", "AAAA", "A" * 43 + "="])
def test_a_key_under_which_nobody_or_anybody_signs(day: Any, key: str) -> None:
    with pytest.raises(KeyMalformedError):
        day.enter(kinds.KeyAdded(key=key, holder="officer-1", purpose="officer"))
    assert held(day) == 0


def test_tables_are_made_again_to_the_same_rows(day: Any, made: Any) -> None:
    key = day.officer()
    day.enter(kinds.SeatFilled(organ="group", seat="XA-1", officer="officer-1"))
    day.enter(made.snapshot())
    day.enter(made.reply(), actor="officer-1", key=key)
    before = {table.name: of(day, table) for table in tables.PROJECTIONS}
    with write(day.engine) as connection:
        connection.execute(tables.reply.delete())
        connection.execute(tables.officer.update().values(party="XB"))
    assert differences(day.engine) == {"reply": 1, "officer": 1}
    assert {problem.code for problem in verify(day.engine)} == {"EVD076"}
    rebuild(day.engine)
    assert {table.name: of(day, table) for table in tables.PROJECTIONS} == before
    assert verify(day.engine) == ()
