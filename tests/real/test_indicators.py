"""Publishers' own totals, through the whole way: their file, the source that reads it, the stored records, the indicator."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from veedor.evidence.snapshot import Capture, Snapshot, Stored
from veedor.indicators.answers import run
from veedor.indicators.registry import indicators
from veedor.indicators.series import Series, value_of
from veedor.indicators.tables import RecordTables, open_tables
from veedor.kernel.known import Known, Unknown
from veedor.kernel.months import Period, month
from veedor.sources.registry import sources
from veedor.sources.source import Raw, Source

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("real-indicators")]

CAPTURED = datetime(2026, 3, 1, tzinfo=UTC)
AS_OF = date(2026, 3, 1)
SESNSP = "01_crime_mx/sesnsp/estatal_vintage_"
FILES = {
    "sesnsp-idefc": (f"{SESNSP}2023-08-24.csv", f"{SESNSP}2024-02-21.csv"),
    "sesnsp-rnid": ("01_crime_mx/sesnsp/rnid_estatal_n_2026-02-21.csv",),
    "inegi-homicides": tuple(f"01_crime_mx/inegi_homicides_monthly_municipal/{year}.csv" for year in (2006, 2007)),
    "conapo-population": ("01_crime_mx/population/conapo_pop_states.csv",),
    "rnpdno": tuple(f"01_crime_mx/rnpdno/rnpdno_{part}.csv" for part in ("disappeared_not_located", "located_alive")),
    "cbp-drug-seizures": tuple(
        f"02_cbp/{part}-{years}.csv"
        for part, years in (
            ("nationwide-drugs", "fy19-fy22"),
            ("nationwide-drugs", "fy23-fy26-dec"),
            ("amo-drug-seizures", "fy19-fy22"),
            ("amo-drug-seizures", "fy23-fy26-dec"),
        )
    ),
    "cbp-encounters": ("02_cbp/cbp-nationwide-encounters-fy20-fy23-state.csv",),
    "usbp-months": tuple(f"02_cbp/usbp_monthly_encounters/usbp_monthly_encounters_fy{year}.csv" for year in (2000, 2001)),
    "atf-traces": ("03_atf/atf_trace_by_state_2020-2023_scraped.csv",),
    "ofac-sdn": ("04_sanctions/ofac/sdn_csv_vintages/sdn_2023-11-29.csv",),
    "ucdp-nonstate": ("05_cartels/ucdp/Nonstate_v23_1.csv",),
    "cdc-vsrr": ("06_overdose/VSRR_Provisional_Drug_Overdose_Death_Counts.csv",),
    "worldbank-wgi": ("08_governance/2020_Worldwide_Governance_Indicators_1996-2019t.xlsx",),
    "transparency-cpi": ("08_governance/cpi/cpi.csv",),
    "foreign-assistance": ("08_governance/us_foreign_aid_country.csv",),
    "sat-69b": ("12_mx_corruption/sat_69b/Listado_Completo_69-B_al_30nov2022.csv",),
    "bts-crossings": ("13_border/Border_Crossing_Entry_Data.csv.zip",),
}
STATED = {"sdn_2023-11-29.csv": date(2023, 11, 29)}  # the list itself holds no date; its publisher's page does


@dataclass
class Held:
    """Real files parsed and stored the first time a test needs their source."""

    data: Path
    folder: Path
    snapshots: dict[str, tuple[Snapshot, ...]] = field(default_factory=dict)

    def parquet(self, snapshot: Snapshot, kind: str) -> Path:
        """Where the records of one kind lie."""
        return self.folder / f"{snapshot.digest}-{kind}.parquet"

    def of(self, *names: str) -> tuple[Snapshot, ...]:
        """Every snapshot of these sources."""
        for name in names:
            if name not in self.snapshots:
                self.snapshots[name] = tuple(self._take(sources()[name], self.data / path) for path in FILES[name])
        return tuple(snapshot for name in names for snapshot in self.snapshots[name])

    def _take(self, source: Source, path: Path) -> Snapshot:
        data, stated = path.read_bytes(), STATED.get(path.name)
        digest = hashlib.sha256(data).hexdigest()
        if path.suffix == ".zip":
            with zipfile.ZipFile(path) as archive:
                data = archive.read(archive.namelist()[0])
        parsed = source.parse(Raw(name=path.name, data=data, snapshot=digest, stated=stated))
        assert parsed.unusable == ()
        made = Snapshot(
            digest=digest,
            size=len(data),
            source=source.name,
            controller=source.controller,
            grade=source.grade,
            part=parsed.part,
            covers=parsed.covers,
            vintage=parsed.vintage,
            tables=tuple(Stored(kind=kind, digest="", rows=table.num_rows) for kind, table in parsed.tables.items()),
            notes=(),
            unusable=(),
            reader="test",
            captures=(Capture(at=CAPTURED, name=path.name, address="", stated=stated),),
        )
        for kind, table in parsed.tables.items():
            pq.write_table(table, self.parquet(made, kind))
        return made


@pytest.fixture(scope="module")
def held(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Held:
    return Held(real_data, tmp_path_factory.mktemp("records"))


@pytest.fixture(scope="module")
def tables(held: Held) -> Iterator[RecordTables]:
    """Every file at once, as a full project would hold them."""
    controllers = {name: source.controller for name, source in sources().items()}
    with open_tables(held, held.of(*FILES), AS_OF, controllers) as opened:
        yield opened


def series(tables: RecordTables, name: str, place: str) -> Series:
    found = run(tables, indicators()[name], [place])[place]
    assert isinstance(found, Known), found
    return found.value


def total(found: Series, period: Period) -> Decimal:
    return sum((point.amount for point in found.within(period)), Decimal(0))


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number + 1, 1, 1))


def fiscal(number: int) -> Period:
    return Period(date(number - 1, 10, 1), date(number, 10, 1))


def test_homicide_files_of_2018(held: Held) -> None:
    """29,095 by the vintage of 2023-08-24 (SESNSP), when only that one was held."""
    first, _ = held.of("sesnsp-idefc")
    with open_tables(held, [first], AS_OF, {}) as opened:
        found = series(opened, "homicide_files", "MX")
    assert total(found, year(2018)) == 29095
    assert {(point.reported, point.expected) for point in found.points} == {(32, 32)}
    assert found.points[-1].period == month(2023, 7)  # August to December 2023 are blank in that vintage, not zero


@pytest.mark.parametrize(
    ("name", "place", "period", "wanted"),
    [
        ("homicide_deaths", "MX", year(2007), 8867),  # INEGI
        ("northbound_trucks", "US", year(2018), 6310903),  # BTS
        ("northbound_vehicles", "US", year(2018), 76916275),  # BTS
        ("southwest_encounters", "US", fiscal(2020), 458088),  # CBP
        ("southwest_encounters", "US", fiscal(2021), 1734686),  # CBP
        ("southwest_encounters", "US", fiscal(2022), 2378944),  # CBP
        ("southwest_encounters", "US", fiscal(2023), 2475669),  # CBP
        ("border_apprehensions", "US", fiscal(2000), 1643679),  # USBP
        ("nonstate_conflict_deaths", "MX", year(2022), 14127),  # UCDP 23.1
        ("nonstate_conflict_deaths", "MX", year(2021), 18725),  # UCDP 23.1
        ("aid_obligated", "MX", fiscal(2010), 718087933),  # ForeignAssistance.gov
    ],
)
def test_totals_are_the_publishers(tables: RecordTables, name: str, place: str, period: Period, wanted: int) -> None:
    assert total(series(tables, name, place), period) == wanted


@pytest.mark.parametrize(("fiscal_year", "pounds"), [(2019, 2804), (2021, 11201), (2022, 14700), (2024, 21889)])
def test_fentanyl_is_what_cbp_states_without_air_and_marine(tables: RecordTables, fiscal_year: int, pounds: int) -> None:
    found = series(tables, "fentanyl_seized", "US")
    assert total(found, fiscal(fiscal_year)).quantize(Decimal(1)) == pounds
    assert {use.source for use in found.uses} == {"cbp-drug-seizures"}
    assert len(found.uses) == 2  # the two nationwide files; the two of Air and Marine Operations are no support


def test_rule_of_law_of_2019(tables: RecordTables) -> None:
    point = series(tables, "rule_of_law", "MX").points[-1]
    assert point.period == year(2019)
    assert point.amount.quantize(Decimal("0.001")) == Decimal("-0.658")  # World Bank, 2020 update
    assert point.low is not None
    assert point.high is not None
    assert point.low < point.amount < point.high


def test_overdose_windows_are_taken_one_by_one(tables: RecordTables) -> None:
    found = series(tables, "overdose_deaths", "US")
    by_end = {point.period.ends: point.amount for point in found.points}
    assert by_end[date(2018, 1, 1)] == 70699  # CDC, twelve months to December 2017, as reported


def test_population_of_mid_2018(tables: RecordTables) -> None:
    found = {point.period: point.amount for point in series(tables, "population", "MX").points}
    assert found[month(2018, 7)] == 125995825  # CONAPO


def test_rate_is_files_over_people(tables: RecordTables) -> None:
    rate, files, people = (series(tables, name, "MX") for name in ("homicide_rate", "homicide_files", "population"))
    counted = {point.period: point.amount for point in files.points}
    living = {point.period: point.amount for point in people.points}
    for point in rate.points:
        assert (point.amount, point.base) == (counted[point.period], living[point.period])
    point = next(point for point in rate.points if point.period == month(2018, 7))
    assert value_of(rate.indicator, point) == point.amount / point.base * 100000 * 12  # type: ignore[operator]  # a rate has a base


def test_a_newer_vintage_supersedes_and_is_named(tables: RecordTables, held: Held) -> None:
    old, new = held.of("sesnsp-idefc")
    found = series(tables, "homicide_files", "MX")
    assert [use.snapshot for use in found.uses] == [new.digest]
    assert any(old.digest[:12] in str(sentence) for sentence in found.left_out)


def test_methods_are_never_one_series(tables: RecordTables) -> None:
    before, after = series(tables, "homicide_files", "MX"), series(tables, "homicide_files_rnid", "MX")
    assert before.points[-1].period.ends <= date(2026, 1, 1) <= after.points[0].period.starts


def test_missing_persons_add_up_without_the_publishers_totals(tables: RecordTables) -> None:
    found = series(tables, "missing_persons", "MX")
    everywhere = run(tables, indicators()["missing_persons"])
    states = [one.value for place, one in everywhere.items() if len(place) == 4 and isinstance(one, Known)]
    assert len(states) == 32
    by_state = sum((total(one, year(2019)) for one in states), Decimal(0))
    assert 0 <= total(found, year(2019)) - by_state < 30  # people of no known state are in the national figure only


def test_shell_companies_count_each_taxpayer_once(tables: RecordTables) -> None:
    found = series(tables, "shell_company_listings", "MX")
    assert 11000 < total(found, Period(date(2014, 1, 1), date(2022, 12, 1))) < 12166  # definitive rows, some published anew
    assert found.points[-1].period == month(2022, 11)


def test_designations_are_of_the_day_of_the_list(tables: RecordTables) -> None:
    found = series(tables, "designations_listed", "US")
    assert [point.period.starts for point in found.points] == [date(2023, 11, 29)]
    assert found.points[0].amount > 1000


def test_shares_are_between_nought_and_one_hundred(tables: RecordTables) -> None:
    for name, place in (
        ("firearm_homicide_share", "MX"),
        ("other_life_crimes_share", "MX"),
        ("traced_guns_out_of_state_share", "US"),
        ("short_time_to_crime_share", "US"),
    ):
        found = series(tables, name, place)
        assert all(0 <= value_of(found.indicator, point) <= 100 for point in found.points)


def test_every_built_in_answers_or_says_why_not(tables: RecordTables) -> None:
    for indicator in indicators().values():
        found = run(tables, indicator)[indicator.place]
        if indicator.sources and not set(indicator.sources) & {"conapo-population"} and indicator.name != "delistings":
            assert isinstance(found, Known), (indicator.name, found)
        if not indicator.sources:
            assert isinstance(found, Unknown), indicator.name
