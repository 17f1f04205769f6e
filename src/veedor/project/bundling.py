"""Bundles of a project's verdicts: one self-contained file each, for whoever checks the checkers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from veedor.audit.bundle import MOST_BYTES, Bundle, Input, OfficerSignature, Shown, verdict_digest
from veedor.audit.bundle import read as read_bundle
from veedor.evidence.ledger.kinds import SnapshotTaken, VerdictIssued
from veedor.evidence.ledger.reading import Query, list_entries
from veedor.evidence.log import checkpoint as notes
from veedor.evidence.log.keys import ED25519, PUBLIC_BYTES, decoded
from veedor.evidence.log.policy import Log, Policy
from veedor.kernel.canonical import digest_bytes
from veedor.kernel.errors import nearest
from veedor.kernel.language import N_, Template
from veedor.kernel.markings import Marking
from veedor.project import ledger
from veedor.project.errors import OfflineError
from veedor.project.ledger_errors import BundleTooLargeError, VerdictNotEnteredError, VerdictNotSealedError, VerdictUnknownError
from veedor.project.node_key import public_keys
from veedor.project.witnesses import witnesses
from veedor.sources.addresses import Address
from veedor.sources.remote import Fetched, Limits, fetch
from veedor.verdicts import keeping

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sqlalchemy import Engine

    from veedor.evidence.ledger.reading import Entry, Visible
    from veedor.project.project import Project
    from veedor.verdicts.keeping import Recipe

METHOD = "veedor.verdicts"
SHORTEST = 8  # digits of a verdict's digest that may stand for all of it
LIMITS = Limits(max_bytes=MOST_BYTES, total_seconds=300.0)
WHERE_SENT = Template("project.bundle-address", N_("The address that whoever made the bundle gave."))
_ANYONE = "anyone"
_KINDS = Query(kinds=("verdict-issued", "snapshot-taken"))


class Named(NamedTuple):
    """A verdict of the last judgement, and the file name that it goes by."""

    verdict: Mapping[str, Any]
    digest: str
    recipe: Recipe

    @property
    def label(self) -> str:
        """Commitment, reading and parties, as tables show them."""
        found = self.verdict
        name = f"{found['commitment']}/{found['reading']}" if found["reading"] else found["commitment"]
        return f"{name} ({'+'.join(found['parties'])})"

    @property
    def file(self) -> str:
        """A file name of its own."""
        return f"{self.verdict['commitment']}-{self.digest[:12]}.bundle.json"


def named(project: Project, names: Sequence[str]) -> tuple[Named, ...]:
    """The verdicts of the judgement made last that are asked for, by commitment or by the first digits of their digests.

    Raises:
        VerdictUnknownError: one name fits none.
    """
    held = _last(project)
    commitments = tuple(dict.fromkeys(str(one.verdict["commitment"]) for one in held))
    found: dict[str, Named] = {}
    for name in names:
        fitting = [one for one in held if name == one.verdict["commitment"] or (len(name) >= SHORTEST and one.digest.startswith(name))]
        if not fitting:
            close = nearest(name, commitments)
            raise VerdictUnknownError(where=str(project.folder.evidence), name=name, nearest=f' ("{close}"?)' if close else "")
        found |= {one.digest: one for one in fitting}
    return tuple(found.values())


def _last(project: Project) -> tuple[Named, ...]:
    store = project.store
    made = [keeping.read(store.kept(keeping.DOMAIN, digest)) for digest in store.list_kept(keeping.DOMAIN)]
    if not made:
        return ()
    recipe, verdicts = max(made, key=lambda pair: (pair[0].made_at, pair[0].result_digest))
    return tuple(Named(verdict, verdict_digest(verdict), recipe) for verdict in verdicts)


def bundles(project: Project, visible: Visible, asked: Sequence[Named], file: str, *, whole: bool = False) -> tuple[Bundle, ...]:
    """A bundle for each verdict. `whole` puts files in even where a publisher's address would stand for them.

    Raises:
        VerdictNotEnteredError, VerdictNotSealedError: the log does not hold one of the verdicts, or not yet.
        BundleTooLargeError: what one of them rests on does not fit.
        PolicyMalformedError: the project's file of witnesses cannot be read.
    """
    with ledger.opened(project) as engine:
        public = [one for one in list_entries(engine, visible, _KINDS) if one.marking is Marking.PUBLIC and one.opening is not None]
        chosen = [_entries(project, public, one, file) for one in asked]
        return tuple(
            _bundle(project, engine, visible, one, entries, _inputs(project, one, whole=whole))
            for one, entries in zip(asked, chosen, strict=True)
        )


def _entries(project: Project, public: Sequence[Entry], one: Named, file: str) -> list[Entry]:
    """The entry that issued the verdict, first, and those of the snapshots that it rests on, as far as they are sealed."""
    issued = [entry for entry in public if isinstance(entry.body, VerdictIssued) and entry.body.verdict == one.digest]
    issued = [entry for entry in issued if _judgement(entry) == one.recipe.result_digest] or issued
    if not issued:
        raise VerdictNotEnteredError(where=str(project.folder.root), verdict=one.label)
    sealed = [entry for entry in issued if entry.leaf_index is not None]
    if not sealed:
        raise VerdictNotSealedError(
            where=str(project.folder.root), verdict=one.label, closes=ledger.closes(project), name=one.verdict["commitment"], file=file
        )
    rests_on = set(_snapshots(one))
    taken = [entry for entry in public if isinstance(entry.body, SnapshotTaken) and entry.body.snapshot in rests_on]
    return [sealed[0], *(entry for entry in taken if entry.leaf_index is not None)]


def _judgement(entry: Entry) -> str:
    return entry.body.judgement if isinstance(entry.body, VerdictIssued) else ""


def _bundle(project: Project, engine: Engine, visible: Visible, one: Named, entries: list[Entry], inputs: tuple[Input, ...]) -> Bundle:
    proofs = ledger.prove(engine, ledger.log_folder(project), entries)
    signed = notes.read(proofs[0].checkpoint)[1].signatures
    signers = {(line.name, line.id) for line in signed}
    logs = tuple(Log(key=key) for key in public_keys(project, engine, visible) if (key.name, key.id) in signers)
    known = witnesses(project)
    signatures = [
        OfficerSignature(entry=at, key=key, signature=entry.officer_signature)
        for at, entry in enumerate(entries)
        if len(key := decoded(entry.officer_key) or b"") == PUBLIC_BYTES[ED25519]
    ]
    return Bundle(
        grade=one.verdict["recomputable"],
        is_exercise=one.verdict["exercise"],
        verdict=one.verdict,
        entries=tuple(
            Shown(opening=entry.opening, proof=found.data())
            for entry, found in zip(entries, proofs, strict=True)
            if entry.opening is not None
        ),
        policy=Policy(logs=logs, witnesses=known.witnesses, groups=known.groups, quorum=known.quorum).data(),
        method=(METHOD, one.recipe.method),
        inputs=inputs,
        signatures=tuple(signatures),
    )


def _snapshots(one: Named) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(support["snapshot"]) for support in one.verdict["supports"]))


def _inputs(project: Project, one: Named, *, whole: bool) -> tuple[Input, ...]:
    """What the verdict rests on. Bytes go in only where anyone may have them: of all else the digest alone."""
    store, is_open = project.store, one.verdict["recomputable"] == _ANYONE
    kept = [("accord", one.recipe.accord), *(("indicator", digest) for digest in one.recipe.indicators)]
    texts = [(name, digest, store.kept(name, digest)) for name, digest in kept]
    held = [store.snapshot(digest) for digest in _snapshots(one)]
    addresses = {s.digest: next((c.address for c in s.captures if c.address), "") for s in held}
    put_in = [s for s in held if is_open and (whole or not addresses[s.digest])]
    size = sum(s.size for s in put_in) * 4 // 3
    if size > MOST_BYTES:
        sources = tuple(dict.fromkeys(s.source for s in put_in))
        raise BundleTooLargeError(verdict=one.label, found=size, limit=MOST_BYTES, sources=sources)
    files = {s.digest: store.original(s.digest) for s in put_in}
    return (
        *(Input(name=f"{name}:{digest_bytes(data)[:12]}", digest=digest, data=data if is_open else None) for name, digest, data in texts),
        *(
            Input(name=f"{s.source}:{s.part}".rstrip(":"), digest=s.digest, address=addresses[s.digest], data=files.get(s.digest))
            for s in held
        ),
    )


def download(url: str, *, offline: bool, on_progress: Callable[[int, int | None], None]) -> bytes:
    """A bundle from an address, whole and in the form of a bundle; whether it is sound, an audit says.

    Raises:
        OfflineError: connections are switched off.
        BundleMalformedError: what is there is no bundle.
        VeedorError: one of SRC050 to SRC064; nothing was received then.
    """
    if offline:
        raise OfflineError(count=1)
    address = Address(source="bundle", url=url, note=WHERE_SENT())
    answer = fetch(address, limits=LIMITS, on_progress=on_progress)
    data = answer.data if isinstance(answer, Fetched) else b""  # nothing was held before, so "not changed" is no answer
    read_bundle(data)
    return data
