"""OFAC's tables without header, on invented entries."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from veedor.records.kinds import check
from veedor.sources.ofac_sdn import SOURCE
from veedor.sources.source import Parsed, Raw, Sample

DAY = date(2026, 3, 2)
SDN = (
    b'36,"EJEMPLO UNO SA DE CV",-0- ,"SDNTK] [ILLICIT-DRUGS-EO14059",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    b"\"R.F.C. EUN010101AA1 (Mexico); Phone Number 555 0100; Executive Order 13224 Determination; a.k.a. 'EJEMPLO'.\"\r\n"
    b'9001,"PRUEBA, Persona Inventada","individual","SDNT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    b'"DOB 01 Jan 1970; nationality Mexico; citizen Mexico; Passport X0000001 (Mexico); Linked To: EJEMPLO UNO SA DE CV."\r\n'
    b'9002,"BARCO DE PRUEBA","vessel","IRAN",-0- ,"XX00",Crude Oil Tanker,1000,900,"Panama",-0- ,'
    b'"Vessel Registration Identification IMO 0000001."\r\n'
    b'9003,"AVION DE PRUEBA","aircraft","SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a'
)
ADD = (
    b'36,25,"Calle Falsa 123","Tijuana","Mexico",-0- \r\n9001,129,-0- ,-0- ,-0- ,-0- \r\n'
    b'9002,130,-0- ,"Austin, TX","United States",-0- \r\n\x1a'
)
ALT = b'36,12,"aka","EJEMPLO PRIMERO",-0- \r\n9001,57,"fka","PRUEBA, P.",-0- \r\n\x1a'
CONS = (
    b'9639,"EJEMPLO DOS SA DE CV",-0- ,"UKRAINE-EO13662] [RUSSIA-EO14024",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    b'"Listing Date (EO 14024 Directive 3): 24 Feb 2022; Effective Date (EO 14024 Directive 3): 26 Mar 2022; '
    b'Listing Date (CMIC) 03 Jun 2021."\r\n\x1a'
)


def parse(data: bytes, stated: date | None = DAY) -> Parsed:
    return SOURCE.parse(Raw(name="list.csv", data=data, snapshot="ab", stated=stated))


def recognised(data: bytes) -> bool:
    return SOURCE.recognise(Sample(name="list.csv", head=data[:65536], size=len(data)))


@pytest.mark.parametrize(
    ("data", "part"), [(SDN, "sdn"), (ADD, "add"), (ALT, "alt"), (CONS, "cons-prim")], ids=["sdn", "add", "alt", "cons"]
)
def test_each_file_is_told_by_what_it_holds(data: bytes, part: str) -> None:
    assert recognised(data)
    parsed = parse(data)
    assert not parsed.unusable
    assert parsed.part == part
    for kind, table in parsed.tables.items():
        check(kind, table)


def test_other_tables_are_left_to_other_sources() -> None:
    assert not recognised(b"")
    assert not recognised(b"a,b,c,d,e\r\n1,2,aka,x,-0- \r\n")
    assert not recognised(ALT.replace(b"aka", b"zzz"))
    assert not recognised(SDN.replace(b"-0- ", b'""'))
    assert not recognised(b'36,"only","three","-0- "\r\n')
    assert not recognised(SDN.replace(b'"individual"', b'"ship"'))


def test_null_is_never_text_and_the_end_byte_is_no_row() -> None:
    parsed = parse(SDN)
    entities = parsed.tables["entity"]
    assert entities.num_rows == 4
    assert "-0-" not in str(entities.to_pylist())
    assert "\x1a" not in str(entities.to_pylist())
    assert entities["row"].to_pylist() == [1, 2, 3, 4]


def test_schemas_programmes_identifiers_and_countries() -> None:
    parsed = parse(SDN)
    firm, person, vessel, aircraft = parsed.tables["entity"].to_pylist()
    assert [row["schema"] for row in (firm, person, vessel, aircraft)] == ["Organization", "Person", "Vessel", "Airplane"]
    assert firm["identifiers"] == "R.F.C. EUN010101AA1 (Mexico)"
    assert firm["aliases"] == "EJEMPLO"
    assert person["identifiers"] == "Passport X0000001 (Mexico)"
    assert person["country"] == "Mexico"
    assert person["place"] == "MX"
    assert vessel["country"] == "Panama"
    assert vessel["place"] == ""
    assert parsed.tables["listing"]["programme"].to_pylist()[0] == "SDNTK ; ILLICIT-DRUGS-EO14059"


def test_a_row_speaks_of_the_day_of_the_list_and_of_no_other() -> None:
    parsed = parse(SDN)
    assert (parsed.covers.starts, parsed.covers.days, parsed.vintage) == (DAY, 1, DAY)
    listing = parsed.tables["listing"].to_pylist()[0]
    assert (listing["valid_from"], listing["valid_to"]) == (DAY, date(2026, 3, 3))
    assert listing["listed_from"] is None
    assert listing["listing_status"] == "listed"
    assert listing["list_name"] == "ofac-sdn"


def test_a_list_of_unknown_day_is_kept_and_not_used() -> None:
    parsed = parse(SDN, stated=None)
    assert [problem.code for problem in parsed.unusable] == ["SRC080"]
    assert parsed.tables == {}


def test_being_listed_ends_when_a_later_list_says_so() -> None:
    later = SDN.replace(SDN[: SDN.index(b"\r\n") + 2], b"", 1)
    first, second = parse(SDN).tables["listing"], parse(later, date(2026, 4, 1)).tables["listing"]
    assert set(first["entity"].to_pylist()) - set(second["entity"].to_pylist()) == {"36"}
    assert set(second["valid_from"].to_pylist()) == {date(2026, 4, 1)}


def test_other_names_and_addresses_add_to_the_same_entities() -> None:
    numbers = set(parse(SDN).tables["entity"]["entity"].to_pylist())
    names, addresses = parse(ALT).tables["entity"], parse(ADD).tables["entity"]
    assert set(names["entity"].to_pylist()) | set(addresses["entity"].to_pylist()) <= numbers
    assert addresses["place"].to_pylist() == ["MX", "", "US"]
    assert "Calle" not in str(addresses.to_pylist())
    assert names["aliases"].to_pylist() == ["EJEMPLO PRIMERO", "PRUEBA, P."]
    assert "listing" not in parse(ALT).tables


def test_a_listing_date_that_remarks_name_is_kept() -> None:
    listing = parse(CONS).tables["listing"].to_pylist()[0]
    assert listing["listed_from"] == date(2021, 6, 3)
    assert listing["list_name"] == "ofac-consolidated"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b'36,"EJEMPLO",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n', "SRC081"),  # the column of remarks is gone
        (SDN.replace(b"-0- ,-0- \r\n", b"-0- \r\n"), "SRC031"),
        (SDN[:-80], "SRC031"),
        (b"\x1a", "SRC037"),
    ],
    ids=["column gone", "one short row", "cut off", "nothing"],
)
def test_a_changed_or_cut_off_file_is_kept_and_not_used(data: bytes, code: str) -> None:
    parsed = parse(data)
    assert [problem.code for problem in parsed.unusable] == [code]
    assert parsed.tables == {}


def test_latin_letters_in_the_old_encoding_are_read() -> None:
    parsed = parse(SDN.replace(b"EJEMPLO UNO", "EJEMPLO UNO Ñ".encode("latin-1"), 1))
    assert parsed.tables["entity"]["caption"].to_pylist()[0] == "EJEMPLO UNO Ñ SA DE CV"


@given(st.lists(st.text(st.characters(blacklist_categories=["Cs", "Cc"]), max_size=12), min_size=10, max_size=10))
def test_any_words_in_the_cells_come_back_as_written(words: list[str]) -> None:
    quoted = ",".join('"' + word.replace('"', '""') + '"' for word in words)
    parsed = parse(f'36,"N",{quoted}\r\n'.encode())
    assert not parsed.unusable
    (entity,) = parsed.tables["entity"].to_pylist()
    assert entity["caption"] == "N"
    assert check("listing", parsed.tables["listing"]).num_rows == 1
