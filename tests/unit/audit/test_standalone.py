"""The single file that a court reads says the same as the audit: of every vector, good or tampered, check by check."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import default_rng

from veedor.audit import bundle as bundles
from veedor.audit import standalone
from veedor.audit.errors import BundleMalformedError
from veedor.audit.findings import Status
from veedor.audit.verify import audit_bundle, audit_log
from veedor.audit.words import WORDS
from veedor.evidence.log import checkpoint as checkpoints
from veedor.evidence.log import commitment, cosignature, keys, policy, proof, tiles
from veedor.evidence.log.errors import EntryMalformedError, KeyMalformedError, NoteMalformedError, PolicyMalformedError, ProofMalformedError
from veedor.evidence.log.keys import COSIGNATURE, SignerKey
from veedor.evidence.log.tiles import FolderReader
from veedor.kernel import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from veedor.audit.findings import Report

VECTORS = Path(__file__).resolve().parents[2] / "vectors" / "log-1"
POLICY = (VECTORS / "policy").read_bytes()
BUNDLES = ("anyone", "exercise", "observers", "one-party")


@pytest.fixture(autouse=True)
def remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """A signature fits, or does not, once and for all."""
    monkeypatch.setattr(standalone, "ed25519", lru_cache(maxsize=4096)(standalone.ed25519))


def same(report: Report, checks: list[standalone.Check]) -> bool:
    """Whether the two say the same of every check."""
    return [(c.saying.code, c.status.value) for c in report.checks] == [(c.code, c.status) for c in checks]


def test_the_words_are_the_same() -> None:
    gaps = re.compile(r" \(\{count\}\)|: \{found\}")
    for code, both in standalone.CHECKS.items():
        said = tuple(re.sub(r"\{\w+\}", "{}", gaps.sub("", words)) for words in WORDS[code])
        assert both == said
    assert {name: WORDS[f"class.{name}"] for name in (*bundles.CLASSES, "log")} == standalone.CLASSES
    assert {status.value: WORDS[status.value] for status in Status} == standalone.STATUS


def test_it_needs_nothing_but_python(tmp_path: Path) -> None:
    """Copied alone into an empty folder, run without site packages."""
    alone = tmp_path / "standalone.py"
    alone.write_bytes(Path(standalone.__file__).read_bytes())
    for name, code in (("log", 0), ("bundles/anyone.json", 0), ("bundles/exercise.json", 0), ("policy", 4), ("nowhere", 2)):
        words = [sys.executable, "-I", "-S", str(alone), str(VECTORS / name), str(VECTORS / "policy")]
        done = subprocess.run(words, cwd=tmp_path, capture_output=True, text=True, check=False, encoding="utf-8", env={"PYTHONUTF8": "1"})
        assert done.returncode == code, done.stderr
    imported = re.findall(r"^(?:import|from) (\w+)", alone.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert set(imported) <= sys.stdlib_module_names


@pytest.mark.parametrize("name", BUNDLES)
@pytest.mark.parametrize("with_policy", [True, False])
def test_whole_bundles(name: str, with_policy: bool) -> None:
    data = (VECTORS / "bundles" / f"{name}.json").read_bytes()
    assert agree(data, with_policy=with_policy) == (0 if with_policy else 3)


def agree(data: bytes, *, with_policy: bool = True) -> int:
    """Both audits of a bundle's bytes; they agree, and this is the exit code."""
    try:
        given_to_us = bundles.read(data)
    except BundleMalformedError as error:
        with pytest.raises(standalone.Unreadable):
            standalone.read_bundle(data)
        return error.exit_code
    report = audit_bundle(given_to_us, policy.read(POLICY) if with_policy else None)
    checks = standalone.audit_bundle(standalone.read_bundle(data), standalone.Policy(POLICY) if with_policy else None)
    assert same(report, checks), ([c.status.value for c in report.checks], [c.status for c in checks])
    return report.exit_code


def changes(value: Any) -> Iterator[Any]:  # noqa: ANN401, whatever JSON holds
    """A value with one thing in it changed, in every place and in several ways."""
    if isinstance(value, dict):
        for key, inside in value.items():
            yield {name: one for name, one in value.items() if name != key}
            yield {**{name: one for name, one in value.items() if name != key}, f"{key}x": inside}
            yield from ({**value, key: other} for other in changes(inside))
    elif isinstance(value, list):
        yield [*value, *value[-1:]]
        yield value[:-1]
        yield value[::-1]
        for at, inside in enumerate(value):
            yield from ([*value[:at], other, *value[at + 1 :]] for other in changes(inside))
    elif isinstance(value, bool):
        yield from (not value, "true", None)
    elif isinstance(value, int):
        yield from (value + 1, value - 1, str(value), True)
    elif isinstance(value, str):
        middle = len(value) // 2
        yield from (value + " ", "", value[:-1], value[:middle] + ("a" if value[middle : middle + 1] != "a" else "b") + value[middle + 1 :])
    else:
        yield from ({}, "", 0)


@pytest.mark.parametrize("name", BUNDLES)
def test_every_changed_value_of_a_bundle(name: str) -> None:
    """Each value of each bundle, replaced, dropped, doubled or renamed: the two agree, and nothing that is bound passes."""
    whole = json.loads((VECTORS / "bundles" / f"{name}.json").read_bytes())
    passed = []
    for changed in changes(whole):
        code = agree(canonical.canonical(changed))
        if code == 0:
            passed.append([key for key in whole if changed.get(key) != whole[key]])
    # What a bundle only says about itself is signed by nobody: its method, where its inputs lie, its own policy, further checkpoints, the
    # extra entries and signatures that it could also have left out. Its verdict, class, label, entries and digests are bound.
    assert {key for keys_changed in passed for key in keys_changed} <= {
        "method", "inputs", "policy", "signed_checkpoints", "entries", "signatures",
    }  # fmt: skip


def test_changed_bytes_of_a_bundle() -> None:
    data = (VECTORS / "bundles" / "anyone.json").read_bytes()
    draws = default_rng(20260201)
    for at, mask in zip(draws.integers(0, len(data), 400), draws.integers(1, 256, 400), strict=True):
        agree(data[:at] + bytes([data[at] ^ int(mask)]) + data[at + 1 :])


@pytest.fixture
def folder(tmp_path: Path) -> Callable[[dict[str, bytes]], Path]:
    """Write the files of a log into a fresh folder."""

    def write(files: dict[str, bytes]) -> Path:
        for path in tmp_path.rglob("*"):
            if path.is_file():
                path.unlink()
        for name, data in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(data)
        return tmp_path

    return write


def log() -> dict[str, bytes]:
    held = {path.relative_to(VECTORS / "log").as_posix(): path.read_bytes() for path in (VECTORS / "log").rglob("*") if path.is_file()}
    return dict(sorted(held.items()))


def agree_on_log(where: Path) -> int:
    report = audit_log(FolderReader(where), policy.read(POLICY))
    checks = standalone.audit_log(where, standalone.Policy(POLICY))
    assert same(report, checks), ([c.status.value for c in report.checks], [(c.status, c.against) for c in checks])
    return report.exit_code


def test_changed_logs(folder: Callable[[dict[str, bytes]], Path]) -> None:
    """A sample of changed bytes in every file, entries dropped, swapped and repeated, files lost and found."""
    files, draws = log(), default_rng(200)
    assert agree_on_log(folder(files)) == 0
    for path, data in files.items():
        agree_on_log(folder({name: held for name, held in files.items() if name != path}))
        for at in draws.integers(0, len(data), 25):
            changed = data[:at] + bytes([data[at] ^ 1 << int(draws.integers(8))]) + data[at + 1 :]
            assert agree_on_log(folder({**files, path: changed})) == 4
    bundle = "tile/entries/000.p/200"
    entries = list(tiles.unpack(files[bundle]))
    for at in (0, 1, 100, 198, 199):
        other = (at + 7) % 200
        swapped = list(entries)
        swapped[at], swapped[other] = swapped[other], swapped[at]
        for held in (entries[:at] + entries[at + 1 :], entries[: at + 1] + entries[at:], swapped):
            assert agree_on_log(folder({**files, bundle: tiles.pack(held)})) == 4
    for stray in ("tile/0/001", "tile/9/000", "tile/0/0000", "tile/entries/000.p/256", "tile/x", "notes.txt"):
        agree_on_log(folder({**files, stray: b"x" * 32}))


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 1000, 65_536 + 300])
def test_logs_of_any_size(folder: Callable[[dict[str, bytes]], Path], size: int) -> None:
    made = tiles.grow(tiles.Edge(), [b"%d" % at for at in range(size)])
    bare = checkpoints.Checkpoint(origin="log.example/vectors", size=size, root=made.edge.root())
    signer = keys.read_skey(json.loads((VECTORS / "keys.json").read_bytes())[0]["skey"])
    files = {**made.files, "checkpoint": cosignature.sign(bare, [signer], time=1).data()}
    alone = policy.Policy(logs=(policy.Log(key=signer.verifier),)).data()
    where = folder(files)
    assert audit_log(FolderReader(where), policy.read(alone)).exit_code == 0
    assert {check.status for check in standalone.audit_log(where, standalone.Policy(alone))} == {"held"}
    for path in sorted(made.files)[:: max(1, len(made.files) // 4)]:
        data = made.files[path]
        where = folder({**files, path: data[:-1] + bytes([data[-1] ^ 1])})
        report = audit_log(FolderReader(where), policy.read(alone))
        assert same(report, standalone.audit_log(where, standalone.Policy(alone)))
        assert report.exit_code == 4


def test_ml_dsa_is_left_open_and_never_passed() -> None:
    """What the single file cannot check it does not count: neither for, nor against."""
    later = (VECTORS / "policy-ml-dsa").read_bytes()
    data = (VECTORS / "checkpoints" / "ml-dsa").read_bytes()
    signed = standalone.Signed(standalone.Policy(later))
    signed.take("checkpoint", data)
    assert (signed.unsigned, signed.lacking, len(signed.untold)) == ([], [], 1)
    without = b"".join(line for line in data.splitlines(keepends=True) if b"witness.example/O2" not in line)
    signed = standalone.Signed(standalone.Policy(later))
    signed.take("checkpoint", without)
    assert (len(signed.lacking), signed.untold) == (1, [])


@pytest.mark.parametrize(
    "words",
    [
        "", "quorum none\n", "quorum none", "quorum nobody\n", "quorum none\nquorum none\n", "# only\n", "quorum A\nwitness A KEY\n",
        "witness A KEY\nquorum A\n", "witness A KEY\nwitness A OTHER\nquorum A\n", "witness A KEY\nwitness B KEY\nquorum A\n",
        "witness none KEY\nquorum none\n", "log KEY\nlog KEY\nquorum none\n", "log KEY http://log.example\nquorum none\n",
        "log\nquorum none\n",
        "witness A KEY\nwitness B OTHER\ngroup g all A B\nquorum g\n", "witness A KEY\ngroup g any A A\nquorum g\n",
        "witness A KEY\ngroup g 0 A\nquorum g\n", "witness A KEY\ngroup g 2 A\nquorum g\n", "witness A KEY\ngroup g 01 A\nquorum g\n",
        "witness A KEY\ngroup g any A\ngroup h any A\nquorum h\n", "witness A KEY\ngroup g any\nquorum g\n", "group g any B\nquorum g\n",
        "witness A PLAIN\nquorum A\n", "log PLAIN\nquorum none\n", "log WEAK\nquorum none\n", "log SHORT\nquorum none\n",
        "log ID\nquorum none\n",
        "  \t quorum\t none \t\n", "quorum none\r\n", "quorum none\x00\n", "quorum none\n\n\n", "Quorum none\n", "quorum none extra\n",
        "witness é KEY\nquorum é\n", "witness none-such KEY\nquorum none-such\n", "witness g KEY\ngroup g any g\nquorum g\n",
    ],
)  # fmt: skip
def test_policies(words: str) -> None:
    """The same policies are read, and the same are refused."""
    made = [SignerKey(name=name, kind=COSIGNATURE, seed=bytes([at]) * 32).verifier for at, name in enumerate(("k.example", "o.example"), 1)]
    plain = SignerKey(name="k.example", kind=1, seed=bytes(32)).verifier
    weak = keys.VerifierKey(name="k.example", kind=1, public=b"\x01" + bytes(31))
    texts = {
        "KEY": made[0].vkey(), "OTHER": made[1].vkey(), "PLAIN": plain.vkey(), "WEAK": weak.vkey(), "SHORT": plain.vkey()[:-4],
        "ID": plain.vkey().replace(plain.id.hex(), "00000000"),
    }  # fmt: skip
    data = re.sub("|".join(texts), lambda found: texts[found[0]], words).encode()
    try:
        ours = policy.read(data)
    except PolicyMalformedError:
        with pytest.raises(standalone.Unreadable):
            standalone.Policy(data)
        return
    theirs = standalone.Policy(data)
    names = [one.name for one in ours.witnesses]
    for chosen in ([], names, names[:1]):
        assert ours.agrees(frozenset(chosen)) == theirs.agrees(set(chosen))


WORD = st.sampled_from(["—", " ", "\n", "\n\n", "a", "log.example", "12", "0", "AAAA", "x+y", "\t", "é", "=", "index 1", "extra AA=="])


@given(
    st.lists(WORD, max_size=30).map("".join), st.sampled_from(["checkpoints/64", "checkpoints/extended", "proofs/0.tlog-proof"]), st.data()
)
def test_notes_and_proofs_in_any_shape(junk: str, path: str, data: st.DataObject) -> None:
    """Cut, filled and turned around: whatever one reader takes, the other takes, and reads the same in it."""
    whole = (VECTORS / path).read_bytes()
    start = data.draw(st.integers(0, len(whole)))
    end = data.draw(st.integers(start, min(len(whole), start + 40)))
    mangled = whole[:start] + junk.encode() + whole[end:]
    ours = _or_none(lambda: checkpoints.read(mangled)[0])
    theirs = _or_none(lambda: standalone.read_note(mangled)[2])
    assert (None if ours is None else (ours.origin, ours.size, ours.root)) == theirs
    proved = _or_none(lambda: proof.read(mangled))
    parts = _or_none(lambda: standalone.read_proof(mangled.decode()))
    assert (None if proved is None else (proved.index, list(proved.hashes), proved.checkpoint)) == parts


def _or_none(read: Callable[[], Any]) -> Any:  # noqa: ANN401, whatever was read
    try:
        return read()
    except (NoteMalformedError, ProofMalformedError, standalone.Unreadable, UnicodeDecodeError, KeyMalformedError):
        return None


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(max_size=6) | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3),
    max_leaves=8,
)


@given(JSON, st.booleans())
def test_canonical_json(value: object, sort: bool) -> None:
    """The same JSON is canonical to both, and the same is not."""
    data = json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=sort).encode("utf-8", "surrogatepass")  # noqa: TID251, to be refused
    try:
        ours = commitment.canonical_json(data)
    except EntryMalformedError:
        with pytest.raises(standalone.Unreadable):
            standalone.read_json(data)
    else:
        assert standalone.read_json(data) == ours
        assert standalone.canonical(ours) == data


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=40), st.integers(0, 95), st.integers(0, 255))
def test_ed25519_agrees_with_the_library(seed: bytes, message: bytes, at: int, mask: int) -> None:
    """Good signatures, and signatures and keys with one byte changed."""
    key = SignerKey(name="k", kind=1, seed=seed)
    both = bytearray(key.verifier.public + key.sign(message))
    both[at] ^= mask
    public, signature = bytes(both[:32]), bytes(both[32:])
    fits = keys.ed25519_fits(public, message, signature)
    assert standalone.ed25519(public, message, signature) == fits
    assert fits or mask


def test_signatures_have_one_spelling_and_weak_keys_have_none() -> None:
    """The same signature with the group's order added to its number, and one that fits every message under the identity."""
    key = SignerKey(name="k", kind=1, seed=bytes(32))
    good = key.sign(b"x")
    again = good[:32] + (int.from_bytes(good[32:], "little") + standalone.ORDER).to_bytes(32, "little")
    identity = (1).to_bytes(32, "little")
    for public, signature, fits in (
        (key.verifier.public, good, True),
        (key.verifier.public, again, False),
        (identity, identity + bytes(32), False),
    ):
        assert keys.ed25519_fits(public, b"x", signature) == fits
        assert standalone.ed25519(public, b"x", signature) == fits


def test_a_cosignature_states_a_time_and_stands_once() -> None:
    """Both readers: no time is no cosignature, and two lines by one key are none either."""
    witness = SignerKey(name="w.example", kind=COSIGNATURE, seed=bytes([5]) * 32)
    key, whole = witness.verifier, (VECTORS / "checkpoints" / "64").read_bytes()
    text = whole.decode().rpartition("\n\n")[0] + "\n"
    timeless = bytes(8) + witness.sign(f"cosignature/v1\ntime 0\n{text}".encode())
    assert not standalone.fits((key.name, key.id, key.kind, key.public), text, timeless)
    assert not cosignature.check(key, text, timeless)
    twice = whole + next(line for line in whole.splitlines(keepends=True) if b"witness.example/A1" in line)
    signed = standalone.Signed(standalone.Policy(POLICY))
    signed.take("checkpoint", twice)
    assert len(signed.unsigned) == 1
    with pytest.raises(NoteMalformedError):
        policy.standing(policy.read(POLICY), twice)


def test_points_of_small_order_are_refused() -> None:
    """Computed from the curve: every point that eight times itself makes the identity, and both spellings of those that have two."""
    weak, order = set(), standalone.ORDER
    y = 2
    while len(weak) < 8:
        start = standalone.point(y.to_bytes(32, "little"))
        y += 1
        if start is None:
            continue
        found = standalone.times(order, start)
        inverse = pow(found[2], standalone.P - 2, standalone.P)
        weak.add((found[0] * inverse % standalone.P, found[1] * inverse % standalone.P))
    for x, y in weak:
        for spelt in {y, y + standalone.P} if y + standalone.P < 2**255 else {y}:
            for sign in (x & 1, 1 - (x & 1)):
                public = (spelt | sign << 255).to_bytes(32, "little")
                assert keys._is_weak(public)
                assert standalone.is_weak(public)
                with pytest.raises(KeyMalformedError):
                    keys.read_vkey(keys.VerifierKey(name="k", kind=1, public=public).vkey())
    assert len(keys._SMALL_ORDER) == len({y for _, y in weak})
