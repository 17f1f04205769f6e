"""Open an accord file: text, plain data, a checked accord, and where each value stands. All problems at once, or an accord."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from pydantic import ValidationError

from veedor.accord import errors
from veedor.accord.errors import AccordProblemsError, Position
from veedor.accord.fields import Fault, faults
from veedor.accord.model import Accord, parse_plain
from veedor.accord.structure import Declared, check
from veedor.accord.tree import Trail, Tree, grow
from veedor.kernel import canonical
from veedor.kernel.errors import Problem
from veedor.kernel.text import clean

LARGEST = 2_000_000
DOMAIN = "accord/1"
_ROUNDS = 3  # how often what does not fit is set aside to see the rest


@dataclass(frozen=True, slots=True, kw_only=True)
class AccordFile:
    """An accord with the text it came from."""

    accord: Accord
    plain: Mapping[str, Any]  # every scalar a string, as written
    positions: Mapping[Trail, Position]  # a scalar's own place; of a mapping or list, its key's
    where: str  # the path as it was given
    digest: str  # SHA-256 of the file's bytes
    text_digest: str  # of the plain data without `adoption`: what a party signs

    def at(self, *trail: str | int) -> Position:
        """Where a value stands in the file, or the nearest value above it that does."""
        while trail and trail not in self.positions:
            trail = trail[:-1]
        return self.positions.get(trail, (1, 1))


def read(path: Path) -> AccordFile:
    """The accord in a file.

    Raises:
        AccordProblemsError: everything that does not fit, with line and column.
        VeedorError: the file cannot be opened, is too large, empty, or not UTF-8 text.
    """
    where = clean(str(path))
    try:
        with path.open("rb") as stream:
            data = stream.read(LARGEST + 1)
            size = path.stat().st_size if len(data) > LARGEST else len(data)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise errors.AccordNotOpenedError(where=where, why=why) from error
    return read_bytes(data, where, size=size)


def read_text(text: str, where: str) -> AccordFile:
    """The accord in a text; `where` is what messages call it."""
    return read_bytes(text.encode("utf-8", "surrogatepass"), where)


def read_bytes(data: bytes, where: str, *, size: int = 0) -> AccordFile:
    """The accord in the bytes of a file."""
    if len(data) > LARGEST:
        raise errors.AccordTooLargeError(where=where, size=max(size, len(data)), limit=LARGEST)
    text = _decoded(data, where)
    if not any(line.strip() and not line.lstrip().startswith("#") for line in text.splitlines()):
        raise errors.AccordEmptyError(where=where)
    tree = grow(text)
    if tree.problems:
        raise AccordProblemsError(where=where, problems=tree.problems)
    accord = _judged(tree, where)
    signed = {key: value for key, value in tree.plain.items() if key != "adoption"}
    return AccordFile(
        accord=accord,
        plain=MappingProxyType(tree.plain),
        positions=MappingProxyType(tree.positions),
        where=where,
        digest=canonical.digest_bytes(data),
        text_digest=canonical.digest(DOMAIN, signed),
    )


def _decoded(data: bytes, where: str) -> str:
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise errors.AccordNotUtf8Error(where=f"{where}:{line}", byte=error.start + 1, line=line) from error


def _judged(tree: Tree, where: str) -> Accord:
    declared = Declared.of(tree.plain)
    found: list[Problem] = []
    try:
        accord = parse_plain(tree.plain)
    except ValidationError as error:
        first = faults(error, tree)
        rest = _without(tree.plain, first, tree)
        found = [fault.problem for fault in first] + (list(check(rest, declared, tree)) if rest else [])
    else:
        found = list(check(accord, declared, tree))
        if not found:
            return accord
    ordered = sorted(dict.fromkeys(found), key=lambda p: (p.line, p.column, p.code))
    raise AccordProblemsError(where=where, problems=tuple(ordered))


def _without(plain: dict[str, Any], found: tuple[Fault, ...], tree: Tree) -> Accord | None:
    """What remains of an accord when the values that do not fit are set aside, so that the rest is checked too."""
    for _ in range(_ROUNDS):
        for fault in found:
            # The key itself where it is unknown; the whole entry of a section where one of its values does not fit.
            trail = fault.trail if fault.is_unknown_key else fault.trail[:2]
            plain = _mended(plain, trail, fault.meant)
        try:
            return parse_plain(plain)
        except ValidationError as error:
            found = faults(error, tree)
    return None


def _mended(plain: Any, trail: Trail, meant: str) -> Any:  # noqa: ANN401, plain data of any shape
    if isinstance(plain, list) and trail and isinstance(trail[0], int):
        return [_mended(value, trail[1:], meant) if i == trail[0] else value for i, value in enumerate(plain)]
    if not isinstance(plain, dict) or not trail:
        return plain
    if trail[1:]:
        return {key: _mended(value, trail[1:], meant) if key == trail[0] else value for key, value in plain.items()}
    if meant:
        return {meant if key == trail[0] else key: value for key, value in plain.items()}
    return {key: value for key, value in plain.items() if key != trail[0]}
