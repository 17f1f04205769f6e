"""What a series rests on, what is left out, and why there is none."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from veedor.indicators.answers import run
from veedor.indicators.errors import IndicatorAnswerError, IndicatorFailedError, RecordsOfOtherShapeError
from veedor.indicators.registry import indicators
from veedor.kernel.known import Known, Unknown
from veedor.kernel.months import Period, add_months

JANUARY = date(2020, 1, 1)


def files(place, count, *, start=JANUARY, status="reported", category="homicide-intentional", method="idefc-2015", **more):
    """One row of investigation files."""
    return {
        "place": place,
        "count": count,
        "valid_from": start,
        "valid_to": add_months(start, 1),
        "category": category,
        "measure": "investigation-files",
        "method": method,
        "status": status,
        **more,
    }


def sheet(value, *, series="impunity", place="MX", start=JANUARY, months=12, status="reported"):
    """One row of a user's statistic."""
    return {
        "series": series,
        "place": place,
        "value": None if value is None else Decimal(value),
        "valid_from": start,
        "valid_to": add_months(start, months),
        "status": status,
    }


def amounts(found):
    return [point.amount for point in found.points]


def test_points_are_in_time_order_and_uses_are_what_was_read(shelf):
    used = shelf.put("sesnsp-idefc", "incidence", [files("MX09", 2, start=date(2020, 2, 1)), files("MX09", 1)])
    shelf.put("rnpdno", "incidence", [files("MX09", 100, category="missing-person", method="rnpdno")])
    found = shelf.series("homicide_files", "MX09")
    assert amounts(found) == [1, 2]
    assert [use.snapshot for use in found.uses] == [used.digest]
    assert found.controllers == {"MX"}


def test_a_part_that_does_not_contribute_is_no_support(shelf):
    row = {"category": "drug-seizure", "measure": "seizure-events", "method": "cbp-fy", "subcategory": "Fentanyl", "place": "US"}
    row |= {"valid_from": JANUARY, "valid_to": date(2020, 2, 1), "status": "reported", "quantity": Decimal(5), "unit": "lb"}
    nation = shelf.put("cbp-drug-seizures", "incidence", [row | {"modality": "U.S. Border Patrol"}], part="nationwide")
    shelf.put("cbp-drug-seizures", "incidence", [row | {"modality": "Air and Marine Operations"}], part="air-and-marine")
    found = shelf.series("fentanyl_seized", "US")
    assert amounts(found) == [5]
    assert [use.snapshot for use in found.uses] == [nation.digest]


def test_vintages_are_not_added(shelf):
    shelf.put("sesnsp-idefc", "incidence", [files("MX09", 10), files("MX09", 10, start=date(2020, 2, 1))], stated=date(2020, 5, 1))
    shelf.put("sesnsp-idefc", "incidence", [files("MX09", 7, start=date(2020, 2, 1))], stated=date(2021, 5, 1))
    found = shelf.series("homicide_files", "MX09")
    assert amounts(found) == [10, 7]
    assert len(found.uses) == 2


def test_as_known_on_a_day(shelf):
    shelf.put("sesnsp-idefc", "incidence", [files("MX09", 10)], stated=date(2020, 5, 1))
    shelf.put("sesnsp-idefc", "incidence", [files("MX09", 7)], stated=date(2021, 5, 1))
    before = shelf.run("homicide_files", "MX09", as_of=date(2020, 12, 31))["MX09"]
    after = shelf.run("homicide_files", "MX09", as_of=date(2021, 12, 31))["MX09"]
    assert isinstance(before, Known)
    assert isinstance(after, Known)
    assert (amounts(before.value), amounts(after.value)) == ([10], [7])
    assert [sentence.code for sentence in before.value.left_out] == ["ind.known-later"]
    assert [sentence.code for sentence in after.value.left_out] == ["ind.superseded"]


def test_a_users_sheet_answers_where_nobody_publishes(shelf):
    mine = shelf.put("user:impunity.xlsx", "statistic", [sheet("93.5"), sheet("94.5", start=date(2021, 1, 1))], controller="ngo")
    found = shelf.series("impunity", "MX")
    assert amounts(found) == [Decimal("93.5"), Decimal("94.5")]
    assert [use.snapshot for use in found.uses] == [mine.digest]
    assert found.controllers == {"ngo"}


def test_a_sheet_of_another_series_is_no_support(shelf):
    shelf.put("user:impunity.xlsx", "statistic", [sheet("93.5")])
    shelf.put("user:other.xlsx", "statistic", [sheet("1", series="asylum-days")], controller="somebody")
    assert shelf.series("impunity", "MX").controllers == {"other"}


def test_two_sheets_are_never_added_and_the_newer_counts(shelf):
    shelf.put("user:old.csv", "statistic", [sheet("90"), sheet("91", start=date(2021, 1, 1))], stated=date(2022, 1, 1))
    shelf.put("user:new.csv", "statistic", [sheet("80", start=date(2021, 1, 1))], stated=date(2023, 1, 1))
    found = shelf.series("impunity", "MX")
    assert amounts(found) == [90, 80]
    assert {use.source: use.window for use in found.uses}["user:old.csv"] == Period(JANUARY, date(2021, 1, 1))


def test_sheets_of_different_places_complete_each_other(shelf):
    shelf.put("user:a.csv", "statistic", [sheet("90", place="MX09")], controller="a")
    shelf.put("user:b.csv", "statistic", [sheet("80", place="MX15")], controller="b")
    answers = shelf.run("impunity")
    assert {place: amounts(one.value) for place, one in answers.items() if isinstance(one, Known)} == {"MX09": [90], "MX15": [80]}
    assert {place: one.value.controllers for place, one in answers.items() if isinstance(one, Known)} == {"MX09": {"a"}, "MX15": {"b"}}


def test_a_sheet_never_joins_the_publishers_own_figures(shelf):
    shelf.put("sesnsp-idefc", "incidence", [files("MX09", 10)])
    shelf.put("user:mine.csv", "incidence", [files("MX09", 99)], controller="ngo", stated=date(2023, 12, 1))
    found = shelf.series("homicide_files", "MX09")
    assert amounts(found) == [10]
    assert found.controllers == {"MX"}
    assert [sentence.code for sentence in found.left_out] == ["ind.outranked"]


def test_a_sheet_fills_months_that_no_publisher_covers(shelf):
    shelf.put("sesnsp-idefc", "incidence", [files("MX09", 10)])
    shelf.put("user:mine.csv", "incidence", [files("MX09", 99), files("MX09", 5, start=date(2020, 2, 1))], controller="ngo")
    assert amounts(shelf.series("homicide_files", "MX09")) == [10, 5]


def test_another_registered_source_does_not_enter_unnamed(shelf):
    shelf.put("some-plug-in", "incidence", [files("MX09", 99)])
    assert isinstance(shelf.run("homicide_files", "MX09")["MX09"], Unknown)


def test_happenings_of_two_sides_are_both_kept_and_counted_once(shelf):
    met = {"action": "met", "object": "joint-group", "valid_from": date(2020, 1, 9), "valid_to": date(2020, 1, 10)}
    later = met | {"valid_from": date(2020, 1, 23), "valid_to": date(2020, 1, 24)}
    shelf.put("user:north.csv", "act", [met], controller="US")
    shelf.put("user:south.csv", "act", [met, later], controller="MX")
    found = shelf.series("meetings_held", "MX")
    assert amounts(found) == [2]
    assert found.controllers == {"US", "MX"}


def test_two_figures_for_one_period_leave_it_undecided(shelf):
    shelf.put("user:impunity.csv", "statistic", [sheet("90"), sheet("10")])
    found = shelf.run("impunity", "MX")["MX"]
    assert isinstance(found, Unknown)
    assert found.reason.code == "ind.twice"


def test_a_period_of_another_rhythm_is_left_out(shelf):
    shelf.put("user:x.csv", "statistic", [sheet("90"), sheet("10", start=date(2021, 1, 1), months=1)])
    found = shelf.series("impunity", "MX")
    assert amounts(found) == [90]
    assert [sentence.code for sentence in found.left_out] == ["ind.other-rhythm"]


def test_nothing_held_says_what_is_needed_and_who_could_help(shelf):
    reasons = {name: shelf.run(name)["MX"] for name in ("homicide_files", "impunity")}
    assert all(isinstance(one, Unknown) for one in reasons.values())
    assert [one.reason.code for one in reasons.values()] == ["ind.no-snapshot", "ind.no-source"]
    assert [one.controlled_by for one in reasons.values()] == [("MX",), ("MX",)]
    assert "IDEFC" in reasons["homicide_files"].reason.render("en")
    assert "impunity" in reasons["impunity"].reason.render("en")


def test_held_but_silent_about_a_place(shelf):
    shelf.put("sesnsp-idefc", "incidence", [files("MX09", 10)])
    found = shelf.run("homicide_files", "MX15")["MX15"]
    assert isinstance(found, Unknown)
    assert found.reason.code == "ind.no-rows"


def test_the_database_opens_no_file(shelf, tmp_path):
    shelf.put("sesnsp-idefc", "incidence", [files("MX09", 10)])
    opened = shelf.open()
    run(opened, indicators()["homicide_files"])
    target = next(tmp_path.glob("*.parquet"))
    for query in (f"SELECT * FROM read_parquet('{target}')", f"COPY incidence TO '{tmp_path / 'out.csv'}'", "ATTACH 'x.db'"):
        with pytest.raises(duckdb.Error):
            opened.connection.con.execute(query).fetchall()
    with pytest.raises(duckdb.Error):
        opened.connection.con.execute("SET enable_external_access = true").fetchall()


def test_the_day_of_a_moment_is_that_of_utc(shelf, monkeypatch):
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    at = datetime(2020, 1, 31, 23, 30, tzinfo=UTC)
    shelf.put("user:log.csv", "act", [{"action": "met", "at": at, "valid_from": date(2020, 1, 31), "valid_to": date(2020, 2, 1)}])
    opened = shelf.open()
    opened.load("act")
    assert opened.ask('SELECT CAST("at" AS DATE) AS day FROM act', {"day": "date"}) == [{"day": date(2020, 1, 31)}]


def test_large_figures_keep_every_digit(shelf):
    shelf.put("user:impunity.csv", "statistic", [sheet("12345678901234567890.12345678")])
    assert amounts(shelf.series("impunity", "MX")) == [Decimal("12345678901234567890.12345678")]


def test_each_stored_file_is_read_once(shelf, monkeypatch):
    shelf.put("sesnsp-idefc", "incidence", [files("MX09", 10)])
    opened = shelf.open()
    read = []
    monkeypatch.setattr(pq, "read_table", lambda path, original=pq.read_table, **given: (read.append(path), original(path, **given))[1])
    for name in ("homicide_files", "femicide_files", "firearm_homicide_share"):
        run(opened, indicators()[name])
    assert len(read) == 1


def test_records_of_another_shape_stop_with_their_place(shelf):
    made = shelf.put("sesnsp-idefc", "incidence", [files("MX09", 10)])
    pq.write_table(pa.table({"valid_from": pa.array([JANUARY])}), shelf.parquet(made, "incidence"))
    with pytest.raises(RecordsOfOtherShapeError) as caught:
        shelf.run("homicide_files")
    assert caught.value.where == str(shelf.parquet(made, "incidence"))


def own(tmp_path: Path, header, text: str):
    folder = tmp_path / "own"
    folder.mkdir()
    (folder / "patrols_joint.sql").write_text(header() + text, encoding="utf-8")
    return indicators(folder)["patrols_joint"]


@pytest.mark.parametrize(
    ("given", "why"),
    [({"base": "0"}, "base"), ({"amount": "NULL"}, "amount"), ({"ends": "valid_from"}, "ends"), ({"reported": "2"}, "2 of 1")],
)
def test_a_row_that_is_no_point_stops(shelf, tmp_path, header, query, given, why):
    shelf.put("user:x.csv", "statistic", [sheet("1", series="patrols-joint", months=1)])
    made = own(tmp_path, header, query(**given))
    with pytest.raises(IndicatorAnswerError) as caught:
        run(shelf.open(), made)
    assert why in caught.value.render("what", "en")


def test_a_figure_too_large_stops_with_the_databases_words(shelf, tmp_path, header, query):
    shelf.put("user:x.csv", "statistic", [sheet("99999999999999", series="patrols-joint", months=1)])
    made = own(tmp_path, header, query(amount="value * value * 1000000"))
    with pytest.raises(IndicatorFailedError):
        run(shelf.open(), made)
