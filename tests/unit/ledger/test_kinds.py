"""Kinds of entry: bytes that mean one thing, read back to what was written, and nothing else is read."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime
from typing import Any

import pytest

from veedor.evidence.ledger import kinds
from veedor.evidence.ledger.entries import Draft, entry_bytes, moment, new_request, read_moment, request_of
from veedor.evidence.ledger.errors import EntryNewerError
from veedor.evidence.ledger.projections import Fact, Put, changes, kinds_of, rows_of
from veedor.evidence.log.commitment import read_entry
from veedor.kernel.canonical import canonical
from veedor.kernel.markings import Marking
from veedor.store import tables

DIGEST = "ab" * 32
SAMPLES: dict[Any, Any] = {str: "x", bool: True, date: date(2031, 5, 6), Marking: Marking.SHARED, tuple[str, ...]: ("XA", "XB")}
DIGESTS = {"snapshot", "capture", "digest", "verdict", "judgement", "entry"}
SPECIAL = {"purpose": "officer", "algorithm": "ed25519"}


def sample(kind: kinds.Kind) -> kinds.Body:
    """A body of a kind, each field filled by its type."""
    filled = {name: SPECIAL.get(name) or (DIGEST if name in DIGESTS else SAMPLES[hint]) for name, hint in kinds._HINTS[kind.name].items()}
    if kind.body is kinds.VerdictIssued:
        filled["accord"] = DIGEST
    return kind.body(**filled)


@pytest.mark.parametrize("kind", kinds.KINDS.values(), ids=lambda kind: kind.name)
def test_a_body_comes_back_as_it_was(kind: kinds.Kind) -> None:
    body = sample(kind)
    written = kinds.body_bytes(body)
    assert kinds.read_body(kind.name, written) == body
    assert kinds.kind_of(body) is kind
    said = {field.name: getattr(body, field.name) for field in dataclasses.fields(body)}
    assert written == canonical({"version": kind.version, **said}), "the quick writer writes what the kernel's writes"


@pytest.mark.parametrize("kind", kinds.KINDS.values(), ids=lambda kind: kind.name)
def test_an_entry_is_what_the_log_expects(kind: kinds.Kind) -> None:
    body = sample(kind)
    written = entry_bytes(kind.name, "2031-05-06T12:00:00.000001Z", 'né "one"', kinds.body_bytes(body))
    found = read_entry(written)
    assert (found["kind"], found["actor"]) == (kind.name, 'né "one"')
    assert found["body"]["version"] == 1


@pytest.mark.parametrize("kind", [kind for kind in kinds.KINDS.values() if kind.is_erasable], ids=lambda kind: kind.name)
def test_what_can_be_erased_changes_its_own_row_only(kind: kinds.Kind) -> None:
    """Else tables made again after an erasure would come out otherwise than the ones that were there."""
    for change in changes(Fact(7, "2031-05-06T12:00:00.000000Z", "officer-1", sample(kind))):
        assert isinstance(change, Put)
        assert change.row["seq"] == 7
        assert [column.name for column in change.table.primary_key] == ["seq"]


@pytest.mark.parametrize("kind", kinds.KINDS.values(), ids=lambda kind: kind.name)
def test_a_row_fills_every_column_of_its_table(kind: kinds.Kind) -> None:
    for change in changes(Fact(7, "2031-05-06T12:00:00.000000Z", "officer-1", sample(kind))):
        assert change.table in rows_of(kind.name)
        if isinstance(change, Put):
            assert set(change.row) == {column.name for column in change.table.columns}


def test_every_table_is_made_from_some_kind() -> None:
    assert all(kinds_of(table.name) for table in tables.PROJECTIONS)


@pytest.mark.parametrize(
    "data",
    [
        b"[]",
        b'{"about":"x","marking":2,"text":"y","version":2}',
        b'{"about":"x","marking":2,"text":"y"',
    ],
)
def test_what_is_not_known_is_not_guessed(data: bytes) -> None:
    with pytest.raises((EntryNewerError, ValueError)):
        kinds.read_body("note", data)


def test_a_kind_of_a_later_version() -> None:
    with pytest.raises(EntryNewerError) as found:
        kinds.read_body("treaty-sung", b'{"version":1}')
    assert "treaty-sung" in str(found.value)


@pytest.mark.parametrize(
    "data",
    [
        b'{"about":"x","marking":2,"version":1}',  # a field is missing
        b'{"about":"x","extra":1,"marking":2,"text":"y","version":1}',
        b'{"about":1,"marking":2,"text":"y","version":1}',
        b'{"about":"","marking":2,"text":"y","version":1}',
        b'{"about":"x","marking":9,"text":"y","version":1}',
    ],
)
def test_a_body_of_another_form_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        kinds.read_body("note", data)


@pytest.mark.parametrize("name", ["", "a\nb", "a\x00b", "\ud800", "x" * 401, "a\u2028b"])
def test_names_that_could_be_taken_for_something_else(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        kinds.Note(about=name, text="")
    with pytest.raises(ValueError, match="name"):
        Draft(body=kinds.Note(about="x", text=""), actor=name, at=datetime(2031, 5, 6, tzinfo=UTC), request="1")


def test_a_digest_is_whole() -> None:
    with pytest.raises(ValueError, match="digest"):
        kinds.SnapshotRetracted(snapshot="abcd", ground="x")


def test_drafts_that_mean_nothing() -> None:
    body, now = kinds.Note(about="x", text="y"), datetime(2031, 5, 6, tzinfo=UTC)
    with pytest.raises(ValueError, match="time zone"):
        Draft(body=body, actor="a", at=now.replace(tzinfo=None), request="1")
    with pytest.raises(ValueError, match="signature"):
        Draft(body=body, actor="a", at=now, request="1", officer_key="k")
    with pytest.raises(ValueError, match="128"):
        Draft(body=body, actor="a", at=now, request="1" * 129)


def test_moments_sort_as_text() -> None:
    moments = [datetime(2031, 5, 6, 12, 0, 0, micro, UTC) for micro in (0, 1, 999_999)] + [datetime(2031, 5, 6, 12, 0, 1, tzinfo=UTC)]
    written = [moment(at) for at in moments]
    assert written == sorted(written)
    assert [read_moment(text) for text in written] == moments
    assert {len(text) for text in written} == {27}


def test_request_keys() -> None:
    earlier, later = datetime(2031, 5, 6, tzinfo=UTC), datetime(2031, 5, 7, tzinfo=UTC)
    assert new_request(earlier) < new_request(later)
    assert new_request(earlier) != new_request(earlier)
    assert request_of("a", "bc") == request_of("a", "bc") != request_of("ab", "c")
