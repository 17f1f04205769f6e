"""Deaths by homicide in Mexico (INEGI): death certificates by municipality where it happened and month of registration."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from veedor.kernel.errors import Problem
from veedor.kernel.language import MONTHS, N_, Template
from veedor.kernel.text import fold
from veedor.records.kinds import table as table_of_kind
from veedor.sources import columns, inegi_tabulations, mexico, problems
from veedor.sources.inegi_tabulations import NATIONAL, TOWN, Tabulation
from veedor.sources.reading import ROW
from veedor.sources.source import Note, Parsed, Raw, Sample, Source

NAME = "inegi-homicides"
OTHER_TABULATION = "SRC026"

_HEADER = ("Total", *(name.capitalize() for name in MONTHS["es"]))
_NO_MONTH = "No especificado"
_SUBJECT = "defunciones por homicidio"
_QUERY = re.compile(r"por: ent y mun de ocurrencia .*segun: mes de registro")
_FILTER = re.compile(r"^ent y mun de registro : (.*)$")
_YEAR = re.compile(r"^ano de registro : ((?:19|20)\d\d)$", re.ASCII)

NOT_YET = Template(
    "src.inegi-not-yet",
    N_("The month {date} is blank for the whole country: not reported, and not read as zero."),
)


NO_MONTH = Template(
    "src.inegi-no-month",
    N_("{deaths} deaths of the country have no month of registration: they are in the publisher's total and left out here."),
)


def _recognise(sample: Sample) -> bool:
    titles = inegi_tabulations.titles_of(sample.head)
    return bool(titles) and titles[0].startswith(_SUBJECT)


@columns.careful
def _parse(raw: Raw) -> Parsed:
    found = inegi_tabulations.read(raw)
    lost = problems.lost_columns(_HEADER, found.header, found.header_row)
    if lost:
        raise columns.UnusableError(lost)
    if set(found.header) - {*_HEADER, _NO_MONTH}:
        raise columns.UnusableError([_queried_otherwise(found.header, found.header_row)])
    year = _year(found)
    reported = _reported(found)
    made = _table(raw, found, year, reported)
    covers = columns.covered(made.filter(pc.is_valid(made["count"])))
    places = made["place"].combine_chunks()
    blank = [Note(sentence=NOT_YET(date=f"{year}-{at:02d}"), rows=len(found.lines)) for at in np.flatnonzero(~reported) + 1]
    return Parsed(
        tables={"incidence": made},
        covers=covers,
        vintage=columns.last_day(covers),
        notes=(
            *inegi_tabulations.notes(found),
            *_without_month(found),
            *blank,
            *mexico.missing_states(places),
            *mexico.municipalities(places),
        ),
    )


def _year(found: Tabulation) -> int:
    """The year of registration; unusable when the table was queried in another way than the one this source stands for."""
    titles = [fold(title) for title in found.titles]
    years = [match[1] for title in titles if (match := _YEAR.match(title))]
    filters = [match[1] for title in titles if (match := _FILTER.match(title))]
    if not any(_QUERY.search(title) for title in titles) or len(years) != 1 or filters not in ([], ["total"]):
        raise columns.UnusableError([_queried_otherwise(found.titles)])
    return int(years[0])


def _queried_otherwise(seen: tuple[str, ...], line: int = 1) -> Problem:
    words = N_(
        "the table was queried in another way: wanted are deaths of one year of registration, by place of occurrence and "
        "month of registration, registered anywhere; found is: {seen}"
    )
    repair = N_('choose "Ent y mun de ocurrencia" and "Mes de registro" in the tabulator, and no other filter')
    return Problem(line, 1, OTHER_TABULATION, words, (("seen", seen),), repair)


def _without_month(found: Tabulation) -> list[Note]:
    if _NO_MONTH not in found.header:
        return []
    deaths = sum(line.cells[found.header.index(_NO_MONTH)] or 0 for line in found.lines if line.level == NATIONAL)
    return [Note(sentence=NO_MONTH(deaths=deaths))]


def _reported(found: Tabulation) -> npt.NDArray[np.bool_]:
    """Which months the whole country has a figure for; a month blank even there was not reported."""
    country = next(line for line in found.lines if line.level == NATIONAL)
    told = np.array([country.cells[found.header.index(name)] is not None for name in _HEADER[1:]])
    if not told.any():
        raise mexico.no_figures(country.row)
    return told


def _table(raw: Raw, found: Tabulation, year: int, reported: npt.NDArray[np.bool_]) -> pa.Table:
    figures = found.figures()
    counts = [
        pa.array(figures[:, found.header.index(name)], mask=np.full(len(figures), not told))
        for name, told in zip(_HEADER[1:], reported, strict=True)
    ]
    lines = pa.table({ROW: [line.row for line in found.lines]})
    long = mexico.monthly(np.full(len(figures), year, np.int64), counts)
    places = pa.array([line.place for line in found.lines])
    regions = pa.array([line.name if line.is_in_no_state else "" for line in found.lines])
    totals = pa.array([line.level != TOWN for line in found.lines])
    status = pc.if_else(long.spread(totals), "total", "reported")
    return table_of_kind(
        "incidence",
        {
            **mexico.cited(lines, long, raw.snapshot, NAME),
            "place": long.spread(places),
            "category": "homicide-intentional",
            "subcategory": found.titles[0],
            "region": long.spread(regions),
            "measure": "death-certificates",
            "method": "inegi-registration",
            "count": long.counts,
            "status": pc.if_else(pc.is_null(long.counts), "not-reported", status),
        },
    )


SOURCE = Source(
    name=NAME,
    title=N_("Deaths by homicide in Mexico by INEGI"),
    publisher="Instituto Nacional de Estadística y Geografía (INEGI), vital statistics",
    controller="inegi",
    grade="A2",
    measures=N_(
        "Death certificates that give homicide as the presumed cause, by the municipality where it happened and the month in "
        "which the death was registered."
    ),
    unit=N_("death certificates"),
    coverage=N_("Mexico, by municipality and month of registration, from 1990; one file a year. Deaths abroad are in the total."),
    breaks=N_(
        "The month is that of registration, not of death: a few per cent of deaths are registered in a later year. The year "
        "registered and the year of occurrence give different totals, and only tables by year of registration are read. "
        "Zeros are blank cells. INEGI is autonomous under the constitution; the certificates come from civil registries and "
        "forensic services of the states. Municipalities without a homicide have no row, and new ones appear over the years."
    ),
    terms=N_("INEGI terms of free use: attribution to INEGI (Términos de Libre Uso de la Información del INEGI)."),
    kinds=("incidence",),
    recognise=_recognise,
    parse=_parse,
    cadence="yearly",
)
