"""`veedor log checkpoint`: the batch that is due, sealed, published and offered to the witnesses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from veedor.cli.face import Face
from veedor.cli.passphrase import asked, passphrase_option
from veedor.cli.spoken import SpokenCommand
from veedor.kernel.errors import DONE, exit_code
from veedor.kernel.language import N_

if TYPE_CHECKING:
    from veedor.project.project import Project


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
    folder = str(ledger.log_folder(project))
    face.result(face.t(N_("The published log has {size} entries, padding among them: {folder}"), size=done.size, folder=folder))
    return _witnessed(face, project)


def _witnessed(face: Face, project: Project) -> int:
    """Ask the witnesses; the checkpoint stands whatever they say."""
    from veedor.cli import complaint
    from veedor.project import cosigning, remote

    if face.offline:
        face.story(N_("--offline is set: no witness was asked."))
        return DONE
    codes = [DONE]
    for outcome in cosigning.offer(project, remote.ask):
        if outcome.error is None:
            face.result(face.t(N_("Signed by the witness {name}."), name=outcome.name))
        else:
            codes.append(complaint.show(face, outcome.error))
    return exit_code(*codes)
