"""The files of the starter project: made the same everywhere, in the publishers' own formats, and of nobody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from veedor.evidence.store import Store
from veedor.indicators.answers import run
from veedor.indicators.registry import indicators
from veedor.indicators.tables import open_tables
from veedor.kernel.known import Known
from veedor.records.kinds import KINDS
from veedor.sources.registry import sources
from veedor.sources.taking import Offered, OwnSheet, Received, take, take_sheet
from veedor.starter import contents, draws, lists, make, official
from veedor.starter.contents import File

TAKEN_AT = datetime(2024, 6, 30, 12, tzinfo=UTC)
LARGEST, ALL = 600_000, 900_000  # bytes
EXPECTED = {  # the source that must recognise each publisher's file, and the kinds of record it must give
    "synthetic-sesnsp-idefc.csv": ("sesnsp-idefc", {"incidence"}),
    "synthetic-conapo-population.csv": ("conapo-population", {"statistic"}),
    "synthetic-rnpdno-not-located.csv": ("rnpdno", {"incidence"}),
    "synthetic-rnpdno-located-alive.csv": ("rnpdno", {"incidence"}),
    "synthetic-cbp-drug-seizures.csv": ("cbp-drug-seizures", {"incidence"}),
    "synthetic-cbp-encounters.csv": ("cbp-encounters", {"incidence"}),
    "synthetic-cdc-vsrr.csv": ("cdc-vsrr", {"incidence"}),
    "synthetic-foreign-assistance.csv": ("foreign-assistance", {"disbursement"}),
    "synthetic-atf-traces.csv": ("atf-traces", {"trace"}),
    "synthetic-ofac-sdn-2019-06-28.csv": ("ofac-sdn", {"entity", "listing"}),
    "synthetic-ofac-sdn-2022-06-15.csv": ("ofac-sdn", {"entity", "listing"}),
    "synthetic-ofac-sdn-2024-06-14.csv": ("ofac-sdn", {"entity", "listing"}),
    "synthetic-sat-69b.csv": ("sat-69b", {"entity", "listing"}),
    "synthetic-ucdp-nonstate.csv": ("ucdp-nonstate", {"event"}),
}
named = pytest.mark.parametrize("file", contents.FILES, ids=lambda file: file.name)


@named
def test_what_ships_is_what_is_made(file: File) -> None:
    assert file.read() == file.make(), "run: just starter"


def test_nothing_else_ships() -> None:
    assert {path.name for path in make.FOLDER.iterdir()} == {file.name for file in contents.FILES}


def test_the_files_are_small() -> None:
    sizes = {file.name: len(file.read()) for file in contents.FILES}
    assert {name: size for name, size in sizes.items() if size > LARGEST} == {}
    assert sum(sizes.values()) < ALL


@named
def test_names_say_what_is_made_up(file: File) -> None:
    assert file.name.startswith("official-totals-" if file in contents.OFFICIAL else "synthetic-")
    assert file.published <= TAKEN_AT.date() or file in contents.OFFICIAL


def _taken(store: Store, file: File) -> Received:
    offered = Offered(name=file.name, data=file.read(), stated=file.published)
    if file.kind:
        return take_sheet(store, offered, OwnSheet(kind=file.kind, controller=file.controller, grade=file.grade), TAKEN_AT)
    return take(store, sources(), offered, TAKEN_AT)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Every file of the starter project, taken in."""
    made = Store(tmp_path_factory.mktemp("evidence"))
    for file in contents.FILES:
        _taken(made, file)
    return made


def test_every_publisher_is_recognised_by_its_own_source() -> None:
    assert {file.name for file in contents.PUBLISHERS} == set(EXPECTED)


@pytest.mark.parametrize("file", contents.PUBLISHERS, ids=lambda file: file.name)
def test_a_publishers_file_is_read_whole(file: File, tmp_path: Path) -> None:
    received = _taken(Store(tmp_path), file)
    snapshot = received.taken.snapshot
    assert snapshot.unusable == ()
    assert (received.source, {stored.kind for stored in snapshot.tables}) == EXPECTED[file.name]
    assert received.rows > 0
    assert snapshot.known_from == file.published
    assert snapshot.covers is not None


@pytest.mark.parametrize("file", [*contents.SHEETS, *contents.OFFICIAL], ids=lambda file: file.name)
def test_a_sheet_is_read_without_a_doubt(file: File, tmp_path: Path) -> None:
    snapshot = _taken(Store(tmp_path), file).taken.snapshot
    assert [stored.kind for stored in snapshot.tables] == [file.kind]
    assert file.kind in KINDS
    assert (snapshot.controller, snapshot.known_from) == (file.controller, file.published)


def _rows(store: Store, kind: str) -> Iterator[dict[str, object]]:
    for snapshot in store.snapshots():
        if any(stored.kind == kind for stored in snapshot.tables):
            yield from pq.read_table(store.parquet(snapshot, kind)).to_pylist()


def test_nobody_on_the_lists_is_a_person(store: Store) -> None:
    entries = [*_rows(store, "entity"), *_rows(store, "listing")]
    assert len(entries) > 100
    assert {entry["schema"] for entry in entries} == {"Organization"}
    assert [entry["caption"] for entry in _rows(store, "entity") if "EJEMPLO" not in str(entry["caption"])] == []


def test_a_month_not_yet_reported_is_blank_and_not_zero(store: Store) -> None:
    silent = [row for row in _rows(store, "incidence") if row["place"] == "MX06" and row["source"] == "sesnsp-idefc"]
    [newest] = {row["status"] for row in silent if row["valid_from"] == date(2024, 5, 1)}
    assert newest == "not-reported"
    assert {row["count"] for row in silent if row["valid_from"] == date(2024, 5, 1)} == {None}
    assert {row["status"] for row in silent if row["valid_from"] == date(2024, 4, 1)} == {"reported"}


def test_official_totals_are_facts_with_publisher_unit_and_day() -> None:
    assert len(official.FACTS) >= 10
    assert [fact for fact in official.FACTS if not (fact.publisher and fact.unit and fact.edition and fact.title)] == []
    assert {fact.controller for fact in official.FACTS} == set(official.SHEETS)
    values = {(fact.indicator, fact.when): fact.value for fact in official.FACTS}
    assert values["homicide_files", "2018"] == "29095"
    assert values["fentanyl_seized", "FY2024"] == "21889"
    assert values["population", "2020-03-15"] == "126014024"


def test_official_totals_enter_no_indicator(store: Store) -> None:
    """Every series is the same with them and without them."""
    theirs = {f"user:{file.name}" for file in contents.OFFICIAL}
    day = date(2026, 6, 30)  # on which all of them are known
    everything = store.snapshots()
    answers = []
    for snapshots in (everything, [one for one in everything if one.source not in theirs]):
        with open_tables(store, snapshots, day, {}) as tables:
            found = {name: run(tables, one) for name, one in indicators().items() if "statistic" in one.kinds}
        answers.append({(name, place): _figures(series) for name, by_place in found.items() for place, series in by_place.items()})
    assert answers[0] == answers[1]
    assert any(points for points in answers[0].values())


def _figures(found: object) -> object:
    return found.value.points if isinstance(found, Known) else ()


def test_draws_are_what_they_were() -> None:
    """The rule as anyone can check it with a tool of their own: `printf 'a|1' | sha256sum`, first eight bytes, modulo the limit."""
    assert draws.draw(1000, "a", 1) == 0xDF4504CE92500FE8 % 1000
    assert draws.draw(1000, "a", 1) != draws.draw(1000, "a", 2)


def test_counts_scatter_as_counts_do() -> None:
    drawn = [draws.scatter(100_000, "scatter", place) for place in range(2000)]
    mean = sum(drawn) / len(drawn)
    variance = sum((one - mean) ** 2 for one in drawn) / len(drawn)
    assert 99 < mean < 101
    assert 85 < variance < 115
    assert draws.scatter(0, "nothing") == 0


def test_a_curve_runs_straight_between_its_years() -> None:
    curve = {2020: 1000, 2021: 1120}
    assert [draws.level(curve, *when) for when in ((2019, 1), (2020, 7), (2021, 1), (2021, 7), (2024, 1))] == [1000, 1000, 1060, 1120, 1120]


def test_the_season_adds_up_to_a_year() -> None:
    assert sum(draws.SEASON) == 12_000


def test_firms_leave_the_list_and_others_come() -> None:
    first, *_, last = lists.LIST_DAYS.values()
    assert last[0] > first[0]
    assert last[1] > first[1]
