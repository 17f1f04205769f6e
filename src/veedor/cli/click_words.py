"""The words of click that a person sees. Click asks gettext for them, so they stand here for the catalogue to have them."""

from __future__ import annotations

import gettext
import os
from importlib import resources

from veedor.kernel.language import N_

DOMAIN = "veedor"


def ngettext(one: str, many: str) -> tuple[str, str]:
    """Mark words for one and for several, under the name that gettext's extractor looks for."""
    return one, many


WORDS = (
    N_("Usage:"),
    N_("Options"),
    N_("Commands"),
    N_("default: {default}"),
    N_("required"),
    N_("Show this message and exit."),
    N_("Show the version and exit."),
    N_("%(prog)s, version %(version)s"),
    N_("Missing argument"),
    N_("Missing option"),
    N_("Missing command."),
    N_("Choose from:\n\t{choices}"),
    N_("Invalid value: {message}"),
    N_("Invalid value for {param_hint}: {message}"),
    N_("No such option {name!r}."),
    N_("No such command {name!r}."),
    N_("Option {name!r} does not take a value."),
    N_("{value!r} is not a valid {number_type}."),
    N_("Error: invalid input"),
)
PLURALS = (
    ngettext("Did you mean {possibility}?", "(Did you mean one of: {possibilities}?)"),
    ngettext("Got unexpected extra argument ({args})", "Got unexpected extra arguments ({args})"),
    ngettext("Option {name!r} requires an argument.", "Option {name!r} requires {nargs} arguments."),
    ngettext("{value!r} is not {choice}.", "{value!r} is not one of {choices}."),
)


def speak(lang: str) -> None:
    """Let click speak a language for the rest of the process: it has no other ear than gettext's own environment variable."""
    gettext.bindtextdomain(DOMAIN, str(resources.files("veedor").joinpath("locale")))
    gettext.textdomain(DOMAIN)
    os.environ["LANGUAGE"] = lang
