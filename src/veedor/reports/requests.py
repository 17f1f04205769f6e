"""Draft requests for the records that would settle what cannot be told: one for each office, under the law that binds it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from veedor.kernel import canonical
from veedor.kernel.ids import short
from veedor.kernel.language import N_, Template, Value
from veedor.records import places
from veedor.reports import causes, parts
from veedor.reports.document import Block, Document, Heading, Letter, Paragraph, Points, Said, Table, Word, labels_of
from veedor.reports.parts import Shelf
from veedor.reports.records import Holder, Quoted, Remedies, Wanted, remedies
from veedor.verdicts.verdict import Judgement, Outcome

NAMED = 6
"""Verdicts cited for one record before the rest are only counted; the JSON has them all."""

TITLE = Template("rep.requests.title", N_("Draft access requests: {title}"))
COVERED = Template(
    "rep.requests.covered",
    N_(
        "{covered} of {undetermined} undetermined verdicts would be settled by records that {requests} requests ask for, each request "
        "covering every verdict that needs the same record."
    ),
)
BEFORE_SENDING = N_(
    "These are drafts: complete what stands in brackets, look whether the publisher has a newer file (veedor fetch), and compare the law "
    "named with the one in force on the day of sending."
)
PRACTICE = N_(
    "Nobody has signed this accord, so that records of acts under it need not exist: requests for them are practice. Requests for "
    "published figures can be sent as they are."
)
NOT_SENT = N_("The figures of this project are made up: none of these requests is to be sent.")
NONE = N_("No verdict is undetermined for want of a record that an office could hand over.")
TO_OFFICE = Template("rep.requests.to-office", N_("Request {number}: {office}"))
TO_HOLDER = Template("rep.requests.to-holder", N_("Request {number}: the office of {controller} that keeps the record"))
PUBLIC = N_("Already public: to be taken in, not to be asked for")
PUBLIC_HOW = Template("rep.requests.public-how", N_("veedor fetch {source}, or veedor add FILE"))
UNASKED = N_("No law of access is on file for these")
OTHERS = N_("Settled by no record")
REMEDIES: dict[causes.Cause, str] = {
    "record": N_("an observer's record: no state owes one"),
    "figures": N_("figures from somebody who keeps them"),
    "public": N_("the publisher's file"),
    "independence": N_("a source that neither side controls"),
    "inspection": N_("an inspection with a stated chance of finding a breach"),
    "coders": N_("a grade by another coder"),
    "time": N_("more months of figures"),
    "text": N_("a test that the parties agree on"),
    "source": N_("figures for shorter periods, with their interval, each given once"),
    "unlawful": N_("nothing: it is recorded and never tested"),
    "other": N_("see veedor explain"),
}
SOME = Template("rep.requests.some", N_("{verdicts} and {count} more"))
CITED = Template("rep.requests.cited", N_("{label} {digest}"))

# --- the letter, rendered in the language of the law ------------------------------------------------------------------
LETTER_TO = Template("rep.letter.to", N_("To: {office}. By way of {through}."))
LETTER_OFFICE = Template("rep.letter.office", N_("[office that keeps the record]"))
LETTER_ASKS = Template("rep.letter.asks", N_("Under {law}, I ask for a copy of these records:"))
LETTER_SERIES = Template(
    "rep.letter.series",
    N_(
        "{title}: {measures} Place: {place}. One row for each {rhythm} from {first} to {last}, with the count or amount, the denominator "
        "where there is one, and the day on which each figure was first published and last changed."
    ),
)
RHYTHMS = {
    "month": Template("rep.letter.month", N_("month")),
    "quarter": Template("rep.letter.quarter", N_("quarter")),
    "year": Template("rep.letter.year", N_("year")),
    "fiscal-year": Template("rep.letter.fiscal-year", N_("fiscal year")),
    "rolling-year": Template("rep.letter.rolling-year", N_("window of twelve months")),
    "day": Template("rep.letter.day", N_("day")),
}
LETTER_TRACES = {
    "done-once": Template(
        "rep.letter.done-once",
        N_(
            'The record that shows whether, and on which day, this was done between {first} and {last}: "{says}" A signed text, minutes or '
            "a notice of publication is enough."
        ),
    ),
    "done-often": Template(
        "rep.letter.done-often",
        N_('The list of the days between {first} and {last} on which this was done, and the document that shows each of them: "{says}"'),
    ),
    "event": Template(
        "rep.letter.event",
        N_('Any finding, complaint or report received between {first} and {last} that bears on whether this was observed: "{says}"'),
    ),
}
LETTER_SETTLES = Template("rep.letter.settles", N_("It would settle: {verdicts}."))
LETTER_FORMAT = N_(
    "Format: machine-readable tables (CSV, JSON or XLSX) as they are kept, not images; for texts, a searchable file. Earlier "
    "versions of a figure that was changed are part of what I ask for."
)
LETTER_WHY = Template(
    "rep.letter.why",
    N_(
        'Why: the accord "{title}" is followed commitment by commitment. On the evidence held on {day} the verdicts cited above cannot be '
        "told (judgement {digest}). The digests let anyone check what was known. A reason is not a condition of this request; it "
        "is given so that the record is easier to find."
    ),
)
LETTER_PRIVACY = N_("I ask for no personal data. Where a record holds any, a copy without them is what I ask for.")
LETTER_SIGN = N_("[Name], [address for the answer], [date]")


def requests(shelf: Shelf, judgement: Judgement, *, synthetic: bool = False) -> Document:
    """Every draft, then what needs no request, what no law on file reaches, and what no record would settle."""
    found = remedies(shelf, judgement)
    undetermined = sum(verdict.outcome is Outcome.UNDETERMINED for verdict in judgement.verdicts)
    covered = len({quoted for _, wanted in found.asked for one in wanted for quoted in one.settles})
    intro: list[Said] = [COVERED(covered=covered, undetermined=undetermined, requests=len(found.asked))]
    intro += [Word(BEFORE_SENDING)] if found.asked else [Word(NONE)]
    if found.asked and (synthetic or judgement.exercise):
        intro.append(Word(NOT_SENT if synthetic else PRACTICE))
    labels = labels_of(exercise=judgement.exercise, synthetic=synthetic)
    return Document(
        name="requests",
        title=TITLE(title=judgement.title),
        exercise=judgement.exercise,
        synthetic=synthetic,
        blocks=(
            parts.basis(judgement),
            Paragraph(tuple(intro)),
            *(block for number, one in enumerate(found.asked, 1) for block in _request(shelf, judgement, labels, number, one)),
            *_public(shelf, found),
            *_unasked(found),
            *_others(found),
            parts.again(judgement),
        ),
        data=_data(judgement, found),
    )


def _request(
    shelf: Shelf, judgement: Judgement, labels: tuple[Word, ...], number: int, one: tuple[Holder, Sequence[Wanted]]
) -> Iterator[Block]:
    holder, wanted = one
    law = holder.law
    assert law is not None  # noqa: S101, holders without a law are listed apart
    yield Heading(
        TO_OFFICE(number=number, office=holder.office) if holder.office else TO_HOLDER(number=number, controller=holder.controller)
    )
    yield Letter(
        law.language,
        (
            *(Paragraph((label,), strong=True) for label in labels),
            Paragraph((LETTER_TO(office=holder.office or LETTER_OFFICE(), through=law.through),)),
            Paragraph((LETTER_ASKS(law=law.name),)),
            Points(tuple(_record(shelf, record) for record in wanted), numbered=True),
            Paragraph((Word(LETTER_FORMAT),)),
            Paragraph((LETTER_WHY(title=judgement.title, day=judgement.as_of, digest=short(judgement.result_digest)),)),
            Paragraph((Word(LETTER_PRIVACY),)),
            Points(tuple((term,) for term in law.terms)),
            Paragraph((Word(LETTER_SIGN),)),
        ),
    )


def _record(shelf: Shelf, wanted: Wanted) -> tuple[Said, ...]:
    first, last = wanted.period.starts, wanted.period.ends - timedelta(days=1)
    settles = LETTER_SETTLES(verdicts=_cited(wanted.settles))
    if wanted.trace != "series":
        return LETTER_TRACES[wanted.trace](first=first, last=last, says=wanted.says), settles
    one = shelf.indicators[wanted.name]
    place = _place(shelf, wanted.place)
    series = LETTER_SERIES(title=one.title, measures=one.measures, place=place, rhythm=RHYTHMS[one.rhythm](), first=first, last=last)
    return series, settles


def _place(shelf: Shelf, code: str) -> Value:
    """The place as the accord calls it, in both languages, or as the catalogue of places does."""
    if code in shelf.accord.parties:
        return shelf.accord.parties[code].name.text
    found = places.catalogue().get(code)
    return code if found is None else f"{found.name} ({code})"


def _cited(settles: Sequence[Quoted]) -> Value:
    cited = tuple(CITED(label=one.label, digest=short(one.digest)) for one in settles[:NAMED])
    return cited if len(settles) <= NAMED else SOME(verdicts=cited, count=len(settles) - NAMED)


def _public(shelf: Shelf, found: Remedies) -> Iterator[Block]:
    if not found.public:
        return
    yield Heading(Word(PUBLIC))
    heads = tuple(map(Word, (N_("Figures"), N_("Publisher"), N_("How"), N_("Verdicts"))))
    yield Table(heads, tuple(_public_row(shelf, name, quoted) for name, quoted in found.public))


def _public_row(shelf: Shelf, name: str, quoted: Sequence[Quoted]) -> tuple[Said, ...]:
    sources = shelf.indicators[name].sources
    publishers = tuple(dict.fromkeys(shelf.sources[source].publisher for source in sources if source in shelf.sources))
    return name, publishers, tuple(PUBLIC_HOW(source=source) for source in sources), _cited(quoted)


def _unasked(found: Remedies) -> Iterator[Block]:
    if not found.unasked:
        return
    yield Heading(Word(UNASKED))
    rows = tuple((holder.controller, one.name, _cited(one.settles)) for holder, wanted in found.unasked for one in wanted)
    yield Table(tuple(map(Word, (N_("Controller"), N_("Record"), N_("Verdicts")))), rows)


def _others(found: Remedies) -> Iterator[Block]:
    if not found.others:
        return
    yield Heading(Word(OTHERS))
    rows = tuple((causes.CAUSES[cause](), Word(REMEDIES[cause]), _cited(quoted)) for cause, quoted in found.others)
    yield Table(tuple(map(Word, (N_("Why"), N_("What would settle it"), N_("Verdicts")))), rows)


def _data(judgement: Judgement, found: Remedies) -> dict[str, object]:
    return {
        "as_of": judgement.as_of,
        "result_digest": judgement.result_digest,
        "requests": [_request_data(holder, wanted) for holder, wanted in found.asked],
        "already_public": {name: [one._asdict() for one in quoted] for name, quoted in found.public},
        "no_law_on_file": [_request_data(holder, wanted) for holder, wanted in found.unasked],
        "settled_by_no_record": {cause: [one._asdict() for one in quoted] for cause, quoted in found.others},
    }


def _request_data(holder: Holder, wanted: Sequence[Wanted]) -> dict[str, object]:
    law = holder.law
    records = [
        {**canonical.plain(one), "says": {"en": one.says.en, "es": one.says.es}, "settles": [quoted._asdict() for quoted in one.settles]}
        for one in wanted
    ]
    named = {} if law is None else {"law": law.name, "language": law.language, "through": law.through}
    return {"controller": holder.controller, "office": holder.office, **named, "records": records}
