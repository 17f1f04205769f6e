"""`veedor witness check`: what evidence shows to whoever trusts the log's key and nobody else."""

from __future__ import annotations

from pathlib import Path

import click

from veedor.cli.face import Face
from veedor.cli.spoken import SpokenCommand, SpokenOption
from veedor.kernel.errors import DONE, INTEGRITY, UNDETERMINED
from veedor.kernel.language import N_

SAYINGS = {
    "split-view": N_("proved: {origin} signed two different trees of the same size"),
    "rewritten": N_("proved: {origin} signed a later tree that does not begin with the earlier one"),
    "rolled-back": N_("proved: {origin} signed a smaller tree as its largest after a larger one"),
    "unproved": N_("not proved: {origin} signed a later tree and owes the proof that it begins with the earlier one"),
}


@click.command(
    cls=SpokenCommand,
    example="veedor witness check split-view-3f9a.json --policy trusted.policy",
    help=N_("Check evidence against a log that a witness kept. Opens no project, no database and no connection."),
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--policy",
    type=click.Path(path_type=Path),
    required=True,
    cls=SpokenOption,
    metavar="FILE",
    help=N_("Whose signatures count: a policy file with the log's key, from somebody you trust."),
)
@click.pass_obj
def command(face: Face, *, file: Path, policy: Path) -> int:  # noqa: D103, click shows `help`
    from veedor.audit.main import read_policy
    from veedor.project.ledger_errors import EvidenceMalformedError
    from veedor.project.witnessing import proves, read_evidence

    try:
        data = file.read_bytes()
    except OSError as error:
        raise EvidenceMalformedError(where=str(file), file=str(file)) from error
    origin, found = read_evidence(data, str(file))
    shown = proves(found, read_policy(policy), origin)
    if shown is None:
        face.result(face.t(N_("The file shows nothing against {origin} by the keys of this policy."), origin=origin))
        return INTEGRITY
    face.result(face.t(SAYINGS[shown.value], origin=origin))
    return UNDETERMINED if shown.value == "unproved" else DONE
