"""`veedor snapshots`: what is held."""

from __future__ import annotations

import click

from veedor.cli.face import Face
from veedor.cli.options import formats
from veedor.cli.spoken import SpokenCommand, SpokenOption
from veedor.evidence.snapshot import Snapshot
from veedor.kernel import canonical
from veedor.kernel.errors import CODES, DONE, INTEGRITY
from veedor.kernel.ids import short
from veedor.kernel.language import N_
from veedor.kernel.text import clean


@click.command(cls=SpokenCommand, example="veedor snapshots --check", help=N_("List every snapshot held, newest vintage last."))
@click.option("--check", is_flag=True, cls=SpokenOption, help=N_("Read every stored byte and compare it with its digest."))
@click.option("--sweep", is_flag=True, cls=SpokenOption, help=N_("Remove what interrupted takes left behind."))
@formats("text", "json")
@click.pass_obj
def command(face: Face, *, check: bool, sweep: bool, form: str) -> int:  # noqa: D103, click shows `help`
    from veedor.project.project import open_project

    project = open_project(face.project, clock=face.clock)
    store = project.store
    if sweep:
        face.story(N_("{count} files of interrupted takes removed."), count=len(store.sweep()))
    problems = store.verify() if check else ()
    damage = any(CODES[problem.code].exit_code for problem in problems)
    found = () if damage else store.snapshots()
    if form == "json":
        project.sources()  # what they note on a snapshot is stored by code; their words come with them
        face.raw(
            canonical.pretty({"format_version": 1, "snapshots": [_plain(s) for s in found], "problems": [p.what("en") for p in problems]})
        )
    elif found:
        _table(face, found)
    elif not problems:
        face.result(face.t(N_("No snapshot is held. Take one in: veedor add FILE, or veedor fetch")))
    for problem in problems:
        face.aside(f"{clean(problem.place)}  {problem.code}  {problem.what(face.lang)}", indent=2)
    if check and not problems:
        face.story(N_("Every stored byte is what it was. Snapshots checked: {count}."), count=len(found))
    return INTEGRITY if damage else DONE


def _table(face: Face, found: tuple[Snapshot, ...]) -> None:
    heads = tuple(face.t(h) for h in (N_("SNAPSHOT"), N_("SOURCE"), N_("KNOWN FROM"), N_("PERIOD"), N_("RECORDS"), N_("STATE")))
    rows = []
    for s in found:
        state = face.t(N_("usable")) if s.is_usable else face.t(N_("UNUSABLE"))
        name = f"{s.source} ({s.part})" if s.part else s.source
        period = str(s.covers) if s.covers is not None else "–"
        rows.append((short(s.digest), name, s.known_from.isoformat(), period, f"{sum(t.rows for t in s.tables):,}", state))
    face.table(heads, rows, fixed=(0, 2, 3, 4, 5))
    usable = sum(s.is_usable for s in found)
    face.result("")
    face.result(
        face.t(
            N_("Snapshots held: {held}, usable: {usable}; bytes: {bytes}."),
            held=len(found),
            usable=usable,
            bytes=sum(s.size for s in found),
        )
    )


def _plain(s: Snapshot) -> dict[str, object]:
    return {
        "digest": s.digest,
        "source": s.source,
        "part": s.part,
        "controller": s.controller,
        "grade": s.grade,
        "known_from": s.known_from,
        "covers": None if s.covers is None else {"starts": s.covers.starts, "ends": s.covers.ends},
        "records": {t.kind: t.rows for t in s.tables},
        "size": s.size,
        "usable": s.is_usable,
        "captures": [{"at": c.at, "name": c.name, "address": c.address, "stated": c.stated} for c in s.captures],
        "notes": [n.render("en") for n in s.notes],
        "problems": [p.what("en") for p in s.unusable],
    }
