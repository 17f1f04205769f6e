"""What stops an accord file before anything is judged: the list of problems, and the situations of the file and its YAML.

Problems of single values stand in `field_errors`, those between the parts of an accord in `structure_errors`. A problem inside a
file is declared like any error, so that `veedor explain` knows it, and is shown as one line of the list (ACC000).
"""

from __future__ import annotations

from typing import TypeAlias

from veedor.kernel.errors import Problem, VeedorError, nearest
from veedor.kernel.language import N_, Sentence, Template, Value
from veedor.kernel.text import clean

Position: TypeAlias = tuple[int, int]
"""Line and column, both counted from one."""
SHOWN = 100  # problems listed; a file with more is of another kind, and the count is still given
_SHORT = 80  # characters of a wrong value that a message repeats

DID_YOU_MEAN = Template("acc.did-you-mean", N_('; did you mean "{name}"?'))
ONE_PROBLEM = Template("acc.one-problem", N_("1 problem"))
MANY_PROBLEMS = Template("acc.many-problems", N_("{count} problems"))


class Refused:
    """What every refusal of a file has in common: its effect."""

    effect = N_("Nothing was judged and nothing was written. The file is as it was.")


class MisreadError(ValueError):
    """A value that does not fit, raised inside the model so that pydantic goes on and finds the other problems too."""

    def __init__(self, kind: type[VeedorError], **values: Value) -> None:
        self.kind = kind
        self.found = values
        super().__init__(kind.what.format_map(values))


def problem(kind: type[VeedorError], at: Position, **values: Value) -> Problem:
    """One line of the list, in the words of its error class."""
    return Problem(at[0], at[1], kind.code, kind.what, tuple(sorted(values.items())), kind.next)


def shown(value: object) -> str:
    """The beginning of a wrong value, as a message repeats it."""
    return clean(str(value), limit=_SHORT)


def meant(name: str, known: tuple[str, ...]) -> Sentence | str:
    """The question whether the nearest known name was meant; empty where none is near."""
    close = nearest(name, known)
    return DID_YOU_MEAN(name=close) if close else ""


class AccordProblemsError(VeedorError):
    """A file in which something does not fit: every problem found is listed."""

    code = "ACC000"
    what = N_("{found} in {file}; nothing was judged")
    effect = Refused.effect
    next = N_("repair the lines listed, then: veedor lint {file}")
    more = N_(
        "An accord file is read whole before anything is done with it. Every problem is listed with its line, its column and "
        "its own code; `veedor explain CODE` says more about each. At most 100 are listed; the number in the first line "
        "counts all of them. Problems of the file's form come first; what only shows once the form is right, such as a "
        "reference to a party that does not exist, is listed with them where the rest of the file can be read."
    )

    def __init__(self, *, where: str, problems: tuple[Problem, ...]) -> None:
        found = ONE_PROBLEM() if len(problems) == 1 else MANY_PROBLEMS(count=len(problems))
        super().__init__(where=where, problems=problems[:SHOWN], found=found, file=where)


class AccordNotOpenedError(Refused, VeedorError):
    """The file is not there, is a folder, or may not be read."""

    code = "ACC001"
    what = N_("the accord file cannot be opened: {why}")
    next = N_("check the path, or begin with an accord of the library: veedor new FOLDER --accord ssa")
    more = N_("The path is taken as it was written, from the folder in which the command runs.")


class AccordTooLargeError(Refused, VeedorError):
    """The file is larger than any accord."""

    code = "ACC002"
    what = N_("the file has {size} bytes; an accord file has at most {limit}")
    next = N_("keep annexes and documents beside the accord and name them under `documents`")
    more = N_(
        "The limit protects whoever opens a file from somebody else. The longest accords of the field stay far below it: "
        "578 commitments with two languages fit in about half a megabyte."
    )


class AccordNotUtf8Error(Refused, VeedorError):
    """Bytes that are not UTF-8 text."""

    code = "ACC003"
    what = N_("byte {byte} of the file (line {line}) is not UTF-8 text")
    next = N_('save the file with the encoding "UTF-8" in your editor')
    more = N_(
        "An accord is signed over its text, so every byte of it has to mean one character. Files saved as UTF-16 or as "
        "Windows-1252 look right in one editor and wrong in another. A byte-order mark at the very beginning is accepted."
    )


class AccordEmptyError(Refused, VeedorError):
    """A file without content."""

    code = "ACC004"
    what = N_("the file holds nothing but blanks and comments")
    next = N_("begin with an accord of the library: veedor new FOLDER --accord ssa")
    more = N_("An empty accord would be kept by everybody; so it is refused instead of judged.")


class YamlSyntaxError(Refused, VeedorError):
    """Text that YAML cannot read."""

    code = "ACC005"
    what = N_("the file cannot be read from here on: {why}")
    next = N_("look at this line and the one above it: a colon, a quotation mark or a bracket is usually missing")
    more = N_(
        "The reason is given in the words of the YAML reader. A text that contains a colon followed by a blank, or begins "
        "with a bracket, a quotation mark, *, &, !, %, @ or `, has to stand in quotation marks. Reading stops at the first "
        "such place, so further problems may appear once it is repaired."
    )


class SeveralDocumentsError(Refused, VeedorError):
    """A second YAML document in the same file."""

    code = "ACC006"
    what = N_("a second document begins here")
    next = N_("keep one accord a file: remove the line `---` or move what follows it to a file of its own")
    more = N_("A signature covers one accord. What stands after `---` would be outside it.")


class TabCharacterError(Refused, VeedorError):
    """A tab character."""

    code = "ACC007"
    what = N_("a tab character stands here")
    next = N_("replace it by blanks")
    more = N_("How far a tab moves is decided by each editor, so two readers could see two structures in one file.")


class ControlCharacterError(Refused, VeedorError):
    """A character that no editor shows."""

    code = "ACC008"
    what = N_("an invisible control character stands here: {name}")
    next = N_("remove it")
    more = N_(
        "Control characters, unpaired surrogates, byte-order marks inside the text and the separators U+0085, U+2028 and "
        "U+2029 are refused: what nobody sees must not be part of what somebody signs."
    )


class AnchorError(Refused, VeedorError):
    """A YAML anchor or alias."""

    code = "ACC009"
    what = N_('"{name}" is a YAML anchor or alias')
    next = N_("write the words out in both places, or put the text in quotation marks")
    more = N_(
        "With anchors the same line can mean something else further up, and a few lines can unfold into millions. An accord "
        "says each thing where it stands."
    )


class TagError(Refused, VeedorError):
    """A YAML tag."""

    code = "ACC010"
    what = N_('"{tag}" is a YAML tag')
    next = N_("remove the tag, or put the text in quotation marks")
    more = N_("Tags tell a YAML reader to build something other than text. An accord holds text only.")


class DuplicateKeyError(Refused, VeedorError):
    """The same key twice at one level."""

    code = "ACC011"
    what = N_('"{key}" is given twice; the first stands at {first}')
    next = N_("keep one of the two")
    more = N_("Which of the two would count is not certain, and different readers would choose differently.")


class KeyNotPlainError(Refused, VeedorError):
    """A key that is itself a list or a mapping, or is blank."""

    code = "ACC012"
    what = N_("the key here is not a plain word")
    next = N_("write a word before the colon; put the key in quotation marks where it begins with a bracket")
    more = N_("YAML allows lists as keys. In an accord every key is a word that a person can look up.")


class TooDeepError(Refused, VeedorError):
    """More levels than any accord has."""

    code = "ACC013"
    what = N_("the file is nested more than {limit} levels deep here")
    next = N_("check the indentation of the lines above")
    more = N_("The format needs seven levels. Deeper nesting is a slip of indentation, or a file meant to exhaust memory.")


class TooManyValuesError(Refused, VeedorError):
    """More values than any accord has."""

    code = "ACC014"
    what = N_("the file has more than {limit} values; reading stopped here")
    next = N_("divide the accord, or keep annexes under `documents`")
    more = N_("The limit protects whoever opens a file from somebody else.")


class BlankValueError(Refused, VeedorError):
    """A key with nothing after it."""

    code = "ACC015"
    what = N_('"{key}" has no value')
    next = N_("give it one, or remove the line; inside {{…}} a text with a comma has to stand in quotation marks")
    more = N_("A blank could mean none, unknown or forgotten. Leaving the key out has one meaning: its stated default.")


class NotAnAccordError(Refused, VeedorError):
    """A file whose top level is a list or a single text."""

    code = "ACC016"
    what = N_("an accord file begins with keys such as `veedor: 1`; this one is {found}")
    next = N_("begin with an accord of the library: veedor new FOLDER --accord ssa")
    more = N_("The first level of the file holds the keys of the accord: veedor, accord, status, title, parties and so on.")


class DraftNameError(Refused, VeedorError):
    """A name under which no accord can be filed."""

    code = "ACC090"
    what = N_('"{name}" cannot name an accord')
    next = N_("use lower-case letters, digits and hyphens, such as border-accord")
    more = N_("The name of an accord stands in commands, in records and in the file's own first lines.")
