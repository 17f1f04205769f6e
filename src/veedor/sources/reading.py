"""Bytes to plain string tables: encodings publishers really use, their line ends, stray bytes, row numbers kept."""

from __future__ import annotations

import codecs
import csv
import io
import re
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pacsv

from veedor.kernel.language import N_, word
from veedor.sources.errors import UnreadableTextError

ROW = "__row__"  # 1-based line of the file, for citations
HEADER_LIMIT = 65536  # characters within which a header line must end
_BLOCK = 8 << 20  # a single row that needs more than two of these is refused
_BREAK = re.compile(r"\r\n|\n|\r")  # what an editor counts as a line; not \x85 or \x0b, which are bytes of other encodings

_LF, _CR = 10, 13
_EMPTY_LINES = re.compile(r"[\r\n]*")

_SPANISH = "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
_ENGLISH = "january february march april may june july august september october november december"
_MONTHS = {name: i for i, name in enumerate(_SPANISH.split(), 1)}
_MONTHS |= {name: i for i, name in enumerate(_ENGLISH.split(), 1)}
_MONTHS |= {name[:3]: i for i, name in enumerate(_ENGLISH.split(), 1)}


class Decoded(NamedTuple):
    """Text, the encoding its bytes were in, and whether a wrong re-encoding had to be undone."""

    text: str
    encoding: str
    repaired: bool


def decode(data: bytes) -> Decoded:
    """Text of a publisher's file: UTF-8 or UTF-16 by its mark, else UTF-8, Windows-1252 or latin-1.

    Text whose latin-1 bytes were once read as MacRoman and saved so ("AÒo") is mended. A trailing 0x1A or 0x00 (the
    end-of-file bytes of old systems; OFAC files end so) is dropped.

    Raises:
        UnreadableTextError: the bytes belie their own mark, or hold NULs, as no text does.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Decoded(_whole(_strict(data, "utf-16")), "utf-16", repaired=False)
    data = data.rstrip(b"\x1a\x00")
    if data.startswith(codecs.BOM_UTF8):
        text, encoding = _strict(data, "utf-8-sig"), "utf-8-sig"
    else:
        try:
            text, encoding = data.decode("utf-8"), "utf-8"
        except UnicodeDecodeError:
            return _decode_single_bytes(data)
    mended = _undo_macroman(_whole(text))
    return Decoded(mended, encoding, repaired=mended is not text)


def _decode_single_bytes(data: bytes) -> Decoded:
    # 0x80-0x9F are letters and dashes in Windows-1252, invisible controls in latin-1; five of them are neither.
    if any(0x80 <= byte < 0xA0 for byte in set(data)):
        try:
            return Decoded(_whole(data.decode("cp1252")), "cp1252", repaired=False)
        except UnicodeDecodeError:
            pass
    return Decoded(_whole(data.decode("latin-1")), "latin-1", repaired=False)


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableTextError(encoding=encoding, place=error.start, why=error.reason) from error


def _whole(text: str) -> str:
    place = text.find("\0")
    if place >= 0:
        raise UnreadableTextError(encoding=word(N_("text")), place=place, why="NUL")
    return text


def _undo_macroman(text: str) -> str:
    # "AÒo" is "Año" whose latin-1 byte 0xF1 was read as MacRoman. The header alone tells: no Spanish header holds
    # Ò, Ì, Û or È, and after mending nothing but Spanish letters may be left in it, or the letters were meant.
    head = text[:HEADER_LIMIT].partition("\n")[0]
    if not any(c in head for c in "ÒÌÛÈ"):
        return text
    try:
        header = head.encode("mac-roman").decode("latin-1")
        mended = text.encode("mac-roman").decode("latin-1")
    except UnicodeError:
        return text
    return mended if all(c.isascii() or c in "áéíóúüñÁÉÍÓÚÜÑº°" for c in header) else text


def decode_head(head: bytes) -> str:
    """The whole lines at the beginning of a file as text, for recognising it; "" where they are no text."""
    whole = head[: head.rfind(b"\n") + 1] or head  # a letter of several bytes may be cut at the very end
    try:
        return decode(whole).text
    except UnreadableTextError:
        return ""


def lines_of(text: str) -> list[str]:
    """The lines of a text as an editor counts them, without their ends."""
    return _BREAK.split(text)


def header_of(text: str, *, skip: int = 0, delimiter: str = ",") -> list[str]:
    """The names in the header line as published, after `skip` lines; empty where there is none within the limit.

    Raises:
        ValueError: the line is no row of cells.
    """
    rows = csv.reader(io.StringIO(text[_after(text, skip) :][:HEADER_LIMIT], newline=""), delimiter=delimiter)
    try:
        return next((row for row in rows if row), [])
    except csv.Error as error:
        raise ValueError(str(error)) from error


def table_of(text: str, *, skip: int = 0, header: list[str] | None = None, delimiter: str = ",") -> pa.Table:
    """A table of strings from CSV text, every cell as published (blank stays ""), plus the column `__row__`.

    `skip` lines are passed over before the header; with `header` given the file has none of its own. Empty lines are
    no rows. Row numbers are the line on which the row begins, as a person finds it in an editor. A table has two
    columns or more.

    Raises:
        ValueError: rows of unequal length, a row too large, an open quotation mark, no header, or one named `__row__`.
    """
    names = header if header is not None else header_of(text, skip=skip, delimiter=delimiter)
    if not names:
        raise ValueError("no header line")
    if ROW in names:
        raise ValueError(f"the header holds the reserved name {ROW}")
    start = _EMPTY_LINES.match(text, _after(text, skip)).end()  # type: ignore[union-attr]  # it matches nothing at least
    body = text[start:].encode()
    _check_closed(body, delimiter)
    found = _read(body, names, delimiter, headed=header is None)
    first = len(_BREAK.findall(text, 0, start)) + 1
    lines = _starts(body, found.num_rows, delimiter, headed=header is None) + first
    return found.append_column(ROW, pa.array(lines, pa.int64()))


def _after(text: str, skip: int) -> int:
    place = 0
    for _ in range(skip):
        found = _BREAK.search(text, place)
        if found is None:
            return len(text)
        place = found.end()
    return place


def _check_closed(body: bytes, delimiter: str) -> None:
    # A download cut off inside quotation marks would read as a whole last row. An odd number raises the question.
    if body.count(b'"') % 2:
        last = _cells(body + b"\n\x01", delimiter)[-1][1]
        if last != ["\x01"]:
            raise ValueError("a quotation mark is opened and never closed: the file may be cut off")


def _read(body: bytes, names: list[str], delimiter: str, *, headed: bool) -> pa.Table:
    keys = [str(place) for place in range(len(names))]  # publishers repeat names and leave some blank; places differ
    if not body:
        return pa.table([pa.array([], pa.string())] * len(names), names=names)
    if not body.endswith(b"\n"):
        body += b"\n"  # a header alone is not read without a line end
    read = pacsv.ReadOptions(column_names=keys, skip_rows_after_names=int(headed), use_threads=False, block_size=_BLOCK)
    convert = pacsv.ConvertOptions(column_types=dict.fromkeys(keys, pa.string()), strings_can_be_null=False)
    parse = pacsv.ParseOptions(delimiter=delimiter, newlines_in_values=True)
    try:
        found = pacsv.read_csv(io.BytesIO(body), read_options=read, parse_options=parse, convert_options=convert)
    except pa.ArrowInvalid as error:
        raise ValueError(str(error)) from error
    return found.rename_columns(names)


def _starts(body: bytes, rows: int, delimiter: str, *, headed: bool) -> npt.NDArray[np.int64]:
    """For each row, how many lines lie above it in the body."""
    content = np.frombuffer(body + b"\n", np.uint8)
    ends = content == _LF
    ends[:-1] |= (content[:-1] == _CR) & ~ends[1:]  # a carriage return alone ends a line too
    stops = np.flatnonzero(ends)
    begins = np.concatenate([[0], stops[:-1] + 1])
    is_row = (stops > begins) & ~((stops == begins + 1) & (content[begins] == _CR))
    lines = np.flatnonzero(is_row)[int(headed) :]
    if lines.size == rows:
        return lines
    # Some cell holds a line break: count with a reader that knows quotation marks, slowly but exactly.
    starts = [above for above, _ in _cells(body, delimiter)][int(headed) :]
    if len(starts) != rows:
        raise ValueError("quotation marks leave it open where rows end")
    return np.array(starts, np.int64)


def _cells(body: bytes, delimiter: str) -> list[tuple[int, list[str]]]:
    """Every row that has cells, with the number of lines above it."""
    reader = csv.reader(io.StringIO(body.decode(), newline=""), delimiter=delimiter)
    found: list[tuple[int, list[str]]] = []
    above = 0
    try:
        for cells in reader:
            if cells:
                found.append((above, cells))
            above = reader.line_num
    except csv.Error as error:
        raise ValueError(str(error)) from error
    return found


def month_number(name: str) -> int | None:
    """1 to 12 from a Spanish or English month name or English abbreviation, in any case; None for anything else."""
    return _MONTHS.get(name.strip().casefold())


def fiscal_month_start(fiscal_year: int, month: int) -> tuple[int, int]:
    """(calendar year, month) of a month of a US fiscal year: October to December belong to the year before."""
    return (fiscal_year - 1 if month >= 10 else fiscal_year), month
