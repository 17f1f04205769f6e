"""Bytes onto the disk, there whole or not at all, by one writer at a time."""

from __future__ import annotations

import errno
import fcntl
import os
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from veedor.evidence.errors import StoreBusyError, StoreFullError, StoreReadOnlyError, StoreUnwritableError
from veedor.evidence.layout import LOCK, TEMPORARY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from veedor.kernel.errors import VeedorError

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_REFUSED = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_PAUSE = 0.02  # seconds between two attempts at the lock


def place(path: Path, data: bytes) -> None:
    """Put the bytes at the path so that a reader, or a crash at any moment, finds all of them or none.

    Raises:
        StoreFullError, StoreReadOnlyError, StoreUnwritableError: they could not be written; nothing is left behind.
    """
    temporary = path.with_name(f"{TEMPORARY}{os.getpid()}-{path.name}")
    try:
        make_folder(path.parent)
        with temporary.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise _explained(path, error, len(data)) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make the folder and those above it, durably: a file in a folder that a crash forgets is lost with it."""
    missing = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    for new in reversed(missing):
        new.mkdir(exist_ok=True)
        _sync(new.parent)


def remove(path: Path) -> None:
    """Remove a file, and the folder it was in once that is empty.

    Raises:
        StoreReadOnlyError, StoreUnwritableError: the operating system refused.
    """
    try:
        path.unlink(missing_ok=True)
        _sync(path.parent)
    except OSError as error:
        raise _explained(path, error, 0) from error
    with suppress(OSError):  # not empty: another file is still in it
        path.parent.rmdir()


@contextmanager
def writing(folder: Path, patience: float) -> Iterator[None]:
    """Be the one writer of the folder. The system gives the place up when the process ends, however it ends.

    Raises:
        StoreBusyError: another writer kept the place for longer than `patience` seconds.
        StoreReadOnlyError, StoreUnwritableError: the folder cannot be written to.
    """
    path = folder / LOCK
    try:
        make_folder(folder)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise _explained(path, error, 0) from error
    try:
        _wait(descriptor, path, patience)
        with suppress(OSError):  # whose place it is only serves the message; a full disk must not keep `sweep` out
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _wait(descriptor: int, path: Path, patience: float) -> None:
    ends = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= ends:
                holder = os.pread(descriptor, 20, 0).decode(errors="replace") or "?"
                raise StoreBusyError(where=str(path), seconds=round(patience), holder=holder) from None
            time.sleep(_PAUSE)
        except OSError as error:  # a network drive that knows no locks
            raise _explained(path, error, 0) from error
        else:
            return


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _explained(path: Path, error: OSError, size: int) -> VeedorError:
    why = error.strerror or type(error).__name__
    if error.errno in _FULL:
        return StoreFullError(where=str(path), size=size, why=why)
    if error.errno in _REFUSED:
        return StoreReadOnlyError(where=str(path), why=why)
    return StoreUnwritableError(where=str(path), why=why)
