"""Whether the accord treats its parties alike: who owes what kind of duty, and whose duties anyone could judge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from veedor.accord.model import debtors
from veedor.accord.rules import completeness, evidence, times
from veedor.accord.rules.lens import Finding, Lens, Rule
from veedor.kernel.language import N_, Template

MIX_APART = Rule(
    "ACC301",
    "note",
    Template("acc.301", N_("{party} owes {results} results among {duties} duties, {other} {other_results} among {other_duties}.")),
    N_(
        "Whoever owes results is judged by what happens; whoever owes conduct, by what it does. A party that owes mostly results "
        "can fail although it acts, and one that owes only conduct cannot fail whatever happens."
    ),
)
ONE_SIDED = Rule(
    "ACC302",
    "error",
    Template("acc.302", N_("Only {party} owes duties that have a test: the accord judges one side.")),
    N_("One-way certification is what failed in the past. Each state and international party needs duties that can be judged."),
)
SHARES_APART = Rule(
    "ACC303",
    "warning",
    Template(
        "acc.303", N_("{judgeable} of {duties} duties of {party} could be judged, but {other_judgeable} of {other_duties} of {other}.")
    ),
    N_("A party whose duties nobody can judge cannot be found in breach, however it acts."),
)
RULES = (MIX_APART, ONE_SIDED, SHARES_APART)
APART = Decimal("0.25")  # a quarter more or less, of at least so many duties each
ENOUGH = 4

BLOCKING = frozenset(
    rule.code
    for rule in (
        completeness.NO_TEST, evidence.UNKNOWN_INDICATOR, evidence.NO_OPEN_SOURCE, evidence.UNIT_MISMATCH, evidence.NO_UNIT,
        evidence.UNKNOWN_PLACE, evidence.NO_SHARE, evidence.OWN_SOURCES, evidence.COUNTERPART_SOURCES, evidence.TOO_FEW_CONTROLLERS,
        evidence.NO_ATTRIBUTION, times.DUE_BEFORE_DUTY, times.DUE_AFTER_END, times.TAKES_TOO_LONG, times.BASELINE_LATE,
    )
)  # fmt: skip
"""Findings with which a duty cannot be judged, with what the catalogue holds today."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgeable:
    """How many duties of a party anyone could ever judge, of how many, and why not the others."""

    party: str
    duties: int
    judgeable: int
    because: tuple[tuple[str, int], ...]  # rule and number of duties it blocks; a duty may be blocked by several

    @property
    def share(self) -> Decimal:
        """Judgeable duties of all; zero of a party that owes nothing."""
        return Decimal(self.judgeable) / self.duties if self.duties else Decimal(0)


def judgeable(lens: Lens, found: Sequence[Finding]) -> tuple[Judgeable, ...]:
    """The count for each party. A duty counts once, whatever its readings: one that can be judged is enough."""
    blocked = [finding for finding in found if finding.rule in BLOCKING]
    made = []
    for party in lens.accord.parties:
        duties = tuple(_owed(lens, party))
        because: Counter[str] = Counter()
        free = 0
        for name in duties:
            mine = [f for f in blocked if f.commitment == name and f.party in {"", party}]
            readings = {view.reading for view in lens.views if view.name == name}
            stopped = {f.reading for f in mine}
            if "" in stopped or readings <= stopped:
                because.update({f.rule for f in mine})
            else:
                free += 1
        made.append(Judgeable(party=party, duties=len(duties), judgeable=free, because=tuple(sorted(because.items()))))
    return tuple(made)


def check(lens: Lens, found: Sequence[Finding]) -> Iterator[Finding]:
    """Every difference between the parties that one of them might call unfair."""
    tested = {view.name for view in lens.binding if view.test is not None}
    sides = [party for party in lens.signers if tested.intersection(_owed(lens, party))]
    if len(lens.signers) > 1 and len(sides) == 1:
        yield lens.find(ONE_SIDED, ("commitments",), party=sides[0])
    counts = {count.party: count for count in judgeable(lens, found) if count.party in lens.signers and count.duties >= ENOUGH}
    ordered = sorted(counts.values(), key=lambda count: (-count.share, count.party))
    if len(ordered) < 2:
        return
    most, least = ordered[0], ordered[-1]
    if most.share - least.share > APART:
        yield lens.find(
            SHARES_APART,
            ("commitments",),
            party=most.party,
            judgeable=most.judgeable,
            duties=most.duties,
            other=least.party,
            other_judgeable=least.judgeable,
            other_duties=least.duties,
        )
    yield from _mix(lens, tuple(counts))


def _mix(lens: Lens, parties: tuple[str, ...]) -> Iterator[Finding]:
    commitments = lens.accord.commitments
    owed = {party: tuple(_owed(lens, party)) for party in parties}
    results = {party: sum(commitments[name].kind == "result" for name in names) for party, names in owed.items()}
    ordered = sorted(parties, key=lambda party: (-Decimal(results[party]) / len(owed[party]), party))
    most, least = ordered[0], ordered[-1]
    if Decimal(results[most]) / len(owed[most]) - Decimal(results[least]) / len(owed[least]) > APART:
        yield lens.find(
            MIX_APART,
            ("commitments",),
            party=most,
            results=results[most],
            duties=len(owed[most]),
            other=least,
            other_results=results[least],
            other_duties=len(owed[least]),
        )


def _owed(lens: Lens, party: str) -> Iterator[str]:
    for name, commitment in lens.accord.commitments.items():
        if commitment.unlawful is None and any(party in group for group in debtors(lens.accord, commitment)):
            yield name
