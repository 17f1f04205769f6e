"""Conflict between groups, on invented groups."""

from __future__ import annotations

from datetime import date

import pytest

from veedor.records.kinds import check
from veedor.sources.source import Parsed, Raw, Sample
from veedor.sources.ucdp_nonstate import COLUMNS, SOURCE, first_place

HEADER = [*COLUMNS[:11], "start_date", *COLUMNS[11:]]


def row(dyad: int, year: int, best: int | str, low: int, high: int, place: str) -> str:
    cells = [9000, dyad, 1, "Grupo Ejemplo", 1, "Grupo Prueba", 2, year, best, low, high, "2020-01-01", place, "70", "99.1"]
    return ",".join(f'"{cell}"' for cell in cells)


ROWS = [
    row(1, 2021, 120, 100, 150, "Mexico"),
    row(1, 2022, 80, 80, 90, "Mexico, United States of America"),
    row(2, 2022, 30, 25, 30, "Ejemplia"),
    row(3, 2022, 40, 45, 39, "Canada, Mexico"),
]


def table(rows: list[str], header: list[str] = HEADER) -> bytes:
    return "\n".join([",".join(f'"{name}"' for name in header), *rows, ""]).encode()


def parse(data: bytes) -> Parsed:
    return SOURCE.parse(Raw(name="x.csv", data=data, snapshot="ab"))


def test_dyad_years_are_events_with_three_estimates() -> None:
    data = table(ROWS)
    assert SOURCE.recognise(Sample(name="x", head=data, size=len(data)))
    first = check("event", parse(data).tables["event"]).to_pylist()[0]
    assert first["id"] == "9000-1-2021"
    assert (first["best"], first["low"], first["high"]) == (120, 100, 150)
    assert (first["valid_from"], first["valid_to"]) == (date(2021, 1, 1), date(2022, 1, 1))
    assert first["sub_event_type"] == "ucdp-nonstate-99.1"
    assert first["title"] == "Grupo Ejemplo – Grupo Prueba, Mexico"
    assert first["status"] == "estimated"
    assert first["row"] == 2


def test_deaths_in_several_countries_are_counted_once_and_said_so() -> None:
    parsed = parse(table(ROWS))
    assert parsed.tables["event"]["place"].to_pylist() == ["MX", "MX", "", "MX"]
    note = next(note for note in parsed.notes if note.sentence.code == "src.ucdp-several-countries")
    assert note.rows == 2
    assert "120" in note.sentence.render("en")


def test_estimates_out_of_order_are_kept_and_said_so() -> None:
    parsed = parse(table(ROWS))
    last = parsed.tables["event"].to_pylist()[3]
    assert (last["best"], last["low"], last["high"]) == (40, 45, 39)
    assert any(note.sentence.code == "src.ucdp-out-of-order" and note.rows == 1 for note in parsed.notes)


def test_the_first_known_country_is_the_place() -> None:
    assert first_place("United States of America, Yemen (North Yemen)") == "US"
    assert first_place("Ejemplia") == ""
    assert first_place("") == ""


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (table(ROWS, [name.replace("best_fatality", "middle_fatality") for name in HEADER]), "SRC010"),
        (table([row(1, 2021, "many", 1, 2, "Mexico")]), "SRC030"),
        (table([row(1, 2021, "", 1, 2, "Mexico")]), "SRC038"),
        (table([row(1, 21, 1, 1, 2, "Mexico")]), "SRC033"),
        (table([ROWS[0], ROWS[0]]), "SRC082"),
        (table([]), "SRC037"),
        (table(ROWS)[:-40], "SRC031"),
    ],
    ids=["renamed", "word", "blank", "year", "twice", "empty", "cut off"],
)
def test_a_damaged_or_changed_file_is_kept_and_not_used(data: bytes, code: str) -> None:
    parsed = parse(data)
    assert parsed.unusable[0].code == code
    assert parsed.tables == {}
