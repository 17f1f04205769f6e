"""Pseudonyms of officers: who stands behind one is sealed, and only holders of every party and of the board together can open it.

The link between pseudonym and person is encrypted with a key of its own. That key is the exclusive or of one part for each group (each
party, the board), so that every group is needed; each part is split among the group's holders (`shamir`), so that some of them suffice.
What is sealed carries the digest of every share, so that a wrong share is found and named before anything is opened.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from veedor.governance import shamir
from veedor.governance.keys import encoded
from veedor.governance.officer_errors import GroupsTooFewError, SealBrokenError, SharesTooFewError, ShareWrongError
from veedor.kernel import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FORMAT = "veedor/sealed-link/1"
SHARE = "veedor/share/1"
KEY_BYTES, NONCE_BYTES = 32, 12
BOARD = "board"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Holders of shares who answer to one party, or to the board: how many of them there are, and how many have to come together."""

    name: str
    needed: int
    count: int

    def __post_init__(self) -> None:
        if not 1 <= self.needed <= self.count <= shamir.MOST or not self.name:
            raise ValueError(f"{self.needed} of {self.count} holders cannot be")


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one holder keeps. By itself it says nothing."""

    pseudonym: str
    group: str
    number: int
    value: bytes = field(repr=False)

    def text(self) -> str:
        """As the holder's file holds it."""
        kept = {"format": SHARE, "pseudonym": self.pseudonym, "group": self.group, "number": self.number, "value": encoded(self.value)}
        return canonical.pretty(kept) + "\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """The link between a pseudonym and a person, unreadable without the shares."""

    pseudonym: str
    groups: tuple[Group, ...]
    shares: tuple[tuple[str, int, str], ...]  # group, number, and the digest by which a share is known again
    nonce: bytes
    content: bytes

    def __post_init__(self) -> None:
        numbered = [(group.name, number) for group in self.groups for number in range(1, group.count + 1)]
        if [(group, number) for group, number, _ in self.shares] != numbered or len(self.groups) < 2 or len(self.nonce) != NONCE_BYTES:
            raise ValueError("the shares are not those of the groups")

    def plain(self) -> dict[str, object]:
        """As it is stored: nothing in it tells who stands behind the pseudonym."""
        return {**_header(self.pseudonym, self.groups, self.shares), "nonce": encoded(self.nonce), "content": encoded(self.content)}


def new_pseudonym() -> str:
    """A new name that says nothing about whoever bears it."""
    return f"o-{secrets.token_hex(5)}"


def seal(pseudonym: str, person: str, groups: Sequence[Group], required: Iterable[str]) -> tuple[Sealed, tuple[Share, ...]]:
    """Seal who stands behind a pseudonym; the shares go to their holders and are kept nowhere else.

    Args:
        pseudonym: The name in the ledger.
        person: Who bears it.
        groups: How many holders each group has and how many suffice.
        required: The groups without whom it must not be opened: every party with a node, and the board.

    Raises:
        GroupsTooFewError: a required group holds no share, or there is only one group.
    """
    names = [group.name for group in groups]
    lacking = sorted(set(required) - set(names))
    if lacking or len(set(names)) != len(names) or len(names) < 2:
        raise GroupsTooFewError(pseudonym=pseudonym, missing=tuple(lacking) or ("-",))
    parts = [secrets.token_bytes(KEY_BYTES) for _ in groups]
    shares = tuple(
        Share(pseudonym=pseudonym, group=group.name, number=number, value=value)
        for group, part in zip(groups, parts, strict=True)
        for number, value in shamir.split(part, group.needed, group.count).items()
    )
    known = tuple((share.group, share.number, _digest(share)) for share in shares)
    nonce = secrets.token_bytes(NONCE_BYTES)
    header = canonical.canonical(_header(pseudonym, tuple(groups), known))
    content = AESGCM(_together(parts)).encrypt(nonce, person.encode(), header)
    return Sealed(pseudonym=pseudonym, groups=tuple(groups), shares=known, nonce=nonce, content=content), shares


def opened(sealed: Sealed, shares: Iterable[Share]) -> str:
    """Who stands behind the pseudonym.

    Raises:
        ShareWrongError: a share is none of this pseudonym's, or was altered.
        SharesTooFewError: a group's holders do not suffice.
        SealBrokenError: what was sealed was altered.
    """
    known = {(group, number): digest for group, number, digest in sealed.shares}
    given: dict[str, dict[int, bytes]] = {group.name: {} for group in sealed.groups}
    for share in shares:
        if share.pseudonym != sealed.pseudonym or known.get((share.group, share.number)) != _digest(share):
            raise ShareWrongError(pseudonym=sealed.pseudonym, group=share.group, number=share.number)
        given[share.group][share.number] = share.value
    lacking = tuple(
        f"{group.name} {len(given[group.name])}/{group.needed}" for group in sealed.groups if len(given[group.name]) < group.needed
    )
    if lacking:
        raise SharesTooFewError(pseudonym=sealed.pseudonym, missing=lacking)
    key = _together([shamir.combine(given[group.name]) for group in sealed.groups])
    header = canonical.canonical(_header(sealed.pseudonym, sealed.groups, sealed.shares))
    try:
        return AESGCM(key).decrypt(sealed.nonce, sealed.content, header).decode()
    except InvalidTag as error:
        raise SealBrokenError(pseudonym=sealed.pseudonym) from error


def read_sealed(data: Mapping[str, object], where: str) -> Sealed:
    """What `Sealed.plain` wrote.

    Raises:
        SealBrokenError: it is something else.
    """
    try:
        groups = tuple(Group(**group) for group in data["groups"])  # type: ignore[attr-defined]  # anything else is caught below
        shares = tuple((str(group), int(number), str(digest)) for group, number, digest in data["shares"])  # type: ignore[attr-defined]
        nonce, content = (_raw(str(data[name])) for name in ("nonce", "content"))
        found = Sealed(pseudonym=str(data["pseudonym"]), groups=groups, shares=shares, nonce=nonce, content=content)
    except (KeyError, TypeError, ValueError) as error:
        raise SealBrokenError(where=where, pseudonym=str(data.get("pseudonym", "-"))) from error
    if found.plain() != dict(data):
        raise SealBrokenError(where=where, pseudonym=found.pseudonym)
    return found


def read_share(text: str, where: str) -> Share:
    """What `Share.text` wrote.

    Raises:
        ShareWrongError: it is something else.
    """
    try:
        data = canonical.read(text)
        value = _raw(str(data["value"]))
        found = Share(pseudonym=str(data["pseudonym"]), group=str(data["group"]), number=int(data["number"]), value=value)
        is_whole = found.text() == text
    except (KeyError, TypeError, ValueError) as error:
        raise ShareWrongError(where=where, pseudonym="-", group="-", number=0) from error
    if not is_whole:
        raise ShareWrongError(where=where, pseudonym=found.pseudonym, group=found.group, number=found.number)
    return found


def _header(pseudonym: str, groups: tuple[Group, ...], shares: tuple[tuple[str, int, str], ...]) -> dict[str, object]:
    counted = [{"name": group.name, "needed": group.needed, "count": group.count} for group in groups]
    return {"format": FORMAT, "pseudonym": pseudonym, "groups": counted, "shares": [list(share) for share in shares]}


def _digest(share: Share) -> str:
    """The digest of a share. Its value is as long as a key and random, so the digest gives nothing away."""
    named = canonical.canonical([share.pseudonym, share.group, share.number])
    return hashlib.sha256(SHARE.encode() + b"\n" + named + b"\n" + share.value).hexdigest()


def _together(parts: Sequence[bytes]) -> bytes:
    return reduce(lambda one, other: bytes(a ^ b for a, b in zip(one, other, strict=True)), parts)


def _raw(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
