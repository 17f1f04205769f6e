"""Whatever the bytes: reading ends in a result or in a declared error, rows know their line, and cells are not changed."""

from __future__ import annotations

import bz2
import contextlib
import csv
import gzip
import io
import zipfile

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from veedor.kernel.errors import VeedorError
from veedor.kernel.registry import Registry
from veedor.sources import (
    conapo_population,
    inegi_census,
    inegi_homicides,
    inegi_municipalities,
    rnpdno,
    sesnsp,
    sesnsp_idefc,
    sesnsp_rnid,
)
from veedor.sources.errors import EmptyFileError, HtmlPageError, NotRecognisedError, UnreadableTextError
from veedor.sources.reading import ROW, decode, decode_head, table_of
from veedor.sources.recognise import recognise
from veedor.sources.source import Raw
from veedor.sources.unpack import Member, unpack

MODULES = (conapo_population, inegi_census, inegi_homicides, inegi_municipalities, rnpdno, sesnsp_idefc, sesnsp_rnid)
REGISTRY = Registry("source", {module.SOURCE.name: module.SOURCE for module in MODULES})

plain = st.text(st.characters(codec="utf-8", exclude_characters='\0\r\n",\ufeff'), max_size=8)
broken = st.text(st.sampled_from(list('ab ,"\n\r\té')), max_size=8)
HEADERS = [",".join(module.SOURCE.columns).encode() for module in MODULES if module.SOURCE.columns]
INEGI = (b'"Defunciones por homicidios"\r\n', b'"","","Total","Enero",""\r\n', b'" ","Total","1","1"\r\n')
CELLS = (b"2015", b"1", b"Homicidio doloso", b",", b'"', b"\n", b"\r\n", b"\xf1", b"\xff\xfe", b"\0", b"-0-", b"1,2,3\n", b"99999")
pieces = st.lists(st.sampled_from([*CELLS, *HEADERS, *INEGI, "“Año”".encode()]), max_size=20).map(b"".join)


@given(st.one_of(st.binary(max_size=200), pieces))
def test_decode_gives_text_or_says_that_it_cannot(data):
    try:
        found = decode(data)
    except UnreadableTextError:
        assert decode_head(data) == "" or b"\n" in data
    else:
        assert "\0" not in found.text
        assert isinstance(decode_head(data), str)


@given(st.text(st.characters(codec="latin-1", exclude_characters="\0\x1a")))
def test_text_survives_its_own_encoding(text):
    assume(not any(c in text.partition("\n")[0] for c in "ÒÌÛÈ"))
    assume(not text.startswith(("ÿþ", "þÿ", "ï»¿")))
    assert decode(text.encode("utf-8")).text == text
    assert decode(text.encode("utf-8-sig")).text == text
    data = text.encode("latin-1")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        if not any(0x80 <= byte < 0xA0 for byte in data):
            assert decode(data) == (text, "latin-1", False)


@given(
    st.lists(st.tuples(plain, plain, plain), max_size=6),
    st.lists(st.integers(0, 2), min_size=7, max_size=7),
    st.sampled_from(["\n", "\r\n", "\r"]),
)
def test_rows_know_their_line_and_cells_are_unchanged(rows, gaps, end):
    text, line, expected = "a,b,c" + end, 2, []
    for cells, gap in zip(rows, gaps, strict=False):
        text += end * gap
        line += gap
        expected.append({"a": cells[0], "b": cells[1], "c": cells[2], ROW: line})
        text += ",".join(cells) + end
        line += 1
    assert table_of(text).to_pylist() == expected


@given(st.lists(st.tuples(broken, broken), min_size=1, max_size=5), st.booleans())
def test_quoted_cells_with_breaks_and_marks_are_unchanged(rows, headed):
    target = io.StringIO()
    writer = csv.writer(target, quoting=csv.QUOTE_ALL, lineterminator="\n")
    if headed:
        writer.writerow(("a", "b"))
    writer.writerows(rows)
    found = table_of(target.getvalue()) if headed else table_of(target.getvalue(), header=["a", "b"])
    assert [(r["a"], r["b"]) for r in found.to_pylist()] == rows
    lines = found[ROW].to_pylist()
    assert lines[0] == (2 if headed else 1)
    assert lines == sorted(set(lines))


@given(st.text(st.sampled_from(list('a1,"\n\r ;é')), max_size=60), st.integers(0, 3))
@example('a,b\n"', 0)
@example('a"b,c\n1,2\n', 0)
@example("\r\r\na,b\n", 1)
def test_any_text_is_a_table_or_a_value_error(text, skip):
    try:
        found = table_of(text, skip=skip)
    except ValueError:
        return
    lines = found[ROW].to_pylist()
    assert lines == sorted(set(lines))
    assert all(1 <= line <= text.count("\n") + text.count("\r") + 1 for line in lines)


@given(st.one_of(st.binary(max_size=300), pieces))
def test_unpacking_a_plain_file_changes_nothing(data):
    try:
        found = unpack("a.csv", data)
    except VeedorError:
        assert data.startswith((b"PK", b"\x1f\x8b", b"BZh"))
    else:
        assert found == (Member("a.csv", data),) or data.startswith((b"PK", b"\x1f\x8b", b"BZh"))


@given(st.binary(max_size=3000), st.sampled_from(["gzip", "bzip2", "zip"]))
def test_what_was_packed_comes_out(data, how):
    if how == "zip":
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a", data)
        packed = target.getvalue()
    else:
        packed = gzip.compress(data) if how == "gzip" else bz2.compress(data)
    if not data.startswith((b"PK", b"\x1f\x8b", b"BZh")):
        assert unpack("a", packed) == (Member("a", data),)


@given(st.binary(max_size=400), st.sampled_from([b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b\x08\0", b"BZh9", b"BZh91AY&SY"]))
def test_bytes_that_only_look_like_an_archive_end_in_a_declared_error(data, magic):
    with contextlib.suppress(VeedorError):
        unpack("a", magic + data)


@given(st.binary(min_size=1, max_size=40), st.integers(0, 200), st.sampled_from(["gzip", "zip"]))
def test_an_archive_with_changed_bytes_ends_in_a_result_or_a_declared_error(noise, at, how):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("folder/a.csv", b"1,2,3\n" * 40)
    packed = bytearray(target.getvalue() if how == "zip" else gzip.compress(b"1,2,3\n" * 40))
    packed[at : at + len(noise)] = noise
    try:
        found = unpack("a", bytes(packed))
    except VeedorError:
        return
    assert all("/" not in member.name for member in found)


@settings(max_examples=200)
@given(pieces)
def test_any_file_is_recognised_or_refused_with_a_declared_error(data):
    with contextlib.suppress(NotRecognisedError, EmptyFileError, HtmlPageError):
        assert recognise("a.csv", data, REGISTRY).name in REGISTRY


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.SOURCE.name)
def test_any_file_is_parsed_into_tables_or_problems(module):
    @settings(max_examples=60, deadline=None)
    @given(st.one_of(pieces, st.binary(max_size=60)), st.booleans())
    def check(data, headed):
        text = (",".join(module.SOURCE.columns).encode() + b"\n" if headed else b"") + data
        parsed = module.SOURCE.parse(Raw(name="a.csv", data=text, snapshot="0" * 64))
        assert bool(parsed.unusable) != bool(parsed.tables)
        for problem in parsed.unusable:
            assert problem.what("en")
            problem.how("en")

    check()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.sampled_from(["2023", "2026", "", "x"]),
            st.sampled_from(["1", "01", "33", "", "b"]),
            st.sampled_from(["Homicidio doloso", "Tortura", "Secuestro", "", "Otro"]),
            st.lists(st.sampled_from(["", "0", "3", "1.0", "1,000", "x", "-1"]), min_size=12, max_size=12),
        ),
        min_size=1,
        max_size=5,
    )
)
def test_a_table_of_crimes_never_turns_a_blank_into_a_zero(rows):
    target = io.StringIO()
    writer = csv.writer(target)
    writer.writerow(sesnsp.STATE_COLUMNS)
    for place, (year, key, subtype, months) in enumerate(rows):
        writer.writerow((year, key, "Aguascalientes", "v", "t", subtype, f"m{place}", *months))
    parsed = sesnsp_idefc.SOURCE.parse(Raw(name="a", data=target.getvalue().encode(), snapshot="0"))
    if not parsed.unusable:
        found = [record["count"] for record in parsed.tables["incidence"].to_pylist()]
        wanted = [cell for _, _, _, months in rows for cell in months]
        assert [value is None for value in found] == [cell == "" for cell in wanted]


def test_the_names_of_sources_are_in_the_refusal():
    with pytest.raises(NotRecognisedError, match="no known source is like it"):
        recognise("a.csv", b"p,q\n1,2\n", REGISTRY)
