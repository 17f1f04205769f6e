"""The methods statement for an expert: how it was judged, from which sources, how wrong it may be, and where it departs from the text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from veedor.accord.model import Accord, readings_of
from veedor.accord.tests import KINDS, STATISTICAL
from veedor.indicators.series import Indicator
from veedor.kernel.language import N_, Sentence, Template
from veedor.reports import causes, parts
from veedor.reports.document import Block, Document, Heading, Paragraph, Points, Said, Table, Word
from veedor.reports.method_texts import GATES, METHODS, NOT_MEASURED, ROUNDING
from veedor.sources.source import Source
from veedor.verdicts.judge import indicator_of
from veedor.verdicts.verdict import DECIDED, Judgement, Outcome, Verdict

TITLE = Template("rep.methods.title", N_("Methods statement: {title}"))
USED_BY = Template("rep.methods.used-by", N_("Used by {count} of {verdicts} verdicts."))
NO_TEST = Template(
    "rep.methods.no-test", N_("{count} of {verdicts} verdicts have no test in the text and are undetermined for that reason.")
)
BUDGET = Template(
    "rep.methods.budget",
    N_(
        "The accord allows {broken} wrong BROKEN and {kept} wrong KEPT over its whole life. This release does not show that the "
        "budget is held: calibration on worlds with known truth is not part of it."
    ),
)
STATISTICAL_COUNT = Template(
    "rep.methods.statistical",
    N_(
        "{decided} of {verdicts} verdicts are decided, {statistical} of them by a test on noisy figures or grades; the errors "
        "below concern those."
    ),
)
UNDETERMINED_COUNT = Template("rep.methods.undetermined", N_("{count} verdicts are undetermined, by cause: {causes}."))
CAUSE_COUNT = Template("rep.methods.cause-count", N_("{cause}: {count}"))
NO_SOURCE_ASKED = N_("No test of this accord asks for figures.")
INDICATOR = Template("rep.methods.indicator", N_("{name}: {title}. {measures}"))
DENOMINATOR = Template("rep.methods.denominator", N_("Denominator: {denominator}"))
ASSUMES = Template("rep.methods.assumes", N_("Assumes: {assumes} Not for: {not_for}"))
AMBIGUOUS = Template("rep.methods.ambiguous", N_("Can mean two things: {words}"))
OPEN = Template("rep.methods.open", N_("No open source is registered for it; somebody has to hand in the record."))
STARTS_MOVED = Template(
    "rep.methods.starts-moved",
    N_("The accord starts on {own}; it was judged as if it had started on {taken}. Every deadline counted from the start moved with it."),
)
POST_HOC = Template("rep.methods.post-hoc", N_("{commitment}: its test was changed on {day}, after its first figures were visible. {why}"))
READINGS = Template("rep.methods.readings", N_("{commitment} is read in {count} ways, each judged apart: {names}."))
UNLAWFUL = Template("rep.methods.unlawful", N_("{commitment}: its object is unlawful, so it is recorded and never tested. {why}"))
ONE_SIDED = Template("rep.methods.one-sided", N_("{flag}: {verdicts}."))
SYNTHETIC = N_("Every figure is made up. Nothing here says anything about the world.")
NO_DEVIATION = N_("None: no test was changed after the fact, the start is the accord's own, and every snapshot held was used.")
METHOD = Template("rep.methods.method", N_("Method of judging: {method}"))
VERSIONS = Template("rep.methods.versions", N_("Versions: {versions}"))
VERSION = Template("rep.methods.version", N_("{name} {version}"))
ACCORD = Template("rep.methods.accord", N_("Text of the accord, without signatures: {digest}"))
INPUTS = Template("rep.methods.inputs", N_("Everything that was looked at: {digest}"))
RUN = Template("rep.methods.run", N_("Result together with the versions: {digest}"))
HANDED_IN = Template("rep.methods.handed-in", N_("Handed in, by whoever the table names as controller: {names}."))


class _Use(NamedTuple):
    """One source as one controller's evidence of one grade."""

    source: str
    controller: str
    grade: str
    snapshots: int
    verdicts: int


def methods(shelf: parts.Shelf, judgement: Judgement, *, synthetic: bool = False) -> Document:
    """The statement for one judgement."""
    asked = _asked(shelf)
    deviations = tuple(_deviations(shelf.accord, judgement, synthetic=synthetic))
    return Document(
        name="methods",
        title=TITLE(title=judgement.title),
        exercise=judgement.exercise,
        synthetic=synthetic,
        blocks=(
            parts.basis(judgement),
            *_kinds(shelf.accord, judgement),
            *_errors(shelf.accord, judgement),
            Heading(Word(N_("From figures to a verdict"))),
            Points(_each(GATES), numbered=True),
            Heading(Word(N_("Rounding"))),
            Points(_each(ROUNDING)),
            *_sources(shelf, judgement, asked),
            *_indicators(asked),
            Heading(Word(N_("Where this departs from the text or from the plan"))),
            Points(tuple((one,) for one in deviations)) if deviations else Paragraph((Word(NO_DEVIATION),)),
            *_versions(judgement),
            parts.again(judgement),
        ),
        data=_data(shelf, judgement, asked),
    )


def _each(texts: Iterable[str]) -> tuple[tuple[Said, ...], ...]:
    return tuple((Word(text),) for text in texts)


def _kind_of(accord: Accord, verdict: Verdict) -> str:
    test = parts.test_of(accord, verdict)
    return "" if test is None else test.kind


def _kinds(accord: Accord, judgement: Judgement) -> Iterator[Block]:
    count = Counter(_kind_of(accord, verdict) for verdict in judgement.verdicts)
    every = len(judgement.verdicts)
    yield Heading(Word(N_("How it was judged")))
    for kind in (kind for kind in KINDS if count[kind]):
        text = METHODS[kind]
        yield Heading(Word(text.name), 3)
        yield Paragraph((Word(text.asks), USED_BY(count=count[kind], verdicts=every)))
        lines = (
            (N_("Method."), text.does),
            (N_("Published in."), text.published),
            (N_("Assumes."), text.assumes),
            (N_("Not for."), text.not_for),
            (N_("Errors."), text.errors),
        )
        yield Points(tuple((Word(label), Word(words)) for label, words in lines))
    if count[""]:
        yield Paragraph((NO_TEST(count=count[""], verdicts=every),))


def _errors(accord: Accord, judgement: Judgement) -> Iterator[Block]:
    decided = [v for v in judgement.verdicts if v.outcome in DECIDED]
    statistical = sum(_kind_of(accord, v) in STATISTICAL for v in decided)
    found = Counter(causes.cause(v) for v in judgement.verdicts if v.outcome is Outcome.UNDETERMINED)
    yield Heading(Word(N_("How wrong it may be")))
    yield Paragraph(
        (
            BUDGET(broken=accord.errors.false_broken, kept=accord.errors.false_kept),
            STATISTICAL_COUNT(decided=len(decided), verdicts=len(judgement.verdicts), statistical=statistical),
        )
    )
    yield Points(_each(NOT_MEASURED))
    if found:
        said = tuple(CAUSE_COUNT(cause=causes.CAUSES[cause](), count=count) for cause, count in found.most_common())
        yield Paragraph((UNDETERMINED_COUNT(count=sum(found.values()), causes=said),))


def _asked(shelf: parts.Shelf) -> tuple[Indicator, ...]:
    """The indicators that the accord's tests ask for, in its order."""
    tests = (test for commitment in shelf.accord.commitments.values() for _, _, test in readings_of(commitment))
    names = dict.fromkeys(name for test in tests if (name := indicator_of(test)) is not None and name in shelf.indicators)
    return tuple(shelf.indicators[name] for name in names)


def _uses(judgement: Judgement, asked: tuple[Indicator, ...], sources: Mapping[str, Source]) -> tuple[_Use, ...]:
    """Every source that a verdict rests on, then those asked for of which no verdict could use anything."""
    snapshots: dict[tuple[str, str, str], set[str]] = {}
    verdicts: Counter[tuple[str, str, str]] = Counter()
    for verdict in judgement.verdicts:
        keys = {(s.source, s.controller, s.grade) for s in verdict.supports}
        verdicts.update(keys)
        for s in verdict.supports:
            snapshots.setdefault((s.source, s.controller, s.grade), set()).add(s.snapshot)
    used = tuple(_Use(*key, len(snapshots[key]), verdicts[key]) for key in sorted(snapshots))
    named = {use.source for use in used}
    idle = sorted({name for one in asked for name in one.sources if name in sources} - named)
    return (*used, *(_Use(name, sources[name].controller, sources[name].grade, 0, 0) for name in idle))


def _sources(shelf: parts.Shelf, judgement: Judgement, asked: tuple[Indicator, ...]) -> Iterator[Block]:
    uses = _uses(judgement, asked, shelf.sources)
    yield Heading(Word(N_("Sources, and who controls them")))
    if not uses:
        yield Paragraph((Word(NO_SOURCE_ASKED),))
        return
    heads = (N_("Source"), N_("Publisher"), N_("Controller"), N_("Grade"), N_("Snapshots used"), N_("Verdicts"))
    yield Table(tuple(map(Word, heads)), tuple(_use_row(use, shelf.sources) for use in uses))
    names = tuple(dict.fromkeys(use.source for use in uses))
    handed_in = tuple(name for name in names if name not in shelf.sources)
    said = [_source(shelf.sources[name]) for name in names if name in shelf.sources]
    yield Points((*said, *([(HANDED_IN(names=handed_in),)] if handed_in else [])))


def _use_row(use: _Use, sources: Mapping[str, Source]) -> tuple[Said, ...]:
    publisher = sources[use.source].publisher if use.source in sources else ""
    return use.source, publisher, use.controller, use.grade, use.snapshots, use.verdicts


def _source(source: Source) -> tuple[Said, ...]:
    return f"{source.name}:", Word(source.measures), Word(N_("Breaks and traps:")), Word(source.breaks)


def _indicators(asked: tuple[Indicator, ...]) -> Iterator[Block]:
    if asked:
        yield Heading(Word(N_("Indicators that the accord asks for")))
        yield Points(tuple(_indicator(one) for one in asked))


def _indicator(one: Indicator) -> tuple[Said, ...]:
    said: list[Said] = [INDICATOR(name=one.name, title=one.title, measures=one.measures)]
    said += [DENOMINATOR(denominator=one.denominator)] if one.denominator.en else []
    said += [ASSUMES(assumes=one.assumes, not_for=one.not_for)]
    said += [AMBIGUOUS(words=one.ambiguous)] if one.ambiguous.en else []
    said += [] if one.sources else [OPEN()]
    said += [Word(N_("Unit:")), Word(one.unit)] if one.unit else []
    return tuple(said)


def _deviations(accord: Accord, judgement: Judgement, *, synthetic: bool) -> Iterator[Said]:
    """Everything a reader of the text alone would not expect."""
    if synthetic:
        yield Word(SYNTHETIC)
    if judgement.starts != accord.starts:
        yield STARTS_MOVED(own=accord.starts, taken=judgement.starts)
    for name, commitment in accord.commitments.items():
        if commitment.post_hoc is not None:
            yield POST_HOC(commitment=name, day=commitment.post_hoc.date, why=commitment.post_hoc.why.text)
        if commitment.readings:
            names = tuple(reading.reading for reading in commitment.readings)
            yield READINGS(commitment=name, count=len(names), names=names)
        if commitment.unlawful is not None:
            yield UNLAWFUL(commitment=name, why=commitment.unlawful.text)
    one_sided: dict[Sentence, list[str]] = {}
    for verdict in judgement.verdicts:
        for flag in (flag for flag in verdict.flags if flag.name == "one-sided"):
            one_sided.setdefault(flag.sentence, []).append(verdict.label)
    yield from (ONE_SIDED(flag=flag, verdicts=tuple(labels)) for flag, labels in one_sided.items())
    yield from dict.fromkeys((*judgement.left_out, *(sentence for verdict in judgement.verdicts for sentence in verdict.left_out)))


def _versions(judgement: Judgement) -> Iterator[Block]:
    yield Heading(Word(N_("Versions and digests")))
    yield Points(
        (
            (METHOD(method=judgement.method),),
            (VERSIONS(versions=tuple(VERSION(name=name, version=version) for name, version in judgement.versions)),),
            (ACCORD(digest=judgement.accord_digest),),
            (INPUTS(digest=judgement.inputs_digest),),
            (RUN(digest=judgement.run_digest),),
        )
    )


def _data(shelf: parts.Shelf, judgement: Judgement, asked: tuple[Indicator, ...]) -> dict[str, object]:
    kinds = Counter(_kind_of(shelf.accord, verdict) or "none" for verdict in judgement.verdicts)
    return {
        "as_of": judgement.as_of,
        "starts": judgement.starts,
        "own_start": shelf.accord.starts,
        "method": judgement.method,
        "versions": dict(judgement.versions),
        "digests": {name: getattr(judgement, f"{name}_digest") for name in ("accord", "inputs", "result", "run")},
        "verdicts_by_kind_of_test": dict(sorted(kinds.items())),
        "sources": [use._asdict() for use in _uses(judgement, asked, shelf.sources)],
        "indicators": {one.name: one.digest for one in asked},
        "error_budget": {"false_broken": shelf.accord.errors.false_broken, "false_kept": shelf.accord.errors.false_kept},
        "error_rates_measured": False,
    }
