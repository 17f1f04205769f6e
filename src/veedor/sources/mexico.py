"""What Mexican publishers have in common: state keys beside state names, municipality keys, one column a month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from veedor.kernel.errors import Problem
from veedor.kernel.language import N_, Template
from veedor.kernel.markings import Marking
from veedor.records.places import catalogue, code_of, inegi
from veedor.sources import columns, problems
from veedor.sources.figures import Column
from veedor.sources.reading import ROW, header_of
from veedor.sources.source import Note, Raw

NO_MUNICIPALITY = ("998", "999")  # "not specified" and "other municipalities": in the state, in no municipality

ROW_TWICE, UNKNOWN_CODE, NO_FIGURES = "SRC023", "SRC024", "SRC025"

_UNKNOWN_STATE = Template(
    "src.mx-unknown-state",
    N_('{rows} rows carry the state key "{key}" ("{name}"), which INEGI does not use: counted in Mexico, in no state.'),
)
_NAME_DISAGREES = Template(
    "src.mx-name-disagrees",
    N_('{rows} rows carry the state key "{key}" and the name "{name}", which is another state: placed by their key.'),
)
_NOT_A_STATE_NAME = Template(
    "src.mx-name-unknown",
    N_('{rows} rows carry the state key "{key}" and the name "{name}", which is no name known for it: placed by the key.'),
)
_MUNICIPALITIES = Template(
    "src.mx-municipalities",
    N_(
        "{count} municipalities are named in this file. Their number changes from file to file as new ones are created: a "
        "municipality that is absent here is not one where nothing happened."
    ),
)
_NO_MUNICIPALITY = Template(
    "src.mx-no-municipality",
    N_("{rows} rows name a state but no municipality (keys 998 and 999): counted in the state, in no municipality."),
)
_STATES_ABSENT = Template("src.mx-states-absent", N_("{count} of 32 states are in this file; absent: {names}."))
_STATES_PRESENT = Template("src.mx-states-present", N_("{count} of 32 states are in this file: {names}."))


class Placed(NamedTuple):
    """Place codes of rows, the published name where key and name do not go together ("" elsewhere), and what to note."""

    places: Column
    regions: Column
    notes: tuple[Note, ...]


def header_in(raw: Raw) -> list[str]:
    """The header of a file; unusable where it cannot be read."""
    try:
        return header_of(columns.text_of(raw))
    except ValueError as error:
        raise columns.UnusableError([problems.no_table(str(error))]) from error


def counts(table: pa.Table, name: str, *, blank: bool = False) -> Column:
    """A column of counts: whole numbers, none below zero; `blank` says whether the publisher leaves cells blank."""
    values = columns.whole(table, name, blank=blank)
    below: Any = pc.fill_null(pc.less(values, pa.scalar(0)), pa.scalar(value=False))
    columns.stop_at(table, name, table[name].combine_chunks(), below, _below_zero)
    return values


def between(table: pa.Table, name: str, first: int, last: int, make: Callable[..., Problem]) -> npt.NDArray[np.int64]:
    """A column of whole numbers from `first` to `last`; another one makes the file unusable."""
    values = columns.whole(table, name)
    outside = pc.or_(pc.less(values, pa.scalar(first)), pc.greater(values, pa.scalar(last)))
    columns.stop_at(table, name, table[name].combine_chunks(), outside, make)
    return np.asarray(values.to_numpy(), np.int64)


def _below_zero(row: int, column: str, value: str, *, position: int) -> Problem:
    words = N_('"{value}" in the column "{column}" is below zero, and nothing can be counted less than not at all')
    repair = N_("compare the row with the publisher's own file")
    return Problem(row, position, problems.NOT_A_NUMBER, words, (("column", column), ("value", value)), repair)


def key_of_another_state(row: int, column: str, value: str, *, position: int) -> Problem:
    """A municipality key that does not begin with the key of the state in the same row."""
    words = N_('the municipality key "{value}" does not belong to the state beside it')
    repair = N_("compare the row with the publisher's own file")
    return Problem(row, position, UNKNOWN_CODE, words, (("column", column), ("value", value)), repair)


def states(table: pa.Table, key: str, name: str, *, nowhere: tuple[str, ...] = ()) -> Placed:
    """The state of each row by its INEGI key, checked against the name beside it; what does not agree is noted.

    Keys in `nowhere` are those by which the publisher itself says that no state is known.
    """
    encoded: Any = pc.dictionary_encode(glued(table[key].combine_chunks(), table[name].combine_chunks(), by="\x1f"))
    counts = np.bincount(encoded.indices.to_numpy(), minlength=len(encoded.dictionary))
    places, regions, notes = [], [], []
    for text, rows in zip(encoded.dictionary.to_pylist(), counts.tolist(), strict=True):
        published, _, words = text.partition("\x1f")
        place = state_code(published)
        template = _UNKNOWN_STATE if not place else _disagreement(place, words)
        if template is not None and published not in nowhere:
            notes.append(Note(sentence=template(rows=rows, key=published, name=words), rows=rows))
        places.append(place or "MX")
        regions.append("" if template is None else words)
    return Placed(
        places=pa.array(places, pa.string()).take(encoded.indices),
        regions=pa.array(regions, pa.string()).take(encoded.indices),
        notes=tuple(notes),
    )


def state_code(key: str) -> str:
    """The place code of an INEGI state key, padded or not; "" where there is no such state."""
    bare = key.strip()
    if not bare.isascii() or not bare.isdigit() or len(bare) > 2:
        return ""
    place = inegi(bare)
    return place if place in catalogue() else ""


def _disagreement(place: str, name: str) -> Template | None:
    named = code_of(name, "MX")
    if named == place:
        return None
    return _NOT_A_STATE_NAME if named is None else _NAME_DISAGREES


def missing_states(places: Column) -> tuple[Note, ...]:
    """A note when not every state is among the places."""
    there = {str(place)[:4] for place in pc.unique(places).to_pylist()}
    states_known = tuple(code for code in catalogue() if code.startswith("MX") and len(code) == 4)
    present = tuple(code for code in states_known if code in there)
    absent = tuple(code for code in states_known if code not in there)
    if not absent:
        return ()
    if len(present) < len(absent):
        return (Note(sentence=_STATES_PRESENT(count=len(present), names=present)),)
    return (Note(sentence=_STATES_ABSENT(count=len(present), names=absent)),)


def municipalities(places: Column) -> tuple[Note, ...]:
    """How many municipalities the places are, and how many rows name none."""
    unnamed = pc.match_substring_regex(places, r"^MX\d{2}99[89]$")
    named = pc.match_substring_regex(places, r"^MX\d{5}$")
    count = pc.count_distinct(places.filter(pc.and_not(named, unnamed))).as_py()
    rows = columns.count_of(unnamed)
    notes = [Note(sentence=_MUNICIPALITIES(count=count))]
    if rows:
        notes.append(Note(sentence=_NO_MUNICIPALITY(rows=rows), rows=rows))
    return tuple(notes)


class Monthly(NamedTuple):
    """Rows of twelve columns as one row a month: which published row, which month, which period, what count."""

    rows: npt.NDArray[np.int64]  # index of the published row
    numbers: npt.NDArray[np.int64]  # 1 to 12
    months: npt.NDArray[np.datetime64]
    counts: Column

    def spread(self, column: Column) -> Column:
        """A column of the published rows, repeated for every month."""
        return column.take(self.rows)


def monthly(years: npt.NDArray[np.int64], counts: Sequence[Column]) -> Monthly:
    """Twelve columns of counts as one long one, row by row, January first."""
    length, width = len(years), len(counts)
    rows = np.repeat(np.arange(length), width)
    numbers = np.tile(np.arange(1, width + 1), length)
    stacked = pa.concat_arrays(list(counts)).take((numbers - 1) * length + rows)
    return Monthly(rows, numbers, columns.calendar_months(years[rows], numbers), stacked)


def cited(table: pa.Table, long: Monthly, raw_snapshot: str, source: str) -> dict[str, object]:
    """The columns every row has, for rows made of one published row and a month: `id` is line and month."""
    lines = long.spread(table[ROW].combine_chunks())
    numbers = pa.array(long.numbers, pa.int64())
    return {
        "id": glued(lines.cast(pa.string()), numbers.cast(pa.string()), by=":"),
        "valid_from": columns.days(long.months),
        "valid_to": columns.days(columns.later(long.months, 1)),
        "source": source,
        "snapshot": raw_snapshot,
        "row": lines,
        "marking": int(Marking.PUBLIC),
    }


def glued(*parts: Any, by: str = "") -> Column:  # noqa: ANN401, a column or one text for all rows
    """Texts joined row by row."""
    found: Column = pc.binary_join_element_wise(*parts, by)
    return found


def refuse_doubles(table: pa.Table, names: Sequence[str]) -> None:
    """Nothing where no two rows have the same words in these columns; otherwise the file is unusable."""
    again = columns.repeats(table, names).to_numpy(zero_copy_only=False)
    if again.any():
        lines = table[ROW].to_numpy()[again][:20]
        words = N_("this row repeats the place, time and category of an earlier row")
        repair = N_("fetch the file again: joined files or pasted rows are the usual cause")
        raise columns.UnusableError([Problem(int(line), 1, ROW_TWICE, words, (), repair) for line in lines])


def no_figures(line: int = 2) -> columns.UnusableError:
    """The refusal of a file whose every figure is blank."""
    words = N_("every figure of the file is blank: it reports nothing, which is not a report of zero")
    return columns.UnusableError([Problem(line, 1, NO_FIGURES, words, (), N_("fetch the file again"))])
