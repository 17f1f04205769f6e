"""Downloading for a project: which addresses, under which conditions, and into the evidence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import urlsplit

from veedor.evidence.snapshot import Snapshot
from veedor.project import intake
from veedor.project.errors import OfflineError
from veedor.project.project import Project
from veedor.sources.addresses import Address, addresses, of_source
from veedor.sources.remote import Conditional, NotModified, fetch
from veedor.sources.taking import Offered, Received, date_in


class Errand(NamedTuple):
    """One address to ask, and what its last answer said about itself."""

    address: Address
    previous: Conditional | None


def plan(project: Project, names: tuple[str, ...], *, offline: bool) -> tuple[Errand, ...]:
    """Every address of the sources named, or of all sources that have one; names are checked before anything is asked.

    Raises:
        OfflineError: connections are switched off.
        UnknownNameError: a source is not registered.
    """
    known = addresses(project.settings.addresses)
    registry = project.sources()
    for name in names:
        registry[name.partition(":")[0]]  # raises, with the nearest name, before anything is asked
    chosen = [found for name in names for found in of_source(known, name)] if names else [found for found in known.values() if found.url]
    if offline:
        raise OfflineError(count=len(chosen))
    held = project.store.snapshots()
    return tuple(Errand(address, _previous(held, address)) for address in chosen)


def _previous(held: tuple[Snapshot, ...], address: Address) -> Conditional | None:
    captures = [(c.at, dict(c.headers)) for s in held for c in s.captures if c.address and c.address == address.url]
    if not captures:
        return None
    _, headers = max(captures, key=lambda pair: pair[0])
    found = Conditional(etag=headers.get("etag", ""), last_modified=headers.get("last-modified", ""))
    return found if found.etag or found.last_modified else None


def run(project: Project, errand: Errand, on_progress: Callable[[int, int | None], None]) -> Received | None:
    """Fetch one address and take the file in; None when the publisher says that it has not changed."""
    answer = fetch(errand.address, previous=errand.previous, on_progress=on_progress)
    if isinstance(answer, NotModified):
        return None
    name = PurePosixPath(urlsplit(answer.url).path).name or errand.address.source
    headers = tuple(sorted(answer.facts.items()))
    offered = Offered(
        name=name,
        data=answer.data,
        address=errand.address.url,
        headers=headers,
        stated=_stated(name, answer.facts.get("last-modified", "")),
    )
    return intake.take(project, offered)


def _stated(name: str, modified: str) -> date | None:
    """The date in the file's name, else the one its server gives."""
    if date_in(name) is not None or not modified:
        return date_in(name)
    try:
        return parsedate_to_datetime(modified).date()
    except ValueError:
        return None
