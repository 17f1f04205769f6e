"""What a file becomes when it is read: values, places and digests."""

from __future__ import annotations

import base64
import hashlib
from datetime import date
from pathlib import Path

import pytest

from veedor.accord.reading import read, read_text
from veedor.accord.tests import AbsenceTest, ChangeTest, CodedTest, LevelTest
from veedor.kernel.months import Period
from veedor.kernel.quantity import parse


def test_values_are_read_as_meant(small: str) -> None:
    accord = read_text(small, "small.yaml").accord
    rate = accord.commitments["rate"].test
    assert isinstance(rate, LevelTest)
    assert rate.bound == parse("18 per 100,000 people per year")
    assert rate.by is not None
    assert rate.by.on(accord.starts) == date(2029, 2, 1)
    money = accord.commitments["money"].test
    assert isinstance(money, ChangeTest)
    assert money.against.on(accord.starts) == Period(date(2024, 2, 1), date(2025, 2, 1))
    assert isinstance(accord.commitments["raids"].test, AbsenceTest)
    second = accord.commitments["readings"].readings[1].test
    assert isinstance(second, CodedTest)
    assert second.grade == 1
    assert accord.duty_period("rate").starts == date(2026, 8, 1)
    assert accord.title.es == "Acuerdo pequeño"


def test_every_scalar_stays_the_text_it_was(small: str) -> None:
    plain = read_text(small, "small.yaml").plain
    assert plain["veedor"] == "1"
    assert plain["documents"]["text"]["date"] == "2025-09"
    assert plain["commitments"]["rate"]["cites"]["section"] == "1"


def test_places(small: str) -> None:
    found = read_text(small, "small.yaml")
    lines = small.splitlines()
    assert lines[found.positions["commitments", "rate"][0] - 1] == "  rate:"
    line, column = found.positions["commitments", "rate", "test", "at_most"]
    assert lines[line - 1][column - 1 :].startswith("18 per 100000")
    assert found.at("commitments", "rate", "test", "nothing") == found.positions["commitments", "rate", "test"]
    assert found.at("nowhere") == (1, 1)


def test_digests(small: str, tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    path.write_bytes(small.encode())
    found = read(path)
    assert found.digest == hashlib.sha256(small.encode()).hexdigest()
    assert found.where == str(path)
    assert found == read_text(small, str(path))


def test_what_is_signed_does_not_depend_on_how_it_is_typed(small: str) -> None:
    """Line ends, remarks, quotation marks and a byte-order mark change the bytes and not the accord."""
    first = read_text(small, "a")
    variants = (
        small.replace("\n", "\r\n"),
        "\ufeff" + small,
        small.replace("theme: aid", 'theme: "aid"  # money'),
        small.replace("accord: small", "accord: small\n"),
    )
    for text in variants:
        found = read_text(text, "a")
        assert found.digest != first.digest
        assert found.text_digest == first.text_digest
        assert found.accord == first.accord
    assert read_text(small.replace("month 36", "month 37"), "a").text_digest != first.text_digest


def test_a_signature_is_not_part_of_what_is_signed(small: str) -> None:
    key, signature = (base64.b64encode(bytes(size)).decode() for size in (32, 64))
    entry = f"{{date: 2026-01-31, key: {key}, signature: {signature}}}"
    signed = f"{small}adoption:\n  A: {entry}\n  B: {entry}\n".replace("status: hypothetical", "status: in-force")
    unsigned = small.replace("status: hypothetical", "status: draft")
    with_signatures = f"{unsigned}adoption:\n  A: {entry}\n"
    assert read_text(signed, "a").accord.status == "in-force"
    assert read_text(with_signatures, "a").text_digest == read_text(unsigned, "a").text_digest
    assert read_text(signed, "a").text_digest != read_text(unsigned, "a").text_digest, "the status is part of the text"


def test_a_word_that_yaml_would_change_stays(small: str) -> None:
    text = small.replace("{A: Ministry}", "{A: NO}").replace("en: Pay more.", "en: 1e3")
    found = read_text(text, "a").accord.commitments
    assert found["rate"].owner == {"A": "NO"}
    assert found["money"].says.en == "1e3"


@pytest.mark.parametrize("months", ["1-6", "1 - 6", "01-06"])
def test_phase_months(small: str, months: str) -> None:
    found = read_text(small.replace("months: 1-6", f"months: {months}"), "a")
    assert found.accord.phases["first"].bounds == (1, 6)


def test_a_result_of_reading_cannot_be_changed(small: str) -> None:
    found = read_text(small, "a")
    with pytest.raises(TypeError):
        found.plain["veedor"] = "2"  # type: ignore[index]
    with pytest.raises(TypeError):
        found.positions[()] = (1, 1)  # type: ignore[index]
