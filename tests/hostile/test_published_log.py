"""An adversary who has the published files, the true answers for half of the entries, and everything about the node but its database.

It learns, from sizes, times, positions and the bytes themselves, to tell who acted, in what kind of matter, when within the interval,
whether an entry is an act or padding, and whether a batch holds any act. It must do no better than chance; and the same adversary must do
better where one of the measures is taken away, or it would prove nothing.
"""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from scipy.stats import binom
from sqlalchemy import Engine, select

from veedor.evidence.ledger import kinds
from veedor.evidence.ledger.acts import sign
from veedor.evidence.ledger.append import append
from veedor.evidence.ledger.entries import Draft, moment
from veedor.evidence.ledger.publishing import publish
from veedor.evidence.ledger.sealing import Schedule, seal
from veedor.evidence.log import tiles
from veedor.evidence.log.commitment import entry_bytes, read_leaf
from veedor.evidence.log.keys import ED25519, SignerKey
from veedor.governance.keys import signer
from veedor.kernel.canonical import canonical, digest_bytes, read
from veedor.kernel.clock import FixedClock
from veedor.store import tables
from veedor.store.engine import default_url, open_state
from veedor.store.transaction import read as reading
from veedor.store.upgrading import upgrade

START = datetime(2031, 5, 6, tzinfo=UTC)
NODE = SignerKey(name="node.example/log", kind=ED25519, seed=bytes(range(32)))
KEYS = {"officer-0": signer(bytes([1]) * 32), "officer-1": signer(bytes([2]) * 32)}
MULTIPLE, HOURS = 64, 80
SURE = 1e-4  # how rarely an adversary who guesses blindly may be taken for one who knows something


@dataclass(frozen=True, slots=True)
class Truth:
    """What really happened at a leaf."""

    is_act: bool
    officer: int
    matter: int
    half: int  # of the interval


@dataclass(frozen=True, slots=True)
class Node:
    """A node's history: its published folder, and the truth that its database holds."""

    folder: Path
    truths: dict[int, Truth]
    acts: list[int]  # in each batch
    sizes: list[int]  # of the log after each batch, as its checkpoints say
    times: list[float]  # that the checkpoint's file bears after each batch


def body_of(matter: int, number: int, text: str) -> kinds.Body:
    digest = digest_bytes(b"%d" % number)
    match matter:
        case 0:
            return kinds.ReplyFiled(verdict=digest, party="XA", ground="2", text=text * 40)
        case 1:
            return kinds.ReviewRecorded(verdict=digest, finding="confirmed", text=text)
        case 2:
            return kinds.DecisionTaken(organ="group", subject=digest, outcome="suspended", text=text * 200)
        case _:
            return kinds.SnapshotTaken(snapshot=digest, capture=digest, source="registry-a", controller="XA", known_from=date(2031, 5, 1))


def history(folder: Path, *, multiple: int = MULTIPLE, seed: int = 7) -> Node:
    """Eighty hours of two officers, one of whom works early in the hour; every third hour nothing happens."""
    drawn, schedule = np.random.default_rng(seed), Schedule(multiple=multiple)
    engine = open_state(default_url(folder))
    upgrade(engine)
    known = [kinds.OfficerAdded(officer=name, party="XA") for name in KEYS]
    known += [kinds.KeyAdded(key=key.key_id, holder=name, purpose="officer") for name, key in KEYS.items()]
    append(engine, [Draft(body=body, actor="node", at=START, request=f"k{n}") for n, body in enumerate(known)], FixedClock(START))
    acts, labels, sizes, times = [len(known)], {}, [], []
    for hour in range(HOURS):
        begins = START + timedelta(hours=hour + 1)
        seal(engine, [NODE], FixedClock(begins + timedelta(seconds=float(drawn.uniform(0, 60)))), origin=NODE.name, schedule=schedule)
        sizes.append(publish(engine, folder / "log"))
        times.append((folder / "log" / "checkpoint").stat().st_mtime)
        acts.append(0 if drawn.random() < 1 / 3 else int(drawn.integers(10, 40)))
        moments = sorted(float(second) for second in drawn.uniform(0, 3599, acts[-1]))
        for second in moments:
            half, at = int(second >= 1800), begins + timedelta(seconds=second)
            officer = half if drawn.random() < 0.9 else 1 - half
            matter = int(drawn.integers(4))
            draft = sign(
                Draft(body=body_of(matter, len(labels), "words "), actor=f"officer-{officer}", at=at, request=f"a{len(labels)}"),
                KEYS[f"officer-{officer}"],
            )
            (receipt,) = append(engine, [draft], FixedClock(at))
            labels[receipt.commitment] = Truth(True, officer, matter, half)
    truths = _truths(engine, labels)
    engine.dispose()
    return Node(folder / "log", truths, acts[:-1], sizes, times)


def _truths(engine: Engine, labels: dict[str, Truth]) -> dict[int, Truth]:
    with reading(engine) as connection:
        rows = connection.execute(select(tables.entry.c.leaf_index, tables.entry.c.commitment)).all()
    return {row.leaf_index: labels.get(row.commitment.hex(), Truth(False, -1, -1, -1)) for row in rows}


def seen(node: Node) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Everything about each leaf, and about each batch, that somebody sees who fetches the files after every interval, as numbers."""
    reader = tiles.FolderReader(node.folder)
    edges, rows = np.array([0, *node.sizes]), []
    for path in (path for path in reader.paths() if path.startswith("tile/entries/")):
        name = tiles.read_path(path)
        assert name is not None
        if ".p/" in path and name.width != node.sizes[-1] % tiles.WIDTH:
            continue  # the beginning of a longer one
        for place, leaf in enumerate(tiles.unpack((node.folder / path).read_bytes())):
            index = name.number * tiles.WIDTH + place
            batch = int(np.searchsorted(edges, index, side="right")) - 1
            digest = np.frombuffer(hashlib.sha256(leaf).digest()[:2], np.uint8)
            content = np.frombuffer(leaf, np.uint8)
            when = node.times[batch] - START.timestamp()
            rows.append([index, index - edges[batch], batch, len(leaf), when, content.mean(), content.std(), *content[6:14], *digest])
    leaves = np.array(rows, float)
    batches = np.array([
        [number, edges[number + 1] - edges[number], node.times[number], *leaves[leaves[:, 2] == number][:, 5:7].mean(axis=0)]
        for number in range(len(node.sizes))
    ])  # fmt: skip
    return leaves, batches


def guessed(features: np.ndarray[Any, Any], labels: np.ndarray[Any, Any], drawn: np.random.Generator) -> list[tuple[int, int, float]]:
    """What two ways of learning get right on the half they were not taught: right answers, questions, and the best blind guess."""
    order = drawn.permutation(len(labels))
    taught, asked = order[::2], order[1::2]
    scale = features[taught].std(axis=0) + 1e-9
    scaled = (features - features[taught].mean(axis=0)) / scale
    classes = np.unique(labels)
    likely = np.stack([_fit(scaled[asked], scaled[taught][labels[taught] == one]) for one in classes], axis=1)
    distances = ((scaled[asked][:, None, :] - scaled[taught][None, :, :]) ** 2).sum(axis=2)
    nearest = labels[taught][np.argsort(distances, axis=1)[:, :15]]
    votes = np.stack([(nearest == one).sum(axis=1) for one in classes], axis=1)
    blind = max(float((labels == one).mean()) for one in classes)
    return [(int((classes[scores.argmax(axis=1)] == labels[asked]).sum()), len(asked), blind) for scores in (likely, votes)]


def _fit(asked: np.ndarray[Any, Any], taught: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """The likelihood of a class whose features are taken for independent and normal."""
    spread = taught.std(axis=0) + 1e-3
    likely: np.ndarray[Any, Any] = (-(((asked - taught.mean(axis=0)) / spread) ** 2) / 2 - np.log(spread)).sum(axis=1) + np.log(len(taught))
    return likely


def learns(features: np.ndarray[Any, Any], labels: np.ndarray[Any, Any], seed: int = 3) -> bool:
    """Whether either way of learning does better than the best blind guess by more than luck."""
    found = guessed(features, labels, np.random.default_rng(seed))
    return any(right > binom.ppf(1 - SURE, asked, blind) for right, asked, blind in found)


@pytest.fixture
def seeded(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Salts and places from a seed, so that this test gives one answer on every machine."""

    def begin() -> None:
        drawn = np.random.default_rng(20310506)
        monkeypatch.setattr(secrets, "token_bytes", lambda size=32: drawn.bytes(size))

    begin()
    return begin


def questions(node: Node) -> dict[str, tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]]:
    """What the adversary wants to know: features and true answers. Of acts, it is even told which leaves they are."""
    leaves, batches = seen(node)
    truths = [node.truths[int(index)] for index in leaves[:, 0]]
    acts = np.array([truth.is_act for truth in truths])
    drawn = np.random.default_rng(5)
    padding = drawn.choice(np.flatnonzero(~acts), acts.sum(), replace=False)
    evenly = np.sort(np.concatenate([np.flatnonzero(acts), padding]))
    return {
        "officer": (leaves[acts], np.array([truth.officer for truth in truths if truth.is_act])),
        "matter": (leaves[acts], np.array([truth.matter for truth in truths if truth.is_act])),
        "time": (leaves[acts], np.array([truth.half for truth in truths if truth.is_act])),
        "act or padding": (np.delete(leaves, [0, 2, 4], axis=1)[evenly], acts[evenly].astype(int)),
        "a quiet hour": (batches, np.array([int(count > 0) for count in node.acts])),
    }


@pytest.mark.usefixtures("seeded")
@pytest.mark.timeout(900)
def test_the_files_leave_everything_at_chance(tmp_path: Path) -> None:
    node = history(tmp_path)
    asked = questions(node)
    assert {name: len(labels) for name, (_, labels) in asked.items()}["officer"] > 1000
    assert {name: learns(features, labels) for name, (features, labels) in asked.items()} == dict.fromkeys(asked, False)
    names = b"".join((node.folder / path).read_bytes() for path in tiles.FolderReader(node.folder).paths())
    words = ["officer-0", "reply-filed", "registry-a", *(key.key_id for key in KEYS.values())]
    assert [word for word in words if word.encode() in names] == []


@pytest.mark.timeout(900)
def test_without_drawn_places_it_learns_when_and_who(tmp_path: Path, seeded: Callable[[], None], monkeypatch: pytest.MonkeyPatch) -> None:
    from veedor.evidence.ledger import sealing

    seeded()
    monkeypatch.setattr(sealing, "secrets", type("Still", (), {"token_bytes": staticmethod(lambda _: b"")}))
    asked = questions(history(tmp_path))
    found = {name: learns(features, labels) for name, (features, labels) in asked.items()}
    assert found == {"officer": True, "matter": False, "time": True, "act or padding": True, "a quiet hour": False}


@pytest.mark.usefixtures("seeded")
@pytest.mark.timeout(900)
def test_without_padding_it_learns_which_hours_were_quiet(tmp_path: Path) -> None:
    """A log that grows by what happened shows it: the size of each step is the answer."""
    node = history(tmp_path, multiple=1)
    labels = np.array([int(count > 0) for count in node.acts])
    assert learns(seen(node)[1], labels)


def known_content(at: datetime, number: int) -> bytes:
    body = {**read(kinds.body_bytes(body_of(3, number, ""))), "marking": 2}
    return entry_bytes(kind="snapshot-taken", at=at, actor="officer-0", body=body)


@pytest.mark.parametrize("salted", [True, False])
def test_somebody_who_guesses_the_whole_content_cannot_confirm_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, salted: bool) -> None:
    """Only the salt stands between a guess and its confirmation; without it the true one among a thousand guesses is found."""
    if not salted:
        monkeypatch.setattr(secrets, "token_bytes", bytes)  # all zero
    engine = open_state(default_url(tmp_path))
    upgrade(engine)
    at = START + timedelta(minutes=20)
    append(engine, [Draft(body=body_of(3, 421, ""), actor="officer-0", at=at, request="x")], FixedClock(at))
    seal(engine, [NODE], FixedClock(START + timedelta(hours=1)), origin=NODE.name, schedule=Schedule(multiple=MULTIPLE))
    publish(engine, tmp_path / "log")
    engine.dispose()
    published = {read_leaf(leaf) for leaf in tiles.bundle(tiles.FolderReader(tmp_path / "log"), 0, MULTIPLE)}
    guesses = {hashlib.sha256(b"veedor/commit/1\n" + bytes(32) + known_content(at, number)).hexdigest() for number in range(1000)}
    bare = {hashlib.sha256(known_content(at, number)).hexdigest() for number in range(1000)}
    assert bool(published & guesses) is not salted
    assert not published & bare
    assert canonical({"at": moment(at)})  # the guess knew the time to the microsecond
