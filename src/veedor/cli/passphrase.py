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


def asked(face: Face, variable: str, words: str = "", *, is_new: bool = False) -> str:
    """The passphrase, asked for in these words (of the node's key where none are given), and twice where it is a new one.

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
    prompt = words or face.t(N_("Passphrase of the node's key"))
    typed: str = click.prompt(prompt, hide_input=True, confirmation_prompt=face.t(N_("Once more")) if is_new else False, err=True)
    return typed
