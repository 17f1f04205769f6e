"""Where each file of the evidence folder lies, and which names belong there.

```
bytes/aa/<digest>                        the original bytes
records/<snapshot>/<kind>.parquet        the tables read from them
snapshots/<snapshot>.json                the manifest, written last: a snapshot exists if and only if its manifest does
captures/<snapshot>/<digest>.json        when and from where the bytes came, one file a capture
kept/<domain>/<digest>                   accord texts, indicator files, judgements
lock                                     held by the one process that writes
```
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from veedor.kernel.ids import is_name

LOCK = "lock"
TEMPORARY = ".part-"
_DIGEST = re.compile(r"[0-9a-f]{64}")


def is_digest(text: str) -> bool:
    """Whether the text is a whole SHA-256 in lower-case hexadecimal, and so can be a file's name."""
    return _DIGEST.fullmatch(text) is not None


def _checked(digest: str) -> str:
    if not is_digest(digest):  # a name from outside must never become a path out of the folder
        raise ValueError(f"{digest!r} is not a digest")
    return digest


@dataclass(frozen=True, slots=True)
class Layout:
    """The paths inside one evidence folder."""

    folder: Path

    def bytes_of(self, digest: str) -> Path:
        """The original bytes of a snapshot."""
        return self.folder / "bytes" / _checked(digest)[:2] / digest

    def records_of(self, digest: str) -> Path:
        """The folder of a snapshot's records."""
        return self.folder / "records" / _checked(digest)

    def table_of(self, digest: str, kind: str) -> Path:
        """The records of one kind."""
        if not is_name(kind):
            raise ValueError(f"{kind!r} is not the name of a record kind")
        return self.records_of(digest) / f"{kind}.parquet"

    def manifest_of(self, digest: str) -> Path:
        """The manifest of a snapshot."""
        return self.folder / "snapshots" / f"{_checked(digest)}.json"

    def captures_of(self, digest: str) -> Path:
        """The folder of a snapshot's captures."""
        return self.folder / "captures" / _checked(digest)

    def capture_of(self, digest: str, capture: str) -> Path:
        """One capture of a snapshot."""
        return self.captures_of(digest) / f"{_checked(capture)}.json"

    def kept_in(self, domain: str) -> Path:
        """The folder of one domain of small objects."""
        if not is_name(domain):
            raise ValueError(f"{domain!r} is not the name of a domain")
        return self.folder / "kept" / domain

    def kept_of(self, domain: str, digest: str) -> Path:
        """One small object."""
        return self.kept_in(domain) / _checked(digest)

    def digests(self) -> tuple[str, ...]:
        """The snapshots that exist, sorted by name."""
        return tuple(sorted(p.stem for p in self.folder.glob("snapshots/*.json") if is_digest(p.stem)))
