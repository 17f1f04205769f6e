"""The corruption index, on an invented table in the layout of the gathered one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from veedor.records.kinds import check
from veedor.sources.source import Parsed, Raw, Sample
from veedor.sources.transparency_cpi import SOURCE, place_of

YEARS = list(range(1995, 2018))


def line(name: str, **scores: float) -> str:
    return ",".join([name, *(str(scores.get(f"y{year}", 0.0)) for year in YEARS)])


LINES = [
    ",".join(["country", *map(str, YEARS)]),
    line("Mexico", y1995=3.18, y2011=2.971, y2012=3.4),
    line("USA", y1995=7.79),
    line("United States", y2009=7.5, y2012=7.3),
    line("The United States Of America", y2016=7.4),
    line("Côte d´Ejemplo", y1999=2.0),
    line("GLOBAL AVARAGE", y2017=4.307),
]
DATA = "\r\r\n".join([*LINES, ""]).encode("latin-1")


def parse(data: bytes) -> Parsed:
    return SOURCE.parse(Raw(name="cpi.csv", data=data, snapshot="ab"))


def rows(parsed: Parsed) -> dict[tuple[str, int], dict[str, object]]:
    return {(row["place"], row["valid_from"].year): row for row in check("statistic", parsed.tables["statistic"]).to_pylist()}


def test_the_table_is_recognised_and_other_tables_of_years_are_not() -> None:
    assert SOURCE.recognise(Sample(name="x", head=DATA, size=len(DATA)))
    people = b"CVE,Entidad,Municipio,1990,1991,1992,1993,1994,1995,1996\n1,Norte,Ejemplo,1,2,3,4,5,6,7\n"
    assert not SOURCE.recognise(Sample(name="cpi.csv", head=people, size=len(people)))


def test_missing_written_as_zero_is_never_a_score_of_zero() -> None:
    found = rows(parse(DATA))
    assert found["MX", 1996]["value"] is None
    assert found["MX", 1996]["status"] == "not-reported"
    assert found["MX", 1995]["value"] == Decimal("3.18")
    assert not any(row["value"] == 0 for row in found.values())
    assert any(note.sentence.code == "src.cpi-missing" for note in parse(DATA).notes)


def test_spellings_of_one_country_are_one_series() -> None:
    found = rows(parse(DATA))
    us = {year: row["value"] for (place, year), row in found.items() if place == "US" and row["value"] is not None}
    assert us == {1995: Decimal("7.79"), 2009: Decimal("7.5"), 2012: Decimal("7.3"), 2016: Decimal("7.4")}
    assert len([year for place, year in found if place == "US"]) == len(YEARS)


def test_the_method_breaks_in_2012() -> None:
    found = rows(parse(DATA))
    assert found["MX", 2011]["method"] == "cpi-1995"
    assert found["MX", 2012]["method"] == "cpi-2012"


def test_the_mean_of_all_is_a_total_and_no_place() -> None:
    found = rows(parse(DATA))
    assert found["", 2017]["status"] == "total"
    assert found["Côte d´Ejemplo", 1999]["status"] == "estimated"


def test_places_keep_their_name_where_the_catalogue_has_none() -> None:
    assert place_of("México") == "MX"
    assert place_of("the  united states of america") == "US"
    assert place_of("Ejemplia  del Norte") == "Ejemplia del Norte"


@pytest.mark.parametrize("cell", ["x", "-1.0", "10.1", "34"])
def test_a_score_off_the_scale_makes_the_file_unusable(cell: str) -> None:
    parsed = parse(DATA.replace(b"3.18", cell.encode()))
    assert [problem.code for problem in parsed.unusable] == ["SRC030"]
    assert parsed.tables == {}


def test_a_lost_column_makes_the_file_unusable() -> None:
    for old, new in ((b"country,", b"pais,"), (b",2012,", b",,")):
        parsed = parse(DATA.replace(old, new, 1))
        assert parsed.unusable[0].code == "SRC010"
        assert parsed.tables == {}


def test_the_period_covered_ends_with_the_last_edition() -> None:
    parsed = parse(DATA)
    assert (parsed.covers.starts, parsed.vintage) == (date(1995, 1, 1), date(2017, 12, 31))
