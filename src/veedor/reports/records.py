"""Which record would settle an undetermined verdict, who holds it, and under which law it can be asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Literal, NamedTuple, TypeAlias

from veedor.accord.tests import AbsenceTest, AnyTest, CadenceTest, ChangeTest, MilestoneTest
from veedor.indicators import answers
from veedor.indicators.series import Indicator
from veedor.inference.noise import SHORTEST
from veedor.kernel.language import Text
from veedor.kernel.months import Period, add_months
from veedor.records.places import country
from veedor.reports import causes, parts
from veedor.reports.laws import Law, laws
from veedor.reports.parts import Shelf
from veedor.verdicts.judge import indicator_of
from veedor.verdicts.rows import verdict_digest
from veedor.verdicts.verdict import Judgement, Outcome, Verdict

Trace: TypeAlias = Literal["series", "done-once", "done-often", "event"]
_TRACES: dict[type[AnyTest], Trace] = {MilestoneTest: "done-once", CadenceTest: "done-often", AbsenceTest: "event"}


class Quoted(NamedTuple):
    """A verdict as it is cited: its label and its digest."""

    label: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A record that would settle verdicts: an indicator's figures at a place, or the trace that an act has left."""

    trace: Trace
    name: str  # indicator, or label of the act
    place: str  # code; empty for acts
    period: Period
    says: Text  # the commitment in words
    settles: tuple[Quoted, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who can hand a record over."""

    controller: str
    office: str  # empty where neither a publisher nor the accord names one
    law: Law | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedies:
    """Every undetermined verdict, by what would end it."""

    asked: tuple[tuple[Holder, tuple[Wanted, ...]], ...]  # one request each
    public: tuple[tuple[str, tuple[Quoted, ...]], ...]  # indicator whose files are published and only have to be taken in
    unasked: tuple[tuple[Holder, tuple[Wanted, ...]], ...]  # no law of access is on file for whoever holds it
    others: tuple[tuple[causes.Cause, tuple[Quoted, ...]], ...]  # no record settles them


def remedies(shelf: Shelf, judgement: Judgement) -> Remedies:
    """Sort the undetermined verdicts: records to ask for, already public, beyond any law on file, or settled by no record."""
    held: dict[Holder, dict[tuple[str, str], Wanted]] = {}
    public: dict[str, list[Quoted]] = {}
    others: dict[causes.Cause, list[Quoted]] = {}
    for verdict in (v for v in judgement.verdicts if v.outcome is Outcome.UNDETERMINED):
        quoted = Quoted(verdict.label, verdict_digest(verdict))
        wanted = _wanted(shelf, judgement, verdict, quoted)
        holders = tuple(dict.fromkeys(_holders(shelf, verdict, wanted))) if wanted is not None else ()
        if wanted is None or not holders:
            others.setdefault(causes.cause(verdict), []).append(quoted)
        elif causes.cause(verdict) == "public":
            public.setdefault(wanted.name, []).append(quoted)
        else:
            for holder in holders:
                found = held.setdefault(holder, {})
                key = (wanted.name, wanted.place)
                found[key] = _merged(found[key], wanted) if key in found else wanted
    ordered = sorted(held, key=lambda holder: (holder.controller, not holder.office, holder.office))
    return Remedies(
        asked=tuple((holder, tuple(held[holder].values())) for holder in ordered if holder.law is not None),
        public=tuple((name, tuple(found)) for name, found in public.items()),
        unasked=tuple((holder, tuple(held[holder].values())) for holder in ordered if holder.law is None),
        others=tuple((cause, tuple(found)) for cause, found in others.items()),
    )


def _merged(first: Wanted, second: Wanted) -> Wanted:
    whole = Period(min(first.period.starts, second.period.starts), max(first.period.ends, second.period.ends))
    return replace(first, period=whole, settles=(*first.settles, *second.settles))


def _wanted(shelf: Shelf, judgement: Judgement, verdict: Verdict, quoted: Quoted) -> Wanted | None:
    """The record, or None where none would decide: an inspection, another coder, more time or another text would."""
    test, cause = parts.test_of(shelf.accord, verdict), causes.cause(verdict)
    says = shelf.accord.commitments[verdict.commitment].says.text
    name = indicator_of(test)
    if cause in {"figures", "public"} and name in shelf.indicators and test is not None and name is not None:
        indicator = shelf.indicators[name]
        place, period = getattr(test, "place", "") or indicator.place, _months(judgement, verdict, test, indicator)
        return Wanted(trace="series", name=name, place=place, period=period, says=says, settles=(quoted,))
    if cause in {"record", "independence"} and test is not None and type(test) in _TRACES and name not in shelf.indicators:
        since = shelf.accord.duty_period(verdict.commitment, judgement.starts).starts
        until = max(judgement.as_of, since) + timedelta(days=1)
        label: str = getattr(test, test.kind)
        return Wanted(trace=_TRACES[type(test)], name=label, place="", period=Period(since, until), says=says, settles=(quoted,))
    return None


def _months(judgement: Judgement, verdict: Verdict, test: AnyTest, indicator: Indicator) -> Period:
    """The window, the baseline and, for monthly figures, the months without which nobody knows how much they move by themselves."""
    until = min(verdict.due or judgement.as_of, judgement.as_of)
    ends = until.replace(day=1) if until.day > 1 and indicator.rhythm == "month" else until
    first = [add_months(ends, -getattr(test, "over", 12))]
    if isinstance(test, ChangeTest):
        first.append(test.against.on(judgement.starts).starts)
    if indicator.rhythm == "month" and indicator.model in {"count", "amount"}:
        first.append(add_months(ends, -SHORTEST))
    return Period(min(first), ends)


def _holders(shelf: Shelf, verdict: Verdict, wanted: Wanted) -> Iterator[Holder]:
    if wanted.trace == "series":
        for controller in _controllers(shelf, verdict, wanted):
            yield Holder(controller=controller, office=_publisher(shelf, verdict, wanted, controller), law=laws().get(controller))
        return
    for party in _silent(shelf, verdict):
        controller, office = _main(shelf, party), shelf.accord.commitments[verdict.commitment].owner.get(party, "")
        yield Holder(controller=controller, office=office, law=laws().get(controller))


def _controllers(shelf: Shelf, verdict: Verdict, wanted: Wanted) -> tuple[str, ...]:
    """Who controls the figures; where no publisher is registered, the authorities of the place, and those of the parties judged."""
    if verdict.reasons[0].code != answers.NO_SOURCE.code:
        return verdict.controls_cause
    states = (party for party in verdict.parties if shelf.accord.parties[party].kind != "armed-group")
    return tuple(dict.fromkeys((country(wanted.place), *(_main(shelf, party) for party in states))))


def _main(shelf: Shelf, party: str) -> str:
    """The controller that is the party itself, or the first of those that answer to it."""
    controllers = shelf.accord.controllers_of(party)
    return party if party in controllers else min(controllers)


def _silent(shelf: Shelf, verdict: Verdict) -> tuple[str, ...]:
    """Whom to ask about an act: the parties judged, or where one side alone has spoken the others. An armed group is never asked."""
    known = frozenset(support.controller for support in verdict.supports) if causes.cause(verdict) == "independence" else frozenset()
    parties = tuple(shelf.accord.parties) if known else verdict.parties
    states = tuple(party for party in parties if shelf.accord.parties[party].kind != "armed-group")
    return tuple(party for party in states if not shelf.accord.controllers_of(party) & known)


def _publisher(shelf: Shelf, verdict: Verdict, wanted: Wanted, controller: str) -> str:
    """The publisher of the indicator's main source, which its header names first; without one, the office that the accord names."""
    named = [shelf.sources[name] for name in shelf.indicators[wanted.name].sources if name in shelf.sources]
    published = next((source.publisher for source in named if source.controller == controller), "")
    owner = shelf.accord.commitments[verdict.commitment].owner
    owned = (owner.get(party, "") for party in shelf.accord.parties if controller in shelf.accord.controllers_of(party))
    return published or next(filter(None, owned), "")
