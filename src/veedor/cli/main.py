"""The entry point: options of every command, the list of commands, and the one way from an error to an exit code."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

import click

from veedor.cli import click_words, complaint
from veedor.cli import face as faces
from veedor.cli.errors import WrongUsageError
from veedor.cli.spoken import LazyGroup, SpokenOption
from veedor.kernel.errors import DONE, VeedorError
from veedor.kernel.language import N_
from veedor.project.folder import language as language_of

_AT = "veedor.cli.commands."
INTERRUPTED = 130
"""What shells use for a program that the person at the keyboard stopped."""
COMMANDS: dict[str, tuple[str, str]] = {
    "start": (f"{_AT}start", N_("Make the starter project and judge it, offline, in seconds.")),
    "new": (f"{_AT}new", N_("Make an empty project on an accord of the library or of your own.")),
    "lint": (f"{_AT}lint", N_("Say what nobody could ever verify in an accord, with repairs.")),
    "add": (f"{_AT}add", N_("Take in files; their publisher is recognised by content.")),
    "fetch": (f"{_AT}fetch", N_("Download from the publishers themselves.")),
    "template": (f"{_AT}template", N_("Write an empty sheet for records of your own.")),
    "code": (f"{_AT}code", N_("Record one coder's grade of a commitment.")),
    "sources": (f"{_AT}sources", N_("List the publishers: what they measure and who controls them.")),
    "snapshots": (f"{_AT}snapshots", N_("List what is held, and check that it is still what it was.")),
    "diff": (f"{_AT}diff", N_("Name every cell that changed between two vintages.")),
    "indicators": (f"{_AT}indicators", N_("List the indicators, or show one with its figures.")),
    "judge": (f"{_AT}judge", N_("Say of every commitment whether it is kept, broken or cannot be told.")),
    "explain": (f"{_AT}explain", N_("Explain a verdict, or an error code.")),
    "report": (f"{_AT}report", N_("Write a report: agenda, methods, requests, changes.")),
    "log": (f"{_AT}log", N_("List the entries of the ledger; seal, publish and prove them.")),
    "keys": (f"{_AT}keys", N_("Make, list, rotate and revoke the keys of the node and of officers.")),
    "officers": (f"{_AT}officers", N_("Enter officers, list them, fill the seats of organs.")),
    "may": (f"{_AT}may", N_("Say whether an officer may do something, by which rule, and what would change it.")),
    "bundle": (f"{_AT}bundle", N_("Write a verdict, what it rests on and its proofs into one file; or fetch one.")),
    "audit": (f"{_AT}audit", N_("Check a bundle or a log with nothing else: no project, no database, no network.")),
    "witness": (f"{_AT}witness", N_("Sign other nodes' checkpoints, and be witnessed.")),
    "doctor": (f"{_AT}doctor", N_("Show where everything is, and what works.")),
}


@click.group(
    cls=LazyGroup,
    lazy=COMMANDS,
    help=N_("veedor verifies security accords: is every commitment of every party kept, broken, or can it not be told?"),
)
@click.option(
    "--project",
    type=click.Path(path_type=Path),
    cls=SpokenOption,
    help=N_("Project folder; otherwise the current one or the nearest above."),
)
@click.option("--lang", type=click.Choice(["en", "es"]), cls=SpokenOption, is_eager=True, help=N_("Language: en or es."))
@click.option("--no-color", is_flag=True, cls=SpokenOption, help=N_("Never use colour."))
@click.option("--offline", is_flag=True, cls=SpokenOption, help=N_("Open no connection, whatever the command."))
@click.option("--debug", is_flag=True, cls=SpokenOption, help=N_("Print a traceback for faults of the program."))
@click.version_option(package_name="veedor", cls=SpokenOption, help=N_("Show the version and exit."))
@click.pass_context
def cli(ctx: click.Context, *, project: Path | None, lang: str | None, no_color: bool, offline: bool, debug: bool) -> None:  # noqa: D103, click shows `help`
    ctx.obj = faces.make(_language(lang, project), project, colour=False if no_color else None, offline=offline, debug=debug)


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return the exit code. Every way out passes here."""
    click_words.speak(faces.language(_lang(argv), os.environ))
    try:
        code = cli.main(args=argv, prog_name="veedor", standalone_mode=False)
        sys.stdout.flush()  # a reader that went away is noticed here, not when the interpreter ends
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.ClickException as error:
        ctx = getattr(error, "ctx", None)
        words = WrongUsageError(message=error.format_message(), command=ctx.command_path if ctx is not None else "veedor")
        return complaint.show(_face(argv), words)
    except (click.Abort, KeyboardInterrupt):
        return INTERRUPTED
    except VeedorError as error:
        return complaint.show(_face(argv), error)
    except (BrokenPipeError, SystemExit):  # click ends the process when a pipe closes, with the code that means BROKEN here
        return _closed()
    except Exception as error:  # noqa: BLE001, the last line of defence turns a fault into words
        return complaint.fault(_face(argv), error)
    return code if isinstance(code, int) else 0


def _face(argv: list[str] | None) -> faces.Face:
    """The face to complain with; the options may not have been read when the error came."""
    words = argv if argv is not None else sys.argv[1:]
    return faces.make(_lang(argv), None, colour=False if "--no-color" in words else None, offline=True, debug="--debug" in words)


def _lang(argv: list[str] | None) -> str | None:
    """The language to speak, read from the command line before click reads it."""
    words = argv if argv is not None else sys.argv[1:]
    named = {word: words[i + 1] for i, word in reversed(list(enumerate(words[:-1]))) if word in {"--lang", "--project"}}
    return _language(named.get("--lang"), Path(named["--project"]) if "--project" in named else None)


def _language(given: str | None, project: Path | None) -> str | None:
    """The language given, or that of the project where neither an option nor VEEDOR_LANG gives one."""
    return given or (None if os.environ.get("VEEDOR_LANG") else language_of(project or Path())) or None


def _closed() -> int:
    """The reader of our pipe went away: nothing more to say, and no traceback at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the interpreter must not flush a closed pipe
    return DONE


def run() -> None:
    """The console script."""
    sys.exit(main())
