"""`veedor template`: an empty sheet for records of your own."""

from __future__ import annotations

from pathlib import Path

import click

from veedor.cli.face import Face
from veedor.cli.spoken import SpokenCommand, SpokenOption
from veedor.kernel.errors import DONE
from veedor.kernel.language import N_


@click.command(
    cls=SpokenCommand,
    example="veedor template act -o acts.xlsx",
    help=N_(
        "Write an empty sheet with the columns of a kind of record and instructions in English and Spanish. Without -o, CSV goes to stdout."
    ),
)
@click.argument("kind")
@click.option("-o", "--output", type=click.Path(path_type=Path), cls=SpokenOption, metavar="FILE", help=N_("File to write: .csv or .xlsx."))
@click.pass_obj
def command(face: Face, *, kind: str, output: Path | None) -> int:  # noqa: D103, click shows `help`
    from veedor.project.folder import write_new
    from veedor.records.kinds import KINDS
    from veedor.records.sheets.templates import template_csv, template_xlsx

    KINDS[kind]
    if output is None:
        face.raw(template_csv(kind).decode())
        return DONE
    write_new(output, template_xlsx(kind) if output.suffix.casefold() == ".xlsx" else template_csv(kind))
    face.result(face.t(N_("{file} written. Fill it in, then: veedor add {file} --as {kind}"), file=str(output), kind=kind))
    return DONE
