"""Taking a file in: unpack, recognise, parse, store. A file that lost a column is kept as unusable and says so."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from veedor.evidence.snapshot import Capture
from veedor.evidence.store import Intake, Store, Taken
from veedor.kernel.canonical import digest_bytes
from veedor.kernel.language import N_, Template
from veedor.kernel.markings import Marking
from veedor.kernel.months import Period
from veedor.kernel.registry import Registry
from veedor.records.sheets.mapping import Mapping, guess_mapping, mapping_of
from veedor.records.sheets.rows import rows_to_table
from veedor.records.sheets.sheet import Sheet, read_sheet, refusal
from veedor.sources.errors import NotRecognisedError
from veedor.sources.recognise import recognise
from veedor.sources.source import Raw, Source
from veedor.sources.taking_errors import (
    ControllerBlankError,
    FileTooLargeError,
    FileUnreadableError,
    GradeShapeError,
    MappingIncompleteError,
    MappingUnreadableError,
    SeveralFilesError,
)
from veedor.sources.unpack import Member, unpack

_NO_PAIR = Template("src.map-line", N_("line {line} is not a column and a field"))
_NO_PAIRS = Template("src.map-empty", N_("it holds no pair of a column and a field"))
LARGEST = 512 << 20
_GRADE = re.compile(r"[A-F][1-6]")
_DATE = re.compile(r"(?<!\d)(20\d\d)[-_]?(0[1-9]|1[0-2])[-_]?([0-2]\d|3[01])(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """A file to take in: its bytes, its name, and what is known of where it came from."""

    name: str
    data: bytes
    address: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    stated: date | None = None  # publication date, as the user or server states; else the date in the file's name

    def capture(self, at: datetime) -> Capture:
        """The facts of taking it in now."""
        return Capture(at=at, name=self.name, address=self.address, headers=self.headers, stated=self.stated or date_in(self.name))


class Received(NamedTuple):
    """What was taken in and from which source."""

    taken: Taken
    source: str
    rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSheet:
    """How a user's own sheet is to be read: the kind of its rows, who controls what it says, how good it is."""

    kind: str
    controller: str
    grade: str = "F6"  # cannot be judged, until somebody grades it
    marking: Marking = Marking.PUBLIC
    pairs: tuple[tuple[str, str], ...] = ()  # (column, field), the guess when empty


def read_file(path: Path) -> bytes:
    """The bytes of a file to take in.

    Raises:
        FileUnreadableError, FileTooLargeError: nothing was taken in.
    """
    try:
        size, data = path.stat().st_size, b""
        if size <= LARGEST:
            with path.open("rb") as stream:
                data = stream.read(LARGEST + 1)  # a pipe or a device has no size, and may have no end
            size = len(data)
        if size > LARGEST:
            raise FileTooLargeError(where=str(path), file=path.name, size=size, limit=LARGEST)
    except (OSError, ValueError) as error:  # ValueError: a path with a zero byte
        why = getattr(error, "strerror", None) or str(error)
        raise FileUnreadableError(where=str(path), file=path.name or str(path), why=why) from error
    return data


def date_in(name: str) -> date | None:
    """The one date that a file's name states (estatal_2023-08-24.csv), or None where there is none, or there are several."""
    found = set()
    for year, month, day in _DATE.findall(name):
        try:
            found.add(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return found.pop() if len(found) == 1 else None


def take(store: Store, registry: Registry[Source], offered: Offered, at: datetime) -> Received:
    """Store a publisher's file and the records read from it.

    Raises:
        VeedorError: it is not recognised, cannot be unpacked, or cannot be stored; the store is then as it was.
    """
    source, member = recognised(offered, registry)
    digest = digest_bytes(offered.data)
    capture = offered.capture(at)
    parsed = source.parse(Raw(name=member.name, data=member.data, snapshot=digest, stated=capture.stated))
    usable = not parsed.unusable
    intake = Intake(
        source=source.name,
        controller=source.controller,
        grade=source.grade,
        reader=version("veedor"),
        covers=parsed.covers if usable else None,
        tables=parsed.tables if usable else {},
        part=parsed.part,
        vintage=parsed.vintage,
        notes=tuple(note.sentence for note in parsed.notes),
        unusable=parsed.unusable,
    )
    taken = store.take(offered.data, capture, intake)
    return Received(taken, source.name, sum(stored.rows for stored in taken.snapshot.tables))


def recognised(offered: Offered, registry: Registry[Source]) -> tuple[Source, Member]:
    """The source that reads a file, and the file itself where it came in an archive. Nothing is stored.

    Raises:
        VeedorError: no source reads it, or it cannot be unpacked.
    """
    members = unpack(offered.name, offered.data)
    if len(members) == 1:
        return recognise(members[0].name, members[0].data, registry), members[0]
    found: list[tuple[Source, Member]] = []
    for member in members:
        try:
            found.append((recognise(member.name, member.data, registry), member))
        except NotRecognisedError:
            continue
    if len(found) == 1:
        return found[0]
    if not found:
        largest = max(members, key=lambda member: len(member.data))
        return recognise(largest.name, largest.data, registry), largest  # raises, and says what it saw
    raise SeveralFilesError(where=offered.name, file=offered.name, count=len(found), members=tuple(member.name for _, member in found))


class Proposal(NamedTuple):
    """A sheet and the mapping that would be used: what a user is shown before anything is written."""

    sheet: Sheet
    mapping: Mapping


def propose(offered: Offered, own: OwnSheet) -> Proposal:
    """Read a user's sheet and map its columns, without writing anything.

    Raises:
        GradeShapeError, ControllerBlankError: what is said about the sheet cannot be.
        SheetUnreadableError, SheetProblemsError, ColumnUnknownError, FieldUnknownError: the file is no sheet, or the pairs do not fit.
    """
    if _GRADE.fullmatch(own.grade) is None:  # a blank one would count as better than A1
        raise GradeShapeError(where=offered.name, grade=own.grade)
    if not own.controller.strip():
        raise ControllerBlankError(where=offered.name)
    sheet = read_sheet(offered.data, offered.name)
    return Proposal(sheet, mapping_of(sheet, own.kind, own.pairs) if own.pairs else guess_mapping(sheet, own.kind))


def read_pairs(path: Path) -> tuple[tuple[str, str], ...]:
    """(column, field) pairs of a mapping file: CSV with the heading column,field.

    Raises:
        MappingUnreadableError: it is no such file, or holds no pair.
        FileUnreadableError, FileTooLargeError: it cannot be opened.
    """
    data, pairs = read_file(path), []
    try:
        reader = csv.reader(io.StringIO(data.decode("utf-8-sig")), strict=True)
        rows = [(reader.line_num, [cell.strip() for cell in row]) for row in reader if any(cell.strip() for cell in row)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise MappingUnreadableError(where=str(path), file=path.name, why=str(error)) from error
    for line, row in rows:
        if len(row) != 2 or not all(row):
            raise MappingUnreadableError(where=f"{path}:{line}", file=path.name, why=_NO_PAIR(line=line))
        pairs.append((row[0], row[1]))
    if [name.casefold() for pair in pairs[:1] for name in pair] == ["column", "field"]:
        del pairs[0]
    if not pairs:
        raise MappingUnreadableError(where=str(path), file=path.name, why=_NO_PAIRS())
    return tuple(pairs)


def take_sheet(store: Store, offered: Offered, own: OwnSheet, at: datetime) -> Received:
    """Store a user's own sheet and its records, with the mapping beside the snapshot.

    Raises:
        VeedorError: as `sheet_intake`; nothing was taken in.
    """
    intake = sheet_intake(offered, own)
    taken = store.take(offered.data, offered.capture(at), intake)
    return Received(taken, intake.source, intake.tables[own.kind].num_rows)


def sheet_intake(offered: Offered, own: OwnSheet) -> Intake:
    """The records of a user's own sheet, as they would be stored. Nothing is written.

    Raises:
        MappingIncompleteError: a field that the kind needs has no column.
        SheetProblemsError: every bad cell with its address.
    """
    sheet, mapping = propose(offered, own)
    if mapping.missing:
        raise MappingIncompleteError(where=offered.name, file=offered.name, missing=mapping.missing, kind=own.kind)
    source = f"user:{offered.name}"
    made = rows_to_table(sheet, mapping, own.kind, source, digest_bytes(offered.data), own.marking)
    if not isinstance(made, pa.Table):
        raise refusal(offered.name, made)
    covers = Period(pc.min(made["valid_from"]).as_py(), pc.max(made["valid_to"]).as_py())
    return Intake(
        source=source,
        controller=own.controller,
        grade=own.grade,
        reader=version("veedor"),
        covers=covers,
        tables={own.kind: made},
        mapping=mapping.pairs,
    )


def read_all(paths: Iterable[Path], stated: date | None) -> tuple[Offered, ...]:
    """Every file to take in, read before the first is stored, so that a wrong path costs nothing."""
    return tuple(Offered(name=path.name, data=read_file(path), stated=stated) for path in paths)
