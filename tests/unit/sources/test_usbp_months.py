"""Pages of a document as lines with bars: names that stand alone, remarks, totals among the rows. Numbers are invented."""

from __future__ import annotations

from datetime import date

import pytest

from veedor.sources.source import Parsed, Raw, Sample
from veedor.sources.usbp_months import SOURCE

MONTHS = "October|November|December|January|February|March|April|May|June|July|August|September"


def line(name: str, *months: int, year: int | None = None) -> str:
    cells = [f"{value:,}" for value in (*months, sum(months) if year is None else year)]
    return "|".join([name, *cells] if name else cells)


LIVERMORE = "Livermore*|" + "|".join(["N/A"] * 13)
MIAMI = (10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 110, 120)
HAVRE = (1, 0, 0, 2, 0, 0, 3, 0, 0, 4, 0, 0)
BIG_BEND = (1000, 1100, 1200, 1300, 1400, 1500, 1600, 1700, 1800, 1900, 2000, 2100)
YUMA = (5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5, 5)
SOUTHWEST = tuple(a + b for a, b in zip(BIG_BEND, YUMA, strict=True))
EVERYWHERE = tuple(a + b + c for a, b, c in zip(MIAMI, HAVRE, SOUTHWEST, strict=True))
TEXT = "\n".join([
    "United States Border Patrol",
    "Total Illegal Alien Apprehensions By Month - FY 2006",
    "",
    "Yearly",
    f"SECTOR|{MONTHS}",
    "Total",
    LIVERMORE,
    "",
    line("Miami", *MIAMI),
    "",
    line("Havre", *HAVRE),
    "Big Bend",
    line("", *BIG_BEND),
    "(formerly Marfa)",
    line("Yuma", *YUMA),
    "",
    line("Coastal Border", *MIAMI),
    line("Northern Border", *HAVRE),
    line("Southwest Border", *SOUTHWEST),
    line("Monthly Total", *EVERYWHERE),
    "*Livermore Sector was closed after FY 2004",
    "",
])  # fmt: skip
LATER = (
    TEXT.replace("Patrol\nTotal Illegal Alien Apprehensions By Month - FY 2006", "Patrol|Total Encounters by Month - FY 2020")
    .replace("November|December", "November December")
    .replace("August|September\nTotal", "August|September Yearly Total")
)


def parse(text: str) -> Parsed:
    return SOURCE.parse(Raw(name="usbp.csv", data=text.encode(), snapshot="abc"))


def rows(found: Parsed, region: str) -> list[dict[str, object]]:
    assert found.unusable == ()
    return [row for row in found.tables["incidence"].to_pylist() if row["region"] == region]


def test_a_sector_has_twelve_months_of_the_calendar_and_a_year_that_is_a_total() -> None:
    *months, year = rows(parse(TEXT), "Coastal Border / Miami")
    assert [row["count"] for row in months] == list(MIAMI)
    assert months[0]["valid_from"] == date(2005, 10, 1)
    assert months[3]["valid_from"] == date(2006, 1, 1)
    assert {row["status"] for row in months} == {"reported"}
    assert (year["valid_from"], year["valid_to"], year["count"]) == (date(2005, 10, 1), date(2006, 10, 1), 780)
    assert year["status"] == "total"


def test_a_name_alone_on_the_line_above_belongs_to_the_figures() -> None:
    found = rows(parse(TEXT), "Southwest Border / Big Bend")
    assert [row["count"] for row in found[:2]] == [1000, 1100]
    assert {row["row"] for row in found} == {13}


def test_borders_and_the_monthly_total_are_totals() -> None:
    found = parse(TEXT)
    for region in ("Coastal Border", "Northern Border", "Southwest Border", ""):
        assert {row["status"] for row in rows(found, region)} == {"total"}
    assert [row["count"] for row in rows(found, "")][:12] == list(EVERYWHERE)


def test_reported_rows_add_up_to_the_publishers_total() -> None:
    table = parse(TEXT).tables["incidence"].to_pylist()
    assert sum(row["count"] for row in table if row["status"] == "reported") == sum(EVERYWHERE)


def test_a_closed_sector_is_not_reported_and_not_zero() -> None:
    found = rows(parse(TEXT), "Coastal Border / Livermore")
    assert {row["count"] for row in found} == {None}
    assert {row["status"] for row in found} == {"not-reported"}
    assert [row["count"] for row in rows(parse(TEXT), "Northern Border / Havre")][1] == 0


def test_the_fiscal_year_comes_from_the_heading_and_not_from_the_remark() -> None:
    assert parse(TEXT).covers.starts == date(2005, 10, 1)
    assert parse(TEXT).vintage == date(2006, 9, 30)
    assert [p.code for p in parse(TEXT.replace(" - FY 2006", "")).unusable] == ["SRC036"]


def test_figures_without_thousands_comma_read_the_same() -> None:
    assert parse(TEXT.replace("1,100", "1100")).tables["incidence"].equals(parse(TEXT).tables["incidence"])


def test_encounters_since_march_2020_are_another_method() -> None:
    found = parse(LATER)
    *months, year = rows(found, "Coastal Border / Miami")
    assert [row["method"] for row in months] == ["usbp-apprehensions"] * 5 + ["usbp-encounters"] * 7
    assert (months[4]["category"], months[5]["category"], year["category"]) == ("apprehension", "encounter", "encounter")
    assert months[5]["valid_from"] == date(2020, 3, 1)
    assert "src.usbp-title-42" in {note.sentence.code for note in found.notes}
    assert "src.usbp-title-42" not in {note.sentence.code for note in parse(TEXT).notes}


def test_totals_that_are_not_the_sum_are_counted_in_a_note() -> None:
    assert parse(TEXT).notes == ()
    (note,) = parse(TEXT.replace(line("Yuma", *YUMA), line("Yuma", *YUMA, year=61))).notes
    # the year of Yuma is no sum of its months, and the years of the border and of everything are no sums of their sectors
    assert (note.sentence.code, note.rows) == ("src.usbp-totals-differ", 3)


def test_a_sector_nobody_knows_is_kept_and_noted() -> None:
    found = parse(TEXT.replace("Havre", "Atlantis"))
    assert len(rows(found, "Atlantis")) == 13
    assert "src.usbp-unknown-sector" in {note.sentence.code for note in found.notes}


@pytest.mark.parametrize(
    ("old", "new", "code", "place"),
    [
        (line("Yuma", *YUMA), line("Yuma", *YUMA).rpartition("|")[0], "SRC035", "15:1"),
        (line("Yuma", *YUMA), line("Yuma", *YUMA).replace("|5|", "|5x|", 1), "SRC030", "15:1"),
        (line("Monthly Total", *EVERYWHERE), "", "SRC040", "22:1"),
        ("Big Bend\n", "\n", "SRC041", "13:1"),
    ],
)
def test_a_damaged_page_is_unusable(old: str, new: str, code: str, place: str) -> None:
    found = parse(TEXT.replace(old, new))
    assert found.tables == {}
    assert [(p.code, p.place) for p in found.unusable] == [(code, place)]


def test_it_knows_its_own_pages() -> None:
    assert SOURCE.recognise(Sample(name="x", head=TEXT.encode(), size=1))
    assert SOURCE.recognise(Sample(name="x", head=LATER.encode(), size=1))
    assert not SOURCE.recognise(Sample(name="x", head=b"United States Border Patrol\nStaffing By Year\n", size=1))
