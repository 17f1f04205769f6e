"""`veedor report`: a judgement as a document for those who have to act on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypedDict, Unpack

import click

from veedor.cli import document_page
from veedor.cli.face import Face
from veedor.cli.options import day, formats
from veedor.cli.spoken import SpokenCommand, SpokenOption
from veedor.kernel.errors import DONE
from veedor.kernel.language import LANGUAGES, N_
from veedor.project.project import Project
from veedor.reports.document import Document, as_json


class Options(TypedDict):
    """What the command line asks of a report."""

    as_of: date | None
    starts: date | None
    since: str


@click.command(
    cls=SpokenCommand,
    example="veedor report agenda --lang es -o agenda.md",
    help=N_(
        "Write a report. agenda: two pages for a secretariat. methods: how it was judged, from whom, how wrong it may be. requests: drafts "
        "for the records that would settle what cannot be told. changes: what differs between two judgements."
    ),
)
@click.argument("kind", type=click.Choice(["agenda", "methods", "requests", "changes"]))
@formats("md", "text", "json")
@click.option(
    "--lang", type=click.Choice(LANGUAGES), cls=SpokenOption, help=N_("Language of the report, where it is not that of the program.")
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), cls=SpokenOption, metavar="FILE", help=N_("File to write, which must be new.")
)
@day("--as-of", N_("Judge as on this day, with what was known then."))
@day("--starts", N_("As if the accord had started on this day: an exercise, for accords not in force."))
@click.option("--since", default="", cls=SpokenOption, metavar="DIGEST", help=N_("changes: the earlier judgement, by its result."))
@click.pass_obj
def command(face: Face, kind: str, form: str, lang: str | None, output: Path | None, **options: Unpack[Options]) -> int:  # noqa: D103, click shows `help`
    from veedor.project.folder import write_new
    from veedor.project.project import open_project

    project = open_project(face.project, clock=face.clock)
    document = _BUILDERS[kind](project, options)
    speaking = replace(face, lang=lang or face.lang)
    if output is None:
        _print(speaking, document, form)
        return DONE
    write_new(output, _text(speaking, document, form).encode())
    face.story(N_("{file} written."), file=str(output))
    return DONE


def _print(face: Face, document: Document, form: str) -> None:
    if form == "text":
        document_page.show(face, document)
    else:
        face.raw(_text(face, document, form))


def _text(face: Face, document: Document, form: str) -> str:
    if form == "json":
        return as_json(document, face.lang) + "\n"
    if form == "text":
        return document_page.plain(face, document)
    from veedor.reports.markdown import render

    return render(document, face.lang)


def _agenda(project: Project, options: Options) -> Document:
    from veedor.project.linting import linted
    from veedor.reports.agenda import agenda

    accord, found, _ = linted(project.folder.root, None, clock=project.clock)
    judgement = project.judge(as_of=options["as_of"], starts=options["starts"])
    return agenda(accord.accord, judgement, found, synthetic=project.settings.project.synthetic)


def _methods(project: Project, options: Options) -> Document:
    from veedor.reports.methods import methods
    from veedor.reports.parts import Shelf

    shelf = Shelf(accord=project.accord().accord, indicators=project.indicators(), sources=project.sources())
    judgement = project.judge(as_of=options["as_of"], starts=options["starts"])
    return methods(shelf, judgement, synthetic=project.settings.project.synthetic)


def _requests(project: Project, options: Options) -> Document:
    from veedor.reports.parts import Shelf
    from veedor.reports.requests import requests

    shelf = Shelf(accord=project.accord().accord, indicators=project.indicators(), sources=project.sources())
    judgement = project.judge(as_of=options["as_of"], starts=options["starts"])
    return requests(shelf, judgement, synthetic=project.settings.project.synthetic)


def _changes(project: Project, options: Options) -> Document:
    from veedor.project.comparing import compare
    from veedor.project.errors import JudgementUnknownError
    from veedor.reports.changes import Held, changes
    from veedor.reports.kept import kept, last_two
    from veedor.reports.revisions import pairs, revisions
    from veedor.verdicts import keeping

    store = project.store
    found = [keeping.read(store.kept(keeping.DOMAIN, name)) for name in store.list_kept(keeping.DOMAIN)]
    # Two that were made within one second: the one that knew more is the later one.
    found.sort(key=lambda one: (one[0].made_at, one[0].known_on, len(one[0].snapshots), one[0].result_digest))
    since = options["since"]
    if since and not any(recipe.result_digest.startswith(since) for recipe, _ in found):
        raise JudgementUnknownError(where=str(project.folder.evidence), digest=since)
    chosen = last_two([recipe for recipe, _ in found], as_of=options["as_of"], starts=options["starts"], since=since)
    texts = {one.needs.en: one.needs for one in project.indicators().values()}
    before, after = (kept(*next(one for one in found if one[0] is recipe), texts) for recipe in chosen)
    snapshots = {one.digest: one for one in store.snapshots()}
    revised = [
        revision
        for old, new in pairs(before, after, snapshots)
        for revision in revisions(old, new, compare(store, new.source, old.digest, new.digest)[2], after)
    ]
    held = Held(title=project.accord().accord.title.text, snapshots=snapshots, revisions=tuple(revised))
    return changes(before, after, held, synthetic=project.settings.project.synthetic)


_BUILDERS: dict[str, Callable[[Project, Options], Document]] = {
    "agenda": _agenda,
    "methods": _methods,
    "requests": _requests,
    "changes": _changes,
}
