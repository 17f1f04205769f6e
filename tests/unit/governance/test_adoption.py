"""Signatures over an accord's text: those that hold, and every way in which one does not."""

from __future__ import annotations

from datetime import date

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from veedor.accord.model import Adoption
from veedor.evidence.signer import Signer
from veedor.governance.adoption import Verified, is_adopted, message, sign, verify
from veedor.governance.errors import KeyTwiceError, PrivateKeyError, TrustMalformedError
from veedor.governance.keys import decoded, encoded, fits, new_key, signer
from veedor.governance.trust import trusted_keys
from veedor.kernel.canonical import digest_bytes
from veedor.kernel.errors import Problem

TEXT = digest_bytes(b"accord: ssa\nby: 2029-01-31\n")
US, MX = b"\x01" * 32, b"\x02" * 32
DAY = date(2026, 2, 1)
TRUST = {"US": frozenset({signer(US).key_id}), "MX": frozenset({signer(MX).key_id})}
PARTIES = ("US", "MX")


def both() -> dict[str, Adoption]:
    return {"US": sign(US, TEXT, DAY), "MX": sign(MX, TEXT, DAY)}


def codes(checked: dict[str, Verified | Problem]) -> dict[str, str]:
    for found in checked.values():
        if isinstance(found, Problem):
            assert found.what("en")
            assert found.how("en")
    return {party: found.code if isinstance(found, Problem) else "" for party, found in checked.items()}


def test_both_signatures_hold() -> None:
    checked = verify(both(), TEXT, TRUST, PARTIES)
    assert checked["US"] == Verified(party="US", key=signer(US).key_id, date=DAY)
    assert codes(checked) == {"MX": "", "US": ""}
    assert is_adopted(checked)


def test_nobody_is_not_everybody() -> None:
    assert not is_adopted({})
    assert not is_adopted(verify({}, TEXT, {}, PARTIES))


def test_the_message_is_what_any_other_tool_can_sign() -> None:
    assert message(TEXT, DAY) == b"veedor/adoption/1\n" + TEXT.encode() + b"\n" + DAY.isoformat().encode()
    made = Ed25519PrivateKey.from_private_bytes(US).sign(message(TEXT, DAY))
    assert sign(US, TEXT, DAY).signature == encoded(made)
    for wrong in ("", TEXT[:-1], TEXT.upper(), TEXT + "\n"):
        with pytest.raises(ValueError, match="not a digest"):
            message(wrong, DAY)


def test_one_that_has_not_signed_is_named() -> None:
    checked = verify({"US": sign(US, TEXT, DAY)}, TEXT, TRUST, PARTIES)
    assert codes(checked) == {"MX": "GOV001", "US": ""}
    assert not is_adopted(checked)


def test_an_altered_text_is_refused() -> None:
    other = digest_bytes(b"accord: ssa\nby: 2029-02-28\n")
    assert codes(verify(both(), other, TRUST, PARTIES)) == {"MX": "GOV003", "US": "GOV003"}


def test_a_key_that_only_the_file_vouches_for_is_refused() -> None:
    assert codes(verify(both(), TEXT, {}, PARTIES)) == {"MX": "GOV002", "US": "GOV002"}


def test_one_party_cannot_sign_for_the_other() -> None:
    forged = {"US": sign(US, TEXT, DAY), "MX": sign(US, TEXT, DAY)}
    assert codes(verify(forged, TEXT, TRUST, PARTIES)) == {"MX": "GOV002", "US": ""}
    swapped = {"US": both()["MX"], "MX": both()["US"]}
    assert codes(verify(swapped, TEXT, TRUST, PARTIES)) == {"MX": "GOV002", "US": "GOV002"}


def test_a_trusted_key_with_anothers_signature_is_refused() -> None:
    entries = both()
    mixed = {**entries, "MX": entries["MX"].model_copy(update={"signature": entries["US"].signature})}
    assert codes(verify(mixed, TEXT, TRUST, PARTIES))["MX"] == "GOV003"


def test_a_signature_without_the_domain_is_refused() -> None:
    bare = encoded(Ed25519PrivateKey.from_private_bytes(MX).sign(TEXT.encode()))
    entry = both()["MX"].model_copy(update={"signature": bare})
    assert codes(verify({"MX": entry}, TEXT, TRUST, ("MX",))) == {"MX": "GOV003"}


@pytest.mark.parametrize("part", ["key", "signature"])
@pytest.mark.parametrize("text", ["", "abc", "not base64 at all", "AAAA", "é" * 44])
def test_keys_and_signatures_that_are_not_written_as_such(part: str, text: str) -> None:
    entry = both()["MX"].model_copy(update={part: text})
    assert codes(verify({"MX": entry}, TEXT, TRUST, ("MX",))) == {"MX": "GOV004"}


def test_a_second_spelling_of_a_key_is_refused() -> None:
    key = signer(MX).key_id
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    other = key[:42] + alphabet[alphabet.index(key[42]) ^ 1] + "="  # the last bits do not count, so it decodes to the same bytes
    assert decoded(key, 32) is not None
    assert decoded(other, 32) is None


def test_another_date_beside_the_same_signature_is_refused() -> None:
    signed = both()
    moved = {**signed, "MX": signed["MX"].model_copy(update={"date": DAY.replace(year=DAY.year + 1)})}
    assert codes(verify(moved, TEXT, TRUST, PARTIES))["MX"] == "GOV003"


def test_a_stranger_who_signed_is_named() -> None:
    checked = verify({**both(), "MXX": sign(MX, TEXT, DAY)}, TEXT, TRUST, PARTIES)
    assert codes(checked) == {"MX": "", "US": "", "MXX": "GOV005"}
    assert not is_adopted(checked)


@given(st.binary(min_size=64, max_size=64))
def test_no_other_signature_fits(forged: bytes) -> None:
    real = decoded(both()["US"].signature, 64)
    public = decoded(signer(US).key_id, 32)
    assert public is not None
    assert fits(public, forged, message(TEXT, DAY)) == (forged == real)


@given(st.integers(0, 511))
def test_no_changed_bit_of_a_signature_fits(bit: int) -> None:
    real, public = decoded(both()["US"].signature, 64), decoded(signer(US).key_id, 32)
    assert real is not None
    assert public is not None
    changed = bytearray(real)
    changed[bit // 8] ^= 1 << bit % 8
    assert not fits(public, bytes(changed), message(TEXT, DAY))


def test_a_signer_shows_no_private_key() -> None:
    made = signer(US)
    assert isinstance(made, Signer)
    shown = repr(made) + str(made)
    assert US.hex() not in shown
    assert repr(US) not in shown
    assert "PrivateKey" not in shown
    assert made == signer(US)
    assert made != signer(MX)


def test_a_new_key_signs_and_a_short_one_is_refused() -> None:
    made, other = new_key(), new_key()
    assert made != other
    key = signer(made).key_id
    entries = {"US": sign(made, TEXT, DAY)}
    assert is_adopted(verify(entries, TEXT, {"US": frozenset({key})}, ("US",)))
    with pytest.raises(PrivateKeyError):
        sign(b"short", TEXT, DAY)


def test_trusted_keys_are_read_from_plain_data() -> None:
    us, mx = signer(US).key_id, signer(MX).key_id
    assert trusted_keys({"US": [us], "MX": [mx, signer(b"\x03" * 32).key_id]})["US"] == frozenset({us})
    assert trusted_keys(None) == {}
    assert trusted_keys({"US": []}) == {"US": frozenset()}


@pytest.mark.parametrize("stated", [["x"], {"US": "key"}, {"US": ["key"]}, {"US": [1]}, {"US": {"a": 1}}, {"US": None}, "US"])
def test_a_list_of_trusted_keys_that_is_none_is_refused(stated: object) -> None:
    with pytest.raises(TrustMalformedError):
        trusted_keys(stated)


def test_one_key_speaks_for_one_party() -> None:
    key = signer(US).key_id
    with pytest.raises(KeyTwiceError):
        trusted_keys({"US": [key], "MX": [key]})
