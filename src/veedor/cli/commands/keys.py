"""`veedor keys`: private keys of the node and of officers, encrypted at rest; each change is an entry of the ledger."""

from __future__ import annotations

from veedor.cli.spoken import LazyGroup
from veedor.kernel.language import N_

_AT = "veedor.cli.commands.keys_"

command = LazyGroup(
    "keys",
    lazy={
        "new": (f"{_AT}new", N_("Make a key for the node or for an officer.")),
        "list": (f"{_AT}list", N_("List the keys that the ledger knows, and which of them are held here.")),
        "rotate": (f"{_AT}rotate", N_("Put a new key in the place of one that is held here.")),
        "revoke": (f"{_AT}revoke", N_("End a key without another in its place.")),
    },
    help=N_("Make, list, rotate and revoke keys. Private halves lie encrypted in the project's folder keys; public ones in the ledger."),
)
