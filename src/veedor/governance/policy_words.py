"""What each policy says, in a sentence a person reads; the policies themselves are in `policies/*.cedar` under the same names."""

from __future__ import annotations

from veedor.kernel.language import N_

WORDS: dict[str, str] = {
    "see-public": N_("Everybody may see what is public."),
    "see-shared": N_("Whoever holds a seat, administrators apart, may see what is shared."),
    "see-restricted-own": N_("Officers, analysts and reviewers may see what their own party restricts."),
    "see-restricted-released": N_("Officers, analysts and reviewers may see what is restricted and released to their party by name."),
    "see-restricted-oversight": N_("Members of the board and auditors may see what is restricted, of every party."),
    "take-own": N_("Officers and analysts may take in snapshots on their own party's node."),
    "find-drafted": N_("Analysts may issue a drafted verdict of their own node."),
    "code-commitment": N_("Coders may grade commitments."),
    "review-issued": N_("Reviewers and members of the board may review an issued verdict."),
    "reply-as-party": N_("An officer of a party that a verdict speaks of may reply to it until it is decided."),
    "decide-with-quorum": N_("Officers and members of the board may decide on what was reviewed, in the organ in which they sit."),
    "open-sealed": N_("Officers and members of the board may open what is sealed."),
    "share-own": N_("Officers may share what their own node issued."),
    "retract-own": N_("Officers may retract what their own node recorded."),
    "erase-with-quorum": N_("Officers and members of the board may erase."),
    "seat-own-party": N_("Officers may add officers of their own party and fill its seats."),
    "key-own": N_("Whoever holds a key may rotate and revoke it."),
    "key-of-party": N_("Officers may add and revoke keys of their own party."),
    "common-agreed": N_("Officers may together seat those who sit for no party, and enter their keys: every party has to assent."),
    "delegate-own-seat": N_("Whoever holds a seat may let another exercise it for a time."),
    "administer-node": N_("Administrators may keep their own party's node running."),
    "marking-not-released": N_("The item is not released to this party."),
    "marking-not-cleared": N_("The item is classified higher than this officer is cleared for."),
    "marking-other-purpose": N_("The item may be used for other purposes only than the one stated."),
    "marking-expired": N_("The item's time is over: nobody may use it any longer."),
    "marking-no-leave": N_("The item is not passed on without the leave of those whose information it is."),
    "marking-other-recipient": N_("The item may not go to this recipient."),
    "personal-without-basis": N_("The item is about a person, and no legal basis in force covers it."),
    "own-finding": N_("Nobody reviews what they took in or found themselves."),
    "one-party-alone": N_("No party decides, opens or erases alone: every party has to assent, and there have to be two at least."),
    "without-board": N_("Nothing is decided, opened or erased without the board."),
    "organ-not-agreed": N_("The organ has not agreed: an objection stands, a majority is not reached, or it only advises."),
    "administrator-apart": N_("An administrator keeps a node running, and does nothing with what is on it."),
    "administrator-sees-no-content": N_("An administrator sees nothing but what is public."),
    "absent": N_("Whoever is absent only sees."),
    "not-to-be-delegated": N_("This is done by the holder of the seat or not at all."),
    "armed-group": N_("An armed group has a channel for its replies and public reports, and nothing else."),
    "armed-group-recipient": N_("Nothing is shared with an armed group."),
}

NOTHING_PERMITS = N_("No policy permits it, and nothing is allowed that none permits.")
NOT_SEEN = N_("Whoever may not see an item does not act on it either.")
