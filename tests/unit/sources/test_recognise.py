"""One source a file, by what it holds; a damaged file still finds its own; everything else is said, never guessed."""

from __future__ import annotations

import pytest

from veedor.kernel.registry import Registry
from veedor.sources import conapo_population, inegi_census, inegi_homicides, inegi_municipalities, rnpdno, sesnsp, sesnsp_idefc, sesnsp_rnid
from veedor.sources.errors import EmptyFileError, HtmlPageError, NotRecognisedError, TwoSourcesError
from veedor.sources.recognise import recognise
from veedor.sources.source import Parsed, Raw, Sample, Source

MODULES = (conapo_population, inegi_census, inegi_homicides, inegi_municipalities, rnpdno, sesnsp_idefc, sesnsp_rnid)
REGISTRY = Registry("source", {module.SOURCE.name: module.SOURCE for module in MODULES})


def never(_: Raw) -> Parsed:
    raise AssertionError


def made(name: str, columns: tuple[str, ...] = (), *, claims=lambda _: False) -> Source:
    return Source(
        name=name, title="t", publisher="p", controller="c", grade="A1", measures="m", unit="u", coverage="c", breaks="b",
        terms="t", kinds=("incidence",), recognise=claims, parse=never, columns=columns,
    )  # fmt: skip


def test_exactly_one_source_answers():
    data = ",".join(sesnsp.STATE_COLUMNS) + "\n2020,1,Aguascalientes,v,Homicidio,Homicidio doloso,x,1,,,,,,,,,,,\n"
    assert recognise("a.csv", data.encode("latin-1"), REGISTRY).name == "sesnsp-idefc"


def test_two_claims_are_an_error_that_names_both():
    registry = Registry("source", {"a": made("a", claims=lambda _: True), "b": made("b", claims=lambda _: True)})
    with pytest.raises(TwoSourcesError, match=r'"f\.csv" is claimed by 2 sources: a, b'):
        recognise("f.csv", b"x,y\n1,2\n", registry)


def test_a_sample_is_the_beginning_with_the_size_of_the_whole():
    seen: list[Sample] = []
    source = made("a", claims=lambda sample: not seen.append(sample))
    recognise("f.csv", b"x" * 100000, Registry("source", {"a": source}))
    assert (seen[0].size, len(seen[0].head), seen[0].name) == (100000, 65536, "f.csv")


@pytest.mark.parametrize("data", [b"", b" \r\n\t", b"\xef\xbb\xbf\n", b"\x00" * 100, b"\n" * 100000])
def test_an_empty_file(data):
    with pytest.raises(EmptyFileError):
        recognise("a.csv", data, REGISTRY)


@pytest.mark.parametrize(
    "page",
    [
        b"<!DOCTYPE html><html><head><title>403 Forbidden</title></head></html>",
        b"\xef\xbb\xbf\n<html lang='es'><title>\n403\n Forbidden</title>",
        b"<!-- cached --><HTML><body><TITLE>403 Forbidden</TITLE>",
    ],
)
def test_a_web_page_is_named_as_one_with_its_title(page):
    with pytest.raises(HtmlPageError, match='its title is "403 Forbidden"'):
        recognise("a.csv", page, REGISTRY)


def test_a_file_that_lost_a_column_goes_to_the_source_it_is_unmistakably_of():
    registry = Registry("source", {"a": made("a", ("one", "two", "three", "four")), "b": made("b", ("p", "q", "r", "s"))})
    assert recognise("f.csv", b"one,two,THREE,vier\n1,2,3,4\n", registry).name == "a"


def test_two_sources_equally_alike_are_not_guessed_between():
    columns = ("one", "two", "three", "four")
    registry = Registry("source", {"a": made("a", columns), "b": made("b", columns)})
    with pytest.raises(NotRecognisedError, match="most like it is a, of whose columns it lacks four"):
        recognise("f.csv", b"one,two,three,vier\n1,2,3,4\n", registry)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"x,y\n1,2\n", "its columns are x, y; no known source is like it"),
        (b"%PDF-1.7 ...", "it is a PDF document"),
        (b"PK\x03\x04....", "it is an Office workbook or document"),
        (b"\x1f\x8b....", "it is an archive that has to be unpacked first"),
        (b'{"a": 1}', "it is JSON"),
        (b"<?xml version='1.0'?><a/>", "it is XML"),
        (b"Dear colleague\n", "it is text whose first line has 1 cells and names no columns"),
        (b"year,2000,2001\nx,1.5,2\n", "its columns are year, 2000, 2001"),
        (b"\x01\x00\x02", "it begins with the bytes 01 00 02, which are no text"),
        (b'"' + b"a" * 200000, "it is text whose first line has"),
    ],
)
def test_what_was_seen_is_said_with_the_sources_that_exist(data, said):
    with pytest.raises(NotRecognisedError) as caught:
        recognise("a.bin", data, REGISTRY)
    assert said in str(caught.value)
    assert "conapo-population, inegi-census" in caught.value.render("next", "en")
    assert "\x1b" not in caught.value.render("what", "en")


@pytest.mark.parametrize(
    "rows",
    [
        b"12300,INVENTED PERSON,individual\n12301,ANOTHER PERSON,individual\n",
        b"INVENTED PERSON,MX\nANOTHER PERSON,MX\n",
        b"INVENTED PERSON,1970-01-01\nANOTHER PERSON,1971-01-01\n",
        b"INVENTED PERSON,1970\nANOTHER PERSON,1971\n",
        b"INVENTED PERSON\nANOTHER PERSON\n",
        b"person,invented@example.org\nother,4\n",
    ],
)
def test_a_list_of_persons_without_header_is_not_quoted(rows):
    with pytest.raises(NotRecognisedError) as caught:
        recognise("list.csv", rows, REGISTRY)
    assert "person" not in str(caught.value).lower()
    assert "invented" not in str(caught.value).lower()
