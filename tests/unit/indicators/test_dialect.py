"""What is in the subset passes, whatever is outside is refused with its line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from veedor.indicators import dialect
from veedor.indicators.lineage import Reading, readings

Made = Callable[..., str]
KINDS = ("statistic",)


def codes(query: str, kinds: tuple[str, ...] = KINDS) -> list[str]:
    return [found.code for found in dialect.check(query, kinds)]


def test_a_plain_query_passes(query: Made) -> None:
    assert codes(query()) == []


@pytest.mark.parametrize(
    "amount",
    [
        "value / 2",
        "value // 2",
        "value % 2",
        "AVG(value)",
        "MEDIAN(value)",
        "CAST(value AS DOUBLE)",
        "value::FLOAT",
        "TRY_CAST(value AS DATE)",
        "1e3",
        "random()",
        "now()",
        "current_date",
        "today()",
        "getenv('HOME')",
        "approx_count_distinct(value)",
        "levenshtein(place, place)",
        "jaro_winkler_similarity(place, place)",
        "hash(place)",
        "any_value(value)",
        "first(value)",
        "list(value)",
        "SUM(DISTINCT value)",
        "SUM(value ORDER BY place)",
        "SUM(value) FILTER (WHERE value > 1)",
        "ROW_NUMBER() OVER (ORDER BY place)",
        "(SELECT 1)",
        "place || place",
        "place ILIKE 'x'",
        "place NOT LIKE 'x'",
        "regexp_matches(place, 'x')",
        "[1]",
        "{'a': 1}",
        "$1",
        "?",
        "sqrt(value)",
        "strftime(valid_from, '%Y')",
        "CAST(value AS DECIMAL(18, 2))",
        "extract(epoch FROM valid_from)",
        "date_trunc('decade', valid_from)",
        "uuid()",
        "nextval('x')",
    ],
)
def test_whatever_is_not_exact_or_not_repeatable_is_refused(query: Made, amount: str) -> None:
    assert "IND021" in codes(query(amount=amount))


@pytest.mark.parametrize(
    "rest",
    [
        "FROM statistic ORDER BY place",
        "FROM statistic LIMIT 1",
        "FROM statistic OFFSET 1",
        "FROM statistic QUALIFY 1 = 1",
        "FROM statistic TABLESAMPLE 10%",
        "FROM (SELECT * FROM statistic) AS x",
        "FROM statistic WHERE place IN (SELECT place FROM statistic)",
        "FROM statistic WHERE EXISTS (SELECT 1)",
        "FROM statistic GROUP BY ALL",
        "FROM statistic GROUP BY ROLLUP (place)",
        "FROM statistic, LATERAL (SELECT 1)",
        "FROM statistic PIVOT (SUM(value) FOR place IN ('MX'))",
        "FROM statistic FOR UPDATE",
        "FROM statistic WINDOW w AS (ORDER BY place)",
        "FROM main.statistic",
        "FROM memory.main.statistic",
    ],
)
def test_clauses_outside_of_the_subset_are_refused(query: Made, rest: str) -> None:
    assert {"IND021", "IND022"} & set(codes(query(rest=rest)))


@pytest.mark.parametrize(
    "rest",
    [
        "FROM read_csv('x.csv')",
        "FROM 'x.parquet'",
        "FROM read_parquet('x')",
        "FROM glob('*')",
        "FROM duckdb_settings()",
        "FROM statistik",
        "FROM information_schema.tables",
        "FROM sqlite_master",
        "FROM range(10)",
        "FROM (VALUES (1)) AS t(a)",
        "FROM incidence",
    ],
)
def test_only_declared_record_kinds_are_read(query: Made, rest: str) -> None:
    assert {"IND021", "IND022"} & set(codes(query(rest=rest)))


@pytest.mark.parametrize(
    "text",
    [
        "COPY statistic TO 'x'",
        "ATTACH 'x'",
        "PRAGMA version",
        "INSERT INTO statistic VALUES (1)",
        "DROP TABLE statistic",
        "SET threads = 1",
        "INSTALL httpfs",
        "LOAD httpfs",
        "CREATE TABLE x AS SELECT 1",
        "SELECT 1; SELECT 2",
        "SELECT 1 UNION ALL SELECT 2",
        "EXPLAIN SELECT 1",
        "CALL pragma_version()",
        "VALUES (1)",
        "",
        "SELECT FROM WHERE",
        "export database 'x'",
        "'",
        "SELECT 'x",
    ],
)
def test_one_select_and_nothing_else(text: str) -> None:
    assert codes(text) == ["IND020"]


@pytest.mark.parametrize(
    "join",
    [
        "CROSS JOIN b",
        ", b",
        "NATURAL JOIN b",
        "JOIN b USING (place)",
        "RIGHT JOIN b ON b.place = s.place",
        "FULL JOIN b ON b.place = s.place",
        "SEMI JOIN b ON b.place = s.place",
        "ASOF JOIN b ON b.place >= s.place",
        "POSITIONAL JOIN b",
    ],
)
def test_joins_say_on_what(query: Made, join: str) -> None:
    found = codes(query(rest=f"FROM statistic AS s {join}", first="WITH b AS (SELECT place FROM statistic) "))
    assert {"IND024", "IND021", "IND020"} & set(found)


def test_beside_a_join_every_column_names_its_table(query: Made) -> None:
    found = codes(query(rest="FROM statistic AS s JOIN statistic AS t ON t.place = s.place", place="s.place"))
    assert set(found) == {"IND025"}


@pytest.mark.parametrize(
    "changed",
    [
        "SELECT * FROM statistic",
        "SELECT CAST(place AS VARCHAR) AS place FROM statistic",
        "SELECT statistic.* FROM statistic",
    ],
)
def test_the_nine_columns_are_named(changed: str) -> None:
    assert "IND023" in codes(changed)


def test_each_column_has_its_cast(query: Made) -> None:
    bare = query().replace("CAST(value AS DECIMAL(38, 8)) AS amount", "value AS amount")
    wrong = query().replace("CAST(1 AS BIGINT) AS reported", "CAST(1 AS DATE) AS reported")
    swapped = query().replace("AS low", "AS tmp").replace("AS high", "AS low").replace("AS tmp", "AS high")
    assert [codes(text) for text in (bare, wrong, swapped)] == [["IND023"]] * 3


def test_a_declared_kind_is_read(query: Made) -> None:
    assert codes(query(), ("statistic", "incidence")) == ["IND027"]


def test_a_part_hides_no_kind(query: Made) -> None:
    first = "WITH incidence AS (SELECT place, valid_from, valid_to, value FROM statistic) "
    assert "IND022" in codes(query(rest="FROM incidence", first=first))
    assert "IND021" in codes("WITH RECURSIVE a AS (SELECT 1 AS x) " + query())


def test_the_line_is_that_of_the_file(query: Made) -> None:
    text = query(rest="FROM statistic\nWHERE series = 'x'\n  AND value / 2 > 1")
    assert [found.line for found in dialect.check(text, KINDS, 30)] == [32]


def test_depth_and_length_are_bounded(query: Made) -> None:
    assert codes(query(amount="(" * 3000 + "1" + ")" * 3000)) == ["IND020"]
    assert codes(query(rest=f"FROM statistic WHERE place = '{'x' * dialect.LONGEST}'")) == ["IND020"]
    assert set(codes(query(amount="1" + " + 1" * 4000))) <= {"IND020"}


def test_what_runs_is_written_anew_from_what_was_checked(query: Made) -> None:
    written = dialect.canonical(query(rest="FROM statistic /* read_csv('x') */ -- no\nWHERE series = 'a -- b'"))
    assert "read_csv" not in written
    assert "'a -- b'" in written
    assert dialect.canonical(written) == written


def test_a_reading_is_what_one_table_is_asked_for(query: Made) -> None:
    first = (
        "WITH a AS (SELECT i.place, i.count FROM incidence AS i "
        "JOIN statistic AS s ON s.place = i.place AND s.series = 'population' "
        "LEFT JOIN trace AS t ON t.place = i.place AND t.category = 'x' "
        "WHERE i.category = 'c' AND (i.status = 'reported' OR i.status = 'provisional') AND s.value > i.count AND t.count IS NULL) "
    )
    assert readings(query(rest="FROM a", first=first)) == (
        Reading("incidence", "(category = 'c') AND (status = 'reported' OR status = 'provisional')"),
        Reading("statistic", "(series = 'population')"),
        Reading("trace", "(category = 'x')"),
    )
    assert readings(query(rest="FROM statistic")) == (Reading("statistic", "TRUE"),)
