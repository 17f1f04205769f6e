"""The Corruption Perceptions Index of Transparency International, as the gathered table of the years 1995 to 2017."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

import pyarrow as pa

from veedor.kernel.language import N_, Template
from veedor.kernel.markings import Marking
from veedor.kernel.text import fold
from veedor.records.kinds import table as table_of_kind
from veedor.records.places import code_of
from veedor.sources import columns, problems, rows
from veedor.sources.reading import header_of
from veedor.sources.source import Note, Parsed, Raw, Sample, Source

NAME = "transparency-cpi"
SERIES = "cpi"
_COUNTRY = "country"
_NEW_METHOD = 2012  # from this edition on scores can be compared over time, and are published from 0 to 100
_TOP = Decimal(10)
_NOT_COUNTRIES = {"global avarage", "global average"}  # the first is how the table spells it

MISSING = Template(
    "src.cpi-missing",
    N_("{rows} country-years are written 0.0, which the table uses for a missing score: not reported, which is not zero."),
)
SPELLINGS = Template(
    "src.cpi-spellings",
    N_(
        "{rows} rows name a country that another row names too; each year was taken from the row that has a score. Countries outside the "
        "catalogue of places stay apart where their spelling differs."
    ),
)
TWO_SCORES = Template("src.cpi-two-scores", N_("{rows} country-years have two different scores in rows of one name; the first was kept."))


class _Score(NamedTuple):
    row: int
    value: Decimal | None  # null where the table has 0.0


def _recognise(sample: Sample) -> bool:
    try:
        names = header_of(sample.head.decode("latin-1"))
    except ValueError:
        return False
    others = names[1:] if names[:1] == [_COUNTRY] else names
    return len(others) > 5 and all(re.fullmatch(r"(199|20[0-4])\d", name) for name in others) and len(names) - len(others) <= 1


@columns.careful
def _parse(raw: Raw) -> Parsed:
    found = columns.read(raw, (_COUNTRY,))
    years = [name for name in found.column_names if re.fullmatch(r"\d{4}", name)]
    if lost := problems.lost_columns([str(_NEW_METHOD)], years):
        raise columns.UnusableError(lost)
    scores = _scores(found, years)
    filled = [_row(place, year, held) for (place, year), held in scores.items()]
    made = table_of_kind(
        "statistic",
        {
            **{name: [row[name] for row in filled] for name in filled[0]},
            "source": NAME,
            "snapshot": raw.snapshot,
            "marking": int(Marking.PUBLIC),
            "series": SERIES,
            "unit": "points of 10",
        },
    )
    covers = columns.covered(made)
    return Parsed(tables={"statistic": made}, covers=covers, vintage=columns.last_day(covers), notes=tuple(_notes(made, scores)))


def _scores(found: pa.Table, years: list[str]) -> dict[tuple[str, int], list[_Score]]:
    """All scores of a place and year, from every row that names the place in one way or another."""
    places = [place_of(name) for name in rows.texts(found, _COUNTRY)]
    scores: dict[tuple[str, int], list[_Score]] = defaultdict(list)
    for year in years:
        values = columns.exact(found, year, blank=True)
        numbers: list[Decimal | None] = rows.values(values)
        wrong = pa.array([number is not None and not 0 <= number <= _TOP for number in numbers])
        columns.stop_at(found, year, found[year].combine_chunks(), wrong, problems.not_a_number)
        for place, line, number in zip(places, rows.lines(found), numbers, strict=True):
            scores[place, int(year)].append(_Score(line, number or None))
    return scores


def place_of(name: str) -> str:
    """The catalogue's code of a country under any of its spellings; otherwise the name as written; "" for the mean of all."""
    bare = re.sub(r"^the\s+", "", " ".join(name.split()), flags=re.IGNORECASE)
    if fold(bare) in _NOT_COUNTRIES:
        return ""
    return code_of(bare) or " ".join(name.split())


def _row(place: str, year: int, held: list[_Score]) -> dict[str, object]:
    score = next((score for score in held if score.value is not None), held[0])
    status = "not-reported" if score.value is None else "estimated" if place else "total"
    return {
        "id": f"{place or 'all'}:{year}",
        "valid_from": date(year, 1, 1),
        "valid_to": date(year + 1, 1, 1),
        "place": place,
        "row": score.row,
        "value": score.value,
        "method": "cpi-2012" if year >= _NEW_METHOD else "cpi-1995",
        "status": status,
    }


def _notes(made: pa.Table, scores: dict[tuple[str, int], list[_Score]]) -> Iterator[Note]:
    if missing := columns.count_of(columns.equals(made["status"], "not-reported")):
        yield Note(sentence=MISSING(rows=missing), rows=missing)
    last = max(year for _, year in scores)
    joined = sum(len(held) for (_, year), held in scores.items() if year == last and len(held) > 1)
    if joined:
        yield Note(sentence=SPELLINGS(rows=joined), rows=joined)
    if two := sum(len({score.value for score in held} - {None}) > 1 for held in scores.values()):
        yield Note(sentence=TWO_SCORES(rows=two), rows=two)


SOURCE = Source(
    name=NAME,
    title=N_("Corruption Perceptions Index (Transparency International)"),
    publisher="Transparency International; gathered by DataHub",
    controller="transparency-international",
    grade="B3",
    measures=N_("How corrupt experts and business people perceive the public sector of a country to be."),
    unit=N_("points from 0 (highly corrupt) to 10 (very clean); scores from 2012 on are published from 0 to 100 and stand divided by ten"),
    coverage=N_("Up to 180 countries, by edition (calendar year), 1995 to 2017."),
    breaks=N_(
        "Scores before 2012 cannot be compared over time; the method of 2012 began a new series. The table writes 0.0 for missing, names "
        "some countries in several ways, and is a copy made by others. Perceptions are not acts."
    ),
    terms=N_("Transparency International: CC BY-ND 4.0 as far as is known; the gathered table: PDDL. Name the publisher."),
    kinds=("statistic",),
    recognise=_recognise,
    parse=_parse,
    cadence="yearly",
    columns=(_COUNTRY,),
)
