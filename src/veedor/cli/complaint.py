"""An error as a person sees it: what, where, effect, next, more; and a list of problems with their places and repairs."""

from __future__ import annotations

import traceback
from uuid import uuid4

from rich.text import Text as RichText

from veedor.cli.face import STYLES, Face
from veedor.kernel.errors import FAULT, Problem, VeedorError
from veedor.kernel.language import N_
from veedor.kernel.text import clean

REPAIR = N_("repair")
MOST = 200
"""Problems printed before the rest are only counted."""


def show(face: Face, error: VeedorError) -> int:
    """Print an error on stderr and return its exit code."""
    _head(face, error.code, f": {error.render('what', face.lang)}")
    shown = error.problems[:MOST]
    width = max((len(clean(problem.place)) for problem in shown), default=0)
    for problem in shown:
        _problem(face, problem, width)
    if len(error.problems) > MOST:
        face.story(N_("  … and {more} more"), more=len(error.problems) - MOST)
    lines = [
        (N_("where"), clean(error.where)),
        (N_("effect"), error.render("effect", face.lang)),
        (N_("next"), error.render("next", face.lang)),
        (N_("more"), f"veedor explain {error.code}"),
    ]
    _grid(face, [(face.t(label), text) for label, text in lines if text])
    return error.exit_code


def _head(face: Face, code: str, words: str) -> None:
    line = RichText()
    line.append(f"error[{code}]", STYLES["error"])
    line.append(words)
    face.aside(line)


def _problem(face: Face, problem: Problem, width: int) -> None:
    line = RichText(f"  {clean(problem.place):<{width}}  ")
    line.append(problem.code, STYLES["code"])
    line.append(f"  {problem.what(face.lang)}")
    face.aside(line, indent=width + 4)
    repair = problem.how(face.lang)
    if repair:
        face.aside(RichText(f"{' ' * (width + 4)}{face.t(REPAIR)}: {repair}"), indent=width + 6)


def _grid(face: Face, lines: list[tuple[str, str]]) -> None:
    width = max(len(label) for label, _ in lines)
    for label, text in lines:
        face.aside(RichText(f"  {label:<{width}}  {text}"), indent=width + 4)


def fault(face: Face, error: BaseException) -> int:
    """A fault of the program itself: said to be ours, with an id; the traceback only with --debug."""
    name = uuid4().hex[:8]
    words = N_(": this is a fault in veedor, not in your files (id {name}): {kind}")
    _head(face, "BUG", face.t(words, name=name, kind=type(error).__name__))
    lines = [
        (face.t(N_("effect")), face.t(N_("Evidence and judgements that were written are intact; this command did not finish."))),
        (face.t(N_("next")), face.t(N_("run it again with --debug and send what it prints, after reading it"))),
    ]
    _grid(face, lines)
    if face.debug:
        for line in "".join(traceback.format_exception(error)).splitlines():
            face.aside(clean(line))
    return FAULT
