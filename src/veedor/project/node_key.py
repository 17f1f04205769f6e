"""The node as others know it: the name of its log, and the keys that sign for it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from veedor.evidence.ledger.reading import state
from veedor.evidence.log.keys import COSIGNATURE, ED25519, SEED_BYTES, SignerKey, VerifierKey, decoded
from veedor.governance import keyring
from veedor.kernel.text import slug
from veedor.project.ledger_errors import NodeKeyAbsentError

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from veedor.evidence.ledger.reading import Visible
    from veedor.project.project import Project

_WITNESS = b"veedor/witness-key/1"


def origin(project: Project) -> str:
    """The name of the node's log, which its key bears too: the accord's file and the node's own name."""
    return f"{slug(PurePosixPath(project.settings.project.accord).stem)}.{project.settings.node.name}"


def keys_folder(project: Project) -> Path:
    """Where private keys lie, encrypted."""
    return project.folder.root / "keys"


def node_signers(project: Project, engine: Engine, visible: Visible, passphrase: str) -> tuple[SignerKey, ...]:
    """The node's keys that are in force, opened: Ed25519 first, ML-DSA-44 beside it where there is one.

    Raises:
        NodeKeyAbsentError: none is held and in force.
        PassphraseWrongError: a key file does not open. KeyFileMalformedError: a file there is no key file.
    """
    folder = keys_folder(project)
    in_force = {row["key"] for row in state(engine, visible, "key") if row["purpose"] == "node" and row["revoked_at"] is None}
    mine = [held for held in keyring.held(folder) if held.purpose == "node" and held.public in in_force]
    if not any(held.algorithm == "ed25519" for held in mine):
        raise NodeKeyAbsentError(where=str(folder), folder=str(folder))
    opened = [keyring.unlock(held.path, passphrase).note_signer() for held in mine]
    return tuple(replace(key, name=origin(project)) for key in sorted(opened, key=lambda key: (key.kind, key.verifier.public)))


def public_keys(project: Project, engine: Engine, visible: Visible) -> tuple[VerifierKey, ...]:
    """Every key that ever signed for the node, as the ledger knows them: what was signed before a key ended stays signed."""
    kinds = keyring.ALGORITHMS
    rows = [row for row in state(engine, visible, "key") if row["purpose"] == "node"]
    return tuple(VerifierKey(name=origin(project), kind=kinds[row["algorithm"]], public=decoded(row["key"]) or b"") for row in rows)


def witness_key(signers: tuple[SignerKey, ...]) -> SignerKey:
    """The key with which the node signs other nodes' checkpoints: made from its own key, and never the same.

    A key that signs both as a log and as a witness would leave it to readers of its signatures to tell the two apart.
    """
    own = next(key for key in signers if key.kind == ED25519)
    seed = HKDF(algorithm=SHA256(), length=SEED_BYTES, salt=None, info=_WITNESS + b"\n" + own.name.encode()).derive(own.seed)
    return SignerKey(name=f"{own.name}/witness", kind=COSIGNATURE, seed=seed)
