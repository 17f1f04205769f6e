"""INEGI's catalogue of the municipalities of Mexico (AGEEML): which exist, under which key and name, at the time of the file."""

from __future__ import annotations

from datetime import date

import pyarrow.compute as pc

from veedor.kernel.errors import Problem
from veedor.kernel.language import N_, Template
from veedor.kernel.months import Period
from veedor.records.kinds import table as table_of_kind
from veedor.sources import columns, mexico
from veedor.sources.reading import decode_head, header_of
from veedor.sources.source import Note, Parsed, Raw, Sample, Source

NAME = "inegi-municipalities"

_KEY, _STATE, _STATE_NAME, _TOWN, _TOWN_NAME = _COLUMNS = ("CVEGEO", "CVE_ENT", "NOM_ENT", "CVE_MUN", "NOM_MUN")
_ALWAYS = Period(date.min, date.max)

NO_DATE = Template(
    "src.ageeml-no-date",
    N_("The catalogue gives no date of its own and none was stated with it: it is taken to hold for all times."),
)


def _recognise(sample: Sample) -> bool:
    try:
        header = header_of(decode_head(sample.head))
    except ValueError:
        return False
    return len(set(_COLUMNS) & set(header)) >= len(_COLUMNS) - 1


@columns.careful
def _parse(raw: Raw) -> Parsed:
    found = columns.read(raw, _COLUMNS)
    mexico.refuse_doubles(found, [_KEY])
    keys = found[_KEY].combine_chunks()
    whole = mexico.glued(found[_STATE].combine_chunks(), found[_TOWN].combine_chunks())
    fits = pc.and_(pc.match_substring_regex(keys, r"^\d{5}$"), pc.equal(keys, whole))
    columns.stop_at(found, _KEY, keys, pc.invert(fits), _unlike_its_parts)
    placed = mexico.states(found, _STATE, _STATE_NAME)
    covers = _ALWAYS if raw.stated is None else Period(raw.stated, date.max)
    places = mexico.glued("MX", keys)
    made = table_of_kind(
        "entity",
        {
            **columns.cited(raw, found, NAME),
            "valid_from": covers.starts,
            "valid_to": covers.ends,
            "place": places,
            "entity": keys,
            "schema": "Municipality",
            "caption": found[_TOWN_NAME].combine_chunks(),
            "country": "mx",
            "identifiers": keys,
        },
    )
    dateless = (Note(sentence=NO_DATE(), rows=made.num_rows),) if raw.stated is None else ()
    notes = (*placed.notes, *dateless, *mexico.missing_states(placed.places), *mexico.municipalities(places))
    return Parsed(tables={"entity": made}, covers=covers, vintage=raw.stated, notes=notes)


def _unlike_its_parts(row: int, column: str, value: str, *, position: int) -> Problem:
    words = N_('the key "{value}" is not five digits made of the state key and the municipality key beside it')
    repair = N_("a spreadsheet program may have cut leading zeros; fetch the catalogue again")
    return Problem(row, position, mexico.UNKNOWN_CODE, words, (("column", column), ("value", value)), repair)


SOURCE = Source(
    name=NAME,
    title=N_("Municipalities of Mexico, catalogue of INEGI (AGEEML)"),
    publisher="Instituto Nacional de Estadística y Geografía (INEGI), Marco Geoestadístico",
    controller="inegi",
    grade="A1",
    measures=N_("Which municipalities exist, with their key and name."),
    unit=N_("municipalities"),
    coverage=N_("Mexico, all municipalities and the sixteen districts of Mexico City at the time of the file."),
    breaks=N_(
        "New municipalities are created every few years and take people and events from those they were part of. Files of other "
        "publishers follow late: the number of municipalities differs from file to file."
    ),
    terms=N_("INEGI terms of free use: attribution to INEGI (Términos de Libre Uso de la Información del INEGI)."),
    kinds=("entity",),
    recognise=_recognise,
    parse=_parse,
    columns=_COLUMNS,
)
