# ruff: noqa: ANN401 -- a test module cannot import the classes that its conftest defines
"""Reading for others: what may not be seen is not listed, not counted, not found, and not told apart from what is not there."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from veedor.evidence.ledger import kinds, known, reading
from veedor.evidence.ledger.append import append
from veedor.evidence.ledger.entries import EntryFacts
from veedor.evidence.ledger.errors import EntryUnknownError
from veedor.evidence.ledger.reading import Query
from veedor.evidence.ledger.sealing import Schedule, seal
from veedor.kernel.markings import Marking


def everything(_: EntryFacts) -> bool:
    return True


def nothing(_: EntryFacts) -> bool:
    return False


def public(facts: EntryFacts) -> bool:
    return facts.marking == Marking.PUBLIC


@pytest.fixture
def filled(day: Any, made: Any) -> Any:
    """Twenty notes, every other one public, and a sealed batch."""
    marks = (Marking.PUBLIC, Marking.SEALED)
    drafts = [
        day.draft(kinds.Note(about=f"matter {number}", text="Álamo" if number % 5 == 0 else "roble", marking=marks[number % 2]))
        for number in range(20)
    ]
    append(day.engine, drafts, day)
    day.wait(hours=1)
    seal(day.engine, [day.node], day, origin="node.example/log", schedule=Schedule(multiple=32))
    return day


def test_what_is_visible_in_the_order_of_entering(filled: Any) -> None:
    found = reading.list_entries(filled.engine, public)
    assert [entry.body.about for entry in found] == [f"matter {number}" for number in range(0, 20, 2)]
    assert reading.count(filled.engine, public) == 10
    assert reading.count(filled.engine, everything) == 20, "padding is nobody's entry"
    assert reading.count(filled.engine, nothing) == 0
    assert reading.list_entries(filled.engine, nothing) == ()
    assert len(reading.list_entries(filled.engine, public, limit=3)) == 3


def test_no_number_tells_what_is_hidden(filled: Any) -> None:
    for entry in reading.list_entries(filled.engine, public):
        assert {field.name for field in dataclasses.fields(entry)}.isdisjoint({"seq", "request", "is_padding"})
    rows = reading.state(filled.engine, everything, "officer")
    assert all("seq" not in row for row in rows)


def test_one_by_index_or_by_commitment(filled: Any) -> None:
    wanted = reading.list_entries(filled.engine, everything)[3]
    assert wanted.leaf_index is not None
    assert reading.show(filled.engine, everything, wanted.leaf_index) == wanted
    assert reading.show(filled.engine, everything, wanted.commitment[:12]) == wanted


def test_the_hidden_and_the_missing_look_alike(filled: Any) -> None:
    hidden = next(entry for entry in reading.list_entries(filled.engine, everything) if entry.marking == Marking.SEALED)
    taken = {entry.leaf_index for entry in reading.list_entries(filled.engine, everything)}
    padding = next(index for index in range(32) if index not in taken)
    assert hidden.leaf_index is not None
    answers = []
    for reference in (hidden.leaf_index, padding, 999, hidden.commitment, "ab" * 32, "", "abc", "%", "_" * 8):
        with pytest.raises(EntryUnknownError) as found:
            reading.show(filled.engine, public, reference)
        answers.append((found.value.code, dict(found.value.values)["reference"] == str(reference)))
    assert set(answers) == {("EVD060", True)}


def test_a_beginning_is_judged_among_the_visible_only(filled: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else an ambiguous beginning would tell that something hidden begins so."""
    monkeypatch.setattr(reading, "SHORTEST", 0)
    one = reading.list_entries(filled.engine, everything)[0]
    assert reading.show(filled.engine, lambda facts: facts.commitment == one.commitment, "") == one
    with pytest.raises(EntryUnknownError):
        reading.show(filled.engine, everything, "")


def test_words_are_found_without_case_and_accents_in_what_is_visible(filled: Any) -> None:
    assert [entry.body.about for entry in reading.search(filled.engine, everything, "ALAMO")] == [f"matter {n}" for n in (0, 5, 10, 15)]
    assert [entry.body.about for entry in reading.search(filled.engine, public, "alamo")] == ["matter 0", "matter 10"]
    assert reading.count(filled.engine, public, Query(words="matter 5")) == 0


def test_questions_narrow(filled: Any, made: Any) -> None:
    start = filled.at
    filled.enter(made.snapshot(), actor="node-b")
    filled.wait(seconds=10)
    filled.enter(made.snapshot("two"), actor="node-b")
    asked = {
        "kinds": Query(kinds=("snapshot-taken",)),
        "actor": Query(actor="node-b"),
        "since": Query(since=start),
        "both": Query(kinds=("snapshot-taken", "note"), actor="node-b"),
    }
    assert {name: reading.count(filled.engine, everything, query) for name, query in asked.items()} == dict.fromkeys(asked, 2)
    assert reading.count(filled.engine, everything, Query(since=start, until=start + timedelta(seconds=10))) == 1
    assert reading.count(filled.engine, everything, Query(until=start)) == 20
    assert reading.count(filled.engine, everything, Query(kinds=("note", "no-such-kind"))) == 20


def test_rows_follow_from_visible_entries_alone(day: Any, made: Any) -> None:
    day.enter(made.snapshot(marking=Marking.PUBLIC))
    day.enter(made.snapshot("two", marking=Marking.SEALED))
    day.enter(kinds.SnapshotRetracted(snapshot=made.digest("one"), ground="g", marking=Marking.SEALED))
    (row,) = reading.state(day.engine, public, "snapshot_taken")
    assert (row["snapshot"], row["retracted_at"]) == (made.digest("one"), None), "a hidden retraction does not show"
    rows = reading.state(day.engine, everything, "snapshot_taken")
    assert [row["retracted_at"] is None for row in rows] == [False, True]


def test_what_was_known_when(day: Any, made: Any) -> None:
    first, second, third = date(2031, 5, 6), date(2031, 5, 7), date(2031, 5, 8)
    day.enter(made.snapshot("one"))
    day.at = datetime(2031, 5, 6, 23, 59, 59, 999_999, UTC)
    day.enter(made.snapshot("two"))
    day.at = datetime(2031, 5, 7, tzinfo=UTC)
    day.enter(kinds.SnapshotRetracted(snapshot=made.digest("one"), ground="wrong file"))
    day.at = datetime(2031, 5, 8, 9, tzinfo=UTC)
    day.enter(made.snapshot("one", known_from=date(2031, 4, 30)))

    def on(when: date) -> set[str]:
        return {found.snapshot for found in known.snapshots_on(day.engine, everything, when)}

    one, two = made.digest("one"), made.digest("two")
    assert on(date(2031, 5, 5)) == set()
    assert on(first) == {one, two}, "one that was retracted later was known then, and is known to have been"
    assert on(second) == {two}
    assert on(third) == {one, two}
    (again,) = (found for found in known.snapshots_on(day.engine, everything, third) if found.snapshot == one)
    assert again.known_from == date(2031, 4, 30), "the taking that was retracted no longer counts"
    assert len(known.entries_until(day.engine, everything, first)) == 2
    assert len(known.entries_until(day.engine, nothing, third)) == 0
    assert known.snapshots_on(day.engine, nothing, third) == ()
    assert [row["retracted_at"] for row in known.state_on(day.engine, everything, "snapshot_taken", first)] == [None, None]
