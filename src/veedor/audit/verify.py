"""The checks of an audit, in their order: of the folder of a log, and of a bundle."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from veedor.audit import tree
from veedor.audit.bundle import verdict_digest
from veedor.audit.findings import Check, Finding, Gap, Report, Saying, Status, finding, judged, left_open, say
from veedor.evidence.log import checkpoint as checkpoints
from veedor.evidence.log import commitment, policy, proof
from veedor.evidence.log.errors import (
    EntryMalformedError,
    NoteMalformedError,
    NotIncludedError,
    NotSignedError,
    PolicyMalformedError,
    ProofMalformedError,
    SignatureWrongError,
)
from veedor.evidence.log.keys import ED25519, MLDSA44, PUBLIC_BYTES, VerifierKey, encoded, verifies
from veedor.kernel.language import Sentence

if TYPE_CHECKING:
    from veedor.audit.bundle import Bundle
    from veedor.audit.tree import Files
    from veedor.evidence.log.checkpoint import Checkpoint
    from veedor.evidence.log.note import Note
    from veedor.evidence.log.policy import Policy
    from veedor.evidence.log.proof import Proof
    from veedor.kernel.errors import VeedorError

_AFTER_READING = ("log.signed", "log.quorum", "log.entries", "log.tiles", "log.root", "log.names")


def audit_log(files: Files, trusted: Policy | None, subject: str = "") -> Report:
    """Check a log by its files: its checkpoint, every entry, every tile, and that nothing else stands among them."""
    data = files.read("checkpoint")
    try:
        stated, note = checkpoints.read(data or b"")
    except NoteMalformedError as error:
        wrong = finding("checkpoint", "missing") if data is None else _unreadable("checkpoint", error)
        unread = judged("log.checkpoint", [wrong], size=0, origin="–")
        return _log_report(subject, [unread, *(_unreached(code) for code in _AFTER_READING)])
    signed = _Signed(trusted)
    signed.take("checkpoint", stated, note)
    found = tree.examine(files, stated)
    absent = "no-policy" if trusted is None else ""
    checks = [
        judged("log.checkpoint", [], size=stated.size, origin=stated.origin),
        _told("log.signed", signed.unsigned, absent, found=signed.by),
        _told("log.quorum", signed.lacking, absent, found=signed.cosigned) if signed.is_signed else _unreached("log.quorum"),
        judged("log.entries", found.entries),
        judged("log.tiles", found.tiles),
        judged("log.root", found.root),
        judged("log.names", found.stray),
    ]
    beyond = [say("beyond", found=tuple(found.beyond))] if found.beyond else []
    beside = [say("beside", found=tuple(found.beside))] if found.beside else []
    return _log_report(subject, checks, [*signed.remarks(), *beyond, *beside])


def audit_bundle(bundle: Bundle, trusted: Policy | None, subject: str = "") -> Report:
    """Check a bundle: signatures, openings, inclusion, the verdict's place in the log, and what it rests on."""
    try:
        own, unread = policy.read(bundle.policy), []
    except PolicyMalformedError as error:
        own, unread = None, [_unreadable("policy", error)]
    signed = _Signed(own if trusted is None else trusted)
    proofs = _proofs(bundle, signed)
    for at, data in enumerate(bundle.signed_checkpoints):
        signed.read(f"signed_checkpoints[{at}]", data)
    absent = "own-policy" if trusted is None else ""
    lacking = _told("bundle.quorum", signed.lacking, absent) if signed.is_signed and not unread else _unreached("bundle.quorum")
    checks = [
        *_labels(bundle),
        _told("bundle.signed", [*unread, *signed.unsigned], absent, count=signed.count),
        lacking,
        judged("bundle.split", signed.splits),
        judged("bundle.opened", list(_unopened(bundle)), count=len(bundle.entries)),
        judged("bundle.included", list(_not_included(bundle, proofs))),
        *_verdict(bundle),
        judged("bundle.officers", list(_officers(bundle)), count=len(bundle.signatures)),
    ]
    remarks = [*signed.remarks(), *([say("other-policy")] if trusted is not None and own != trusted else [])]
    outcome = bundle.verdict.get("outcome", "") if bundle.verdict is not None else ""
    return Report(
        subject=subject,
        grade=bundle.grade,
        is_exercise=bundle.is_exercise,
        outcome=str(outcome),
        checks=tuple(checks),
        remarks=tuple(remarks),
    )


@dataclass(slots=True)
class _Signed:
    """What a policy finds on the checkpoints of one subject."""

    policy: Policy | None
    count: int = 0
    roots: dict[tuple[str, int], tuple[str, bytes]] = field(default_factory=dict)  # origin and size: where first seen, and its root
    splits: list[Finding] = field(default_factory=list)
    unsigned: list[Finding] = field(default_factory=list)
    lacking: list[Finding] = field(default_factory=list)
    by: tuple[str, ...] = ("–",)
    cosigned: tuple[str, ...] = ("–",)
    strangers: dict[str, None] = field(default_factory=dict)

    @property
    def is_signed(self) -> bool:
        """Whether nothing speaks against the logs' own signatures."""
        return not self.unsigned

    def read(self, where: str, data: bytes) -> None:
        """Check one signed checkpoint, given as its bytes."""
        try:
            self.take(where, *checkpoints.read(data))
        except NoteMalformedError as error:
            self.count += 1
            self.unsigned.append(_unreadable(where, error))

    def take(self, where: str, stated: Checkpoint, note: Note) -> None:
        """Check one signed checkpoint."""
        self.count += 1
        first, root = self.roots.setdefault((stated.origin, stated.size), (where, stated.root))
        if root != stated.root:
            self.splits.append(finding(f"{first}, {where}", "split", expected=encoded(root), found=encoded(stated.root)))
        if self.policy is None:
            return
        known = {(k.name, k.id) for k in (*(log.key for log in self.policy.logs), *(one.key for one in self.policy.witnesses))}
        self.strangers |= dict.fromkeys(f"{s.name} ({s.id.hex()})" for s in note.signatures if (s.name, s.id) not in known)
        self._standing(where, (stated, note), self.policy)

    def _standing(self, where: str, signed: tuple[Checkpoint, Note], trusted: Policy) -> None:
        try:
            found = policy.weigh(trusted, *signed)
        except NotSignedError as error:
            self.unsigned.append(finding(where, "not-signed", found=", ".join(_values(error, "found"))))
            return
        except NoteMalformedError as error:
            self.unsigned.append(_unreadable(where, error))
            return
        except SignatureWrongError as error:
            self.unsigned.append(finding(where, "wrong-signature", name=_values(error, "name")))
            return
        self.by = (f"{found.log.name} ({found.log.id.hex()})",)
        self.cosigned = tuple(sorted(found.names)) or ("–",)
        if not found.is_enough:
            self.lacking.append(finding(where, "no-quorum", missing=trusted.missing(found.names)))

    def remarks(self) -> Iterator[Saying]:
        """What else is worth knowing about the signatures."""
        if self.strangers:
            yield say("unknown-signers", found=tuple(self.strangers))


def _log_report(subject: str, checks: Sequence[Check], remarks: Sequence[Saying] = ()) -> Report:
    return Report(subject=subject, grade="log", is_exercise=False, outcome="", checks=tuple(checks), remarks=tuple(remarks))


def _labels(bundle: Bundle) -> Iterator[Check]:
    if bundle.verdict is None:
        return
    grade, exercise = bundle.verdict.get("recomputable"), bundle.verdict.get("exercise")
    found = []
    if grade != bundle.grade:
        found.append(finding("class", "class-differs", expected=str(grade), found=bundle.grade))
    if exercise is not bundle.is_exercise:
        found.append(finding("exercise", "exercise-differs", expected=str(exercise), found=str(bundle.is_exercise)))
    if "one-party" in (grade, bundle.grade) and bundle.verdict.get("outcome") == "BROKEN":
        found.append(finding("verdict", "broken-on-one"))
    yield judged("bundle.labels", found)


def _proofs(bundle: Bundle, signed: _Signed) -> list[Proof | Finding]:
    """The proof of each entry, or why it cannot be read; their checkpoints are checked on the way, each once."""
    found: list[Proof | Finding] = []
    taken: set[bytes] = set()
    for at, shown in enumerate(bundle.entries):
        where = f"entries[{at}].proof"
        try:
            made = proof.read(shown.proof)
        except (ProofMalformedError, NoteMalformedError) as error:
            found.append(_unreadable(where, error))
            continue
        found.append(made)
        if made.checkpoint not in taken:
            taken.add(made.checkpoint)
            signed.read(where, made.checkpoint)
    return found


def _unopened(bundle: Bundle) -> Iterator[Finding]:
    for at, shown in enumerate(bundle.entries):
        try:
            commitment.read_entry(shown.opening.entry)
        except EntryMalformedError as error:
            yield _unreadable(f"entries[{at}].entry", error)


def _not_included(bundle: Bundle, proofs: Sequence[Proof | Finding]) -> Iterator[Finding]:
    if not proofs:
        yield finding("entries", "nothing")
    for at, (shown, made) in enumerate(zip(bundle.entries, proofs, strict=True)):
        if isinstance(made, Finding):
            yield made
            continue
        stated, _ = checkpoints.read(made.checkpoint)
        try:
            proof.check_inclusion(made, commitment.leaf(shown.opening), stated)
        except NotIncludedError as error:
            expected, found = (dict(error.values)[name] for name in ("expected", "found"))
            yield finding(f"entries[{at}]", "not-included", expected=str(expected), found=str(found))


def _verdict(bundle: Bundle) -> Iterator[Check]:
    """That an entry of the log records exactly this verdict, and that what it rests on is listed with its digest."""
    if bundle.verdict is None:
        return
    digest = verdict_digest(bundle.verdict)
    named = tuple(f"entries[{at}]" for at, shown in enumerate(bundle.entries) if _names(shown.opening.entry, digest))
    missing = [] if named else [finding("verdict", "not-named", expected=digest, found="–")]
    yield judged("bundle.verdict", missing, found=named or ("–",))
    yield judged("bundle.inputs", [*_not_listed(bundle), *_inputs(bundle)])


def _names(entry: bytes, digest: str) -> bool:
    try:
        found = commitment.read_entry(entry)
    except EntryMalformedError:
        return False
    is_verdict = found["kind"] == commitment.VERDICT_KIND or found["kind"].startswith(f"{commitment.VERDICT_KIND}-")
    return is_verdict and digest in _strings(found["body"])


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _not_listed(bundle: Bundle) -> Iterator[Finding]:
    supports = (bundle.verdict or {}).get("supports")
    listed = {one.digest for one in bundle.inputs}
    rests_on = [one.get("snapshot") for one in supports if isinstance(one, Mapping)] if isinstance(supports, list) else []
    for digest in dict.fromkeys(str(found) for found in rests_on):
        if digest not in listed:
            yield finding("inputs", "not-listed", expected=digest, found="–")


def _inputs(bundle: Bundle) -> Iterator[Finding]:
    for at, one in enumerate(bundle.inputs):
        if one.data is not None and (found := hashlib.sha256(one.data).hexdigest()) != one.digest:
            yield finding(f"inputs[{at}].data", "bytes-differ", expected=one.digest, found=found)
        if bundle.grade == "anyone" and one.data is None and not one.address:
            yield finding(f"inputs[{at}]", "nowhere")


def _officers(bundle: Bundle) -> Iterator[Finding]:
    for at, one in enumerate(bundle.signatures):
        message = commitment.signed_by_officer(bundle.entries[one.entry].opening.entry)
        kind = MLDSA44 if len(one.key) == PUBLIC_BYTES[MLDSA44] else ED25519
        if not verifies(VerifierKey(name="officer", kind=kind, public=one.key), message, one.signature):
            yield finding(f"signatures[{at}]", "officer", entry=one.entry)


def _told(code: str, findings: Sequence[Finding], absent: str, **values: Gap) -> Check:
    """Failed where something was found; open where nothing was and trust is missing; else held."""
    return left_open(code, finding("", absent), **values) if absent and not findings else judged(code, findings, **values)


def _unreached(code: str) -> Check:
    return Check(saying=say(code, found=("–",)), status=Status.OPEN, findings=(finding("", "not-reached"),))


def _unreadable(where: str, error: VeedorError) -> Finding:
    """That a part cannot be read, and why; where the error has no reason inside, its code, which `veedor explain` explains."""
    why = dict(error.values).get("why")
    return finding(where, "unreadable", why=why if isinstance(why, Sentence) else error.code)


def _values(error: VeedorError, name: str) -> tuple[str, ...]:
    found = dict(error.values)[name]
    return tuple(map(str, found)) if isinstance(found, tuple) else (str(found),)
