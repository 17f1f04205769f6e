"""Small made-up inputs for a judge: an accord from YAML text, a monthly series from numbers, an act from a few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import yaml

from veedor.accord.model import Accord, parse_plain
from veedor.indicators.series import Indicator, Model, Point, Rhythm, Series, SnapshotUse, Yield
from veedor.kernel.canonical import digest
from veedor.kernel.known import Known
from veedor.kernel.language import Text
from veedor.kernel.months import Period, add_months
from veedor.verdicts.inputs import ActRow, CodingRow, Inputs
from veedor.verdicts.judge import Setting, judge
from veedor.verdicts.verdict import Judgement, Support

NOWHERE = digest("testing/1", "no snapshot")
HEAD = """
veedor: 1
accord: trial
status: hypothetical
title: {en: Trial accord, es: Acuerdo de prueba}
parties:
  US: {kind: state, name: {en: United States, es: Estados Unidos}}
  MX: {kind: state, name: {en: Mexico, es: México}}
starts: 2020-01-01
organs: {group: {name: {en: Group, es: Grupo}, seats: {US: 1, MX: 1}, meets: monthly}}
phases: {first: {months: 1-12}}
commitments:
"""


def accord(commitments: str, **changes: object) -> Accord:
    """An accord of two states that starts on 2020-01-01, with these commitments (YAML, two spaces deep)."""
    plain = yaml.load(HEAD + commitments, yaml.BaseLoader)  # noqa: S506, BaseLoader makes strings only
    return parse_plain({**plain, **changes})


def commitment(test: str, **changes: str) -> str:
    """The YAML of one commitment named "it", with this test and any line changed or added."""
    lines = {
        "kind": "result",
        "owed_by": "{each: [MX]}",
        "duty": "must",
        "theme": "operations",
        "says": "{en: Do it., es: Hacerlo.}",
        "cites": "{document: trial}",
        "test": test,
    } | {key.replace("_by_", "_by"): value for key, value in changes.items()}
    return "  it:\n" + "".join(f"    {key}: {value}\n" for key, value in lines.items() if value)


def indicator(
    name: str = "figure", *, model: Model = "count", rhythm: Rhythm = "month", unit: str = "", scale: int = 1, annual: bool = False
) -> Indicator:
    """An indicator header without a query that anyone would run."""
    words = Text(en=name, es=name)
    return Indicator(
        name=name,
        title=words,
        measures=words,
        unit=unit,
        denominator=Text(en="people", es="personas"),
        sources=("made-up",),
        kinds=("incidence",),
        rhythm=rhythm,
        model=model,
        place="MX",
        direction="down",
        ambiguous=Text(en=""),
        assumes=words,
        not_for=words,
        needs=Text(en="a record", es="un registro"),
        scale=Decimal(scale),
        annual=annual,
        query="select 1",
        digest=digest("testing/1", name),
    )


def series(
    amounts: Sequence[float], first: date, of: Indicator, *, base: float | None = None, controllers: Sequence[str] = ("MX",)
) -> Series:
    """A series with one amount a period from `first`, fed by one snapshot per controller."""
    step = {"month": 1, "quarter": 3}.get(of.rhythm, 12)
    points = tuple(
        Point(
            period=Period(add_months(first, i * step), add_months(first, (i + 1) * step)),
            amount=Decimal(repr(amount)),
            base=None if base is None else Decimal(repr(base)),
            low=None,
            high=None,
            reported=1,
            expected=1,
        )
        for i, amount in enumerate(amounts)
    )
    whole = Period(first, points[-1].period.ends)
    uses = tuple(
        SnapshotUse(snapshot=digest("testing/1", c), source="made-up", controller=c, grade="B2", known_from=whole.ends, window=whole)
        for c in controllers
    )
    return Series(indicator=of, place=of.place, points=points, uses=uses, left_out=())


def act(actor: str, action: str, object_: str, on: date, *, grade: str = "B2", controller: str = "") -> ActRow:
    """An act recorded by its actor, or by another controller."""
    held = Support(snapshot=NOWHERE, source="user:acts.csv", controller=controller or actor, grade=grade, known_from=on, used="row 1")
    return ActRow(actor=actor, action=action, object=object_, on=on, document="", support=held)


def coding(coder: str, grade: int, on: date, *, party: str = "MX", name: str = "it", controller: str = "independent") -> CodingRow:
    """A coder's grade of the commitment "it"."""
    held = Support(snapshot=NOWHERE, source="user:codings.csv", controller=controller, grade="B2", known_from=on, used=coder)
    return CodingRow(commitment=name, party=party, coder=coder, grade=grade, on=on, support=held)


def judged(
    agreed: Accord,
    found: Mapping[str, Yield | Series] | None = None,
    *,
    as_of: date,
    acts: Sequence[ActRow] = (),
    codings: Sequence[CodingRow] = (),
) -> Judgement:
    """The judgement of an accord on these inputs."""
    yields: dict[str, Yield] = {name: Known(given) if isinstance(given, Series) else given for name, given in (found or {}).items()}
    known = {name: given.value.indicator if isinstance(given, Known) else indicator(name) for name, given in yields.items()}
    inputs = Inputs(
        series={(name, known[name].place): given for name, given in yields.items()},
        indicators=known,
        acts=tuple(acts),
        codings=tuple(codings),
    )
    setting = Setting(
        accord_digest=digest("testing/1", "accord"), as_of=as_of, starts=agreed.starts, versions=(), snapshots_held=len(known)
    )
    return judge(agreed, inputs, setting)


def with_controllers(given: Series, *controllers: str) -> Series:
    """The same series, fed by snapshots of other controllers."""
    first = given.uses[0]
    return replace(given, uses=tuple(replace(first, controller=c, snapshot=digest("testing/1", c)) for c in controllers))
