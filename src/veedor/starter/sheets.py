"""Made-up sheets of a user's own: what the parties and observers recorded, grades of two coders, extraditions, an assessment.

Who controls a sheet decides what it can prove, so that each side has one of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from veedor.kernel.months import add_months
from veedor.starter.draws import draw, months
from veedor.starter.writing import Row, table

STARTS, LAST = date(2020, 1, 1), date(2024, 6, 20)
US, MX, OVERSIGHT = "US", "MX", "oversight"
_BOTH = (US, MX)
_GRADE = "B2"

_MILESTONES: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    ("summit", "met", "2020-01-20", _BOTH),
    ("method-adopted", "adopted", "2020-02-14", _BOTH),
    ("baselines-deposited/US", "delivered", "2020-02-25", (US, MX, OVERSIGHT)),  # each owes it: the record says whose it was
    ("baselines-deposited/MX", "delivered", "2020-03-09", (US, MX, OVERSIGHT)),  # nine days late
    ("benchmarks", "published", "2020-03-20", (MX,)),  # one side says so, the other says nothing
    ("memorandum", "signed", "2020-04-15", _BOTH),  # due by 31 March: late
    ("oversight-seated", "opened", "2020-04-20", (US, MX, OVERSIGHT)),
    ("real-time-traces", "opened", "2020-06-10", _BOTH),
    ("trace-office-open", "opened", "2020-08-20", _BOTH),
    ("real-time-channel", "opened", "2020-09-12", _BOTH),
    ("fusion-cells-open", "not-done", "2020-11-05", _BOTH),  # due by 31 October: both say that it was not done
    ("lethal-aid-delivered", "occurred", "2021-09-30", (US, OVERSIGHT)),  # forbidden, and it happened once
    ("raid-without-order", "occurred", "2022-05-11", (MX, OVERSIGHT)),  # the same on the other side
)
_MISSED, _LATE, _SILENT = date(2021, 3, 1), date(2022, 7, 1), date(2021, 11, 1)


def acts(recorder: str) -> bytes:
    """What one recorder put down: milestones, meetings and the duties of every month or quarter."""
    rows = sorted((at, label, action) for label, action, at, who in (*_MILESTONES, *_regular()) if recorder in who)
    body = [(recorder, action, label, at, f"made-up minutes of {at}", _GRADE) for at, label, action in rows]
    return table("actor,action,object,at,document,grade", body, end="\n")


def _regular() -> Iterator[tuple[str, str, str, tuple[str, ...]]]:
    for first in _firsts(STARTS, 1):
        missed = first == _MISSED
        yield ("monthly-meetings", "missed" if missed else "met", _iso(first, 27 if missed else 14), _BOTH)
        yield ("decisions-recorded", "reported", _iso(add_months(first, 1), 5) if first == _LATE else _iso(first, 20), _BOTH)
        if first < date(2023, 1, 1):
            yield ("trace-requests", "delivered", _iso(first, 24), _BOTH)  # nobody records anything after 2022
    for first in _firsts(add_months(STARTS, 6), 1):
        if first != _SILENT:
            yield ("channel-exercised", "done", _iso(first, 17), _BOTH)
    for first in _firsts(STARTS, 3):
        yield ("publication-by-rule", "published", _iso(add_months(first, 2), 28), (MX, OVERSIGHT))


def _firsts(first: date, step: int) -> list[date]:
    """The first day of every period that has ended."""
    found = []
    while add_months(first, step) <= LAST:
        found.append(first)
        first = add_months(first, step)
    return found


def _iso(first: date, day: int) -> str:
    return first.replace(day=day).isoformat()


def extraditions() -> bytes:
    """Extraditions that Mexico granted, by reference and day, as its own office lists them."""
    return table("valid_from,proceeding_type,stage,requested_of,decided,reference", _cases(), end="\n")


def _cases() -> Iterator[Row]:
    number = 0
    for year, month in months((2017, 7), (2022, 12)):
        busy = 4 if (2020, 1) <= (year, month) <= (2020, 6) else 0
        for _ in range(3 + busy + draw(4, "extraditions", year, month)):
            number += 1
            day = date(year, month, 1 + draw(28, "extradition", number))
            yield (day, "extradition", "granted", MX, day, f"EX-{number:03d}")


def grades(coder: str, grade: int) -> bytes:
    """One coder's grade of the one commitment of the accord that has no number."""
    row = ("2022-12-01", "court-modernisation", MX, coder, grade, "made-up ground: an exercise")
    return table("valid_from,commitment,party,coder,grade,rationale", [row], end="\n")


_ASSESSED = {"territorial-control": (78, 3), "perceived-insecurity": (57, 2)}  # per cent, and half the interval


def assessments() -> bytes:
    """What independent observers found by quarter, with intervals."""
    return table("series,place,valid_from,valid_to,value,low,high,unit", _assessed(), end="\n")


def _assessed() -> Iterator[Row]:
    for series, (usual, half) in _ASSESSED.items():
        for first in _firsts(STARTS, 3):
            value = usual + draw(3, series, first)
            yield (series, MX, first, add_months(first, 3), value, value - half, value + half, "%")
