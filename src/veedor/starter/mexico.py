"""Made-up files of Mexican publishers: crime, population, missing persons. Names of states and crimes are real, every number is not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from veedor.records.places import catalogue
from veedor.starter.draws import SEASON, draw, level, months, scatter
from veedor.starter.writing import Row, table

FIRST, LAST = (2015, 1), (2024, 5)
_STATES = {number: catalogue()[f"MX{number:02d}"].name for number in range(1, 33)}
_OFFICIAL = {5: "Coahuila de Zaragoza", 16: "Michoacán de Ocampo", 30: "Veracruz de Ignacio de la Llave"}
_SILENT = (6, (2024, 5))  # a state that had not reported the newest month: its cells are blank, which is not zero

_MONTHS = "Enero,Febrero,Marzo,Abril,Mayo,Junio,Julio,Agosto,Septiembre,Octubre,Noviembre,Diciembre"
_LIFE = "La vida y la Integridad corporal"
_OTHER_LIFE = "Otros delitos que atentan contra la vida y la integridad corporal"

_HOMICIDE = {2015: 620, 2016: 780, 2017: 930, 2018: 1060, 2019: 1080, 2020: 1060, 2021: 1040, 2022: 1000, 2023: 960, 2024: 940}
_ITS_OWN = {  # three states with a course of their own: one falls far, one near the line, one rises
    11: _HOMICIDE | {2020: 950, 2021: 800, 2022: 640, 2023: 620, 2024: 600},
    2: _HOMICIDE | {2020: 980, 2021: 880, 2022: 790, 2023: 780, 2024: 780},
    25: _HOMICIDE | {2020: 1120, 2021: 1200, 2022: 1290, 2023: 1300, 2024: 1300},
}
_FLAT = {2015: 1000}


class _Crime(NamedTuple):
    words: tuple[str, str, str, str]
    monthly: int  # files a month in the whole country where the curve is at 1000
    curve: Mapping[int, int]


_CRIMES = (
    _Crime((_LIFE, "Homicidio", "Homicidio doloso", "Con arma de fuego"), 2000, _HOMICIDE),
    _Crime((_LIFE, "Homicidio", "Homicidio doloso", "Con otro elemento"), 950, _HOMICIDE),
    _Crime((_LIFE, "Homicidio", "Homicidio culposo", "En accidente de tránsito"), 1300, _FLAT | {2019: 1000, 2021: 1010}),
    _Crime((_LIFE, "Feminicidio", "Feminicidio", "Con otro elemento"), 80, {2019: 1000, 2020: 900, 2021: 750, 2022: 600}),
    _Crime((_LIFE, _OTHER_LIFE, _OTHER_LIFE, _OTHER_LIFE), 1700, _FLAT),
    _Crime(("Libertad personal", "Secuestro", "Secuestro", "Secuestro extorsivo"), 110, {2019: 1000, 2020: 800, 2021: 600, 2022: 480}),
    _Crime(("El patrimonio", "Extorsión", "Extorsión", "Extorsión"), 700, {2019: 1000, 2022: 980}),
    _Crime(("La sociedad", "Trata de personas", "Trata de personas", "Trata de personas"), 60, {2019: 1000, 2022: 1500}),
    _Crime(
        ("Otros bienes jurídicos afectados (del fuero común)", "Narcomenudeo", "Narcomenudeo", "Narcomenudeo"),
        5000,
        {2019: 1000, 2023: 900},
    ),
)


def crimes() -> bytes:
    """The Secretariado's state table of crimes: latin-1, CRLF, one row a crime and year, months to come left blank."""
    head = "Año,Clave_Ent,Entidad,Bien jurídico afectado,Tipo de delito,Subtipo de delito,Modalidad"
    return table(f"{head},{_MONTHS}", _crime_rows(), encoding="latin-1")


def _crime_rows() -> Iterator[Row]:
    for year in range(FIRST[0], LAST[0] + 1):
        for state, name in _STATES.items():
            for crime in _CRIMES:
                counts = [_files(crime, state, year, month) for month in range(1, 13)]
                yield (year, state, _OFFICIAL.get(state, name), *crime.words, *counts)


def _files(crime: _Crime, state: int, year: int, month: int) -> int | None:
    if (year, month) > LAST or (state, (year, month)) == _SILENT:
        return None
    curve = _ITS_OWN.get(state, crime.curve) if crime.curve is _HOMICIDE else crime.curve
    mean = crime.monthly * _size(state) * level(curve, year, month) // 1000 * SEASON[month - 1] // 1000
    return scatter(mean, "crime", *crime.words, state, year, month, loose=2 if crime.monthly > 300 else 1)


def _size(state: int) -> int:
    """A state's share of the country in thousandths of a thousandth of it, times a thousand: so that counts come in thousandths."""
    return people(state, 0) * 1000 // sum(people(other, 0) for other in _STATES)


def people(state: int, month: int) -> int:
    """Round numbers of people, plainly made up: each state 150,000 more than the one before it, and 1,000 more every month."""
    return 1_500_000 + 150_000 * state + 1_000 * month


def population() -> bytes:
    """CONAPO's table of people by state and month, as its users pass it on."""
    whole = enumerate(months(FIRST, LAST))
    rows = [(state, f"{year}-{month:02d}-01", people(state, at)) for at, (year, month) in whole for state in _STATES]
    return table("state_code,date,population", rows, end="\n")


_MISSING = {"not-located": (7, 900, {2019: 1000, 2022: 1100}), "located-alive": (2, 1400, {2019: 1000, 2022: 1250})}
_REGISTER = ((2019, 1), (2022, 12))


def missing(part: str) -> bytes:
    """One table of the register of missing persons; a state and month without anybody has no row."""
    head = "cvegeo,cve_estado,state,cve_mun,municipality,male,female,undefined,total,year,month,status_id"
    return table(head, _missing_rows(part), end="\n")


def _missing_rows(part: str) -> Iterator[Row]:
    status, monthly, curve = _MISSING[part]
    for state, name in _STATES.items():
        for year, month in months(*_REGISTER):
            mean = monthly * _size(state) * level(curve, year, month) // 1000
            total = scatter(mean, part, state, year, month)
            women = min(total, total * (25 + draw(20, part, "women", state, year, month)) // 100)
            if total:
                words = (f"{state:02d}001", f"{state:02d}", name.casefold(), "001", "ejemplo")
                yield (*words, total - women, women, 0, total, year, month, status)
