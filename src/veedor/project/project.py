"""An open project: its accord, its evidence, its indicators, wired to the use cases. Opening reads one small file and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import NamedTuple

from veedor.accord.reading import AccordFile, read, read_bytes
from veedor.evidence.store import Store
from veedor.indicators import header
from veedor.indicators.registry import indicators as load_indicators
from veedor.indicators.registry import own_files
from veedor.indicators.series import Indicator, Yield
from veedor.kernel.clock import Clock, SystemClock, today
from veedor.kernel.language import N_, word
from veedor.kernel.registry import Registry
from veedor.project import adoption
from veedor.project.errors import JudgementUnknownError, StartsNotMovableError
from veedor.project.folder import Folder, find
from veedor.project.settings import Settings
from veedor.project.settings import read as read_settings
from veedor.reports.parts import STATUSES
from veedor.sources.registry import sources
from veedor.sources.source import Source
from veedor.verdicts import keeping, methods
from veedor.verdicts.errors import RecomputedDifferentlyError
from veedor.verdicts.gather import Evidence, gather
from veedor.verdicts.judge import Setting, judge
from veedor.verdicts.keeping import Recipe
from veedor.verdicts.verdict import Judgement


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder and a clock. Its verbs read the folder anew each time: nothing is cached that could be stale."""

    folder: Folder
    settings: Settings
    clock: Clock = field(default_factory=SystemClock)

    @property
    def store(self) -> Store:
        """The evidence store."""
        return Store(self.folder.evidence)

    @property
    def accord_path(self) -> Path:
        """The accord file."""
        return self.folder.root / self.settings.project.accord

    def accord(self) -> AccordFile:
        """The accord, read and checked; every problem at once."""
        return read(self.accord_path)

    def indicators(self) -> Mapping[str, Indicator]:
        """Built-in indicators and the project's own."""
        return load_indicators(self.folder.indicators)

    def sources(self) -> Registry[Source]:
        """Every registered source."""
        return sources()

    def series(self, name: str, places: tuple[str, ...] | None = None, *, as_of: date | None = None) -> dict[str, Yield]:
        """An indicator's series by place, as known on a day (today when none is given)."""
        from veedor.indicators.answers import run
        from veedor.indicators.tables import open_tables

        found = self.indicators()[name]
        store, day = self.store, as_of or self.clock.now().date()
        with open_tables(store, store.snapshots(), day, controllers()) as tables:
            return run(tables, found, places)

    def judge(self, *, as_of: date | None = None, starts: date | None = None, keep: bool = True) -> Judgement:
        """Judge every commitment on the evidence held and keep the judgement under its digest.

        Raises:
            StartsNotMovableError: another start for an accord that is in force or ended.
            NotAdoptedError: the accord says it is in force and a party's signature is not proved.
            SnapshotAlteredError, BytesMissingError, RecordsAlteredError: evidence that a verdict would cite is not what was taken in.
        """
        found = self.accord()
        accord = found.accord
        if starts is not None and starts != accord.starts and not accord.is_exercise:
            raise StartsNotMovableError(where=found.where, accord=accord.accord, status=STATUSES[accord.status](), starts=accord.starts)
        adoption.require(found, self.settings)
        store = self.store
        snapshots = store.snapshots()
        when = When(as_of or today(self.clock, accord.calendar), as_of or self.clock.now().date(), starts or accord.starts)
        made = _judged(found, self.indicators(), Evidence(store, snapshots, controllers()), when, methods.CURRENT)
        _vouch(store, made)
        if keep:
            from veedor.project import journal  # here, because the database libraries take longer to load than a judgement needs

            journal.check(self)
            accord_kept = store.keep(N_("accord"), self.accord_path.read_bytes())
            own = tuple(store.keep(N_("indicator"), path.read_bytes()) for path in own_files(self.folder.indicators))
            recipe = keeping.recipe(made, keeping.Kept(accord_kept, own), snapshots, when.known_on, self.clock.now())
            keeping.write(store, recipe, made)
            journal.enter_judgement(self, made)
        return made

    def judgements(self) -> tuple[Recipe, ...]:
        """The recipes of every judgement kept, oldest first."""
        store = self.store
        found = [keeping.read(store.kept(keeping.DOMAIN, digest))[0] for digest in store.list_kept(keeping.DOMAIN)]
        return tuple(sorted(found, key=lambda r: (r.made_at, r.result_digest)))

    def recompute(self, prefix: str) -> Judgement:
        """Make a kept judgement again from the stored bytes, and compare.

        Raises:
            JudgementUnknownError: none, or several, are kept under those digits.
            RecomputedDifferentlyError: the result is another one.
            SnapshotAlteredError, BytesMissingError, RecordsAlteredError: evidence that a verdict cites is not what was taken in.
        """
        fitting = [r for r in self.judgements() if r.result_digest.startswith(prefix)] if len(prefix) >= 4 else []
        if len({r.result_digest for r in fitting}) != 1:
            raise JudgementUnknownError(where=str(self.folder.evidence), digest=prefix)
        recipe, store = fitting[0], self.store
        methods.check(recipe.method)
        found = read_bytes(store.kept("accord", recipe.accord), f"accord {recipe.accord[:12]}")
        own = [header.parse(store.kept("indicator", digest).decode()).indicator for digest in recipe.indicators]
        known = {**load_indicators(None), **{one.name: one for one in own if one is not None}}
        evidence = Evidence(store, keeping.as_then(store.snapshots(), recipe), controllers())
        made = _judged(found, known, evidence, When(recipe.as_of, recipe.known_on, recipe.starts), recipe.method)
        _vouch(store, made)
        if made.result_digest != recipe.result_digest:
            difference = keeping.first_difference(made, recipe)
            raise RecomputedDifferentlyError(
                where=str(self.folder.evidence),
                wanted=recipe.result_digest[:12],
                found=made.result_digest[:12],
                difference=word(difference),
            )
        return made


class When(NamedTuple):
    """The day of judging in the accord's own calendar, the UTC day up to which captures count, and the start that months count from."""

    as_of: date
    known_on: date
    starts: date


def _judged(found: AccordFile, known: Mapping[str, Indicator], evidence: Evidence, when: When, method: str) -> Judgement:
    gathered = gather(found.accord, known, evidence, when.known_on)
    setting = Setting(
        accord_digest=found.text_digest,
        as_of=when.as_of,
        starts=when.starts,
        versions=keeping.versions(),
        snapshots_held=len(evidence.snapshots),
        left_out=gathered.left_out,
        method=method,
    )
    return judge(found.accord, gathered.inputs, setting)


def _vouch(store: Store, made: Judgement) -> None:
    """Records are checked on reading; here the bytes behind every citation: what nobody could check any more is not judged on."""
    for digest in sorted({support.snapshot for verdict in made.verdicts for support in verdict.supports}):
        store.vouch(digest)


def controllers() -> dict[str, str]:
    """Who controls each registered source."""
    return {name: source.controller for name, source in sources().items()}


def open_project(path: Path | str | None = None, *, clock: Clock | None = None) -> Project:
    """Open the project in a folder, or the nearest one above it (the current folder when none is given).

    Raises:
        NoProjectError: there is no project. SettingsUnreadableError: its file cannot be used.
    """
    folder = find(Path(path) if path is not None else Path.cwd())
    return Project(folder, read_settings(folder.root), clock or SystemClock())
