"""`veedor log proof`: that an entry stands in the published log."""

from __future__ import annotations

from pathlib import Path

import click

from veedor.cli.face import Face
from veedor.cli.spoken import SpokenCommand, SpokenOption
from veedor.kernel.errors import DONE
from veedor.kernel.language import N_


@click.command(
    cls=SpokenCommand,
    example="veedor log proof 3f9a1c07 -o entry.tlog-proof",
    help=N_(
        "Write the proof that an entry stands in the published log (C2SP tlog-proof), under the latest checkpoint. Without -o it goes to "
        "stdout. It shows the entry's place and nothing of what it says."
    ),
)
@click.argument("entry")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), cls=SpokenOption, metavar="FILE", help=N_("File to write, which must be new.")
)
@click.pass_obj
def command(face: Face, *, entry: str, output: Path | None) -> int:  # noqa: D103, click shows `help`
    from veedor.project import ledger
    from veedor.project.folder import write_new
    from veedor.project.project import open_project

    found = ledger.proof(open_project(face.project, clock=face.clock), ledger.everything, entry)
    if output is None:
        face.raw(found.data().decode())
        return DONE
    write_new(output, found.data())
    face.result(face.t(N_("{file} written: place {index}, under the checkpoint in the folder log."), file=str(output), index=found.index))
    return DONE
