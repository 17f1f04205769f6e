"""What a rule sees and says: the accord with its places, the catalogue of what can be measured, and a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias

from veedor.accord.model import Accord, Commitment, Said
from veedor.accord.reading import AccordFile
from veedor.accord.tests import AbsenceTest, AnyTest, ChangeTest, LevelTest, ShareTest
from veedor.accord.tree import Trail
from veedor.kernel.ids import is_indicator_name
from veedor.kernel.known import Maybe
from veedor.kernel.language import Sentence, Template, Text, Value
from veedor.kernel.months import months_between

Severity: TypeAlias = Literal["error", "warning", "note"]
"""error: no verdict can ever come of it, or it must not be signed so; warning: a dispute is likely; note: good to know."""
Power: TypeAlias = Callable[[str, AnyTest], Maybe[int]]
"""How many months of figures a commitment's test needs to tell what it asks from nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownIndicator:
    """What lint has to know of an indicator."""

    unit: str
    sources: tuple[str, ...] = ()
    has_open_source: bool = True
    direction: Literal["down", "up", "none"] = "none"  # which way is better
    model: str = "count"
    place: str = ""
    needs: Text = field(default_factory=lambda: Text(en=""))  # the record that would answer it, where no open source does


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What can be measured, from which sources, and who controls each source."""

    indicators: Mapping[str, KnownIndicator]
    controllers: Mapping[str, str]  # controller of each known source
    places: frozenset[str] = frozenset()  # known codes; empty when places are not checked

    def controllers_for(self, indicator: str) -> frozenset[str]:
        """Whoever could change the figures of an indicator."""
        sources = self.indicators[indicator].sources if indicator in self.indicators else ()
        return frozenset(self.controllers[source] for source in sources if source in self.controllers)


@dataclass(frozen=True, slots=True)
class Rule:
    """A weakness that lint knows: its code, what it says, and why it matters."""

    code: str
    severity: Severity
    words: Template
    more: str  # a translatable text for `veedor explain`


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A proposal: a clause for the negotiators in both languages and, where it can be, the YAML line that says it."""

    clause: Text
    paste: str = ""
    fixable: bool = False  # the line decides nothing that the parties have not decided already


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One weakness of one place in the file."""

    rule: str
    severity: Severity
    commitment: str  # empty for the accord as a whole
    reading: str
    party: str  # empty when it concerns every party
    line: int
    column: int
    sentence: Sentence
    repair: Text | None  # the clause to negotiate over
    paste: str  # the YAML line, or nothing
    fixable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """One reading of one commitment."""

    name: str
    commitment: Commitment
    reading: str
    says: Said
    test: AnyTest | None
    trail: Trail  # of the commitment, or of the reading

    @property
    def indicator(self) -> str:
        """The indicator whose figures decide; empty where acts or coders do."""
        match self.test:
            case LevelTest():
                return self.test.level
            case ChangeTest():
                return self.test.change
            case ShareTest():
                return self.test.share
            case AbsenceTest() if "_" in self.test.absence and is_indicator_name(self.test.absence):
                return self.test.absence
            case _:
                return ""

    @property
    def is_prohibition(self) -> bool:
        """Whether it binds on every day instead of by a date."""
        return self.commitment.duty in {"must-not", "may-not-without"}


@dataclass(frozen=True)
class Lens:
    """An accord as the rules look at it."""

    file: AccordFile
    catalogue: Catalogue
    power: Power | None = None

    @property
    def accord(self) -> Accord:
        """The accord itself."""
        return self.file.accord

    @cached_property
    def views(self) -> tuple[View, ...]:
        """Every reading of every commitment, in the order of the file."""
        return tuple(self._views())

    def _views(self) -> Iterator[View]:
        for name, commitment in self.accord.commitments.items():
            top: Trail = ("commitments", name)
            if not commitment.readings:
                yield View(name=name, commitment=commitment, reading="", says=commitment.says, test=commitment.test, trail=top)
            for i, one in enumerate(commitment.readings):
                trail: Trail = (*top, "readings", i)
                yield View(name=name, commitment=commitment, reading=one.reading, says=one.says, test=one.test, trail=trail)

    @property
    def binding(self) -> Iterator[View]:
        """The readings that somebody could be held to: terms with an unlawful object are recorded only."""
        return (view for view in self.views if view.commitment.unlawful is None)

    @cached_property
    def signers(self) -> tuple[str, ...]:
        """The parties that are states or international bodies."""
        return tuple(name for name, party in self.accord.parties.items() if party.kind != "armed-group")

    @cached_property
    def armed(self) -> frozenset[str]:
        """The parties that are armed groups."""
        return frozenset(name for name, party in self.accord.parties.items() if party.kind == "armed-group")

    def month_for(self, name: str) -> int:
        """A deadline to propose: twelve months after the duty begins, or the accord's last month when that is earlier."""
        accord = self.accord
        begun = months_between(accord.starts, max(accord.starts, accord.duty_period(name).starts))
        last = months_between(accord.starts, accord.ends) if accord.ends is not None else begun + 12
        return max(1, min(begun + 12, last))

    def find(self, rule: Rule, trail: Trail, repair: Repair | None = None, **values: Value) -> Finding:
        """A finding of a rule at a place; a value named `party` also says whom it concerns."""
        line, column = self.file.at(*trail)
        commitment = str(trail[1]) if len(trail) > 1 and trail[0] == "commitments" else ""
        party = values.get("party", "")
        return Finding(
            rule=rule.code,
            severity=rule.severity,
            commitment=commitment,
            reading=self._reading_at(commitment, trail),
            party=party if isinstance(party, str) else "",
            line=line,
            column=column,
            sentence=rule.words(**values),
            repair=repair.clause if repair else None,
            paste=repair.paste if repair else "",
            fixable=repair.fixable if repair else False,
        )

    def _reading_at(self, commitment: str, trail: Trail) -> str:
        if len(trail) < 4 or trail[2] != "readings" or not isinstance(trail[3], int):
            return ""
        return self.accord.commitments[commitment].readings[trail[3]].reading


def names(parts: Iterable[str]) -> tuple[str, ...]:
    """Names in order, as a sentence lists them."""
    return tuple(sorted(parts))
