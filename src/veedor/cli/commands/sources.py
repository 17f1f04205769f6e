"""`veedor sources`: the publishers."""

from __future__ import annotations

import click

from veedor.cli.face import Face
from veedor.cli.options import formats
from veedor.cli.spoken import SpokenCommand
from veedor.kernel import canonical
from veedor.kernel.errors import DONE
from veedor.kernel.language import N_, translate
from veedor.sources.source import Source

TEXTS = ("title", "publisher", "measures", "unit", "coverage", "breaks", "terms")
LABELS = {
    "title": N_("title"),
    "publisher": N_("publisher"),
    "measures": N_("measures"),
    "unit": N_("unit"),
    "coverage": N_("coverage"),
    "breaks": N_("breaks and traps"),
    "terms": N_("terms"),
}
CADENCES = {"monthly": N_("monthly"), "yearly": N_("yearly"), "irregular": N_("irregular")}
RECORDS, PERSONAL = N_("records"), N_("personal data")


@click.command(
    cls=SpokenCommand,
    example="veedor sources sesnsp-idefc",
    help=N_("List the publishers and what is held of each; with a name, say all that is known of it."),
)
@click.argument("name", required=False)
@formats("text", "json")
@click.pass_obj
def command(face: Face, *, name: str | None, form: str) -> int:  # noqa: D103, click shows `help`
    from veedor.sources.registry import sources

    known = sources()
    if form == "json":
        chosen = [known[name]] if name else list(known.values())
        face.raw(canonical.pretty({"format_version": 1, "sources": [_plain(face, source) for source in chosen]}))
    elif name:
        _page(face, known[name])
    else:
        _list(face, list(known.values()))
    return DONE


def _held(face: Face) -> dict[str, int]:
    """How many snapshots of each source the project holds; nothing outside a project."""
    from veedor.project.errors import NoProjectError
    from veedor.project.project import open_project

    try:
        found = open_project(face.project, clock=face.clock).store.snapshots()
    except NoProjectError:
        return {}
    held: dict[str, int] = {}
    for snapshot in found:
        held[snapshot.source] = held.get(snapshot.source, 0) + 1
    return held


def _list(face: Face, known: list[Source]) -> None:
    held = _held(face)
    heads = tuple(face.t(h) for h in (N_("SOURCE"), N_("CONTROLLED BY"), N_("GRADE"), N_("HELD"), N_("MEASURES")))
    rows = [(s.name, s.controller, s.grade, str(held.pop(s.name, 0)), translate(s.title, face.lang)) for s in known]
    rows += [(name, "", "", str(count), face.t(N_("your own sheet"))) for name, count in sorted(held.items())]
    face.table(heads, rows, fixed=(0, 1, 2, 3))
    face.result("")
    face.result(face.t(N_("{count} sources are registered. More on one: veedor sources NAME"), count=len(known)))


def _page(face: Face, source: Source) -> None:
    face.result(source.name, "heading")
    for field in TEXTS:
        face.table((), [(f"  {face.t(LABELS[field]):<18}", translate(getattr(source, field), face.lang))])
    facts = ((N_("controlled by"), source.controller), (N_("grade"), source.grade), (N_("cadence"), face.t(CADENCES[source.cadence])))
    for label, value in facts:
        face.table((), [(f"  {face.t(label):<18}", value)])
    face.table((), [(f"  {face.t(RECORDS):<18}", ", ".join(source.kinds))])
    if source.personal:
        face.table((), [(f"  {face.t(PERSONAL):<18}", face.t(N_("rows may name natural persons; they are never printed or logged")))])


def _plain(face: Face, source: Source) -> dict[str, object]:
    texts = {field: translate(getattr(source, field), face.lang) for field in TEXTS}
    facts = {"name": source.name, "controller": source.controller, "grade": source.grade, "cadence": source.cadence, "kinds": source.kinds}
    return {**facts, **texts, "personal": source.personal}
