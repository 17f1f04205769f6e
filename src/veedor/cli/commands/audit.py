"""`veedor audit`: check a bundle or the folder of a log. Opens no project, no database and no connection."""

from __future__ import annotations

from pathlib import Path

import click

from veedor.cli.face import Face
from veedor.cli.options import formats
from veedor.cli.spoken import SpokenCommand, SpokenOption
from veedor.kernel import canonical
from veedor.kernel.language import N_


@click.command(
    cls=SpokenCommand,
    example="veedor audit verdict.json --policy trusted.policy",
    help=N_("Check a bundle, or the folder of a log, with nothing else: what holds, what fails, what cannot be told. In both languages."),
)
@click.argument("path", type=click.Path(path_type=Path), metavar="FILE|DIR")
@click.option(
    "--policy",
    type=click.Path(path_type=Path),
    cls=SpokenOption,
    metavar="FILE",
    help=N_("Whose signatures count: a policy file from somebody you trust. Without it, whose keys these are stays open."),
)
@formats("text", "json")
@click.pass_obj
def command(face: Face, *, path: Path, policy: Path | None, form: str) -> int:  # noqa: D103, click shows `help`
    from veedor.audit import report
    from veedor.audit.main import audit

    found = audit(path, policy)
    face.raw(canonical.pretty(report.plain(found)) if form == "json" else report.text(found))
    return found.exit_code
