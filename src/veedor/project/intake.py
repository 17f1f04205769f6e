"""Taking files into a project: into the evidence, and from there into the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from veedor.project import journal
from veedor.sources import taking

if TYPE_CHECKING:
    from veedor.project.project import Project
    from veedor.sources.taking import Offered, OwnSheet, Received


def take(project: Project, offered: Offered) -> Received:
    """Take a publisher's file in and enter that it was."""
    received = taking.take(project.store, project.sources(), offered, project.clock.now())
    journal.enter_snapshots(project)
    return received


def take_sheet(project: Project, offered: Offered, own: OwnSheet) -> Received:
    """Take a user's own sheet in and enter that it was."""
    received = taking.take_sheet(project.store, offered, own, project.clock.now())
    journal.enter_snapshots(project)
    return received
