"""A passphrase from the terminal, or from an environment variable that an option names; never from the command line itself."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import Any, TypeVar

import click

from veedor.cli.face import Face
from veedor.cli.spoken import SpokenOption
from veedor.governance.key_errors import PassphraseMissingError
from veedor.kernel.language import N_, Template

F = TypeVar("F", bound=Callable[..., Any])
NO_TERMINAL = Template("cli.no-terminal", N_("this is no terminal where somebody could be asked"))
NO_VARIABLE = Template("cli.no-variable", N_("the environment variable {name} is not set"))


def passphrase_option(command: F) -> F:
    """The option --passphrase-from."""
    return click.option(
        "--passphrase-from",
        "variable",
        default="",
        cls=SpokenOption,
        metavar="NAME",
        help=N_("Environment variable that holds the passphrase of the node's key; it is asked for otherwise."),
    )(command)


def asked(face: Face, variable: str) -> str:
    """The passphrase.

    Raises:
        PassphraseMissingError: the variable is not set, or nobody is there to be asked.
    """
    if variable:
        found = os.environ.get(variable)
        if not found:
            raise PassphraseMissingError(why=NO_VARIABLE(name=variable))
        return found
    if not sys.stdin.isatty():
        raise PassphraseMissingError(why=NO_TERMINAL())
    typed: str = click.prompt(face.t(N_("Passphrase of the node's key")), hide_input=True, err=True)
    return typed
