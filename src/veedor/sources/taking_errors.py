"""What can go wrong in taking a file in, beyond recognising it, in words."""

from __future__ import annotations

from veedor.kernel.errors import VeedorError
from veedor.kernel.language import N_


class SeveralFilesError(VeedorError):
    """An archive holds more than one publisher's file."""

    code = "SRC100"
    what = N_('"{file}" holds {count} files that sources recognise: {members}')
    effect = N_("Nothing was taken in.")
    next = N_("unpack the archive and add the files one by one: veedor add FILE")
    more = N_(
        "A snapshot is one file of one publisher, so that each citation points into known bytes. Archives with one such file are opened."
    )


class FileUnreadableError(VeedorError):
    """A file to take in cannot be opened."""

    code = "SRC101"
    what = N_('"{file}" cannot be read: {why}')
    effect = N_("Nothing was taken in.")
    next = N_("check the path and its permissions; several files are given one after the other: veedor add FILE FILE")
    more = N_("veedor add takes files of at most 512 MiB that this user may read. Folders are not searched.")


class FileTooLargeError(VeedorError):
    """A file to take in is larger than any that a publisher here publishes."""

    code = "SRC102"
    what = N_('"{file}" has {size} bytes; at most {limit} are taken in at once')
    effect = N_("Nothing was taken in.")
    next = N_("check that it is the publisher's own file; larger tables come in parts")
    more = N_("The limit protects the machine. The largest file of a registered publisher has about 40 million bytes unpacked.")


class MappingUnreadableError(VeedorError):
    """A mapping file does not say which column holds which field."""

    code = "SRC104"
    what = N_('the mapping file "{file}" cannot be used: {why}')
    effect = N_("Nothing was taken in.")
    next = N_("write one line per column, column,field, such as: fecha,at")
    more = N_(
        "A mapping file is CSV in UTF-8 with the heading column,field: one line per column of the sheet. The mapping is stored beside "
        "the snapshot."
    )


class GradeShapeError(VeedorError):
    """The grade given to a sheet is none."""

    code = "SRC105"
    what = N_('"{grade}" is no Admiralty grade')
    effect = N_("Nothing was taken in.")
    next = N_("give a letter from A to F and a digit from 1 to 6, such as --grade B2; F6 says that nobody can judge it yet")
    more = N_(
        "The letter says how reliable the source is (A reliable, F cannot be judged), the digit how credible the information is (1 "
        "confirmed, 6 cannot be judged). An accord asks for a least grade, and what is graded lower never decides a verdict."
    )


class ControllerBlankError(VeedorError):
    """It is left blank who controls what a sheet, or a coder, says."""

    code = "SRC106"
    what = N_("it is left blank who could change what it says")
    effect = N_("Nothing was taken in.")
    next = N_("name a party or an institute, such as --controller MX, or leave the option out")
    more = N_(
        "Verdicts ask for sources with different controllers. A sheet or a grade whose controller nobody states counts as one of its own."
    )


class MappingIncompleteError(VeedorError):
    """A sheet's columns do not hold every field that the kind needs."""

    code = "SRC103"
    what = N_('"{file}" lacks columns for {missing}, which a record of kind {kind} needs')
    effect = N_("Nothing was taken in.")
    next = N_("add the columns (veedor template {kind} shows them), or say which column holds what: veedor add FILE --as {kind} --map FILE")
    more = N_(
        "A mapping file is CSV with the heading column,field: one line per column of the sheet. The mapping is stored beside the snapshot."
    )
