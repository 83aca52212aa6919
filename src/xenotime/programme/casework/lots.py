"""Who is sampled: a lot drawn from a keyed hash of the case's id, so that nobody can choose or foresee it."""

from __future__ import annotations

import hashlib
import hmac

#: Lots run from 0 to one less.
LOTS = 10_000


def draw(secret: bytes, case: str) -> int:
    """The lot of a case, from 0 to 9999; the same secret and id give the same lot.

    >>> draw(b"k" * 32, "C1") == draw(b"k" * 32, "C1")
    True
    """
    digest = hmac.new(secret, f"sample:{case}".encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:8], "big") % LOTS


def sampled(lot: int, percent: int) -> bool:
    """Whether a lot falls under a percentage; a case without a lot always does.

    >>> sampled(999, 10), sampled(1000, 10), sampled(-1, 0)
    (True, False, True)
    """
    return lot < 0 or lot * 100 < percent * LOTS
