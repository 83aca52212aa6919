"""A salted commitment: shows later which datum was meant, and tells nothing once the salt is gone."""

from __future__ import annotations

import hmac

from xenotime.core.errors import SealError

#: The least length of a salt [bytes].
LEAST = 16


def commit(salt: bytes, value: str) -> str:
    """The commitment to a text under a secret salt: HMAC-SHA-256 in hexadecimal.

    Raises SealError for a salt of fewer than 16 bytes, which could be guessed.

    >>> commit(bytes(16), "Müller")[:16]
    '59628e6b53ee7085'
    """
    if len(salt) < LEAST:
        raise SealError(
            "this salt is too short to hide anything",
            expected=f"at least {LEAST} random bytes",
            found=f"{len(salt)} bytes",
            next_step="draw a new salt from the store",
        )
    return hmac.digest(salt, value.encode(), "sha256").hex()


def opens(commitment: str, salt: bytes, value: str) -> bool:
    """Whether a commitment was made to this text with this salt."""
    return hmac.compare_digest(commitment, commit(salt, value))
