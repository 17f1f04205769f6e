"""What can go wrong in judging, in words."""

from __future__ import annotations

from veedor.kernel.errors import INTEGRITY, VeedorError
from veedor.kernel.language import N_


class MethodRetiredError(VeedorError):
    """A judgement names a method version that this release no longer ships."""

    code = "VER001"
    what = N_("this judgement was made with method {version}, which this release no longer ships")
    effect = N_("Nothing was recomputed; the stored judgement is as it was.")
    next = N_("recompute it with veedor {release}, the last release that ships method {version}")
    more = N_(
        "A change of method never rewrites old verdicts: each names the version it was made with, and only that version may recompute it."
    )


class MethodUnknownError(VeedorError):
    """A judgement names a method version that no release is known to have shipped."""

    code = "VER002"
    exit_code = INTEGRITY
    what = N_("there is no method {version}; this release ships {known}")
    effect = N_("Nothing was judged or recomputed.")
    next = N_("upgrade veedor if the judgement is newer than this release; otherwise ask whoever sent it")
    more = N_(
        "Method versions are whole numbers counted from 1. A number that was never shipped means a newer release, or an altered file."
    )


class UnknownIndicatorError(VeedorError):
    """A test names an indicator that is neither built in nor in the project."""

    code = "VER003"
    what = N_('commitment "{commitment}" names an indicator that does not exist: "{indicator}"{nearest}')
    effect = N_("Nothing was judged.")
    next = N_("veedor indicators lists the known names; change the test, or add an indicator file to the project")
    more = N_(
        "A test can only ask for an indicator that is built in or lies in the project's indicators folder. veedor lint "
        "shows line and column."
    )


class RecomputedDifferentlyError(VeedorError):
    """Recomputing a judgement from the stored bytes gave another result digest."""

    code = "VER004"
    exit_code = INTEGRITY
    what = N_("judgement {wanted} does not come out again: recomputing it gives {found}; first difference: {difference}")
    effect = N_("Nothing was changed. One of the two results cannot be trusted until the difference is explained.")
    next = N_("veedor doctor checks the stored bytes; compare versions with the ones in the judgement")
    more = N_(
        "The same snapshots, accord and method must give the same result digest on every supported Python. A difference "
        "means altered bytes or a fault in veedor."
    )
