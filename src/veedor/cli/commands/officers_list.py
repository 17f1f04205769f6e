"""`veedor officers list`: who is entered, and which seats they hold."""

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


@click.command(
    cls=SpokenCommand, example="veedor officers list", help=N_("List the officers, their parties, their seats and how many keys they have.")
)
@click.option("--as", "reader", default="", cls=SpokenOption, metavar="OFFICER", help=N_("Only what this officer may see."))
@formats("text", "json")
@click.pass_obj
def command(face: Face, *, reader: str, form: str) -> int:  # noqa: D103, click shows `help`
    from veedor.project.officers import at_desk, known_officers
    from veedor.project.project import open_project

    with at_desk(open_project(face.project, clock=face.clock)) as desk:
        found = known_officers(desk, reader)
    if form == "json":
        face.raw(canonical.pretty({"format_version": 1, "officers": found}))
    else:
        _table(face, found)
    return DONE


def _table(face: Face, found: Sequence[dict[str, Any]]) -> None:
    if not found:
        face.result(face.t(N_("No officer is entered. Enter one: veedor officers add --party PARTY")))
        return
    heads = tuple(face.t(head) for head in (N_("OFFICER"), N_("PARTY"), N_("SEATS"), N_("KEYS IN FORCE")))
    rows = [(row["officer"], row["party"], ", ".join(row["seats"]) or "–", str(row["keys"])) for row in found]
    face.table(heads, rows, fixed=(0, 1, 3))
