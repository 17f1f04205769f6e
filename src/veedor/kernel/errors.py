"""Errors a person reads: one class a situation, each with code, what happened, where, the effect on the data, and what to do next.

A subclass declares its words; a raise site gives only values::

    class SnapshotAltered(VeedorError):
        code = "EVD004"
        exit_code = INTEGRITY
        what = N_("snapshot {snapshot} does not match its own name: its bytes hash to {found}")
        effect = N_("Verdicts that cite it show as UNDETERMINED until this is resolved.")
        next = N_("veedor snapshots")
        more = N_("The long text that `veedor explain EVD004` prints.")

    raise SnapshotAltered(where="evidence/9f2c…", snapshot="9f2c…", found="0000…")
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from typing import ClassVar

from veedor.kernel.language import N_, Value, say, translate, word

DONE, BROKEN, USAGE, UNDETERMINED, INTEGRITY, UNREACHABLE, FAULT = 0, 1, 2, 3, 4, 5, 70
_PRIORITY = (FAULT, INTEGRITY, UNREACHABLE, USAGE, BROKEN, UNDETERMINED, DONE)


def exit_code(*codes: int) -> int:
    """The one exit code for several outcomes: 70, 4, 5, 2, 1, 3, 0 in that order of weight; of nothing, 0."""
    return min(codes, key=_PRIORITY.index, default=DONE)


@dataclass(frozen=True, slots=True)
class Problem:
    """One line of a list of problems: where it is, its code, what is wrong, how to repair it."""

    line: int
    column: int
    code: str
    words: str  # a translatable template, filled from `values`
    values: tuple[tuple[str, Value], ...] = ()
    repair: str = ""  # a translatable template, filled from the same values
    cell: str = ""  # a spreadsheet address such as C14, where the file has cells instead of lines

    def what(self, lang: str) -> str:
        """What is wrong, in words."""
        return _fill(self.words, self.values, lang)

    def how(self, lang: str) -> str:
        """How to repair it, in words; empty where nothing can be proposed."""
        return _fill(self.repair, self.values, lang)

    @property
    def place(self) -> str:
        """`line:column`, or the cell."""
        return self.cell or f"{self.line}:{self.column}"


def _fill(words: str, values: tuple[tuple[str, Value], ...], lang: str) -> str:
    return translate(words, lang).format(**{name: say(value, lang) for name, value in values}) if words else ""


CODES: dict[str, type[VeedorError]] = {}


class VeedorError(Exception):
    """Base of everything a person may be shown. Abstract: raise a subclass."""

    code: ClassVar[str]
    exit_code: ClassVar[int] = USAGE
    what: ClassVar[str]
    effect: ClassVar[str]
    next: ClassVar[str]
    more: ClassVar[str]

    def __init_subclass__(cls) -> None:
        if cls.code in CODES and CODES[cls.code].__qualname__ != cls.__qualname__:
            raise TypeError(f"{cls.__name__} and {CODES[cls.code].__name__} share the code {cls.code}")
        CODES[cls.code] = cls

    def __init__(self, *, where: str = "", problems: tuple[Problem, ...] = (), **values: Value) -> None:
        self.where = where
        self.problems = problems
        self.values: tuple[tuple[str, Value], ...] = tuple(sorted(values.items()))
        super().__init__(self.render("what", "en"))

    def render(self, part: str, lang: str) -> str:
        """One of `what`, `effect`, `next`, `more` in words, every value cleaned."""
        return _fill(getattr(type(self), part), self.values, lang)


def nearest(name: str, known: tuple[str, ...]) -> str:
    """The known name most like `name`, or nothing when none is close: suggested, never assumed."""
    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.6)), "")


MOST_NAMES = 30
"""Names that an error lists before it stops: more are no help to anybody who looks for one."""


class UnknownNameError(VeedorError):
    """A name that is not registered was asked for."""

    code = "KER001"
    what = N_('there is no {kind} named "{name}"{nearest}')
    effect = N_("Nothing was read or written.")
    next = N_("choose one of: {known}")
    more = N_(
        "Sources, indicators, accords and record kinds are found by name. Names are lower-case; the message shows the nearest "
        "known name where there is one. Nothing is guessed."
    )

    def __init__(self, *, kind: str, name: str, known: tuple[str, ...], where: str = "") -> None:
        close = nearest(name, known)
        shown = known if len(known) <= MOST_NAMES else (*known[:MOST_NAMES], "…")
        super().__init__(where=where, kind=word(kind), name=name, known=shown, nearest=f' ("{close}"?)' if close else "")


class PlugInTwiceError(VeedorError):
    """Two plug-ins of one kind carry the same name."""

    code = "KER002"
    exit_code = INTEGRITY
    what = N_('two {kind} plug-ins are named "{name}"')
    effect = N_("Nothing ran: it would not be certain which of the two had answered.")
    next = N_("uninstall one of them; the first is {first}")
    more = N_("Names of plug-ins are written into every verdict, so each may stand for one thing only.")


class PlugInDoesNotLoadError(VeedorError):
    """A plug-in cannot be imported or is not what it claims to be."""

    code = "KER003"
    exit_code = INTEGRITY
    what = N_('the {kind} plug-in "{name}" does not load: {why}')
    effect = N_("Nothing ran: a check that is silently absent would be a false all-clear.")
    next = N_("repair or uninstall the package that provides it")
    more = N_("Every plug-in must load before anything is judged. The message names the entry point and the Python error.")
