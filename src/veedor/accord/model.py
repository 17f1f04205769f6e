"""What an accord is: parties, organs, phases, commitments and the test of each, as read from its file."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, TypeAlias

from pydantic import BeforeValidator, Field, ValidationInfo, WithJsonSchema, model_validator

from veedor.accord import field_errors as wrong
from veedor.accord.errors import MisreadError, shown
from veedor.accord.tests import AnyTest, Day, Days, Label, Strict, When, read_test
from veedor.kernel import quantity
from veedor.kernel.language import Text
from veedor.kernel.months import Period, add_months

Status: TypeAlias = Literal["hypothetical", "draft", "in-force", "ended"]
PartyKind: TypeAlias = Literal["state", "international", "armed-group"]
Kind: TypeAlias = Literal["conduct", "result", "condition"]
Duty: TypeAlias = Literal["must", "must-not", "may-not-without", "should"]
Rhythm: TypeAlias = Literal["weekly", "monthly", "quarterly", "half-yearly", "yearly", "never"]
THEMES = (
    "governance", "sovereignty", "intelligence", "firearms", "drugs", "money", "borders", "people", "operations",
    "institutions", "justice", "rights", "aid", "communities", "health", "reporting", "economy", "region",
)  # fmt: skip


class Words(Strict):
    """The same words in English and Spanish (and Hindi where a founding document has it)."""

    en: str = Field(min_length=1)
    es: str = ""
    hi: str = ""

    @property
    def text(self) -> Text:
        """As a kernel text that sentences can carry."""
        return Text(en=self.en, es=self.es, hi=self.hi)


def _words(given: object) -> object:
    return {"en": given} if isinstance(given, str) else given


def _key(given: object) -> str:
    if re.fullmatch(_KEY, str(given)) is None:
        raise MisreadError(wrong.NotAKeyError, value=shown(given))
    return str(given)


def _grade(given: object) -> str:
    if re.fullmatch(_GRADE, str(given)) is None:
        raise MisreadError(wrong.NotAGradeError, value=shown(given))
    return str(given)


def _phase_months(given: object) -> str:
    text = str(given).replace(" ", "")
    found = re.fullmatch(_MONTHS, text, re.ASCII)
    if found is None or not int(found.group(1)) or (found.group(2) and int(found.group(2)) < int(found.group(1))):
        raise MisreadError(wrong.NotPhaseMonthsError, value=shown(given))
    return text


def _risk(given: object, info: ValidationInfo) -> str:
    try:
        found = quantity.parse(str(given))
    except ValueError:
        found = None
    if found is None or found.unit != "%" or not 0 < found.value <= _MOST_RISK:
        limit = wrong.BETWEEN(low=0, high=_MOST_RISK)
        raise MisreadError(wrong.NotAPercentageError, key=info.field_name or "", value=shown(given), limit=limit)
    return str(given)


def _text(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern}$"})


_KEY = "[A-Za-z][A-Za-z0-9_-]{0,39}"
_GRADE = "[A-F][1-6]"
_MONTHS = r"(\d{1,3})-(\d{1,3})?"
_MOST_RISK = 50  # per cent: a verdict that errs more often than not is worth less than a coin
Said: TypeAlias = Annotated[Words, BeforeValidator(_words)]
Key: TypeAlias = Annotated[str, BeforeValidator(_key), _text(_KEY)]
Grade: TypeAlias = Annotated[str, BeforeValidator(_grade), _text(_GRADE)]
MonthRange: TypeAlias = Annotated[str, BeforeValidator(_phase_months), _text(_MONTHS)]
Risk: TypeAlias = Annotated[str, BeforeValidator(_risk), _text(r"\s*\+?\d.*")]
Seats: TypeAlias = Annotated[int, Field(ge=0, le=1000)]


class Document(Strict):
    """A text that the accord rests on; `digest` is the SHA-256 of its bytes where they are held."""

    title: str
    publisher: str = ""
    date: str = ""
    language: str = ""
    digest: str = ""
    address: str = ""


class Cite(Strict):
    """Where a duty stands: the document's key (or title) and the section."""

    document: str
    section: str = ""


class Quote(Strict):
    """The exact words in one authentic language."""

    text: str
    document: str
    section: str = ""


class Party(Strict):
    """A signatory. An armed group gets a reply channel and public reports, nothing else."""

    kind: PartyKind
    name: Said
    controls: tuple[str, ...] = ()  # controllers of sources that answer to this party; its own key when empty
    channel: str = ""  # how an armed group may reply


class Organ(Strict):
    """A body of the accord and the seats in it, by party key or by the word for who else sits there."""

    name: Said
    seats: dict[str, Seats] = Field(default_factory=dict)
    meets: Rhythm | None = None
    decides: Literal["consensus", "majority", "advises"] | None = None
    role: Said | None = None


class Phase(Strict):
    """Months of the accord, first and last included; open-ended as `37-`."""

    months: MonthRange
    name: Said | None = None

    @property
    def bounds(self) -> tuple[int, int | None]:
        """First and last month, the last None when open."""
        first, _, last = self.months.partition("-")
        return int(first), int(last) if last else None


class Step(Strict):
    """One rung of the ladder of consequences: proposed by veedor, decided by an organ."""

    name: Said
    organ: str = ""
    within: Days = 30


class Owed(Strict):
    """Who owes it: each party by itself, several together, or an organ."""

    each: tuple[str, ...] = ()
    joint: tuple[str, ...] = ()
    organ: str = ""

    @model_validator(mode="after")
    def _one(self) -> Owed:
        given = sum(map(bool, (self.each, self.joint, self.organ)))
        if given != 1:
            raise MisreadError(wrong.OneDebtorError, count=given)
        return self


class Needs(Strict):
    """The evidence a verdict needs: Admiralty grade at least this, from so many independent controllers."""

    grade: Grade = "C3"
    independent_sources: int = Field(default=1, ge=1, le=9)


class Access(Strict):
    """Who may look, on what notice."""

    by: str
    notice: str = ""


class Reading(Strict):
    """One way to read a commitment, judged apart from the others."""

    reading: Label
    says: Said
    held_by: tuple[str, ...] = ()
    test: Annotated[AnyTest, BeforeValidator(read_test)] | None = None


class PostHoc(Strict):
    """A test changed after its first data were visible; every output prints it."""

    date: Day
    why: Said


class Commitment(Strict):
    """One checkable line of the accord."""

    kind: Kind
    owed_by: Owed
    duty: Duty
    says: Said  # our paraphrase; `quotes` hold exact words
    theme: str
    cites: Cite
    phase: str = ""
    begins: When | None = None  # instead of a phase
    quotes: dict[str, Quote] = Field(default_factory=dict)
    owner: dict[str, str] = Field(default_factory=dict)  # by party: the office that must act
    serves: tuple[str, ...] = ()  # results that this conduct is meant to bring about
    depends_on: tuple[str, ...] = ()  # commitments of others without which this one is proposed as suspended
    without: Said | None = None  # for may-not-without: the consent or condition
    test: Annotated[AnyTest, BeforeValidator(read_test)] | None = None
    readings: tuple[Reading, ...] = ()
    needs: Needs = Needs()
    access: Access | None = None
    if_broken: tuple[str, ...] = ()
    unlawful: Said | None = None  # why the object is unlawful: recorded, flagged, never tested as a permission
    post_hoc: PostHoc | None = None

    @model_validator(mode="after")
    def _test_or_readings(self) -> Commitment:
        if self.test is not None and self.readings:
            raise MisreadError(wrong.BothTestAndReadingsError)
        if self.unlawful is not None and any(test is not None for _, _, test in readings_of(self)):
            raise MisreadError(wrong.UnlawfulTestedError)
        return self


class Adoption(Strict):
    """A party's signature over the accord's text digest."""

    date: Day
    key: str  # Ed25519 public key, base64
    signature: str  # base64


class ErrorBudget(Strict):
    """How often, over the whole life of the accord, a wrong BROKEN or a wrong KEPT may come out."""

    false_broken: Risk = "5 %"
    false_kept: Risk = "5 %"


class Reply(Strict):
    """How long a party has to answer a verdict, and which organ decides a dispute."""

    within: Days = 30
    decides: str = ""


class Milepost(Strict):
    """One event on the way to or through the accord."""

    date: str
    what: Said
    cites: Cite | None = None


class Accord(Strict):
    """A whole accord file."""

    veedor: Literal["1", 1]
    accord: Label
    status: Status
    title: Said
    parties: dict[Key, Party] = Field(min_length=1)
    starts: Day
    commitments: dict[Label, Commitment] = Field(min_length=1)
    edition: str = "1"
    about: Said | None = None
    ends: Day | None = None
    calendar: str = "UTC"
    documents: dict[Key, Document] = Field(default_factory=dict)
    organs: dict[Label, Organ] = Field(default_factory=dict)
    terms: dict[str, Said] = Field(default_factory=dict)
    principles: dict[str, Said] = Field(default_factory=dict)
    phases: dict[Label, Phase] = Field(default_factory=dict)
    ladder: dict[Key, Step] = Field(default_factory=dict)
    errors: ErrorBudget = ErrorBudget()
    reply: Reply = Reply()
    chronology: tuple[Milepost, ...] = ()
    adoption: dict[str, Adoption] = Field(default_factory=dict)

    @property
    def is_exercise(self) -> bool:
        """Whether nobody is bound: every output then carries the exercise label."""
        return self.status in {"hypothetical", "draft"}

    def controllers_of(self, party: str) -> frozenset[str]:
        """The controllers of sources that answer to a party."""
        return frozenset(self.parties[party].controls or (party,))

    def duty_period(self, name: str, starts: date | None = None) -> Period:
        """When a commitment binds: its phase or `begins`, until the accord ends (far future when open)."""
        first_day = starts or self.starts
        last_day = self.ends or date(9999, 1, 1)
        commitment = self.commitments[name]
        if commitment.begins is not None:
            begins = commitment.begins
            return Period(begins.day or add_months(first_day, begins.month - 1), last_day)
        if not commitment.phase:
            return Period(first_day, last_day)
        first, _last = self.phases[commitment.phase].bounds
        return Period(add_months(first_day, first - 1), last_day)


def readings_of(commitment: Commitment) -> tuple[tuple[str, Said, AnyTest | None], ...]:
    """(name, words, test) of each reading; one unnamed reading when the commitment has a single test."""
    if commitment.readings:
        return tuple((r.reading, r.says, r.test) for r in commitment.readings)
    return (("", commitment.says, commitment.test),)


def debtors(accord: Accord, commitment: Commitment) -> tuple[tuple[str, ...], ...]:
    """The parties of each verdict: one tuple per verdict ("each": one party apiece; "joint" and "organ": all together)."""
    owed = commitment.owed_by
    if owed.each:
        return tuple((party,) for party in owed.each)
    if owed.joint:
        return (owed.joint,)
    seated = tuple(party for party in accord.organs[owed.organ].seats if party in accord.parties) if owed.organ in accord.organs else ()
    return (seated or tuple(name for name, party in accord.parties.items() if party.kind != "armed-group"),)


def parse_plain(data: Any) -> Accord:  # noqa: ANN401
    """An accord from plain data; pydantic's ValidationError lists every problem at once."""
    return Accord.model_validate(data)
