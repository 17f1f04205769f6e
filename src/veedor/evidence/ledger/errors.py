"""What can be wrong with an entry and with the ledger, in words: one class a situation."""

from __future__ import annotations

from veedor.kernel.errors import INTEGRITY, VeedorError
from veedor.kernel.language import N_

_NOTHING = N_("Nothing was entered. Everything entered before is intact.")
_SIGNING = N_(
    "Acts of people carry the signature of the officer's own key over the bytes of the entry. The keys that speak for each officer are "
    "entries too, and a key speaks for nobody from the entry that revokes it on, whatever date the act bears."
)
_TIME = N_(
    "What was known when is told by the ledger, so an entry bears the time at which it was entered. When the thing itself happened is said "
    "in the entry."
)
_ALTERED = N_(
    "Each entry is committed to by a salted hash that cannot be met by another content, the published log holds these commitments in a "
    "tree whose root others have signed, and the tables follow from the entries. A difference shows that somebody or something changed "
    "the database other than by entering."
)
_RESTORE = N_("restore the state from a copy made before, then enter again what is missing; keep the altered file as evidence")


class EntryUnknownError(VeedorError):
    """There is no such entry, or none that this reader may see: the two are not told apart."""

    code = "EVD060"
    what = N_('there is no entry "{reference}" here')
    effect = N_("Nothing was read or written.")
    next = N_("name an entry by its index in the published log, or by the first digits of its commitment")
    more = N_(
        "An entry that a reader may not see is answered exactly as one that does not exist. Entries have an index once they are sealed."
    )


class RequestReusedError(VeedorError):
    """A request key was used before for something else."""

    code = "EVD061"
    what = N_('the request "{request}" was used before, for another entry of kind {kind}')
    effect = _NOTHING
    next = N_("use a new request key for a new act")
    more = N_(
        "Whoever enters something chooses a key for the request. Repeating a request whose outcome got lost is safe: it is entered once. "
        "The same key for a different content would be two acts under one name."
    )


class ActDatedError(VeedorError):
    """An act bears another time than that at which it is entered."""

    code = "EVD062"
    what = N_("the act is dated {dated}, and the clock here says {now}")
    effect = _NOTHING
    next = N_("sign the act again now; when the thing itself happened belongs into its text")
    more = _TIME


class ClockBehindError(VeedorError):
    """The machine's clock is behind the ledger."""

    code = "EVD063"
    what = N_("the clock here says {now}, and the latest entry was made at {latest}")
    effect = _NOTHING
    next = N_("set this machine's clock, then repeat the command")
    more = _TIME


class SignatureAbsentError(VeedorError):
    """A person's act carries no signature."""

    code = "EVD064"
    what = N_("an entry of kind {kind} is a person's act, and carries no officer's signature")
    effect = _NOTHING
    next = N_("sign it with the key of the officer who acts")
    more = _SIGNING


class SignatureUnfitError(VeedorError):
    """The signature on an act does not fit it."""

    code = "EVD065"
    exit_code = INTEGRITY
    what = N_("the signature on the {kind} by {actor} does not fit what it says")
    effect = _NOTHING
    next = N_("sign the act as it stands, with the key that it names")
    more = _SIGNING


class OfficerKeyUnknownError(VeedorError):
    """The key on an act is not known as a key of whoever acts."""

    code = "EVD066"
    exit_code = INTEGRITY
    what = N_("the {kind} by {actor} is signed with a key that the ledger does not know as theirs: {key}")
    effect = _NOTHING
    next = N_("enter the officer's key first, or sign with a key that is entered")
    more = _SIGNING


class OfficerKeyRevokedError(VeedorError):
    """The key on an act was revoked or replaced."""

    code = "EVD067"
    exit_code = INTEGRITY
    what = N_("the key that signed the {kind} by {actor} ended on {ended}")
    effect = _NOTHING
    next = N_("sign with the officer's present key")
    more = _SIGNING


class SubjectUnknownError(VeedorError):
    """An entry speaks of something that the ledger does not know, or that has ended."""

    code = "EVD068"
    what = N_("an entry of kind {kind} speaks of {name}, which the ledger does not hold or no longer holds")
    effect = _NOTHING
    next = N_("enter first what it speaks of")
    more = N_(
        "A seat is taken by an officer who was entered, a key is revoked that was added and has not ended, a snapshot is retracted that "
        "was taken and is not retracted yet."
    )


class SubjectTakenError(VeedorError):
    """An entry would make something that is there."""

    code = "EVD069"
    what = N_("an entry of kind {kind} speaks of {name}, which is there already")
    effect = _NOTHING
    next = N_("look at what is there; end it first if it has to be another")
    more = N_("A key or an officer is added once, and a seat holds one officer at a time. A retried act is recognised by its request key.")


class NotErasableError(VeedorError):
    """An entry of this kind cannot be erased."""

    code = "EVD070"
    what = N_("an entry of kind {kind} cannot be erased")
    effect = N_("Nothing was erased.")
    next = N_("erase the entries that hold the personal content; these kinds can be: {kinds}")
    more = N_(
        "Keys, officers, seats and retractions decide what other entries are worth, and hold pseudonyms and digests only. Verdicts and "
        "accords are about parties, never about persons."
    )


class ErasedBeforeError(VeedorError):
    """The content of this entry is gone already."""

    code = "EVD071"
    what = N_("the content of entry {entry} was erased before")
    effect = N_("Nothing was erased.")
    next = N_("look for the entry of kind erased that names it")
    more = N_("Erasing destroys content and salt. The commitment and its proofs stay, and show nothing.")


class EntryNewerError(VeedorError):
    """An entry was written by a newer version of veedor."""

    code = "EVD072"
    what = N_("an entry of kind {kind}, version {version}, is not known to this version of veedor")
    effect = N_("Nothing was read from it, and nothing was written.")
    next = N_("install the version of veedor that wrote it, or a newer one")
    more = N_("Each kind of entry has a version. What a version does not know it does not guess.")


class EntryAlteredError(VeedorError):
    """An entry no longer is what was committed to."""

    code = "EVD073"
    exit_code = INTEGRITY
    what = N_("entry {entry} is not what was entered: {part} differs")
    effect = N_("Nothing that rests on it can be relied on. Nothing was changed.")
    next = _RESTORE
    more = _ALTERED


class EntryMissingError(VeedorError):
    """Entries are gone from the ledger."""

    code = "EVD074"
    exit_code = INTEGRITY
    what = N_("{count} entries are gone from the ledger: {place}")
    effect = N_("Nothing that rests on them can be relied on. Nothing was changed.")
    next = _RESTORE
    more = _ALTERED


class CheckpointAlteredError(VeedorError):
    """A checkpoint does not fit the entries it covers."""

    code = "EVD075"
    exit_code = INTEGRITY
    what = N_("the checkpoint over {size} entries does not fit them")
    effect = N_("The published log and the database tell two stories. Nothing was changed.")
    next = _RESTORE
    more = _ALTERED


class StateDiffersError(VeedorError):
    """A table of the state does not follow from the entries."""

    code = "EVD076"
    exit_code = INTEGRITY
    what = N_("the table {table} does not follow from the entries: {count} rows differ")
    effect = N_("The entries are intact. What reads this table may be wrong. Nothing was changed.")
    next = N_("make the tables again from the entries")
    more = _ALTERED


class LogUnwrittenError(VeedorError):
    """The files of the published log could not be written."""

    code = "EVD077"
    what = N_("the files of the published log could not be written: {why}")
    effect = N_("Nothing is lost: the ledger holds every entry and every checkpoint. What was published before stands.")
    next = N_("make room, or make the folder writable, then publish again")
    more = N_(
        "The published log is made from the ledger and can be made again at any time, to the same bytes. Its checkpoint is written last, "
        "so that readers always find the files that it speaks of."
    )
