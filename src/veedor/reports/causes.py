"""Why a verdict is undetermined, in the few groups that call for different remedies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

from veedor.indicators import answers
from veedor.kernel.language import N_, Template
from veedor.verdicts import sentences as say
from veedor.verdicts.verdict import Verdict

Cause: TypeAlias = Literal[
    "record", "figures", "public", "independence", "inspection", "coders", "time", "text", "source", "unlawful", "other"
]

_TEMPLATES: Mapping[Cause, tuple[Template, ...]] = {
    "record": (say.NOTHING_RECORDED, say.PERIODS_SILENT),
    "figures": (
        answers.NO_SOURCE, answers.NO_ROWS, say.NO_FIGURE_AFTER, say.WINDOW_INCOMPLETE, say.BASELINE_INCOMPLETE,
        say.PLACES_MISSING, say.NOISE_UNKNOWN,
    ),
    "public": (answers.NO_SNAPSHOT,),
    "independence": (
        say.GRADE_TOO_LOW, say.TOO_FEW_CONTROLLERS, say.ONE_SERIES, say.PARTLY_OWN, say.ONLY_OWN, say.ONLY_COUNTERPART,
        say.ONE_PARTY_ONLY, say.ARMED_GROUP_UNATTRIBUTED,
    ),
    "inspection": (say.NOTHING_SEEN,),
    "coders": (say.CODERS_MISSING, say.CODERS_DIFFER),
    "time": (say.INTERVAL_CROSSES,),
    "text": (say.NO_TEST, say.UNIT_MISMATCH),
    "source": (answers.TWICE, say.NO_INTERVAL, say.NOT_MONTHLY),
    "unlawful": (say.UNLAWFUL,),
}  # fmt: skip
_BY_CODE: Mapping[str, Cause] = {template.code: cause for cause, templates in _TEMPLATES.items() for template in templates}

CAUSES: Mapping[Cause, Template] = {
    "record": Template("rep.cause.record", N_("no record of it")),
    "figures": Template("rep.cause.figures", N_("figures are missing")),
    "public": Template("rep.cause.public", N_("published figures not taken in")),
    "independence": Template("rep.cause.independence", N_("evidence too weak or from one side")),
    "inspection": Template("rep.cause.inspection", N_("nothing seen, and nobody inspected")),
    "coders": Template("rep.cause.coders", N_("graded by too few, or differently")),
    "time": Template("rep.cause.time", N_("too close to the limit to tell yet")),
    "text": Template("rep.cause.text", N_("the text gives no test that fits")),
    "source": Template("rep.cause.source", N_("the publisher's figures do not decide it")),
    "unlawful": Template("rep.cause.unlawful", N_("its object is unlawful")),
    "other": Template("rep.cause.other", N_("another reason")),
}
"""Each cause as a table says it."""


def cause(verdict: Verdict) -> Cause:
    """The cause of an undetermined verdict: that of its first reason, which is the one that stopped it."""
    return _BY_CODE.get(verdict.reasons[0].code, "other")
