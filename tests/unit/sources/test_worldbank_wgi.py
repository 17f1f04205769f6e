"""Governance indicators, on an invented workbook in the publisher's layout."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest

from veedor.records.kinds import check
from veedor.sources.source import Parsed, Raw, Sample
from veedor.sources.worldbank_wgi import SHEETS, SOURCE

BLOCK = ["Estimate", "StdErr", "NumSrc", "Rank", "Lower", "Upper"]
COUNTRIES: list[list[object]] = [
    ["Mexico", "MEX", -0.65, 0.1, 9, 27.4, 18.7, 37.0, -0.5, 0.2, 9, 30, 20, 40],
    ["Ejemplia", "EJE", 0.0, 0.25, 9, 50, 40, 60, "#N/A", "#N/A", "#N/A", "#N/A", "#N/A", "#N/A"],
]


def book(sheets: tuple[str, ...] = tuple(SHEETS), block: list[str] = BLOCK, countries: list[list[object]] = COUNTRIES) -> bytes:
    made = openpyxl.Workbook()
    introduction = made.active
    introduction.title = "Introduction"
    introduction["F2"] = "The Worldwide Governance Indicators, 2020 Update"
    for title in sheets:
        sheet = made.create_sheet(title)
        sheet.append([title])
        for _ in range(12):
            sheet.append(["a line of the legend"])
        sheet.append([None, None, *[2018] * 6, *[2019] * 6])
        sheet.append(["Country/Territory", "Code", *block, *block])
        for row in countries:
            sheet.append(row)
    held = io.BytesIO()
    made.save(held)
    return held.getvalue()


def parse(data: bytes) -> Parsed:
    return SOURCE.parse(Raw(name="wgi.xlsx", data=data, snapshot="ab"))


def test_the_workbook_is_recognised_by_its_sheets() -> None:
    data = book()
    assert SOURCE.recognise(Sample(name="x", head=data[:65536], size=len(data)))
    other = book(("Norte", "Sur"))
    assert not SOURCE.recognise(Sample(name="wgidataset.xlsx", head=other[:65536], size=len(other)))
    assert not SOURCE.recognise(Sample(name="x", head=b"a,b\n1,2\n", size=8))


def test_estimates_carry_an_interval_from_their_standard_error() -> None:
    parsed = parse(book())
    table = check("statistic", parsed.tables["statistic"])
    assert table.num_rows == 6 * 2 * 2
    found = {(row["series"], row["place"], row["valid_from"].year): row for row in table.to_pylist()}
    rule = found["wgi-rule-of-law", "MX", 2018]
    assert rule["value"] == Decimal("-0.65")
    assert (rule["low"], rule["high"]) == (Decimal("-0.846"), Decimal("-0.454"))
    assert rule["method"] == "wgi-2020-update"
    assert (rule["valid_from"], rule["valid_to"], rule["row"]) == (date(2018, 1, 1), date(2019, 1, 1), 16)
    assert parsed.vintage == date(2019, 12, 31)


def test_zero_is_a_measurement_and_absent_is_not_reported() -> None:
    rows = {(row["place"], row["valid_from"].year): row for row in parse(book()).tables["statistic"].to_pylist()}
    assert rows["EJE", 2018]["value"] == 0
    assert rows["EJE", 2018]["status"] == "estimated"
    assert rows["EJE", 2019]["value"] is None
    assert rows["EJE", 2019]["low"] is None
    assert rows["EJE", 2019]["status"] == "not-reported"


def test_a_lost_sheet_or_column_makes_the_file_unusable() -> None:
    without = parse(book(tuple(title for title in SHEETS if title != "RuleofLaw")))
    assert [problem.code for problem in without.unusable] == ["SRC083"]
    renamed = parse(book(block=["Estimate", "StandardError", *BLOCK[2:]]))
    assert [problem.code for problem in renamed.unusable] == ["SRC010"]
    assert "StdErr" in renamed.unusable[0].what("en")
    assert without.tables == renamed.tables == {}


@pytest.mark.parametrize("cell", ["n/a", True, "0,5"])
def test_a_cell_that_is_no_number_makes_the_file_unusable(cell: object) -> None:
    parsed = parse(book(countries=[["Mexico", "MEX", cell, 0.1, *[1] * 10]]))
    assert parsed.unusable[0].code == "SRC030"
    assert (parsed.unusable[0].line, parsed.unusable[0].column) == (16, 3)


def test_a_cut_off_workbook_is_unusable() -> None:
    assert parse(book()[:-200]).unusable[0].code == "SRC031"
