"""Rolling windows, predictions, hidden values, a city that is no part of its state's rows. Numbers are invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from veedor.sources.cdc_vsrr import SOURCE
from veedor.sources.source import Parsed, Raw, Sample

HEADER = (
    "State,Year,Month,Period,Indicator,Data Value,Percent Complete,Percent Pending Investigation,State Name,Footnote,"
    "Footnote Symbol,Predicted Value"
)
FINAL = "Numbers may differ from published reports using final data. See Technical Notes."
PARTIAL = "Underreported due to incomplete data."
HIDDEN = "Data not shown due to low data quality."
OVERDOSES = "Number of Drug Overdose Deaths"
SYNTHETIC = '"Synthetic opioids, excl. methadone (T40.4)"'


def row(  # noqa: PLR0917, one argument a column of the file
    state: str, month: str, indicator: str, value: str, complete: str = "100", remark: str = FINAL, predicted: str = ""
) -> str:
    return f"{state},2017,{month},12 month-ending,{indicator},{value},{complete},0.1,A State,{remark},**,{predicted}"


TEXT = "\n".join([
    HEADER,
    row("US", "November", OVERDOSES, "600", predicted="610"),
    row("US", "December", OVERDOSES, "620", predicted="630"),
    row("US", "December", "Number of Deaths", "\"50,000\""),
    row("US", "December", SYNTHETIC, "300", "99.5+", predicted="310"),
    row("US", "December", "Percent with drugs specified", "87.6023706134457"),
    row("YC", "December", OVERDOSES, "90", remark=PARTIAL),
    row("NY", "December", OVERDOSES, "110"),
    row("AK", "December", SYNTHETIC, "", remark=HIDDEN),
    row("AK", "December", OVERDOSES, ""),
    row("AK", "November", OVERDOSES, "0"),
])  # fmt: skip


def parse(text: str = TEXT) -> Parsed:
    return SOURCE.parse(Raw(name="vsrr.csv", data=text.encode(), snapshot="abc"))


def deaths(text: str = TEXT) -> dict[str, dict[str, object]]:
    found = parse(text)
    assert found.unusable == ()
    return {row["id"]: row for row in found.tables["incidence"].to_pylist()}


def test_a_row_speaks_of_the_twelve_months_ending_with_its_month() -> None:
    found = deaths()
    assert (found["2"]["valid_from"], found["2"]["valid_to"]) == (date(2016, 12, 1), date(2017, 12, 1))
    assert (found["3"]["valid_from"], found["3"]["valid_to"]) == (date(2017, 1, 1), date(2018, 1, 1))
    assert {row["measure"] for row in found.values()} == {"deaths-12-months"}


def test_neighbouring_windows_overlap_so_that_no_two_share_a_period() -> None:
    # Whoever adds rows adds rows of one period; two windows never have the same one, and the note says why they overlap.
    national = [row for row in deaths().values() if row["place"] == "US" and row["method"] == "vsrr-reported"]
    windows = [(row["valid_from"], row["valid_to"]) for row in national if row["subcategory"] == OVERDOSES]
    assert len(windows) == len(set(windows)) == 2
    assert windows[1][0] < windows[0][1]
    (note,) = [note for note in parse().notes if note.sentence.code == "src.cdc-windows"]
    assert note.sentence.render() == (
        "Each row counts the 12 months ending with its month; rows of neighbouring months overlap and are never added."
    )


def test_predicted_values_are_estimates_by_a_method_of_their_own() -> None:
    found = deaths()
    assert (found["3"]["count"], found["3"]["method"], found["3"]["status"]) == (620, "vsrr-reported", "reported")
    predicted = found["3:predicted"]
    assert (predicted["count"], predicted["method"], predicted["status"]) == (630, "vsrr-predicted", "estimated")
    assert "4:predicted" not in found


def test_all_deaths_are_no_overdose_deaths_and_drugs_go_by_their_codes() -> None:
    found = deaths()
    assert (found["4"]["category"], found["4"]["count"]) == ("death", 50000)
    assert (found["3"]["category"], found["3"]["modality"]) == ("overdose-death", "")
    assert (found["5"]["category"], found["5"]["modality"]) == ("overdose-death", "T40.4")
    assert found["5"]["subcategory"] == "Synthetic opioids, excl. methadone (T40.4)"


def test_whatever_is_short_of_complete_is_provisional() -> None:
    found = deaths()
    assert found["5"]["status"] == "provisional"  # "99.5+" is not 100
    assert found["7"]["status"] == "provisional"  # complete by the percentage, incomplete by the remark
    assert found["8"]["status"] == "reported"


def test_hidden_and_blank_values_are_not_zero() -> None:
    found = deaths()
    assert (found["9"]["count"], found["9"]["status"]) == (None, "suppressed")
    assert (found["10"]["count"], found["10"]["status"]) == (None, "not-reported")
    assert (found["11"]["count"], found["11"]["status"]) == (0, "reported")


def test_percentages_are_statistics_and_not_counts() -> None:
    (share,) = parse().tables["statistic"].to_pylist()
    assert share["series"] == "vsrr-percent-with-drugs-specified"
    assert (share["value"], share["unit"]) == (Decimal("87.60237061"), "percent")
    assert "6" not in deaths()


def test_new_york_city_is_a_place_beside_its_state() -> None:
    found = deaths()
    assert (found["7"]["place"], found["7"]["region"]) == ("US3651000", "YC")
    assert (found["8"]["place"], found["8"]["region"]) == ("US36", "NY")
    assert found["2"]["place"] == "US"


def test_covers_reported_values_only() -> None:
    found = parse()
    assert (found.covers.starts, found.covers.ends, found.vintage) == (date(2016, 12, 1), date(2018, 1, 1), date(2017, 12, 31))
    later = "\n".join([TEXT, row("US", "January", OVERDOSES, "").replace("2017", "2019")])
    assert parse(later).covers == found.covers


def test_windows_of_another_length_keep_their_own_measure() -> None:
    found = deaths(TEXT.replace("November,12 month-ending", "November,3 month-ending", 1))
    assert (found["2"]["measure"], found["2"]["valid_from"]) == ("deaths-3-months", date(2017, 9, 1))


def test_places_nobody_knows_are_noted() -> None:
    found = parse(TEXT.replace("\nNY,", "\nQQ,"))
    (note,) = [note for note in found.notes if note.sentence.code == "src.cdc-no-state"]
    assert note.rows == 1


def test_damaged_files_are_unusable() -> None:
    assert [p.code for p in parse(TEXT.replace("Data Value", "Value")).unusable] == ["SRC010"]
    assert [(p.code, p.place) for p in parse(TEXT.replace(",600,", ",many,")).unusable] == [("SRC030", "2:6")]
    assert [p.code for p in parse(TEXT.replace("12 month-ending", "annual", 1)).unusable] == ["SRC042"]
    assert [p.code for p in parse(TEXT.replace("November", "Nvember", 1)).unusable] == ["SRC032"]


def test_it_knows_its_own_file() -> None:
    assert SOURCE.recognise(Sample(name="x", head=TEXT.encode(), size=1))
    assert not SOURCE.recognise(Sample(name="x", head=b"State,Year,Month,Value\n", size=1))
