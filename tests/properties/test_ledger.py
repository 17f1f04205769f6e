"""The ledger under anything that may happen to it, in any order: entering, retrying, sealing, publishing, erasing, making tables again."""

from __future__ import annotations

import tempfile
from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test
from sqlalchemy import Engine, delete

from veedor.evidence.ledger import kinds
from veedor.evidence.ledger.acts import sign
from veedor.evidence.ledger.append import append
from veedor.evidence.ledger.checking import verify
from veedor.evidence.ledger.entries import Draft, Receipt, entry_bytes, moment
from veedor.evidence.ledger.erasure import erase
from veedor.evidence.ledger.errors import OfficerKeyRevokedError, SubjectTakenError, SubjectUnknownError
from veedor.evidence.ledger.projections import differences, rebuild
from veedor.evidence.ledger.publishing import publish, rebuild_files
from veedor.evidence.ledger.reading import count, list_entries, show, state
from veedor.evidence.ledger.sealing import Schedule, Sealed, checkpoints, seal
from veedor.evidence.log import commitment
from veedor.evidence.log.keys import ED25519, SignerKey
from veedor.governance.keys import signer
from veedor.kernel.canonical import canonical, digest_bytes
from veedor.kernel.markings import Marking
from veedor.store import tables
from veedor.store.transaction import read, write

START = datetime(2031, 5, 6, 12, 0, tzinfo=UTC)
NODE = SignerKey(name="node.example/log", kind=ED25519, seed=bytes(range(32)))
KEYS = tuple(signer(bytes([seed]) * 32) for seed in (1, 2, 3))
SCHEDULE = Schedule(multiple=4)

small = st.integers(0, 3)
words = st.text(st.characters(codec="utf-8"), max_size=40)
names = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=30)
markings = st.sampled_from(Marking)
digests = st.binary(min_size=1, max_size=4).map(digest_bytes)
notes = st.builds(kinds.Note, about=names, text=words, marking=markings)
taken = st.builds(
    kinds.SnapshotTaken, snapshot=small.map(lambda n: digest_bytes(bytes([n]))), capture=digests, source=names, part=st.just(""),
    controller=names, known_from=st.dates(date(2000, 1, 1)), marking=markings,
)  # fmt: skip
issued = st.builds(
    kinds.VerdictIssued, verdict=digests, judgement=digests, accord=digests, commitment=names, reading=st.just(""),
    parties=st.lists(names, max_size=3).map(tuple), outcome=names, as_of=st.dates(date(2000, 1, 1)), recomputable=names,
    is_exercise=st.booleans(), marking=markings,
)  # fmt: skip
replies = st.builds(kinds.ReplyFiled, verdict=digests, party=names, ground=names, text=words, marking=markings)


@given(st.one_of(notes, taken, issued, replies), names)
def test_quick_bytes_are_canonical_bytes(body: kinds.Body, actor: str) -> None:
    kind = kinds.kind_of(body)
    said = {field.name: getattr(body, field.name) for field in fields(body)} | {"version": kind.version}
    assert kinds.body_bytes(body) == canonical(said)
    assert kinds.read_body(kind.name, kinds.body_bytes(body)) == body
    quick = entry_bytes(kind.name, moment(START), actor, kinds.body_bytes(body))
    assert quick == commitment.entry_bytes(kind=kind.name, at=START, actor=actor, body=said)
    assert commitment.read_entry(quick)["actor"] == actor


class Ledger(RuleBasedStateMachine):
    """A node's day. What was acknowledged is remembered here and held against the ledger after every step."""

    engine: Engine

    def __init__(self) -> None:
        super().__init__()
        with write(self.engine) as connection:
            for table in reversed(tables.metadata.sorted_tables):
                connection.execute(delete(table))
        self.at = START
        self.number = 0
        self.drafts: dict[str, Draft] = {}
        self.receipts: dict[str, Receipt] = {}
        self.erased: set[str] = set()
        self.sealed: list[Sealed] = []
        self.folder = Path(tempfile.mkdtemp(prefix="veedor-property-"))
        self.is_checked = True

    def now(self) -> datetime:
        return self.at

    def draft(self, body: kinds.Body, actor: str = "node", key: int | None = None) -> Draft:
        self.number += 1
        made = Draft(body=body, actor=actor, at=self.at, request=f"r{self.number}")
        return made if key is None else sign(made, KEYS[key])

    def take(self, drafts: list[Draft]) -> None:
        for draft, receipt in zip(drafts, append(self.engine, drafts, self), strict=True):
            assert receipt.is_new == (draft.request not in self.receipts)
            if receipt.is_new:
                self.drafts[draft.request], self.receipts[draft.request] = draft, receipt
            assert receipt.commitment == self.receipts[draft.request].commitment
        self.is_checked = False

    @initialize()
    def begin(self) -> None:
        for number, key in enumerate(KEYS[:2]):
            officer = f"officer-{number}"
            added = kinds.KeyAdded(key=key.key_id, holder=officer, purpose="officer")
            self.take([self.draft(kinds.OfficerAdded(officer=officer, party="XA")), self.draft(added)])

    @rule(seconds=st.integers(1, 599))
    def wait(self, seconds: int) -> None:
        self.at += timedelta(seconds=seconds)

    @rule(bodies=st.lists(st.one_of(notes, taken, issued), min_size=1, max_size=6))
    def enter(self, bodies: list[kinds.Body]) -> None:
        self.take([self.draft(body) for body in bodies])

    @rule(body=replies, who=st.integers(0, 1))
    def act(self, body: kinds.Body, who: int) -> None:
        draft = self.draft(body, f"officer-{who}", who)
        try:
            self.take([draft])
        except OfficerKeyRevokedError:
            assert any(row["key"] == KEYS[who].key_id and row["revoked_at"] for row in state(self.engine, everything, "key"))

    @rule(body=st.one_of(
        st.builds(kinds.SnapshotRetracted, snapshot=small.map(lambda n: digest_bytes(bytes([n]))), ground=names),
        st.builds(kinds.SeatFilled, organ=st.just("group"), seat=st.sampled_from("AB"), officer=small.map("officer-{}".format)),
        st.builds(kinds.SeatVacated, organ=st.just("group"), seat=st.sampled_from("AB")),
        st.builds(kinds.OfficerAdded, officer=small.map("officer-{}".format), party=st.just("XA")),
        st.builds(kinds.KeyRevoked, key=st.just(KEYS[1].key_id), ground=names),
        st.builds(kinds.KeyAdded, key=st.just(KEYS[2].key_id), holder=st.just("officer-2"), purpose=st.just("officer")),
    ))  # fmt: skip
    def amend(self, body: kinds.Body) -> None:
        before = count(self.engine, everything)
        try:
            self.take([self.draft(body)])
        except (SubjectUnknownError, SubjectTakenError):
            assert count(self.engine, everything) == before, "what is refused is not entered"

    @precondition(lambda self: self.drafts)
    @rule(data=st.data())
    def retry(self, data: st.DataObject) -> None:
        request = data.draw(st.sampled_from(sorted(self.drafts)))
        if request not in self.erased:
            self.take([self.drafts[request]])

    @rule(data=st.data())
    def erase(self, data: st.DataObject) -> None:
        open_ones = [name for name, draft in self.drafts.items() if kinds.kind_of(draft.body).is_erasable and name not in self.erased]
        if open_ones:
            request = data.draw(st.sampled_from(open_ones))
            body = kinds.Erased(entry=self.receipts[request].commitment, ground="g", authority="a")
            draft = self.draft(body, "officer-0", 0)
            done = erase(self.engine, draft, self)
            self.erased.add(request)
            self.drafts[draft.request], self.receipts[draft.request] = draft, done.receipt
            self.erased.add(draft.request)  # retried through `erase` alone
            self.is_checked = False

    @rule(hours=st.integers(0, 2))
    def seal(self, hours: int) -> None:
        self.at += timedelta(hours=hours)
        made = seal(self.engine, [NODE], self, origin=NODE.name, schedule=SCHEDULE)
        if made is not None:
            self.sealed.append(made)
        self.is_checked = False

    @rule()
    def publish(self) -> None:
        assert publish(self.engine, self.folder / "log") == (self.sealed[-1].size if self.sealed else 0)

    @rule()
    def rebuild(self) -> None:
        rebuild(self.engine)
        self.is_checked = False

    @invariant()
    def holds(self) -> None:
        if self.is_checked:
            return
        self.is_checked = True
        assert differences(self.engine) == {}
        assert verify(self.engine) == ()
        found = list_entries(self.engine, everything)
        assert [entry.commitment for entry in found] == [receipt.commitment for receipt in self.receipts.values()]
        gone = {self.receipts[request].commitment for request in self.erased}
        for entry, draft in zip(found, self.drafts.values(), strict=True):
            is_erased = entry.commitment in gone and not isinstance(draft.body, kinds.Erased)
            assert entry.body == (None if is_erased else draft.body)
        with read(self.engine) as connection:
            assert list(checkpoints(connection)) == self.sealed, "what was signed is never signed otherwise"

    def teardown(self) -> None:
        size = publish(self.engine, self.folder / "log")
        if size:
            rebuild_files(self.engine, self.folder / "again")
            published, again = (
                {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}
                for root in (self.folder / "log", self.folder / "again")
            )
            assert published == again
        for request, receipt in self.receipts.items():
            assert show(self.engine, everything, receipt.commitment).actor == self.drafts[request].actor
        for path in sorted(self.folder.rglob("*"), reverse=True):
            path.rmdir() if path.is_dir() else path.unlink()
        self.folder.rmdir()


def everything(_: object) -> bool:
    return True


@pytest.mark.timeout(3600)
def test_whatever_happens_in_whatever_order(state: Engine) -> None:
    machine = type("LedgerHere", (Ledger,), {"engine": state})
    share = 4 if state.dialect.name == "sqlite" else 12  # a server takes longer for each step
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=max(settings().max_examples // share, 4), stateful_step_count=25, deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip


def test_a_draft_is_what_is_signed() -> None:
    body = kinds.ReplyFiled(verdict="ab" * 32, party="XA", ground="2", text="It rained.")
    draft = Draft(body=body, actor="officer-0", at=START, request="r")
    signed = sign(draft, KEYS[0])
    assert signed.bytes() == draft.bytes()
    assert replace(draft, request="another").bytes() == draft.bytes(), "the request is how it was entered, not what was done"
