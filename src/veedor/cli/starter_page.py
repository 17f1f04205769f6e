"""What a newcomer is told around the first verdict table: what was taken in, official totals beside it, what to do next."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from veedor.cli.face import Face
from veedor.kernel.language import N_, say, translate
from veedor.kernel.quantity import Quantity, digits
from veedor.project.starting import AS_OF, STARTS, TELLING, Compared, Started, compare
from veedor.sources.taking import Received

HEADS = (N_("WHAT"), N_("WHEN"), N_("PUBLISHED"), N_("MADE UP"), N_("PUBLISHER"))


def taken(face: Face, name: str, received: Received) -> None:
    """One file, as it is taken in: a line of the story."""
    if received.source.startswith("user:"):
        face.story(N_("  {name}, records: {rows}"), name=name, rows=received.rows)
    else:
        face.story(N_("  {name}: {source}, records: {rows}"), name=name, source=received.source, rows=received.rows)


def after(face: Face, started: Started, folder: Path) -> None:
    """What the dates mean, the official totals, and what to do next."""
    own = started.project.accord().accord.starts
    face.result("")
    face.result(face.t(N_("Judged as if it had started on {starts}: an exercise."), starts=STARTS))
    face.result(face.t(N_("With its own start, {own}, most of it is not due yet: veedor judge"), own=own))
    face.result("")
    _totals(face, compare(started.project))
    face.result("")
    _next(face, folder)


def _totals(face: Face, compared: tuple[Compared, ...]) -> None:
    face.result(face.t(N_("Official yearly totals, for comparison: facts with publisher and date; no verdict rests on them")), "heading")
    face.table(tuple(face.t(head) for head in HEADS), [_row(face, one) for one in compared], fixed=(0, 1, 2, 3))


def _row(face: Face, one: Compared) -> tuple[str, ...]:
    fact = one.fact
    publisher = f"{fact.publisher}, {translate(fact.edition, face.lang)}"
    published = Quantity(Decimal(fact.value), fact.unit)
    made_up = "–" if one.made_up is None else digits(one.made_up)
    return (translate(fact.title, face.lang), fact.when, say(published, face.lang), made_up, publisher)


def _next(face: Face, folder: Path) -> None:
    exercise = f"--starts {STARTS} --as-of {AS_OF}"
    face.result(face.t(N_("Next")), "heading")
    for command, words in (
        (f"cd {folder}", ""),
        (f"veedor explain {TELLING} {exercise}", ""),
        ("veedor lint", N_("what nobody could ever verify in this accord, with repairs")),
        ("veedor report agenda", N_("what the next meeting has to decide")),
        ("veedor new watch", N_("a project for figures of your own, then: veedor add FILE")),
    ):
        face.result(f"  {command:<21}  {face.t(words)}".rstrip())
