"""One judge per kind of test, registered under the kind's name; start-up fails when either side has one that the other lacks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from veedor.accord import tests
from veedor.kernel.language import N_
from veedor.kernel.registry import Registry, gather
from veedor.verdicts.finding import Finding
from veedor.verdicts.inputs import Case
from veedor.verdicts.judges import absence, cadence, change, coded, level, milestone, share

Judge = Callable[[Case, Any], Finding]


def registry() -> Registry[Judge]:
    """Judges by kind of test.

    Raises:
        RuntimeError: a kind of test has no judge, or a judge no kind.
    """
    named: list[tuple[str, Judge, str]] = [
        (module.KIND, module.judge, module.__name__) for module in (absence, cadence, change, coded, level, milestone, share)
    ]
    found = gather(N_("judge"), named)
    if set(found) != set(tests.KINDS):
        raise RuntimeError(f"kinds of test and judges differ: {sorted(set(found) ^ set(tests.KINDS))}")
    return found


JUDGES = registry()
