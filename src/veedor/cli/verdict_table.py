"""A judgement for the terminal, for programs and for documents."""

from __future__ import annotations

from veedor.cli.face import Face
from veedor.kernel import canonical
from veedor.kernel.errors import BROKEN, DONE, UNDETERMINED
from veedor.kernel.ids import short
from veedor.kernel.language import N_, translate
from veedor.verdicts import rows
from veedor.verdicts.judge import verdict_plain
from veedor.verdicts.verdict import Judgement, Outcome, Verdict

FORMAT_VERSION = 1
EXITS = {
    Outcome.KEPT: DONE,
    Outcome.MET: DONE,
    Outcome.NOT_DUE: DONE,
    Outcome.SUSPENDED: DONE,
    Outcome.EXCUSED: DONE,
    Outcome.UNDETERMINED: UNDETERMINED,
    Outcome.BROKEN: BROKEN,
    Outcome.MISSED: BROKEN,
}
HEADS = (N_("VERDICT"), N_("COMMITMENT"), N_("PARTY"), N_("ESTIMATE"), N_("WHY"))
SHORT_LIST = 5
"""Commitments not yet due that a table lists before it only counts them."""


def as_text(face: Face, judgement: Judgement, *, every: bool) -> None:
    """The table, the counts with their denominators, and how to recompute it."""
    _head(face, judgement)
    shown = [v for v in rows.ordered(judgement) if every or v.outcome is not Outcome.NOT_DUE]
    waiting = [] if every else sorted((v for v in judgement.verdicts if v.outcome is Outcome.NOT_DUE), key=_due)
    if shown:
        face.table(tuple(face.t(h) for h in HEADS), [_cells(face, v) for v in shown], styled=0, fixed=(0, 2))
    if waiting:
        _not_due(face, waiting, after=bool(shown))
    face.result("")
    face.result(rows.counts(judgement, face.lang))
    face.result(rows.used(judgement, face.lang))
    face.result(
        face.t(
            N_("Judged as of {day} with method {method}, result {digest}. Recompute: veedor judge --at {digest}"),
            day=judgement.as_of,
            method=judgement.method,
            digest=short(judgement.result_digest),
        )
    )


def _head(face: Face, judgement: Judgement) -> None:
    if judgement.exercise:
        face.result(rows.label(judgement, face.lang), "warning")
    face.result(
        face.t(
            N_("{title} ({name}), {status}; starts {starts}; judged as of {day}"),
            title=judgement.title,
            name=judgement.accord,
            status=translate(judgement.status, face.lang),
            starts=judgement.starts,
            day=judgement.as_of,
        ),
        "heading",
    )
    face.result("")


def _cells(face: Face, verdict: Verdict) -> tuple[str, ...]:
    name = f"{verdict.commitment}/{verdict.reading}" if verdict.reading else verdict.commitment
    word = translate(rows.WORDS[verdict.outcome], face.lang)
    return (word, name, "+".join(verdict.parties), rows.number(verdict, face.lang) or "–", rows.why(verdict, face.lang))


def _due(verdict: Verdict) -> tuple[str, str]:
    return (verdict.due.isoformat() if verdict.due else "9999", verdict.commitment)


def _not_due(face: Face, waiting: list[Verdict], *, after: bool) -> None:
    if after:
        face.result("")
    face.result(face.t(N_("Not due yet: {count}. The next ones:"), count=len(waiting)), "heading")
    listed = [(v.due.isoformat() if v.due else "–", v.label, v.bound) for v in waiting[:SHORT_LIST]]
    face.table((), listed, fixed=(0, 1))
    if len(waiting) > SHORT_LIST:
        face.result(face.t(N_("… and {more} more: veedor judge --all"), more=len(waiting) - SHORT_LIST))


def as_json(judgement: Judgement, lang: str) -> str:
    """The judgement for programs: stable keys, sentences as code and values beside their words in the reader's language."""
    verdicts = [
        {
            **verdict_plain(v),
            "words": {"reasons": [r.render(lang) for r in v.reasons], "would_change": [c.render(lang) for c in v.would_change]},
        }
        for v in judgement.verdicts
    ]
    head = {
        name: getattr(judgement, name)
        for name in (
            "accord", "accord_digest", "status", "exercise", "as_of", "starts", "method", "inputs_digest", "result_digest", "run_digest",
            "snapshots_held", "snapshots_used",
        )
    }  # fmt: skip
    label = {"exercise_label": rows.label(judgement, lang)} if judgement.exercise else {}
    body = {**head, **label, "format_version": FORMAT_VERSION, "versions": dict(judgement.versions), "verdicts": verdicts}
    return canonical.pretty(body)


def as_markdown(judgement: Judgement, lang: str) -> str:
    """The table as Markdown, pipes escaped."""
    lines = [f"# {judgement.title.render(lang)}", ""]
    if judgement.exercise:
        lines += [f"**{rows.label(judgement, lang)}**", ""]
    lines += ["| " + " | ".join(translate(h, lang) for h in HEADS) + " |", "|" + "---|" * len(HEADS)]
    for v in rows.ordered(judgement):
        name = f"{v.commitment}/{v.reading}" if v.reading else v.commitment
        cells = (translate(rows.WORDS[v.outcome], lang), name, "+".join(v.parties), rows.number(v, lang) or "–", rows.why(v, lang))
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    lines += ["", rows.counts(judgement, lang), rows.used(judgement, lang), "", f"`{judgement.result_digest}`"]
    return "\n".join(lines)
