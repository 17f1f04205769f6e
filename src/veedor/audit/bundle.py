"""The bundle: one self-contained file with a verdict, what it rests on, the entries that bind it to a log, and their proofs.

Canonical JSON with exactly these keys, of which the class comes first::

    class               anyone | observers | one-party: who can recompute the verdict
    entries             [{entry: {…}, proof: the text of a .tlog-proof, salt: 64 hexadecimal digits}]
    exercise            true where no party has signed the accord
    format              veedor/bundle/1
    inputs              [{address, data: base64 or empty, digest, name}]
    method              {name, version}
    policy              the text of a policy file
    signatures          [{entry: place in entries, key: base64, signature: base64}] by officers
    signed_checkpoints  further checkpoints of the log, such as later ones with more cosignatures
    verdict             plain data, or null where the bundle only proves entries
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, cast

from veedor.audit.errors import BundleMalformedError
from veedor.evidence.log.commitment import Opening, canonical_json
from veedor.evidence.log.errors import EntryMalformedError
from veedor.evidence.log.keys import decoded, encoded
from veedor.kernel import canonical
from veedor.kernel.language import N_, Sentence, Template

FORMAT = "veedor/bundle/1"
VERDICT_DOMAIN = "verdict/1"
MOST_BYTES = 256 << 20
Class: TypeAlias = Literal["anyone", "observers", "one-party"]
CLASSES: tuple[Class, ...] = ("anyone", "observers", "one-party")

NOT_CANONICAL = Template("audit.not-canonical", N_("it is not canonical JSON"))
NOT_THIS_FORMAT = Template("audit.not-this-format", N_("it names the format {found}"))
WRONG_KEYS = Template("audit.wrong-keys", N_("the keys of {place} are not: {expected}"))
WRONG_VALUE = Template("audit.wrong-value", N_("{place} is not what belongs there"))
TOO_LONG = Template("audit.too-long", N_("it is longer than {limit} bytes"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One entry of the log with what opens its commitment, and its proof of inclusion."""

    opening: Opening
    proof: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One thing a verdict rests on: its SHA-256, and its bytes or where to get them."""

    name: str
    digest: str
    address: str = ""
    data: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerSignature:
    """An officer's signature of an entry, by the place of that entry in the bundle: Ed25519, or ML-DSA-44 where the key is that long."""

    entry: int
    key: bytes
    signature: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundle:
    """Everything in a bundle, as it was stated: nothing of it is checked yet."""

    grade: Class
    is_exercise: bool
    verdict: Mapping[str, Any] | None
    entries: tuple[Shown, ...]
    policy: bytes
    method: tuple[str, str] = ("", "")  # name, version
    inputs: tuple[Input, ...] = ()
    signatures: tuple[OfficerSignature, ...] = ()
    signed_checkpoints: tuple[bytes, ...] = ()

    def data(self) -> bytes:
        """The bundle as a file; `read` gives it back."""
        entries = [
            {"entry": canonical.read(s.opening.entry), "proof": s.proof.decode(), "salt": s.opening.salt.hex()} for s in self.entries
        ]
        inputs = [{"address": i.address, "data": encoded(i.data or b""), "digest": i.digest, "name": i.name} for i in self.inputs]
        signatures = [{"entry": s.entry, "key": encoded(s.key), "signature": encoded(s.signature)} for s in self.signatures]
        return canonical.canonical({
            "class": self.grade, "entries": entries, "exercise": self.is_exercise, "format": FORMAT, "inputs": inputs,
            "method": {"name": self.method[0], "version": self.method[1]}, "policy": self.policy.decode(), "signatures": signatures,
            "signed_checkpoints": [data.decode() for data in self.signed_checkpoints],
            "verdict": None if self.verdict is None else dict(self.verdict),
        })  # fmt: skip


def verdict_digest(verdict: Mapping[str, Any]) -> str:
    """The digest of a verdict's plain data, as the entry that records it names it."""
    return canonical.digest(VERDICT_DOMAIN, dict(verdict))


def read(data: bytes) -> Bundle:
    """A bundle from a file.

    Raises:
        BundleMalformedError: it is not canonical JSON in exactly the form of a bundle.
    """
    if len(data) > MOST_BYTES:
        raise _malformed(TOO_LONG(limit=MOST_BYTES))
    try:
        found = canonical_json(data)
    except EntryMalformedError as error:
        raise _malformed(NOT_CANONICAL()) from error
    stated = found.get("format") if isinstance(found, dict) else None
    if stated != FORMAT:
        raise _malformed(NOT_THIS_FORMAT(found=str(stated)))
    keys = "class entries exercise format inputs method policy signatures signed_checkpoints verdict"
    whole = _keys(found, "the bundle", keys)
    method = _keys(whole["method"], "method", "name version")
    return Bundle(
        grade=cast("Class", _of(whole["class"] in CLASSES, whole["class"], "class")),
        is_exercise=_is(bool, whole["exercise"], "exercise"),
        verdict=None if whole["verdict"] is None else _is(dict, whole["verdict"], "verdict"),
        entries=tuple(_shown(one, f"entries[{at}]") for at, one in enumerate(_is(list, whole["entries"], "entries"))),
        policy=_is(str, whole["policy"], "policy").encode(),
        method=(_is(str, method["name"], "method.name"), _is(str, method["version"], "method.version")),
        inputs=tuple(_input(one, f"inputs[{at}]") for at, one in enumerate(_is(list, whole["inputs"], "inputs"))),
        signatures=tuple(
            _signature(one, f"signatures[{at}]", len(whole["entries"]))
            for at, one in enumerate(_is(list, whole["signatures"], "signatures"))
        ),
        signed_checkpoints=tuple(
            _is(str, one, "signed_checkpoints").encode() for one in _is(list, whole["signed_checkpoints"], "signed_checkpoints")
        ),
    )


def _shown(value: object, place: str) -> Shown:
    one = _keys(value, place, "entry proof salt")
    salt = _hex(one["salt"], f"{place}.salt")
    opening = Opening(salt=bytes.fromhex(salt), entry=canonical.canonical(_is(dict, one["entry"], f"{place}.entry")))
    return Shown(opening=opening, proof=_is(str, one["proof"], f"{place}.proof").encode())


def _input(value: object, place: str) -> Input:
    one = _keys(value, place, "address data digest name")
    data = _base64(one["data"], f"{place}.data")
    digest = _hex(one["digest"], f"{place}.digest")
    name, address = (_is(str, one[key], f"{place}.{key}") for key in ("name", "address"))
    return Input(name=name, digest=digest, address=address, data=data or None)


def _signature(value: object, place: str, entries: int) -> OfficerSignature:
    one = _keys(value, place, "entry key signature")
    number = _is(int, one["entry"], f"{place}.entry")
    _of(0 <= number < entries, number, f"{place}.entry")
    key, signature = _base64(one["key"], f"{place}.key"), _base64(one["signature"], f"{place}.signature")
    return OfficerSignature(entry=number, key=key, signature=signature)


def _keys(value: object, place: str, expected: str) -> dict[str, Any]:
    if not isinstance(value, dict) or value.keys() != set(expected.split()):
        raise _malformed(WRONG_KEYS(place=place, expected=tuple(expected.split())))
    return value


def _is(kind: type[Any], value: object, place: str) -> Any:  # noqa: ANN401, of the kind that was asked for
    return _of(type(value) is kind, value, place)  # exactly: True is no number


def _of(is_right: bool, value: Any, place: str) -> Any:  # noqa: ANN401, FBT001, the value is handed through
    if not is_right:
        raise _malformed(WRONG_VALUE(place=place))
    return value


def _hex(value: object, place: str) -> str:
    text: str = _is(str, value, place)
    return str(_of(len(text) == 64 and set(text) <= set("0123456789abcdef"), text, place))


def _base64(value: object, place: str) -> bytes:
    raw = decoded(_is(str, value, place))
    return bytes(_of(raw is not None, raw, place))


def _malformed(why: Sentence) -> BundleMalformedError:
    return BundleMalformedError(expected=FORMAT, why=why)
