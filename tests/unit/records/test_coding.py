"""Coders are blind to each other until they have graded themselves."""

from __future__ import annotations

from datetime import date

import pytest

from veedor.kernel.markings import Marking
from veedor.kernel.months import month
from veedor.records.coding import Grading, coding_row, coding_table, may_see
from veedor.records.coding_errors import GradeOutsideError
from veedor.records.kinds import Coding


def coded(coder: str, party: str = "MX", grade: int = 2, commitment: str = "vetting", number: int = 3, row: int = 1) -> Coding:
    grading = Grading(
        commitment=commitment, party=party, coder=coder, grade=grade, rationale="as reported", document="d", period=month(2026, number)
    )
    return coding_row(grading, source="user:coding", snapshot="f" * 64, row=row, marking=Marking.SHARED)


def test_a_grade_becomes_a_record_that_cites_its_row() -> None:
    found = coded("one", row=7)
    assert (found.valid_from, found.valid_to, found.row, found.grade, found.marking) == (date(2026, 3, 1), date(2026, 4, 1), 7, 2, 1)
    assert coding_table([found, coded("two")]).num_rows == 2
    assert coding_table([]).num_rows == 0
    assert coded("one", row=8).id != found.id


@pytest.mark.parametrize("grade", [-1, 4, True])
def test_a_grade_outside_the_scale_is_refused(grade: int) -> None:
    with pytest.raises(GradeOutsideError):
        coded("one", grade=grade)


def test_nobody_sees_anothers_grade_before_their_own() -> None:
    one, two = coded("one", grade=3), coded("two", grade=0)
    assert may_see([one], "two", "vetting") == ()
    assert may_see([one], "one", "vetting") == (one,)
    assert may_see([one, two], "two", "vetting") == (one, two)
    assert may_see([one, two], "three", "vetting") == ()


def test_grading_one_party_period_or_commitment_shows_nothing_of_another() -> None:
    others = [coded("one", party="US"), coded("one", number=4), coded("one", commitment="disclosure")]
    mine = coded("two")
    assert may_see([*others, mine], "two", "vetting") == (mine,)
    assert may_see([*others, mine], "two", "disclosure") == ()
    shown = coded("one")
    assert may_see([*others, mine, shown], "two", "vetting") == (mine, shown)
