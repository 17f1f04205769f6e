"""The agenda of a secretariat: two printed pages of what the next meeting of each organ has to decide, ask for, or repair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple, TypeAlias

from veedor.accord.lint import Finding
from veedor.accord.model import Accord, Organ, debtors
from veedor.kernel.language import N_, Sentence, Template, Text, Value
from veedor.reports import causes, parts
from veedor.reports.document import Block, Clause, Document, Heading, Paragraph, Points, Said, Table, Word
from veedor.verdicts.rows import verdict_digest
from veedor.verdicts.verdict import Flag, Judgement, Outcome, Verdict

AHEAD = timedelta(days=90)
DECISIONS, EACH, COMING, NAMED, REPAIRS = 20, 2, 8, 4, 4
"""Rows of decisions, rows that every organ gets, rows of what falls due, names in a list, repairs: all full, they make two pages."""

Matter: TypeAlias = Literal["broken", "missed", "suspension", "undecided", "late", "due"]
_MATTERS: tuple[Matter, ...] = ("broken", "missed", "suspension", "undecided", "late", "due")
_RHYTHMS = ("weekly", "monthly", "quarterly", "half-yearly", "yearly")
_SEVERITIES = ("error", "warning", "note")

TITLE = Template("rep.agenda.title", N_("Agenda: {title}"))
MEETS = {
    "weekly": Template("rep.agenda.weekly", N_("{organ}: meets every week")),
    "monthly": Template("rep.agenda.monthly", N_("{organ}: meets every month")),
    "quarterly": Template("rep.agenda.quarterly", N_("{organ}: meets every quarter")),
    "half-yearly": Template("rep.agenda.half-yearly", N_("{organ}: meets every half-year")),
    "yearly": Template("rep.agenda.yearly", N_("{organ}: meets every year")),
}
MEETS_NEVER = Template("rep.agenda.never", N_("{organ}: the accord gives it no rhythm of meetings"))
NO_ORGAN = Template("rep.agenda.no-organ", N_("The accord names no organ that decides these"))
BROKEN = Template("rep.agenda.broken", N_("BROKEN: {step}"))
BROKEN_ALONE = Template("rep.agenda.broken-alone", N_("BROKEN: no step is named"))
MISSED = Template("rep.agenda.missed", N_("MISSED: {step}"))
MISSED_ALONE = Template("rep.agenda.missed-alone", N_("MISSED: no step is named"))
STEP = Template("rep.agenda.step", N_("{step}: {name}, to be decided within {days} days"))
UNDECIDED: Mapping[causes.Cause, Template] = {
    "record": Template("rep.agenda.record", N_("ask for its record")),
    "figures": Template("rep.agenda.figures", N_("ask for its figures")),
    "public": Template("rep.agenda.public", N_("take in its published figures")),
    "independence": Template("rep.agenda.independence", N_("ask for an independent record")),
    "inspection": Template("rep.agenda.inspection", N_("decide on an inspection")),
    "coders": Template("rep.agenda.coders", N_("name another coder")),
    "time": Template("rep.agenda.time", N_("wait: too close to the limit")),
    "text": Template("rep.agenda.text", N_("agree on a test")),
    "source": Template("rep.agenda.source", N_("ask the publisher for finer figures")),
    "unlawful": Template("rep.agenda.unlawful", N_("nothing: it is never tested")),
    "other": Template("rep.agenda.other", N_("look: veedor explain")),
}
"""What is asked for where it cannot be told; the heading says that these are undecided."""
MORE_DECISIONS = Template("rep.agenda.more", N_("… and {count} more of this organ; veedor judge lists them all."))
DECIDE = Template("rep.agenda.decide", N_("For decision: {count}"))
DECIDE_COUNTS = Template(
    "rep.agenda.decide-counts",
    N_(
        "Broken: {broken}; missed: {missed}; suspension proposed: {suspension}; due, and cannot be told: {undecided}; done late: {late}. "
        "Steps are proposed here and decided by an organ. A missed result is not by itself a breach."
    ),
)
NOTHING = N_("Nothing is broken, missed, late, overdue or proposed for suspension.")
COMING_NONE = Template("rep.agenda.coming-none", N_("Nothing falls due up to {day}."))
COMING_TITLE = Template("rep.agenda.coming", N_("Falls due in the next 90 days, up to {day}: {count}"))
NOBODY = N_("nobody is named")
OWNER = Template("rep.agenda.owner", N_("{party}: {office}"))
OWNERS = Template("rep.agenda.owners", N_("{without} of {duties}"))
ALL_OWNED = N_("Every duty of every party names an office that acts.")
AND_MORE = Template("rep.agenda.and-more", N_("{names} and {count} more"))
REPAIR = Template("rep.agenda.repair", N_("{commitments} (line {line}): {why}"))
FOUND = Template("rep.agenda.found", N_("{errors} errors, {warnings} warnings and {notes} notes in the text."))
MORE_REPAIRS = Template(
    "rep.agenda.more-repairs", N_("Further clauses proposed: {count}. Findings without a clause: {bare}. veedor lint lists them all.")
)
WHOLE = Template("rep.agenda.whole", N_("The accord as a whole"))
AND_FLAG = Template("rep.agenda.and-flag", N_("{what}; {flag}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing an organ has to decide or to ask for."""

    matter: Matter
    commitment: str
    parties: tuple[str, ...]
    organ: str  # who decides it; empty when the accord names nobody
    step: str  # of the ladder, the first that may follow; empty when none is named
    day: date | None  # last day in time
    owner: tuple[tuple[str, str], ...]  # party and the office that acts; an empty office where none is named
    verdict: str  # digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Repaired:
    """One clause that would repair one weakness of one or several commitments."""

    rule: str
    commitments: tuple[str, ...]
    line: int
    sentence: Sentence
    clause: Text
    paste: str


class _Shown(NamedTuple):
    item: Item
    what: Said
    when: Said


def agenda(accord: Accord, judgement: Judgement, findings: Sequence[Finding], *, synthetic: bool = False) -> Document:
    """The agenda as of the day of judging, from the verdicts and from what lint found in the text."""
    shown = sorted(_decisions(accord, judgement), key=_order)
    repairs = _repairs(findings)
    without = _without_owner(accord)
    coming = _coming(accord, judgement)
    return Document(
        name="agenda",
        title=TITLE(title=judgement.title),
        exercise=judgement.exercise,
        synthetic=synthetic,
        blocks=(
            parts.basis(judgement),
            Heading(DECIDE(count=len(shown))),
            *(_decision_blocks(accord, shown) if shown else (Paragraph((Word(NOTHING),)),)),
            *_steps(accord, shown),
            *_coming_blocks(accord, coming, judgement.as_of + AHEAD),
            *_owner_blocks(without),
            *_repair_blocks(repairs, findings),
            parts.again(judgement),
        ),
        data={
            "as_of": judgement.as_of,
            "result_digest": judgement.result_digest,
            "decisions": [one.item for one in shown],
            "due_soon": [_item(accord, verdict, "due") for verdict in coming],
            "without_owner": {party: names for party, (names, _) in without.items()},
            "repairs": repairs,
        },
    )


def _decisions(accord: Accord, judgement: Judgement) -> Iterator[_Shown]:
    for verdict in judgement.verdicts:
        matter = _matter(verdict, judgement.as_of)
        if matter is not None:
            item = _item(accord, verdict, matter)
            yield _Shown(item, _what(accord, item, verdict), parts.when(accord, verdict))


def _matter(verdict: Verdict, as_of: date) -> Matter | None:
    if verdict.outcome is Outcome.BROKEN:
        return "broken"
    if verdict.outcome is Outcome.MISSED:
        return "missed"
    if _flag(verdict, "suspension-proposed") is not None:
        return "suspension"
    if verdict.outcome is Outcome.UNDETERMINED and (verdict.due is None or verdict.due <= as_of) and not _is_unlawful(verdict):
        return "undecided"
    return "late" if _flag(verdict, "late") is not None else None


def _is_unlawful(verdict: Verdict) -> bool:
    """Whether no organ may decide it: a term with an unlawful object is recorded and nothing else."""
    return _flag(verdict, "unlawful") is not None


def _flag(verdict: Verdict, name: str) -> Flag | None:
    return next((flag for flag in verdict.flags if flag.name == name), None)


def _item(accord: Accord, verdict: Verdict, matter: Matter) -> Item:
    commitment = accord.commitments[verdict.commitment]
    step = next(iter(commitment.if_broken), "")
    organ = accord.ladder[step].organ if step in accord.ladder else ""
    return Item(
        matter=matter,
        commitment=parts.name_of(verdict),
        parties=verdict.parties,
        organ=organ or accord.reply.decides,
        step=step,
        day=parts.deadline(accord, verdict),
        owner=tuple((party, commitment.owner.get(party, "")) for party in verdict.parties),
        verdict=verdict_digest(verdict),
    )


def _what(accord: Accord, item: Item, verdict: Verdict) -> Sentence:
    """The matter itself, and the flags that an organ has to know of."""
    flags = [found.sentence for name in ("suspension-proposed", "late", "disputed") if (found := _flag(verdict, name)) is not None]
    if item.matter in {"broken", "missed"}:
        full, alone = (BROKEN, BROKEN_ALONE) if item.matter == "broken" else (MISSED, MISSED_ALONE)
        said = full(step=item.step) if item.step in accord.ladder else alone()
    elif item.matter == "undecided":
        said = UNDECIDED[causes.cause(verdict)]()
    else:
        said, flags = flags[0], flags[1:]
    for flag in flags:
        said = AND_FLAG(what=said, flag=flag)
    return said


def _order(shown: _Shown) -> tuple[int, date, str]:
    return _MATTERS.index(shown.item.matter), shown.item.day or date.max, shown.item.commitment


def _decision_blocks(accord: Accord, shown: Sequence[_Shown]) -> Iterator[Block]:
    """One table an organ, those that meet most often first; each gets its first rows, the rest of the room goes to the most pressing."""
    listed_ids = _with_room(shown)
    count = Counter(one.item.matter for one in shown)
    yield Paragraph((DECIDE_COUNTS(**{matter: count[matter] for matter in _MATTERS if matter != "due"}),))
    for key in sorted({one.item.organ for one in shown}, key=lambda key: _next_meeting(accord, key)):
        own = [one for one in shown if one.item.organ == key]
        listed = [one for one in own if id(one) in listed_ids]
        yield Heading(_organ(accord, key), 3)
        heads = (N_("What to decide or ask for"), N_("Commitment"), N_("Party"), N_("Date"), N_("Who acts"))
        yield Table(tuple(map(Word, heads)), tuple(_row(one) for one in listed))
        if len(own) > len(listed):
            yield Paragraph((MORE_DECISIONS(count=len(own) - len(listed)),))


def _steps(accord: Accord, shown: Sequence[_Shown]) -> Iterator[Block]:
    """What the steps that are proposed above mean, once each."""
    proposed = {one.item.step for one in shown if one.item.matter in {"broken", "missed"}}
    named = [(key, step) for key, step in accord.ladder.items() if key in proposed]
    if named:
        yield Points(tuple((STEP(step=key, name=step.name.text, days=step.within),) for key, step in named))


def _with_room(shown: Sequence[_Shown]) -> frozenset[int]:
    count: Counter[str] = Counter()
    first: list[int] = []
    rest: list[int] = []
    for one in shown:
        count[one.item.organ] += 1
        (first if count[one.item.organ] <= EACH else rest).append(id(one))
    return frozenset((*first, *rest)[: max(DECISIONS, len(first))])


def _row(shown: _Shown) -> tuple[Said, ...]:
    item = shown.item
    return shown.what, item.commitment, "+".join(item.parties), shown.when, _offices(item)


def _offices(item: Item) -> Said:
    named = tuple((party, office) for party, office in item.owner if office)
    if not named:
        return Word(NOBODY)
    return named[0][1] if len(item.parties) == 1 else tuple(OWNER(party=party, office=office) for party, office in named)


def _next_meeting(accord: Accord, key: str) -> tuple[int, int]:
    keys = tuple(accord.organs)
    if key not in keys:
        return len(_RHYTHMS) + 1, 0
    meets = accord.organs[key].meets
    return (_RHYTHMS.index(meets) if meets in _RHYTHMS else len(_RHYTHMS)), keys.index(key)


def _organ(accord: Accord, key: str) -> Sentence:
    organ: Organ | None = accord.organs.get(key)
    if organ is None:
        return NO_ORGAN()
    return MEETS.get(organ.meets or "", MEETS_NEVER)(organ=organ.name.text)


def _coming(accord: Accord, judgement: Judgement) -> list[Verdict]:
    last = judgement.as_of + AHEAD
    found = [v for v in judgement.verdicts if v.outcome is Outcome.NOT_DUE and v.due is not None and v.due <= last]
    return sorted(found, key=lambda v: (v.due or last, tuple(accord.commitments).index(v.commitment)))


def _coming_blocks(accord: Accord, coming: Sequence[Verdict], last: date) -> Iterator[Block]:
    yield Heading(COMING_TITLE(day=last, count=len(coming)))
    if not coming:
        yield Paragraph((COMING_NONE(day=last),))
        return
    rows = tuple((parts.when(accord, v), parts.name_of(v), parts.parties_of(v), _offices(_item(accord, v, "due"))) for v in coming[:COMING])
    yield Table(tuple(map(Word, (N_("Date"), N_("Commitment"), N_("Party"), N_("Who acts")))), rows)
    if len(coming) > COMING:
        yield Paragraph((parts.MORE(count=len(coming) - COMING),))


def _without_owner(accord: Accord) -> dict[str, tuple[tuple[str, ...], int]]:
    """By party: its duties for which no office of its own is named, and how many duties it has."""
    found: dict[str, tuple[tuple[str, ...], int]] = {}
    for party, described in accord.parties.items():
        owed = [n for n, c in accord.commitments.items() if c.unlawful is None and any(party in group for group in debtors(accord, c))]
        names = tuple(name for name in owed if not accord.commitments[name].owner.get(party, ""))
        if names and described.kind != "armed-group":
            found[party] = (names, len(owed))
    return found


def _owner_blocks(without: dict[str, tuple[tuple[str, ...], int]]) -> Iterator[Block]:
    yield Heading(Word(N_("Duties for which a party names no office")))
    if not without:
        yield Paragraph((Word(ALL_OWNED),))
        return
    rows = tuple((party, OWNERS(without=len(names), duties=of), _some(names)) for party, (names, of) in without.items())
    yield Table(tuple(map(Word, (N_("Party"), N_("Duties"), N_("Commitments")))), rows)


def _some(names: Sequence[str]) -> Value:
    if len(names) <= NAMED + 1:
        return tuple(names)
    return AND_MORE(names=tuple(names[:NAMED]), count=len(names) - NAMED)


def _repairs(findings: Iterable[Finding]) -> tuple[Repaired, ...]:
    """Clauses proposed, each once: errors first, then those that are whole, then those that repair most commitments."""
    grouped: dict[tuple[str, Text], list[Finding]] = {}
    for finding in findings:
        if finding.repair is not None:
            grouped.setdefault((finding.rule, finding.repair), []).append(finding)
    ranked = sorted(
        grouped.values(), key=lambda group: (_SEVERITIES.index(group[0].severity), not group[0].paste, -len(group), group[0].line)
    )
    return tuple(
        Repaired(
            rule=group[0].rule,
            commitments=tuple(dict.fromkeys(filter(None, (finding.commitment for finding in group)))),
            line=group[0].line,
            sentence=group[0].sentence,
            clause=group[0].repair or Text(en=""),
            paste=group[0].paste,
        )
        for group in ranked
    )


def _repair_blocks(repairs: Sequence[Repaired], findings: Sequence[Finding]) -> Iterator[Block]:
    count = Counter(finding.severity for finding in findings)
    yield Heading(Word(N_("Repairs to the text, ready to negotiate over")))
    yield Paragraph((FOUND(errors=count["error"], warnings=count["warning"], notes=count["note"]),))
    for one in repairs[:REPAIRS]:
        where = _some(one.commitments) if one.commitments else WHOLE()
        yield Paragraph((REPAIR(commitments=where, line=str(one.line), why=one.sentence),))
        yield Clause(one.clause, one.paste)
    bare = sum(finding.repair is None for finding in findings)
    if len(repairs) > REPAIRS or bare:
        yield Paragraph((MORE_REPAIRS(count=max(0, len(repairs) - REPAIRS), bare=bare),))
