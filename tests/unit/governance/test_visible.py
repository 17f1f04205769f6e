"""What is shown of the state: rows, counts, searches and messages, on each database, against the policies asked entry by entry."""

from __future__ import annotations

import dataclasses
from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import Engine, MetaData, Table, alias, column, func, literal_column, select, table, text, union_all

from veedor.evidence.ledger import reading
from veedor.evidence.ledger.append import append
from veedor.evidence.ledger.entries import Draft
from veedor.evidence.ledger.errors import EntryUnknownError
from veedor.evidence.ledger.kinds import Body, KeyAdded, Note, OfficerAdded, SeatFilled, SnapshotRetracted, SnapshotTaken, VerdictIssued
from veedor.evidence.ledger.sealing import Schedule, seal
from veedor.evidence.log.keys import ED25519, SignerKey
from veedor.governance.keys import new_key, signer
from veedor.governance.policy import decide
from veedor.governance.policy_errors import ItemUnknownError
from veedor.governance.roles import Action, Role
from veedor.governance.subjects import ANYBODY, Circumstances, Principal
from veedor.governance.visible import entries, entry_item, one, visible
from veedor.kernel.clock import FixedClock
from veedor.kernel.markings import Marking
from veedor.store import accounts, tables
from veedor.store.transaction import read

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
GIVEN = Circumstances(day=NOW.date())
OWNER = "US"
WORDS = {marking: f"word-{marking.name.lower()}" for marking in Marking}


def digest(number: int) -> str:
    return f"{number:064x}"


def readers() -> list[Principal]:
    made = [
        Principal(name=f"{role.value}-{party}", party=party, party_kind="state", roles=frozenset({role}))
        for role in Role
        for party in ("US", "MX")
    ]
    return [ANYBODY, *made, Principal(name="ana", party="US", party_kind="state")]


@pytest.fixture
def filled(state: Engine) -> Engine:
    """Entries of many kinds under every marking, some of them padding."""
    bodies: list[Body] = []
    for marking in Marking:
        number = int(marking) + 1
        bodies += [
            Note(marking=marking, about="minutes", text=WORDS[marking]),
            SnapshotTaken(
                marking=marking, snapshot=digest(number), capture=digest(99), source="s", controller="US", known_from=date(2026, 1, 1)
            ),
            VerdictIssued(
                marking=marking, verdict=digest(number), judgement=digest(7), accord=digest(8), commitment=f"c-{number}", parties=("US",),
                outcome="KEPT", as_of=date(2026, 1, 1), recomputable="anyone", is_exercise=True,
            ),
            OfficerAdded(marking=marking, officer=f"o-{number}", party="US"),
            KeyAdded(marking=marking, key=signer(bytes([number]) * 32).key_id, holder=f"o-{number}", purpose="officer"),
            SeatFilled(marking=marking, organ="bhlig", seat=f"US/officer/{number}", officer=f"o-{number}"),
        ]  # fmt: skip
    bodies.append(SnapshotRetracted(marking=Marking.SEALED, snapshot=digest(1), ground="a ground"))
    drafts = [Draft(body=body, actor="ana" if n % 3 else "ben", at=NOW, request=str(n)) for n, body in enumerate(bodies)]
    append(state, drafts, FixedClock(NOW))
    key = SignerKey(name="us.example", kind=ED25519, seed=new_key())
    seal(state, [key], FixedClock(datetime(2026, 6, 1, 14, tzinfo=UTC)), origin="us.example", schedule=Schedule(multiple=40))
    return state


def allowed(engine: Engine, who: Principal) -> list[reading.Entry]:
    """The entries that the policies let somebody see, asked one by one."""
    found = reading.list_entries(engine, lambda facts: decide(who, Action.SEE, entry_item(facts, OWNER), GIVEN).is_allowed)
    return list(found)


def test_rows_counts_and_groups_of_entries_are_those_the_policies_allow(filled: Engine) -> None:
    entry = tables.entry.c
    seen: Counter[int] = Counter()
    for who in readers():
        wanted = allowed(filled, who)
        with read(filled) as connection:
            rows = connection.scalars(visible(who, select(entry.commitment).order_by(entry.seq), GIVEN, OWNER)).all()
            count = connection.scalar(visible(who, select(func.count()).select_from(tables.entry), GIVEN, OWNER))
            kinds = connection.execute(visible(who, select(entry.kind, func.count()).group_by(entry.kind), GIVEN, OWNER)).all()
            latest = connection.scalar(visible(who, select(func.max(entry.marking)), GIVEN, OWNER))
        assert [row.hex() for row in rows] == [one.commitment for one in wanted], who
        assert count == len(wanted)
        assert dict(list(kinds)) == Counter(one.kind for one in wanted)
        assert latest == max((one.marking for one in wanted), default=None)
        assert reading.count(filled, entries(who, GIVEN, OWNER)) == len(wanted)
        seen[len(wanted)] += 1
    assert set(seen) == {6, 12, 18}, "public; shared too; restricted too. What is sealed, and padding, nobody sees"


def test_rows_of_the_state_follow_their_entries(filled: Engine) -> None:
    for who in readers():
        wanted = [one.body for one in allowed(filled, who) if isinstance(one.body, VerdictIssued)]
        with read(filled) as connection:
            issued = tables.verdict_issued.c
            rows = connection.scalars(visible(who, select(issued.verdict).order_by(issued.seq), GIVEN, OWNER)).all()
            joined = select(issued.verdict, tables.entry.c.actor).join(tables.entry, tables.entry.c.seq == issued.seq)
            both = connection.execute(visible(who, joined, GIVEN, OWNER)).all()
        assert list(rows) == [body.verdict for body in wanted]
        assert len(both) == len(wanted)


def test_a_search_finds_nothing_that_is_not_shown(filled: Engine) -> None:
    for who in readers():
        shown = {one.marking for one in allowed(filled, who)}
        for marking, word in WORDS.items():
            found = reading.search(filled, entries(who, GIVEN, OWNER), word)
            assert bool(found) is (marking in shown)


def test_a_retraction_that_is_not_shown_leaves_no_trace_in_what_is(filled: Engine) -> None:
    """The row of a public snapshot does not tell that a sealed entry retracted it."""
    auditor = Principal(name="au", party="US", party_kind="state", roles=frozenset({Role.AUDITOR}))
    for who in (ANYBODY, auditor):
        rows = reading.state(filled, entries(who, GIVEN, OWNER), "snapshot_taken")
        assert [row["retracted_at"] for row in rows if row["snapshot"] == digest(1)] == [None]


def test_what_is_hidden_and_what_is_not_there_are_answered_alike(filled: Engine) -> None:
    issued = tables.verdict_issued.c
    answers = set()
    with read(filled) as connection:
        for name in (digest(4), digest(5)):  # sealed; absent
            with pytest.raises(ItemUnknownError) as raised:
                one(connection, ANYBODY, select(issued.outcome).where(issued.verdict == name), GIVEN, OWNER, "x")
            answers.add((str(raised.value), raised.value.where, raised.value.problems))
        assert one(connection, ANYBODY, select(issued.outcome).where(issued.verdict == digest(1)), GIVEN, OWNER, "x").outcome == "KEPT"
    hidden = next(found for found in reading.list_entries(filled, lambda _: True) if found.marking is Marking.SEALED)
    assert len(answers) == 1
    told = set()
    for reference in (hidden.commitment, "f" * 64):
        with pytest.raises(EntryUnknownError) as refused:
            reading.show(filled, entries(ANYBODY, GIVEN, OWNER), reference)
        told.add(str(refused.value).replace(reference, "…"))
    assert len(told) == 1


def test_expired_and_absent_readers_are_asked_about_today(filled: Engine) -> None:
    away = Principal(name="ana", party="US", party_kind="state", roles=frozenset({Role.AUDITOR}), is_absent=True)
    assert len(allowed(filled, away)) == 18, "whoever is absent still sees"
    assert allowed(filled, dataclasses.replace(away, party_kind="armed-group"))[-1].marking is Marking.PUBLIC


ENTRY = tables.entry
OTHER = Table("other", MetaData())


@pytest.mark.parametrize(
    "query",
    [
        select(ENTRY),  # with the numbers whose gaps would count what is hidden
        select(ENTRY.c.seq),
        select(func.max(ENTRY.c.seq)),
        select(ENTRY.c.seq.label("harmless")),
        select((ENTRY.c.marking + ENTRY.c.seq).label("sum")),
        select(tables.verdict_issued),
        select(tables.snapshot_taken.c.snapshot),  # rows that entries of several kinds change
        select(tables.key.c.revoked_at),
        select(tables.seat.c.officer),
        select(tables.checkpoint.c.note),
        select(accounts.account.c.account),
        select(accounts.token.c.digest),
        select(OTHER),
        select(alias(ENTRY).c.actor),
        select(ENTRY.alias("e").c.actor),
        select(select(ENTRY.c.actor).subquery().c.actor),
        select(select(ENTRY.c.actor).cte().c.actor),
        select(ENTRY.c.actor).where(ENTRY.c.kind.in_(select(tables.verdict_issued.c.outcome))),
        select(ENTRY.c.actor, select(func.count()).select_from(ENTRY).scalar_subquery()),
        select(ENTRY.c.actor).where(select(ENTRY.c.seq).exists()),
        select(ENTRY.c.actor).join(select(tables.review.c.seq).subquery(), text("1 = 1")),
        select(literal_column("(select count(*) from entry)")),
        select(text("actor")).select_from(ENTRY),
        select(ENTRY.c.actor).where(text("1 = 1 or 1 = 1")),
        select(column("actor")).select_from(table("entry")),
        select(ENTRY.c.actor).select_from(union_all(select(ENTRY.c.kind), select(ENTRY.c.actor)).subquery()),
        select(ENTRY.c.actor).join(tables.key, tables.key.c.seq == ENTRY.c.seq),
    ],
    ids=str,
)
def test_a_query_that_could_show_more_is_refused(query: Any) -> None:  # noqa: ANN401
    with pytest.raises(ValueError, match=r"cannot be narrowed|number entries|read through visible"):
        visible(ANYBODY, query, GIVEN, OWNER)


def test_an_or_in_the_query_does_not_open_it(filled: Engine) -> None:
    entry = tables.entry.c
    with read(filled) as connection:
        query = select(func.count()).where((entry.marking >= 0) | (entry.kind == "note"))
        assert connection.scalar(visible(ANYBODY, query, GIVEN, OWNER)) == 6


def test_every_table_that_one_kind_of_entry_makes_can_be_read() -> None:
    made_of_one_kind = {tables.accord_version, tables.verdict_issued, tables.reply, tables.review, tables.decision, tables.officer}
    for found in made_of_one_kind:
        shown = next(one_of for one_of in found.c if one_of.name != "seq")
        assert "EXISTS" in str(visible(ANYBODY, select(shown), GIVEN, OWNER))
