"""Scraped trace pages: rows twice, states with fewer years, footnotes with totals. Numbers are invented."""

from __future__ import annotations

from datetime import date

from veedor.sources.atf_traces import SOURCE
from veedor.sources.source import Note, Parsed, Raw, Sample

HEADER = "State,Year,Section_raw,Category_or_Location,Value,Note,Note2,Section,Category_or_Place"
TYPES, CALIBRES = "Firearms Types Recovered in State", "Top Calibers Reported"
SOURCES, CITIES = "Top States Where Firearms Came From", "Top Recovery Cities in State"
TIMES, CRIMES, AGES = "Time-to-Crime for Firearms Recovered in State", "Top Crimes Reported", "Age of Possessors"


def row(state: str, year: int, section: str, words: str, value: str, *, heading: str = "a page", note: str = "") -> str:
    return f'{state},{year},{heading},{words},{value},"{note}",,{section},{words}'


TOTAL = "NOTE:\u00a0An additional 30 states accounted for 5 other traces. The source state was identified in 1,065\u00a0total traces."
TEXT = "\n".join([
    HEADER,
    row("Texas", 2021, TYPES, "Pistols", "900"),
    row("Texas", 2021, TYPES, "Other*", "0", note="* Other includes a Flare Gun."),
    row("Texas", 2021, CALIBRES, ".45\u00a0Cal", "70"),
    row("Texas", 2021, SOURCES, "Texas", "1000"),
    row("Texas", 2021, SOURCES, "New Mexico", "60", note=TOTAL),
    row("Texas", 2021, TIMES, "Under 3 Months", "11"),
    row("Texas", 2021, CITIES, "Houston", "300"),
    row("Texas", 2021, CRIMES, "Homicide", "40"),
    row("Texas", 2021, AGES, "18 to 21", "50"),
    row("Texas", 2022, TYPES, "Pistols", "901"),
    row("New Mexico", 2021, TYPES, "Pistols", "7"),
    row("District Columbia", 2021, TYPES, "Pistols", "8"),
    row("District Columbia", 2022, TYPES, "Pistols", "9"),
])  # fmt: skip


def parse(text: str) -> Parsed:
    return SOURCE.parse(Raw(name="traces.csv", data=text.encode(), snapshot="abc"))


def traces(found: Parsed, category: str) -> list[dict[str, object]]:
    assert found.unusable == ()
    return [row for row in found.tables["trace"].to_pylist() if row["category"] == category]


def note_of(found: Parsed, code: str) -> Note:
    (note,) = [note for note in found.notes if note.sentence.code == code]
    return note


def test_each_list_of_a_page_fills_its_own_field() -> None:
    found = parse(TEXT)
    assert traces(found, "firearm-type")[0]["weapon_type"] == "Pistols"
    assert traces(found, "calibre")[0]["calibre"] == ".45 Cal"
    assert traces(found, "time-to-crime")[0]["time_to_crime"] == "Under 3 Months"
    (city,) = traces(found, "recovery-city")
    assert (city["place"], city["recovery_place"], city["count"]) == ("US48", "Houston", 300)
    pistols = traces(found, "firearm-type")[0]
    assert (pistols["place"], pistols["recovery_place"], pistols["purchase_place"]) == ("US48", "US48", "")
    assert (pistols["valid_from"], pistols["valid_to"]) == (date(2021, 1, 1), date(2022, 1, 1))


def test_states_of_first_sale_are_places_and_their_footnote_gives_the_total() -> None:
    *states, total = traces(parse(TEXT), "source-state")
    assert [(row["purchase_place"], row["count"], row["status"]) for row in states] == [
        ("US48", 1000, "reported"),
        ("US35", 60, "reported"),
    ]
    assert (total["purchase_place"], total["count"], total["status"]) == ("", 1065, "total")
    assert (total["id"], total["row"]) == ("6:total", 6)


def test_crimes_and_ages_are_counts_beside_the_traces() -> None:
    crime, age = parse(TEXT).tables["incidence"].to_pylist()
    assert (crime["category"], crime["subcategory"], crime["count"]) == ("trace-crime", "Homicide", 40)
    assert (age["category"], age["subcategory"], age["count"]) == ("trace-possessor-age", "18 to 21", 50)
    assert {crime["measure"], age["measure"]} == {"firearm-traces"}


def test_a_state_page_that_stands_twice_counts_once() -> None:
    page = [line for line in TEXT.splitlines() if line.startswith("Texas,2021")]
    doubled = parse("\n".join([TEXT, *page]))
    assert doubled.tables["trace"].equals(parse(TEXT).tables["trace"])
    assert doubled.tables["incidence"].equals(parse(TEXT).tables["incidence"])
    note = note_of(doubled, "src.atf-rows-twice")
    assert note.rows == len(page)
    assert note.sentence.render() == "Rows left out because an earlier row says the same word for word (Texas): 9."


def test_a_table_that_stands_twice_under_another_heading_counts_once() -> None:
    doubled = parse("\n".join([TEXT, row("Texas", 2021, TYPES, "Pistols", "900", heading="")]))
    assert doubled.tables["trace"].equals(parse(TEXT).tables["trace"])
    assert note_of(doubled, "src.atf-table-twice").rows == 1


def test_two_different_figures_for_one_thing_are_both_kept() -> None:
    found = parse("\n".join([TEXT, row("Texas", 2021, TYPES, "Pistols", "899")]))
    assert [row["count"] for row in traces(found, "firearm-type") if row["place"] == "US48"] == [900, 0, 901, 899]


def test_a_row_with_only_a_footnote_makes_no_record_and_is_noted() -> None:
    found = parse("\n".join([TEXT, row("Texas", 2022, TYPES, "", "", note="* Other includes a Silencer.")]))
    assert found.tables["trace"].equals(parse(TEXT).tables["trace"])
    assert note_of(found, "src.atf-footnotes").rows == 1


def test_a_named_row_without_figure_is_not_reported_and_not_zero() -> None:
    found = parse(TEXT.replace("Pistols,901,", "Pistols,,"))
    assert [(row["count"], row["status"]) for row in traces(found, "firearm-type") if row["row"] == 11] == [(None, "not-reported")]


def test_missing_years_and_missing_states_are_noted_by_name() -> None:
    found = parse(TEXT)
    fewer = note_of(found, "src.atf-fewer-years")
    assert fewer.rows == 1
    assert "For New Mexico the file has fewer years" in fewer.sentence.render()
    absent = note_of(found, "src.atf-no-page").sentence.render()
    assert "Oklahoma" in absent
    assert "Alaska" in absent
    assert "New Mexico" not in absent
    assert "District of Columbia" not in absent


def test_sections_nobody_knows_are_left_out_and_noted() -> None:
    found = parse("\n".join([TEXT, row("Texas", 2022, "Top Colours", "Black", "5")]))
    assert found.tables["trace"].equals(parse(TEXT).tables["trace"])
    assert note_of(found, "src.atf-new-section").rows == 1


def test_states_nobody_knows_count_for_the_whole_country() -> None:
    found = parse("\n".join([TEXT, row("Atlantis", 2021, TYPES, "Pistols", "5"), row("Atlantis", 2022, TYPES, "Pistols", "6")]))
    assert note_of(found, "src.atf-no-state").rows == 2
    assert {row["place"] for row in traces(found, "firearm-type") if row["count"] in {5, 6}} == {"US"}


def test_a_lost_column_or_unreadable_figure_makes_the_file_unusable() -> None:
    assert [p.code for p in parse(TEXT.replace("Value", "Count", 1)).unusable] == ["SRC010"]
    assert [(p.code, p.place) for p in parse(TEXT.replace(",900,", ",about 900,")).unusable] == [("SRC030", "2:5")]
    assert [p.code for p in parse(TEXT.replace("Texas,2021", "Texas,21")).unusable][:1] == ["SRC033"]


def test_it_knows_its_own_file() -> None:
    assert SOURCE.recognise(Sample(name="x", head=TEXT.encode(), size=1))
    assert not SOURCE.recognise(Sample(name="x", head=b"State,Year,Month,Value\n", size=1))
