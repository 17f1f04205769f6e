"""Columns as plain lists, for tables of some thousand rows whose meaning needs words rather than arithmetic."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

import pyarrow as pa
import pyarrow.compute as pc

from veedor.sources.figures import Column
from veedor.sources.reading import ROW


def texts(table: pa.Table, name: str) -> list[str]:
    """The cells of a column of text, without the spaces around them."""
    return [str(cell).strip() for cell in table[name].to_pylist()]


def lines(table: pa.Table) -> list[int]:
    """The line, or the sheet row, of each row."""
    return cast("list[int]", table[ROW].to_pylist())


def values(column: Column) -> list[Any]:
    """The values of a column, nulls as None."""
    return list(column.to_pylist())


def linked(parts: Iterable[Column], by: str) -> Column:
    """Columns of words side by side, with a sign between them."""
    columns = list(parts)
    whole: Column = pc.binary_join_element_wise(*columns, pa.repeat(by, len(columns[0])))
    return whole
