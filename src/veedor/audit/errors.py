"""What keeps an audit from beginning, in words: one class a situation."""

from __future__ import annotations

from veedor.kernel.errors import INTEGRITY, VeedorError
from veedor.kernel.language import N_


class NothingToAuditError(VeedorError):
    """What was named is neither a bundle nor the folder of a log."""

    code = "AUD001"
    what = N_("{path} is neither a bundle nor the folder of a log")
    effect = N_("Nothing was checked.")
    next = N_("name a bundle file, or the folder that holds the file checkpoint")
    more = N_("A bundle is one JSON file. A log is a folder with the file checkpoint and the folder tile beside it.")


class BundleMalformedError(VeedorError):
    """A file is not a bundle of a format that this version knows."""

    code = "AUD002"
    exit_code = INTEGRITY
    what = N_("this is not a bundle of the format {expected}: {why}")
    effect = N_("Nothing was checked.")
    next = N_("fetch the file again; a copy that was reformatted or edited no longer counts")
    more = N_(
        "A bundle is canonical JSON (RFC 8785) with exactly the keys of its format, so that equal bundles are equal bytes and nothing in "
        "them can be read in two ways. A bundle of a later format needs a later version of veedor."
    )


class UnreadableError(VeedorError):
    """A file that was named cannot be read."""

    code = "AUD003"
    what = N_("{path} could not be read: {why}")
    effect = N_("Nothing was checked.")
    next = N_("check the name and the permissions of the file")
    more = N_("The message is the operating system's own.")
