"""Whoever acts on the command line: the options --by and --by-passphrase-from, and the keys that they open."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from veedor.cli import passphrase
from veedor.cli.spoken import SpokenOption
from veedor.kernel.language import N_

if TYPE_CHECKING:
    from veedor.cli.face import Face
    from veedor.governance.keyring import Unlocked
    from veedor.project.officers import Desk

F = TypeVar("F", bound=Callable[..., Any])


def by_options(command: F) -> F:
    """The options --by and --by-passphrase-from, each as often as officers act together."""
    by = click.option(
        "--by", multiple=True, cls=SpokenOption, metavar="OFFICER", help=N_("Officer who acts, with a key held here; once for each.")
    )
    variable = click.option(
        "--by-passphrase-from",
        "by_variables",
        multiple=True,
        cls=SpokenOption,
        metavar="NAME",
        help=N_("Environment variable that holds the passphrase of the officer's key, in the order of --by; it is asked for otherwise."),
    )
    return by(variable(command))


def acting(face: Face, desk: Desk, by: tuple[str, ...], variables: tuple[str, ...]) -> tuple[Unlocked, ...]:
    """The opened keys of those who act, those in force.

    Raises:
        KeyNotHeldError: no key, or several, of an officer are held here.
        PassphraseMissingError, PassphraseWrongError: a key was not opened.
    """
    from veedor.governance import keyring
    from veedor.project.node_key import keys_folder

    found = []
    for number, name in enumerate(by):
        held = keyring.find(keys_folder(desk.project), name, desk.in_force())
        variable = variables[number] if number < len(variables) else ""
        words = face.t(N_("Passphrase of the key of {holder}"), holder=held.holder)
        found.append(keyring.unlock(held.path, passphrase.asked(face, variable, words)))
    return tuple(found)
