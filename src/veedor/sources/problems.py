"""What makes a publisher's file unusable, one function a situation: where, which value, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from veedor.kernel.errors import Problem, nearest
from veedor.kernel.language import N_, Value
from veedor.kernel.months import Period
from veedor.sources.source import Parsed

NOTHING_COVERED = Period(date.min, date(1, 1, 2))  # the period of a file without usable rows: no period a person asks for

LOST_COLUMN = "SRC010"
NOT_A_NUMBER = "SRC030"
NO_TABLE = "SRC031"
NOT_A_MONTH = "SRC032"
NOT_A_YEAR = "SRC033"
NOT_A_DATE = "SRC034"
SHORT_ROW = "SRC035"
NO_FISCAL_YEAR = "SRC036"
NO_ROWS = "SRC037"
BLANK_CELL = "SRC038"

TWICE = "SRC039"
NO_TOTAL = "SRC040"
NO_NAME = "SRC041"
NOT_A_PERIOD = "SRC042"

_FETCH_AGAIN = N_("fetch the file again: a cell like this usually comes from a spreadsheet program or a cut-off download")


def lost_columns(wanted: Sequence[str], found: Iterable[str], line: int = 1) -> tuple[Problem, ...]:
    """One problem for each wanted column the header lost, with the new column most like it; none when all are there."""
    there = tuple(found)
    new = tuple(name for name in there if name not in wanted)
    return tuple(_lost(name, place, line, there, nearest(name, new)) for place, name in enumerate(wanted, 1) if name not in there)


def _lost(name: str, place: int, line: int, there: tuple[str, ...], like: str) -> Problem:
    if like:
        words, values = (
            N_('the column "{column}" is gone; "{like}" is new and most like it'),
            (("column", name), ("like", like)),
        )
    else:
        words, values = (
            N_('the column "{column}" is gone; the file has {found}'),
            (("column", name), ("found", ", ".join(there))),
        )
    return Problem(
        line,
        place,
        LOST_COLUMN,
        words,
        values,
        N_("a column that only has a new name has to be taught to the source before the file can be used"),
    )


def not_a_number(row: int, column: str, value: str, *, position: int = 1) -> Problem:
    """A cell that should hold a number and holds something else."""
    words = N_('"{value}" in the column "{column}" is not a number')
    return Problem(row, position, NOT_A_NUMBER, words, (("column", column), ("value", value)), _FETCH_AGAIN)


def not_a_month(row: int, column: str, value: str, *, position: int = 1) -> Problem:
    """A cell that should name a month and does not."""
    words = N_('"{value}" in the column "{column}" is not a month')
    return Problem(row, position, NOT_A_MONTH, words, (("column", column), ("value", value)), _FETCH_AGAIN)


def not_a_year(row: int, column: str, value: str, *, position: int = 1) -> Problem:
    """A cell that should hold a year and does not."""
    words = N_('"{value}" in the column "{column}" is not a year')
    return Problem(row, position, NOT_A_YEAR, words, (("column", column), ("value", value)), _FETCH_AGAIN)


def not_a_period(row: int, column: str, value: str, *, position: int = 1) -> Problem:
    """A cell that should say how many months a figure stands for and does not."""
    words = N_('"{value}" in the column "{column}" does not say how many months the figure stands for')
    return Problem(row, position, NOT_A_PERIOD, words, (("column", column), ("value", value)), _FETCH_AGAIN)


def not_a_date(row: int, column: str, value: str, *, position: int = 1) -> Problem:
    """A cell that should hold a date and does not."""
    words = N_('"{value}" in the column "{column}" is not a date')
    return Problem(row, position, NOT_A_DATE, words, (("column", column), ("value", value)), _FETCH_AGAIN)


def blank_cell(row: int, column: str, *, position: int = 1) -> Problem:
    """A cell that this publisher never leaves blank, and that is blank: no one can say whether it means zero."""
    words = N_('the column "{column}" is blank here, where this publisher always gives a figure')
    return Problem(row, position, BLANK_CELL, words, (("column", column),), _FETCH_AGAIN)


def no_table(why: Value) -> Problem:
    """A file that does not split into rows of equal length."""
    return Problem(
        1,
        1,
        NO_TABLE,
        N_("the file cannot be read as a table: {why}"),
        (("why", why),),
        N_("fetch the file again: rows of unequal length usually mean a cut-off download"),
    )


def no_rows() -> Problem:
    """A file with a header and nothing below it: never read as "nothing happened"."""
    return Problem(
        2,
        1,
        NO_ROWS,
        N_("the file has a header and no row below it"),
        (),
        N_("fetch the file again: an empty table is not a report of zero"),
    )


def short_row(row: int, label: str, count: int, wanted: int) -> Problem:
    """A row with fewer or more figures than there are months and totals."""
    words = N_('the row "{label}" has {count} figures where {wanted} were expected')
    return Problem(
        row,
        1,
        SHORT_ROW,
        words,
        (("label", label), ("count", count), ("wanted", wanted)),
        N_("compare the row with the publisher's own document"),
    )


def no_fiscal_year() -> Problem:
    """A file whose heading names no fiscal year, so that its months belong to no calendar year."""
    return Problem(
        1,
        1,
        NO_FISCAL_YEAR,
        N_("no line names the fiscal year of the table"),
        (),
        N_('the publisher writes it in the heading, such as "By Month - FY 2004"'),
    )


def column_twice(column: str, line: int = 1, *, position: int = 1) -> Problem:
    """A header that holds a wanted column twice, so that nobody can say which of the two is meant."""
    return Problem(line, position, TWICE, N_('the column "{column}" is there twice'), (("column", column),), _FETCH_AGAIN)


def no_total(label: str, line: int) -> Problem:
    """A table that ends before the row of totals with which this publisher always closes it."""
    words = N_('the table ends without its row "{label}"')
    return Problem(line, 1, NO_TOTAL, words, (("label", label),), N_("compare the end of the file with the publisher's own document"))


def no_name(line: int) -> Problem:
    """A row of figures with no name on its line nor alone on the line above: nobody can say what it counts."""
    repair = N_("compare the row with the publisher's own document")
    return Problem(line, 1, NO_NAME, N_("this row of figures has no name"), (), repair)


def unusable(*problems: Problem) -> Parsed:
    """An answer without tables: the bytes are kept, the last good vintage stays in use, and these are the reasons."""
    return Parsed(tables={}, covers=NOTHING_COVERED, unusable=problems)
