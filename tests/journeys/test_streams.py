"""stdout is the result and stderr the story: in pipes, on terminals, in colour and without, and when the reader goes away."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from veedor.cli.main import COMMANDS
from veedor.kernel.errors import DONE, USAGE

Veedor = Callable[..., Any]  # of conftest.py, which test modules cannot import
DAYS = ("--starts", "2020-01-01", "--as-of", "2024-06-30")
READING = {  # every command of the spine that changes nothing a second run would see, with words that make it say much
    "lint": ("lint",),
    "template": ("template", "act"),
    "sources": ("sources",),
    "source": ("sources", "rnpdno"),
    "snapshots": ("snapshots", "--check"),
    "diff": ("diff", "ofac-sdn", "{old}", "{new}"),
    "indicators": ("indicators",),
    "indicator": ("indicators", "homicide_rate", "--as-of", "2024-06-30"),
    "judge": ("judge", *DAYS),
    "explain": ("explain", "homicide-fall", *DAYS),
    "code": ("explain", "EVD004"),
    "report": ("report", "agenda", *DAYS, "--format", "text"),
    "doctor": ("doctor",),
}
SPINE = (
    "start", "new", "lint", "add", "fetch", "template", "code", "sources", "snapshots", "diff", "indicators", "judge", "explain",
    "report", "doctor",
)  # fmt: skip
JSON = ("lint", "sources", "snapshots", "diff", "indicators", "indicator", "judge", "report")
ANSI = "\x1b["
SRC = str(Path(__file__).resolve().parents[2] / "src")


@pytest.fixture(scope="module")
def words(veedor: Veedor, pristine: Path) -> Callable[[str], tuple[str, ...]]:
    """The words of a command, with the names of two vintages filled in."""
    listed = veedor("snapshots", "--format", "json", project=pristine)
    assert listed.code == DONE, listed.err
    held = json.loads(listed.out)["snapshots"]
    old, new, *_ = [one["digest"][:12] for one in held if one["source"] == "ofac-sdn"]
    return lambda name: tuple(word.format(old=old, new=new) for word in READING[name])


def drawn(text: str) -> set[str]:
    """Box drawing, block and control characters in a text."""
    return {c for c in text if "\u2500" <= c <= "\u259f" or (unicodedata.category(c) == "Cc" and c not in "\n\r")}


@pytest.mark.parametrize("name", READING)
def test_in_a_pipe_nothing_is_drawn_and_the_same_bytes_come_again(
    veedor: Veedor, starter: Path, words: Callable[[str], tuple[str, ...]], name: str
) -> None:
    first, again = (veedor(*words(name), project=starter) for _ in range(2))
    assert first.out
    assert drawn(first.out) | drawn(first.err) == set()
    assert first == again


@pytest.mark.parametrize("name", JSON)
def test_json_has_a_version_whatever_the_terminal(
    veedor: Veedor, pristine: Path, words: Callable[[str], tuple[str, ...]], name: str, starter: Path
) -> None:
    asked = [word for word in words(name) if word not in {"--format", "text"}]
    plain = veedor(*asked, "--format", "json", project=starter)
    body = json.loads(plain.out)
    assert isinstance(body, dict)
    assert body["format_version"] == 1
    coloured = veedor(*asked, "--format", "json", project=starter, env={"FORCE_COLOR": "1", "COLUMNS": "40"})
    assert coloured.out == plain.out


def test_every_command_begins_its_help_with_an_example(veedor: Veedor) -> None:
    for name in SPINE:
        said = veedor(name, "--help")
        assert (said.code, said.err) == (DONE, "")
        assert said.out.splitlines()[2].startswith(f"  $ veedor {name}")
    assert [name for name in COMMANDS if not re.search(rf"^  {name} ", veedor("--help").out, flags=re.MULTILINE)] == []


def test_colour_only_where_it_is_wanted(veedor: Veedor, pristine: Path) -> None:
    def coloured(*options: str, **env: str) -> tuple[bool, bool]:
        said = veedor(*options, "snapshots", project=pristine, env=env)
        wrong = veedor(*options, "diff", "nothing", "zz", "zz", project=pristine, env=env)
        assert wrong.code == USAGE
        return ANSI in said.out, ANSI in wrong.err

    assert coloured() == (False, False)
    assert coloured(FORCE_COLOR="1") == (True, True)
    assert coloured(NO_COLOR="1") == (False, False)
    assert coloured("--no-color", FORCE_COLOR="1") == (False, False)


def test_colour_never_carries_the_meaning_alone(veedor: Veedor, starter: Path) -> None:
    plain = veedor("judge", *DAYS, project=starter)
    coloured = veedor("judge", *DAYS, project=starter, env={"FORCE_COLOR": "1"})
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured.out) == plain.out


def test_a_line_of_the_result_stays_a_line(veedor: Veedor, starter: Path) -> None:
    narrow = veedor("lint", project=starter, env={"COLUMNS": "40"})
    assert narrow.out == veedor("lint", project=starter).out


def test_a_table_keeps_to_the_width_it_is_given(veedor: Veedor, pristine: Path) -> None:
    for width in (80, 100, 140):
        said = veedor("sources", project=pristine, env={"COLUMNS": str(width)})
        assert max(len(line) for line in said.out.splitlines()) <= width
    assert veedor("sources", project=pristine).out == veedor("sources", project=pristine, env={"COLUMNS": "100"}).out


def test_what_can_be_copied_from_an_error_is_not_broken_in_a_pipe(veedor: Veedor, tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 60) / ("b" * 60)
    deep.mkdir(parents=True)
    said = veedor("judge", project=deep)
    assert (said.code, said.out) == (USAGE, "")
    assert str(deep) in said.err
    assert [line for line in said.err.splitlines()[1:] if not re.match(r"  \S+ +\S", line)] == []


# On a terminal ----------------------------------------------------------------------------------------------------------------------


def on_a_terminal(arguments: Sequence[str], columns: int, **env: str) -> tuple[int, str]:
    """Run the program with both streams on a terminal of its own; its exit code and everything that it printed."""
    outer, inner = pty.openpty()
    fcntl.ioctl(inner, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    clean = {name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"}}
    run = f"import sys; sys.path[:0] = [{SRC!r}]; from veedor.cli.main import main; sys.exit(main())"
    with subprocess.Popen(
        [sys.executable, "-c", run, *arguments], stdin=inner, stdout=inner, stderr=inner,
        env={**clean, "TERM": "xterm", "VEEDOR_LANG": "en", **env},
    ) as child:  # fmt: skip
        os.close(inner)
        said = b""
        with contextlib.suppress(OSError):  # the terminal closes when the program ends
            while chunk := os.read(outer, 65536):
                said += chunk
        os.close(outer)
        return child.wait(60), said.decode()


def test_a_terminal_gives_colour_and_its_width(pristine: Path) -> None:
    code, said = on_a_terminal(["--project", str(pristine), "diff", "no-such-source", "zz", "zz"], 50)
    assert code == USAGE
    assert f"{ANSI}1;31merror[EVD007]" in said
    lines = re.sub(r"\x1b\[[0-9;]*m", "", said).splitlines()
    assert max(len(line) for line in lines if "/" not in line) <= 50
    hanging = [line for line in lines if line.startswith("          ")]
    assert hanging, "what does not fit hangs under its beginning"


def test_no_color_on_a_terminal(pristine: Path) -> None:
    code, said = on_a_terminal(["--project", str(pristine), "snapshots"], 120, NO_COLOR="1")
    assert code == DONE
    assert "\x1b" not in said


def test_on_a_terminal_a_mapping_is_asked_for_and_no_means_no(starter: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "acts.csv"
    sheet.write_text("actor,action,object,at\nMX,met,summit,2024-05-02\n", encoding="utf-8")
    before = sorted((starter / "evidence" / "snapshots").iterdir())
    code, said = on_a_terminal_answering(["--project", str(starter), "add", str(sheet), "--as", "act"], "n\n")
    assert code == USAGE
    assert "Take it in with this mapping?" in said
    assert sorted((starter / "evidence" / "snapshots").iterdir()) == before
    code, said = on_a_terminal_answering(["--project", str(starter), "add", str(sheet), "--as", "act"], "y\n")
    assert code == DONE, said
    assert len(list((starter / "evidence" / "snapshots").iterdir())) == len(before) + 1


def on_a_terminal_answering(arguments: Sequence[str], answer: str) -> tuple[int, str]:
    """The same, with somebody who types one answer to the first question."""
    pid, outer = pty.fork()
    if pid == 0:
        os.environ.update({"TERM": "xterm", "VEEDOR_LANG": "en", "NO_COLOR": "1"})
        run = f"import sys; sys.path[:0] = [{SRC!r}]; from veedor.cli.main import main; sys.exit(main())"
        os.execv(sys.executable, [sys.executable, "-c", run, *arguments])  # noqa: S606, no shell is wanted
    said = b""
    with contextlib.suppress(OSError):
        while chunk := os.read(outer, 65536):
            said += chunk
            if b"?" in said and answer:
                os.write(outer, answer.encode())
                answer = ""
    os.close(outer)
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), said.decode()


@pytest.mark.parametrize("words", [("indicators", "--format", "json"), ("indicators",), ("--help",)])
def test_a_reader_that_goes_away_ends_the_program_quietly(words: tuple[str, ...]) -> None:
    run = f"import sys; sys.path[:0] = [{SRC!r}]; from veedor.cli.main import run; run()"
    with subprocess.Popen([sys.executable, "-c", run, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdout is not None
        assert child.stderr is not None
        child.stdout.close()
        assert child.stderr.read() == b""
        assert child.wait(60) == DONE


def test_somebody_who_stops_the_program_sees_no_traceback(veedor: Veedor, pristine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("veedor.evidence.store.Store.snapshots", stopped)
    said = veedor("snapshots", project=pristine)
    assert (said.code, said.out, said.err.strip()) == (130, "", "")


def test_a_fault_of_the_program_is_said_to_be_ours(veedor: Veedor, pristine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("\x1b[2Jhostile")

    monkeypatch.setattr("veedor.evidence.store.Store.snapshots", broken)
    said = veedor("snapshots", project=pristine)
    assert (said.code, said.out) == (70, "")
    assert said.err.startswith("error[BUG]: this is a fault in veedor, not in your files (id ")
    assert "Traceback" not in said.err
    told = veedor("--debug", "snapshots", project=pristine)
    assert "Traceback" in told.err
    assert "\x1b" not in told.err
    assert "hostile" in told.err
