"""The one registry of test kinds: which fields each takes and what it asks of the evidence. `verdicts` registers one judge per kind."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Literal, TypeAlias

from pydantic import BaseModel, BeforeValidator, ConfigDict, model_validator

from veedor.kernel import quantity
from veedor.kernel.ids import is_indicator_name, is_name
from veedor.kernel.language import N_
from veedor.kernel.months import Period, add_months
from veedor.kernel.quantity import Quantity


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


def _moment(given: object) -> object:
    if isinstance(given, date):
        return Moment(day=given)
    if isinstance(given, str):
        found = re.fullmatch(r"month\s+(\d{1,3})", given.strip())
        if found:
            return Moment(month=int(found.group(1)))
        try:
            return Moment(day=date.fromisoformat(given.strip()))
        except ValueError:
            pass
    if isinstance(given, Moment):
        return given
    raise ValueError("a date (2029-01-31) or a month of the accord (month 36) is expected")


def _quantity(given: object) -> object:
    return given if isinstance(given, Quantity) else quantity.parse(str(given))


def _months(given: object) -> object:
    found = re.fullmatch(r"(\d{1,3})(?:\s*months?)?", str(given).strip())
    if found is None or int(found.group(1)) == 0:
        raise ValueError("a number of months is expected, such as 12 months")
    return int(found.group(1))


def _days(given: object) -> object:
    found = re.fullmatch(r"(\d{1,4})(?:\s*days?)?", str(given).strip())
    if found is None:
        raise ValueError("a number of days is expected, such as 30 days")
    return int(found.group(1))


def _indicator(given: object) -> object:
    if not is_indicator_name(str(given)):
        raise ValueError("an indicator name is lower-case words joined by underscores, such as homicide_rate")
    return str(given)


def _label(given: object) -> object:
    if not is_name(str(given)):
        raise ValueError("a label is lower-case words joined by hyphens, such as trust-fund-opened")
    return str(given)


def _baseline(given: object) -> object:
    if isinstance(given, Baseline):
        return given
    text = str(given).strip()
    found = re.fullmatch(r"(\d{1,3})\s*months?\s+before\s+(?:the\s+)?start", text)
    if found:
        return Baseline(months=int(found.group(1)))
    first, _, last = text.partition("..")
    try:
        return Baseline(
            period=Period(date.fromisoformat(first), date.fromordinal(date.fromisoformat(last).toordinal() + 1))
        )
    except ValueError as error:
        raise ValueError("a baseline is 2018-02-01..2019-01-31, or: 12 months before start") from error


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


When: TypeAlias = Annotated[Moment, BeforeValidator(_moment)]
Amount: TypeAlias = Annotated[Quantity, BeforeValidator(_quantity)]
Months: TypeAlias = Annotated[int, BeforeValidator(_months)]
Days: TypeAlias = Annotated[int, BeforeValidator(_days)]
IndicatorName: TypeAlias = Annotated[str, BeforeValidator(_indicator)]
Label: TypeAlias = Annotated[str, BeforeValidator(_label)]
Against: TypeAlias = Annotated[Baseline, BeforeValidator(_baseline)]


class _Bounded(Strict):
    at_most: Amount | None = None
    at_least: Amount | None = None

    @model_validator(mode="after")
    def _one_bound(self) -> _Bounded:
        if (self.at_most is None) == (self.at_least is None):
            raise ValueError("exactly one of at_most and at_least is expected")
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
            raise ValueError("exactly one of fall and rise is expected")
        if self.size.unit != "%" or not 0 <= self.size.value:
            raise ValueError("a change is a percentage, such as 30 %")
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
    at_least: int = 1
    grace: Days = 0  # days after the period during which the act is late, not missing


class AbsenceTest(Strict):
    """Did something forbidden stay away? "Nothing seen" counts only with the chance that it would have been seen.

    `absence` is the label of acts that report such an event, or the name of an indicator that counts them.
    """

    kind: ClassVar[str] = "absence"
    absence: str
    place: str = ""
    size: Amount | None = None  # the breach that must not be missed
    detect: Amount = Quantity(quantity.parse("90 %").value, "%")  # with at least this probability

    @model_validator(mode="after")
    def _named(self) -> AbsenceTest:
        if not (is_name(self.absence) or is_indicator_name(self.absence)):
            raise ValueError("a label of acts (no-raid-without-consent) or an indicator name is expected")
        return self


class CodedTest(Strict):
    """Do coders who do not see each other's grade find the commitment initiated, half done or complete?"""

    kind: ClassVar[str] = "coded"
    coded: Literal["initiated", "minimum", "intermediate", "complete"]
    coders: int = 2
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
    """The test whose kind names its first key; ValueError where no kind or two kinds are named."""
    if isinstance(given, tuple(KINDS.values())):
        return given
    if not isinstance(given, dict):
        raise ValueError(
            N_("a test is a mapping such as {{level: homicide_rate, at_most: …}}").replace("{{", "{").replace("}}", "}")
        )
    named = [kind for kind in KINDS if kind in given]
    if len(named) != 1:
        raise ValueError(f"a test names exactly one of {', '.join(KINDS)}")
    return KINDS[named[0]].model_validate(given)
