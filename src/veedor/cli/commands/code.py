"""`veedor code`: one coder's grade of one commitment."""

from __future__ import annotations

import click

from veedor.cli.face import Face
from veedor.cli.spoken import SpokenCommand, SpokenOption
from veedor.kernel.errors import DONE
from veedor.kernel.language import N_

GRADES = {
    "0": N_("not initiated"),
    "1": N_("minimum"),
    "2": N_("intermediate"),
    "3": N_("complete"),
}


@click.command(
    cls=SpokenCommand,
    example='veedor code vetting-scope --party MX --coder c17 --grade 2 --because "two of three agencies"',
    help=N_("Record one coder's grade (0 to 3) of a commitment. Other coders' grades are shown only after your own is recorded."),
)
@click.argument("commitment")
@click.option("--party", required=True, cls=SpokenOption, help=N_("The party graded."))
@click.option("--coder", required=True, cls=SpokenOption, help=N_("Your pseudonym as a coder."))
@click.option(
    "--grade",
    type=click.Choice(list(GRADES)),
    required=True,
    cls=SpokenOption,
    help=N_("0 not initiated, 1 minimum, 2 intermediate, 3 complete."),
)
@click.option("--because", default="", cls=SpokenOption, help=N_("Why, in a sentence."))
@click.option("--document", default="", cls=SpokenOption, help=N_("The document that the grade rests on."))
@click.option(
    "--controller", default="unstated", show_default=True, cls=SpokenOption, help=N_("Who the coder answers to: a party, or an institute.")
)
@click.pass_obj
def command(face: Face, *, commitment: str, party: str, coder: str, grade: str, because: str, document: str, controller: str) -> int:  # noqa: D103, PLR0913, click shows `help`
    from veedor.project import coding
    from veedor.project.project import open_project

    project = open_project(face.project, clock=face.clock)
    given = coding.Given(
        commitment=commitment, party=party, coder=coder, grade=int(grade), rationale=because, document=document, controller=controller
    )
    coding.record(project, given)
    face.result(
        face.t(
            N_("Recorded: {commitment} ({party}), {grade} of 3 by {coder}."),
            commitment=commitment,
            party=party,
            grade=int(grade),
            coder=coder,
        )
    )
    others = [c for c in coding.visible(project, coder, commitment) if c.coder != coder and c.party == party]
    for other in others:
        face.result(face.t(N_("{coder} gave {grade} of 3: {why}"), coder=other.coder, grade=other.grade, why=other.rationale or "–"))
    if not others:
        face.result(face.t(N_("No other coder has graded it yet.")))
    return DONE
