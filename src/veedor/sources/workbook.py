"""Excel workbooks, within limits: what the first bytes tell about one, and its sheets as rows of values."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from typing import TypeAlias
from xml.etree.ElementTree import ParseError

import numpy as np
import pyarrow as pa

from veedor.kernel.language import N_, Template
from veedor.sources import problems
from veedor.sources.columns import UnusableError
from veedor.sources.reading import ROW

Row: TypeAlias = "tuple[object, ...]"

_LOCAL_HEADER = b"PK\x03\x04"
_HEADER_SIZE = 30
_DEFLATED = 8
_SHOWN = 1 << 18  # bytes unpacked of each inner file when only looking
_TOO_LARGE = Template("src.workbook-too-large", N_("it unpacks to more than {limit} MiB"))
_LARGEST = 512 << 20  # bytes all inner files may unpack to


def glimpse(head: bytes) -> str:
    """The text of the inner files of a workbook as far as its first bytes reach: sheet names and words, for recognising."""
    if not head.startswith(_LOCAL_HEADER):
        return ""
    found: list[bytes] = []
    place = 0
    while head[place : place + 4] == _LOCAL_HEADER and place + _HEADER_SIZE <= len(head):
        packed = int.from_bytes(head[place + 18 : place + 22], "little")
        names = int.from_bytes(head[place + 26 : place + 28], "little") + int.from_bytes(head[place + 28 : place + 30], "little")
        start = place + _HEADER_SIZE + names
        method = int.from_bytes(head[place + 8 : place + 10], "little")
        content, used = _look_into(head[start:], packed, deflated=method == _DEFLATED)
        found.append(content)
        place = start + (packed or used)
        place = _next_header(head, place)
    return b"\n".join(found).decode("utf-8", "replace")


def _look_into(rest: bytes, packed: int, *, deflated: bool) -> tuple[bytes, int]:
    if not deflated:
        return rest[: min(packed, _SHOWN)], packed
    machine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        content = machine.decompress(rest[:packed] if packed else rest, _SHOWN)
        skipped = machine
        while not packed and not skipped.eof and skipped.unconsumed_tail:
            skipped.decompress(skipped.unconsumed_tail, _SHOWN)
    except zlib.error:
        return b"", len(rest)
    return content, len(rest) - len(machine.unused_data)


def _next_header(head: bytes, place: int) -> int:
    # Streamed archives put sizes behind the content ("data descriptor"); it is at most 24 bytes long.
    found = head.find(_LOCAL_HEADER, place, place + 28)
    return found if found >= 0 else len(head)


def sheets(data: bytes, wanted: Sequence[str] = ()) -> Mapping[str, list[Row]]:
    """The sheets of a workbook as rows of cell values, by title; only the wanted ones where some are named.

    Raises:
        UnusableError: it is no workbook, is damaged, or would unpack beyond the limit.
    """
    import openpyxl

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _LARGEST:
                raise UnusableError([problems.no_table(_TOO_LARGE(limit=_LARGEST >> 20))])
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        titles = [title for title in book.sheetnames if not wanted or title in wanted]
        return {title: list(book[title].iter_rows(values_only=True)) for title in titles}
    except (zipfile.BadZipFile, zlib.error, ParseError, KeyError, ValueError, TypeError, EOFError, OSError, IndexError) as error:
        raise UnusableError([problems.no_table(str(error))]) from error


def table(rows: Sequence[Row]) -> pa.Table:
    """A sheet whose first row names its columns, as a table of strings with the sheet's row numbers; empty rows are left out."""
    names = [_written(cell) for cell in rows[0]] if rows else []
    kept = [(number, row) for number, row in enumerate(rows[1:], 2) if any(cell is not None for cell in row)]
    columns = [pa.array([_written(row[at]) if at < len(row) else "" for _, row in kept], pa.string()) for at in range(len(names))]
    numbers = pa.array(np.array([number for number, _ in kept], np.int64))
    return pa.table([*columns, numbers], names=[*names, ROW])


def _written(cell: object) -> str:
    return "" if cell is None else str(cell)
