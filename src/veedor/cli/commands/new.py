"""`veedor new`: an empty project."""

from __future__ import annotations

from pathlib import Path

import click

from veedor.cli.face import Face
from veedor.cli.spoken import SpokenCommand, SpokenOption
from veedor.kernel.errors import DONE
from veedor.kernel.language import N_


@click.command(
    cls=SpokenCommand,
    example="veedor new watch --accord tact",
    help=N_("Make an empty project in a new folder, on an accord of the library or on an accord file of your own."),
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--accord", default="ssa", show_default=True, cls=SpokenOption, metavar="NAME|FILE", help=N_("Name of a library accord, or a file.")
)
@click.pass_obj
def command(face: Face, *, folder: Path, accord: str) -> int:  # noqa: D103, click shows `help`
    from veedor.project.creating import create

    made = create(folder, accord, face.lang)
    face.result(
        face.t(N_("Project made in {folder} on the accord {accord}."), folder=str(made.folder.root), accord=made.settings.project.accord)
    )
    face.result(face.t(N_("Next: cd {folder}, then veedor lint, veedor add FILE, veedor judge"), folder=str(folder)))
    return DONE
