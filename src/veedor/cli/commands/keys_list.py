"""`veedor keys list`: the keys that the ledger knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from veedor.cli.face import Face
from veedor.cli.options import formats
from veedor.cli.spoken import SpokenCommand, SpokenOption
from veedor.kernel import canonical
from veedor.kernel.errors import DONE
from veedor.kernel.language import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

PURPOSES = {"node": N_("node"), "officer": N_("officer")}


@click.command(
    cls=SpokenCommand,
    example="veedor keys list",
    help=N_("List the keys that the ledger knows: whose they are, since when, whether they are in force, and which are held here."),
)
@click.option("--as", "reader", default="", cls=SpokenOption, metavar="OFFICER", help=N_("Only what this officer may see."))
@formats("text", "json")
@click.pass_obj
def command(face: Face, *, reader: str, form: str) -> int:  # noqa: D103, click shows `help`
    from veedor.project.officers import at_desk, known_keys
    from veedor.project.project import open_project

    with at_desk(open_project(face.project, clock=face.clock)) as desk:
        found = known_keys(desk, reader)
    if form == "json":
        face.raw(canonical.pretty({"format_version": 1, "keys": found}))
    else:
        _table(face, found)
    return DONE


def _table(face: Face, found: Sequence[dict[str, Any]]) -> None:
    if not found:
        face.result(face.t(N_("No key is entered. Make the node's own: veedor keys new")))
        return
    heads = tuple(face.t(head) for head in (N_("KEY"), N_("HOLDER"), N_("OF"), N_("ALGORITHM"), N_("SINCE"), N_("STATE"), N_("HELD HERE")))
    rows = [
        (
            f"{row['key'][:12]}…",
            row["holder"],
            face.t(PURPOSES[row["purpose"]]),
            row["algorithm"],
            row["valid_from"][:10],
            _state(face, row),
            face.t(N_("yes")) if row["is_held"] else face.t(N_("no")),
        )
        for row in found
    ]
    face.table(heads, rows, fixed=(0, 3, 4))


def _state(face: Face, row: dict[str, Any]) -> str:
    if row["revoked_at"] is None:
        return face.t(N_("in force"))
    ended = row["revoked_at"][:10]
    return face.t(N_("replaced on {day}"), day=ended) if row["replaced_by"] else face.t(N_("revoked on {day}"), day=ended)
