"""`audit FILE|DIR [--policy FILE]`: what the command line calls, and what `python -m veedor.audit` runs where there is no command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from veedor.audit import bundle, report
from veedor.audit.errors import NothingToAuditError, UnreadableError
from veedor.audit.findings import Report
from veedor.audit.verify import audit_bundle, audit_log
from veedor.evidence.log import policy
from veedor.evidence.log.policy import Policy
from veedor.evidence.log.tiles import FolderReader
from veedor.kernel.errors import VeedorError


def audit(path: Path, trusted: Path | None = None) -> Report:
    """Audit a bundle file or the folder of a log, under the policy of the reader where one is given.

    Raises:
        NothingToAuditError: the path names neither.
        UnreadableError: a file that was named cannot be read.
        BundleMalformedError: the file is no bundle of a known format.
        PolicyMalformedError: the policy file cannot be used.
    """
    chosen = read_policy(trusted) if trusted is not None else None
    if path.is_dir():
        if not (path / "checkpoint").is_file() and not (path / "tile").is_dir():
            raise NothingToAuditError(path=str(path))
        return audit_log(FolderReader(path), chosen, str(path))
    return audit_bundle(bundle.read(_read(path)), chosen, str(path))


def read_policy(path: Path) -> Policy:
    """The policy in a file.

    Raises:
        UnreadableError: the file cannot be read.
        PolicyMalformedError: it is no policy.
    """
    return policy.read(_read(path), str(path))


def main(argv: Sequence[str] | None = None) -> int:
    """Audit what the arguments name, write the report to stdout, and return the exit code: 0, 4 (failed), 3 (not told), 2 (wrong usage)."""
    words = argparse.ArgumentParser(
        prog="veedor audit", description="Audit a bundle or the folder of a log. / Auditar un paquete o un registro."
    )
    words.add_argument("path", type=Path, metavar="FILE|DIR")
    words.add_argument("--policy", type=Path, metavar="FILE")
    given = words.parse_args(argv)
    try:
        found = audit(given.path, given.policy)
    except VeedorError as error:
        sys.stderr.write(_complaint(error))
        return error.exit_code
    sys.stdout.write(report.text(found))
    return found.exit_code


def _complaint(error: VeedorError) -> str:
    lines = [f"error[{error.code}]: {error.render('what', lang)}" for lang in ("en", "es")]
    lines += [f"  {problem.place}  {problem.what(lang)}" for problem in error.problems for lang in ("en", "es")]
    return "".join(f"{line}\n" for line in dict.fromkeys(lines))


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(bundle.MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise NothingToAuditError(path=str(path)) from error
    except OSError as error:
        raise UnreadableError(path=str(path), why=error.strerror or type(error).__name__) from error
