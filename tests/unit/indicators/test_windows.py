"""What was known on a day, in the cases that matter to a reader."""

from __future__ import annotations

from datetime import date

import pytest

from veedor.evidence.snapshot import Snapshot
from veedor.indicators.windows import select
from veedor.kernel.months import Period


def month(number: int, year: int = 2020) -> date:
    return date(year, number, 1)


def chosen(shelf, as_of: date = date(2024, 1, 1)) -> list[tuple[str, Period]]:
    return [(use.snapshot, use.window) for use in select(shelf.snapshots, as_of).uses]


@pytest.fixture
def held(shelf):
    """A function that puts an empty snapshot on the shelf."""

    def put(starts: date, ends: date, **given: object) -> Snapshot:
        made: Snapshot = shelf.put("sesnsp-idefc", "incidence", [], (starts, ends), **given)
        return made

    return put


def test_the_newest_wins_and_older_ones_fill_what_it_leaves(shelf, held) -> None:
    old = held(month(1), month(12), stated=date(2021, 1, 1))
    new = held(month(3), month(6), stated=date(2022, 1, 1))
    assert chosen(shelf) == [
        (old.digest, Period(month(1), month(3))),
        (new.digest, Period(month(3), month(6))),
        (old.digest, Period(month(6), month(12))),
    ]


def test_what_was_known_later_is_left_out_and_said(shelf, held) -> None:
    old = held(month(1), month(6), stated=date(2021, 1, 1))
    held(month(1), month(6), stated=date(2022, 1, 1))
    selection = select(shelf.snapshots, date(2021, 6, 1))
    assert [use.snapshot for use in selection.uses] == [old.digest]
    assert [left.sentence.code for left in selection.left_out] == ["ind.known-later"]


def test_a_file_taken_in_late_does_not_become_new_by_that(shelf, held) -> None:
    """Nobody stated when either was published: the cut that the content states decides, not the day of taking in."""
    new = held(month(1), month(6), known=date(2023, 1, 1), vintage=date(2022, 5, 31))
    held(month(1), month(6), known=date(2023, 2, 1), vintage=date(2021, 5, 31))
    assert chosen(shelf) == [(new.digest, Period(month(1), month(6)))]


def test_a_stated_correction_wins_although_its_cut_is_older(shelf, held) -> None:
    held(month(1), month(6), stated=date(2022, 1, 1), vintage=date(2021, 12, 31))
    corrected = held(month(1), month(6), stated=date(2022, 3, 1), vintage=date(2021, 11, 30))
    assert chosen(shelf) == [(corrected.digest, Period(month(1), month(6)))]


def test_an_unusable_vintage_leaves_the_last_good_one_in_use(shelf, held) -> None:
    from veedor.kernel.errors import Problem

    good = held(month(1), month(6), stated=date(2022, 1, 1))
    held(month(1), month(6), stated=date(2022, 2, 1), unusable=(Problem(1, 1, "SRC037", "no rows"),))
    selection = select(shelf.snapshots, date(2024, 1, 1))
    assert [use.snapshot for use in selection.uses] == [good.digest]
    assert [left.sentence.code for left in selection.left_out] == ["ind.unusable"]


def test_parts_do_not_supersede_each_other_and_days_of_a_list_all_stay(shelf, held) -> None:
    held(month(1), month(6), part="located-alive")
    held(month(1), month(6), part="not-located")
    assert len(chosen(shelf)) == 2
    for day in (1, 2, 3):
        shelf.put("ofac-sdn", "listing", [], (date(2021, 7, day), date(2021, 7, day + 1)), part="sdn", stated=date(2021, 7, day))
    assert len(chosen(shelf)) == 5
