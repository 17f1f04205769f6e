"""What can be wrong with a file that is taken in, one class a situation.

SRC001 to SRC019 stop the taking in, and nothing is stored; only SRC010 does not. SRC010 and SRC020 to SRC049 are found
while a file is parsed: they stand in a list of problems (`sources.problems`) that makes the snapshot unusable, so that
its bytes are kept and its figures are not used. Their classes are here so that each code can be explained.
SRC050 to SRC079 belong to fetching.
"""

from __future__ import annotations

from veedor.kernel.errors import INTEGRITY, VeedorError
from veedor.kernel.language import N_

_NOTHING_STORED = N_("Nothing was stored. What was stored before is unchanged.")
_KEPT_UNUSED = N_("The bytes are kept as a snapshot marked unusable; verdicts go on using the last good vintage.")
_FETCH_AGAIN = N_("fetch the file again from its publisher and take it in anew")


class NotRecognisedError(VeedorError):
    """No registered source knows a file of this shape."""

    code = "SRC001"
    what = N_('"{file}" is of no known source: {seen}{nearest}')
    effect = _NOTHING_STORED
    next = N_("a sheet of your own: veedor add FILE --as KIND; a publisher's file: of one of {known}")
    more = N_(
        "A file is recognised by what it holds, never by its name. The message says what was seen at its beginning "
        "and, where there is one, the known source that is most like it. A source of your own can be added as a "
        "plug-in of the entry point group veedor.sources."
    )


class TwoSourcesError(VeedorError):
    """More than one registered source claims a file."""

    code = "SRC002"
    exit_code = INTEGRITY
    what = N_('"{file}" is claimed by {count} sources: {names}')
    effect = _NOTHING_STORED
    next = N_("say which source published it, or uninstall the plug-in that claims what is not its own")
    more = N_(
        "Each file belongs to exactly one source, because the source decides who controls the figures and how they "
        "are read. When two claim it, nothing is guessed."
    )


class EmptyFileError(VeedorError):
    """The file holds nothing."""

    code = "SRC003"
    what = N_('"{file}" is empty: {size} bytes, none of them a letter or a number')
    effect = _NOTHING_STORED
    next = _FETCH_AGAIN
    more = N_("An empty file is not a report of zero. It usually comes from a download that ended before it began.")


class HtmlPageError(VeedorError):
    """A web page came where data were expected."""

    code = "SRC004"
    what = N_('"{file}" is a web page, not data; its title is "{title}"')
    effect = _NOTHING_STORED
    next = N_("open the address in a browser, save the data file itself, and take that in")
    more = N_(
        "Publishers answer with a web page when a file has moved, when they ask for a log-in or a consent, or when a "
        "site is under maintenance. Such a page is never stored as evidence of figures."
    )


class UnreadableTextError(VeedorError):
    """The bytes of a text file cannot be read as the text they claim to be."""

    code = "SRC005"
    what = N_("the text cannot be read as {encoding}: at byte {place} stands something that no such text holds ({why})")
    effect = _NOTHING_STORED
    next = _FETCH_AGAIN
    more = N_(
        "A mark at the beginning of a file says how its letters are written. This one says one thing and holds "
        "another, or holds NUL bytes, which no table has. It is cut off, altered, or no text at all."
    )


class ArchiveTooLargeError(VeedorError):
    """An archive unpacks to more than is allowed."""

    code = "SRC006"
    what = N_('the archive "{file}" of {packed} bytes unpacks to more than {limit} bytes')
    effect = _NOTHING_STORED
    next = N_("unpack it yourself, look at what it holds, and take in the file you need")
    more = N_(
        "An archive may unpack to at most 1 GiB, and from 16 MiB on to at most 300 times its own size; real tables "
        "pack ten to forty times. More than that is the mark of a file made to exhaust a machine. It was refused "
        "before it was unpacked."
    )


class ArchiveBrokenError(VeedorError):
    """An archive is cut off or altered."""

    code = "SRC007"
    what = N_('the archive "{file}" cannot be unpacked: {why}')
    effect = _NOTHING_STORED
    next = _FETCH_AGAIN
    more = N_("Archives carry check sums of what they hold. These do not agree with the bytes, or the archive ends too early.")


class NoReadableMemberError(VeedorError):
    """An archive holds no file."""

    code = "SRC008"
    what = N_('the archive "{file}" holds no file that can be read')
    effect = _NOTHING_STORED
    next = _FETCH_AGAIN
    more = N_("Folders, and the hidden files that some systems add, are passed over; nothing else was in it.")


class UnsafeMemberError(VeedorError):
    """A member of an archive points outside the archive."""

    code = "SRC009"
    what = N_('the archive "{file}" holds a member that points outside of it: "{member}"')
    effect = _NOTHING_STORED
    next = N_("get the archive from its publisher directly; no publisher makes one like this")
    more = N_(
        "A member named with an absolute path or with .., or one that is a link, would be written over other files by"
        " a careless program. Nothing of such an archive is used."
    )


class LostColumnError(VeedorError):
    """A table lost a column that its publisher used to give."""

    code = "SRC010"
    what = N_("the table lost a column")
    effect = _KEPT_UNUSED
    next = N_("compare the header with that of the last good snapshot of the same source")
    more = N_(
        "The header is compared with the columns the source is known by. A column that is gone, or has a new name, "
        "stops the figures from being used, because a missing column would otherwise read as missing facts. The "
        "message names it, and the new column that is most like it."
    )


class NestedArchiveError(VeedorError):
    """Archives lie inside each other more than one level deep."""

    code = "SRC011"
    what = N_('the archive "{file}" holds archives inside archives: "{member}"')
    effect = _NOTHING_STORED
    next = N_("unpack it yourself and take in the file you need")
    more = N_("An archive inside an archive is opened; one more level inside that is not.")


class TooManyMembersError(VeedorError):
    """An archive holds more files than is allowed."""

    code = "SRC012"
    what = N_('the archive "{file}" holds {count} members; {limit} are allowed')
    effect = _NOTHING_STORED
    next = N_("unpack it yourself and take in the files you need")
    more = N_("No publisher known to this program puts more than a few dozen files into one archive.")


class ArchiveLockedError(VeedorError):
    """A member is encrypted, or packed in a way this program does not unpack."""

    code = "SRC013"
    what = N_('"{member}" in the archive "{file}" is encrypted, or packed by a method that is not unpacked here')
    effect = _NOTHING_STORED
    next = N_("unpack it with the program that made it, and take in the file inside")
    more = N_("Members of zip archives may be stored or deflated, which is what publishers use. Passwords are never asked for.")


class MixedMethodsError(VeedorError):
    """A file holds rows of two methods of counting."""

    code = "SRC020"
    what = N_("the file holds rows of two methods of counting")
    effect = _KEPT_UNUSED
    next = N_("take in one file for each method, as the publisher issues them")
    more = N_(
        "From January 2026 the Secretariado counts by a new register (RNID) whose crimes are not those of the method "
        "of 2015 to 2025 (IDEFC). Rows of both in one file would make one series out of two."
    )


class MixedPartsError(VeedorError):
    """A file holds rows that belong to different tables of its publisher."""

    code = "SRC021"
    what = N_("the file holds rows that belong to different tables of its publisher")
    effect = _KEPT_UNUSED
    next = N_("take in one file for each table, as the publisher issues them")
    more = N_(
        "In the register of missing persons, people not located, located alive and located dead are separate tables, "
        "and the table of everybody holds them all. Rows of two of them in one file would be added to each other."
    )


class TotalsDisagreeError(VeedorError):
    """The rows of a table do not add up to its own totals."""

    code = "SRC022"
    what = N_("the rows of the table do not add up to its own totals")
    effect = _KEPT_UNUSED
    next = _FETCH_AGAIN
    more = N_(
        "Tables of INEGI leave a cell blank for zero. That reading is safe only while months add up to the year, "
        "municipalities to their state, and states to the country. Where they do not, a figure is missing or was "
        "changed."
    )


class RowTwiceError(VeedorError):
    """Two rows of one table speak of the same thing."""

    code = "SRC023"
    what = N_("two rows of the table speak of the same place, time and category")
    effect = _KEPT_UNUSED
    next = _FETCH_AGAIN
    more = N_("Both would be counted, and which of the two is right cannot be told. Joined files and pasted rows are the usual cause.")


class UnknownCodeError(VeedorError):
    """A row carries a code that its publisher's table is not known to use."""

    code = "SRC024"
    what = N_("a row carries a code that its publisher's table is not known to use")
    effect = _KEPT_UNUSED
    next = N_("look the code up in the publisher's description; the source has to learn it before the file can be used")
    more = N_("What a code means decides what is counted. A code of unknown meaning is never read as one of the known ones.")


class NoFiguresError(VeedorError):
    """Every figure of a file is blank."""

    code = "SRC025"
    what = N_("every figure of the file is blank")
    effect = _KEPT_UNUSED
    next = _FETCH_AGAIN
    more = N_("Blank is not zero. A file without a single figure reports nothing, and supersedes nothing.")


class OtherTabulationError(VeedorError):
    """A table was queried from its publisher in another way than the one its source stands for."""

    code = "SRC026"
    what = N_("the table was queried in another way than the one this source stands for")
    effect = _KEPT_UNUSED
    next = N_("query the table as the message says, and take that in")
    more = N_(
        "INEGI's tabulator counts the same deaths by year of registration or of occurrence, and by place of "
        "registration, of occurrence or of residence. Each gives other figures, and only one of them is this series."
    )


class NotANumberError(VeedorError):
    """A cell that should hold a number holds something else."""

    code = "SRC030"
    what = N_("a cell that should hold a number holds something else")
    effect = _KEPT_UNUSED
    next = _FETCH_AGAIN
    more = N_("One such cell makes the whole file unusable: a file that a spreadsheet program changed may be wrong elsewhere too.")


class NoTableError(VeedorError):
    """A file does not split into rows of equal length."""

    code = "SRC031"
    what = N_("the file cannot be read as a table")
    effect = _KEPT_UNUSED
    next = _FETCH_AGAIN
    more = N_("Rows of unequal length, or a quotation mark that is never closed, usually mean a download that was cut off.")


class NotAMonthError(VeedorError):
    """A cell that should name a month does not."""

    code = "SRC032"
    what = N_("a cell that should name a month holds something else")
    effect = _KEPT_UNUSED
    next = _FETCH_AGAIN
    more = N_("A figure whose month is not known belongs to no period and cannot be judged.")


class NotAYearError(VeedorError):
    """A cell that should hold a year does not."""

    code = "SRC033"
    what = N_("a cell that should hold a year holds something else")
    effect = _KEPT_UNUSED
    next = _FETCH_AGAIN
    more = N_("A figure whose year is not known belongs to no period and cannot be judged.")


class NotADateError(VeedorError):
    """A cell that should hold a date does not."""

    code = "SRC034"
    what = N_("a cell that should hold a date holds something else")
    effect = _KEPT_UNUSED
    next = _FETCH_AGAIN
    more = N_("Dates are read in the one form their publisher uses. Nothing is guessed about the order of day and month.")


class ShortRowError(VeedorError):
    """A row has fewer or more figures than there are months and totals."""

    code = "SRC035"
    what = N_("a row has fewer or more figures than its table has months and totals")
    effect = _KEPT_UNUSED
    next = N_("compare the row with the publisher's own document")
    more = N_("In tables without column names the place of a figure is its month, so that a row of another length cannot be read.")


class NoFiscalYearError(VeedorError):
    """A table names no fiscal year."""

    code = "SRC036"
    what = N_("no line names the fiscal year of the table")
    effect = _KEPT_UNUSED
    next = _FETCH_AGAIN
    more = N_("October to December of a United States fiscal year belong to the calendar year before it.")


class NoRowsError(VeedorError):
    """A table has a header and nothing below it."""

    code = "SRC037"
    what = N_("the file has a header and no row below it")
    effect = _KEPT_UNUSED
    next = _FETCH_AGAIN
    more = N_("An empty table is not a report of zero.")


class BlankCellError(VeedorError):
    """A cell is blank that its publisher never leaves blank."""

    code = "SRC038"
    what = N_("a cell is blank where this publisher always gives a figure")
    effect = _KEPT_UNUSED
    next = _FETCH_AGAIN
    more = N_("Blank is not zero. Where a publisher does leave cells blank, they are kept as not reported.")


class ColumnTwiceError(VeedorError):
    """A header holds one column twice."""

    code = "SRC039"
    what = N_("the header holds the same column twice")
    effect = _KEPT_UNUSED
    next = _FETCH_AGAIN
    more = N_("Which of the two is meant cannot be told, and the first is not preferred.")


class NoTotalError(VeedorError):
    """A table ends before the totals that always close it."""

    code = "SRC040"
    what = N_("the table ends before the row of totals with which its publisher closes it")
    effect = _KEPT_UNUSED
    next = N_("compare the end of the file with the publisher's own document")
    more = N_("The totals show that a table is whole. Without them, rows may be missing and nobody would notice.")


class NoNameError(VeedorError):
    """A row of figures has no name."""

    code = "SRC041"
    what = N_("a row of figures has no name")
    effect = _KEPT_UNUSED
    next = N_("compare the row with the publisher's own document")
    more = N_("A figure whose place or category is not named counts nothing that could be judged.")


class NotAPeriodError(VeedorError):
    """A cell that should name a period does not."""

    code = "SRC042"
    what = N_("a cell that should name a period holds something else")
    effect = _KEPT_UNUSED
    next = _FETCH_AGAIN
    more = N_("A figure whose period is not known cannot be judged. Periods are read in the one form their publisher uses.")
