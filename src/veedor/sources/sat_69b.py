"""Mexico's list under article 69-B of the tax code: firms and persons presumed, or held, to have invoiced operations that never took place.

One row a taxpayer, with the dates of each stage. Those who rebut the presumption or win in court stay in the file, and their row says so:
each publication becomes a listing of its own that ends when the next stage begins.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

import pyarrow as pa

from veedor.kernel.language import N_, Template
from veedor.kernel.markings import Marking
from veedor.kernel.text import fold
from veedor.records.kinds import table as table_of_kind
from veedor.sources import columns, list_errors, problems, rows
from veedor.sources.reading import header_of, lines_of, month_number, table_of
from veedor.sources.source import Note, Parsed, Raw, Sample, Source

NAME = "sat-69b"
_RFC, _NAME, _SITUATION = "RFC", "Nombre del Contribuyente", "Situación del contribuyente"


class _Stage(NamedTuple):
    status: str
    ends_listing: bool
    office: str  # column of the number of the official letter
    published: str  # column of the day on the SAT's page, always the first to appear
    gazette: str  # column of the day in the Diario Oficial, where the first is missing


def _stage(status: str, noun: str, plural: str, *, ends_listing: bool) -> _Stage:
    office = f"Número y fecha de oficio global de {noun} SAT"
    return _Stage(status, ends_listing, office, f"Publicación página SAT {plural}", f"Publicación DOF {plural}")


_STAGES = {
    "presunto": _stage("presumed", "presunción", "presuntos", ends_listing=False),
    "desvirtuado": _stage("rebutted", "contribuyentes que desvirtuaron", "desvirtuados", ends_listing=True),
    "definitivo": _stage("definitive", "definitivos", "definitivos", ends_listing=False),
    "sentencia favorable": _stage("court-ruled", "sentencia favorable", "sentencia favorable", ends_listing=True),
}
COLUMNS = (
    "No",
    _RFC,
    _NAME,
    _SITUATION,
    *(
        name
        for stage in _STAGES.values()
        for name in (stage.office, stage.published, stage.office.removesuffix("SAT") + "DOF", stage.gazette)
    ),
)
_ORDER = [stage.status for stage in _STAGES.values()]
_CUT = re.compile(r"actualizada al (\d{1,2}) de ([a-z]+) de (\d{4})")
_MASKED = re.compile(r"^X{4,}$")
_WRITTEN = re.compile(r"(?<!\d)(\d{1,2})[/-](\d{1,2})[/-](\d{4}|\d{2})(?!\d)")
_USUAL = re.compile(r"^\d\d/\d\d/\d{4}$")
_SERIAL = re.compile(r"^\d{5}$")
_SERIAL_ZERO = date(1899, 12, 30)  # day 0 of spreadsheets from 1 March 1900 on
_IN_FORCE = date(2014, 1, 1)  # the article; an earlier day is a slip of the pen
_GAZETTE_LAG = timedelta(days=92)  # the gazette prints some weeks after the page; a later day is a slip too

MASKED = Template(
    "src.69b-masked", N_("{rows} rows have a masked RFC: no key, and no name is kept for them. Being forgotten is part of being right.")
)
TWICE = Template("src.69b-twice", N_("{rows} rows carry an RFC that another row carries too: an RFC is no key of this list."))
SEVERAL_DATES = Template(
    "src.69b-several-dates", N_("{rows} cells hold several dates or a date in another form; each date was read as a publication.")
)
UNREAD = Template("src.69b-unread", N_("{rows} cells hold no day on which this list could have been published; they were passed over."))
NO_DATE = Template("src.69b-no-date", N_("{rows} rows are in a stage for which no date is given; its beginning is left open."))
DELISTED = Template("src.69b-delisted", N_("{rows} taxpayers rebutted the presumption or won in court: they are no longer listed."))


class _Publication(NamedTuple):
    day: date
    status: str
    reference: str
    known: bool = True  # false where the stage is known and its day is not


def _recognise(sample: Sample) -> bool:
    start = fold(sample.head[:4096].decode("latin-1"))
    return "69-b" in start and "no,rfc," in start and "situacion del contribuyente" in start


@columns.careful
def _parse(raw: Raw) -> Parsed:
    text = columns.text_of(raw)
    skip = _title_lines(text)
    there = header_of(text, skip=skip)
    if lost := problems.lost_columns(COLUMNS, there, skip + 1):
        raise columns.UnusableError(lost)
    try:
        found = table_of(text, skip=skip)
    except ValueError as error:
        raise columns.UnusableError([problems.no_table(str(error))]) from error
    if found.num_rows == 0:
        raise columns.UnusableError([problems.no_rows()])
    cut = _cut(text, skip) or raw.stated
    if cut is None:
        raise columns.UnusableError([list_errors.undated()])
    situations = columns.each_or_stop(found, _SITUATION, _known_stage, pa.string(), list_errors.new_stage)
    histories = _histories(found, rows.values(situations), cut)
    listings = _listings(raw, found, histories, cut)
    entities = _entities(raw, found, histories, cut)
    return Parsed(
        tables={"entity": entities, "listing": listings},
        covers=columns.covered(listings, entities),
        vintage=cut,
        notes=tuple(_notes(found, rows.values(situations), histories, cut)),
    )


def _title_lines(text: str) -> int:
    lines = lines_of(text[:4096])
    return next((at for at, line in enumerate(lines) if fold(line).startswith("no,rfc,")), 0)


def _cut(text: str, skip: int) -> date | None:
    """The day of the cut, as the title says it: "Información actualizada al 30 de noviembre de 2022"."""
    found = _CUT.search(fold(" ".join(lines_of(text[:4096])[:skip])))
    month = month_number(found.group(2)) if found else None
    try:
        return date(int(found.group(3)), month, int(found.group(1))) if found and month else None
    except ValueError:
        return None


def _known_stage(text: str) -> str | None:
    stage = _STAGES.get(fold(text))
    return stage.status if stage else None


def days_in(cell: str) -> tuple[date, ...]:
    """All days a cell names: dd/mm/yyyy, also dd-mm-yy, several in one cell, or the day number of a spreadsheet."""
    if _SERIAL.match(cell.strip()):
        return (_SERIAL_ZERO + timedelta(days=int(cell.strip())),)
    return tuple(day for day in (_day(*parts) for parts in _WRITTEN.findall(cell)) if day is not None)


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), int(month), int(day))
    except ValueError:
        return None


def _histories(found: pa.Table, situations: list[str], cut: date) -> list[list[_Publication]]:
    """For each row what was published about it, in order; the last is the stage the publisher says it is in."""
    cells = {name: rows.texts(found, name) for name in COLUMNS}
    histories = []
    for at, situation in enumerate(situations):
        history = [
            _Publication(day, stage.status, " ".join(cells[stage.office][at].split()))
            for stage in _STAGES.values()
            for day in _possible(cells[stage.published][at], cut) or _possible(cells[stage.gazette][at], cut)
        ]
        history.sort(key=lambda publication: (publication.day, _ORDER.index(publication.status)))
        if not history or history[-1].status != situation:
            latest = max([cut, *(publication.day for publication in history)])
            history.append(_Publication(latest, situation, "", known=False))
        histories.append(history)
    return histories


def _possible(cell: str, cut: date) -> tuple[date, ...]:
    return tuple(day for day in days_in(cell) if _IN_FORCE <= day <= cut + _GAZETTE_LAG)


def _is_masked(rfc: str) -> bool:
    return _MASKED.match(rfc) is not None


def _keys(found: pa.Table) -> list[str]:
    both = zip(rows.texts(found, _RFC), rows.lines(found), strict=True)
    return [f"masked:{row}" if _is_masked(rfc) else rfc for rfc, row in both]


def _schema(rfc: str) -> str:
    # An RFC has 13 characters for a natural person and 12 for a firm; a masked one tells neither.
    return "LegalEntity" if _is_masked(rfc) else "Person" if len(rfc) == 13 else "Organization"


def _listings(raw: Raw, found: pa.Table, histories: list[list[_Publication]], cut: date) -> pa.Table:
    made = [
        {"id": f"{row}:{place}", "row": row, "entity": key, "schema": _schema(rfc), **fields}
        for key, row, rfc, history in zip(_keys(found), rows.lines(found), rows.texts(found, _RFC), histories, strict=True)
        for place, fields in enumerate(_spans(history, cut), 1)
    ]
    return table_of_kind(
        "listing",
        {
            **{name: [row[name] for row in made] for name in made[0]},
            "source": NAME,
            "snapshot": raw.snapshot,
            "marking": int(Marking.PUBLIC),
            "place": "MX",
            "list_name": NAME,
            "programme": "69-B",
        },
    )


def _spans(history: list[_Publication], cut: date) -> Iterator[dict[str, object]]:
    for publication, following in zip(history, [*history[1:], None], strict=True):
        ends = following.day if following else max(cut, publication.day) + timedelta(days=1)
        over = publication.day if _ends_listing(publication.status) else following.day if following and following.known else None
        yield {
            "valid_from": publication.day,
            "valid_to": max(ends, publication.day + timedelta(days=1)),
            "listed_from": publication.day if publication.known else None,
            "listed_to": over if publication.known else None,
            "listing_status": publication.status,
            "reference": publication.reference,
        }


def _ends_listing(status: str) -> bool:
    return next(stage.ends_listing for stage in _STAGES.values() if stage.status == status)


def _entities(raw: Raw, found: pa.Table, histories: list[list[_Publication]], cut: date) -> pa.Table:
    rfcs = rows.texts(found, _RFC)
    names = rows.values(columns.words(found, _NAME))
    return table_of_kind(
        "entity",
        {
            **columns.cited(raw, found, NAME),
            "valid_from": [history[0].day for history in histories],
            "valid_to": [max(cut, history[-1].day) + timedelta(days=1) for history in histories],
            "place": "MX",
            "entity": _keys(found),
            "schema": [_schema(rfc) for rfc in rfcs],
            "caption": ["" if _is_masked(rfc) else name for rfc, name in zip(rfcs, names, strict=True)],
            "country": "MX",
            "identifiers": ["" if _is_masked(rfc) else f"RFC {rfc}" for rfc in rfcs],
        },
    )


def _notes(found: pa.Table, situations: list[str], histories: list[list[_Publication]], cut: date) -> Iterator[Note]:
    rfcs = rows.texts(found, _RFC)
    masked = sum(map(_is_masked, rfcs))
    twice = sum(many for rfc, many in Counter(rfcs).items() if many > 1 and not _is_masked(rfc))
    dates = [cell for stage in _STAGES.values() for name in (stage.published, stage.gazette) for cell in rows.texts(found, name) if cell]
    unread = sum(not _possible(cell, cut) for cell in dates)
    odd = sum(bool(_possible(cell, cut)) and not _USUAL.match(cell) for cell in dates)
    undated = sum(not history[-1].known for history in histories)
    delisted = sum(map(_ends_listing, situations))
    counted = ((MASKED, masked), (TWICE, twice), (SEVERAL_DATES, odd), (UNREAD, unread), (NO_DATE, undated), (DELISTED, delisted))
    for template, count in counted:
        if count:
            yield Note(sentence=template(rows=count), rows=count)


SOURCE = Source(
    name=NAME,
    title=N_("List of taxpayers under article 69-B (SAT)"),
    publisher="Servicio de Administración Tributaria (SAT)",
    controller="MX",
    grade="A2",
    measures=N_(
        "Taxpayers presumed to have invoiced operations that never took place, and what became of it: held definitive, rebutted, "
        "or decided for them by a court."
    ),
    unit=N_("stages of a listing, by taxpayer"),
    coverage=N_("Mexico, from January 2014."),
    breaks=N_(
        "A presumption is not a finding, and being listed ends: whoever rebuts it or wins in court is no longer listed, although "
        "the row stays. Some RFCs are masked by order of a court; some taxpayers have several rows. Stages can be published anew. "
        "Each file replaces the one before."
    ),
    terms=N_("Mexican open data: free use with attribution to the publisher. Holds personal data."),
    kinds=("entity", "listing"),
    recognise=_recognise,
    parse=_parse,
    cadence="monthly",
    personal=True,
    columns=COLUMNS,
)
