"""Windows of one source and part never share a day, cover whatever any usable known vintage covers, and give each day to the newest."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from veedor.evidence.snapshot import Capture, Snapshot
from veedor.indicators.series import SnapshotUse
from veedor.indicators.windows import newness, remaining, select
from veedor.kernel.errors import Problem
from veedor.kernel.months import Period

START = date(2020, 1, 1)
SPAN = 120  # days: short, so that every day can be looked at
days = st.integers(0, SPAN).map(lambda number: START + timedelta(days=number))
periods = st.tuples(days, st.integers(1, 40)).map(lambda pair: Period(pair[0], pair[0] + timedelta(days=pair[1])))
PROBLEM = Problem(1, 1, "SRC037", "no rows")


@st.composite
def snapshots(draw: st.DrawFn) -> list[Snapshot]:
    made = []
    for number in range(draw(st.integers(0, 8))):
        stated = draw(st.none() | days)
        captured = draw(days)
        made.append(
            Snapshot(
                digest=f"{number:064d}",
                size=1,
                source=draw(st.sampled_from(["sesnsp-idefc", "user:sheet.csv"])),
                controller="MX",
                grade="B2",
                part=draw(st.sampled_from(["", "states"])),
                covers=draw(st.none() | periods),
                vintage=draw(st.none() | days),
                tables=(),
                notes=(),
                unusable=draw(st.sampled_from([(), (PROBLEM,)])),
                reader="test",
                captures=(
                    Capture(at=datetime(captured.year, captured.month, captured.day, tzinfo=UTC), name="f", address="", stated=stated),
                ),
            )
        )
    return made


def in_use(snapshot: Snapshot, as_of: date) -> bool:
    return snapshot.known_from <= as_of and snapshot.is_usable and snapshot.covers is not None


@given(snapshots(), days)
def test_each_day_belongs_to_the_newest_vintage_that_covers_it(held: list[Snapshot], as_of: date) -> None:
    uses = select(held, as_of).uses
    for family in {(one.source, one.part) for one in held}:
        of_family = [one for one in held if (one.source, one.part) == family]
        by_digest = {one.digest: one for one in of_family}
        windows = [use for use in uses if use.snapshot in by_digest]
        for number in range(SPAN + 41):
            day = START + timedelta(days=number)
            holding = [one for one in of_family if in_use(one, as_of) and one.covers is not None and one.covers.contains(day)]
            given_to = [use.snapshot for use in windows if use.window.contains(day)]
            assert given_to == ([max(holding, key=newness).digest] if holding else [])


@given(snapshots(), days)
def test_every_snapshot_is_used_or_left_out_with_a_reason(held: list[Snapshot], as_of: date) -> None:
    selection = select(held, as_of)
    used, left = {use.snapshot for use in selection.uses}, [one.snapshot for one in selection.left_out]
    assert sorted([*used, *left]) == sorted(one.digest for one in held)
    assert all(one.sentence.render("en") for one in selection.left_out)


@given(snapshots(), days, st.randoms(use_true_random=False))
def test_the_order_of_taking_in_says_nothing(held: list[Snapshot], as_of: date, chance: object) -> None:
    shuffled = list(held)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis' own kind of Random
    assert select(shuffled, as_of) == select(held, as_of)


@given(periods, st.lists(periods, max_size=6))
def test_what_remains_is_what_nobody_took(whole: Period, taken: list[Period]) -> None:
    left = remaining(whole, taken)
    assert all(one.ends < other.starts for one, other in pairwise(left))  # never adjoining: each as long as can be
    for number in range(whole.days):
        day = whole.starts + timedelta(days=number)
        assert any(one.contains(day) for one in left) != any(other.contains(day) for other in taken)


def test_uses_carry_what_a_verdict_cites() -> None:
    assert {"snapshot", "source", "controller", "grade", "known_from", "window"} == set(SnapshotUse.__dataclass_fields__)
