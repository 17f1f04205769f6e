"""Peace agreements of UCDP and PA-X, on invented agreements."""

from __future__ import annotations

import csv
import io
from datetime import date

import openpyxl
import pytest

from veedor.records.kinds import check
from veedor.sources import pax_agreements, ucdp_agreements
from veedor.sources.source import Parsed, Raw, Sample, Source

UCDP_HEADER = [
    "paid", "region", "gwno", "conflict_id", "conflict_name", "dyad_id", "dyad_name", "actor_id", "actor_name", "incompatibility",
    "pa_name", "year", "pa_date", "pa_comment", "cease", "intarmy", "ddr", "natalks", "shagov", "ref ", "termdur", "pa_type", "version",
]  # fmt: skip
UCDP_ROWS = [
    ["1", "5", "70", "9", "Mexico: Ejemplo", "1", "A - B", "1, 2", "Government of Mexico, Grupo Ejemplo", "1", "Acuerdo de\nEjemplo",
     "1996", "1996-02-16", "A comment\nof two lines", "0", "0", "0", "0", "0", "0", "", "2", "99.1"],
    ["2", "1", "999", "9", "Ejemplia: Government", "1", "A - B", "1, 2", "Government of Ejemplia, Grupo Prueba", "2", "Peace", "2001",
     "2001-03-04", "", "1", "0", "0", "0", "0", "0", "", "1", "99.1"],
]  # fmt: skip
PAX_HEADER = [*pax_agreements.COLUMNS, "Part", "GCh"]
PAX_ROWS = [
    ["Mexico", "Government", "1", "Ejemplo process", "Americas", "7", "1", "Joint declaration\r\nof Ejemplo", "1996-02-16",
     "Multiparty signed/agreed", "Intra", "SubPar", "MEX", "", "PRUEBA, Persona Inventada (signatory)\r\nOTRA, Persona", "0"],
    ["Ejemplia/United States of America", "Government", "2", "Prueba process", "Other", "8", "1", "Accord", "2001-03-04", "Status unclear",
     "Inter", "Cea", "EJE", "USA", "", "0"],
]  # fmt: skip


def text(header: list[str], rows: list[list[str]]) -> str:
    held = io.StringIO(newline="")
    csv.writer(held, lineterminator="\r\n").writerows([header, *rows])
    return held.getvalue()


def book(header: list[str], rows: list[list[str]]) -> bytes:
    made = openpyxl.Workbook()
    made.active.title = "Dataset"
    for row in [header, *rows]:
        made.active.append(row)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


UCDP_CSV = text(UCDP_HEADER, UCDP_ROWS).encode()
UCDP_BOOK = book(UCDP_HEADER, UCDP_ROWS)
PAX_CSV = text(PAX_HEADER, PAX_ROWS).encode("utf-8-sig")


def parse(source: Source, data: bytes) -> Parsed:
    return source.parse(Raw(name="x", data=data, snapshot="ab"))


@pytest.mark.parametrize("data", [UCDP_CSV, UCDP_BOOK], ids=["csv", "workbook"])
def test_ucdp_agreements_are_events(data: bytes) -> None:
    assert ucdp_agreements.SOURCE.recognise(Sample(name="x", head=data[:65536], size=len(data)))
    parsed = parse(ucdp_agreements.SOURCE, data)
    first, second = check("event", parsed.tables["event"]).to_pylist()
    assert (first["place"], second["place"]) == ("MX", "")
    assert (first["sub_event_type"], second["sub_event_type"]) == ("partial", "full")
    assert first["title"] == "Mexico: Ejemplo – Acuerdo de Ejemplo"
    assert (first["valid_from"], first["valid_to"]) == (date(1996, 2, 16), date(1996, 2, 17))
    assert first["event_type"] == "agreement"
    assert "99.1" in parsed.notes[0].sentence.render("en")


def test_the_table_and_the_workbook_say_the_same() -> None:
    tables = [parse(ucdp_agreements.SOURCE, data).tables["event"].drop_columns(["row", "id"]) for data in (UCDP_CSV, UCDP_BOOK)]
    assert tables[0] == tables[1]


def test_rows_are_cited_by_the_line_on_which_they_begin() -> None:
    assert parse(ucdp_agreements.SOURCE, UCDP_CSV).tables["event"]["row"].to_pylist() == [2, 5]
    assert parse(ucdp_agreements.SOURCE, UCDP_BOOK).tables["event"]["row"].to_pylist() == [2, 3]
    assert parse(pax_agreements.SOURCE, PAX_CSV).tables["event"]["row"].to_pylist() == [2, 5]


def test_pax_agreements_are_events_without_the_names_of_signatories() -> None:
    assert pax_agreements.SOURCE.recognise(Sample(name="x", head=PAX_CSV, size=len(PAX_CSV)))
    parsed = parse(pax_agreements.SOURCE, PAX_CSV)
    first, second = check("event", parsed.tables["event"]).to_pylist()
    assert (first["place"], second["place"]) == ("MX", "US")
    assert first["title"] == "Ejemplo process – Joint declaration of Ejemplo"
    assert first["sub_event_type"] == "SubPar"
    assert "PRUEBA" not in str(parsed.tables)
    assert "non-commercial" in pax_agreements.SOURCE.terms


@pytest.mark.parametrize(
    ("source", "data"),
    [
        (ucdp_agreements.SOURCE, text([n.replace("pa_date", "day") for n in UCDP_HEADER], UCDP_ROWS).encode()),
        (ucdp_agreements.SOURCE, book([n.replace("pa_date", "day") for n in UCDP_HEADER], UCDP_ROWS)),
        (pax_agreements.SOURCE, text([n.replace("Dat", "Date") for n in PAX_HEADER], PAX_ROWS).encode()),
    ],
    ids=["ucdp csv", "ucdp workbook", "pax"],
)
def test_a_lost_column_makes_the_file_unusable(source: Source, data: bytes) -> None:
    assert source.recognise(Sample(name="x", head=data[:65536], size=len(data)))
    parsed = parse(source, data)
    assert [problem.code for problem in parsed.unusable] == ["SRC010"]
    assert parsed.tables == {}


@pytest.mark.parametrize("day", ["1996", "16/02/1996", "1996-02-30", "1996-02-16 12:00:00", ""])
def test_a_day_in_another_form_is_not_guessed(day: str) -> None:
    rows = [[day if cell == "1996-02-16" else cell for cell in row] for row in UCDP_ROWS]
    assert parse(ucdp_agreements.SOURCE, text(UCDP_HEADER, rows).encode()).unusable[0].code == "SRC034"


@pytest.mark.parametrize("data", [UCDP_CSV[:-30], UCDP_BOOK[:-30], book(UCDP_HEADER, [])], ids=["csv", "workbook", "empty"])
def test_a_cut_off_or_empty_file_is_kept_and_not_used(data: bytes) -> None:
    assert parse(ucdp_agreements.SOURCE, data).unusable
