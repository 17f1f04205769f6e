"""What can be wrong with sealing, proving, bundling and being witnessed, in words: one class a situation."""

from __future__ import annotations

from veedor.kernel.errors import INTEGRITY, UNREACHABLE, VeedorError
from veedor.kernel.language import N_

_BATCHES = N_(
    "Entries are published in batches at fixed times, filled up with entries that say nothing, so that nobody outside can tell how many "
    "acts there were or when. An entry has a place in the log, and a proof, once its batch is sealed: veedor log checkpoint"
)
_WITNESSES = N_(
    "A witness signs a checkpoint of another node's log only when it begins with everything that the witness signed before. It answers "
    "over HTTP in the form of C2SP tlog-witness, and remembers one checkpoint for each log. With enough witnesses nobody can show two "
    "versions of a log to two readers."
)
_STANDS = N_("The checkpoint is sealed and published. It does not carry the signature of this witness.")
_BUNDLES = N_(
    "A bundle is one file with a verdict, what it rests on, the entries that bind it to the log, and their proofs. Files that anyone may "
    "fetch from a publisher's address are named by address and digest; others are put in whole."
)


class NodeKeyAbsentError(VeedorError):
    """The node has no key to sign a checkpoint with."""

    code = "PRO030"
    what = N_("no Ed25519 key of this node is held in {folder} and in force in the ledger")
    effect = N_("Nothing was sealed or signed. Every entry is kept and waits for the next batch.")
    next = N_("veedor keys new")
    more = N_(
        "Checkpoints are signed with the node's key. A key counts from its entry in the ledger until it is replaced or revoked, and its "
        "private half lies encrypted in the project's folder keys."
    )


class EntryNotSealedError(VeedorError):
    """An entry has no place in the published log yet."""

    code = "PRO031"
    what = N_("entry {entry} is not sealed yet: its batch closes at {closes}")
    effect = N_("Nothing was written. The entry is kept.")
    next = N_("after {closes}: veedor log checkpoint")
    more = _BATCHES


class VerdictNotSealedError(VeedorError):
    """A verdict's entry has no place in the published log yet."""

    code = "PRO032"
    what = N_("the verdict {verdict} is not sealed yet: its batch closes at {closes}")
    effect = N_("No bundle was written. The verdict is kept.")
    next = N_("after {closes}: veedor log checkpoint, then: veedor bundle {name} -o {file}")
    more = _BATCHES


class VerdictUnknownError(VeedorError):
    """The last judgement has no such verdict."""

    code = "PRO033"
    what = N_('the last judgement holds no verdict "{name}"{nearest}')
    effect = N_("No bundle was written.")
    next = N_("veedor judge lists the commitments; veedor log shows the verdicts that are entered")
    more = N_("A verdict is named by its commitment, or by the first eight or more digits of its digest, in the judgement made last.")


class VerdictNotEnteredError(VeedorError):
    """A verdict is kept, and the ledger has no entry for it that may be passed on."""

    code = "PRO034"
    what = N_("the ledger holds no entry for the verdict {verdict} that is public")
    effect = N_("No bundle was written.")
    next = N_("veedor judge enters what is missing; an entry that is not public goes out in no bundle")
    more = _BUNDLES


class BundleTooLargeError(VeedorError):
    """What a verdict rests on does not fit into a bundle."""

    code = "PRO035"
    what = N_("the files that {verdict} rests on have {found} bytes, and a bundle takes {limit}")
    effect = N_("No bundle was written.")
    next = N_("veedor fetch {sources} records the publishers' addresses, which then stand for the files")
    more = _BUNDLES


class WitnessNotAddedError(VeedorError):
    """A witness, or a log to witness, cannot be listed as it was named."""

    code = "PRO036"
    what = N_("{name} cannot be added: {why}")
    effect = N_("Nothing was written; the list is as it was.")
    next = N_("veedor witness status shows who is listed; correct the line in {file} by hand")
    more = _WITNESSES


class WitnessUnreachableError(VeedorError):
    """A witness did not answer."""

    code = "PRO037"
    exit_code = UNREACHABLE
    what = N_("the witness {name} did not answer: {why}")
    effect = _STANDS
    next = N_("veedor log checkpoint asks again")
    more = _WITNESSES


class WitnessRefusedError(VeedorError):
    """A witness did not sign."""

    code = "PRO038"
    exit_code = INTEGRITY
    what = N_("the witness {name} did not sign: it answered {status}, {why}")
    effect = _STANDS
    next = N_("ask whoever runs the witness which checkpoint it holds, and compare it with veedor log checkpoint here")
    more = _WITNESSES


class WitnessAheadError(VeedorError):
    """A witness has signed a larger tree of this log than there is here."""

    code = "PRO039"
    exit_code = INTEGRITY
    what = N_("the witness {name} has signed a tree of {known} entries, and this log has {size}")
    effect = _STANDS
    next = N_("find out whether the state was restored from an old copy: what was published since is missing here")
    more = _WITNESSES


class WitnessAnswerError(VeedorError):
    """What a witness answered is not its signature of the checkpoint."""

    code = "PRO040"
    exit_code = INTEGRITY
    what = N_("what the witness {name} answered is not its signature of this checkpoint")
    effect = _STANDS
    next = N_("compare the witness's key and address with those it announced, over another channel")
    more = _WITNESSES


class WitnessStateError(VeedorError):
    """A witness can no longer tell what it signed last."""

    code = "PRO041"
    exit_code = INTEGRITY
    what = N_("what was last signed for {origin} cannot be read: {why}")
    effect = N_("Nothing is signed for this log: a witness that forgets could sign two versions of it.")
    next = N_("restore the file from a copy; where there is none, end this witness and begin another with a new key")
    more = _WITNESSES


class WitnessAddressError(VeedorError):
    """The witness cannot listen at an address."""

    code = "PRO042"
    what = N_("the witness cannot listen at {host}, port {port}: {why}")
    effect = N_("Nothing was signed. What the witness remembers is as it was.")
    next = N_("veedor witness serve --host HOST --port PORT with an address of this machine that is free")
    more = _WITNESSES


class EvidenceMalformedError(VeedorError):
    """A file is not evidence that a witness kept."""

    code = "PRO043"
    exit_code = INTEGRITY
    what = N_("{file} is not evidence that a witness kept")
    effect = N_("Nothing was checked.")
    next = N_("name a file from the folder witness of whoever runs the witness")
    more = N_(
        "Evidence is canonical JSON with two checkpoints signed by one log that do not go together. Whoever trusts the log's key can check "
        "it without trusting the witness."
    )
