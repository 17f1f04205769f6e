"""What does not fit between the parts of an accord: names that lead nowhere, times that cannot be, seats that must not be."""

from __future__ import annotations

from veedor.accord.errors import Refused
from veedor.kernel.errors import VeedorError
from veedor.kernel.language import N_


class UnknownPartyError(Refused, VeedorError):
    """A party that the accord does not have."""

    code = "ACC050"
    what = N_('there is no party "{name}" in this accord{nearest}')
    next = N_("choose one of: {known}")
    more = N_("Whoever owes, holds a reading, names an office or signs has to be one of the accord's own `parties`.")


class UnknownPhaseError(Refused, VeedorError):
    """A phase that the accord does not have."""

    code = "ACC051"
    what = N_('there is no phase "{name}" in this accord{nearest}')
    next = N_("choose one of: {known}; or give the duty its own beginning with `begins`")
    more = N_("A commitment begins to bind with its phase, so the phase has to be listed under `phases`.")


class UnknownOrganError(Refused, VeedorError):
    """An organ that the accord does not have."""

    code = "ACC052"
    what = N_('there is no organ "{name}" in this accord{nearest}')
    next = N_("choose one of: {known}")
    more = N_("Only an organ that the accord names can owe a commitment, decide a dispute or decide a consequence.")


class UnknownStepError(Refused, VeedorError):
    """A step that the ladder does not have."""

    code = "ACC053"
    what = N_('there is no step "{name}" on the ladder of this accord{nearest}')
    next = N_("choose one of: {known}")
    more = N_("`if_broken` names steps of the `ladder`. A step that nobody defined would be decided by nobody.")


class UnknownDocumentError(Refused, VeedorError):
    """A document that the accord does not list."""

    code = "ACC054"
    what = N_('there is no document "{name}" in this accord{nearest}')
    next = N_("list it under `documents`, or choose one of: {known}")
    more = N_("`cites` and `quotes` lead to a text by its key or its title, so that a reader can find the words there.")


class UnknownCommitmentError(Refused, VeedorError):
    """A commitment that the accord does not have."""

    code = "ACC055"
    what = N_('there is no commitment "{name}" in this accord{nearest}')
    next = N_("choose one of: {known}")
    more = N_("`serves` and `depends_on` connect commitments of the same accord.")


class UnknownThemeError(Refused, VeedorError):
    """A theme outside the closed list."""

    code = "ACC056"
    what = N_('"{name}" is not a theme{nearest}')
    next = N_("choose one of: {known}")
    more = N_("Themes are a closed list, so that accords can be compared with each other.")


class UnknownCalendarError(Refused, VeedorError):
    """A time zone that does not exist."""

    code = "ACC057"
    what = N_('"{name}" is not a time zone{nearest}')
    next = N_("write a name of the IANA list, such as America/Mexico_City")
    more = N_("The calendar decides when a date ends, and so whether something was done in time.")


class ReadingTwiceError(Refused, VeedorError):
    """Two readings of a commitment with one name."""

    code = "ACC060"
    what = N_('two readings of this commitment are named "{name}"')
    next = N_("give each reading a name of its own")
    more = N_("Each reading has a verdict of its own, found by its name.")


class ListedTwiceError(Refused, VeedorError):
    """The same name twice in one list."""

    code = "ACC061"
    what = N_('"{name}" stands twice in this list')
    next = N_("remove one of the two")
    more = N_("Listed twice, a party would get two verdicts on one duty.")


class PartyIsOrganError(Refused, VeedorError):
    """A party and an organ with one name."""

    code = "ACC062"
    what = N_('"{name}" names both a party and an organ')
    next = N_("rename the organ")
    more = N_("Acts are recorded by who did them; the name has to say whether that was a party or an organ.")


class PhaseOrderError(Refused, VeedorError):
    """A phase listed after one that begins later."""

    code = "ACC063"
    what = N_('the phase "{name}" begins in month {month}, before the one listed above it (month {before})')
    next = N_("list the phases in the order in which they begin")
    more = N_("Phases may overlap; they are listed by their first month, so that the accord reads in time.")


class EndsBeforeStartError(Refused, VeedorError):
    """An accord that ends before it starts."""

    code = "ACC064"
    what = N_("the accord ends on {ends} and starts on {starts}")
    next = N_("correct one of the two dates; leave `ends` out where no end was agreed")
    more = N_("No commitment could bind on any day.")


class BeginsAfterEndError(Refused, VeedorError):
    """A duty that begins when the accord is over."""

    code = "ACC065"
    what = N_('"{name}" begins on {begins}; the accord ends on {ends}')
    next = N_("let it begin earlier, or end the accord later")
    more = N_("The commitment would bind on no day, and a verdict on it would mean nothing.")


class PhaseAndBeginsError(Refused, VeedorError):
    """A commitment with two beginnings."""

    code = "ACC066"
    what = N_("a commitment begins with a phase or on its own date; this one has both")
    next = N_("remove `phase` or `begins`")
    more = N_("Two beginnings would give two answers to the question whether the duty was already binding.")


class ConditionMissingError(Refused, VeedorError):
    """A may-not-without that does not say without what."""

    code = "ACC067"
    what = N_("the duty is may-not-without, and nothing says without what")
    next = N_("add `without`, such as: without: {{en: the written consent of MX, es: el consentimiento escrito de MX}}")
    more = N_("The act is allowed with the consent or condition and forbidden otherwise, so the condition is the commitment.")


class ConditionWithoutDutyError(Refused, VeedorError):
    """A condition under a duty that has none."""

    code = "ACC068"
    what = N_('"without" is given, but the duty is "{duty}"')
    next = N_("write `duty: may-not-without`, or remove `without`")
    more = N_("Only may-not-without has a condition. A `must` with a condition is a commitment that depends_on another.")


class NotAPartialDateError(Refused, VeedorError):
    """A date of a document or event that cannot be read."""

    code = "ACC069"
    what = N_('"{value}" is not a date, a month or a year')
    next = N_("write as much as is known: 2025, 2025-09 or 2025-09-03; in a chronology of what might happen: step 1")
    more = N_("Documents and events may be dated to the year or month; what is not known stays out.")


class NotADigestError(Refused, VeedorError):
    """Something that is not the SHA-256 of a file."""

    code = "ACC070"
    what = N_('"{value}" is not a SHA-256 digest')
    next = N_("write the 64 hexadecimal digits that sha256sum prints, or leave `digest` out")
    more = N_("The digest says which bytes are meant, wherever the document is kept.")


class NotAdoptedError(Refused, VeedorError):
    """An accord in force that a party has not signed."""

    code = "ACC071"
    what = N_('the accord is in force, but "{name}" has not adopted it')
    next = N_("write `status: draft` until every state and international party has its entry under `adoption`")
    more = N_(
        "In force means that the parties are bound, and that verdicts are printed without the exercise label. It needs an "
        "entry under `adoption` for each state and international party. Whether each signature holds is checked with the keys."
    )


class NobodyToAdoptError(Refused, VeedorError):
    """An accord in force without a party that could sign."""

    code = "ACC072"
    what = N_("the accord is in force, but none of its parties can adopt it")
    next = N_("name the state or international parties, or write `status: hypothetical`")
    more = N_("An accord binds through its state and international parties. An armed group does not sign.")


class NotASignatureError(Refused, VeedorError):
    """A key or signature of the wrong shape."""

    code = "ACC073"
    what = N_('"{key}" is not the base64 form of {bytes} bytes')
    next = N_("copy it again whole, on one line")
    more = N_("Adoption uses Ed25519: keys have 32 bytes, signatures 64, both in base64 on one line.")


class ArmedGroupSeatError(Refused, VeedorError):
    """A seat for an armed group in an organ."""

    code = "ACC080"
    what = N_('the armed group "{name}" is given a seat in an organ')
    next = N_("remove the seat; its say is its reply channel: parties.{name}.channel")
    more = N_(
        "An armed group has a reply channel and the public reports, nothing else: no seat, vote, node, key, share of evidence, "
        "tip, lead, plan, network or person-level item. Where a source text proposes seats, record that in `about` or as a "
        "commitment with `unlawful`."
    )


class ArmedGroupAccessError(Refused, VeedorError):
    """Access given to an armed group."""

    code = "ACC081"
    what = N_('the armed group "{name}" is given access')
    next = N_("name an organ, a party that is a state, or an independent observer")
    more = N_("Whoever inspects sees places, people and plans. That is never given to an armed group.")


class ArmedGroupKeyError(Refused, VeedorError):
    """An adoption key of an armed group."""

    code = "ACC082"
    what = N_('the armed group "{name}" is given a key')
    next = N_("remove its entry; record what it declared as a milepost of the chronology, with the document that says so")
    more = N_("Keys sign accords, evidence and decisions. An armed group holds none; what it says is a claim, graded as such.")


class ArmedGroupDecidesError(Refused, VeedorError):
    """A decision given to an armed group."""

    code = "ACC083"
    what = N_('the armed group "{name}" is given a decision')
    next = N_("name an organ of the accord")
    more = N_("Disputes and consequences are decided by organs, in which an armed group has neither seat nor vote.")
