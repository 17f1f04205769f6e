"""Entries of the ledger on the terminal and as JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from veedor.kernel import canonical
from veedor.kernel.errors import DONE
from veedor.kernel.ids import short
from veedor.kernel.language import N_
from veedor.kernel.markings import Marking
from veedor.project.ledger import says

if TYPE_CHECKING:
    from collections.abc import Sequence

    from veedor.cli.face import Face
    from veedor.evidence.ledger.reading import Entry

MARKINGS = {
    Marking.PUBLIC: N_("public"),
    Marking.SHARED: N_("shared"),
    Marking.RESTRICTED: N_("restricted"),
    Marking.SEALED: N_("sealed"),
}
_DIGEST = re.compile(r"[0-9a-f]{64}")


def table(face: Face, found: Sequence[Entry]) -> int:
    """Entries one a line, in the order in which they were entered."""
    if not found:
        face.result(face.t(N_("No entry. Whatever changes something here makes one: veedor add FILE, veedor judge")))
        return DONE
    heads = tuple(face.t(head) for head in (N_("ENTRY"), N_("PLACE"), N_("ENTERED"), N_("KIND"), N_("BY"), N_("SAYS")))
    rows = [
        (short(one.commitment), _place(one), f"{one.at:%Y-%m-%dT%H:%M:%SZ}", one.kind, one.actor, ", ".join(_words(face, one)))
        for one in found
    ]
    face.table(heads, rows, fixed=(0, 1, 2, 3))
    face.result("")
    sealed = sum(one.leaf_index is not None for one in found)
    face.result(face.t(N_("Entries: {count}. Sealed in the published log: {sealed}."), count=len(found), sealed=sealed))
    return DONE


def one_entry(face: Face, one: Entry, closes: str) -> int:
    """One entry with everything it says."""
    face.result(f"{one.kind}  {one.commitment}", "heading")
    place = _place(one) if one.leaf_index is not None else face.t(N_("none yet; its batch closes at {closes}"), closes=closes)
    lines = [
        (face.t(N_("place in the log")), place),
        (face.t(N_("entered")), f"{one.at:%Y-%m-%dT%H:%M:%S.%fZ}"),
        (face.t(N_("by")), one.actor),
        (face.t(N_("marking")), face.t(MARKINGS[one.marking])),
    ]
    if one.officer_key:
        lines.append((face.t(N_("signed with")), one.officer_key))
    said = says(one.body)
    if said is None:
        lines.append((face.t(N_("says")), face.t(N_("erased: the content is gone, the commitment and its proofs stay"))))
    lines += [(name, _shown(face, value)) for name, value in (said or {}).items() if value not in ("", ())]
    face.table((), [(f"  {name}", value) for name, value in lines])
    return DONE


def plain(one: Entry) -> dict[str, object]:
    """An entry as JSON, with what opens its commitment: whoever may read it may show it to others."""
    opening = one.opening
    return {
        "commitment": one.commitment,
        "index": one.leaf_index,
        "kind": one.kind,
        "at": one.at,
        "actor": one.actor,
        "marking": one.marking.name,
        "body": canonical.plain(says(one.body)),
        "opening": None if opening is None else {"entry": opening.entry.decode(), "salt": opening.salt.hex()},
        "officer_key": one.officer_key,
        "officer_signature": one.officer_signature.hex(),
    }


def _place(one: Entry) -> str:
    return "–" if one.leaf_index is None else str(one.leaf_index)


def _words(face: Face, one: Entry) -> list[str]:
    """The names in what an entry says; digests are left to `veedor log show`."""
    said = says(one.body)
    if said is None:
        return [face.t(N_("erased"))]
    values = [part for value in said.values() for part in (value if isinstance(value, tuple) else (value,))]
    return [value for value in values if isinstance(value, str) and value and not _DIGEST.fullmatch(value)]


def _shown(face: Face, value: object) -> str:
    if isinstance(value, bool):
        return face.t(N_("yes")) if value else face.t(N_("no"))
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
