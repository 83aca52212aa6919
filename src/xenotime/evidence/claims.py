"""A claim: what somebody said, who, when, and how sure we are of it. A claim is never a rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from xenotime.core.errors import BookError

#: Letters that say how a statement was read: official, extraction, translation, law firm, press, vendor,
#: memory, derived, not found.
CONFIDENCE = ("O", "X", "T", "L", "P", "V", "M", "D", "?")


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement with its author, day and confidence; `branch` is the branch of a hinge it speaks for."""

    says: str
    who: str
    day: date
    confidence: str
    branch: str = ""

    def __str__(self) -> str:
        return f"{self.says} ({self.who}, {self.day}, {self.confidence})"


def read_claim(row: Mapping[str, object], where: str) -> Claim:
    """The claim that a row of a book states.

    Raises BookError when it lacks its author, its day or its confidence: a claim without a source is refused.

    >>> row = {"says": "It was extended", "who": "press", "day": "2026-09-23", "confidence": "P"}
    >>> str(read_claim(row, ""))
    'It was extended (press, 2026-09-23, P)'
    """
    missing = [key for key in ("says", "who", "day", "confidence") if not row.get(key)]
    confidence = str(row.get("confidence", ""))
    if missing or confidence not in CONFIDENCE:
        raise BookError(
            "this claim does not say who, when and how sure",
            where=where,
            expected=f"says, who, day, and confidence of {' '.join(CONFIDENCE)}",
            found=str(dict(row)),
            next_step="name who published it and when, or leave the claim out",
        )
    try:
        day = date.fromisoformat(str(row["day"]))
    except ValueError as error:
        raise BookError(
            "this is not a date", where=where, expected="YYYY-MM-DD", found=str(row["day"])
        ) from error
    return Claim(str(row["says"]), str(row["who"]), day, confidence, str(row.get("branch") or ""))
