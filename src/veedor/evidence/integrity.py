"""Everything in an evidence folder that is not as it should be, found without trusting any of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from veedor.evidence import codec
from veedor.evidence.errors import (
    NOTHING,
    BytesMissingError,
    CaptureAlteredError,
    CaptureMissingError,
    KeptAlteredError,
    LeftoverError,
    ManifestAlteredError,
    RecordsAlteredError,
    SnapshotAlteredError,
    StrayFileError,
)
from veedor.evidence.layout import LOCK, TEMPORARY, Layout, is_digest
from veedor.kernel.canonical import digest_file
from veedor.kernel.errors import Problem
from veedor.kernel.ids import short
from veedor.kernel.language import word
from veedor.records.errors import as_problem

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from veedor.evidence.snapshot import Capture, Snapshot


def verify(folder: Path) -> tuple[Problem, ...]:
    """Check every file against the digest it must have, and list what belongs to no snapshot.

    `cell` of each problem is the file's path inside the folder. `kernel.errors.CODES[problem.code].exit_code` tells damage
    (4) from what is harmless (0): files of interrupted takes, and strangers' files.
    """
    lay = Layout(folder)
    sound, problems = _manifests(lay)
    for snapshot in sound:
        problems += [*_original(lay, snapshot), *_records(lay, snapshot), *_captures(lay, snapshot.digest)]
    problems += _kept(lay)
    problems += [as_problem(LeftoverError, _at(lay, path), file=_at(lay, path)) for path in leftovers(folder)]
    problems += [as_problem(StrayFileError, _at(lay, path), file=_at(lay, path)) for path in _strays(lay)]
    return tuple(sorted(problems, key=lambda problem: (problem.cell, problem.code)))


def leftovers(folder: Path) -> tuple[Path, ...]:
    """The files of takes that did not finish: half-written ones, and those whose snapshot has no manifest."""
    lay = Layout(folder)
    return tuple(path for path in _files(lay) if _owner(lay, path) == "leftover")


def capture_at(path: Path) -> Capture | None:
    """The capture stored at a path; None when it does not read, or its content is not what its name says."""
    try:
        capture = codec.capture_read(path.read_bytes())
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return capture if codec.capture_digest(capture) == path.stem else None


def _manifests(lay: Layout) -> tuple[list[Snapshot], list[Problem]]:
    sound, problems = [], []
    for name in lay.digests():
        path = lay.manifest_of(name)
        try:
            snapshot = codec.manifest_read(path.read_bytes())
            if snapshot.digest != name:
                raise ValueError(f"it speaks of {short(snapshot.digest)}")  # noqa: TRY301, one place words what is wrong with a manifest
        except (OSError, ValueError, KeyError, TypeError) as error:
            problems.append(as_problem(ManifestAlteredError, _at(lay, path), snapshot=short(name), why=str(error)))
        else:
            sound.append(snapshot)
    return sound, problems


def _original(lay: Layout, snapshot: Snapshot) -> Iterator[Problem]:
    path = lay.bytes_of(snapshot.digest)
    if not path.is_file():
        yield as_problem(BytesMissingError, _at(lay, path), snapshot=short(snapshot.digest))
    elif (found := digest_file(path)) != snapshot.digest:
        yield as_problem(SnapshotAlteredError, _at(lay, path), snapshot=short(snapshot.digest), found=short(found))


def _records(lay: Layout, snapshot: Snapshot) -> Iterator[Problem]:
    for stored in snapshot.tables:
        path = lay.table_of(snapshot.digest, stored.kind)
        found = digest_file(path) if path.is_file() else ""
        if found != stored.digest:
            yield as_problem(
                RecordsAlteredError,
                _at(lay, path),
                snapshot=short(snapshot.digest),
                kind=stored.kind,
                found=short(found) or word(NOTHING),
                expected=short(stored.digest),
            )


def _captures(lay: Layout, name: str) -> Iterator[Problem]:
    paths = [path for path in sorted(lay.captures_of(name).glob("*.json")) if is_digest(path.stem)]
    if not paths:
        yield as_problem(CaptureMissingError, _at(lay, lay.captures_of(name)), snapshot=short(name))
    for path in paths:
        if capture_at(path) is None:
            yield as_problem(CaptureAlteredError, _at(lay, path), snapshot=short(name), file=_at(lay, path))


def _kept(lay: Layout) -> Iterator[Problem]:
    for path in sorted(lay.folder.glob("kept/*/*")):
        if is_digest(path.name) and path.is_file() and (found := digest_file(path)) != path.name:
            yield as_problem(KeptAlteredError, _at(lay, path), domain=word(path.parent.name), digest=short(path.name), found=short(found))


def _strays(lay: Layout) -> tuple[Path, ...]:
    return tuple(path for path in _files(lay) if _owner(lay, path) == "stray")


def _files(lay: Layout) -> tuple[Path, ...]:
    return tuple(sorted(path for path in lay.folder.rglob("*") if path.is_symlink() or not path.is_dir()))


def _owner(lay: Layout, path: Path) -> str:
    """What a file is: "known", "leftover" (an interrupted take's), or "stray" (nobody knows)."""
    parts = path.relative_to(lay.folder).parts
    if path.name.startswith(TEMPORARY) and len(parts) > 1:
        return "leftover"
    match parts:
        case (lock,) if lock == LOCK:
            return "known"
        case ("bytes", first, name) if is_digest(name) and first == name[:2]:
            return _listed(lay, name)
        case ("records", name, table) if is_digest(name):
            return _of_records(lay, name, table)
        case ("captures", name, capture) if is_digest(name) and is_digest(capture.removesuffix(".json")):
            return _listed(lay, name)
        case ("snapshots", manifest) if is_digest(manifest.removesuffix(".json")) and manifest.endswith(".json"):
            return "known"
        case ("kept", _, name) if is_digest(name):
            return "known"
    return "stray"


def _listed(lay: Layout, name: str) -> str:
    return "known" if lay.manifest_of(name).exists() else "leftover"


def _of_records(lay: Layout, name: str, table: str) -> str:
    """A table beside a manifest that does not name it is nobody's: it came neither from this take nor from an interrupted one."""
    if not lay.manifest_of(name).exists():
        return "leftover" if table.endswith(".parquet") else "stray"
    try:
        kinds = {stored.kind for stored in codec.manifest_read(lay.manifest_of(name).read_bytes()).tables}
    except (OSError, ValueError, KeyError, TypeError):
        return "known"  # the manifest's own problem is reported; what it named cannot be told
    return "known" if table.removesuffix(".parquet") in kinds else "stray"


def _at(lay: Layout, path: Path) -> str:
    return path.relative_to(lay.folder).as_posix()
