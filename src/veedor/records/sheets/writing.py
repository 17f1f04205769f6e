"""Cells that other programs will open: text that a spreadsheet program would run as a formula is written so that it cannot."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# What spreadsheet programs take for the beginning of a formula (OWASP, CSV injection). Quotes before it are part of the
# pattern, so that a text that already has some gets one more and comes back exactly.
_FORMULA = re.compile(r"'*[=+\-@\t\r＝＋－＠]")


def escape(text: str) -> str:
    """The text as a cell that no spreadsheet program takes for a formula; `unescape` gives the text back."""
    return f"'{text}" if _FORMULA.match(text) else text


def unescape(cell: str) -> str:
    """The text that `escape` wrote."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def write_csv(rows: Iterable[Sequence[object]]) -> bytes:
    """Rows as CSV: UTF-8 with the mark by which Excel knows it, CRLF line ends, None as a blank cell, texts escaped."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in rows:
        writer.writerow(["" if cell is None else escape(cell) if isinstance(cell, str) else str(cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()
