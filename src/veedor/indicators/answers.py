"""Indicators answered: which snapshots a series rests on, its points in time order, or why there are none.

Registered sources that the header names are used as their windows say. Rows of anybody else (a user's own sheet, `user:<file name>`;
where the header names no source, any source that holds such rows) join by the rule of vintages: the newest first, and an older one
only where no newer one speaks of the same place at that time. Sheets and publishers' files are thus never added to each other.
Records of single happenings (acts, cases, lists) are all kept, because two sides may each record their own; queries count them apart.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Context, Decimal
from typing import Any, NamedTuple

from sqlglot import exp

from veedor.indicators.dialect import DIALECT, canonical
from veedor.indicators.errors import IndicatorAnswerError, IndicatorFailedError
from veedor.indicators.lineage import readings
from veedor.indicators.series import OUTPUT, Indicator, Point, Rhythm, Series, SnapshotUse, Yield
from veedor.indicators.tables import RecordTables
from veedor.indicators.units import RHYTHMS
from veedor.indicators.windows import newness, remaining
from veedor.kernel.ids import short
from veedor.kernel.known import Known, Unknown
from veedor.kernel.language import N_, Sentence, Template, word
from veedor.kernel.months import Period, add_months
from veedor.records.places import country

NO_SNAPSHOT = Template("ind.no-snapshot", N_("No usable snapshot of {sources} was known on {as_of}. What is needed: {needs}"))
NO_SOURCE = Template("ind.no-source", N_("No open source is registered for this. What is needed: {needs}"))
NO_ROWS = Template("ind.no-rows", N_("The snapshots held of {sources} give no figure for {place}. What is needed: {needs}"))
TWICE = Template("ind.twice", N_("Two figures are given for {place} in {starts} to {last}; which of them counts cannot be told."))
OUTRANKED = Template(
    "ind.outranked",
    N_("Snapshot {snapshot} of {source} was not used: {kept} speaks of the same places and times."),
)
ROW_EMPTY = Template("ind.row-empty", N_("{columns} of {place} {day} is null"))
ROW_BACKWARDS = Template("ind.row-backwards", N_("{place} ends on {ends} and starts on {starts}"))
ROW_WITHOUT_BASE = Template("ind.row-without-base", N_("base of {place} {day} is {base}"))
ROW_MISCOUNTED = Template("ind.row-miscounted", N_("{reported} of {expected} reported for {place} {day}"))
OTHER_RHYTHM = Template("ind.other-rhythm", N_("{count} figures were not used: they do not stand for one {rhythm} each."))

_HAPPENINGS = frozenset({"event", "proceeding", "coding", "entity", "listing", "act"})
"""Kinds whose rows are single happenings or entries: rows of two sources are two records, not two measurements of one thing."""
_CONTEXT = Context(prec=38)  # of the widest column, so that no digit is lost
_LENGTH = {"month": 1, "quarter": 3, "year": 12, "fiscal-year": 12, "rolling-year": 12}
_MATCHES = {"snapshot": "string", "place": "string", "first": "date", "last": "date"}


class _Match(NamedTuple):
    """Rows that a query may use, of one snapshot and place: the first and the last day on which one begins."""

    kind: str
    snapshot: str
    place: str
    first: date
    last: date


class _Chosen(NamedTuple):
    windows: dict[str, dict[str, tuple[Period, ...]]]  # by kind and snapshot
    left_out: tuple[Sentence, ...]


def run(tables: RecordTables, indicator: Indicator, places: Sequence[str] | None = None) -> dict[str, Yield]:
    """The indicator's series at each place asked for; with none named, at every place there is a figure for, and its own.

    Raises:
        IndicatorFailedError, IndicatorAnswerError: the query cannot be answered from these records, or not with points.
    """
    for kind in indicator.kinds:
        tables.load(kind)
    matches = _matches(tables, indicator)
    chosen = _choose(tables, indicator, matches)
    points, strange = _points(tables, indicator, chosen)
    wanted = tuple(places) if places is not None else (*dict.fromkeys((indicator.place, *sorted(points))),)
    return {place: _yield(tables, indicator, place, points.get(place, []), matches, chosen, strange.get(place, 0)) for place in wanted}


def _matches(tables: RecordTables, indicator: Indicator) -> list[_Match]:
    found = []
    for kind in indicator.kinds:
        condition = " OR ".join(f"({one.condition})" for one in readings(indicator.query) if one.kind == kind)
        query = (
            f"SELECT snapshot, place, MIN(valid_from) AS first, MAX(valid_from) AS last FROM {kind} "
            f"WHERE {condition} GROUP BY snapshot, place ORDER BY snapshot, place"
        )
        found += [_Match(kind, *row.values()) for row in _asked(tables, indicator, query, _MATCHES)]
    return found


def _choose(tables: RecordTables, indicator: Indicator, matches: Iterable[_Match]) -> _Chosen:
    by_kind: dict[str, dict[str, set[str]]] = {kind: {} for kind in indicator.kinds}
    for match in matches:
        by_kind[match.kind].setdefault(match.snapshot, set()).add(match.place)
    windows: dict[str, dict[str, tuple[Period, ...]]] = {}
    left_out: list[Sentence] = []
    for kind, places_of in by_kind.items():
        windows[kind], outranked = _choose_kind(tables, indicator, kind, places_of)
        left_out += outranked
    return _Chosen(windows, tuple(left_out))


def _choose_kind(
    tables: RecordTables, indicator: Indicator, kind: str, places_of: Mapping[str, set[str]]
) -> tuple[dict[str, tuple[Period, ...]], list[Sentence]]:
    held = {snapshot: windows for snapshot, windows in tables.windows(kind).items() if snapshot in places_of}
    source = {snapshot: tables.snapshots[snapshot].source for snapshot in held}
    named = {snapshot: windows for snapshot, windows in held.items() if source[snapshot] in indicator.sources}
    others = [one for one in held if one not in named and (not indicator.sources or source[one].startswith("user:"))]
    if kind in _HAPPENINGS:
        return named | {snapshot: held[snapshot] for snapshot in others}, []
    chosen, left_out = dict(named), []
    for snapshot in sorted(others, key=lambda one: newness(tables.snapshots[one]), reverse=True):
        rivals = [one for one in chosen if places_of[one] & places_of[snapshot]]
        taken = [window for rival in rivals for window in chosen[rival]]
        free = tuple(part for window in held[snapshot] for part in remaining(window, taken))
        if free:
            chosen[snapshot] = free
        else:
            kept = tuple(sorted({source[rival] for rival in rivals}))
            left_out.append(OUTRANKED(snapshot=short(snapshot), source=source[snapshot], kept=kept))
    return chosen, left_out


def _points(tables: RecordTables, indicator: Indicator, chosen: _Chosen) -> tuple[dict[str, list[Point]], dict[str, int]]:
    parts = [f"{kind} AS (SELECT * FROM main.{kind} WHERE {_within(chosen.windows[kind])})" for kind in indicator.kinds]
    query = f"WITH {', '.join(parts)} SELECT * FROM ({canonical(indicator.query)}) AS answer"
    points: dict[str, list[Point]] = {}
    strange: dict[str, int] = {}
    for row in _asked(tables, indicator, query, OUTPUT):
        place, point = _point(indicator, row)
        if _fits(indicator.rhythm, point.period):
            points.setdefault(place, []).append(point)
        else:
            strange[place] = strange.get(place, 0) + 1
    return {place: sorted(found, key=lambda point: point.period) for place, found in points.items()}, strange


def _asked(tables: RecordTables, indicator: Indicator, query: str, columns: Mapping[str, str]) -> list[dict[str, Any]]:
    import duckdb

    try:
        return tables.ask(query, columns)
    except duckdb.Error as error:
        raise IndicatorFailedError(indicator=indicator.name, why=str(error).splitlines()[0]) from error


def _within(windows: Mapping[str, tuple[Period, ...]]) -> str:
    parts = [
        f"(snapshot = {_text(snapshot)} AND valid_from >= {_day(window.starts)} AND valid_from < {_day(window.ends)})"
        for snapshot, found in sorted(windows.items())
        for window in found
    ]
    return " OR ".join(parts) or "FALSE"


def _text(value: str) -> str:
    return exp.Literal.string(value).sql(DIALECT)


def _day(day: date) -> str:
    return f"CAST({_text(day.isoformat())} AS DATE)"


def _point(indicator: Indicator, row: Mapping[str, Any]) -> tuple[str, Point]:
    wrong = _why_no_point(row)
    if wrong is not None:
        raise IndicatorAnswerError(indicator=indicator.name, why=wrong)
    return row["place"], Point(
        period=Period(row["starts"], row["ends"]),
        amount=_plain(row["amount"]),
        base=None if row["base"] is None else _plain(row["base"]),
        low=None if row["low"] is None else _plain(row["low"]),
        high=None if row["high"] is None else _plain(row["high"]),
        reported=row["reported"],
        expected=row["expected"],
    )


def _why_no_point(row: Mapping[str, Any]) -> Sentence | None:
    empty = [name for name in ("place", "starts", "ends", "amount", "reported", "expected") if row[name] is None]
    if empty:
        return ROW_EMPTY(columns=tuple(empty), place=str(row["place"]), day=str(row["starts"]))
    if row["ends"] <= row["starts"]:
        return ROW_BACKWARDS(place=row["place"], ends=row["ends"], starts=row["starts"])
    if row["base"] is not None and row["base"] <= 0:
        return ROW_WITHOUT_BASE(place=row["place"], day=row["starts"], base=str(row["base"]))
    if not 0 <= row["reported"] <= row["expected"]:
        return ROW_MISCOUNTED(reported=row["reported"], expected=row["expected"], place=row["place"], day=row["starts"])
    return None


def _plain(value: Decimal) -> Decimal:
    """The number without the zeros that its column type adds, and without an exponent."""
    return value.quantize(Decimal(1), context=_CONTEXT) if value == value.to_integral_value() else value.normalize(_CONTEXT)


def _fits(rhythm: Rhythm, period: Period) -> bool:
    """Whether a period is one of the rhythm's own: only then do amounts per period mean the same."""
    if rhythm == "day":
        return period.days == 1
    return period.starts.day == 1 and period.ends == add_months(period.starts, _LENGTH[rhythm])


def _yield(  # noqa: PLR0913, PLR0917, everything a series is made of
    tables: RecordTables,
    indicator: Indicator,
    place: str,
    points: Sequence[Point],
    matches: Sequence[_Match],
    chosen: _Chosen,
    strange: int,
) -> Yield:
    left_out = _left_out(tables, indicator, chosen, strange)
    if not points:
        return Unknown(_why_nothing(tables, indicator, place), _controllers(tables, indicator, place))
    twice = next((one for one, other in itertools.pairwise(points) if one.period == other.period), None)
    if twice is not None:
        last = twice.period.ends - timedelta(days=1)
        return Unknown(TWICE(place=place, starts=twice.period.starts, last=last), _controllers(tables, indicator, place))
    uses = _uses(tables, place, matches, chosen)
    return Known(Series(indicator=indicator, place=place, points=tuple(points), uses=uses, left_out=left_out))


def _uses(tables: RecordTables, place: str, matches: Sequence[_Match], chosen: _Chosen) -> tuple[SnapshotUse, ...]:
    used = [match for match in matches if match.snapshot in chosen.windows[match.kind]]
    found: dict[tuple[str, Period], SnapshotUse] = {}
    facts = {use.snapshot: use for use in tables.selection.uses}
    for kind in chosen.windows:
        of_kind = [match for match in used if match.kind == kind]
        here = [match for match in of_kind if not match.place or match.place.startswith(place)] or of_kind
        for match in here:
            for window in chosen.windows[kind][match.snapshot]:
                if window.starts <= match.last and match.first < window.ends:
                    found[match.snapshot, window] = replace(facts[match.snapshot], window=window)
    return tuple(sorted(found.values(), key=lambda use: (use.source, use.window, use.snapshot)))


def _left_out(tables: RecordTables, indicator: Indicator, chosen: _Chosen, strange: int) -> tuple[Sentence, ...]:
    kinds = set(indicator.kinds)
    found = [
        left.sentence
        for left in tables.selection.left_out
        if left.source in indicator.sources or (left.source.startswith("user:") and kinds & left.kinds)
    ]
    if strange:
        found.append(OTHER_RHYTHM(count=strange, rhythm=word(RHYTHMS[indicator.rhythm])))
    return (*found, *chosen.left_out)


def _why_nothing(tables: RecordTables, indicator: Indicator, place: str) -> Sentence:
    if not indicator.sources:
        return NO_SOURCE(needs=indicator.needs)
    held = {use.source for use in tables.selection.uses}
    missing = tuple(name for name in indicator.sources if name not in held)
    if missing:
        return NO_SNAPSHOT(sources=missing, as_of=tables.as_of, needs=indicator.needs)
    return NO_ROWS(sources=indicator.sources, place=place, needs=indicator.needs)


def _controllers(tables: RecordTables, indicator: Indicator, place: str) -> tuple[str, ...]:
    """Who could end the ignorance: whoever controls the sources, or the authorities of the place where there is none."""
    named = {tables.controllers[name] for name in indicator.sources if name in tables.controllers}
    return tuple(sorted(named)) or (country(place),)
