"""How the parts of an accord hang together: organs, consequences, owners, readings, and duties that rest on others."""

from __future__ import annotations

from collections.abc import Iterator

from veedor.accord.model import debtors
from veedor.accord.rules.lens import Finding, Lens, Repair, Rule, names
from veedor.kernel.language import N_, Template, Text

CIRCULAR = Rule(
    "ACC101",
    "warning",
    Template("acc.101", N_("It depends on itself by way of {circle}: one breach would propose to suspend them all.")),
    N_("Reciprocity that runs in a circle has no first duty. Let one of the commitments stand by itself."),
)
NEVER_MEETS = Rule(
    "ACC102",
    "warning",
    Template("acc.102", N_('The organ "{organ}" has no rhythm of meetings, or never meets.')),
    N_("What a body decides that never meets is decided by nobody. Say how often it meets."),
)
NAMED_NOWHERE = Rule(
    "ACC103",
    "note",
    Template("acc.103", N_('The organ "{organ}" owes nothing, decides nothing and inspects nothing in this accord.')),
    N_("An organ that no commitment, step, dispute or access names has no part in the accord yet."),
)
SEATS_UNEVEN = Rule(
    "ACC104",
    "warning",
    Template("acc.104", N_('{party} has no seat in the organ "{organ}".')),
    N_("A body in which one party does not sit is not joint. Where that is meant, such as a board of independents, say so in its role."),
)
RESULT_ALONE = Rule(
    "ACC105",
    "warning",
    Template("acc.105", N_("No conduct duty serves this result, so nobody can be asked to do anything about it.")),
    N_(
        "A missed result is not by itself a breach. Name what the party does to bring it about, as a commitment of kind conduct "
        "that `serves` the result."
    ),
)
SERVES_NO_RESULT = Rule(
    "ACC106",
    "warning",
    Template("acc.106", N_('It serves "{other}", which is not a result.')),
    N_("`serves` leads from what a party does to the result that it is meant to bring about."),
)
NO_CONSEQUENCE = Rule(
    "ACC107",
    "warning",
    Template("acc.107", N_("Nothing follows if it is broken.")),
    N_("`if_broken` names steps of the ladder. They are proposed by the program and decided by an organ."),
)
STEP_UNDECIDED = Rule(
    "ACC108",
    "warning",
    Template("acc.108", N_('No organ decides the step "{step}" of the ladder.')),
    N_("A consequence that nobody decides does not happen, or happens unilaterally."),
)
NO_OWNER = Rule(
    "ACC109",
    "note",
    Template("acc.109", N_("No office of {party} is named that must act.")),
    N_("An owner is the office that answers when the commitment is discussed. A party is not an office."),
)
POST_HOC = Rule(
    "ACC113",
    "note",
    Template("acc.113", N_("Its test was changed on {day}, after its first figures were visible; every output says so.")),
    N_("A test that is chosen after the figures can be chosen to fit them. The change stays visible for ever."),
)
UNLAWFUL = Rule(
    "ACC114",
    "error",
    Template("acc.114", N_("The object of this term is unlawful: {why} It is recorded and never tested.")),
    N_(
        "Tolerated routes, immunity and the like are recorded because they were proposed. No verdict says that such a promise was "
        "kept, and no lawful duty may hang on it."
    ),
)
RESTS_ON_UNLAWFUL = Rule(
    "ACC115",
    "error",
    Template("acc.115", N_('It hangs on "{other}", a term with an unlawful object.')),
    N_("A lawful duty that ends when an unlawful promise is not kept would enforce that promise."),
)
NOBODY_HOLDS = Rule(
    "ACC116",
    "warning",
    Template("acc.116", N_("No party is named that holds this reading.")),
    N_("A reading that nobody holds is a commitment that nobody asked for. Name who reads it so with `held_by`."),
)
OWN_CONDITION = Rule(
    "ACC117",
    "warning",
    Template("acc.117", N_('It depends on "{other}", which {party} owes as well: {party} could free itself by breaking it.')),
    N_("`depends_on` names duties of others. A duty that ends when its own debtor breaks another binds nobody."),
)
NO_CHANNEL = Rule(
    "ACC118",
    "error",
    Template("acc.118", N_("The armed group {party} has no channel by which it could reply.")),
    N_("An armed group has no seat. Its say is a reply, for instance through a named intermediary or a public letter."),
)
DISPUTES_OPEN = Rule(
    "ACC123",
    "warning",
    Template("acc.123", N_("No organ decides a dispute about a verdict.")),
    N_("`reply.decides` names the organ. Without one a disputed verdict stays disputed."),
)
RULES = (
    CIRCULAR, NEVER_MEETS, NAMED_NOWHERE, SEATS_UNEVEN, RESULT_ALONE, SERVES_NO_RESULT, NO_CONSEQUENCE, STEP_UNDECIDED, NO_OWNER,
    POST_HOC, UNLAWFUL, RESTS_ON_UNLAWFUL, NOBODY_HOLDS, OWN_CONDITION, NO_CHANNEL, DISPUTES_OPEN,
)  # fmt: skip


def check(lens: Lens) -> Iterator[Finding]:
    """Every weakness in how the parts hang together."""
    yield from _organs(lens)
    yield from _deciders(lens)
    yield from _circles(lens)
    for name in lens.accord.commitments:
        yield from _duty(lens, name)
        yield from _connections(lens, name)
    for view in lens.views:
        holders = view.commitment.readings[int(view.trail[3])].held_by if view.reading else ("-",)
        if not holders:
            yield lens.find(NOBODY_HOLDS, view.trail)


def _organs(lens: Lens) -> Iterator[Finding]:
    accord = lens.accord
    named = {c.owed_by.organ for c in accord.commitments.values()} | {step.organ for step in accord.ladder.values()}
    named |= {accord.reply.decides} | {c.access.by for c in accord.commitments.values() if c.access is not None}
    for key, organ in accord.organs.items():
        if organ.meets in {None, "never"}:
            clause = Text(
                en=f"The {organ.name.en} meets every month.",
                es=f"{organ.name.es or organ.name.en}: se reúne cada mes.",
            )
            repair = Repair(clause=clause, paste="meets: monthly")
            yield lens.find(NEVER_MEETS, ("organs", key, "meets"), repair, organ=key)
        if key not in named:
            yield lens.find(NAMED_NOWHERE, ("organs", key), organ=key)
        for party in lens.signers:
            if not organ.seats.get(party):
                yield lens.find(SEATS_UNEVEN, ("organs", key, "seats"), party=party, organ=key)


def _deciders(lens: Lens) -> Iterator[Finding]:
    accord = lens.accord
    first = next(iter(accord.organs), "")
    for key, step in accord.ladder.items():
        if not step.organ:
            repair = Repair(clause=_decided_by(first), paste=f"organ: {first}") if first else None
            yield lens.find(STEP_UNDECIDED, ("ladder", key), repair, step=key)
    if not accord.reply.decides:
        paste = f"reply: {{within: {accord.reply.within}, decides: {first}}}"
        repair = Repair(clause=_decided_by(first), paste=paste) if first else None
        yield lens.find(DISPUTES_OPEN, ("reply",), repair)
    for party in sorted(lens.armed):
        if not accord.parties[party].channel:
            clause = Text(
                en="It may reply in writing through the intermediary that both states name; the reply is published with the verdict.",
                es="Puede contestar por escrito mediante quien ambos Estados designen; la respuesta se publica con el veredicto.",
            )
            yield lens.find(NO_CHANNEL, ("parties", party), Repair(clause=clause), party=party)


def _decided_by(organ: str) -> Text:
    return Text(en=f"The organ {organ} decides.", es=f"Decide el órgano {organ}.")


def _circles(lens: Lens) -> Iterator[Finding]:
    links = {name: commitment.depends_on for name, commitment in lens.accord.commitments.items()}
    for name in links:
        circle = _way_back(name, links)
        if circle:
            yield lens.find(CIRCULAR, ("commitments", name, "depends_on"), circle=circle)


def _way_back(start: str, links: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The shortest way from a commitment back to itself, or nothing."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    for way in ways:  # grows while it is walked: breadth first
        for other in links[way[-1]]:
            if other == start:
                return (*way, start)
            if other not in seen:
                seen.add(other)
                ways.append((*way, other))
    return ()


def _duty(lens: Lens, name: str) -> Iterator[Finding]:
    commitment = lens.accord.commitments[name]
    top = ("commitments", name)
    if commitment.unlawful is not None:
        yield lens.find(UNLAWFUL, (*top, "unlawful"), why=commitment.unlawful.text)
        return
    if not commitment.if_broken and commitment.duty != "should":
        yield lens.find(NO_CONSEQUENCE, top, _first_step(lens))
    if commitment.owed_by.each:
        for party in commitment.owed_by.each:
            if party not in commitment.owner and party not in lens.armed:
                yield lens.find(NO_OWNER, (*top, "owner"), party=party)
    if commitment.post_hoc is not None:
        yield lens.find(POST_HOC, (*top, "post_hoc"), day=commitment.post_hoc.date)


def _first_step(lens: Lens) -> Repair:
    first = next(iter(lens.accord.ladder), "")
    if not first:
        return Repair(
            clause=Text(
                en="If it is broken, the parties consult within 30 days, and the organ that decides publishes what follows.",
                es="Si se incumple, las partes se consultan en 30 días y el órgano que decide publica lo que sigue.",
            )
        )
    return Repair(
        clause=Text(
            en=f"If it is broken, the step {first} is proposed and decided on.",
            es=f"Si se incumple, se propone y se decide el paso {first}.",
        ),
        paste=f"if_broken: [{first}]",
    )


def _connections(lens: Lens, name: str) -> Iterator[Finding]:
    accord = lens.accord
    commitment = accord.commitments[name]
    top = ("commitments", name)
    owing = {party for group in debtors(accord, commitment) for party in group}
    for i, other in enumerate(commitment.depends_on):
        target = accord.commitments[other]
        if target.unlawful is not None:
            yield lens.find(RESTS_ON_UNLAWFUL, (*top, "depends_on", i), other=other)
        shared = owing & {party for group in debtors(accord, target) for party in group}
        if len(owing) == 1 and shared and len(debtors(accord, target)) == 1:
            yield lens.find(OWN_CONDITION, (*top, "depends_on", i), other=other, party=names(shared)[0])
    for i, other in enumerate(commitment.serves):
        if accord.commitments[other].unlawful is not None:
            yield lens.find(RESTS_ON_UNLAWFUL, (*top, "serves", i), other=other)
        elif accord.commitments[other].kind != "result":
            yield lens.find(SERVES_NO_RESULT, (*top, "serves", i), other=other)
    served = any(name in other.serves and other.kind == "conduct" for other in accord.commitments.values())
    if commitment.kind == "result" and commitment.unlawful is None and not served:
        yield lens.find(RESULT_ALONE, top)
