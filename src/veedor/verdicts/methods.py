"""Versions of the method of judging. A judgement names the one it was made with; a change never rewrites old verdicts."""

from __future__ import annotations

from collections.abc import Mapping

from veedor.verdicts.errors import MethodRetiredError, MethodUnknownError

CURRENT = "1"
SHIPPED = frozenset({"1"})
RETIRED: Mapping[str, str] = {}
"""Version to the last release that shipped it."""


def check(version: str, shipped: frozenset[str] = SHIPPED, retired: Mapping[str, str] = RETIRED) -> None:
    """Pass when this release ships the version.

    Raises:
        MethodRetiredError: an earlier release did; the message names it.
        MethodUnknownError: none is known to.
    """
    if version in shipped:
        return
    if version in retired:
        raise MethodRetiredError(version=version, release=retired[version])
    raise MethodUnknownError(version=version, known=tuple(sorted(shipped)))
