"""A header is read whole: every unknown, missing, doubled or wrong key at once, with its line."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from veedor.indicators import header as read

Made = Callable[..., str]


def problems(text: str) -> list[tuple[int, str]]:
    return [(found.line, found.code) for found in read.parse(text).problems]


def test_a_whole_file_is_an_indicator(header: Made) -> None:
    parsed = read.parse(header(scale="100", sources="sesnsp-idefc, conapo-population") + "\nSELECT 1\n")
    assert parsed.problems == ()
    assert parsed.indicator is not None
    assert parsed.indicator.name == "patrols_joint"
    assert parsed.indicator.title.es == "Patrullajes conjuntos"
    assert parsed.indicator.sources == ("sesnsp-idefc", "conapo-population")
    assert parsed.indicator.kinds == ("statistic",)
    assert parsed.indicator.scale == Decimal(100)
    assert parsed.indicator.query == "SELECT 1"
    assert parsed.query_line == 24


def test_a_line_may_go_on_below(header: Made) -> None:
    text = header().replace("-- measures.en: Patrols on record.", "-- measures.en: Patrols\n--   on\n--      record.")
    parsed = read.parse(text + "SELECT 1")
    assert parsed.indicator is not None
    assert parsed.indicator.measures.en == "Patrols on record."


def test_everything_wrong_is_said_at_once(header: Made) -> None:
    text = header(unit=None, direction="sideways", scale="-1", kinds="statistics", period="monthly", place="XX", annual="maybe")
    found = problems("-- titel.en: x\n-- unit\n" + text + "-- scale: 2\n")
    assert [code for _, code in found].count("IND013") == 6
    assert (1, "IND010") in found
    assert (2, "IND014") in found
    assert "IND011" in [code for _, code in found]
    assert "IND012" in [code for _, code in found]
    assert found[-1][1] == "IND015"
    assert [line for line, _ in found] == sorted(line for line, _ in found)


def test_the_nearest_key_is_proposed() -> None:
    found = read.parse("-- titel.en: x\nSELECT 1").problems
    unknown = next(one for one in found if one.code == "IND010")
    assert "title.en" in unknown.how("en")


@pytest.mark.parametrize("key", [key for key in read.KEYS if key not in (*read.OPTIONAL, "sources")])
def test_each_key_is_needed(header: Made, key: str) -> None:
    name = key.replace(".", "__").replace("-", "_")
    for value in (None, ""):
        found = read.parse(header(**{name: value}) + "SELECT 1")
        assert found.indicator is None
        assert [(one.code, dict(one.values)["key"]) for one in found.problems] == [("IND011", key)]


def test_sources_may_be_empty_but_not_forgotten(header: Made) -> None:
    assert read.parse(header(sources="") + "SELECT 1").problems == ()
    assert problems(header(sources=None) + "SELECT 1") == [(1, "IND011")]


def test_an_ambiguity_is_said_in_both_languages(header: Made) -> None:
    assert problems(header(ambiguous__en="x") + "SELECT 1") == [(1, "IND011")]
    assert problems(header(ambiguous__en="x", ambiguous__es="y") + "SELECT 1") == []


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("indicator", "Patrols"),
        ("unit", "pounds"),
        ("sources", "SESNSP"),
        ("sources", "a,,b"),
        ("scale", "NaN"),
        ("scale", "0"),
        ("scale", "ten"),
    ],
)
def test_values_have_one_shape(header: Made, key: str, value: str) -> None:
    assert [code for _, code in problems(header(**{key: value}) + "SELECT 1")] == ["IND013"]


def test_the_digest_is_of_header_and_query(header: Made) -> None:
    def digest(text: str) -> str:
        made = read.parse(text).indicator
        assert made is not None
        return made.digest

    first = digest(header() + "SELECT 1")
    assert digest(header() + "\n\nSELECT 1   \n\n") == first  # blanks at line ends say nothing
    assert digest((header() + "SELECT 1").replace("\n", "\r\n")) == first
    assert digest(header() + "SELECT 2") != first
    assert digest(header(scale="2") + "SELECT 1") != first
