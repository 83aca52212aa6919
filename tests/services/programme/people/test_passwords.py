"""Passwords and second factors."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime

import pyotp
import pytest

from xenotime.core.errors import InputError, SealError
from xenotime.services.programme.people import passwords
from xenotime.services.programme.people.passwords import Cost, Rules

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
RULES = Rules(secrets.token_bytes, Cost(8, 1, 1))


@pytest.mark.parametrize(
    "weak",
    [
        "short words",
        "x" * 257,
        "password1234",
        "PassWord1234",
        "aaaaaaaaaaaaaaaa",
        "abababababab",
        "correcthorsebatterystaple",
        "ada@lantern.example",
        "lanternlantern",
        "Xenotime2026",
        "lantern-hill-1",
        "1q2w3e4r5t6y",
    ],
)
def test_what_others_would_try_is_refused(weak):
    with pytest.raises(InputError, match="too easily guessed"):
        passwords.check(weak, ("ada@lantern.example", "Ada Lantern", "Lantern Hill"))


@pytest.mark.parametrize(
    "good",
    ["seven grey cranes", "江南好风景旧曾谙日出江花", "x7-kqP2m!vvz", "lantern over seven grey cranes"],
)
def test_length_is_enough_and_no_kind_of_sign_is_asked_for(good):
    passwords.check(good, ("ada@lantern.example", "Ada Lantern", "Lantern Hill"))


def test_what_is_kept_is_argon2id_with_a_salt_of_its_own():
    one, two = passwords.hashed("seven grey cranes", RULES), passwords.hashed("seven grey cranes", RULES)
    assert one.startswith("$argon2id$v=19$m=8,t=1,p=1$")
    assert one != two
    assert [passwords.right(k, "seven grey cranes", RULES) for k in (one, two)] == [True, True]
    assert [passwords.right(k, "seven grey crane", RULES) for k in (one, "", "not a hash")] == [False] * 3


def test_the_default_cost_is_that_of_the_standard_and_a_cheaper_hash_is_stale():
    assert Cost() == Cost(memory=65_536, passes=3, lanes=4)
    assert passwords.stale(passwords.hashed("seven grey cranes", RULES), replace(RULES, cost=Cost()))


def test_an_endless_password_is_not_hashed():
    assert not passwords.right(passwords.hashed("x" * 256, RULES), "x" * 257, RULES)


def test_a_code_is_good_for_its_step_and_one_beside_it_and_never_twice():
    shared = passwords.factor(secrets.token_bytes)
    now = int(AT.timestamp()) // 30
    codes = {n: pyotp.TOTP(shared).generate_otp(now + n) for n in range(-2, 3)}
    assert {n: passwords.step(shared, c, AT, 0) for n, c in codes.items()} == {
        -2: None,
        -1: now - 1,
        0: now,
        1: now + 1,
        2: None,
    }
    assert passwords.step(shared, codes[0], AT, now) is None
    assert passwords.step(shared, codes[-1], AT, now) is None
    assert passwords.step(shared, codes[1], AT, now) == now + 1


@pytest.mark.parametrize("code", ["", "12345", "1234567", "12345a", "１２３４５６", "12 456"])
def test_what_is_no_code_is_none(code):
    assert passwords.step(passwords.factor(secrets.token_bytes), code, AT, 0) is None


def test_a_sealed_secret_opens_with_its_key_for_its_account_only():
    key, shared = secrets.token_bytes(32), passwords.factor(secrets.token_bytes)
    sealed = passwords.seal(shared, key, "A1", secrets.token_bytes)
    assert (passwords.unseal(sealed, key, "A1"), shared in sealed) == (shared, False)
    flipped = sealed[:-1] + ("0" if sealed[-1] != "0" else "1")
    for wrong in (
        (sealed, key, "A2"),
        (sealed, secrets.token_bytes(32), "A1"),
        (flipped, key, "A1"),
        ("zz", key, "A1"),
    ):
        with pytest.raises(SealError, match="cannot be read"):
            passwords.unseal(*wrong)
