"""Key files: what is in them, who can read them, what opens them and what does not."""

from __future__ import annotations

import dataclasses
import json
import stat
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from veedor.evidence.log.keys import verifies
from veedor.evidence.signer import Signer
from veedor.governance import keyring
from veedor.governance.key_errors import (
    KeyFileMalformedError,
    KeyFileThereError,
    KeyFileUnwritableError,
    KeyNotHeldError,
    PassphraseShortError,
    PassphraseWrongError,
)
from veedor.governance.keyring import Unlocked
from veedor.governance.keys import decoded, fits
from veedor.kernel import canonical

WORDS = "correct horse battery"
COST = 1 << 14


def made(folder: Path, holder: str = "o-1", purpose: str = "officer", algorithm: str = "ed25519") -> Unlocked:
    return keyring.new(folder, holder, purpose, WORDS, algorithm=algorithm, cost=COST)


def test_a_key_opens_with_its_passphrase_and_with_no_other(tmp_path: Path) -> None:
    key = made(tmp_path)
    assert keyring.unlock(key.held.path, WORDS) == key
    for wrong in ("", WORDS[:-1], WORDS.upper(), f"{WORDS} "):
        with pytest.raises(PassphraseWrongError, match="o-1"):
            keyring.unlock(key.held.path, wrong)


def test_its_signature_is_that_of_the_public_half(tmp_path: Path) -> None:
    signer = made(tmp_path).signer()
    assert isinstance(signer, Signer)
    public = decoded(signer.key_id, 32)
    assert public is not None
    assert fits(public, signer.sign(b"message"), b"message")
    assert not fits(public, signer.sign(b"message"), b"other")


def test_a_second_algorithm_signs_checkpoints(tmp_path: Path) -> None:
    signer = made(tmp_path, "us.example", "node", "ml-dsa-44").note_signer()
    assert verifies(signer.verifier, b"message", signer.sign(b"message"))


def test_only_its_owner_can_read_the_file_and_no_secret_is_in_it(tmp_path: Path) -> None:
    folder = tmp_path / "keys"
    key = made(folder)
    assert stat.S_IMODE(key.held.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    data = key.held.path.read_bytes()
    assert key.seed not in data
    assert key.seed.hex().encode() not in data
    assert WORDS.encode() not in data
    assert key.seed.hex() not in repr(key)
    assert str(key.seed) not in repr(key)
    assert [path.name for path in folder.iterdir()] == [key.held.path.name], "nothing half-written stays behind"


def test_any_other_tool_can_open_it(tmp_path: Path) -> None:
    """scrypt and AES-GCM as their standards have them: what the file says suffices."""
    key = made(tmp_path)
    file = json.loads(key.held.path.read_text())
    kdf = file["kdf"]
    import base64

    derived = Scrypt(salt=base64.b64decode(kdf["salt"]), length=32, n=kdf["n"], r=kdf["r"], p=kdf["p"]).derive(WORDS.encode())
    sealed = file.pop("sealed")
    header = canonical.canonical(file)
    assert AESGCM(derived).decrypt(base64.b64decode(file["nonce"]), base64.b64decode(sealed), header) == key.seed


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("holder", "o-2"),
        ("purpose", "node"),
        ("public", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
        ("algorithm", "ml-dsa-44"),
        ("nonce", "AAAAAAAAAAAAAAAA"),
        ("sealed", "AAAA"),
    ],
)
def test_a_file_whose_parts_were_exchanged_does_not_open(tmp_path: Path, name: str, value: str) -> None:
    key = made(tmp_path)
    file = json.loads(key.held.path.read_text()) | {name: value}
    key.held.path.write_bytes(canonical.canonical(file))
    with pytest.raises(PassphraseWrongError):
        keyring.unlock(key.held.path, WORDS)


KDF = {"name": "scrypt", "n": COST, "r": 8, "p": 1, "salt": "AAAA"}


@pytest.mark.parametrize(
    "change",
    [
        {"format": "veedor/key/2"},
        {"cipher": "none"},
        {"purpose": "both"},
        {"algorithm": "rsa"},
        {"more": 1},
        {"nonce": "?"},
        {"sealed": 7},
        {"kdf": {}},
        {"kdf": {**KDF, "n": 1 << 10}},  # a downgrade
        {"kdf": {**KDF, "n": 1 << 30}},  # a terabyte
        {"kdf": {**KDF, "n": COST + 1}},
        {"kdf": {**KDF, "n": True}},
        {"kdf": {**KDF, "r": 1024}},
        {"kdf": {**KDF, "name": "none"}},
        {"kdf": "scrypt"},
    ],
)
def test_what_is_no_key_file_is_said_to_be_none(tmp_path: Path, change: dict[str, Any]) -> None:
    key = made(tmp_path)
    key.held.path.write_bytes(canonical.canonical(json.loads(key.held.path.read_text()) | change))
    with pytest.raises(KeyFileMalformedError, match=key.held.path.name):
        keyring.unlock(key.held.path, WORDS)
    with pytest.raises(KeyFileMalformedError):
        keyring.held(tmp_path)


@pytest.mark.parametrize("data", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_rubbish_is_no_key_file(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "x.json").write_bytes(data)
    with pytest.raises(KeyFileMalformedError):
        keyring.held(tmp_path)
    with pytest.raises(KeyFileMalformedError):
        keyring.unlock(tmp_path / "absent.json", WORDS)


def test_keys_are_found_by_holder_and_by_their_beginning(tmp_path: Path) -> None:
    first, second, node = made(tmp_path), made(tmp_path, "o-2"), made(tmp_path, "us.example", "node")
    assert keyring.held(tmp_path) == (node.held, first.held, second.held)
    assert keyring.find(tmp_path, "o-2") == second.held
    assert keyring.find(tmp_path, first.held.public[:8]) == first.held
    with pytest.raises(KeyNotHeldError, match="0 keys"):
        keyring.find(tmp_path, first.held.public[:7])
    again = made(tmp_path)
    with pytest.raises(KeyNotHeldError, match="2 keys"):
        keyring.find(tmp_path, "o-1")
    assert keyring.find(tmp_path, "o-1", frozenset({again.held.public})) == again.held
    assert keyring.held(tmp_path / "absent") == ()


def test_a_short_passphrase_protects_nothing(tmp_path: Path) -> None:
    with pytest.raises(PassphraseShortError):
        keyring.new(tmp_path, "o-1", "officer", "short words")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(ValueError, match="no kind of key"):
        keyring.new(tmp_path, "o-1", "witness", WORDS)


def test_a_folder_that_cannot_be_written_and_a_file_that_is_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(KeyFileUnwritableError):
        made(tmp_path / "file" / "keys")
    monkeypatch.setattr(keyring.secrets, "token_bytes", lambda length: bytes(range(length)))
    key = made(tmp_path / "keys")
    with pytest.raises(KeyFileThereError):
        made(tmp_path / "keys")
    assert keyring.unlock(key.held.path, WORDS) == key
    assert dataclasses.asdict(key.held)["holder"] == "o-1"
