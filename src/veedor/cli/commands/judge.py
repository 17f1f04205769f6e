"""`veedor judge`: the verdict table."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import click

from veedor.cli import labels
from veedor.cli.face import Face
from veedor.cli.options import day, formats
from veedor.cli.spoken import SpokenCommand, SpokenOption
from veedor.cli.verdict_table import EXITS, as_csv, as_json, as_markdown, as_text
from veedor.kernel.errors import exit_code
from veedor.kernel.language import N_
from veedor.verdicts.verdict import Judgement

if TYPE_CHECKING:
    from veedor.project.project import Project


@click.command(
    cls=SpokenCommand,
    example="veedor judge --as-of 2029-02-01",
    help=N_("Judge every commitment on the evidence held. The judgement is stored under its digest."),
)
@day("--as-of", N_("Judge as on this day, with what was known then."))
@day("--starts", N_("As if the accord had started on this day: an exercise, for accords not in force."))
@click.option("--at", "digest", cls=SpokenOption, metavar="DIGEST", help=N_("Recompute a stored judgement and compare."))
@click.option(
    "--all",
    "every",
    is_flag=True,
    cls=SpokenOption,
    help=N_("List every verdict with its own reason, instead of grouping those that are not decided."),
)
@formats("text", "json", "csv", "md")
@click.pass_obj
def command(face: Face, *, as_of: date | None, starts: date | None, digest: str | None, every: bool, form: str) -> int:  # noqa: D103, click shows `help`
    from veedor.project.project import open_project

    if digest is not None and (as_of or starts):
        raise click.UsageError(face.t(N_("--at repeats a stored judgement with its own days: it takes neither --as-of nor --starts")))
    project = open_project(face.project, clock=face.clock)
    found = project.recompute(digest) if digest is not None else _judged(face, project, as_of, starts)
    _print(face, found, form, every=every, made_up=labels.synthetic(project.settings, face.lang))
    return exit_code(*(EXITS[v.outcome] for v in found.verdicts))


def _judged(face: Face, project: Project, as_of: date | None, starts: date | None) -> Judgement:
    from veedor.evidence.errors import StoreReadOnlyError
    from veedor.store.errors import StateReadOnlyError

    try:
        return project.judge(as_of=as_of, starts=starts)
    except (StoreReadOnlyError, StateReadOnlyError) as error:  # a copy on a medium that nobody may write to is still judged
        found = project.judge(as_of=as_of, starts=starts, keep=False)
        face.story(N_("This judgement is not stored: {why}"), why=error.render("what", face.lang))
        return found


def _print(face: Face, found: Judgement, form: str, *, every: bool, made_up: str) -> None:
    if form == "text":
        as_text(face, found, every=every, made_up=made_up)
    else:
        face.raw({"json": as_json, "csv": as_csv, "md": as_markdown}[form](found, face.lang, made_up))
