"""Judgements kept beside the evidence, with everything that recomputing them takes: accord text, snapshots, indicator files, method."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from importlib.metadata import version
from typing import Any, NamedTuple, Protocol

from veedor.evidence.snapshot import Capture, Snapshot
from veedor.kernel import canonical
from veedor.kernel.language import N_
from veedor.verdicts.judge import verdict_plain
from veedor.verdicts.verdict import Judgement

DOMAIN = N_("judgement")
LIBRARIES = ("veedor", "duckdb", "ibis-framework", "sqlglot", "pyarrow", "numpy", "scipy", "pydantic")


class Keeper(Protocol):
    """Something that keeps small objects by digest; `evidence.store.Store` does."""

    def keep(self, domain: str, data: bytes) -> str:
        """Keep bytes and return their digest."""
        ...

    def kept(self, domain: str, digest: str) -> bytes:
        """The bytes, checked against their digest."""
        ...


class Recipe(NamedTuple):
    """What a judgement was made from: enough to make it again."""

    accord: str  # digest of the kept accord text
    indicators: tuple[str, ...]  # digests of the kept indicator files of the project's own
    snapshots: Mapping[str, date]  # digest to the day from which it counted as known
    as_of: date
    known_on: date  # the UTC day up to which snapshots counted as known
    starts: date
    method: str
    result_digest: str
    run_digest: str
    made_at: str
    outcomes: Mapping[str, str]  # digest of each verdict by its label


class Kept(NamedTuple):
    """Digests under which the texts of a judgement are kept."""

    accord: str
    indicators: tuple[str, ...]


def versions() -> tuple[tuple[str, str], ...]:
    """The versions that enter the run digest: Python and the libraries that compute."""
    python = f"{sys.version_info.major}.{sys.version_info.minor}.{sys.version_info.micro}"
    return (("python", python), *((name, version(name)) for name in LIBRARIES))


def recipe(judgement: Judgement, kept: Kept, snapshots: Sequence[Snapshot], known_on: date, at: datetime) -> Recipe:
    """The recipe of a judgement just made."""
    return Recipe(
        accord=kept.accord,
        indicators=kept.indicators,
        snapshots={s.digest: s.known_from for s in snapshots},
        as_of=judgement.as_of,
        known_on=known_on,
        starts=judgement.starts,
        method=judgement.method,
        result_digest=judgement.result_digest,
        run_digest=judgement.run_digest,
        made_at=at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        outcomes={v.label: canonical.digest("verdict/1", verdict_plain(v)) for v in judgement.verdicts},
    )


def write(keeper: Keeper, made: Recipe, judgement: Judgement) -> str:
    """Keep recipe and verdicts; the digest under which they lie."""
    body = {"recipe": made._asdict(), "verdicts": [verdict_plain(v) for v in judgement.verdicts], "versions": dict(judgement.versions)}
    return keeper.keep(DOMAIN, canonical.canonical(body))


def read(data: bytes) -> tuple[Recipe, list[dict[str, Any]]]:
    """Recipe and verdicts of a kept judgement."""
    body = canonical.read(data)
    found = body["recipe"]
    return (
        Recipe(
            accord=found["accord"],
            indicators=tuple(found["indicators"]),
            snapshots={digest: date.fromisoformat(day) for digest, day in found["snapshots"].items()},
            as_of=date.fromisoformat(found["as_of"]),
            known_on=date.fromisoformat(found["known_on"]),
            starts=date.fromisoformat(found["starts"]),
            method=found["method"],
            result_digest=found["result_digest"],
            run_digest=found["run_digest"],
            made_at=found["made_at"],
            outcomes=found["outcomes"],
        ),
        body["verdicts"],
    )


def as_then(snapshots: Sequence[Snapshot], made: Recipe) -> tuple[Snapshot, ...]:
    """The snapshots of a recipe as they were known then: a capture added since must not move the day they became known."""
    held = {s.digest: s for s in snapshots}
    return tuple(
        replace(held[digest], captures=(_capture(held[digest], known),))
        for digest, known in sorted(made.snapshots.items())
        if digest in held
    )


def _capture(snapshot: Snapshot, known: date) -> Capture:
    stated = known if any(c.stated is not None for c in snapshot.captures) else None
    return Capture(at=datetime.combine(known, time(), UTC), name=snapshot.captures[0].name, address="", stated=stated)


def first_difference(judgement: Judgement, made: Recipe) -> str:
    """The label of the first verdict that came out otherwise, or what else differs."""
    for verdict in judgement.verdicts:
        if made.outcomes.get(verdict.label) != canonical.digest("verdict/1", verdict_plain(verdict)):
            return verdict.label
    return N_("inputs")
