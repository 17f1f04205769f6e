"""`veedor lint`: what nobody could ever verify, before anyone signs."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from veedor.accord.lint import Finding, Judgeable
from veedor.accord.reading import AccordFile
from veedor.cli.face import Face
from veedor.cli.options import formats
from veedor.cli.spoken import SpokenCommand, SpokenOption
from veedor.kernel import canonical
from veedor.kernel.errors import DONE, UNDETERMINED
from veedor.kernel.language import N_
from veedor.kernel.text import clean

SEVERITIES = {"error": N_("error"), "warning": N_("warning"), "note": N_("note")}
REPAIR, PASTE = N_("repair"), N_("paste")
STYLE = {"error": "error", "warning": "warning", "note": ""}


@click.command(
    cls=SpokenCommand,
    example="veedor lint accord.yaml",
    help=N_("Say what nobody could ever verify in an accord: file, line, column, rule, repair. Without FILE, the project's own accord."),
)
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option(
    "--repairs/--no-repairs", default=True, cls=SpokenOption, help=N_("Show the clause and the line that would repair each finding.")
)
@formats("text", "json")
@click.pass_obj
def command(face: Face, *, file: Path | None, repairs: bool, form: str) -> int:  # noqa: D103, click shows `help`
    from veedor.project.linting import linted

    accord, found, shares = linted(face.project, file, clock=face.clock)
    if form == "json":
        face.raw(
            canonical.pretty(
                {"format_version": 1, "file": accord.where, "findings": [_plain(f, face.lang) for f in found], "judgeable": shares}
            )
        )
    else:
        _text(face, accord, found, repairs=repairs)
        _shares(face, shares)
    return UNDETERMINED if any(f.severity == "error" for f in found) else DONE


def _text(face: Face, accord: AccordFile, found: tuple[Finding, ...], *, repairs: bool) -> None:
    title = face.t(N_("{title}: {count} findings in {file}"), title=accord.accord.title.text, count=len(found), file=accord.where)
    face.result(title, "heading")
    for finding in found:
        _finding(face, accord, finding, repairs=repairs)
    counts = Counter(f.severity for f in found)
    words = N_("{errors} errors (nobody could verify it), {warnings} warnings, {notes} notes. More on a rule: veedor explain CODE")
    face.result("")
    face.result(face.t(words, errors=counts["error"], warnings=counts["warning"], notes=counts["note"]))


def _finding(face: Face, accord: AccordFile, finding: Finding, *, repairs: bool) -> None:
    place = f"{clean(accord.where)}:{finding.line}:{finding.column}"
    what = f"{finding.commitment or accord.accord.accord}{f'/{finding.reading}' if finding.reading else ''}"
    head = f"{place}  {finding.rule}  {face.t(SEVERITIES[finding.severity])}  {what}: {finding.sentence.render(face.lang)}"
    face.result(head, STYLE[finding.severity])
    if not repairs:
        return
    if finding.repair is not None:
        face.result(f"    {face.t(REPAIR)}: {finding.repair.render(face.lang)}")
    if finding.paste:
        face.result(f"    {face.t(PASTE)}:  {finding.paste.strip()}")


def _shares(face: Face, shares: tuple[Judgeable, ...]) -> None:
    face.result("")
    for share in shares:
        words = N_("{party}: {able} of {all} duties could ever be judged with the sources that are registered")
        face.result(face.t(words, party=share.party, able=share.judgeable, all=share.duties))


def _plain(finding: Finding, lang: str) -> dict[str, object]:
    facts = {
        name: getattr(finding, name)
        for name in ("rule", "severity", "commitment", "reading", "party", "line", "column", "paste", "fixable")
    }
    repair = {"en": finding.repair.en, "es": finding.repair.es} if finding.repair is not None else None
    return {**facts, "sentence": finding.sentence.plain(), "words": finding.sentence.render(lang), "repair": repair}
