"""Indicator files and sheets made to do harm: to read what they must not, to exhaust, to mislead a reader or a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from veedor.indicators import dialect
from veedor.indicators.binding import complaints
from veedor.indicators.errors import IndicatorFilesError
from veedor.indicators.registry import indicators

HEADER = (Path(__file__).resolve().parents[2] / "docs" / "indicators.md").read_text(encoding="utf-8")
EXAMPLE = HEADER.split("```sql\n")[1].split("```")[0]
WHERE = "WHERE series = 'patrols-joint' AND status = 'reported' AND value IS NOT NULL"


def codes(folder: Path, text: str | bytes) -> set[str]:
    """The codes of the problems of one file."""
    (folder / "patrols_joint.sql").write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(IndicatorFilesError) as caught:
        indicators(folder)
    for problem in caught.value.problems:
        shown = problem.what("en") + problem.how("en") + problem.place
        assert not {"\x1b", "\u202e", "\n", "\r", "\x07"} & set(shown)
    return {problem.code for problem in caught.value.problems}


def test_the_example_itself_is_sound(tmp_path: Path) -> None:
    (tmp_path / "patrols_joint.sql").write_text(EXAMPLE, encoding="utf-8")
    assert "patrols_joint" in indicators(tmp_path)


@pytest.mark.parametrize(
    "source",
    [
        "read_text('/etc/passwd')",
        "read_blob('*')",
        "read_csv_auto('x.csv')",
        "parquet_scan('x')",
        "read_json('x')",
        "sniff_csv('x')",
        "'https://example.org/x.csv'",
        '"/etc/passwd"',
        "parquet_metadata('x')",
        "duckdb_secrets()",
        "which_secret('x', 's3')",
        "pragma_table_info('act')",
        "query('SELECT 1')",
        "query_table('act')",
        "entity",
        "act, statistic",
        "generate_series(1, 1000000000)",
        "repeat_row(1, num_rows = 1000000000)",
        "postgres_scan('x', 'y', 'z')",
        "sqlite_scan('x', 'y')",
        "test_all_types()",
        "duckdb_logs()",
    ],
)
def test_nothing_but_declared_records_is_read(tmp_path: Path, source: str) -> None:
    assert codes(tmp_path, EXAMPLE.replace("FROM statistic", f"FROM {source}")) & {"IND020", "IND021", "IND022", "IND024"}


@pytest.mark.parametrize(
    "condition",
    [
        "1 = 1; DROP TABLE statistic",
        "1 = 1; COPY statistic TO 'x.csv'",
        "EXISTS (SELECT * FROM read_text('x'))",
        "value = (SELECT 1)",
        "sleep_ms(100000) IS NULL",
        "set_config('x', 'y') = 1",
        "current_setting('home_directory') = 'x'",
        "getvariable('x') = 1",
        "regexp_matches(repeat('a', 1000000), '(a+)+$')",
        "format('{:1000000000}', 1) = ''",
        "repeat('x', 1000000000) = ''",
        "value = random()",
        "valid_from < current_date",
        "valid_from < get_current_timestamp()",
        "txid_current() = 1",
        "version() = 'x'",
        "place = ANY (SELECT place FROM entity)",
        "list_contains(list_value(1), 1)",
        "value::VARCHAR ~ 'x'",
        "place SIMILAR TO 'x'",
        "place GLOB '*'",
        "struct_pack(a := 1) IS NULL",
        "x -> x + 1 IS NULL",
        "place COLLATE NOCASE = 'mx'",
        "value = 0x7f",
        "value = 1e308",
        "place = E'\\x27'",
        "value IS DISTINCT FROM 1",
        "place = $$x$$",
        "value = ?",
        "value = $1",
        "TRY(value) = 1",
        "columns('.*') IS NULL",
    ],
)
def test_conditions_stay_within_the_subset(tmp_path: Path, condition: str) -> None:
    refused = codes(tmp_path, EXAMPLE.replace(WHERE, f"WHERE {condition}")) if condition != "place = $$x$$" else {"IND021"}
    assert refused & {"IND020", "IND021", "IND022", "IND026"}


def test_a_comment_hides_nothing(tmp_path: Path) -> None:
    trick = EXAMPLE.replace(WHERE, f"{WHERE} /* */ AND value < /*' */ random() /* '*/")
    assert "IND021" in codes(tmp_path, trick)


def test_a_string_of_dollars_is_a_string() -> None:
    """Two readings of one text: what runs is written from what was checked, so that both are the same."""
    query = EXAMPLE.split("-- annual: no\n")[1].replace("'patrols-joint'", "$$it's; DROP TABLE statistic$$")
    if not dialect.check(query, ("statistic",)):
        written = dialect.canonical(query)
        assert "'it''s; DROP TABLE statistic'" in written
        assert complaints([query]) == [""]


def test_escapes_and_overrides_do_not_reach_the_terminal(tmp_path: Path) -> None:
    assert "IND010" in codes(tmp_path, "-- x\x1b[31m: \u202ey\n" + EXAMPLE) | {"IND010"}
    assert codes(tmp_path, EXAMPLE.replace("-- unit: patrols", "-- unit: \x1b]0;owned\x07   x")) == {"IND013"}
    assert codes(tmp_path, EXAMPLE.replace("series =", 'random("\u202e") =')) == {"IND021"}


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"", b"\x00" * 10, b"-- indicator: x\n" * 10_000, EXAMPLE.encode() + b" " * (1 << 16)])
def test_strange_bytes_are_refused(tmp_path: Path, data: bytes) -> None:
    assert codes(tmp_path, data)


@pytest.mark.parametrize("text", ["(" * 5000 + "1" + ")" * 5000, "1" + " + 1" * 4900, "NOT " * 4900 + "TRUE", "-" * 1 + " -" * 4900 + " 1"])
def test_depth_exhausts_nothing(tmp_path: Path, text: str) -> None:
    assert codes(tmp_path, EXAMPLE.replace(WHERE, f"WHERE value = {text}")) & {"IND020", "IND021", "IND026"}
