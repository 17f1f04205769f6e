"""Policies: the accord's rule, every line that must be refused, and that no witness counts twice."""

from __future__ import annotations

from itertools import product

import pytest

from veedor.evidence.log import cosignature, note, policy, proof
from veedor.evidence.log.checkpoint import Checkpoint
from veedor.evidence.log.errors import NotSignedError, PolicyMalformedError, QuorumError, SignatureWrongError
from veedor.evidence.log.keys import COSIGNATURE, ED25519, MLDSA44, SignerKey
from veedor.evidence.log.merkle import leaf_hash
from veedor.evidence.log.note import Signature

NAMES = ("A1", "A2", "A3", "B1", "B2", "B3", "O1", "O2", "O3")
WITNESSES = {name: SignerKey(name=f"{name}.example", kind=COSIGNATURE, seed=bytes([at]) * 32) for at, name in enumerate(NAMES, 1)}
LOG = SignerKey(name="log.example", kind=ED25519, seed=bytes(32))
ACCORD = """
group party-a 2 A1 A2 A3
group party-b 2 B1 B2 B3
group observers any O1 O2 O3
group accord all party-a party-b observers
quorum accord
"""


def written(rest: str, names: tuple[str, ...] = NAMES) -> bytes:
    lines = [f"log {LOG.verifier.vkey()} https://log.example", *(f"witness {name} {WITNESSES[name].verifier.vkey()}" for name in names)]
    return ("\n".join(lines) + rest).encode()


def cosigned(names: tuple[str, ...], size: int = 1) -> bytes:
    signed = cosignature.sign(Checkpoint(origin="log.example", size=size, root=leaf_hash(b"x")), [LOG], time=1)
    return signed.beside(cosignature.cosign(signed, WITNESSES[name], time=100) for name in names).data()


def test_the_accords_rule() -> None:
    """Two of each party and one observer, for each of the 512 sets of witnesses."""
    read = policy.read(written(ACCORD))
    for chosen in product((False, True), repeat=9):
        names = frozenset(name for name, is_in in zip(NAMES, chosen, strict=True) if is_in)
        expected = sum(chosen[:3]) >= 2 and sum(chosen[3:6]) >= 2 and any(chosen[6:])
        assert read.agrees(names) == expected
    assert policy.accept(read, cosigned(("A1", "A3", "B1", "B2", "O3"))).is_enough
    with pytest.raises(QuorumError, match="missing are A2, A3, B3, O1, O2, O3"):
        policy.accept(read, cosigned(("A1", "B1", "B2")))
    assert policy.read(read.data()) == read


def test_a_quorum_of_nobody_and_of_one() -> None:
    nobody = policy.read(b"quorum none\n")
    assert (nobody.agrees(frozenset()), nobody.logs, nobody.witnesses) == (True, (), ())
    assert nobody.missing(frozenset()) == ()
    one = policy.read(written("\nquorum B2\n"))
    assert (one.agrees(frozenset({"B2"})), one.agrees(frozenset({"B1"}))) == (True, False)
    assert one.missing(frozenset()) == ("B2",)


def test_who_signs_is_checked() -> None:
    read = policy.read(written("\nquorum none\n"))
    other = SignerKey(name="other.example", kind=ED25519, seed=bytes([99]) * 32)
    foreign = cosignature.sign(Checkpoint(origin="other.example", size=1, root=leaf_hash(b"x")), [other, LOG], time=1)
    with pytest.raises(NotSignedError):
        policy.standing(read, foreign.data())  # the log's key does not speak for another log
    bad = note.read(cosigned(("A1",))).beside([Signature("A2.example", WITNESSES["A2"].verifier.id, b"x" * 72)])
    with pytest.raises(SignatureWrongError, match=r"A2\.example"):
        policy.standing(read, bad.data())


def test_an_ml_dsa_signature_without_time_is_a_logs_and_never_a_witnesss() -> None:
    later = SignerKey(name="log.example", kind=MLDSA44, seed=bytes([7]) * 32)
    text = Checkpoint(origin="log.example", size=1, root=leaf_hash(b"x")).text()
    line = Signature(later.name, later.verifier.id, bytes(8) + later.sign(cosignature.message(later.verifier, text, 0)))
    signed = note.Note(text, (line,))
    as_log = policy.Policy(logs=(policy.Log(key=later.verifier),))
    assert policy.accept(as_log, signed.data()).log == later.verifier
    both = signed.beside([cosignature.cosign(signed, LOG, time=1)])
    as_witness = policy.Policy(
        logs=(policy.Log(key=LOG.verifier),), witnesses=(policy.Witness(name="W", key=later.verifier),), quorum="W"
    )  # fmt: skip
    assert policy.standing(as_witness, both.data()).witnesses == ()


def test_every_problem_is_named_with_its_line() -> None:
    key, plain = WITNESSES["A1"].verifier.vkey(), LOG.verifier.vkey()
    lines = [
        "witness", f"witness none {key}", f"witness W {plain}", "log nonsense", "group g all", "group g all W", f"witness A {key}",
        f"witness B {key}", "group g 2 A", "group h any A A", "quorum nobody", "quorum A", "quota A", "log " + plain, "log " + plain,
    ]  # fmt: skip
    with pytest.raises(PolicyMalformedError) as raised:
        policy.read("".join(f"{line}\n" for line in lines).encode(), "a.policy")
    found = {(problem.line, problem.words[:28]) for problem in raised.value.problems}
    assert {line for line, _ in found} >= {1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, 15}
    assert raised.value.where == "a.policy"
    assert all(problem.what("en") for problem in raised.value.problems)


@pytest.mark.parametrize(
    "data", [b"", b"quorum none", b"quorum none\r\n", b"quorum none\n\x7f\n", b"\x00", b"# no quorum\n", b"#" * (1 << 20) + b"\n\n"]
)
def test_what_is_no_policy_file(data: bytes) -> None:
    with pytest.raises(PolicyMalformedError):
        policy.read(data)


def test_names_are_bytes() -> None:
    key, other = WITNESSES["A1"].verifier.vkey().encode(), WITNESSES["A2"].verifier.vkey().encode()
    data = b"witness K " + key + b"\nwitness \xe2\x84\xaa " + other + b"\ngroup \xff any K \xe2\x84\xaa\nquorum \xff\n"
    read = policy.read(data)
    assert len({witness.name for witness in read.witnesses}) == 2, "a Kelvin sign is no K"
    assert policy.read(read.data()) == read


def test_at_least_as_much_as_the_specification_asks_for() -> None:
    """64 logs, 64 witnesses, 64 groups, each inside the next."""
    logs = [SignerKey(name=f"l{at}", kind=ED25519, seed=at.to_bytes(32, "big")).verifier.vkey() for at in range(64)]
    witnesses = [SignerKey(name=f"w{at}", kind=COSIGNATURE, seed=(99 + at).to_bytes(32, "big")).verifier.vkey() for at in range(64)]
    lines = [*(f"log {key}" for key in logs), *(f"witness W{at} {key}" for at, key in enumerate(witnesses)), "group g0 any W0"]
    lines += [f"group g{at} all g{at - 1} W{at}" for at in range(1, 64)]
    read = policy.read("".join(f"{line}\n" for line in [*lines, "quorum g63"]).encode())
    everybody = frozenset(f"W{at}" for at in range(64))
    assert read.agrees(everybody)
    assert not any(read.agrees(everybody - {name}) for name in everybody)


def test_a_proof_of_the_only_entry() -> None:
    """The smallest proof has no hashes at all."""
    made = proof.Proof(index=0, hashes=(), checkpoint=cosigned(("O1",)))
    assert proof.read(made.data()) == made
    assert proof.verify(proof.read(made.data()), b"x", policy.read(written("\nquorum O1\n"))).names == {"O1"}
