"""What can be wrong with keys and signatures, in words: one class a situation."""

from __future__ import annotations

from veedor.kernel.errors import INTEGRITY, VeedorError
from veedor.kernel.language import N_

_NOT_ADOPTED = N_("This party counts as not having signed. Verdicts carry the exercise label until every party has.")
_SIGNING = N_(
    "A party adopts an accord by signing the digest of its text with its Ed25519 key. The signature holds for exactly these bytes: "
    "any change of the text, of a number or of a comma, needs new signatures."
)
_TRUST = N_(
    "Which keys speak for a party is decided by whoever runs the project, in its list of trusted keys. A key found in the accord file "
    "alone proves nothing, because whoever edits the file could have put it there."
)


class NotSignedError(VeedorError):
    """A party has not signed the accord."""

    code = "GOV001"
    what = N_("{party} has not signed this accord")
    effect = _NOT_ADOPTED
    next = N_("add the party's signature to the accord's adoption section")
    more = _SIGNING


class KeyNotTrustedError(VeedorError):
    """A signature was made with a key that is not trusted for its party."""

    code = "GOV002"
    exit_code = INTEGRITY
    what = N_("the signature of {party} was made with the key {key}, which is not trusted for {party}")
    effect = _NOT_ADOPTED
    next = N_("ask {party} for its key over another channel, then add it to the project's list of trusted keys")
    more = _TRUST


class SignatureWrongError(VeedorError):
    """A signature does not fit the text of the accord."""

    code = "GOV003"
    exit_code = INTEGRITY
    what = N_("the signature of {party} does not fit the text {digest} of this accord")
    effect = _NOT_ADOPTED
    next = N_("compare the accord with the text that {party} signed, or ask {party} to sign this one")
    more = _SIGNING


class SignatureMalformedError(VeedorError):
    """A key or signature is not written as one."""

    code = "GOV004"
    exit_code = INTEGRITY
    what = N_("{part} of {party} is not {length} bytes in base64")
    effect = _NOT_ADOPTED
    next = N_("copy it again from what {party} sent")
    more = N_("Public keys are 32 bytes and signatures 64, in base64 with its padding: 44 and 88 characters.")


class NotAPartyError(VeedorError):
    """Somebody signed who is no party of the accord."""

    code = "GOV005"
    exit_code = INTEGRITY
    what = N_("{party} has signed and is no party of this accord{nearest}")
    effect = N_("The signature counts for nobody.")
    next = N_("remove it from the adoption section, or add {party} to the parties")
    more = _SIGNING


class TrustMalformedError(VeedorError):
    """The list of trusted keys is not a list of keys by party."""

    code = "GOV006"
    what = N_("the trusted keys of {party} are not a list of Ed25519 public keys: {value}")
    effect = N_("No signature was checked, and nothing counts as signed.")
    next = N_("write a list of keys in base64 for each party, such as: {party}: [<44 characters>]")
    more = _TRUST


class KeyTwiceError(VeedorError):
    """One key is trusted for two parties."""

    code = "GOV007"
    exit_code = INTEGRITY
    what = N_("the key {key} is trusted for {first} and for {second}")
    effect = N_("No signature was checked: either of the two could have signed for the other.")
    next = N_("leave the key with the one party that holds it")
    more = _TRUST


class PrivateKeyError(VeedorError):
    """A private key cannot be read."""

    code = "GOV008"
    what = N_("a private key is {length} bytes and this is {found}")
    effect = N_("Nothing was signed.")
    next = N_("name the file that holds the party's Ed25519 private key")
    more = N_("A private key file holds the 32 bytes of an Ed25519 key and nothing else. It is never copied into the project.")
