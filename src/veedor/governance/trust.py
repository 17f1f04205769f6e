"""Which keys speak for which party, as the project file states: data that whoever runs the project answers for."""

from __future__ import annotations

from collections.abc import Mapping

from veedor.governance.errors import KeyTwiceError, TrustMalformedError
from veedor.governance.keys import KEY_BYTES, decoded


def trusted_keys(stated: object, where: str = "") -> dict[str, frozenset[str]]:
    """The trusted keys of each party from the plain data of the project file: `{US: [<base64>, …], MX: […]}`; nothing is nobody.

    Raises:
        TrustMalformedError: a party's entry is no list of keys, or one of them is no public key.
        KeyTwiceError: two parties share a key.
    """
    if stated is None:
        return {}
    if not isinstance(stated, Mapping):
        raise TrustMalformedError(where=where, party="XX", value=str(stated))
    found = {str(party): _keys(str(party), keys, where) for party, keys in stated.items()}
    holders: dict[str, str] = {}
    for party, keys in sorted(found.items()):
        for key in sorted(keys):
            first = holders.setdefault(key, party)
            if first != party:
                raise KeyTwiceError(where=where, key=key, first=first, second=party)
    return found


def _keys(party: str, keys: object, where: str) -> frozenset[str]:
    if not isinstance(keys, (list, tuple)):
        raise TrustMalformedError(where=where, party=party, value=str(keys))
    for key in keys:
        if not isinstance(key, str) or decoded(key, KEY_BYTES) is None:
            raise TrustMalformedError(where=where, party=party, value=str(key))
    return frozenset(keys)
