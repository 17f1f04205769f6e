"""Whole columns of published text as numbers, dates, places and words; an unreadable cell makes the file unusable."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import wraps
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from veedor.kernel.errors import Problem, VeedorError
from veedor.kernel.markings import Marking
from veedor.kernel.months import Period
from veedor.records.places import code_of
from veedor.sources import figures, problems
from veedor.sources.figures import Column
from veedor.sources.reading import ROW, decode, fiscal_month_start, header_of, table_of
from veedor.sources.source import Parsed, Raw, Sample

Months = npt.NDArray[np.datetime64]

_YEAR = re.compile(r"^(?:19|20)[0-9]{2}$")
_SHOWN = 20  # unreadable cells reported for one column: enough to see a pattern
_MISSING_AT_MOST = 2  # a header with more of its columns gone is taken for somebody else's file


class UnusableError(Exception):
    """Carries problems from the cell where they were found up to `careful`; nobody is ever shown it."""

    def __init__(self, found: Sequence[Problem]) -> None:
        super().__init__(f"{len(found)} problems")
        self.found = tuple(found)


def careful(parse: Callable[[Raw], Parsed]) -> Callable[[Raw], Parsed]:
    """The parser, made to answer with an unusable result where a column is lost or a cell cannot be read."""

    @wraps(parse)
    def guarded(raw: Raw) -> Parsed:
        try:
            return parse(raw)
        except UnusableError as error:
            return problems.unusable(*error.found)

    return guarded


def text_of(raw: Raw) -> str:
    """The text of a file; bytes that are no text make it unusable."""
    try:
        return decode(raw.data).text
    except VeedorError as error:
        raise UnusableError([problems.no_table(str(error))]) from error


def looks_like(sample: Sample, wanted: Sequence[str]) -> bool:
    """Whether a file has these columns in any order; two may be gone, so that a damaged file still finds its source."""
    first = sample.head.decode("utf-8-sig", errors="replace")
    try:
        there = header_of(first)
    except ValueError:
        return False
    return len(set(wanted) & set(there)) >= len(wanted) - _MISSING_AT_MOST


def header(raw: Raw) -> list[str]:
    """The names in the first line of a file; unusable when that line is no row of cells."""
    return _header(text_of(raw))


def _header(text: str) -> list[str]:
    try:
        return header_of(text)
    except ValueError as error:
        raise UnusableError([problems.no_table(str(error))]) from error


def read(raw: Raw, wanted: Sequence[str]) -> pa.Table:
    """The wanted columns (and others) as published; unusable when one is lost or doubled, or when there is no row."""
    text = text_of(raw)
    there = _header(text)
    lost = problems.lost_columns(wanted, there)
    twice = tuple(problems.column_twice(n, position=there.index(n) + 1) for n in wanted if there.count(n) > 1)
    if lost or twice:
        raise UnusableError(lost + twice)
    try:
        table = table_of(text).combine_chunks()
    except ValueError as error:
        raise UnusableError([problems.no_table(str(error))]) from error
    if table.num_rows == 0:
        raise UnusableError([problems.no_rows()])
    return table


def whole(table: pa.Table, name: str, *, blank: bool = False) -> Column:
    """A column of whole numbers; blanks are null where `blank` says that the publisher leaves them, else unreadable."""
    return _figures(table, name, figures.whole, blank=blank)


def exact(table: pa.Table, name: str, *, blank: bool = False) -> Column:
    """A column of decimal numbers exactly as written, rounded half-even to eight decimals; blanks as in `whole`."""
    return _figures(table, name, figures.exact, blank=blank)


def _figures(table: pa.Table, name: str, reader: Callable[[Column], figures.Figures], *, blank: bool) -> Column:
    text = table[name].combine_chunks()
    values, unreadable = reader(text)
    stop_at(table, name, text, unreadable, problems.not_a_number)
    if not blank:
        stop_at(
            table,
            name,
            text,
            pc.is_null(values),
            lambda row, column, _, position: problems.blank_cell(row, column, position=position),
        )
    return values


def stop_at(table: pa.Table, name: str, text: Column, wrong: Column, make: Callable[..., Problem]) -> None:
    """Nothing where no cell is wrong; otherwise unusable, with the first wrong cells of the column as problems."""
    places = [int(at) for at in np.flatnonzero(wrong.to_numpy(zero_copy_only=False))[:_SHOWN]]
    if places:
        position = table.column_names.index(name) + 1
        raise UnusableError([make(table[ROW][at].as_py(), name, text[at].as_py(), position=position) for at in places])


def each(table: pa.Table, name: str, meaning: Callable[[str], object], kind: pa.DataType) -> Column:
    """What each cell means, asked once for each different text; null where it means nothing."""
    encoded: Any = pc.dictionary_encode(table[name].combine_chunks())
    return pa.array([meaning(text) for text in encoded.dictionary.to_pylist()], kind).take(encoded.indices)


def each_or_stop(table: pa.Table, name: str, meaning: Callable[[str], object], kind: pa.DataType, make: Callable[..., Problem]) -> Column:
    """What each cell means; a text that means nothing makes the file unusable."""
    found = each(table, name, meaning, kind)
    stop_at(table, name, table[name].combine_chunks(), pc.is_null(found), make)
    return found


def words(table: pa.Table, name: str) -> Column:
    """A column of the publisher's words; runs of spaces, also the invisible ones of web pages, become one space."""
    return pc.utf8_trim_whitespace(pc.replace_substring_regex(table[name].combine_chunks(), r"[\s\x{A0}\x{200B}]+", " "))


def us_states(table: pa.Table, name: str) -> Column:
    """Place codes of US states named or abbreviated in a column; "" where the catalogue knows no such state."""
    return each(table, name, lambda text: code_of(text, "US") or "", pa.string())


def year_number(text: str) -> int | None:
    """The year that a cell of four digits names; None for anything else."""
    return int(text) if _YEAR.match(text) else None


def fiscal_to_calendar(fiscal_years: Column, months: Column) -> Months:
    """The calendar month of each month of a US fiscal year."""
    pairs, back = np.unique(fiscal_years.to_numpy() * 100 + months.to_numpy(), return_inverse=True)
    found = [fiscal_month_start(*divmod(int(pair), 100)) for pair in pairs]
    return calendar_months([year for year, _ in found], [month for _, month in found])[back]


def calendar_months(years: npt.ArrayLike, months: npt.ArrayLike) -> Months:
    """Months from their year and their number."""
    index = (np.asarray(years, np.int64) - 1970) * 12 + np.asarray(months, np.int64) - 1
    return index.astype("datetime64[M]")


def later(months: Months, count: int) -> Months:
    """The same months, so many later."""
    return (months.astype(np.int64) + count).astype("datetime64[M]")


def days(months: Months) -> Column:
    """The first day of each month."""
    return pa.array(months.astype("datetime64[D]"), pa.date32())


def ids(table: pa.Table, suffix: str = "") -> Column:
    """One name a row: its line number, and a suffix where a line makes several rows."""
    lines = table[ROW].combine_chunks().cast(pa.string())
    return pc.binary_join_element_wise(lines, repeat(suffix, lines), repeat(":", lines)) if suffix else lines


def cited(raw: Raw, table: pa.Table, source: str, suffix: str = "") -> dict[str, object]:
    """The columns that every row has: its name, its source, where it stands in which stored bytes; all of it public."""
    return {
        "id": ids(table, suffix),
        "source": source,
        "snapshot": raw.snapshot,
        "row": table[ROW].combine_chunks(),
        "marking": int(Marking.PUBLIC),
    }


def covered(*tables: pa.Table) -> Period:
    """The period from the first to the last day that any of the tables speaks of; unusable where none has a row."""
    held = [table for table in tables if table.num_rows]
    if not held:
        raise UnusableError([problems.no_rows()])
    starts = [pc.min(table["valid_from"]).as_py() for table in held]
    ends = [pc.max(table["valid_to"]).as_py() for table in held]
    return Period(min(starts), max(ends))


def last_day(period: Period) -> date:
    """The last day that lies in a period."""
    return period.ends - timedelta(days=1)


def equals(column: Column | pa.ChunkedArray[Any], value: str | int) -> Column:
    """Which rows hold exactly this value."""
    return pc.equal(_one(column), pa.scalar(value))


def _one(column: Column | pa.ChunkedArray[Any]) -> Column:
    whole_column: Column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return whole_column


def joined(first: Column, second: Column) -> Column:
    """Two columns of words as "first / second", or whichever of the two is not empty."""
    both = pc.binary_join_element_wise(first, second, repeat(" / ", first))
    alone = pc.if_else(equals(first, ""), second, first)
    chosen: Column = pc.if_else(pc.or_(equals(first, ""), equals(second, "")), alone, both)
    return chosen


def count_of(mask: Column) -> int:
    """How many rows a mask picks."""
    return int(pc.sum(mask).as_py() or 0)


def repeats(table: pa.Table, names: Sequence[str]) -> Column:
    """True for each row that an earlier row already said, word for word, in these columns."""
    positions = pa.array(np.arange(table.num_rows), pa.int64())
    grouped = table.select(list(names)).append_column("__at__", positions).group_by(list(names), use_threads=False)
    firsts = grouped.aggregate([("__at__", "min")])["__at___min"].to_numpy()
    again = np.ones(table.num_rows, bool)
    again[firsts] = False
    return pa.array(again)


def different(column: Column) -> tuple[str, ...]:
    """The different words of a column, sorted."""
    return tuple(sorted(str(word) for word in pc.unique(column).to_pylist()))


def valid(column: Column | pa.ChunkedArray[Any]) -> Column:
    """Which rows hold a value at all."""
    return pc.is_valid(_one(column))


def repeat(word: str, like: Column) -> Column:
    """One word as often as another column has rows."""
    return pa.repeat(pa.scalar(word), len(like))


def text_with(before: str, column: Column, after: str) -> Column:
    """Each text of a column between two fixed words."""
    return pc.binary_join_element_wise(repeat(before, column), column, repeat(after, column), repeat("", column))
