"""Rows as bytes, in the ways publishers write them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

Row = Sequence[object]


def table(head: str, rows: Iterable[Row], *, encoding: str = "utf-8", end: str = "\r\n", quoted: bool = False) -> bytes:
    """Rows as comma-separated text under the names of their columns; None is a blank cell."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator=end, quoting=csv.QUOTE_NONNUMERIC if quoted else csv.QUOTE_MINIMAL)
    writer.writerow(head.split(","))
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return out.getvalue().encode(encoding)
