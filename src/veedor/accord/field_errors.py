"""What is wrong with a single value of an accord file. Each is shown as one line of the list of problems (ACC000)."""

from __future__ import annotations

from veedor.accord.errors import Refused
from veedor.kernel.errors import VeedorError
from veedor.kernel.language import N_, Template

BETWEEN = Template("acc.between", N_("between {low} and {high} %"))
NO_KIND = Template("acc.no-kind", N_("none"))
AT_LEAST = Template("acc.number-at-least", N_("at least {limit}"))
AT_MOST = Template("acc.number-at-most", N_("at most {limit}"))


class UnknownKeyError(Refused, VeedorError):
    """A key that the format does not have at this level."""

    code = "ACC020"
    what = N_('"{key}" is not a known key here{nearest}')
    next = N_("known here: {known}")
    more = N_(
        "Unknown keys are refused, because a mistyped key would otherwise be a condition that nobody applies. Nothing is "
        "guessed: the nearest known key is shown and you decide."
    )


class MissingKeyError(Refused, VeedorError):
    """A key that must be there and is not."""

    code = "ACC021"
    what = N_('"{key}" is missing in {path}')
    next = N_("add a line `{key}: …` at this level")
    more = N_("The format has few required keys; docs/accord-format.md lists them.")


class NotAChoiceError(Refused, VeedorError):
    """A word outside a closed list."""

    code = "ACC022"
    what = N_('"{key}" cannot be "{value}"{nearest}')
    next = N_("choose one of: {known}")
    more = N_("The words that may stand here are a closed list, so that both parties and the program mean the same.")


class MappingExpectedError(Refused, VeedorError):
    """A text or list where keys with values belong."""

    code = "ACC023"
    what = N_('"{key}" needs keys with values below it')
    next = N_("write one `key: value` a line below it, indented, or {{key: value, key: value}}")
    more = N_("Parties, organs, commitments and the parts of each are given as keys with values.")


class ListExpectedError(Refused, VeedorError):
    """A text or mapping where a list belongs."""

    code = "ACC024"
    what = N_('"{key}" needs a list')
    next = N_("put it in square brackets: [{value}]")
    more = N_("A list stays a list even when it has one entry, so that nobody has to guess whether more may follow.")


class TextExpectedError(Refused, VeedorError):
    """A list or mapping where one value belongs."""

    code = "ACC025"
    what = N_('"{key}" needs a single value')
    next = N_("write one value after the colon; put it in quotation marks where it contains brackets or a colon")
    more = N_("A list or a mapping stands where the format has one word, number or text.")


class NotAWholeNumberError(Refused, VeedorError):
    """A text where a count belongs."""

    code = "ACC026"
    what = N_('"{key}" needs a whole number; "{value}" is not one')
    next = N_("write digits only, such as 3")
    more = N_("Seats, coders and counts of sources are whole numbers without unit.")


class OutOfRangeError(Refused, VeedorError):
    """A number outside what makes sense."""

    code = "ACC027"
    what = N_('"{key}" is {value}; it has to be {limit}')
    next = N_("write a number in that range")
    more = N_("The range follows from what the number counts: nobody can sit on minus one seats.")


class EmptyError(Refused, VeedorError):
    """A text or mapping with nothing in it where something is required."""

    code = "ACC028"
    what = N_('"{key}" is empty')
    next = N_("fill it, or remove the line where the key is not required")
    more = N_("An accord needs at least one party and one commitment, and every text at least its English words.")


class NotADateError(Refused, VeedorError):
    """Something that is not a calendar date."""

    code = "ACC029"
    what = N_('"{value}" is not a date')
    next = N_("write year-month-day, such as 2029-01-31, between 1900 and 2199")
    more = N_("Dates are written one way only, because 03/04/2029 is two different days on the two sides of a border.")


class NotAMomentError(Refused, VeedorError):
    """Something that is neither a date nor a month of the accord."""

    code = "ACC030"
    what = N_('"{value}" is neither a date nor a month of the accord')
    next = N_("write a date such as 2029-01-31, or a month counted from the start such as: month 36")
    more = N_("Deadlines include their last day. Month 1 is the first month after the accord starts.")


class NotAQuantityError(Refused, VeedorError):
    """Something that does not begin with a number."""

    code = "ACC031"
    what = N_('"{key}" needs a number with its unit; "{value}" does not begin with a number')
    next = N_("write for example: 18 per 100000 people per year, 30 %, or 2 billion USD")
    more = N_("A bound without a number cannot be compared with anything.")


class NotMonthsError(Refused, VeedorError):
    """Something that is not a number of months."""

    code = "ACC032"
    what = N_('"{key}" needs a number of months; "{value}" is not one')
    next = N_("write for example: 12 months")
    more = N_("Windows are counted in whole months, from 1 to 999.")


class NotDaysError(Refused, VeedorError):
    """Something that is not a number of days."""

    code = "ACC033"
    what = N_('"{key}" needs a number of days; "{value}" is not one')
    next = N_("write for example: 30 days")
    more = N_("Periods of grace, reply and consequence are counted in whole days.")


class NotAnIndicatorError(Refused, VeedorError):
    """Something that cannot name an indicator."""

    code = "ACC034"
    what = N_('"{value}" cannot name an indicator')
    next = N_("write lower-case words joined by underscores, such as homicide_rate; veedor indicators lists the known ones")
    more = N_("Whether an indicator of that name exists is checked by `veedor lint`, because a node may bring its own.")


class NotANameError(Refused, VeedorError):
    """Something that cannot name a part of an accord."""

    code = "ACC035"
    what = N_('"{value}" cannot be a name here')
    next = N_("write lower-case words joined by hyphens, such as trust-fund-opened")
    more = N_(
        "Commitments, organs, phases, readings and labels of acts are named by lower-case letters, digits and hyphens. The "
        "names stand in commands, records and signatures, so they need one spelling."
    )


class NotAKeyError(Refused, VeedorError):
    """Something that cannot be the short key of a party, document or step."""

    code = "ACC036"
    what = N_('"{value}" cannot be a key here')
    next = N_("write at most 40 letters, digits, hyphens or underscores, beginning with a letter, such as MX")
    more = N_("Keys of parties, documents and steps of the ladder are repeated elsewhere in the file, so they are short.")


class NotABaselineError(Refused, VeedorError):
    """Something that is not a period to compare with."""

    code = "ACC037"
    what = N_('"{value}" is not a baseline')
    next = N_("write a period such as 2018-02-01..2019-01-31, or: 12 months before start")
    more = N_("A change is measured against a baseline that has passed, so that nobody can choose it later.")


class OneBoundError(Refused, VeedorError):
    """Both or neither of at_most and at_least."""

    code = "ACC038"
    what = N_("exactly one of at_most and at_least is needed; {count} are given")
    next = N_("keep the one that the accord asks for, such as `at_most: 18 per 100000 people per year`")
    more = N_("A corridor with two bounds is two commitments, or two readings: each then has its own verdict.")


class OneDirectionError(Refused, VeedorError):
    """Both or neither of fall and rise."""

    code = "ACC039"
    what = N_("exactly one of fall and rise is needed; {count} are given")
    next = N_("keep the one that the accord asks for, such as `fall: 30 %`")
    more = N_("The direction of a change is part of the commitment.")


class NotAPercentageError(Refused, VeedorError):
    """Something that is not a percentage in range."""

    code = "ACC040"
    what = N_('"{key}" needs a percentage {limit}; "{value}" is not one')
    next = N_("write for example: 30 %")
    more = N_("Changes, shares, detection probabilities and error budgets are percentages with the sign %.")


class KindOfTestError(Refused, VeedorError):
    """A test that names no kind, or two."""

    code = "ACC041"
    what = N_("a test names exactly one kind; this one names {found}{nearest}")
    next = N_("begin the test with one of: {known}")
    more = N_(
        "The kind of a test is its first key: level, change and share compare an indicator with a number; milestone and "
        "cadence look for acts; absence looks for what must not happen; coded asks coders for a grade."
    )


class OneDebtorError(Refused, VeedorError):
    """None or several of each, joint and organ."""

    code = "ACC042"
    what = N_("owed_by needs exactly one of each, joint and organ; {count} are given")
    next = N_("write {{each: [A, B]}} for one verdict a party, {{joint: [A, B]}} for one together, or {{organ: NAME}}")
    more = N_("Who owes a commitment decides how many verdicts there are and whom each concerns.")


class BothTestAndReadingsError(Refused, VeedorError):
    """A test beside readings."""

    code = "ACC043"
    what = N_("a commitment has either a test or readings; this one has both")
    next = N_("move the test into one of the readings")
    more = N_("Readings exist where the parties understand a commitment differently: each has its test and its verdict.")


class UnlawfulTestedError(Refused, VeedorError):
    """A test on a term whose object is unlawful."""

    code = "ACC044"
    what = N_("a term with an unlawful object has a test here")
    next = N_("remove the test; to judge what the law demands, write a commitment of its own")
    more = N_(
        "Terms such as tolerated routes or immunity are recorded and shown, because they were proposed. They are never tested "
        "as a permission: no verdict may say that an unlawful promise was kept."
    )


class NotPhaseMonthsError(Refused, VeedorError):
    """Something that is not a range of months."""

    code = "ACC045"
    what = N_('"{value}" is not a range of months')
    next = N_("write the first and the last month, such as 7-18, or 37- for an open end")
    more = N_("Month 1 is the first month after the accord starts; both months of a range belong to it.")


class NotAGradeError(Refused, VeedorError):
    """Something that is not an Admiralty grade."""

    code = "ACC046"
    what = N_('"{value}" is not a grade of evidence')
    next = N_("write a letter A to F for the source and a digit 1 to 6 for the information, such as B2")
    more = N_("The Admiralty scale grades how reliable a source is (A best) and how credible what it says is (1 best).")


class OtherFormatError(Refused, VeedorError):
    """A format number that this program does not read."""

    code = "ACC047"
    what = N_('the file is written in format "{value}"; this program reads format 1')
    next = N_("begin the file with `veedor: 1`, or use the version of veedor that wrote it")
    more = N_("The number says which rules the file follows. It changes only when an old file would mean something else.")


class MisfitError(Refused, VeedorError):
    """Any other value that does not fit."""

    code = "ACC049"
    what = N_('"{key}" does not fit: {why}')
    next = N_("compare with docs/accord-format.md")
    more = N_("The reason is given in the words of the library that checks types.")
