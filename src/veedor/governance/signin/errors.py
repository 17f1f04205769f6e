"""What can go wrong with signing in, in words: one class a situation. What failed is told to the operator, never to whoever knocks."""

from __future__ import annotations

from veedor.kernel.errors import INTEGRITY, UNREACHABLE, VeedorError
from veedor.kernel.language import N_

_NOBODY = N_("Nobody was signed in, and nothing was changed.")
_ONE_ANSWER = N_(
    "Every refusal reads the same, whether the account does not exist, is closed or locked, or the proof does not fit. An answer that told "
    "them apart would tell strangers who has an account. Five failures in a row lock an account for a quarter of an hour."
)
_PROVIDER = N_(
    "An identity provider states in a discovery document which keys it signs with; only identity tokens under those keys, made for this "
    "node and for this one attempt, are accepted. Who among its users is which officer is entered here, never taken from the token."
)
_TOKENS = N_(
    "A token stands for an account for some acts and up to a last day. It is shown once, when it is made; here only its digest is kept. "
    "Issuing and revoking are noted in the ledger."
)


class SigninRefusedError(VeedorError):
    """Somebody was not let in."""

    code = "GOV060"
    what = N_("signing in did not succeed")
    effect = _NOBODY
    next = N_("try again with your passkey or the code that is shown now; after several failures wait a quarter of an hour")
    more = _ONE_ANSWER


class SessionEndedError(VeedorError):
    """A session is over, or is none."""

    code = "GOV061"
    what = N_("this session has ended")
    effect = _NOBODY
    next = N_("sign in again")
    more = N_("A session lasts some hours, ends when its holder signs out or its account is closed, and cannot be made longer.")


class AccountThereError(VeedorError):
    """An account or a means of signing in is there already."""

    code = "GOV062"
    what = N_("{name} is there already")
    effect = N_("Nothing was changed.")
    next = N_("choose another name, or remove what is there first")
    more = _ONE_ANSWER


class AccountUnknownError(VeedorError):
    """An operator named an account that does not exist."""

    code = "GOV063"
    what = N_("there is no open account {name}")
    effect = N_("Nothing was changed.")
    next = N_("check the name")
    more = _ONE_ANSWER


class ProviderMalformedError(VeedorError):
    """An identity provider's discovery document or keys cannot be used."""

    code = "GOV064"
    exit_code = INTEGRITY
    what = N_("the identity provider {issuer} cannot be used: {why}")
    effect = _NOBODY
    next = N_("compare the issuer's address with what the provider states, and fetch its documents again")
    more = _PROVIDER


class IdentityRefusedError(VeedorError):
    """An identity token is not what it has to be."""

    code = "GOV065"
    exit_code = INTEGRITY
    what = N_("the identity token of {issuer} is not accepted: {why}")
    effect = _NOBODY
    next = N_("sign in at the provider again; if it stays so, compare client, issuer and clock of both sides")
    more = _PROVIDER


class ProviderUnreachableError(VeedorError):
    """An identity provider did not answer as it should."""

    code = "GOV066"
    exit_code = UNREACHABLE
    what = N_("the identity provider at {address} did not answer: {why}")
    effect = _NOBODY
    next = N_("try again later, or sign in with a passkey or a code of a local account")
    more = _PROVIDER


class TokenRefusedError(VeedorError):
    """An API token is not accepted."""

    code = "GOV067"
    what = N_("this token is not accepted")
    effect = N_("Nothing was read or written.")
    next = N_("make a new token, for the acts it is needed for")
    more = _TOKENS


class TokenTooWideError(VeedorError):
    """A token would last too long, or allow nothing or what no token may."""

    code = "GOV068"
    what = N_("a token cannot be made like this: {why}")
    effect = N_("No token was made.")
    next = N_("name the acts it is needed for, and a last day within {days} days")
    more = _TOKENS
