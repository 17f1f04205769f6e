"""A small accord without a weakness that a test does not put there, and the catalogue it is read against."""

from __future__ import annotations

import pytest

from veedor.accord.lint import Catalogue, KnownIndicator
from veedor.kernel.language import Text

SMALL = """\
veedor: 1
accord: small
status: hypothetical
title: {en: Small accord, es: Acuerdo pequeño}
starts: 2026-02-01
ends: 2030-01-31
calendar: America/Mexico_City
documents:
  text: {title: The founding text, date: 2025-09}
parties:
  A: {kind: state, name: {en: Aland, es: Alandia}}
  B: {kind: state, name: {en: Bland, es: Blandia}}
  G: {kind: armed-group, name: {en: Group, es: Grupo}, channel: open letters}
organs:
  council: {name: {en: Council, es: Consejo}, seats: {A: 2, B: 2}, meets: monthly, decides: consensus}
phases:
  first: {months: 1-6}
  second: {months: 7-}
ladder:
  talk: {name: {en: Talk, es: Hablar}, organ: council, within: 30}
reply: {within: 30 days, decides: council}
chronology:
  - {date: 2025-09-03, what: {en: Statement, es: Declaración}, cites: {document: text}}
commitments:
  rate:
    kind: result
    owed_by: {each: [A]}
    duty: must
    theme: governance
    says: {en: Bring the rate down., es: Bajar la tasa.}
    cites: {document: text, section: "1"}
    phase: second
    owner: {A: Ministry}
    test: {level: deaths_rate, at_most: 18 per 100000 people per year, over: 12 months, by: 2029-01-31}
    needs: {grade: B2, independent_sources: 2}
    if_broken: [talk]
  money:
    kind: result
    owed_by: {each: [B]}
    duty: must
    theme: aid
    says: {en: Pay more., es: Pagar más.}
    cites: {document: The founding text}
    owner: {B: Treasury}
    test: {change: money_paid, rise: 10 %, against: 2024-02-01..2025-01-31, by: month 36}
    needs: {grade: B2, independent_sources: 1}
    if_broken: [talk]
  reports:
    kind: conduct
    owed_by: {each: [A, B]}
    duty: must
    theme: reporting
    says: {en: Publish the figures every month., es: Publicar las cifras cada mes.}
    cites: {document: text}
    owner: {A: Ministry, B: Treasury}
    serves: [rate, money]
    test: {cadence: reports, every: month, grace: 10 days}
    needs: {grade: B2, independent_sources: 2}
    if_broken: [talk]
  raids:
    kind: conduct
    owed_by: {each: [B, G]}
    duty: may-not-without
    theme: sovereignty
    says: {en: No raid., es: Ninguna redada.}
    without: {en: The written consent of A, es: El consentimiento escrito de A}
    cites: {document: text}
    begins: month 1
    owner: {B: Army}
    test: {absence: raid, size: 1 raid, detect: 90 %}
    needs: {grade: B2, independent_sources: 2}
    access: {by: council, notice: 48 hours}
    if_broken: [talk]
  readings:
    kind: conduct
    owed_by: {each: [A, B]}
    duty: must
    theme: justice
    says: {en: Prosecute., es: Procesar.}
    cites: {document: text}
    owner: {A: Ministry, B: Treasury}
    readings:
      - {reading: wide, says: {en: All of it., es: Todo.}, held_by: [A], test: {milestone: all-of-it, by: month 24}}
      - {reading: narrow, says: {en: Some of it., es: Parte.}, held_by: [B], test: {coded: minimum, by: month 24}}
    needs: {grade: C3, independent_sources: 1}
    if_broken: [talk]
"""


@pytest.fixture(scope="session")
def small() -> str:
    return SMALL


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue(
        indicators={
            "deaths_rate": KnownIndicator(
                unit="per 100000 people per year", sources=("registry", "census"), direction="down", model="count", place="A"
            ),
            "money_paid": KnownIndicator(unit="USD", sources=("treasury",), direction="up", model="total"),
            "armed_share": KnownIndicator(unit="%", sources=("registry", "census"), direction="down", model="share"),
            "tunnels_found": KnownIndicator(unit="tunnels", has_open_source=False, needs=Text(en="the border register")),
            "own_count": KnownIndicator(unit="cases", sources=("ministry",)),
        },
        controllers={"registry": "A", "census": "statistics-office", "treasury": "B", "ministry": "A"},
        places=frozenset({"A", "B", "A01"}),
    )
