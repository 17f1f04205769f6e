"""The whole judgement: every reading of every commitment of every debtor on one day, with the digests that let anyone recompute it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from veedor.accord.model import Accord, debtors, readings_of
from veedor.accord.tests import AnyTest
from veedor.indicators.series import Series
from veedor.kernel import canonical
from veedor.kernel.errors import nearest
from veedor.kernel.known import Known, Unknown
from veedor.kernel.language import Sentence
from veedor.verdicts import gates, methods
from veedor.verdicts import sentences as say
from veedor.verdicts.errors import UnknownIndicatorError
from veedor.verdicts.finding import Finding, cannot_tell, unanswered
from veedor.verdicts.inputs import Case, Inputs
from veedor.verdicts.judges import JUDGES
from veedor.verdicts.verdict import Flag, Judgement, Outcome, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """The circumstances of a judgement besides its inputs."""

    accord_digest: str
    as_of: date
    starts: date  # the accord's own start, or another for an exercise
    versions: tuple[tuple[str, str], ...]  # of Python and the libraries; in `run_digest` only
    snapshots_held: int
    left_out: tuple[Sentence, ...] = ()
    method: str = methods.CURRENT


def wanted(accord: Accord, indicators: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Every (indicator, place) that the accord's tests ask for; place "" means the indicator's own.

    Raises:
        UnknownIndicatorError: a test names an indicator that does not exist.
    """
    found: dict[tuple[str, str], None] = {}
    for name, commitment in accord.commitments.items():
        for _, _, test in readings_of(commitment):
            asked = indicator_of(test)
            if asked is None or ("_" not in asked and asked not in indicators and test is not None and test.kind == "absence"):
                continue
            if asked not in indicators:
                close = nearest(asked, tuple(indicators))
                raise UnknownIndicatorError(commitment=name, indicator=asked, nearest=f' ("{close}"?)' if close else "")
            found[asked, getattr(test, "place", "")] = None
    return tuple(found)


def indicator_of(test: AnyTest | None) -> str | None:
    """The name of the indicator or label that a test on figures asks for; None for tests on acts and grades."""
    if test is None or test.kind not in {"level", "change", "share", "absence"}:
        return None
    asked: str = getattr(test, test.kind)
    return asked


def judge(accord: Accord, inputs: Inputs, setting: Setting) -> Judgement:
    """Judge every commitment. Pure: the same arguments give the same result digest on every supported Python."""
    methods.check(setting.method)
    verdicts = tuple(
        gates.weigh(case, reading, _finding(case, test))
        for name, commitment in accord.commitments.items()
        for case in _cases(accord, inputs, setting, name)
        for reading, _, test in readings_of(commitment)
    )
    verdicts = _propose_suspensions(accord, verdicts)
    inputs_digest = canonical.digest("inputs/1", _inputs_plain(inputs))
    result = {
        "accord": setting.accord_digest,
        "as_of": setting.as_of,
        "starts": setting.starts,
        "method": setting.method,
        "inputs": inputs_digest,
        "verdicts": [verdict_plain(v) for v in verdicts],
    }
    result_digest = canonical.digest("result/1", result)
    return Judgement(
        accord=accord.accord,
        accord_digest=setting.accord_digest,
        title=accord.title.text,
        status=accord.status,
        exercise=accord.is_exercise,
        as_of=setting.as_of,
        starts=setting.starts,
        method=setting.method,
        verdicts=verdicts,
        inputs_digest=inputs_digest,
        result_digest=result_digest,
        run_digest=canonical.digest("run/1", {"result": result_digest, "versions": dict(setting.versions)}),
        versions=setting.versions,
        snapshots_held=setting.snapshots_held,
        snapshots_used=len({s.snapshot for v in verdicts for s in v.supports}),
        left_out=setting.left_out,
    )


def _cases(accord: Accord, inputs: Inputs, setting: Setting, name: str) -> tuple[Case, ...]:
    """One case per debtor of a commitment."""
    return tuple(
        Case(
            accord=accord,
            name=name,
            commitment=accord.commitments[name],
            parties=parties,
            as_of=setting.as_of,
            starts=setting.starts,
            duty=accord.duty_period(name, setting.starts),
            inputs=inputs,
        )
        for parties in debtors(accord, accord.commitments[name])
    )


def _finding(case: Case, test: AnyTest | None) -> Finding:
    if test is None:
        why = case.commitment.unlawful
        base = replace(unanswered(case.duty.starts if why is None else None, say.ASKS_NOTHING()), controls_cause=tuple(case.accord.parties))
        return cannot_tell(base, say.NO_TEST() if why is None else say.UNLAWFUL(why=why.text))
    found = JUDGES[test.kind](case, test)
    if found.due is not None and found.due < case.duty.starts:
        found = replace(found, due=case.duty.starts)
    return found


def _propose_suspensions(accord: Accord, verdicts: tuple[Verdict, ...]) -> tuple[Verdict, ...]:
    """A duty that depends on a broken one keeps its verdict and gets the flag: only an organ suspends."""
    failed = {v.commitment for v in verdicts if v.outcome in {Outcome.BROKEN, Outcome.MISSED}}
    out: list[Verdict] = []
    for verdict in verdicts:
        broken = tuple(d for d in accord.commitments[verdict.commitment].depends_on if d in failed)
        flag = Flag("suspension-proposed", say.FLAG_SUSPENSION(duties=broken))
        out.append(replace(verdict, flags=(*verdict.flags, flag)) if broken else verdict)
    return tuple(out)


def verdict_plain(verdict: Verdict) -> dict[str, object]:
    """A verdict as plain data, for digests and for JSON: every field, sentences as code and values."""
    names = [
        name for name in Verdict.__slots__ if name not in {"estimate", "probability", "did", "worked", "seen", "contributions", "outcome"}
    ]
    plain: dict[str, object] = {name: canonical.plain(getattr(verdict, name)) for name in names}
    plain["outcome"] = verdict.outcome.value
    for name in ("estimate", "probability", "did", "worked", "seen"):
        plain[name] = maybe_plain(getattr(verdict, name))
    plain["contributions"] = {party: maybe_plain(found) for party, found in verdict.contributions}
    return plain


def maybe_plain(found: Known[Any] | Unknown) -> dict[str, object]:
    """`{"known": …}` or `{"unknown": reason, "controlled_by": […]}`."""
    if isinstance(found, Known):
        return {"known": canonical.plain(found.value)}
    return {"unknown": found.reason.plain(), "controlled_by": list(found.controlled_by)}


def _inputs_plain(inputs: Inputs) -> dict[str, object]:
    series = [
        {
            "indicator": inputs.indicators[name].digest,
            "place": place,
            "series": _series_plain(found.value) if isinstance(found, Known) else maybe_plain(found),
        }
        for (name, place), found in sorted(inputs.series.items())
    ]
    return {"series": series, "acts": canonical.plain(inputs.acts), "codings": canonical.plain(inputs.codings)}


def _series_plain(series: Series) -> dict[str, object]:
    points = [[p.period.starts, p.period.ends, p.amount, p.base, p.low, p.high, p.reported, p.expected] for p in series.points]
    return {"points": canonical.plain(points), "uses": canonical.plain(series.uses)}
