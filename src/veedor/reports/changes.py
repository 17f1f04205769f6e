"""What changed between two kept judgements: which verdicts, from what to what, and because of what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from veedor.evidence.snapshot import Snapshot
from veedor.kernel.ids import short
from veedor.kernel.language import N_, Sentence, Template, Text, Value
from veedor.reports.document import Block, Document, Heading, Paragraph, Points, Said, Table, Word
from veedor.reports.kept import KeptJudgement, KeptVerdict
from veedor.reports.parts import MORE, OUTCOMES
from veedor.reports.revisions import Revision

Because: TypeAlias = Literal["came-due", "evidence", "text", "start", "method", "figures"]
ROWS = 40
"""Verdicts that a table lists before it only counts the rest; the JSON has them all."""

TITLE = Template("rep.changes.title", N_("What changed: {title}"))
BETWEEN = Template(
    "rep.changes.between",
    N_("From judgement {before} (as of {first}, made {made_before}) to judgement {after} (as of {second}, made {made_after})."),
)
SUMMARY = Template(
    "rep.changes.summary",
    N_(
        "Of {verdicts} verdicts in both, {outcomes} have another outcome and {numbers} the same outcome with another figure; {new} are new "
        "and {gone} are gone."
    ),
)
SAME = N_("No verdict has another outcome or another figure.")
BEYOND = Template("rep.changes.beyond", N_("Verdicts whose figure differs only beyond the digits shown: {count}."))
OUTCOME_CHANGED = Template("rep.changes.outcomes", N_("Another outcome: {count}"))
NUMBER_CHANGED = Template("rep.changes.numbers", N_("The same outcome, another figure: {count}"))
INTERVAL = Template("rep.changes.interval", N_("{value} ({low} to {high})"))
DIGESTS = Template("rep.changes.digests", N_("{before} → {after}"))
NEW = Template("rep.changes.new", N_("New: {verdict}, {outcome}, verdict {digest}."))
GONE = Template("rep.changes.gone", N_("Gone: {verdict}, which was {outcome}, verdict {digest}."))
BECAUSE: dict[Because, Template] = {
    "came-due": Template("rep.changes.came-due", N_("it came due")),
    "evidence": Template("rep.changes.evidence", N_("it rests on fewer snapshots")),
    "text": Template("rep.changes.text", N_("the accord asks for something else")),
    "start": Template("rep.changes.start", N_("the start was moved")),
    "method": Template("rep.changes.method", N_("the method of judging changed")),
    "figures": Template("rep.changes.figures", N_("other records or periods count")),
}
EVIDENCE = Template("rep.changes.evidence-named", N_("it rests on snapshots that it did not rest on before: {snapshots}"))
CAUSE_DAY = Template("rep.changes.day", N_("The day of judging moved from {first} to {second}."))
CAUSE_START = Template("rep.changes.cause-start", N_("The start from which months are counted moved from {first} to {second}."))
CAUSE_TEXT = Template("rep.changes.cause-text", N_("The accord file changed: {before} → {after}."))
CAUSE_METHOD = Template("rep.changes.cause-method", N_("The method of judging changed: {before} → {after}."))
CAUSE_INDICATORS = Template("rep.changes.cause-indicators", N_("Indicator files of the project's own changed."))
CAUSE_SNAPSHOTS = Template("rep.changes.cause-snapshots", N_("Snapshots: {added} added, {used} of them used; {gone} no longer held."))
CAUSE_NONE = N_("Day, start, accord file, method and snapshots are the same.")
USED, UNUSED = N_("yes"), N_("no")
REVISED = Template(
    "rep.changes.revised",
    N_(
        "{source}, {kind}: {old} → {new}. Of {matched} rows in both, {changed} have another value ({cells} cells); {added} rows are new, "
        "{removed} are gone."
    ),
)
REVISED_IN_USE = Template("rep.changes.revised-in-use", N_("{count} of the changed rows lie in a window that a verdict measures."))
AGAIN = Template("rep.changes.again", N_("To make both again: veedor judge --at {before}, veedor judge --at {after}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One verdict that is not what it was."""

    before: KeptVerdict
    after: KeptVerdict
    because: tuple[Because, ...]
    snapshots: tuple[str, ...]  # newly rested on


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What the project holds besides the two judgements: snapshots by digest, and how many figures publishers changed."""

    title: Text
    snapshots: Mapping[str, Snapshot]
    revisions: tuple[Revision, ...] = ()


def changes(before: KeptJudgement, after: KeptJudgement, held: Held, *, synthetic: bool = False) -> Document:
    """The comparison, oldest judgement first; it carries the exercise label when either of the two does."""
    both = [label for label in after.verdicts if label in before.verdicts]
    found = [_change(before, after, before.verdicts[label], after.verdicts[label]) for label in both]
    outcomes = [one for one in found if one.before.outcome is not one.after.outcome]
    moved = [one for one in found if one.before.outcome is one.after.outcome and one.before.number != one.after.number]
    numbers = [one for one in moved if one.before.printed != one.after.printed]
    new = [verdict for label, verdict in after.verdicts.items() if label not in before.verdicts]
    gone = [verdict for label, verdict in before.verdicts.items() if label not in after.verdicts]
    every = (*before.verdicts.values(), *after.verdicts.values())
    summary = SUMMARY(verdicts=len(both), outcomes=len(outcomes), numbers=len(numbers), new=len(new), gone=len(gone))
    return Document(
        name="changes",
        title=TITLE(title=held.title),
        exercise=any(verdict.exercise for verdict in every),
        synthetic=synthetic,
        blocks=(
            Paragraph((_between(before, after), summary)),
            Heading(Word(N_("What lies between the two"))),
            Points(tuple((cause,) for cause in _causes(before, after))),
            *_table(OUTCOME_CHANGED, outcomes, held),
            *_table(NUMBER_CHANGED, numbers, held),
            *([] if outcomes or numbers else [Paragraph((Word(SAME),))]),
            *([Paragraph((BEYOND(count=len(moved) - len(numbers)),))] if len(moved) > len(numbers) else []),
            *_come_and_gone(new, gone),
            *_snapshots(before, after, held),
            *_revised(held.revisions),
            Paragraph((AGAIN(before=short(before.recipe.result_digest), after=short(after.recipe.result_digest)),)),
        ),
        data=_data(before, after, held, (*outcomes, *moved), new, gone),
    )


def _between(before: KeptJudgement, after: KeptJudgement) -> Sentence:
    first, second = before.recipe, after.recipe
    return BETWEEN(
        before=short(first.result_digest),
        first=first.as_of,
        made_before=first.made_at,
        after=short(second.result_digest),
        second=second.as_of,
        made_after=second.made_at,
    )


def _causes(before: KeptJudgement, after: KeptJudgement) -> tuple[Said, ...]:
    """Everything that differs between the two and could have moved a verdict."""
    old, new = before.recipe, after.recipe
    found: list[Said] = []
    if old.as_of != new.as_of:
        found.append(CAUSE_DAY(first=old.as_of, second=new.as_of))
    if old.starts != new.starts:
        found.append(CAUSE_START(first=old.starts, second=new.starts))
    if old.accord != new.accord:
        found.append(CAUSE_TEXT(before=short(old.accord), after=short(new.accord)))
    if old.method != new.method:
        found.append(CAUSE_METHOD(before=old.method, after=new.method))
    if set(old.indicators) != set(new.indicators):
        found.append(CAUSE_INDICATORS())
    added = set(new.snapshots) - set(old.snapshots)
    gone = set(old.snapshots) - set(new.snapshots)
    if added or gone:
        found.append(CAUSE_SNAPSHOTS(added=len(added), used=len(added & after.used), gone=len(gone)))
    return tuple(found) or (Word(CAUSE_NONE),)


def _change(before: KeptJudgement, after: KeptJudgement, old: KeptVerdict, new: KeptVerdict) -> Change:
    rests = tuple(sorted(new.supports - old.supports))
    reasons = {
        "method": before.recipe.method != after.recipe.method,
        "start": before.recipe.starts != after.recipe.starts,
        "text": old.bound != new.bound and before.recipe.accord != after.recipe.accord,
        "came-due": new.due is not None and before.recipe.as_of < new.due <= after.recipe.as_of,
        "evidence": new.supports != old.supports,
    }
    because = tuple(cause for cause in BECAUSE if reasons.get(cause))
    return Change(before=old, after=new, because=because or ("figures",), snapshots=rests)


def _table(words: Template, found: Sequence[Change], held: Held) -> Iterator[Block]:
    if not found:
        return
    heads = (N_("Verdict on"), N_("Before"), N_("Now"), N_("Because"), N_("Reason given now"), N_("Verdict digests"))
    yield Heading(words(count=len(found)))
    yield Table(tuple(map(Word, heads)), tuple(_row(one, held) for one in found[:ROWS]))
    if len(found) > ROWS:
        yield Paragraph((MORE(count=len(found) - ROWS),))


def _row(one: Change, held: Held) -> tuple[Said, ...]:
    digests = DIGESTS(before=short(one.before.digest), after=short(one.after.digest))
    reason: Said = one.after.reason if one.after.reason is not None else ""
    return one.after.label, _state(one.before), _state(one.after), _because(one, held), reason, digests


def _state(verdict: KeptVerdict) -> Value:
    """The outcome, and the figure with its interval where there is one."""
    outcome = OUTCOMES[verdict.outcome]()
    if verdict.value is None or verdict.low is None or verdict.high is None:
        return outcome
    return outcome, verdict.value if verdict.low == verdict.high else INTERVAL(value=verdict.value, low=verdict.low, high=verdict.high)


def _because(one: Change, held: Held) -> Value:
    said: list[Sentence] = []
    for cause in one.because:
        words = BECAUSE[cause]()
        named = tuple(f"{held.snapshots[name].source} {short(name)}" if name in held.snapshots else short(name) for name in one.snapshots)
        said.append(EVIDENCE(snapshots=named) if cause == "evidence" and named else words)
    return tuple(said)


def _come_and_gone(new: Iterable[KeptVerdict], gone: Iterable[KeptVerdict]) -> Iterator[Block]:
    entries = [
        (words(verdict=one.label, outcome=OUTCOMES[one.outcome](), digest=short(one.digest)),)
        for words, verdicts in ((NEW, new), (GONE, gone))
        for one in verdicts
    ]
    if entries:
        yield Heading(Word(N_("Verdicts that are in one of the two only")))
        yield Points(tuple(entries))


def _snapshots(before: KeptJudgement, after: KeptJudgement, held: Held) -> Iterator[Block]:
    added = sorted(set(after.recipe.snapshots) - set(before.recipe.snapshots), key=lambda name: (after.recipe.snapshots[name], name))
    if not added:
        return
    yield Heading(Word(N_("Snapshots added")))
    rows = tuple(_snapshot_row(name, after, held) for name in added)
    yield Table(tuple(map(Word, (N_("Snapshot"), N_("Source"), N_("Controller"), N_("Known from"), N_("Period"), N_("Used")))), rows)


def _snapshot_row(name: str, after: KeptJudgement, held: Held) -> tuple[Said, ...]:
    found = held.snapshots.get(name)
    source = "" if found is None else f"{found.source} ({found.part})" if found.part else found.source
    controller = "" if found is None else found.controller
    period = "" if found is None or found.covers is None else str(found.covers)
    return short(name), source, controller, after.recipe.snapshots[name], period, Word(USED if name in after.used else UNUSED)


def _revised(found: Sequence[Revision]) -> Iterator[Block]:
    if not found:
        return
    yield Heading(Word(N_("Figures that publishers changed")))
    yield Points(tuple(_revision(one) for one in found))


def _revision(one: Revision) -> tuple[Said, ...]:
    facts = {name: getattr(one, name) for name in ("source", "kind", "matched", "changed", "cells", "added", "removed")}
    said: list[Said] = [REVISED(**facts, old=short(one.old), new=short(one.new))]
    said += [] if one.in_use is None else [REVISED_IN_USE(count=one.in_use)]
    return tuple(said)


def _data(
    before: KeptJudgement,
    after: KeptJudgement,
    held: Held,
    found: Iterable[Change],
    new: Iterable[KeptVerdict],
    gone: Iterable[KeptVerdict],
) -> dict[str, object]:
    return {
        "before": _recipe(before),
        "after": _recipe(after),
        "changed": [
            {
                "verdict": one.after.label,
                "because": one.because,
                "new_snapshots": one.snapshots,
                "before": _plain(one.before),
                "after": _plain(one.after),
            }
            for one in found
        ],
        "new": {one.label: _plain(one) for one in new},
        "gone": {one.label: _plain(one) for one in gone},
        "snapshots_added": sorted(set(after.recipe.snapshots) - set(before.recipe.snapshots)),
        "revisions": held.revisions,
    }


def _recipe(one: KeptJudgement) -> dict[str, object]:
    return {name: getattr(one.recipe, name) for name in ("result_digest", "as_of", "starts", "accord", "method", "made_at")}


def _plain(one: KeptVerdict) -> dict[str, object]:
    value = None if one.value is None else {"value": one.value.value, "low": one.low, "high": one.high, "unit": one.value.unit}
    return {"outcome": one.outcome.value, "estimate": value, "verdict_digest": one.digest, "due": one.due}
