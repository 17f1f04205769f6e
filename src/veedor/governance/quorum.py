"""Who has assented to a decision, and whose assent is still missing. Nobody decides alone: both parties and the board have to agree."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from veedor.governance.keys import SIGNATURE_BYTES, decoded, encoded, fits
from veedor.governance.roles import QUORUM, Action, Role
from veedor.kernel import canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from veedor.accord.model import Accord
    from veedor.evidence.signer import Signer
    from veedor.governance.subjects import Item, Principal

DOMAIN = b"veedor/assent/1\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """What is to be decided: exactly these words for exactly this item, so that an assent means nothing else."""

    action: Action
    organ: str
    subject: str  # digest or name of the item
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Assent:
    """One officer's signed yes or no to a motion."""

    officer: str
    key: str
    signature: str
    is_yes: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a motion stands."""

    required: frozenset[str]  # the parties that have to assent
    missing: frozenset[str]  # those that have not
    is_board_missing: bool
    is_contested: bool = False  # an objection where the organ decides by consensus, or no majority yet


def message(motion: Motion, *, is_yes: bool) -> bytes:
    """The bytes that an officer signs to assent, or to object."""
    return DOMAIN + canonical.canonical({"motion": motion, "yes": is_yes})


def assent(signer: Signer, officer: str, motion: Motion, *, is_yes: bool = True) -> Assent:
    """An officer's signature to a motion."""
    signature = encoded(signer.sign(message(motion, is_yes=is_yes)))
    return Assent(officer=officer, key=signer.key_id, signature=signature, is_yes=is_yes)


def verified(assents: Iterable[Assent], motion: Motion, keys: Mapping[str, frozenset[str]]) -> tuple[Assent, ...]:
    """Those whose signature fits the motion and is by a key that is in force for the officer; the others count for nothing."""
    return tuple(one for one in assents if one.key in keys.get(one.officer, frozenset()) and _is_whole(one, motion))


def _is_whole(one: Assent, motion: Motion) -> bool:
    public, signature = decoded(one.key, 32), decoded(one.signature, SIGNATURE_BYTES)
    return public is not None and signature is not None and fits(public, signature, message(motion, is_yes=one.is_yes))


def standing(motion: Motion, assents: Iterable[Assent], seated: Mapping[str, Principal], item: Item, accord: Accord) -> Standing:
    """Where a motion stands after these verified assents.

    A voice counts for one seat. It does not count when it is an administrator's, or that of somebody who made or reviewed the item:
    whoever found or reviewed something does not also decide on it. A member of the board counts for the board, never for a party.

    Args:
        motion: What is to be decided.
        assents: Those that `verified` let through.
        seated: The officers by name, with the roles and organs that their seats give them.
        item: What the decision is about.
        accord: Says which parties and outsiders hold seats, and how the organ decides.
    """
    yes, no = _voices(motion, assents, seated, item)
    required = frozenset(_parties(motion, accord))
    by_party = {voice.party for voice in yes if Role.BOARD_MEMBER not in voice.roles}
    has_board = any(Role.BOARD_MEMBER in voice.roles for voice in yes)
    return Standing(
        required=required,
        missing=required - by_party,
        is_board_missing=_needs_board(motion, accord) and not has_board,
        is_contested=motion.action is Action.DECIDE and _is_contested(motion, accord, len(yes), len(no)),
    )


def _voices(
    motion: Motion, assents: Iterable[Assent], seated: Mapping[str, Principal], item: Item
) -> tuple[tuple[Principal, ...], tuple[Principal, ...]]:
    """Who says yes and who says no, each seat once; whoever said both has said nothing."""
    said: dict[str, set[bool]] = {}
    voices: dict[str, Principal] = {}
    for one in assents:
        voice = seated.get(one.officer)
        if voice is None or not _counts(voice, motion, item):
            continue
        holder = voice.acting_for or voice.name
        said.setdefault(holder, set()).add(one.is_yes)
        voices[holder] = voice
    agreed = {holder: voices[holder] for holder, words in said.items() if len(words) == 1}
    yes = tuple(voice for holder, voice in agreed.items() if True in said[holder])
    return yes, tuple(voice for holder, voice in agreed.items() if False in said[holder])


def _counts(voice: Principal, motion: Motion, item: Item) -> bool:
    if Role.ADMINISTRATOR in voice.roles or not voice.roles & {Role.OFFICER, Role.BOARD_MEMBER} or voice.is_absent:
        return False
    if (item.made_by | item.reviewed_by) & {voice.name, voice.acting_for}:
        return False
    return motion.action is not Action.DECIDE or motion.organ in voice.organs


def _parties(motion: Motion, accord: Accord) -> tuple[str, ...]:
    """The parties whose assent is needed: those with seats in the organ that decides, or every one that has a node."""
    able = tuple(name for name, party in accord.parties.items() if party.kind != "armed-group")
    if motion.action is not Action.DECIDE or motion.organ not in accord.organs:
        return able
    seats = accord.organs[motion.organ].seats
    return tuple(name for name in able if seats.get(name))


def _needs_board(motion: Motion, accord: Accord) -> bool:
    """To open and to erase always; to decide, where the organ has seats for others than the parties."""
    if motion.action is not Action.DECIDE:
        return motion.action in QUORUM
    return motion.organ in accord.organs and bool(outsiders(accord, motion.organ))


def outsiders(accord: Accord, organ: str) -> tuple[str, ...]:
    """Who holds seats in an organ without being a party."""
    return tuple(word for word, count in accord.organs[organ].seats.items() if count and word not in accord.parties)


def _is_contested(motion: Motion, accord: Accord, yes: int, no: int) -> bool:
    organ = accord.organs.get(motion.organ)
    if organ is None or organ.decides == "advises":
        return True  # nobody decides there
    if organ.decides == "majority":
        return 2 * yes <= sum(organ.seats.values())
    return no > 0  # consensus: also where the accord does not say how
