"""From the evidence known on a day to the inputs of a judge: series that the accord asks for, acts, coders' grades."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from veedor.accord.model import Accord
from veedor.evidence.snapshot import Snapshot
from veedor.indicators.answers import run
from veedor.indicators.series import Indicator, SnapshotUse, Yield
from veedor.indicators.tables import RecordTables, Tables, open_tables
from veedor.kernel.language import Sentence
from veedor.verdicts.inputs import ActRow, CodingRow, Inputs
from veedor.verdicts.judge import wanted
from veedor.verdicts.verdict import Support

_ACTS = {
    "snapshot": "string",
    "row": "int64",
    "actor": "string",
    "action": "string",
    "object": "string",
    "day": "date",
    "document": "string",
    "grade": "string",
}
_CODINGS = {
    "snapshot": "string",
    "row": "int64",
    "commitment": "string",
    "party": "string",
    "coder": "string",
    "grade": "int64",
    "day": "date",
}


class Gathered(NamedTuple):
    """The inputs, and the snapshots that were not used with the reason."""

    inputs: Inputs
    left_out: tuple[Sentence, ...]


class Evidence(NamedTuple):
    """Where records lie, which snapshots count, and who controls each registered source."""

    tables: Tables
    snapshots: Sequence[Snapshot]
    controllers: Mapping[str, str]


def gather(accord: Accord, indicators: Mapping[str, Indicator], evidence: Evidence, known_on: date) -> Gathered:
    """Everything that the accord's tests may look at, as known at the end of that day (UTC, as captures are dated).

    Raises:
        UnknownIndicatorError: a test names an indicator that does not exist; nothing was read.
    """
    asked = wanted(accord, indicators)
    with open_tables(evidence.tables, evidence.snapshots, known_on, evidence.controllers) as tables:
        series = _series(tables, indicators, asked)
        uses = {use.snapshot: use for use in tables.selection.uses}
        acts = tuple(_act(row, uses[row["snapshot"]]) for row in _rows(tables, "act", 'CAST("at" AS DATE)', _ACTS))
        codings = tuple(_coding(row, uses[row["snapshot"]]) for row in _rows(tables, "coding", "valid_from", _CODINGS))
        left_out = tuple(left.sentence for left in tables.selection.left_out)
    used = {name: indicators[name] for name, _ in asked}
    return Gathered(Inputs(series=series, indicators=used, acts=acts, codings=codings), left_out)


def _series(tables: RecordTables, indicators: Mapping[str, Indicator], asked: tuple[tuple[str, str], ...]) -> dict[tuple[str, str], Yield]:
    places: dict[str, list[str]] = {}
    for name, place in asked:
        places.setdefault(name, []).append(place or indicators[name].place)
    found: dict[tuple[str, str], Yield] = {}
    for name, at in sorted(places.items()):
        for place, answer in run(tables, indicators[name], tuple(dict.fromkeys(at))).items():
            found[name, place] = answer
    return found


def _rows(tables: RecordTables, kind: str, day: str, columns: Mapping[str, str]) -> list[dict[str, Any]]:
    tables.load(kind)
    named = ", ".join(f"{day} AS day" if column == "day" else f'"{column}"' for column in columns)
    return tables.ask(f'SELECT {named} FROM {kind} ORDER BY snapshot, "row"', columns)


def _support(use: SnapshotUse, row: int, grade: str) -> Support:
    return Support(
        snapshot=use.snapshot,
        source=use.source,
        controller=use.controller,
        grade=grade or use.grade,
        known_from=use.known_from,
        used=f"row {row}",
    )


def _act(row: Mapping[str, Any], use: SnapshotUse) -> ActRow:
    return ActRow(
        actor=row["actor"],
        action=row["action"],
        object=row["object"],
        on=row["day"],
        document=row["document"],
        support=_support(use, row["row"], row["grade"]),
    )


def _coding(row: Mapping[str, Any], use: SnapshotUse) -> CodingRow:
    return CodingRow(
        commitment=row["commitment"],
        party=row["party"],
        coder=row["coder"],
        grade=row["grade"],
        on=row["day"],
        support=_support(use, row["row"], ""),
    )
