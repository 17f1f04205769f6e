"""What a plug-in must be before it counts as a source."""

from __future__ import annotations

import dataclasses

import pytest

from veedor.kernel.errors import PlugInDoesNotLoadError
from veedor.kernel.registry import Registry
from veedor.sources import registry, rnpdno

GOOD = rnpdno.SOURCE


def test_a_whole_source_passes():
    assert registry.check(GOOD) is GOOD


@pytest.mark.parametrize("name", ["title", "publisher", "controller", "measures", "unit", "coverage", "breaks", "terms"])
def test_every_text_must_say_something(name):
    with pytest.raises(ValueError, match=f"its {name} is empty"):
        registry.check(dataclasses.replace(GOOD, **{name: "  "}))


@pytest.mark.parametrize(
    "change", [{"name": "Not A Name"}, {"grade": "Z9"}, {"kinds": ()}, {"kinds": ("rumour",)}, {"cadence": "sometimes"}]
)
def test_a_value_that_does_not_exist_is_refused(change):
    with pytest.raises(ValueError, match="its "):
        registry.check(dataclasses.replace(GOOD, **change))


def test_anything_else_is_no_source():
    with pytest.raises(TypeError, match="a str is not a Source"):
        registry.check("rnpdno")


def test_a_source_registered_under_another_name_stops_the_run(monkeypatch):
    monkeypatch.setattr(registry, "load", lambda *_: Registry("source", {"other": GOOD}))
    registry.sources.cache_clear()
    with pytest.raises(PlugInDoesNotLoadError, match="registered as 'other' and calls itself 'rnpdno'"):
        registry.sources()
    registry.sources.cache_clear()


def test_the_real_registry_has_every_declared_source_once(monkeypatch):
    found = registry.sources()
    assert found is registry.sources()
    assert {"sesnsp-idefc", "sesnsp-rnid", "inegi-homicides", "rnpdno", "conapo-population"} <= set(found)
    assert all(source.name == name for name, source in found.items())
