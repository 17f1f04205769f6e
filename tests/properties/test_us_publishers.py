"""Whatever bytes come: a parser answers with tables that keep their promises, or says why not; it never breaks and never invents."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_EVEN, Decimal

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from veedor.records.kinds import check
from veedor.sources import (
    atf_traces,
    bts_crossings,
    cbp_drugs,
    cbp_encounters,
    cdc_vsrr,
    figures,
    foreign_assistance,
    usbp_months,
)
from veedor.sources.source import Parsed, Raw, Source

TABLES = [m.SOURCE for m in (atf_traces, bts_crossings, cbp_drugs, cbp_encounters, cdc_vsrr, foreign_assistance)]
WORDS = st.sampled_from([
    "", "0", "1", "1,234", "2019", "2026 (FYTD)", "1976tq", "OCT", "January", "Mar 2019", "03/01/2019 12:00:00 AM", "12 month-ending",
    "Texas", "US", "YC", "MEX", "NULL", "Obligations", "Pistols", "Firearms Types Recovered in State", "Number of Deaths", "9.9e-05",
    "Fentanyl", "N/A", "-3", "100", "99.5+", "Trucks", "US-Mexico Border", "a,b", 'a "quoted" word', "\u00a0", "é",
])  # fmt: skip

GOOD = {  # one row of each publisher that reads well; invented numbers
    "atf-traces": ["Texas", "2021", "a page", "Pistols", "9", "", "", "Firearms Types Recovered in State", "Pistols"],
    "bts-crossings": ["Laredo", "Texas", "2304", "US-Mexico Border", "Mar 2019", "Trucks", "12"],
    "cbp-drug-seizures": ["2024", "OCT", "A Component", "A Border", "Other", "AN OFFICE", "Fentanyl", "3", "12.5"],
    "cbp-encounters": ["2023", "FYTD", "NOV", "A Border", "TX", "FMUA", "OTHER", "Title 8", "12"],
    "cdc-vsrr": ["TX", "2017", "May", "12 month-ending", "Number of Deaths", "12", "100", "0.1", "Texas", "", "**", "13"],
    "foreign-assistance": ["MEX", "Mexico", "6", "A Region", "UMIC", "A Group", "2", "Obligations", "2021", "100", "110"],
}


def keeps_its_promises(found: Parsed) -> None:
    if found.unusable:
        assert found.tables == {}
        assert all(problem.what("en") and problem.how("en") and re.fullmatch(r"SRC\d{3}", problem.code) for problem in found.unusable)
        return
    assert found.tables
    for kind, table in found.tables.items():
        check(kind, table)
        for column in ("count", "amount"):
            if column in table.column_names and "status" in table.column_names:
                empty = [row["status"] for row in table.select([column, "status"]).to_pylist() if row[column] is None]
                assert set(empty) <= {"not-reported", "suppressed"}
    assert all(note.sentence.render() for note in found.notes)


def written(source: Source, rows: list[list[str]]) -> Raw:
    quoted = [",".join('"' + cell.replace('"', '""') + '"' for cell in cells) for cells in [list(source.columns), *rows]]
    return Raw(name="x.csv", data="\n".join(quoted).encode("utf-8", "surrogatepass"), snapshot="abc")


@given(st.data())
@pytest.mark.parametrize("source", TABLES, ids=lambda source: source.name)
def test_any_cells_under_the_right_header(source: Source, data: st.DataObject) -> None:
    width = len(source.columns)
    rows = data.draw(st.lists(st.lists(WORDS, min_size=width, max_size=width), max_size=4))
    keeps_its_promises(source.parse(written(source, rows)))


@given(st.data())
@pytest.mark.parametrize("source", TABLES, ids=lambda source: source.name)
def test_one_cell_changed_in_a_good_file(source: Source, data: st.DataObject) -> None:
    rows = [list(GOOD[source.name]) for _ in range(3)]
    keeps_its_promises(source.parse(written(source, rows)))
    assert source.parse(written(source, rows)).unusable == ()
    rows[data.draw(st.integers(0, 2))][data.draw(st.integers(0, len(source.columns) - 1))] = data.draw(WORDS | st.text(max_size=6))
    keeps_its_promises(source.parse(written(source, rows)))


@given(st.binary(max_size=300))
@pytest.mark.parametrize("source", [*TABLES, usbp_months.SOURCE], ids=lambda source: source.name)
def test_any_bytes_at_all(source: Source, data: bytes) -> None:
    keeps_its_promises(source.parse(Raw(name="x.csv", data=data, snapshot="abc")))


@given(
    st.lists(
        st.sampled_from(["Miami", "Yuma|", "|", "1,234|", "7|" * 13, "N/A|" * 12, "9", "Monthly Total|", "SECTOR|", "(x)", "\n", "٣|"])
    )
)
def test_any_lines_under_the_heading_of_the_border_patrol(parts: list[str]) -> None:
    text = "Apprehensions By Month - FY 2004\n" + "".join(parts)
    keeps_its_promises(usbp_months.SOURCE.parse(Raw(name="x.csv", data=text.encode(), snapshot="abc")))


@given(st.integers(min_value=0, max_value=10**15))
def test_a_count_survives_every_way_of_writing_it(number: int) -> None:
    cells = pa.array([str(number), f"{number:,}", f" {number} ", f"{number}.0", f"{number:,}.00"])
    found = figures.whole(cells)
    assert found.values.to_pylist() == [number] * 5
    assert not any(found.unreadable.to_pylist())


@given(st.decimals(min_value=-(10**12), max_value=10**12, allow_nan=False, allow_infinity=False, places=12))
def test_a_weight_is_exact_to_eight_places_half_even(number: Decimal) -> None:
    found = figures.exact(pa.array([f"{number:f}", f"{number:e}", "1e-30"]))
    wanted = number.quantize(Decimal("1e-8"), rounding=ROUND_HALF_EVEN)
    assert found.values.to_pylist() == [wanted, wanted, Decimal(0)]


@given(st.text(max_size=8))
def test_a_cell_is_a_number_or_blank_or_unreadable_and_never_two_of_these(cell: str) -> None:
    for reader in (figures.whole, figures.exact):
        (value,), (unreadable,) = (part.to_pylist() for part in reader(pa.array([cell])))
        if unreadable:
            assert value is None
        elif value is None:
            assert not cell.strip()
