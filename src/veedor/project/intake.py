"""Taking files into a project: into the evidence, and from there into the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from veedor.kernel.errors import VeedorError
from veedor.project import journal
from veedor.sources import taking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from veedor.project.project import Project
    from veedor.sources.taking import Offered, OwnSheet, Received


def refusals(project: Project, offered: Sequence[Offered], own: OwnSheet | None = None) -> tuple[VeedorError, ...]:
    """Why files cannot be taken in, each that cannot, before the first is stored.

    A publisher's file is only recognised: what its table lacks shows on reading it, and then it is kept as unusable.
    """
    found: list[VeedorError] = []
    for one in offered:
        try:
            if own is None:
                taking.recognised(one, project.sources())
            else:
                taking.sheet_intake(one, own)
        except VeedorError as error:
            found.append(error)
    return tuple(found)


def take(project: Project, offered: Offered) -> Received:
    """Take a publisher's file in and enter that it was."""
    journal.check(project)
    received = taking.take(project.store, project.sources(), offered, project.clock.now())
    journal.enter_snapshots(project)
    return received


def take_sheet(project: Project, offered: Offered, own: OwnSheet) -> Received:
    """Take a user's own sheet in and enter that it was."""
    journal.check(project)
    received = taking.take_sheet(project.store, offered, own, project.clock.now())
    journal.enter_snapshots(project)
    return received
