"""Made-up lists of firms and groups: every name is invented and says so, and no natural person is on any of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from veedor.sources.sat_69b import COLUMNS
from veedor.sources.ucdp_nonstate import COLUMNS as CONFLICT_COLUMNS
from veedor.starter.draws import draw, months
from veedor.starter.writing import Row, table

_NUMBERS = (
    "UNO", "DOS", "TRES", "CUATRO", "CINCO", "SEIS", "SIETE", "OCHO", "NUEVE", "DIEZ", "ONCE", "DOCE", "TRECE", "CATORCE", "QUINCE",
    "DIECISEIS", "DIECISIETE", "DIECIOCHO", "DIECINUEVE", "VEINTE", "VEINTIUNO", "VEINTIDOS", "VEINTITRES", "VEINTICUATRO",
    "VEINTICINCO", "VEINTISEIS", "VEINTISIETE", "VEINTIOCHO", "VEINTINUEVE", "TREINTA",
)  # fmt: skip
_PROGRAMMES = ("SDNTK", "ILLICIT-DRUGS-EO14059", "TCO", "SDNTK] [ILLICIT-DRUGS-EO14059")
_NULL = "-0- "
LIST_DAYS = {date(2019, 6, 28): (0, 20), date(2022, 6, 15): (2, 26), date(2024, 6, 14): (5, 30)}
"""The days of which a list is held, and which of the invented firms stood on it: some leave, others come."""


def designated(day: date) -> bytes:
    """OFAC's list of names as it stood on a day: no header, null written as a word, an end-of-file byte of old systems at the end."""
    first, after = LIST_DAYS[day]
    rows = [
        [100 + at, f"EJEMPLO {_NUMBERS[at]} SA DE CV", None, _PROGRAMMES[at % len(_PROGRAMMES)], *[None] * 8] for at in range(first, after)
    ]
    lines = [",".join(_NULL if cell is None else str(cell) if isinstance(cell, int) else f'"{cell}"' for cell in row) for row in rows]
    return "".join(f"{line}\r\n" for line in lines).encode() + b"\x1a"


_CUT = date(2024, 5, 31)
_TITLES = ("Información actualizada al 31 de mayo de 2024", "Listado completo de contribuyentes (Artículo 69-B del CFF)")


def simulated_invoices() -> bytes:
    """The list under article 69-B: presumed first, then definitive; a few rebut the presumption or win in court and are off it."""
    titles = "".join(f"{title}{',' * (len(COLUMNS) - 1)}\r\n" for title in _TITLES)
    return titles.encode("latin-1") + table(",".join(COLUMNS), _invoice_rows(), encoding="latin-1")


def _invoice_rows() -> Iterator[Row]:
    number = 0
    for year, month in months((2018, 1), (2023, 12)):
        for place in range(1 + draw(2, "69-B", year, month)):
            number += 1
            presumed = date(year, month, 1 + draw(28, "69-B day", number, place))
            second = presumed + timedelta(days=120)
            fate = "Desvirtuado" if number % 12 == 0 else "Sentencia Favorable" if number % 17 == 0 else "Definitivo"
            stages = [_stage(presumed), _stage(second if fate == "Desvirtuado" else None)]
            stages += [_stage(None if fate == "Desvirtuado" else second)]
            stages += [_stage(presumed + timedelta(days=500) if fate == "Sentencia Favorable" else None)]
            name = f"FACTURAS DE EJEMPLO {number} SA DE CV"
            yield (number, f"EJE{presumed:%y%m%d}{number:03d}", name, fate, *(cell for stage in stages for cell in stage))


def _stage(day: date | None) -> tuple[str, str, str, str]:
    if day is None or day > _CUT:
        return ("", "", "", "")
    return (f"EJEMPLO-{day:%Y-%m%d}", f"{day:%d/%m/%Y}", "", "")


_PAIRS = (("Grupo Ejemplo A", "Grupo Ejemplo B", 400), ("Grupo Ejemplo C", "Grupo Ejemplo D", 150))
_EXAMPLE = 900_000  # identifiers far above the publisher's own


def conflicts() -> bytes:
    """Uppsala's table of fighting between groups neither of which is a state: best, low and high estimate a pair and year."""
    return table(",".join(CONFLICT_COLUMNS), _conflict_rows(), end="\n", quoted=True)


def _conflict_rows() -> Iterator[Row]:
    for at, (one, other, usual) in enumerate(_PAIRS):
        for year in range(2015, 2024):
            best = usual + draw(usual // 2, "fighting", at, year)
            ids = (_EXAMPLE + at, _EXAMPLE + at, 1, one, _EXAMPLE + 2 * at, other, _EXAMPLE + 2 * at + 1)
            yield (*map(str, ids), str(year), str(best), str(best * 3 // 4), str(best * 3 // 2), "Mexico", "70", "23.1")
