"""The rows of a sheet as a table of records: all of them, or every problem with the address of its cell."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from veedor.kernel.months import add_months
from veedor.records.errors import (
    BlankFieldError,
    IdTwiceError,
    LastDayError,
    NoColumnError,
    PeriodEndsFirstError,
    PeriodUnclearError,
    StatusConflictError,
    as_problem,
)
from veedor.records.kinds import schema, table
from veedor.records.sheets.fields import BY_MONTH, NUMBERS, Field, fields
from veedor.records.sheets.sheet import address
from veedor.records.sheets.values import Day, NotReadError, ends, read_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from veedor.kernel.errors import Problem, VeedorError
    from veedor.kernel.language import Value
    from veedor.kernel.markings import Marking
    from veedor.records.sheets.mapping import Mapping
    from veedor.records.sheets.sheet import Row, Sheet

_HIDDEN_OR_BLANK = frozenset({"not-reported", "suppressed"})


class _Fault(NamedTuple):
    """What is wrong with one field of a row; an empty field name is the row itself."""

    field: str
    cls: type[VeedorError]
    values: dict[str, Value]


def rows_to_table(
    sheet: Sheet, mapping: Mapping, kind: str, source: str, snapshot: str, marking: Marking
) -> pa.Table | tuple[Problem, ...]:
    """Records of the kind, one a row, or all problems of all rows; there is no table of the good rows only.

    Blank cells become null or "" and never 0. Where there is no column for them, `valid_to` follows from how the beginning is
    written, `status` from whether there is a number, and `id` is the number of the row.
    """
    at = {name: sheet.header.index(heading) for heading, name in mapping.pairs}
    problems = [
        as_problem(
            NoColumnError,
            address(sheet.header_row, 0),
            sheet.header_row,
            1,
            field=name,
            kind=kind,
            columns=tuple(filter(None, sheet.header)),
        )
        for name in mapping.missing
    ]
    made: list[dict[str, Any]] = []
    wanted = [field for field in fields(kind) if field.name in at]
    for row in sheet.rows:
        values, faults = _read(row, wanted, at)
        faults += _complete(values, kind, row.number, {fault.field for fault in faults})
        made.append(values)
        problems += [_problem(fault, row, at) for fault in faults]
    problems += _repeated(made, sheet, at)
    if problems:
        return tuple(sorted(problems, key=lambda problem: (problem.line, problem.column, problem.code)))
    names = [name for name in schema(kind).names if name in made[0]]
    rows = [row.number for row in sheet.rows]
    filled = {"source": source, "snapshot": snapshot, "row": rows, "marking": [int(marking)] * len(rows)}
    return table(kind, {name: [values[name] for values in made] for name in names} | filled)


def _read(row: Row, wanted: list[Field], at: dict[str, int]) -> tuple[dict[str, Any], list[_Fault]]:
    values: dict[str, Any] = {}
    faults: list[_Fault] = []
    for field in wanted:
        column = at[field.name]
        cell = row.cells[column] if column < len(row.cells) else None
        if cell is None:
            values[field.name] = "" if field.type == "text" else None
            if field.required:
                faults.append(_Fault(field.name, BlankFieldError, {"field": field.name}))
            continue
        try:
            values[field.name] = read_cell(field, cell)
        except NotReadError as reason:
            faults.append(_Fault(field.name, reason.cls, reason.values))
    return values, faults


def _complete(values: dict[str, Any], kind: str, number: int, bad: set[str]) -> list[_Fault]:
    """Fill in what follows from the row itself; `bad` are fields that could not be read, of which nothing more is said."""
    faults = [] if bad & {"valid_from", "valid_to", "at"} else list(_period(values, kind))
    if kind in NUMBERS and not bad & {"status", *NUMBERS[kind]}:
        faults += _status(values, kind)
    values["id"] = values.get("id") or str(number)
    for name, value in values.items():
        if isinstance(value, Day):
            values[name] = value.first
    return faults


def _period(values: dict[str, Any], kind: str) -> Iterator[_Fault]:
    starts, stated = values.get("valid_from"), values.get("valid_to")
    if starts is None and kind == "act":
        starts = Day(values["at"].date(), 0)
        values["valid_from"] = starts
    if not isinstance(starts, Day):
        return
    after = stated.first if isinstance(stated, Day) else ends(starts, by_month=kind in BY_MONTH)
    values["valid_to"] = after
    if after is None:
        yield _Fault("valid_from", PeriodUnclearError, {"starts": starts.first})
    elif after <= starts.first:
        yield _Fault("valid_to", PeriodEndsFirstError, {"starts": starts.first, "ends": after})
    elif isinstance(stated, Day) and starts.first.day == 1 and _is_last_of_month(after):
        yield _Fault("valid_to", LastDayError, {"ends": after, "after": date.fromordinal(after.toordinal() + 1)})


def _is_last_of_month(day: date) -> bool:
    return add_months(day.replace(day=1), 1).toordinal() == day.toordinal() + 1


def _status(values: dict[str, Any], kind: str) -> Iterator[_Fault]:
    numbers = [values.get(name) for name in NUMBERS[kind]]
    is_blank = all(number is None for number in numbers)
    status = values.get("status") or ("not-reported" if is_blank else "reported")
    values["status"] = status
    if is_blank != (status in _HIDDEN_OR_BLANK):
        written = "blank" if is_blank else ", ".join(str(number) for number in numbers if number is not None)
        yield _Fault("status", StatusConflictError, {"status": status, "number": written})


def _problem(fault: _Fault, row: Row, at: dict[str, int]) -> Problem:
    column = at.get(fault.field, 0)
    return as_problem(fault.cls, address(row.number, column), row.number, column + 1, **fault.values)


def _repeated(made: list[dict[str, Any]], sheet: Sheet, at: dict[str, int]) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for values, row in zip(made, sheet.rows, strict=True):
        first = seen.setdefault(values["id"], row.number)
        if first != row.number:
            yield _problem(_Fault("id", IdTwiceError, {"value": values["id"], "first": first}), row, at)
