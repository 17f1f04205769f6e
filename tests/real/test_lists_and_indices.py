"""Sanctions lists, 69-B, indices, conflict and agreements as their publishers really wrote them. No test shows a name from a list.

Assertions compare counts, numbers and codes only: what pytest prints when one fails must not hold personal data either.
"""

from __future__ import annotations

import gzip
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from veedor.records.kinds import check
from veedor.sources import (
    ofac_sdn,
    pax_agreements,
    sat_69b,
    transparency_cpi,
    ucdp_agreements,
    ucdp_nonstate,
    us_consolidated_list,
    worldbank_wgi,
)
from veedor.sources.source import Parsed, Raw, Sample, Source

pytestmark = pytest.mark.real

OFAC = "04_sanctions/ofac"
SDN_2021, SDN_2023 = date(2021, 7, 7), date(2023, 11, 29)
WGI = "08_governance/2020_Worldwide_Governance_Indicators_1996-2019t.xlsx"
CPI = "08_governance/cpi/cpi.csv"
NONSTATE = "05_cartels/ucdp/Nonstate_v23_1.csv"
AGREEMENTS = "11_accords/ucdp/ucdp-peace-agreements-221"
PAX = "11_accords/pax/pax_all_agreements_data.csv"
SAT = "12_mx_corruption/sat_69b/Listado_Completo_69-B_al_30nov2022.csv"
CSL = "04_sanctions/us_csl/consolidated.csv.gz"


def read(source: Source, folder: Path, path: str, stated: date | None = None) -> Parsed:
    """A real file, recognised and parsed; every table is checked against its kind."""
    data = (folder / path).read_bytes()
    if path.endswith(".gz"):
        data = gzip.decompress(data)
    assert source.recognise(Sample(name=Path(path).name, head=data[:65536], size=len(data)))
    parsed = source.parse(Raw(name=Path(path).name, data=data, snapshot="0" * 64, stated=stated))
    assert [problem.code for problem in parsed.unusable] == []
    for kind, table in parsed.tables.items():
        check(kind, table)
    return parsed


def counts(table: pa.Table, name: str) -> Counter[str]:
    return Counter(table[name].to_pylist())


def note(parsed: Parsed, code: str) -> int:
    return next((found.rows for found in parsed.notes if found.sentence.code == code), 0)


def numbers(parsed: Parsed) -> set[str]:
    return set(parsed.tables["entity"]["entity"].to_pylist())


def test_ofac_set_of_2021_has_no_orphans(real_data: Path) -> None:
    names, addresses, others = (read(ofac_sdn.SOURCE, real_data, f"{OFAC}/watchman_bench/{n}.csv", SDN_2021) for n in ("sdn", "add", "alt"))
    assert (names.part, addresses.part, others.part) == ("sdn", "add", "alt")
    assert len(numbers(names)) == names.tables["listing"].num_rows == 8976
    assert len(numbers(addresses) - numbers(names)) == 0
    assert len(numbers(others) - numbers(names)) == 0
    assert (addresses.tables["entity"].num_rows, others.tables["entity"].num_rows) == (13837, 11910)
    assert counts(names.tables["listing"], "schema") == {"Person": 4620, "Organization": 3673, "Vessel": 406, "Airplane": 277}
    assert counts(addresses.tables["entity"], "place")["MX"] == 1746


def test_ofac_consolidated_set_has_no_orphans(real_data: Path) -> None:
    names, addresses, others = (
        read(ofac_sdn.SOURCE, real_data, f"{OFAC}/consolidated_nonsdn/cons_{n}.csv", SDN_2023) for n in ("prim", "add", "alt")
    )
    assert (names.part, addresses.part, others.part) == ("cons-prim", "cons-add", "cons-alt")
    assert len(numbers(names)) == 442
    assert len((numbers(addresses) | numbers(others)) - numbers(names)) == 0
    assert counts(names.tables["listing"], "list_name") == {"ofac-consolidated": 442}


def test_ofac_null_and_end_byte_are_nowhere_in_the_records(real_data: Path) -> None:
    """Trap 5: "-0- " for null, no header line, 0x1A at the end."""
    for path in ("watchman_bench/sdn.csv", "sdn_csv_vintages/sdn_2023-11-29.csv", "consolidated_nonsdn/cons_prim.csv"):
        assert (real_data / OFAC / path).read_bytes().endswith(b"\x1a")
        for table in read(ofac_sdn.SOURCE, real_data, f"{OFAC}/{path}", SDN_2021).tables.values():
            for field in table.schema:
                if field.type == pa.string():
                    assert not pc.any(pc.match_substring_regex(table[field.name], r"^-0- ?$|\x1A")).as_py()


def test_ofac_entries_leave_the_list(real_data: Path) -> None:
    """Trap 9: being listed ends. Many of 2021 were gone in 2023, and only the later list says so."""
    before = read(ofac_sdn.SOURCE, real_data, f"{OFAC}/watchman_bench/sdn.csv", SDN_2021)
    after = read(ofac_sdn.SOURCE, real_data, f"{OFAC}/sdn_csv_vintages/sdn_2023-11-29.csv", SDN_2023)
    assert len(numbers(after)) == 13412
    gone = len(numbers(before) - numbers(after))
    assert gone > 500
    assert not before.covers.overlaps(after.covers)
    assert set(before.tables["listing"]["valid_to"].to_pylist()) == {date(2021, 7, 8)}


def test_the_screening_list_has_all_its_rows(real_data: Path) -> None:
    parsed = read(us_consolidated_list.SOURCE, real_data, CSL, date(2025, 2, 27))
    listing = parsed.tables["listing"]
    assert listing.num_rows == parsed.tables["entity"].num_rows == 14160
    lists = counts(listing, "list_name")
    assert lists["csl-sdn"] == 10026
    assert len(lists) == 13
    assert counts(parsed.tables["entity"], "place")["MX"] > 200


def test_the_screening_lists_identifier_is_no_key(real_data: Path) -> None:
    """Trap 8: the column named _id repeats; line numbers do not."""
    parsed = read(us_consolidated_list.SOURCE, real_data, CSL)
    assert note(parsed, "src.csl-doubled") == 183
    assert len(set(parsed.tables["listing"]["id"].to_pylist())) == 14160


def test_the_screening_list_still_holds_what_has_ended(real_data: Path) -> None:
    """Trap 9, and dates such as the year 0017."""
    stated = read(us_consolidated_list.SOURCE, real_data, CSL, date(2025, 2, 27))
    assert counts(stated.tables["listing"], "listing_status") == {"listed": 13985, "ended": 175}
    assert note(stated, "src.csl-slips") == 3
    assert pc.min(stated.tables["listing"]["listed_from"]).as_py() > date(1980, 1, 1)
    assert read(us_consolidated_list.SOURCE, real_data, CSL).vintage == date(2022, 4, 21)


def test_69b_is_read_as_published(real_data: Path) -> None:
    """Trap 5: latin-1, two title lines, the date of the cut in Spanish."""
    parsed = read(sat_69b.SOURCE, real_data, SAT)
    assert parsed.vintage == date(2022, 11, 30)
    assert parsed.covers.starts == date(2014, 1, 10)
    entities = parsed.tables["entity"]
    assert entities.num_rows == 12666
    assert counts(entities, "schema") == {"Organization": 9963, "Person": 2617, "LegalEntity": 86}
    assert pc.any(pc.match_substring(entities["caption"], "Ñ")).as_py()
    assert not pc.any(pc.match_substring(entities["caption"], "\ufffd")).as_py()


def test_69b_masks_some_taxpayers_and_repeats_others(real_data: Path) -> None:
    """Trap 8: 86 RFCs are written XXXXXXXXXXXX, 65 stand in two rows or more."""
    parsed = read(sat_69b.SOURCE, real_data, SAT)
    assert note(parsed, "src.69b-masked") == 86
    masked = parsed.tables["entity"].filter(pc.starts_with(parsed.tables["entity"]["entity"], "masked:"))
    assert masked.num_rows == len(set(masked["entity"].to_pylist())) == 86
    assert counts(masked, "caption") == {"": 86}
    repeated = Counter(parsed.tables["entity"]["entity"].to_pylist())
    assert sum(many > 1 for many in repeated.values()) == 65


def test_69b_taxpayers_win_in_court_and_rebut(real_data: Path) -> None:
    """Trap 9: 1,241 won and 330 rebutted; on the day of the cut none of them is listed."""
    parsed = read(sat_69b.SOURCE, real_data, SAT)
    listing = parsed.tables["listing"]
    last: dict[int, tuple[str, date | None, date | None]] = {}
    for row, status, starts, ends in zip(
        *(listing[n].to_pylist() for n in ("row", "listing_status", "listed_from", "listed_to")), strict=True
    ):
        last[row] = (status, starts, ends)
    assert Counter(status for status, _, _ in last.values()) == {"definitive": 10954, "court-ruled": 1241, "rebutted": 330, "presumed": 141}
    ended = [(starts, ends) for status, starts, ends in last.values() if status in {"court-ruled", "rebutted"}]
    assert all(starts is not None and starts == ends for starts, ends in ended)
    still = [ends for status, _, ends in last.values() if status in {"definitive", "presumed"}]
    assert all(ends is None for ends in still)


def test_69b_dates_in_other_forms_are_read_and_counted(real_data: Path) -> None:
    parsed = read(sat_69b.SOURCE, real_data, SAT)
    assert note(parsed, "src.69b-several-dates") == 127
    assert note(parsed, "src.69b-unread") == 0
    assert note(parsed, "src.69b-no-date") == 1


def test_wgi_mexico_rule_of_law_2019(real_data: Path) -> None:
    parsed = read(worldbank_wgi.SOURCE, real_data, WGI)
    table = parsed.tables["statistic"]
    assert len(counts(table, "series")) == 6
    assert counts(table, "method") == {"wgi-2020-update": 26964}
    chosen = pc.and_(pc.equal(table["place"], "MX"), pc.equal(table["valid_from"], date(2019, 1, 1)))
    found = {row["series"]: row for row in table.filter(chosen).to_pylist()}
    rule = found["wgi-rule-of-law"]
    assert rule["value"].quantize(Decimal("0.001")) == Decimal("-0.658")
    assert (rule["low"].quantize(Decimal("0.001")), rule["high"].quantize(Decimal("0.001"))) == (Decimal("-0.934"), Decimal("-0.382"))
    assert found["wgi-control-of-corruption"]["value"].quantize(Decimal("0.001")) == Decimal("-0.821")
    assert rule["row"] == 140
    assert counts(table, "status") == {"estimated": 25981, "not-reported": 983}


def test_cpi_writes_missing_as_zero_and_one_country_in_five_ways(real_data: Path) -> None:
    parsed = read(transparency_cpi.SOURCE, real_data, CPI)
    table = parsed.tables["statistic"]
    series = {p: table.filter(pc.equal(table["place"], p)).sort_by("valid_from")["value"].to_pylist() for p in ("MX", "US")}
    assert series["MX"][0] == Decimal("3.18")
    assert series["MX"][-1] == Decimal("2.9")
    assert len(series["US"]) == 23
    assert None not in series["US"]
    assert series["US"][-3:] == [Decimal("7.6"), Decimal("7.4"), Decimal("7.5")]
    assert not pc.any(pc.equal(table["value"], pa.scalar(Decimal(0), table["value"].type))).as_py()
    assert counts(table, "status") == {"estimated": 3165, "not-reported": 2354, "total": 1}


def test_cpi_has_a_row_for_the_mean_of_all(real_data: Path) -> None:
    """Trap 7: totals among the rows."""
    table = read(transparency_cpi.SOURCE, real_data, CPI).tables["statistic"]
    total = table.filter(pc.equal(table["status"], "total")).to_pylist()
    assert [(row["place"], row["valid_from"].year, row["value"]) for row in total] == [("", 2017, Decimal("4.307"))]


def test_ucdp_deaths_in_mexico(real_data: Path) -> None:
    parsed = read(ucdp_nonstate.SOURCE, real_data, NONSTATE)
    table = parsed.tables["event"]
    mexico = table.filter(pc.equal(table["place"], "MX"))
    assert mexico.num_rows == 157
    for year, deaths in ((2021, 18725), (2022, 14127)):
        assert pc.sum(mexico.filter(pc.equal(mexico["valid_from"], date(year, 1, 1)))["best"]).as_py() == deaths
    assert note(parsed, "src.ucdp-several-countries") == 6
    assert note(parsed, "src.ucdp-out-of-order") == 12
    assert counts(table, "sub_event_type") == {"ucdp-nonstate-23.1": 1542}


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_ucdp_agreements(real_data: Path, ending: str) -> None:
    table = read(ucdp_agreements.SOURCE, real_data, f"{AGREEMENTS}.{ending}").tables["event"]
    assert table.num_rows == 374
    assert counts(table, "sub_event_type") == {"full": 77, "partial": 213, "process": 84}
    assert counts(table, "place")["MX"] == 6


def test_pax_agreements(real_data: Path) -> None:
    """Trap 5: a byte-order mark, and line breaks inside quotation marks: 20,129 lines hold 1,868 rows."""
    data = (real_data / PAX).read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\n") == 20129
    table = read(pax_agreements.SOURCE, real_data, PAX).tables["event"]
    assert table.num_rows == 1868
    assert counts(table, "place")["MX"] == 6
    lines = data.split(b"\n")
    for row in table.slice(0, 50)["row"].to_pylist():
        assert lines[row - 1].count(b",") > 3


def test_no_source_takes_the_file_of_another(real_data: Path) -> None:
    sources = [ofac_sdn, us_consolidated_list, sat_69b, worldbank_wgi, transparency_cpi, ucdp_nonstate, ucdp_agreements, pax_agreements]
    files = [p for p in sorted(real_data.rglob("*")) if p.suffix.casefold() in {".csv", ".xlsx", ".txt", ".json", ".topojson", ".tsv"}]
    claims: dict[str, list[str]] = {}
    for path in files:
        with path.open("rb") as stream:
            sample = Sample(name=path.name, head=stream.read(65536), size=path.stat().st_size)
        claims[str(path.relative_to(real_data))] = [module.SOURCE.name for module in sources if module.SOURCE.recognise(sample)]
    ours = {path: names for path, names in claims.items() if names}
    assert all(len(names) == 1 for names in ours.values())
    assert set(ours) == {
        *(f"{OFAC}/watchman_bench/{n}.csv" for n in ("sdn", "add", "alt")),
        *(f"{OFAC}/consolidated_nonsdn/cons_{n}.csv" for n in ("prim", "add", "alt")),
        f"{OFAC}/sdn_csv_vintages/sdn_2023-11-29.csv",
        WGI, CPI, NONSTATE, f"{AGREEMENTS}.csv", f"{AGREEMENTS}.xlsx", PAX, SAT,
    }  # fmt: skip
