"""The one registry of test kinds: which fields each takes and what it asks of the evidence.

`verdicts` registers one judge per kind. A value that does not fit raises `MisreadError`, which names the error a person is
shown; pydantic collects all of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, TypeAlias, cast

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationInfo, WithJsonSchema, model_validator

from veedor.accord import field_errors as wrong
from veedor.accord.errors import MisreadError, meant, shown
from veedor.kernel import quantity
from veedor.kernel.ids import is_indicator_name, is_name
from veedor.kernel.months import Period, add_months
from veedor.kernel.quantity import Quantity

_DAY = r"(?:19|20|21)\d\d-\d\d-\d\d"
_BEFORE_START = r"(\d{1,3})\s*months?\s+before\s+(?:the\s+)?start"


class Strict(BaseModel):
    """Base of everything read from an accord file: unknown keys are refused, nothing changes after reading."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in the accord's time: a calendar date, or the end of month N after the accord starts."""

    day: date | None = None
    month: int = 0

    def on(self, starts: date) -> date:
        """The first day on which the moment has passed (deadlines include their last day)."""
        if self.day is not None:
            return date.fromordinal(self.day.toordinal() + 1)
        return add_months(starts, self.month)

    def __str__(self) -> str:
        return self.day.isoformat() if self.day is not None else f"month {self.month}"


def _day_of(text: str) -> date | None:
    # The pattern keeps out what `fromisoformat` also takes (20290131, week dates) and years that overflow when months are added.
    if re.fullmatch(_DAY, text, re.ASCII) is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _day(given: object) -> date:
    found = given if isinstance(given, date) else _day_of(str(given).strip())
    if found is None:
        raise MisreadError(wrong.NotADateError, value=shown(given))
    return found


def _moment(given: object) -> Moment:
    if isinstance(given, Moment):
        return given
    if isinstance(given, date):
        return Moment(day=given)
    text = str(given).strip()
    found = re.fullmatch(r"month\s+(\d{1,3})", text, re.ASCII)
    if found and int(found.group(1)):
        return Moment(month=int(found.group(1)))
    day = _day_of(text)
    if day is None:
        raise MisreadError(wrong.NotAMomentError, value=shown(given))
    return Moment(day=day)


def _quantity(given: object, info: ValidationInfo) -> Quantity:
    if isinstance(given, Quantity):
        return given
    try:
        return quantity.parse(str(given))
    except ValueError as error:
        raise MisreadError(wrong.NotAQuantityError, key=info.field_name or "", value=shown(given)) from error


def _months(given: object, info: ValidationInfo) -> int:
    found = re.fullmatch(r"(\d{1,3})(?:\s*months?)?", str(given).strip(), re.ASCII)
    if found is None or int(found.group(1)) == 0:
        raise MisreadError(wrong.NotMonthsError, key=info.field_name or "", value=shown(given))
    return int(found.group(1))


def _days(given: object, info: ValidationInfo) -> int:
    found = re.fullmatch(r"(\d{1,4})(?:\s*days?)?", str(given).strip(), re.ASCII)
    if found is None:
        raise MisreadError(wrong.NotDaysError, key=info.field_name or "", value=shown(given))
    return int(found.group(1))


def _indicator(given: object) -> str:
    if not is_indicator_name(str(given)):
        raise MisreadError(wrong.NotAnIndicatorError, value=shown(given))
    return str(given)


def _label(given: object) -> str:
    if not is_name(str(given)):
        raise MisreadError(wrong.NotANameError, value=shown(given))
    return str(given)


def _baseline(given: object) -> Baseline:
    if isinstance(given, Baseline):
        return given
    text = str(given).strip()
    found = re.fullmatch(_BEFORE_START, text, re.ASCII)
    if found and int(found.group(1)):
        return Baseline(months=int(found.group(1)))
    head, _, tail = text.partition("..")
    first, last = _day_of(head.strip()), _day_of(tail.strip())
    if first is None or last is None or last < first:
        raise MisreadError(wrong.NotABaselineError, value=shown(given))
    return Baseline(period=Period(first, date.fromordinal(last.toordinal() + 1)))


@dataclass(frozen=True, slots=True)
class Baseline:
    """What a change is measured against: a fixed period, or so many months before the accord starts."""

    period: Period | None = None
    months: int = 0

    def on(self, starts: date) -> Period:
        """The period in calendar days."""
        return self.period or Period(add_months(starts, -self.months), starts)

    def __str__(self) -> str:
        return str(self.period) if self.period is not None else f"{self.months} months before start"


def _text(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern}$"})


Day: TypeAlias = Annotated[date, BeforeValidator(_day), _text(_DAY)]
When: TypeAlias = Annotated[Moment, BeforeValidator(_moment), _text(rf"(?:{_DAY}|month\s+(?!0+$)\d{{1,3}})")]
Amount: TypeAlias = Annotated[Quantity, BeforeValidator(_quantity), _text(r"\s*[+-]?\d.*")]
Months: TypeAlias = Annotated[int, BeforeValidator(_months), _text(r"(?!0+(?!\d))\d{1,3}(?:\s*months?)?")]
Days: TypeAlias = Annotated[int, BeforeValidator(_days), _text(r"\d{1,4}(?:\s*days?)?")]
IndicatorName: TypeAlias = Annotated[str, BeforeValidator(_indicator), _text("[a-z][a-z0-9]*(?:_[a-z0-9]+)*")]
Label: TypeAlias = Annotated[str, BeforeValidator(_label), _text("[a-z][a-z0-9]*(?:-[a-z0-9]+)*")]
Against: TypeAlias = Annotated[Baseline, BeforeValidator(_baseline), _text(rf"(?:{_DAY}\s*\.\.\s*{_DAY}|{_BEFORE_START})")]


def _percentage(key: str, given: Quantity, most: int) -> None:
    if given.unit != "%" or not 0 <= given.value <= most:
        raise MisreadError(wrong.NotAPercentageError, key=key, value=str(given), limit=wrong.BETWEEN(low=0, high=most))


class _Bounded(Strict):
    at_most: Amount | None = None
    at_least: Amount | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> _Bounded:
        if (self.at_most is None) == (self.at_least is None):
            raise MisreadError(wrong.OneBoundError, count=0 if self.at_most is None else 2)
        return self

    @property
    def bound(self) -> Quantity:
        """The number that decides."""
        found = self.at_most if self.at_most is not None else self.at_least
        assert found is not None  # noqa: S101, the validator above guarantees it
        return found


class LevelTest(_Bounded):
    """Is the level of an indicator, over a window that ends at the deadline, at most or at least a number?"""

    kind: ClassVar[str] = "level"
    level: IndicatorName
    place: str = ""  # the indicator's own default place when empty
    over: Months = 12
    by: When | None = None  # none: in every window since the duty began


class ChangeTest(Strict):
    """Has an indicator fallen or risen by at least a share against its baseline?"""

    kind: ClassVar[str] = "change"
    change: IndicatorName
    place: str = ""
    fall: Amount | None = None
    rise: Amount | None = None
    against: Against = Baseline(months=12)
    over: Months = 12
    by: When | None = None

    @model_validator(mode="after")
    def _one_direction(self) -> ChangeTest:
        if (self.fall is None) == (self.rise is None):
            raise MisreadError(wrong.OneDirectionError, count=0 if self.fall is None else 2)
        if self.fall is not None:
            _percentage("fall", self.fall, 100)
        else:
            _percentage("rise", self.size, 10_000)
        return self

    @property
    def size(self) -> Quantity:
        """The change asked for, in per cent, never negative."""
        found = self.fall if self.fall is not None else self.rise
        assert found is not None  # noqa: S101, the validator above guarantees it
        return found


class ShareTest(_Bounded):
    """Is the share that an indicator counts (numerator of denominator) at most or at least a percentage?"""

    kind: ClassVar[str] = "share"
    share: IndicatorName
    place: str = ""
    over: Months = 12
    by: When | None = None

    @model_validator(mode="after")
    def _in_per_cent(self) -> ShareTest:
        _percentage("at_most" if self.at_most is not None else "at_least", self.bound, 100)
        return self


class MilestoneTest(Strict):
    """Was a named thing done by its date? Acts that carry the label are the evidence."""

    kind: ClassVar[str] = "milestone"
    milestone: Label
    by: When


class CadenceTest(Strict):
    """Was a named thing done in every period? Acts that carry the label are the evidence."""

    kind: ClassVar[str] = "cadence"
    cadence: Label
    every: Literal["month", "quarter", "half-year", "year"]
    at_least: int = Field(default=1, ge=1, le=1000)
    grace: Days = 0  # days after the period during which the act is late, not missing


def _watched(given: object) -> str:
    if not (is_name(str(given)) or is_indicator_name(str(given))):
        raise MisreadError(wrong.NotANameError, value=shown(given))
    return str(given)


Watched: TypeAlias = Annotated[str, BeforeValidator(_watched), _text("[a-z][a-z0-9]*(?:(?:-[a-z0-9]+)*|(?:_[a-z0-9]+)*)")]


class AbsenceTest(Strict):
    """Did something forbidden stay away? "Nothing seen" counts only with the chance that it would have been seen.

    `absence` is the label of acts that report such an event, or the name of an indicator that counts them.
    """

    kind: ClassVar[str] = "absence"
    absence: Watched
    place: str = ""
    size: Amount | None = None  # the breach that must not be missed
    detect: Amount = Quantity(quantity.parse("90 %").value, "%")  # with at least this probability

    @model_validator(mode="after")
    def _with_a_chance(self) -> AbsenceTest:
        _percentage("detect", self.detect, 100)
        return self


class CodedTest(Strict):
    """Do coders who do not see each other's grade find the commitment initiated, half done or complete?"""

    kind: ClassVar[str] = "coded"
    coded: Literal["initiated", "minimum", "intermediate", "complete"]
    coders: int = Field(default=2, ge=1, le=9)
    by: When | None = None

    @property
    def grade(self) -> int:
        """The lowest grade (0 to 3) that keeps the commitment."""
        return {"initiated": 1, "minimum": 1, "intermediate": 2, "complete": 3}[self.coded]


AnyTest: TypeAlias = LevelTest | ChangeTest | ShareTest | MilestoneTest | CadenceTest | AbsenceTest | CodedTest
KINDS: dict[str, type[AnyTest]] = {
    cls.kind: cls for cls in (LevelTest, ChangeTest, ShareTest, MilestoneTest, CadenceTest, AbsenceTest, CodedTest)
}
STATISTICAL = frozenset({"level", "change", "share", "coded"})
"""Kinds whose verdict is an inference from noisy figures; the rest are proved or not by single acts."""


def read_test(given: Any) -> AnyTest:  # noqa: ANN401
    """The test whose kind names its first key; MisreadError where no kind or two kinds are named."""
    if isinstance(given, Strict):
        return cast("AnyTest", given)
    if not isinstance(given, dict):
        raise MisreadError(wrong.MappingExpectedError, key="test")
    named = [kind for kind in KINDS if kind in given]
    if len(named) != 1:
        raise MisreadError(wrong.KindOfTestError, known=tuple(KINDS), found=_kinds_found(named), nearest=_kind_meant(given))
    return KINDS[named[0]].model_validate(given)


def _kinds_found(named: list[str]) -> Any:  # noqa: ANN401, a sentence or a tuple of words
    return tuple(named) if named else wrong.NO_KIND()


def _kind_meant(given: dict[Any, Any]) -> Any:  # noqa: ANN401, a sentence or nothing
    return next((close for key in given if (close := meant(str(key), tuple(KINDS)))), "")
