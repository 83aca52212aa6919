"""Passwords and second factors: what is good enough, how it is kept, and whether what was typed is right."""

from __future__ import annotations

import hmac
from base64 import b32encode, urlsafe_b64encode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from threading import BoundedSemaphore
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from pyotp import TOTP

from xenotime.core.errors import InputError, SealError

#: Bounds of a password [characters]: the least that holds, and the most that is worth hashing.
SHORTEST, LONGEST = 12, 256
#: How many different characters a password needs at least, and how many beside names that others know.
_DISTINCT, _OWN = 5, 8
#: A step of the second factor [seconds], and how many steps a clock may be off.
STEP, _DRIFT = 30, 1
_NONCE = 12

#: The commonest long passwords and the words they are made of, in small letters.
_COMMON = frozenset(
    """123456789012 1234567890123 12345678901234 123123123123 121212121212 112233445566 password1234
    password12345 password123456 passwordpassword password2024 password2025 password2026 qwertyuiop12
    qwertyuiop123 qwertyuiopas qwerty123456 qwerty12345678 qwertyqwerty 1q2w3e4r5t6y 1qaz2wsx3edc
    1qaz2wsx3edc4rfv q1w2e3r4t5y6 asdfghjkl123 asdfghjklqwerty zxcvbnm12345 abcdefghijkl abcd12345678
    abc123456789 abcdef123456 a12345678901 aa1234567890 administrator administrator1 admin1234567
    admin12345678 adminadmin12 adminadminadmin iloveyou1234 iloveyou12345 letmeinletmein letmein12345
    welcome12345 welcome123456 welcomewelcome changeme1234 changemechangeme trustno1trustno1
    football1234 baseball1234 superman1234 princess1234 sunshine1234 dragon123456 monkey123456
    master123456 michael12345 jennifer1234 computer1234 internet1234 whatever1234 starwars1234
    liverpool1234 manchester12 woaini520131 woaini1314520 woaini123456 5201314520131 1314520131452
    wang12345678 zhang1234567 li1234567890 qq1234567890 a123456789012 asd123456789 zxc123456789
    qwe123456789 147258369147 147258369000 159357159357 987654321098 9876543210123 000000000000
    secret123456 secretsecret test12345678 testtesttest testing12345 correcthorsebatterystaple correct
    horse battery staple""".split()
)
#: Words of this place: a password may hold them, but not live on them.
_CONTEXT = (
    "xenotime",
    "certificate",
    "licence",
    "programme",
    "authority",
    "rareearth",
    "export",
    "dysprosium",
)


@dataclass(frozen=True, slots=True)
class Cost:
    """What a guess costs: memory [KiB], passes, lanes. The default is RFC 9106's second choice."""

    memory: int = 65_536
    passes: int = 3
    lanes: int = 4


@dataclass(frozen=True, slots=True)
class Rules:
    """How accounts are guarded. `draw` gives random bytes; terms are how long a thing stays good.

    `tries` failures of one name, or ten times that from one address, before the next must wait; each wait is
    twice the one before, up to `longest`. Failures are forgotten after `memory` without a new one.
    """

    draw: Callable[[int], bytes]
    cost: Cost = Cost()
    idle: timedelta = timedelta(minutes=30)
    absolute: timedelta = timedelta(hours=12)
    fresh: timedelta = timedelta(minutes=10)
    invite: timedelta = timedelta(days=7)
    token: timedelta = timedelta(days=365)
    tries: int = 5
    wait: timedelta = timedelta(seconds=30)
    longest: timedelta = timedelta(hours=1)
    memory: timedelta = timedelta(hours=24)


#: At most so many hashes at once: each takes its memory, and sign-in must not be a way to use it all.
_GATE = BoundedSemaphore(4)


def mark(secret: str) -> str:
    """What is kept of a random secret (a cookie, a token, an invitation): its SHA-256 in hexadecimal."""
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def secret(draw: Callable[[int], bytes]) -> str:
    """32 random bytes as text for a cookie, a token or an address."""
    return urlsafe_b64encode(draw(32)).decode().rstrip("=")


def check(password: str, known: tuple[str, ...] = ()) -> None:
    """Nothing if a password holds. `known`: words that others know of the person: e-mail, name, organisation.

    Length and not being guessable count; no kinds of characters are asked for. Raises InputError.
    Source: OWASP ASVS 5.0, V6.2; NIST SP 800-63B-4, 3.1.1.2.

    >>> check("seven grey cranes over the weir")
    """
    small = password.casefold()
    if not SHORTEST <= len(password) <= LONGEST:
        raise _weak(f"{SHORTEST} to {LONGEST} characters", f"{len(password)} characters")
    if small in _COMMON or len(set(small)) < _DISTINCT:
        raise _weak("a password that is on no list of common ones", "one that is tried first")
    rest = small
    for word in sorted((w for w in (*_CONTEXT, *_words(known)) if len(w) > 3), key=len, reverse=True):
        rest = rest.replace(word, "")
    if len(rest) < _OWN:
        raise _weak(f"at least {_OWN} characters beside names that others know", "mostly such names")


def _words(known: tuple[str, ...]) -> list[str]:
    return [w for text in known for w in text.casefold().replace("@", " ").replace(".", " ").split()]


def _weak(expected: str, found: str) -> InputError:
    return InputError(
        "this password is too easily guessed",
        where="password",
        expected=expected,
        found=found,
        next_step="choose a longer phrase of your own, or let a password manager make one",
    )


def hashed(password: str, rules: Rules) -> str:
    """The argon2id hash that is kept, with its own salt and cost inside."""
    with _GATE:
        return _hasher(rules.cost).hash(password, salt=rules.draw(16))


def right(kept: str, password: str, rules: Rules) -> bool:
    """Whether a password is the one that was hashed; it takes as long when nothing was kept."""
    with _GATE:
        if len(password) > LONGEST:
            return False
        hasher = _hasher(rules.cost)
        if not kept:
            hasher.hash(password, salt=bytes(16))
            return False
        try:
            return hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False


def stale(kept: str, rules: Rules) -> bool:
    """Whether a kept hash was made at another cost than the one of today."""
    return _hasher(rules.cost).check_needs_rehash(kept)


def _hasher(cost: Cost) -> PasswordHasher:
    return PasswordHasher(time_cost=cost.passes, memory_cost=cost.memory, parallelism=cost.lanes)


def factor(draw: Callable[[int], bytes]) -> str:
    """A new secret of a second factor, as authenticator programs take it: 160 bits in base32."""
    return b32encode(draw(20)).decode()


def address(shared: str, email: str, issuer: str) -> str:
    """The otpauth address that an authenticator reads from the QR picture."""
    return str(TOTP(shared).provisioning_uri(name=email, issuer_name=issuer))


def seal(shared: str, key: bytes, account: str, draw: Callable[[int], bytes]) -> str:
    """A second factor's secret, sealed to one account so that a copy of the database gives no codes."""
    nonce = draw(_NONCE)
    return (nonce + ChaCha20Poly1305(key).encrypt(nonce, shared.encode(), account.encode())).hex()


def unseal(sealed: str, key: bytes, account: str) -> str:
    """The secret that was sealed to an account. Raises SealError if it was changed or belongs to another."""
    try:
        raw = bytes.fromhex(sealed)
        return ChaCha20Poly1305(key).decrypt(raw[:_NONCE], raw[_NONCE:], account.encode()).decode()
    except (InvalidTag, ValueError) as error:
        raise SealError(
            "the second factor of this account cannot be read",
            where="account",
            expected="a secret sealed with this programme's key",
            found="another key, or a changed record",
            next_step="ask the operator for a new invitation",
        ) from error


def step(shared: str, code: str, at: datetime, last: int) -> int | None:
    """The time step whose code this is, one step of drift allowed; None if it is none or was used before.

    A step up to `last` is refused, so that a code that was seen works for nobody.
    """
    if not (len(code) == 6 and code.isascii() and code.isdecimal()):
        return None
    now, totp = int(at.timestamp()) // STEP, TOTP(shared)
    found = [n for n in range(now - _DRIFT, now + _DRIFT + 1) if _same(totp, n, code)]
    return next((n for n in found if n > last), None)


def _same(totp: Any, number: int, code: str) -> bool:  # noqa: ANN401 - pyotp's own type
    return hmac.compare_digest(str(totp.generate_otp(number)), code)
