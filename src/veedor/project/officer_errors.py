"""What can be wrong with entering keys, officers and seats, in words: one class a situation."""

from __future__ import annotations

from veedor.kernel.errors import VeedorError
from veedor.kernel.language import N_


class OfficerNeededError(VeedorError):
    """An act is for officers to do, and none acts."""

    code = "PRO050"
    what = N_("this act ({action}) is one of the officers of {party}, and none of them acts")
    effect = N_("Nothing was entered, and no file was written.")
    next = N_("name the officer who acts and whose key is held here: --by OFFICER")
    more = N_(
        "Whoever has the files of a project may enter the first officers of a party, their keys and their seats. As soon as one of them "
        "holds a seat and a key, such entries are acts of officers: signed with their own keys, and decided by the policies. For those who "
        "sit for no party, officers of every party act together: --by is given once for each."
    )
