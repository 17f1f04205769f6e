"""`veedor witness`: sign other nodes' checkpoints, and be witnessed."""

from __future__ import annotations

import click

from veedor.cli.spoken import LazyGroup
from veedor.kernel.language import N_

_AT = "veedor.cli.commands.witness_"


@click.group(
    cls=LazyGroup,
    lazy={
        "add": (f"{_AT}add", N_("List a witness of this log, or a log to witness.")),
        "serve": (f"{_AT}serve", N_("Answer other nodes that ask this one to sign.")),
        "status": (f"{_AT}status", N_("Who has signed this log, and what this node has signed.")),
        "check": (f"{_AT}check", N_("Check evidence that a witness kept, with nothing else.")),
    },
    help=N_(
        "A witness signs a checkpoint of another node's log only when nothing was taken back since the last one. With enough witnesses no "
        "log can show two versions of itself."
    ),
)
def command() -> None:  # noqa: D103, click shows `help`
    return
