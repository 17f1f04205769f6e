"""A project's own witness, ready to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from veedor.evidence.files import place
from veedor.project.ledger import opened
from veedor.project.node_key import node_signers, witness_key
from veedor.project.witnesses import watched
from veedor.project.witnessing import FOLDER, Witness

if TYPE_CHECKING:
    from collections.abc import Callable

    from veedor.evidence.ledger.reading import Visible
    from veedor.evidence.log.keys import VerifierKey
    from veedor.project.project import Project
    from veedor.project.remote import Answer

KEY = "key"


class Service(NamedTuple):
    """What answers, and the key that others list it under."""

    answer: Callable[[bytes], Answer]
    vkey: str


def service(project: Project, visible: Visible, passphrase: Callable[[], str]) -> Service:
    """The witness of a project. The list of logs is read anew for each request, so that adding one needs no restart.

    Raises:
        NodeKeyAbsentError, PassphraseWrongError, KeyFileMalformedError: there is no key to sign with.
        PolicyMalformedError: the list of logs cannot be read.
    """
    watched(project)
    with opened(project) as engine:
        signer = witness_key(node_signers(project, engine, visible, passphrase()))
    folder = project.folder.root / FOLDER
    vkey = signer.verifier.vkey()
    place(folder / KEY, f"{vkey}\n".encode())

    def answer(body: bytes) -> Answer:
        logs: dict[str, list[VerifierKey]] = {}
        for log in watched(project).logs:
            logs.setdefault(log.key.name, []).append(log.key)
        return Witness(folder=folder, logs=logs, signer=signer, clock=project.clock).answer(body)

    return Service(answer, vkey)


def announced(project: Project) -> str:
    """The key under which others list this witness; nothing before it has served for the first time."""
    path = project.folder.root / FOLDER / KEY
    return path.read_text(encoding="ascii").strip() if path.is_file() else ""
