"""`veedor officers add`: an officer under a pseudonym."""

from __future__ import annotations

from pathlib import Path
from typing import TypedDict, Unpack

import click

from veedor.cli.acting import acting, by_options
from veedor.cli.face import Face
from veedor.cli.spoken import SpokenCommand, SpokenOption, said
from veedor.governance.pseudonyms import Group
from veedor.kernel.errors import DONE
from veedor.kernel.language import N_


class Sealing(TypedDict):
    """How the person behind a pseudonym is sealed."""

    identity: Path | None
    holders: tuple[Group, ...]
    shares: Path | None


class Holders(click.ParamType[Group]):
    """A group of holders: GROUP=NEEDED/COUNT."""

    name = "holders"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> Group:
        """The group, or click's usage error with the value and the form expected."""
        if isinstance(value, Group):
            return value
        name, _, counts = str(value).partition("=")
        needed, _, count = counts.partition("/")
        try:
            return Group(name=name, needed=int(needed), count=int(count))
        except ValueError:
            words = N_('"{value}" is not GROUP=NEEDED/COUNT; write it as US=2/3')
            self.fail((said(ctx, words) if ctx is not None else words).format(value=value), param, ctx)


@click.command(
    cls=SpokenCommand,
    example="veedor officers add --party US --identity person.txt --holders US=2/3 --holders MX=2/3 --holders board=2/3 --shares handout",
    help=N_(
        "Enter an officer of a party under a pseudonym; without NAME one is made. With --identity the person behind it is sealed: only the "
        "named numbers of holders of every party and of the board can open it together. Their shares are written to a folder, to be "
        "handed over and deleted here."
    ),
)
@click.argument("name", default="")
@click.option("--party", required=True, cls=SpokenOption, help=N_("A party of the accord, or the word for others who hold seats in it."))
@click.option(
    "--identity",
    type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True),
    cls=SpokenOption,
    metavar="FILE",
    help=N_("File with who stands behind the pseudonym, - for standard input; it is not kept."),
)
@click.option(
    "--holders", type=Holders(), multiple=True, cls=SpokenOption, metavar="GROUP=K/N",
    help=N_("A group of N holders of whom K have to come together; once for each party and for the board."),
)  # fmt: skip
@click.option(
    "--shares", type=click.Path(path_type=Path, file_okay=False), cls=SpokenOption, metavar="DIR", help=N_("Folder for the shares.")
)
@by_options
@click.pass_obj
def command(face: Face, name: str, party: str, by: tuple[str, ...], by_variables: tuple[str, ...], **sealing: Unpack[Sealing]) -> int:  # noqa: D103, click shows `help`
    from veedor.governance.pseudonyms import new_pseudonym
    from veedor.project.officers import Handing, add_officer, at_desk, seal_identity
    from veedor.project.project import open_project

    identity, shares = sealing["identity"], sealing["shares"]
    if (identity is None) is not (shares is None):
        raise click.UsageError(face.t(N_("--identity and --shares go together")))
    with at_desk(open_project(face.project, clock=face.clock)) as desk:
        keys = acting(face, desk, by, by_variables)
        chosen = name or new_pseudonym()
        written: tuple[Path, ...] = ()
        if identity is not None and shares is not None:
            with click.open_file(str(identity), encoding="utf-8") as stream:
                person = stream.read().strip()
            written = seal_identity(desk, chosen, party, person, Handing(sealing["holders"], shares), keys)
        else:
            add_officer(desk, chosen, party, keys)
    face.result(face.t(N_("Officer {name} of {party} entered."), name=chosen, party=party))
    for path in written:
        face.result(str(path))
    if written:
        face.story(
            N_("Hand each share to its holder over a channel you trust, then delete the files: whoever has enough of them can open it.")
        )
    return DONE
