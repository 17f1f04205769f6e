"""`veedor officers open`: who stands behind a pseudonym, by those who hold its shares together."""

from __future__ import annotations

from pathlib import Path

import click

from veedor.cli.face import Face
from veedor.cli.spoken import SpokenCommand
from veedor.kernel.errors import DONE
from veedor.kernel.language import N_


@click.command(
    cls=SpokenCommand,
    example="veedor officers open o-3f9a1c0b7d us-1.share.json us-2.share.json mx-1.share.json mx-3.share.json board-2.share.json",
    help=N_(
        "Open who stands behind a pseudonym, with the files of enough holders of every party and of the board. That it was opened, and by "
        "which shares, is entered in the ledger before it is told."
    ),
)
@click.argument("officer")
@click.argument("shares", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.pass_obj
def command(face: Face, *, officer: str, shares: tuple[Path, ...]) -> int:  # noqa: D103, click shows `help`
    from veedor.governance.pseudonyms import read_share
    from veedor.project.officers import at_desk, open_identity
    from veedor.project.project import open_project

    given = [read_share(path.read_text(encoding="utf-8", errors="replace"), str(path)) for path in shares]
    with at_desk(open_project(face.project, clock=face.clock)) as desk:
        face.result(open_identity(desk, officer, given))
    return DONE
