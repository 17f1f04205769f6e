"""One cell as one value of its field's type, or the reason why it is none. Nothing is guessed: what reads in two ways is refused."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from decimal import ROUND_HALF_EVEN, Context, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from veedor.kernel import quantity
from veedor.kernel.errors import VeedorError, nearest
from veedor.kernel.ids import is_name
from veedor.kernel.months import add_months
from veedor.kernel.text import slug
from veedor.records.coding import GRADES
from veedor.records.errors import (
    DateAmbiguousError,
    NegativeError,
    NotADateError,
    NotAMomentError,
    NotAWordError,
    NotDecimalError,
    NotOfFormError,
    NotOneOfError,
    NotWholeError,
    NumberAmbiguousError,
    NumberOutsideError,
    PlaceAmbiguousError,
    PlaceUnknownError,
)
from veedor.records.places import catalogue, code_of
from veedor.records.sheets.fields import CHOICES, Field

if TYPE_CHECKING:
    from collections.abc import Callable

    from veedor.kernel.language import Value
    from veedor.records.sheets.sheet import Cell

_GROUPED = re.compile(r"([+-]?)(\d{1,3}(?:([,. '\u00a0\u202f’])\d{3})(?:\3\d{3})*)")
_PLAIN = re.compile(r"[+-]?\d+")
_POINT = re.compile(r"[+-]?\d*\.\d+|[+-]?\d+\.?")
_BOTH = re.compile(r"([+-]?\d{1,3}(?:([,. '\u00a0\u202f’])\d{3})+)([.,])(\d+)")
_COMMA = re.compile(r"[+-]?\d+,\d+")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"\d{4}")
_SLASHED = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_LOCAL = re.compile(r"[A-Z]{2}(?:\d{2}|\d{5})")  # municipality of INEGI, county of FIPS: state and three digits
_SHAPES = {
    "grade": (re.compile(r"[A-F][1-6]"), "B2"),
    "currency": (re.compile(r"[A-Z]{3}"), "USD"),
    "prices": (re.compile(r"current|constant-\d{4}"), "constant-2015"),
    "digest": (re.compile(r"[0-9a-f]{64}"), "e3b0c44298fc1c14…"),
}
_FIRST_YEAR, _LAST_YEAR = 1800, 2200  # outside of it a year is a slip of the keyboard or a serial number
_DECIMALS = Decimal(1).scaleb(-8)
_WHOLE_DIGITS = 20  # records hold decimal128(28, 8)
_LARGEST = 2**63
_SLACK = 10**6  # rounding to eight decimals may change a number by a millionth of itself


class NotReadError(Exception):
    """A cell that holds no value of its field: the class whose words say why, and the values in them."""

    def __init__(self, cls: type[VeedorError], **values: Value) -> None:
        super().__init__(cls.code)
        self.cls = cls
        self.values = values


class Day(NamedTuple):
    """A day, and how many months its writing stands for: 2025 is 12, 2025-03 is 1, 2025-03-31 is 0."""

    first: date
    months: int


def read_cell(field: Field, cell: Cell) -> Any:  # noqa: ANN401, each field has its own type
    """The value of a cell that is not blank: str, int, Decimal, Day or datetime as the field's type asks.

    Raises:
        NotReadError: it holds none.
    """
    return _READERS[field.type](field, cell)


def _text(field: Field, cell: Cell) -> str:
    text = as_text(cell)
    if field.shape in _SHAPES:
        pattern, example = _SHAPES[field.shape]
        if pattern.fullmatch(text) is None:
            raise NotReadError(NotOfFormError, field=field.name, value=text, example=example)
    return _CHECKS[field.shape](field, text) if field.shape in _CHECKS else text


def as_text(cell: Cell) -> str:
    """A cell as text: whole numbers without a point, days and moments in ISO form."""
    match cell:
        case bool():
            return "true" if cell else "false"
        case float():
            return f"{cell:.15g}"
        case datetime():
            return (cell.date() if cell.time() == time() else cell).isoformat()
        case date() | time():
            return cell.isoformat()
        case _:
            return str(cell)


def _word(field: Field, text: str) -> str:
    if not is_name(text):
        close = slug(text)
        like = f' ("{close}"?)' if is_name(close) and close != text else ""
        raise NotReadError(NotAWordError, field=field.name, value=text, nearest=like, example=field.example or "homicide-intentional")
    return text


def _choice(field: Field, text: str) -> str:
    known = CHOICES[field.name]
    if text not in known:
        close = next((word for word in known if word.casefold() == text.casefold()), "") or nearest(text, known)
        raise NotReadError(NotOneOfError, field=field.name, value=text, nearest=f' ("{close}"?)' if close else "", known=known)
    return text


def _place(field: Field, text: str) -> str:
    found = places_named(text)
    if len(found) == 1:
        return found[0]
    if found:
        raise NotReadError(PlaceAmbiguousError, field=field.name, value=text, candidates=found)
    close = nearest(text, tuple(place.name for place in catalogue().values()))
    raise NotReadError(PlaceUnknownError, field=field.name, value=text, nearest=f' ("{close}"?)' if close else "")


@lru_cache(maxsize=4096)
def places_named(text: str) -> tuple[str, ...]:
    """The codes that a code or a name can mean: none, one, or several where a name repeats."""
    if text in catalogue() or (_LOCAL.fullmatch(text) and text[:4] in catalogue()):
        return (text,)
    countries = tuple(code for code in catalogue() if len(code) == 2)
    found = (code_of(text, country) for country in ("", *countries))
    return tuple(sorted(code for code in found if code is not None))


def _unit(_: Field, text: str) -> str:
    return quantity.unit(text)


_CHECKS: dict[str, Callable[[Field, str], str]] = {"word": _word, "choice": _choice, "place": _place, "unit": _unit}


def _whole(field: Field, cell: Cell) -> int:
    value = _whole_of(field, cell)
    if field.shape == "coder-grade" and value not in GRADES:
        raise NotReadError(NotOneOfError, field=field.name, value=str(value), nearest="", known=tuple(map(str, GRADES)))
    if value < 0 and not field.is_signed:
        raise NotReadError(NegativeError, field=field.name, value=str(value))
    if abs(value) >= _LARGEST:
        raise NotReadError(NumberOutsideError, field=field.name, value=str(value), whole=len(str(_LARGEST)) - 1)
    return value


def _whole_of(field: Field, cell: Cell) -> int:
    if isinstance(cell, int) and not isinstance(cell, bool):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    text = as_text(cell)
    if _PLAIN.fullmatch(text):
        return int(text) if len(text) <= 2 * _WHOLE_DIGITS else _LARGEST
    grouped = _GROUPED.fullmatch(text)
    if isinstance(cell, str) and grouped and not (grouped.group(3) == "." and text.count(".") == 1):  # 1.234 may be a decimal
        return int(_bare(text))
    raise NotReadError(NotWholeError, field=field.name, value=text)


def _decimal(field: Field, cell: Cell) -> Decimal:
    exact = _decimal_of(field, cell)
    if exact < 0 and not field.is_signed:
        raise NotReadError(NegativeError, field=field.name, value=f"{exact:f}")
    wide = Context(prec=_WHOLE_DIGITS + 60, rounding=ROUND_HALF_EVEN)
    outside = NotReadError(NumberOutsideError, field=field.name, value=str(exact), whole=_WHOLE_DIGITS)
    if exact.adjusted() >= _WHOLE_DIGITS or (exact and exact.adjusted() < -40):
        raise outside
    rounded = exact.quantize(_DECIMALS, context=wide)
    if abs(wide.subtract(rounded, exact)) * _SLACK > abs(exact) or rounded.adjusted() >= _WHOLE_DIGITS:
        raise outside
    return rounded


def _decimal_of(field: Field, cell: Cell) -> Decimal:
    if isinstance(cell, int) and not isinstance(cell, bool):
        return Decimal(cell)
    if isinstance(cell, float):
        return Decimal(f"{cell:.15g}")  # spreadsheet programs keep 15 digits; more are the noise of their binary form
    text = as_text(cell)
    if isinstance(cell, str):
        number = _number(field, text)
        if number:
            return Decimal(number)
    raise NotReadError(NotDecimalError, field=field.name, value=text)


def _number(field: Field, text: str) -> str:
    """The digits of a written number with a decimal point; "" when it is none."""
    if _PLAIN.fullmatch(text) or _POINT.fullmatch(text):
        return text
    if (both := _BOTH.fullmatch(text)) and both.group(2) != both.group(3):
        return f"{_bare(both.group(1))}.{both.group(4)}"
    grouped = _GROUPED.fullmatch(text)
    if grouped and grouped.group(3) == "," and text.count(",") == 1 and not grouped.group(2).startswith("0"):
        raise NotReadError(NumberAmbiguousError, field=field.name, value=text, first=_bare(text), second=text.replace(",", "."))
    if _COMMA.fullmatch(text):
        return text.replace(",", ".")
    return _bare(text) if grouped else ""


def _bare(text: str) -> str:
    return re.sub(r"[^\d+-]", "", text)


def _day(field: Field, cell: Cell) -> Day:
    if isinstance(cell, datetime):
        cell = cell.date() if cell.time() == time() else None
    if isinstance(cell, date):
        return Day(_year_checked(field, cell.isoformat(), cell), 0)
    text = as_text(cell)
    if isinstance(cell, (str, int)) and not isinstance(cell, bool):
        if found := _ISO.fullmatch(text):
            return Day(_date(field, text, *map(int, found.groups())), 0)
        if found := _MONTH.fullmatch(text):
            return Day(_date(field, text, int(found.group(1)), int(found.group(2)), 1), 1)
        if _YEAR.fullmatch(text):
            return Day(_date(field, text, int(text), 1, 1), 12)
        if found := _SLASHED.fullmatch(text):
            return Day(_slashed(field, text, *map(int, found.groups())), 0)
    raise NotReadError(NotADateError, field=field.name, value=text)


def _slashed(field: Field, text: str, day: int, month: int, year: int) -> date:
    if day <= 12 and month <= 12 and day != month:
        first, second = _date(field, text, year, month, day), _date(field, text, year, day, month)
        raise NotReadError(DateAmbiguousError, field=field.name, value=text, first=first, second=second)
    return _date(field, text, year, month, day)


def _date(field: Field, text: str, year: int, month: int, day: int) -> date:
    try:
        return _year_checked(field, text, date(year, month, day))
    except ValueError:
        raise NotReadError(NotADateError, field=field.name, value=text) from None


def _year_checked(field: Field, text: str, day: date) -> date:
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise NotReadError(NotADateError, field=field.name, value=text)
    return day


def _moment(field: Field, cell: Cell) -> datetime:
    text = as_text(cell)
    if isinstance(cell, str) and "T" in text:
        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            found = None
        if found is not None and found.tzinfo is not None:
            return _year_checked_moment(field, text, found)
    try:
        day = _day(field, cell)
    except NotReadError as reason:
        if reason.cls is DateAmbiguousError:
            raise
        raise NotReadError(NotAMomentError, field=field.name, value=text) from None
    if day.months:
        raise NotReadError(NotAMomentError, field=field.name, value=text)
    return datetime(day.first.year, day.first.month, day.first.day, 12, tzinfo=UTC)


def _year_checked_moment(field: Field, text: str, found: datetime) -> datetime:
    if not _FIRST_YEAR <= found.year <= _LAST_YEAR:
        raise NotReadError(NotAMomentError, field=field.name, value=text)
    return found.astimezone(UTC)


def ends(day: Day, *, by_month: bool) -> date | None:
    """The first day after the period that a written day stands for; None when a kind counts by month and no month begins then."""
    if day.months:
        return add_months(day.first, day.months)
    if by_month:
        return add_months(day.first, 1) if day.first.day == 1 else None
    return date.fromordinal(day.first.toordinal() + 1)


_READERS: dict[str, Callable[[Field, Cell], Any]] = {"text": _text, "whole": _whole, "decimal": _decimal, "day": _day, "moment": _moment}
