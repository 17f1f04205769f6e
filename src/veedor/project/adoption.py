"""An accord in force is judged only when each party's signature is proved by a key that the project trusts."""

from __future__ import annotations

from veedor.accord.reading import AccordFile
from veedor.governance.adoption import verify
from veedor.governance.trust import trusted_keys
from veedor.kernel.errors import Problem
from veedor.project.errors import NotAdoptedError
from veedor.project.settings import Settings


def require(found: AccordFile, settings: Settings) -> None:
    """Pass for accords that bind nobody or have ended; for one in force only when all who must sign have signed.

    An armed group signs nothing here: it holds no key.

    Raises:
        NotAdoptedError: a signature is missing, malformed, by a key that is not trusted, or over another text.
    """
    accord = found.accord
    if accord.status != "in-force":
        return
    signers = [name for name, party in accord.parties.items() if party.kind != "armed-group"]
    checked = verify(accord.adoption, found.text_digest, trusted_keys(settings.trust, "veedor.toml"), signers)
    problems = {name: outcome for name, outcome in checked.items() if isinstance(outcome, Problem)}
    if problems or not signers:
        raise NotAdoptedError(where=found.where, problems=tuple(problems.values()), accord=accord.accord, parties=tuple(problems) or ("-",))
