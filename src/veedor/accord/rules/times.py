"""Whether deadlines, windows and baselines fit the accord's own calendar, and whether the figures come in time to tell."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from veedor.accord.rules.lens import Finding, Lens, Repair, Rule, View
from veedor.accord.tests import AnyTest, ChangeTest, LevelTest, Moment, ShareTest
from veedor.kernel.known import Known
from veedor.kernel.language import N_, Template, Text
from veedor.kernel.months import add_months, months_between

DUE_BEFORE_DUTY = Rule(
    "ACC110",
    "error",
    Template("acc.110", N_("It is due on {due}, before the duty begins on {begins}.")),
    N_("A deadline that passes before the duty binds cannot be met or missed. Move the deadline or the phase."),
)
DUE_AFTER_END = Rule(
    "ACC111",
    "error",
    Template("acc.111", N_("It is due on {due}, after the accord ends on {ends}.")),
    N_("Nobody is bound any more when it falls due. Move the deadline, or let the accord last until it can be judged."),
)
WINDOW_TOO_LONG = Rule(
    "ACC112",
    "warning",
    Template("acc.112", N_("Its window of {over} months reaches back before the duty begins ({months} months lie between).")),
    N_("The test would mix months before the duty with months under it. Shorten the window or move the deadline."),
)
BEGINS_BEFORE_ACCORD = Rule(
    "ACC122",
    "warning",
    Template("acc.122", N_("It begins on {begins}, before the accord starts on {starts}.")),
    N_("Nobody is bound before the accord starts. If that is meant, say in `says` on what ground."),
)
TAKES_TOO_LONG = Rule(
    "ACC220",
    "error",
    Template("acc.220", N_("It takes {needed} months of figures to tell this from nothing; the accord gives it {given}.")),
    N_(
        "The figures move by themselves. With fewer months nobody could tell a real change from chance, and the verdict would be "
        "UNDETERMINED. Ask for a larger change, a longer time, or figures that move less."
    ),
)
TAKES_MONTHS = Rule(
    "ACC221",
    "note",
    Template("acc.221", N_("It takes {needed} months of figures to tell this from nothing.")),
    N_("Until then the verdict is UNDETERMINED unless the change is larger than asked for."),
)
POWER_UNKNOWN = Rule(
    "ACC222",
    "note",
    Template("acc.222", N_("How many months it takes to tell cannot be said: {why}")),
    N_("The number of months follows from how much the figures move by themselves, for which a stored series is needed."),
)
BASELINE_UNWRITTEN = Rule(
    "ACC225",
    "note",
    Template("acc.225", N_("It writes no baseline; the 12 months before the start are assumed.")),
    N_("A baseline that is only assumed invites the question which one was meant."),
)
BASELINE_LATE = Rule(
    "ACC226",
    "error",
    Template("acc.226", N_("Its baseline {baseline} reaches into the time in which the duty binds.")),
    N_("What the accord changes must not be part of what the change is measured against."),
)
RULES = (
    DUE_BEFORE_DUTY, DUE_AFTER_END, WINDOW_TOO_LONG, BEGINS_BEFORE_ACCORD, TAKES_TOO_LONG, TAKES_MONTHS, POWER_UNKNOWN,
    BASELINE_UNWRITTEN, BASELINE_LATE,
)  # fmt: skip


def check(lens: Lens) -> Iterator[Finding]:
    """Every weakness of time."""
    for name, commitment in lens.accord.commitments.items():
        begins = commitment.begins
        if begins is not None and begins.day is not None and begins.day < lens.accord.starts:
            starts = lens.accord.starts
            yield lens.find(BEGINS_BEFORE_ACCORD, ("commitments", name, "begins"), begins=begins.day, starts=starts)
    for view in lens.binding:
        if view.test is None:
            continue
        yield from _deadline(lens, view, view.test)
        if isinstance(view.test, ChangeTest):
            yield from _baseline(lens, view, view.test)
        if lens.power is not None and isinstance(view.test, (LevelTest, ChangeTest, ShareTest)):
            yield from _power(lens, view, view.test)


def _due(lens: Lens, test: AnyTest) -> date | None:
    by: Moment | None = getattr(test, "by", None)
    return by.on(lens.accord.starts) if by is not None else None


def _last_day(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def _deadline(lens: Lens, view: View, test: AnyTest) -> Iterator[Finding]:
    due = _due(lens, test)
    if due is None:
        return
    duty, ends = lens.accord.duty_period(view.name), lens.accord.ends
    trail = (*view.trail, "test", "by")
    if due <= duty.starts:
        yield lens.find(DUE_BEFORE_DUTY, trail, _later(lens, view), due=_last_day(due), begins=duty.starts)
        return
    if ends is not None and _last_day(due) > ends:
        yield lens.find(DUE_AFTER_END, trail, _later(lens, view), due=_last_day(due), ends=ends)
    over = getattr(test, "over", 0)
    if over and add_months(due, -over) < duty.starts:
        months = months_between(duty.starts, due)
        clause = Text(en=f"… over {max(1, months)} months …", es=f"… durante {max(1, months)} meses …")
        repair = Repair(clause=clause, paste=f"over: {max(1, months)} months")
        yield lens.find(WINDOW_TOO_LONG, (*view.trail, "test", "over"), repair, over=over, months=months)


def _later(lens: Lens, view: View) -> Repair:
    month = lens.month_for(view.name)
    clause = Text(en=f"… by the end of month {month} of the accord …", es=f"… a más tardar al final del mes {month} del acuerdo …")
    return Repair(clause=clause, paste=f"by: month {month}")


def _baseline(lens: Lens, view: View, test: ChangeTest) -> Iterator[Finding]:
    trail = (*view.trail, "test", "against")
    if trail not in lens.file.positions:
        clause = Text(en="… against the 12 months before the accord …", es="… frente a los 12 meses previos al acuerdo …")
        repair = Repair(clause=clause, paste="against: 12 months before start", fixable=True)
        yield lens.find(BASELINE_UNWRITTEN, trail, repair)
    baseline = test.against.on(lens.accord.starts)
    if baseline.ends > lens.accord.duty_period(view.name).starts:
        yield lens.find(BASELINE_LATE, trail, baseline=str(test.against))


def _power(lens: Lens, view: View, test: AnyTest) -> Iterator[Finding]:
    assert lens.power is not None  # noqa: S101, the caller asked
    found = lens.power(view.name, test)
    trail = (*view.trail, "test")
    if not isinstance(found, Known):
        yield lens.find(POWER_UNKNOWN, trail, why=found.reason)
        return
    ends = _due(lens, test) or lens.accord.ends
    given = months_between(lens.accord.duty_period(view.name).starts, ends) if ends is not None else None
    if given is None or found.value <= given:
        yield lens.find(TAKES_MONTHS, trail, needed=found.value)
        return
    month = months_between(lens.accord.starts, lens.accord.duty_period(view.name).starts) + found.value
    clause = Text(en=f"… by the end of month {month} of the accord …", es=f"… a más tardar al final del mes {month} del acuerdo …")
    repair = Repair(clause=clause, paste=f"by: month {month}")
    yield lens.find(TAKES_TOO_LONG, trail, repair, needed=found.value, given=max(0, given))
