"""What can be wrong with officers, seats, delegations and pseudonyms, in words: one class a situation."""

from __future__ import annotations

from veedor.kernel.errors import INTEGRITY, VeedorError
from veedor.kernel.language import N_

_NOTHING = N_("Nothing was entered. Everything entered before is intact.")
_NOT_OPENED = N_("Nothing was opened, and nothing was written.")
_PSEUDONYMS = N_(
    "Officers act under pseudonyms. Who stands behind one is sealed with a key that is split among holders of each party and of the "
    "board: a set number of each have to bring their shares together. No party opens it alone, and neither does whoever runs the node."
)
_SEATS = N_(
    "A seat is written PARTY/ROLE/NUMBER, such as US/officer/2. Seats of officers and of board members are counted out in the accord, "
    "those of analysts, reviewers, coders, observers and auditors can be made as needed. Administrators have their seats in the organ "
    "node and hold no other."
)
_DELEGATION = N_(
    "The holder of a seat may let another officer of the same party exercise it: for named acts, up to a last day, never for opening, "
    "erasing, seats or keys, and never passed on further. While it lasts the seat still has one voice."
)


class OfficerUnknownError(VeedorError):
    """No officer of that name is entered."""

    code = "GOV030"
    what = N_("there is no officer {officer} here{nearest}")
    effect = N_("Nothing was decided, and nothing was read or written.")
    next = N_("veedor officers list")
    more = _PSEUDONYMS


class PartyUnknownError(VeedorError):
    """An officer is to be added for a party that seats nobody."""

    code = "GOV031"
    what = N_("{party} has no seat in any organ of this accord")
    effect = _NOTHING
    next = N_("choose one of: {known}")
    more = N_(
        "Officers belong to a party of the accord, or to those who hold seats without being a party, such as independents and observers. "
        "An armed group has a channel for replies and public reports; it has no officers."
    )


class SeatMalformedError(VeedorError):
    """A seat is not written as one."""

    code = "GOV032"
    what = N_('"{seat}" is not a seat')
    effect = _NOTHING
    next = N_("write PARTY/ROLE/NUMBER, such as US/officer/1; roles are: {roles}")
    more = _SEATS


class SeatNotThereError(VeedorError):
    """The accord does not have this seat."""

    code = "GOV033"
    what = N_("the organ {organ} has no seat {seat}: {why}")
    effect = _NOTHING
    next = N_("look at the organs and their seats in the accord file")
    more = _SEATS


class SeatsClashError(VeedorError):
    """An officer cannot hold these seats together."""

    code = "GOV034"
    what = N_("{officer} cannot take the seat {seat} of {organ}: {why}")
    effect = _NOTHING
    next = N_("seat another officer, or vacate the other seat first")
    more = _SEATS


class DelegationRefusedError(VeedorError):
    """A seat cannot be exercised by another in this way."""

    code = "GOV035"
    what = N_("{giver} cannot let {taker} exercise the seat {seat}: {why}")
    effect = _NOTHING
    next = N_("choose another officer, other acts or an earlier last day")
    more = _DELEGATION


class GroupsTooFewError(VeedorError):
    """A pseudonym would be sealed for too few groups."""

    code = "GOV036"
    what = N_("the link behind {pseudonym} has to be sealed for every party and for the board; without shares are: {missing}")
    effect = N_("Nothing was sealed, and no officer was added.")
    next = N_("name holders for each of them: --holders US=2/3 --holders MX=2/3 --holders board=2/3")
    more = _PSEUDONYMS


class ShareWrongError(VeedorError):
    """A share is not one of the pseudonym's."""

    code = "GOV037"
    exit_code = INTEGRITY
    what = N_("share {number} of {group} is none of the shares of {pseudonym}, or was altered")
    effect = _NOT_OPENED
    next = N_("ask that holder for the share again, over a channel you trust")
    more = _PSEUDONYMS


class SharesTooFewError(VeedorError):
    """Not enough holders came together."""

    code = "GOV038"
    what = N_("{pseudonym} cannot be opened yet; present of needed: {missing}")
    effect = _NOT_OPENED
    next = N_("bring the shares of more holders of these groups")
    more = _PSEUDONYMS


class SealBrokenError(VeedorError):
    """What was sealed was altered, or is no sealed link."""

    code = "GOV039"
    exit_code = INTEGRITY
    what = N_("what is sealed behind {pseudonym} was altered, or is no sealed link")
    effect = _NOT_OPENED
    next = N_("take the file from a copy made before; keep the altered one as evidence")
    more = _PSEUDONYMS
