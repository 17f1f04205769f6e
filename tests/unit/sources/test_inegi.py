"""INEGI's exported tables on twins with invented numbers: formulas as keys, thousands commas, blanks for zero, totals."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow.compute as pc
import pytest

from veedor.kernel import language
from veedor.sources import inegi_census, inegi_homicides, inegi_municipalities
from veedor.sources.source import Parsed, Raw, Sample

MONTHS = tuple(name.capitalize() for name in language.MONTHS["es"])


def quoted(*cells: object) -> str:
    return ",".join(f'"{cell}"' for cell in cells)


def counts(*numbers: int) -> list[object]:
    return [f"{n:,}" if n else "" for n in (sum(numbers), *numbers)]


FIRST = (1, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 1000)
SECOND = (0, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)
UNNAMED = (0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0)
ABROAD = (0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0)


def added(*rows: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*rows, strict=True))


def homicides(**changes: str) -> bytes:
    lines = {
        "title": quoted("Defunciones por homicidios"),
        "year": quoted("Año de registro : 2003"),
        "filter": quoted("Ent y mun de registro : Total"),
        "gap": quoted(""),
        "query": quoted("Consulta de: Defunciones por homicidio \xa0 Por: Ent y mun de ocurrencia \xa0 Según: Mes de registro"),
        "header": quoted("", "", "Total", *MONTHS, ""),
        "total": quoted(" ", "Total", *counts(*added(FIRST, SECOND, UNNAMED, ABROAD))),
        "state": quoted("=CONCATENAR(0,01) ", "Aguascalientes", *counts(*added(FIRST, UNNAMED))),
        "town": quoted(" 01 001 ", "Aguascalientes", *counts(*FIRST)),
        "unnamed": quoted(" 01 999 ", "No especificado", *counts(*UNNAMED)),
        "state2": quoted("=CONCATENAR( ,32) ", "Zacatecas", *counts(*SECOND)),
        "town2": quoted(" 32 056 ", "Zacatecas", *counts(*SECOND)),
        "abroad": quoted("=CONCATENAR( ,33) ", "Extranjero", *counts(*ABROAD)),
        "abroad2": quoted(" 34 999 ", "Otros países Latinoamericanos", *counts(*ABROAD)),
        "end": "",
        "source": quoted("FUENTE: INEGI. Estadísticas de mortalidad."),
    }
    lines |= changes
    return ("\r\n".join(lines.values()) + "\r\n").encode("latin-1")


def parse(data: bytes, module=inegi_homicides, stated: date | None = None) -> Parsed:
    return module.SOURCE.parse(Raw(name="a.csv", data=data, snapshot="f" * 64, stated=stated))


def recognised(data: bytes, module=inegi_homicides) -> bool:
    return module.SOURCE.recognise(Sample(name="a.csv", head=data[:65536], size=len(data)))


def codes(parsed: Parsed) -> set[str]:
    return {problem.code for problem in parsed.unusable}


def sentences(parsed: Parsed) -> str:
    return " ".join(note.sentence.render("en") for note in parsed.notes)


def total(table, **wanted: str) -> int:
    for name, value in wanted.items():
        table = table.filter(pc.equal(table[name], value))
    return pc.sum(table["count"]).as_py()


def test_homicides_are_read_with_places_months_and_citations():
    data = homicides()
    assert recognised(data)
    parsed = parse(data)
    assert not parsed.unusable
    made = parsed.tables["incidence"]
    december = next(r for r in made.to_pylist() if r["id"] == "9:12")
    assert (december["count"], december["place"], december["status"], december["row"]) == (1000, "MX01001", "reported", 9)
    assert (december["valid_from"], december["valid_to"]) == (date(2003, 12, 1), date(2004, 1, 1))
    assert (december["measure"], december["method"]) == ("death-certificates", "inegi-registration")
    assert december["category"] == "homicide-intentional"
    assert (parsed.covers.starts, parsed.covers.ends, parsed.vintage) == (date(2003, 1, 1), date(2004, 1, 1), date(2003, 12, 31))


def test_totals_among_the_rows_are_marked_and_the_rest_adds_up_to_them():
    made = parse(homicides()).tables["incidence"]
    assert total(made, status="reported") == 1016
    assert total(made.filter(pc.equal(made["row"], 7)), status="total") == 1016
    assert set(made.filter(pc.equal(made["status"], "total"))["place"].to_pylist()) == {"MX", "MX01", "MX32"}


def test_blank_is_zero_only_because_the_totals_prove_it():
    parsed = parse(homicides())
    zero = next(r for r in parsed.tables["incidence"].to_pylist() if r["id"] == "9:2")
    assert (zero["count"], zero["status"]) == (0, "reported")
    assert "blank cells were read as zero" in sentences(parsed)


def test_deaths_abroad_are_in_the_country_and_in_no_state():
    parsed = parse(homicides())
    abroad = next(r for r in parsed.tables["incidence"].to_pylist() if r["id"] == "14:7")
    assert (abroad["count"], abroad["place"], abroad["region"], abroad["status"]) == (5, "MX", "Otros países Latinoamericanos", "reported")
    assert "2 rows are of places outside Mexico, or of no known state" in sentences(parsed)


def test_formulas_and_unnamed_municipalities_are_noted():
    parsed = parse(homicides())
    said = sentences(parsed)
    assert "3 state keys are written as a spreadsheet formula" in said
    assert "12 rows name a state but no municipality" in said
    assert "2 of 32 states are in this file: MX01, MX32." in said
    assert "2 municipalities are named" in said


@pytest.mark.parametrize(
    "changes",
    [
        {"town": quoted(" 01 001 ", "Aguascalientes", *counts(*SECOND))},  # state does not add up
        {"town": quoted(" 01 001 ", "Aguascalientes", "7", *counts(*FIRST)[1:])},  # months do not add up
        {"state2": quoted(" ", "", ""), "town2": quoted("", "")},
        {"state": quoted("=CONCATENAR(0,02) ", "Baja California", *counts(*added(FIRST, UNNAMED)))},  # towns without a state
    ],
)
def test_a_table_that_does_not_add_up_is_unusable(changes):
    parsed = parse(homicides(**changes))
    assert codes(parsed) & {"SRC022", "SRC035"}
    assert parsed.tables == {}


def test_a_table_without_national_total_cannot_read_blanks():
    lines = homicides().decode("latin-1").splitlines(keepends=True)
    parsed = parse("".join(line for line in lines if not line.startswith('" ","Total"')).encode("latin-1"))
    assert codes(parsed) == {"SRC022"}


def test_a_month_blank_for_the_whole_country_is_not_reported():
    short = (1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    parsed = parse(
        homicides(
            total=quoted(" ", "Total", *counts(*short)),
            state=quoted("=CONCATENAR(0,01) ", "Aguascalientes", *counts(*short)),
            town=quoted(" 01 001 ", "Aguascalientes", *counts(*short)),
            unnamed="", state2="", town2="", abroad="", abroad2="",
        )
    )  # fmt: skip
    made = {r["id"]: r for r in parsed.tables["incidence"].to_pylist()}
    assert (made["9:3"]["count"], made["9:3"]["status"]) == (None, "not-reported")
    assert (made["9:2"]["count"], made["9:2"]["status"]) == (1, "reported")
    assert parsed.covers.ends == date(2003, 3, 1)
    assert "2003-12 is blank for the whole country" in sentences(parsed)


@pytest.mark.parametrize(
    "changes",
    [
        {"query": quoted("Consulta de: Defunciones por homicidio   Por: Ent y mun de registro   Según: Mes de registro")},
        {"query": quoted("Consulta de: Defunciones por homicidio   Por: Ent y mun de ocurrencia   Según: Mes de ocurrencia")},
        {"filter": quoted("Ent y mun de registro : Jalisco")},
        {"year": quoted("Año de ocurrencia : 2003")},
    ],
)
def test_a_table_queried_in_another_way_is_another_series(changes):
    assert recognised(homicides(**changes))
    assert codes(parse(homicides(**changes))) == {"SRC026"}


def test_a_cell_that_is_no_number_and_a_key_that_is_no_key_are_named():
    bad = quoted(" 01 001 ", "Aguascalientes", *counts(*FIRST)[:-1], "n.d.")
    problems = parse(homicides(town=bad, town2=quoted("XX", "Zacatecas", *counts(*SECOND)))).unusable
    assert {(p.line, p.code) for p in problems} == {(9, "SRC030"), (12, "SRC024")}
    assert problems[0].what("en") == '"n.d." in the column "Diciembre" is not a number'
    assert problems[0].column == 15


def test_a_lost_month_is_named():
    parsed = parse(homicides(header=quoted("", "", "Total", *MONTHS[:-1], "Dic", "")))
    assert codes(parsed) == {"SRC010"}
    assert '"Diciembre" is gone' in parsed.unusable[0].what("en")


def test_a_column_of_no_month_is_left_out_and_said():
    def extended(row: bytes) -> bytes:
        cells = row.rstrip(b"\r\n")
        return row if b'","' not in cells else cells + (b',"No especificado"' if b"Enero" in cells else b',""') + b"\r\n"

    lines = homicides(header=quoted("", "", "Total", *MONTHS)).splitlines(keepends=True)
    parsed = parse(b"".join(extended(line) for line in lines))
    assert not parsed.unusable
    assert parsed.tables["incidence"].equals(parse(homicides()).tables["incidence"])
    assert "0 deaths of the country have no month of registration" in sentences(parsed)


def test_another_column_is_another_table():
    lines = homicides(header=quoted("", "", "Total", *MONTHS, "Hombres")).decode("latin-1").split("\r\n")
    wider = [line + ',""' if line.startswith('"') and line.count(",") > 12 and "Enero" not in line else line for line in lines]
    assert codes(parse("\r\n".join(wider).encode("latin-1"))) == {"SRC026"}


@pytest.mark.parametrize("key", ["=CONCATENAR(0,00) ", "=CONCATENAR( ,45) ", "=CONCATENAR(1,00) ", '=HYPERLINK(""x"")', "1"])
def test_a_state_that_does_not_exist_is_no_state(key):
    parsed = parse(homicides(state2=quoted(key, "Zacatecas", *counts(*SECOND))))
    assert "SRC024" in codes(parsed)


def test_a_number_too_large_for_any_count_is_named():
    bad = quoted(" 01 001 ", "Aguascalientes", "9" * 30, *counts(*FIRST)[1:])
    assert codes(parse(homicides(town=bad))) == {"SRC030"}


def census(**changes: str) -> bytes:
    lines = {
        "title": quoted("Población total"),
        "gap": quoted(""),
        "query": quoted("Consulta de: Población total \xa0 Por: Entidad y municipio \xa0 Según: Sexo"),
        "header": quoted("", "", "Total", "Hombres", "Mujeres", ""),
        "total": quoted(" ", "Total", "3,300", "1,600", "1,700"),
        "state": quoted("=CONCATENAR(0,01) ", "Aguascalientes", "3,300", "1,600", "1,700"),
        "town": quoted(" 01 001 ", "Aguascalientes", "3,000", "1,450", "1,550"),
        "town2": quoted(" 01 002 ", "Asientos", "300", "150", "150"),
        "end": "",
        "source": quoted("FUENTE: INEGI. Censo de Población y Vivienda 2020."),
    }
    lines |= changes
    return ("\r\n".join(lines.values()) + "\r\n").encode("latin-1")


def test_the_census_counts_people_on_one_day_and_marks_totals():
    data = census()
    assert recognised(data, inegi_census)
    assert not recognised(data, inegi_homicides)
    parsed = parse(data, inegi_census)
    made = parsed.tables["statistic"].to_pylist()
    assert [(r["place"], r["value"], r["status"]) for r in made] == [
        ("MX", Decimal(3300), "total"),
        ("MX01", Decimal(3300), "total"),
        ("MX01001", Decimal(3000), "reported"),
        ("MX01002", Decimal(300), "reported"),
    ]
    assert {(r["series"], r["unit"], r["method"]) for r in made} == {("population-census", "people", "inegi-census-2020")}
    assert (parsed.covers.starts, parsed.covers.days) == (date(2020, 3, 15), 1)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"source": quoted("FUENTE: INEGI. Conteo 1995.")}, "SRC024"),
        ({"source": quoted("FUENTE: INEGI. Censo de Población y Vivienda 1880.")}, "SRC024"),
        ({"town2": quoted(" 01 002 ", "Asientos", "301", "150", "150")}, "SRC022"),
        ({"town2": quoted(" 01 002 ", "Asientos", "300", "150")}, "SRC035"),
    ],
)
def test_a_census_that_cannot_be_trusted_is_unusable(changes, code):
    assert code in codes(parse(census(**changes), inegi_census))


CATALOGUE = "CVEGEO,CVE_ENT,NOM_ENT,CVE_MUN,NOM_MUN\r\n01001,01,Aguascalientes,001,Aguascalientes\r\n25019,25,Sinaloa,019,Eldorado\r\n"


def test_the_catalogue_of_municipalities_holds_for_all_times_unless_a_day_is_stated():
    assert recognised(CATALOGUE.encode(), inegi_municipalities)
    parsed = parse(CATALOGUE.encode(), inegi_municipalities)
    made = parsed.tables["entity"].to_pylist()
    assert [(r["entity"], r["schema"], r["caption"], r["place"]) for r in made] == [
        ("01001", "Municipality", "Aguascalientes", "MX01001"),
        ("25019", "Municipality", "Eldorado", "MX25019"),
    ]
    assert parsed.vintage is None
    assert "gives no date of its own" in sentences(parsed)
    dated = parse(CATALOGUE.encode(), inegi_municipalities, stated=date(2026, 1, 5))
    assert (dated.covers.starts, dated.vintage) == (date(2026, 1, 5), date(2026, 1, 5))
    assert "gives no date" not in sentences(dated)


def test_a_catalogue_whose_leading_zeros_were_cut_is_unusable():
    parsed = parse(CATALOGUE.replace("01001,01", "1001,1").encode(), inegi_municipalities)
    assert codes(parsed) == {"SRC024"}


def test_a_catalogue_that_names_a_municipality_twice_is_unusable():
    twice = CATALOGUE + "25019,25,Sinaloa,019,Eldorado\r\n"
    assert codes(parse(twice.encode(), inegi_municipalities)) == {"SRC023"}
