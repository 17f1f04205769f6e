"""`veedor keys rotate`: a new key in the place of an old one."""

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
    example="veedor keys rotate o-3f9a1c0b7d",
    help=N_(
        "Put a new key in the place of one that is held here, by its holder or its first characters. An officer's old key signs its own "
        "end; what it signed before stays signed."
    ),
)
@click.argument("key", default="")
@click.option(
    "--passphrase-from",
    "variable",
    default="",
    cls=SpokenOption,
    metavar="NAME",
    help=N_("Environment variable that holds the old key's passphrase; it is asked for otherwise."),
)
@click.option(
    "--new-passphrase-from",
    "new_variable",
    default="",
    cls=SpokenOption,
    metavar="NAME",
    help=N_("Environment variable that holds the new key's passphrase; it is asked for otherwise."),
)
@by_options
@click.pass_obj
def command(face: Face, *, key: str, variable: str, new_variable: str, by: tuple[str, ...], by_variables: tuple[str, ...]) -> int:  # noqa: D103, click shows `help`
    from veedor.governance import keyring
    from veedor.project.node_key import keys_folder, origin
    from veedor.project.officers import at_desk, rotate_key
    from veedor.project.project import open_project

    project = open_project(face.project, clock=face.clock)
    with at_desk(project) as desk:
        held = keyring.find(keys_folder(project), key or origin(project), desk.in_force())
        keys = acting(face, desk, by, by_variables)
        old = keyring.unlock(held.path, asked(face, variable, face.t(N_("Passphrase of the key of {holder}"), holder=held.holder)))
        words = face.t(N_("Passphrase of the new key"))
        made = rotate_key(desk, old, lambda: asked(face, new_variable, words, is_new=True), keys)
    face.result(face.t(N_("Key of {holder} replaced."), holder=made.holder))
    face.result(made.public)
    face.story(N_("The old key's file stays where it is: {file}. What it signed is checked against the ledger."), file=str(held.path))
    return DONE
