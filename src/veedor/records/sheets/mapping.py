"""Which column of a sheet holds which field: proposed from the headings, shown to the user, corrected by the user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from veedor.kernel.errors import nearest
from veedor.records.errors import ColumnUnknownError, FieldUnknownError
from veedor.records.sheets.fields import NEEDS_NUMBER, NUMBERS, fields, key_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from veedor.records.sheets.sheet import Sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """Columns and the fields they hold, in the order of the sheet, and what is left open on either side."""

    pairs: tuple[tuple[str, str], ...]  # heading, field: what a snapshot keeps
    unread: tuple[str, ...]  # headings of columns that are not read
    missing: tuple[str, ...]  # fields that a record needs and no column holds; "a|b" where either would do
    doubtful: tuple[tuple[str, tuple[str, ...]], ...] = ()  # field, and the headings that all could mean it: none is taken


def guess_mapping(sheet: Sheet, kind: str) -> Mapping:
    """The mapping that the headings state, by field names and their English and Spanish synonyms.

    A heading either is one of these words or it is not read: nothing is matched by likeness. Where several columns could hold
    a field, the one named exactly as the field is taken, else none.
    """
    fitting: dict[str, list[str]] = {}
    for heading in sheet.header:
        for field in fields(kind):
            if key_of(heading) in field.synonyms:
                fitting.setdefault(field.name, []).append(heading)
    pairs, doubtful = [], []
    for name, headings in fitting.items():
        exact = [heading for heading in headings if key_of(heading) == key_of(name)]
        one = exact if len(exact) == 1 else headings
        if len(one) == 1:
            pairs.append((one[0], name))
        else:
            doubtful.append((name, tuple(headings)))
    return _mapping(sheet, kind, pairs, tuple(doubtful))


def mapping_of(sheet: Sheet, kind: str, pairs: Iterable[tuple[str, str]]) -> Mapping:
    """The mapping that a user states as (heading, field).

    Raises:
        ColumnUnknownError: the sheet has no such column.
        FieldUnknownError: the kind has no such field, or it is named twice.
    """
    known, names, seen = tuple(filter(None, sheet.header)), tuple(field.name for field in fields(kind)), set()
    stated = list(pairs)
    for heading, name in stated:
        if heading not in known:
            raise ColumnUnknownError(where=sheet.name, column=heading, known=known, nearest=_like(heading, known))
        if name not in names or name in seen:
            raise FieldUnknownError(
                where=sheet.name, field=name, kind=kind, known=names, nearest=_like(name, names) if name not in seen else ""
            )
        seen.add(name)
    return _mapping(sheet, kind, stated, ())


def _mapping(sheet: Sheet, kind: str, pairs: list[tuple[str, str]], doubtful: tuple[tuple[str, tuple[str, ...]], ...]) -> Mapping:
    held, read = {name for _, name in pairs}, {heading for heading, _ in pairs}
    missing = [field.name for field in fields(kind) if field.required and field.name not in held]
    if kind in NEEDS_NUMBER and held.isdisjoint(NUMBERS[kind]):
        missing.append("|".join(NUMBERS[kind]))
    return Mapping(
        pairs=tuple(sorted(pairs, key=lambda pair: sheet.header.index(pair[0]))),
        unread=tuple(heading for heading in sheet.header if heading and heading not in read),
        missing=tuple(missing),
        doubtful=doubtful,
    )


def _like(name: str, known: tuple[str, ...]) -> str:
    close = nearest(name, known)
    return f' ("{close}"?)' if close else ""
