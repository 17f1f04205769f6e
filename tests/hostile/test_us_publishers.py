"""Files of US publishers that somebody damaged or forged: refused with words that are safe to show, never half read."""

from __future__ import annotations

import pytest

from veedor.sources import atf_traces, bts_crossings, cbp_drugs, cbp_encounters, cdc_vsrr, foreign_assistance, usbp_months
from veedor.sources.source import Parsed, Raw, Source

TABLES = [m.SOURCE for m in (atf_traces, bts_crossings, cbp_drugs, cbp_encounters, cdc_vsrr, foreign_assistance)]
CROSSING = "Laredo,Texas,2304,US-Mexico Border,Mar 2019,Trucks,{value}"
HEADER = ",".join(bts_crossings.SOURCE.columns)


def parse(source: Source, data: bytes | str) -> Parsed:
    return source.parse(Raw(name="x.csv", data=data.encode() if isinstance(data, str) else data, snapshot="abc"))


@pytest.mark.parametrize("source", TABLES, ids=lambda source: source.name)
def test_each_lost_column_is_named(source: Source) -> None:
    for lost in source.columns:
        header = [name for name in source.columns if name != lost]
        found = parse(source, ",".join(header) + "\n" + ",".join("1" for _ in header) + "\n")
        assert found.tables == {}
        assert (
            any(lost in problem.what("en") and problem.code == "SRC010" for problem in found.unusable) or lost == "Area of Responsibility"
        )


@pytest.mark.parametrize("source", TABLES, ids=lambda source: source.name)
def test_a_doubled_column_is_refused_because_nobody_knows_which_is_meant(source: Source) -> None:
    header = [*source.columns, source.columns[-1]]
    found = parse(source, ",".join(header) + "\n" + ",".join("1" for _ in header) + "\n")
    assert [problem.code for problem in found.unusable] == ["SRC039"]


@pytest.mark.parametrize("source", [*TABLES, usbp_months.SOURCE], ids=lambda source: source.name)
@pytest.mark.parametrize("data", [b"", b"\n\n", b"\x00\x01\x02", b"\xff\xfe\x00\xd8", b'"', b"<html><body>Not found</body></html>"])
def test_what_is_no_table_is_unusable(source: Source, data: bytes) -> None:
    found = parse(source, data)
    assert found.tables == {}
    assert found.unusable


def test_escapes_in_a_cell_never_reach_the_terminal() -> None:
    (problem,) = parse(bts_crossings.SOURCE, f"{HEADER}\n" + CROSSING.format(value="1\x1b[2J\x1b]0;owned\x07\u202e")).unusable
    shown = problem.what("en")
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "owned" not in shown


def test_ten_thousand_wrong_cells_make_a_short_list() -> None:
    lines = "\n".join(CROSSING.format(value=f"x{i}") for i in range(10_000))
    assert len(parse(bts_crossings.SOURCE, f"{HEADER}\n{lines}").unusable) == 20


@pytest.mark.parametrize("value", ["=1+1", "9" * 400, "1e400", "∞", "NaN", "½"])
def test_a_forged_count_is_not_read(value: str) -> None:
    assert [p.code for p in parse(bts_crossings.SOURCE, f"{HEADER}\n" + CROSSING.format(value=value)).unusable] == ["SRC030"]


@pytest.mark.parametrize("year", ["0000", "-2019", "99999", "1.9e3", "２０１９"])
def test_a_forged_year_is_not_read(year: str) -> None:
    text = f"{HEADER}\n" + CROSSING.format(value="1").replace("2019", year)
    assert [p.code for p in parse(bts_crossings.SOURCE, text).unusable] == ["SRC034"]


def test_a_row_with_a_cell_too_many_is_not_read() -> None:
    text = "\n".join([HEADER, CROSSING.format(value="1"), CROSSING.format(value="2,000")])
    assert [p.code for p in parse(bts_crossings.SOURCE, text).unusable] == ["SRC031"]


def test_utf_16_is_read_like_any_other_text() -> None:
    text = f"{HEADER}\n" + CROSSING.format(value="7") + "\n"
    assert parse(bts_crossings.SOURCE, text.encode("utf-16")).tables["crossing"]["count"].to_pylist() == [7]


@pytest.mark.parametrize("figure", ["9" * 400, "9" * 5000, "1" + ",000" * 30])
def test_figures_too_large_for_any_count_are_not_read(figure: str) -> None:
    page = "\n".join(["By Month - FY 2004", "Miami|" + "|".join([figure, *["1"] * 12]), "Monthly Total|" + "|".join(["1"] * 13)])
    assert [p.code for p in parse(usbp_months.SOURCE, page).unusable] == ["SRC030"]
    note = f"The source state was identified in {figure} total traces"
    text = ",".join(atf_traces.SOURCE.columns) + f'\nTexas,2021,a,Texas,9,"{note}",,{atf_traces.SOURCE_STATES},Texas\n'
    assert parse(atf_traces.SOURCE, text).tables["trace"]["count"].to_pylist() == [9]


def test_endless_cells_and_lines_end_in_an_answer() -> None:
    # expressions that look for words must not take quadratic time over what a forger sends
    cell = "(" + "T1" * 400_000
    row = ["TX", "2017", "May", "12 month-ending", cell, "12", "100", "0.1", "Texas", "", "**", "13"]
    assert parse(cdc_vsrr.SOURCE, ",".join(cdc_vsrr.SOURCE.columns) + "\n" + ",".join(row)).tables["incidence"].num_rows == 2
    assert parse(usbp_months.SOURCE, "a " * 400_000 + " by month" * 100_000 + " " * 400_000).unusable
