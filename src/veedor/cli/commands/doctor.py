"""`veedor doctor`: where everything is, which versions, what works."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import click

import veedor
from veedor.cli.face import Face
from veedor.cli.spoken import SpokenCommand
from veedor.kernel.errors import CODES, DONE, INTEGRITY, VeedorError
from veedor.kernel.language import N_


@click.command(
    cls=SpokenCommand,
    example="veedor doctor",
    help=N_("Show versions, every path in use, the registered plug-ins and the state of the project."),
)
@click.pass_obj
def command(face: Face) -> int:  # noqa: D103, click shows `help`
    from veedor.verdicts.keeping import versions

    face.result(face.t(N_("Program")), "heading")
    _rows(
        face,
        [
            *versions(),
            (face.t(N_("platform")), f"{platform.system()} {platform.machine()}"),
            (face.t(N_("package")), str(Path(veedor.__file__).parent)),
        ],
    )
    face.result("")
    face.result(face.t(N_("Plug-ins")), "heading")
    _rows(face, _plug_ins(face))
    face.result("")
    return _project(face)


def _rows(face: Face, rows: list[tuple[str, str]]) -> None:
    face.table((), [(f"  {name}", value) for name, value in rows], fixed=(0,))


def _plug_ins(face: Face) -> list[tuple[str, str]]:
    from veedor.accord.library import library
    from veedor.indicators.registry import indicators
    from veedor.records.kinds import KINDS
    from veedor.sources.registry import sources
    from veedor.verdicts.judges import JUDGES

    found = (
        (N_("sources"), sources()),
        (N_("indicators"), indicators()),
        (N_("accords"), library()),
        (N_("record kinds"), KINDS),
        (N_("judges"), JUDGES),
    )
    return [(face.t(name), f"{len(things)}") for name, things in found]


def _project(face: Face) -> int:
    from veedor.project.errors import NoProjectError
    from veedor.project.project import open_project

    face.result(face.t(N_("Project")), "heading")
    try:
        project = open_project(face.project, clock=face.clock)
    except NoProjectError as error:
        face.result(f"  {error.render('what', face.lang)}")
        return DONE
    store = project.store
    rows = [
        (face.t(N_("folder")), str(project.folder.root)),
        (face.t(N_("accord")), str(project.accord_path)),
        (face.t(N_("evidence")), str(project.folder.evidence)),
        (face.t(N_("indicators")), str(project.folder.indicators)),
    ]
    rows.append((face.t(N_("writable")), face.t(N_("yes")) if os.access(project.folder.root, os.W_OK) else face.t(N_("no"))))
    try:
        rows.append((face.t(N_("snapshots")), f"{len(store.snapshots())}"))
        rows.append((face.t(N_("judgements")), f"{len(project.judgements())}"))
        problems = [p.what(face.lang) for p in store.verify() if CODES[p.code].exit_code]
    except VeedorError as error:
        problems = [error.render("what", face.lang)]
    try:
        accord = project.accord()
        rows.append((face.t(N_("commitments")), f"{len(accord.accord.commitments)}"))
    except VeedorError as error:
        problems.append(error.render("what", face.lang))
    _rows(face, rows)
    for problem in problems:
        face.aside(f"  {problem}", indent=4)
    face.result("")
    words = N_("Problems found: {count}.") if problems else N_("Nothing is wrong: every stored byte is what it was.")
    face.result(face.t(words, count=len(problems)))
    return INTEGRITY if problems else DONE
