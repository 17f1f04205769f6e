"""What can be wrong with a log, its checkpoints, its proofs and its policies, in words: one class a situation."""

from __future__ import annotations

from veedor.kernel.errors import INTEGRITY, VeedorError
from veedor.kernel.language import N_, Template

_NOTHING = N_("Nothing was accepted from it, and nothing was written.")
_NOTE = N_(
    "A signed note is text, an empty line, and one line for each signature: a dash, the name of the key, and the signature in base64. "
    "The form is fixed to the byte (C2SP signed-note, tlog-checkpoint, tlog-cosignature), so that two readers never see two meanings."
)
_KEYS = N_(
    "A public key is written name+id+key, where the id is eight hexadecimal digits that follow from name and key; a private key has "
    "PRIVATE+KEY+ in front. Keys that fit every signature (of small order, or not in their one spelling) are refused."
)
_TRUST = N_(
    "Whose signatures count is decided by the policy file that the reader chose: which logs, which witnesses, and how many of them. "
    "Signatures by other keys are ignored. A key that the log itself shows proves nothing."
)

TOO_LONG = Template("log.too-long", N_("it is longer than {limit} bytes"))
NOT_UTF8 = Template("log.not-utf8", N_("it is not UTF-8"))
CONTROL = Template("log.control", N_("it holds a control character (byte {byte})"))
NO_SIGNATURES = Template("log.no-signatures", N_("no empty line and signature lines stand at its end"))
TOO_MANY_SIGNATURES = Template("log.too-many-signatures", N_("it carries more than {limit} signatures"))
SIGNED_TWICE = Template("log.signed-twice", N_("{name} signed it twice"))
LINE_SHAPE = Template("log.line-shape", N_('signature line {line} is not "— name signature": {found}'))
TOO_FEW_LINES = Template("log.too-few-lines", N_("its text has {found} lines, and at least 3 are expected: origin, size, root"))
EMPTY_LINE = Template("log.empty-line", N_("line {line} of its text is empty"))
SIZE_SHAPE = Template("log.size-shape", N_("its size is not a decimal number without leading zeros: {found}"))
HASH_SHAPE = Template("log.hash-shape", N_("{found} is not 32 bytes in base64"))
ORIGIN_LONG = Template("log.origin-long", N_("its origin is longer than 255 bytes, which an ML-DSA-44 signature cannot name"))
PROOF_HEAD = Template("log.proof-head", N_('its first line is not "{expected}": {found}'))
PROOF_EXTRA = Template("log.proof-extra", N_("its extra line is not base64"))
PROOF_INDEX = Template("log.proof-index", N_('no line "index N" follows its head: {found}'))
PROOF_END = Template("log.proof-end", N_("no empty line and checkpoint follow its hashes"))
TOO_MANY_HASHES = Template("log.too-many-hashes", N_("it carries more than {limit} hashes"))
OLD_SHAPE = Template("log.old-shape", N_('its first line is not "old N": {found}'))
KEY_SHAPE = Template("log.key-shape", N_("it is not name+id+key"))
KEY_NAME = Template("log.key-name", N_("its name is empty, too long, or holds a blank or a plus sign: {found}"))
KEY_KIND = Template("log.key-kind", N_("keys of kind {found} are not known here"))
KEY_LENGTH = Template("log.key-length", N_("a key of kind {kind} has {expected} bytes, not {found}"))
KEY_ID = Template("log.key-id", N_("its id is {found}, and {expected} follows from its name and key"))
KEY_WEAK = Template("log.key-weak", N_("signatures under this key can be made by anybody"))
CUT_SHORT = Template("log.cut-short", N_("entry {entry} is cut short"))
ENTRY_COUNT = Template("log.entry-count", N_("it holds {found} entries, and {expected} are expected"))
TILE_LENGTH = Template("log.tile-length", N_("it has {found} bytes, and {expected} are expected"))


class NoteMalformedError(VeedorError):
    """A signed note, or the checkpoint in it, is not well formed."""

    code = "LOG001"
    exit_code = INTEGRITY
    what = N_("this is not a signed checkpoint: {why}")
    effect = _NOTHING
    next = N_("fetch the file again from where it was published; a copy that was edited or cut is of no use")
    more = _NOTE


class KeyMalformedError(VeedorError):
    """A public or private key is not written as one."""

    code = "LOG002"
    what = N_("{key} is not a key: {why}")
    effect = N_("Nothing was read or written.")
    next = N_("copy the key again from whoever holds it, over a channel you trust")
    more = _KEYS


class SignatureWrongError(VeedorError):
    """A signature line names a key that is trusted, and does not fit the text."""

    code = "LOG003"
    exit_code = INTEGRITY
    what = N_("the signature of {name} (key {key}) does not fit the text above it")
    effect = _NOTHING
    next = N_("fetch the file again; if it stays so, keep it: either it was altered, or {name} signed something else")
    more = _NOTE


class NotSignedError(VeedorError):
    """None of the signatures was made by a key that is trusted."""

    code = "LOG004"
    exit_code = INTEGRITY
    what = N_("no signature on this checkpoint was made by a key that is trusted for {origin}; it is signed by: {found}")
    effect = _NOTHING
    next = N_("compare the keys in the policy file with those that the log announced, over another channel")
    more = _TRUST


class QuorumError(VeedorError):
    """The witnesses that cosigned do not suffice for the policy."""

    code = "LOG005"
    exit_code = INTEGRITY
    what = N_('the checkpoint of {origin} lacks its quorum "{quorum}": cosigned by {found}; missing are {missing}')
    effect = _NOTHING
    next = N_("wait until enough witnesses have cosigned, then fetch the checkpoint again")
    more = _TRUST


class PolicyMalformedError(VeedorError):
    """A policy file cannot be read."""

    code = "LOG006"
    what = N_("{count} problems in this policy; it was not used")
    effect = N_("Nothing was checked against it.")
    next = N_("correct the lines that are named below")
    more = N_(
        'A policy has lines "log KEY", "witness NAME KEY", "group NAME all|any|K MEMBERS" and one "quorum NAME" (C2SP tlog-policy). '
        "A group names only what stands above it, and each name is a member once, so that no witness counts twice."
    )


class ProofMalformedError(VeedorError):
    """A proof file is not well formed."""

    code = "LOG007"
    exit_code = INTEGRITY
    what = N_("this is not a proof of inclusion: {why}")
    effect = _NOTHING
    next = N_("fetch the proof again from where it was published")
    more = N_(
        "A .tlog-proof file holds the index of an entry, the hashes from it to the root, and the signed checkpoint with that root "
        '(C2SP tlog-proof). Its "extra" line is signed by nobody and is never relied on.'
    )


class NotIncludedError(VeedorError):
    """The hashes of a proof do not lead from the entry to the root."""

    code = "LOG008"
    exit_code = INTEGRITY
    what = N_("the entry is not proved to stand at {index} of {size}: its hashes lead to {found}, the signed root is {expected}")
    effect = _NOTHING
    next = N_("check that entry and proof belong together; if they do, keep both: the log signed a root without this entry")
    more = N_("An inclusion proof leads from the hash of one entry, over the hashes beside its way, to the root that the log signed.")


class NotConsistentError(VeedorError):
    """A consistency proof does not connect two checkpoints."""

    code = "LOG009"
    exit_code = INTEGRITY
    what = N_("the tree of {new} entries is not proved to begin with the tree of {old}")
    effect = _NOTHING
    next = N_("keep both checkpoints; with both signatures they show that the log was rewritten, or that its proof was damaged")
    more = N_("A consistency proof shows that a larger tree begins with exactly the entries of a smaller one: nothing was taken back.")


class TileMissingError(VeedorError):
    """A file of the log is not there."""

    code = "LOG010"
    exit_code = INTEGRITY
    what = N_("the file {file} of the log is missing")
    effect = N_("Nothing was proved. What is there was not changed.")
    next = N_("fetch the file again, or have the log rebuild it from its entries")
    more = N_("Tiles hold 256 hashes, bundles 256 entries; both follow from the entries alone and can be rebuilt byte for byte.")


class TileMalformedError(VeedorError):
    """A file of the log does not have the form that its name says."""

    code = "LOG011"
    exit_code = INTEGRITY
    what = N_("the file {file} of the log is not what its name says: {why}")
    effect = N_("Nothing was proved. What is there was not changed.")
    next = N_("fetch the file again, or have the log rebuild it from its entries")
    more = N_("Tiles hold 256 hashes, bundles 256 entries; both follow from the entries alone and can be rebuilt byte for byte.")


class EntryTooLongError(VeedorError):
    """An entry does not fit into a bundle."""

    code = "LOG012"
    what = N_("entry {index} has {found} bytes, and a log takes at most {limit}")
    effect = N_("Nothing was appended.")
    next = N_("append a commitment to the entry instead of the entry itself")
    more = N_("Entries are stored with their length in two bytes (C2SP tlog-tiles), which bounds it.")


class RequestMalformedError(VeedorError):
    """What was sent to a witness is not a request to cosign."""

    code = "LOG013"
    what = N_("this is not a request to cosign: {why}")
    effect = N_("Nothing was cosigned. What the witness knows was not changed.")
    next = N_('send "old N", the consistency proof, an empty line and the checkpoint')
    more = N_("The request is that of C2SP tlog-witness, add-checkpoint.")


class CommitmentMalformedError(VeedorError):
    """A leaf of the log is not a commitment of this program."""

    code = "LOG014"
    exit_code = INTEGRITY
    what = N_("a leaf is not a commitment: {found}")
    effect = _NOTHING
    next = N_("check that the log is one that veedor wrote")
    more = N_("What is published of an entry is a salted hash of it. Only whoever holds salt and entry can show what it stands for.")


class EntryMalformedError(VeedorError):
    """The bytes of an entry are not canonical JSON with the fields of an entry."""

    code = "LOG015"
    exit_code = INTEGRITY
    what = N_("these bytes are not an entry in its canonical form")
    effect = _NOTHING
    next = N_("fetch them again from whoever showed them; a copy that was reformatted no longer fits its commitment")
    more = N_(
        "An entry is RFC 8785 canonical JSON with the fields actor, at, body, kind and schema, so that equal entries are equal bytes."
    )
