"""`veedor may`: may this officer do this with that item, by which rule, and what would change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from veedor.cli.face import Face
from veedor.cli.options import formats
from veedor.cli.spoken import SpokenCommand, SpokenOption
from veedor.governance.roles import Action
from veedor.kernel import canonical
from veedor.kernel.errors import BROKEN, DONE
from veedor.kernel.language import N_

if TYPE_CHECKING:
    from veedor.project.asking import Reply


class Given(TypedDict):
    """What is taken as given beside the question."""

    recipient: str
    purpose: tuple[str, ...]
    assent: tuple[str, ...]


@click.command(
    cls=SpokenCommand,
    example="veedor may o-3f9a1c0b7d review verdict:state=issued,marking=restricted,owner=US",
    help=N_(
        "Say whether OFFICER may do ACTION with ITEM: yes or no, by which rule, and what would change it. ITEM is an entry of the ledger, "
        "by its place or the first digits of its commitment, or a description: a kind, and what matters of it. The exit code is 0 for yes, "
        "1 for no."
    ),
)
@click.argument("officer")
@click.argument("action", type=click.Choice([action.value for action in Action]))
@click.argument("item")
@click.option("--recipient", default="", cls=SpokenOption, metavar="PARTY", help=N_("For share: who would receive it."))
@click.option("--purpose", multiple=True, cls=SpokenOption, help=N_("What it would be used for."))
@click.option("--assent", multiple=True, cls=SpokenOption, metavar="OFFICER", help=N_("As if this officer had assented."))
@formats("text", "json")
@click.pass_obj
def command(face: Face, officer: str, action: str, item: str, form: str, **given: Unpack[Given]) -> int:  # noqa: D103, click shows `help`
    from veedor.project.asking import Question, ask
    from veedor.project.officers import at_desk
    from veedor.project.project import open_project

    question = Question(officer, Action(action), item, given["recipient"], given["purpose"], given["assent"])
    with at_desk(open_project(face.project, clock=face.clock)) as desk:
        found = ask(desk, question)
    if form == "json":
        face.raw(canonical.pretty(_plain(found, face.lang)))
    else:
        _text(face, question.officer, found)
    return DONE if found.decision.is_allowed else BROKEN


def _text(face: Face, officer: str, found: Reply) -> None:
    decision = found.decision
    face.result(
        face.t(N_("yes: {officer} may"), officer=officer) if decision.is_allowed else face.t(N_("no: {officer} may not"), officer=officer),
        "heading",
    )
    if found.principal.acting_for:
        face.result(face.t(N_("in the seat of {officer}, by delegation"), officer=found.principal.acting_for))
    for name, why in zip(decision.by, decision.why(), strict=True):
        face.result(f"  {name}: {why.render(face.lang)}")
    if not decision.would_change:
        face.result(face.t(N_("No three changes together would turn the answer round.")))
        return
    face.result(face.t(N_("It would be no")) if decision.is_allowed else face.t(N_("It would be yes")))
    joint = face.t(N_("and"))
    for group in decision.would_change:
        face.result(f"  {f' {joint} '.join(sentence.render(face.lang) for sentence in group)}")


def _plain(found: Reply, lang: str) -> dict[str, object]:
    decision = found.decision
    return {
        "format_version": 1,
        "allowed": decision.is_allowed,
        "by": [{"policy": name, "words": why.render(lang)} for name, why in zip(decision.by, decision.why(), strict=True)],
        "acting_for": found.principal.acting_for,
        "item": found.item.plain(),
        "would_change": [
            [{"code": sentence.code, "words": sentence.render(lang)} for sentence in group] for group in decision.would_change
        ],
    }
