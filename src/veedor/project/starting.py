"""The starter project: an accord, made-up files in the publishers' own formats, and a first judgement."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from veedor.accord.library import library
from veedor.accord.model import Accord
from veedor.accord.reading import read_bytes
from veedor.indicators.answers import run
from veedor.indicators.series import Yield
from veedor.indicators.tables import open_tables
from veedor.kernel.clock import Clock
from veedor.kernel.known import Known
from veedor.kernel.months import Period
from veedor.project import folder as folders
from veedor.project.folder import FILE
from veedor.project.project import Project, controllers
from veedor.project.settings import fresh, read
from veedor.project.texts import STARTER_README
from veedor.sources.taking import Offered, OwnSheet, Received, take, take_sheet
from veedor.starter.contents import FILES, File
from veedor.starter.official import FACTS, Fact
from veedor.verdicts.verdict import Judgement

ACCORD = "ssa"
STARTS, AS_OF = date(2020, 1, 1), date(2024, 6, 30)
"""An exercise: with the accord's own start most of it is not due yet, and no figure held is of its time."""
TELLING = "homicide-guanajuato"
"""A decided commitment to begin with: it has an estimate, a baseline and a limit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The project that was made, what was taken in, and the first judgement."""

    project: Project
    judgement: Judgement
    received: tuple[Received, ...]


class Compared(NamedTuple):
    """An official total, and what the made-up files give for the same place and time; None where they give nothing whole."""

    fact: Fact
    made_up: Decimal | None


def start(path: Path, lang: str, clock: Clock, tell: Callable[[str, Received], None] | None = None) -> Started:
    """Make the starter project in a folder, take its files in and judge it; `tell` hears of each file as it is taken in.

    Raises:
        FolderNotEmptyError: something is in the folder; it is left as it was.
        FolderUnwritableError: the folder cannot be made or written.
    """
    text = library()[ACCORD].read_bytes()
    found = read_bytes(text, ACCORD)
    contents = [(file, file.read()) for file in FILES]
    made = folders.empty(path)
    relative = f"accord/{ACCORD}.yaml"
    folders.write(made.root / relative, text.decode())
    folders.write(made.root / "README.md", _readme(found.accord))
    for file, data in contents:
        folders.write_new(_own(made) / file.name, data)
    made.indicators.mkdir(exist_ok=True)
    folders.write(made.root / FILE, fresh(relative, language=lang, synthetic=True))  # last: from now on it is a project
    project = Project(made, read(made.root), clock)
    received = tuple(_take(project, file, data, tell) for file, data in contents)
    return Started(project=project, judgement=project.judge(as_of=AS_OF, starts=STARTS), received=received)


def _readme(accord: Accord) -> str:
    dates = {"own": accord.starts, "starts": STARTS, "as_of": AS_OF}
    title = accord.title.text
    return STARTER_README.format(title=title.en, title_es=title.render("es"), telling=TELLING, **dates)


def _own(made: folders.Folder) -> Path:
    folder = made.root / "files"
    folder.mkdir(exist_ok=True)
    return folder


def _take(project: Project, file: File, data: bytes, tell: Callable[[str, Received], None] | None) -> Received:
    offered = Offered(name=file.name, data=data, stated=file.published)
    now = project.clock.now()
    if file.kind:
        own = OwnSheet(kind=file.kind, controller=file.controller, grade=file.grade)
        received = take_sheet(project.store, offered, own, now)
    else:
        received = take(project.store, project.sources(), offered, now)
    if tell is not None:
        tell(file.name, received)
    return received


def compare(project: Project) -> tuple[Compared, ...]:
    """The official totals, each beside the sum of the made-up figures for the same time."""
    known, store = project.indicators(), project.store
    wanted = dict.fromkeys((fact.indicator, fact.place) for fact in FACTS)
    with open_tables(store, store.snapshots(), AS_OF, controllers()) as tables:
        series = {(name, place): run(tables, known[name], (place,))[place] for name, place in wanted}
    return tuple(Compared(fact, _sum(series[fact.indicator, fact.place], fact.period)) for fact in FACTS)


def _sum(found: Yield, period: Period) -> Decimal | None:
    """What the points in the period add up to, when they fill it."""
    points = found.value.within(period) if isinstance(found, Known) else ()
    filled = sum(point.period.days for point in points) == period.days
    return sum((point.amount for point in points), Decimal(0)) if filled else None
