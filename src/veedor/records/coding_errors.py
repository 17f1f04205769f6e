"""What can be wrong with a coder's grade, in words."""

from __future__ import annotations

from veedor.kernel.errors import VeedorError
from veedor.kernel.language import N_


class GradeOutsideError(VeedorError):
    """A coder's grade is not on the scale."""

    code = "REC050"
    what = N_("the grade {grade} is not on the scale")
    effect = N_("The grade was not recorded.")
    next = N_("give 0 (not initiated), 1 (minimum), 2 (intermediate) or 3 (complete)")
    more = N_(
        "The scale is that of the Peace Accords Matrix. A coder who cannot tell gives no grade; the commitment then stays undetermined."
    )


class CoderBlankError(VeedorError):
    """Nobody is named as the one who gave a grade."""

    code = "REC051"
    what = N_("the coder who gives the grade is left blank")
    effect = N_("The grade was not recorded.")
    next = N_("name the coder by a pseudonym, such as --coder c17")
    more = N_("Two coders grade a commitment without seeing each other's grade. Without a name for each, nobody could tell one from two.")
