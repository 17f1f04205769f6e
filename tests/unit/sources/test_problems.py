"""The words with which a file is refused."""

from __future__ import annotations

from veedor.sources import problems


def test_a_renamed_column_is_shown_with_the_new_name_most_like_it() -> None:
    (found,) = problems.lost_columns(("FY", "Drug Type"), ["FY", "Drug Types"])
    assert found.code == "SRC010"
    assert found.place == "1:2"
    assert found.what("en") == 'the column "Drug Type" is gone; "Drug Types" is new and most like it'


def test_a_column_without_successor_is_shown_with_what_the_file_has() -> None:
    (found,) = problems.lost_columns(("FY", "Count"), ["FY", "xyzzy"])
    assert found.what("en") == 'the column "Count" is gone; the file has FY, xyzzy'


def test_nothing_is_lost_when_columns_only_changed_places() -> None:
    assert problems.lost_columns(("a", "b"), ["b", "c", "a"]) == ()


def test_every_lost_column_is_reported_at_once() -> None:
    assert [p.column for p in problems.lost_columns(("a", "b", "c"), ["b"])] == [1, 3]


def test_an_unreadable_number_shows_value_column_and_place() -> None:
    found = problems.not_a_number(17, "Count", "12 kg", position=4)
    assert found.place == "17:4"
    assert found.what("en") == '"12 kg" in the column "Count" is not a number'
    assert found.how("en")


def test_every_code_stands_for_one_situation() -> None:
    codes = [value for name, value in vars(problems).items() if name.isupper() and isinstance(value, str)]
    codes = [code for code in codes if code.startswith("SRC")]
    assert len(codes) == len(set(codes))


def test_an_unusable_answer_has_no_tables() -> None:
    found = problems.unusable(problems.no_rows())
    assert found.tables == {}
    assert [p.code for p in found.unusable] == [problems.NO_ROWS]
