"""One commitment's verdicts in full, for the terminal."""

from __future__ import annotations

from veedor.accord.model import Accord, Commitment
from veedor.cli.face import Face
from veedor.cli.verdict_table import EXITS
from veedor.kernel.errors import UnknownNameError, exit_code
from veedor.kernel.ids import short
from veedor.kernel.known import Known, Maybe
from veedor.kernel.language import N_, Sentence, translate
from veedor.verdicts import rows
from veedor.verdicts.sentences import WORKED_NOT_ASKED
from veedor.verdicts.verdict import Judgement, Verdict

RECOMPUTABLE = {
    "anyone": N_("by anyone: all of it is from public sources"),
    "observers": N_("by observers: some of it was handed in"),
    "one-party": N_("by one party only: an assertion, which never carries a breach"),
}
SEVERITIES = {"isolated": N_("isolated"), "repeated": N_("repeated")}
LABEL = 24


def show(face: Face, accord: Accord, judgement: Judgement, name: str, made_up: str = "") -> int:
    """Every verdict on a commitment: each debtor, each reading.

    Raises:
        UnknownNameError: the accord has no commitment of that name.
    """
    if name not in accord.commitments:
        raise UnknownNameError(kind=N_("commitment"), name=name, known=tuple(accord.commitments))
    found = [v for v in judgement.verdicts if v.commitment == name]
    for label in filter(None, (rows.label(judgement, face.lang), made_up)):
        face.result(label, "warning")
    for verdict in found:
        _page(face, accord.commitments[name], judgement, verdict)
    return exit_code(*(EXITS[v.outcome] for v in found))


def _page(face: Face, commitment: Commitment, judgement: Judgement, verdict: Verdict) -> None:
    face.result(f"{verdict.label}: {translate(rows.WORDS[verdict.outcome], face.lang)}", verdict.outcome.value)
    says = next((r.says for r in commitment.readings if r.reading == verdict.reading), commitment.says)
    face.result(f"  {says.text.render(face.lang)}")
    face.result(f"  ({commitment.cites.document}{', ' + commitment.cites.section if commitment.cites.section else ''})")
    face.result("")
    _line(face, N_("asks for"), verdict.bound.render(face.lang))
    _lines(face, N_("because"), _further(verdict))
    if isinstance(verdict.estimate, Known) or not verdict.is_decided:
        _line(face, N_("estimate"), _estimate(face, verdict))
    _line(face, N_("probability"), _probability(face, verdict))
    _line(face, N_("did they do it"), _answer(face, verdict.did))
    _line(face, N_("did it work"), _answer(face, verdict.worked))
    _line(face, N_("would we have seen it"), _answer(face, verdict.seen))
    _lines(face, N_("flags"), tuple(flag.sentence for flag in verdict.flags))
    if verdict.severity:
        _line(face, N_("severity"), face.t(SEVERITIES[verdict.severity]))
    _rests(face, verdict)
    _lines(face, N_("left out"), verdict.left_out)
    _lines(face, N_("would change it"), verdict.would_change)
    if verdict.served_by:
        _line(face, N_("meant to bring it about"), ", ".join(verdict.served_by))
    if verdict.controls_cause:
        _line(face, N_("could end it"), ", ".join(verdict.controls_cause))
    for party, part in verdict.contributions:
        _line(face, N_("contribution"), f"{party}: {_answer(face, part)}")
    _line(face, N_("can be recomputed"), translate(RECOMPUTABLE[verdict.recomputable], face.lang))
    _line(face, N_("result"), short(judgement.result_digest))
    face.result("")


def _line(face: Face, label: str, text: str) -> None:
    face.table((), [(f"  {face.t(label):<{LABEL}}", text)], fixed=(0,))


def _lines(face: Face, label: str, sentences: tuple[Sentence, ...]) -> None:
    for index, sentence in enumerate(sentences):
        _line(face, label if index == 0 else "", sentence.render(face.lang))


def _further(verdict: Verdict) -> tuple[Sentence, ...]:
    """The reasons without the one that answers whether they did it, which has a line of its own."""
    did = verdict.did.value if isinstance(verdict.did, Known) else None
    return tuple(reason for reason in verdict.reasons if reason != did)


def _answer(face: Face, answer: Maybe[Sentence]) -> str:
    if isinstance(answer, Known):
        return answer.value.render(face.lang)
    if answer.reason.code == WORKED_NOT_ASKED.code:
        return answer.reason.render(face.lang)
    return face.t(N_("cannot be told: {why}"), why=answer.reason)


def _estimate(face: Face, verdict: Verdict) -> str:
    if not isinstance(verdict.estimate, Known):
        return face.t(N_("none: {why}"), why=verdict.estimate.reason)
    e = verdict.estimate.value
    words = N_("{number} in {period}; {count} of {denominator} {what}; {points} of {of} periods")
    if e.denominator is None:
        words = N_("{number} in {period}; {count} counted; {points} of {of} periods")
    return face.t(
        words,
        number=rows.number(verdict, face.lang),
        period=str(e.period),
        count=e.count,
        denominator=e.denominator if e.denominator is not None else "",
        what=e.denominator_words.render(face.lang).rstrip("."),
        points=e.points,
        of=e.of_points,
    )


def _probability(face: Face, verdict: Verdict) -> str:
    if not isinstance(verdict.probability, Known):
        return "–"
    value = verdict.probability.value
    if value in {0, 1}:  # rounded to four places: nothing in a series is certain
        words = (
            N_("more than 0.9999 that what the accord asks for is so")
            if value
            else N_("less than 0.0001 that what the accord asks for is so")
        )
        return face.t(words)
    return face.t(N_("{value} that what the accord asks for is so"), value=f"{value:f}")


def _rests(face: Face, verdict: Verdict) -> None:
    for index, s in enumerate(verdict.supports):
        said = face.t(
            N_("snapshot {snapshot} of {source}, controlled by {controller}, grade {grade}, known from {known}; used: {used}"),
            snapshot=short(s.snapshot),
            source=s.source,
            controller=s.controller,
            grade=s.grade,
            known=s.known_from,
            used=_used(face, s.used),
        )
        _line(face, N_("rests on") if index == 0 else "", said)


def _used(face: Face, used: str) -> str:
    """What of a snapshot was used: a window reads alike in every language, a row is said."""
    head, _, number = used.partition(" ")
    return face.t(N_("row {row}"), row=number) if head == "row" else used
