"""Built-in files and a project's own are checked together, and everything wrong is said at once."""

from __future__ import annotations

import re

import pytest

from veedor.indicators import errors
from veedor.indicators.binding import complaints
from veedor.indicators.catalogue import catalogue
from veedor.indicators.lineage import readings
from veedor.indicators.registry import indicators
from veedor.kernel.errors import CODES, UnknownNameError


def test_a_project_adds_its_own(tmp_path, header, query):
    (tmp_path / "patrols_joint.sql").write_text(header() + query(), encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no indicator", encoding="utf-8")
    assert set(indicators(tmp_path)) - set(indicators()) == {"patrols_joint"}
    assert set(indicators(tmp_path / "absent")) == set(indicators())


def test_all_problems_of_all_files_at_once(tmp_path, header, query):
    (tmp_path / "patrols_joint.sql").write_text(header(unit=None) + query(), encoding="utf-8")
    (tmp_path / "homicide_rate.sql").write_text(header(indicator="homicide_rate") + query(amount="value / 2"), encoding="utf-8")
    (tmp_path / "other.sql").write_text(header(indicator="another") + query(), encoding="utf-8")
    (tmp_path / "wrong.sql").write_bytes(b"\xff\xfe")
    (tmp_path / "unbound.sql").write_text(header(indicator="unbound") + query(amount="vallue"), encoding="utf-8")
    with pytest.raises(errors.IndicatorFilesError) as caught:
        indicators(tmp_path)
    found = {(problem.place.split(":")[0], problem.code) for problem in caught.value.problems}
    assert found == {
        ("patrols_joint.sql", "IND011"),
        ("homicide_rate.sql", "IND016"),
        ("homicide_rate.sql", "IND021"),
        ("other.sql", "IND013"),
        ("wrong.sql", "IND017"),
        ("unbound.sql", "IND026"),
    }
    assert "problems in indicator files: 6" in caught.value.render("what", "en")
    assert any("vallue" in problem.what("en") for problem in caught.value.problems)


def test_an_unknown_indicator_proposes_the_nearest():
    with pytest.raises(UnknownNameError, match="homicide_rate"):
        indicators()["homicde_rate"]


def test_a_type_that_does_not_fit_is_found_before_anything_is_judged(query):
    good, *bad = complaints([query(), query(place="nothing"), query(rest="FROM statistic WHERE value = 'x' + place")])
    assert good == ""
    assert all(bad)


def test_built_in_files_say_everything_in_both_languages():
    for indicator in indicators().values():
        for text in ("title", "measures", "denominator", "assumes", "not_for", "needs"):
            words = getattr(indicator, text)
            assert words.en
            assert words.es
            assert words.en != words.es, (indicator.name, text)
        assert bool(indicator.ambiguous.en) == bool(indicator.ambiguous.es)
        assert not re.search(r"\b(please|simply|just|obviously)\b|!", f"{indicator.assumes.en} {indicator.not_for.en}")


def test_where_nobody_publishes_a_sheet_of_that_name_answers():
    for indicator in indicators().values():
        series = f"series = '{indicator.name.replace('_', '-')}'"
        if not indicator.sources and indicator.kinds == ("statistic",):
            assert series in readings(indicator.query)[0].condition
            assert series.split("'")[1] in indicator.needs.en


def test_rates_and_shares_have_a_base_and_counts_none():
    for indicator in indicators().values():
        has_base = "CAST(NULL AS DECIMAL(38, 8)) AS base" not in indicator.query
        assert has_base == (indicator.scale != 1) == (indicator.model == "share" or indicator.annual), indicator.name


def test_digests_tell_indicators_apart():
    digests = {indicator.digest for indicator in indicators().values()}
    assert len(digests) == len(indicators())


def test_built_in_names_cannot_be_taken_twice(monkeypatch, tmp_path, header, query):
    (tmp_path / "homicide_rate.sql").write_text(header(indicator="homicide_rate") + query(), encoding="utf-8")
    with pytest.raises(errors.IndicatorFilesError) as caught:
        indicators(tmp_path)
    assert [problem.code for problem in caught.value.problems] == ["IND016"]
    assert caught.value.where == str(tmp_path)


def test_every_code_in_the_list_of_problems_can_be_explained():
    used = {cls.code for cls in vars(errors).values() if isinstance(cls, type) and cls.__module__ == errors.__name__}
    assert used <= set(CODES)


def test_the_catalogue_says_who_controls_and_what_is_missing():
    made = catalogue(indicators(), {"sesnsp-idefc": "MX", "conapo-population": "MX", "ucdp-nonstate": "ucdp"})
    assert made.controllers_for("homicide_rate") == {"MX"}
    assert made.indicators["homicide_rate"].has_open_source
    assert not made.indicators["impunity"].has_open_source
    assert not made.indicators["fentanyl_seized"].has_open_source  # its source is not registered here
    assert made.indicators["fentanyl_seized"].direction == "none"
    assert "MX09" in made.places
