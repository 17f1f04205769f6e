"""Missing persons: parts by the state of the search, totals never added, rows without a state kept in the country."""

from __future__ import annotations

from datetime import date

import pyarrow.compute as pc
import pytest

from veedor.sources import rnpdno
from veedor.sources.source import Parsed, Raw, Sample

HEADER = "cvegeo,cve_estado,state,cve_mun,municipality,male,female,undefined,total,year,month,status_id"
AGS = "01001,01,aguascalientes,001,aguascalientes,{figures},2024,3,{status}"


def file_of(*rows: str, header: str = HEADER) -> bytes:
    return "\n".join((header, *rows, "")).encode()


def ags(figures: str = "2,1,0,3", status: int = 7) -> str:
    return AGS.format(figures=figures, status=status)


def parse(data: bytes) -> Parsed:
    return rnpdno.SOURCE.parse(Raw(name="a.csv", data=data, snapshot="f" * 64))


def codes(parsed: Parsed) -> set[str]:
    return {problem.code for problem in parsed.unusable}


def sentences(parsed: Parsed) -> str:
    return " ".join(note.sentence.render("en") for note in parsed.notes)


def test_each_row_gives_the_sexes_and_a_total_that_is_not_added():
    data = file_of(ags())
    assert rnpdno.SOURCE.recognise(Sample(name="a", head=data, size=len(data)))
    parsed = parse(data)
    made = parsed.tables["incidence"].to_pylist()
    assert {(r["id"], r["grouping"], r["count"], r["status"]) for r in made} == {
        ("2:male", "male", 2, "reported"),
        ("2:female", "female", 1, "reported"),
        ("2:undefined", "undefined", 0, "reported"),
        ("2:total", "", 3, "total"),
    }
    assert {(r["place"], r["category"], r["subcategory"], r["measure"]) for r in made} == {
        ("MX01001", "missing-person", "not-located", "persons")
    }
    assert (parsed.part, parsed.covers.starts, parsed.vintage) == ("not-located", date(2024, 3, 1), date(2024, 3, 31))


@pytest.mark.parametrize(("status", "part"), [(2, "located-alive"), (3, "located-dead"), (7, "not-located")])
def test_the_part_comes_from_the_status(status, part):
    parsed = parse(file_of(ags(status=status)))
    assert parsed.part == part
    assert set(parsed.tables["incidence"]["subcategory"].to_pylist()) == {part}


def test_the_table_of_everybody_is_all_totals():
    parsed = parse(file_of(ags(status=0)))
    assert parsed.part == "everybody"
    assert set(parsed.tables["incidence"]["status"].to_pylist()) == {"total"}
    assert "never added to them" in sentences(parsed)


def test_a_total_that_exceeds_its_parts_is_noted_and_kept_as_published():
    parsed = parse(file_of(ags(figures="2,1,0,5")))
    made = parsed.tables["incidence"]
    assert made.filter(pc.equal(made["status"], "total"))["count"].to_pylist() == [5]
    assert "In 1 rows the total is not the sum" in sentences(parsed)
    assert "2 more" in sentences(parsed)


def test_rows_without_a_state_or_a_municipality_are_kept_and_noted():
    parsed = parse(
        file_of(
            "99998,99,unknown,999,se desconoce,1,0,0,1,2024,8,7",
            "99998,99,unknown,998,sin municipio de referencia,1,0,0,1,2024,8,7",
            "15998,15,mexico,998,sin municipio de referencia,0,4,0,4,2024,8,7",
        )
    )
    assert not parsed.unusable
    made = {r["id"]: r for r in parsed.tables["incidence"].to_pylist()}
    assert (made["2:male"]["place"], made["2:male"]["region"]) == ("MX", "unknown")
    assert made["4:female"]["place"] == "MX15998"
    assert "2 rows name no state: 2 persons are counted in Mexico" in sentences(parsed)
    assert "1 rows name a state but no municipality" in sentences(parsed)
    assert "INEGI does not use" not in sentences(parsed)


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ((ags(), ags(figures="1,0,0,1", status=2)), "SRC021"),
        ((ags(status=9),), "SRC024"),
        ((ags(), ags(figures="1,0,0,1")), "SRC023"),
        ((ags(figures="x,0,0,1"),), "SRC030"),
        ((ags(figures="-1,0,0,1"),), "SRC030"),
        ((ags(figures=",0,0,1"),), "SRC038"),
        ((ags().replace(",3,7", ",13,7"),), "SRC032"),
        ((ags().replace(",2024,", ",24,"),), "SRC033"),
        ((ags().replace("01001,01,", "02001,01,"),), "SRC024"),
        ((), "SRC037"),
    ],
)
def test_what_cannot_be_trusted_makes_the_file_unusable(rows, code):
    parsed = parse(file_of(*rows))
    assert codes(parsed) == {code}
    assert parsed.tables == {}


def test_a_lost_column_is_named():
    parsed = parse(file_of(ags(), header=HEADER.replace("female", "women")))
    assert codes(parsed) == {"SRC010"}
