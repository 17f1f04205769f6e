"""The evidence folder of a project: takes bytes in, gives them back only when they are still what they were."""

from __future__ import annotations

import dataclasses
import re
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from veedor.evidence import codec, integrity
from veedor.evidence.errors import (
    NOTHING,
    OTHER_SNAPSHOT,
    BytesMissingError,
    CaptureAlteredError,
    CaptureMissingError,
    KeptAlteredError,
    KeptUnknownError,
    ManifestAlteredError,
    NoSuchRecordsError,
    PrefixAmbiguousError,
    PrefixShapeError,
    RecordsAlteredError,
    SnapshotAlteredError,
    SnapshotUnknownError,
)
from veedor.evidence.files import place, remove, writing
from veedor.evidence.layout import Layout, is_digest
from veedor.evidence.snapshot import Capture, Snapshot, Stored
from veedor.kernel.canonical import digest_bytes, digest_file
from veedor.kernel.errors import Problem, VeedorError, nearest
from veedor.kernel.ids import SHORT, short
from veedor.kernel.language import word
from veedor.records.kinds import check

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date
    from pathlib import Path

    import pyarrow as pa

    from veedor.kernel.language import Sentence
    from veedor.kernel.months import Period

SUPERSEDED = "superseded-reading"
"""Domain of the manifests that a later reading of the same bytes replaced."""
_PREFIX = re.compile(r"[0-9a-f]{4,64}")
_ROW_GROUP = 1 << 17  # rows; fixed, because the same records must give the same bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """What comes in beside the bytes: who published them, and what a source or a user's mapping read from them.

    With `unusable` set the bytes are kept, and neither tables nor period.
    """

    source: str
    controller: str
    grade: str
    reader: str  # version of veedor that parsed it
    covers: Period | None
    tables: Mapping[str, pa.Table]
    part: str = ""
    vintage: date | None = None
    notes: tuple[Sentence, ...] = ()
    unusable: tuple[Problem, ...] = ()
    mapping: tuple[tuple[str, str], ...] = ()


class Taken(NamedTuple):
    """A snapshot that was taken in.

    `is_new` is false when the same bytes were there before: the snapshot then stays as it was first read, and `differs` names
    the facts in which this reading of them would have differed. Only a snapshot that could not be used is read anew, once it can:
    nothing rests on it, and its earlier manifest is kept.
    """

    snapshot: Snapshot
    is_new: bool
    differs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Store:
    """One evidence folder. Making the object touches nothing; its verbs read and write.

    `patience` is how many seconds a writer waits for another to finish.
    """

    folder: Path
    patience: float = 10.0

    def take(self, data: bytes, capture: Capture, intake: Intake) -> Taken:
        """Store the bytes, their records and the capture; the same bytes again add only the capture.

        Bytes or records of an existing snapshot that are gone or altered are restored from what is taken in.

        Raises:
            ValueError: a table is not of its kind, or cites other bytes than these.
            StoreBusyError, StoreFullError, StoreReadOnlyError, StoreUnwritableError: nothing was taken.
        """
        name = digest_bytes(data)
        written = _written(name, intake)
        sealed = codec.manifest(_offered(data, name, intake, written))
        offered = codec.manifest_read(sealed)  # as it will be read for ever after; what does not read back is not written
        lay = Layout(self.folder)
        with writing(self.folder, self.patience):
            is_new = not lay.manifest_of(name).exists()
            known = offered if is_new else self._manifest(name)
            if is_new:
                self._new(data, capture, written, sealed)
            elif known.unusable and not offered.unusable:
                self._anew(data, capture, written, sealed)
                known, is_new = offered, True
            else:
                self._again(data, capture, written, known)
        return Taken(self._with_captures(known), is_new, () if is_new else _differing(known, offered))

    def _new(self, data: bytes, capture: Capture, written: Mapping[str, bytes], sealed: bytes) -> None:
        name, lay = digest_bytes(data), Layout(self.folder)
        for path in sorted(lay.records_of(name).glob("*.parquet")):
            remove(path)  # an interrupted take of the same bytes may have read other kinds from them
        files = {lay.bytes_of(name): data} | {lay.table_of(name, kind): records for kind, records in written.items()}
        files[lay.capture_of(name, codec.capture_digest(capture))] = codec.capture_bytes(capture)
        files = {path: content for path, content in files.items() if _found(path) != digest_bytes(content)}
        try:
            for path, content in (files | {lay.manifest_of(name): sealed}).items():
                place(path, content)
        except VeedorError:
            _undo(lay.manifest_of(name), files)
            raise

    def _anew(self, data: bytes, capture: Capture, written: Mapping[str, bytes], sealed: bytes) -> None:
        """Read an unusable snapshot anew: its old manifest is kept first, the new one is renamed into its place last."""
        name, lay = digest_bytes(data), Layout(self.folder)
        before = lay.manifest_of(name).read_bytes()
        place(lay.kept_of(SUPERSEDED, digest_bytes(before)), before)
        place(lay.capture_of(name, codec.capture_digest(capture)), codec.capture_bytes(capture))
        for kind, records in written.items():
            place(lay.table_of(name, kind), records)
        place(lay.manifest_of(name), sealed)

    def _again(self, data: bytes, capture: Capture, written: Mapping[str, bytes], known: Snapshot) -> None:
        lay = Layout(self.folder)
        place(lay.capture_of(known.digest, codec.capture_digest(capture)), codec.capture_bytes(capture))
        if _found(lay.bytes_of(known.digest)) != known.digest:
            place(lay.bytes_of(known.digest), data)
        for stored in known.tables:
            path, records = lay.table_of(known.digest, stored.kind), written.get(stored.kind, b"")
            if _found(path) != stored.digest and digest_bytes(records) == stored.digest:
                place(path, records)

    def snapshots(self) -> tuple[Snapshot, ...]:
        """Every snapshot with its captures, by source, part, the day it is known from, and name.

        Raises:
            ManifestAlteredError, CaptureAlteredError, CaptureMissingError: one of them is not as it was written.
        """
        found = [self._with_captures(self._manifest(name)) for name in Layout(self.folder).digests()]
        return tuple(sorted(found, key=lambda s: (s.source, s.part, s.known_from, s.digest)))

    def snapshot(self, prefix: str) -> Snapshot:
        """The one snapshot whose name begins with these digits.

        Raises:
            PrefixShapeError: fewer than four digits, or something that is none.
            SnapshotUnknownError, PrefixAmbiguousError: none or several begin so.
        """
        where = str(self.folder)
        if _PREFIX.fullmatch(prefix) is None:
            raise PrefixShapeError(where=where, prefix=prefix)
        names = Layout(self.folder).digests()
        fitting = [name for name in names if name.startswith(prefix)]
        if not fitting:
            close = nearest(prefix, tuple(name[: len(prefix)] for name in names))
            like = next((short(name) for name in names if close and name.startswith(close)), "")
            raise SnapshotUnknownError(where=where, prefix=prefix, nearest=f' ("{like}"?)' if like else "")
        if len(fitting) > 1:
            candidates = tuple(name[: max(SHORT, len(prefix) + 4)] for name in fitting)
            raise PrefixAmbiguousError(where=where, prefix=prefix, count=len(fitting), candidates=candidates)
        return self._with_captures(self._manifest(fitting[0]))

    def original(self, digest: str) -> bytes:
        """The bytes of a snapshot, as they came in.

        Raises:
            SnapshotAlteredError: they are no longer those.
            BytesMissingError, SnapshotUnknownError: the bytes are gone; there is no such snapshot.
        """
        lay = Layout(self.folder)
        path = lay.bytes_of(digest)
        if not lay.manifest_of(digest).exists():
            raise SnapshotUnknownError(where=str(self.folder), prefix=short(digest), nearest="")
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            raise BytesMissingError(where=str(path), snapshot=short(digest)) from None
        found = digest_bytes(data)
        if found != digest:
            raise SnapshotAlteredError(where=str(path), snapshot=short(digest), found=short(found))
        return data

    def vouch(self, digest: str) -> None:
        """Pass when the bytes of a snapshot are still those that its name says; they are read in pieces and not returned.

        Raises:
            SnapshotAlteredError, BytesMissingError: they are not.
        """
        path = Layout(self.folder).bytes_of(digest)
        found = _found(path)
        if not found:
            raise BytesMissingError(where=str(path), snapshot=short(digest))
        if found != digest:
            raise SnapshotAlteredError(where=str(path), snapshot=short(digest), found=short(found))

    def parquet(self, snapshot: Snapshot, kind: str) -> Path:
        """The path of a snapshot's records of one kind, checked against the manifest.

        Raises:
            NoSuchRecordsError: the snapshot holds none of that kind.
            RecordsAlteredError: the file is gone or no longer what was written.
        """
        stored = next((stored for stored in snapshot.tables if stored.kind == kind), None)
        if stored is None:
            known = tuple(stored.kind for stored in snapshot.tables) or ("-",)
            raise NoSuchRecordsError(where=str(self.folder), snapshot=short(snapshot.digest), kind=kind, known=known)
        path = Layout(self.folder).table_of(snapshot.digest, kind)
        found = _found(path)
        if found != stored.digest:
            raise RecordsAlteredError(
                where=str(path),
                snapshot=short(snapshot.digest),
                kind=kind,
                found=short(found) or word(NOTHING),
                expected=short(stored.digest),
            )
        return path

    def keep(self, domain: str, data: bytes) -> str:
        """Store a small object under the digest of its bytes, and return that; keeping it twice changes nothing."""
        name = digest_bytes(data)
        path = Layout(self.folder).kept_of(domain, name)
        with writing(self.folder, self.patience):
            if _found(path) != name:
                place(path, data)
        return name

    def kept(self, domain: str, digest: str) -> bytes:
        """A small object.

        Raises:
            KeptUnknownError: none is kept under that name.
            KeptAlteredError: its bytes are no longer those.
        """
        path = Layout(self.folder).kept_of(domain, digest)
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            raise KeptUnknownError(where=str(path), domain=word(domain), digest=short(digest)) from None
        found = digest_bytes(data)
        if found != digest:
            raise KeptAlteredError(where=str(path), domain=word(domain), digest=short(digest), found=short(found))
        return data

    def list_kept(self, domain: str) -> tuple[str, ...]:
        """The digests of every object kept in a domain, sorted."""
        return tuple(sorted(path.name for path in Layout(self.folder).kept_in(domain).glob("*") if is_digest(path.name)))

    def verify(self) -> tuple[Problem, ...]:
        """Everything in the folder that is not as it should be; see `evidence.integrity`. Changes nothing."""
        return integrity.verify(self.folder)

    def sweep(self) -> tuple[Path, ...]:
        """Remove what interrupted takes left behind, and return what was removed. Nothing that a snapshot refers to is touched."""
        with writing(self.folder, self.patience):
            gone = integrity.leftovers(self.folder)
            for path in gone:
                remove(path)
        return gone

    def _manifest(self, name: str) -> Snapshot:
        path = Layout(self.folder).manifest_of(name)
        try:
            found = codec.manifest_read(path.read_bytes())
        except (ValueError, KeyError, TypeError) as error:
            raise ManifestAlteredError(where=str(path), snapshot=short(name), why=str(error)) from error
        if found.digest != name:
            raise ManifestAlteredError(where=str(path), snapshot=short(name), why=OTHER_SNAPSHOT(snapshot=short(found.digest)))
        return found

    def _with_captures(self, snapshot: Snapshot) -> Snapshot:
        lay, captures = Layout(self.folder), []
        for path in sorted(lay.captures_of(snapshot.digest).glob("*.json")):
            if not is_digest(path.stem):
                continue
            capture = integrity.capture_at(path)
            if capture is None:
                raise CaptureAlteredError(where=str(path), snapshot=short(snapshot.digest), file=path.name)
            captures.append(capture)
        if not captures:
            raise CaptureMissingError(where=str(lay.captures_of(snapshot.digest)), snapshot=short(snapshot.digest))
        return dataclasses.replace(snapshot, captures=tuple(sorted(captures, key=lambda c: (c.at, codec.capture_digest(c)))))


def _undo(manifest: Path, files: Iterable[Path]) -> None:
    """Remove what a failed take wrote. Why it failed is what matters, so a file that stays is only listed as left over."""
    with suppress(VeedorError):
        remove(manifest)  # first: while it is there, the snapshot exists and its files must too
        for path in files:
            remove(path)


def _found(path: Path) -> str:
    """The digest of what lies at a path; "" when nothing does."""
    try:
        return digest_file(path)
    except FileNotFoundError:
        return ""


def _written(name: str, intake: Intake) -> dict[str, bytes]:
    """Each usable table as Parquet bytes, once it is known to be of its kind and to cite these very bytes."""
    import pyarrow.compute as pc

    written = {}
    for kind, given in sorted(intake.tables.items() if not intake.unusable else ()):
        found = check(kind, given)
        if found.num_rows and pc.unique(found["snapshot"]).to_pylist() != [name]:
            raise ValueError(f"a row of {kind} cites other bytes than {short(name)}")
        written[kind] = parquet_bytes(found)
    return written


def _offered(data: bytes, name: str, intake: Intake, written: Mapping[str, bytes]) -> Snapshot:
    tables = (Stored(kind=kind, digest=digest_bytes(records), rows=intake.tables[kind].num_rows) for kind, records in written.items())
    facts = {f.name: getattr(intake, f.name) for f in dataclasses.fields(Intake) if f.name not in {"tables", "covers"}}
    covers = None if intake.unusable else intake.covers
    return Snapshot(digest=name, size=len(data), tables=tuple(tables), covers=covers, **facts)


def _differing(known: Snapshot, offered: Snapshot) -> tuple[str, ...]:
    # A newer version of veedor or of the Parquet writer alone is no difference: who reads, and how its bytes hash, are left out.
    def facts(snapshot: Snapshot) -> dict[str, object]:
        tables = tuple((stored.kind, stored.rows) for stored in snapshot.tables)
        left_out = {"digest", "size", "reader", "captures", "tables"}
        return {f.name: getattr(snapshot, f.name) for f in dataclasses.fields(Snapshot) if f.name not in left_out} | {"tables": tables}

    before, now = facts(known), facts(offered)
    return tuple(sorted(fact for fact, value in before.items() if value != now[fact]))


def parquet_bytes(records: pa.Table) -> bytes:
    """A table as zstd Parquet: equal tables give equal bytes with one version of the writer, however they are chunked."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = pa.BufferOutputStream()
    plain = records.replace_schema_metadata(None).combine_chunks()
    pq.write_table(plain, sink, compression="zstd", row_group_size=_ROW_GROUP, version="2.6", data_page_version="1.0")
    written: bytes = sink.getvalue().to_pybytes()
    return written
