"""Every capture and every verdict is one entry of the ledger, entered once, whatever was interrupted before."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from veedor.kernel.clock import FixedClock
from veedor.project import intake, journal
from veedor.project.creating import create
from veedor.project.project import Project
from veedor.project.state import open_state_of
from veedor.sources import taking
from veedor.sources.taking import Offered, OwnSheet
from veedor.store.tables import entry

START = datetime(2026, 5, 1, 12, tzinfo=UTC)
ACTS = b"actor,action,object,at,document,grade\nMX,signed,memorandum,2026-03-02,minutes,B2\n"
SHEET = OwnSheet(kind="act", controller="MX", grade="B2")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return replace(create(tmp_path / "p", "merida-conditions", "en"), clock=FixedClock(START))


def counted(project: Project) -> dict[str, int]:
    engine = open_state_of(project)
    with engine.connect() as connection:
        found = {
            row.kind: row.number for row in connection.execute(select(entry.c.kind, func.count().label("number")).group_by(entry.c.kind))
        }
    engine.dispose()
    return found


def test_a_sheet_taken_in_is_entered_once(project: Project) -> None:
    intake.take_sheet(project, Offered(name="acts.csv", data=ACTS), SHEET)
    intake.take_sheet(project, Offered(name="acts.csv", data=ACTS), SHEET)
    assert counted(project) == {"snapshot-taken": 1}


def test_the_same_bytes_another_day_are_another_capture_and_another_entry(project: Project) -> None:
    intake.take_sheet(project, Offered(name="acts.csv", data=ACTS), SHEET)
    later = replace(project, clock=FixedClock(START + timedelta(days=1)))
    intake.take_sheet(later, Offered(name="acts.csv", data=ACTS, stated=date(2026, 4, 1)), SHEET)
    assert counted(project) == {"snapshot-taken": 2}


def test_what_was_taken_in_but_not_entered_is_entered_the_next_time(project: Project) -> None:
    taking.take_sheet(project.store, Offered(name="acts.csv", data=ACTS), SHEET, START)  # killed before the entry
    assert journal.enter_snapshots(project) == 1
    assert journal.enter_snapshots(project) == 0


def test_a_judgement_enters_each_of_its_verdicts_once(project: Project) -> None:
    first = project.judge()
    project.judge()
    assert counted(project) == {"verdict-issued": len(first.verdicts)}


def test_a_judgement_that_is_not_kept_enters_nothing(project: Project) -> None:
    project.judge(keep=False)
    assert counted(project) == {}
