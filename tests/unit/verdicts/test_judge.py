"""The whole judgement: purity, digests, exercises, suspensions, armed groups, unlawful terms."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

import pytest

from veedor.accord import tests as kinds
from veedor.kernel.language import templates
from veedor.testing import build
from veedor.verdicts import methods, sentences
from veedor.verdicts.errors import MethodRetiredError, MethodUnknownError, UnknownIndicatorError
from veedor.verdicts.judge import wanted
from veedor.verdicts.judges import JUDGES
from veedor.verdicts.verdict import Outcome

AFTER = date(2021, 3, 1)
OPENED = "{milestone: office-opened, by: month 6}"


def acts(*, late: bool = False) -> list:
    on = date(2020, 8 if late else 5, 1)
    return [build.act(who, "opened", "office-opened", on) for who in ("US", "MX")]


def test_every_kind_of_test_has_its_judge() -> None:
    assert set(JUDGES) == set(kinds.KINDS)


def test_the_same_inputs_give_the_same_digests_and_other_inputs_others() -> None:
    agreed = build.accord(build.commitment(OPENED, kind="conduct"))
    first, again = (build.judged(agreed, as_of=AFTER, acts=acts()) for _ in range(2))
    assert first == again
    assert build.judged(agreed, as_of=AFTER, acts=acts(late=True)).result_digest != first.result_digest
    assert re.fullmatch(r"[0-9a-f]{64}", first.result_digest)


def test_the_wording_of_a_sentence_is_no_part_of_the_result() -> None:
    agreed = build.accord(build.commitment(OPENED, kind="conduct"))
    before = build.judged(agreed, as_of=AFTER, acts=acts()).result_digest
    words = sentences.DONE.words
    try:
        sentences.DONE.words = "Other words {day} {actors} {due}."
        assert build.judged(agreed, as_of=AFTER, acts=acts()).result_digest == before
    finally:
        sentences.DONE.words = words


def test_an_accord_nobody_signed_marks_every_verdict_as_exercise() -> None:
    agreed = build.accord(build.commitment(OPENED, kind="conduct"))
    assert all(v.exercise for v in build.judged(agreed, as_of=AFTER).verdicts)
    assert not any(v.exercise for v in build.judged(build.accord(build.commitment(OPENED), status="ended"), as_of=AFTER).verdicts)


def test_each_party_has_its_own_verdict() -> None:
    agreed = build.accord(build.commitment(OPENED, owed_by="{each: [US, MX]}"))
    assert [v.parties for v in build.judged(agreed, as_of=AFTER).verdicts] == [("US",), ("MX",)]


def test_readings_are_judged_apart() -> None:
    text = build.commitment(
        "",
        readings="[{reading: strict, says: Strictly., test: {milestone: office-opened, by: month 3}}, "
        "{reading: loose, says: Loosely., test: {milestone: office-opened, by: month 9}}]",
        kind="conduct",
    )
    found = build.judged(build.accord(text), as_of=AFTER, acts=acts()).verdicts
    assert [(v.reading, v.outcome) for v in found] == [("strict", Outcome.BROKEN), ("loose", Outcome.KEPT)]


def test_a_duty_that_depends_on_a_broken_one_is_proposed_as_suspended_and_keeps_its_verdict() -> None:
    text = build.commitment(OPENED, kind="conduct", owed_by="{each: [MX]}")
    text += build.commitment("{milestone: other-thing, by: month 6}", kind="conduct", owed_by="{each: [US]}", depends_on="[it]").replace(
        "  it:", "  theirs:", 1
    )
    theirs = build.judged(build.accord(text), as_of=AFTER, acts=acts(late=True)).verdicts[1]
    assert theirs.outcome is Outcome.UNDETERMINED
    assert [f.name for f in theirs.flags] == ["suspension-proposed"]


def test_an_unlawful_term_is_recorded_and_never_tested() -> None:
    text = build.commitment("", unlawful="Nobody may agree to this.", kind="conduct")
    verdict = build.judged(build.accord(text), as_of=AFTER).verdicts[0]
    assert verdict.outcome is Outcome.UNDETERMINED
    assert verdict.reasons[0].code == "ver.unlawful"
    assert [f.name for f in verdict.flags] == ["unlawful"]


def test_a_commitment_without_a_test_says_so() -> None:
    assert build.judged(build.accord(build.commitment("")), as_of=AFTER).verdicts[0].reasons[0].code == "ver.no-test"


GROUP = {
    "US": {"kind": "state", "name": "United States"},
    "MX": {"kind": "state", "name": "Mexico"},
    "bands": {"kind": "armed-group", "name": "Bands", "channel": "a public notice board"},
}


@pytest.mark.parametrize(
    ("reporters", "outcome"),
    [(("MX",), Outcome.UNDETERMINED), (("MX", "US"), Outcome.UNDETERMINED), (("MX", "university"), Outcome.BROKEN)],
)
def test_a_governments_word_alone_never_condemns_an_armed_group(reporters: tuple[str, ...], outcome: Outcome) -> None:
    agreed = build.accord(build.commitment("{absence: attack}", kind="conduct", owed_by="{each: [bands]}", duty="must-not"), parties=GROUP)
    reported = [build.act(who, "occurred", "attack", date(2020, 4, 4)) for who in reporters]
    assert build.judged(agreed, as_of=AFTER, acts=reported).verdicts[0].outcome is outcome


def test_a_groups_own_word_is_a_claim() -> None:
    agreed = build.accord(build.commitment(OPENED, kind="conduct", owed_by="{each: [bands]}"), parties=GROUP)
    own = [build.act("bands", "done", "office-opened", date(2020, 4, 4))]
    assert build.judged(agreed, as_of=AFTER, acts=own).verdicts[0].outcome is Outcome.UNDETERMINED


def test_a_test_changed_after_the_data_is_printed_post_hoc() -> None:
    text = build.commitment(OPENED, kind="conduct", post_hoc="{date: 2020-09-01, why: {en: A later wish.}}")
    assert [f.name for f in build.judged(build.accord(text), as_of=AFTER, acts=acts()).verdicts[0].flags] == ["post-hoc"]


def test_an_indicator_that_does_not_exist_is_an_error_with_the_nearest_name() -> None:
    agreed = build.accord(build.commitment("{level: homicde_rate, at_most: 3, by: month 3}"))
    with pytest.raises(UnknownIndicatorError, match="homicide_rate"):
        wanted(agreed, {"homicide_rate": object()})


def test_methods_no_longer_shipped_name_the_release_that_has_them() -> None:
    methods.check("1")
    with pytest.raises(MethodRetiredError, match="no longer ships"):
        methods.check("1", shipped=frozenset({"2"}), retired={"1": "0.4.0"})
    with pytest.raises(MethodUnknownError, match="there is no method 9"):
        methods.check("9")


def test_sentences_of_verdicts_fill_their_gaps() -> None:
    for code, words in templates().items():
        if code.startswith("ver."):
            gaps = set(re.findall(r"\{(\w+)\}", words))
            filled = sentences.Template(code, words)(**dict.fromkeys(gaps, "x"))
            assert "{" not in filled.render("en")


def test_a_severity_belongs_to_a_breach_only() -> None:
    agreed = build.accord(build.commitment("{absence: raid-without-consent}", kind="conduct", owed_by="{each: [US]}"))
    alone = [build.act("MX", "occurred", "raid-without-consent", date(2020, 5, 5))]
    verdict = build.judged(agreed, as_of=AFTER, acts=alone).verdicts[0]
    assert verdict.severity == ""
    assert replace(verdict) == verdict
