"""`veedor indicators`: what can be measured, and one indicator's figures."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date

import click

from veedor.cli.face import Face
from veedor.cli.options import day, formats
from veedor.cli.spoken import SpokenCommand, SpokenOption
from veedor.indicators.series import Indicator, Series, Yield, value_of
from veedor.kernel import canonical
from veedor.kernel.errors import DONE, UNDETERMINED
from veedor.kernel.ids import short
from veedor.kernel.known import Known
from veedor.kernel.language import N_
from veedor.kernel.quantity import digits, rounded

RECENT = 24
HEADS = (N_("PERIOD"), N_("VALUE"), N_("COUNT"), N_("DENOMINATOR"), N_("REPORTED"))


@click.command(
    cls=SpokenCommand,
    example="veedor indicators homicide_rate --place MX11",
    help=N_("List the indicators; with a name, show what it measures and its figures."),
)
@click.argument("name", required=False)
@click.option(
    "--place", cls=SpokenOption, metavar="CODE", help=N_("Place code, such as MX, MX11 or US48; the indicator's own place otherwise.")
)
@click.option("--all", "every", is_flag=True, cls=SpokenOption, help=N_("Every period, not only the last ones."))
@day("--as-of", N_("As known on this day."))
@formats("text", "json", "csv")
@click.pass_obj
def command(face: Face, *, name: str | None, place: str | None, every: bool, as_of: date | None, form: str) -> int:  # noqa: D103, click shows `help`
    from veedor.project.errors import NoProjectError
    from veedor.project.project import open_project

    if name is None:
        return _list(face, form)
    try:
        project = open_project(face.project, clock=face.clock)
    except NoProjectError:
        from veedor.indicators.registry import indicators

        _header(face, indicators()[name])
        raise
    indicator = project.indicators()[name]
    where = place or indicator.place
    found = project.series(name, (where,), as_of=as_of)[where]
    if form == "text":
        _header(face, indicator)
        return _text(face, where, found, every=every)
    face.raw(_csv(found) if form == "csv" else _json(face, indicator, where, found))
    return DONE if isinstance(found, Known) else UNDETERMINED


def _list(face: Face, form: str) -> int:
    from veedor.indicators.registry import indicators
    from veedor.project.errors import NoProjectError
    from veedor.project.project import open_project

    try:
        known = open_project(face.project, clock=face.clock).indicators()
    except NoProjectError:
        known = indicators()
    if form == "json":
        face.raw(canonical.pretty({"format_version": 1, "indicators": [_plain(face, one) for one in known.values()]}))
        return DONE
    if form == "csv":
        face.raw(_listed(face, known.values()))
        return DONE
    heads = tuple(face.t(h) for h in (N_("INDICATOR"), N_("UNIT"), N_("PLACE"), N_("SOURCES"), N_("MEASURES")))
    rows = [
        (one.name, face.t(one.unit), one.place, ", ".join(one.sources) or face.t(N_("none is open")), one.title.render(face.lang))
        for one in known.values()
    ]
    face.table(heads, rows, fixed=(0, 2))
    face.result("")
    open_ones = sum(bool(one.sources) for one in known.values())
    face.result(face.t(N_("{count} indicators, {open} of them from open sources that are registered."), count=len(known), open=open_ones))
    return DONE


def _listed(face: Face, known: Iterable[Indicator]) -> str:
    rows = [_plain(face, one) for one in known]
    made = io.StringIO()
    writer = csv.DictWriter(made, fieldnames=list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: " ".join(value) if isinstance(value, tuple) else value for name, value in row.items()} for row in rows)
    return made.getvalue()


def _header(face: Face, one: Indicator) -> None:
    face.result(f"{one.name}: {one.title.render(face.lang)}", "heading")
    lines = (
        (N_("measures"), one.measures.render(face.lang)),
        (N_("unit"), face.t(one.unit)),
        (N_("denominator"), one.denominator.render(face.lang)),
        (N_("sources"), ", ".join(one.sources) or face.t(N_("none is open"))),
        (N_("assumes"), one.assumes.render(face.lang)),
        (N_("not for"), one.not_for.render(face.lang)),
        (N_("can mean two things"), one.ambiguous.render(face.lang)),
        (N_("needs"), one.needs.render(face.lang)),
    )
    for label, words in lines:
        if words:
            face.table((), [(f"  {face.t(label):<20}", words)])
    face.result("")


def _text(face: Face, place: str, found: Yield, *, every: bool) -> int:
    if not isinstance(found, Known):
        face.result(face.t(N_("{place}: unknown. {why}"), place=place, why=found.reason))
        return UNDETERMINED
    series = found.value
    points = series.points if every else series.points[-RECENT:]
    rows = [
        (
            str(p.period),
            digits(rounded(value_of(series.indicator, p))),
            digits(p.amount),
            digits(p.base) if p.base is not None else "–",
            f"{p.reported} / {p.expected}",
        )
        for p in points
    ]
    face.table(tuple(face.t(h) for h in HEADS), rows, fixed=(0, 1, 2, 3, 4))
    face.result("")
    face.result(
        face.t(
            N_("{place}: {shown} of {all} periods shown, in {unit}."),
            place=place,
            shown=len(points),
            all=len(series.points),
            unit=face.t(series.indicator.unit),
        )
    )
    for use in series.uses:
        words = N_("from snapshot {snapshot} of {source} (controlled by {controller}), window {window}")
        face.result(face.t(words, snapshot=short(use.snapshot), source=use.source, controller=use.controller, window=str(use.window)))
    for sentence in series.left_out:
        face.story(N_("left out: {words}"), words=sentence)
    return DONE


def _csv(found: Yield) -> str:
    made = io.StringIO()
    writer = csv.writer(made, lineterminator="\n")
    writer.writerow(("indicator", "place", "starts", "ends", "value", "unit", "amount", "base", "low", "high", "reported", "expected"))
    if isinstance(found, Known):
        for row in _rows(found.value):
            writer.writerow(["" if cell is None else cell for cell in row.values()])
    return made.getvalue()


def _rows(series: Series) -> list[dict[str, object]]:
    return [
        {
            "indicator": series.indicator.name,
            "place": series.place,
            "starts": p.period.starts.isoformat(),
            "ends": p.period.ends.isoformat(),
            "value": f"{rounded(value_of(series.indicator, p)):f}",
            "unit": series.indicator.unit,
            "amount": f"{p.amount:f}",
            "base": None if p.base is None else f"{p.base:f}",
            "low": None if p.low is None else f"{p.low:f}",
            "high": None if p.high is None else f"{p.high:f}",
            "reported": p.reported,
            "expected": p.expected,
        }
        for p in series.points
    ]


def _json(face: Face, indicator: Indicator, place: str, found: Yield) -> str:
    body: dict[str, object] = {"format_version": 1, "indicator": _plain(face, indicator), "place": place}
    if isinstance(found, Known):
        body |= {
            "points": _rows(found.value),
            "uses": canonical.plain(found.value.uses),
            "left_out": [s.render(face.lang) for s in found.value.left_out],
        }
    else:
        body |= {"unknown": found.reason.render(face.lang), "controlled_by": list(found.controlled_by)}
    return canonical.pretty(body)


def _plain(face: Face, one: Indicator) -> dict[str, object]:
    texts = {
        name: getattr(one, name).render(face.lang)
        for name in ("title", "measures", "denominator", "assumes", "not_for", "ambiguous", "needs")
    }
    facts = {
        name: getattr(one, name)
        for name in ("name", "unit", "sources", "kinds", "rhythm", "model", "place", "direction", "annual", "digest")
    }
    return {**facts, **texts}
