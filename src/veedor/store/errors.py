"""What can go wrong with the state of a project, in words: one class a situation."""

from __future__ import annotations

from veedor.kernel.errors import INTEGRITY, UNREACHABLE, VeedorError
from veedor.kernel.language import N_

_NOTHING = N_("Nothing was entered. Everything entered before is intact.")
_WHOLE = N_(
    "What belongs together is written in one transaction: an entry and the tables that follow from it are there together or not at all. "
    "An entry counts once it was acknowledged, and whatever was acknowledged is on the disk."
)


class StateBusyError(VeedorError):
    """Another process writes to the state and does not finish."""

    code = "STO001"
    what = N_("another process has been writing to the project's state for more than {seconds} seconds")
    effect = N_("Nothing was entered. What is stored can still be read.")
    next = N_("let that process finish, or end it, then repeat the command")
    more = N_(
        "One process writes at a time, so that entries have one order. SQLite and PostgreSQL give the place up by themselves as soon as "
        "the process that holds it ends, even when it is killed: no file has to be deleted by hand."
    )


class StateFullError(VeedorError):
    """The disk under the state has no room left."""

    code = "STO002"
    what = N_("the disk that holds the project's state has no room left: {why}")
    effect = _NOTHING
    next = N_("free some room, then repeat the command")
    more = _WHOLE


class StateReadOnlyError(VeedorError):
    """The state may not be written to."""

    code = "STO003"
    what = N_("the project's state may not be written to: {why}")
    effect = N_("Nothing was entered. What is stored can still be read.")
    next = N_("make the folder writable for this user, or ask whoever runs the database server for the right to write")
    more = N_("Judging and reporting only read; taking in files, replies, reviews and decisions are entered in the ledger and write to it.")


class StateUnreachableError(VeedorError):
    """The database server does not answer, or the connection to it broke before anything was committed."""

    code = "STO004"
    exit_code = UNREACHABLE
    what = N_("the database server that holds the project's state does not answer: {why}")
    effect = _NOTHING
    next = N_("see that the server runs and that its address in the project file is right, then repeat the command")
    more = _WHOLE


class CommitUncertainError(VeedorError):
    """The connection broke while the server was committing, so nobody here can tell whether it did."""

    code = "STO005"
    exit_code = UNREACHABLE
    what = N_("the connection to the database server broke at the moment of committing: {why}")
    effect = N_("Either all of it was entered or nothing; which of the two cannot be told from here. Everything entered before is intact.")
    next = N_("repeat the command: what was entered already is recognised and not entered twice")
    more = N_(
        "Each entry carries a request key that its author chose. An entry whose key is there already gets the same receipt again, "
        "so repeating is safe however the first attempt ended."
    )


class StateDamagedError(VeedorError):
    """The database file is not one, or is damaged."""

    code = "STO006"
    exit_code = INTEGRITY
    what = N_("the project's state is damaged: {why}")
    effect = N_("Nothing was read or written. No verdict was issued.")
    next = N_("restore the file from a copy, together with the files whose names begin with the same name")
    more = N_(
        "The database reports that its pages contradict each other, or that the file is no database. A copy that was made while veedor was "
        "writing, a failing disk and a partial restore are the usual causes."
    )


class StateNewerError(VeedorError):
    """The state was written by a newer version of veedor."""

    code = "STO007"
    what = N_('the project\'s state has the form "{found}", which this version of veedor does not know')
    effect = N_("Nothing was read or written.")
    next = N_("install the version of veedor that wrote it, or a newer one")
    more = N_(
        "Each change of the tables has a number. A version that does not know the number could misread what is there, and does not try."
    )


class StateNotPreparedError(VeedorError):
    """The tables are not there, or are those of an older version."""

    code = "STO008"
    what = N_("the project's state has not been prepared for this version of veedor: {why}")
    effect = N_("Nothing was read or written.")
    next = N_("open the project once with a command that writes: its state is then brought up to date")
    more = N_("The tables are made, and later changed, by numbered migrations that run in one transaction: all of them or none.")


class StateUnwritableError(VeedorError):
    """The disk refused, for a reason that is neither a lack of room nor a missing permission."""

    code = "STO009"
    what = N_("the project's state could not be read or written: {why}")
    effect = _NOTHING
    next = N_("look at the path above and at the disk it lies on, then repeat the command")
    more = _WHOLE


class ServerDriverMissingError(VeedorError):
    """A database server is named and the library that speaks to it is not installed."""

    code = "STO010"
    what = N_("the project's state lies in PostgreSQL, and the library for it is not installed: {why}")
    effect = N_("Nothing was read or written.")
    next = N_('pip install "veedor[server]"')
    more = N_("The library for PostgreSQL is an extra, because a project that keeps its state in its own folder does not need it.")


class StateAddressError(VeedorError):
    """The address of the state names no database that veedor works with."""

    code = "STO011"
    what = N_('"{address}" is not the address of a database that veedor works with')
    effect = N_("Nothing was read or written.")
    next = N_("name a file as sqlite:///state.db, or a server as postgresql://user@host/database")
    more = N_("State is kept in SQLite, as a file in the project folder, or in PostgreSQL. Both are tested with the same tests.")
