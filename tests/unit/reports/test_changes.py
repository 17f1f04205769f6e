"""What changed between two kept judgements: from what to what, because of what, in how many cells."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from veedor.evidence.diff import diff
from veedor.evidence.snapshot import Capture, Snapshot
from veedor.kernel import canonical
from veedor.kernel.language import Sentence, Text
from veedor.kernel.months import Period
from veedor.records.keys import KEYS
from veedor.records.kinds import table
from veedor.reports import markdown
from veedor.reports.changes import Held, changes
from veedor.reports.document import as_json
from veedor.reports.errors import NothingToCompareError
from veedor.reports.kept import KeptJudgement, kept, last_two
from veedor.reports.revisions import pairs, revisions
from veedor.verdicts import sentences
from veedor.verdicts.rows import verdict_digest
from veedor.verdicts.verdict import Judgement, Outcome

Keep = Callable[..., KeptJudgement]
Judged = Callable[..., Judgement]
HELD = Held(title=Text(en="Trial accord"), snapshots={})


@pytest.fixture
def before(judged: Judged, keep: Keep) -> KeptJudgement:
    return keep(judged(date(2020, 6, 1), acts=()))


@pytest.fixture
def after(judgement: Judgement, keep: Keep) -> KeptJudgement:
    return keep(judgement, hour=10)


def text(before: KeptJudgement, after: KeptJudgement, held: Held = HELD) -> str:
    return markdown.render(changes(before, after, held), "en")


def test_a_kept_judgement_comes_back_as_it_was(judgement: Judgement, after: KeptJudgement) -> None:
    assert list(after.verdicts) == [v.label for v in judgement.verdicts]
    for verdict in judgement.verdicts:
        found = after.verdicts[verdict.label]
        assert found.outcome is verdict.outcome
        assert found.digest == verdict_digest(verdict)
        assert found.supports == {s.snapshot for s in verdict.supports}
        assert found.reason is not None
        assert found.reason.code == verdict.reasons[0].code
        assert found.reason.render("en") == verdict.reasons[0].render("en")


def test_texts_come_back_in_every_language_where_they_are_known(judgement: Judgement, keep: Keep) -> None:
    label = "handed-in (US)"
    known = keep(judgement, texts={"a record": Text(en="a record", es="un registro")})
    assert known.verdicts[label].reason is not None
    assert "un registro" in known.verdicts[label].reason.render("es")


def test_words_that_this_release_no_longer_has_are_left_out(judgement: Judgement, keep: Keep) -> None:
    from veedor.verdicts.judge import verdict_plain

    made = keep(judgement)
    plain = [canonical.read(canonical.canonical(verdict_plain(v))) for v in judgement.verdicts]
    for one in plain:
        one["reasons"] = [{"code": "ver.of-long-ago", "values": {}}]
    found = kept(made.recipe, plain)
    assert all(verdict.reason is None for verdict in found.verdicts.values())
    assert "| office (US+MX) | BROKEN |" not in text(made, found)


def test_another_outcome_stands_with_before_now_cause_and_both_digests(before: KeptJudgement, after: KeptJudgement) -> None:
    said = text(before, after)
    row = next(line for line in said.splitlines() if line.startswith("| office (US+MX) |"))
    old, new = before.verdicts["office (US+MX)"], after.verdicts["office (US+MX)"]
    assert row.startswith("| office (US+MX) | NOT DUE | BROKEN | it came due, it rests on snapshots that it did not rest on before:")
    assert f"{old.digest[:12]} → {new.digest[:12]}" in row
    assert "The day of judging moved from 2020-06-01 to 2021-03-01." in said


def test_the_same_outcome_with_another_figure_is_a_change_of_its_own(judged: Judged, keep: Keep) -> None:
    first, second = keep(judged()), keep(judged(level=150), hour=10)
    found = changes(first, second, HELD)
    said = markdown.render(found, "en").split("## The same outcome, another figure")[1]
    assert "| fewer (MX) | MISSED, " in said
    reasons = {one["verdict"]: one["because"] for one in canonical.read(as_json(found, "en"))["data"]["changed"]}
    assert reasons["fewer (MX)"] == ["figures"]


def test_figures_that_print_alike_are_counted_and_not_listed(after: KeptJudgement) -> None:
    label = "fewer (MX)"
    one = after.verdicts[label]
    assert one.value is not None
    moved = replace(one, value=replace(one.value, value=one.value.value + Decimal("0.001")))
    said = text(after, replace(after, verdicts={**after.verdicts, label: moved}))
    assert "Verdicts whose figure differs only beyond the digits shown: 1." in said
    assert "## The same outcome" not in said


def test_nothing_changed_is_said(after: KeptJudgement) -> None:
    said = text(after, after)
    assert "No verdict has another outcome or another figure." in said
    assert "Day, start, accord file, method and snapshots are the same." in said


def test_every_cause_is_named(before: KeptJudgement, after: KeptJudgement) -> None:
    other = after.recipe._replace(
        accord="b" * 64, method="2", starts=date(2020, 2, 1), indicators=("c" * 64,), snapshots={"d" * 64: date(2020, 7, 1)}
    )
    moved = replace(after.verdicts["office (US+MX)"], bound=b"something else")
    later = KeptJudgement(recipe=other, verdicts={**after.verdicts, "office (US+MX)": moved})
    said = text(before, later)
    assert "The accord file changed: aaaaaaaaaaaa → bbbbbbbbbbbb." in said
    assert "The method of judging changed: 1 → 2." in said
    assert "The start from which months are counted moved from 2020-01-01 to 2020-02-01." in said
    assert "Indicator files of the project's own changed." in said
    assert "Snapshots: 1 added, 0 of them used; 0 no longer held." in said
    assert "the accord asks for something else" in said
    assert "| dddddddddddd | – | – | 2020-07-01 | – | no |" in said


def test_verdicts_in_one_of_the_two_only_are_listed(before: KeptJudgement, after: KeptJudgement) -> None:
    def without(judgement: KeptJudgement) -> KeptJudgement:
        return replace(judgement, verdicts={label: v for label, v in judgement.verdicts.items() if label != "soon (US)"})

    assert "Gone: soon (US), which was NOT DUE" in text(before, without(after))
    assert "New: soon (US), NOT DUE" in text(without(before), after)


def test_the_label_stays_when_either_of_the_two_was_an_exercise(before: KeptJudgement, after: KeptJudgement) -> None:
    signed = {label: replace(verdict, exercise=False) for label, verdict in after.verdicts.items()}
    assert changes(before, replace(after, verdicts=signed), HELD).exercise
    assert not changes(replace(after, verdicts=signed), replace(after, verdicts=signed), HELD).exercise


def test_the_last_two_different_judgements_are_compared(before: KeptJudgement, after: KeptJudgement) -> None:
    first, last = before.recipe, after.recipe
    moved = first._replace(starts=date(2021, 1, 1), result_digest="e" * 64, made_at="2026-01-01T09:30:00Z")
    again = last._replace(made_at="2026-01-01T11:00:00Z")
    assert last_two([first, moved, last, again]) == (first, again)
    assert last_two([first, moved, last], since="eeee") == (moved, last)
    assert last_two([first, moved, last], as_of=date(2020, 6, 1), starts=date(2021, 1, 1)) == (first, moved)
    with pytest.raises(NothingToCompareError):
        last_two([last, again])
    with pytest.raises(NothingToCompareError):
        last_two([first, last], as_of=date(1999, 1, 1))


@pytest.mark.parametrize(
    ("words", "values"),
    [
        (sentences.INTERVAL_CROSSES, {"low": "-13.5", "high": "7.261E+4", "bound": {"value": "1E+2", "unit": "%"}}),
        (sentences.NO_FIGURE_AFTER, {"indicator": "figure", "period": "2018", "last": "2017-12"}),
    ],
)
def test_numbers_come_back_as_numbers_and_years_as_years(words: object, values: dict, after: KeptJudgement) -> None:
    from veedor.reports.kept import _sentence

    said = _sentence({"code": words.code, "values": values}, {})
    assert isinstance(said, Sentence)
    assert ("72,610" in said.render("en")) == ("high" in values)
    assert ("(2018)" in said.render("en")) == ("period" in values)


# --- how many figures a publisher changed ----------------------------------------------------------------------------


def snapshot(digit: str, known: date, *, part: str = "") -> Snapshot:
    at = datetime(known.year, known.month, known.day, tzinfo=UTC)
    return Snapshot(
        digest=digit * 64, size=1, source="made-up", controller="MX", grade="B2", part=part, vintage=known, tables=(), notes=(),
        unusable=(), covers=Period(date(2020, 1, 1), known), reader="0", captures=(Capture(at=at, name="a.csv", address=""),),
    )  # fmt: skip


def rows(*counts: int | None) -> object:
    """Months of 2020 with these counts; a blank where there is none."""
    number = range(len(counts))
    same = {
        "place": "MX",
        "source": "made-up",
        "snapshot": "f" * 64,
        "marking": 0,
        "category": "homicide-intentional",
        "measure": "victims",
    }
    return table(
        "incidence",
        {
            **same,
            "id": [str(i) for i in number],
            "valid_from": [date(2020, 1 + i, 1) for i in number],
            "valid_to": [date(2020, 2 + i, 1) for i in number],
            "row": list(number),
            "count": list(counts),
            "status": ["not-reported" if count is None else "reported" for count in counts],
        },
    )


def rest_on(judgement: KeptJudgement, digest: str) -> KeptJudgement:
    """The same judgement with its figures taken from one snapshot."""
    lone = frozenset({digest})
    verdicts = {label: replace(v, supports=frozenset() if v.value is None else lone) for label, v in judgement.verdicts.items()}
    return replace(judgement, verdicts=verdicts)


def test_a_newer_vintage_is_compared_with_the_one_it_took_over_from(after: KeptJudgement) -> None:
    old, older = snapshot("1", date(2020, 6, 1)), snapshot("2", date(2020, 3, 1))
    other, new = snapshot("3", date(2020, 6, 1), part="b"), snapshot("4", date(2020, 9, 1))
    held = {one.digest: one for one in (old, older, other, new)}
    found = pairs(rest_on(after, old.digest), rest_on(after, new.digest), held)
    assert [(a.digest, b.digest) for a, b in found] == [(old.digest, new.digest)]
    assert pairs(rest_on(after, other.digest), rest_on(after, new.digest), held) == ()


def test_changed_cells_are_counted_and_blanks_are_cells_too(after: KeptJudgement) -> None:
    old, new = snapshot("1", date(2020, 6, 1)), snapshot("4", date(2020, 9, 1))
    difference = diff(rows(10, 20, None, 40), rows(10, 21, 5, 40, 50), KEYS["incidence"])
    (found,) = revisions(old, new, {"incidence": difference}, rest_on(after, new.digest))
    assert (found.matched, found.changed, found.added, found.removed) == (4, 2, 1, 0)
    assert found.cells == 3  # a count, a count that was blank, and its status
    assert found.in_use == 2
    said = text(after, after, replace(HELD, revisions=(found,)))
    assert "Of 4 rows in both, 2 have another value (3 cells); 1 rows are new, 0 are gone." in said
    assert "2 of the changed rows lie in a window that a verdict measures." in said


def test_outcomes_are_words_of_the_outcome_list(after: KeptJudgement) -> None:
    assert {verdict.outcome for verdict in after.verdicts.values()} <= set(Outcome)
