"""The real files of Mexican publishers: official totals, and every trap that lies in them.

Totals are facts with publisher and date. SESNSP, cut of 2023-08-24: 29,095 investigation files of intentional homicide opened in
2018. INEGI, deaths registered in 2007: 8,867 homicides. INEGI, census of 2020: 126,014,024 people. CONAPO, middle of 2018:
125,995,825 people; of 2020: 128,209,170.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from veedor.kernel.registry import Registry
from veedor.sources import (
    conapo_population,
    inegi_census,
    inegi_homicides,
    inegi_municipalities,
    rnpdno,
    sesnsp_idefc,
    sesnsp_rnid,
)
from veedor.sources.errors import NotRecognisedError
from veedor.sources.recognise import recognise
from veedor.sources.source import Parsed, Raw
from veedor.sources.unpack import unpack

pytestmark = pytest.mark.real

MODULES = (conapo_population, inegi_census, inegi_homicides, inegi_municipalities, rnpdno, sesnsp_idefc, sesnsp_rnid)
REGISTRY = Registry("source", {module.SOURCE.name: module.SOURCE for module in MODULES})
AUGUST, FEBRUARY_8, FEBRUARY_21 = (f"sesnsp/estatal_vintage_{day}.csv" for day in ("2023-08-24", "2024-02-08", "2024-02-21"))
SPOILT, RNID, TOWNS = (
    "sesnsp/IDEFC_NM_mar22.csv",
    "sesnsp/rnid_estatal_n_2026-02-21.csv",
    "sesnsp/municipal_gto_homicidios_2020_2025_raw.csv",
)

Take = Callable[[str], Parsed]


@pytest.fixture(scope="module")
def take(real_data: Path) -> Take:
    """Take in a file of 01_crime_mx the way the program does: unpack, recognise, parse; each once."""
    taken: dict[str, Parsed] = {}

    def taking(path: str) -> Parsed:
        if path not in taken:
            (member,) = unpack(Path(path).name, (real_data / "01_crime_mx" / path).read_bytes())
            source = recognise(member.name, member.data, REGISTRY)
            taken[path] = source.parse(Raw(name=member.name, data=member.data, snapshot="0" * 64))
            assert not taken[path].unusable
        return taken[path]

    return taking


def where(table: pa.Table, **wanted: object) -> pa.Table:
    for name, value in wanted.items():
        table = table.filter(pc.equal(table[name], value))
    return table


def of_year(table: pa.Table, year: int) -> pa.Table:
    return table.filter(pc.equal(pc.year(table["valid_from"]), year))


def added(table: pa.Table, name: str = "count") -> int:
    return int(pc.sum(table[name]).as_py() or 0)


def sentences(parsed: Parsed) -> str:
    return " ".join(note.sentence.render("en") for note in parsed.notes)


def source_of(parsed: Parsed) -> set[str]:
    return {name for table in parsed.tables.values() for name in table["source"].unique().to_pylist()}


def test_files_of_intentional_homicide_2018_in_the_vintage_of_august_2023(take):
    found = take(AUGUST)
    assert added(of_year(where(found.tables["incidence"], category="homicide-intentional"), 2018)) == 29_095
    assert found.tables["incidence"].num_rows == 28_224 * 12
    assert set(where(found.tables["incidence"], category="homicide-intentional")["measure"].to_pylist()) == {"investigation-files"}


def test_trap_1_blank_is_not_zero(take):
    found = take(AUGUST)
    late = found.tables["incidence"].filter(pc.greater_equal(found.tables["incidence"]["valid_from"], date(2023, 8, 1)))
    assert set(late["status"].to_pylist()) == {"not-reported"}
    assert late["count"].null_count == late.num_rows == 3_136 * 5
    assert (found.covers.ends, found.vintage) == (date(2023, 8, 1), date(2023, 7, 31))
    assert "15,680 monthly figures lie after 2023-07-31" in sentences(found)


def test_trap_2_months_are_revised_between_vintages(take):
    def intentional(path: str, year: int) -> int:
        return added(of_year(where(take(path).tables["incidence"], category="homicide-intentional"), year))

    assert [intentional(path, 2018) for path in (SPOILT, AUGUST, FEBRUARY_21)] == [29_097, 29_095, 29_095]
    assert [intentional(path, 2023) for path in (FEBRUARY_8, FEBRUARY_21)] == [25_271, 25_276]
    assert [take(path).vintage for path in (SPOILT, AUGUST, FEBRUARY_8, FEBRUARY_21)] == [
        date(2022, 3, 31),
        date(2023, 7, 31),
        date(2023, 12, 31),
        date(2024, 1, 31),
    ]
    assert {take(path).part for path in (SPOILT, AUGUST, FEBRUARY_8, FEBRUARY_21)} == {"states"}


def test_trap_3_the_two_methods_are_told_apart_and_have_55_and_79_subtypes(take):
    old, new = take(FEBRUARY_21), take(RNID)
    assert (source_of(old), source_of(new)) == ({"sesnsp-idefc"}, {"sesnsp-rnid"})
    assert len(pc.unique(old.tables["incidence"]["subcategory"])) == 55
    assert len(pc.unique(new.tables["incidence"]["subcategory"])) == 79
    assert "in neither known catalogue" not in sentences(old) + sentences(new)
    assert set(new.tables["incidence"]["method"].to_pylist()) == {"rnid-2026"}
    assert (new.covers.starts, new.covers.ends) == (date(2026, 1, 1), date(2026, 2, 1))
    assert added(where(new.tables["incidence"], category="homicide-intentional")) == 1_369


def test_trap_3_both_methods_in_one_file_are_unusable(real_data):
    folder = real_data / "01_crime_mx"
    data = (folder / AUGUST).read_bytes() + (folder / RNID).read_bytes().partition(b"\n")[2]
    source = recognise("both.csv", data, REGISTRY)
    (problem,) = source.parse(Raw(name="both.csv", data=data, snapshot="0")).unusable
    assert (source.name, problem.code, problem.line) == ("sesnsp-idefc", "SRC020", 28_226)


def test_trap_3_files_and_death_certificates_are_different_counts(take):
    """Where both exist for a year they are two figures with two measures; the years here do not even overlap."""
    files = take(AUGUST).tables["incidence"]["measure"].unique().to_pylist()
    deaths = take("inegi_homicides_monthly_municipal/2007.csv").tables["incidence"]["measure"].unique().to_pylist()
    persons = take("rnpdno/rnpdno_located_alive.csv").tables["incidence"]["measure"].unique().to_pylist()
    assert (files, deaths, persons) == (["investigation-files"], ["death-certificates"], ["persons"])


def test_trap_5_the_spoilt_copy_is_mended_and_agrees_with_the_other_vintages(take):
    spoilt, august = take(SPOILT), take(AUGUST)
    assert "restored exactly" in sentences(spoilt)
    keys = ["place", "category", "subcategory", "modality", "valid_from"]
    mine = spoilt.tables["incidence"].filter(pc.is_valid(spoilt.tables["incidence"]["count"])).select([*keys, "count"])
    theirs = august.tables["incidence"].select([*keys, "count"]).rename_columns([*keys, "later"])
    joined = mine.join(theirs, keys)
    assert joined.num_rows == mine.num_rows == 272_832
    assert joined["later"].null_count == 0  # every word was mended: each cell finds its counterpart
    revised = joined.filter(pc.not_equal(joined["count"], joined["later"]))
    assert revised.num_rows == 617
    assert not {2015, 2017} & set(pc.year(revised["valid_from"]).to_pylist())


def test_trap_5_december_as_a_decimal_number_and_the_municipal_layout(take):
    found = take(TOWNS)
    made = found.tables["incidence"]
    assert (source_of(found), found.part) == ({"sesnsp-idefc"}, "municipalities-mx11")
    assert '2,070 counts are written with a decimal point ("12.0")' in sentences(found)
    december = made.filter(pc.equal(made["valid_from"], date(2020, 12, 1)))
    assert december["count"].null_count == 0
    assert added(december) > 0
    assert found.covers.ends == date(2025, 12, 1)
    assert made["place"].to_pylist()[0] == "MX11001"


@pytest.fixture(scope="module")
def years(real_data: Path) -> list[str]:
    folder = real_data / "01_crime_mx" / "inegi_homicides_monthly_municipal"
    found = sorted(path.stem for path in folder.glob("*.csv"))
    assert found
    return found


def test_deaths_by_homicide_registered_in_2007(take):
    made = take("inegi_homicides_monthly_municipal/2007.csv").tables["incidence"]
    assert added(where(made, status="reported")) == 8_867
    assert added(where(made, status="total", row=7)) == 8_867


# What INEGI prints as the total of each year of registration.
INEGI = {
    1990: 14_493, 1991: 15_128, 1992: 16_594, 1993: 16_040, 1994: 15_839, 1995: 15_612, 1996: 14_505, 1997: 13_552, 1998: 13_656,
    1999: 12_249, 2000: 10_737, 2001: 10_285, 2002: 10_088, 2003: 10_087, 2004: 9_329, 2005: 9_921, 2006: 10_452, 2007: 8_867,
}  # fmt: skip


def test_trap_7_every_year_of_inegi_adds_up_to_its_own_totals_with_formulas_and_commas(take, years):
    assert {int(year) for year in years} >= set(INEGI)
    for year in years:
        found = take(f"inegi_homicides_monthly_municipal/{year}.csv")
        made = found.tables["incidence"]
        towns, totals = where(made, status="reported"), where(made, status="total")
        national = totals.filter(pc.equal(totals["row"], pc.min(totals["row"])))
        assert added(towns) == added(national) == INEGI.get(int(year), added(national))
        states = totals.filter(pc.equal(pc.utf8_length(totals["place"]), 4))
        by_state = dict(zip(*states.group_by("place").aggregate([("count", "sum")]).to_pydict().values(), strict=True))
        in_states = towns.append_column("state", pc.utf8_slice_codeunits(towns["place"], 0, 4))
        by_town = dict(zip(*in_states.group_by("state").aggregate([("count", "sum")]).to_pydict().values(), strict=True))
        assert len(by_state) == 32
        assert {state: by_town.get(state, 0) for state in by_state} == by_state
        assert (found.covers.starts, found.covers.ends) == (date(int(year), 1, 1), date(int(year) + 1, 1, 1))
        assert "33 state keys are written as a spreadsheet formula" in sentences(found)


def test_trap_10_the_number_of_municipalities_drifts(take, real_data):
    catalogue = inegi_municipalities.SOURCE.parse(
        Raw(name="a", data=(real_data / "07_geo" / "inegi_ageeml_catalog.csv").read_bytes(), snapshot="0")
    )
    for parsed, count in (
        (catalogue, "2,478"),
        (take("population/lapanquecita_poblacion.csv"), "2,475"),
        (take("population/inegi_censo_2020_municipal.csv"), "2,469"),
        (take("inegi_homicides_monthly_municipal/1990.csv"), "1,441"),
    ):
        assert f"{count} municipalities are named in this file" in sentences(parsed)
    known = set(catalogue.tables["entity"]["place"].to_pylist())
    projected = set(take("population/lapanquecita_poblacion.csv").tables["statistic"]["place"].to_pylist())
    assert known - projected == {"MX24059", "MX25019", "MX25020"}


def test_the_census_of_2020(take):
    found = take("population/inegi_censo_2020_municipal.csv")
    made = found.tables["statistic"]
    assert added(where(made, place="MX"), "value") == 126_014_024
    assert added(where(made, status="reported"), "value") == 126_014_024
    assert where(made, status="total").num_rows == 33


def test_conapo_in_the_middle_of_2018_and_2020_by_both_tables(take):
    states = take("population/conapo_pop_states.csv").tables["statistic"]
    towns = take("population/lapanquecita_poblacion.csv").tables["statistic"]
    for year, people in ((2018, 125_995_825), (2020, 128_209_170)):
        assert added(where(states, valid_from=date(year, 7, 1)), "value") == people
        assert added(where(towns, valid_from=date(year, 1, 1)), "value") == people
    assert set(states["status"].to_pylist()) == set(towns["status"].to_pylist()) == {"estimated"}
    assert "MX" not in states["place"].to_pylist()
    assert take("population/conapo_pop_states.csv").vintage is None


# Persons by year of disappearance, as the totals of the rows give them (register consulted in 2026).
RNPDNO = {"rnpdno_disappeared_not_located": ("not-located", 13_109), "rnpdno_located_alive": ("located-alive", 20_174)}


@pytest.mark.parametrize("name", RNPDNO)
def test_trap_8_parts_of_the_register_are_apart_and_totals_are_not_added(take, name):
    found = take(f"rnpdno/{name}.csv")
    part, persons = RNPDNO[name]
    made = found.tables["incidence"]
    assert found.part == part
    assert set(made["subcategory"].to_pylist()) == {part}
    assert added(of_year(where(made, status="reported"), 2025)) == persons
    assert added(of_year(where(made, status="total"), 2025)) == persons
    assert (found.covers.starts, found.covers.ends) == (date(2015, 1, 1), date(2026, 1, 1))
    assert "rows name no state" in sentences(found)
    assert "INEGI does not use" not in sentences(found)


def test_trap_8_parts_in_one_file_are_unusable(real_data):
    folder = real_data / "01_crime_mx" / "rnpdno"
    first, second = ((folder / f"{name}.csv").read_bytes() for name in RNPDNO)
    parsed = rnpdno.SOURCE.parse(Raw(name="a", data=first + second.partition(b"\n")[2], snapshot="0"))
    assert [problem.code for problem in parsed.unusable] == ["SRC021"]


def test_every_file_of_these_publishers_is_recognised_by_exactly_one_source_and_the_rest_by_none(real_data):
    owners = {
        "sesnsp/": {"IDEFC_NM_mar22.csv", "estatal_vintage", "rnid_estatal", "municipal_gto"},
        "inegi_homicides_monthly_municipal/": {""},
        "rnpdno/": {""},
        "population/": {"conapo_pop_states.csv", "lapanquecita_poblacion.csv", "inegi_censo"},
    }
    for path in sorted((real_data / "01_crime_mx").rglob("*.*")):
        if path.name == "SOURCES.md":
            continue
        name = path.relative_to(real_data / "01_crime_mx").as_posix()
        ours = any(name.startswith(folder + start) for folder, starts in owners.items() for start in starts)
        (member,) = unpack(path.name, path.read_bytes())
        if ours:
            assert recognise(member.name, member.data, REGISTRY).name in REGISTRY
        else:
            with pytest.raises(NotRecognisedError):
                recognise(member.name, member.data, REGISTRY)


def test_each_row_cites_its_line(take, real_data):
    lines = (real_data / "01_crime_mx" / AUGUST).read_bytes().decode("latin-1").split("\r\n")
    made = take(AUGUST).tables["incidence"]
    for at in (0, 100_000, made.num_rows - 1):
        row = made.slice(at, 1).to_pylist()[0]
        cells = lines[row["row"] - 1].split(",")
        assert cells[0] == str(row["valid_from"].year)
        assert (cells[5], cells[6]) == (row["subcategory"], row["modality"])
        assert cells[6 + row["valid_from"].month] == ("" if row["count"] is None else str(row["count"]))


def test_a_renamed_column_keeps_the_file_with_its_source(real_data):
    data = (real_data / "01_crime_mx" / AUGUST).read_bytes().replace(b"Modalidad", b"Modalidades", 1)
    source = recognise("a.csv", data, REGISTRY)
    parsed = source.parse(Raw(name="a.csv", data=data, snapshot="0"))
    assert source.name == "sesnsp-idefc"
    assert [(p.code, dict(p.values)["like"]) for p in parsed.unusable] == [("SRC010", "Modalidades")]
