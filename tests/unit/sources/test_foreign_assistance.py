"""Foreign assistance: four views of one money, two prices, fiscal years that once began in July. Numbers are invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from veedor.kernel.months import Period
from veedor.sources.foreign_assistance import SOURCE, fiscal_period
from veedor.sources.source import Parsed, Raw, Sample

HEADER = (
    '"Country Code","Country Name","Region ID","Region Name","Income Group Acronym","Income Group Name",'
    '"Transaction Type ID","Transaction Type Name","Fiscal Year","current_amount","constant_amount"'
)


def row(code: str, name: str, kind: str, year: str, current: str, constant: str) -> str:
    return f'{code},"{name}",6,Western Hemisphere,UMIC,Upper Middle Income Country,2,{kind},{year},{current},{constant}'


TEXT = "\r\n".join([
    HEADER,
    row("MEX", "Mexico", "Obligations", "2021", "100", "110"),
    row("MEX", "Mexico", "Disbursements", "2021", "70", "77"),
    row("MEX", "Mexico", "Appropriated and Planned", "2021", "150", "165"),
    row("MEX", "Mexico", "President's Budget Requests", "2021", "160", "176"),
    row("MEX", "Mexico", "Obligations", "2022", "200", "200"),
    row("MEX", "Mexico", "Disbursements", "2023", "-5", "-4"),
    row("MEX", "Mexico", "President's Budget Requests", "2024", "180", "150"),
    row("WHN", "Western Hemisphere Region", "Obligations", "1976tq", "30", "99"),
    row("NULL", "Czechoslovakia (former)", "Obligations", "1976", "40", "88"),
    row("ABW", "Aruba", "Obligations", "2021", "", ""),
])  # fmt: skip


def parse(text: str = TEXT) -> Parsed:
    return SOURCE.parse(Raw(name="aid.csv", data=text.encode(), snapshot="abc"))


def money(text: str = TEXT) -> dict[str, dict[str, object]]:
    found = parse(text)
    assert found.unusable == ()
    return {row["id"]: row for row in found.tables["disbursement"].to_pylist()}


@pytest.mark.parametrize(
    ("text", "first", "after"),
    [
        ("1946", date(1945, 7, 1), date(1946, 7, 1)),
        ("1976", date(1975, 7, 1), date(1976, 7, 1)),
        ("1976tq", date(1976, 7, 1), date(1976, 10, 1)),
        ("1977", date(1976, 10, 1), date(1977, 10, 1)),
        ("2024", date(2023, 10, 1), date(2024, 10, 1)),
    ],
)
def test_fiscal_years_follow_each_other_without_gap(text: str, first: date, after: date) -> None:
    assert fiscal_period(text) == Period(first, after)


def test_the_four_transaction_types_stay_apart() -> None:
    found = money()
    kinds = [found[f"{line}:current"]["transaction_type"] for line in (2, 3, 4, 5)]
    assert kinds == ["obligation", "disbursement", "appropriation", "request"]
    (note,) = [note for note in parse().notes if note.sentence.code == "src.aid-types-apart"]
    assert "never added" in note.sentence.render()


def test_no_key_holds_two_amounts_so_that_nothing_can_be_summed_by_mistake() -> None:
    keys = [(r["recipient"], r["valid_from"], r["transaction_type"], r["price_basis"]) for r in money().values()]
    assert len(keys) == len(set(keys))


def test_each_amount_stands_in_current_prices_and_in_those_of_the_base_year() -> None:
    found = money()
    assert (found["2:current"]["amount"], found["2:current"]["price_basis"]) == (Decimal(100), "current")
    # 2022 is the only year in which both amounts are equal everywhere: that is the year whose prices are used
    assert (found["2:constant-2022"]["amount"], found["2:constant-2022"]["price_basis"]) == (Decimal(110), "constant-2022")


def test_without_a_clear_base_year_the_prices_are_constant_and_nothing_more() -> None:
    found = money(TEXT.replace(",200,200", ",200,201"))
    assert {row["price_basis"] for row in found.values()} == {"current", "constant"}


def test_years_from_the_newest_on_are_provisional() -> None:
    found = money()
    assert [found[f"{line}:current"]["status"] for line in (6, 7, 8)] == ["reported", "provisional", "provisional"]
    assert parse().vintage == date(2022, 9, 30)


def test_blank_is_not_reported_and_negative_is_money_taken_back() -> None:
    found = money()
    assert (found["11:current"]["amount"], found["11:current"]["status"]) == (None, "not-reported")
    assert found["7:current"]["amount"] == Decimal(-5)


def test_the_quarter_between_two_fiscal_years_belongs_to_neither() -> None:
    found = money()
    assert found["9:current"]["fiscal_year"] is None
    assert found["10:current"]["fiscal_year"] == 1976
    assert "src.aid-transition-quarter" in {note.sentence.code for note in parse().notes}


def test_recipients_keep_their_code_and_former_countries_their_name() -> None:
    found = money()
    assert (found["2:current"]["recipient"], found["2:current"]["place"], found["2:current"]["provider"]) == ("MEX", "MX", "US")
    assert (found["9:current"]["recipient"], found["9:current"]["place"]) == ("WHN", "")
    assert found["10:current"]["recipient"] == "Czechoslovakia (former)"


def test_kinds_of_transaction_nobody_knows_make_no_record() -> None:
    found = parse(TEXT.replace("Appropriated and Planned", "Pledged"))
    assert "4:current" not in {row["id"] for row in found.tables["disbursement"].to_pylist()}
    (note,) = [note for note in found.notes if note.sentence.code == "src.aid-new-type"]
    assert note.rows == 1


def test_damaged_files_are_unusable() -> None:
    assert [p.code for p in parse(TEXT.replace('"current_amount"', '"amount"')).unusable] == ["SRC010"]
    assert [(p.code, p.place) for p in parse(TEXT.replace(",100,110", ",100 USD,110")).unusable] == [("SRC030", "2:10")]
    assert [(p.code, p.place) for p in parse(TEXT.replace("1976tq", "FY76")).unusable] == [("SRC033", "9:9")]


def test_it_knows_its_own_file() -> None:
    assert SOURCE.recognise(Sample(name="x", head=TEXT.encode(), size=1))
    assert not SOURCE.recognise(Sample(name="x", head=b"Country Code,Country Name,Year,Value\n", size=1))
