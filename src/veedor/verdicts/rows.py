"""A judgement as rows of words and numbers: what tables, CSV, Markdown and notebooks show, defined once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html import escape

from veedor.kernel import canonical
from veedor.kernel.known import Known
from veedor.kernel.language import N_, Template, say, translate
from veedor.kernel.quantity import digits
from veedor.verdicts.judge import verdict_plain
from veedor.verdicts.verdict import Judgement, Outcome, Verdict

EXERCISE = N_("exercise: no party has signed this")
ORDER = tuple(Outcome)
COUNTED = Template("ver.counted", N_("{verdicts} verdicts on {commitments} commitments: {counts}."))
USED = Template("ver.used", N_("{used} of {held} snapshots used; {left} left out."))
WORDS = {
    Outcome.KEPT: N_("KEPT"),
    Outcome.BROKEN: N_("BROKEN"),
    Outcome.MET: N_("MET"),
    Outcome.MISSED: N_("MISSED"),
    Outcome.UNDETERMINED: N_("UNDETERMINED"),
    Outcome.NOT_DUE: N_("NOT DUE"),
    Outcome.SUSPENDED: N_("SUSPENDED"),
    Outcome.EXCUSED: N_("EXCUSED"),
}
_SILENCE = N_("nobody recorded it, or not for every period")
_UNSEEN = N_("no such event is on record, and no inspection would have seen one")
_NOT_HELD = N_("no file of its publisher is held")
_ONE_SIDE = N_("all the evidence comes from one side, or from too few")
_GAPS = N_("figures are missing in the time asked about")
_TOO_SHORT = N_("too few figures to know how much they move by themselves")
_CODERS = N_("the coders differ, or are too few")
CAUSES = {
    "ver.nothing-recorded": _SILENCE,
    "ver.periods-silent": _SILENCE,
    "ver.nothing-seen": _UNSEEN,
    "ind.no-source": N_("no open source is registered"),
    "ind.no-snapshot": _NOT_HELD,
    "ind.no-rows": _NOT_HELD,
    "ver.grade-too-low": N_("the evidence is graded too low"),
    "ver.too-few-controllers": _ONE_SIDE,
    "ver.one-series": N_("the figures are one series, and more sources are asked for"),
    "ver.partly-own": _ONE_SIDE,
    "ver.only-own": _ONE_SIDE,
    "ver.only-counterpart": _ONE_SIDE,
    "ver.one-party-only": _ONE_SIDE,
    "ver.interval-crosses": N_("the interval includes the limit"),
    "ver.no-figure-after": _GAPS,
    "ver.window-incomplete": _GAPS,
    "ver.baseline-incomplete": _GAPS,
    "ver.places-missing": _GAPS,
    "ver.noise-unknown": _TOO_SHORT,
    "ver.not-monthly": N_("the figures are yearly, and only monthly ones say how much they move"),
    "ver.unit-mismatch": N_("the accord and the figures have different units"),
    "ver.unlawful": N_("the object of the term is unlawful: it is recorded and never tested"),
    "ver.no-test": N_("the accord names no test"),
    "ver.armed-group-unattributed": N_("no attribution that does not rest on a government's word alone"),
    "ver.no-interval": _TOO_SHORT,
    "ver.coders-missing": _CODERS,
    "ver.coders-differ": _CODERS,
}
"""Why it cannot be told, in a few words, by the code of the first reason; a reason that is not here speaks for itself."""
COLUMNS = (
    "commitment", "reading", "parties", "kind", "outcome", "value", "low", "high", "unit", "period", "count", "denominator", "bound",
    "probability", "due", "reasons", "flags", "controllers", "snapshots", "recomputable", "severity", "exercise", "verdict_digest",
    "result_digest",
)  # fmt: skip
"""Columns of the CSV, in order; names are stable."""


def ordered(judgement: Judgement) -> tuple[Verdict, ...]:
    """Verdicts by outcome in the order of `Outcome`, then as the accord lists them."""
    return tuple(sorted(judgement.verdicts, key=lambda v: ORDER.index(v.outcome)))


def verdict_digest(verdict: Verdict) -> str:
    """The digest by which one verdict is quoted: of every field, sentences as code and values, whatever the reader's language."""
    return canonical.digest("verdict/1", verdict_plain(verdict))


def label(judgement: Judgement, lang: str) -> str:
    """The exercise label, or nothing for an accord that binds somebody."""
    return translate(EXERCISE, lang) if judgement.exercise else ""


def number(verdict: Verdict, lang: str) -> str:
    """Value, unit and interval on one line; empty when there is no estimate."""
    if not isinstance(verdict.estimate, Known):
        return ""
    e = verdict.estimate.value
    interval = "" if e.low == e.high else f" [{digits(e.low)}, {digits(e.high)}]"
    return f"{digits(e.value)} {translate(e.unit, lang)}{interval}".replace("  ", " ").strip()


def why(verdict: Verdict, lang: str) -> str:
    """The first reason and the flags, as a table shows them."""
    said = [verdict.reasons[0].render(lang)] if verdict.reasons else []
    return " ".join([*said, *(f"[{flag.sentence.render(lang)}]" for flag in verdict.flags)])


def by_cause(verdicts: Iterable[Verdict], lang: str) -> tuple[tuple[str, tuple[Verdict, ...]], ...]:
    """Undetermined verdicts under the words for why, the largest group first."""
    groups: dict[str, list[Verdict]] = {}
    for verdict in verdicts:
        first = verdict.reasons[0] if verdict.reasons else None
        words = translate(CAUSES.get(first.code, ""), lang) or first.render(lang) if first is not None else ""
        groups.setdefault(words, []).append(verdict)
    return tuple((words, tuple(found)) for words, found in sorted(groups.items(), key=lambda pair: -len(pair[1])))


def counts(judgement: Judgement, lang: str) -> str:
    """How many verdicts of each outcome, with the denominator."""
    found = Counter(v.outcome for v in judgement.verdicts)
    listed = ", ".join(f"{found[o]} {translate(WORDS[o], lang)}" for o in ORDER if found[o])
    commitments = len({v.commitment for v in judgement.verdicts})
    return COUNTED(verdicts=len(judgement.verdicts), commitments=commitments, counts=listed).render(lang)


def used(judgement: Judgement, lang: str) -> str:
    """How many of the snapshots held were used."""
    return USED(
        used=judgement.snapshots_used, held=judgement.snapshots_held, left=judgement.snapshots_held - judgement.snapshots_used
    ).render(lang)


def flat(judgement: Judgement, verdict: Verdict, lang: str) -> dict[str, str]:
    """One verdict as a row of the CSV: every cell text, unknown numbers empty, never zero."""
    e = verdict.estimate.value if isinstance(verdict.estimate, Known) else None
    return {
        "commitment": verdict.commitment,
        "reading": verdict.reading,
        "parties": "+".join(verdict.parties),
        "kind": verdict.kind,
        "outcome": verdict.outcome.value,
        "value": f"{e.value:f}" if e else "",
        "low": f"{e.low:f}" if e else "",
        "high": f"{e.high:f}" if e else "",
        "unit": e.unit if e else "",
        "period": str(e.period) if e else "",
        "count": f"{e.count.normalize():f}" if e else "",
        "denominator": f"{e.denominator.normalize():f}" if e and e.denominator is not None else "",
        "bound": verdict.bound.render(lang),
        "probability": f"{verdict.probability.value:f}" if isinstance(verdict.probability, Known) else "",
        "due": verdict.due.isoformat() if verdict.due else "",
        "reasons": " ".join(r.render(lang) for r in verdict.reasons),
        "flags": "; ".join(f.sentence.render(lang) for f in verdict.flags),
        "controllers": "+".join(sorted({s.controller for s in verdict.supports})),
        "snapshots": " ".join(sorted({s.snapshot for s in verdict.supports})),
        "recomputable": verdict.recomputable,
        "severity": verdict.severity,
        "exercise": label(judgement, lang),
        "verdict_digest": verdict_digest(verdict),
        "result_digest": judgement.result_digest,
    }


def as_html(judgement: Judgement, lang: str = "en") -> str:
    """The table a notebook shows."""
    heads = (N_("Commitment"), N_("Party"), N_("Verdict"), N_("Estimate"), N_("Why"))
    head = "".join(f"<th>{escape(translate(h, lang))}</th>" for h in heads)
    body = "".join(
        "<tr>"
        + "".join(
            f"<td>{escape(cell)}</td>"
            for cell in (
                f"{v.commitment}/{v.reading}" if v.reading else v.commitment,
                "+".join(v.parties),
                translate(WORDS[v.outcome], lang),
                number(v, lang),
                why(v, lang),
            )
        )
        + "</tr>"
        for v in ordered(judgement)
    )
    marked = f"<p><strong>{escape(label(judgement, lang))}</strong></p>" if judgement.exercise else ""
    title = f"{judgement.title.render(lang)}, {say(judgement.as_of, lang)}"
    foot = f"{counts(judgement, lang)} {used(judgement, lang)} {judgement.result_digest[:12]}"
    return (
        f"{marked}<table><caption>{escape(title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table><p>{escape(foot)}</p>"
    )
