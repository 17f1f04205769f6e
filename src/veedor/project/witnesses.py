"""Who witnesses this node's log, and whose logs it witnesses: two policy files (C2SP tlog-policy) that people may edit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from veedor.evidence.files import place
from veedor.evidence.log import policy
from veedor.evidence.log.keys import ED25519, read_vkey
from veedor.evidence.log.policy import Policy
from veedor.kernel.language import N_, Template
from veedor.project.ledger_errors import WitnessNotAddedError
from veedor.project.witnessing import FOLDER, prepare

if TYPE_CHECKING:
    from pathlib import Path

    from veedor.evidence.log.keys import VerifierKey
    from veedor.kernel.language import Sentence
    from veedor.project.project import Project

WITNESSES = "witnesses.policy"
WATCHED = "witnessed-logs.policy"
_HEADS = {
    WITNESSES: (
        "# Who signs the checkpoints of this node's log beside it, and how many of them make one worth believing.\n"
        "# The format is C2SP tlog-policy. Groups and the quorum are written by hand:\n"
        "#   group both all us mx\n#   quorum both\n"
    ),
    WATCHED: (
        "# The logs of other nodes whose checkpoints this node signs as a witness. The format is C2SP tlog-policy.\n"
        "# Lines are added with: veedor witness add (it also makes the place where each log is remembered)\n"
    ),
}
SHAPE = Template("project.witness-shape", N_("neither its name nor its address may hold a blank, and both are ASCII"))
OTHER_NAME = Template("project.witness-log-name", N_("its key is that of a log, and a log is listed under its own name, {name}"))
NAME_LISTED = Template("project.witness-name-listed", N_("the name is listed already"))
KEY_LISTED = Template("project.witness-key-listed", N_("the key is listed already"))
_WORD = re.compile(r"[!-~]+")


def witnesses(project: Project) -> Policy:
    """The witnesses of this node's log, and the quorum.

    Raises:
        PolicyMalformedError: the file cannot be read.
    """
    return _read(project.folder.root / WITNESSES)


def watched(project: Project) -> Policy:
    """The logs that this node witnesses.

    Raises:
        PolicyMalformedError: the file cannot be read.
    """
    return _read(project.folder.root / WATCHED)


def add(project: Project, name: str, url: str, vkey: str) -> str:
    """List a witness, or a log to witness; the kind of key says which. Returns the name of the file that it was written to.

    Raises:
        KeyMalformedError: the key is none.
        WitnessNotAddedError: the name or the key is listed already, or the name is not one.
    """
    key = read_vkey(vkey)
    file = WATCHED if key.kind == ED25519 else WITNESSES
    path = project.folder.root / file
    wrong = _wrong(_read(path), name, url, key)
    if wrong is not None:
        raise WitnessNotAddedError(where=str(path), name=name, why=wrong, file=file)
    if file == WATCHED:
        prepare(project.folder.root / FOLDER, name)
    line = f"log {key.vkey()} {url}" if file == WATCHED else f"witness {name} {key.vkey()} {url}"
    text = path.read_text(encoding="utf-8") if path.is_file() else f"{_HEADS[file]}quorum {policy.NOBODY}\n"
    place(path, _with(text, line).encode())
    return file


def _wrong(known: Policy, name: str, url: str, key: VerifierKey) -> Sentence | None:
    """Why a line cannot be added; None where it can."""
    if not _WORD.fullmatch(name) or not _WORD.fullmatch(url):
        return SHAPE()
    if key.kind == ED25519 and name != key.name:
        return OTHER_NAME(name=key.name)
    if name in {policy.NOBODY, *(one.name for one in known.witnesses), *(group.name for group in known.groups)}:
        return NAME_LISTED()
    keys = {one.key.public for one in known.witnesses} | {log.key.public for log in known.logs}
    return KEY_LISTED() if key.public in keys else None


def _read(path: Path) -> Policy:
    return policy.read(path.read_bytes(), str(path)) if path.is_file() else Policy()


def _with(text: str, line: str) -> str:
    """The text with a line before the first that names groups or the quorum: what they name has to stand above them."""
    lines = text.splitlines()
    at = next((number for number, found in enumerate(lines) if found.split()[:1] in (["group"], ["quorum"])), len(lines))
    return "".join(f"{found}\n" for found in [*lines[:at], line, *lines[at:]])
