"""What makes a list, an index or a data set of events unusable beyond lost columns: codes SRC080 to SRC099."""

from __future__ import annotations

from veedor.kernel.errors import Problem, VeedorError
from veedor.kernel.language import N_

_KEPT_UNUSED = N_("The bytes are kept as a snapshot marked unusable; verdicts go on using the last good vintage.")
_FETCH_AGAIN = N_("fetch the file again from its publisher and take it in anew")
_STATE_DATE = N_("take the file in again and state the day on which it was published")


class UndatedError(VeedorError):
    """A list does not say of which day it is."""

    code = "SRC080"
    what = N_("the list does not say of which day it is")
    effect = _KEPT_UNUSED
    next = _STATE_DATE
    more = N_(
        "Some lists hold no date, inside or beside their rows. Who is on such a list is known only for the day on which it was "
        "published, because being listed ends. Without that day its rows would speak of no time at all."
    )


class OddWidthError(VeedorError):
    """A table without header has a number of columns that its publisher does not use."""

    code = "SRC081"
    what = N_("a table without column names has a number of columns that its publisher does not use")
    effect = _KEPT_UNUSED
    next = N_("compare the file with the publisher's description; the source has to learn a changed layout")
    more = N_("Where a file names no columns, the place of a cell is all that says what it means. A column more or less moves them all.")


class SameKeyError(VeedorError):
    """Two rows carry a key that their publisher says is unique."""

    code = "SRC082"
    what = N_("two rows carry the same key")
    effect = _KEPT_UNUSED
    next = _FETCH_AGAIN
    more = N_("Both rows would be counted, and which of the two is right cannot be told.")


class LostSheetError(VeedorError):
    """A workbook has lost a sheet."""

    code = "SRC083"
    what = N_("the workbook has lost a sheet")
    effect = _KEPT_UNUSED
    next = N_("compare the file with the publisher's description; the source has to learn a changed layout")
    more = N_("Each sheet holds one of the publisher's measures. A workbook without one of them is another edition, or a damaged one.")


class NewStageError(VeedorError):
    """A list names a stage of its procedure that it is not known to have."""

    code = "SRC084"
    what = N_("the list names a stage that it is not known to have")
    effect = _KEPT_UNUSED
    next = N_("look the stage up in the publisher's description; the source has to learn it before the file can be used")
    more = N_(
        "A stage decides whether somebody is on the list or no longer. One of unknown meaning is never read as one of the known ones."
    )


def undated() -> Problem:
    """A list that does not say of which day it is."""
    return Problem(1, 1, UndatedError.code, N_("the list holds no date, and none was stated"), (), _STATE_DATE)


def odd_width(found: int, known: tuple[int, ...]) -> Problem:
    """A table without header that is wider or narrower than any its publisher has."""
    words = N_("the rows have {found} cells; this publisher's tables have {known}")
    return Problem(1, 1, OddWidthError.code, words, (("found", found), ("known", known)), OddWidthError.next)


def same_key(row: int, key: str) -> Problem:
    """A row whose key an earlier row carries already."""
    return Problem(row, 1, SameKeyError.code, N_('the key "{key}" stands in an earlier row too'), (("key", key),), _FETCH_AGAIN)


def lost_sheet(name: str, found: tuple[str, ...]) -> Problem:
    """A workbook without one of its sheets."""
    words = N_('the sheet "{name}" is gone; the workbook has {found}')
    return Problem(1, 1, LostSheetError.code, words, (("name", name), ("found", found)), LostSheetError.next)


def new_stage(row: int, column: str, value: str, *, position: int = 1) -> Problem:
    """A row in a stage that the list is not known to have."""
    words = N_('"{value}" in the column "{column}" is a stage that is not known')
    return Problem(row, position, NewStageError.code, words, (("column", column), ("value", value)), NewStageError.next)
