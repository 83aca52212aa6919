"""What verifying found: the answer first, then what it rests on, and what could not be checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

#: Answers, the gravest first. All but VALID end the command with 1.
FORGED, REVOKED, EXPIRED, NOT_YET = "not_valid", "revoked", "expired", "not_yet"
SUSPENDED, UNSHOWN, VALID = "suspended", "cannot_be_shown", "valid"
ANSWERS = (FORGED, REVOKED, EXPIRED, NOT_YET, SUSPENDED, UNSHOWN, VALID)


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing the answer rests on: keys | status | checkpoint, which, from when, where it came from."""

    kind: str
    what: str
    since: datetime | None = None
    until: datetime | None = None
    source: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """The answer about one text: `says` the reasons, `open` what is unchecked, `facts` what it states."""

    kind: str
    answer: str
    id: str = ""
    issuer: str = ""
    at: datetime | None = None
    says: tuple[str, ...] = ()
    used: tuple[Evidence, ...] = ()
    open: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()


def gravest(*answers: str) -> str:
    """The gravest of several answers; VALID if there are none.

    >>> gravest(VALID, SUSPENDED, REVOKED)
    'revoked'
    """
    return min((VALID, *answers), key=ANSWERS.index)
