"""`veedor keys revoke`: a key ends."""

from __future__ import annotations

import click

from veedor.cli.acting import acting, by_options
from veedor.cli.face import Face
from veedor.cli.spoken import SpokenCommand, SpokenOption
from veedor.kernel.errors import DONE
from veedor.kernel.language import N_


@click.command(
    cls=SpokenCommand,
    example='veedor keys revoke MCowBQYDK2Vw --because "the device was lost"',
    help=N_(
        "End a key, by its first eight or more characters or by its holder's name: it speaks for nobody from now on, and what it signed "
        "before stays signed. The private half is not needed."
    ),
)
@click.argument("key")
@click.option("--because", required=True, cls=SpokenOption, help=N_("Why, without naming anybody: it cannot be erased."))
@by_options
@click.pass_obj
def command(face: Face, *, key: str, because: str, by: tuple[str, ...], by_variables: tuple[str, ...]) -> int:  # noqa: D103, click shows `help`
    from veedor.project.officers import at_desk, revoke_key
    from veedor.project.project import open_project

    with at_desk(open_project(face.project, clock=face.clock)) as desk:
        keys = acting(face, desk, by, by_variables)
        holder = revoke_key(desk, key, because, keys)
    face.result(face.t(N_("Key of {holder} revoked."), holder=holder))
    return DONE
