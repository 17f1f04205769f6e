"""Whatever text is given, the check of a query answers with problems, and what it lets pass reads nothing else and binds."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st

from veedor.indicators import dialect
from veedor.indicators.binding import complaints
from veedor.indicators.header import parse
from veedor.kernel.errors import CODES

PARTS = [
    "SELECT",
    "FROM",
    "statistic",
    "incidence",
    "WHERE",
    "GROUP BY",
    "JOIN",
    "ON",
    "UNION ALL",
    "WITH",
    "AS",
    "(",
    ")",
    ",",
    "*",
    "a",
    "place",
    "value",
    "CAST",
    "DATE",
    "DOUBLE",
    "CASE",
    "WHEN",
    "THEN",
    "END",
    "1",
    "'x'",
    "=",
    "+",
    "/",
    "read_csv",
    "COPY",
    "ATTACH",
    ";",
    "--",
    "/*",
    "*/",
    "'",
    '"',
    "$$",
    "NULL",
    "OVER",
    "LIMIT",
    "now()",
    "random()",
]
words = st.lists(st.sampled_from(PARTS), max_size=30).map(" ".join)
letters = st.text(alphabet=string.printable + "ñé€\u202e\x00", max_size=200)

amounts = st.recursive(
    st.sampled_from(["value", "1", "2.5", "NULL", "low", "-value"]),
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", "//", "%", "||"]), inner).map(lambda parts: f"({' '.join(parts)})"),
        inner.map(lambda one: f"COALESCE({one}, 0)"),
        inner.map(lambda one: f"CASE WHEN {one} > 1 THEN {one} ELSE 0 END"),
        inner.map(lambda one: f"CAST({one} AS DOUBLE)"),
        inner.map(lambda one: f"sqrt({one})"),
    ),
    max_leaves=6,
)


@given(words | letters)
def test_any_text_gets_an_answer(text: str) -> None:
    for problem in dialect.check(text, ("statistic",)):
        assert problem.code in CODES
        assert problem.line >= 1
        assert problem.what("en")
        assert problem.how("en") is not None


@given(letters)
def test_any_header_gets_an_answer(text: str) -> None:
    parsed = parse(text)
    assert parsed.indicator is None
    assert all(problem.what("en") and problem.code in CODES for problem in parsed.problems)


@given(amounts)
def test_what_passes_holds_no_floating_number_and_binds(amount: str) -> None:
    query = (
        "SELECT CAST(place AS VARCHAR) AS place, CAST(valid_from AS DATE) AS starts, CAST(valid_to AS DATE) AS ends, "
        f"CAST({amount} AS DECIMAL(38, 8)) AS amount, CAST(NULL AS DECIMAL(38, 8)) AS base, CAST(NULL AS DECIMAL(38, 8)) AS low, "
        "CAST(NULL AS DECIMAL(38, 8)) AS high, CAST(1 AS BIGINT) AS reported, CAST(1 AS BIGINT) AS expected FROM statistic"
    )
    passes = not dialect.check(query, ("statistic",))
    assert passes != any(part in amount for part in ("/", "%", "||", "DOUBLE", "sqrt"))
    if passes:
        assert "DOUBLE" not in "".join(complaints([query]))
