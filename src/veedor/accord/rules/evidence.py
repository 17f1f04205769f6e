"""Whether the evidence a test asks for exists, in which unit, and whether those who control it may decide."""

from __future__ import annotations

from collections.abc import Iterator

from veedor.accord.model import debtors
from veedor.accord.rules.lens import Finding, KnownIndicator, Lens, Repair, Rule, View, names
from veedor.accord.tests import AbsenceTest, ChangeTest, LevelTest, ShareTest
from veedor.kernel.errors import nearest
from veedor.kernel.language import N_, Template, Text, word

UNKNOWN_INDICATOR = Rule(
    "ACC206",
    "error",
    Template("acc.206", N_('There is no indicator "{name}"{nearest}.')),
    N_("`veedor indicators` lists the known ones. A node may add its own; the other party has to have the same file."),
)
NO_OPEN_SOURCE = Rule(
    "ACC207",
    "warning",
    Template("acc.207", N_("No open source answers {name}. Needed: {needs}")),
    N_("The indicator exists and says how it would be computed, but a party has to hand in the record that it reads."),
)
UNIT_MISMATCH = Rule(
    "ACC208",
    "error",
    Template("acc.208", N_("It asks in {asked}; {name} is measured in {found}.")),
    N_("Units are never converted by guess. Write the bound in the indicator's own unit, or choose another indicator."),
)
NO_UNIT = Rule(
    "ACC209",
    "error",
    Template("acc.209", N_("The number {asked} has no unit; {name} is measured in {found}.")),
    N_("A number without unit is two numbers: the one that each party has in mind."),
)
OWN_SOURCES = Rule(
    "ACC215",
    "error",
    Template(
        "acc.215", N_("{party} owes it, and all its figures are controlled by {controllers}: no verdict on conduct may rest on them.")
    ),
    N_(
        "KEPT and BROKEN never rest only on sources controlled by the party judged. Add an independent source, or a record that an "
        "observer keeps."
    ),
)
COUNTERPART_SOURCES = Rule(
    "ACC216",
    "error",
    Template("acc.216", N_("{party} owes it, and only its counterpart controls the figures ({controllers}): they may not decide alone.")),
    N_("KEPT and BROKEN never rest only on sources of the other side. A result may, and is then labelled one-sided."),
)
TOO_FEW_CONTROLLERS = Rule(
    "ACC217",
    "warning",
    Template("acc.217", N_("It needs {needed} independent sources; {name} has {have} in the catalogue.")),
    N_(
        "Sources with one controller count once. Until somebody else publishes or hands in the same figure, the verdict stays UNDETERMINED."
    ),
)
NO_ATTRIBUTION = Rule(
    "ACC218",
    "error",
    Template("acc.218", N_("The armed group {party} owes it, and one source alone could attribute an act to the group.")),
    N_(
        "An act counts as a group's only with attribution: who says so, on what ground, with what grade, and who else may have done "
        "it. A government's word alone never suffices, so at least two independent sources are needed."
    ),
)
WRONG_WAY = Rule(
    "ACC223",
    "warning",
    Template("acc.223", N_("It asks {name} to move in the direction that is worse.")),
    N_("The indicator says which way is better. Where the accord means the opposite, a reading should say why."),
)
UNKNOWN_PLACE = Rule(
    "ACC224",
    "error",
    Template("acc.224", N_('There is no place "{place}"{nearest}.')),
    N_("Places are codes: MX, MX09 for a Mexican state by its INEGI number, US, US48 for an American state by its FIPS number."),
)
NO_SHARE = Rule(
    "ACC227",
    "error",
    Template("acc.227", N_("It asks for a share, but {name} does not count one.")),
    N_("A share test needs an indicator that counts a part of a whole. Use level for any other figure."),
)
STANDARD_UNWRITTEN = Rule(
    "ACC228",
    "note",
    Template("acc.228", N_("It states no evidence standard; grade {grade} from one controller is assumed.")),
    N_("`needs` says how good the evidence has to be: the Admiralty grade, and how many independent controllers."),
)
RULES = (
    UNKNOWN_INDICATOR, NO_OPEN_SOURCE, UNIT_MISMATCH, NO_UNIT, OWN_SOURCES, COUNTERPART_SOURCES, TOO_FEW_CONTROLLERS, NO_ATTRIBUTION,
    WRONG_WAY, UNKNOWN_PLACE, NO_SHARE, STANDARD_UNWRITTEN,
)  # fmt: skip
_MEANT = Template("acc.nearest", N_('; the nearest known is "{name}"'))


def check(lens: Lens) -> Iterator[Finding]:
    """Every weakness of the evidence that tests ask for."""
    for view in lens.binding:
        if view.indicator:
            yield from _indicator(lens, view)
    for name, commitment in lens.accord.commitments.items():
        if commitment.unlawful is not None:
            continue
        yield from _attribution(lens, name)
        if "needs" not in lens.file.plain["commitments"][name]:
            grade = commitment.needs.grade
            clause = Text(
                en=f"Evidence of grade {grade} or better, from at least one controller, decides.",
                es=f"Decide la evidencia de grado {grade} o mejor, de al menos una entidad que la controle.",
            )
            repair = Repair(clause=clause, paste=f"needs: {{grade: {grade}, independent_sources: 1}}", fixable=True)
            yield lens.find(STANDARD_UNWRITTEN, ("commitments", name), repair, grade=grade)


def _indicator(lens: Lens, view: View) -> Iterator[Finding]:
    name = view.indicator
    trail = (*view.trail, "test", view.test.kind if view.test is not None else "")
    known = lens.catalogue.indicators.get(name)
    if known is None:
        close = nearest(name, tuple(lens.catalogue.indicators))
        words = Text(en=f"… as measured by {close} …", es=f"… según {close} …")
        repair = Repair(clause=words, paste=f"{trail[-1]}: {close}", fixable=True) if close else None
        yield lens.find(UNKNOWN_INDICATOR, trail, repair, name=name, nearest=_MEANT(name=close) if close else "")
        return
    if not known.has_open_source:
        clause = Text(
            en=f"… as measured by {name}; the party that keeps the record hands it in every month …",
            es=f"… según {name}; la parte que lleva el registro lo entrega cada mes …",
        )
        yield lens.find(NO_OPEN_SOURCE, trail, Repair(clause=clause), name=name, needs=known.needs)
    yield from _units(lens, view, known)
    yield from _sense(lens, view, known)
    yield from _controllers(lens, view, known)


def _units(lens: Lens, view: View, known: KnownIndicator) -> Iterator[Finding]:
    if not isinstance(view.test, (LevelTest, ShareTest)):
        return
    side = "at_most" if view.test.at_most is not None else "at_least"
    trail = (*view.trail, "test", side)
    asked = view.test.bound
    if asked.unit == known.unit:
        return
    with_unit = f"{asked.value:f} {known.unit}"
    unit = word(known.unit)
    words = Text(en=f"… {with_unit} …", es=f"… {asked.value:f} {unit.es} …")
    if not asked.unit:
        yield lens.find(NO_UNIT, trail, Repair(clause=words, paste=f"{side}: {with_unit}"), asked=asked, name=view.indicator, found=unit)
        return
    try:
        asked.to(known.unit)
    except ValueError:
        clause = Text(en=f"… [number] {known.unit} …", es=f"… [número] {unit.es} …")
        found = unit if known.unit else "-"
        yield lens.find(UNIT_MISMATCH, trail, Repair(clause=clause), asked=word(asked.unit), name=view.indicator, found=found)


def _sense(lens: Lens, view: View, known: KnownIndicator) -> Iterator[Finding]:
    test = view.test
    place = getattr(test, "place", "")
    if place and lens.catalogue.places and place not in lens.catalogue.places:
        close = nearest(place, tuple(sorted(lens.catalogue.places)))
        meant = _MEANT(name=close) if close else ""
        yield lens.find(UNKNOWN_PLACE, (*view.trail, "test", "place"), place=place, nearest=meant)
    if isinstance(test, ShareTest) and known.model != "share":
        paste = f"level: {view.indicator}"
        clause = Text(en=f"… the level of {view.indicator} …", es=f"… el nivel de {view.indicator} …")
        yield lens.find(NO_SHARE, (*view.trail, "test", "share"), Repair(clause=clause, paste=paste), name=view.indicator)
    asks_down = getattr(test, "at_most", None) is not None or getattr(test, "fall", None) is not None
    asks_up = getattr(test, "at_least", None) is not None or getattr(test, "rise", None) is not None
    if (asks_down and known.direction == "up") or (asks_up and known.direction == "down"):
        if isinstance(test, ChangeTest) and test.size.value == 0:
            return  # no fall of zero is a guard against a shift, not a wish
        yield lens.find(WRONG_WAY, (*view.trail, "test"), name=view.indicator)


def _controllers(lens: Lens, view: View, known: KnownIndicator) -> Iterator[Finding]:
    accord, commitment = lens.accord, view.commitment
    controllers = lens.catalogue.controllers_for(view.indicator)
    needs = commitment.needs.independent_sources
    trail = (*view.trail, "test")
    if not controllers:
        return
    if len(controllers) < needs:
        yield lens.find(TOO_FEW_CONTROLLERS, trail, needed=needs, name=view.indicator, have=len(controllers))
    if commitment.kind == "result" or isinstance(view.test, AbsenceTest):
        return
    clause = Text(
        en="… and a record kept by an observer whom both parties name …",
        es="… y un registro que lleva una persona observadora designada por ambas partes …",
    )
    for group in debtors(accord, commitment):
        for holder in accord.parties:
            if controllers <= accord.controllers_of(holder):
                rule = OWN_SOURCES if holder in group else COUNTERPART_SOURCES
                party = holder if holder in group else names(group)[0]
                yield lens.find(rule, trail, Repair(clause=clause), party=party, controllers=names(controllers))


def _attribution(lens: Lens, name: str) -> Iterator[Finding]:
    commitment = lens.accord.commitments[name]
    owing = {party for group in debtors(lens.accord, commitment) for party in group} & lens.armed
    if commitment.owed_by.organ or commitment.needs.independent_sources >= 2:
        return
    clause = Text(
        en="An act counts as the group's only if at least two sources independent of each other say so, on stated grounds.",
        es="Un acto se atribuye al grupo solo si lo afirman, con fundamento, al menos dos fuentes independientes entre sí.",
    )
    for party in sorted(owing):
        repair = Repair(clause=clause, paste=f"needs: {{grade: {commitment.needs.grade}, independent_sources: 2}}")
        yield lens.find(NO_ATTRIBUTION, ("commitments", name), repair, party=party)
