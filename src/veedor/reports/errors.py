"""What can be wrong with a report, in words."""

from __future__ import annotations

from veedor.kernel.errors import VeedorError
from veedor.kernel.language import N_


class NothingToCompareError(VeedorError):
    """Fewer than two different judgements are kept."""

    code = "REP001"
    what = N_("a comparison takes two kept judgements with different results; {count} fit here")
    effect = N_("No report was written. The judgements that are kept are as they were.")
    next = N_("veedor judge, again after new figures were taken in or on a later day (--as-of)")
    more = N_(
        "Every judgement is kept under its digest. veedor report changes compares the last one with the one before it that has "
        "another result and counts months from the same start; --since names another earlier one, --as-of and --starts choose the later "
        "one."
    )
