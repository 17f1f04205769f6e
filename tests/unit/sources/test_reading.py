"""Encodings, line ends, row numbers, months."""

from __future__ import annotations

import pytest

from veedor.sources.errors import UnreadableTextError
from veedor.sources.reading import (
    ROW,
    decode,
    decode_head,
    fiscal_month_start,
    header_of,
    lines_of,
    month_number,
    table_of,
)


@pytest.mark.parametrize(
    ("data", "text", "encoding"),
    [
        ("Año,é\n".encode(), "Año,é\n", "utf-8"),
        ("Año\n".encode("utf-8-sig"), "Año\n", "utf-8-sig"),
        ("Año\n".encode("latin-1"), "Año\n", "latin-1"),
        ("“Año” – 5 €\n".encode("cp1252"), "“Año” – 5 €\n", "cp1252"),
        (b"A\xf1o \x81\n", "Año \x81\n", "latin-1"),
        ("Año\n".encode("utf-16"), "Año\n", "utf-16"),
        (b"1,2\n\x1a", "1,2\n", "utf-8"),
        (b"1,2\n\x00\x00\x1a", "1,2\n", "utf-8"),
        (b"", "", "utf-8"),
    ],
)
def test_decode(data, text, encoding):
    assert decode(data) == (text, encoding, False)


def test_macroman_is_undone_only_where_the_header_is_spanish_afterwards():
    good = "Año,Bien jurídico\r\n2015,México\r\n"
    spoilt = good.encode("latin-1").decode("mac-roman")
    assert decode(spoilt.encode()) == (good, "utf-8", True)
    for meant in ("Città,È già\n1,2\n", "Ò漢,b\n1,2\n"):
        assert decode(meant.encode()) == (meant, "utf-8", False)


@pytest.mark.parametrize(
    "data",
    [b"a\x00b", b"\xef\xbb\xbfA\xf1o", b"\xff\xfea", "ok\n".encode("utf-16")[:-1], b"\xff\xfe\x00\xd8\x00\x00", "a\0b".encode("utf-16")],
)
def test_bytes_that_belie_their_mark_are_refused(data):
    with pytest.raises(UnreadableTextError):
        decode(data)
    assert decode_head(data) == ""


def test_a_head_cut_inside_a_letter_is_still_read():
    head = "Año,b\nMéxico,1\nYucatán".encode()[:-2]
    assert decode_head(head) == "Año,b\nMéxico,1\n"


def test_cells_are_as_published_and_rows_know_their_line():
    table = table_of('a,b\r\n1, x \r\n,"NA"\r\nnull,"2,5"\r\n')
    assert table.to_pylist() == [
        {"a": "1", "b": " x ", ROW: 2},
        {"a": "", "b": "NA", ROW: 3},
        {"a": "null", "b": "2,5", ROW: 4},
    ]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a,b\n\n1,2\n\n\n3,4", [3, 6]),
        ("\n\na,b\n1,2\n", [4]),
        ('a,b\n1,"x\ny"\n3,4\n', [2, 4]),
        ('"a\nz",b\r\n1,2\r\n', [3]),
        ("a,b\r1,2\r3,4\r", [2, 3]),
        ("a,b\r\n1,\x85\r\n3,\x0b\r\n5,6", [2, 3, 4]),  # \x85 and \x0b break lines for Python, not for editors
    ],
)
def test_row_numbers_are_lines_of_an_editor(text, lines):
    assert table_of(text)[ROW].to_pylist() == lines


def test_skip_and_header():
    text = "Title\nNote\na,b\n1,2\n"
    assert table_of(text, skip=2).to_pylist() == [{"a": "1", "b": "2", ROW: 4}]
    assert table_of(text, skip=3, header=["x", "y"]).to_pylist() == [{"x": "1", "y": "2", ROW: 4}]
    assert table_of("a;b\n1;2", delimiter=";").to_pylist() == [{"a": "1", "b": "2", ROW: 2}]
    assert header_of(text, skip=2) == ["a", "b"]


def test_repeated_and_blank_names_keep_their_places():
    assert table_of("a,,a\n1,2,3\n").column_names == ["a", "", "a", ROW]


@pytest.mark.parametrize("text", ["a,b", "a,b\n", "a,b\r\n\r\n"])
def test_a_header_alone_is_a_table_of_no_rows(text):
    assert table_of(text).num_rows == 0


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "a,b\n1\n", "a,b\n1,2,3\n", 'a,b\n1,"2', 'a,b\n1,"2\n3,4\n', f"a,{ROW}\n1,2\n", "a,b\n1," + "x" * (17 << 20) + "\n"],
)
def test_what_is_no_table_is_a_value_error(text):
    with pytest.raises(ValueError, match=r"."):
        table_of(text)


def test_lines_of_counts_as_an_editor_does():
    assert lines_of("a\r\nb\rc\nd\x85e") == ["a", "b", "c", "d\x85e"]


@pytest.mark.parametrize(
    ("name", "number"), [("Enero", 1), (" DICIEMBRE ", 12), ("may", 5), ("Sep", 9), ("August", 8), ("", None), ("13", None)]
)
def test_month_number(name, number):
    assert month_number(name) == number


@pytest.mark.parametrize(("month", "year"), [(10, 2025), (12, 2025), (1, 2026), (9, 2026)])
def test_october_to_december_belong_to_the_year_before(month, year):
    assert fiscal_month_start(2026, month) == (year, month)
