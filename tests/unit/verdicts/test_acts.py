"""Milestone, cadence, absence and coded tests: silence is not proof, one side's word is not enough."""

from __future__ import annotations

from datetime import date

import pytest

from veedor.testing import build
from veedor.verdicts.verdict import Outcome

AFTER = date(2020, 9, 15)
CONDUCT = {"kind": "conduct", "owed_by": "{joint: [US, MX]}"}
MILESTONE = "{milestone: office-opened, by: month 6}"
MEETING = "{cadence: group-meeting, every: month, grace: 7 days}"


def one(test: str, acts=(), codings=(), *, as_of: date = AFTER, **changes: str):
    agreed = build.accord(build.commitment(test, **(CONDUCT | changes)))
    return build.judged(agreed, as_of=as_of, acts=acts, codings=codings).verdicts[0]


def both(action: str, label: str, on: date) -> list:
    return [build.act("US", action, label, on), build.act("MX", action, label, on)]


def test_a_milestone_both_sides_record_in_time_is_kept() -> None:
    assert one(MILESTONE, both("opened", "office-opened", date(2020, 6, 30))).outcome is Outcome.KEPT


def test_one_day_late_is_broken_and_flagged_late() -> None:
    verdict = one(MILESTONE, both("opened", "office-opened", date(2020, 7, 1)))
    assert verdict.outcome is Outcome.BROKEN
    assert [(f.name, dict(f.sentence.values)["days"]) for f in verdict.flags] == [("late", 1)]


def test_done_before_its_date_is_kept_already() -> None:
    assert one(MILESTONE, both("opened", "office-opened", date(2020, 2, 1)), as_of=date(2020, 3, 1)).outcome is Outcome.KEPT


def test_nobody_recorded_it_is_not_a_breach() -> None:
    verdict = one(MILESTONE)
    assert verdict.outcome is Outcome.UNDETERMINED
    assert verdict.reasons[0].code == "ver.nothing-recorded"
    assert verdict.controls_cause == ("US", "MX")


def test_one_partys_record_alone_does_not_decide() -> None:
    verdict = one(MILESTONE, [build.act("MX", "opened", "office-opened", date(2020, 5, 1))])
    assert verdict.outcome is Outcome.UNDETERMINED
    assert verdict.reasons[0].code == "ver.only-own"


def test_a_breach_recorded_by_one_party_alone_is_never_broken() -> None:
    verdict = one(MILESTONE, [build.act("US", "not-done", "office-opened", date(2020, 7, 2))], owed_by="{each: [MX]}")
    assert verdict.outcome is Outcome.UNDETERMINED
    assert verdict.recomputable == "one-party"


def test_an_observers_record_that_it_was_not_done_breaks_it() -> None:
    acts = [
        build.act("observer", "not-done", "office-opened", date(2020, 7, 2)),
        build.act("US", "not-done", "office-opened", date(2020, 7, 3)),
    ]
    assert one(MILESTONE, acts, owed_by="{each: [MX]}").outcome is Outcome.BROKEN


def test_what_happened_after_the_day_of_judging_is_not_known() -> None:
    verdict = one(MILESTONE, both("opened", "office-opened", date(2020, 6, 1)), as_of=date(2020, 5, 1))
    assert verdict.outcome is Outcome.NOT_DUE


EACH = {"owed_by": "{each: [US, MX]}"}


def each(acts: list) -> dict[str, str]:
    agreed = build.accord(build.commitment(MILESTONE, **(CONDUCT | EACH)))
    return {v.parties[0]: v.outcome for v in build.judged(agreed, as_of=AFTER, acts=acts).verdicts}


def test_what_one_party_did_never_counts_for_the_other() -> None:
    done = [build.act(who, "opened", "office-opened/US", date(2020, 5, 1)) for who in ("US", "MX")]
    assert each(done) == {"US": Outcome.KEPT, "MX": Outcome.UNDETERMINED}


def test_on_the_bare_label_each_speaks_for_itself_only() -> None:
    done = [build.act(who, "opened", "office-opened", date(2020, 5, 1)) for who in ("US", "observer")]
    assert each(done) == {"US": Outcome.UNDETERMINED, "MX": Outcome.UNDETERMINED}


def test_what_was_done_before_the_accord_began_is_not_its_doing() -> None:
    assert one(MILESTONE, both("opened", "office-opened", date(2019, 12, 31))).outcome is Outcome.UNDETERMINED


def test_a_joint_duty_shows_contributions_apart() -> None:
    verdict = one(MILESTONE, both("opened", "office-opened", date(2020, 5, 1)))
    assert [party for party, _ in verdict.contributions] == ["US", "MX"]


def meetings(months: list[int], day: int = 10) -> list:
    return [act for m in months for act in both("met", "group-meeting", date(2020, m, day))]


def test_every_month_on_record_is_kept() -> None:
    assert one(MEETING, meetings([1, 2, 3, 4, 5, 6, 7, 8])).outcome is Outcome.KEPT


def test_a_silent_month_is_not_a_missed_month() -> None:
    verdict = one(MEETING, meetings([1, 2, 3, 5, 6, 7, 8]))
    assert verdict.outcome is Outcome.UNDETERMINED
    assert dict(verdict.reasons[0].values)["silent"] == 1


@pytest.mark.parametrize(("missed", "severity"), [([4], "isolated"), ([4, 6], "repeated")])
def test_a_month_recorded_as_missed_breaks_it_with_its_severity(missed: list[int], severity: str) -> None:
    acts = meetings([m for m in range(1, 9) if m not in missed])
    acts += [act for m in missed for act in both("missed", "group-meeting", date(2020, m, 28))]
    verdict = one(MEETING, acts)
    assert verdict.outcome is Outcome.BROKEN
    assert verdict.severity == severity


def test_a_meeting_in_the_days_of_grace_is_late_not_missing() -> None:
    acts = [*meetings([1, 2, 4, 5, 6, 7, 8]), *both("met", "group-meeting", date(2020, 4, 3))]
    verdict = one(MEETING, acts)
    assert verdict.outcome is Outcome.KEPT
    assert [f.name for f in verdict.flags] == ["late"]


def test_one_meeting_in_the_days_of_grace_does_not_serve_two_months() -> None:
    acts = [*meetings([1, 2, 5, 6, 7, 8]), *both("met", "group-meeting", date(2020, 4, 3))]
    assert one(MEETING, acts).outcome is Outcome.UNDETERMINED


ABSENCE = "{absence: raid-without-consent}"


def test_nothing_seen_is_never_kept_without_an_inspection() -> None:
    verdict = one(ABSENCE, owed_by="{each: [US]}", duty="must-not")
    assert verdict.outcome is Outcome.UNDETERMINED
    assert verdict.reasons[0].code == "ver.nothing-seen"


def test_one_event_that_an_observer_reports_breaks_a_prohibition() -> None:
    acts = [
        build.act("observer", "occurred", "raid-without-consent", date(2020, 5, 5)),
        build.act("MX", "occurred", "raid-without-consent", date(2020, 5, 5)),
    ]
    verdict = one(ABSENCE, acts, owed_by="{each: [US]}", duty="must-not")
    assert verdict.outcome is Outcome.BROKEN
    assert verdict.severity == "isolated"


def test_the_accusers_word_alone_breaks_nothing() -> None:
    acts = [build.act("MX", "occurred", "raid-without-consent", date(2020, 5, 5))]
    verdict = one(ABSENCE, acts, owed_by="{each: [US]}", duty="must-not")
    assert verdict.outcome is Outcome.UNDETERMINED
    assert verdict.reasons[0].code == "ver.only-counterpart"


CODED = "{coded: complete, coders: 2, by: month 6}"


@pytest.mark.parametrize(
    ("grades", "outcome", "code"),
    [
        ((3, 3), Outcome.KEPT, "ver.coded-did"),
        ((1, 2), Outcome.BROKEN, "ver.coded-did"),
        ((3, 2), Outcome.UNDETERMINED, "ver.coders-differ"),
        ((3,), Outcome.UNDETERMINED, "ver.coders-missing"),
    ],
)
def test_coders_must_be_enough_and_agree(grades: tuple[int, ...], outcome: Outcome, code: str) -> None:
    codings = [build.coding(f"coder-{i}", grade, date(2020, 7, 10), controller=f"institute-{i}") for i, grade in enumerate(grades)]
    verdict = one(CODED, codings=codings, owed_by="{each: [MX]}")
    assert verdict.outcome is outcome
    assert verdict.reasons[0].code == code


def test_a_coders_later_grade_never_replaces_the_blind_one() -> None:
    codings = [build.coding("a", 1, date(2020, 7, 1), controller="x"), build.coding("a", 3, date(2020, 8, 1), controller="x")]
    codings.append(build.coding("b", 3, date(2020, 8, 1), controller="y"))
    assert one(CODED, codings=codings, owed_by="{each: [MX]}").outcome is Outcome.UNDETERMINED
