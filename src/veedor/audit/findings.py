"""What an audit finds: checks in a fixed order, each held, failed or left open, with what was expected and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, TypeAlias

from veedor.kernel.errors import DONE, INTEGRITY, UNDETERMINED, exit_code

if TYPE_CHECKING:
    from collections.abc import Sequence

    from veedor.kernel.language import Sentence

Gap: TypeAlias = "str | int | tuple[str, ...] | Sentence"


class Status(StrEnum):
    """What became of a check."""

    HELD = "held"
    FAILED = "failed"
    OPEN = "open"  # it cannot be told from what is here


_EXIT = {Status.HELD: DONE, Status.FAILED: INTEGRITY, Status.OPEN: UNDETERMINED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """One bilingual sentence: its code in `words`, and what fills its gaps."""

    code: str
    values: tuple[tuple[str, Gap], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is not as it must be: where, what, and the two values that differ."""

    where: str
    saying: Saying
    expected: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One numbered check."""

    saying: Saying
    status: Status
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an audit found. `grade` is the class of a bundle: who can recompute it; a log has none."""

    subject: str
    grade: str
    is_exercise: bool
    outcome: str  # of the verdict in a bundle; empty where there is none
    checks: tuple[Check, ...]
    remarks: tuple[Saying, ...] = ()

    @property
    def exit_code(self) -> int:
        """0 where everything held, 4 where something failed, 3 where something cannot be told."""
        return exit_code(*(_EXIT[check.status] for check in self.checks))

    def count(self, status: Status) -> int:
        """How many checks came out so."""
        return sum(check.status is status for check in self.checks)


def say(code: str, /, **values: Gap) -> Saying:
    """A sentence and its values, in the order of their names."""
    return Saying(code=code, values=tuple(sorted(values.items())))


def finding(where: str, code: str, /, *, expected: str = "", found: str = "", **values: Gap) -> Finding:
    """One finding."""
    return Finding(where=where, saying=say(code, **values), expected=expected, found=found)


def judged(code: str, findings: Sequence[Finding], /, **values: Gap) -> Check:
    """A check that holds where nothing was found against it."""
    return Check(saying=say(code, **values), status=Status.FAILED if findings else Status.HELD, findings=tuple(findings))


def left_open(code: str, /, *findings: Finding, **values: Gap) -> Check:
    """A check that cannot be told from what is here."""
    return Check(saying=say(code, **values), status=Status.OPEN, findings=findings)
