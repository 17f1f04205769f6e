"""Published text as numbers, a column at a time: exact, thousands commas understood, blank never taken for zero."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Context, Decimal, InvalidOperation
from typing import Any, NamedTuple, TypeAlias

import pyarrow as pa
import pyarrow.compute as pc

from veedor.records.kinds import DECIMAL

Column: TypeAlias = "pa.Array[Any]"

_WIDE = pa.decimal128(38, 24)  # holds what a spreadsheet writes (17 significant digits, also with e-05) before it is rounded
_PLACES = 8
_STEP = Decimal(1).scaleb(-_PLACES)
_CONTEXT = Context(prec=DECIMAL.precision, rounding=ROUND_HALF_EVEN)

_WHOLE = r"^[0-9]{1,18}(\.0+)?$"
_DECIMAL = r"^-?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?$"
_GROUPED = r"^-?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]*)?$"


class Figures(NamedTuple):
    """Numbers, null where the cell was blank or unreadable; and which cells were unreadable."""

    values: Column
    unreadable: Column


def whole(text: Column) -> Figures:
    """Counts: `1,234` and `1234.0` are 1234; `-5`, `12.5`, `12 kg` and `N/A` are unreadable; blank is null."""
    bare, good, unreadable = _sorted_out(text, _WHOLE)
    digits = pc.replace_substring_regex(bare, r"\.0+$", "")
    return Figures(pc.if_else(good, digits, pa.scalar(None, pa.string())).cast(pa.int64()), unreadable)


def exact(text: Column) -> Figures:
    """Decimal numbers exactly as written, rounded half-even to eight decimals; blank is null."""
    bare, good, unreadable = _sorted_out(text, _DECIMAL)
    wanted = pc.if_else(good, bare, pa.scalar(None, pa.string()))
    try:
        values = pc.round(wanted.cast(_WIDE), ndigits=_PLACES, round_mode="half_to_even").cast(DECIMAL)
    except pa.ArrowInvalid:  # more digits than Arrow converts: exact all the same, one different text at a time
        return _exact_by_text(wanted, unreadable)
    return Figures(values, unreadable)


def _sorted_out(text: Column, pattern: str) -> tuple[Column, Column, Column]:
    bare = pc.utf8_trim_whitespace(text)
    grouped = pc.match_substring_regex(bare, _GROUPED)
    if pc.any(grouped).as_py():
        bare = pc.if_else(grouped, pc.replace_substring(bare, ",", ""), bare)
    good = pc.match_substring_regex(bare, pattern)
    return bare, good, pc.and_not(pc.invert(good), pc.equal(bare, pa.scalar("")))


def _exact_by_text(wanted: Column, unreadable: Column) -> Figures:
    encoded: Any = pc.dictionary_encode(wanted)
    values = pa.array([_rounded(part) for part in encoded.dictionary.to_pylist()], DECIMAL).take(encoded.indices)
    too_large = pc.and_(pc.is_null(values), pc.is_valid(wanted))
    return Figures(values, pc.or_(unreadable, too_large))


def _rounded(text: str) -> Decimal | None:
    try:
        return Decimal(text).quantize(_STEP, context=_CONTEXT)
    except InvalidOperation:
        return None
