"""What can be wrong with a user's own sheet, in words: one class a situation.

Most of these are never raised alone: `as_problem` makes one line of a list from each, and `SheetProblemsError` carries the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from veedor.kernel.errors import Problem, VeedorError
from veedor.kernel.language import N_

if TYPE_CHECKING:
    from veedor.kernel.language import Value

_NOTHING = N_("Nothing was taken from the sheet: all of its rows are read, or none.")
_TEMPLATE = N_("The template for each kind of record says what every column holds, in English and Spanish, with an example.")
_NUMBERS = N_(
    "Whole numbers may have their thousands apart (12,345 or 12 345). Decimals have a point (0.5) or a comma (0,5). Where 1,234 could be "
    "one thousand two hundred and thirty-four or a little more than one, it is refused and nothing is guessed."
)
_DATES = N_(
    "Dates are 2025-03-31 or 31/03/2025; a month is 2025-03 and a year 2025. A date such as 03/04/2025 is the third of April for some "
    "and the fourth of March for others, so it is refused and nothing is guessed."
)
_PERIODS = N_(
    "A period goes from valid_from up to, but not including, valid_to: March 2025 is 2025-03-01 to 2025-04-01. Without valid_to, 2025-03 "
    "is that month and 2025 that year; a full date is that day, or the month it begins where the kind of record counts by month."
)
_STATUSES = N_(
    "A number is reported (also when it is 0), or its cell is blank and the status says why: not-reported or suppressed. A blank cell "
    "without a status is read as not-reported, and never as zero."
)


def as_problem(cls: type[VeedorError], cell: str, line: int = 0, column: int = 0, **values: Value) -> Problem:
    """One line of a list of problems in the words of an error class: its `what`, and its `next` as the repair."""
    return Problem(line, column, cls.code, cls.what, tuple(sorted(values.items())), cls.next, cell)


class SheetUnreadableError(VeedorError):
    """A file is no sheet that can be read."""

    code = "REC001"
    what = N_("{name} cannot be read as a sheet: {why}")
    effect = N_("Nothing was read.")
    next = N_("save it as CSV (UTF-8) or as .xlsx without a password, then repeat the command")
    more = N_("Sheets are CSV files with commas, semicolons, tabs or bars between the cells, or Excel workbooks of the .xlsx form.")


class SheetProblemsError(VeedorError):
    """A sheet can be read and has problems that must be repaired first."""

    code = "REC002"
    what = N_("problems in {name}: {count}; nothing was read from it")
    effect = _NOTHING
    next = N_("repair the cells listed, then repeat the command")
    more = N_("Every problem is listed with the address of its cell, so that all can be repaired at once.")


class ColumnUnknownError(VeedorError):
    """A mapping names a column that the sheet does not have."""

    code = "REC003"
    what = N_('the sheet has no column "{column}"{nearest}')
    effect = N_("Nothing was read.")
    next = N_("choose one of: {known}")
    more = N_("A mapping says which column of the sheet holds which field of the record. Columns are named as in the sheet's heading row.")


class FieldUnknownError(VeedorError):
    """A mapping names a field that the kind of record does not have, or gives one field two columns."""

    code = "REC004"
    what = N_('"{field}" is not a field of {kind} that a sheet can fill once{nearest}')
    effect = N_("Nothing was read.")
    next = N_("choose each of these at most once: {known}")
    more = _TEMPLATE


class FormulaError(VeedorError):
    """A cell holds a formula whose result was never saved."""

    code = "REC010"
    what = N_("the formula {formula} has no saved result")
    effect = _NOTHING
    next = N_("open the workbook in a spreadsheet program and save it, or replace the formula by its value")
    more = N_("Results that the spreadsheet program saved beside a formula are read; formulas are never calculated here.")


class MergedCellsError(VeedorError):
    """Cells of the table are merged."""

    code = "REC011"
    what = N_("the cells {area} are merged, so it is not certain which rows and columns their value belongs to")
    effect = _NOTHING
    next = N_("unmerge them and write the value into every cell it belongs to")
    more = N_("A merged cell holds its value in the upper left cell only; the others are blank, and blank means not reported.")


class HiddenSheetError(VeedorError):
    """A workbook holds rows on a sheet that cannot be seen."""

    code = "REC012"
    what = N_('the sheet "{sheet}" is hidden and holds rows')
    effect = _NOTHING
    next = N_("show or remove it, or name the sheet that is to be read")
    more = N_("What is read must be what a person sees. Hidden sheets are never read in silence, and never passed over in silence.")


class SeveralSheetsError(VeedorError):
    """A workbook holds rows on several sheets, or none on the one that was named."""

    code = "REC013"
    what = N_("it is not certain which sheet is meant: those with rows are {sheets}")
    effect = _NOTHING
    next = N_("name the sheet that is to be read, or keep one sheet with rows in the workbook")
    more = N_("One sheet is one set of records. Sheets whose rows all begin with # are instructions and do not count.")


class HeadingTwiceError(VeedorError):
    """Two columns have the same heading."""

    code = "REC014"
    what = N_('the heading "{heading}" stands over two columns, here and in {first}')
    effect = _NOTHING
    next = N_("give every column its own heading")
    more = N_("Columns are found by their heading, so each heading may stand for one column only.")


class CellInErrorError(VeedorError):
    """A cell shows an error of the spreadsheet program."""

    code = "REC015"
    what = N_("the cell holds {value}, an error of the spreadsheet program")
    effect = _NOTHING
    next = N_("repair the formula, or leave the cell blank when the figure was not reported")
    more = N_("A cell such as #REF! or #N/A holds no value. Blank means not reported, and is never read as zero.")


class NoHeadingError(VeedorError):
    """A cell holds something and no heading says what it is."""

    code = "REC016"
    what = N_('"{value}" stands under no heading')
    effect = _NOTHING
    next = N_("give the column a heading, or clear the cell; a comma inside a CSV cell needs quotation marks around the cell")
    more = N_("In CSV files a row with more cells than the heading row usually holds an unquoted comma.")


class NoRowsError(VeedorError):
    """A sheet has no heading row or no rows below it."""

    code = "REC017"
    what = N_("there are no rows below a heading row")
    effect = _NOTHING
    next = N_("write the headings into one row and the records below it; rows that begin with # are passed over")
    more = _TEMPLATE


class SheetTooLargeError(VeedorError):
    """A sheet is larger than can be read safely."""

    code = "REC018"
    what = N_("the sheet is too large: {size} {unit}, and at most {limit} are read")
    effect = _NOTHING
    next = N_("divide it into several sheets; a publisher's large file is better read by a source of its own")
    more = N_("A small workbook can unpack to more than a machine can hold, so unpacked size, rows and columns are limited.")


class PercentCellError(VeedorError):
    """A cell shows a percentage and holds a fraction."""

    code = "REC019"
    what = N_("the cell shows a percentage and holds {value}")
    effect = _NOTHING
    next = N_("give the column the number format General and write 12 for 12 %, with % in the unit column")
    more = N_("Spreadsheet programs store 12 % as 0.12 and show it times a hundred. What is read must be what a person sees.")


class BlankFieldError(VeedorError):
    """A cell that has to hold something is blank."""

    code = "REC020"
    what = N_("{field} is blank")
    effect = _NOTHING
    next = N_("fill the cell, or remove the row")
    more = _TEMPLATE


class NotWholeError(VeedorError):
    """A cell should hold a whole number."""

    code = "REC021"
    what = N_('{field} is "{value}", which is not a whole number')
    effect = _NOTHING
    next = N_("write digits only, such as 12345; leave the cell blank when the figure was not reported")
    more = _NUMBERS


class NotDecimalError(VeedorError):
    """A cell should hold a number."""

    code = "REC022"
    what = N_('{field} is "{value}", which is not a number')
    effect = _NOTHING
    next = N_("write it such as 1234.5; leave the cell blank when the figure was not reported")
    more = _NUMBERS


class NumberAmbiguousError(VeedorError):
    """A number can be read in two ways."""

    code = "REC023"
    what = N_('{field} is "{value}", which can be read as {first} or as {second}')
    effect = _NOTHING
    next = N_("write {first} or {second}")
    more = _NUMBERS


class NotADateError(VeedorError):
    """A cell should hold a date."""

    code = "REC024"
    what = N_('{field} is "{value}", which is not a date')
    effect = _NOTHING
    next = N_("write it such as 2025-03-31 or 31/03/2025; a month as 2025-03")
    more = _DATES


class DateAmbiguousError(VeedorError):
    """A date can be read in two ways."""

    code = "REC025"
    what = N_('{field} is "{value}", which can be read as {first} or as {second}')
    effect = _NOTHING
    next = N_("write {first} or {second}")
    more = _DATES


class PeriodEndsFirstError(VeedorError):
    """A period ends before it begins."""

    code = "REC026"
    what = N_("the period ends on {ends}, which is not after its beginning on {starts}")
    effect = _NOTHING
    next = N_("write the first day after the period into valid_to")
    more = _PERIODS


class LastDayError(VeedorError):
    """A period seems to end with its last day instead of the day after it."""

    code = "REC027"
    what = N_("valid_to is {ends}, the last day of a month; the first day after the period is expected")
    effect = _NOTHING
    next = N_("write {after}, or leave valid_to out")
    more = _PERIODS


class PlaceUnknownError(VeedorError):
    """A place is not in the catalogue."""

    code = "REC028"
    what = N_('{field} is "{value}", which is no place of the catalogue{nearest}')
    effect = _NOTHING
    next = N_("write a code such as MX, MX09, MX09015 or US48, or the name of a state or country")
    more = N_(
        "Codes are the country's two letters and the digits of its statistical office (INEGI for Mexico, FIPS for the United States). "
        "Municipalities and counties are given by code only, because their names repeat."
    )


class PlaceAmbiguousError(VeedorError):
    """A name of a place fits several."""

    code = "REC029"
    what = N_('{field} is "{value}", which can be {candidates}')
    effect = _NOTHING
    next = N_("write the code of the place that is meant")
    more = N_("Some names stand for a country and for a state. The code tells them apart, and nothing is guessed.")


class NotAWordError(VeedorError):
    """A cell should hold a word by which records are found."""

    code = "REC030"
    what = N_('{field} is "{value}"; lower-case words joined by hyphens are expected{nearest}')
    effect = _NOTHING
    next = N_("write it such as {example}")
    more = N_("Records are found by these words, so they are spelt in one way: homicide-intentional, not Homicidio doloso.")


class NotOneOfError(VeedorError):
    """A cell should hold one of a few words."""

    code = "REC031"
    what = N_('{field} is "{value}", which is not one of its words{nearest}')
    effect = _NOTHING
    next = N_("write one of: {known}")
    more = _TEMPLATE


class NegativeError(VeedorError):
    """A count is below zero."""

    code = "REC032"
    what = N_("{field} is {value}; what is counted cannot be below zero")
    effect = _NOTHING
    next = N_("write the count, or leave the cell blank when the figure was not reported")
    more = _NUMBERS


class NumberOutsideError(VeedorError):
    """A number has more digits than a record can hold."""

    code = "REC033"
    what = N_("{field} is {value}, which cannot be held: at most {whole} digits before the point and 8 after it")
    effect = _NOTHING
    next = N_("write it in a larger or smaller unit and say so in the unit column")
    more = N_("Numbers are exact decimals. A ninth digit after the point is rounded only where that changes less than a millionth.")


class StatusConflictError(VeedorError):
    """A row's status says something else than its number."""

    code = "REC034"
    what = N_('the status is "{status}", and the number is {number}')
    effect = _NOTHING
    next = N_("leave the status blank, or write not-reported or suppressed where the number is blank")
    more = _STATUSES


class IdTwiceError(VeedorError):
    """Two rows have the same id."""

    code = "REC035"
    what = N_('the id "{value}" stands in two rows, here and in row {first}')
    effect = _NOTHING
    next = N_("give every row its own id, or leave the column out")
    more = N_("Within one sheet a row is found by its id. Without that column the number of the row is its id.")


class PeriodUnclearError(VeedorError):
    """A row counts by month and begins on some other day than the first."""

    code = "REC036"
    what = N_("the period begins on {starts}, which is not the first of a month, and valid_to does not say when it ends")
    effect = _NOTHING
    next = N_("write the first day after the period into valid_to")
    more = _PERIODS


class NotAMomentError(VeedorError):
    """A cell should hold a day, or a day and an hour with its time zone."""

    code = "REC037"
    what = N_('{field} is "{value}", which is neither a day nor a moment with its time zone')
    effect = _NOTHING
    next = N_("write it such as 2026-03-31 or 2026-03-31T15:30Z")
    more = N_("A day without an hour is stored as 12:00 UTC, which is the same day everywhere between Alaska and Central Europe.")


class NotOfFormError(VeedorError):
    """A cell should hold a code of a certain form."""

    code = "REC038"
    what = N_('{field} is "{value}", which is not written in the form of its codes')
    effect = _NOTHING
    next = N_("write it such as {example}")
    more = N_(
        "Grades are a letter from A to F and a digit from 1 to 6 (B2), currencies three capitals (USD), prices current or constant-2015, "
        "digests 64 hexadecimal digits. What is written otherwise cannot be compared, and nothing is guessed."
    )


class NoColumnError(VeedorError):
    """No column of the sheet holds a field that has to be there."""

    code = "REC040"
    what = N_("no column holds {field}, which every {kind} record needs; the columns are {columns}")
    effect = _NOTHING
    next = N_("add the column, or say which column holds it")
    more = _TEMPLATE
