"""CONAPO's estimates: two tables, two parts, never a national row, always marked as estimates."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from veedor.sources import conapo_population
from veedor.sources.source import Parsed, Raw, Sample

STATES = b'"state_code","date","population"\n1,2030-06-01,1500000\n1,2030-07-01,1500100\n32,2030-07-01,900000\n'
TOWNS = (
    "CVE,Entidad,Municipio,2018,2019,2020,2021,2022\n"
    "01001,Aguascalientes,Aguascalientes,10,11,12,13,14\n15033,Estado de México,Ecatepec,20,21,22,23,24\n"
).encode()


def parse(data: bytes, stated: date | None = None) -> Parsed:
    return conapo_population.SOURCE.parse(Raw(name="a.csv", data=data, snapshot="f" * 64, stated=stated))


def recognised(data: bytes) -> bool:
    return conapo_population.SOURCE.recognise(Sample(name="a.csv", head=data, size=len(data)))


def codes(parsed: Parsed) -> set[str]:
    return {problem.code for problem in parsed.unusable}


def test_states_by_month_are_estimates_without_a_vintage_of_their_own():
    assert recognised(STATES)
    parsed = parse(STATES)
    made = parsed.tables["statistic"].to_pylist()
    assert [(r["place"], r["value"], r["valid_from"], r["valid_to"]) for r in made] == [
        ("MX01", Decimal(1500000), date(2030, 6, 1), date(2030, 7, 1)),
        ("MX01", Decimal(1500100), date(2030, 7, 1), date(2030, 8, 1)),
        ("MX32", Decimal(900000), date(2030, 7, 1), date(2030, 8, 1)),
    ]
    assert {(r["series"], r["status"], r["unit"]) for r in made} == {("population", "estimated", "people")}
    assert (parsed.part, parsed.vintage) == ("states", None)
    assert parse(STATES, stated=date(2024, 2, 5)).vintage == date(2024, 2, 5)
    assert any("2 of 32 states" in note.sentence.render("en") for note in parsed.notes)


def test_municipalities_by_year_are_another_series_and_another_part():
    assert recognised(TOWNS)
    parsed = parse(TOWNS)
    made = {r["id"]: r for r in parsed.tables["statistic"].to_pylist()}
    assert len(made) == 10
    row = made["3:2020"]
    assert (row["place"], row["value"], row["series"]) == ("MX15033", Decimal(22), "population-municipal")
    assert (row["valid_from"], row["valid_to"], row["status"]) == (date(2020, 1, 1), date(2021, 1, 1), "estimated")
    assert parsed.part == "municipalities"
    assert not any(r["place"] == "MX" for r in made.values())


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (STATES.replace(b"2030-06-01", b"2030-06-02"), "SRC034"),
        (STATES.replace(b"2030-06-01", b"06/01/2030"), "SRC034"),
        (STATES.replace(b"32,2030", b"33,2030"), "SRC024"),
        (STATES.replace(b"900000", b"many"), "SRC030"),
        (STATES.replace(b"900000", b""), "SRC038"),
        (STATES.replace(b"2030-06-01", b"2030-07-01"), "SRC023"),
        (TOWNS.replace(b"15033", b"5033"), "SRC024"),
        (TOWNS.replace(b"15033", b"99033"), "SRC024"),
        (TOWNS.replace(b"15033", b"01001"), "SRC023"),
        (TOWNS.replace(b"Entidad", b"Estado"), "SRC010"),
        (TOWNS.replace(b",22,", b",-22,"), "SRC030"),
        (TOWNS.replace(b",2019,", b",2018,"), "SRC039"),
        (STATES.replace(b"2030-06-01", b"9999-12-01"), "SRC034"),
    ],
)
def test_what_cannot_be_trusted_makes_the_file_unusable(data, code):
    parsed = parse(data)
    assert code in codes(parsed)
    assert parsed.tables == {}


def test_a_table_with_some_other_columns_is_not_claimed():
    assert not recognised(b"date,population\n2020-01-01,4\n")
    assert not recognised(b"CVE,Entidad,Municipio,2018\n01001,a,b,3\n")
    assert not recognised(b"")
