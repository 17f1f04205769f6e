"""Whether a commitment says enough to be verified: who, how much, since when, by when, and how anyone would know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from veedor.accord.rules.lens import Finding, KnownIndicator, Lens, Repair, Rule, View
from veedor.accord.tests import AbsenceTest, CadenceTest, ChangeTest, CodedTest, MilestoneTest
from veedor.kernel.language import N_, Template, Text
from veedor.kernel.text import fold

NO_TEST = Rule(
    "ACC200",
    "error",
    Template("acc.200", N_("It has no test, so no verdict can ever be given on it.")),
    N_(
        "A test says which figures, acts or grades decide. Without one the commitment is shown as UNDETERMINED for ever. The "
        "proposed line is a beginning for the negotiation; its numbers are for the parties to decide."
    ),
)
NO_ACTOR = Rule(
    "ACC201",
    "warning",
    Template("acc.201", N_("It is owed jointly and no office of any party is named, so nobody can be asked to act.")),
    N_("What several owe together each may leave to the other. Name the office of each party under `owner`."),
)
NO_QUANTITY = Rule(
    "ACC202",
    "error",
    Template("acc.202", N_("It states no quantity: any effort, however small, would do.")),
    N_("Say how much, how many or which share, or name a single act that is either done or not."),
)
NO_BASELINE = Rule(
    "ACC203",
    "error",
    Template("acc.203", N_("It states no baseline, so nobody could say whether anything had changed.")),
    N_("A change is measured against a period that has passed. Agree on it before the figures of the accord arrive."),
)
NO_DEADLINE = Rule(
    "ACC204",
    "error",
    Template("acc.204", N_("It states no deadline, so it can never be late.")),
    N_("Say by which day or month of the accord, or how often. Prohibitions need none: they bind every day."),
)
NO_SOURCE = Rule(
    "ACC205",
    "error",
    Template("acc.205", N_("It names no indicator, act or coder, so nothing says what would count as evidence.")),
    N_("Name the indicator whose figures decide, the label of the acts that count, or who grades it."),
)
SHOULD = Rule(
    "ACC211",
    "warning",
    Template("acc.211", N_('Its duty is "should": nobody owes it.')),
    N_("Should states a wish. Where a duty is meant, write must; where a wish is meant, no consequence can follow."),
)
NO_ACCESS = Rule(
    "ACC212",
    "warning",
    Template("acc.212", N_("Nobody is given access, so a breach would be seen by chance only.")),
    N_("A prohibition or an inspection duty is verified by looking. Say who may look, and on what notice."),
)
NO_BREACH_SIZE = Rule(
    "ACC213",
    "warning",
    Template("acc.213", N_("The size of the breach that must not be missed is not stated, so no inspection can be planned for it.")),
    N_("`size` is the smallest breach that matters, and `detect` the chance with which it must be found."),
)
ONE_CODER = Rule(
    "ACC214",
    "warning",
    Template("acc.214", N_("One coder grades it, so nobody can say how far the grade depends on the coder.")),
    N_("Two coders who do not see each other's grade show how certain a grade is. The first barometer of an accord had none."),
)
OUTPUTS_ONLY = Rule(
    "ACC219",
    "warning",
    Template("acc.219", N_("It is a result, but its test only asks whether something was delivered.")),
    N_(
        "Counting outputs is what audits of security assistance have criticised since 2010: delivered is not the same as achieved. "
        "Test a result by an indicator; keep the delivery as a conduct duty that serves it."
    ),
)
RULES = (
    NO_TEST, NO_ACTOR, NO_QUANTITY, NO_BASELINE, NO_DEADLINE, NO_SOURCE, SHOULD, NO_ACCESS, NO_BREACH_SIZE, ONE_CODER, OUTPUTS_ONLY,
)  # fmt: skip

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_QUANTITY = re.compile(r"\d|%|\b(?:three|four|five|six|seven|eight|nine|ten|twelve|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce)\b")
# Acts that are done once and then are done; whatever else is promised goes on, and a report says how much of it was done.
_ONCE = re.compile(
    r"\b(?:set up|establish|create|launch|open|sign|adopt|publish|extend|hold|convene|build|install|complete|form|name|appoint|deposit"
    r"|seat|provide|connect|agree|draft|ratify)\b"
)
_DEADLINE = re.compile(
    r"\b(?:19|20)\d\d\b|\bmonth \d|\bwithin \w+ (?:hours?|days?|weeks?|months?|years?)|\b(?:every|each) (?:day|week|month|quarter|year)"
    r"|\b(?:daily|weekly|monthly|quarterly|yearly|annually)\b|\bmes \d|\b(?:dentro de|en) \w+ (?:horas?|dias?|semanas?|meses|anos?)\b"
    r"|\bcada (?:dia|semana|mes|trimestre|ano)\b|\b(?:diari|mensual|trimestral|anual)",
)
_DULL = frozenset(["rate", "share", "files", "count", "of", "us", "mx", "mexico", "out", "state", "time", "other", "the", "and"])
_PROPOSED_CHANGE = "10 %"


def check(lens: Lens) -> Iterator[Finding]:
    """Every element that a commitment lacks."""
    for view in lens.binding:
        if view.test is None:
            yield from _untested(lens, view)
        else:
            yield from _tested(lens, view)
    for name, commitment in lens.accord.commitments.items():
        top = ("commitments", name)
        if commitment.unlawful is not None:
            continue
        if commitment.duty == "should":
            clause = Text(en="The parties must … (instead of: should).", es="Las partes deben … (en lugar de: deberían).")
            yield lens.find(SHOULD, (*top, "duty"), Repair(clause=clause, paste="duty: must"))
        if not commitment.owed_by.each and not commitment.owner:
            yield lens.find(NO_ACTOR, (*top, "owed_by"), _offices(lens))
    yield from _access(lens)


def _offices(lens: Lens) -> Repair:
    parties = ", ".join(f"{party}: …" for party in lens.signers)
    clause = Text(
        en=f"The offices that act are named in an annex ({parties}).",
        es=f"Las oficinas que actúan se nombran en un anexo ({parties}).",
    )
    return Repair(clause=clause)


def _untested(lens: Lens, view: View) -> Iterator[Finding]:
    says = fold(view.says.en)
    yield lens.find(NO_TEST, view.trail, proposal(lens, view))
    if not view.is_prohibition and not _QUANTITY.search(_YEAR.sub("", says)):
        yield lens.find(NO_QUANTITY, (*view.trail, "says"), Repair(clause=_amount_clause()))
    if not view.is_prohibition:
        yield lens.find(NO_BASELINE, (*view.trail, "says"), Repair(clause=_baseline_clause(lens)))
        if not _DEADLINE.search(says):
            yield lens.find(NO_DEADLINE, (*view.trail, "says"), Repair(clause=_deadline_clause(lens.month_for(view.name))))
    yield lens.find(NO_SOURCE, (*view.trail, "says"), Repair(clause=_source_clause(lens, view)))


def _tested(lens: Lens, view: View) -> Iterator[Finding]:
    trail = (*view.trail, "test")
    if isinstance(view.test, CodedTest):
        if view.test.by is None:
            month = lens.month_for(view.name)
            yield lens.find(NO_DEADLINE, trail, Repair(clause=_deadline_clause(month), paste=f"by: month {month}"))
        if view.test.coders == 1:
            clause = Text(
                en="Two coders grade it without seeing each other's grade.",
                es="Dos personas lo califican sin ver la calificación de la otra.",
            )
            yield lens.find(ONE_CODER, (*trail, "coders"), Repair(clause=clause, paste="coders: 2"))
    if isinstance(view.test, AbsenceTest) and view.test.size is None:
        clause = Text(
            en="A single such event is a breach that must not be missed.",
            es="Un solo hecho de esta clase es un incumplimiento que no debe pasar inadvertido.",
        )
        yield lens.find(NO_BREACH_SIZE, trail, Repair(clause=clause, paste="size: 1 event"))
    if view.commitment.kind == "result" and isinstance(view.test, (MilestoneTest, CadenceTest)):
        yield lens.find(OUTPUTS_ONLY, trail, _indicator_proposal(lens, view))
    if isinstance(view.test, ChangeTest) and view.test.size.value == 0 and view.commitment.kind == "result":
        yield lens.find(NO_QUANTITY, trail, Repair(clause=_amount_clause()))


def _access(lens: Lens) -> Iterator[Finding]:
    wanting = {
        view.name
        for view in lens.binding
        if view.commitment.access is None and (isinstance(view.test, AbsenceTest) or _is_inspection(view))
    }
    organ = next(iter(lens.accord.organs), "")
    clause = Text(
        en=f"{organ or 'An organ of the accord'} may inspect at any time on 48 hours' notice.",
        es=f"{organ or 'Un órgano del acuerdo'} puede inspeccionar en todo momento con aviso de 48 horas.",
    )
    repair = Repair(clause=clause, paste=f"access: {{by: {organ}, notice: 48 hours}}" if organ else "")
    for name in lens.accord.commitments:
        if name in wanting:
            yield lens.find(NO_ACCESS, ("commitments", name), repair)


def _is_inspection(view: View) -> bool:
    label = view.test.milestone if isinstance(view.test, MilestoneTest) else getattr(view.test, "cadence", view.indicator)
    return "inspect" in str(label)


def proposal(lens: Lens, view: View) -> Repair:
    """A test to begin the negotiation with, in the form that fits the kind of duty."""
    month = lens.month_for(view.name)
    if view.is_prohibition:
        return Repair(
            clause=Text(
                en="A single such event is a breach; inspections are planned so that one would be found nine times out of ten.",
                es="Un solo hecho es un incumplimiento; las inspecciones se planean para hallarlo nueve de cada diez veces.",
            ),
            paste=f"test: {{absence: {view.name}, size: 1 event, detect: 90 %}}",
        )
    if view.commitment.kind == "result":
        return _indicator_proposal(lens, view)
    if _ONCE.search(fold(view.says.en)):
        return Repair(
            clause=Text(
                en=f"It is done by the end of month {month} of the accord, and a record labelled {view.name} says so.",
                es=f"Se cumple a más tardar al final del mes {month} del acuerdo; consta en un registro con la etiqueta {view.name}.",
            ),
            paste=f"test: {{milestone: {view.name}, by: month {month}}}",
        )
    label = f"{view.name}-report"
    return Repair(
        clause=Text(
            en=f"Each quarter a report labelled {label} says in numbers what was done, beside the same quarter before the accord.",
            es=f"Cada trimestre un informe con la etiqueta {label} dice en cifras qué se hizo, junto al mismo trimestre previo al acuerdo.",
        ),
        paste=f"test: {{cadence: {label}, every: quarter, grace: 30 days}}",
    )


def _indicator_proposal(lens: Lens, view: View) -> Repair:
    name, known = likely_indicator(lens, f"{view.says.en} {view.name}")
    rises = known is not None and known.direction == "up"
    month = lens.month_for(view.name)
    word, en, es = ("rise", "rises", "sube") if rises else ("fall", "falls", "baja")
    named = name or "indicator_to_agree"
    return Repair(
        clause=Text(
            en=f"By the end of month {month}, {named} {en} by at least {_PROPOSED_CHANGE} against the 12 months before the accord.",
            es=f"Al final del mes {month}, {named} {es} al menos {_PROPOSED_CHANGE} frente a los 12 meses previos al acuerdo.",
        ),
        paste=f"test: {{change: {named}, {word}: {_PROPOSED_CHANGE}, against: 12 months before start, over: 12 months, by: month {month}}}",
    )


def likely_indicator(lens: Lens, words: str) -> tuple[str, KnownIndicator | None]:
    """The known indicator whose name shares most words with a text; none when less than half of its telling words do."""
    said = {word[:6] for word in re.findall(r"[a-z]+", fold(words))}
    best, most = "", 0.0
    for name in lens.catalogue.indicators:
        telling = [word[:6] for word in name.split("_") if word not in _DULL]
        share = sum(word in said for word in telling) / len(telling) if telling else 0.0
        if share > most:
            best, most = name, share
    return (best, lens.catalogue.indicators[best]) if most >= 0.5 else ("", None)


def _amount_clause() -> Text:
    return Text(en="… by at least [number and unit] …", es="… al menos en [número y unidad] …")


def _baseline_clause(lens: Lens) -> Text:
    day = lens.accord.starts.isoformat()
    return Text(en=f"… against the 12 months before {day} …", es=f"… frente a los 12 meses anteriores al {day} …")


def _deadline_clause(month: int) -> Text:
    return Text(en=f"… by the end of month {month} of the accord …", es=f"… a más tardar al final del mes {month} del acuerdo …")


def _source_clause(lens: Lens, view: View) -> Text:
    name, _known = likely_indicator(lens, f"{view.says.en} {view.name}")
    if name or view.commitment.kind == "result":
        return Text(en=f"… as measured by {name or '[indicator]'} …", es=f"… según {name or '[indicador]'} …")
    return Text(
        en=f"… as recorded by each party and by an observer under the label {view.name} …",
        es=f"… según el registro de cada parte y de una persona observadora con la etiqueta {view.name} …",
    )
