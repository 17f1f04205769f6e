"""`veedor bundle`: verdicts as self-contained files, and `veedor bundle fetch`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from veedor.cli import labels
from veedor.cli.errors import WrongUsageError
from veedor.cli.face import Face
from veedor.cli.spoken import SpokenCommand, SpokenOption
from veedor.kernel.errors import DONE
from veedor.kernel.language import N_

if TYPE_CHECKING:
    from veedor.audit.bundle import Bundle

CLASSES = {
    "anyone": N_("anyone can recompute it"),
    "observers": N_("observers who see what was handed in can recompute it"),
    "one-party": N_("one party alone could recompute it: an assertion"),
}
FETCH = "fetch"
_ONE_ADDRESS = N_("fetch takes one address: veedor bundle fetch URL -o FILE")


@click.command(
    cls=SpokenCommand,
    example="veedor bundle homicide-rate -o homicide-rate.bundle.json",
    help=N_(
        "Write a verdict of the last judgement, by commitment or digest, with what it rests on, its entries and their proofs. Where "
        "several verdicts fit, -o names a new folder. Files that a publisher's address stands for are left out unless --whole is given. "
        "With fetch and an address, download a bundle instead."
    ),
)
@click.argument("verdicts", nargs=-1, required=True, metavar="VERDICT…|fetch URL")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    cls=SpokenOption,
    metavar="FILE",
    help=N_("File to write, which must be new."),
)
@click.option("--whole", is_flag=True, cls=SpokenOption, help=N_("Put every file in, also where an address would stand for it."))
@click.pass_obj
def command(face: Face, *, verdicts: tuple[str, ...], output: Path, whole: bool) -> int:  # noqa: D103, click shows `help`
    from veedor.project import bundling, ledger
    from veedor.project.folder import write_new
    from veedor.project.project import open_project

    if verdicts[0] == FETCH:
        return _fetch(face, verdicts[1:], output)
    project = open_project(face.project, clock=face.clock)
    asked = bundling.named(project, verdicts)
    made = bundling.bundles(project, ledger.everything, asked, str(output), whole=whole)
    if len(made) > 1:
        _folder(output)
    for label in filter(None, (labels.synthetic(project.settings, face.lang),)):
        face.result(label, "warning")
    for one, bundle in zip(asked, made, strict=True):
        path = output if len(made) == 1 else output / one.file
        write_new(path, bundle.data())
        _told(face, one.label, bundle, path)
    return DONE


def _told(face: Face, label: str, bundle: Bundle, path: Path) -> None:
    """What was written: who can recompute it comes first."""
    from veedor.verdicts.rows import EXERCISE

    face.result(f"{label}: {face.t(CLASSES[bundle.grade])}", "heading")
    if bundle.is_exercise:
        face.result(f"  {face.t(EXERCISE)}", "warning")
    held = sum(one.data is not None for one in bundle.inputs)
    words = N_("  {file} written: {entries} entries with proofs, {inputs} inputs, {held} of them whole.")
    face.result(face.t(words, file=str(path), entries=len(bundle.entries), inputs=len(bundle.inputs), held=held))
    face.result(face.t(N_("  Whoever gets it: veedor audit {file} --policy FILE"), file=str(path)))


def _folder(path: Path) -> None:
    from veedor.project.folder import empty

    empty(path)


def _fetch(face: Face, rest: tuple[str, ...], output: Path) -> int:
    from veedor.cli.progress import downloading
    from veedor.project import bundling
    from veedor.project.folder import write_new

    if len(rest) != 1:
        raise WrongUsageError(message=face.t(_ONE_ADDRESS), command="veedor bundle")
    with downloading(face, "bundle") as on_progress:
        data = bundling.download(rest[0], offline=face.offline, on_progress=on_progress)
    write_new(output, data)
    face.result(face.t(N_("{file} written. Nothing in it is checked yet: veedor audit {file}"), file=str(output)))
    return DONE
