"""A user's own sheet: read cell by cell, refused with addresses, never guessed."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pytest
from openpyxl import Workbook, load_workbook

from veedor.kernel.errors import Problem
from veedor.kernel.markings import Marking
from veedor.records.errors import ColumnUnknownError, FieldUnknownError, SheetProblemsError, SheetUnreadableError
from veedor.records.kinds import KINDS, check, schema
from veedor.records.sheets.fields import CHOICES, NUMBERS, REQUIRED, fields
from veedor.records.sheets.mapping import guess_mapping, mapping_of
from veedor.records.sheets.rows import rows_to_table
from veedor.records.sheets.sheet import Sheet, address, read_sheet
from veedor.records.sheets.templates import template_csv, template_xlsx
from veedor.records.sheets.writing import escape, unescape, write_csv

HEAD = "place,valid_from,category,measure,count"


def table_of(text: str, kind: str = "incidence") -> pa.Table | tuple[Problem, ...]:
    sheet = read_sheet(text.encode(), "mine.csv")
    return rows_to_table(sheet, guess_mapping(sheet, kind), kind, "user:mine.csv", "f" * 64, Marking.SHARED)


def good(text: str, kind: str = "incidence") -> list[dict[str, object]]:
    found = table_of(text, kind)
    assert isinstance(found, pa.Table), [(p.cell, p.what("en")) for p in found]
    assert check(kind, found).num_rows == found.num_rows
    return found.to_pylist()


def bad(text: str, kind: str = "incidence") -> list[tuple[str, str]]:
    found = table_of(text, kind)
    assert not isinstance(found, pa.Table), found.to_pylist()
    for problem in found:
        assert problem.what("en")
        assert problem.how("en")
    return [(problem.cell, problem.code) for problem in found]


def row(**cells: str) -> str:
    given = {"place": "MX09", "valid_from": "2025-03", "category": "homicide-intentional", "measure": "victims", "count": "12", **cells}
    out = io.StringIO()
    csv.writer(out).writerows([given.keys(), given.values()])
    return out.getvalue()


def test_a_plain_sheet_becomes_records() -> None:
    [first, second] = good(f"{HEAD}\nMX09,2025-03,homicide-intentional,victims,12\nJalisco,2025-03,homicide-intentional,victims,\n")
    assert first["place"] == "MX09"
    assert (first["valid_from"], first["valid_to"]) == (date(2025, 3, 1), date(2025, 4, 1))
    assert (first["count"], first["status"], first["id"], first["row"]) == (12, "reported", "2", 2)
    assert (first["source"], first["snapshot"], first["marking"]) == ("user:mine.csv", "f" * 64, Marking.SHARED)
    assert (second["place"], second["count"], second["status"]) == ("MX14", None, "not-reported")


def test_zero_is_a_measurement() -> None:
    [found] = good(row(count="0"))
    assert (found["count"], found["status"]) == (0, "reported")


def test_all_bad_rows_are_listed_with_addresses_and_nothing_is_returned() -> None:
    text = f"{HEAD}\nMX09,2025-03,homicide-intentional,victims,12\nNarnia,03/04/2025,Homicidio doloso,victims,N/D\n,2025-13,x,y,-1\n"
    assert bad(text) == [
        ("A3", "REC028"), ("B3", "REC025"), ("C3", "REC030"), ("E3", "REC021"), ("A4", "REC020"), ("B4", "REC024"), ("E4", "REC032"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "first", "after"),
    [
        ("2025-03", "2025-03-01", "2025-04-01"),
        ("2025", "2025-01-01", "2026-01-01"),
        ("2025-03-01", "2025-03-01", "2025-04-01"),
        ("31/12/2025", None, "REC036"),  # no month begins then
        ("13/01/2025", None, "REC036"),
        ("01/01/2025", "2025-01-01", "2025-02-01"),  # one way to read it
        ("03/04/2025", None, "REC025"),
        ("04/25/2025", None, "REC024"),
        ("3.4.2025", None, "REC025"),
        ("2025-02-29", None, "REC024"),
        ("0202-05-01", None, "REC024"),
        ("45000", None, "REC024"),
        ("March", None, "REC024"),
        ("2025-3", None, "REC024"),
    ],
)
def test_dates(written: str, first: str | None, after: str) -> None:
    if first is None:
        assert bad(row(valid_from=written)) == [("B2", after)]
    else:
        [found] = good(row(valid_from=written))
        assert (str(found["valid_from"]), str(found["valid_to"])) == (first, after)


def test_a_stated_end_is_the_first_day_after() -> None:
    [found] = good(row(valid_from="2025-03-17", valid_to="2025-03-24"))
    assert found["valid_to"] == date(2025, 3, 24)
    assert bad(row(valid_from="2025-03-01", valid_to="2025-03-31")) == [("F2", "REC027")]
    assert bad(row(valid_from="2025-03-01", valid_to="2025-03-01")) == [("F2", "REC026")]
    assert bad(row(valid_from="2025-03-01", valid_to="2025-02-01")) == [("F2", "REC026")]


def test_a_kind_that_counts_by_day_ends_the_day_after() -> None:
    [found] = good("place,date,event_type\nMX09,17/03/2025,seizure\n", "event")
    assert (found["valid_from"], found["valid_to"], found["best"], found["status"]) == (
        date(2025, 3, 17), date(2025, 3, 18), None, "not-reported",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "count"),
    [
        ("1,234", 1234), ("12,345,678", 12345678), ("1 234", 1234), ("1\u00a0234", 1234), ("1.234.567", 1234567), ("'1234", None),
        ("1.234", None), ("1,23", None), ("12,34,567", None), ("1,234 567", None), ("1.5", None), ("1e3", None), ("N/D", None), ("-", None),
        ("9223372036854775807", 2**63 - 1), ("9223372036854775808", None), ("1" * 5000, None), ("=1+1", None), ("+7", 7), ("٣", 3),
    ],
)  # fmt: skip
def test_whole_numbers(written: str, count: int | None) -> None:
    if count is None:
        assert [cell for cell, _ in bad(row(count=written))] == ["E2"]
    else:
        assert good(row(count=written))[0]["count"] == count


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("12.5", "12.5"), ("12,5", "12.5"), ("1,234.5", "1234.5"), ("1.234,5", "1234.5"), ("1,234,567", "1234567"), ("0,125", "0.125"),
        ("1234,567", "1234.567"), (".5", "0.5"), ("0.00000001", "0.00000001"), ("1.123456785", "1.12345678"), ("1 234,5", "1234.5"),
        ("1,234", "REC023"), ("0.000000001", "REC033"), ("1e5", "REC022"), ("NaN", "REC022"), ("12%", "REC022"), ("1" * 21, "REC033"),
        ("-1", "REC032"), ("1,234,56", "REC022"), ("1.234.5", "REC022"), ("1,234,5", "REC022"),
    ],
)  # fmt: skip
def test_decimal_numbers(written: str, expected: str) -> None:
    if expected.startswith("REC"):
        assert bad(row(quantity=written)) == [("F2", expected)]
    else:
        assert good(row(quantity=written))[0]["quantity"] == Decimal(expected)


def test_an_amount_may_be_below_zero() -> None:
    [found] = good("date,provider,recipient,transaction_type,currency,amount\n2025,US,MX,disbursement,USD,-1500.5\n", "disbursement")
    assert found["amount"] == Decimal("-1500.5")
    assert found["valid_to"] == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("MX09", "MX09"), ("MX09015", "MX09015"), ("US48201", "US48201"), ("cdmx", "MX09"), ("Nuevo Leon", "MX19"), ("TX", "US48"),
        ("New Mexico", "US35"), ("United States", "US"), ("México", "REC029"), ("MEX", "REC029"), ("Mexico", "REC029"), ("mx09", "REC028"),
        ("MX99", "REC028"), ("MX99015", "REC028"), ("9", "REC028"), ("Jalisko", "REC028"),
    ],
)  # fmt: skip
def test_places(written: str, expected: str) -> None:
    if expected.startswith("REC"):
        assert bad(row(place=written)) == [("A2", expected)]
    else:
        assert good(row(place=written))[0]["place"] == expected


def test_a_near_miss_is_named_and_never_assumed() -> None:
    found = table_of(row(place="Jalisko"))
    assert not isinstance(found, pa.Table)
    assert "Jalisco" in found[0].what("en")


@pytest.mark.parametrize(
    ("count", "status", "expected"),
    [
        ("", "", "not-reported"), ("", "suppressed", "suppressed"), ("5", "provisional", "provisional"), ("5", "total", "total"),
        ("", "reported", "REC034"), ("5", "suppressed", "REC034"), ("5", "not-reported", "REC034"), ("5", "Provisional", "REC031"),
    ],
)  # fmt: skip
def test_statuses(count: str, status: str, expected: str) -> None:
    if expected.startswith("REC"):
        assert bad(row(count=count, status=status)) == [("F2", expected)]
    else:
        assert good(row(count=count, status=status))[0]["status"] == expected


def test_ids_are_the_users_own_or_the_row() -> None:
    text = f"id,{HEAD}\nb,MX09,2025-03,x,victims,1\na,MX09,2025-03,x,victims,2\n"
    assert [r["id"] for r in good(text)] == ["b", "a"]
    assert bad(text.replace("b,MX", "a,MX")) == [("A3", "REC035")]


def test_a_needed_column_that_is_missing_is_named() -> None:
    assert bad("place,valid_from,category\nMX09,2025-03,x\n") == [("A1", "REC040"), ("A1", "REC040")]
    found = table_of("place,valid_from,category\nMX09,2025-03,x\n")
    assert not isinstance(found, pa.Table)
    assert [dict(p.values)["field"] for p in found] == ["measure", "count|quantity"]


def test_spanish_headings_are_found_and_shown() -> None:
    sheet = read_sheet("Entidad Federativa;Mes;Categoría;Medida;Número;Notas\nJalisco;2025-03;x;victims;1\n".encode("cp1252"), "mío.csv")
    mapping = guess_mapping(sheet, "incidence")
    assert mapping.pairs == (
        ("Entidad Federativa", "place"), ("Mes", "valid_from"), ("Categoría", "category"), ("Medida", "measure"), ("Número", "count"),
    )  # fmt: skip
    assert mapping.unread == ("Notas",)
    assert mapping.missing == ()


def test_columns_that_could_mean_the_same_are_left_to_the_user() -> None:
    sheet = read_sheet(b"estado,entidad,fecha,mes,valid_from\na,b,c,d,e\n", "x.csv")
    mapping = guess_mapping(sheet, "incidence")
    assert mapping.doubtful == (("place", ("estado", "entidad")),)
    assert mapping.pairs == (("valid_from", "valid_from"),)
    assert "place" in mapping.missing


def test_a_users_mapping_is_checked() -> None:
    sheet = read_sheet(b"Lugar de hechos,Total\nMX09,3\n", "x.csv")
    mapping = mapping_of(sheet, "incidence", [("Total", "count"), ("Lugar de hechos", "place")])
    assert mapping.pairs == (("Lugar de hechos", "place"), ("Total", "count"))
    with pytest.raises(ColumnUnknownError, match="Total"):
        mapping_of(sheet, "incidence", [("Totl", "count")])
    with pytest.raises(FieldUnknownError, match="count"):
        mapping_of(sheet, "incidence", [("Total", "cuont")])
    with pytest.raises(FieldUnknownError):
        mapping_of(sheet, "incidence", [("Total", "count"), ("Lugar de hechos", "count")])
    with pytest.raises(FieldUnknownError):
        mapping_of(sheet, "incidence", [("Total", "snapshot")])


def test_acts_take_a_day_or_a_moment_with_its_zone() -> None:
    head = "actor,action,at,object\n"
    [first] = good(f"{head}bhlig,met,2026-03-31,monthly-meeting\n", "act")
    assert first["at"] == datetime(2026, 3, 31, 12, tzinfo=UTC)
    assert (first["valid_from"], first["valid_to"]) == (date(2026, 3, 31), date(2026, 4, 1))
    assert good(f"{head}bhlig,met,2026-03-31T18:30-06:00,x\n", "act")[0]["at"] == datetime(2026, 4, 1, 0, 30, tzinfo=UTC)
    for written, code in (("2026-03-31T18:30", "REC037"), ("03/04/2026", "REC025"), ("2026-03", "REC037"), ("soon", "REC037")):
        assert bad(f"{head}bhlig,met,{written},x\n", "act") == [("C2", code)]


def test_grades_of_coders_are_on_the_scale() -> None:
    head = "valid_from,commitment,party,coder,grade\n"
    assert good(f"{head}2026-03,homicide-rate,MX,coder-1,3\n", "coding")[0]["grade"] == 3
    for written in ("4", "-1", "2.5", "B2"):
        assert [cell for cell, _ in bad(f"{head}2026-03,homicide-rate,MX,coder-1,{written}\n", "coding")] == ["E2"]


def test_texts_with_a_fixed_shape_are_checked() -> None:
    head = "date,provider,recipient,transaction_type,currency,amount,price_basis\n"
    assert bad(f"{head}2025,US,MX,Disbursement,usd,1,constant\n", "disbursement") == [("D2", "REC031"), ("E2", "REC038"), ("G2", "REC038")]


def test_units_are_spelt_in_one_way() -> None:
    assert good(row(quantity="2", unit="Pounds"))[0]["unit"] == "lb"


# --- reading files ---


def test_titles_blank_rows_and_instructions_are_passed_over_and_rows_keep_their_numbers() -> None:
    text = f"Monthly report\n\n{HEAD}\n# place,when\n\nMX09,2025-03,x,victims,1\n"
    sheet = read_sheet(text.encode(), "x.csv")
    assert (sheet.header_row, [r.number for r in sheet.rows], sheet.passed_over) == (3, [6], (4,))
    assert good("title,place,date,event_type\n#1 of May,MX09,2025-05-01,meeting\n", "event")[0]["title"] == "#1 of May"
    assert good(text)[0]["row"] == 6
    assert bad(text.replace(",1\n", ",x\n")) == [("E6", "REC021")]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_found(delimiter: str) -> None:
    text = delimiter.join(HEAD.split(",")) + "\n" + delimiter.join(["MX09", "2025-03", "x", "victims", '"1,234"']) + "\n"
    assert good(text)[0]["count"] == 1234
    assert good(f"sep={delimiter}\n{text}")[0]["row"] == 3


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_encodings_of_spreadsheet_programs(encoding: str) -> None:
    text = f"{HEAD},subcategory\nMichoacán,2025-03,x,victims,1,señal\n"
    sheet = read_sheet(text.encode(encoding), "x.csv")
    assert sheet.rows[0].cells[-1] == "señal"


@pytest.mark.parametrize(
    "data",
    [
        b"\xd0\xcf\x11\xe0rest", b"PK\x03\x04damaged", b"a,b\n\x00,1\n", b"\x81\x8d\x8f", b'a,b\n"open,1\n', b'a,b\n"x"y,1\n',
        b"\xff\xfea", b"%PDF-1.7\n\x00",
    ],
)  # fmt: skip
def test_files_that_are_no_sheets(data: bytes) -> None:
    with pytest.raises(SheetUnreadableError):
        read_sheet(data, "x")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("A1", "REC017")]),
        ("one\ntwo\n", [("A1", "REC017")]),
        (f"{HEAD}\n", [("A1", "REC017")]),
        ("place,place,count\nMX,MX,1\n", [("B1", "REC014")]),
        ("place,,count\nMX,x,1\n", [("B2", "REC016")]),
        ("place,count\nMX,1,5\n", [("C2", "REC016")]),
        ("place,count\nMX,#N/A\n#REF!,2\n", [("B2", "REC015"), ("A3", "REC015")]),
    ],
)
def test_sheets_that_need_repair_first(text: str, expected: list[tuple[str, str]]) -> None:
    with pytest.raises(SheetProblemsError) as caught:
        read_sheet(text.encode(), "x.csv")
    assert [(p.cell, p.code) for p in caught.value.problems] == expected


def test_addresses() -> None:
    assert [address(1, n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A1", "Z1", "AA1", "AZ1", "BA1", "ZZ1", "AAA1"]


# --- workbooks ---


def workbook(change: Callable[[Workbook], None] = lambda _: None, *rows: tuple[object, ...]) -> bytes:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.append(HEAD.split(","))
    for cells in rows or ((("MX09", date(2025, 3, 1), "homicide-intentional", "victims", 12)),):
        sheet.append(cells)
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def xlsx_problems(data: bytes, worksheet: str = "") -> list[tuple[str, str]]:
    with pytest.raises(SheetProblemsError) as caught:
        read_sheet(data, "x.xlsx", worksheet)
    return [(p.cell, p.code) for p in caught.value.problems]


def xlsx_table(data: bytes, kind: str = "incidence") -> list[dict[str, object]]:
    sheet = read_sheet(data, "x.xlsx")
    found = rows_to_table(sheet, guess_mapping(sheet, kind), kind, "user:x.xlsx", "f" * 64, Marking.PUBLIC)
    assert isinstance(found, pa.Table), [(p.cell, p.what("en")) for p in found]
    return found.to_pylist()


def test_a_workbook_gives_what_the_same_csv_gives() -> None:
    data = workbook(
        lambda _: None,
        ("MX09", date(2025, 3, 1), "homicide-intentional", "victims", 12),
        ("Jalisco", datetime(2025, 3, 1), "x", "victims", None),  # noqa: DTZ001, workbooks have no zones
    )
    csv_rows = good(f"{HEAD}\nMX09,2025-03-01,homicide-intentional,victims,12\nJalisco,2025-03-01,x,victims,\n")
    assert [{**r, "source": ""} for r in xlsx_table(data)] == [{**r, "source": "", "marking": 0} for r in csv_rows]


def test_numbers_of_a_workbook_are_taken_to_fifteen_digits() -> None:
    def widen(book: Workbook) -> None:
        book.worksheets[0]["F1"] = "quantity"
        book.worksheets[0]["F2"] = 0.1 + 0.2

    assert xlsx_table(workbook(widen))[0]["quantity"] == Decimal("0.3")


def test_a_formula_without_a_saved_result_is_refused() -> None:
    data = workbook(lambda _: None, ("MX09", date(2025, 3, 1), "x", "victims", "=1+1"), ("=A2", date(2025, 3, 1), "x", "victims", 1))
    assert xlsx_problems(data) == [("E2", "REC010"), ("A3", "REC010")]


def test_a_formula_with_a_saved_result_is_its_result() -> None:
    import zipfile

    data, out = workbook(lambda _: None, ("MX09", date(2025, 3, 1), "x", "victims", "=6*7")), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(out, "w") as saved:
        for name in packed.namelist():
            content = packed.read(name)
            if name.endswith("sheet1.xml"):
                assert b"<v></v>" in content or b"<v />" in content or b"<v/>" in content
                content = content.replace(b"<v></v>", b"<v>42</v>").replace(b"<v />", b"<v>42</v>").replace(b"<v/>", b"<v>42</v>")
            saved.writestr(name, content)
    assert xlsx_table(out.getvalue())[0]["count"] == 42


def test_merged_cells_of_the_table_are_refused_and_a_merged_title_is_not() -> None:
    assert xlsx_problems(workbook(lambda book: book.worksheets[0].merge_cells("A2:A3"))) == [("A2", "REC011")]

    def title(book: Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.insert_rows(1)
        sheet["A1"] = "Report"
        sheet.merge_cells("A1:E1")

    assert xlsx_table(workbook(title))[0]["row"] == 3


def add(title: str, state: str, *cells: object) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        sheet = book.create_sheet(title)
        sheet.append(list(cells))
        sheet.sheet_state = state

    return change


def test_hidden_and_several_sheets_are_not_guessed() -> None:
    assert xlsx_problems(workbook(add("kept", "hidden", "a", "b"))) == [("kept", "REC012")]
    assert xlsx_problems(workbook(add("kept", "veryHidden", "a", "b"))) == [("kept", "REC012")]
    two = workbook(add("other", "visible", "a", "b"))
    assert xlsx_problems(two) == [("A1", "REC013")]
    assert xlsx_problems(two, "nowhere") == [("A1", "REC013")]
    assert read_sheet(two, "x.xlsx", "Sheet").title == "Sheet"
    assert read_sheet(workbook(add("notes", "visible", "# how to fill this")), "x.xlsx").title == "Sheet"
    assert read_sheet(workbook(add("empty", "hidden")), "x.xlsx").title == "Sheet"


def test_a_percentage_is_not_read_as_a_fraction() -> None:
    def percent(book: Workbook) -> None:
        book.worksheets[0]["E2"] = 0.12
        book.worksheets[0]["E2"].number_format = "0.0%"

    assert xlsx_problems(workbook(percent)) == [("E2", "REC019")]


def test_errors_of_the_spreadsheet_program_are_refused() -> None:
    assert xlsx_problems(workbook(lambda _: None, ("MX09", date(2025, 3, 1), "x", "victims", "#DIV/0!"))) == [("E2", "REC015")]


# --- templates ---


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("form", [template_csv, template_xlsx])
def test_a_template_names_every_field_explains_it_and_reads_back_as_no_rows(kind: str, form: Callable[[str], bytes]) -> None:
    data = form(kind)
    assert data == form(kind)
    with pytest.raises(SheetProblemsError) as caught:
        read_sheet(data, f"{kind}.x")
    assert [p.code for p in caught.value.problems] == ["REC017"]
    if form is template_csv:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        assert [len(cells) for cells in rows] == [len(fields(kind))] * 4
        assert all(cells[0].startswith("#") for cells in rows[1:])
    else:
        book = load_workbook(io.BytesIO(data))
        rows = [list(cells) for cells in book.worksheets[0].iter_rows(values_only=True)]
        described = [cells[1] for cells in book.worksheets[1].iter_rows(values_only=True, min_row=2)]
        assert described == [field.name for field in fields(kind)]
    assert rows[0] == [field.name for field in fields(kind)]


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_fields_of_a_kind_hang_together(kind: str) -> None:
    names = {field.name for field in fields(kind)}
    assert names | {"source", "snapshot", "row", "marking"} == set(schema(kind).names)
    assert set(REQUIRED[kind]) <= names
    assert set(NUMBERS.get(kind, ())) <= names
    assert ("status" in names) == (kind in NUMBERS)
    for field in fields(kind):
        assert field.says.en
        assert field.says.es
        assert field.says.en != field.says.es or field.name in {"calibre", "sector"}
        assert field.shape != "choice" or field.name in CHOICES
    headings = [heading for field in fields(kind) for heading in field.synonyms]
    assert sorted(set(headings)) == sorted(headings), "one heading would mean two fields"


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_examples_of_a_template_are_good_rows(kind: str) -> None:
    cells = {field.name: field.example for field in fields(kind) if field.name not in {"valid_to", "id"}}
    out = write_csv([list(cells), list(cells.values())])
    sheet = read_sheet(out, "x.csv")
    found = rows_to_table(sheet, guess_mapping(sheet, kind), kind, "user:x.csv", "f" * 64, Marking.PUBLIC)
    assert isinstance(found, pa.Table), [(p.cell, p.what("en")) for p in found]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "'=x", "''-", "＝1"])
def test_texts_that_would_run_as_formulas_are_escaped(text: str) -> None:
    assert escape(text) == f"'{text}"
    assert unescape(escape(text)) == text
    [[cell]] = csv.reader(io.StringIO(write_csv([[text]]).decode("utf-8-sig"), newline=""))
    assert cell == f"'{text}"


@pytest.mark.parametrize("text", ["", "x", "'quoted'", "a=b", "2025-03"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert escape(text) == text == unescape(text)


def test_a_sheet_knows_the_address_of_a_cell() -> None:
    assert Sheet(name="x", title="", header=("a",), header_row=1, rows=()).address(14, 2) == "C14"
