"""`veedor log checkpoint`: the batch that is due, sealed, published and offered to the witnesses."""

from __future__ import annotations

import click

from veedor.cli.face import Face
from veedor.cli.passphrase import asked, passphrase_option
from veedor.cli.spoken import SpokenCommand
from veedor.kernel.errors import DONE
from veedor.kernel.language import N_


@click.command(
    cls=SpokenCommand,
    example="veedor log checkpoint --passphrase-from VEEDOR_PASSPHRASE",
    help=N_(
        "Seal the batch that is due with the node's key, bring the folder log up to date, and ask the witnesses to sign. Batches close at "
        "every full hour and are padded; run this from a timer just after it, whether or not anything happened: when a checkpoint comes "
        "must not tell that something did."
    ),
)
@passphrase_option
@click.pass_obj
def command(face: Face, *, variable: str) -> int:  # noqa: D103, click shows `help`
    from veedor.project import ledger
    from veedor.project.project import open_project

    project = open_project(face.project, clock=face.clock)
    done = ledger.publish(project, ledger.everything, lambda: asked(face, variable))
    if done.sealed is None:
        face.story(N_("No batch is due; the next one closes at {closes}."), closes=done.closes)
    else:
        face.story(N_("Sealed the batch of {at}."), at=done.sealed.at)
    face.result(
        face.t(
            N_("The published log has {size} entries, padding among them: {folder}"), size=done.size, folder=str(ledger.log_folder(project))
        )
    )
    return DONE
