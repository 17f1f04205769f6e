"""What can be wrong with a command line, in words."""

from __future__ import annotations

from veedor.kernel.errors import VeedorError
from veedor.kernel.language import N_


class WrongUsageError(VeedorError):
    """A command, an option or a value is not what the command takes."""

    code = "CLI001"
    what = N_("{message}")
    effect = N_("Nothing was read or written.")
    next = N_("{command} --help shows what it takes")
    more = N_("The command line was not understood, so no command ran. The message names the word that was not understood.")
