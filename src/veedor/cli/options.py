"""Options that several commands share, each written once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

import click

from veedor.cli.spoken import SpokenOption, said
from veedor.kernel.language import N_

F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A calendar date, YYYY-MM-DD."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or click's usage error with the value and the form expected."""
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            words = N_('"{value}" is not a date; write it as 2026-02-01')
            self.fail((said(ctx, words) if ctx is not None else words).format(value=value), param, ctx)


def day(name: str, words: str) -> Callable[[F], F]:
    """A date option."""
    return click.option(name, type=Day(), cls=SpokenOption, metavar="DATE", help=words)


def formats(*names: str) -> Callable[[F], F]:
    """The --format option with these formats, the first the default."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(names),
        default=names[0],
        show_default=True,
        cls=SpokenOption,
        help=N_("Format of the result."),
    )
