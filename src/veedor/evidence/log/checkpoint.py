"""Checkpoints (C2SP tlog-checkpoint): origin, size and root of a log, as the text of a signed note."""

from __future__ import annotations

import re
from dataclasses import dataclass

from veedor.evidence.log import errors, note
from veedor.evidence.log.errors import NoteMalformedError
from veedor.evidence.log.keys import decoded, encoded
from veedor.evidence.log.merkle import SIZE
from veedor.evidence.log.note import Note

MOST_ENTRIES = 2**63 - 1
_DECIMAL = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """What a log states at one moment: so many entries, with this root. `extensions` are lines that no monitor can check."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """The text that is signed."""
        return "".join(f"{line}\n" for line in (self.origin, str(self.size), encoded(self.root), *self.extensions))


def read_text(text: str) -> Checkpoint:
    """A checkpoint from the text of a note.

    Raises:
        NoteMalformedError: the text is not that of a checkpoint.
    """
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < 3:
        raise NoteMalformedError(why=errors.TOO_FEW_LINES(found=len(lines)))
    empty = next((number for number, line in enumerate(lines, 1) if not line), None)
    if empty is not None:
        raise NoteMalformedError(why=errors.EMPTY_LINE(line=empty))
    size, root = read_size(lines[1]), decoded(lines[2])
    if size is None:
        raise NoteMalformedError(why=errors.SIZE_SHAPE(found=lines[1]))
    if root is None or len(root) != SIZE:
        raise NoteMalformedError(why=errors.HASH_SHAPE(found=lines[2]))
    return Checkpoint(origin=lines[0], size=size, root=root, extensions=tuple(lines[3:]))


def read(data: bytes) -> tuple[Checkpoint, Note]:
    """A checkpoint and the note that carries it. Nothing in them is to be believed before the signatures are checked.

    Raises:
        NoteMalformedError: the bytes are not a signed checkpoint.
    """
    found = note.read(data)
    return read_text(found.text), found


def read_size(text: str) -> int | None:
    """A decimal number without leading zeros, as sizes and indices are written; None where it is not one."""
    found = int(text) if _DECIMAL.fullmatch(text) else None
    return found if found is not None and found <= MOST_ENTRIES else None
