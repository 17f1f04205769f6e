"""The whole way on the publishers' real files: the SSA accord judged as an exercise that starts in 2019, and recomputed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from veedor.kernel.clock import FixedClock
from veedor.kernel.known import Known
from veedor.project.creating import create
from veedor.project.project import Project
from veedor.sources.taking import read_all, take
from veedor.verdicts.verdict import Judgement

pytestmark = [pytest.mark.real, pytest.mark.xdist_group("real-exercise")]

NOW = FixedClock(datetime(2026, 11, 25, 12, tzinfo=UTC))
FILES = (
    "01_crime_mx/sesnsp/estatal_vintage_2023-08-24.csv",
    "01_crime_mx/sesnsp/estatal_vintage_2024-02-21.csv",
    "01_crime_mx/population/conapo_pop_states.csv",
    "01_crime_mx/rnpdno/rnpdno_disappeared_not_located.csv",
    "01_crime_mx/rnpdno/rnpdno_located_alive.csv",
    "02_cbp/nationwide-drugs-fy19-fy22.csv",
    "02_cbp/nationwide-drugs-fy23-fy26-dec.csv",
    "02_cbp/cbp-nationwide-encounters-fy20-fy23-state.csv",
    "03_atf/atf_trace_by_state_2020-2023_scraped.csv",
    "05_cartels/ucdp/Nonstate_v23_1.csv",
    "06_overdose/VSRR_Provisional_Drug_Overdose_Death_Counts.csv",
    "08_governance/2020_Worldwide_Governance_Indicators_1996-2019t.xlsx",
    "08_governance/us_foreign_aid_country.csv",
    "12_mx_corruption/sat_69b/Listado_Completo_69-B_al_30nov2022.csv",
)


@pytest.fixture(scope="module")
def project(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = replace(create(tmp_path_factory.mktemp("exercise") / "ssa", "ssa", "en"), clock=NOW)
    for offered in read_all([real_data / name for name in FILES], None):
        received = take(made.store, made.sources(), offered, NOW.now())
        assert received.taken.snapshot.is_usable, offered.name
    return made


@pytest.fixture(scope="module")
def judgement(project: Project) -> Judgement:
    return project.judge(starts=date(2019, 1, 1))


def test_every_commitment_gets_a_verdict_with_reasons(project: Project, judgement: Judgement) -> None:
    assert {v.commitment for v in judgement.verdicts} == set(project.accord().accord.commitments)
    assert all(v.reasons for v in judgement.verdicts)
    assert all(v.exercise for v in judgement.verdicts)


def test_at_least_fifteen_have_an_estimate_from_after_the_start_and_eight_are_decided(judgement: Judgement) -> None:
    estimated = {v.commitment for v in judgement.verdicts if isinstance(v.estimate, Known) and v.evidence_periods > 0}
    assert len(estimated) >= 15
    assert len({v.commitment for v in judgement.verdicts if v.is_decided}) >= 8


def test_what_cannot_be_told_says_who_could_end_it_or_what_would(judgement: Judgement) -> None:
    for verdict in judgement.verdicts:
        if verdict.outcome == "UNDETERMINED" and verdict.reasons[0].code != "ver.unlawful":
            assert verdict.controls_cause or verdict.would_change, verdict.label


def test_a_known_figure_comes_out_as_the_publisher_has_it(judgement: Judgement) -> None:
    fall = judgement.verdict("homicide-fall")
    assert isinstance(fall.estimate, Known)
    assert fall.estimate.value.denominator == 29_095  # SESNSP, intentional-homicide files of 2018, vintage of February 2024


def test_no_duty_of_conduct_is_decided_on_one_sides_figures(judgement: Judgement) -> None:
    for verdict in judgement.verdicts:
        if verdict.kind == "conduct" and verdict.is_decided:
            assert {s.controller for s in verdict.supports} - set(verdict.parties), verdict.label


def test_it_comes_out_again_from_the_stored_bytes(project: Project, judgement: Judgement) -> None:
    assert project.recompute(judgement.result_digest[:12]).result_digest == judgement.result_digest


def test_what_was_known_earlier_gives_what_was_said_earlier(project: Project, judgement: Judgement) -> None:
    before = project.judge(as_of=date(2023, 9, 1), starts=date(2019, 1, 1), keep=False)
    used = {s.snapshot for v in before.verdicts for s in v.supports}
    later = {s.digest for s in project.store.snapshots() if s.known_from > date(2023, 9, 1)}
    assert not used & later
    assert before.result_digest != judgement.result_digest


def test_with_its_own_start_most_of_it_is_not_due(project: Project) -> None:
    found = project.judge(keep=False)
    waiting = [v for v in found.verdicts if v.outcome == "NOT DUE"]
    assert len(waiting) > len(found.verdicts) / 2
