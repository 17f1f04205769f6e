"""`veedor witness status`: who has signed this log, and what this node has signed."""

from __future__ import annotations

import click

from veedor.cli.face import Face
from veedor.cli.options import formats
from veedor.cli.spoken import SpokenCommand
from veedor.kernel import canonical
from veedor.kernel.errors import DONE
from veedor.kernel.language import N_


@click.command(
    cls=SpokenCommand,
    example="veedor witness status",
    help=N_("Show the keys that others need, how far each witness has signed this log, and how far this node has signed others'."),
)
@formats("text", "json")
@click.pass_obj
def command(face: Face, *, form: str) -> int:  # noqa: D103, click shows `help`
    from veedor.project import cosigning, ledger, serving, witnesses, witnessing
    from veedor.project.node_key import public_keys
    from veedor.project.project import open_project

    project = open_project(face.project, clock=face.clock)
    with ledger.opened(project) as engine:
        own = [key.vkey() for key in public_keys(project, engine, ledger.everything)]
    of_us = cosigning.standings(project)
    by_us = witnessing.held(project.folder.root / witnessing.FOLDER, witnesses.watched(project))
    if form == "json":
        face.raw(
            canonical.pretty(
                {
                    "format_version": 1,
                    "log_keys": own,
                    "witness_key": serving.announced(project),
                    "witnesses": [{"name": one.witness.name, "url": one.witness.url, "size": one.size, "at": one.at} for one in of_us],
                    "logs": [one._asdict() for one in by_us],
                }
            )
        )
        return DONE
    none = face.t(N_("none yet"))
    face.table(
        (), [(face.t(N_("key of this log")), ", ".join(own) or none), (face.t(N_("key as a witness")), serving.announced(project) or none)]
    )
    if of_us:
        face.result("")
        heads = tuple(face.t(head) for head in (N_("WITNESS"), N_("SIGNED UP TO"), N_("KEPT SINCE"), N_("ADDRESS")))
        face.table(heads, [(one.witness.name, str(one.size), one.at[:19] or "–", one.witness.url) for one in of_us])
    if by_us:
        face.result("")
        heads = tuple(face.t(head) for head in (N_("LOG"), N_("SIGNED UP TO"), N_("REFUSALS KEPT")))
        face.table(heads, [(one.origin, str(one.size), str(one.refused)) for one in by_us])
    return DONE
