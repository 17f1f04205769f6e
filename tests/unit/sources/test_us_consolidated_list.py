"""The Consolidated Screening List, on invented entries."""

from __future__ import annotations

import csv
import io
from datetime import date

from veedor.records.kinds import check
from veedor.sources.source import Parsed, Raw, Sample
from veedor.sources.us_consolidated_list import COLUMNS, SOURCE

DAY = date(2026, 3, 2)
HEADER = (
    "_id", "source", "entity_number", "type", "programs", "name", "title", "addresses", "federal_register_notice", "start_date", "end_date",
    "standard_order", "license_requirement", "license_policy", "call_sign", "vessel_type", "gross_tonnage", "gross_registered_tonnage",
    "vessel_flag", "vessel_owner", "remarks", "source_list_url", "alt_names", "citizenships", "dates_of_birth", "nationalities",
    "places_of_birth", "source_information_url", "ids",
)  # fmt: skip
SDN = "Specially Designated Nationals (SDN) - Treasury Department"
DPL = "Denied Persons List (DPL) - Bureau of Industry and Security"
MBS = "Non-SDN Menu-Based Sanctions List (NS-MBS List) - Treasury Department"


def row(**cells: str) -> dict[str, str]:
    return {**dict.fromkeys(HEADER, ""), **cells}


ROWS = [
    row(_id="1", source=SDN, entity_number="36", type="Entity", programs="SDNTK; ILLICIT-DRUGS-EO14059", name="EJEMPLO UNO SA DE CV",
        alt_names="EJEMPLO; EJEMPLO PRIMERO", addresses="Calle Falsa 123, Tijuana, MX; Otra, Tijuana, MX",
        ids="MX, EUN010101AA1, R.F.C.; MX, 1, Folio"),
    row(_id="1", source=MBS, entity_number="9001", type="Individual", programs="SDNT", name="PRUEBA, Persona Inventada", nationalities="MX",
        citizenships="US", start_date="0017-05-26"),
    row(_id="3", source=DPL, name="EJEMPLO DOS", addresses="1 Main St, Springfield, TX, 00000, US", start_date="2020-03-01",
        end_date="2030-03-01",         federal_register_notice="85 FR 1"),
    row(_id="4", source=DPL, name="EJEMPLO TRES", addresses="Austin, TX, US; Tijuana, MX", start_date="2020-03-02", end_date="2025-03-02"),
    row(_id="5", source=DPL, name="EJEMPLO CUATRO", start_date="2020-04-01", end_date="2030-04-01"),
    row(_id="6", source=DPL, name="EJEMPLO CINCO", start_date="2202-01-01", end_date="2230-01-01"),
]  # fmt: skip


def table(rows: list[dict[str, str]], header: tuple[str, ...] = HEADER) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, header, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def parse(data: bytes, stated: date | None = DAY) -> Parsed:
    return SOURCE.parse(Raw(name="consolidated.csv", data=data, snapshot="ab", stated=stated))


def test_the_list_is_recognised_and_its_rows_are_records() -> None:
    data = table(ROWS)
    assert SOURCE.recognise(Sample(name="x", head=data, size=len(data)))
    parsed = parse(data)
    for kind, found in parsed.tables.items():
        assert check(kind, found).num_rows == len(ROWS)
    assert parsed.covers.days == 1


def test_several_values_in_a_cell_are_told_apart() -> None:
    parsed = parse(table(ROWS))
    entity, listing = parsed.tables["entity"].to_pylist()[0], parsed.tables["listing"].to_pylist()[0]
    assert entity["aliases"] == "EJEMPLO ; EJEMPLO PRIMERO"
    assert entity["identifiers"] == "MX, EUN010101AA1, R.F.C. ; MX, 1, Folio"
    assert listing["programme"] == "SDNTK ; ILLICIT-DRUGS-EO14059"


def test_places_come_from_belonging_first_and_from_addresses_only_where_all_agree() -> None:
    places = parse(table(ROWS)).tables["entity"]["place"].to_pylist()
    assert places == ["MX", "", "US", "", "", ""]


def test_an_identifier_shared_by_rows_does_not_merge_them() -> None:
    parsed = parse(table(ROWS))
    assert len(set(parsed.tables["entity"]["id"].to_pylist())) == len(ROWS)
    assert any(note.sentence.code == "src.csl-doubled" and note.rows == 2 for note in parsed.notes)
    assert parsed.tables["entity"]["entity"].to_pylist() == ["36", "9001", "3", "4", "5", "6"]


def test_listing_begins_and_ends_as_written_and_what_ended_is_marked() -> None:
    listings = parse(table(ROWS)).tables["listing"].to_pylist()
    assert (listings[2]["listed_from"], listings[2]["listed_to"], listings[2]["listing_status"]) == (
        date(2020, 3, 1),
        date(2030, 3, 1),
        "listed",
    )
    assert listings[3]["listing_status"] == "ended"
    assert listings[2]["reference"] == "85 FR 1"
    assert [row["list_name"] for row in listings][:3] == ["csl-sdn", "csl-ns-mbs", "csl-dpl"]


def test_a_slip_of_the_pen_is_no_date() -> None:
    parsed = parse(table(ROWS))
    assert parsed.tables["listing"]["listed_from"].to_pylist()[1] is None
    assert any(note.sentence.code == "src.csl-slips" and note.rows == 1 for note in parsed.notes)


def test_without_a_stated_day_the_last_plausible_beginning_dates_the_list() -> None:
    assert parse(table(ROWS), stated=None).vintage == date(2020, 4, 1)
    assert [p.code for p in parse(table(ROWS[:2]), stated=None).unusable] == ["SRC080"]


def test_a_lost_column_makes_the_file_unusable() -> None:
    lost = tuple("programmes" if name == "programs" else name for name in HEADER)
    data = table(ROWS, lost)
    assert SOURCE.recognise(Sample(name="x", head=data, size=len(data)))
    parsed = parse(data)
    assert parsed.tables == {}
    assert "programmes" in parsed.unusable[0].what("en")
    assert set(COLUMNS) <= set(HEADER)
