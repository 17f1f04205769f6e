"""Roles and acts: what an officer may be, and what somebody may want to do. The policies (`policies/*.cedar`) bring the two together."""

from __future__ import annotations

from enum import Enum

from veedor.kernel.language import N_


class Role(Enum):
    """What a seat makes of the officer who holds it."""

    OFFICER = "officer"  # speaks and signs for a party
    ANALYST = "analyst"  # takes snapshots, makes findings
    REVIEWER = "reviewer"  # reviews what others found
    BOARD_MEMBER = "board-member"  # sits for neither party in an organ that both answer to
    ADMINISTRATOR = "administrator"  # keeps a node running, and touches no content
    OBSERVER = "observer"  # sees what is shared, and counter-signs
    CODER = "coder"  # grades commitments
    AUDITOR = "auditor"  # sees everything that is not sealed, changes nothing


VOTING = frozenset({Role.OFFICER, Role.BOARD_MEMBER})
"""The roles whose seats are counted out in the accord and have a voice in decisions."""

ROLE_WORDS = {
    Role.OFFICER: N_("officer"),
    Role.ANALYST: N_("analyst"),
    Role.REVIEWER: N_("reviewer"),
    Role.BOARD_MEMBER: N_("board member"),
    Role.ADMINISTRATOR: N_("administrator"),
    Role.OBSERVER: N_("observer"),
    Role.CODER: N_("coder"),
    Role.AUDITOR: N_("auditor"),
}


class Action(Enum):
    """What somebody may want to do with an item."""

    SEE = "see"  # read it, find it, count it, export it
    TAKE = "take"  # take in a snapshot
    FIND = "find"  # issue a verdict
    CODE = "code"  # grade a commitment
    REVIEW = "review"
    REPLY = "reply"
    DECIDE = "decide"
    OPEN = "open"  # see what is sealed
    SHARE = "share"
    RETRACT = "retract"
    ERASE = "erase"
    SEAT = "seat"  # add an officer, fill or vacate a seat
    KEY = "key"  # add, rotate or revoke a key
    DELEGATE = "delegate"
    ADMINISTER = "administer"  # migrate, back up, seal batches


QUORUM = frozenset({Action.DECIDE, Action.OPEN, Action.ERASE})
"""What nobody does alone: the parties have to agree on it, and the board where there is one to ask."""

NOT_DELEGATED = frozenset({Action.OPEN, Action.ERASE, Action.SEAT, Action.KEY, Action.DELEGATE, Action.ADMINISTER})
"""What is done by the holder of a seat or not at all."""
