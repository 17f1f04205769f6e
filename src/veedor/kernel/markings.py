"""How a record may be handled. Data, never a string compare; the full algebra (join, order, policies) lives beside it as it lands."""

from __future__ import annotations

from enum import IntEnum


class Marking(IntEnum):
    """Handling in the order of restriction; a derived product takes the highest of its inputs."""

    PUBLIC = 0
    SHARED = 1
    RESTRICTED = 2
    SEALED = 3


def join(*markings: Marking) -> Marking:
    """The marking of something made from all of these; of nothing, public."""
    return max(markings, default=Marking.PUBLIC)
