"""One small accord on which every kind of line of every report occurs, and what was known of it on one day."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from veedor.accord.lint import Finding, lint
from veedor.accord.reading import AccordFile, read_text
from veedor.indicators.answers import NO_SNAPSHOT, NO_SOURCE
from veedor.indicators.catalogue import catalogue
from veedor.indicators.series import Indicator, Series, Yield
from veedor.kernel.canonical import digest_bytes
from veedor.kernel.known import Unknown
from veedor.kernel.language import Text
from veedor.reports.kept import KeptJudgement, kept
from veedor.reports.parts import Shelf
from veedor.sources.source import Parsed, Source
from veedor.testing import build
from veedor.verdicts import keeping
from veedor.verdicts.inputs import ActRow
from veedor.verdicts.verdict import Judgement

Judged = Callable[..., Judgement]
AS_OF = date(2021, 3, 1)
ACCORD = """
veedor: 1
accord: trial
status: hypothetical
title: {en: Trial accord, es: Acuerdo de prueba}
starts: 2020-01-01
documents: {text: {title: Trial text}}
parties:
  US: {kind: state, name: {en: United States, es: Estados Unidos}}
  MX: {kind: state, name: {en: Mexico, es: México}}
  G: {kind: armed-group, name: {en: The group, es: El grupo}, channel: letters}
organs:
  council: {name: {en: Council, es: Consejo}, seats: {US: 1, MX: 1}, meets: monthly, decides: consensus}
  board: {name: {en: Board, es: Junta}, seats: {US: 1, MX: 1}, meets: quarterly, decides: majority}
ladder:
  consultation: {name: {en: Consultation, es: Consulta}, organ: council, within: 30}
  finding: {name: {en: Published finding, es: Dictamen público}, organ: board, within: 60}
reply: {within: 30, decides: board}
commitments:
  office:
    kind: conduct
    owed_by: {joint: [US, MX]}
    duty: must
    theme: governance
    says: {en: Open the office., es: Abrir la oficina.}
    cites: {document: text}
    owner: {US: Department of State}
    test: {milestone: office-opened, by: month 6}
    needs: {grade: C3, independent_sources: 2}
    if_broken: [consultation]
  meetings:
    kind: conduct
    owed_by: {organ: council}
    duty: must
    theme: governance
    says: {en: Meet every month., es: Reunirse cada mes.}
    cites: {document: text}
    owner: {US: Department of State, MX: Secretaría de Relaciones Exteriores}
    test: {cadence: meetings, every: month, grace: 10 days}
  minutes:
    kind: conduct
    owed_by: {each: [US, MX]}
    duty: must
    theme: governance
    says: {en: Publish the minutes., es: Publicar las minutas.}
    cites: {document: text}
    owner: {US: Department of State, MX: Secretaría de Relaciones Exteriores}
    test: {milestone: minutes, by: month 2}
    needs: {grade: C3, independent_sources: 2}
    if_broken: [consultation]
  no-entry:
    kind: conduct
    owed_by: {each: [US]}
    duty: must-not
    theme: sovereignty
    says: {en: Never cross without consent., es: No cruzar sin consentimiento.}
    cites: {document: text}
    owner: {US: Department of State}
    test: {absence: unlawful-entry}
    needs: {grade: C3, independent_sources: 2}
    if_broken: [finding]
  no-raid:
    kind: conduct
    owed_by: {each: [MX]}
    duty: must-not
    theme: rights
    says: {en: No raid without a warrant., es: Ningún cateo sin orden.}
    cites: {document: text}
    owner: {MX: Secretaría de Gobernación}
    test: {absence: raid}
    if_broken: [finding]
  fewer:
    kind: result
    owed_by: {each: [MX]}
    duty: must
    theme: rights
    says: {en: Bring the figure down., es: Bajar la cifra.}
    cites: {document: text}
    owner: {MX: Secretaría de Gobernación}
    test: {level: figure, at_most: "100", by: 2020-12-31}
    post_hoc: {date: 2020-06-01, why: {en: The first limit was a slip of the pen., es: El primer límite fue un error de pluma.}}
    if_broken: [consultation]
  close:
    kind: result
    owed_by: {each: [MX]}
    duty: must
    theme: rights
    says: {en: Keep the figure near., es: Mantener cerca la cifra.}
    cites: {document: text}
    owner: {MX: Secretaría de Gobernación}
    test: {level: figure, at_most: "120", by: 2020-12-31}
  handed-in:
    kind: result
    owed_by: {each: [US]}
    duty: must
    theme: drugs
    says: {en: Treat more people., es: Atender a más personas.}
    cites: {document: text}
    owner: {US: Department of Health and Human Services}
    test: {level: treated, at_least: "50", by: month 12}
  handed-in-again:
    kind: result
    owed_by: {each: [US]}
    duty: must
    theme: drugs
    says: {en: Treat many more people., es: Atender a muchas más personas.}
    cites: {document: text}
    owner: {US: Department of Health and Human Services}
    test: {change: treated, rise: 10 %, against: 12 months before start, by: month 12}
  published:
    kind: result
    owed_by: {each: [MX]}
    duty: must
    theme: rights
    says: {en: Bring the published figure down., es: Bajar la cifra publicada.}
    cites: {document: text}
    test: {level: posted, at_most: "5", by: month 12}
  follow-up:
    kind: conduct
    owed_by: {each: [MX]}
    duty: must
    theme: governance
    says: {en: Follow up., es: Dar seguimiento.}
    cites: {document: text}
    owner: {MX: Secretaría de Relaciones Exteriores}
    depends_on: [no-entry]
    test: {milestone: followed-up, by: month 36}
  soon:
    kind: conduct
    owed_by: {each: [US]}
    duty: must
    theme: governance
    says: {en: Send the list., es: Enviar la lista.}
    cites: {document: text}
    owner: {US: Department of State}
    test: {milestone: list-sent, by: 2021-04-30}
  graded:
    kind: conduct
    owed_by: {each: [MX]}
    duty: must
    theme: justice
    says: {en: Reform the courts., es: Reformar los tribunales.}
    cites: {document: text}
    owner: {MX: Secretaría de Gobernación}
    test: {coded: intermediate, coders: 2, by: month 12}
  wish:
    kind: conduct
    owed_by: {each: [US, MX]}
    duty: must
    theme: economy
    says: {en: Strengthen cooperation., es: Fortalecer la cooperación.}
    cites: {document: text}
  letters:
    kind: conduct
    owed_by: {each: [G]}
    duty: must
    theme: people
    says: {en: Answer letters., es: Contestar cartas.}
    cites: {document: text}
    test: {milestone: letters-answered, by: month 3}
    needs: {grade: C3, independent_sources: 2}
  route:
    kind: conduct
    owed_by: {each: [MX]}
    duty: must
    theme: drugs
    says: {en: Tolerate a route., es: Tolerar una ruta.}
    cites: {document: text}
    unlawful: {en: It promises impunity., es: Promete impunidad.}
  two-ways:
    kind: result
    owed_by: {each: [MX]}
    duty: must
    theme: drugs
    says: {en: Change the flow., es: Cambiar el flujo.}
    cites: {document: text}
    owner: {MX: Secretaría de Gobernación}
    readings:
      - {reading: less, says: {en: Less of it., es: Menos.}, held_by: [US], test: {level: figure, at_most: "90", by: month 48}}
      - {reading: more, says: {en: More of it., es: Más.}, held_by: [MX], test: {level: figure, at_least: "90", by: month 48}}
"""


@pytest.fixture(scope="session")
def file() -> AccordFile:
    """The accord."""
    return read_text(ACCORD, "trial.yaml")


def source(name: str, controller: str, publisher: str) -> Source:
    """A registered source that nobody reads here."""
    return Source(
        name=name, title=name, publisher=publisher, controller=controller, grade="B2", measures="What it measures.", unit="",
        coverage="All.", breaks="A break in 2015.", terms="Free.", kinds=("incidence",), recognise=lambda _: False, parse=_never,
    )  # fmt: skip


def _never(_: object) -> Parsed:
    raise AssertionError("no report parses a file")


@pytest.fixture(scope="session")
def sources() -> Mapping[str, Source]:
    """One source that answers to a party, one that answers to nobody."""
    return {"made-up": source("made-up", "MX", "Oficina de Estadística"), "posted": source("posted", "institute", "Institute")}


def figures() -> dict[str, Indicator]:
    """The indicators that the accord asks for: one held, one that no open source answers, one published and not taken in."""
    return {
        "figure": build.indicator("figure"),
        "treated": replace(build.indicator("treated"), sources=(), place="US"),
        "posted": replace(build.indicator("posted"), sources=("posted",)),
    }


@pytest.fixture(scope="session")
def shelf(file: AccordFile, sources: Mapping[str, Source]) -> Shelf:
    """Where reports look things up."""
    return Shelf(accord=file.accord, indicators=figures(), sources=sources)


@pytest.fixture(scope="session")
def acts() -> tuple[ActRow, ...]:
    """An office opened late, minutes that one side alone records, an entry that the other side and an observer saw."""
    seen = (("MX", "MX"), ("observer", "independent"))
    return (
        *(build.act(who, "opened", "office-opened", date(2020, 8, 1)) for who in ("US", "MX")),
        build.act("US", "published", "minutes", date(2020, 2, 10)),
        *(build.act(who, "violated", "unlawful-entry", date(2020, 10, 3), controller=by) for who, by in seen),
    )


@pytest.fixture(scope="session")
def judged(file: AccordFile, acts: tuple[ActRow, ...]) -> Judged:
    """Judge the accord as of a day, with a monthly figure and acts of one's own."""

    def judged(as_of: date = AS_OF, *, level: int = 118, acts: Sequence[ActRow] = acts, held: str = "independent") -> Judgement:
        given = figures()
        found: dict[str, Yield | Series] = {
            "figure": build.series([level + i * 7 % 5 for i in range(48)], date(2017, 1, 1), given["figure"], controllers=("MX", held)),
            "treated": Unknown(NO_SOURCE(needs=given["treated"].needs), ("US",)),
            "posted": Unknown(NO_SNAPSHOT(sources=("posted",), as_of=as_of, needs=given["posted"].needs), ("institute",)),
        }
        grade = build.coding("first", 2, date(2020, 9, 1), name="graded")
        return build.judged(file.accord, found, as_of=as_of, acts=acts, codings=[grade])

    return judged


@pytest.fixture(scope="session")
def judgement(judged: Judged) -> Judgement:
    """What was known on the first of March 2021."""
    return judged()


@pytest.fixture(scope="session")
def findings(file: AccordFile, sources: Mapping[str, Source]) -> tuple[Finding, ...]:
    """What lint says of the accord."""
    return lint(file, catalogue(figures(), {name: one.controller for name, one in sources.items()}))


@pytest.fixture(scope="session")
def keep() -> Callable[..., KeptJudgement]:
    """A judgement as it comes back from where it is kept."""

    def keep(judgement: Judgement, *, hour: int = 9, texts: Mapping[str, Text] | None = None, accord: str = "a" * 64) -> KeptJudgement:
        made = keeping.recipe(judgement, keeping.Kept(accord, ()), (), judgement.as_of, datetime(2026, 1, 1, hour, tzinfo=UTC))
        shelf: dict[str, bytes] = {}

        class Keeper:
            def keep(self, domain: str, data: bytes) -> str:
                shelf[domain] = data
                return digest_bytes(data)

            def kept(self, domain: str, digest: str) -> bytes:
                return shelf[domain]

        keeping.write(Keeper(), made, judgement)
        return kept(*keeping.read(shelf[keeping.DOMAIN]), texts)

    return keep
