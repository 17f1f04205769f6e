"""`veedor log show`: one entry."""

from __future__ import annotations

import click

from veedor.cli import entry_page
from veedor.cli.face import Face
from veedor.cli.options import formats
from veedor.cli.spoken import SpokenCommand
from veedor.kernel import canonical
from veedor.kernel.errors import DONE
from veedor.kernel.language import N_, say


@click.command(
    cls=SpokenCommand,
    example="veedor log show 3f9a1c07",
    help=N_(
        "Show one entry, by its place in the published log or by the first eight or more digits of its commitment. As JSON it comes with "
        "its salt: whoever holds both can prove to others what the commitment stands for."
    ),
)
@click.argument("entry")
@formats("text", "json")
@click.pass_obj
def command(face: Face, *, entry: str, form: str) -> int:  # noqa: D103, click shows `help`
    from veedor.project import ledger
    from veedor.project.project import open_project

    project = open_project(face.project, clock=face.clock)
    found = ledger.shown(project, ledger.everything, entry)
    if form == "json":
        face.raw(canonical.pretty({"format_version": 1, "entry": entry_page.plain(found)}))
        return DONE
    return entry_page.one_entry(face, found, say(ledger.closes(project), face.lang))
