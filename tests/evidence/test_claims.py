"""Claims carry who, when and how sure; without them they are refused."""

from __future__ import annotations

from datetime import date

import pytest

from xenotime.core.errors import BookError
from xenotime.evidence.claims import Claim, read_claim

ROW = {
    "says": "the pause goes on",
    "who": "press",
    "day": "2026-09-23",
    "confidence": "P",
    "branch": "extended",
}


def test_a_claim_says_who_when_and_how_sure() -> None:
    claim = read_claim(ROW, "a book")

    assert claim == Claim("the pause goes on", "press", date(2026, 9, 23), "P", "extended")
    assert str(claim) == "the pause goes on (press, 2026-09-23, P)"


@pytest.mark.parametrize("key", ["says", "who", "day", "confidence"])
def test_a_claim_without_its_source_is_refused(key: str) -> None:
    with pytest.raises(BookError, match="who, when and how sure"):
        read_claim({**ROW, key: ""}, "a book")


def test_an_unknown_confidence_and_a_bad_day_are_refused() -> None:
    with pytest.raises(BookError, match="how sure"):
        read_claim({**ROW, "confidence": "certain"}, "a book")
    with pytest.raises(BookError, match="not a date"):
        read_claim({**ROW, "day": "autumn"}, "a book")
