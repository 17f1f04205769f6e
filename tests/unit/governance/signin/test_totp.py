"""One-time codes: once each, in time, and no way to tell from outside what was wrong."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyotp
import pytest
from sqlalchemy import select

from veedor.governance.signin import accounts, totp
from veedor.governance.signin.errors import AccountThereError, AccountUnknownError, SigninRefusedError
from veedor.governance.signin.secret import Secret, new_secret
from veedor.store import accounts as tables
from veedor.store.transaction import read

if TYPE_CHECKING:
    from sqlalchemy import Engine

RFC_6238 = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # "12345678901234567890", the secret of RFC 6238, appendix B


@pytest.fixture
def shared(engine: Engine, secret: Secret, watch: Any) -> str:  # noqa: ANN401, the clock of conftest
    """The secret that ana's app has, enrolled with the code before this one."""
    made, address = totp.new_enrolment("ana", "veedor")
    assert address.startswith("otpauth://totp/veedor:ana?")
    totp.enrol(engine, "ana", made, code(made, watch, steps=-1), secret, watch)
    return made


def code(shared: str, watch: Any, *, steps: int = 0) -> str:  # noqa: ANN401, the same
    return pyotp.TOTP(shared).at(watch.at, counter_offset=steps)


def test_codes_are_those_of_the_standard() -> None:
    """RFC 6238, appendix B, at 59 seconds: 94287082, of which six digits."""
    assert totp._step(RFC_6238, "287082", 59.0) == 1
    assert totp._step(RFC_6238, "287083", 59.0) is None


def test_a_code_lets_in_once(engine: Engine, shared: str, secret: Secret, watch: Any) -> None:  # noqa: ANN401
    now = code(shared, watch)
    totp.check(engine, "ana", now, secret, watch)
    with pytest.raises(SigninRefusedError):
        totp.check(engine, "ana", now, secret, watch)
    watch.later(seconds=30)
    totp.check(engine, "ana", code(shared, watch), secret, watch)
    with pytest.raises(SigninRefusedError):
        totp.check(engine, "ana", now, secret, watch)


def test_the_code_of_the_enrolment_is_used_up(engine: Engine, shared: str, secret: Secret, watch: Any) -> None:  # noqa: ANN401
    with pytest.raises(SigninRefusedError):
        totp.check(engine, "ana", code(shared, watch, steps=-1), secret, watch)


def test_a_clock_may_differ_by_half_a_minute_and_no_more(engine: Engine, shared: str, secret: Secret, watch: Any) -> None:  # noqa: ANN401
    with pytest.raises(SigninRefusedError):
        totp.check(engine, "ana", code(shared, watch, steps=2), secret, watch)
    totp.check(engine, "ana", code(shared, watch, steps=1), secret, watch)


def test_every_refusal_reads_the_same(engine: Engine, shared: str, secret: Secret, watch: Any) -> None:  # noqa: ANN401
    told = set()
    for name, given in (
        ("ana", "000000"),
        ("nobody", "000000"),
        ("ana", ""),
        ("ana", "ümlaut"),
        ("", "000000"),
        ("ana", code(shared, watch, steps=5)),
    ):
        with pytest.raises(SigninRefusedError) as raised:
            totp.check(engine, name, given, secret, watch)
        told.add(str(raised.value))
    assert len(told) == 1


def test_five_failures_lock_for_a_quarter_of_an_hour(engine: Engine, shared: str, secret: Secret, watch: Any) -> None:  # noqa: ANN401
    for _ in range(5):
        with pytest.raises(SigninRefusedError):
            totp.check(engine, "ana", "000000", secret, watch)
    with pytest.raises(SigninRefusedError):
        totp.check(engine, "ana", code(shared, watch), secret, watch)
    watch.later(minutes=14)
    with pytest.raises(SigninRefusedError):
        totp.check(engine, "ana", code(shared, watch), secret, watch)
    watch.later(minutes=1, seconds=30)
    totp.check(engine, "ana", code(shared, watch), secret, watch)


def test_a_success_forgets_earlier_failures(engine: Engine, shared: str, secret: Secret, watch: Any) -> None:  # noqa: ANN401
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(SigninRefusedError):
                totp.check(engine, "ana", "000000", secret, watch)
        totp.check(engine, "ana", code(shared, watch), secret, watch)
        watch.later(seconds=30)


def test_enrolling_needs_a_code_an_account_and_that_there_is_none_yet(engine: Engine, shared: str, secret: Secret, watch: Any) -> None:  # noqa: ANN401
    with pytest.raises(AccountThereError):
        totp.enrol(engine, "ana", shared, code(shared, watch), secret, watch)
    accounts.open_account(engine, "ben", "o-2", watch)
    with pytest.raises(SigninRefusedError):
        totp.enrol(engine, "ben", shared, "000000", secret, watch)
    with pytest.raises(AccountUnknownError):
        totp.enrol(engine, "carla", shared, code(shared, watch), secret, watch)
    with pytest.raises(SigninRefusedError):
        totp.check(engine, "ben", code(shared, watch), secret, watch)


def test_a_closed_account_lets_nobody_in(engine: Engine, shared: str, secret: Secret, watch: Any) -> None:  # noqa: ANN401
    accounts.close_account(engine, "ana", watch)
    with pytest.raises(SigninRefusedError):
        totp.check(engine, "ana", code(shared, watch), secret, watch)
    with pytest.raises(AccountThereError):
        accounts.open_account(engine, "ana", "o-9", watch)
    with pytest.raises(AccountUnknownError):
        accounts.close_account(engine, "ana", watch)


def test_the_secret_is_sealed_and_bound_to_its_account(engine: Engine, shared: str, secret: Secret, watch: Any) -> None:  # noqa: ANN401
    with read(engine) as connection:
        [row] = connection.execute(select(tables.credential)).all()
    assert shared.encode() not in row.content
    assert secret.unseal(row.content, row.credential) == shared.encode()
    assert secret.unseal(row.content, "totp:ben") is None
    assert secret.unseal(row.content[:-1], row.credential) is None
    assert secret.unseal(b"", row.credential) is None
    other = Secret(new_secret())
    assert other.unseal(row.content, row.credential) is None
    with pytest.raises(SigninRefusedError):
        totp.check(engine, "ana", code(shared, watch), other, watch)
    assert str(bytes(range(32))) not in repr(secret)
    with pytest.raises(ValueError, match="32 bytes"):
        Secret(b"short")
