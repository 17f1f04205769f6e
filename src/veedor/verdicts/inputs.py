"""What a judge may look at: series, acts and coders' grades as known on the day, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from veedor.accord.model import Accord, Commitment
from veedor.indicators.series import Indicator, Yield
from veedor.kernel.months import Period
from veedor.verdicts.verdict import Support


@dataclass(frozen=True, slots=True, kw_only=True)
class ActRow:
    """An act on record: who did or noted it, what, about which label, on which day, and what that record rests on."""

    actor: str
    action: str
    object: str
    on: date
    document: str
    support: Support


@dataclass(frozen=True, slots=True, kw_only=True)
class CodingRow:
    """One coder's grade of one commitment of one party."""

    commitment: str
    party: str
    coder: str
    grade: int
    on: date
    support: Support


@dataclass(frozen=True, slots=True, kw_only=True)
class Inputs:
    """Everything known on the day of judging."""

    series: Mapping[tuple[str, str], Yield]  # by (indicator, place)
    indicators: Mapping[str, Indicator]
    acts: tuple[ActRow, ...] = ()
    codings: tuple[CodingRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One commitment of one debtor on one day."""

    accord: Accord
    name: str
    commitment: Commitment
    parties: tuple[str, ...]
    as_of: date
    starts: date
    duty: Period
    inputs: Inputs

    @property
    def own_controllers(self) -> frozenset[str]:
        """Controllers of sources that answer to the parties judged."""
        return frozenset().union(*(self.accord.controllers_of(party) for party in self.parties))

    @property
    def counterpart_controllers(self) -> frozenset[str]:
        """Controllers of sources that answer to the other parties."""
        others = [party for party in self.accord.parties if party not in self.parties]
        return frozenset().union(*(self.accord.controllers_of(party) for party in others))
