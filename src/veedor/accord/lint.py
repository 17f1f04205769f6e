"""What nobody could ever verify, and what the parties will quarrel about: said before anyone signs."""

from __future__ import annotations

from veedor.accord.reading import AccordFile
from veedor.accord.rules import completeness, evidence, fairness, parts, times, wording
from veedor.accord.rules.fairness import Judgeable
from veedor.accord.rules.lens import Catalogue, Finding, KnownIndicator, Lens, Power, Rule

__all__ = ["RULES", "Catalogue", "Finding", "Judgeable", "KnownIndicator", "Power", "Rule", "lint", "verifiable_share"]

RULES: dict[str, Rule] = {rule.code: rule for module in (parts, times, wording, completeness, evidence, fairness) for rule in module.RULES}
"""Every rule by its code, for `veedor explain` and the documentation."""


def lint(file: AccordFile, catalogue: Catalogue, power: Power | None = None) -> tuple[Finding, ...]:
    """Every weakness of an accord, in the order of the file.

    Args:
        file: the accord as read.
        catalogue: what can be measured, from which sources, and who controls each.
        power: how many months of figures a test needs; without it, nothing is said about that.
    """
    lens = Lens(file, catalogue, power)
    found = [finding for check in _CHECKS for finding in check(lens)]
    found.extend(fairness.check(lens, found))
    return tuple(sorted(dict.fromkeys(found), key=_order))


def verifiable_share(file: AccordFile, catalogue: Catalogue, found: tuple[Finding, ...]) -> tuple[Judgeable, ...]:
    """How many duties of each party could ever be judged, of how many, given what `lint` found."""
    return fairness.judgeable(Lens(file, catalogue), found)


_CHECKS = (parts.check, times.check, wording.check, completeness.check, evidence.check)


def _order(finding: Finding) -> tuple[int, int, str, str, str]:
    return finding.line, finding.column, finding.rule, finding.party, str(finding.sentence)
