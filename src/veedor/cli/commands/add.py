"""`veedor add`: take in local files."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from veedor.cli.face import Face
from veedor.cli.options import day
from veedor.cli.spoken import SpokenCommand, SpokenOption
from veedor.cli.taken_list import print_mapping, print_taken
from veedor.kernel.errors import DONE, USAGE, exit_code
from veedor.kernel.language import N_


@click.command(
    cls=SpokenCommand,
    example="veedor add estatal_2024-02-21.csv",
    help=N_("Take in files. A publisher's file is recognised by its content; your own sheet needs --as with the kind of its rows."),
)
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@day("--published", N_("The day the publisher put the files out, where their names do not say."))
@click.option(
    "--as", "kind", cls=SpokenOption, metavar="KIND", help=N_("The files are your own sheets; each row is a record of this kind.")
)
@click.option("--map", "mapping", type=click.Path(path_type=Path), cls=SpokenOption, metavar="FILE", help=N_("CSV of column,field pairs."))
@click.option("--controller", default="unstated", show_default=True, cls=SpokenOption, help=N_("Who could change what the sheet says."))
@click.option("--grade", default="F6", show_default=True, cls=SpokenOption, help=N_("Admiralty grade of the sheet: A1 to F6."))
@click.option("--yes", is_flag=True, cls=SpokenOption, help=N_("Accept the proposed mapping without asking."))
@click.pass_obj
def command(  # noqa: D103, PLR0913, click shows `help`; each argument is an option
    face: Face,
    *,
    files: tuple[Path, ...],
    published: date | None,
    kind: str | None,
    mapping: Path | None,
    controller: str,
    grade: str,
    yes: bool,
) -> int:
    from veedor.cli import complaint
    from veedor.project import intake
    from veedor.project.project import open_project
    from veedor.sources import taking

    project = open_project(face.project, clock=face.clock)
    offered = taking.read_all(files, published)
    own = None
    if kind is not None:
        pairs = taking.read_pairs(mapping) if mapping is not None else ()
        own = taking.OwnSheet(kind=kind, controller=controller, grade=grade, pairs=pairs)
        for one in offered:
            print_mapping(face, one.name, taking.propose(one, own))
        if not (yes or pairs or _accepted(face)):
            face.story(N_("Nothing was taken in. Accept the mapping with --yes, or state it with --map FILE."))
            return USAGE
    refused = intake.refusals(project, offered, own)
    if refused:
        codes = [complaint.show(face, error) for error in refused]
        if len(offered) > 1:
            face.story(N_("Files that cannot be taken in: {refused} of {all}. None was taken in."), refused=len(refused), all=len(offered))
        return exit_code(*codes)
    usable = True
    for one in offered:
        received = intake.take(project, one) if own is None else intake.take_sheet(project, one, own)
        print_taken(face, one.name, received)
        usable = usable and received.taken.snapshot.is_usable
    return DONE if usable else USAGE


def _accepted(face: Face) -> bool:
    if not sys.stdin.isatty():
        return False
    return click.confirm(face.t(N_("Take it in with this mapping?")), default=False, err=True)
