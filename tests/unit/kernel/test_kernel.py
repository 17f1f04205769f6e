"""The kernel: unknown, units, canonical bytes, months, errors, registry, text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from veedor.kernel import canonical, quantity
from veedor.kernel.clock import FixedClock, today
from veedor.kernel.errors import CODES, FAULT, INTEGRITY, Problem, UnknownNameError, VeedorError, exit_code, nearest
from veedor.kernel.ids import is_error_code, is_indicator_name, is_name, short
from veedor.kernel.known import Known, Unknown
from veedor.kernel.language import N_, Template, month_name
from veedor.kernel.markings import Marking, join
from veedor.kernel.months import Period, add_months, month, months_between
from veedor.kernel.quantity import Quantity, digits, parse, rounded
from veedor.kernel.registry import PlugInTwiceError, gather
from veedor.kernel.text import clean, fold, slug

GREETING = Template("test.greeting", N_("From {period} it was {value}."))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("18 per 100,000 people per year", "18", "per 100000 people per year"),
        ("2 billion USD", "2000000000", "USD"),
        ("1.5 million USD", "1500000", "USD"),
        ("10 percent", "10", "%"),
        ("5,000 pounds", "5000", "lb"),
        ("-0.3", "-0.3", ""),
    ],
)
def test_quantities_are_read_as_a_diplomat_writes_them(text: str, value: str, unit: str) -> None:
    assert parse(text) == Quantity(Decimal(value), unit)


@pytest.mark.parametrize("text", ["", "many", "about 18", "%"])
def test_words_without_a_number_are_no_quantity(text: str) -> None:
    with pytest.raises(ValueError, match="does not begin with a number"):
        parse(text)


def test_units_convert_only_by_exact_factors() -> None:
    assert Quantity(Decimal(1), "lb").to("kg").value == Decimal("0.45359237")
    with pytest.raises(ValueError, match="no conversion"):
        Quantity(Decimal(1), "USD").to("MXN")


def test_rounding_is_to_ten_digits_half_even() -> None:
    assert rounded(1 / 3) == Decimal("0.3333333333")
    assert quantity.rounded(Decimal("1.00000000005")) == Decimal("1.000000000")
    assert [digits(Decimal(x)) for x in ("1234567.8", "22.14159", "0.00012345", "0")] == ["1,234,568", "22.14", "0.0001234", "0"]


def test_canonical_bytes_are_rfc_8785_and_domains_keep_hashes_apart() -> None:
    assert canonical.canonical({"b": Decimal("1.50"), "a": date(2020, 1, 2)}) == b'{"a":"2020-01-02","b":"1.5"}'
    assert canonical.digest("one", {"a": 1}) != canonical.digest("two", {"a": 1})
    with pytest.raises(TypeError, match="rounded to Decimal first"):
        canonical.canonical({"a": 0.1})


def test_numbers_beyond_exact_json_become_text() -> None:
    assert canonical.plain(2**53 - 1) == 2**53 - 1
    assert canonical.plain(2**53) == str(2**53)


def test_periods_are_half_open() -> None:
    march = month(2020, 3)
    assert march.contains(date(2020, 3, 31))
    assert not march.contains(date(2020, 4, 1))
    assert not march.overlaps(month(2020, 4))
    assert str(march) == "2020-03"
    assert str(Period(date(2018, 1, 1), date(2019, 1, 1))) == "2018"
    assert str(Period(date(2018, 1, 1), date(2021, 1, 1))) == "2018..2020"
    assert str(Period(date(2018, 2, 1), date(2019, 2, 1))) == "2018-02..2019-01"
    assert str(Period(date(2018, 2, 10), date(2018, 2, 21))) == "2018-02-10..2018-02-20"
    assert str(Period(date(2018, 2, 10), date(2018, 2, 11))) == "2018-02-10"
    with pytest.raises(ValueError, match="ends after it starts"):
        Period(date(2020, 1, 1), date(2020, 1, 1))


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [(date(2020, 1, 31), 1, date(2020, 2, 29)), (date(2020, 12, 1), 1, date(2021, 1, 1)), (date(2020, 3, 31), -1, date(2020, 2, 29))],
)
def test_months_are_added_to_the_last_day_that_exists(day: date, months: int, result: date) -> None:
    assert add_months(day, months) == result


def test_whole_months_between() -> None:
    assert months_between(date(2020, 1, 15), date(2020, 3, 14)) == 1
    assert months_between(date(2020, 1, 15), date(2020, 3, 15)) == 2


def test_the_accords_own_time_zone_decides_the_date() -> None:
    clock = FixedClock(datetime(2026, 2, 1, 3, 0, tzinfo=UTC))
    assert today(clock, "America/Mexico_City") == date(2026, 1, 31)
    assert today(clock, "UTC") == date(2026, 2, 1)


def test_sentences_say_the_same_in_each_language_and_keep_code_and_values() -> None:
    sentence = GREETING(period="2020", value=Quantity(Decimal("12345.6"), "lb"))
    assert sentence.render("en") == "From 2020 it was 12,346 lb."
    assert sentence.plain() == {"code": "test.greeting", "values": {"period": "2020", "value": {"value": "12345.6", "unit": "lb"}}}
    assert month_name(date(2019, 3, 1), "es") == "marzo de 2019"


def test_two_sentences_never_share_a_code() -> None:
    with pytest.raises(ValueError, match="share the code"):
        Template("test.greeting", "Something else.")


def test_hostile_values_cannot_move_the_cursor() -> None:
    assert GREETING(period="\x1b[2J\x1b]0;evil\x07now\r\n", value="\u202eabc").render("en") == "From now   it was abc."


@pytest.mark.parametrize(
    ("dirty", "cleaned"),
    [("a\x1b[31mb", "ab"), ("a\x9b2Jb", "ab"), ("a\x00b\tc\nd", "a b c d"), ("\u2066x\u2069", "x"), ("ñ ह", "ñ ह"), ("x" * 9, "xxxx…")],
)
def test_text_is_cleaned_to_one_line(dirty: str, cleaned: str) -> None:
    assert clean(dirty, limit=5 if dirty.startswith("xxx") else 2000) == cleaned


def test_names_fold_and_slug() -> None:
    assert fold("  Ciudad   de MÉXICO ") == "ciudad de mexico"
    assert slug("Homicidio doloso (arma)") == "homicidio-doloso-arma"
    assert is_name("homicide-rate")
    assert not is_name("Homicide")
    assert is_indicator_name("homicide_rate")
    assert is_error_code("ACC012")
    assert short("0123456789abcdef") == "0123456789ab"


@pytest.mark.parametrize(
    ("codes", "result"),
    [
        ((), 0),
        ((0, 3), 3),
        ((3, 1), 1),
        ((1, 5), 5),
        ((5, 4), 4),
        ((4, 70), 70),
        ((0, 0), 0),
        ((1, 2), 2),
        ((2, 5), 5),
        ((3, 4), 4),
        ((3, 70), 70),
    ],
)
def test_the_weightiest_exit_code_wins(codes: tuple[int, ...], result: int) -> None:
    assert exit_code(*codes) == result


def test_an_unknown_name_suggests_the_nearest_and_guesses_nothing() -> None:
    error = UnknownNameError(kind="indicator", name="homicde", known=("homicide", "aid"))
    assert '("homicide"?)' in error.render("what", "en")
    assert nearest("zzz", ("homicide",)) == ""


def test_codes_belong_to_one_class() -> None:
    with pytest.raises(TypeError, match="share the code KER001"):
        type("Impostor", (VeedorError,), {"code": "KER001"})
    assert CODES["KER001"] is UnknownNameError


def test_problems_fill_words_and_repairs_from_the_same_values() -> None:
    problem = Problem(3, 7, "ACC004", '"{key}" is not a known key', (("key", "deadine"),), 'write "deadline" for "{key}"')
    assert (problem.place, problem.what("en"), problem.how("en")) == (
        "3:7",
        '"deadine" is not a known key',
        'write "deadline" for "deadine"',
    )
    assert Problem(1, 1, "X", "", cell="C14").place == "C14"


def test_two_plug_ins_of_one_name_stop_the_run_and_show_both_places() -> None:
    with pytest.raises(PlugInTwiceError) as caught:
        gather("thing", [("a", 1, "first:X"), ("a", 2, "second:Y")])
    assert caught.value.exit_code == INTEGRITY
    assert ("first", "first:X") in caught.value.values
    assert caught.value.where == "second:Y"


def test_a_plug_in_that_does_not_load_stops_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    from importlib.metadata import EntryPoint

    from veedor.kernel import registry

    broken = EntryPoint("broken", "veedor.no_such_module:X", "veedor.things")
    monkeypatch.setattr(registry, "entry_points", lambda group: [broken])
    with pytest.raises(registry.PlugInDoesNotLoadError, match="does not load"):
        registry.load("veedor.things", "thing", lambda thing: thing)


def test_markings_of_a_derived_product_are_the_highest_of_its_inputs() -> None:
    assert join(Marking.PUBLIC, Marking.RESTRICTED) is Marking.RESTRICTED
    assert join() is Marking.PUBLIC


def test_known_zero_is_not_unknown() -> None:
    @dataclass(frozen=True)
    class Holder:
        value: Known[int] | Unknown

    assert Holder(Known(0)) != Holder(Unknown(GREETING()))
    assert FAULT == 70
