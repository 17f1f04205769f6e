"""`veedor fetch`: download from the publishers."""

from __future__ import annotations

import click

from veedor.cli.face import Face
from veedor.cli.spoken import SpokenCommand
from veedor.cli.taken_list import print_taken
from veedor.kernel.errors import DONE, UNREACHABLE, VeedorError, exit_code
from veedor.kernel.language import N_


@click.command(
    cls=SpokenCommand,
    example="veedor fetch cbp-drug-seizures",
    help=N_(
        "Download the newest files of these sources, or of every source that has an address. Files that did not change are not sent again."
    ),
)
@click.argument("sources", nargs=-1, metavar="[SOURCE]…")
@click.pass_obj
def command(face: Face, *, sources: tuple[str, ...]) -> int:  # noqa: D103, click shows `help`
    from veedor.cli import complaint
    from veedor.cli.progress import downloading
    from veedor.project import fetching
    from veedor.project.project import open_project

    project = open_project(face.project, clock=face.clock)
    plan = fetching.plan(project, sources, offline=face.offline)
    codes, failed = [DONE], 0
    for errand in plan:
        try:
            with downloading(face, errand.address.source) as on_progress:
                received = fetching.run(project, errand, on_progress)
        except VeedorError as error:
            codes += [complaint.show(face, error), UNREACHABLE]
            failed += 1
            continue
        if received is None:
            face.result(face.t(N_("{source}: not changed since the last capture"), source=errand.address.source))
        else:
            print_taken(face, errand.address.source, received)
            codes.append(DONE if received.taken.snapshot.is_usable else UNREACHABLE)
    if failed:
        face.story(N_("{failed} of {all} addresses gave nothing; what was held stays in use."), failed=failed, all=len(plan))
    return exit_code(*codes)
