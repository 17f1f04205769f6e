"""`veedor officers seat`: a seat of an organ, filled or made empty."""

from __future__ import annotations

import click

from veedor.cli.acting import acting, by_options
from veedor.cli.face import Face
from veedor.cli.spoken import SpokenCommand, SpokenOption
from veedor.kernel.errors import DONE
from veedor.kernel.language import N_


@click.command(
    cls=SpokenCommand,
    example="veedor officers seat o-3f9a1c0b7d bhlig US/officer/1",
    help=N_(
        "Give OFFICER a seat of ORGAN. A seat is PARTY/ROLE/NUMBER; roles are officer, analyst, reviewer, board-member, observer, coder "
        "and auditor, and administrator in the organ node. With --vacate the seat that OFFICER holds becomes empty."
    ),
)
@click.argument("officer")
@click.argument("organ")
@click.argument("seat")
@click.option("--vacate", is_flag=True, cls=SpokenOption, help=N_("Make the seat empty."))
@by_options
@click.pass_obj
def command(face: Face, *, officer: str, organ: str, seat: str, vacate: bool, by: tuple[str, ...], by_variables: tuple[str, ...]) -> int:  # noqa: D103, PLR0913, click shows `help`
    from veedor.governance.seats import parse_seat
    from veedor.project.officers import at_desk, fill_seat, vacate_seat
    from veedor.project.project import open_project

    chosen = parse_seat(organ, seat)
    with at_desk(open_project(face.project, clock=face.clock)) as desk:
        keys = acting(face, desk, by, by_variables)
        (vacate_seat if vacate else fill_seat)(desk, officer, chosen, keys)
    words = N_("{officer} no longer holds {seat} of {organ}.") if vacate else N_("{officer} holds {seat} of {organ}.")
    face.result(face.t(words, officer=officer, seat=chosen.name, organ=organ))
    return DONE
