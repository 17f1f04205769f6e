"""`veedor explain`: a verdict in full, or an error code in full."""

from __future__ import annotations

from datetime import date

import click

from veedor.cli.face import Face
from veedor.cli.options import day
from veedor.cli.spoken import SpokenCommand
from veedor.kernel.ids import is_error_code
from veedor.kernel.language import N_


@click.command(
    cls=SpokenCommand,
    example="veedor explain homicide-rate",
    help=N_(
        "Explain the verdict on a commitment: three answers, what it rests on, what would change it. Or print what an error code means."
    ),
)
@click.argument("name", metavar="COMMITMENT|CODE")
@day("--as-of", N_("Judge as on this day, with what was known then."))
@day("--starts", N_("As if the accord had started on this day: an exercise, for accords not in force."))
@click.pass_obj
def command(face: Face, *, name: str, as_of: date | None, starts: date | None) -> int:  # noqa: D103, click shows `help`
    if is_error_code(name):
        from veedor.cli.code_page import show

        return show(face, name)
    from veedor.cli import labels
    from veedor.cli.verdict_page import show as show_verdicts
    from veedor.project.project import open_project

    project = open_project(face.project, clock=face.clock)
    made_up = labels.synthetic(project.settings, face.lang)
    return show_verdicts(face, project.accord().accord, project.judge(as_of=as_of, starts=starts, keep=False), name, made_up)
