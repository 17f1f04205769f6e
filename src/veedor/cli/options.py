"""Options that several commands share, each written once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NoReturn, TypeVar

import click

from veedor.cli.spoken import SpokenOption, said
from veedor.kernel.language import N_

FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)
"""The same bounds as for dates in an accord: beyond them an end that is counted from a date may not be a date."""
F = TypeVar("F", bound=Callable[..., Any])


class Day(click.ParamType[date]):
    """A calendar date, YYYY-MM-DD."""

    name = "date"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """The date, or click's usage error with the value and the form expected."""
        if isinstance(value, date):
            return value
        try:
            found = date.fromisoformat(str(value))
        except ValueError:
            self.refuse(N_('"{value}" is not a date; write it as 2026-02-01'), str(value), param, ctx)
        if not FIRST <= found <= LAST:
            self.refuse(N_('"{value}" is not a day between 1900 and 2199'), str(value), param, ctx)
        return found

    def refuse(self, words: str, value: str, param: click.Parameter | None, ctx: click.Context | None) -> NoReturn:
        """Click's usage error, in the reader's language."""
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
