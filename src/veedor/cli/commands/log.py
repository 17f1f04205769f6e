"""`veedor log`: the entries of the ledger; below it, one entry, the batch that is due, a proof."""

from __future__ import annotations

from datetime import date

import click

from veedor.cli import entry_page
from veedor.cli.face import Face
from veedor.cli.options import day, formats
from veedor.cli.spoken import LazyGroup
from veedor.kernel import canonical
from veedor.kernel.errors import DONE
from veedor.kernel.language import N_

_AT = "veedor.cli.commands.log_"


@click.group(
    cls=LazyGroup,
    lazy={
        "show": (f"{_AT}show", N_("Show one entry with everything it says.")),
        "checkpoint": (f"{_AT}checkpoint", N_("Seal the batch that is due, publish the log, ask the witnesses.")),
        "proof": (f"{_AT}proof", N_("Write the proof that an entry stands in the published log.")),
    },
    invoke_without_command=True,
    help=N_("List the entries of the ledger: every change of state is one. Or do one of the things below."),
)
@day("--since", N_("Only entries from this day on (UTC)."))
@formats("text", "json")
@click.pass_context
def command(ctx: click.Context, *, since: date | None, form: str) -> int:  # noqa: D103, click shows `help`
    from veedor.project import ledger
    from veedor.project.project import open_project

    face = ctx.find_object(Face)
    if face is None or ctx.invoked_subcommand is not None:
        return DONE
    found = ledger.listed(open_project(face.project, clock=face.clock), ledger.everything, since)
    if form == "json":
        face.raw(canonical.pretty({"format_version": 1, "entries": [entry_page.plain(one) for one in found]}))
        return DONE
    return entry_page.table(face, found)
