"""Border crossings: entries only, months by their first day or by name, measures that are never one. Numbers are invented."""

from __future__ import annotations

from datetime import date

import pytest

from veedor.sources.bts_crossings import SOURCE
from veedor.sources.source import Parsed, Raw, Sample

HEADER = "Port Name,State,Port Code,Border,Date,Measure,Value,Location"
TEXT = f"""{HEADER}
Laredo,Texas,2304,US-Mexico Border,03/01/2019 12:00:00 AM,Trucks,1200,POINT (-99.5 27.5)
Laredo,Texas,2304,US-Mexico Border,12/01/2018 12:00:00 AM,Personal Vehicle Passengers,0,POINT (-99.5 27.5)
Eastport,Maine,103,US-Canada Border,02/01/2019 12:00:00 AM,Pedestrians,7,POINT (-67.0 44.9)"""


def parse(text: str = TEXT) -> Parsed:
    return SOURCE.parse(Raw(name="crossings.csv", data=text.encode(), snapshot="abc"))


def test_rows_carry_port_place_month_and_measure() -> None:
    trucks, passengers, walkers = parse().tables["crossing"].to_pylist()
    assert (trucks["port"], trucks["port_code"], trucks["place"]) == ("Laredo", "2304", "US48")
    assert (trucks["valid_from"], trucks["valid_to"]) == (date(2019, 3, 1), date(2019, 4, 1))
    assert (trucks["measure"], trucks["border"], trucks["count"]) == ("trucks", "us-mexico-border", 1200)
    assert (passengers["measure"], passengers["count"], passengers["status"]) == ("personal-vehicle-passengers", 0, "reported")
    assert walkers["place"] == "US23"


def test_an_entry_goes_north_from_mexico_and_south_from_canada() -> None:
    assert parse().tables["crossing"]["direction"].to_pylist() == ["northbound", "northbound", "southbound"]
    assert "src.bts-entries-only" in {note.sentence.code for note in parse().notes}


@pytest.mark.parametrize("written", ["03/01/2019 12:00:00 AM", "3/1/2019", "Mar 2019", " March 2019 "])
def test_a_month_reads_the_same_however_it_is_written(written: str) -> None:
    found = parse(TEXT.replace("03/01/2019 12:00:00 AM", written, 1)).tables["crossing"].to_pylist()
    assert found[0]["valid_from"] == date(2019, 3, 1)


def test_the_columns_of_todays_export_are_enough() -> None:
    found = parse(TEXT.replace("Location", "Point"))
    assert found.unusable == ()
    assert found.tables["crossing"].equals(parse().tables["crossing"])


def test_rows_twice_count_once_and_are_noted() -> None:
    found = parse(TEXT + "\n" + TEXT.splitlines()[1])
    assert found.tables["crossing"].equals(parse().tables["crossing"])
    (note,) = [note for note in found.notes if note.sentence.code == "src.bts-rows-twice"]
    assert note.rows == 1


def test_unknown_states_and_borders_are_noted_and_left_open() -> None:
    found = parse(TEXT.replace("Maine", "Atlantis").replace("US-Canada Border", "US-Atlantis Border"))
    *_, last = found.tables["crossing"].to_pylist()
    assert (last["place"], last["direction"], last["border"]) == ("", "", "us-atlantis-border")
    assert {note.sentence.code: note.rows for note in found.notes if note.rows == 1} == {"src.bts-no-state": 1, "src.bts-no-border": 1}


def test_covers_and_vintage() -> None:
    found = parse()
    assert (found.covers.starts, found.covers.ends, found.vintage) == (date(2018, 12, 1), date(2019, 4, 1), date(2019, 3, 31))


def test_damaged_files_are_unusable() -> None:
    assert [p.code for p in parse(TEXT.replace("Value", "Count")).unusable] == ["SRC010"]
    assert [(p.code, p.place) for p in parse(TEXT.replace(",1200,", ",1200?,")).unusable] == [("SRC030", "2:7")]
    assert [(p.code, p.place) for p in parse(TEXT.replace("03/01/2019", "03/15/2019")).unusable] == [("SRC034", "2:5")]
    assert [p.code for p in parse(TEXT.replace("03/01/2019", "13/01/2019")).unusable] == ["SRC034"]


def test_it_knows_its_own_file() -> None:
    assert SOURCE.recognise(Sample(name="x", head=TEXT.encode(), size=1))
    assert not SOURCE.recognise(Sample(name="x", head=b"State,Year,Month,Value\n", size=1))
