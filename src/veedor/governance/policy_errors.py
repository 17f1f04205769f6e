"""What can be said when somebody may not act, and when nobody can tell, in words: one class a situation."""

from __future__ import annotations

from veedor.kernel.errors import FAULT, VeedorError
from veedor.kernel.language import N_

_POLICIES = N_(
    "Who may do what is written in policies that anyone can read. Nothing is allowed that no policy permits, and one that forbids "
    "outweighs all that permit. veedor may names the policies that decide, and what would change the answer."
)


class PolicyEngineMissingError(VeedorError):
    """The policy engine is not installed."""

    code = "GOV020"
    what = N_("the policy engine is not installed: {why}")
    effect = N_("Nothing was decided, so nothing was allowed: nothing was read or written.")
    next = N_('install the extra "officers": pip install "veedor[officers]", or uv sync --extra officers')
    more = N_(
        "Policies are evaluated by Cedar, which comes with the extra named officers because most readers of verdicts have no officers. "
        "Without it nobody is allowed anything that needs a decision."
    )


class PolicyFaultyError(VeedorError):
    """A policy is not valid or cannot be evaluated."""

    code = "GOV021"
    exit_code = FAULT
    what = N_("the policies cannot be evaluated: {why}")
    effect = N_("Nothing was decided, so nothing was allowed: nothing was read or written.")
    next = N_("install veedor again; if it stays so, report it with this message")
    more = N_(
        "A policy that cannot be evaluated would be skipped by the engine, and what it forbids would be allowed. It stops the run instead."
    )


class NotAllowedError(VeedorError):
    """A policy does not allow the act."""

    code = "GOV022"
    what = N_("{officer} may not do this ({action}): {why}")
    effect = N_("Nothing was read or written.")
    next = N_("see what would change it: veedor may {officer} {action} ITEM")
    more = _POLICIES


class ItemUnknownError(VeedorError):
    """There is no such item, or none that this principal may see: the two are not told apart."""

    code = "GOV023"
    what = N_('there is nothing here named "{name}"')
    effect = N_("Nothing was read or written.")
    next = N_("check the name; what one may not see is answered in the same way as what does not exist")
    more = N_(
        "An answer that told a hidden item from a missing one would tell that it exists. Counts, searches, exports and messages are "
        "made from what the reader may see, and from nothing else."
    )


class ItemMalformedError(VeedorError):
    """The description of an item cannot be read."""

    code = "GOV024"
    what = N_('"{text}" does not describe an item: {why}')
    effect = N_("Nothing was decided, and nothing was read or written.")
    next = N_("write a kind and what matters of it, such as: verdict:state=issued,marking=restricted,owner=US")
    more = N_(
        "An item is named by its digest or entry, or described: a kind, a colon, and key=value with commas between them. Keys are state, "
        "owner, organ, parties, made_by, reviewed_by, marking, releasable_to, expires, scope and personal; several names are joined by +."
    )
