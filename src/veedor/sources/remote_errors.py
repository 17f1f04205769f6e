"""What can go wrong between a publisher and us: one class a situation, codes SRC050 to SRC069."""

from __future__ import annotations

from veedor.kernel.errors import UNREACHABLE, USAGE, VeedorError
from veedor.kernel.language import N_

_KEPT = N_("Nothing was stored. The last good snapshot of this source stays in use.")


class NoAddressError(VeedorError):
    """A source without an address was to be fetched."""

    code = "SRC050"
    exit_code = USAGE
    what = N_('the source "{source}" has no address to fetch from: {note}')
    effect = N_("Nothing was fetched and nothing was stored.")
    next = N_("download the file by hand, then: veedor add FILE")
    more = N_(
        "Some publishers give every release its own address, or publish through a form. For those veedor knows the "
        "page on which "
        "the file is found, but no address that stays. A file added by hand is treated exactly like a fetched one. "
        "An address of "
        "your own can be set for a source in veedor.toml."
    )


class NotAWebAddressError(VeedorError):
    """The address of a source is not on the web."""

    code = "SRC051"
    exit_code = USAGE
    what = N_('"{address}" is not an http or https address')
    effect = _KEPT
    next = N_("correct the address of the source in veedor.toml")
    more = N_("Files are fetched over http and https only. A file that is on this machine already is taken in with veedor add.")


class RedirectRefusedError(VeedorError):
    """A public address pointed on to a machine inside the own network."""

    code = "SRC052"
    exit_code = UNREACHABLE
    what = N_('the publisher\'s server pointed on to "{address}", which lies inside a private network')
    effect = _KEPT
    next = N_("open the address in a browser, and set the right one for the source in veedor.toml")
    more = N_(
        "A server outside must not make this machine ask machines inside. Redirects to loopback and private "
        "addresses are followed "
        "only where the address of the source itself is one."
    )


class TooManyRedirectsError(VeedorError):
    """An address pointed on and on."""

    code = "SRC053"
    exit_code = UNREACHABLE
    what = N_("the address pointed on to another one more than {limit} times")
    effect = _KEPT
    next = N_("open the address in a browser, and set the one it ends at for the source in veedor.toml")
    more = N_("Redirects are followed up to a limit. A longer chain is usually a circle, or a page that wants a cookie first.")


class NotReachedError(VeedorError):
    """The publisher's server could not be reached."""

    code = "SRC054"
    exit_code = UNREACHABLE
    what = N_("the server could not be reached: {why}")
    effect = _KEPT
    next = N_("try again later, or download the file by hand and: veedor add FILE")
    more = N_(
        "Every attempt ended before an answer came: no name, no connection, or no valid certificate. The message is "
        "the network library's own."
    )


class TooSlowError(VeedorError):
    """The answer did not come, or not all of it, in the time allowed."""

    code = "SRC055"
    exit_code = UNREACHABLE
    what = N_("the answer took longer than the {seconds} seconds allowed")
    effect = _KEPT
    next = N_("try again later, or download the file by hand and: veedor add FILE")
    more = N_(
        "There is a limit for connecting, one for each silence while reading, and one for the whole errand with all "
        "its attempts. "
        "What had arrived was thrown away: half a table looks like a table."
    )


class TooLargeError(VeedorError):
    """The answer is larger than allowed."""

    code = "SRC056"
    exit_code = UNREACHABLE
    what = N_("the answer is larger than the {limit} bytes allowed")
    effect = _KEPT
    next = N_("look at the file with a browser; if it is right, download it and: veedor add FILE")
    more = N_("The limit counts unpacked bytes, so that a small compressed answer cannot fill memory. Reading stopped at the limit.")


class CutOffError(VeedorError):
    """The answer ended before its announced length."""

    code = "SRC057"
    exit_code = UNREACHABLE
    what = N_("the answer ended after {received} bytes, before it was complete")
    effect = _KEPT
    next = N_("try again later, or download the file by hand and: veedor add FILE")
    more = N_(
        "The server announced more bytes than it sent, or the connection broke. No part of the answer was kept: half "
        "a table looks like a table."
    )


class ServerFailedError(VeedorError):
    """The server failed at every attempt."""

    code = "SRC058"
    exit_code = UNREACHABLE
    what = N_("the server answered with status {status} at every one of {attempts} attempts")
    effect = _KEPT
    next = N_("try again later, or download the file by hand and: veedor add FILE")
    more = N_("Statuses of 500 and above, 408 and 429 are tried again with growing pauses. All attempts ended alike.")


class RefusedError(VeedorError):
    """The server has no such file, or does not give it."""

    code = "SRC059"
    exit_code = UNREACHABLE
    what = N_("the server refused with status {status}")
    effect = _KEPT
    next = N_("look for the new address on the publisher's page, and set it for the source in veedor.toml")
    more = N_(
        "404 and 410 say that nothing is at this address any more; 401 and 403 that it is not given to us. Trying "
        "again would not change it."
    )


class WebPageError(VeedorError):
    """A web page came where a table was expected."""

    code = "SRC060"
    exit_code = UNREACHABLE
    what = N_('the server answered 200, but with a web page ("{kind}") instead of a table')
    effect = _KEPT
    next = N_("open the address in a browser, and set the address of the file itself for the source in veedor.toml")
    more = N_("Pages that say the file has moved, ask for a sign-in or for patience often come with status 200. They are not data.")


class AskedToWaitError(VeedorError):
    """The server asks for a longer pause than allowed."""

    code = "SRC061"
    exit_code = UNREACHABLE
    what = N_("the server answered with status {status} and asks to come back in {seconds} seconds")
    effect = _KEPT
    next = N_("fetch the source again after that time")
    more = N_("Pauses that a server asks for are kept up to a limit. This one is longer, so nothing more was asked of the server.")


class UnexpectedAnswerError(VeedorError):
    """An answer that means nothing here."""

    code = "SRC062"
    exit_code = UNREACHABLE
    what = N_("the server gave an answer that cannot be used: {why}")
    effect = _KEPT
    next = N_("open the address in a browser, and set the right one for the source in veedor.toml")
    more = N_(
        "Only status 200 with a body, and 304 after a question that allowed it, can be used. An encoding that was "
        "not asked for cannot be undone."
    )


class GarbledAnswerError(VeedorError):
    """An answer that breaks the rules of HTTP."""

    code = "SRC063"
    exit_code = UNREACHABLE
    what = N_("the server's answer breaks the rules of HTTP: {why}")
    effect = _KEPT
    next = N_("try again later, or download the file by hand and: veedor add FILE")
    more = N_("Every attempt ended in an answer that could not be understood. The message is the network library's own.")


class EmptyAnswerError(VeedorError):
    """An answer without a single byte."""

    code = "SRC064"
    exit_code = UNREACHABLE
    what = N_("the server answered 200 with an empty file")
    effect = _KEPT
    next = N_("try again later, or download the file by hand and: veedor add FILE")
    more = N_("An empty file says nothing, not even that nothing happened. It is never stored in place of an earlier one.")


class RedirectOffWebError(VeedorError):
    """A publisher's server pointed on to a place that is not on the web, or back from https to http."""

    code = "SRC065"
    exit_code = UNREACHABLE
    what = N_('the publisher\'s server pointed on to "{address}", from where nothing is fetched')
    effect = _KEPT
    next = N_("open the address in a browser, and set the right one for the source in veedor.toml")
    more = N_(
        "Only http and https are followed after a redirect, and from https only https. With a redirect to a file on this machine, or from "
        "https back to http, the server would choose what is read or who may alter it on the way."
    )
