"""`veedor start`: the starter project, judged."""

from __future__ import annotations

from pathlib import Path

import click

from veedor.cli.face import Face
from veedor.cli.spoken import SpokenCommand
from veedor.kernel.errors import DONE
from veedor.kernel.language import N_

FOLDER = Path("veedor-start")


@click.command(
    cls=SpokenCommand,
    example="veedor start",
    help=N_(
        "Make the starter project in a new folder (veedor-start when none is named) and judge it: a hypothetical accord, files with "
        "made-up figures in the publishers' own formats, and official yearly totals to compare with. No connection is opened."
    ),
)
@click.argument("folder", type=click.Path(path_type=Path), default=FOLDER)
@click.pass_obj
def command(face: Face, *, folder: Path) -> int:  # noqa: D103, click shows `help`
    from veedor.cli import labels, starter_page
    from veedor.cli.verdict_table import as_text
    from veedor.project import starting

    face.story(N_("Making the starter project in {folder} …"), folder=str(folder))
    started = starting.start(folder, face.lang, face.clock, lambda name, received: starter_page.taken(face, name, received))
    face.story(N_("Judged on {count} files."), count=len(started.received))
    face.story("")
    as_text(face, started.judgement, every=False, made_up=labels.synthetic(started.project.settings, face.lang))
    starter_page.after(face, started, folder)
    return DONE
