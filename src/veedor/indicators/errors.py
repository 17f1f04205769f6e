"""What can be wrong with an indicator, one class a situation.

IND001 to IND004 stop what was asked for. IND010 to IND039 are found while indicator files are read: they stand in the list of
problems that IND001 shows, all at once and before anything is judged. Their classes are here so that each code can be explained.
"""

from __future__ import annotations

from veedor.kernel.errors import Problem, VeedorError
from veedor.kernel.language import N_

_NOT_LOADED = N_("No indicator was loaded and nothing was judged. No file was changed.")
_HEADER = N_("compare the header with the table of keys in docs/indicators.md")
_QUERY = N_("compare the query with the list of what may be used in docs/indicators.md")


class IndicatorFilesError(VeedorError):
    """One or more indicator files cannot be used."""

    code = "IND001"
    what = N_("problems in indicator files: {count}")
    effect = _NOT_LOADED
    next = N_("repair the lines that are listed, then repeat the command")
    more = N_(
        "An indicator is one file: comment lines that say what it measures, then one SQL query. Every file is read and checked before "
        "anything is judged, and all problems are shown together, because a check that is silently absent would be a false all-clear."
    )


class IndicatorFailedError(VeedorError):
    """A query that was accepted could not be answered from the records held."""

    code = "IND002"
    what = N_('the query of indicator "{indicator}" cannot be answered: {why}')
    effect = N_("Nothing was judged. The stored records were not changed.")
    next = N_("repair the query: a value in the records does not fit what it does with them")
    more = N_(
        "Queries are checked for their form and their types when they are loaded. What the records hold is known only when they are "
        "read: a number too large for DECIMAL(38, 8), or a text that is no date."
    )


class IndicatorAnswerError(VeedorError):
    """A query yields rows that cannot be points of a series."""

    code = "IND003"
    what = N_('the query of indicator "{indicator}" yields a row that is no point of a series: {why}')
    effect = N_("Nothing was judged. The stored records were not changed.")
    next = N_("repair the query so that it yields a row only where there is a figure")
    more = N_(
        "Each row needs a place, a first day, a later last day, an amount, and how many of how many reported. A period without a figure "
        "yields no row: blank is not zero. A denominator of zero is no denominator."
    )


class RecordsOfOtherShapeError(VeedorError):
    """Stored records do not have the columns of their kind."""

    code = "IND004"
    what = N_("the stored {kind} records of snapshot {snapshot} do not have the columns of this version: {why}")
    effect = N_("Nothing was judged. The stored records were not changed.")
    next = N_("take the same file in again, so that its records are made anew")
    more = N_("Records are stored in the columns of the version that read them. Their bytes are still there and can be read again.")


class HeaderKeyUnknownError(VeedorError):
    """A header line has a key that no indicator has."""

    code = "IND010"
    what = N_("a header line has a key that no indicator has")
    effect = _NOT_LOADED
    next = _HEADER
    more = N_("A key that is not known is never passed over: it may be a known one with a letter wrong. The message names the nearest.")


class HeaderKeyMissingError(VeedorError):
    """A key that every indicator needs is absent or empty."""

    code = "IND011"
    what = N_("a key that every indicator needs is absent or empty")
    effect = _NOT_LOADED
    next = _HEADER
    more = N_(
        "Every indicator says in English and in Spanish what it measures, what it assumes, what it must not be used for, and which record "
        "would be needed where nobody publishes it. A reader of a verdict sees these words."
    )


class HeaderKeyTwiceError(VeedorError):
    """A key stands twice in a header."""

    code = "IND012"
    what = N_("a key stands twice in the header")
    effect = _NOT_LOADED
    next = N_("keep the one that is meant")
    more = N_("Which of the two is meant cannot be told.")


class HeaderValueError(VeedorError):
    """A key of the header has a value that it cannot have."""

    code = "IND013"
    what = N_("a key of the header has a value that it cannot have")
    effect = _NOT_LOADED
    next = _HEADER
    more = N_("The message shows the value and what is expected in its place.")


class HeaderLineError(VeedorError):
    """A comment line of the header is neither a key with its value nor the continuation of one."""

    code = "IND014"
    what = N_("a comment line of the header is neither a key with its value nor the continuation of one")
    effect = _NOT_LOADED
    next = N_('write "-- key: value", and begin a line that continues the one before with "--   "')
    more = N_("Comments of your own belong below the first line of the query.")


class NoQueryError(VeedorError):
    """A file has a header and no query."""

    code = "IND015"
    what = N_("the file has no query below its header")
    effect = _NOT_LOADED
    next = N_("write the query below the comment lines; docs/indicators.md has an example")
    more = N_("An indicator without a query would yield nothing, and nothing is not zero.")


class NameTakenError(VeedorError):
    """Two indicator files carry one name."""

    code = "IND016"
    what = N_("two indicator files carry one name")
    effect = _NOT_LOADED
    next = N_("give the indicator of the project a name of its own")
    more = N_(
        "An accord names its indicators. If a file in a project folder could take the place of a built-in one, the same accord would be "
        "judged by another measure without anyone seeing it."
    )


class NotTextError(VeedorError):
    """An indicator file cannot be read as UTF-8 text."""

    code = "IND017"
    what = N_("the file cannot be read as UTF-8 text")
    effect = _NOT_LOADED
    next = N_("save the file as UTF-8 text")
    more = N_("Indicator files are plain text in UTF-8, at most 64 KiB long.")


class QuerySyntaxError(VeedorError):
    """The query is no SQL that can be read."""

    code = "IND020"
    what = N_("the query cannot be read as SQL")
    effect = _NOT_LOADED
    next = _QUERY
    more = N_("The message says at which line reading stopped.")


class NotAllowedError(VeedorError):
    """The query uses something outside of the tested subset."""

    code = "IND021"
    what = N_("the query uses something outside of the tested subset of SQL")
    effect = _NOT_LOADED
    next = _QUERY
    more = N_(
        "Only what gives the same exact answer everywhere may be used. Whatever reads files, the clock or chance, whatever yields floating "
        "numbers (division, AVG), and whatever depends on the order of rows is left out. Shares and rates need no division: the query "
        "yields numerator and denominator apart."
    )


class TableNotReadableError(VeedorError):
    """The query reads a table that is no record kind its header declares."""

    code = "IND022"
    what = N_("the query reads a table that is no record kind its header declares")
    effect = _NOT_LOADED
    next = N_('name a record kind, and list it under "kinds" in the header')
    more = N_("A query reads the record tables and its own WITH parts, nothing else. Its header says which, where a reviewer sees it.")


class OutputColumnsError(VeedorError):
    """The query does not yield the columns of every indicator in their order."""

    code = "IND023"
    what = N_("the query does not yield the columns that every indicator yields")
    effect = _NOT_LOADED
    next = N_("end the query with the nine columns in the order that docs/indicators.md gives, each with its CAST")
    more = N_(
        "Columns are compared by name, order and type. Each is written CAST(… AS type) AS name, so that no type depends on the engine."
    )


class JoinConditionError(VeedorError):
    """Tables are joined without a condition that says on what."""

    code = "IND024"
    what = N_("tables are joined without ON")
    effect = _NOT_LOADED
    next = N_("write JOIN … ON with the columns that must agree, each with the name of its table")
    more = N_("A join without its condition multiplies rows, and figures with them.")


class ColumnWithoutTableError(VeedorError):
    """A column beside a join does not say which table it is of."""

    code = "IND025"
    what = N_("a column beside a join does not say which table it is of")
    effect = _NOT_LOADED
    next = N_("write the name of its table before the column, such as i.place")
    more = N_("Record kinds share column names. With its table named, a column keeps its meaning when a kind gains a column.")


class QueryDoesNotBindError(VeedorError):
    """The query names a column that does not exist, or compares what cannot be compared."""

    code = "IND026"
    what = N_("the database does not accept the query")
    effect = _NOT_LOADED
    next = N_("compare the columns with those of the record kind, which docs/indicators.md lists")
    more = N_("Each query is prepared on empty tables of the right shape. What the database says to that is shown in its own words.")


class KindNotReadError(VeedorError):
    """The header declares a record kind that the query does not read."""

    code = "IND027"
    what = N_("the header declares a record kind that the query does not read")
    effect = _NOT_LOADED
    next = N_('take it out of "kinds", or read it in the query')
    more = N_("The header says what a verdict rests on, so it names what is read and nothing more.")


def problem(error: type[VeedorError], line: int, words: str, repair: str = "", **values: str) -> Problem:
    """One line of the list of problems, under the code of its class."""
    return Problem(line, 1, error.code, words, tuple(sorted(values.items())), repair)
