"""Private keys at rest: one file a key, sealed under a passphrase, readable by nobody but its owner.

A file is canonical JSON. The 32 bytes of the key are encrypted with AES-256-GCM under a key that scrypt (RFC 7914) makes of the
passphrase; everything else in the file is authenticated with it, so that a file whose holder, purpose or public key was exchanged does
not open. The public half stands in the clear, to list keys without a passphrase.
"""

from __future__ import annotations

import base64
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from veedor.evidence.log.keys import ED25519, MLDSA44, SignerKey, encoded
from veedor.governance.key_errors import (
    KeyFileMalformedError,
    KeyFileThereError,
    KeyFileUnwritableError,
    KeyNotHeldError,
    PassphraseShortError,
    PassphraseWrongError,
)
from veedor.governance.keys import Ed25519Signer
from veedor.kernel import canonical
from veedor.kernel.errors import nearest

FORMAT = "veedor/key/1"
PURPOSES = ("node", "officer")
ALGORITHMS = {"ed25519": ED25519, "ml-dsa-44": MLDSA44}
SHORTEST = 12  # characters of a passphrase
SHORTEST_NAME = 8  # characters of a public key that may stand for all of it
_SEED_BYTES, _SALT_BYTES, _NONCE_BYTES = 32, 16, 12
_COST = 1 << 17  # scrypt's N with r = 8, p = 1: 128 MB and some tenths of a second for each guess (OWASP, password storage)
_COSTS = (1 << 14, 1 << 20)  # what is read: less would be a downgrade, more would exhaust the memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A key file: what may be known without its passphrase."""

    path: Path
    holder: str  # the node's name in the log, or an officer's pseudonym
    purpose: str
    algorithm: str
    public: str  # in base64


@dataclass(frozen=True, slots=True, kw_only=True)
class Unlocked:
    """A private key in memory. Its secret half shows in no representation of it."""

    held: Held
    seed: bytes = field(repr=False)

    def note_signer(self) -> SignerKey:
        """To sign checkpoints and cosignatures with."""
        return SignerKey(name=self.held.holder, kind=ALGORITHMS[self.held.algorithm], seed=self.seed)

    def signer(self) -> Ed25519Signer:
        """To sign acts with; an `evidence.signer.Signer`."""
        return Ed25519Signer(self.held.public, self.note_signer().sign)


def new(folder: Path, holder: str, purpose: str, passphrase: str, *, algorithm: str = "ed25519", cost: int = _COST) -> Unlocked:
    """Make a key and seal it in a file of its own in the folder, which is made when it is not there.

    Raises:
        PassphraseShortError: the passphrase is too short to protect anything.
        KeyFileThereError, KeyFileUnwritableError: no file was written.
    """
    if purpose not in PURPOSES or algorithm not in ALGORITHMS:
        raise ValueError(f"{purpose}/{algorithm} is no kind of key")
    if len(passphrase) < SHORTEST:
        raise PassphraseShortError(length=SHORTEST)
    seed = secrets.token_bytes(_SEED_BYTES)
    public = encoded(SignerKey(name=holder, kind=ALGORITHMS[algorithm], seed=seed).verifier.public)
    path = folder / f"{purpose}-{canonical.digest('key-file', public)[:16]}.json"
    held = Held(path=path, holder=holder, purpose=purpose, algorithm=algorithm, public=public)
    _write(path, canonical.canonical(_sealed(held, seed, passphrase, cost)))
    return Unlocked(held=held, seed=seed)


def held(folder: Path) -> tuple[Held, ...]:
    """Every key file of a folder, by holder; of a folder that is not there, none.

    Raises:
        KeyFileMalformedError: a file there is no key file.
    """
    found = [_read(path)[0] for path in sorted(folder.glob("*.json"))] if folder.is_dir() else []
    return tuple(sorted(found, key=lambda one: (one.purpose, one.holder, one.public)))


def find(folder: Path, name: str, among: frozenset[str] | None = None) -> Held:
    """The one key that a holder's name, a public key or its first characters stand for; only among these public keys where they are given.

    Raises:
        KeyNotHeldError: none is held under that name, or several are.
    """
    known = [one for one in held(folder) if among is None or one.public in among]
    fitting = [one for one in known if name in (one.holder, one.public) or (len(name) >= SHORTEST_NAME and one.public.startswith(name))]
    if len(fitting) != 1:
        close = nearest(name, tuple(one.holder for one in known))
        raise KeyNotHeldError(where=str(folder), name=name, count=len(fitting), nearest=f' ("{close}"?)' if close and not fitting else "")
    return fitting[0]


def unlock(path: Path, passphrase: str) -> Unlocked:
    """The private key in a file.

    Raises:
        PassphraseWrongError: the passphrase is another one, or the file was altered; which of the two cannot be told.
        KeyFileMalformedError: it is no key file.
    """
    found, file = _read(path)
    sealed = _raw(file["sealed"])
    try:
        seed = AESGCM(_derived(passphrase, file["kdf"])).decrypt(_raw(file["nonce"]), sealed, _header(file))
    except InvalidTag as error:
        raise PassphraseWrongError(where=str(path), holder=found.holder) from error
    return Unlocked(held=found, seed=seed)


def _sealed(held: Held, seed: bytes, passphrase: str, cost: int) -> dict[str, Any]:
    kdf = {"name": "scrypt", "n": cost, "r": 8, "p": 1, "salt": encoded(secrets.token_bytes(_SALT_BYTES))}
    nonce = secrets.token_bytes(_NONCE_BYTES)
    file = {
        "format": FORMAT, "holder": held.holder, "purpose": held.purpose, "algorithm": held.algorithm, "public": held.public,
        "kdf": kdf, "cipher": "aes-256-gcm", "nonce": encoded(nonce),
    }  # fmt: skip
    return {**file, "sealed": encoded(AESGCM(_derived(passphrase, kdf)).encrypt(nonce, seed, _header(file)))}


def _header(file: dict[str, Any]) -> bytes:
    return canonical.canonical({name: value for name, value in file.items() if name != "sealed"})


def _derived(passphrase: str, kdf: dict[str, Any]) -> bytes:
    made = Scrypt(salt=_raw(kdf["salt"]), length=32, n=kdf["n"], r=kdf["r"], p=kdf["p"])
    return made.derive(passphrase.encode())


_FIELDS = {"format", "holder", "purpose", "algorithm", "public", "kdf", "cipher", "nonce", "sealed"}


def _read(path: Path) -> tuple[Held, dict[str, Any]]:
    try:
        file = canonical.read(path.read_bytes())
        is_known = isinstance(file, dict) and file.keys() == _FIELDS and (file["format"], file["cipher"]) == (FORMAT, "aes-256-gcm")
        is_known = is_known and file["purpose"] in PURPOSES and file["algorithm"] in ALGORITHMS and _is_kdf(file["kdf"])
        found = Held(path=path, **{name: str(file[name]) for name in ("holder", "purpose", "algorithm", "public")}) if is_known else None
        if found is not None:
            _raw(file["nonce"]), _raw(file["sealed"]), _raw(file["kdf"]["salt"])
    except OSError as error:
        raise KeyFileMalformedError(where=str(path), file=path.name, why=error.strerror or str(error)) from error
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise KeyFileMalformedError(where=str(path), file=path.name, why=str(error)) from error
    if found is None:
        raise KeyFileMalformedError(where=str(path), file=path.name, why=FORMAT)
    return found, file


def _is_kdf(kdf: Any) -> bool:  # noqa: ANN401, whatever the file holds
    if not isinstance(kdf, dict) or kdf.keys() != {"name", "n", "r", "p", "salt"} or kdf["name"] != "scrypt":
        return False
    cost = kdf["n"]
    return type(cost) is int and _COSTS[0] <= cost <= _COSTS[1] and cost & (cost - 1) == 0 and (kdf["r"], kdf["p"]) == (8, 1)


def _raw(text: Any) -> bytes:  # noqa: ANN401, whatever the file holds
    return base64.b64decode(text, validate=True)


def _write(path: Path, data: bytes) -> None:
    """Write a file that must not be there, whole or not at all, readable by its owner alone from the first moment on."""
    if path.exists():
        raise KeyFileThereError(where=str(path), file=path.name)
    begun = path.with_suffix(".part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        begun.unlink(missing_ok=True)
        descriptor = os.open(begun, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(descriptor, "wb") as stream:  # noqa: PTH123, the descriptor carries the mode
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        begun.replace(path)
    except OSError as error:
        raise KeyFileUnwritableError(where=str(path), file=path.name, why=error.strerror or str(error)) from error
