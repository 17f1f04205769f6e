"""Click commands whose help speaks the reader's language, and a group that imports a command only when it is called."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Any

import click

from veedor.cli.face import language
from veedor.kernel.language import N_, translate


def said(ctx: click.Context, words: str | None) -> str:
    """Words in the language asked for; before the group ran, as for its help, the option itself says which."""
    root = ctx.find_root()
    lang = root.obj.lang if root.obj is not None else language(root.params.get("lang"), os.environ)
    return translate(words or "", lang)


def _help_option(found: click.Option | None, ctx: click.Context) -> click.Option | None:
    """The --help option of a command, whose help click wrote before the language was known."""
    if found is not None:
        found.help = said(ctx, N_("Show this message and exit."))
    return found


class SpokenOption(click.Option):
    """An option whose help is translated when it is shown."""

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """The option's names and its help in the reader's language."""
        kept, self.help = self.help, said(ctx, self.help)
        try:
            return super().get_help_record(ctx)
        finally:
            self.help = kept


class SpokenCommand(click.Command):
    """A command whose help is translated when it is shown. `example` stands first in the help."""

    def __init__(self, *args: Any, example: str = "", **kwargs: Any) -> None:  # noqa: ANN401, passed through to click
        super().__init__(*args, **kwargs)
        self.example = example

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The --help option, described in the reader's language."""
        return _help_option(super().get_help_option(ctx), ctx)

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The example first, then what the command does."""
        if self.example:
            formatter.write_paragraph()
            with formatter.indentation():
                formatter.write_text(f"$ {self.example}")
        kept, self.help = self.help, said(ctx, self.help)
        try:
            super().format_help_text(ctx, formatter)
        finally:
            self.help = kept


class LazyGroup(click.Group):
    """A group that knows its commands by name, module and one line of help, and imports one only when it is called."""

    def __init__(self, *args: Any, lazy: dict[str, tuple[str, str]] | None = None, **kwargs: Any) -> None:  # noqa: ANN401, passed through
        super().__init__(*args, **kwargs)
        self.lazy = lazy or {}

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The --help option, described in the reader's language."""
        return _help_option(super().get_help_option(ctx), ctx)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command in the order in which a newcomer meets them."""
        return list(self.lazy)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command's module and hand over its `command`."""
        if cmd_name not in self.lazy:
            return None
        found: click.Command = import_module(self.lazy[cmd_name][0]).command
        return found

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands, without importing any."""
        with formatter.section(said(ctx, "Commands")):
            formatter.write_dl([(name, said(ctx, words)) for name, (_, words) in self.lazy.items()])

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """What the program does, in the reader's language."""
        kept, self.help = self.help, said(ctx, self.help)
        try:
            super().format_help_text(ctx, formatter)
        finally:
            self.help = kept
