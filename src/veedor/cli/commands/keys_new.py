"""`veedor keys new`: a key for the node, or for an officer."""

from __future__ import annotations

import click

from veedor.cli.acting import acting, by_options
from veedor.cli.face import Face
from veedor.cli.passphrase import asked
from veedor.cli.spoken import SpokenCommand, SpokenOption
from veedor.kernel.errors import DONE
from veedor.kernel.language import N_


@click.command(
    cls=SpokenCommand,
    example="veedor keys new o-3f9a1c0b7d",
    help=N_(
        "Make a key for an officer, or for the node where no HOLDER is named, and enter its public half. The private half is encrypted "
        "under a passphrase of twelve characters or more."
    ),
)
@click.argument("holder", default="")
@click.option(
    "--passphrase-from",
    "variable",
    default="",
    cls=SpokenOption,
    metavar="NAME",
    help=N_("Environment variable that holds the new key's passphrase; it is asked for otherwise."),
)
@click.option(
    "--algorithm",
    type=click.Choice(["ed25519", "ml-dsa-44"]),
    default="ed25519",
    show_default=True,
    cls=SpokenOption,
    help=N_("ml-dsa-44 stands beside the node's Ed25519 key as a second signature."),
)
@by_options
@click.pass_obj
def command(face: Face, *, holder: str, variable: str, algorithm: str, by: tuple[str, ...], by_variables: tuple[str, ...]) -> int:  # noqa: D103, click shows `help`
    from veedor.project.officers import at_desk, new_key
    from veedor.project.project import open_project

    with at_desk(open_project(face.project, clock=face.clock)) as desk:
        keys = acting(face, desk, by, by_variables)
        words = face.t(N_("Passphrase of the new key"))
        made = new_key(desk, holder, lambda: asked(face, variable, words, is_new=True), keys, algorithm)
    face.result(face.t(N_("Key made and entered for {holder} ({algorithm})."), holder=made.holder, algorithm=made.algorithm))
    face.result(made.public)
    face.story(N_("Its private half is in {file}. Keep a copy of the file and the passphrase apart from each other."), file=str(made.path))
    return DONE
