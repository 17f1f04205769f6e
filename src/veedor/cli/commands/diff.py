"""`veedor diff`: what a publisher changed between two vintages."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from functools import partial
from itertools import groupby, islice

import click

from veedor.cli.face import Face
from veedor.cli.options import formats
from veedor.cli.spoken import SpokenCommand, SpokenOption
from veedor.evidence.diff import Cell, Difference
from veedor.evidence.snapshot import Snapshot
from veedor.kernel import canonical
from veedor.kernel.errors import DONE
from veedor.kernel.ids import short
from veedor.kernel.language import N_
from veedor.kernel.months import Period
from veedor.kernel.text import clean

MOST = 20


@click.command(
    cls=SpokenCommand,
    example="veedor diff sesnsp-idefc 3f2a 9c1e",
    help=N_("Name every cell that changed between two snapshots of a source, with the value before and after."),
)
@click.argument("source")
@click.argument("old")
@click.argument("new")
@click.option("--all", "every", is_flag=True, cls=SpokenOption, help=N_("List every changed cell, not only the first ones."))
@formats("text", "json", "csv")
@click.pass_obj
def command(face: Face, *, source: str, old: str, new: str, every: bool, form: str) -> int:  # noqa: D103, click shows `help`
    from veedor.project.comparing import compare
    from veedor.project.project import open_project

    project = open_project(face.project, clock=face.clock)
    earlier, later, found = compare(project.store, source, old, new)
    if form == "csv":
        face.raw(_csv(found))
    elif form == "json":
        face.raw(
            canonical.pretty(
                {"format_version": 1, "old": earlier.digest, "new": later.digest, "kinds": {k: _plain(d) for k, d in found.items()}}
            )
        )
    else:
        _text(face, (earlier, later), found, every=every)
    return DONE


def _text(face: Face, both: tuple[Snapshot, Snapshot], found: dict[str, Difference], *, every: bool) -> None:
    earlier, later = both
    face.result(
        face.t(
            N_("{source}: {old} (known from {first}) against {new} (known from {second})"),
            source=earlier.source,
            old=short(earlier.digest),
            first=earlier.known_from,
            new=short(later.digest),
            second=later.known_from,
        ),
        "heading",
    )
    for kind, difference in found.items():
        words = N_("{kind}: {changed} rows changed, {added} added, {removed} gone; {old} rows before, {new} now")
        counts = {"changed": difference.changed.num_rows, "added": difference.added.num_rows, "removed": difference.removed.num_rows}
        face.result(face.t(words, kind=kind, **counts, old=difference.old_rows, new=difference.new_rows))
        cells = list(difference.cells()) if every else list(islice(difference.cells(), MOST + 1))
        shown = cells if every else cells[:MOST]
        _changes(face, difference, shown)
        if len(cells) > len(shown):
            face.result(face.t(N_("… more: veedor diff --all, or --format csv")))


def _changes(face: Face, difference: Difference, shown: Sequence[Cell]) -> None:
    words = N_("    {column}: {old} before, {new} now")
    for row, cells in groupby(shown, partial(_row, difference)):
        face.result(f"  {row}")
        for cell in cells:
            face.result(face.t(words, column=cell.column, old=_cell(cell.old), new=_cell(cell.new)))


def _row(difference: Difference, cell: Cell) -> str:
    """What tells the row from all others: its key without blanks, the period as one, the number only where the key repeats."""
    *values, occurrence = cell.key
    key = dict(zip(difference.key, values, strict=True))
    starts, ends = key.get("valid_from"), key.get("valid_to")
    if isinstance(starts, date) and isinstance(ends, date):
        key["valid_from"] = str(Period(starts, ends))
        del key["valid_to"]
    parts = [str(value) for value in key.values() if value not in {None, ""}]
    return clean(", ".join([*parts, f"#{occurrence}"] if occurrence != 1 else parts))


def _cell(value: object) -> str:
    return "–" if value is None else str(value)


def _csv(found: dict[str, Difference]) -> str:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    for kind, difference in found.items():
        writer.writerow(("kind", *difference.key, "occurrence", "column", "old", "new"))
        for cell in difference.cells():
            writer.writerow((kind, *cell.key, cell.column, "" if cell.old is None else cell.old, "" if cell.new is None else cell.new))
    return made.getvalue()


def _plain(difference: Difference) -> dict[str, object]:
    cells = [{"key": [_json(k) for k in c.key], "column": c.column, "old": _json(c.old), "new": _json(c.new)} for c in difference.cells()]
    return {
        "key": [*difference.key, "occurrence"],
        "changed_cells": cells,
        "rows_before": difference.old_rows,
        "rows_now": difference.new_rows,
        "added": difference.added.num_rows,
        "removed": difference.removed.num_rows,
    }


def _json(value: object) -> object:
    return None if value is None else value if isinstance(value, int | str) else str(value)
