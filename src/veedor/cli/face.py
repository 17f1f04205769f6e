"""How the command line speaks: language, width, colour, the two streams. The one place that knows rich."""

from __future__ import annotations

import os
import sys
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text as RichText

from veedor.kernel.clock import Clock, SystemClock
from veedor.kernel.language import LANGUAGES, Value, say, translate
from veedor.kernel.text import clean

PIPED_WIDTH = 100
STYLES = {
    "KEPT": "green",
    "MET": "green",
    "BROKEN": "bold red",
    "MISSED": "red",
    "UNDETERMINED": "yellow",
    "NOT DUE": "dim",
    "SUSPENDED": "magenta",
    "EXCUSED": "magenta",
    "heading": "bold",
    "error": "bold red",
    "warning": "yellow",
    "code": "cyan",
}


def language(given: str | None, environ: Mapping[str, str]) -> str:
    """The language asked for: the option, VEEDOR_LANG, or the locale; English where none of them is spoken here."""
    for word in (given, environ.get("VEEDOR_LANG"), environ.get("LC_ALL"), environ.get("LC_MESSAGES"), environ.get("LANG")):
        if word and word[:2].casefold() in LANGUAGES:
            return word[:2].casefold()
    return "en"


def _console(stream: TextIO, environ: Mapping[str, str], *, colour: bool | None) -> Console:
    """A console without markup, emoji or guessing. Colour only on a terminal, NO_COLOR and FORCE_COLOR honoured."""
    is_terminal = stream.isatty()
    wanted = colour if colour is not None else (bool(environ.get("FORCE_COLOR")) or (is_terminal and not environ.get("NO_COLOR")))
    width = None if is_terminal else int(environ["COLUMNS"]) if environ.get("COLUMNS", "").isdigit() else PIPED_WIDTH
    return Console(
        file=stream, markup=False, emoji=False, highlight=False, soft_wrap=False, width=width, force_terminal=is_terminal or wanted,
        no_color=not wanted, color_system="standard" if wanted else None, legacy_windows=False,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """Everything a command needs to speak and to find its project."""

    lang: str
    out: Console
    err: Console
    project: Path | None
    offline: bool
    debug: bool
    clock: Clock = field(default_factory=SystemClock)

    def t(self, words: str, /, **values: Value) -> str:
        """Words in the reader's language, gaps filled with cleaned values."""
        filled = translate(words, self.lang)
        return filled.format(**{name: say(value, self.lang) for name, value in values.items()}) if values else filled

    def result(self, text: str, style: str = "") -> None:
        """A line of the result, to stdout; never wrapped in a pipe, so that a line stays a line."""
        self.out.print(RichText(text, style=STYLES.get(style, style)), soft_wrap=not self.out.file.isatty())

    def raw(self, text: str) -> None:
        """Exact bytes of a machine format, to stdout: never wrapped, never styled."""
        self.out.file.write(text if text.endswith("\n") else f"{text}\n")

    def story(self, words: str, /, **values: Value) -> None:
        """A line of the story, to stderr."""
        self.aside(self.t(words, **values))

    def aside(self, line: RichText | str, *, indent: int = 0, style: str = "") -> None:
        """A line to stderr: whole in a pipe, so that a path or a command in it can be copied; on a terminal the rest hangs under it."""
        text = line if isinstance(line, RichText) else RichText(line, STYLES.get(style, style))
        if not self.err.file.isatty():
            self.err.print(text, soft_wrap=True)
            return
        lines = textwrap.wrap(text.plain, self.err.width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)
        first = lines[0] if lines else ""
        self.err.print(text[: len(first)], soft_wrap=True)  # what is styled stands at the beginning
        for further in lines[1:]:
            self.err.print(RichText(further, text.style), soft_wrap=True)

    def table(
        self, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], *, styled: int | None = None, fixed: tuple[int, ...] = (0,)
    ) -> None:
        """Rows in aligned columns on stdout; columns in `fixed` never wrap; the cell in `styled` carries its word's colour."""
        made = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), show_header=bool(heads), header_style=STYLES["heading"])
        for index, head in enumerate(heads):
            made.add_column(head, no_wrap=index in fixed, overflow="fold")
        for row in rows:
            cells = [RichText(clean(cell)) for cell in row]
            if styled is not None:
                cells[styled].stylize(STYLES.get(row[styled], ""))
            made.add_row(*cells)
        self.out.print(made)


def make(lang: str | None, project: Path | None, *, colour: bool | None, offline: bool, debug: bool) -> Face:
    """The face for this process: its streams, its environment."""
    return Face(
        lang=language(lang, os.environ),
        out=_console(sys.stdout, os.environ, colour=colour),
        err=_console(sys.stderr, os.environ, colour=colour),
        project=project,
        offline=offline,
        debug=debug,
    )
