"""Encounters by state: fiscal months, places, words of the publisher. Numbers are invented."""

from __future__ import annotations

from datetime import date

from veedor.sources.cbp_encounters import SOURCE
from veedor.sources.source import Parsed, Raw, Sample

HEADER = "Fiscal Year,Month Grouping,Month (abbv),Land Border Region,State,Demographic,Citizenship,Title of Authority,Encounter Count"
TEXT = f"""{HEADER}
2023,FYTD,NOV,Southwest Land Border,TX,FMUA,"CHINA, PEOPLES REPUBLIC OF",Title 42,12
2023,FYTD,AUG,Other,ZZ,Single Adults,OTHER,Title 8,5
2024 (FYTD),FYTD,OCT,Northern Land Border,VT,UC / Single Minors,CANADA,Title 8,0"""


def parse(text: str) -> Parsed:
    return SOURCE.parse(Raw(name="encounters.csv", data=text.encode(), snapshot="abc"))


def test_rows_carry_place_words_and_calendar_month() -> None:
    texas, nowhere, vermont = parse(TEXT).tables["incidence"].to_pylist()
    assert (texas["place"], texas["valid_from"], texas["valid_to"]) == ("US48", date(2022, 11, 1), date(2022, 12, 1))
    assert (texas["region"], texas["subcategory"], texas["modality"]) == ("Southwest Land Border", "FMUA", "Title 42")
    assert texas["grouping"] == "CHINA, PEOPLES REPUBLIC OF"
    assert (texas["category"], texas["measure"], texas["count"]) == ("encounter", "encounters", 12)
    assert nowhere["place"] == "US"
    assert (vermont["place"], vermont["valid_from"], vermont["count"]) == ("US50", date(2023, 10, 1), 0)


def test_month_grouping_fytd_does_not_make_a_complete_year_provisional() -> None:
    # "FYTD" in the month grouping marks months that compare with the running year; only the year itself says it is running.
    assert [row["status"] for row in parse(TEXT).tables["incidence"].to_pylist()] == ["reported", "reported", "provisional"]


def test_unknown_states_are_noted_by_name() -> None:
    (note,) = [note for note in parse(TEXT).notes if note.sentence.code == "src.cbp-no-state"]
    assert note.rows == 1
    assert "ZZ" in note.sentence.render()


def test_covers_and_vintage_end_with_the_last_month() -> None:
    found = parse(TEXT)
    assert (found.covers.starts, found.covers.ends, found.vintage) == (date(2022, 11, 1), date(2023, 11, 1), date(2023, 10, 31))


def test_a_lost_column_or_number_makes_the_file_unusable() -> None:
    assert [p.code for p in parse(TEXT.replace("Encounter Count", "Encounters")).unusable] == ["SRC010"]
    assert [(p.code, p.place) for p in parse(TEXT.replace("Title 42,12", "Title 42,a dozen")).unusable] == [("SRC030", "2:9")]


def test_it_knows_its_own_files() -> None:
    assert SOURCE.recognise(Sample(name="x", head=TEXT.encode(), size=1))
    assert not SOURCE.recognise(Sample(name="x", head=b"FY,Month (abbv),Component\n", size=1))
