"""Every error as a person sees it, in both languages, beside the rendering that was last reviewed: a changed sentence shows up in review.

After a sentence changed on purpose: pytest tests/unit/test_error_rendering.py --snapshot-update, and read what changed.
"""

from __future__ import annotations

import io
import re
import shlex
import string
import unicodedata
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import click
import pytest
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

from veedor.cli import complaint
from veedor.cli import face as faces
from veedor.cli.code_page import every_code
from veedor.cli.main import cli
from veedor.kernel.errors import Problem, VeedorError
from veedor.kernel.language import LANGUAGES, Sentence, templates

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from veedor.kernel.language import Value

DAY = date(2026, 2, 1)
EXAMPLES: dict[str, Value] = {  # what the gaps of the sentences hold in these renderings; any other gap holds its own name
    **dict.fromkeys(("count", "files", "attempts", "days", "index", "length", "port", "quorum", "seconds", "line", "number", "whole"), 3),
    **dict.fromkeys(("bytes", "limit", "size", "received", "packed"), 1_048_576),
    **dict.fromkeys(("after", "begins", "dated", "ended", "ends", "starts"), DAY),
    **dict.fromkeys(("closes", "now", "latest"), datetime(2026, 2, 1, 12, 30, tzinfo=UTC)),
    **dict.fromkeys(
        ("candidates", "columns", "known", "members", "missing", "names", "parties", "roles", "sheets", "sources"), ("US", "MX")
    ),
    **dict.fromkeys(("digest", "snapshot", "verdict", "wanted", "entry"), "9f2c41aa07b1"),
    **dict.fromkeys(("first", "second"), "5"),
    "accord": "ssa",
    "actor": "MX",
    "command": "veedor judge",
    "commitment": "homicide-rate",
    "controller": "MX",
    "expected": "4a5e1e4baab8",
    "field": "count",
    "file": "estatal_2024-02-21.csv",
    "folder": "watch",
    "found": "000000000000",
    "indicator": "homicide_rate",
    "kind": "incidence",
    "name": "homicde-rate",
    "nearest": ' ("homicide-rate"?)',
    "officer": "o17",
    "organ": "bhlig",
    "path": "watch/accord",
    "party": "MX",
    "prefix": "9f2c",
    "source": "sesnsp-idefc",
    "status": "in-force",
    "value": "35 o más",
    "why": "Permission denied",
}
CLASSES = {code: cls for code, cls in sorted(every_code().items()) if cls.__module__.startswith("veedor.")}
PACKAGES = sorted({cls.__module__.split(".")[1] for cls in CLASSES.values()})
HOSTILE = "\x1b[2J\x1b]0;title\x07\x9b31m{x}\r\nnext line\n\u202e\u2066\u200f\u2028\x00\x08\x7f"
PROBLEMS = (
    Problem(12, 3, "ACC020", '"{key}" is not a known key here', (("key", "deadine"),), 'did you mean "deadline"?'),
    Problem(27, 9, "ACC031", "target {value} has no unit", (("value", 35),)),
    Problem(0, 0, "REC020", "{field} is blank", (("field", "actor"),), "fill the cell, or remove the row", "AB1400"),
)


class Page(SingleFileSnapshotExtension):
    """One readable file for each package and language."""

    _write_mode = WriteMode.TEXT
    file_extension = "txt"


def gaps(cls: type[VeedorError]) -> set[str]:
    """The names of the values that an error needs to speak."""
    words = (getattr(cls, part) for part in ("what", "effect", "next"))
    return {name for said in words for _, name, _, _ in string.Formatter().parse(said) if name}


def made(cls: type[VeedorError], **instead: Value) -> VeedorError:
    """An error with an example in each gap. Some classes make their values themselves, so the base class makes it here."""
    error = cls.__new__(cls)
    values = {name: EXAMPLES.get(name, f"<{name}>") for name in gaps(cls)} | {name: instead[name] for name in gaps(cls) & instead.keys()}
    VeedorError.__init__(error, where=str(instead.get("where", "accords/ssa.yaml:41:16")), **values)
    return error


def rendered(error: VeedorError, lang: str) -> str:
    """What the command line prints in a pipe."""
    stream = io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("FORCE_COLOR", "NO_COLOR", "COLUMNS"):
            patch.delenv(name, raising=False)
        patch.setattr("sys.stderr", stream)
        code = complaint.show(faces.make(lang, None, colour=False, offline=True, debug=False), error)
    assert code == error.exit_code
    return stream.getvalue()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("package", PACKAGES)
def test_each_error_reads_as_reviewed(package: str, lang: str, snapshot: SnapshotAssertion) -> None:
    page = "\n".join(rendered(made(cls), lang) for cls in CLASSES.values() if cls.__module__.split(".")[1] == package)
    assert page == snapshot(extension_class=Page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_list_of_problems_reads_as_reviewed(lang: str, snapshot: SnapshotAssertion) -> None:
    error = made(CLASSES["REC002"])
    error.problems = PROBLEMS
    assert rendered(error, lang) == snapshot(extension_class=Page)


def test_a_long_list_is_counted_and_not_printed() -> None:
    error = made(CLASSES["REC002"])
    error.problems = PROBLEMS * complaint.MOST
    lines = rendered(error, "en").splitlines()
    assert sum(bool(re.match(r"  \S+ +[A-Z]{3}\d{3}  ", line)) for line in lines) == complaint.MOST
    assert f"  … and {2 * complaint.MOST} more" in lines


def moving(text: str) -> set[str]:
    """Whatever in a text could move the cursor or turn a line around."""
    return {c for c in text if unicodedata.category(c) in {"Cc", "Zl", "Zp"} or unicodedata.bidirectional(c) in DIRECTIONS} - {"\n"}


DIRECTIONS = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("code", CLASSES)
def test_no_value_can_move_the_cursor_or_begin_a_line(code: str, lang: str) -> None:
    """Whatever a file, a server or a person says, a terminal shows it and does not obey it."""
    cls = CLASSES[code]
    hostile = rendered(made(cls, where=HOSTILE, **dict.fromkeys(gaps(cls), HOSTILE)), lang)
    assert moving(hostile) == set()
    assert len(hostile.splitlines()) == len(rendered(made(cls), lang).splitlines())
    assert "next line" in hostile


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_problem_can_either(lang: str) -> None:
    error = made(CLASSES["REC002"])
    error.problems = (Problem(1, 1, "REC020", "{a} is blank", (("a", HOSTILE),), "write {a}", HOSTILE), *PROBLEMS)
    said = rendered(error, lang)
    assert moving(said) == set()
    error.problems = (Problem(1, 1, "REC020", "{a} is blank", (("a", "a"),), "write {a}", "A1"), *PROBLEMS)
    assert len(said.splitlines()) == len(rendered(error, lang).splitlines())


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_sentence_can_either(lang: str) -> None:
    for code, words in templates().items():
        names = {name for _, name, _, _ in string.Formatter().parse(words) if name}
        said = Sentence(code, tuple((name, HOSTILE) for name in sorted(names))).render(lang)
        assert moving(said) == set(), code
        assert "\n" not in said, code


# Commands that can be pasted ---------------------------------------------------------------------------------------------------------

COMMAND = re.compile(r"\bveedor ([^;,:()]+)")


def accepted(words: list[str]) -> set[str]:
    """The options that the command which these words call takes, with those of the groups above it."""
    command: click.Command = cli
    options = {"--help"}
    context = click.Context(cli)
    left = list(words)
    while True:
        options |= {name for param in command.params for name in (*param.opts, *param.secondary_opts)}
        if not isinstance(command, click.Group):
            return options
        while left and left[0].startswith("-"):  # options of the group, with their values, stand before the command
            param = next(param for param in command.params if left[0] in (*param.opts, *param.secondary_opts))
            del left[: 1 if getattr(param, "is_flag", False) else 2]
        found = command.get_command(context, left.pop(0)) if left else None
        if found is None:
            assert command is not cli, f"no such command: veedor {' '.join(words)}"
            return options
        command = found


def test_what_to_do_next_can_be_pasted() -> None:
    """Whether commands exist is asked in tests/docs; here every option that a next step names has to be one that its command takes."""
    named = 0
    for code, cls in CLASSES.items():
        for said in COMMAND.findall(made(cls).render("next", "en")):
            words = shlex.split(said)
            options = [word.partition("=")[0] for word in words if word.startswith("--")]
            if not options and not cli.get_command(click.Context(cli), words[0]):
                continue  # prose that names the program
            named += 1
            assert [option for option in options if option not in accepted(words)] == [], f"{code}: veedor {said}"
    assert named > 40
