"""Drug seizures: fiscal years, two files that are never added, and drugs that nobody splits. Numbers are invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyarrow as pa

from veedor.sources.cbp_drugs import SOURCE
from veedor.sources.source import Parsed, Raw, Sample

HEADER = "FY,Month (abbv),Component,Region,Land Filter,Area of Responsibility,Drug Type,Count of Event,Sum Qty (lbs)"
OFO = "Office of Field Operations"
NATIONWIDE = "\n".join([
    HEADER,
    f"2024,OCT,{OFO},Southwest Border,Land Only,TUCSON FIELD OFFICE,Fentanyl,3,12.5",
    f"2024,SEP,{OFO},Coastal/Interior,Other,MIAMI FIELD OFFICE,Other Drugs**,2,9.9e-05",
    "2025 (FYTD),DEC,U.S. Border Patrol,Southwest Border,Land Only,YUMA SECTOR,Fentanyl,0,0",
    "2025 (FYTD),JAN,U.S. Border Patrol,Southwest Border,Land Only,YUMA SECTOR,Fentanyl,\"1,002\",\"3,000.25\"",
    "",
])  # fmt: skip
AIR = NATIONWIDE.replace("Area of Responsibility", "Branch").replace(OFO, "Air and Marine Operations")


def parse(text: str) -> Parsed:
    return SOURCE.parse(Raw(name="drugs.csv", data=text.encode(), snapshot="abc"))


def rows(found: Parsed) -> list[dict[str, object]]:
    assert found.unusable == ()
    listed: list[dict[str, object]] = found.tables["incidence"].to_pylist()
    return listed


def test_october_to_december_belong_to_the_year_before() -> None:
    october, september, december, january = rows(parse(NATIONWIDE))
    assert (october["valid_from"], october["valid_to"]) == (date(2023, 10, 1), date(2023, 11, 1))
    assert (september["valid_from"], september["valid_to"]) == (date(2024, 9, 1), date(2024, 10, 1))
    assert (december["valid_from"], december["valid_to"]) == (date(2024, 12, 1), date(2025, 1, 1))
    assert (january["valid_from"], january["valid_to"]) == (date(2025, 1, 1), date(2025, 2, 1))


def test_a_running_year_in_words_is_provisional_and_noted() -> None:
    found = parse(NATIONWIDE)
    assert [row["status"] for row in rows(found)] == ["reported", "reported", "provisional", "provisional"]
    (note,) = [note for note in found.notes if note.sentence.code == "src.cbp-fytd"]
    assert note.rows == 2
    assert note.sentence.render() == (
        "Fiscal year 2025 was still running when this file was made: its figures are provisional and end with 2025-01-31."
    )


def test_events_and_weights_are_both_kept_and_zero_is_a_measurement() -> None:
    found = rows(parse(NATIONWIDE))
    assert [row["count"] for row in found] == [3, 2, 0, 1002]
    assert [row["quantity"] for row in found] == [Decimal("12.5"), Decimal("0.000099"), Decimal(0), Decimal("3000.25")]
    assert {row["unit"] for row in found} == {"lb"}


def test_the_publishers_own_words_are_kept() -> None:
    first, second, *_ = rows(parse(NATIONWIDE))
    assert first["region"] == "Southwest Border / TUCSON FIELD OFFICE"
    assert (first["modality"], first["grouping"], first["subcategory"]) == (OFO, "Land Only", "Fentanyl")
    assert (first["category"], first["place"], first["method"]) == ("drug-seizure", "US", "cbp-fy")
    assert second["subcategory"] == "Other Drugs**"
    assert (first["id"], first["row"], first["snapshot"]) == ("2", 2, "abc")


def test_drugs_that_are_not_split_are_noted() -> None:
    (note,) = [note for note in parse(NATIONWIDE).notes if note.sentence.code == "src.cbp-other-drugs"]
    assert note.rows == 1


def test_air_and_marine_is_a_part_of_its_own() -> None:
    nationwide, air = parse(NATIONWIDE), parse(AIR)
    assert (nationwide.part, air.part) == ("nationwide", "air-and-marine")
    assert "src.cbp-air-and-marine" in {note.sentence.code for note in air.notes}
    assert "src.cbp-air-and-marine" not in {note.sentence.code for note in nationwide.notes}


def test_air_and_marine_rows_inside_the_nationwide_file_are_noted() -> None:
    changed = parse(NATIONWIDE.replace("U.S. Border Patrol", "Air and Marine Operations", 1))
    (note,) = [note for note in changed.notes if note.sentence.code == "src.cbp-air-in-nationwide"]
    assert note.rows == 1


def test_files_that_overlap_say_which_period_each_covers() -> None:
    found = parse(NATIONWIDE)
    assert (found.covers.starts, found.covers.ends) == (date(2023, 10, 1), date(2025, 2, 1))
    assert found.vintage == date(2025, 1, 31)


def test_a_file_with_mark_and_windows_line_ends_reads_the_same() -> None:
    plain = parse(NATIONWIDE).tables["incidence"]
    other = parse("\ufeff" + NATIONWIDE.replace("\n", "\r\n")).tables["incidence"]
    assert plain.equals(other)


def test_columns_in_another_order_read_the_same() -> None:
    lines = [line.split(",") for line in NATIONWIDE.splitlines()[:4]]
    turned = "\n".join(",".join(reversed(cells)) for cells in lines)
    columns = pa.table(parse(turned).tables["incidence"]).drop(["row"])
    assert columns.equals(parse("\n".join(NATIONWIDE.splitlines()[:4])).tables["incidence"].drop(["row"]))


def test_a_lost_column_makes_the_file_unusable() -> None:
    found = parse(NATIONWIDE.replace("Sum Qty (lbs)", "Sum Qty (kg)"))
    assert found.tables == {}
    (problem,) = found.unusable
    assert (problem.code, problem.place) == ("SRC010", "1:9")
    assert problem.what("en") == 'the column "Sum Qty (lbs)" is gone; "Sum Qty (kg)" is new and most like it'


def test_unreadable_cells_are_all_reported_with_their_place() -> None:
    found = parse(NATIONWIDE.replace(",3,12.5", ",three,12.5").replace("**,2,", "**,2 or 3,"))
    assert [(p.place, p.code) for p in found.unusable] == [("2:8", "SRC030"), ("3:8", "SRC030")]


def test_a_blank_figure_is_not_taken_for_zero() -> None:
    (problem,) = parse(NATIONWIDE.replace(",3,12.5", ",,12.5")).unusable
    assert (problem.code, problem.place) == ("SRC038", "2:8")


def test_an_unknown_month_or_year_makes_the_file_unusable() -> None:
    assert [p.code for p in parse(NATIONWIDE.replace("OCT", "TOTAL")).unusable] == ["SRC032"]
    assert [p.code for p in parse(NATIONWIDE.replace("2024,OCT", "All,OCT")).unusable] == ["SRC033"]


def test_a_header_alone_is_no_report_of_zero() -> None:
    assert [p.code for p in parse(HEADER + "\n").unusable] == ["SRC037"]


def test_a_cut_off_row_makes_the_file_unusable() -> None:
    assert [p.code for p in parse(NATIONWIDE[:-20]).unusable] == ["SRC031"]


def test_it_knows_its_own_files_even_damaged_and_no_others() -> None:
    def recognised(text: str) -> bool:
        return SOURCE.recognise(Sample(name="x", head=text.encode(), size=len(text)))

    assert recognised(NATIONWIDE)
    assert recognised(AIR)
    assert recognised(NATIONWIDE.replace("Drug Type", "Drug"))
    assert not recognised("Port Name,State,Port Code,Border,Date,Measure,Value\n")
    assert not recognised("")
