"""The population of Mexico as counted by INEGI's census, by municipality."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pyarrow as pa

from veedor.kernel.errors import Problem
from veedor.kernel.language import N_
from veedor.kernel.markings import Marking
from veedor.kernel.months import Period
from veedor.kernel.text import fold
from veedor.records.kinds import table as table_of_kind
from veedor.sources import columns, inegi_tabulations, mexico, problems
from veedor.sources.inegi_tabulations import TOWN, Tabulation
from veedor.sources.source import Parsed, Raw, Sample, Source

NAME = "inegi-census"

_HEADER = ("Total", "Hombres", "Mujeres")
_SUBJECT = "poblacion total"
_YEAR = re.compile(r"censo de poblacion y vivienda (\d{4})")
_MOMENTS = {2010: date(2010, 6, 12), 2020: date(2020, 3, 15)}  # the day each census speaks of, by INEGI's methodology


def _recognise(sample: Sample) -> bool:
    titles = inegi_tabulations.titles_of(sample.head)
    return bool(titles) and titles[0] == _SUBJECT


@columns.careful
def _parse(raw: Raw) -> Parsed:
    found = inegi_tabulations.read(raw)
    lost = problems.lost_columns(_HEADER, found.header, found.header_row)
    if lost:
        raise columns.UnusableError(lost)
    day = _day(found)
    total = found.header.index("Total")
    lines = found.lines
    places = pa.array([line.place for line in lines])
    made = table_of_kind(
        "statistic",
        {
            "id": [str(line.row) for line in lines],
            "valid_from": day,
            "valid_to": day + timedelta(days=1),
            "place": places,
            "source": NAME,
            "snapshot": raw.snapshot,
            "row": [line.row for line in lines],
            "marking": int(Marking.PUBLIC),
            "series": "population-census",
            "value": pa.array(found.figures()[:, total]),
            "unit": "people",
            "method": f"inegi-census-{day.year}",
            "status": ["reported" if line.level == TOWN else "total" for line in lines],
        },
    )
    return Parsed(
        tables={"statistic": made},
        covers=Period(day, day + timedelta(days=1)),
        vintage=raw.stated or day,
        notes=(*inegi_tabulations.notes(found), *mexico.missing_states(places), *mexico.municipalities(places)),
    )


def _day(found: Tabulation) -> date:
    named = _YEAR.search(fold(" ".join((found.footer, *found.titles))))
    day = _MOMENTS.get(int(named[1])) if named else None
    if day is None:
        words = N_('no line names a census this source knows (2010, 2020); the last line is "{footer}"')
        repair = N_("the tabulator writes the census below the table; fetch the table again")
        raise columns.UnusableError([Problem(1, 1, mexico.UNKNOWN_CODE, words, (("footer", found.footer),), repair)])
    return day


SOURCE = Source(
    name=NAME,
    title=N_("Census population of Mexico by INEGI"),
    publisher="Instituto Nacional de Estadística y Geografía (INEGI), population census",
    controller="inegi",
    grade="A1",
    measures=N_("People counted by the census, by municipality; men and women are in the file and checked, not recorded apart."),
    unit=N_("people"),
    coverage=N_("Mexico: the country, 32 states and about 2,469 municipalities, on the day of the census (15 March 2020)."),
    breaks=N_(
        "One day every ten years. Rows of states and of the country are totals of municipalities and never added to them. "
        "CONAPO's projections lie higher, because they correct for people the census missed."
    ),
    terms=N_("INEGI terms of free use: attribution to INEGI (Términos de Libre Uso de la Información del INEGI)."),
    kinds=("statistic",),
    recognise=_recognise,
    parse=_parse,
)
