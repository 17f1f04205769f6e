"""`veedor witness add`: who witnesses us, and whom we witness."""

from __future__ import annotations

import click

from veedor.cli.face import Face
from veedor.cli.spoken import SpokenCommand
from veedor.kernel.errors import DONE
from veedor.kernel.language import N_


@click.command(
    cls=SpokenCommand,
    example="veedor witness add mx https://witness.example ssa.mx/witness+1a2b3c4d+BA…",
    help=N_(
        "List a witness of this log, under any name, or a log that this node witnesses, under the log's own. The kind of key says which of "
        "the two it is. Get the key over a channel that you trust. How many witnesses make a quorum is written by hand in witnesses.policy."
    ),
)
@click.argument("name")
@click.argument("url")
@click.argument("vkey")
@click.pass_obj
def command(face: Face, *, name: str, url: str, vkey: str) -> int:  # noqa: D103, click shows `help`
    from veedor.project import witnesses
    from veedor.project.project import open_project

    file = witnesses.add(open_project(face.project, clock=face.clock), name, url, vkey)
    words = {
        witnesses.WITNESSES: N_("{name} is a witness of this log from now on ({file}). It is asked at the next: veedor log checkpoint"),
        witnesses.WATCHED: N_("This node witnesses the log {name} from now on ({file}), while it serves: veedor witness serve"),
    }
    face.result(face.t(words[file], name=name, file=file))
    return DONE
