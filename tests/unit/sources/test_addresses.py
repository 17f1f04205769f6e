"""The packaged addresses of publishers, and what a project sets in their place."""

from __future__ import annotations

from importlib.metadata import entry_points
from urllib.parse import urlsplit

from veedor.sources.addresses import addresses, of_source


def test_every_built_in_source_has_an_address_or_says_where_the_file_is_found() -> None:
    known = addresses({})
    for point in entry_points(group="veedor.sources"):
        found = of_source(known, point.name)
        assert found, point.name
        assert all(address.note.render("en") for address in found)


def test_packaged_addresses_are_on_the_web_and_carry_no_secret() -> None:
    for address in addresses({}).values():
        assert urlsplit(address.page).scheme == "https"
        assert address.url == "" or urlsplit(address.url).scheme == "https"
        assert not urlsplit(address.url).username
        assert "key=" not in address.url


def test_a_list_of_several_files_has_an_address_for_each() -> None:
    assert [address.source for address in of_source(addresses({}), "ofac-sdn")] == [
        "ofac-sdn:add", "ofac-sdn:alt", "ofac-sdn:cons-add", "ofac-sdn:cons-alt", "ofac-sdn:cons-prim", "ofac-sdn:sdn",
    ]  # fmt: skip


def test_a_project_replaces_and_adds() -> None:
    known = addresses({"sesnsp-idefc": " https://example.org/idefc.csv ", "own-source": "https://example.org/own.csv"})
    assert known["sesnsp-idefc"].url == "https://example.org/idefc.csv"
    assert known["sesnsp-idefc"].page.startswith("https://www.gob.mx/")
    assert known["own-source"].url == "https://example.org/own.csv"
    assert addresses({})["sesnsp-idefc"].url == ""


def test_names_that_only_begin_alike_are_not_confused() -> None:
    known = addresses({"ofac-sdn-more": "https://example.org/x"})
    assert "ofac-sdn-more" not in [address.source for address in of_source(known, "ofac-sdn")]


def test_an_address_set_to_nothing_is_fetched_by_hand() -> None:
    assert addresses({"bts-crossings": ""})["bts-crossings"].url == ""
