"""What can be wrong with key files and their passphrases, in words: one class a situation."""

from __future__ import annotations

from veedor.kernel.errors import INTEGRITY, VeedorError
from veedor.kernel.language import N_

_KEYS = N_(
    "Private keys lie in the project's folder keys, one file each, encrypted under a passphrase and readable by their owner alone. A "
    "passphrase is asked for on the terminal, or taken from the environment variable that --passphrase-from names; it is never part of a "
    "command, where other users of the machine could read it."
)
_NO_KEY = N_("No key was made, and nothing was entered.")


class PassphraseShortError(VeedorError):
    """A passphrase is too short."""

    code = "GOV040"
    what = N_("a passphrase needs {length} characters or more")
    effect = _NO_KEY
    next = N_("choose a longer one: five words drawn at random are easy to keep and hard to guess")
    more = _KEYS


class PassphraseWrongError(VeedorError):
    """A key file does not open."""

    code = "GOV041"
    exit_code = INTEGRITY
    what = N_("the key of {holder} does not open: the passphrase is another one, or the file was altered")
    effect = N_("Nothing was signed, and nothing was entered.")
    next = N_("try the passphrase again; if it is right, restore the file from a copy")
    more = _KEYS


class PassphraseMissingError(VeedorError):
    """No passphrase was given where nobody can be asked."""

    code = "GOV042"
    what = N_("a passphrase is needed, and {why}")
    effect = N_("Nothing was signed, and nothing was entered.")
    next = N_("run the command on a terminal, or name a variable that holds it: --passphrase-from NAME")
    more = _KEYS


class KeyFileThereError(VeedorError):
    """A key file would be overwritten."""

    code = "GOV043"
    what = N_('a file "{file}" is there already')
    effect = _NO_KEY
    next = N_("move it away, then repeat the command")
    more = _KEYS


class KeyFileUnwritableError(VeedorError):
    """A key file cannot be written."""

    code = "GOV044"
    what = N_('the key file "{file}" cannot be written: {why}')
    effect = _NO_KEY
    next = N_("make the folder writable for yourself, or free some room")
    more = _KEYS


class KeyFileMalformedError(VeedorError):
    """A file in the folder of keys is no key file."""

    code = "GOV045"
    exit_code = INTEGRITY
    what = N_('"{file}" is not a key file: {why}')
    effect = N_("No key was read, and nothing was written.")
    next = N_("restore it from a copy, or move it out of the folder")
    more = _KEYS


class KeyNotHeldError(VeedorError):
    """No key file fits a name, or several do."""

    code = "GOV046"
    what = N_('{count} keys are held here under "{name}"{nearest}, where one is needed')
    effect = N_("Nothing was signed, and nothing was entered.")
    next = N_("veedor keys list")
    more = _KEYS


class KeyEndedError(VeedorError):
    """A key has been revoked or replaced, or was never entered."""

    code = "GOV047"
    what = N_("the key of {holder} is not in force: it was revoked, replaced, or never entered")
    effect = N_("Nothing was signed, and nothing was entered.")
    next = N_("veedor keys list")
    more = _KEYS
