"""Both methods of the Secretariado's tables, on small twins in the publisher's layout with invented numbers."""

from __future__ import annotations

from datetime import date

import pyarrow.compute as pc
import pytest

from veedor.sources import sesnsp, sesnsp_idefc, sesnsp_rnid
from veedor.sources.crimes import IDEFC, RNID, category_of, is_known, method_of
from veedor.sources.source import Parsed, Raw, Sample

HEADER = ",".join(sesnsp.STATE_COLUMNS)
TOWN_HEADER = ",".join(sesnsp.TOWN_COLUMNS)
LIFE = "La vida y la Integridad corporal"


def row(year="2023", key="1", state="Aguascalientes", subtype="Homicidio doloso", modality="Con arma de fuego", months="1,0,2,,,,,,,,,"):
    return f"{year},{key},{state},{LIFE},Homicidio,{subtype},{modality},{months}"


def file_of(*rows: str, header: str = HEADER, encoding: str = "latin-1", end: str = "\r\n") -> bytes:
    return (end.join((header, *rows)) + end).encode(encoding)


def parse(data: bytes, source=sesnsp_idefc.SOURCE) -> Parsed:
    return source.parse(Raw(name="a.csv", data=data, snapshot="f" * 64))


def recognisers(data: bytes) -> list[str]:
    sample = Sample(name="a.csv", head=data[:65536], size=len(data))
    return [s.name for s in (sesnsp_idefc.SOURCE, sesnsp_rnid.SOURCE) if s.recognise(sample)]


def sentences(parsed: Parsed) -> str:
    return " ".join(note.sentence.render("en") for note in parsed.notes)


def codes(parsed: Parsed) -> list[str]:
    return [problem.code for problem in parsed.unusable]


def test_each_wide_row_becomes_twelve_months_with_its_own_citation():
    made = parse(file_of(row(), row(modality="Con arma blanca", months="0,5,1,,,,,,,,,"))).tables["incidence"].to_pylist()
    assert len(made) == 24
    march = next(r for r in made if r["id"] == "3:3")
    assert (march["row"], march["count"], march["place"], march["status"]) == (3, 1, "MX01", "reported")
    assert (march["valid_from"], march["valid_to"]) == (date(2023, 3, 1), date(2023, 4, 1))
    assert (march["category"], march["subcategory"], march["modality"]) == (
        "homicide-intentional",
        "Homicidio doloso",
        "Con arma blanca",
    )
    assert (march["measure"], march["method"], march["source"]) == ("investigation-files", "idefc-2015", "sesnsp-idefc")


def test_blank_months_are_not_reported_and_never_zero():
    parsed = parse(file_of(row()))
    made = parsed.tables["incidence"]
    april = made.filter(pc.equal(made["id"], "2:4")).to_pylist()[0]
    february = made.filter(pc.equal(made["id"], "2:2")).to_pylist()[0]
    assert (april["count"], april["status"]) == (None, "not-reported")
    assert (february["count"], february["status"]) == (0, "reported")
    assert parsed.covers.starts == date(2023, 1, 1)
    assert parsed.covers.ends == date(2023, 4, 1)
    assert parsed.vintage == date(2023, 3, 31)
    assert "9 monthly figures lie after 2023-03-31" in sentences(parsed)


def test_a_blank_that_others_reported_is_a_gap_and_is_noted():
    parsed = parse(file_of(row(), row(key="2", state="Baja California", months="1,,2,,,,,,,,,")))
    gap = next(r for r in parsed.tables["incidence"].to_pylist() if r["id"] == "3:2")
    assert gap["status"] == "not-reported"
    assert "1 monthly figures are blank although other rows report" in sentences(parsed)


@pytest.mark.parametrize(("encoding", "end"), [("latin-1", "\r\n"), ("utf-8", "\n"), ("utf-8-sig", "\r\n")])
def test_every_encoding_and_line_end_gives_the_same_table(encoding, end):
    rows = (row(key="31", state="Yucatán"), row(subtype="Feminicidio"))
    plain = parse(file_of(*rows)).tables["incidence"]
    assert parse(file_of(*rows, encoding=encoding, end=end)).tables["incidence"].equals(plain)


def test_accents_spoilt_by_macroman_are_restored_and_noted():
    good = file_of(row(key="9", state="Ciudad de México"), row(key="31", state="Yucatán"))
    spoilt = good.decode("mac-roman").encode("utf-8-sig")
    assert recognisers(spoilt) == ["sesnsp-idefc"]
    parsed = parse(spoilt)
    assert parsed.tables["incidence"].equals(parse(good).tables["incidence"])
    assert "restored exactly" in sentences(parsed)
    assert "restored" not in sentences(parse(good))


def test_the_municipal_layout_is_read_by_its_own_keys():
    months = "1,2,2,1,1,2,2,0,1,1,1,12.0"
    data = file_of(
        f"2024,1,Aguascalientes,1001,Aguascalientes,{LIFE},Homicidio,Homicidio doloso,Con arma blanca,{months}",
        f"2024,1,Aguascalientes,1999,No Especificado,{LIFE},Homicidio,Homicidio doloso,Con arma blanca,{months}",
        header=TOWN_HEADER,
        encoding="utf-8",
        end="\n",
    )
    assert recognisers(data) == ["sesnsp-idefc"]
    parsed = parse(data)
    december = next(r for r in parsed.tables["incidence"].to_pylist() if r["id"] == "2:12")
    assert (december["count"], december["place"]) == (12, "MX01001")
    assert parsed.part == "municipalities-mx01"
    assert '2 counts are written with a decimal point ("12.0")' in sentences(parsed)
    assert "1 municipalities are named in this file" in sentences(parsed)
    assert "12 rows name a state" not in sentences(parsed)
    assert "1 rows name a state but no municipality" in sentences(parsed)
    assert "1 of 32 states are in this file: MX01." in sentences(parsed)


def test_a_municipality_of_another_state_makes_the_file_unusable():
    bad = f"2024,1,Aguascalientes,2001,Ensenada,{LIFE},Homicidio,Homicidio doloso,Con arma blanca,1,,,,,,,,,,,"
    assert codes(parse(file_of(bad, header=TOWN_HEADER))) == ["SRC024"]


def test_a_key_without_state_and_a_name_of_another_state_are_noted_and_kept():
    parsed = parse(file_of(row(key="33", state="Luna"), row(key="2", state="Yucatán"), row(key="3", state="Baja Sur")))
    by_id = {r["id"]: r for r in parsed.tables["incidence"].to_pylist()}
    assert (by_id["2:1"]["place"], by_id["2:1"]["region"]) == ("MX", "Luna")
    assert (by_id["3:1"]["place"], by_id["3:1"]["region"]) == ("MX02", "Yucatán")
    assert by_id["4:1"]["place"] == "MX03"
    said = sentences(parsed)
    assert '1 rows carry the state key "33" ("Luna"), which INEGI does not use' in said
    assert '"2" and the name "Yucatán", which is another state' in said
    assert '"3" and the name "Baja Sur", which is no name known for it' in said


def test_a_year_that_lacks_states_is_noted():
    parsed = parse(file_of(row(year="2022"), row(year="2022", key="2", state="Baja California"), row()))
    assert "In 2023 only 1 of the 2 states of this file have rows." in sentences(parsed)


def test_the_two_methods_are_told_apart_by_what_they_count_not_by_columns():
    idefc = file_of(row(), row(subtype="Extorsión"))
    rnid = file_of(row(year="2026", key="01"), row(year="2026", key="01", subtype="Tentativa de homicidio doloso"), end="\n")
    assert recognisers(idefc) == ["sesnsp-idefc"]
    assert recognisers(rnid) == ["sesnsp-rnid"]
    made = parse(rnid, sesnsp_rnid.SOURCE).tables["incidence"]
    assert set(made["method"].to_pylist()) == {"rnid-2026"}
    assert set(made["source"].to_pylist()) == {"sesnsp-rnid"}
    assert set(made["category"].to_pylist()) == {"homicide-intentional", "homicide-intentional-attempted"}


def test_a_file_that_mixes_methods_is_unusable_and_says_where_it_turns():
    parsed = parse(file_of(row(), row(year="2026", key="01"), row(year="2026", key="02", state="Baja California")))
    (problem,) = parsed.unusable
    assert (problem.line, problem.code) == (3, "SRC020")
    assert problem.what("en").startswith("2 rows were counted by another method")
    assert parsed.tables == {}


def test_a_file_that_lost_a_column_still_finds_its_source_and_names_it():
    data = file_of("2023,1,Aguascalientes,x,Homicidio,Secuestro,Con arma,1,,,,,,,,,,,", header=HEADER.replace("Modalidad", "Modalidades"))
    assert recognisers(data) == ["sesnsp-idefc"]
    parsed = parse(data)
    assert codes(parsed) == ["SRC010"]
    assert '"Modalidad" is gone; "Modalidades" is new' in parsed.unusable[0].what("en")


@pytest.mark.parametrize(
    ("months", "code"),
    [("uno,,,,,,,,,,,", "SRC030"), ("-3,,,,,,,,,,,", "SRC030"), ("1.5,,,,,,,,,,,", "SRC030"), ("1,2", "SRC031"), (",,,,,,,,,,,", "SRC025")],
)
def test_figures_that_cannot_be_trusted_make_the_file_unusable(months, code):
    parsed = parse(file_of(row(months=months)))
    assert set(codes(parsed)) == {code}
    assert parsed.tables == {}


@pytest.mark.parametrize("year", ["20x3", "", "3", "2023.5"])
def test_a_year_that_is_no_year_makes_the_file_unusable(year):
    assert parse(file_of(row(year=year))).unusable


def test_a_row_that_is_there_twice_makes_the_file_unusable():
    parsed = parse(file_of(row(), row(months="9,,,,,,,,,,,")))
    assert [(p.line, p.code) for p in parsed.unusable] == [(3, "SRC023")]


def test_a_header_alone_is_unusable_and_claimed_by_neither_method():
    data = file_of()
    assert recognisers(data) == []
    assert codes(parse(data)) == ["SRC037"]


def test_a_subtype_of_no_catalogue_keeps_its_words_and_is_noted():
    parsed = parse(file_of(row(subtype="Robo de señales de tránsito")))
    made = parsed.tables["incidence"]
    assert made["category"][0].as_py() == "robo-de-senales-de-transito"
    assert made["subcategory"][0].as_py() == "Robo de señales de tránsito"
    assert "1 rows are of subtypes that are in neither known catalogue" in sentences(parsed)


def test_the_catalogues_have_the_size_their_publisher_gives():
    from veedor.sources import crimes

    both, old, new = crimes._BOTH, crimes._IDEFC_ONLY, crimes._RNID_ONLY
    assert len(both) + len(old) == 55
    assert len(both) + len(new) == 79
    assert not set(both) & (set(old) | set(new))
    assert len(crimes._NAMES) == 85


@pytest.mark.parametrize(
    ("year", "subtype", "method"),
    [
        (2015, "Homicidio doloso", IDEFC),
        (2026, "Homicidio doloso", RNID),
        (2026, "Narcomenudeo", IDEFC),
        (2024, "Tortura", RNID),
        (None, "Tortura", RNID),
        (None, "Homicidio doloso", ""),
    ],
)
def test_method_of(year, subtype, method):
    assert method_of(year, subtype) == method


def test_subtypes_are_compared_without_accents_and_capitals():
    assert category_of("EXTORSION") == "extortion"
    assert is_known("homicidio DOLOSO")


def test_an_empty_or_binary_sample_is_nobodys():
    for head in (b"", b"\x00\x01\x02", b"\xff\xfe\x00", b"a" * 70000, b'"' * 5000):
        assert recognisers(head) == []
