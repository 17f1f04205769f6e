"""The policies: the engine, the plain statement, the compiled predicate and SQL say the same about everything that can be asked."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from datetime import date
from importlib import resources
from itertools import product
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Boolean, Column, Integer, MetaData, String, Table, create_engine, func, select

from veedor.governance import engine, statement
from veedor.governance.basis import LegalBasis
from veedor.governance.engine import Request, answers
from veedor.governance.policy import DEFAULT, NEEDS_SIGHT, UNSEEN, decide, decisions, explain
from veedor.governance.policy_words import WORDS
from veedor.governance.quorum import Standing
from veedor.governance.roles import QUORUM, Action, Role
from veedor.governance.subjects import ANYBODY, KINDS, STATES, Circumstances, Item, Principal
from veedor.governance.visible import Members, Single, sight
from veedor.kernel.markings import UNKNOWN, Handling, Label, Marking, Tlp, of_marking

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

DAY = date(2026, 6, 1)
NAMES = st.sampled_from(["ana", "ben", "carla"])
PARTIES = st.sampled_from(["US", "MX", "independent", "group"])
PURPOSES = st.frozensets(st.sampled_from(["verification", "prosecution"]), max_size=2)


@st.composite
def principals(draw: st.DrawFn) -> Principal:
    party = draw(PARTIES)
    return Principal(
        name=draw(NAMES),
        party=party,
        party_kind={"independent": "outsider", "group": "armed-group"}.get(party, "state"),
        roles=draw(st.frozensets(st.sampled_from(Role), max_size=2)),
        organs=draw(st.frozensets(st.sampled_from(["board", "council"]))),
        clearances=tuple((policy, draw(st.integers(0, 2))) for policy in ("a", "b")),
        is_absent=draw(st.sampled_from([False, False, False, True])),
        acting_for=draw(st.sampled_from(["", "", "", "ben"])),
    )


@st.composite
def labels(draw: st.DrawFn) -> Label:
    own = draw(st.sampled_from(Marking))
    if draw(st.booleans()):
        return of_marking(own)
    ranks = {"a": draw(st.integers(0, 2)), "b": draw(st.integers(0, 2)), "veedor": int(own)}
    return Label(
        ranks=tuple((name, rank) for name, rank in ranks.items() if rank),
        releasable_to=draw(st.none() | st.frozensets(PARTIES)),
        originators=frozenset({"US", "MX"}),
        controlled_by=draw(st.frozensets(st.sampled_from(["US", "MX"]))),
        purposes=draw(st.none() | PURPOSES),
        expires=draw(st.none() | st.sampled_from([date(2026, 5, 31), DAY, date(2026, 6, 2)])),
        tlp=draw(st.sampled_from(Tlp)),
        handling=draw(st.frozensets(st.sampled_from([Handling.H0, Handling.H1, Handling.H2]), max_size=2)),
    )


@st.composite
def items(draw: st.DrawFn) -> Item:
    return Item(
        kind=draw(st.sampled_from(KINDS)),
        owner=draw(PARTIES),
        label=draw(labels() | st.just(UNKNOWN)),
        state=draw(st.sampled_from(STATES)),
        organ=draw(st.sampled_from(["", "board", "council"])),
        parties=draw(st.frozensets(PARTIES, max_size=2)),
        made_by=draw(st.frozensets(NAMES, max_size=2)),
        reviewed_by=draw(st.frozensets(NAMES, max_size=1)),
        is_common=draw(st.booleans()),
        is_personal=draw(st.booleans()),
        scope=draw(st.sampled_from(["", "case-1", "case-2"])),
    )


@st.composite
def bases(draw: st.DrawFn) -> LegalBasis:
    begins, expires = draw(st.sampled_from([(date(2026, 1, 1), DAY), (date(2026, 1, 1), date(2027, 1, 1)), (DAY, date(2026, 6, 2))]))
    scope = draw(st.frozensets(st.sampled_from(["case-1", "case-2"]), min_size=1))
    return LegalBasis(authority="a court", document="0" * 64, scope=scope, begins=begins, expires=expires)


@st.composite
def standings(draw: st.DrawFn) -> Standing:
    required = draw(st.frozensets(st.sampled_from(["US", "MX"])))
    missing = draw(st.frozensets(st.sampled_from(sorted(required)))) if required else frozenset()
    return Standing(required=required, missing=missing, is_board_missing=draw(st.booleans()), is_contested=draw(st.booleans()))


@st.composite
def circumstances(draw: st.DrawFn) -> Circumstances:
    return Circumstances(
        day=DAY,
        purposes=draw(PURPOSES),
        bases=tuple(draw(st.lists(bases(), max_size=2))),
        consents=draw(st.frozensets(st.sampled_from(["US", "MX"]))),
        recipient=draw(st.sampled_from(["", "US", "MX", "group"])),
        recipient_kind=draw(st.sampled_from(["state", "armed-group"])),
        standing=draw(st.none() | standings()),
    )


@st.composite
def requests(draw: st.DrawFn) -> Request:
    return Request(
        principal=draw(principals()),
        action=draw(st.sampled_from(Action)),
        item=draw(items()),
        given=draw(circumstances()),
    )


AGREED = Standing(required=frozenset({"US", "MX"}), missing=frozenset(), is_board_missing=False)


def _everything() -> Iterator[Request]:
    """Every role, act, state of an item, kind and marking; of one's own party and of the other; alone and with a quorum."""
    for role, action, state, kind, marking, owner in product(Role, Action, STATES, KINDS, Marking, ("US", "MX")):
        if kind in {"snapshot", "verdict", "commitment", "seat", "key", "node"}:
            who = Principal(name="ana", party="US", party_kind="state", roles=frozenset({role}), organs=frozenset({"board"}))
            made_by = frozenset({"ana"}) if owner == "US" else frozenset({"ben"})
            item = Item(kind=kind, owner=owner, label=of_marking(marking), state=state, organ="board", made_by=made_by)
            standing = AGREED if action in QUORUM and owner == "US" else None
            yield Request(principal=who, action=action, item=item, given=Circumstances(day=DAY, standing=standing))


def test_the_engine_agrees_with_the_plain_statement_on_every_role_act_state_and_marking() -> None:
    asked = list(_everything())
    assert len(asked) == 8 * 15 * 6 * 6 * 4 * 2
    found = answers(asked)
    differing = [(one, got) for one, got in zip(asked, found, strict=True) if (got.is_allowed, got.by) != statement.answer(one)]
    assert differing[:3] == []
    allowed = Counter(one.action for one, got in zip(asked, found, strict=True) if got.is_allowed)
    assert set(allowed) == set(Action) - {Action.REPLY}, "every act is allowed to somebody; replies need a verdict on the party"


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(requests(), min_size=12, max_size=12))
def test_the_engine_agrees_with_the_plain_statement_on_anything(asked: list[Request]) -> None:
    for one, got in zip(asked, answers(asked), strict=True):
        assert (got.is_allowed, got.by) == statement.answer(one), one


def test_every_policy_has_its_line_its_words_and_decides_something() -> None:
    named = engine.policy_ids()
    text = "".join(resources.files("veedor.governance").joinpath("policies", name).read_text(encoding="utf-8") for name in engine.FILES)
    assert len(named) == len(set(named)) == len(re.findall(r"^(?:permit|forbid)\b", text, flags=re.MULTILINE))
    assert set(named) == set(WORDS) == {*statement.PERMITS, *statement.FORBIDS}


@given(principals(), circumstances(), st.lists(items(), min_size=10, max_size=10))
def test_what_is_compiled_for_seeing_is_what_the_policies_decide(who: Principal, now: Circumstances, found: list[Item]) -> None:
    seen = sight(who, now)
    decided = decisions([Request(principal=who, action=Action.SEE, item=item, given=now) for item in found])
    assert [seen.sees(item) for item in found] == [one.is_allowed for one in decided]


# ---- the same in SQL -------------------------------------------------------------------------------------------------------------------

METADATA = MetaData()
ITEM = Table(
    "item", METADATA, Column("number", Integer, primary_key=True), Column("kind", String), Column("state", String), Column("owner", String),
    Column("level", Integer), Column("is_for_all", Boolean), Column("is_for_any_use", Boolean), Column("expires", Integer),
    Column("is_personal", Boolean), Column("scope", String), Column("maker", String),
)  # fmt: skip
NAMED = Table("named", METADATA, Column("item", Integer), Column("of", String), Column("name", String))
SETS = ("ranks", "releasable_to", "purposes")


def _members(of: str) -> Members:
    return Members((NAMED.c.item == ITEM.c.number) & (NAMED.c.of == of), NAMED.c.name)


SHAPE = {
    **{
        name: ITEM.c[name]
        for name in ("kind", "state", "owner", "level", "is_for_all", "is_for_any_use", "expires", "is_personal", "scope")
    },
    **{name: _members(name) for name in SETS},
    "made_by": Single(ITEM.c.maker),
}


@pytest.fixture(scope="module")
def connection() -> Iterator[Connection]:
    made = create_engine("sqlite://")
    METADATA.create_all(made)
    with made.connect() as opened:
        yield opened


def _fill(connection: Connection, found: list[Item]) -> None:
    connection.execute(ITEM.delete())
    connection.execute(NAMED.delete())
    for number, item in enumerate(found):
        said = item.plain()
        row = {column.name: said[column.name] for column in ITEM.c if column.name in said}
        connection.execute(ITEM.insert().values(number=number, maker=next(iter(sorted(item.made_by)), "-"), **row))
        for of in SETS:
            for name in said[of]:  # type: ignore[attr-defined]  # these attributes are lists of names
                connection.execute(NAMED.insert().values(item=number, of=of, name=name))


@given(st.lists(principals() | st.just(ANYBODY), min_size=3, max_size=3), circumstances(), st.lists(items(), min_size=10, max_size=10))
def test_the_rows_and_counts_of_sql_are_those_that_the_policies_decide_one_by_one(
    connection: Connection, readers: list[Principal], now: Circumstances, found: list[Item]
) -> None:
    _fill(connection, found)
    for who in readers:
        decided = decisions([Request(principal=who, action=Action.SEE, item=item, given=now) for item in found])
        wanted = [number for number, one in enumerate(decided) if one.is_allowed]
        where = sight(who, now).where(SHAPE)
        rows = select(ITEM.c.number).where(where).order_by(ITEM.c.number)
        assert connection.scalars(rows).all() == wanted
        assert connection.scalar(select(func.count()).select_from(ITEM).where(where)) == len(wanted)
        by_owner = select(ITEM.c.owner, func.count()).where(where).group_by(ITEM.c.owner)
        assert dict(list(connection.execute(by_owner))) == Counter(found[number].owner for number in wanted)


@given(principals(), circumstances(), st.lists(st.sampled_from(Marking), max_size=12), items())
def test_the_records_shown_are_those_that_the_policies_decide_one_by_one(
    who: Principal, now: Circumstances, markings: list[Marking], item: Item
) -> None:
    plain = dataclasses.replace(item, label=of_marking(Marking.PUBLIC))
    table = pa.table({"id": pa.array(range(len(markings)), pa.int64()), "marking": pa.array([int(m) for m in markings], pa.int64())})
    decided = [decide(who, Action.SEE, dataclasses.replace(plain, label=of_marking(m)), now).is_allowed for m in markings]
    assert sight(who, now).rows(table, plain)["id"].to_pylist() == [number for number, shown in enumerate(decided) if shown]


# ---- what must never be -----------------------------------------------------------------------------------------------------------------


@settings(max_examples=300)
@given(requests())
def test_nobody_decides_opens_or_erases_alone(asked: Request) -> None:
    found = decide(asked.principal, asked.action, asked.item, asked.given)
    assert found.by
    if not found.is_allowed:
        return
    standing, who = asked.given.standing, asked.principal
    if asked.action in QUORUM:
        assert standing is not None
        assert len(standing.required) >= 2
        assert not standing.missing
        assert not standing.is_board_missing
        assert Role.ADMINISTRATOR not in who.roles
    if asked.action is Action.SEE:
        assert asked.item.marking < Marking.SEALED
        assert Role.ADMINISTRATOR not in who.roles or asked.item.marking is Marking.PUBLIC
    if asked.action is Action.REVIEW:
        assert who.name not in asked.item.made_by
        assert who.acting_for not in asked.item.made_by
    if asked.item.is_personal and asked.action not in {
        Action.CODE,
        Action.RETRACT,
        Action.SEAT,
        Action.KEY,
        Action.DELEGATE,
        Action.ADMINISTER,
    }:
        assert any(basis.holds(DAY) and asked.item.scope in basis.scope for basis in asked.given.bases)
    if who.party_kind == "armed-group":
        assert asked.action in {Action.SEE, Action.REPLY}
        assert asked.item.marking is Marking.PUBLIC
    if asked.action in NEEDS_SIGHT:
        assert decide(who, Action.SEE, asked.item, asked.given).is_allowed


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(requests())
def test_an_explanation_holds_what_it_says(asked: Request) -> None:
    found = explain(asked.principal, asked.action, asked.item, asked.given)
    decided = decide(asked.principal, asked.action, asked.item, asked.given)
    assert (found.is_allowed, found.by) == (decided.is_allowed, decided.by)
    assert len({len(group) for group in found.would_change}) <= 1, "only the smallest sets are named"
    assert all(sentence.render("en") for group in found.would_change for sentence in group)
    assert len(found.why()) == len(found.by)
    assert not found.is_allowed or not {DEFAULT, UNSEEN} & set(found.by)
