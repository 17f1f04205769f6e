"""Crimes of the local jurisdiction in Mexico, method of 2015 to 2025 (IDEFC): investigation files opened, by state and month."""

from __future__ import annotations

from functools import partial

from veedor.kernel.language import N_
from veedor.sources import sesnsp
from veedor.sources.crimes import IDEFC
from veedor.sources.source import Source

SOURCE = Source(
    name="sesnsp-idefc",
    title=N_("Crimes of the local jurisdiction in Mexico, 2015 to 2025 (IDEFC)"),
    publisher="Secretariado Ejecutivo del Sistema Nacional de Seguridad Pública (SESNSP)",
    controller="MX",
    grade="B3",
    measures=N_(
        "Investigation files opened by the prosecutors of the 32 states, by crime and modality. One file may be of "
        "several victims: files are not victims and not deaths."
    ),
    unit=N_("investigation files"),
    coverage=N_("Mexico, by state and month, from January 2015 to the last month of the method; also by municipality."),
    breaks=N_(
        "Began in 2015 with a new method (instrument CNSP/38/15) and ended when RNID replaced it in January 2026; no "
        "series runs across either break. Months to come are blank, not zero. Months already published are revised in "
        "later files, so that a figure is only complete with its vintage. The states count and report; how a death is "
        "first classified (intentional, culpable, other) is decided by them."
    ),
    terms=N_("Mexican open data terms of free use: attribution to the publisher (Términos de Libre Uso MX)."),
    kinds=("incidence",),
    recognise=partial(sesnsp.recognise, method=IDEFC),
    parse=sesnsp.parser(IDEFC),
    cadence="monthly",
    columns=sesnsp.STATE_COLUMNS,
)
