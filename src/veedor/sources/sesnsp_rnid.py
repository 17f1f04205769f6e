"""Crimes of the local jurisdiction in Mexico, method from January 2026 on (RNID): another catalogue of crimes, another series."""

from __future__ import annotations

from functools import partial

from veedor.kernel.language import N_
from veedor.sources import sesnsp
from veedor.sources.crimes import RNID
from veedor.sources.source import Source

SOURCE = Source(
    name="sesnsp-rnid",
    title=N_("Crimes of the local jurisdiction in Mexico, from 2026 (RNID)"),
    publisher="Secretariado Ejecutivo del Sistema Nacional de Seguridad Pública (SESNSP)",
    controller="MX",
    grade="B3",
    measures=N_(
        "Investigation files opened by the prosecutors of the 32 states, by crime and modality, by the catalogue of 79 "
        "subtypes that replaced the 55 of IDEFC."
    ),
    unit=N_("investigation files"),
    coverage=N_("Mexico, by state and month, from January 2026."),
    breaks=N_(
        "The method began in January 2026. Its columns are those of IDEFC, its crimes are not: attempts are counted "
        "apart, kidnapping, extortion and trafficking are divided. It is never joined to the series of 2015 to 2025. "
        "Months to come are blank, not zero, and months already published are revised in later files."
    ),
    terms=N_("Mexican open data terms of free use: attribution to the publisher (Términos de Libre Uso MX)."),
    kinds=("incidence",),
    recognise=partial(sesnsp.recognise, method=RNID),
    parse=sesnsp.parser(RNID),
    cadence="monthly",
    columns=sesnsp.STATE_COLUMNS,
)
