"""A judgement for the terminal, for programs and for documents."""

from __future__ import annotations

import csv
import io
import textwrap
from collections.abc import Iterable

from veedor.cli.face import Face
from veedor.kernel import canonical
from veedor.kernel.errors import BROKEN, DONE, UNDETERMINED
from veedor.kernel.ids import short
from veedor.kernel.language import N_, translate
from veedor.kernel.text import clean
from veedor.reports.parts import STATUSES
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
SHORT_LIST, FEW = 5, 12
"""Commitments not yet due that a table lists before it only counts them; a few are all listed."""
_JOINT = "\u00a0"  # a space at which no line is broken, while lines are being broken
MADE_UP = "synthetic"
"""The column, and the key, that say whether the figures are made up."""


def as_text(face: Face, judgement: Judgement, *, every: bool, made_up: str = "") -> None:
    """The verdicts, the counts with their denominators, and how to recompute it."""
    _head(face, judgement, made_up)
    of = {outcome: [v for v in judgement.verdicts if v.outcome is outcome] for outcome in rows.ORDER}
    grouped = () if every else (Outcome.UNDETERMINED, Outcome.NOT_DUE)
    _in_full(face, [v for outcome, found in of.items() if outcome not in grouped for v in found])
    if not every:
        _undetermined(face, of[Outcome.UNDETERMINED])
        _not_due(face, sorted(of[Outcome.NOT_DUE], key=_due))
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


def _head(face: Face, judgement: Judgement, made_up: str) -> None:
    for label in filter(None, (rows.label(judgement, face.lang), made_up)):
        face.result(label, "warning")
    face.result(
        face.t(
            N_("{title} ({name}), {status}; starts {starts}; judged as of {day}"),
            title=judgement.title,
            name=judgement.accord,
            status=STATUSES[judgement.status](),
            starts=judgement.starts,
            day=judgement.as_of,
        ),
        "heading",
    )
    face.result("")


def _in_full(face: Face, verdicts: list[Verdict]) -> None:
    """Two lines a verdict: what and how much, then why."""
    if not verdicts:
        return
    heads = (face.t(N_("VERDICT")), face.t(N_("COMMITMENT (PARTY)")), face.t(N_("ESTIMATE")))
    word = max(len(heads[0]), *(len(translate(rows.WORDS[v.outcome], face.lang)) for v in verdicts))
    label = max(len(heads[1]), *(len(v.label) for v in verdicts))
    face.result(f"{heads[0]:<{word}}  {heads[1]:<{label}}  {heads[2]}", "heading")
    for v in verdicts:
        first = f"{translate(rows.WORDS[v.outcome], face.lang):<{word}}  {v.label:<{label}}  {rows.number(v, face.lang)}"
        face.result(first.rstrip(), v.outcome.value)
        _hanging(face, rows.why(v, face.lang), indent=word + 2)
    face.result("")


def _hanging(face: Face, text: str, *, indent: int) -> None:
    """A paragraph that keeps to the right of its beginning; names with hyphens stay whole."""
    space = " " * indent
    lines = textwrap.wrap(
        clean(text), face.out.width, initial_indent=space, subsequent_indent=space, break_long_words=False, break_on_hyphens=False
    )
    for line in lines:
        face.result(line.replace(_JOINT, " "))


def _undetermined(face: Face, verdicts: list[Verdict]) -> None:
    """Names under the words for why it cannot be told: one line of reasons serves many."""
    if not verdicts:
        return
    word = translate(rows.WORDS[Outcome.UNDETERMINED], face.lang)
    face.result(face.t(N_("{word}: {count} cannot be told, because"), word=word, count=len(verdicts)), Outcome.UNDETERMINED.value)
    for cause, found in rows.by_cause(verdicts, face.lang):
        face.result(f"  {cause} ({len(found)}):")
        _hanging(face, _listed(found), indent=4)
    face.result(face.t(N_("  Each with its own reason: veedor judge --all, or veedor explain COMMITMENT")))
    face.result("")


def _listed(verdicts: Iterable[Verdict]) -> str:
    return ", ".join(v.label.replace(" ", _JOINT) for v in verdicts)


def _due(verdict: Verdict) -> tuple[str, str]:
    return (verdict.due.isoformat() if verdict.due else "9999", verdict.commitment)


def _not_due(face: Face, waiting: list[Verdict]) -> None:
    if not waiting:
        return
    face.result(face.t(N_("Not due yet: {count}. The next ones:"), count=len(waiting)), "heading")
    shown = waiting if len(waiting) <= FEW else waiting[:SHORT_LIST]
    face.table((), [(v.due.isoformat() if v.due else "–", v.label, v.bound.render(face.lang)) for v in shown], fixed=(0, 1))
    if len(waiting) > len(shown):
        face.result(face.t(N_("… and {more} more: veedor judge --all"), more=len(waiting) - len(shown)))
    face.result("")


def as_json(judgement: Judgement, lang: str, made_up: str = "") -> str:
    """The judgement for programs: stable keys, sentences as code and values beside their words in the reader's language."""
    verdicts = [
        {
            **verdict_plain(v),
            "bound": v.bound.render("en"),
            "bound_code": v.bound.plain(),
            "verdict_digest": rows.verdict_digest(v),
            "words": {
                "bound": v.bound.render(lang),
                "reasons": [r.render(lang) for r in v.reasons],
                "would_change": [c.render(lang) for c in v.would_change],
            },
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
    exercise = {"exercise_label": rows.label(judgement, lang)} if judgement.exercise else {}
    synthetic = {MADE_UP: bool(made_up)} | ({f"{MADE_UP}_label": made_up} if made_up else {})
    versions = dict(judgement.versions)
    body = {**head, **exercise, **synthetic, "format_version": FORMAT_VERSION, "versions": versions, "verdicts": verdicts}
    return canonical.pretty(body)


def as_csv(judgement: Judgement, lang: str, made_up: str = "") -> str:
    """One row a verdict; the last column is empty unless the figures are made up."""
    made = io.StringIO()
    writer = csv.DictWriter(made, (*rows.COLUMNS, MADE_UP), lineterminator="\n")
    writer.writeheader()
    writer.writerows({**rows.flat(judgement, verdict, lang), MADE_UP: made_up} for verdict in judgement.verdicts)
    return made.getvalue()


def as_markdown(judgement: Judgement, lang: str, made_up: str = "") -> str:
    """The table as Markdown, pipes escaped."""
    lines = [f"# {judgement.title.render(lang)}", ""]
    for label in filter(None, (rows.label(judgement, lang), made_up)):
        lines += [f"**{label}**", ""]
    lines += ["| " + " | ".join(translate(h, lang) for h in HEADS) + " |", "|" + "---|" * len(HEADS)]
    for v in rows.ordered(judgement):
        name = f"{v.commitment}/{v.reading}" if v.reading else v.commitment
        cells = (translate(rows.WORDS[v.outcome], lang), name, "+".join(v.parties), rows.number(v, lang) or "–", rows.why(v, lang))
        lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    lines += ["", rows.counts(judgement, lang), rows.used(judgement, lang), "", f"`{judgement.result_digest}`"]
    return "\n".join(lines)
