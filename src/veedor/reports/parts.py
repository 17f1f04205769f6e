"""What every document says alike: what it rests on, how many verdicts there are, how to make it again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from veedor.accord.model import Accord, readings_of
from veedor.accord.tests import AnyTest
from veedor.indicators.series import Indicator
from veedor.kernel.ids import short
from veedor.kernel.language import N_, Sentence, Template
from veedor.reports.document import Paragraph
from veedor.sources.source import Source
from veedor.verdicts import rows
from veedor.verdicts.verdict import Judgement, Verdict

OUTCOMES = {outcome: Template(f"rep.outcome.{outcome.name.lower()}", said) for outcome, said in rows.WORDS.items()}
STATUSES = {
    "hypothetical": Template("rep.status.hypothetical", N_("hypothetical")),
    "draft": Template("rep.status.draft", N_("a draft")),
    "in-force": Template("rep.status.in-force", N_("in force")),
    "ended": Template("rep.status.ended", N_("ended")),
}
BASIS = Template("rep.basis", N_("{title} ({name}), {status}, starts {starts}: judged as of {day} with method {method} of judging."))
BASIS_EXERCISE = Template(
    "rep.basis-exercise",
    N_("{title} ({name}), {status}, as if it had started on {starts}: judged as of {day} with method {method} of judging."),
)
COUNT = Template("rep.count", N_("{count} {outcome}"))
AGAIN = Template("rep.again", N_("Result {digest}. To make it again from the stored bytes: veedor judge --at {short}"))
BY = Template("rep.by", N_("by {day}"))
SINCE = Template("rep.since", N_("since {day}"))
MORE = Template("rep.more", N_("… and {count} more."))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What a report looks things up in besides the judgement: the accord, the indicators, the registered sources."""

    accord: Accord
    indicators: Mapping[str, Indicator]
    sources: Mapping[str, Source]


def basis(judgement: Judgement) -> Paragraph:
    """Which accord, from when, judged as of which day; how many verdicts of each outcome, from how many snapshots."""
    words = BASIS_EXERCISE if judgement.exercise else BASIS
    found = Counter(v.outcome for v in judgement.verdicts)
    counts = tuple(COUNT(count=found[outcome], outcome=OUTCOMES[outcome]()) for outcome in rows.ORDER if found[outcome])
    held, used = judgement.snapshots_held, judgement.snapshots_used
    return Paragraph(
        (
            words(
                title=judgement.title,
                name=judgement.accord,
                status=STATUSES[judgement.status](),
                starts=judgement.starts,
                day=judgement.as_of,
                method=judgement.method,
            ),
            rows.COUNTED(verdicts=len(judgement.verdicts), commitments=len({v.commitment for v in judgement.verdicts}), counts=counts),
            rows.USED(used=used, held=held, left=held - used),
        )
    )


def again(judgement: Judgement) -> Paragraph:
    """The digest of the whole result and the command that makes it again."""
    return Paragraph((AGAIN(digest=judgement.result_digest, short=short(judgement.result_digest)),))


def name_of(verdict: Verdict) -> str:
    """The commitment, with its reading where there are several."""
    return f"{verdict.commitment}/{verdict.reading}" if verdict.reading else verdict.commitment


def parties_of(verdict: Verdict) -> str:
    """The parties judged, as tables show them."""
    return "+".join(verdict.parties)


def test_of(accord: Accord, verdict: Verdict) -> AnyTest | None:
    """The test that a verdict answers."""
    return next((test for reading, _, test in readings_of(accord.commitments[verdict.commitment]) if reading == verdict.reading), None)


def when(accord: Accord, verdict: Verdict) -> Sentence | str:
    """The last day in time, or for what binds on every day the day from which it does."""
    day = deadline(accord, verdict)
    if day is not None:
        return BY(day=day)
    return "" if verdict.due is None else SINCE(day=verdict.due)


def deadline(accord: Accord, verdict: Verdict) -> date | None:
    """The last day in time; None for what binds on every day and for what has no test."""
    test = test_of(accord, verdict)
    if verdict.due is None or test is None or test.kind == "absence":
        return None
    return verdict.due - timedelta(days=1)
