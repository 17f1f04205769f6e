"""`veedor officers`: who acts for whom, under which pseudonym, from which seat."""

from __future__ import annotations

from veedor.cli.spoken import LazyGroup
from veedor.kernel.language import N_

_AT = "veedor.cli.commands.officers_"

command = LazyGroup(
    "officers",
    lazy={
        "add": (f"{_AT}add", N_("Enter an officer under a pseudonym, with the person behind it sealed.")),
        "list": (f"{_AT}list", N_("List the officers and their seats.")),
        "seat": (f"{_AT}seat", N_("Give an officer a seat of an organ, or make a seat empty.")),
        "open": (f"{_AT}open", N_("Open who stands behind a pseudonym, with the shares of its holders.")),
    },
    help=N_("Enter officers, list them, and fill the seats of organs. Officers act under pseudonyms; their seats give them their roles."),
)
